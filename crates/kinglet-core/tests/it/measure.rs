//! What other writers' figures measure: means, tallies, odds, gaps and bare changes. Published on
//! Friday, 2025-10-31.

use kinglet_core::article;

/// Compares the figures of a text: `7.1%: return 7.1 percent`.
fn check(text: &str, want: &[&str]) {
    let article = article::read(text, Some("2025-10-31".parse().expect("a date")));
    let got: Vec<String> = article
        .claims
        .iter()
        .map(|c| format!("{}: {} {} {}", c.printed.text, c.metric, c.value, c.unit))
        .collect();
    assert_eq!(got, want, "{text}");
}

/// Each sentence with the metric and value that a reader gives its figures.
#[test]
fn figures_are_given_their_measure() {
    check(
        "The Russell 2000 closed lower after a 2.7% drop in December.",
        &["2.7%: return -2.7 percent"],
    );
    check(
        "Dow industrials: up 39.78, or 0.2%, to 18,847.66.",
        &[
            "39.78: point_change 39.78 index_points",
            "0.2%: return 0.2 percent",
            "18,847.66: level 18847.66 index_points",
        ],
    );
    check(
        "The Russell 2000 rose 2.7% and the S&P 500 rose 12.0%, a 9-point gap.",
        &[
            "2.7%: return 2.7 percent",
            "12.0%: return 12 percent",
            "9-point: return_spread 9 percentage_points",
        ],
    );
    check(
        "Since 1990 the S&P 500 has been up in 47 of those same 69 years, with a mean of 4.2%.",
        &[
            "47: event_successes 47 count",
            "69 years: event_count 69 count",
            "4.2%: event_mean_return 4.2 percent",
        ],
    );
    check(
        "The S&P 500 has risen in 42 of 67 summers, or 63%.",
        &[
            "42: event_successes 42 count",
            "67: event_count 67 count",
            "63%: event_hit_rate 63 percent",
        ],
    );
    check(
        "Unemployment, meanwhile, refuses to rise. It was 4.2 percent in June.",
        &["4.2 percent: unemployment 4.2 percent"],
    );
    check(
        "Inflation runs at 5.2%, and the unemployment rate has come down to 4.7%.",
        &["5.2%: inflation 5.2 percent", "4.7%: unemployment 4.7 percent"],
    );
    check(
        "Economists put the odds of a recession at one in five.",
        &["one in five: other 20 percent"],
    );
    check(
        "The odds of another rate cut in December are roughly 62%.",
        &["62%: cut_probability 62 percent"],
    );
    check(
        "Renewed tariff threats erased 3.0% of the index's value in a single session.",
        &["3.0%: return -3 percent"],
    );
    check(
        "Investors have put $4.9 billion into small-cap funds since Tuesday.",
        &["$4.9 billion: fund_flow 4900000000 usd"],
    );
    check(
        "The VIX slumped to 14.17 from 18.74 a week ago.",
        &["14.17: level 14.17 index_points", "18.74: level 18.74 index_points"],
    );
    check("It was the third increase of the cycle for the Fed.", &["third: event_count 3 count"]);
    check("The Russell 2000 could end the year at 2,550.", &["2,550: level 2550 index_points"]);
    check("The S&P 500 is only 6% from its ATH.", &["6%: distance_from_high -6 percent"]);
}

/// The same of extremes, tallies, and figures of the economy.
#[test]
fn tallies_and_lists_are_given_their_measure() {
    check(
        "The spread between twos and tens is 13 basis points.",
        &["13 basis points: yield 13 basis_points"],
    );
    check(
        "The best year was 2013, with 37.0%; the worst was 2008, at 34.8%.",
        &["37.0%: return 37 percent", "34.8%: return -34.8 percent"],
    );
    check(
        "The S&P 500 rose 1.9 percent, the Nasdaq Composite 2.5 and the Russell 2000 3.6.",
        &["1.9 percent: return 1.9 percent", "2.5: return 2.5 percent", "3.6: return 3.6 percent"],
    );
    check(
        "The S&P 500 fell 2% while the Nasdaq managed 3.8%.",
        &["2%: return -2 percent", "3.8%: return 3.8 percent"],
    );
    check(
        "Nineteen were up and twelve were down.",
        &["Nineteen: event_successes 19 count", "twelve: event_count 12 count"],
    );
    check(
        "Payrolls rose by 139,000 in May and the jobless rate held at 4.2%.",
        &["139,000: other 139000 count", "4.2%: unemployment 4.2 percent"],
    );
    check(
        "Volume came to 17.5 billion shares, compared with an average of 16.2 billion.",
        &["17.5 billion: other 17500000000 count", "16.2 billion: other 16200000000 count"],
    );
    check(
        "The fourth quarter has been positive for the S&P 500 in 25 of the 31 years, and for the \
         Russell 2000 in 23.",
        &[
            "25: event_successes 25 count",
            "31 years: event_count 31 count",
            "23: event_successes 23 count",
        ],
    );
    check(
        "The spread between twos and tens is 13 basis points.",
        &["13 basis points: yield 13 basis_points"],
    );
    check("The S&P 500 has gone 27 sessions without a 1% decline.", &["27: streak 27 days"]);
    check(
        "Small caps beat large caps over the year in just one of the 6 cases.",
        &["one: event_successes 1 count", "6: event_count 6 count"],
    );
    check(
        "The University of Michigan's gauge of consumer sentiment fell to 94.7.",
        &["94.7: other 94.7 index_points"],
    );
    check(
        "High-yield spreads widened by two percentage points.",
        &["two percentage points: other 2 percentage_points"],
    );
}

/// Figures that are printed in passing: parts of so many, times that were so, how long it took.
#[test]
fn counts_and_lengths_are_claims() {
    check("On each of the last eight sessions small caps led.", &["eight: streak 8 days"]);
    check(
        "The S&P 500 was up on six of its 20 trading days.",
        &["six: event_successes 6 count", "20: event_count 20 count"],
    );
    check(
        "The index was down on 11 days in 1987, 14 days in 1988.",
        &["11 days: event_count 11 count", "14 days: event_count 14 count"],
    );
    check("The longest correction of the S&P 500 lasted 212 days.", &["212 days: streak 212 days"]);
    check("The Dow slipped after six days of gains.", &["six days: streak 6 days"]);
    check("March ranks fifth for the Russell 2000.", &["fifth: rank 5 count"]);
    check(
        "The Dow, the S&P 500 and the Nasdaq are up 7.3, 9.1 and 12.6%.",
        &["7.3: return 7.3 percent", "9.1: return 9.1 percent", "12.6%: return 12.6 percent"],
    );
    check("After the 1937-38 recession the Dow recovered.", &[]);
}
