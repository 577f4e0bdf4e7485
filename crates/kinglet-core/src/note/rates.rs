//! What is said of rates and the economy: the policy rate, its last change and the projections for
//! it, Treasury yields and their spread, prices and jobs, the spread of corporate bonds.

use jiff::ToSpan;

use super::draft::Draft;
use super::words::{date_in_words, period_in_words};
use super::{Block, Figure, Form, Prose, Sense, prose};
use crate::time::Date;

/// What is said of rates.
pub(super) fn blocks(draft: &Draft<'_>) -> Vec<Block> {
    let mut policy = target(draft);
    policy.sentence(year_before(draft));
    policy.sentence(projections(draft));
    vec![Block::Paragraph(policy), Block::Paragraph(yields(draft))]
}

/// What the makers of the policy rate project for the end of this year and the next.
fn projections(draft: &Draft<'_>) -> Prose {
    let year = draft.today().year();
    let of = |year: i16| draft.figure(&format!("rate_projection(FED, {year})"), Form::digits(1));
    let Some(now) = of(year) else { return Prose::default() };
    let mut text = prose![
        "The median projection of its members for the rate at the end of ",
        year.to_string(),
        " is ",
        now
    ];
    if let Some(next) = of(year + 1) {
        text.push(prose![format!(", and for the end of {} ", year + 1), next]);
    }
    text.push(".");
    text
}

/// The target on a day: one number, or a range.
fn level(draft: &Draft<'_>, day: Date) -> Option<(Prose, f64)> {
    let upper = draft.figure(&format!("policy_rate(FED, @{day})"), Form::digits(2))?;
    let lower =
        draft.figure(&format!("policy_rate(FED, @{day}, bound: lower)"), Form::digits(2))?;
    let value = upper.value();
    let range = lower.value() < value;
    Some((if range { prose![lower, " to ", upper] } else { prose![upper] }, value))
}

/// The policy rate and its last change, in one sentence.
fn target(draft: &Draft<'_>) -> Prose {
    let day = draft.today();
    let Some((now, _)) = level(draft, day) else { return Prose::default() };
    let on = date_in_words(day);
    let lead = format!("On {on} the Federal Reserve's target for the federal funds rate was ");
    let mut text = prose![lead, now];
    let last = draft.evaluator().view().events("FED", "policy_rate").next_back();
    let change = last.and_then(|e| {
        let query = format!("rate_change(FED, {})", e.date);
        Some((e.date, draft.figure(&query, Form::digits(0))?))
    });
    if let Some((date, change)) = change {
        text.push(format!("; its last change, on {}, was ", date_in_words(date)));
        text.push(step(&change));
    }
    text.push(".");
    text
}

/// The target a year before.
fn year_before(draft: &Draft<'_>) -> Prose {
    let day = draft.today();
    let Ok(before) = day.checked_sub(1.year()) else { return Prose::default() };
    match (level(draft, day), level(draft, before)) {
        (Some((_, now)), Some((then, value))) if now != value => {
            prose![
                format!("A year before, on {}, the target rate was ", date_in_words(before)),
                then,
                "."
            ]
        }
        (Some(_), Some(_)) => "It is where it was a year before.".into(),
        _ => Prose::default(),
    }
}

/// `a cut of 25 basis points`
fn step(change: &Figure) -> Prose {
    let form = Form::digits(0);
    if change.value() < 0.0 {
        prose!["a cut of ", change.written(form.sense(Sense::Below))]
    } else {
        prose!["a rise of ", change.written(form)]
    }
}

/// A day or a month for which both yields are known.
struct When {
    period: String,
    earlier: String,
    /// `On August 28, 2025`, `On average over July 2025`.
    lead: String,
    /// Whether the yields are averages of a month.
    is_average: bool,
}

/// The last close, if the data hold yields of days; else the last month with averages.
fn when(draft: &Draft<'_>) -> Option<When> {
    let known = |period: &str| {
        let of = |tenor: &str| draft.value(&format!("yield(UST:{tenor}, {period})"));
        of("2y").is_some() && of("10y").is_some()
    };
    let day = draft.close;
    if known(&format!("@{day}")) {
        let before = day.checked_sub(1.year()).ok()?;
        return Some(When {
            period: format!("@{day}"),
            earlier: format!("@{before}"),
            lead: format!("On {}", date_in_words(day)),
            is_average: false,
        });
    }
    let latest = draft.month_of(draft.today());
    let month = (0..4).map(|n| latest.plus(-n)).find(|m| known(&m.to_string()))?;
    Some(When {
        period: month.to_string(),
        earlier: month.plus(-12).to_string(),
        lead: format!("On average over {}", period_in_words(month)),
        is_average: true,
    })
}

/// Both yields, their spread, and the spread a year before.
fn yields(draft: &Draft<'_>) -> Prose {
    let Some(when) = when(draft) else {
        return "There is no series of Treasury yields in these data.".into();
    };
    let of = |tenor: &str| {
        draft.figure(&format!("yield(UST:{tenor}, {})", when.period), Form::digits(2))
    };
    let spread = |period: &str| format!("yield_spread(CURVE:2s10s, {period})");
    let (Some(two), Some(ten), Some(now)) =
        (of("2y"), of("10y"), draft.figure(&spread(&when.period), Form::digits(2)))
    else {
        return Prose::default();
    };
    let mut text = prose![
        format!("{} the 2-year Treasury yielded ", when.lead),
        two,
        " and the 10-year Treasury ",
        ten
    ];
    let before = draft.figure(&spread(&when.earlier), Form::digits(2));
    let turned = before.as_ref().map_or("", |before| match now.value() - before.value() {
        d if d > 0.0005 => "the curve has steepened",
        d if d < -0.0005 => "the curve has flattened",
        _ => "",
    });
    match before {
        _ if when.is_average && turned.is_empty() => {}
        _ if when.is_average => text.push(format!("; over a year {turned}")),
        None => text.push(prose![", a spread of ", now]),
        Some(before) => {
            let turned = if turned.is_empty() { String::new() } else { format!(", so {turned}") };
            text.push(prose![", a spread of ", now, "; a year before the spread was ", before]);
            text.push(turned);
        }
    }
    text.push(".");
    text
}

/// Consumer prices and unemployment, of the last month that was public.
pub(super) fn economy(draft: &Draft<'_>) -> Prose {
    let latest = draft.month_of(draft.today());
    let last = |definition: &str| {
        let months = (0..4).map(|n| latest.plus(-n));
        months.into_iter().find_map(|month| {
            let query = format!("{definition}(US, {month})");
            Some((month, draft.figure(&query, Form::digits(1))?))
        })
    };
    let mut text = Prose::default();
    if let Some((month, prices)) = last("inflation") {
        let verb = if prices.value() < 0.0 { "fell " } else { "rose " };
        let sense = if prices.value() < 0.0 { Sense::Below } else { Sense::Plain };
        let prices = prices.written(Form::digits(1).sense(sense));
        text.push(prose!["Consumer prices ", verb, prices]);
        text.push(format!(" over the twelve months to {}", period_in_words(month)));
    }
    if let Some((month, rate)) = last("unemployment") {
        let lead = if text.is_empty() {
            "The unemployment rate was "
        } else {
            "; the unemployment rate was "
        };
        text.push(prose![lead, rate, format!(" in {}", period_in_words(month))]);
    }
    if !text.is_empty() {
        text.push(".");
    }
    text
}
