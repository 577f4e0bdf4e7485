//! What vendors call a symbol, as kinglet writes it.

/// Names of indexes: Yahoo's, then Stooq's where they differ.
const INDEXES: &[(&str, &str)] = &[
    ("^GSPC", "SPX"),
    ("^RUT", "RUT"),
    ("^RUI", "RUI"),
    ("^RUA", "RUA"),
    ("^RUJ", "RUJ"),
    ("^RUO", "RUO"),
    ("^MID", "MID"),
    ("^SP600", "SML"),
    ("^IXIC", "IXIC"),
    ("^NDX", "NDX"),
    ("^DJI", "DJI"),
    ("^DJT", "DJT"),
    ("^VIX", "VIX"),
    ("^SPX", "SPX"),
    ("^NDQ", "IXIC"),
];

/// The code of a vendor's symbol: `SPX` of `^gspc`, `IWM` of `IWM.US`.
pub(super) fn code(symbol: &str) -> String {
    let upper = symbol.trim().to_uppercase();
    let bare = upper.strip_suffix(".US").unwrap_or(&upper);
    if !bare.starts_with('^') {
        return bare.to_owned();
    }
    let index = INDEXES.iter().find(|(vendor, _)| *vendor == bare);
    index.map_or(bare, |(_, code)| code).to_owned()
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn vendors_names() {
        assert_eq!(code("^gspc"), "SPX");
        assert_eq!(code("^NDQ"), "IXIC");
        assert_eq!(code("AAPL.US"), "AAPL");
        assert_eq!(code("BRK-B"), "BRK-B");
    }
}
