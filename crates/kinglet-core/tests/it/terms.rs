//! Tables of performance of funds and commentaries that do not say where their periods end, and
//! what is found about their figures.

use kinglet_core::article::{self, Article};
use kinglet_core::identity::Basis;
use kinglet_core::time::Date;
use kinglet_core::verdict::{Context, Review, judge};
use kinglet_core::view::{View, example, example_series};

fn read(published: &str, text: &str) -> (Date, Article) {
    let published = published.parse().expect("a date");
    (published, article::read(text, Some(published)))
}

/// The figures of a text about an index, with their measures and periods.
#[track_caller]
fn check(published: &str, text: &str, code: &str, want: &[&str]) {
    let (_, read) = read(published, text);
    let figure =
        |c: &article::Claim| format!("{} {} {}", c.printed.text, c.metric, c.period_text());
    let told: Vec<String> = read.claims.iter().filter(|c| c.entity == code).map(figure).collect();
    assert_eq!(told, want, "{text}");
}

const HEAD: &str = "| | Qtr | YTD | 1-Yr | 3-Yr | 5-Yr |\n|---|---|---|---|---|---|\n\
                    | Our Fund | 4.1% | 9.3% | 18.2% | 10.1% | 12.6% |\n\
                    | Russell 2000 | 5.2% | 11.3% | 19.4% | 11.8% | 13.1% |\n";

/// At the end of the quarter with a column of it, else of the month; where the quarter is told of,
/// at its end, too.
#[test]
fn at_the_end_of_the_quarter_or_month() {
    let quarter = [
        "5.2% return 2017-Q3",
        "11.3% return ytd@2017-09-29",
        "19.4% return 12m@2017-09-29",
        "11.8% annualized_return 3y@2017-09-29",
        "13.1% annualized_return 5y@2017-09-29",
    ];
    let plain = format!("Small caps did well\n\n{HEAD}");
    check("2017-10-06", &plain, "RUT", &quarter);
    check("2017-11-20", &plain, "RUT", &quarter);
    let months = "Small caps did well\n\n             1 Mo    YTD    1 Yr    3 Yr    5 Yr\n\
                  Russell 2000  0.4   10.2    24.1     9.8    13.3\n\
                  S&P 500       2.1   15.9    22.3    10.1    14.8\n";
    check(
        "2017-11-20",
        months,
        "RUT",
        &[
            "0.4 return 2017-10",
            "10.2 return ytd@2017-10-31",
            "24.1 return 12m@2017-10-31",
            "9.8 annualized_return 3y@2017-10-31",
            "13.3 annualized_return 5y@2017-10-31",
        ],
    );
    let letter = "Third Quarter 2017 Letter\n\nDear partners, small caps did well.\n\n\
                  | | MTD | YTD | 1-Yr | 3-Yr | 5-Yr |\n|---|---|---|---|---|---|\n\
                  | Russell 2000 | 5.8% | 11.3% | 19.4% | 11.8% | 13.1% |\n";
    let told = [&["5.8% return mtd@2017-09-29"], &quarter[1..]].concat();
    check("2017-11-20", letter, "RUT", &told);
}

/// What says the day goes before: a caption, what stands above it, a note, the corner, the
/// paragraph before; and what is told day by day stays at the session.
#[test]
fn as_of_the_day_that_is_said() {
    let june = [
        "5.2% return 2017-Q2",
        "11.3% return ytd@2017-06-30",
        "19.4% return 12m@2017-06-30",
        "11.8% annualized_return 3y@2017-06-30",
        "13.1% annualized_return 5y@2017-06-30",
    ];
    for text in [
        format!("Small caps did well\n\nReturns as of 6/30/17\n\n{HEAD}"),
        format!("Small caps did well\n\nAs of June 30, 2017\n\nAverage annual returns\n\n{HEAD}"),
        format!("Small caps did well\n\n{HEAD}\nReturns are as of 6/30/17 and net of fees.\n"),
        format!("Small caps did well\n\n{}", HEAD.replacen("| |", "| As of 6/30/17 |", 1)),
        format!(
            "Small caps did well\n\nThe fund gained 9.3% in the six months ended June 30, 2017, \
             as the managers had hoped for in the letter of the year before.\n\n{HEAD}"
        ),
    ] {
        check("2017-10-06", &text, "RUT", &june);
    }
    let daily = "Stocks slip\n\n| | Close | Change | YTD | 1-Yr | 3-Yr |\n\
                 |---|---|---|---|---|---|\n\
                 | Russell 2000 | 1,510.22 | -1.87 | 11.3% | 21.2% | 37.9% |\n";
    let (_, wrap) = read("2017-10-06", daily);
    assert_eq!(wrap.claims[2].period_text(), "ytd@2017-10-06");
}

/// Rows that end in the day of the inception, short names of it, figures without a sign of percent,
/// differences below a fund, and what stands above that is no measure.
#[test]
fn as_funds_print_them() {
    let text = "Returns\n\nAhead of the Russell 2000 for 3 years as of 09/30/13.\n\
                QTR YTD 1YR 3YR 5YR SINCE INCEPT. DATE\n\
                Thrift Fund 8.11 21.35 25.92 19.06 12.44 10.17 05/14/02\n\
                Russell 2000 10.20 27.60 30.00 18.20 11.10 9.10 N/A\n\n\
                Yearly expenses are below (%)\n\
                OCT YTD 1YR 3YR 5YR SINCE INCEPT. DATE\n\
                Thrift Fund 1.88 23.64 28.53 18.71 14.20 10.26 05/14/02\n\
                Russell 2000 2.50 30.80 36.20 17.60 17.00 9.30 N/A\n";
    check(
        "2013-12-05",
        text,
        "RUT",
        &[
            "10.20 return 2013-Q3",
            "27.60 return ytd@2013-09-30",
            "30.00 return 12m@2013-09-30",
            "18.20 annualized_return 3y@2013-09-30",
            "11.10 annualized_return 5y@2013-09-30",
            "9.10 annualized_return ?",
            "2.50 return 2013-10",
            "30.80 return ytd@2013-10-31",
            "36.20 return 12m@2013-10-31",
            "17.60 annualized_return 3y@2013-10-31",
            "17.00 annualized_return 5y@2013-10-31",
            "9.30 annualized_return ?",
        ],
    );
    let text = "Small caps did well\n\n| | QTD | YTD | 1 Yr. | 3 Yr. | Since Inc. |\n\
                |---|---|---|---|---|---|\n\
                | Thrift Fund (net) | 4.10 | 9.30 | 18.20 | 10.10 | 9.72 |\n\
                | Russell 2000 | 5.20 | 11.30 | 19.40 | 11.80 | 8.01 |\n\
                | Difference | -1.10 | -2.00 | -1.20 | -1.70 | 1.71 |\n";
    check(
        "2017-10-06",
        text,
        "OTHER",
        &[
            "4.10 return 2017-Q3",
            "9.30 return ytd@2017-09-29",
            "18.20 return 12m@2017-09-29",
            "10.10 annualized_return 3y@2017-09-29",
            "9.72 annualized_return ?",
            "-1.10 return_spread 2017-Q3",
            "-2.00 return_spread ytd@2017-09-29",
            "-1.20 return_spread 12m@2017-09-29",
            "-1.70 return_spread 3y@2017-09-29",
            "1.71 return_spread ?",
        ],
    );
}

/// Rows of periods, and sentences that list figures by them; prices over years are told as a whole.
#[test]
fn turned_or_in_a_sentence() {
    let periods = [
        "5.2% return 2017-Q3",
        "11.3% return ytd@2017-09-29",
        "19.4% return 12m@2017-09-29",
        "11.8% annualized_return 3y@2017-09-29",
        "13.1% annualized_return 5y@2017-09-29",
    ];
    let rows = "Small caps did well\n\n| | Our Fund | Russell 2000 |\n|---|---|---|\n\
                | Third quarter | 4.1% | 5.2% |\n| Year to date | 9.3% | 11.3% |\n\
                | 1 year | 18.2% | 19.4% |\n| 3 years | 10.1% | 11.8% |\n\
                | 5 years | 12.6% | 13.1% |\n";
    check("2017-10-06", rows, "RUT", &periods);
    for list in [
        "Returns of the Russell 2000: Qtr 5.2%, YTD 11.3%, 1-Yr 19.4%, 3-Yr 11.8%, 5-Yr 13.1%.",
        "Russell 2000: 5.2% (QTD), 11.3% (YTD), 19.4% (1-year), 11.8% (3-year), 13.1% (5-year).",
        "The Russell 2000 returned 5.2% for the quarter, 11.3% year-to-date, 19.4% for one year, \
         11.8% for three years and 13.1% for five years.",
    ] {
        check("2017-10-06", &format!("Small caps did well\n\n{list}\n"), "RUT", &periods);
    }
    let prices = "Summary\n\nPerformance (price, %)\n\n| | YTD | 1 yr | 3 yr | 5 yr |\n\
                  |---|---|---|---|---|\n| Russell 2000 | 2.1 | 18.3 | -8.8 | 41.3 |\n";
    let whole = [
        "2.1 return ytd@2024-05-31",
        "18.3 return 12m@2024-05-31",
        "-8.8 return 3y@2024-05-31",
        "41.3 return 5y@2024-05-31",
    ];
    check("2024-06-03", prices, "RUT", &whole);
}

/// Prices that rose by 10% in the year to the end of the quarter and by 12% to October 6, and
/// returns with dividends of 11% and 13%; in the quarter by 5% and 5.5%, in the twelve months by
/// 21% and 24.5%.
fn view() -> View {
    let days = ["2016-09-29", "2016-09-30", "2016-12-30", "2017-06-30", "2017-09-29", "2017-10-06"];
    let of = |values: [f64; 6]| -> Vec<(&str, f64)> { days.into_iter().zip(values).collect() };
    let price = of([99.0, 100.0, 110.0, 115.238_1, 121.0, 123.2]);
    let total = of([196.0, 198.0, 222.0, 233.573_5, 246.42, 250.86]);
    example(&price).with_series("RUT", Basis::Total, &example_series("RUT", &total))
}

/// The verdicts on a row of the Russell 2000 in a table of performance.
fn verdicts(above: &str, cells: &str) -> (Vec<String>, Review) {
    let text = format!(
        "Small caps did well\n\n{above}\n\n| | Qtr | YTD | 1-Yr |\n|---|---|---|---|\n\
         | Russell 2000 | {cells} |\n"
    );
    let (published, read) = read("2017-10-06", &text);
    let context = Context { text: &text, published, read: Some(&read) };
    let review = judge(&read.claims, context, &view());
    let told = |j: &kinglet_core::verdict::Judgement| {
        format!("{}{}", j.verdict.name(), j.tag.map_or(String::new(), |tag| format!(" {tag}")))
    };
    (review.judgements.iter().map(told).collect(), review)
}

#[test]
fn each_end_and_basis_is_tried() {
    let of = |cells: &str| verdicts("Dear partners", cells).0;
    assert_eq!(of("5.0% | 10.0% | 21.0%"), ["supported"; 3]);
    assert_eq!(of("5.5% | 11.0% | 24.5%"), ["imprecise wrong_basis"; 3]);
    // up to the publication, by price and with dividends
    assert_eq!(of("5.0% | 12.0% | 21.0%")[1], "supported");
    assert_eq!(of("5.5% | 13.0% | 24.5%")[1], "imprecise wrong_basis");
    let (_, review) = verdicts("Dear partners", "5.5% | 11.0% | 24.5%");
    let year = &review.judgements[2];
    let query = year.query.as_ref().map(ToString::to_string);
    assert_eq!(query.as_deref(), Some("return(RUT, 12m@2017-09-30)"));
    assert!(year.reason.ends_with("with dividends 24.45%"), "{}", year.reason);
}

#[test]
fn what_is_wrong_on_a_day_that_is_said_is_accused() {
    let above = "Price change as of September 29, 2017";
    let (told, _) = verdicts(above, "5.0% | 12.0% | 21.0%");
    assert_eq!(told, ["supported", "misdated ytd@2017-10-06", "supported"]);
    let (told, _) = verdicts(above, "5.0% | 16.2% | 21.0%");
    assert_eq!(told, ["supported", "contradicted no_match", "supported"]);
}
