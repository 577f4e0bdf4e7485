//! About what: names, epithets, what points back, and what is left out.

use super::check;

#[test]
fn names_and_nicknames() {
    check(&[
        (
            "R2K -4.3%, RTY futures -1.0%, Naz +1.2%.",
            &["-4.3% RUT return -4.3%", "-1.0% RUT return -1%", "+1.2% IXIC return 1.2%"],
        ),
        ("SPX rose 0.4% and NDX 0.9%.", &["0.4% SPX return 0.4%", "0.9% NDX return 0.9%"]),
        (
            "The industrials dropped 1.2% and the transports 2.4%.",
            &["1.2% DJI return -1.2%", "2.4% DJT return -2.4%"],
        ),
        ("The Comp gained 1.3% on Tuesday.", &["1.3% IXIC return 1.3%"]),
        ("The blue chips shed 0.7%.", &["0.7% DJI return -0.7%"]),
        (
            "The Russell 2000 Value rose 3.2%, the Russell 2000 Growth 1.1%.",
            &["3.2% RUJ return 3.2%", "1.1% RUO return 1.1%"],
        ),
        ("The S&P SmallCap 600 gained 2.1%.", &["2.1% SML return 2.1%"]),
        ("The S&P 400 slid 0.8%.", &["0.8% MID return -0.8%"]),
        ("The QQQ added 1.5%.", &["1.5% QQQ return 1.5%"]),
        ("Shares of Acme Widgets jumped 12%.", &["12% OTHER return 12%"]),
        ("Regional banks (KRE) fell 5.2%.", &["5.2% KRE return -5.2%"]),
        ("Biotechnology (XBI) surged 12.5%.", &["12.5% XBI return 12.5%"]),
        ("Gold (GLD): +4.9%.", &["+4.9% GLD return 4.9%"]),
        ("The Nikkei 225 fell 1.1% in Tokyo.", &["1.1% OTHER return -1.1%"]),
        ("Ford Motor shares gained 4.4%.", &["4.4% F return 4.4%"]),
    ]);
}

#[test]
fn epithets() {
    check(&[
        ("The large-cap benchmark rose 0.5%.", &["0.5% SPX return 0.5%"]),
        ("The large-cap index has climbed 15.2%.", &["15.2% SPX return 15.2%"]),
        ("The small-cap gauge fell 1.1%.", &["1.1% RUT return -1.1%"]),
        ("The small-cap barometer put on 4.2% in August.", &["4.2% RUT return 4.2%"]),
        ("The blue-chip average lost 0.3%.", &["0.3% DJI return -0.3%"]),
        ("The tech-heavy index added 1.2%.", &["1.2% IXIC return 1.2%"]),
        ("The benchmark for large companies rose 3.8%.", &["3.8% SPX return 3.8%"]),
        ("The yardstick of small companies fell 1.4%.", &["1.4% RUT return -1.4%"]),
        ("The index of small companies lost 2.2%.", &["2.2% RUT return -2.2%"]),
        ("The bigger index gained 1.7%.", &["1.7% SPX return 1.7%"]),
        ("The smaller-company index added 0.9%.", &["0.9% RUT return 0.9%"]),
        (
            "The Russell 2000 is up 2.7%, compared with 19.0% for its large-cap counterpart.",
            &["2.7% RUT return 2.7%", "19.0% SPX return 19%"],
        ),
        (
            "The Russell 2000 lost 1.0%, its large-cap cousin 0.4%.",
            &["1.0% RUT return -1%", "0.4% SPX return -0.4%"],
        ),
        (
            "The S&P 500 is up 11.7% for the year and its small-cap cousin 9.4%.",
            &["11.7% SPX return 11.7%", "9.4% RUT return 9.4%"],
        ),
        (
            "The S&P 500 rose 2.0%; its small-cap sibling did better, with 3.5%.",
            &["2.0% SPX return 2%", "3.5% RUT return 3.5%"],
        ),
        (
            "The Russell 2000 rose 2.5%. In its large-cap rival's case the gain was 1.1%.",
            &["2.5% RUT return 2.5%", "1.1% SPX return 1.1%"],
        ),
        (
            "The Russell 2000 Growth Index returned 5.5% for the quarter, its value sibling 1.6%.",
            &["5.5% RUO return 5.5%", "1.6% RUJ return 1.6%"],
        ),
        (
            "The iShares Russell 2000 Value ETF (IWN) returned 2.3%, against 4.5% for its growth \
                sibling, IWO.",
            &["2.3% IWN return 2.3%", "4.5% IWO return 4.5%"],
        ),
        (
            "IWO gained 3.3% in October, while its value counterpart managed 0.2%.",
            &["3.3% IWO return 3.3%", "0.2% IWN return 0.2%"],
        ),
        (
            "Large caps gained 2.1% and small ones 3.0%.",
            &["2.1% US_LARGE return 2.1%", "3.0% US_SMALL return 3%"],
        ),
        (
            "In August investors earned 5.4% in small caps and 2.9% in large ones.",
            &["5.4% US_SMALL return 5.4%", "2.9% US_LARGE return 2.9%"],
        ),
        (
            "We assume 7% a year from small caps and 5.5% from large.",
            &[
                "7% US_SMALL annualized_return 7% forecast",
                "5.5% US_LARGE annualized_return 5.5% forecast",
            ],
        ),
    ]);
}

#[test]
fn what_points_back() {
    check(&[
        (
            "Russell 2000 takes a breather\n\nOver the past ten years, the S&P 500 has outpaced \
                the Russell 2000 by 95 percentage points. The index still sits 12.2% below its \
                record.",
            &[
                "95 percentage points SPX vs RUT return_spread 95 pp",
                "12.2% RUT distance_from_high -12.2%",
            ],
        ),
        (
            "The Russell 2000 rose 5.1% in August and the S&P 500 3.0%. The former is up 8% this \
                year, the latter 12%.",
            &[
                "5.1% RUT return 5.1%",
                "3.0% SPX return 3%",
                "8% RUT return 8%",
                "12% SPX return 12%",
            ],
        ),
        (
            "Since January the Russell 2000 has gained 10% and the S&P 500 14%, a lead of four \
                points for the latter.",
            &[
                "10% RUT return 10%",
                "14% SPX return 14%",
                "four points SPX vs RUT return_spread 4 pp",
            ],
        ),
        (
            "The Russell 2000 is up 2.4% and the S&P 500 has lost 2.0%, a spread of 4.4 percentage \
                points in favor of the former.",
            &[
                "2.4% RUT return 2.4%",
                "2.0% SPX return -2%",
                "4.4 percentage points RUT vs SPX return_spread 4.4 pp",
            ],
        ),
    ]);
}

#[test]
fn what_points_back_to_the_topic() {
    check(&[
        (
            "The Nasdaq gained 2.1% and the Dow 0.4%. The first of these is up 18% this year.",
            &["2.1% IXIC return 2.1%", "0.4% DJI return 0.4%", "18% IXIC return 18%"],
        ),
        (
            "The two-year yield rose to 3.6% and the ten-year to 4.1%. The latter had fallen 15 \
                basis points in a week.",
            &[
                "3.6% UST:2y yield 3.6%",
                "4.1% UST:10y yield 4.1%",
                "15 basis points UST:10y yield -15 bp",
            ],
        ),
        (
            "Small caps end a good month\n\nThe Russell 2000 rose 1.8% in October. The S&P 500 \
                gained 2.3% and the Nasdaq 4.7%.\n\nYear to date the small-cap index has gained \
                11.2%, but since the low of April it has climbed 40.8%.",
            &[
                "1.8% RUT return 1.8%",
                "2.3% SPX return 2.3%",
                "4.7% IXIC return 4.7%",
                "11.2% RUT return 11.2%",
                "40.8% RUT return 40.8%",
            ],
        ),
        (
            "Russell 2000: what October brought\n\nThe Russell 2000 rose 1.8% in October. The \
                S&P 500 gained 2.3% and the Nasdaq 4.7%.\n\nFor the year to date, the index is up \
                11.2%.",
            &[
                "1.8% RUT return 1.8%",
                "2.3% SPX return 2.3%",
                "4.7% IXIC return 4.7%",
                "11.2% RUT return 11.2%",
            ],
        ),
        (
            "The S&P 500 climbed 2.3% in October. It is up 16.3% for the year.",
            &["2.3% SPX return 2.3%", "16.3% SPX return 16.3%"],
        ),
        (
            "The Russell 2000 fell 2.1% on Thursday, while the Dow added 0.1%. It has lost 3% \
                this week.",
            &["2.1% RUT return -2.1%", "0.1% DJI return 0.1%", "3% RUT return -3%"],
        ),
    ]);
}

#[test]
fn what_is_announced() {
    check(&[
        (
            "What about the Russell 2000? The average was a gain of 1.2%. The S&P 500 lost 0.2% \
                on average in the same years. The best September was that of 2010, with 12.3%.",
            &[
                "1.2% RUT event_mean_return 1.2%",
                "0.2% SPX event_mean_return -0.2%",
                "12.3% RUT return 12.3%",
            ],
        ),
        (
            "The third quarter's 12.0% advance in the Russell 2000 beat the S&P 500 by 4.2 \
                percentage points. A bad day in October erased 3.0% of the index's value.",
            &[
                "12.0% RUT return 12%",
                "4.2 percentage points RUT vs SPX return_spread 4.2 pp",
                "3.0% RUT return -3%",
            ],
        ),
        (
            "Realized volatility of the Russell 2000 was 23.6%, against 18.8% for the S&P 500.",
            &["23.6% RUT volatility 23.6%", "18.8% SPX volatility 18.8%"],
        ),
    ]);
}

#[test]
fn the_other_one() {
    check(&[
        (
            "The Russell 2000 has logged 6 record closes, versus 36 for its large-cap peer. \
                Returns of 7.0% in August and 3.0% in September helped.",
            &[
                "6 RUT record_count 6 count",
                "36 SPX record_count 36 count",
                "7.0% RUT return 7%",
                "3.0% RUT return 3%",
            ],
        ),
        (
            "In October the Russell 2000 gained 1.8%, against 2.3% for the S&P 500, a lead of \
                0.5% for the latter.",
            &["1.8% RUT return 1.8%", "2.3% SPX return 2.3%", "0.5% SPX vs RUT return_spread 0.5%"],
        ),
        (
            "Energy was the best sector, up 30%, even though it surrendered 17% of its \
                value in June.",
            &["30% SECTOR:energy return 30%", "17% SECTOR:energy return -17%"],
        ),
        (
            "In ten years the Russell 2000 gained 79% and the S&P 500 201%. The past twelve months \
                brought -1.9% against +14.8%.",
            &[
                "79% RUT return 79%",
                "201% SPX return 201%",
                "-1.9% RUT return -1.9%",
                "+14.8% SPX return 14.8%",
            ],
        ),
    ]);
}

#[test]
fn funds_and_their_benchmarks() {
    check(&[
        (
            "Your Fund returned 2.7% after fees in the quarter. Its benchmark, the Russell 2000 \
                Index, returned 3.6%.",
            &["2.7% OTHER return 2.7%", "3.6% RUT return 3.6%"],
        ),
        (
            "The Fund gained 4.2% in the quarter, compared with 3.3% for its benchmark, the \
                Russell 2000 Value Index.",
            &["4.2% OTHER return 4.2%", "3.3% RUJ return 3.3%"],
        ),
        (
            "Our benchmark, the Russell 2000 Growth Index, lost 1.5% while our portfolio fell \
                2.2%.",
            &["1.5% RUO return -1.5%", "2.2% OTHER return -2.2%"],
        ),
        ("The Fund held 84 companies at quarter-end.", &["84 OTHER constituents 84 count"]),
        (
            "The portfolio trades at 17.8 times trailing earnings, versus 21.3 for the Russell \
                2000.",
            &["17.8 OTHER pe_trailing 17.8 ratio", "21.3 RUT pe_trailing 21.3 ratio"],
        ),
        (
            "The strategy trailed the Russell 2000 by 150 basis points.",
            &["150 basis points RUT vs OTHER return_spread 150 bp"],
        ),
        ("The Russell 2000, our benchmark, gained 3.1%.", &["3.1% RUT return 3.1%"]),
        (
            "The Fund's benchmark is the Russell 2000 Value. In October the Fund lost 0.4%, the \
                benchmark 0.2%.",
            &["0.4% OTHER return -0.4%", "0.2% RUJ return -0.2%"],
        ),
        ("Cash stood at 9% of net assets.", &["9% OTHER weight 9%"]),
        ("The fund's ten largest holdings account for 31% of assets.", &["31% OTHER weight 31%"]),
    ]);
}

#[test]
fn clauses_and_ellipsis() {
    check(&[
        (
            "The Russell 2000 rose 3%, well ahead of the S&P 500, which gained 2%.",
            &["3% RUT return 3%", "2% SPX return 2%"],
        ),
        (
            "Unlike the S&P 500, which has gained 14%, the Russell 2000 is up just 2%.",
            &["14% SPX return 14%", "2% RUT return 2%"],
        ),
        (
            "The Russell fell 4.1%, against a slide of 1.8% for the S&P 500 and one of 2.6% for \
                the Nasdaq.",
            &["4.1% RUT return -4.1%", "1.8% SPX return -1.8%", "2.6% IXIC return -2.6%"],
        ),
        (
            "The S&P 500 is up 11.7 percent and the Nasdaq 15.2.",
            &["11.7 percent SPX return 11.7%", "15.2 IXIC return 15.2%"],
        ),
        ("Small caps did better, at 3%.", &["3% US_SMALL return 3%"]),
        (
            "The S&P 500 gained 1%. Small caps did better, with a gain of 3%.",
            &["1% SPX return 1%", "3% US_SMALL return 3%"],
        ),
        ("The Nasdaq, where technology dominates, rose 1.9%.", &["1.9% IXIC return 1.9%"]),
        ("The Dow, home of thirty blue chips, dropped 0.6%.", &["0.6% DJI return -0.6%"]),
        (
            "The Russell 2000 gained 7.1%, easily beating the Nasdaq's 1.6% and the 2.0% of the \
                S&P 500.",
            &["7.1% RUT return 7.1%", "1.6% IXIC return 1.6%", "2.0% SPX return 2%"],
        ),
        (
            "October brought 1.8% for the Russell, 2.3% for the S&P and 4.7% for the Nasdaq.",
            &["1.8% RUT return 1.8%", "2.3% SPX return 2.3%", "4.7% IXIC return 4.7%"],
        ),
    ]);
}

#[test]
fn lists() {
    check(&[
        (
            "S&P 500: +1.2% | Dow: -0.3% | Nasdaq: +2.2%",
            &["+1.2% SPX return 1.2%", "-0.3% DJI return -0.3%", "+2.2% IXIC return 2.2%"],
        ),
        (
            "Winners and losers (Russell 2000 -1.4%, S&P 500 +0.2%) parted ways.",
            &["-1.4% RUT return -1.4%", "+0.2% SPX return 0.2%"],
        ),
        (
            "In October the S&P 500, the Nasdaq and the Russell 2000 rose. The three gauges \
                climbed 2.3%, 4.7% and 1.8%.",
            &["2.3% SPX return 2.3%", "4.7% IXIC return 4.7%", "1.8% RUT return 1.8%"],
        ),
        (
            "The winter brought +17.5% for the Russell, +16.5% for the Nasdaq and +12.1% for the \
                S&P. April added 1.0%, 2.3% and 1.9%, in the same order.",
            &[
                "+17.5% RUT return 17.5%",
                "+16.5% IXIC return 16.5%",
                "+12.1% SPX return 12.1%",
                "1.0% RUT return 1%",
                "2.3% IXIC return 2.3%",
                "1.9% SPX return 1.9%",
            ],
        ),
        (
            "Energy was the best sector of the S&P 500, up more than 30%.",
            &["30% SECTOR:energy return 30% gt"],
        ),
        ("The Russell 2000's financials gained 2.4%.", &["2.4% RUT/SECTOR:financials return 2.4%"]),
        (
            "The Russell is up 10.8% for the year, less than half the 20.0% by which the S&P 500 \
                has risen.",
            &["10.8% RUT return 10.8%", "20.0% SPX return 20%"],
        ),
        (
            "Over the past twelve months the Russell 2000 lost 1.9%, against a gain of 14.8% for \
                the S&P 500.",
            &["1.9% RUT return -1.9%", "14.8% SPX return 14.8%"],
        ),
        (
            "In October the Russell 2000 did well. The S&P 500 was flat. The former's gain came \
                to 1.8%.",
            &["1.8% RUT return 1.8%"],
        ),
        (
            "Average January of the Russell 2000: 0.7% (S&P 500: 0.5%)",
            &["0.7% RUT event_mean_return 0.7%", "0.5% SPX event_mean_return 0.5%"],
        ),
    ]);
}

#[test]
fn rates_and_the_economy() {
    check(&[
        ("The two-year note yielded 3.6%.", &["3.6% UST:2y yield 3.6%"]),
        ("The long bond yielded 4.7%.", &["4.7% UST:30y yield 4.7%"]),
        ("Thirty-year money costs the Treasury 4.7%.", &["4.7% UST:30y yield 4.7%"]),
        (
            "The 2s10s spread stood at 50 basis points.",
            &["50 basis points CURVE:2s10s yield 50 bp"],
        ),
        (
            "10Y UST 4.08%, -5 bps w/w.",
            &["4.08% UST:10y yield 4.08%", "-5 bps UST:10y yield -5 bp"],
        ),
        ("T-bills pay 3.9%.", &["3.9% UST:3m yield 3.9%"]),
        (
            "The ten-year yields 4.1% and the two-year 3.6%; the gap between the two is 50 basis \
                points.",
            &[
                "4.1% UST:10y yield 4.1%",
                "3.6% UST:2y yield 3.6%",
                "50 basis points CURVE:2s10s yield 50 bp",
            ],
        ),
        ("The jobless rate fell to 4.1% in June.", &["4.1% US unemployment 4.1%"]),
        ("Core PCE rose 2.8% from a year earlier.", &["2.8% US inflation 2.8%"]),
        ("Consumer prices fell 0.1% in March.", &["0.1% US inflation -0.1%"]),
        ("Employers added 68,000 jobs in August.", &["68,000 US other 68000 count"]),
        ("Payrolls rose by 68,000.", &["68,000 US other 68000 count"]),
        (
            "The funds rate is at 4.00% to 4.25%.",
            &["4.00% FED policy_rate 4% range_low", "4.25% FED policy_rate 4.25% range_high"],
        ),
        (
            "The Fed has sat at 4.25%-4.50% all year.",
            &["4.25% FED policy_rate 4.25% range_low", "4.50% FED policy_rate 4.5% range_high"],
        ),
        ("German bund yields rose to 2.7%.", &["2.7% OTHER yield 2.7%"]),
        ("Economists put the odds of a recession at 35%.", &["35% US other 35% forecast"]),
        ("GDP grew 2.1% in the second quarter.", &["2.1% US gdp_growth 2.1%"]),
        (
            "Russell 2000 stalls\n\nThe Russell 2000 rose 1.0%. Futures put the chance of a \
                September cut near 90%.",
            &["1.0% RUT return 1%", "90% FED cut_probability 90% approx forecast"],
        ),
        (
            "The Russell 2000 rose 1.0%. In June the Committee's median projection for the end of \
                this year was 3.9%.",
            &["1.0% RUT return 1%", "3.9% FED policy_rate 3.9% forecast"],
        ),
        (
            "The iShares Core U.S. Aggregate fund has gained 1.7%, and the ten-year Treasury \
                yields 4.1%.",
            &["1.7% AGG return 1.7%", "4.1% UST:10y yield 4.1%"],
        ),
        (
            "Consolidated volume on the New York Stock Exchange came to 1.79 billion shares.",
            &["1.79 billion OTHER other 1790000000 count"],
        ),
    ]);
}

#[test]
fn houses_and_sectors() {
    check(&[
        (
            "JPMorgan strategists expect the Russell 2000 to gain 9% next year.",
            &["9% RUT return 9% forecast"],
        ),
        (
            "In the Russell 2000, the energy sector (6.2%) did best in October.",
            &["6.2% RUT/SECTOR:energy return 6.2%"],
        ),
        ("Standard & Poor's small-cap index climbed 0.4%.", &["0.4% SML return 0.4%"]),
        (
            "The Russell 2000, the barometer of smaller stocks, dropped 1.05, or 0.2 percent, to \
                512.32.",
            &[
                "1.05 RUT point_change -1.05 pt",
                "0.2 percent RUT return -0.2%",
                "512.32 RUT level 512.32 pt",
            ],
        ),
    ]);
}

/// What goes on behind the name of an index is another one's; a member is not the index.
#[test]
fn names_that_go_on() {
    check(&[
        ("The Nasdaq Biotechnology Index rose 12%.", &["12% OTHER return 12%"]),
        ("The NASDAQ ABA Community Bank Index gained 30%.", &["30% OTHER return 30%"]),
        ("The S&P 500 High Beta Index lost 4%.", &["4% OTHER return -4%"]),
        ("The S&P 500 Total Return Index rose 5%.", &["5% SPX return 5%"]),
        ("The Nasdaq Composite Index fell 3%.", &["3% IXIC return -3%"]),
        (
            "The S&P 500 Information Technology Index fell 3%.",
            &["3% SECTOR:information technology return -3%"],
        ),
        ("The best stock of the S&P 500 gained 42.8% in September.", &["42.8% OTHER return 42.8%"]),
        (
            "The worst-performing stock in the Dow lost 32.2% in June.",
            &["32.2% OTHER return -32.2%"],
        ),
        // another sentence is none of the name
        (
            "The Dow rose 1%. We did our best. Nasdaq stocks in the S&P 500 fell 3%.",
            &["1% DJI return 1%", "3% IXIC return -3%"],
        ),
        ("Energy was the best sector of the S&P 500, up 30%.", &["30% SECTOR:energy return 30%"]),
    ]);
}
