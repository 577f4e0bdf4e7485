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
    known(
        "RUT",
        "Russell 2000",
        Kind::Index,
        &[
            "russell 2000 index",
            "russell 2,000",
            "russell 2,000 index",
            "russell 2k",
            "r2k",
            "the russell",
            "russell small-cap index",
            "russell small-cap benchmark",
        ],
    ),
    known(
        "RUI",
        "Russell 1000",
        Kind::Index,
        &["russell 1000 index", "russell 1,000", "russell 1,000 index", "rui"],
    ),
    known(
        "RUA",
        "Russell 3000",
        Kind::Index,
        &["russell 3000 index", "russell 3,000", "russell 3,000 index", "rua"],
    ),
    known(
        "RUJ",
        "Russell 2000 Value",
        Kind::Index,
        &["russell 2000 value index", "small-cap value index"],
    ),
    known("RUO", "Russell 2000 Growth", Kind::Index, &["russell 2000 growth index"]),
    known(
        "SPX",
        "S&P 500",
        Kind::Index,
        &[
            "s&p 500 index",
            "s&p",
            "s&p index",
            "s and p 500",
            "sp500",
            "s&p500",
            "sp 500",
            "s & p 500",
            "spx",
            "standard & poor's 500",
            "standard & poor's 500 index",
            "standard and poor's 500",
            "s&p composite",
        ],
    ),
    known("SPXG", "S&P 500 Growth", Kind::Index, &["s&p 500 growth index"]),
    known(
        "MID",
        "S&P MidCap 400",
        Kind::Index,
        &[
            "s&p midcap 400",
            "s&p mid-cap 400",
            "s&p 400",
            "s&p midcap",
            "s&p mid cap 400 index",
            "mid-cap 400",
            "midcap 400",
            "s&p 400 midcap",
            "standard & poor's 400",
            "standard & poor's midcap 400",
        ],
    ),
    known(
        "SML",
        "S&P SmallCap 600",
        Kind::Index,
        &[
            "s&p smallcap 600",
            "s&p small-cap 600",
            "s&p 600",
            "s&p smallcap",
            "s&p 600 index",
            "small-cap 600",
            "smallcap 600",
        ],
    ),
    known(
        "IXIC",
        "Nasdaq Composite",
        Kind::Index,
        &["nasdaq", "nasdaq index", "nasdaq composite index", "nasdaq comp"],
    ),
    known(
        "NDX",
        "Nasdaq-100",
        Kind::Index,
        &["nasdaq 100", "nasdaq-100 index", "ndx", "nasdaq100"],
    ),
    known(
        "DJI",
        "Dow Jones Industrial Average",
        Kind::Index,
        &[
            "dow",
            "dow jones",
            "dow industrial average",
            "dow industrials",
            "djia",
            "dow jones industrials",
            "dow jones industrial index",
            "dow jones industrial",
            "dow 30",
            "dow jones average",
        ],
    ),
    known(
        "DJT",
        "Dow Jones Transportation Average",
        Kind::Index,
        &["dow transports", "dow jones transports", "dow transportation average"],
    ),
    known(
        "VIX",
        "Cboe Volatility Index",
        Kind::Index,
        &["vix", "volatility index", "vix index", "fear gauge", "fear index"],
    ),
    known("MSTAR_VALUE", "Morningstar US Value Index", Kind::Index, &["morningstar us value"]),
    known(
        "IWM",
        "iShares Russell 2000 ETF",
        Kind::Fund,
        &["iwm", "ishares russell 2000", "ishares russell 2000 index etf"],
    ),
    known(
        "IWN",
        "iShares Russell 2000 Value ETF",
        Kind::Fund,
        &["iwn", "ishares russell 2000 value"],
    ),
    known(
        "IWO",
        "iShares Russell 2000 Growth ETF",
        Kind::Fund,
        &["iwo", "ishares russell 2000 growth"],
    ),
    known(
        "VBR",
        "Vanguard Small-Cap Value Index Fund",
        Kind::Fund,
        &["vbr", "vanguard small-cap value", "vanguard small-cap value etf"],
    ),
    known(
        "SPY",
        "SPDR S&P 500 ETF",
        Kind::Fund,
        &["spy", "spdr s&p 500", "spdr s&p 500 etf trust"],
    ),
    known("QQQ", "Invesco QQQ", Kind::Fund, &["qqq", "invesco qqq trust"]),
    known(
        "US_SMALL",
        "US small caps",
        Kind::Group,
        &[
            "small caps",
            "small-caps",
            "small cap",
            "smallcaps",
            "small-cap stocks",
            "small-cap equities",
            "small-cap shares",
            "small-cap companies",
            "small-cap firms",
            "small-cap names",
            "small-cap indices",
            "small-cap indexes",
            "small-cap etfs",
            "small-cap funds",
            "small companies",
            "small ones",
            "smaller ones",
            "smaller caps",
            "small-cap benchmarks",
            "small-cap counterparts",
            "small-cap peers",
            "small-cap rivals",
            "smaller peers",
            "smaller counterparts",
            "smaller rivals",
            "small shares",
            "smaller shares",
            "tiny stocks",
            "micro caps",
            "micro-cap stocks",
            "smallest stocks",
            "smallest companies",
            "smallest tenth",
            "smallest decile",
            "smallest quintile",
            "small-cap holders",
            "small-cap investors",
            "smaller companies",
            "smaller stocks",
            "small stocks",
            "smaller firms",
            "small firms",
            "smaller-company stocks",
            "stocks of smaller companies",
            "small-company stocks",
            "u.s. small caps",
            "us small caps",
            "small-capitalization stocks",
            "small-cap sector",
            "small-cap space",
        ],
    ),
    known(
        "US_LARGE",
        "US large caps",
        Kind::Group,
        &[
            "large caps",
            "large-caps",
            "large cap",
            "large-cap stocks",
            "large-cap equities",
            "large-cap companies",
            "large-cap benchmarks",
            "large-cap rivals",
            "large-cap peers",
            "large-cap counterparts",
            "large-cap indices",
            "large-cap indexes",
            "large companies",
            "large ones",
            "largest stocks",
            "largest companies",
            "largest tenth",
            "largest decile",
            "largest quintile",
            "biggest stocks",
            "biggest companies",
            "larger ones",
            "big ones",
            "bigger ones",
            "big caps",
            "big-caps",
            "big-cap stocks",
            "large stocks",
            "large-company stocks",
            "big companies",
            "bigger companies",
            "larger-company stocks",
            "larger companies",
            "larger stocks",
            "big stocks",
            "mega caps",
            "megacaps",
            "mega-cap stocks",
            "larger peers",
            "u.s. large caps",
            "us large caps",
            "bigger rivals",
            "larger rivals",
            "larger counterparts",
            "large-cap shares",
        ],
    ),
    known(
        "US_EQUITY",
        "US equities",
        Kind::Group,
        &[
            "u.s. equities",
            "us equities",
            "us stocks",
            "u.s. stocks",
            "u.s. equity",
            "us equity",
            "american stocks",
            "u.s. stock market",
            "us stock market",
            "domestic equities",
        ],
    ),
    known(
        "MAG7",
        "Magnificent Seven",
        Kind::Group,
        &["magnificent 7", "mag 7", "mag seven", "mag7", "magnificent seven stocks"],
    ),
    known(
        "FED",
        "Federal Reserve",
        Kind::CentralBank,
        &[
            "fed",
            "fomc",
            "federal open market committee",
            "u.s. central bank",
            "us central bank",
            "u.s. federal reserve",
            "us federal reserve",
            "fed officials",
            "central bank",
            "policymakers",
            "policy makers",
            "rate setters",
            "the committee",
            "jerome powell",
            "powell",
            "fed funds futures",
            "fed policymakers",
        ],
    ),
    known(
        "UST:3m",
        "3-month Treasury",
        Kind::Rate,
        &["three-month treasury", "3-month bill", "3-month treasury bill", "3-month t-bill"],
    ),
    known(
        "UST:2y",
        "2-year Treasury",
        Kind::Rate,
        &[
            "two-year treasury",
            "2-yr note",
            "2-year yield",
            "two-year yield",
            "2-year note",
            "2-year treasury note",
            "2-year treasury yield",
            "2-yr",
            "2-yr yield",
            "2yr",
        ],
    ),
    known(
        "UST:5y",
        "5-year Treasury",
        Kind::Rate,
        &["five-year treasury", "5-year yield", "5-yr note", "5-year note", "5-yr"],
    ),
    known(
        "UST:10y",
        "10-year Treasury",
        Kind::Rate,
        &[
            "ten-year treasury",
            "10-yr note",
            "10-year yield",
            "ten-year yield",
            "10-year note",
            "10-year treasury note",
            "10-year treasury yield",
            "10-yr",
            "10-yr yield",
            "10yr",
            "10-year u.s. treasury",
            "10-year us treasury",
            "benchmark 10-year",
            "treasury yields",
            "treasury yield",
            "10-year bond",
        ],
    ),
    known(
        "UST:30y",
        "30-year Treasury",
        Kind::Rate,
        &[
            "thirty-year treasury",
            "30-year bond",
            "30-year yield",
            "30-year treasury bond",
            "30-yr",
            "30-yr bond",
            "long bond",
        ],
    ),
    known(
        "CURVE:2s10s",
        "2s10s curve",
        Kind::Rate,
        &["2s10s", "2s10s spread", "2s/10s", "2-10 spread", "2-year/10-year spread"],
    ),
    known("US", "US economy", Kind::Macro, &["u.s. economy", "us economy", "american economy"]),
    known(
        "ISM",
        "ISM manufacturing index",
        Kind::Macro,
        &[
            "ism manufacturing",
            "ism",
            "institute for supply management",
            "ism manufacturing pmi",
            "manufacturing pmi",
            "purchasing managers index",
            "ism index",
        ],
    ),
];

/// Funds that hold the members of an index, and so show what it is made of.
const FUNDS: &[(&str, &str)] = &[
    ("RUT", "IWM"),
    ("RUI", "IWB"),
    ("RUA", "IWV"),
    ("RUJ", "IWN"),
    ("RUO", "IWO"),
    ("SPX", "SPY"),
    ("MID", "MDY"),
    ("SML", "IJR"),
    ("NDX", "QQQ"),
    ("US_SMALL", "IWM"),
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
    /// the shorter and the longer maturity, of a yield the prices that make it real, of an economy
    /// its statistics.
    pub fn constituents(&self) -> Vec<Entity> {
        const PRICES: [&str; 2] = ["CPIAUCNS", "CPIAUCSL"];
        if self.0 == "US" {
            let spreads = ["BAA10Y", "BAA10YM", "BAMLC0A0CM", "BAMLH0A0HYM2"];
            let ids = ["UNRATE"].into_iter().chain(PRICES).chain(spreads);
            return ids.map(Entity::new).collect();
        }
        if self.0 == "FED" {
            return ["UST:3m", "UST:6m", "UST:1y", "UST:2y", "UST:5y"].map(Entity::new).to_vec();
        }
        if let Some(years) = self.0.strip_prefix("UST:").and_then(|t| t.strip_suffix('y')) {
            let protected = Entity::new(format!("DFII{years}"));
            return PRICES.map(Entity::new).into_iter().chain([protected]).collect();
        }
        let legs = self.0.strip_prefix("CURVE:").and_then(|curve| {
            let short = curve.find(['s', 'm', 'y'])? + 1;
            Some(curve.split_at(short))
        });
        let maturity = |leg: &str| Entity::new(format!("UST:{}", leg.replace('s', "y")));
        legs.map_or_else(Vec::new, |(short, long)| vec![maturity(short), maturity(long)])
    }

    /// The fund whose holdings stand for an index or a group.
    pub fn fund(&self) -> Option<&'static str> {
        FUNDS.iter().find(|(code, _)| *code == self.0).map(|(_, fund)| *fund)
    }

    /// Of an index for which prices, dividends and earnings of all its members are published as
    /// series: the first word of their ids.
    pub fn accounts(&self) -> Option<&'static str> {
        (self.0 == "SPX").then_some("SHILLER")
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// Without distributions; the default of indexes and of funds.
    #[default]
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
