//! Made-up data: random walks of two indexes, a policy rate that moves, monthly series, a fund with
//! its bars and companies.

use std::sync::{Arc, LazyLock};

use jiff::ToSpan;
use kinglet_core::columns::{Bar, Bars, Frequency, Observation, Series};
use kinglet_core::companies::{Figure, Figures, Holdings, Item};
use kinglet_core::identity::Basis;
use kinglet_core::quantity::Unit;
use kinglet_core::time::{Calendar, CalendarPeriod, Cutoff, Date, DateTime, Grain};
use kinglet_core::view::{Event, View};

/// What is done to data that cannot be known yet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Future {
    /// Nothing.
    Whole,
    /// Every value is multiplied, and what is no number is another day.
    Times(f64),
    /// There are none.
    Absent,
}

/// How the data are altered where they are made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Alteration {
    /// What every price is multiplied with.
    pub(crate) scale: f64,
    /// What happens to what becomes public after the cutoff.
    pub(crate) future: Future,
    /// The last day of the view.
    pub(crate) through: Date,
}

impl Alteration {
    /// None, through the end of 2026.
    pub(crate) fn none() -> Self {
        Alteration { scale: 1.0, future: Future::Whole, through: Date::constant(2026, 12, 31) }
    }

    /// By what a value that became public then is multiplied; none where it is absent.
    fn factor(self, known_at: DateTime) -> Option<f64> {
        match self.future {
            _ if known_at <= Cutoff::end_of(self.through).known_by => Some(1.0),
            Future::Whole => Some(1.0),
            Future::Times(factor) => Some(factor),
            Future::Absent => None,
        }
    }
}

/// Numbers in `0..1` from a seed (Marsaglia 2003, Xorshift RNGs, with the shifts 13, 7, 17).
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    /// A number below `n`.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.next() * n as f64) as usize
    }

    /// One of some things.
    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    pub(crate) fn next(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// The last sessions of 2026 at any prices, months of any values, a rate as in [`view`].
pub(crate) fn odd_view(prices: &[f64]) -> View {
    let plain = view(1, Alteration::none());
    let replaced = |series: &Series| {
        let rows = series.observations();
        let rows = rows[rows.len() - prices.len()..].iter().zip(prices);
        let rows = rows.map(|(row, &value)| Observation { value, ..*row }).collect();
        Series::new(&series.id, series.unit, series.frequency, "odd", rows)
    };
    let mut odd = plain.clone();
    for (code, basis, series) in plain.all_series() {
        odd = odd.with_series(code, basis, &replaced(series));
    }
    for bars in plain.all_bars() {
        let rows = &bars.rows()[bars.rows().len() - prices.len()..];
        let mut next = prices.iter().cycle().skip(1);
        let odd_bar = |(bar, &close): (&Bar, &f64)| {
            let other = next.next().copied().unwrap_or(close);
            let volume = Some(other.abs());
            Bar { high: close.max(other), low: close.min(other), close, volume, ..*bar }
        };
        let rows = rows.iter().zip(prices).map(odd_bar).collect();
        odd = odd.with_bars(&Bars::new(&bars.id, bars.unit, "odd", rows));
    }
    let known = Cutoff::end_of(Date::constant(2026, 3, 31));
    let mut prices = prices.iter().copied().cycle();
    let mut figures = Vec::new();
    for symbol in SYMBOLS {
        for &item in Item::ALL {
            let value = prices.next().unwrap_or_default();
            figures.push((item, symbol.into(), figure(known.through, known.known_by, value)));
        }
    }
    let values = prices.take(SYMBOLS.len()).collect();
    odd.with_holdings(vec![held(known.through, known.known_by, values)])
        .with_figures(Figures::new(figures))
}

/// Data to the end of 2026, seen through the cutoff of the alteration.
pub(crate) fn view(seed: u64, alteration: Alteration) -> View {
    uncut(seed, alteration).until(Cutoff::end_of(alteration.through))
}

/// Data to the end of 2026, all to be seen.
pub(crate) fn uncut(seed: u64, alteration: Alteration) -> View {
    let end = Date::constant(2026, 12, 31);
    static CALENDAR: LazyLock<Arc<Calendar>> =
        LazyLock::new(|| Arc::new(Calendar::nyse(Date::constant(2026, 12, 31), &[])));
    let calendar = &*CALENDAR;
    let mut numbers = Numbers(seed | 1);
    let cutoff = Cutoff::end_of(end);
    let mut view = View::new("synthetic", Arc::clone(calendar), cutoff);
    for (id, first) in [("RUT", 1987), ("SPX", 1970), ("IWM", 2000)] {
        let mut price = 100.0;
        let sessions = calendar.sessions().iter().filter(|s| s.year() >= first && **s <= end);
        let rows = sessions.map(|&session| {
            price *= 1.0 + (numbers.next() - 0.498) * 0.03;
            (session, calendar.close(session), price * alteration.scale)
        });
        let series = series(id, Unit::Points, Frequency::Session, altered(rows, alteration));
        view = view.with_series(id, Basis::Price, &series);
    }
    for (id, unit) in [
        ("GS2", Unit::Fraction),
        ("GS10", Unit::Fraction),
        ("UNRATE", Unit::Fraction),
        ("CPIAUCSL", Unit::Points),
        ("SHILLER_PRICE", Unit::Points),
        ("SHILLER_EARNINGS", Unit::Points),
        ("SHILLER_DIVIDEND", Unit::Points),
        ("SHILLER_CAPE", Unit::Ratio),
        ("GS3M", Unit::Fraction),
    ] {
        view = view.with_series(id, Basis::Price, &months((id, unit), &mut numbers, alteration));
    }
    let mut view = view.with_bars(&bars(seed, calendar, alteration));
    for (at, symbol) in SYMBOLS.iter().enumerate() {
        let shares = bars(seed.rotate_left(7) ^ at as u64, calendar, alteration);
        let close = |bar: &Bar| (bar.date, bar.known_at, bar.close);
        let rows = altered(shares.rows().iter().map(close), Alteration::none());
        view = view.with_series(
            *symbol,
            Basis::Total,
            &series(symbol, Unit::Money, Frequency::Session, rows),
        );
    }
    let mut events = changes(&mut numbers, alteration);
    events.extend(published(&mut numbers, alteration));
    let (holdings, figures) = fund(&mut numbers, alteration);
    events.extend(recessions(&mut numbers, alteration));
    let spread = ("BAA10YM", Unit::FractionDifference);
    view = view.with_series(spread.0, Basis::Price, &months(spread, &mut numbers, alteration));
    for id in ["FF_MARKET", "FF_SMB", "FF_RF"] {
        let factor = months((id, Unit::Fraction), &mut numbers, alteration);
        view = view.with_series(id, Basis::Price, &factor);
    }
    view.with_events(events).with_holdings(holdings).with_figures(figures)
}

/// Highs, lows, closes and volumes of a fund.
fn bars(seed: u64, calendar: &Calendar, alteration: Alteration) -> Bars {
    let mut numbers = Numbers(!seed | 1);
    let mut price = 100.0;
    let sessions = calendar.sessions().iter().filter(|s| (2000..=2026).contains(&s.year()));
    let rows = sessions.map_while(|&date| {
        let known_at = calendar.close(date);
        let future = alteration.factor(known_at)?;
        price *= 1.0 + (numbers.next() - 0.498) * 0.03;
        let close = price * alteration.scale * future;
        let span = close.abs() * 0.01;
        let volume = Some((1e6 * numbers.next()).floor() * future.abs());
        let (above, below) = (span * numbers.next(), span * numbers.next());
        Some(Bar { date, high: close + above, low: close - below, close, volume, known_at })
    });
    Bars::new("IWM", Unit::Money, "synthetic", rows.collect())
}

/// Months of any values from 1985 on, each public at its end and revised a month later.
fn months((id, unit): (&str, Unit), numbers: &mut Numbers, alteration: Alteration) -> Series {
    let months = (0..504).map(|n| CalendarPeriod::month(1985, 1).plus(n));
    let scale = if unit == Unit::Points { alteration.scale } else { 1.0 };
    let rows = months.flat_map(|month| {
        let scale = if unit == Unit::Ratio { 1000.0 } else { scale };
        let value = (0.02 + 0.03 * numbers.next()) * scale;
        let at = |month: CalendarPeriod| month.last_day().at(8, 30, 0, 0);
        let first = (month.first_day(), at(month), value);
        [first, (month.first_day(), at(month.plus(1)), value * 1.03125)]
    });
    series(id, unit, Frequency::Period(Grain::Month), altered(rows, alteration))
}

/// A fund of ten companies, public ten days after each quarter, and what is known of them thirty
/// days after it. All that is measured in dollars grows with the scale.
fn fund(numbers: &mut Numbers, alteration: Alteration) -> (Vec<Holdings>, Figures) {
    let (mut holdings, mut figures) = (Vec::new(), Vec::new());
    for quarter in 0..88 {
        let last = CalendarPeriod::month(2005, 3).plus(3 * quarter).last_day();
        let after = |days: i32| last.saturating_add(days.days()).at(20, 0, 0, 0);
        let dollars = alteration.scale;
        let values = SYMBOLS.map(|_| 1e6 * numbers.next() * dollars);
        if let Some(factor) = alteration.factor(after(10)) {
            holdings.push(held(last, after(10), values.map(|value| value * factor).into()));
        }
        let known_at = after(30);
        for symbol in SYMBOLS {
            for &item in Item::ALL {
                // Items without a number of their own leave those of the others as they were.
                let signed = match item {
                    Item::Abroad | Item::PriceToSales | Item::FreeCashFlow => 0.0,
                    _ => 2.0 * numbers.next() - 0.5,
                };
                let value = match (item, item.unit()) {
                    (Item::Abroad, _) => continue,
                    (Item::PriceToSales, _) => f64::from(quarter % 7 + 1),
                    (Item::FreeCashFlow, _) => 1e5 * f64::from(quarter % 7 - 2) * dollars,
                    (Item::PeTrailing, _) if signed < 0.0 => continue,
                    (Item::DebtToEquity, _) => continue,
                    (Item::PeForward, _) if signed < 0.0 => -80.0,
                    (Item::PeTrailing | Item::PeForward | Item::PriceToBook, _) => 20.0 * signed,
                    (Item::NetIncome | Item::Ebit, _) => 1e6 * signed * dollars,
                    (_, Unit::Money) => 1e7 * numbers.next() * dollars,
                    (_, Unit::Ratio) => 10.0 * numbers.next() + 1.0,
                    (Item::SharesOutstanding, _) => 1e6 * numbers.next(),
                    _ => signed / 2.0,
                };
                let value = alteration.factor(known_at).map(|factor| value * factor);
                let row = value.map(|value| figure(last, known_at, value));
                figures.extend(row.map(|row| (item, symbol.into(), row)));
            }
        }
    }
    for week in 0..1_130 {
        let date = CalendarPeriod::day(Date::constant(2005, 1, 3)).plus(7 * week).first_day();
        let known_at = date.at(20, 0, 0, 0);
        let shares = 1e6 * (1.0 + numbers.next());
        let row = alteration.factor(known_at).map(|factor| figure(date, known_at, shares * factor));
        figures.extend(row.map(|row| (Item::SharesOutstanding, "IWM".into(), row)));
    }
    figures.extend(large(numbers, alteration));
    (holdings, Figures::new(figures))
}

/// Five hundred large companies as of one day.
fn large(numbers: &Numbers, alteration: Alteration) -> Vec<(Item, Arc<str>, Figure)> {
    let date = Date::constant(2026, 6, 30);
    let known_at = date.at(20, 0, 0, 0);
    let Some(future) = alteration.factor(known_at) else { return Vec::new() };
    let mut numbers = Numbers(!numbers.0 | 1);
    let of_company = |n: usize| {
        let size = 1e9 * (1.0 + numbers.next()) * alteration.scale;
        let figures = [(Item::MarketCap, size), (Item::PeForward, 15.0 + 9.0 * numbers.next())];
        figures.map(|(item, value)| {
            (item, Arc::from(format!("LARGE{n}")), figure(date, known_at, value * future))
        })
    };
    (0..500).flat_map(of_company).collect()
}

const SYMBOLS: [&str; 10] = ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J"];

fn held(date: Date, known_at: DateTime, values: Vec<f64>) -> Holdings {
    Holdings {
        fund: "IWM".into(),
        date,
        known_at,
        source: "synthetic".into(),
        tickers: SYMBOLS.map(Arc::from).into(),
        values,
    }
}

fn figure(date: Date, known_at: DateTime, value: f64) -> Figure {
    Figure { date, known_at, value, source: "synthetic".into() }
}

fn series(id: &str, unit: Unit, frequency: Frequency, rows: Vec<Observation>) -> Series {
    Series::new(id, unit, frequency, "synthetic", rows)
}

fn altered(
    rows: impl Iterator<Item = (Date, DateTime, f64)>,
    alteration: Alteration,
) -> Vec<Observation> {
    let rows = rows.filter_map(|(date, known_at, value)| {
        let factor = alteration.factor(known_at)?;
        Some(Observation { date, value: value * factor, known_at })
    });
    rows.collect()
}

/// A peak every seven years, announced after eight months, and a trough fourteen months later. What
/// becomes public after the cutoff is no turn if the future is altered.
fn recessions(numbers: &mut Numbers, alteration: Alteration) -> Vec<Event> {
    let mut events = Vec::new();
    for year in (1985..2026).step_by(7) {
        let peak = CalendarPeriod::month(year, 1).plus((6.0 * numbers.next()) as i32);
        for (kind, month) in [("recession_peak", peak), ("recession_trough", peak.plus(14))] {
            let known_at = month.plus(8).first_day().at(12, 0, 0, 0);
            let Some(factor) = alteration.factor(known_at) else { continue };
            let shift = if factor == 1.0 { 0 } else { 3 };
            events.push(Event {
                entity: "US".to_owned(),
                kind: kind.to_owned(),
                date: month.plus(shift).first_day(),
                known_at,
                values: [].into(),
                dates: [].into(),
                source: "synthetic".into(),
            });
        }
    }
    events
}

/// From 2008 on, every quarter: what a bank projects for the end of the year and the two after it,
/// and what a fund distributes.
fn published(numbers: &mut Numbers, alteration: Alteration) -> Vec<Event> {
    let quarters = (0..76).map(|n| CalendarPeriod::month(2008, 3).plus(3 * n));
    let events = quarters.flat_map(|month| {
        let date = month.first_day();
        let known_at = date.at(14, 0, 0, 0);
        let mut event = |entity: &str, kind: &str, names: &[String]| Event {
            entity: entity.to_owned(),
            kind: kind.to_owned(),
            date,
            known_at,
            values: names.iter().map(|name| (name.clone(), 0.05 * numbers.next())).collect(),
            dates: [].into(),
            source: "synthetic".into(),
        };
        let years = [0, 1, 2].map(|n| (date.year() + n).to_string());
        let amount = ["amount".to_owned()];
        [event("FED", "median_dots", &years), event("IWM", "distribution", &amount)]
    });
    let altered = events.filter_map(|mut event| {
        let factor = alteration.factor(event.known_at)?;
        event.values.values_mut().for_each(|value| *value *= factor);
        Some(event)
    });
    altered.collect()
}

/// A change about every six weeks, mostly in the direction of the one before.
fn changes(numbers: &mut Numbers, alteration: Alteration) -> Vec<Event> {
    let (mut upper, mut sign) = (0.05, 1.0);
    let mut day = CalendarPeriod::day(Date::constant(1985, 1, 9));
    let mut events = Vec::new();
    while day.first_day().year() < 2027 {
        if numbers.next() < 0.2 || upper < 0.005 {
            sign = if upper < 0.005 { 1.0 } else { -sign };
        }
        upper += sign * 0.0025;
        let date = day.first_day();
        let known_at = date.at(14, 0, 0, 0);
        let values = [("lower", upper - 0.0025), ("upper", upper)];
        events.extend(alteration.factor(known_at).map(|factor| Event {
            entity: "FED".to_owned(),
            kind: "policy_rate".to_owned(),
            date,
            known_at,
            values: values.map(|(name, value)| (name.to_owned(), value * factor)).into(),
            dates: [("effective".to_owned(), day.plus(1).first_day())].into(),
            source: "synthetic".into(),
        }));
        day = day.plus(20 + (numbers.next() * 50.0) as i32);
    }
    events
}
