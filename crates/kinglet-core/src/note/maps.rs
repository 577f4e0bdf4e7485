//! Exhibits on more than the pair: what is paid for earnings beside its own past, and where styles
//! and sectors stand against the market.

use super::draft::Draft;
use super::plot::{Band, Chart, Line, Lines, Mark, Plot, Rotation, Trail};
use super::words::{list, period_in_words};
use super::{Form, prose};
use crate::identity::Basis;
use crate::time::{CalendarPeriod, Date, Grain};

/// What is mapped, with the names that readers know: funds of styles and of sectors.
const FUNDS: [(&str, &str); 14] = [
    ("IWM", "small companies"),
    ("IWD", "large value"),
    ("IWF", "large growth"),
    ("XLB", "materials"),
    ("XLC", "communication"),
    ("XLE", "energy"),
    ("XLF", "financials"),
    ("XLI", "industrials"),
    ("XLK", "technology"),
    ("XLP", "staples"),
    ("XLRE", "real estate"),
    ("XLU", "utilities"),
    ("XLV", "health care"),
    ("XLY", "discretionary"),
];
/// The fund of the whole market of large companies that they are held against.
const MARKET: &str = "SPY";
/// Fewer are no map.
const FUNDS_MIN: usize = 4;
/// The way of so many months is drawn.
const TRAIL: i32 = 2;
/// For how many months the funds may lag behind the closes of the pair.
const LAG_MAX: i32 = 3;

/// Where styles and sectors stand against the market, and how they came there.
pub(super) fn rotation(draft: &Draft<'_>) -> Option<Chart> {
    let of = |fund: &str, period: &str, scale: &str| {
        format!("rotation({fund}, {MARKET}, {period}, value: {scale}, basis: total)")
    };
    let place = |fund: &str, month: CalendarPeriod| {
        let value = |scale| draft.value(&of(fund, &month.to_string(), scale));
        Some((value("strength")?, value("momentum")?))
    };
    let (first, named) = FUNDS[0];
    let month = (0..=LAG_MAX).map(|back| draft.month.plus(-back));
    let month = month.into_iter().find(|month| place(first, *month).is_some())?;
    let trail = |(fund, name): &(&str, &str)| {
        place(fund, month)?;
        let way = (-TRAIL..=0).filter_map(|back| place(fund, month.plus(back)));
        Some(Trail { label: (*name).to_owned(), points: way.collect() })
    };
    let trails: Vec<Trail> = FUNDS.iter().filter_map(trail).collect();
    let figure = |scale| draft.figure(&of(first, &month.to_string(), scale), Form::digits(1));
    let (strength, momentum) = (figure("strength")?, figure("momentum")?);
    let leading: Vec<String> =
        trails.iter().filter(|t| leads(t)).map(|t| t.label.clone()).collect();
    let leading = match leading.is_empty() {
        true => "nothing".to_owned(),
        false => list(&leading),
    };
    (trails.len() >= FUNDS_MIN).then(|| Chart {
        id: "rotation".to_owned(),
        title: format!("Styles and sectors against {MARKET}, {}", period_in_words(month)),
        caption: "Across, the line of the fund over the market against its average of two hundred \
                  sessions; upward, that strength against its own average of fifty. A hundred is \
                  the average; a trail is the way of two months."
            .to_owned(),
        alternative: prose![
            format!(
                "A map of four fields with a trail for each of the funds. Leading: {leading}. The \
                 fund of {named} has a strength of "
            ),
            strength,
            " and a momentum of ",
            momentum,
            "."
        ],
        queries: vec![of(first, "month", "strength"), of(first, "month", "momentum")],
        plot: Plot::Rotation(Rotation {
            scales: ["strength".to_owned(), "momentum".to_owned()],
            centre: (100.0, 100.0),
            fields: ["leading", "weakening", "lagging", "improving"].map(str::to_owned),
            trails,
        }),
    })
}

fn leads(trail: &Trail) -> bool {
    trail.points.last().is_some_and(|(strength, momentum)| *strength >= 100.0 && *momentum >= 100.0)
}

/// A shorter past has no usual range.
const MONTHS_MIN: usize = 120;

/// What is paid for ten years of earnings, with the middle half of its past.
pub(super) fn valuation(draft: &Draft<'_>) -> Option<Chart> {
    let of = |period: &str| format!("cape(SPX, {period})");
    let first = first_month(draft)?;
    let months = (0..=first.until(draft.month)).map(|n| first.plus(n));
    let mut points: Vec<(Date, f64)> = months
        .filter_map(|month| {
            let day = month.last_day();
            Some((day, draft.value(&of(&format!("@{day}")))?))
        })
        .collect();
    if points.len() < MONTHS_MIN {
        return None;
    }
    let today = draft.today();
    let now = draft.value(&of(&format!("@{today}"))).map(|value| (today, value));
    points.extend(now.filter(|_| points.last().is_some_and(|(day, _)| *day < today)));
    let mut sorted: Vec<f64> = points.iter().map(|(_, value)| *value).collect();
    sorted.sort_by(f64::total_cmp);
    let quartile = |part: usize| sorted[(part * sorted.len() / 4).min(sorted.len() - 1)];
    let (begin, end) = (points.first()?.0, points.last()?.0);
    let since = draft.month_of(begin);
    let multiple = draft.figure(&of(&format!("@{end}")), Form::digits(1))?;
    let month = draft.month;
    let rank = format!("percentile(cape(SPX, @month), of: {month}, until: {month})");
    let rank = draft.figure(&rank, Form::digits(0))?;
    let label = prose![multiple.clone(), ", above ", rank.clone()];
    let line = Line { label: "P/E".to_owned(), points: points.clone() };
    let mark = Mark { date: end, value: points.last()?.1, label };
    Some(Chart {
        id: "valuation".to_owned(),
        title: "Cyclically adjusted P/E of the S&P 500".to_owned(),
        caption: format!(
            "The price over the mean of ten years of real earnings, by what was public at the end \
             of each month; the last is named with the share of months that it is above. The band \
             is the middle half of the months since {}. These data hold no such history of \
             small companies.",
            period_in_words(since)
        ),
        alternative: prose![
            format!("A line from {} to {}, at ", period_in_words(since), period_in_words(month)),
            multiple,
            ", above ",
            rank,
            " of all months, with a band for the middle half of them."
        ],
        queries: vec![of("@month")],
        plot: Plot::Lines(Lines {
            lines: vec![line],
            band: Some(Band {
                label: "middle half".to_owned(),
                points: [begin, end].map(|day| (day, quartile(1), quartile(3))).to_vec(),
            }),
            shades: Vec::new(),
            marks: vec![mark],
        }),
    })
}

/// The month of the first multiple.
fn first_month(draft: &Draft<'_>) -> Option<CalendarPeriod> {
    let series = draft.evaluator().view().series("SHILLER_CAPE", Basis::Price).ok()?;
    Some(CalendarPeriod::containing(Grain::Month, series.coverage()?.0))
}
