//! Positions of funds and figures of companies, as columns.
//!
//! Positions and figures count as public at the end of the day that they are for. Of several
//! sources for one item, company and day the one with the most rows of the item holds.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use kinglet_core::companies::{Figure, Figures, Holdings, Item};
use kinglet_core::time::{Cutoff, Date, DateTime};

use crate::rows::{Batch, Fundamental, Holding};

/// What a source calls an item, and what its values are multiplied with.
struct Named {
    name: &'static str,
    item: Item,
    scale: f64,
    /// Whether it writes a zero where it has no value.
    zero_is_absent: bool,
}

const fn named(name: &'static str, item: Item) -> Named {
    Named { name, item, scale: 1.0, zero_is_absent: false }
}

const fn blank_zero(named: Named) -> Named {
    Named { zero_is_absent: true, ..named }
}

/// Yahoo's names, and that of the shares of a fund in files of its holdings. Yahoo's margins are
/// zero for companies without sales; its dividend yield and its debt to equity are in per cent.
const NAMES: &[Named] = &[
    blank_zero(named("trailingPE", Item::PeTrailing)),
    blank_zero(named("forwardPE", Item::PeForward)),
    blank_zero(named("priceToBook", Item::PriceToBook)),
    blank_zero(named("priceToSalesTrailing12Months", Item::PriceToSales)),
    named("freeCashflow", Item::FreeCashFlow),
    blank_zero(named("enterpriseToEbitda", Item::EvToEbitda)),
    blank_zero(named("profitMargins", Item::NetMargin)),
    blank_zero(named("operatingMargins", Item::OperatingMargin)),
    named("returnOnEquity", Item::ReturnOnEquity),
    named("netIncomeToCommon", Item::NetIncome),
    named("marketCap", Item::MarketCap),
    named("enterpriseValue", Item::EnterpriseValue),
    named("totalDebt", Item::Debt),
    Named { scale: 0.01, ..named("debtToEquity", Item::DebtToEquity) },
    named("totalCash", Item::Cash),
    named("ebit", Item::Ebit),
    named("interestExpense", Item::InterestExpense),
    Named { scale: 0.01, ..named("dividendYield", Item::DividendYield) },
    named("earningsGrowth", Item::EarningsGrowth),
    named("revenueGrowth", Item::RevenueGrowth),
    blank_zero(named("shares_outstanding", Item::SharesOutstanding)),
    blank_zero(named("sharesOutstanding", Item::SharesOutstanding)),
    named("shortPercentOfFloat", Item::ShortOfFloat),
];

/// A word, not a number: where a company is domiciled.
const COUNTRY: &str = "country";

/// The names of the items that a view has, as sources give them.
pub fn item_names() -> impl Iterator<Item = &'static str> {
    NAMES.iter().map(|named| named.name).chain([COUNTRY])
}

/// The companies among the positions; what is neither share nor fund is left out.
pub(super) fn holdings(batches: &[Batch]) -> Vec<Holdings> {
    let mut days: BTreeMap<(&str, Date), Vec<&Holding>> = BTreeMap::new();
    for holding in batches.iter().flat_map(|b| &b.holdings) {
        days.entry((&holding.fund, holding.date)).or_default().push(holding);
    }
    let held = days.into_iter().map(|((fund, date), rows)| {
        let shares: Vec<&Holding> =
            rows.into_iter().filter(|h| h.asset_class.eq_ignore_ascii_case("equity")).collect();
        let in_dollars = shares.iter().all(|h| h.market_value.is_some());
        let value = |h: &Holding| if in_dollars { h.market_value } else { h.weight };
        let positions =
            shares.into_iter().filter_map(|h| Some((h.ticker.as_str().into(), value(h)?)));
        let (tickers, values) = positions.unzip();
        let source = format!("holdings of {fund}").into();
        Holdings { fund: fund.into(), date, known_at: public(date), source, tickers, values }
    });
    held.collect()
}

/// The figures of all companies in the units of their items.
pub(super) fn figures(batches: &[Batch]) -> Figures {
    let mut strings: BTreeSet<Arc<str>> = BTreeSet::new();
    let mut kept = |text: &str| match strings.get(text) {
        Some(found) => Arc::clone(found),
        None => {
            let made: Arc<str> = text.into();
            strings.insert(Arc::clone(&made));
            made
        }
    };
    let mut sizes: BTreeMap<(Item, Arc<str>), usize> = BTreeMap::new();
    let mut rows: Vec<(Item, Arc<str>, Figure)> = Vec::new();
    for fact in batches.iter().flat_map(|b| &b.fundamentals) {
        let Some((item, value)) = value(fact) else { continue };
        let source = kept(&fact.source);
        *sizes.entry((item, Arc::clone(&source))).or_default() += 1;
        let figure = Figure { date: fact.date, known_at: public(fact.date), value, source };
        rows.push((item, kept(&fact.symbol), figure));
    }
    // Of equal dates the row that comes last holds.
    rows.sort_by_cached_key(|(item, _, figure)| {
        let key = (*item, Arc::clone(&figure.source));
        (sizes.get(&key).copied(), Reverse(key.1))
    });
    Figures::new(rows)
}

fn value(fact: &Fundamental) -> Option<(Item, f64)> {
    if fact.item == COUNTRY {
        let is_here = ["United States", "USA", "US"].contains(&fact.text.as_deref()?);
        return (!is_here).then_some((Item::Abroad, 1.0));
    }
    let named = NAMES.iter().find(|named| named.name == fact.item)?;
    let value = fact.value.filter(|v| *v != 0.0 || !named.zero_is_absent)?;
    Some((named.item, value * named.scale))
}

fn public(date: Date) -> DateTime {
    Cutoff::end_of(date).known_by
}
