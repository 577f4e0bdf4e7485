//! What publishers stated: their figures, not ours, told as theirs.

use std::sync::Arc;

use super::draft::Draft;
use super::words::{date_in_words, period_in_words};
use super::{Figure, Form, Prose, Source, prose};
use crate::answer::{Answer, DataVersion, Outcome, Row};
use crate::quantity::{Quantity, Spelling, Unit};
use crate::query::evidence_read;
use crate::time::{CalendarPeriod, Grain};
use crate::view::{Statement, View};

/// Older statements are history and not what is priced in.
const MONTHS_MAX: i32 = 12;
/// Where an average over some years stands in the words of a publisher.
const AVERAGES: [(&str, &str); 4] = [
    ("10-year average", "ten"),
    ("5-year average", "five"),
    ("15-year average", "fifteen"),
    ("25-year average", "twenty-five"),
];

/// The last multiple of expected earnings that was stated of large companies, beside the average
/// that its publisher gives with it.
pub(super) fn multiple(draft: &Draft<'_>) -> Prose {
    let view = draft.evaluator().view();
    let is_recent = |s: &&Statement| {
        let day = s.last_day();
        day.is_some_and(|day| draft.month_of(day).until(draft.month) <= MONTHS_MAX)
    };
    let multiples = || {
        let stated = view.statements().rev().filter(is_recent);
        stated.filter(|s| s.entity == "S&P 500" && s.metric == "forward_pe")
    };
    // One with an average beside it tells more.
    let beside = multiples().find_map(|s| Some((s, Some(average(view, s)?))));
    let found = beside.or_else(|| Some((multiples().next()?, None)));
    let Some((last, average)) = found else { return Prose::default() };
    let figure = |statement: &Statement| figure(statement, &view.data());
    let (Some(multiple), Some(when)) = (figure(last), when(last)) else { return Prose::default() };
    let mut text = prose![
        format!("{} put the price of the S&P 500 at ", last.publisher),
        multiple,
        format!(" times expected earnings {when}")
    ];
    if let Some((years, average)) = average {
        text.push(prose![", against an average of ", figure(average)]);
        text.push(format!(" over {years} years"));
    }
    text.push("; that is the publisher's figure and was not computed here.");
    text
}

/// The average over some years that a publisher gives with a multiple.
fn average<'a>(view: &'a View, multiple: &Statement) -> Option<(&'static str, &'a Statement)> {
    AVERAGES.iter().find_map(|(definition, years)| {
        let of = |s: &&Statement| {
            s.metric == "forward_pe_average"
                && s.publisher == multiple.publisher
                && s.as_of == multiple.as_of
                && s.definition == *definition
        };
        Some((*years, view.statements().find(of)?))
    })
}

/// `on October 29, 2025`, `for August 2025`.
fn when(statement: &Statement) -> Option<String> {
    let period: CalendarPeriod = statement.as_of.parse().ok()?;
    Some(match period.grain {
        Grain::Day => format!("on {}", date_in_words(period.first_day())),
        _ => format!("for {}", period_in_words(period)),
    })
}

/// How a statement is named where a query would stand.
fn name(statement: &Statement) -> String {
    let Statement { publisher, as_of, metric, entity, definition, .. } = statement;
    format!("{publisher}, {as_of}: {metric} of {entity} ({definition})")
}

fn quantity(statement: &Statement) -> Option<Quantity> {
    (statement.unit == "x").then(|| Quantity::new(statement.value, Unit::Ratio))
}

fn figure(statement: &Statement, data: &DataVersion) -> Option<Figure> {
    let quantity = quantity(statement)?;
    let row = Row {
        series: Arc::from(statement.entity.as_str()),
        date: statement.last_day()?,
        value: statement.value,
        unit: Unit::Ratio,
        source: Arc::from(format!("{}, read at {}", statement.publisher, statement.where_read)),
    };
    let query = name(statement);
    let evidence = evidence_read(&[&data.version, &data.as_of.to_string(), &query]);
    let answer = Answer {
        query,
        result: Ok(Outcome { rows: vec![row], ..Outcome::bare(quantity) }),
        spelling: Spelling::Ratio,
        data: data.clone(),
        definition: None,
        evidence,
    };
    Figure::new(Source::Statement, Form::digits(1), answer)
}

/// What a publisher stated under a name, found again.
///
/// # Errors
/// That nobody did, as a clause.
pub fn stated(view: &View, named: &str) -> Result<Quantity, String> {
    let statement = view.statements().find(|statement| name(statement) == named);
    let quantity = statement.and_then(quantity);
    quantity.ok_or_else(|| "no such statement is in the data".to_owned())
}
