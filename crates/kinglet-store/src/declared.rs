//! What kinglet knows of public series beyond their numbers: unit, frequency and when a value
//! becomes public. Release rules are declared lags, so every `known_at` from here is *assumed*.

use jiff::ToSpan;
use jiff::civil::Weekday;
use kinglet_core::columns::Frequency;
use kinglet_core::identity::{KNOWN, Kind, Known};
use kinglet_core::quantity::Spelling;
use kinglet_core::time::{Calendar, Date, DateTime, Grain};

use Release::{Close, Days, FirstFriday, Later, NextWeekday};
use Spelling::{Count, IndexPoints, Percent, PercentagePoints, Ratio, Usd};

/// When a value becomes public, in New York.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Release {
    /// At the close of the session.
    Close,
    /// So many days after the day (or the first day of the period), at an hour.
    Days(i8, i8),
    /// The next weekday, at an hour.
    NextWeekday(i8),
    /// So many months after the one in which the period begins, on that day (or the last of a
    /// shorter month), at 08:30.
    Later(i8, i8),
    /// The first Friday of the next month, at 08:30.
    FirstFriday,
}

impl Release {
    /// When the value for a date becomes public.
    pub fn known_at(self, date: Date, calendar: &Calendar) -> DateTime {
        let morning = |day: Date| day.at(8, 30, 0, 0);
        match self {
            Close => calendar.close(date),
            Days(days, hour) => date.saturating_add(days.days()).at(hour, 0, 0, 0),
            NextWeekday(hour) => {
                let days = match date.weekday() {
                    Weekday::Friday => 3,
                    Weekday::Saturday => 2,
                    _ => 1,
                };
                date.saturating_add(days.days()).at(hour, 0, 0, 0)
            }
            Later(months, day) => {
                let month = date.first_of_month().saturating_add(months.months());
                let last = month.days_in_month();
                morning(month.saturating_add((day.min(last) - 1).days()))
            }
            FirstFriday => {
                let first = date.first_of_month().saturating_add(1.months());
                let ahead = Weekday::Friday.since(first.weekday());
                morning(first.saturating_add(ahead.days()))
            }
        }
    }
}

/// The declaration of one series.
#[derive(Clone, Copy, Debug)]
pub struct Declared {
    /// Its id, as its publisher has it; empty for a class of series.
    pub id: &'static str,
    /// How its values are spelled.
    pub spelling: Spelling,
    /// What a value of the publisher is multiplied with: 1000 for thousands of jobs.
    pub scale: f64,
    /// What its dates are.
    pub frequency: Frequency,
    /// When a value becomes public.
    pub release: Release,
}

const fn declared(
    id: &'static str,
    spelling: Spelling,
    frequency: Frequency,
    release: Release,
) -> Declared {
    Declared { id, spelling, scale: 1.0, frequency, release }
}

const fn scaled(scale: f64, unscaled: Declared) -> Declared {
    Declared { scale, ..unscaled }
}

const DAY: Frequency = Frequency::Session;
const WEEK: Frequency = Frequency::Period(Grain::Week);
const MONTH: Frequency = Frequency::Period(Grain::Month);
const QUARTER: Frequency = Frequency::Period(Grain::Quarter);

/// The longest that the business-cycle committee took to announce a trough (March 1991), in months.
const RECESSION_LAG_MONTHS: i8 = 21;

/// The longest that it took to announce a peak (December 2007), in months.
const PEAK_LAG_MONTHS: i8 = 12;

/// Every declared series.
pub static DECLARED: &[Declared] = &[
    // Federal funds. The effective rate is published the next morning; a target is in force on
    // its day.
    declared("DFF", Percent, DAY, NextWeekday(9)),
    declared("DFEDTARL", Percent, DAY, Days(0, 9)),
    declared("DFEDTARU", Percent, DAY, Days(0, 9)),
    declared("FED_TARGET_LOWER", Percent, DAY, Days(0, 9)),
    declared("FED_TARGET_UPPER", Percent, DAY, Days(0, 9)),
    declared("FEDFUNDS", Percent, MONTH, Later(1, 1)),
    // Treasury par yields are posted by the evening.
    declared("DGS1MO", Percent, DAY, Days(0, 18)),
    declared("DGS3MO", Percent, DAY, Days(0, 18)),
    declared("DGS6MO", Percent, DAY, Days(0, 18)),
    declared("DGS1", Percent, DAY, Days(0, 18)),
    declared("DGS2", Percent, DAY, Days(0, 18)),
    declared("DGS3", Percent, DAY, Days(0, 18)),
    declared("DGS5", Percent, DAY, Days(0, 18)),
    declared("DGS7", Percent, DAY, Days(0, 18)),
    declared("DGS10", Percent, DAY, Days(0, 18)),
    declared("DGS20", Percent, DAY, Days(0, 18)),
    declared("DGS30", Percent, DAY, Days(0, 18)),
    declared("DFII10", Percent, DAY, Days(0, 18)),
    declared("T5YIE", Percent, DAY, Days(0, 18)),
    declared("T10YIE", Percent, DAY, Days(0, 18)),
    declared("T10Y2Y", PercentagePoints, DAY, Days(0, 18)),
    declared("T10Y3M", PercentagePoints, DAY, Days(0, 18)),
    declared("GS1", Percent, MONTH, Later(1, 1)),
    declared("GS2", Percent, MONTH, Later(1, 1)),
    declared("GS3M", Percent, MONTH, Later(1, 1)),
    declared("GS5", Percent, MONTH, Later(1, 1)),
    declared("GS10", Percent, MONTH, Later(1, 1)),
    declared("GS30", Percent, MONTH, Later(1, 1)),
    // Spreads are published the next morning.
    declared("AAA10Y", PercentagePoints, DAY, NextWeekday(9)),
    declared("BAA10Y", PercentagePoints, DAY, NextWeekday(9)),
    declared("BAMLH0A0HYM2", PercentagePoints, DAY, NextWeekday(9)),
    declared("BAMLC0A0CM", PercentagePoints, DAY, NextWeekday(9)),
    declared("BAA10YM", PercentagePoints, MONTH, Later(1, 1)),
    declared("AAA", Percent, MONTH, Later(1, 1)),
    declared("BAA", Percent, MONTH, Later(1, 1)),
    // Prices, jobs, output.
    declared("CPIAUCSL", IndexPoints, MONTH, Later(1, 15)),
    declared("CPIAUCNS", IndexPoints, MONTH, Later(1, 15)),
    declared("CPILFESL", IndexPoints, MONTH, Later(1, 15)),
    declared("PCEPI", IndexPoints, MONTH, Later(1, 31)),
    declared("PCEPILFE", IndexPoints, MONTH, Later(1, 31)),
    declared("UNRATE", Percent, MONTH, FirstFriday),
    scaled(1e3, declared("PAYEMS", Count, MONTH, FirstFriday)),
    scaled(1e3, declared("JTSJOL", Count, MONTH, Later(2, 10))),
    declared("ICSA", Count, WEEK, Days(10, 9)),
    declared("INDPRO", IndexPoints, MONTH, Later(1, 17)),
    declared("UMCSENT", IndexPoints, MONTH, Later(0, 31)),
    scaled(1e9, declared("M2SL", Usd, MONTH, Later(1, 28))),
    declared("USREC", Count, MONTH, Later(RECESSION_LAG_MONTHS, 31)),
    scaled(1e9, declared("GDP", Usd, QUARTER, Later(3, 30))),
    scaled(1e9, declared("GDPC1", Usd, QUARTER, Later(3, 30))),
    declared("SLOOS_CI_STD", Percent, QUARTER, Later(1, 10)),
    declared("SLOOS_CI_DEM", Percent, QUARTER, Later(1, 10)),
    declared("DELINQ_CI", Percent, QUARTER, Later(4, 25)),
    declared("CHGOFF_BUS", Percent, QUARTER, Later(4, 25)),
    // Weekly: the days count from the Monday.
    declared("NFCI", Ratio, WEEK, Days(9, 9)),
    declared("ANFCI", Ratio, WEEK, Days(9, 9)),
    declared("STLFSI4", Ratio, WEEK, Days(11, 9)),
    scaled(1e6, declared("WALCL", Usd, WEEK, Days(3, 17))),
    scaled(1e6, declared("WRESBAL", Usd, WEEK, Days(3, 17))),
    // Volatility.
    declared("VIXCLS", IndexPoints, DAY, Close),
    // Shiller. Earnings of a month are interpolated to the end of its quarter and reported within
    // the quarter after.
    declared("SHILLER_PRICE", IndexPoints, MONTH, Later(1, 1)),
    declared("SHILLER_DIVIDEND", IndexPoints, MONTH, Later(6, 1)),
    declared("SHILLER_EARNINGS", IndexPoints, MONTH, Later(6, 1)),
    declared("SHILLER_CPI", IndexPoints, MONTH, Later(1, 15)),
    declared("SHILLER_LONG_RATE", Percent, MONTH, Later(1, 1)),
    declared("SHILLER_REAL_PRICE", IndexPoints, MONTH, Later(1, 15)),
    declared("SHILLER_REAL_DIVIDEND", IndexPoints, MONTH, Later(6, 1)),
    declared("SHILLER_REAL_EARNINGS", IndexPoints, MONTH, Later(6, 1)),
    declared("SHILLER_CAPE", Ratio, MONTH, Later(1, 15)),
];

/// The declaration of a series, if there is one. Factors of the French library all have the same.
pub fn declaration(id: &str) -> Option<Declared> {
    if id.starts_with("FF_") {
        return Some(declared("", Percent, MONTH, Later(1, 31)));
    }
    DECLARED.iter().find(|d| d.id == id).copied()
}

/// What is assumed of a series of which nothing is declared: a pure number, public after the
/// longest lag that is usual for its frequency.
pub fn undeclared(frequency: Frequency) -> Declared {
    let release = match frequency {
        Frequency::Session => NextWeekday(9),
        Frequency::Period(Grain::Day | Grain::Week) => Days(14, 9),
        Frequency::Period(Grain::Month) => Later(2, 15),
        Frequency::Period(Grain::Quarter) => Later(5, 31),
        Frequency::Period(Grain::Half) => Later(9, 31),
        Frequency::Period(Grain::Year) => Later(18, 31),
    };
    declared("", Ratio, frequency, release)
}

/// Whether the code is that of an index, a fund or a company which kinglet knows by name.
pub fn is_priced(code: &str) -> bool {
    let priced = |kind| matches!(kind, Kind::Index | Kind::Fund | Kind::Company);
    KNOWN.iter().any(|k| k.code == code && priced(k.kind))
}

/// How a price of this symbol is spelled: points for an index or for a series named after one
/// (`RUT_SECOND_SOURCE`), else dollars.
pub fn price_spelling(symbol: &str) -> Spelling {
    let code = symbol.split('_').next().unwrap_or(symbol);
    let index = |k: &Known| k.code == code && k.kind == Kind::Index;
    if symbol.starts_with('^') || KNOWN.iter().any(index) || VOLATILITY.contains(&code) {
        IndexPoints
    } else {
        Usd
    }
}

/// The declaration of a price or index level by session.
pub fn price(symbol: &str) -> Declared {
    declared("", price_spelling(symbol), DAY, Close)
}

/// Indexes of implied volatility beside the VIX.
const VOLATILITY: &[&str] = &["VIX9D", "VIX3M", "VIX6M", "VVIX", "VXN", "SKEW", "RVX"];

/// When a decision of the Federal Open Market Committee became public: at 14:00 of its day. Before
/// 1994 changes were not announced but seen in the market.
pub fn fed_announcement(date: Date) -> DateTime {
    date.at(14, 0, 0, 0)
}

/// A turn of the business cycle of the US: its month and the day on which it was announced.
#[derive(Clone, Copy, Debug)]
struct Turn {
    month: Date,
    announced: Date,
}

const fn turn((year, month): (i16, i8), announced: (i16, i8, i8)) -> Turn {
    Turn {
        month: Date::constant(year, month, 1),
        announced: Date::constant(announced.0, announced.1, announced.2),
    }
}

/// Every turn that the Business Cycle Dating Committee of the NBER has announced:
/// nber.org/research/business-cycle-dating/business-cycle-dating-committee-announcements.
const TURNS: [Turn; 12] = [
    turn((1980, 1), (1980, 6, 3)),
    turn((1980, 7), (1981, 7, 8)),
    turn((1981, 7), (1982, 1, 6)),
    turn((1982, 11), (1983, 7, 8)),
    turn((1990, 7), (1991, 4, 25)),
    turn((1991, 3), (1992, 12, 22)),
    turn((2001, 3), (2001, 11, 26)),
    turn((2001, 11), (2003, 7, 17)),
    turn((2007, 12), (2008, 12, 1)),
    turn((2009, 6), (2010, 9, 20)),
    turn((2020, 2), (2020, 6, 8)),
    turn((2020, 4), (2021, 7, 19)),
];

/// When the peak in a month became public; before there were announcements, and of one that is not
/// declared, after the longest that one took.
pub fn peak_known(month: Date) -> DateTime {
    turn_known(month, PEAK_LAG_MONTHS)
}

/// When the trough in a month became public, as for a peak.
pub fn trough_known(month: Date) -> DateTime {
    turn_known(month, RECESSION_LAG_MONTHS)
}

fn turn_known(month: Date, lag_months: i8) -> DateTime {
    let declared = TURNS.iter().find(|turn| turn.month == month.first_of_month());
    let day = declared.map_or_else(
        || month.last_of_month().saturating_add(lag_months.months()),
        |turn| turn.announced,
    );
    day.at(12, 0, 0, 0)
}
