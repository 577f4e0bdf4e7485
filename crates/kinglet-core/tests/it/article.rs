//! Sentences of the genre and what they claim. Published on Friday, 2025-10-31, unless said
//! otherwise.

use kinglet_core::article::{self, Claim, Modality};

/// `7.1% RUT return 2025-08 7.1 percent`, with `vs SPX`, a comparator other than `eq` and a
/// modality other than `asserted` behind.
fn line(claim: &Claim) -> String {
    let mut out = format!("{} {}", claim.printed.text, claim.entity);
    if let Some(versus) = &claim.versus {
        out += &format!(" vs {versus}");
    }
    let Claim { metric, value, unit, .. } = claim;
    out += &format!(" {metric} {} {value} {unit}", claim.period_text());
    for word in [claim.comparator.name(), claim.modality.name()] {
        if !matches!(word, "eq" | "asserted") {
            out += " ";
            out += word;
        }
    }
    out
}

fn check_at(published: &str, text: &str, want: &[&str]) {
    let article = article::read(text, Some(published.parse().expect("a date")));
    let got: Vec<String> = article.claims.iter().map(line).collect();
    assert_eq!(got, want, "{text}");
}

fn check(text: &str, want: &[&str]) {
    check_at("2025-10-31", text, want);
}

#[test]
fn wire_triples() {
    check(
        "The S&P 500 rose 17.86 points, or 0.3%, to 6,840.20.",
        &[
            "17.86 points SPX point_change 2025-10-31 17.86 index_points",
            "0.3% SPX return 2025-10-31 0.3 percent",
            "6,840.20 SPX level @2025-10-31 6840.2 index_points",
        ],
    );
    check(
        "The Dow Jones Industrial Average slipped 74.37 points (0.2%) on Thursday and settled at \
            47,522.12.",
        &[
            "74.37 points DJI point_change 2025-10-30 -74.37 index_points",
            "0.2% DJI return 2025-10-30 -0.2 percent",
            "47,522.12 DJI level @2025-10-30 47522.12 index_points",
        ],
    );
    check(
        "The S&P 500 and the Nasdaq composite fell 1% and 1.6%, respectively, on Thursday.",
        &["1% SPX return 2025-10-30 -1 percent", "1.6% IXIC return 2025-10-30 -1.6 percent"],
    );
    check(
        "The S&P 500 gained 0.5%, the Nasdaq Composite 1.1% and the Dow 0.3%.",
        &[
            "0.5% SPX return 2025-10-31 0.5 percent",
            "1.1% IXIC return 2025-10-31 1.1 percent",
            "0.3% DJI return 2025-10-31 0.3 percent",
        ],
    );
    check(
        "The yield on the 10-year Treasury rose to 4.09% from 4.06% late Wednesday.",
        &[
            "4.09% UST:10y yield @2025-10-31 4.09 percent",
            "4.06% UST:10y yield @2025-10-29 4.06 percent",
        ],
    );
    check(
        "Small-company stocks did worse: the Russell 2000 sank 1.8%, while the Dow lost just 0.2%.",
        &["1.8% RUT return 2025-10-31 -1.8 percent", "0.2% DJI return 2025-10-31 -0.2 percent"],
    );
    check(
        "Nvidia climbed 3.6%, and Apple dropped 2.1% after its report.",
        &["3.6% NVDA return 2025-10-31 3.6 percent", "2.1% AAPL return 2025-10-31 -2.1 percent"],
    );
    check(
        "Brent crude added 0.6% to $65.07 per barrel.",
        &["0.6% OTHER return 2025-10-31 0.6 percent", "$65.07 OTHER level @2025-10-31 65.07 usd"],
    );
}

#[test]
fn headings_carry_periods() {
    check(
        "How major US stock indexes fared\n\nOn Thursday:\n\nThe S&P 500 fell 68.25 points, or \
            1%, to 6,822.34.\n\n\
         For the week:\n\nThe S&P 500 is up 30.65 points, or 0.5%.\n\nFor the year:\n\nThe \
             Russell 2000 is up 249.19 points, or 11.2%.",
        &[
            "68.25 points SPX point_change 2025-10-30 -68.25 index_points",
            "1% SPX return 2025-10-30 -1 percent",
            "6,822.34 SPX level @2025-10-30 6822.34 index_points",
            "30.65 points SPX point_change wtd@2025-10-30 30.65 index_points",
            "0.5% SPX return wtd@2025-10-30 0.5 percent",
            "249.19 points RUT point_change ytd@2025-10-30 249.19 index_points",
            "11.2% RUT return ytd@2025-10-30 11.2 percent",
        ],
    );
    check(
        "Weekly recap\n\nPerformance for the week ended October 24:\n- S&P 500: +1.9%\n- Russell \
            2000: +2.5% / +12.7% YTD",
        &[
            "+1.9% SPX return 2025-W43 1.9 percent",
            "+2.5% RUT return 2025-W43 2.5 percent",
            "+12.7% RUT return ytd@2025-10-24 12.7 percent",
        ],
    );
}

#[test]
fn calendar_periods() {
    check("In August, the Russell 2000 gained 7.0%.", &["7.0% RUT return 2025-08 7 percent"]);
    check(
        "The Russell 2000 lost 9.8% in the first quarter.",
        &["9.8% RUT return 2025-Q1 -9.8 percent"],
    );
    check("Small caps jumped 12.4% in Q3 2025.", &["12.4% US_SMALL return 2025-Q3 12.4 percent"]);
    check(
        "In the second half of 2024 the S&P 500 advanced 7.7%.",
        &["7.7% SPX return 2024-H2 7.7 percent"],
    );
    check(
        "The Russell 2000 is up 11.4% so far this year, compared with 16.3% for the S&P 500.",
        &[
            "11.4% RUT return ytd@2025-10-31 11.4 percent",
            "16.3% SPX return ytd@2025-10-31 16.3 percent",
        ],
    );
    check(
        "The index's 26% plunge in 2002 still hurts, Russell 2000 fans say.",
        &["26% RUT return 2002 -26 percent attributed"],
    );
    check(
        "The Russell 2000 climbed 1.4% last week, its third straight weekly gain.",
        &["1.4% RUT return 2025-W43 1.4 percent", "third RUT streak @2025-10-31 3 count"],
    );
    check("Last month the Nasdaq returned 5.6%.", &["5.6% IXIC return 2025-09 5.6 percent"]);
    check("The S&P 500 has risen 2.3% this month.", &["2.3% SPX return 2025-10 2.3 percent"]);
    check_at(
        "2025-10-22",
        "The S&P 500 has risen 0.7% this month and 2.1% this quarter.",
        &[
            "0.7% SPX return mtd@2025-10-22 0.7 percent",
            "2.1% SPX return qtd@2025-10-22 2.1 percent",
        ],
    );
}

#[test]
fn trailing_and_since() {
    check(
        "Over the past ten years, the S&P 500 has outperformed the Russell 2000 by 130 \
            percentage points.",
        &["130 percentage points SPX vs RUT return_spread 10y@2025-10-31 130 percentage_points"],
    );
    check(
        "Since April 8, the Russell 2000 has surged 41%.",
        &["41% RUT return 2025-04-08..2025-10-31 41 percent"],
    );
    check(
        "The S&P 500 has gained more than 80% since the start of 2020.",
        &["80% SPX return 2020..2025-10-31 80 percent gt"],
    );
    check(
        "The Russell 2000 fell 20.94% between its Nov. 8, 2021 record close and its close on \
            Jan. 27, 2022.",
        &["20.94% RUT return 2021-11-08..2022-01-27 -20.94 percent"],
    );
    check(
        "From April to September 2025 the Russell 2000 Growth index soared 43.2%.",
        &["43.2% RUO return 2025-04..2025-09 43.2 percent"],
    );
    check(
        "Over the last 12 months the Russell 2000 returned 12.8%, including dividends.",
        &["12.8% RUT return 12m@2025-10-31 12.8 percent"],
    );
    check(
        "The Russell 2000 has returned an annualized 7.6% over the past 20 years.",
        &["7.6% RUT annualized_return 20y@2025-10-31 7.6 percent"],
    );
    check(
        "The index posted a year-to-date return of -4.3% as of June 12, 2025, the Russell 2000 \
            data show.",
        &["-4.3% RUT return ytd@2025-06-12 -4.3 percent"],
    );
}

#[test]
fn comparisons() {
    check(
        "The Russell 2000 beat the S&P 500 by 5.1 percentage points in August.",
        &["5.1 percentage points RUT vs SPX return_spread 2025-08 5.1 percentage_points"],
    );
    check(
        "The Russell 2000 trailed the S&P 500 by about 4% in the first half of 2025.",
        &["4% SPX vs RUT return_spread 2025-H1 4 percent approx"],
    );
    check(
        "With the index surging 7.1% in September, outpacing the S&P 500's 2.0% and the Nasdaq's \
            1.6%, the Russell 2000 leads.",
        &[
            "7.1% RUT return 2025-09 7.1 percent",
            "2.0% SPX return 2025-09 2 percent",
            "1.6% IXIC return 2025-09 1.6 percent",
        ],
    );
    check(
        "The S&P 500's 1.9% gain in August paled in comparison to the Russell 2000's 7.0% surge.",
        &["1.9% SPX return 2025-08 1.9 percent", "7.0% RUT return 2025-08 7 percent"],
    );
}

#[test]
fn epithets_behind_a_figure() {
    check(
        "The Russell 2000 rose 2.7% on Friday, compared with 1.9% for the broad-market gauge \
            and 3.5% for the tech-heavy gauge.",
        &[
            "2.7% RUT return 2025-10-31 2.7 percent",
            "1.9% SPX return 2025-10-31 1.9 percent",
            "3.5% IXIC return 2025-10-31 3.5 percent",
        ],
    );
}

#[test]
fn valuations() {
    check(
        "The Russell 2000 trades at 15.4 times forward earnings, versus 22.5 for the S&P 500.",
        &[
            "15.4 RUT pe_forward @2025-10-31 15.4 ratio",
            "22.5 SPX pe_forward @2025-10-31 22.5 ratio",
        ],
    );
    check(
        "Its trailing P/E of 18.5x is above the five-year average of 16.2x, Russell 2000 data \
            show.",
        &[
            "18.5x RUT pe_trailing @2025-10-31 18.5 ratio",
            "16.2x RUT pe_average 5y@2025-10-31 16.2 ratio",
        ],
    );
    check(
        "Small caps trade at a 26% discount to large caps.",
        &["26% US_SMALL vs US_LARGE pe_discount @2025-10-31 26 percent"],
    );
    check(
        "The Russell 2000's forward P/E stands at 73% of the Russell 1000's.",
        &["73% RUT vs RUI ratio_to @2025-10-31 73 percent"],
    );
    check(
        "Small-cap stocks trade at a 15% discount to fair value.",
        &["15% US_SMALL fair_value_discount @2025-10-31 15 percent"],
    );
    check(
        "Analysts expect Russell 2000 earnings to grow 22% in 2026, against 13% for the S&P 500.",
        &[
            "22% RUT eps_growth 2026 22 percent forecast",
            "13% SPX eps_growth 2026 13 percent forecast",
        ],
    );
    check(
        "About 40% of Russell 2000 companies are unprofitable.",
        &["40% RUT unprofitable_share @2025-10-31 40 percent approx"],
    );
    check(
        "Russell 2000 companies hold $832 billion in debt.",
        &["$832 billion RUT debt @2025-10-31 832000000000 usd"],
    );
}

#[test]
fn central_bank() {
    check_at(
        "2025-10-29",
        "The Federal Reserve cut its benchmark rate by a quarter of a percentage point on \
            Wednesday, to a range of 3.75% to 4%.",
        &[
            "a quarter of a percentage point FED rate_change 2025-10-29 -0.25 percentage_points",
            "3.75% FED policy_rate @2025-10-29 3.75 percent range_low",
            "4% FED policy_rate @2025-10-29 4 percent range_high",
        ],
    );
    check(
        "Traders put the odds of a December rate cut at 63%, according to CME FedWatch.",
        &["63% FED cut_probability 2025-12 63 percent forecast"],
    );
    check(
        "Markets are pricing in a 25-basis-point cut in December 2025.",
        &["25-basis-point FED rate_change 2025-12 -25 basis_points forecast"],
    );
    check(
        "The Fed raised rates by 75 basis points in June 2022.",
        &["75 basis points FED rate_change 2022-06 75 basis_points"],
    );
    check("Officials expect two more cuts this year.", &["two FED other 2025 2 count forecast"]);
    check(
        "The median projection for the federal funds rate is 3.4% for 2026 and 3.1% for 2027.",
        &[
            "3.4% FED policy_rate 2026 3.4 percent forecast",
            "3.1% FED policy_rate 2027 3.1 percent forecast",
        ],
    );
    check(
        "The unemployment rate edged up to 4.3% in August from 4.2% in July.",
        &["4.3% US unemployment @2025-08 4.3 percent", "4.2% US unemployment @2025-07 4.2 percent"],
    );
    check("Inflation cooled to 2.9% in August.", &["2.9% US inflation @2025-08 2.9 percent"]);
    check(
        "The economy grew at an annual rate of 3.8% in the second quarter; GDP had shrunk 0.6% \
            in Q1.",
        &["3.8% US gdp_growth 2025-Q2 3.8 percent", "0.6% US gdp_growth 2025-Q1 -0.6 percent"],
    );
    check(
        "The ISM manufacturing index rose to 49.1 in September from 48.7.",
        &["49.1 ISM pmi 2025-09 49.1 index_points", "48.7 ISM pmi 2025-08 48.7 index_points"],
    );
}

#[test]
fn records_and_ranks() {
    check(
        "The Russell 2000 closed at 2,467.70 on Sept. 18, passing its Nov. 8, 2021 record close \
            of 2,442.74.",
        &[
            "2,467.70 RUT level @2025-09-18 2467.7 index_points",
            "2,442.74 RUT level @2021-11-08 2442.74 index_points",
        ],
    );
    check(
        "The S&P 500 set its 36th record close of the year.",
        &["36th SPX record_count ytd@2025-10-31 36 count"],
    );
    check(
        "The Russell 2000 is 3.1% below its record high.",
        &["3.1% RUT distance_from_high @2025-10-31 -3.1 percent"],
    );
    check(
        "The Dow is within 1.5% of its all-time high.",
        &["1.5% DJI distance_from_high @2025-10-31 -1.5 percent lt"],
    );
    check(
        "The Nasdaq rose for a seventh month in a row in October, its longest such run since 2018.",
        &["seventh IXIC streak 2025-10 7 months"],
    );
    check(
        "The Russell 2000 snapped a five-day losing streak on Friday.",
        &["five-day RUT streak @2025-10-31 5 days"],
    );
    check(
        "The S&P 500 had its worst week in five months.",
        &["five months SPX rank 5m@2025-10-31 5 months"],
    );
    check(
        "The VIX jumped to 25.31, a six-month high.",
        &[
            "25.31 VIX level @2025-10-31 25.31 index_points",
            "six-month VIX rank @2025-10-31 6 months",
        ],
    );
    check(
        "From peak to trough, the Russell 2000 suffered a drawdown of 27.5%.",
        &["27.5% RUT drawdown ? -27.5 percent"],
    );
}

#[test]
fn studies_of_the_past() {
    check(
        "Since 1980, the Russell 2000 was higher a year later in 10 out of 11 instances, with an \
            average gain of 15%.",
        &[
            "10 RUT event_successes +12m 10 count",
            "11 RUT event_count +12m 11 count",
            "15% RUT event_mean_return +12m 15 percent",
        ],
    );
    check(
        "Over the next six months the Russell 2000 rose 90% of the time, gaining 8.2% on average.",
        &["90% RUT event_hit_rate +6m 90 percent", "8.2% RUT event_mean_return +6m 8.2 percent"],
    );
    check(
        "Small caps have outperformed large caps by an average of 12 percentage points in the 12 \
            months following a first rate cut.",
        &["12 percentage points US_SMALL vs US_LARGE event_excess_return +12m 12 \
                percentage_points"],
    );
    check(
        "Months in which the Russell 2000 gained 10% or more have happened 17 times since 1987.",
        &["17 RUT event_count 1987..2025-10-31 17 count"],
    );
    check(
        "After such months, the median return of the Russell 2000 over the following quarter was \
            3.4%.",
        &["3.4% RUT event_mean_return ? 3.4 percent"],
    );
}

#[test]
fn money_and_portfolios() {
    check(
        "Investors pulled $19.5 billion from small-cap ETFs this year.",
        &["$19.5 billion US_SMALL fund_flow ytd@2025-10-31 -19500000000 usd"],
    );
    check(
        "We recommend a 10% allocation to small caps.",
        &["10% US_SMALL weight @2025-10-31 10 percent opinion"],
    );
    check(
        "The average market cap of a company in the Russell 2000 is $3.4 billion.",
        &["$3.4 billion RUT market_cap @2025-10-31 3400000000 usd"],
    );
}

#[test]
fn not_claims() {
    for text in [
        "The Russell 2000, the S&P 500, the Nasdaq-100 and the Magnificent 7 are names.",
        "Three key factors will decide, as we wrote on September 18, 2025 [3].",
        "A correction is defined as a drop of at least 10% from a recent high.",
        "By Jane Doe\n5 min read",
        "1. First, the Fed.\n2. Then, earnings.",
        "AI Writing Agent built with a 32-billion-parameter model.",
        "It was the best month of the year for small caps.",
        "COVID-19 struck in 2020, and 9/11 in 2001.",
        "Call (212) 555-0100 or see Figure 3 and Table 2.",
        "The meeting starts at 2:30 p.m. on Wednesday.",
        "One of the best years began in 2003.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn moods() {
    check(
        "If the Russell 2000 falls 5% from here, support is near.",
        &["5% RUT return 2025-10-31 -5 percent hypothetical"],
    );
    check(
        "According to Bespoke, the Russell 2000 rose 1.9% in August.",
        &["1.9% RUT return 2025-08 1.9 percent attributed"],
    );
    check(
        "The S&P 500 is expected to gain 8% in 2026.",
        &["8% SPX return 2026 8 percent forecast"],
    );
}

/// What looks like a quarter or a half and is none is no reason to panic.
#[test]
fn no_such_quarter() {
    check("Sales rose in 99q25 and in 88h2025.", &[]);
}

/// A time that was named before has no words beside a figure with which a paragraph begins.
#[test]
fn a_figure_in_front_of_a_time_named_before() {
    let text =
        "A week ago traders priced 68 basis points of cuts.\n\n3.78% was the ten-year yield.";
    let claims = article::read(text, Some("2024-08-06".parse().expect("a date"))).claims;
    let read: Vec<_> = claims.iter().map(|claim| (claim.metric, claim.value)).collect();
    assert_eq!(read, [("rate_change", -68.0), ("yield", 3.78)]);
}

/// The sample of the sentence before runs from a year to a day: it does not count years.
#[test]
fn winters_behind_a_stretch_up_to_now() {
    let text = "Going back to 1979 it gained 3.1%, +1.6% at most.\n\
                Average: -4.0%. For winters +6.9%, including the last.";
    let claims = article::read(text, Some("2013-05-10".parse().expect("a date"))).claims;
    let read: Vec<f64> = claims.iter().map(|claim| claim.value).collect();
    assert_eq!(read, [3.1, 1.6, -4.0, 6.9]);
}

/// A row that prints figures heads no table: it is read as a line, and the table behind it as one.
#[test]
fn rows_above_the_head_of_a_table() {
    check(
        "Returns\n\n| The S&P 500 rose | 4.0% | a lot |\n|---|---|---|\n| Index | 2023 | 2024 |\n\
         |---|---|---|\n| Russell 2000 | 16.9% | 11.5% |",
        &[
            "4.0% SPX return 2025-10-31 4 percent",
            "16.9% RUT return 2023 16.9 percent",
            "11.5% RUT return 2024 11.5 percent",
        ],
    );
}

#[test]
fn tables() {
    check(
        "Weekly numbers\n\n| Index | Close | Week | YTD |\n|---|---|---|---|\n| S&P 500 | \
            6,840.20 | +0.7% | 16.3% |\n| Russell 2000 | 2,479.38 | -1.4% | 11.2% |",
        &[
            "6,840.20 SPX level @2025-10-31 6840.2 index_points",
            "+0.7% SPX return wtd@2025-10-31 0.7 percent",
            "16.3% SPX return ytd@2025-10-31 16.3 percent",
            "2,479.38 RUT level @2025-10-31 2479.38 index_points",
            "-1.4% RUT return wtd@2025-10-31 -1.4 percent",
            "11.2% RUT return ytd@2025-10-31 11.2 percent",
        ],
    );
    check(
        "Daily returns\n\n| Date | Russell 2000 Return | S&P 500 Return | Outperformance in \
            Percentage Points |\n|---|---|---|---|\n| 10/30/2025 | -0.76% | -0.99% | 0.23 |",
        &[
            "-0.76% RUT return 2025-10-30 -0.76 percent",
            "-0.99% SPX return 2025-10-30 -0.99 percent",
            "0.23 RUT vs SPX return_spread 2025-10-30 0.23 percentage_points",
        ],
    );
}

/// Several rows of heads, brackets as minus signs, marks of notes, differences under two rows.
#[test]
fn tables_as_printed() {
    check(
        "Quarters\n\n| | 2024 | | 2025 | |\n| | Q3 | Q4 | Q1 | Q2 |\n|---|---|---|---|---|\n\
         | Russell 2000 | 4.1% | (1.3)%* | (2.2%) | 6.5%(1) |\n\
         | S&P 500 | 3.0% | 2.4% | -5.1%\u{b9} | 7.7% |\n\
         | Difference | 1.1 pp | -3.7 pp | 2.9 pp | -1.2 pp |",
        &[
            "4.1% RUT return 2024-Q3 4.1 percent",
            "1.3 RUT return 2024-Q4 -1.3 percent",
            "2.2% RUT return 2025-Q1 -2.2 percent",
            "6.5% RUT return 2025-Q2 6.5 percent",
            "3.0% SPX return 2024-Q3 3 percent",
            "2.4% SPX return 2024-Q4 2.4 percent",
            "-5.1% SPX return 2025-Q1 -5.1 percent",
            "7.7% SPX return 2025-Q2 7.7 percent",
            "1.1 pp RUT vs SPX return_spread 2024-Q3 1.1 percentage_points",
            "-3.7 pp RUT vs SPX return_spread 2024-Q4 -3.7 percentage_points",
            "2.9 pp RUT vs SPX return_spread 2025-Q1 2.9 percentage_points",
            "-1.2 pp RUT vs SPX return_spread 2025-Q2 -1.2 percentage_points",
        ],
    );
    check(
        "Funds\n\nFlows ($ millions)\n\n| Fund | Week | YTD |\n|---|---|---|\n\
         | IWM | (88.5) | 1,204.0 |",
        &[
            "88.5 IWM fund_flow wtd@2025-10-31 -88500000 usd",
            "1,204.0 IWM fund_flow ytd@2025-10-31 1204000000 usd",
        ],
    );
}

/// Columns aligned with blanks or tabs; the caption says the unit and the day.
#[test]
fn tables_without_bars() {
    check(
        "Wrap\n\nReturns (in percent), as of September 30, 2025\n\n\
         Index            MTD    YTD   10 Yr\n\
         Russell 2000     1.5    9.2    88.1\n\
         S&P 500          2.5   10.3   210.4\n\nNo more.  The end.",
        &[
            "1.5 RUT return mtd@2025-09-30 1.5 percent",
            "9.2 RUT return ytd@2025-09-30 9.2 percent",
            "88.1 RUT return 10y@2025-09-30 88.1 percent",
            "2.5 SPX return mtd@2025-09-30 2.5 percent",
            "10.3 SPX return ytd@2025-09-30 10.3 percent",
            "210.4 SPX return 10y@2025-09-30 210.4 percent",
        ],
    );
    check(
        "Years\n\nYear\tRussell 2000 (%)\tS&P 500 (%)\n2019\t21.0\t-3.3\n2020\t-1.4\t5.5",
        &[
            "21.0 RUT return 2019 21 percent",
            "-3.3 SPX return 2019 -3.3 percent",
            "-1.4 RUT return 2020 -1.4 percent",
            "5.5 SPX return 2020 5.5 percent",
        ],
    );
}

/// A sentence above a table that states figures of its own is no caption: its verb measures nothing
/// in the table.
#[test]
fn prose_above_a_table() {
    check(
        "Wrap\n\n- The S&P 500 rose 3.5% in September 2025 as large shares led once again.\n\n\
         | Index | Q2 2025 | Q3 2025 |\n|---|---|---|\n| Russell 2000 | 8.3% | 12.0% |\n\
         | S&P 500 | 10.6% | 7.8% |",
        &[
            "3.5% SPX return 2025-09 3.5 percent",
            "8.3% RUT return 2025-Q2 8.3 percent",
            "12.0% RUT return 2025-Q3 12 percent",
            "10.6% SPX return 2025-Q2 10.6 percent",
            "7.8% SPX return 2025-Q3 7.8 percent",
        ],
    );
}

/// Horizons behind a day, and the years of a fund: of more than one they are per year.
#[test]
fn tables_of_horizons() {
    check(
        "Cuts\n\n| First cut | Russell 2000 a year later | S&P 500 a year later | Gap |\n\
         |---|---|---|---|\n| June 6, 2019 | -2.5% | +4.0% | -6.5 pp |",
        &[
            "-2.5% RUT return 2019-06-06..2020-06-06 -2.5 percent",
            "+4.0% SPX return 2019-06-06..2020-06-06 4 percent",
            "-6.5 pp RUT vs SPX return_spread 2019-06-06..2020-06-06 -6.5 percentage_points",
        ],
    );
    check(
        "Fund\n\nAverage annual returns\n\n| | 1 Yr | 5 Yr |\n|---|---|---|\n\
         | **U.S. equities** | | |\n| IWM | 8.2% | 9.9% |",
        &[
            "8.2% IWM return 12m@2025-10-31 8.2 percent",
            "9.9% IWM annualized_return 5y@2025-10-31 9.9 percent",
        ],
    );
}

#[test]
fn strangers_are_not_the_index() {
    check(
        "The Russell 2000 gained 1%. Acme Robotics jumped 8.1%, while shares of Banda Foods, \
            which sank \
         12%, were the worst.",
        &[
            "1% RUT return 2025-10-31 1 percent",
            "8.1% OTHER return 2025-10-31 8.1 percent",
            "12% OTHER return 2025-10-31 -12 percent",
        ],
    );
    check(
        "The Russell 2000, a barometer for the health of small companies, lost 0.9%.",
        &["0.9% RUT return 2025-10-31 -0.9 percent"],
    );
}

#[test]
fn lists_are_paired_in_order() {
    check(
        "The S&P 500 and the Nasdaq rose 1.1% and 1.6% in September.",
        &["1.1% SPX return 2025-09 1.1 percent", "1.6% IXIC return 2025-09 1.6 percent"],
    );
    check(
        "The Russell 2000 is up 6% this year, in contrast to the 12%, 8% and 15% gains in the \
            S&P 500, the \
         Dow and the Nasdaq, respectively.",
        &[
            "6% RUT return ytd@2025-10-31 6 percent",
            "12% SPX return ytd@2025-10-31 12 percent",
            "8% DJI return ytd@2025-10-31 8 percent",
            "15% IXIC return ytd@2025-10-31 15 percent",
        ],
    );
    check(
        "Inflation forecasts for 2026 and 2027 remain at 2.4% and 2.1%.",
        &[
            "2.4% US inflation 2026 2.4 percent forecast",
            "2.1% US inflation 2027 2.1 percent forecast",
        ],
    );
    check(
        "After a first cut the Russell 2000's average returns over one and three years were 11% \
            and 28%, \
         respectively.",
        &["11% RUT event_mean_return +12m 11 percent", "28% RUT event_mean_return +3y 28 percent"],
    );
}

#[test]
fn periods_told_in_other_words() {
    check(
        "The Russell 2000 finished last week with a loss of 1.4%.",
        &["1.4% RUT return 2025-W43 -1.4 percent"],
    );
    check(
        "In July, the Russell 2000 rose 1.7%. Over the same period the S&P 500 added 2.2%.",
        &["1.7% RUT return 2025-07 1.7 percent", "2.2% SPX return 2025-07 2.2 percent"],
    );
    check(
        "Since the end of July, the Russell 2000 has jumped 12%.",
        &["12% RUT return 2025-07-31..2025-10-31 12 percent"],
    );
    check(
        "The Russell 2000 moved from 2,407.34 on Wednesday to 2,467.70.",
        &[
            "2,407.34 RUT level @2025-10-29 2407.34 index_points",
            "2,467.70 RUT level @2025-10-29 2467.7 index_points",
        ],
    );
    check(
        "October has been rough. The Russell 2000 is up just 1.8%.",
        &["1.8% RUT return 2025-10 1.8 percent"],
    );
    check(
        "In just two trading sessions the Russell 2000 lost about 3%.",
        &["3% RUT return 2d@2025-10-31 -3 percent approx"],
    );
    check(
        "The Russell 2000 rose 4% in the 2023 fourth quarter and 12% in 4Q24.",
        &["4% RUT return 2023-Q4 4 percent", "12% RUT return 2024-Q4 12 percent"],
    );
    check(
        "The Russell 2000 ended Friday's session at 2,479.38, by Thursday's close it stood at \
            2,465.97.",
        &[
            "2,479.38 RUT level @2025-10-31 2479.38 index_points",
            "2,465.97 RUT level @2025-10-30 2465.97 index_points",
        ],
    );
}

#[test]
fn outlooks() {
    check(
        "GDP is projected to expand 2.3% in 2026, up from 1.8% in September's forecast, and to \
            grow 2.0% in \
         2027.",
        &[
            "2.3% US gdp_growth 2026 2.3 percent forecast",
            "1.8% US gdp_growth 2026 1.8 percent forecast",
            "2.0% US gdp_growth 2027 2 percent forecast",
        ],
    );
    check(
        "The Fed held interest rates unchanged at 3.75%-4%.",
        &[
            "3.75% FED policy_rate @2025-10-31 3.75 percent range_low",
            "4% FED policy_rate @2025-10-31 4 percent range_high",
        ],
    );
    check(
        "Small-cap earnings are seen rising 18-19% in 2026, surpassing the 13% for large caps.",
        &[
            "18 US_SMALL eps_growth 2026 18 percent range_low forecast",
            "19% US_SMALL eps_growth 2026 19 percent range_high forecast",
            "13% US_LARGE eps_growth 2026 13 percent forecast",
        ],
    );
    check(
        "The Russell 2000 is expected to grow 2026 earnings by 19%, compared to a 13% growth \
            forecast for the \
         S&P 500.",
        &[
            "19% RUT eps_growth 2026 19 percent forecast",
            "13% SPX eps_growth 2026 13 percent forecast",
        ],
    );
    check(
        "Strategists say the S&P 500 could hit 7,000 by the end of the year.",
        &["7,000 SPX level 2025 7000 index_points forecast"],
    );
}

#[test]
fn shares_and_parts() {
    check(
        "The Russell 2000's share of the total market fell to nearly 5.5%.",
        &["5.5% RUT share @2025-10-31 5.5 percent approx"],
    );
    check(
        "Roughly a third of Russell 2000 companies lose money.",
        &["a third RUT unprofitable_share @2025-10-31 33.3 percent approx"],
    );
    check(
        "The discount of small caps ranks in the 18th percentile.",
        &["18th US_SMALL percentile @2025-10-31 18 percent"],
    );
    check(
        "The index was higher three-quarters of the time over the next month, Russell 2000 data \
            show.",
        &["three-quarters RUT event_hit_rate +1m 75 percent"],
    );
}

#[test]
fn studies_with_conditions() {
    check(
        "When the S&P 500 was up for at least six months in a row, it averaged a gain of 3.9% in \
            the three \
         months that followed, with positive returns 85% of the time.",
        &["3.9% SPX event_mean_return +3m 3.9 percent", "85% SPX event_hit_rate +3m 85 percent"],
    );
    check(
        "There have been 23 such streaks of the S&P 500 going back to 1950, and 16 of those 23 \
            went on.",
        &[
            "23 SPX event_count 1950..2025-10-31 23 count",
            "16 SPX event_successes 1950..2025-10-31 16 count",
            "23 SPX event_count 1950..2025-10-31 23 count",
        ],
    );
    check(
        "On average, since 1990, the S&P 500 has seen a 10.3% increase in the year following \
            such a run.",
        &["10.3% SPX event_mean_return +12m 10.3 percent"],
    );
    check(
        "This was the sixth time since 1928 that the S&P 500 did so.",
        &["sixth SPX event_count 1928..2025-10-31 6 count"],
    );
}

#[test]
fn tables_of_forecasts_and_of_cases() {
    check(
        "Projections of the Fed\n\n| | 2026 | 2027 |\n|---|---|---|\n| Change in real GDP (%) | \
            2.4 | 2.3 |\n\
         | Unemployment rate (%) | 4.4 | 4.3 |",
        &[
            "2.4 US gdp_growth 2026 2.4 percent forecast",
            "2.3 US gdp_growth 2027 2.3 percent forecast",
            "4.4 US unemployment 2026 4.4 percent forecast",
            "4.3 US unemployment 2027 4.3 percent forecast",
        ],
    );
    check(
        "The S&P 500 after long runs\n\n| Date | Forward 12-Month Return |\n|---|---|\n| \
            1/31/1950 | 27.0% |\n\
         | 6/30/2025 | 5.0% |",
        &["27.0% SPX return 1950-01-31..1951-01-31 27 percent", "5.0% SPX return +12m 5 percent"],
    );
}

/// Published on a Thursday, 2025-11-06, after a report on October; the days are of the calendar.
#[test]
fn periods_that_lean_on_others() {
    let november = |text: &str, want: &[&str]| check_at("2025-11-06", text, want);
    november(
        "On Wednesday the 15th the Russell 2000 rose 1.0%.",
        &["1.0% RUT return 2025-10-15 1 percent"],
    );
    november(
        "The Russell 2000 rose 16.3% in 2020, but only after losing 31% in the first quarter of \
         that year.",
        &["16.3% RUT return 2020 16.3 percent", "31% RUT return 2020-Q1 -31 percent"],
    );
    november(
        "From March 23, 2020, to the end of September 2021 the Russell 2000 gained 120%.",
        &["120% RUT return 2020-03-23..2021-09-30 120 percent"],
    );
    check(
        "From the April 8 low, however, the Russell 2000 has rallied 41%.",
        &["41% RUT return 2025-04-08..2025-10-31 41 percent"],
    );
    check(
        "The 10-year Treasury yield was 4.11%, compared with 4.58% at the end of 2024, and the \
         2-year Treasury yield was 3.45%.",
        &[
            "4.11% UST:10y yield @2025-10-31 4.11 percent",
            "4.58% UST:10y yield @2024-12-31 4.58 percent",
            "3.45% UST:2y yield @2025-10-31 3.45 percent",
        ],
    );
}

#[test]
fn without_a_date_relative_periods_stay_open() {
    let article =
        article::read("The Russell 2000 rose 2% this week and 7.0% in August 2025.", None);
    let got: Vec<String> = article.claims.iter().map(line).collect();
    assert_eq!(got, ["2% RUT return ? 2 percent", "7.0% RUT return 2025-08 7 percent"]);
}

#[test]
fn the_date_is_read_from_the_by_line() {
    let text =
        "Title\n\nBy Jane Doe\nThursday, Aug 28, 2025 3:21 pm ET2min read\n\nThe Dow fell 1%.";
    let article = article::read(text, None);
    assert_eq!(article.published, Some("2025-08-28".parse().unwrap()));
    assert_eq!(line(&article.claims[0]), "1% DJI return 2025-08-28 -1 percent");
}

#[test]
fn spans_are_bytes_of_the_text() {
    let text = "“Small caps” — the Russell\u{a0}2000 — rose 2.5\u{a0}%, then 3%.";
    let article = article::read(text, None);
    for claim in &article.claims {
        assert_eq!(&text[claim.span.start..claim.span.end], claim.printed.text);
    }
    assert_eq!(article.claims.len(), 2);
    assert_eq!(article.claims[0].modality, Modality::Asserted);
}

mod robustness {
    use kinglet_core::article;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(100))]

        #[test]
        fn any_text_is_read(text in any::<String>()) {
            let read = article::read(&text, Some("2025-10-31".parse().unwrap()));
            for claim in read.claims {
                let span = claim.span;
                prop_assert_eq!(text.get(span.start..span.end), Some(claim.printed.text.as_str()));
            }
        }

        #[test]
        fn shuffled_words_are_read(words in proptest::collection::vec(WORDS, 0..60)) {
            let text = words.join(" ");
            let day = Some("2025-10-31".parse().unwrap());
            prop_assert_eq!(article::read(&text, day), article::read(&text, day));
            let _ = article::read(&text, None);
        }
    }

    const WORDS: &str = "(The|\
        Russell 2000|S&P 500|rose|fell|7\\.1%|2,465\\.52|points|or|to|from|in|August|\
        2025|Sept\\. 18|,|\\.|;|\\(|\\)|'s|respectively|and|the|past|next|ten|years|months|\
        since|Q3|week|a|\\$2|trillion|basis|25|-|–|\\[3\\]|\\||\n|:|P/E|of|discount|Fed|cut|\
        by|streak|four-month|out|11|times|99999|é|“|”|%|\\+|YTD|Monday|Jan\\.|31|Feb\\. 30|\
        0000|2100|1899|end|H1|1Q25|half|quarter|point|three|\\t|- |# |'25|9999999999999)";
}

/// A name that nobody knows is one of its own, whatever its words stand for elsewhere; thousands
/// may be set off in a name that is known.
#[test]
fn names_of_many_words() {
    check(
        "The Harrow Global Small Cap Index lost 4.5% in September, while the Russell 2,000 gained \
         3%.",
        &["4.5% OTHER return 2025-09 -4.5 percent", "3% RUT return 2025-09 3 percent"],
    );
    check(
        "Our Millbrook Small Company Fund rose 3.1% in September.",
        &["3.1% OTHER return 2025-09 3.1 percent"],
    );
}

/// Lines under a heading are told over its length, and a year where it says so.
#[test]
fn lines_under_a_heading_of_years() {
    check(
        "Value leads again\n\nIt was a year for small value, which beat all others.\n\n\
         5-Year Returns (annualized):\n- Russell 2000 Growth: +16.17%\n\
         - Russell 2000 Value: +10.73%\n",
        &[
            "+16.17% RUO annualized_return 5y@2025-10-31 16.17 percent",
            "+10.73% RUJ annualized_return 5y@2025-10-31 10.73 percent",
        ],
    );
}

/// What two counts of the sentence come to is the share of cases, whatever stands between; a plain
/// figure behind a level is its change in points; and what stands in brackets belongs to the name
/// before them.
#[test]
fn figures_that_follow_from_what_stands_beside_them() {
    check(
        "In the last 20 years the Russell 1000 gained 17 times in December (85.0%).",
        &[
            "17 RUI event_successes 2005..2024 17 count",
            "85.0% RUI event_hit_rate 2005..2024 85 percent",
        ],
    );
    check(
        "On Friday the S&P 500 finished at 6,840.20, a gain of 7.9.",
        &[
            "6,840.20 SPX level @2025-10-31 6840.2 index_points",
            "7.9 SPX point_change 2025-10-31 7.9 index_points",
        ],
    );
    check(
        "In 2024 small-cap stocks (12.4%) were ahead of large caps (9.1%), and the Russell 2000 \
         closed the year near its record.",
        &["12.4% US_SMALL return 2024 12.4 percent", "9.1% US_LARGE return 2024 9.1 percent"],
    );
}

/// Cases that are the last weeks are those up to the session.
#[test]
fn cases_of_the_last_weeks() {
    check(
        "The S&P 500 rose in 31 of the last 50 trading weeks.",
        &[
            "31 SPX event_successes 50w@2025-10-31 31 count",
            "50 SPX event_count 50w@2025-10-31 50 count",
        ],
    );
}

/// A sentence may begin with the word of which it is a part: found by fuzzing.
#[test]
fn a_gap_at_the_beginning() {
    assert_eq!(
        kinglet_core::article::read("Of the index 2 percentage point", None).claims.len(),
        1
    );
}
