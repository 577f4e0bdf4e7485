//! What is measured, with which sign and value.

use super::check;

#[test]
fn signs() {
    check(&[
        ("The Russell 2000 gave back 2.2%.", &["2.2% RUT return -2.2%"]),
        ("The S&P 500 is off 3% from where it began.", &["3% SPX return -3%"]),
        (
            "The Russell 2000 trimmed its advance for the year to 11.6%.",
            &["11.6% RUT return 11.6%"],
        ),
        ("The Nasdaq narrowed its loss to 1.2%.", &["1.2% IXIC return -1.2%"]),
        ("The S&P 500 pared its gain to 0.3%.", &["0.3% SPX return 0.3%"]),
        ("The Russell 2000 cut its decline for the year to 4.5%.", &["4.5% RUT return -4.5%"]),
        ("The Russell 2000 extended its gain to 12%.", &["12% RUT return 12%"]),
        ("The Russell 2000 finished October 1.8% in the black.", &["1.8% RUT return 1.8%"]),
        ("The Russell 2000 was 3.1% in the red.", &["3.1% RUT return -3.1%"]),
        ("That left the Russell 2000 in a 4% hole for the year.", &["4% RUT return -4%"]),
        ("The Russell 2000 sank into a 16% hole.", &["16% RUT return -16%"]),
        ("The Nasdaq was 9.0% to the good over nine months.", &["9.0% IXIC return 9%"]),
        ("The Russell 2000 was 2.0% to the bad.", &["2.0% RUT return -2%"]),
    ]);
}

#[test]
fn signs_in_other_words() {
    check(&[
        ("The Russell 2000 recovered 3.1% after its slump.", &["3.1% RUT return 3.1%"]),
        (
            "The year after April 2020 contributed 72.9% to the Russell 2000.",
            &["72.9% RUT return 72.9%"],
        ),
        ("Another 1.6% for the Russell 2000 came on Friday.", &["1.6% RUT return 1.6%"]),
        ("July as a whole was a 10% month for the Russell 2000.", &["10% RUT return 10%"]),
        ("Anyone who stayed away missed 5.4% in the Russell 2000.", &["5.4% RUT return 5.4%"]),
        ("The Russell 2000 ended the quarter 5% poorer.", &["5% RUT return -5%"]),
        ("The Russell 2000 put on 4.2% in August.", &["4.2% RUT return 4.2%"]),
        ("The Russell 2000 tacked on 0.9%.", &["0.9% RUT return 0.9%"]),
        ("A 3.4% drubbing awaited the Russell 2000.", &["3.4% RUT return -3.4%"]),
        ("October cost the Russell 2000 6.9%.", &["6.9% RUT return -6.9%"]),
        ("Investors in the Nasdaq were 2.5% worse off.", &["2.5% IXIC return -2.5%"]),
        (
            "Small-cap funds saw $1.2 billion of outflows.",
            &["$1.2 billion US_SMALL fund_flow -1200000000 usd"],
        ),
        (
            "Investors pulled $3bn from small-cap funds.",
            &["$3bn US_SMALL fund_flow -3000000000 usd"],
        ),
        (
            "The Russell 2000 lagged the S&P 500 by 5.2 percentage points.",
            &["5.2 percentage points SPX vs RUT return_spread 5.2 pp"],
        ),
        ("The Russell 2000 came back by 29.6% from the low.", &["29.6% RUT return 29.6%"]),
        (
            "The Russell 2000 remains 8.9% short of its record.",
            &["8.9% RUT distance_from_high -8.9%"],
        ),
        (
            "The Russell 2000 (-4.1%) did worse than the S&P 500 (+0.3%).",
            &["-4.1% RUT return -4.1%", "+0.3% SPX return 0.3%"],
        ),
        (
            "| Index | October | Year to date |\n| --- | --- | --- |\n| Russell 2000 | 1.8% | \
                (4.1%) |",
            &["1.8% RUT return 1.8%", "4.1% RUT return -4.1%"],
        ),
        (
            "Two-year notes yield 3.6%, two percentage points less than a year ago.",
            &["3.6% UST:2y yield 3.6%", "two percentage points UST:2y yield -2 pp"],
        ),
        (
            "The ten-year yield has come down by 42 basis points.",
            &["42 basis points UST:10y yield -42 bp"],
        ),
        (
            "The Fed's 525-basis-point tightening campaign is over.",
            &["525-basis-point FED rate_change 525 bp"],
        ),
        (
            "The 2s10s curve steepened 17 bps to 52.",
            &["17 bps CURVE:2s10s yield 17 bp", "52 CURVE:2s10s yield 52 bp"],
        ),
        (
            "The yield curve flattened by 8 basis points.",
            &["8 basis points CURVE:2s10s yield -8 bp"],
        ),
    ]);
}

#[test]
fn values() {
    check(&[
        ("The Fed cut rates by a quarter point.", &["a quarter point FED rate_change -0.25 pp"]),
        (
            "The Fed raised rates by half a percentage point.",
            &["half a percentage point FED rate_change 0.5 pp"],
        ),
        (
            "The Fed raised rates by three quarters of a point.",
            &["three quarters of a point FED rate_change 0.75 pp"],
        ),
        (
            "The Fed cut again, by the same quarter point.",
            &["quarter point FED rate_change -0.25 pp"],
        ),
        (
            "The Fed lowered rates by a quarter of a percentage point.",
            &["a quarter of a percentage point FED rate_change -0.25 pp"],
        ),
        ("The Fed cut rates 25bps.", &["25bps FED rate_change -25 bp"]),
        ("The ten-year yield rose 12bp.", &["12bp UST:10y yield 12 bp"]),
        ("The Russell 2000 rose 2¼%.", &["2¼% RUT return 2.25%"]),
        ("The Russell 2000 lost 1 1/2 percent.", &["1 1/2 percent RUT return -1.5%"]),
        ("The ten-year yields 4⅛%.", &["4⅛% UST:10y yield 4.125%"]),
        ("Apple is worth $3.9tn.", &["$3.9tn AAPL market_cap 3900000000000 usd"]),
        ("Small companies owe $832bn of debt.", &["$832bn US_SMALL debt 832000000000 usd"]),
        ("The Nasdaq has more than doubled since 2020.", &["doubled IXIC return 2 times gt"]),
    ]);
}

#[test]
fn values_in_words() {
    check(&[
        ("The Russell 2000 has halved.", &["halved RUT return 0.5 times"]),
        (
            "About 40% of the Russell 2000's companies lose money.",
            &["40% RUT unprofitable_share 40% approx"],
        ),
        (
            "Two-thirds of the Russell 2000's stocks fell below their averages.",
            &["Two-thirds RUT share 66.7%"],
        ),
        (
            "About two in five members of the Russell 2000 lose money.",
            &["two in five RUT unprofitable_share 40% approx"],
        ),
        (
            "I would put the chance of a recession at one in three.",
            &["one in three US other 33.333333% forecast"],
        ),
        ("The odds of a cut in December are 50/50.", &["50/50 FED cut_probability 50% forecast"]),
        (
            "The Russell 2000 lost 1.5 per cent, the S&P 500 two per cent.",
            &["1.5 per cent RUT return -1.5%", "two per cent SPX return -2%"],
        ),
        (
            "The S&P 500 index retreated 8.13 to 975.32.",
            &["8.13 SPX point_change -8.13 pt", "975.32 SPX level 975.32 pt"],
        ),
        (
            "The Russell 2000 bucked the trend with a gain of 2.32 that left it at 443.21.",
            &["2.32 RUT point_change 2.32 pt", "443.21 RUT level 443.21 pt"],
        ),
        (
            "The Dow dropped 98.32, or 1.1 percent, to 9,011.53.",
            &[
                "98.32 DJI point_change -98.32 pt",
                "1.1 percent DJI return -1.1%",
                "9,011.53 DJI level 9011.53 pt",
            ],
        ),
        ("The VIX? 13.34.", &["13.34 VIX level 13.34 pt"]),
        ("The VIX in November closed as high as 68.51.", &["68.51 VIX level 68.51 pt"]),
        (
            "The Nasdaq's first close north of 10,000 came at 10,020.35.",
            &["10,000 IXIC level 10000 pt gt", "10,020.35 IXIC level 10020.35 pt"],
        ),
        (
            "The Fed must decide whether it's 25 or 50 bps.",
            &["25 FED rate_change -25 bp", "50 bps FED rate_change -50 bp"],
        ),
    ]);
}

#[test]
fn measures() {
    check(&[
        (
            "Hiring held up: unemployment was 4.1% in June, after 4.3% in May.",
            &["4.1% US unemployment 4.1%", "4.3% US unemployment 4.3%"],
        ),
        (
            "Roughly a third of small-cap debt is floating-rate, versus 6% for the S&P 500.",
            &["a third US_SMALL debt_share 33.3% approx", "6% SPX debt_share 6%"],
        ),
        (
            "The 40% or so of Russell 2000 members without profits are a burden.",
            &["40% RUT unprofitable_share 40% approx"],
        ),
        ("We trimmed small caps to 3% of the portfolio.", &["3% US_SMALL weight 3%"]),
        (
            "We would lift small caps to 7% of a balanced portfolio.",
            &["7% US_SMALL weight 7% opinion"],
        ),
        (
            "A measured 5% tilt toward small caps appears prudent.",
            &["5% US_SMALL weight 5% opinion"],
        ),
        (
            "The Russell 2000's gap over the S&P 500, 6.4% in a single week, is rare.",
            &["6.4% RUT vs SPX return_spread 6.4%"],
        ),
        (
            "For the third quarter the score was 8.9% to 5.5% in favor of the Russell 2000.",
            &["8.9% RUT return 8.9%", "5.5% SPX return 5.5%"],
        ),
        ("The Russell 2000 is 51.9% down from its peak.", &["51.9% RUT distance_from_high -51.9%"]),
        (
            "The Russell 2000 is 51.9% down from the peak of July 15, 2007.",
            &["51.9% RUT return -51.9%"],
        ),
        (
            "Its average January since 1988: 0.7% for the Russell 2000.",
            &["0.7% RUT event_mean_return 0.7%"],
        ),
        ("The Russell 2000 has 1,962 members.", &["1,962 RUT constituents 1962 count"]),
        (
            "The Russell 2000 trades at 25.9 times forward earnings, the S&P 500 at 22.",
            &["25.9 RUT pe_forward 25.9 ratio", "22 SPX pe_forward 22 ratio"],
        ),
        (
            "Small caps trade at a 26% discount to large caps.",
            &["26% US_SMALL vs US_LARGE pe_discount 26%"],
        ),
        (
            "The Russell 2000 closed at 2,479.38, above its 200-day average of 2,230.",
            &["2,479.38 RUT level 2479.38 pt", "2,230 RUT moving_average 2230 pt"],
        ),
        ("High-yield spreads have backed up to 6.28%.", &["6.28% OTHER yield 6.28%"]),
    ]);
}

#[test]
fn signs_of_what_is_beside() {
    check(&[
        (
            "The S&P 500 lost 8.5% and the Dow returned 14.2%.",
            &["8.5% SPX return -8.5%", "14.2% DJI return 14.2%"],
        ),
        (
            "The Dow fell 3% but is 169 points above its July low.",
            &["3% DJI return -3%", "169 points DJI point_change 169 pt"],
        ),
        (
            "The Russell 2000 had returns of -17.3% in 2022 and 15.1% in 2023.",
            &["-17.3% RUT return -17.3%", "15.1% RUT return 15.1%"],
        ),
        (
            "Tech stocks make up about a third of the S&P 500.",
            &["a third SECTOR:information technology weight 33.3% approx"],
        ),
        (
            "The S&P 500 lost 160 points, or 3%, and the Nasdaq Composite 576 points, or 3.4%.",
            &[
                "160 points SPX point_change -160 pt",
                "3% SPX return -3%",
                "576 points IXIC point_change -576 pt",
                "3.4% IXIC return -3.4%",
            ],
        ),
        ("From 1979 to 1983 the Russell 2000 led by 77%.", &["77% RUT vs SPX return_spread 77%"]),
        ("The Dow lost half a percent.", &["half a percent DJI return -0.5%"]),
        ("Small caps, as measured by the Russell 2000, rose 1.2%.", &["1.2% RUT return 1.2%"]),
        (
            "The Nasdaq-100 fell 2% in June. In July the Nasdaq rose 3%.",
            &["2% NDX return -2%", "3% NDX return 3%"],
        ),
    ]);
}
