//! When the view could change: the next meetings with what is priced for them, the releases that
//! lenses wait for, and what becomes of momentum if prices stay where they are.

use super::draft::{Draft, Side};
use super::lenses::Lensed;
use super::words::{date_in_words, list, period_in_words};
use super::{Block, Bullet, Form, Prose, Sense, prose};
use crate::identity::Basis;
use crate::lens;
use crate::time::{CalendarPeriod, Date};

/// The list.
pub(super) fn blocks(draft: &Draft<'_>, lensed: &Lensed<'_>) -> Option<Block> {
    let bullets = [
        ("Next meetings", meetings(draft, lensed)),
        ("Next releases", releases(draft, lensed)),
        ("If prices stay", still(draft, lensed)),
    ];
    let bullets = bullets.into_iter().filter(|(_, prose)| !prose.is_empty());
    let bullets: Vec<Bullet> =
        bullets.map(|(lead, prose)| Bullet { lead: lead.to_owned(), prose }).collect();
    (!bullets.is_empty()).then_some(Block::Bullets(bullets))
}

/// So many coming meetings are named.
const MEETINGS_MAX: usize = 3;
/// How series of odds begin; the day of the meeting follows.
const ODDS: &str = "FED_ODDS_";

/// The days of coming meetings that were public: those for which there are odds, and those of the
/// committee's calendar.
fn coming(draft: &Draft<'_>) -> Vec<Date> {
    let view = draft.evaluator().view();
    let quoted = view.all_series().filter_map(|(code, _, series)| {
        let day = code.strip_prefix(ODDS)?.get(..10)?.parse().ok()?;
        series.coverage().map(|_| day)
    });
    let planned = view.events("FED", "meeting_day").map(|event| event.date);
    let mut days: Vec<Date> = quoted.chain(planned).filter(|day| *day > draft.today()).collect();
    days.sort_unstable();
    days.dedup();
    days.truncate(MEETINGS_MAX);
    days
}

/// When the Federal Reserve meets next, and what futures held of the first of these meetings.
fn meetings(draft: &Draft<'_>, lensed: &Lensed<'_>) -> Prose {
    if !lensed.has("rates") {
        return Prose::default();
    }
    let days = coming(draft);
    let Some(first) = days.first() else {
        return "The days on which the Federal Reserve meets next are not in these data.".into();
    };
    let named: Vec<String> = days.iter().map(|day| date_in_words(*day)).collect();
    let named = list(&named).replace(" and ", ", and ");
    let mut text = Prose::from(format!("The Federal Reserve decides next on {named}."));
    text.sentence(priced(draft, *first));
    text
}

/// What futures held of a meeting.
fn priced(draft: &Draft<'_>, meeting: Date) -> Prose {
    let odds = |column: &str| {
        let code = format!("{ODDS}{meeting}_{column}");
        let series = draft.evaluator().view().series(&code, Basis::Price).ok()?;
        let day = series.coverage()?.1;
        Some((day, draft.figure(&format!("level({code}, @{day})"), Form::digits(0))?))
    };
    let (Some((day, cut)), Some((_, hold)), Some((_, hike))) =
        (odds("PROB_CUT"), odds("PROB_HOLD"), odds("PROB_HIKE"))
    else {
        return Prose::default();
    };
    prose![
        format!(
            "On {} futures put the chance of a cut at the first of these at ",
            date_in_words(day)
        ),
        cut,
        ", that of no change at ",
        hold,
        " and that of a rise at ",
        hike,
        "."
    ]
}

/// Which figures come out next; their days are not known.
fn releases(draft: &Draft<'_>, lensed: &Lensed<'_>) -> Prose {
    if !lensed.has("economy") {
        return Prose::default();
    }
    let latest = draft.month_of(draft.today());
    let last = |definition: &str| {
        let query = |month: &CalendarPeriod| format!("{definition}(US, {month})");
        (0..4).map(|n| latest.plus(-n)).find(|month| draft.value(&query(month)).is_some())
    };
    let next = |definition: &str| last(definition).map(|month| period_in_words(month.plus(1)));
    match (next("inflation"), next("unemployment")) {
        (Some(prices), Some(jobs)) if prices == jobs => format!(
            "Consumer prices and unemployment of {prices}; the days of their publication are not \
             in these data."
        )
        .into(),
        (Some(prices), Some(jobs)) => format!(
            "Consumer prices of {prices} and unemployment of {jobs}; the days of their \
             publication are not in these data."
        )
        .into(),
        _ => Prose::default(),
    }
}

/// So many months ahead are looked at.
const AHEAD_MAX: i32 = 12;

/// When the reading of momentum would flip if both closes stayed where they are: the year that it
/// looks back on moves on by itself.
fn still(draft: &Draft<'_>, lensed: &Lensed<'_>) -> Prose {
    let Some(lens) = lensed.each().find(|lens| lens.rule.name == "momentum") else {
        return Prose::default();
    };
    let Ok(now) = lens.reading.side else { return Prose::default() };
    // The rule, asked of that gap.
    let read = |gap: &str| {
        let measure = &lens.reading.value.query;
        let holds = |side: usize| {
            let rule = lens.reading.conditions[side].query.replace(measure, &format!("({gap})"));
            Some(draft.value(&rule)? != 0.0)
        };
        Some(match (holds(0)?, holds(1)?) {
            (true, false) => lens::Side::Small,
            (false, true) => lens::Side::Large,
            _ => lens::Side::Neutral,
        })
    };
    let months = (1..=AHEAD_MAX).map(|ahead| draft.month.plus(ahead));
    let mut ahead = months.filter_map(|month| {
        let gap = ahead(draft, month)?;
        let side = read(&gap)?;
        Some((month, gap, side))
    });
    let Some((month, gap, then)) = ahead.find(|(_, _, then)| *then != now) else {
        return Prose::default();
    };
    let whom = |side: Side<'_>| format!("favour {}", side.the());
    let then = match then {
        lens::Side::Small => whom(draft.subject),
        lens::Side::Large => whom(draft.against),
        lens::Side::Neutral => "favour neither side".to_owned(),
    };
    let Some(figure) = draft.figure(&gap, Form::digits(1).sense(Sense::Signed)) else {
        return Prose::default();
    };
    prose![
        format!(
            "Were both closes to stay where they are, momentum would {then} at the end of {}, \
             when the year that it looks back on holds a gap of ",
            period_in_words(month)
        ),
        figure,
        "."
    ]
}

/// The gap that momentum will compare at the end of a month to come: from twelve months before that
/// month to its start, or to the last close.
fn ahead(draft: &Draft<'_>, month: CalendarPeriod) -> Option<String> {
    let (from, end) = (month.plus(-11).first_day(), month.plus(-1).last_day().min(draft.close));
    (from < end).then(|| draft.gap(&format!("{from}..{end}")))
}
