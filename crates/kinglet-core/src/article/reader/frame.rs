//! Of what lengths of time an article speaks throughout: of days as the report on a session does,
//! of weeks, months or quarters as a review or the letter of a fund.

use super::super::block::Block;
use super::super::hint::Hint;
use super::super::period::Expr;
use super::super::scene::Passage;
use super::super::token::any_of;
use super::super::words::{List, list};
use super::session::HEADING_TOKENS;
use crate::time::{CalendarPeriod, Date, Grain};

/// What an article speaks of: how much of days, and of which longer time most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::article) struct Frame {
    days: u32,
    most: u32,
    /// By what its session is known.
    grounds: Grounds,
}

/// By what the session is known that an article reports on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::article) enum Grounds {
    /// By its publication alone.
    #[default]
    Publication,
    /// By a line that tells when it was published.
    Line,
    /// By a day that is named somewhere.
    Body,
    /// By the day that its lead names, or by its figures.
    Lead,
    /// By the month or quarter that it reports on.
    Reported,
}

impl Frame {
    pub(super) fn of(passages: &[(Block, Passage)]) -> Frame {
        let mut counts = [0_u32; 5];
        for (_, passage) in passages {
            for i in 0..passage.tokens.len() {
                if !passage.tokens.may(i, Hint::TellsFrame) {
                    continue;
                }
                let word = passage.tokens.key(i);
                let grain = match () {
                    () if any_of(word, list!(DAYS)) => 0,
                    () if any_of(word, list!("week|weekly|weeks")) => 1,
                    () if any_of(word, list!("month|monthly|months")) => 2,
                    () if any_of(word, list!("quarter|quarterly|quarters|q1|q2|q3|q4")) => 3,
                    () if any_of(word, list!("year|annual|years|decade|decades")) => 4,
                    () => continue,
                };
                counts[grain] += 1;
            }
        }
        let [days, longer @ ..] = counts;
        let (most, count) =
            (1..5).zip(longer).rev().max_by_key(|(_, count)| *count).unwrap_or_default();
        let days = match days {
            0 => 0,
            n if 2 * n < count => 1,
            _ => 2,
        };
        Frame { days, most: if count > 1 { most } else { 0 }, grounds: Grounds::Publication }
    }

    /// The same where its session is known by other grounds.
    pub(super) fn on(self, grounds: Grounds) -> Frame {
        Frame { grounds, ..self }
    }

    /// As one number.
    pub(in crate::article) fn id(self) -> u32 {
        self.days * 8 + self.most
    }

    /// By what its session is known, as one number.
    pub(in crate::article) fn grounds(self) -> u32 {
        self.grounds as u32
    }
}

/// Words that tell of what lengths of time an article speaks.
pub(in crate::article) const TELLING: &List = list!(
    "monday|tuesday|wednesday|thursday|friday|today|yesterday|tonight|session|overnight|afternoon|\
    morning|midday|monday's|tuesday's|wednesday's|thursday's|friday's|today's|week|weekly|weeks|\
    month|monthly|months|quarter|quarterly|quarters|q1|q2|q3|q4|year|annual|years|decade|decades"
);

/// Words that tell of a day.
const DAYS: &str = "monday|tuesday|wednesday|thursday|friday|today|yesterday|tonight|session|\
    overnight|afternoon|morning|midday|monday's|tuesday's|wednesday's|thursday's|friday's|today's";

/// The month or quarter that was over not long before and that an article without a session
/// tells of more than once: that is where it looks back from.
pub(super) fn retold(
    passages: &mut [(Block, Passage)],
    published: Date,
    frame: Frame,
) -> Option<CalendarPeriod> {
    if frame.days > 0 {
        return None;
    }
    let mut told: Vec<(CalendarPeriod, usize)> = Vec::new();
    let mut leads = true;
    for (_, passage) in passages {
        for at in 0..passage.sentences.len() {
            // "The index closed the second quarter with a drop" tells it by itself
            let lead = leads;
            leads &= passage.tokens.len() <= HEADING_TOKENS;
            for time in passage.early_times(at, published) {
                let Expr::Span(p) = time.expr else { continue };
                let over = (published - p.last_day()).get_days();
                let closed = lead && closes(passage, time.first);
                let long = match frame.most {
                    _ if closed => matches!(p.grain, Grain::Month | Grain::Quarter),
                    2 => p.grain == Grain::Month,
                    3 => p.grain == Grain::Quarter,
                    _ => false,
                };
                if !long || !(1..=45).contains(&over) {
                    continue;
                }
                let weight = if closed { 2 } else { 1 };
                match told.iter_mut().find(|(known, _)| *known == p) {
                    Some((_, count)) => *count += weight,
                    None => told.push((p, weight)),
                }
            }
        }
    }
    let most = told.into_iter().rev().max_by_key(|(_, count)| *count);
    most.filter(|(_, count)| *count > 1).map(|(p, _)| p)
}

/// Whether something is told to have closed a period that is named at a token.
fn closes(passage: &Passage, at: usize) -> bool {
    let verbs = list!("closed|ended|finished|closing|ending|finishing|wrapped|concluded");
    (1..=4).any(|n| any_of(passage.tokens.key(at.wrapping_sub(n)), verbs))
}

/// The week before a letter of the days after it that tells of no day, but in its head of a week
/// that is over: `The week ended mixed for stocks`.
pub(super) fn week_over(
    passages: &[(Block, Passage)],
    published: Date,
    frame: Frame,
) -> Option<CalendarPeriod> {
    const HEADS: usize = 5;
    let told = list!(
        "week ended|week closed|ended the week|closed the week|finished the week|\
        past week|week that was|week in review|weekly recap|weekly review|weekly market|\
        weekly update|weekly commentary|weekly summary|weekly wrap"
    );
    let week = CalendarPeriod::containing(Grain::Week, published);
    let early = (published - week.first_day()).get_days() < 4;
    let tells = |(_, p): &(Block, Passage)| {
        (0..p.tokens.len()).any(|i| p.tokens.any_phrase(i, told).is_some())
    };
    let over = early && frame.days == 0 && frame.most == 1;
    (over && passages.iter().take(HEADS).any(tells)).then(|| week.plus(-1))
}
