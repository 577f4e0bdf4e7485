//! What a claim or a query is about: indexes, funds, companies, rates, the economy.

use std::fmt;

use crate::quantity::Unit;

/// What kind of thing an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A price index, measured in points.
    Index,
    /// A fund, priced in dollars.
    Fund,
    /// A company's share, priced in dollars.
    Company,
    /// A group of companies without a price of its own.
    Group,
    /// A rate of interest.
    Rate,
    /// A central bank.
    CentralBank,
    /// A macroeconomic series.
    Macro,
}

/// A well-known entity.
#[derive(Debug)]
pub struct Known {
    /// Its code in queries and annotations.
    pub code: &'static str,
    /// Its full name.
    pub name: &'static str,
    /// What it is.
    pub kind: Kind,
    /// How articles call it, lower case, without `the`; the name itself is added.
    pub aliases: &'static [&'static str],
}

const fn known(
    code: &'static str,
    name: &'static str,
    kind: Kind,
    aliases: &'static [&'static str],
) -> Known {
    Known { code, name, kind, aliases }
}

/// The entities that kinglet knows by name. Index names belong to their owners.
pub static KNOWN: &[Known] = &[
    known("RUT", "Russell 2000", Kind::Index, &["russell 2000 index", "russell 2k", "the russell"]),
    known("RUI", "Russell 1000", Kind::Index, &["russell 1000 index"]),
    known("RUA", "Russell 3000", Kind::Index, &["russell 3000 index"]),
    known("RUJ", "Russell 2000 Value", Kind::Index, &["russell 2000 value index"]),
    known("RUO", "Russell 2000 Growth", Kind::Index, &["russell 2000 growth index"]),
    known(
        "SPX",
        "S&P 500",
        Kind::Index,
        &["s&p 500 index", "s&p", "s&p index", "s and p 500", "sp500"],
    ),
    known("SPXG", "S&P 500 Growth", Kind::Index, &["s&p 500 growth index"]),
    known("MID", "S&P MidCap 400", Kind::Index, &["s&p midcap 400", "s&p mid-cap 400", "s&p 400"]),
    known(
        "SML",
        "S&P SmallCap 600",
        Kind::Index,
        &["s&p smallcap 600", "s&p small-cap 600", "s&p 600"],
    ),
    known(
        "IXIC",
        "Nasdaq Composite",
        Kind::Index,
        &["nasdaq", "nasdaq index", "nasdaq composite index"],
    ),
    known("NDX", "Nasdaq-100", Kind::Index, &["nasdaq 100", "nasdaq-100 index"]),
    known(
        "DJI",
        "Dow Jones Industrial Average",
        Kind::Index,
        &["dow", "dow jones", "dow industrial average", "dow industrials", "djia"],
    ),
    known(
        "DJT",
        "Dow Jones Transportation Average",
        Kind::Index,
        &["dow transports", "dow jones transports"],
    ),
    known("VIX", "Cboe Volatility Index", Kind::Index, &["vix", "volatility index"]),
    known("MSTAR_VALUE", "Morningstar US Value Index", Kind::Index, &["morningstar us value"]),
    known("IWM", "iShares Russell 2000 ETF", Kind::Fund, &["iwm", "ishares russell 2000"]),
    known("IWN", "iShares Russell 2000 Value ETF", Kind::Fund, &["iwn"]),
    known("IWO", "iShares Russell 2000 Growth ETF", Kind::Fund, &["iwo"]),
    known("VBR", "Vanguard Small-Cap Value Index Fund", Kind::Fund, &["vbr"]),
    known("SPY", "SPDR S&P 500 ETF", Kind::Fund, &["spy", "spdr s&p 500"]),
    known("QQQ", "Invesco QQQ", Kind::Fund, &["qqq"]),
    known(
        "US_SMALL",
        "US small caps",
        Kind::Group,
        &["small caps", "small-caps", "small-cap stocks"],
    ),
    known(
        "US_LARGE",
        "US large caps",
        Kind::Group,
        &["large caps", "large-caps", "large-cap stocks"],
    ),
    known("US_EQUITY", "US equities", Kind::Group, &["u.s. equities", "us stocks", "u.s. stocks"]),
    known("MAG7", "Magnificent Seven", Kind::Group, &["magnificent 7"]),
    known(
        "FED",
        "Federal Reserve",
        Kind::CentralBank,
        &["fed", "fomc", "federal open market committee"],
    ),
    known("UST:3m", "3-month Treasury", Kind::Rate, &["three-month treasury"]),
    known("UST:2y", "2-year Treasury", Kind::Rate, &["two-year treasury", "2-yr note"]),
    known("UST:5y", "5-year Treasury", Kind::Rate, &["five-year treasury"]),
    known("UST:10y", "10-year Treasury", Kind::Rate, &["ten-year treasury", "10-yr note"]),
    known("UST:30y", "30-year Treasury", Kind::Rate, &["thirty-year treasury"]),
    known("CURVE:2s10s", "2s10s curve", Kind::Rate, &["2s10s"]),
    known("US", "US economy", Kind::Macro, &["u.s. economy"]),
    known("ISM", "ISM manufacturing index", Kind::Macro, &["ism manufacturing"]),
];

/// An entity by its code: `RUT`, `IWM`, `UST:10y`, or any series of a lake.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Entity(String);

impl Entity {
    /// The entity of a code.
    pub fn new(code: impl Into<String>) -> Self {
        Entity(code.into())
    }

    /// Its code.
    pub fn code(&self) -> &str {
        &self.0
    }

    /// What is known about it.
    pub fn known(&self) -> Option<&'static Known> {
        KNOWN.iter().find(|k| k.code == self.0)
    }

    /// Its name, or its code where it has none.
    pub fn name(&self) -> &str {
        self.known().map_or(&self.0, |k| k.name)
    }

    /// The entities of whose series it is made: of a curve such as `CURVE:2s10s` or `CURVE:3m10y`
    /// the shorter and the longer maturity, of an economy its statistics.
    pub fn constituents(&self) -> Vec<Entity> {
        if self.0 == "US" {
            return ["UNRATE", "CPIAUCNS", "CPIAUCSL"].map(Entity::new).to_vec();
        }
        let legs = self.0.strip_prefix("CURVE:").and_then(|curve| {
            let short = curve.find(['s', 'm', 'y'])? + 1;
            Some(curve.split_at(short))
        });
        let maturity = |leg: &str| Entity::new(format!("UST:{}", leg.replace('s', "y")));
        legs.map_or_else(Vec::new, |(short, long)| vec![maturity(short), maturity(long)])
    }

    /// The unit of its level: dollars for funds and companies, points otherwise.
    pub fn level_unit(&self) -> Unit {
        match self.known().map(|k| k.kind) {
            Some(Kind::Fund | Kind::Company) => Unit::Money,
            Some(Kind::Rate) => Unit::Fraction,
            _ => Unit::Points,
        }
    }
}

impl fmt::Display for Entity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a price series counts: the price alone, or the price with its distributions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// Without distributions; the default of indexes and of funds.
    Price,
    /// With distributions reinvested.
    Total,
}

impl Basis {
    /// The word for it in queries.
    pub fn name(self) -> &'static str {
        match self {
            Basis::Price => "price",
            Basis::Total => "total",
        }
    }
}
