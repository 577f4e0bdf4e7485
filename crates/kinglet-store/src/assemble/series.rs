//! One series for each id and basis, out of all blocks that give it.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use kinglet_core::columns::{Frequency, Observation, Series};
use kinglet_core::identity::Basis;
use kinglet_core::quantity::{Spelling, Unit};
use kinglet_core::time::{Calendar, Date};

use crate::declared::price_spelling;
use crate::rows::{Bar, BarBlock, Batch, SeriesBlock, SeriesRow};

type Key = (String, Basis);

/// The series of all batches; bars give the price and total return of a symbol that has no series
/// of its own.
pub(super) fn columns(batches: &[Batch], calendar: &Calendar) -> BTreeMap<Key, Series> {
    let mut blocks: BTreeMap<Key, Vec<Cow<'_, SeriesBlock>>> = BTreeMap::new();
    for block in batches.iter().flat_map(|b| &b.series).filter(|b| !b.rows.is_empty()) {
        blocks.entry((block.id.clone(), block.basis)).or_default().push(Cow::Borrowed(block));
    }
    let mut derived: BTreeMap<Key, Vec<Cow<'_, SeriesBlock>>> = BTreeMap::new();
    for bars in batches.iter().flat_map(|b| &b.bars) {
        for basis in [Basis::Price, Basis::Total] {
            let key = (bars.symbol.clone(), basis);
            if !blocks.contains_key(&key)
                && let Some(block) = from_bars(bars, basis, calendar)
            {
                derived.entry(key).or_default().push(Cow::Owned(block));
            }
        }
    }
    blocks.append(&mut derived);
    blocks.into_iter().map(|(key, blocks)| (key.clone(), resolve(&key.0, &blocks))).collect()
}

/// Raw closes are prices; adjusted closes are one vintage of the total return. Those of an index
/// repeat its closes: it has no distributions, and so no total return.
fn from_bars(bars: &BarBlock, basis: Basis, calendar: &Calendar) -> Option<SeriesBlock> {
    let spelling = price_spelling(&bars.symbol);
    if basis == Basis::Total && spelling == Spelling::IndexPoints {
        return None;
    }
    let value = |bar: &Bar| match basis {
        Basis::Price => bar.close,
        Basis::Total => bar.adjusted_close,
    };
    let row = |bar: &Bar| {
        Some(SeriesRow { date: bar.date, value: value(bar)?, known_at: calendar.close(bar.date) })
    };
    let rows: Vec<SeriesRow> = bars.rows.iter().filter_map(row).collect();
    (!rows.is_empty()).then(|| SeriesBlock {
        id: bars.symbol.clone(),
        basis,
        spelling,
        frequency: Frequency::Session,
        assumed: false,
        vintage: basis == Basis::Total,
        source: bars.source.clone(),
        rows,
    })
}

/// What a spelling measures.
pub(super) fn unit(spelling: Spelling) -> Unit {
    match spelling {
        Spelling::Percent => Unit::Fraction,
        Spelling::PercentagePoints | Spelling::BasisPoints => Unit::FractionDifference,
        Spelling::IndexPoints => Unit::Points,
        Spelling::Usd => Unit::Money,
        Spelling::Ratio => Unit::Ratio,
        Spelling::Count => Unit::Count,
        Spelling::Months => Unit::Months,
        Spelling::Days => Unit::Days,
        Spelling::Years => Unit::Years,
        Spelling::Truth => Unit::Truth,
    }
}

/// One row with what decides between two of one date.
struct Candidate {
    /// Of the sources, the longest is 0.
    rank: usize,
    /// Blocks in the order given.
    order: usize,
    observation: Observation,
}

fn resolve(id: &str, blocks: &[Cow<'_, SeriesBlock>]) -> Series {
    let vintages = blocks.iter().enumerate().filter(|(_, b)| b.vintage);
    let last = |b: &SeriesBlock| b.rows.iter().map(|r| r.date).max();
    let vintage = vintages.max_by_key(|(order, b)| (last(b), b.rows.len(), *order));
    match vintage {
        Some((_, block)) => merge(id, &[block]),
        None => merge(id, &blocks.iter().map(AsRef::as_ref).collect::<Vec<_>>()),
    }
}

/// At least one block.
fn merge(id: &str, blocks: &[&SeriesBlock]) -> Series {
    let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
    for block in blocks {
        *sizes.entry(&block.source).or_default() += block.rows.len();
    }
    let mut sources: Vec<(&str, usize)> = sizes.into_iter().collect();
    sources.sort_by_key(|(source, rows)| (Reverse(*rows), *source));
    let rank = |b: &SeriesBlock| sources.iter().position(|(source, _)| *source == b.source);
    let first = blocks.iter().min_by_key(|b| rank(b)).expect("at least one block");
    let (unit_of_all, frequency) = (unit(first.spelling), first.frequency);
    let alike = |b: &&&SeriesBlock| unit(b.spelling) == unit_of_all && b.frequency == frequency;
    let mut candidates: Vec<Candidate> = Vec::new();
    let mut used: Vec<(usize, &str)> = Vec::new();
    for (order, block) in blocks.iter().filter(alike).enumerate() {
        let rank = rank(block).unwrap_or_default();
        let per_unit = block.spelling.per_unit();
        used.push((rank, &block.source));
        candidates.extend(block.rows.iter().filter(|r| r.value.is_finite()).map(|r| Candidate {
            rank,
            order,
            observation: Observation {
                date: r.date,
                value: r.value / per_unit,
                known_at: r.known_at,
            },
        }));
    }
    used.sort_unstable();
    used.dedup();
    let source = used.iter().map(|(_, source)| *source).collect::<Vec<_>>().join(" + ");
    let (rows, stretches) = chosen(candidates);
    let series = Series::new(id, unit_of_all, frequency, &source, rows);
    if used.len() < 2 {
        return series;
    }
    let names: Vec<Arc<str>> = sources.iter().map(|(source, _)| (*source).into()).collect();
    let named = |(from, rank): (Date, usize)| (from, Arc::clone(&names[rank]));
    series.with_sources(stretches.into_iter().map(named).collect())
}

/// Of each date the rows of the best source, of each of its instants the row given last; and the
/// days from which on they are of another source.
fn chosen(mut candidates: Vec<Candidate>) -> (Vec<Observation>, Vec<(Date, usize)>) {
    let key =
        |c: &Candidate| (c.observation.date, c.rank, c.observation.known_at, Reverse(c.order));
    if !candidates.is_sorted_by_key(key) {
        candidates.sort_by_key(key);
    }
    let mut rows: Vec<Observation> = Vec::with_capacity(candidates.len());
    let mut stretches: Vec<(Date, usize)> = Vec::new();
    let mut rank = 0;
    for candidate in candidates {
        let row = candidate.observation;
        match rows.last() {
            Some(last) if last.date == row.date => {
                if candidate.rank == rank && last.known_at != row.known_at {
                    rows.push(row);
                }
            }
            _ => {
                rank = candidate.rank;
                if stretches.last().is_none_or(|(_, last)| *last != rank) {
                    stretches.push((row.date, rank));
                }
                rows.push(row);
            }
        }
    }
    (rows, stretches)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn block(source: &str, vintage: bool, rows: &[(i8, f64)]) -> SeriesBlock {
        let row = |&(day, value): &(i8, f64)| {
            let date = date(2025, 1, day);
            SeriesRow { date, value, known_at: date.at(16, 0, 0, 0) }
        };
        SeriesBlock {
            id: "X".to_owned(),
            basis: Basis::Price,
            spelling: Spelling::Percent,
            frequency: Frequency::Session,
            assumed: false,
            vintage,
            source: source.to_owned(),
            rows: rows.iter().map(row).collect(),
        }
    }

    fn check(blocks: &[SeriesBlock], want: &[(i8, f64)], source: &str) {
        let borrowed: Vec<_> = blocks.iter().map(Cow::Borrowed).collect();
        let series = resolve("X", &borrowed);
        let got: Vec<(i8, f64)> =
            series.observations().iter().map(|o| (o.date.day(), o.value)).collect();
        assert_eq!(got, want);
        assert_eq!(&*series.source, source);
        assert_eq!(series.unit, Unit::Fraction);
    }

    #[test]
    fn the_longest_source_decides_and_others_fill() {
        let long = block("a", false, &[(2, 1.0), (3, 2.0), (6, 3.0)]);
        let short = block("b", false, &[(3, 9.0), (7, 4.0)]);
        check(
            &[short.clone(), long.clone()],
            &[(2, 0.01), (3, 0.02), (6, 0.03), (7, 0.04)],
            "a + b",
        );
        let series = resolve("X", &[Cow::Borrowed(&short), Cow::Borrowed(&long)]);
        let of = |day| &**series.source_on(date(2025, 1, day));
        assert_eq!([2, 3, 6, 7].map(of), ["a", "a", "a", "b"]);
    }

    #[test]
    fn a_later_row_of_one_source_replaces() {
        let first = block("a", false, &[(2, 1.0), (3, 2.0)]);
        let again = block("a", false, &[(3, 5.0)]);
        check(&[first, again], &[(2, 0.01), (3, 0.05)], "a");
    }

    #[test]
    fn revisions_are_kept_with_their_instants() {
        let mut revised = block("a", false, &[(2, 1.0), (2, 2.0)]);
        revised.rows[1].known_at = date(2025, 2, 2).at(8, 30, 0, 0);
        check(&[revised], &[(2, 0.01), (2, 0.02)], "a");
    }

    #[test]
    fn vintages_are_never_spliced() {
        let old = block("a", true, &[(2, 1.0), (3, 2.0), (6, 3.0)]);
        let new = block("b", true, &[(6, 4.0), (7, 5.0)]);
        check(&[old, new], &[(6, 0.04), (7, 0.05)], "b");
    }

    #[test]
    fn another_unit_is_left_out() {
        let long = block("a", false, &[(2, 1.0), (3, 2.0)]);
        let mut other = block("b", false, &[(6, 1.0)]);
        other.spelling = Spelling::Usd;
        check(&[long, other], &[(2, 0.01), (3, 0.02)], "a");
    }
}
