//! Blocks: the rows of one series or symbol from one source. Which rows of several records hold,
//! and which rows of an import are news.

use kinglet_core::time::Date;

/// The version of the lake in which a vintage began; none for a block whose rows stand alone.
pub(crate) type Vintage = Option<i64>;

/// A block with its vintage.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Vintaged<B> {
    pub(crate) block: B,
    pub(crate) vintage: Vintage,
}

/// Rows of one block that one import recorded, with what is said of all of them.
#[derive(Clone, Debug)]
pub(crate) struct Run<A, R> {
    pub(crate) recorded: i64,
    pub(crate) vintage: Vintage,
    pub(crate) attributes: A,
    pub(crate) rows: Vec<R>,
}

/// One past the last row that is `alike` with row `start`, of rows in which such stand together.
/// Runs are long, so that most rows need not be looked at.
pub(crate) fn end_of_run(start: usize, rows: usize, alike: impl Fn(usize) -> bool) -> usize {
    let mut step = 1;
    while start + step < rows && alike(start + step) {
        step *= 2;
    }
    let (mut inside, mut outside) = (start + step / 2, (start + step).min(rows));
    while inside + 1 < outside {
        let middle = inside.midpoint(outside);
        if alike(middle) { inside = middle } else { outside = middle }
    }
    outside
}

/// The rows that hold, oldest first, with what the last record says of them: of the last vintage
/// the last recorded row of each key.
pub(crate) fn current<A, R: Clone, K: Ord>(
    mut runs: Vec<Run<A, R>>,
    key: impl Fn(&R) -> K,
) -> Option<Run<A, R>> {
    let vintage = runs.iter().map(|r| r.vintage).max()?;
    runs.retain(|r| r.vintage == vintage);
    runs.sort_by_key(|r| r.recorded);
    let mut last = runs.pop()?;
    // Later records first, so that a stable sort and `dedup` keep them.
    for run in runs.into_iter().rev() {
        last.rows.extend(run.rows);
    }
    if !last.rows.is_sorted_by(|a, b| key(a) < key(b)) {
        last.rows.sort_by_key(&key);
        last.rows.dedup_by(|later, kept| key(later) == key(kept));
    }
    Some(last)
}

/// What an import brings to a block.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum News<R> {
    /// Nothing.
    None,
    /// Rows that join the block: new dates and corrections.
    Rows(Vec<R>),
    /// The whole block anew, as a vintage of its own.
    Vintage(Vec<R>),
}

/// The news of a block whose rows stand alone: those that are absent or have another value.
pub(crate) fn rows<R: Clone>(
    old: &[R],
    new: Vec<R>,
    date: impl Fn(&R) -> Date,
    same: impl Fn(&R, &R) -> bool,
) -> News<R> {
    let known = |row: &R| {
        let at = old.partition_point(|o| date(o) < date(row));
        old.get(at).is_some_and(|o| date(o) == date(row) && same(o, row))
    };
    let news: Vec<R> = new.into_iter().filter(|row| !known(row)).collect();
    if news.is_empty() { News::None } else { News::Rows(news) }
}

/// The news of a block that is one vintage. Where all dates that both have agree, it is the same
/// vintage and only further dates are news; where one differs, or none is in both, it is another
/// vintage, and is news as a whole.
pub(crate) fn vintage<R: Clone>(
    old: &[R],
    new: Vec<R>,
    date: impl Fn(&R) -> Date,
    same: impl Fn(&R, &R) -> bool,
) -> News<R> {
    let counterpart = |row: &R| {
        let at = old.partition_point(|o| date(o) < date(row));
        old.get(at).filter(|o| date(o) == date(row))
    };
    let agree = new.iter().all(|row| counterpart(row).is_none_or(|o| same(o, row)));
    let shared = new.iter().any(|row| counterpart(row).is_some());
    if !agree || !shared {
        return if new.is_empty() { News::None } else { News::Vintage(new) };
    }
    let news: Vec<R> = new.into_iter().filter(|row| counterpart(row).is_none()).collect();
    if news.is_empty() { News::None } else { News::Rows(news) }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Row = (i8, f64);

    fn day(row: &Row) -> Date {
        Date::constant(2025, 1, row.0)
    }

    fn same(a: &Row, b: &Row) -> bool {
        a.1 == b.1
    }

    fn run(recorded: i64, vintage: Vintage, rows: &[Row]) -> Run<&'static str, Row> {
        Run { recorded, vintage, attributes: "percent", rows: rows.to_vec() }
    }

    #[test]
    fn ends_of_runs() {
        let check = |rows: &str, start: usize, want: usize| {
            let rows = rows.as_bytes();
            let end = end_of_run(start, rows.len(), |row| rows[row] == rows[start]);
            assert_eq!(end, want, "{start}");
        };
        for length in 1..40 {
            check(&"a".repeat(length), 0, length);
            check(&format!("{}bb", "a".repeat(length)), 0, length);
            check(&format!("c{}b", "a".repeat(length)), 1, length + 1);
        }
    }

    #[test]
    fn later_records_hold() {
        let runs = vec![
            run(3, None, &[(2, 2.5), (4, 4.0)]),
            run(1, None, &[(1, 1.0), (2, 2.0), (3, 3.0)]),
        ];
        let kept = current(runs, day).unwrap();
        assert_eq!(kept.rows, [(1, 1.0), (2, 2.5), (3, 3.0), (4, 4.0)]);
    }

    #[test]
    fn vintages_are_not_spliced() {
        let runs = vec![
            run(1, Some(1), &[(1, 1.0), (2, 2.0)]),
            run(2, Some(2), &[(2, 1.9), (3, 2.9)]),
            run(3, Some(2), &[(4, 3.9)]),
        ];
        let kept = current(runs, day).unwrap();
        assert_eq!(kept.rows, [(2, 1.9), (3, 2.9), (4, 3.9)]);
        assert_eq!(kept.vintage, Some(2));
    }

    #[test]
    fn rows_that_stand_alone() {
        let old = [(1, 1.0), (2, 2.0)];
        assert_eq!(rows(&old, vec![(1, 1.0), (2, 2.0)], day, same), News::None);
        assert_eq!(
            rows(&old, vec![(2, 2.5), (3, 3.0)], day, same),
            News::Rows(vec![(2, 2.5), (3, 3.0)])
        );
    }

    #[test]
    fn a_vintage_is_extended_or_replaced() {
        let old = [(1, 1.0), (2, 2.0)];
        let check = |new: &[Row], want| {
            assert_eq!(vintage(&old, new.to_vec(), day, same), want, "{new:?}");
        };
        check(&[(1, 1.0), (2, 2.0)], News::None);
        check(&[(2, 2.0), (3, 3.0)], News::Rows(vec![(3, 3.0)]));
        check(&[(1, 0.9), (2, 2.0)], News::Vintage(vec![(1, 0.9), (2, 2.0)]));
        check(&[(3, 3.0)], News::Vintage(vec![(3, 3.0)]));
    }
}
