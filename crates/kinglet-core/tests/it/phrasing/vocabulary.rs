//! The codes of the annotations, and which templates say them.

use std::collections::BTreeMap;

use super::print::Expected;

/// What annotation has a code for, with the codes of each slot.
pub(crate) const VOCABULARY: [(&str, &str); 6] = [
    (
        "entity",
        "RUT RUI RUA RUJ RUO SPX SPXG MID SML IXIC NDX DJI DJT VIX MSTAR_VALUE MAG7 IWM IWN IWO \
         VBR SPY QQQ AAPL NVDA MSFT TSLA JPM WMT US_SMALL US_LARGE US_EQUITY SECTOR:energy \
         SECTOR:materials SECTOR:industrials SECTOR:utilities SECTOR:financials FED UST:3m \
         UST:2y UST:5y UST:10y UST:30y CURVE:2s10s US ISM OTHER RUT/SECTOR:financials",
    ),
    (
        "metric",
        "level point_change return annualized_return return_spread record_count rank streak \
         drawdown distance_from_high volatility moving_average pe_trailing pe_forward \
         pe_average pe_range pe_discount ratio_to fair_value_discount dividend_yield \
         price_to_book eps_growth revenue_growth debt debt_share margin unprofitable_share \
         policy_rate rate_change cut_probability gdp_growth inflation unemployment pmi yield \
         event_count event_successes event_hit_rate event_mean_return event_excess_return beta \
         correlation sharpe var cvar percentile z_score fund_flow aum market_cap weight \
         constituents share",
    ),
    (
        "unit",
        "percent percentage_points basis_points index_points ratio usd count months days years \
         times",
    ),
    ("comparator", "eq approx gt ge lt le range_low range_high"),
    ("modality", "asserted attributed forecast opinion hypothetical"),
    (
        "period",
        "9999-99-99 9999-99 9999-Q9 9999-H9 9999 9999-W99 ytd@9999-99-99 mtd@9999-99-99 \
         qtd@9999-99-99 wtd@9999-99-99 9y@9999-99-99 9m@9999-99-99 9d@9999-99-99 9w@9999-99-99 \
         9999-99-99..9999-99-99 9999..9999-99-99 9999..9999 9999-99..9999-99 @9999-99-99 +9m \
         +9w +9d +9y",
    ),
];

/// By slot and code: the templates that say it, and whether all of their figures were read.
pub(crate) type Phrasings = BTreeMap<(&'static str, String), BTreeMap<&'static str, bool>>;

/// Notes what a claim says, and whether it was read.
pub(crate) fn note(
    phrasings: &mut Phrasings,
    template: &'static str,
    want: &Expected,
    right: bool,
) {
    let period = want.period.first().map_or_else(String::new, |p| form(p));
    let [entity, metric, unit] = [&want.entity, &want.metric, &want.unit].map(|l| l[0].clone());
    let [comparator, modality] = [&want.comparator, &want.modality].map(|l| l[0].clone());
    for (slot, code) in [
        ("entity", entity),
        ("metric", metric),
        ("unit", unit),
        ("comparator", comparator),
        ("modality", modality),
        ("period", period),
    ] {
        let said = phrasings.entry((slot, code)).or_default().entry(template).or_insert(true);
        *said &= right;
    }
}

/// A period with every digit a nine, lengths with a single one: the form it is written in.
fn form(period: &str) -> String {
    let nines: String = period.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
    let unit = |c: char| matches!(c, 'y' | 'm' | 'd' | 'w');
    let length = nines.starts_with('+') || nines.starts_with("99") && nines[2..].starts_with(unit);
    if length { nines.replacen("99", "9", 1) } else { nines }
}
