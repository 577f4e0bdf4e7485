//! Companies in columns: the positions of funds, and the figures of companies by item.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::answer::Row;
use crate::quantity::Unit;
use crate::time::{Cutoff, Date, DateTime};

macro_rules! items {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $unit:ident;)*) => {
        /// What a figure of a company measures.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Item { $($(#[$doc])* $name,)* }

        impl Item {
            /// Every item, in order.
            pub const ALL: &'static [Item] = &[$(Item::$name,)*];

            /// Its name in the rows of an answer.
            pub fn name(self) -> &'static str {
                match self { $(Item::$name => $text,)* }
            }

            /// What its values measure.
            pub fn unit(self) -> Unit {
                match self { $(Item::$name => Unit::$unit,)* }
            }
        }
    };
}

items! {
    /// Price over the earnings of the last four quarters; absent where they are a loss.
    PeTrailing = "trailing P/E", Ratio;
    /// Price over the earnings expected for the next year; negative where a loss is expected.
    PeForward = "forward P/E", Ratio;
    /// Price over book value; negative where the debts exceed the assets.
    PriceToBook = "price to book", Ratio;
    /// Price over the sales of the last four quarters.
    PriceToSales = "price to sales", Ratio;
    /// Enterprise value over earnings before interest, taxes, depreciation and amortisation.
    EvToEbitda = "EV/EBITDA", Ratio;
    /// Net income of the last four quarters; a loss is negative.
    NetIncome = "net income", Money;
    /// Net income over average equity, of the last four quarters.
    ReturnOnEquity = "return on equity", Fraction;
    /// Net income over sales, of the last four quarters.
    NetMargin = "net margin", Fraction;
    /// Operating income over sales, of the last quarter.
    OperatingMargin = "operating margin", Fraction;
    /// Price times shares.
    MarketCap = "capitalisation", Money;
    /// Capitalisation plus debt less cash.
    EnterpriseValue = "enterprise value", Money;
    /// What bears interest, leases included.
    Debt = "debt", Money;
    /// Debt over the book value of equity.
    DebtToEquity = "debt to equity", Fraction;
    /// Cash and short-term investments.
    Cash = "cash", Money;
    /// Earnings before interest and taxes, of the last four quarters.
    Ebit = "EBIT", Money;
    /// Cash from operations less what was invested, of the last four quarters.
    FreeCashFlow = "free cash flow", Money;
    /// Interest paid, of the last four quarters, as a positive number.
    InterestExpense = "interest expense", Money;
    /// Distributions of a year over price.
    DividendYield = "dividend yield", Fraction;
    /// Earnings per share of the last quarter against the same quarter of the year before.
    EarningsGrowth = "earnings growth", Fraction;
    /// Sales of the last quarter against the same quarter of the year before.
    RevenueGrowth = "revenue growth", Fraction;
    /// Shares of a company or a fund that exist.
    SharesOutstanding = "shares outstanding", Count;
    /// Shares sold short over those that are traded.
    ShortOfFloat = "short of float", Fraction;
    /// One where the company is of another country.
    Abroad = "of another country", Truth;
}

impl Item {
    /// Whether it is in the money of a company's accounts, alone or beside its price.
    pub fn is_of_accounts(self) -> bool {
        use Item::{Cash, Debt, Ebit, EnterpriseValue, EvToEbitda, FreeCashFlow, InterestExpense};
        let beside_price = matches!(self, Item::PriceToBook | Item::PriceToSales | EvToEbitda);
        let alone = matches!(self, Cash | Debt | Ebit | FreeCashFlow | InterestExpense);
        beside_price || alone || matches!(self, EnterpriseValue | Item::NetIncome)
    }
}

/// The companies that a fund held on one day. Cash, futures and the like are left out.
#[derive(Clone, Debug, PartialEq)]
pub struct Holdings {
    /// The fund.
    pub fund: Arc<str>,
    /// The day.
    pub date: Date,
    /// When they became public.
    pub known_at: DateTime,
    /// Where they come from.
    pub source: Arc<str>,
    /// The tickers of the positions.
    pub tickers: Vec<Arc<str>>,
    /// What each position is worth, aligned with the tickers; only its share of the sum matters.
    pub values: Vec<f64>,
}

/// One figure of a company.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What day it is for.
    pub date: Date,
    /// When it became public.
    pub known_at: DateTime,
    /// The value, in the unit of its item.
    pub value: f64,
    /// Where it comes from.
    pub source: Arc<str>,
}

impl Figure {
    /// A row for the evidence.
    pub fn row(&self, item: Item, symbol: &str) -> Row {
        Row {
            series: format!("{symbol} {}", item.name()).into(),
            date: self.date,
            value: self.value,
            unit: item.unit(),
            source: Arc::clone(&self.source),
        }
    }
}

/// The figures of all companies, a column for each item. Cheap to look up, never searched whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    columns: BTreeMap<Item, Column>,
}

/// The figures of one item, company by company, oldest first.
#[derive(Clone, Debug, Default, PartialEq)]
struct Column {
    /// In order, each once.
    symbols: Vec<Arc<str>>,
    /// Where the rows of each symbol end.
    ends: Vec<usize>,
    rows: Vec<Figure>,
}

impl Figures {
    /// Columns of rows in any order; a value that is not finite is left out.
    pub fn new(rows: impl IntoIterator<Item = (Item, Arc<str>, Figure)>) -> Figures {
        let mut by_item: BTreeMap<Item, Vec<(Arc<str>, Figure)>> = BTreeMap::new();
        for (item, symbol, figure) in rows.into_iter().filter(|row| row.2.value.is_finite()) {
            by_item.entry(item).or_default().push((symbol, figure));
        }
        let columns = by_item.into_iter().map(|(item, rows)| (item, Column::new(rows)));
        Figures { columns: columns.collect() }
    }

    /// The last figure of a company that could be known at a cutoff.
    pub fn latest(&self, item: Item, symbol: &str, cutoff: Cutoff) -> Option<&Figure> {
        let column = self.columns.get(&item)?;
        let at = column.symbols.binary_search_by(|s| (**s).cmp(symbol)).ok()?;
        column.latest(at, cutoff)
    }

    /// The figures of a company that could be known at a cutoff, oldest first, of each date the one
    /// that was known last.
    pub fn history(&self, item: Item, symbol: &str, cutoff: Cutoff) -> Vec<&Figure> {
        let Some(column) = self.columns.get(&item) else { return Vec::new() };
        let at = column.symbols.binary_search_by(|s| (**s).cmp(symbol));
        let rows = at.map_or(&[][..], |at| column.of(at));
        let known = |f: &Figure| f.date <= cutoff.through && f.known_at <= cutoff.known_by;
        let mut history: Vec<&Figure> = Vec::new();
        for figure in rows.iter().filter(|figure| known(figure)) {
            match history.last_mut() {
                Some(last) if last.date == figure.date => *last = figure,
                _ => history.push(figure),
            }
        }
        history
    }

    /// The last figure of each company that could be known at a cutoff, in order of the symbols.
    pub fn all(&self, item: Item, cutoff: Cutoff) -> impl Iterator<Item = (&str, &Figure)> {
        self.columns.get(&item).into_iter().flat_map(move |column| {
            let symbols = column.symbols.iter().enumerate();
            symbols.filter_map(move |(at, symbol)| Some((&**symbol, column.latest(at, cutoff)?)))
        })
    }
}

impl Column {
    fn new(mut rows: Vec<(Arc<str>, Figure)>) -> Column {
        rows.sort_by(|(a, x), (b, y)| (a, x.date, x.known_at).cmp(&(b, y.date, y.known_at)));
        let mut column = Column::default();
        for (symbol, figure) in rows {
            if column.symbols.last() != Some(&symbol) {
                column.symbols.push(symbol);
                column.ends.push(column.rows.len());
            }
            column.rows.push(figure);
            if let Some(end) = column.ends.last_mut() {
                *end = column.rows.len();
            }
        }
        column
    }

    fn of(&self, at: usize) -> &[Figure] {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.rows[start..self.ends[at]]
    }

    fn latest(&self, at: usize, cutoff: Cutoff) -> Option<&Figure> {
        let known = |f: &&Figure| f.date <= cutoff.through && f.known_at <= cutoff.known_by;
        self.of(at).iter().rev().find(known)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(date: &str, known: &str, value: f64) -> Figure {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let known_at = day(known).at(16, 0, 0, 0);
        Figure { date: day(date), known_at, value, source: "made up".into() }
    }

    /// A figure is seen from the day on which it became public, a revision replaces it then.
    #[test]
    fn the_latest_that_was_known() {
        let row = |symbol: &str, figure| (Item::PeForward, Arc::from(symbol), figure);
        let figures = Figures::new([
            row("B", figure("2025-06-30", "2025-07-15", 12.0)),
            row("A", figure("2025-03-31", "2025-04-15", 10.0)),
            row("B", figure("2025-06-30", "2025-08-01", 13.0)),
            row("B", figure("2025-03-31", "2025-04-15", 11.0)),
            row("C", figure("2025-03-31", "2025-04-15", f64::NAN)),
        ]);
        let check = |symbol, day: &str, want: Option<f64>| {
            let cutoff = Cutoff::end_of(day.parse().unwrap());
            let got = figures.latest(Item::PeForward, symbol, cutoff).map(|f| f.value);
            assert_eq!(got, want, "{symbol} {day}");
        };
        check("A", "2025-12-31", Some(10.0));
        check("B", "2025-07-14", Some(11.0));
        check("B", "2025-07-15", Some(12.0));
        check("B", "2025-08-01", Some(13.0));
        check("B", "2025-04-14", None);
        check("C", "2025-12-31", None);
        assert_eq!(figures.latest(Item::Debt, "A", Cutoff::end_of(Date::MAX)), None);
        let history = |day: &str| {
            let cutoff = Cutoff::end_of(day.parse().unwrap());
            let found = figures.history(Item::PeForward, "B", cutoff);
            found.iter().map(|f| f.value).collect::<Vec<_>>()
        };
        assert_eq!(history("2025-07-31"), [11.0, 12.0]);
        assert_eq!(history("2025-12-31"), [11.0, 13.0]);
        assert_eq!(history("2025-04-14"), [0.0; 0]);
        let all: Vec<_> = figures.all(Item::PeForward, Cutoff::end_of(Date::MAX)).collect();
        assert_eq!(
            all.iter().map(|(s, f)| (*s, f.value)).collect::<Vec<_>>(),
            [("A", 10.0), ("B", 13.0)]
        );
    }
}
