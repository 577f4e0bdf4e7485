//! Tables of plain text: which period each figure takes from the heads of its row and column.

use kinglet_core::article;

/// The figures of a text with what they are about and their periods.
fn read(published: &str, text: &str) -> Vec<String> {
    let article = article::read(text, Some(published.parse().expect("a date")));
    let figure = |c: &article::Claim| {
        format!("{} {} {} {}", c.printed.text, c.entity, c.metric, c.period_text())
    };
    article.claims.iter().map(figure).collect()
}

fn check(published: &str, text: &str, want: &[&str]) {
    assert_eq!(read(published, text), want, "{text}");
}

/// The month, quarter and half that a caption ends; the head and its neighbour are no date
/// together.
#[test]
fn parts_of_a_year() {
    check(
        "2012-07-09",
        "Midyear\n\nPrice change through June 29, 2012 (percent)\n\n\
                           June    2nd qtr   1st half   12 months\n\
         Russell 2000      4.81     -3.83       7.76      -3.53\n\
         S&P 500           3.96     -3.29       8.31       3.14\n",
        &[
            "4.81 RUT return 2012-06",
            "-3.83 RUT return 2012-Q2",
            "7.76 RUT return 2012-H1",
            "-3.53 RUT return 12m@2012-06-29",
            "3.96 SPX return 2012-06",
            "-3.29 SPX return 2012-Q2",
            "8.31 SPX return 2012-H1",
            "3.14 SPX return 12m@2012-06-29",
        ],
    );
}

/// Heads that end in a full stop, and the years that are per year.
#[test]
fn abbreviated_heads() {
    check(
        "2018-01-12",
        "Letter\n\nAVERAGE ANNUAL RETURNS AS OF DECEMBER 29, 2017 (%)\n\n\
                           Qtr.    1 Yr.   3 Yr.   10 Yr.\n\
         Russell 2000       2.9    13.1     8.4     7.2\n\
         S&P 500            6.1    19.4     9.1     6.2\n",
        &[
            "2.9 RUT return 2017-Q4",
            "13.1 RUT return 12m@2017-12-29",
            "8.4 RUT annualized_return 3y@2017-12-29",
            "7.2 RUT annualized_return 10y@2017-12-29",
            "6.1 SPX return 2017-Q4",
            "19.4 SPX return 12m@2017-12-29",
            "9.1 SPX annualized_return 3y@2017-12-29",
            "6.2 SPX annualized_return 10y@2017-12-29",
        ],
    );
}

/// A row with a label alone between others parts no table.
#[test]
fn sections() {
    check(
        "2017-03-03",
        "Indexes\n\nPeriods to February 28, 2017\n\n\
                             3M        YTD       12M\n\
         Price\n\
         S&P 500             7.5%     5.6%     22.3%\n\
         Russell 2000        4.9%     2.2%     34.2%\n",
        &[
            "7.5% SPX return 3m@2017-02-28",
            "5.6% SPX return ytd@2017-02-28",
            "22.3% SPX return 12m@2017-02-28",
            "4.9% RUT return 3m@2017-02-28",
            "2.2% RUT return ytd@2017-02-28",
            "34.2% RUT return 12m@2017-02-28",
        ],
    );
}

/// What came after a case: with a sign, with the unit of the neighbour, between dashes.
#[test]
fn horizons_behind_a_case() {
    let quarters = "Ten bad quarters\n\nQuarter | Loss | Next 3 months | Next 6 | Next 12\n\
        3Q 2002 | -21.7% | +5.7% | +0.6% | +34.6%\n1Q 2009 | -15.4% | +20.2% | +42.9% | +60.5%";
    check(
        "2012-05-08",
        quarters,
        &[
            "-21.7% OTHER return 2002-Q3",
            "+5.7% OTHER return 2002-Q4",
            "+0.6% OTHER return 2002-10..2003-03",
            "+34.6% OTHER return 2002-10..2003-09",
            "-15.4% OTHER return 2009-Q1",
            "+20.2% OTHER return 2009-Q2",
            "+42.9% OTHER return 2009-04..2009-09",
            "+60.5% OTHER return 2009-04..2010-03",
        ],
    );
    check(
        "2022-05-08",
        "Big months\n\nMonth — RUT gain — +6m — +12m\nOct 2011 — 15.0% — +10.2% — +10.5%\n\
         Nov 2016 — 11.0% — +3.6% — +16.8%\nNov 2020 — 18.3% — +24.7% — +20.8%\n",
        &[
            "15.0% RUT return 2011-10",
            "+10.2% RUT return 2011-11..2012-04",
            "+10.5% RUT return 2011-11..2012-10",
            "11.0% RUT return 2016-11",
            "+3.6% RUT return 2016-12..2017-05",
            "+16.8% RUT return 2016-12..2017-11",
            "18.3% RUT return 2020-11",
            "+24.7% RUT return 2020-12..2021-05",
            "+20.8% RUT return 2020-12..2021-11",
        ],
    );
}

/// A table that counts cases: its lengths are horizons.
#[test]
fn studies() {
    check(
        "2015-09-02",
        "The Russell 2000 after a breadth thrust\n\n\
         | Horizon | Cases | Higher | % higher | Average |\n|:--|--:|--:|--:|--:|\n\
         | 1 month | 19 | 12 | 63.2% | 1.4% |\n| 12 months | 18 | 15 | 83.3% | 14.9% |",
        &[
            "19 RUT event_count +1m",
            "12 RUT event_successes +1m",
            "63.2% RUT event_hit_rate +1m",
            "1.4% RUT event_mean_return +1m",
            "18 RUT event_count +12m",
            "15 RUT event_successes +12m",
            "83.3% RUT event_hit_rate +12m",
            "14.9% RUT event_mean_return +12m",
        ],
    );
}

/// A long label that leaves one blank before its figure, and the share beside a change in points.
#[test]
fn narrow_columns() {
    check(
        "2019-11-01",
        "Returns to October 31, 2019\n\nFund                   1 month   12 months\n\
         Russell 2000 Value, here 2.4%      3.2%\nRussell 2000            2.6%      4.9%\n",
        &[
            "2.4% RUJ return 2019-10",
            "3.2% RUJ return 12m@2019-10-31",
            "2.6% RUT return 2019-10",
            "4.9% RUT return 12m@2019-10-31",
        ],
    );
}

/// A head that begins with a period has no corner; rows say as of when, and the sentence above what
/// the table is about and that its returns are told a year.
#[test]
fn heads_without_a_corner() {
    check(
        "2010-02-01",
        "Take the Russell 3000 and its average annual returns over five, ten and twenty years:\n\n\
         5 years | 10 years | 20 years\n\
         As of 12/31/08 | -1.9% | -0.8% | 8.1%\n\
         As of 12/31/09 | 0.8% | -0.2% | 8.2%\n",
        &[
            "-1.9% RUA annualized_return 5y@2008-12-31",
            "-0.8% RUA annualized_return 10y@2008-12-31",
            "8.1% RUA annualized_return 20y@2008-12-31",
            "0.8% RUA annualized_return 5y@2009-12-31",
            "-0.2% RUA annualized_return 10y@2009-12-31",
            "8.2% RUA annualized_return 20y@2009-12-31",
        ],
    );
}

/// One blank alone parts the columns of a page that was copied; quarters that are over have their
/// own name; a row that names something unknown is about that.
#[test]
fn columns_run_together() {
    check(
        "2019-01-04",
        "Review\n\nPerformance for periods ending on December 31, 2018\n\n\
         Index Market Quarter 1-year 3-year annualized\n\
         Russell 2000 Small companies -20.2% -11.0% 7.4%\n\
         S&P 500 Large companies -13.5% -4.4% 9.3%\n\
         MSCI EM Emerging Markets -7.5% -14.6% N/A\n",
        &[
            "-20.2% RUT return 2018-Q4",
            "-11.0% RUT return 12m@2018-12-31",
            "7.4% RUT annualized_return 3y@2018-12-31",
            "-13.5% SPX return 2018-Q4",
            "-4.4% SPX return 12m@2018-12-31",
            "9.3% SPX annualized_return 3y@2018-12-31",
            "-7.5% OTHER return 2018-Q4",
            "-14.6% OTHER return 12m@2018-12-31",
        ],
    );
    // prose that ends in figures is none
    check(
        "2019-01-04",
        "Review\n\nThe S&P 500 fell 13.5%.\nIt ended at 2,506.85.\n",
        &["13.5% SPX return 2019-01-04", "2,506.85 SPX level @2019-01-04"],
    );
}

/// Heads parted by commas behind a colon, labels that end with one, and levels at the close of what
/// the head names.
#[test]
fn heads_parted_by_commas() {
    check(
        "2015-07-25",
        "Markets\n\nIndex: 2014 close, prior week, as of 7/24, weekly change, YTD change\n\n\
         Russell 2000: 1204.70 1267.09 1225.99 -3.24% 1.77%\n\n\
         Fed funds: 0.25% 0.25% 0.25% 0% 0%\n",
        &[
            "1204.70 RUT level @2014-12-31",
            "1267.09 RUT level @2015-07-17",
            "1225.99 RUT level @2015-07-24",
            "-3.24% RUT return wtd@2015-07-24",
            "1.77% RUT return ytd@2015-07-24",
            "0.25% FED policy_rate @2014-12-31",
            "0.25% FED policy_rate @2015-07-17",
            "0.25% FED policy_rate @2015-07-24",
            "0% FED rate_change wtd@2015-07-24",
            "0% FED rate_change ytd@2015-07-24",
        ],
    );
}

/// What is to date ends with the last month or quarter beside it.
#[test]
fn to_date_beside_a_month() {
    check(
        "2020-05-06",
        "April\n\nIndex April 2020 YTD 2020\nS&P 500 +12.7% -9.9%\nRussell 2000 +13.7% -21.4%\n",
        &[
            "+12.7% SPX return 2020-04",
            "-9.9% SPX return ytd@2020-04-30",
            "+13.7% RUT return 2020-04",
            "-21.4% RUT return ytd@2020-04-30",
        ],
    );
    check(
        "2020-05-06",
        "April\n\nIndex Q1 2020 April YTD\nS&P 500 -20.0% +12.7% -9.9%\n\
         Russell 2000 -30.9% +13.7% -21.4%\n",
        &[
            "-20.0% SPX return 2020-Q1",
            "+12.7% SPX return 2020-04",
            "-9.9% SPX return ytd@2020-04-30",
            "-30.9% RUT return 2020-Q1",
            "+13.7% RUT return 2020-04",
            "-21.4% RUT return ytd@2020-04-30",
        ],
    );
}

/// Cells below each other, as text taken from a page has them.
#[test]
fn cells_below_each_other() {
    check(
        "2024-01-05",
        "Years\n\nYear\n\nS&P 500\n\nRussell 2000\n\n2021\n\n26.9%\n\n13.7%\n\n2022\n\n(19.4%)\n\n\
         (21.6%)\n\n2023\n\n24.2%\n\n15.1%\n\nThat was it.\n",
        &[
            "26.9% SPX return 2021",
            "13.7% RUT return 2021",
            "19.4% SPX return 2022",
            "21.6% RUT return 2022",
            "24.2% SPX return 2023",
            "15.1% RUT return 2023",
        ],
    );
}

/// Slashes part cells like bars; quarters run on in one year, which ends what is to date below
/// them.
#[test]
fn cells_parted_by_slashes() {
    check(
        "2010-01-15",
        "Letter\n\nPERIOD: Our Accounts / S&P 500 / Russell 2000\n\
         1st Qtr: (0.57%) / (11.67%) / (15.36%)\n\
         2nd Qtr: 1.75% / 15.22% / 20.23%\n\
         3rd Qtr: 8.05% / 14.98% / 18.89%\n\
         4th Qtr: 9.29% / 5.49% / 3.49%\n\
         YTD: 19.47% / 23.45% / 25.22%\n",
        &[
            "0.57% OTHER return 2009-Q1",
            "11.67% SPX return 2009-Q1",
            "15.36% RUT return 2009-Q1",
            "1.75% OTHER return 2009-Q2",
            "15.22% SPX return 2009-Q2",
            "20.23% RUT return 2009-Q2",
            "8.05% OTHER return 2009-Q3",
            "14.98% SPX return 2009-Q3",
            "18.89% RUT return 2009-Q3",
            "9.29% OTHER return 2009-Q4",
            "5.49% SPX return 2009-Q4",
            "3.49% RUT return 2009-Q4",
            "19.47% OTHER return ytd@2009-12-31",
            "23.45% SPX return ytd@2009-12-31",
            "25.22% RUT return ytd@2009-12-31",
        ],
    );
}

/// Months without their year under a text of averages are those of all years; a median below
/// single years sums them up; a month beside years is that of each.
#[test]
fn parts_of_every_year() {
    let months = "January 1.2% 0.4%\nFebruary 0.1% 0.3%\nMarch 1.3% 1.1%\nApril 1.6% 1.4%\n\
                  May 0.9% 0.2%\nJune 0.6% 0.1%\n";
    let text = format!(
        "Seasons\n\nThese are the average returns of each month since 1988.\n\n\
         Month S&P 500 Russell 2000\n{months}"
    );
    let got = read("2014-01-06", &text);
    assert_eq!(got.len(), 12, "{got:?}");
    assert!(got.iter().all(|c| c.ends_with("event_mean_return 1988..2014-01-06")), "{got:?}");
    check(
        "2024-01-12",
        "Years\n\n| Year | September | Annual return |\n|---|---|---|\n| 2021 | -3.1% | 13.7% |\n\
         | 2022 | -9.7% | -21.6% |\n| 2023 | -6.0% | 15.1% |\n| Median | -6.0% | 13.7% |\n",
        &[
            "-3.1% OTHER return 2021-09",
            "13.7% OTHER return 2021",
            "-9.7% OTHER return 2022-09",
            "-21.6% OTHER return 2022",
            "-6.0% OTHER return 2023-09",
            "15.1% OTHER return 2023",
            "-6.0% OTHER event_mean_return 2021..2023",
            "13.7% OTHER event_mean_return 2021..2023",
        ],
    );
}

/// The first row of a text may begin with a figure that has a sign.
#[test]
fn a_row_without_a_label() {
    let got = read(
        "2023-11-10",
        "                  Russell 2000      S&P 500\n    +11.5%            +3.7%\n\
         Third quarter     -8.6%             -6.6%\nFourth, to date   +9.1%             +10.8%\n",
    );
    assert!(got.iter().any(|c| c.starts_with("-8.6% RUT return")), "{got:?}");
}

/// A target range has two ends, and its change is one of the rate.
#[test]
fn ranges_in_cells() {
    check(
        "2025-09-22",
        "Market | 2024 Close | As of 9/19/25 | Weekly Change\n\
         Russell 2000 | 2230.16 | 2448.77 | 2.16%\n\
         Fed funds target | 4.25%-4.50% | 4.00%-4.25% | -25 bps\n",
        &[
            "2230.16 RUT level @2024-12-31",
            "2448.77 RUT level @2025-09-19",
            "2.16% RUT return wtd@2025-09-19",
            "4.25% FED policy_rate @2024-12-31",
            "4.50% FED policy_rate @2024-12-31",
            "4.00% FED policy_rate @2025-09-19",
            "4.25% FED policy_rate @2025-09-19",
            "-25 bps FED rate_change wtd@2025-09-19",
        ],
    );
}

/// Columns that one blank parts are named after indexes, and the label of a row ends in a date.
#[test]
fn dates_in_labels() {
    check(
        "2019-10-08",
        "The indexes, ten years on\n\n\
         Russell 1000 Russell 2000 Russell 3000\n\
         Closing value on October 5, 2009 2911 1706 2834\n\
         Closing value on October 7, 2019 8127 4508 7744\n\
         Price change 179.2% 164.2% 173.3%\n",
        &[
            "2911 RUI level @2009-10-05",
            "1706 RUT level @2009-10-05",
            "2834 RUA level @2009-10-05",
            "8127 RUI level @2019-10-07",
            "4508 RUT level @2019-10-07",
            "7744 RUA level @2019-10-07",
            "179.2% RUI return 2019-10-07",
            "164.2% RUT return 2019-10-07",
            "173.3% RUA return 2019-10-07",
        ],
    );
}

/// The day that a caption counts from is where the lengths begin; of several years they are a
/// year's.
#[test]
fn what_followed_a_day() {
    check(
        "2022-04-08",
        "Recoveries\n\nPerformance from March 31, 2009 (%)\n\n\
                           1 year annualized   3 year annualized\n\
         Russell 2000      62.8                26.9\n\
         S&P 500           49.8                23.4\n",
        &[
            "62.8 RUT return 2009-03-31..2010-03-31",
            "26.9 RUT annualized_return 2009-03-31..2012-03-31",
            "49.8 SPX return 2009-03-31..2010-03-31",
            "23.4 SPX annualized_return 2009-03-31..2012-03-31",
        ],
    );
}

/// A head that is the month of a short year, and words behind the figures of most rows.
#[test]
fn months_of_short_years() {
    check(
        "2006-06-06",
        "Benchmarks\n\nBenchmark May-06 QTD YTD What it covers\n\
         S&P 500* -3.09% -1.79% 1.75% Large companies\n\
         Russell 2000 -5.70% -5.74% 7.01% Small companies\n\
         FTSE 100 -4.97% -4.03% 1.88% Shares in London\n",
        &[
            "-3.09% SPX return 2006-05",
            "-1.79% SPX return qtd@2006-05-31",
            "1.75% SPX return ytd@2006-05-31",
            "-5.70% RUT return 2006-05",
            "-5.74% RUT return qtd@2006-05-31",
            "7.01% RUT return ytd@2006-05-31",
            "-4.97% OTHER return 2006-05",
            "-4.03% OTHER return qtd@2006-05-31",
            "1.88% OTHER return ytd@2006-05-31",
        ],
    );
}

/// No blank parts the columns: signs of percent do, or decimals of which all have as many.
#[test]
fn cells_run_together() {
    check(
        "2013-07-12",
        "Funds\n\nReturns as of June 30, 2013\n\
         Fund or index QtrYTD1-Yr3-Yr5-Yr\n\
         Anchorage Partners2.31%14.05%21.70%16.02%6.95%\n\
         Russell 20003.08%15.86%24.21%18.67%N/A\n",
        &[
            "2.31% OTHER return 2013-Q2",
            "14.05% OTHER return ytd@2013-06-28",
            "21.70% OTHER return 12m@2013-06-28",
            "16.02% OTHER annualized_return 3y@2013-06-28",
            "6.95% OTHER annualized_return 5y@2013-06-28",
            "3.08% RUT return 2013-Q2",
            "15.86% RUT return ytd@2013-06-28",
            "24.21% RUT return 12m@2013-06-28",
            "18.67% RUT annualized_return 3y@2013-06-28",
        ],
    );
    check(
        "2024-03-15",
        "Two funds\n\nSPYIWM\nYTD Return8.02%1.15%\n5Y Return (Ann)14.41%-7.13%\n",
        &[
            "8.02% SPY return ytd@2024-03-15",
            "1.15% IWM return ytd@2024-03-15",
            "14.41% SPY annualized_return 5y@2024-03-15",
            "-7.13% IWM annualized_return 5y@2024-03-15",
        ],
    );
    check(
        "2001-04-20",
        "Years\n\nIndexYear 1999Year 2000\nNasdaq Composite85.6-39.3\nRussell 2000 Index21.3-3.0\n",
        &[
            "85.6 IXIC return 1999",
            "-39.3 IXIC return 2000",
            "21.3 RUT return 1999",
            "-3.0 RUT return 2000",
        ],
    );
    // a range is no two cells
    check(
        "2025-11-03",
        "Rates\n\nThe range of the Fed\nFed funds before 4.00%-4.25%\nFed funds now 3.75%-4.00%\n",
        &read(
            "2025-11-03",
            "Rates\n\nThe range.\n\nFed funds before 4.00%-4.25%\n\nFed funds now 3.75%-4.00%\n",
        )
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>(),
    );
}

/// Each table behind another has its own heads, behind a colon.
#[test]
fn tables_behind_each_other() {
    check(
        "1998-05-08",
        "Figures\n\nMARKETS: latest, % change week, % change year\n\n\
         S&P 500 1108.1 -1.1 35.2\n\nRussell 2000 477.9 -0.8 28.1\n\n\
         VALUES: latest, year ago\n\n\
         S&P 500 Dividend Yield 1.38 % 1.80 %\n\nS&P 500 P/E ratio 27.8 20.9\n",
        &[
            "1108.1 SPX level @1998-05-08",
            "-1.1 SPX return wtd@1998-05-08",
            "35.2 SPX return ytd@1998-05-08",
            "477.9 RUT level @1998-05-08",
            "-0.8 RUT return wtd@1998-05-08",
            "28.1 RUT return ytd@1998-05-08",
            "1.38 % SPX dividend_yield @1998-05-08",
            "1.80 % SPX dividend_yield @1998-05-08",
            "27.8 SPX pe_trailing @1998-05-08",
            "20.9 SPX pe_trailing @1998-05-08",
        ],
    );
}

/// Days within the rows: a level is that of the day before it, a change that of the time between
/// two days; sessions on from a day.
#[test]
fn days_within_rows() {
    check(
        "2019-08-02",
        "The S&P 500 after a cut\n\nCut Level Day Level Change (%)\n\
         02 May 2008 1,413.90 16 Jun 2008 1,360.14 -3.80%\n\
         08 Oct 2008 984.94 20 Nov 2008 752.44 -23.61%\n",
        &[
            "1,413.90 SPX level @2008-05-02",
            "1,360.14 SPX level @2008-06-16",
            "-3.80% SPX return 2008-05-02..2008-06-16",
            "984.94 SPX level @2008-10-08",
            "752.44 SPX level @2008-11-20",
            "-23.61% SPX return 2008-10-08..2008-11-20",
        ],
    );
    check(
        "2012-08-20",
        "Up days in the Russell 2000\n\nDate Day t+5 t+10\n\
         10/12/2010 Tue 1.3 2.8\n02/14/2011 Mon -0.9 0.4\n",
        &[
            "1.3 RUT return +5d",
            "2.8 RUT return +10d",
            "-0.9 RUT return +5d",
            "0.4 RUT return +10d",
        ],
    );
}

/// A head that blanks alone part, or nothing, above rows with wide gaps; rows named after what
/// nobody knows, and bonds of high yield.
#[test]
fn heads_above_aligned_rows() {
    check(
        "2021-05-04",
        "Classes\n\nPerformance to April 30, 2021\n\nGroup or indexMonthYTD\n\
         Russell 2000                 2.1%          15.1%\n\
         Junk and High-Yield Bonds    1.1%           1.9%\n\
         Timber                       0.6%           3.2%\n",
        &[
            "2.1% RUT return mtd@2021-04-30",
            "15.1% RUT return ytd@2021-04-30",
            "1.1% OTHER return mtd@2021-04-30",
            "1.9% OTHER return ytd@2021-04-30",
            "0.6% OTHER return mtd@2021-04-30",
            "3.2% OTHER return ytd@2021-04-30",
        ],
    );
    check(
        "2016-02-01",
        "Returns to January 29, 2016\n\nS&P 500 Russell 2000 S&P 600\n\
         10 Yr   6.1%     4.4%       5.9%\n3 Yr   11.0%     6.0%       8.1%\n",
        &[
            "6.1% SPX return 10y@2016-01-29",
            "4.4% RUT return 10y@2016-01-29",
            "5.9% SML return 10y@2016-01-29",
            "11.0% SPX return 3y@2016-01-29",
            "6.0% RUT return 3y@2016-01-29",
            "8.1% SML return 3y@2016-01-29",
        ],
    );
}

/// Bars end lines that hold one cell each; what a fund costs is no return.
#[test]
fn cells_below_each_other_with_bars() {
    check(
        "2025-12-05",
        "Two funds\n\n|\nMetric |\nSPY |\nIWM |\n|---|---|---|\n|\nExpense ratio |\n0.09% |\n\
         0.19% |\n|\n1-yr return (as of 2025-12-04) |\n14.2% |\n5.8% |\n|\nBeta |\n1.00 |\n\
         1.21 |\n",
        &[
            "0.09% SPY other @2025-12-04",
            "0.19% IWM other @2025-12-04",
            "14.2% SPY return 12m@2025-12-04",
            "5.8% IWM return 12m@2025-12-04",
            "1.00 SPY beta @2025-12-04",
            "1.21 IWM beta @2025-12-04",
        ],
    );
}

/// A table in the midst of a paragraph: heads, then names with as many figures; the first row alone
/// has signs of percent, and "Since" stands apart from "inception".
#[test]
fn tables_packed_into_prose() {
    check(
        "2015-10-20",
        "Letter\n\nIt was a hard quarter. Average annual total returns as of 09/30/15 Since 3Q15 \
         YTD 1-year 5-year inception* Anchorage Fund -8.1% -4.4% 1.9% 10.2% 9.3% \
         Russell 2000\u{ae} Index -11.92 -7.73 1.25 11.73 8.04 S&P 500 Index -6.44 -5.29 -0.61 \
         13.34 8.80 * Begun long ago. We wait.\n",
        &[
            "-8.1% OTHER return 2015-Q3",
            "-4.4% OTHER return ytd@2015-09-30",
            "1.9% OTHER return 12m@2015-09-30",
            "10.2% OTHER annualized_return 5y@2015-09-30",
            "9.3% OTHER annualized_return ?",
            "-11.92 RUT return 2015-Q3",
            "-7.73 RUT return ytd@2015-09-30",
            "1.25 RUT return 12m@2015-09-30",
            "11.73 RUT annualized_return 5y@2015-09-30",
            "8.04 RUT annualized_return ?",
            "-6.44 SPX return 2015-Q3",
            "-5.29 SPX return ytd@2015-09-30",
            "-0.61 SPX return 12m@2015-09-30",
            "13.34 SPX annualized_return 5y@2015-09-30",
            "8.80 SPX annualized_return ?",
        ],
    );
}

/// What looks like rows may be heads alone.
#[test]
fn heads_without_a_body() {
    let text = "8  %  3%\nM  \u{0}";
    assert!(kinglet_core::article::read(text, None).claims.len() <= 2);
}
