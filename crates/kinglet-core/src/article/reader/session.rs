//! On which session or period an article reports: by the days that it names, by its head, by when
//! it was published.

use jiff::civil::Date;

use super::super::block::{Block, BlockKind};
use super::super::date::DateReader;
use super::super::period::{Anchor, Expr, Time};
use super::super::scene::Passage;
use super::super::token::{Tokens, any_of};
use super::super::words::list;
use super::frame::Grounds;
use crate::time::{CalendarPeriod, Grain};

/// The date of a by-line: `Thursday, Aug 28, 2025 3:21 pm ET`, `Published 2025-08-28`.
pub(super) fn dateline(tokens: &Tokens, kind: BlockKind) -> Option<Date> {
    let dates = DateReader { tokens, published: None, ahead: false };
    let day = (0..tokens.len().min(40)).find_map(|i| {
        dates.read(i).filter(|(_, p)| p.grain == Grain::Day).map(|(end, p)| (i, end, p.first_day()))
    });
    let (first, end, date) = day?;
    let before =
        tokens.key(first.wrapping_sub(if tokens.is(first.wrapping_sub(1), ',') { 2 } else { 1 }));
    let weekday = before.ends_with("day");
    let alone = end >= tokens.len() && first <= 2;
    (kind == BlockKind::Furniture || weekday || alone).then_some(date)
}

/// The close up to which an article reviews a week, if its head says so: `The Markets (as of market
/// close December 17, 2021)`.
pub(super) fn closing(passages: &[(Block, Passage)], published: Date) -> Option<Date> {
    let mut heads = passages.iter().take(8).filter(|(_, p)| p.tokens.len() <= DATELINE_TOKENS);
    heads.find_map(|(_, passage)| {
        let tokens = &passage.tokens;
        let dates = DateReader { tokens, published: Some(published), ahead: false };
        let at = (0..tokens.len())
            .find(|i| tokens.any_phrase(*i, list!("market close|close of")).is_some())?;
        let day = (at..tokens.len()).find_map(|i| dates.read(i)).map(|(_, p)| p)?;
        let age = (published - day.first_day()).get_days();
        (day.grain == Grain::Day && (1..=6).contains(&age)).then(|| day.first_day())
    })
}

/// How long ago a day is that a heading names for the tale below it, in days.
const PAST_DAYS: i32 = 300;

/// A heading that holds hardly more than a date is as short.
const DATED_TOKENS: usize = 8;

/// Tells blocks under a heading or item that is a date of another year so, and items under a line
/// that announces a week of another time: `In the week ended May 14, 2004:`.
pub(super) fn head(passages: &mut [(Block, Passage)], published: Date) {
    let (mut day, mut week) = (None, None);
    for (block, passage) in passages {
        let heads = matches!(block.kind, BlockKind::Heading | BlockKind::Item);
        match dated(&passage.tokens).filter(|_| heads) {
            Some(p) => {
                let past = |day: &Date| (published - *day).get_days() > PAST_DAYS;
                day = Some(p.last_day()).filter(past);
            }
            None if block.kind == BlockKind::Heading && !has_figure(&passage.tokens) => day = None,
            None => day.into_iter().for_each(|day| passage.tell_of(day, published)),
        }
        match week.filter(|_| block.kind == BlockKind::Item) {
            Some(week) => passage.list_week(week),
            None => week = announced(passage, published),
        }
    }
}

/// The time of a block that is a date and little more: `2) Oct. 15, 2008`.
pub(super) fn dated(tokens: &Tokens) -> Option<CalendarPeriod> {
    let dates = DateReader { tokens, published: None, ahead: false };
    let (end, p) = (0..2).find_map(|i| dates.read(i))?;
    (tokens.len() <= DATED_TOKENS && end + 1 >= tokens.len() && p.grain <= Grain::Quarter)
        .then_some(p)
}

/// Whether a block holds a number that is not written in words.
fn has_figure(tokens: &Tokens) -> bool {
    (0..tokens.len()).any(|i| tokens.number(i).is_some())
}

/// The week of another time that a line announces.
fn announced(passage: &mut Passage, published: Date) -> Option<CalendarPeriod> {
    let colon = passage.tokens.len().checked_sub(1).is_some_and(|i| passage.tokens.is(i, ':'));
    let at = passage.sentences.len().checked_sub(1).filter(|_| colon)?;
    let weeks = passage.early_times(at, published).into_iter().filter_map(|t| match t.expr {
        Expr::Span(p) if p.grain == Grain::Week => Some(p),
        _ => None,
    });
    { weeks }.find(|week| (published - week.last_day()).get_days() > 7)
}

/// A line that holds no more than the day of publication has few words.
const DATELINE_TOKENS: usize = 16;

/// How many words the lead of an article has.
const LEAD_TOKENS: usize = 40;

/// A heading that names what an article is about is short, too.
pub(super) const HEADING_TOKENS: usize = 24;

/// The last session that the article reports on: the latest day that it names up to its publication
/// and at most six days before, else the day of publication or the weekday before it.
pub(super) fn last_named(
    passages: &mut [(Block, Passage)],
    published: Date,
) -> Option<(Date, Grounds)> {
    let mut days = (1..4).map(|n| published.saturating_sub(jiff::Span::new().days(n)));
    let eve = days.find(|d| is_weekday(*d));
    let (mut best, mut told, mut lead): (Option<Date>, Option<Date>, Option<Date>) =
        Default::default();
    let mut opened = 0;
    for (block, passage) in passages {
        let length = passage.tokens.len();
        let opening = block.kind == BlockKind::Paragraph && opened < LEAD_TOKENS;
        opened += if opening { length } else { 0 };
        let line =
            length <= DATELINE_TOKENS && dateline(&passage.tokens, block.kind) == Some(published);
        let headed =
            length <= HEADING_TOKENS && matches!(block.kind, BlockKind::Title | BlockKind::Heading);
        for at in 0..passage.sentences.len() {
            let start = passage.sentences[at].start;
            for time in passage.early_times(at, published) {
                let tokens = &passage.tokens;
                let Some(date) =
                    day_before(&time, published).filter(|_| !is_aside(tokens, start, &time))
                else {
                    continue;
                };
                let dated = (time.first..time.end).any(|i| tokens.number(i).is_some());
                // "New York, Nov 8 (Reuters) - Stocks ended up"
                let opens = time.first < 6 && tokens.is(time.end, '(');
                let line = line || (headed || opens) && dated && date == published;
                // "stocks rose Tuesday, which leaves them today to end the year higher"
                let today = tokens.key(time.first) == "today";
                // "last Thursday" is past on any day but the one after it
                let past = tokens.key(time.first) == "last" && Some(date) != eve;
                let own = tokens.key(time.end) != "'s" && !dated;
                best = best.max(Some(date));
                let first = |known: Option<Date>| !today || known.is_none();
                if !line && !past && first(told) {
                    told = told.max(Some(date));
                }
                if opening && own && !line && first(lead) {
                    lead = lead.max(Some(date));
                }
            }
        }
    }
    // a date above a report on the day before is that of the paper; the lead tells which day it is
    let eve = eve.filter(|_| told == eve || lead == eve);
    let session = eve.or(told).or(best)?;
    let grounds = match () {
        () if lead == Some(session) => Grounds::Lead,
        () if told.is_some() => Grounds::Body,
        () => Grounds::Line,
    };
    Some((session, grounds))
}

/// The weekday that a time names, of the week up to the publication.
fn day_before(time: &Time, published: Date) -> Option<Date> {
    let Expr::Span(day) = time.expr else { return None };
    let date = day.first_day();
    let near = (0..=6).contains(&(published - date).get_days());
    (day.grain == Grain::Day && near && is_weekday(date)).then_some(date)
}

/// Whether a time of a sentence that begins at a token says when something else is: what is still
/// to come, the end of a stretch.
fn is_aside(tokens: &Tokens, start: usize, time: &Time) -> bool {
    // not the month
    let modal = |i: usize| match tokens.key(i) {
        "may" => tokens.get(i).is_some_and(|t| !t.capital),
        word => any_of(word, list!("will|might")),
    };
    let ahead = |i: usize| match tokens.key(i) {
        "until" | "through" | "due" => i + 3 >= time.first,
        word => modal(i) || any_of(word, list!("if|next|scheduled|slated")),
    };
    // "on Wednesday it will lower rates", "Thursday's opening may be muted"
    let end = time.end + usize::from(tokens.is(time.end, '\'') || tokens.key(time.end) == "'s");
    let clause = (end..tokens.len().min(end + 4)).take_while(|i| tokens.is_word(*i));
    let to_come = { clause }.any(modal);
    tokens.key(time.first.wrapping_sub(1)) == "late" || to_come || (start..time.first).any(ahead)
}

/// The month, quarter, half or year that the head of an article names and that was over not long
/// before: `Quarterly Commentary, Second Quarter 2022`.
pub(super) fn reported(passages: &[(Block, Passage)], published: Date) -> Option<CalendarPeriod> {
    let anchor = Anchor { published: Some(published), session: None };
    let heads = passages.iter().take(5).filter(|(b, p)| {
        let headed = matches!(b.kind, BlockKind::Title | BlockKind::Heading);
        let most = if headed { HEADING_TOKENS } else { DATELINE_TOKENS };
        b.kind != BlockKind::Row && p.tokens.len() <= most
    });
    // "big banks open the second-quarter earnings season" reports on no quarter
    let results = list!("earnings|results|profits|season|reporting");
    let named = heads.flat_map(|(_, p)| {
        let times = p.scene(0..p.tokens.len(), anchor).times.into_iter();
        times.filter(|t| !t.reference && !any_of(p.tokens.key(t.end), results))
    });
    let named = named.filter_map(|t| match t.expr {
        Expr::Span(p) | Expr::Range(_, p) if p.grain >= Grain::Month => Some(p),
        _ => None,
    });
    { named }.find(|p| (1..=75).contains(&(published - p.last_day()).get_days()))
}

/// The last weekday up to the publication; the one before where the by-line tells a time before
/// the market opens.
pub(super) fn before_publication(text: &str, published: Date) -> Option<Date> {
    let head = text.char_indices().nth(600).map_or(text, |(end, _)| &text[..end]);
    let skip = i32::from(written_before_opening(head));
    (skip..skip + 4)
        .map(|n| published.saturating_sub(jiff::Span::new().days(n)))
        .find(|d| is_weekday(*d))
}

/// `7:40 am ET`, `6:05 a.m.`: a time of day before the exchange opens.
fn written_before_opening(head: &str) -> bool {
    let tokens = Tokens::read(head, 0);
    (0..tokens.len()).any(|i| {
        let (Some(hour), Some(_)) = (tokens.number(i), tokens.number(i + 2)) else { return false };
        let half = tokens.key(i + 3).trim_end_matches('.').replace('.', "");
        tokens.is(i + 1, ':') && half == "am" && hour.value < 10.0
    })
}

fn is_weekday(date: Date) -> bool {
    date.weekday().to_monday_one_offset() <= 5
}

#[cfg(test)]
mod tests {
    use super::super::super::read;

    #[test]
    fn on_which_session_an_article_reports() {
        let check = |published: &str, text: &str, session: &str| {
            let read = read(text, published.parse().ok());
            assert_eq!(read.session, session.parse().ok(), "{text}");
        };
        // what is still to come
        check(
            "2024-09-18",
            "Small caps climb\n\nIt was a good Tuesday for stocks. Hardly anybody doubts that on \
             Wednesday it will lower rates. The Russell 2000 rose 1.3%.",
            "2024-09-17",
        );
        check(
            "1999-12-21",
            "Nasdaq climbs\n\nStocks fell on Monday. The Fed may let it be known on Tuesday that \
             rates will rise. The Dow lost 113.16 points.",
            "1999-12-20",
        );
        // the day of the paper
        check(
            "2019-11-08",
            "Stocks end up\n\nNew York, Nov 8 (NN) There was faith in a deal. Thursday's close of \
             the S&P 500 was 3,085.18, up 0.27%.",
            "2019-11-07",
        );
        // the month of May is no word of what may be
        check(
            "2025-05-07",
            "Stocks climb\n\nSince the low in May stocks have gained. The Russell 2000 rose 1.3% on \
             Tuesday in early May trading.",
            "2025-05-06",
        );
        // a weekly letter, and a season that is no report
        check(
            "2020-07-20",
            "Banks open the 2Q earnings season\n\nWeekly Market Update\n\nThe Russell 2000 gained \
             3.6% this week. The S&P 500 gained 1.3% for the week.",
            "2020-07-17",
        );
        // a month that is just over
        check(
            "2024-07-01",
            "Market Snapshot\n\nIn June the S&P 500 added 3.47% for the month. June had 12 gains in \
             the month, May had more. In June it set 7 highs.",
            "2024-06-28",
        );
    }
}
