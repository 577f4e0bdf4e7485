//! Portfolios: the companies behind an index, a fund or a group on a day, with their weights and
//! what was known of them.
//!
//! Of a fund they are its last holdings known on the day, at most a year old; of an index or of
//! small companies those of the fund that tracks it; of `LARGEST:500` (and `US_LARGE`) the so many
//! companies with the largest known capitalisations, wherever they are domiciled; of several listed
//! classes of shares whose accounts are the same, each of which has the capitalisation of the whole
//! company, the largest counts; of a company it is itself. A weight is a share of the companies'
//! value: cash and futures have none. The figures are the last known on the day, each at most a
//! year old. Prices are in dollars; of companies that are not in a fund, accounts that are, or may
//! be, in another currency are left out.

mod accounts;
mod cover;
mod multiple;

pub use accounts::Accounts;
pub use cover::{Cover, Covered, Known};
pub use multiple::{Average, multiple};

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::answer::{Notice, Row, Undefined};
use crate::companies::{Figure, Figures, Holdings, Item};
use crate::identity::Entity;
use crate::numeric::sum;
use crate::quantity::Unit;
use crate::time::{Cutoff, Date};
use crate::view::View;

/// Holdings and figures that are older than this say nothing of a day.
const AGE_MAX_DAYS: i32 = 366;
/// By so much may two figures of one debt differ.
const DEBT_FACTOR_MAX: f64 = 5.0;
/// By so much may two P/Es of one company differ, before one of them is taken to be in two
/// currencies.
const PE_FACTOR_MAX: f64 = 4.0;
/// So many of the largest contributors stand in the rows.
pub const ROWS_MAX: usize = 10;
/// How many companies are called large where no number is given.
const LARGEST: usize = 500;

/// The companies behind an entity on a day.
#[derive(Debug)]
pub struct Portfolio<'a> {
    /// In the order of the holdings, or from the largest.
    pub positions: Vec<Position<'a>>,
    /// Whose holdings they are, and of when.
    pub notices: Vec<Notice>,
    /// The day.
    pub day: Date,
    /// Those of the fund that holds the companies, if one does.
    holdings: Option<&'a Holdings>,
    figures: &'a Figures,
    cutoff: Cutoff,
}

/// One company with its weight.
#[derive(Clone, Copy, Debug)]
pub struct Position<'a> {
    /// Its symbol, as its figures have it.
    pub symbol: &'a str,
    /// Its share of the value of all companies.
    pub weight: f64,
}

impl<'a> Portfolio<'a> {
    /// The companies of an entity, as they could be known at the end of a day.
    ///
    /// # Errors
    /// `no_companies` where the data have neither holdings nor figures of it, `stale` where its
    /// holdings are older than a year.
    pub fn of(view: &'a View, entity: &'a Entity, day: Date) -> Result<Self, Undefined> {
        let cutoff = view.within(Cutoff::end_of(day));
        let figures = view.figures();
        let with = |positions, notices| Portfolio {
            positions,
            notices,
            day,
            holdings: None,
            figures,
            cutoff,
        };
        let code = entity.code();
        if let Some(size) = size_of_largest(code) {
            let (positions, notice) = largest(figures, size, cutoff)?;
            return Ok(with(positions, notice.into_iter().collect()));
        }
        let fund = match entity.fund() {
            Some(fund) if view.holdings(code, cutoff).is_none() => fund,
            _ => code,
        };
        if let Some(holdings) = view.holdings(fund, cutoff) {
            let found = with(held(holdings, day)?, vec![held_by(holdings, code)]);
            return Ok(Portfolio { holdings: Some(holdings), ..found });
        }
        let known =
            |item: &Item| *item != Item::Abroad && figures.latest(*item, code, cutoff).is_some();
        if Item::ALL.iter().any(known) {
            return Ok(with(vec![Position { symbol: code, weight: 1.0 }], Vec::new()));
        }
        let what = if fund == code { String::new() } else { format!(" nor of {fund}") };
        let reason = format!("no holdings or company figures of {code}{what} were known on {day}");
        Err(Undefined::new("no_companies", reason))
    }

    /// The rows that say what the heaviest companies weigh: their shares of what is held, or their
    /// capitalisations.
    pub fn rows(&self) -> Vec<Row> {
        let mut positions: Vec<&Position<'_>> = self.positions.iter().collect();
        positions.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.symbol.cmp(b.symbol)));
        let row = |position: &&Position<'_>| match self.holdings {
            Some(holdings) => Some(Row {
                series: format!("{} weight", position.symbol).into(),
                date: holdings.date,
                value: position.weight,
                unit: Unit::Fraction,
                source: Arc::clone(&holdings.source),
            }),
            None => {
                let Known { item, figure } = self.stated(Item::MarketCap, position.symbol)?;
                Some(figure.row(item, position.symbol))
            }
        };
        positions.iter().filter_map(row).take(ROWS_MAX).collect()
    }

    /// The last known figure of a company; none of accounts that are not in dollars.
    pub fn figure(&self, item: Item, symbol: &str) -> Option<Known<'a>> {
        let known = self.stated(item, symbol)?;
        (!item.is_of_accounts() || self.holdings.is_some() || self.is_in_dollars(symbol))
            .then_some(known)
    }

    fn stated(&self, item: Item, symbol: &str) -> Option<Known<'a>> {
        let figure = self.figures.latest(item, symbol, self.cutoff)?;
        is_recent(figure.date, self.cutoff.through).then_some(Known { item, figure })
    }

    /// Whether the P/E that sales and margin or book value and its return imply, with accounts
    /// beside a price in dollars, is about the one that is stated, both earnings and price of which
    /// are of one currency. Where that cannot be told, whether the company is of this country.
    fn is_in_dollars(&self, symbol: &str) -> bool {
        let value = |item| self.stated(item, symbol).map(|known| known.figure.value);
        let ways =
            [(Item::PriceToSales, Item::NetMargin), (Item::PriceToBook, Item::ReturnOnEquity)];
        let implied = |(price, earned)| Some(value(price)? / value(earned)?);
        let known = value(Item::PeTrailing).zip(ways.into_iter().find_map(implied));
        let abroad = || self.figures.latest(Item::Abroad, symbol, self.cutoff);
        known.map_or_else(
            || abroad().is_none_or(|figure| figure.value < 1.0),
            |(stated, implied)| (1.0 / PE_FACTOR_MAX..=PE_FACTOR_MAX).contains(&(implied / stated)),
        )
    }

    /// What a company owes. None where its figures contradict each other: where debt, debt to
    /// equity, capitalisation and price to book differ by more than a factor of five (some sources
    /// give the debt of a company in thousands).
    pub fn debt(&self, symbol: &str) -> Option<Known<'a>> {
        let debt = self.figure(Item::Debt, symbol)?;
        let value = |item| self.figure(item, symbol).map(|known| known.figure.value);
        let book = value(Item::MarketCap).zip(value(Item::PriceToBook)).map(|(cap, pb)| cap / pb);
        let implied = book.zip(value(Item::DebtToEquity)).map(|(book, ratio)| book * ratio);
        let off = |implied: f64| {
            let ratio = debt.figure.value / implied;
            implied > 0.0 && !(1.0 / DEBT_FACTOR_MAX..=DEBT_FACTOR_MAX).contains(&ratio)
        };
        (debt.figure.value >= 0.0 && !implied.is_some_and(off)).then_some(debt)
    }

    /// The companies for which `value` gives one, a number with the figure it rests on.
    ///
    /// # Errors
    /// `coverage` where those have less than half of the weight.
    pub fn cover(
        &self,
        what: &'static str,
        value: impl Fn(&str) -> Option<(f64, Known<'a>)>,
    ) -> Result<Cover<'a>, Undefined> {
        let covered = self.positions.iter().filter_map(|position| {
            let (value, known) = value(position.symbol)?;
            value.is_finite().then_some(Covered { position: *position, value, known })
        });
        Cover::new(what, covered.collect(), self)
    }
}

fn is_recent(date: Date, day: Date) -> bool {
    (day - date).get_days() <= AGE_MAX_DAYS
}

/// The size of `LARGEST:500`.
fn size_of_largest(code: &str) -> Option<usize> {
    match code.strip_prefix("LARGEST:") {
        Some(size) => size.parse().ok().filter(|size| *size > 0),
        None => (code == "US_LARGE").then_some(LARGEST),
    }
}

/// The largest companies, and how many further classes of their shares are left out.
fn largest(
    figures: &Figures,
    size: usize,
    cutoff: Cutoff,
) -> Result<(Vec<Position<'_>>, Option<Notice>), Undefined> {
    let sized = |figure: &Figure| figure.value > 0.0 && is_recent(figure.date, cutoff.through);
    let all = figures.all(Item::MarketCap, cutoff).filter(|(_, figure)| sized(figure));
    let mut all: Vec<(&str, f64)> = all.map(|(symbol, figure)| (symbol, figure.value)).collect();
    all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
    let mut accounts: BTreeSet<[u64; 2]> = BTreeSet::new();
    let mut further = 0;
    let mut found = Vec::with_capacity(size);
    for (symbol, value) in all {
        if found.len() == size {
            break;
        }
        match accounts_of(figures, symbol, cutoff) {
            Some(own) if !accounts.insert(own) => further += 1,
            _ => found.push((symbol, value)),
        }
    }
    if found.len() < size {
        let (found, day) = (found.len(), cutoff.through);
        let reason =
            format!("capitalisations of {found} companies were known on {day}, not {size}");
        return Err(Undefined::new("no_companies", reason));
    }
    let text = format!("further classes of shares of these companies are left out: {further}");
    let notice = (further > 0).then_some(Notice { code: "share_classes", text });
    Ok((weighted(found.into_iter()), notice))
}

/// What a company has and owes, by which classes of its shares are known: no two companies agree
/// in both to the dollar.
fn accounts_of(figures: &Figures, symbol: &str, cutoff: Cutoff) -> Option<[u64; 2]> {
    let known = |item| {
        let figure = figures.latest(item, symbol, cutoff)?;
        (figure.value > 0.0).then_some(figure.value.to_bits())
    };
    Some([known(Item::Cash)?, known(Item::Debt)?])
}

fn held(holdings: &Holdings, day: Date) -> Result<Vec<Position<'_>>, Undefined> {
    if !is_recent(holdings.date, day) {
        let (fund, date) = (&holdings.fund, holdings.date);
        let reason = format!("the last holdings of {fund} known on {day} are of {date}");
        return Err(Undefined::new("stale", reason));
    }
    let tickers = holdings.tickers.iter().map(|ticker| &**ticker);
    Ok(weighted(tickers.zip(holdings.values.iter().copied())))
}

fn held_by(holdings: &Holdings, code: &str) -> Notice {
    let (fund, date) = (&holdings.fund, holdings.date);
    let whose = if **fund == *code { String::new() } else { format!(" (it tracks {code})") };
    Notice { code: "holdings", text: format!("companies that {fund}{whose} held on {date}") }
}

/// Values as shares of their sum; what is worth nothing is left out.
fn weighted<'a>(values: impl Iterator<Item = (&'a str, f64)>) -> Vec<Position<'a>> {
    let values: Vec<(&str, f64)> = values.filter(|(_, v)| *v > 0.0 && v.is_finite()).collect();
    let total = sum(values.iter().map(|(_, value)| *value));
    values.into_iter().map(|(symbol, v)| Position { symbol, weight: v / total }).collect()
}
