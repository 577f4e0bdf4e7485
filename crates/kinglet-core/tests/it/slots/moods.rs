//! In what mood, and how exactly.

use super::check;

#[test]
fn moods() {
    check(&[
        ("The Russell 2000 rose 1.8%, according to Acme.", &["1.8% RUT return 1.8% attributed"]),
        (
            "Per FactSet, the Russell 2000 trades at 15.3 times forward earnings.",
            &["15.3 RUT pe_forward 15.3 ratio attributed"],
        ),
        (
            "By FactSet's numbers, the S&P 500 trades at 22.1 times forward earnings.",
            &["22.1 SPX pe_forward 22.1 ratio attributed"],
        ),
        (
            "My guess is that the Russell 2000 will be 5% higher by New Year's Eve.",
            &["5% RUT return 5% forecast"],
        ),
        (
            "The portfolio sells for 10.8 times next year's earnings.",
            &["10.8 OTHER pe_forward 10.8 ratio"],
        ),
        (
            "The portfolio trades at 17.8 times our estimate of next year's earnings.",
            &["17.8 OTHER pe_forward 17.8 ratio"],
        ),
        (
            "Traders bet that the Fed will cut rates for a third time this year.",
            &["third FED event_count 3 count forecast"],
        ),
        ("One governor voted no. Conventional wisdom says little.", &["One FED other 1 count"]),
        ("The S&P 500 beat what economists expected, rising 2.0%.", &["2.0% SPX return 2%"]),
        (
            "If the Fed cut by 50 basis points, small caps would jump 5%.",
            &[
                "50 basis points FED rate_change -50 bp hypothetical",
                "5% US_SMALL return 5% hypothetical",
            ],
        ),
        (
            "Strategists at Acme see the S&P 500 at 7,000 by year-end.",
            &["7,000 SPX level 7000 pt forecast"],
        ),
        ("The Russell 2000 rose 1.1%, as economists had expected.", &["1.1% RUT return 1.1%"]),
        (
            "Conventional wisdom says little. The Fed chose a cut of 50 basis points.",
            &["50 basis points FED rate_change -50 bp"],
        ),
        ("The Russell 2000 has risen by almost 40% since April.", &["40% RUT return 40% approx"]),
        ("The Russell 2000 is up north of 40% since April.", &["40% RUT return 40% gt"]),
        ("The S&P 500 fell a bit more than 2%.", &["2% SPX return -2% approx"]),
        ("The S&P 500 fell 2% or so.", &["2% SPX return -2% approx"]),
        (
            "Debt of $832 billion matures through 2029 at small companies.",
            &["$832 billion US_SMALL debt 832000000000 usd"],
        ),
    ]);
}
