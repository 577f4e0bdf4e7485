//! Time expressions of financial prose and the periods they stand for, worked out by hand from a
//! calendar and from the rules of the audit's vocabulary.

use kinglet_core::article;

/// The periods of the claims of a text, joined by spaces.
fn periods(published: &str, text: &str) -> String {
    let article = article::read(text, Some(published.parse().expect("a date")));
    let periods: Vec<String> = article.claims.iter().map(article::Claim::period_text).collect();
    periods.join(" ")
}

/// Checks every line and reports all that fail.
fn check(published: &str, lines: &[(&str, &str)]) {
    let wrong: Vec<String> = lines
        .iter()
        .map(|(text, want)| (text, want, periods(published, text)))
        .filter(|(_, want, got)| *want != got)
        .map(|(text, want, got)| format!("{text}\n    want {want}\n    got  {got}"))
        .collect();
    assert!(wrong.is_empty(), "published {published}, {} wrong\n{}", wrong.len(), wrong.join("\n"));
}

/// Friday, 2022-07-08.
#[test]
fn lengths_with_an_end() {
    check(
        "2022-07-08",
        &[
            ("The Russell 2000 gave up 17.5% in the three months to June 30.", "2022-Q2"),
            ("The Russell 2000 gave up 17.5% in the three months to end-June.", "2022-Q2"),
            ("The Russell 2000 gave up 17.5% in the three months through June.", "2022-Q2"),
            ("The Russell 2000 gave up 17.5% in the three months to the end of June.", "2022-Q2"),
            ("The Russell 2000 gave up 17.5% in the quarter to June 30.", "2022-Q2"),
            ("The Russell 2000 gave up 17.5% in the June quarter.", "2022-Q2"),
            ("The Russell 2000 gave up 17.5% in the quarter ended June 30, 2022.", "2022-Q2"),
            ("The Russell 2000 lost 23.9% in the six months to the end of June.", "2022-H1"),
            ("The Russell 2000 lost 23.9% in the half-year to June 30.", "2022-H1"),
            ("The Russell 2000 lost 23.9% in the opening half.", "2022-H1"),
            ("The Russell 2000 lost 23.9% over the opening six months of the year.", "2022-H1"),
            ("The Russell 2000 lost 23.9% in the first six months of 2022.", "2022-H1"),
            ("The Russell 2000 lost 7.8% in the first three months of the year.", "2022-Q1"),
            ("The Russell 2000 lost 11.9% in the five months to May 31.", "2022-01..2022-05"),
            ("The Russell 2000 lost 26% in the year to June.", "12m@2022-06-30"),
            ("The Russell 2000 lost 26% in the 12 months to June 30.", "12m@2022-06-30"),
            ("The Russell 2000 lost 18% in the twelve months through May 31.", "12m@2022-05-31"),
            ("The Russell 2000 gained 21% in the five years to June 30, 2022.", "5y@2022-06-30"),
            ("The Russell 2000 gained 21% in the five years ended June 2022.", "5y@2022-06-30"),
            (
                "The Russell 2000 lost 7.8% in the first quarter and 17.5% in the second.",
                "2022-Q1 2022-Q2",
            ),
            (
                "The Russell 2000 lost 7.8% in the first three months and 17.5% in the next three.",
                "2022-Q1 2022-Q2",
            ),
            (
                "The Russell 2000 gave up 17.5% in the second quarter after a loss of 7.8% in the \
                first three months.",
                "2022-Q2 2022-Q1",
            ),
            ("The Russell 2000 lost 2.2% in the week to July 1.", "2022-W26"),
            ("The Russell 2000 lost 2.2% in the week ended Friday, July 1.", "2022-W26"),
            ("The S&P 500 lost 12% in the two weeks to June 17.", "2w@2022-06-17"),
            ("The S&P 500 fell 8% in the month to June 15.", "1m@2022-06-15"),
            ("The S&P 500 is down 20.6% in the year through June 30.", "ytd@2022-06-30"),
            ("The S&P 500 fell 20.6% year to date through June.", "ytd@2022-06-30"),
            ("The fund has lost 9.2% through June.", "ytd@2022-06-30"),
        ],
    );
}

/// Sunday, 2024-08-11: the last session is Friday the 9th.
#[test]
fn days() {
    check(
        "2024-08-11",
        &[
            ("The S&P 500 dropped 3.0% Monday.", "2024-08-05"),
            ("Mon: the S&P 500 dropped 3.0%.", "2024-08-05"),
            ("Thu: S&P 500 +2.3%, Nasdaq Composite +2.9%.", "2024-08-08 2024-08-08"),
            ("On Tues. the S&P 500 rose 1.0%.", "2024-08-06"),
            ("On Friday the 2nd the S&P 500 fell 1.8%.", "2024-08-02"),
            ("On Friday, 2 August, the S&P 500 fell 1.8%.", "2024-08-02"),
            ("On Friday 2 August 2024 the S&P 500 fell 1.8%.", "2024-08-02"),
            ("On Fri, Aug 2 the S&P 500 fell 1.8%.", "2024-08-02"),
            ("On the 2nd the S&P 500 fell 1.8%.", "2024-08-02"),
            ("The S&P 500 fell 1.8% on the 2nd of August.", "2024-08-02"),
            ("The S&P 500 fell 1.4% on 8/1/24.", "2024-08-01"),
            ("The S&P 500 fell 1.4% on 08/01/2024.", "2024-08-01"),
            ("The S&P 500 fell 1.4% on 2024-08-01.", "2024-08-01"),
            ("The S&P 500 rose 1.6% on 31/07/2024.", "2024-07-31"),
            ("The S&P 500 rose 1.6% on 31 Jul '24.", "2024-07-31"),
            ("The S&P 500 rose 1.6% on July 31st.", "2024-07-31"),
            ("The S&P 500 rose 1.6% on 31 July.", "2024-07-31"),
            ("The S&P 500 rose 1.6% on the 31st.", "2024-07-31"),
            ("In Thursday's session the S&P 500 rose 2.3%.", "2024-08-08"),
            ("Thursday's 2.3% gain in the S&P 500 was a relief.", "2024-08-08"),
            ("Last Wednesday the S&P 500 slipped 0.8%.", "2024-08-07"),
            ("This past Wednesday the S&P 500 slipped 0.8%.", "2024-08-07"),
            ("On Wednesday of last week the S&P 500 slipped 0.8%.", "2024-08-07"),
            (
                "The S&P 500 dropped 3.0% on Monday and rebounded 1.0% the next day.",
                "2024-08-05 2024-08-06",
            ),
            (
                "The S&P 500 dropped 3.0% on Monday, having lost 1.8% the session before.",
                "2024-08-05 2024-08-02",
            ),
            (
                "The S&P 500 jumped 2.3% on Thursday after sliding 0.8% the day before.",
                "2024-08-08 2024-08-07",
            ),
            ("Jobs data came on Friday the 2nd. The S&P 500 shed 1.8% that day.", "2024-08-02"),
            ("On the first trading day of August the S&P 500 fell 1.4%.", "2024-08-01"),
            ("The S&P 500 rose 1.6% on the last session of July.", "2024-07-31"),
            ("On the final day of the second quarter the S&P 500 fell 0.4%.", "2024-06-28"),
        ],
    );
}

/// Sunday, 2024-08-11.
#[test]
fn weeks() {
    check(
        "2024-08-11",
        &[
            ("Russell 2000 -1.4% w/w.", "2024-W32"),
            ("The Russell 2000 lost 1.4% on the week.", "2024-W32"),
            ("The Russell 2000 lost 1.4% wk/wk.", "2024-W32"),
            ("The Russell 2000 lost 1.4% last week.", "2024-W32"),
            ("The Russell 2000 lost 1.4% last wk.", "2024-W32"),
            ("The Russell 2000 lost 1.4% this past week.", "2024-W32"),
            ("The Russell 2000 lost 1.4% over the past week.", "2024-W32"),
            ("The Russell 2000 lost 1.4% over the five days.", "2024-W32"),
            ("The Russell 2000 lost 1.4% week over week.", "2024-W32"),
            ("The Russell 2000 lost 1.4% in a volatile week.", "2024-W32"),
            ("The Russell 2000 lost 1.4% in the week that ended on Friday.", "2024-W32"),
            ("The Russell 2000 lost 1.4% in the week that began with a rout in Tokyo.", "2024-W32"),
            (
                "The Russell 2000 lost 1.4% this week after falling 6.7% the week before.",
                "2024-W32 2024-W31",
            ),
            (
                "The Russell 2000 lost 1.4% this week after falling 6.7% in the previous one.",
                "2024-W32 2024-W31",
            ),
            (
                "The Russell 2000 lost 1.4% this week. A week earlier it had fallen 6.7%.",
                "2024-W32 2024-W31",
            ),
            (
                "The Russell 2000 lost 1.4% this week. In the five days before it had fallen 6.7%.",
                "2024-W32 2024-W31",
            ),
            ("The Russell 2000 lost 6.7% in the week of July 29.", "2024-W31"),
            ("In the week beginning July 29 the Russell 2000 lost 6.7%.", "2024-W31"),
            ("In the week before last the Russell 2000 lost 6.7%.", "2024-W31"),
            ("In the holiday-shortened week of July 4 the S&P 500 rose 2.0%.", "2024-W27"),
        ],
    );
}

/// Monday, 2021-10-11: the third quarter has just ended.
#[test]
fn months_and_quarters() {
    check(
        "2021-10-11",
        &[
            (
                "The S&P 500 lost 4.8% in September after a 2.9% advance the month before.",
                "2021-09 2021-08",
            ),
            (
                "The S&P 500 rose 2.9% in August but lost 4.8% the following month.",
                "2021-08 2021-09",
            ),
            (
                "The S&P 500 rose 2.9% in August but lost 4.8% in the month that followed.",
                "2021-08 2021-09",
            ),
            (
                "The S&P 500 rose 2.9% in August and gave up 4.8% in the one that followed.",
                "2021-08 2021-09",
            ),
            (
                "The S&P 500 fell 4.8% in September. In the previous month it had gained 2.9%.",
                "2021-09 2021-08",
            ),
            (
                "The S&P 500 lost 4.8% in September. The Nasdaq Composite shed 5.3% that month.",
                "2021-09 2021-09",
            ),
            (
                "The S&P 500 rose 0.2% in the third quarter. The Russell 2000 fell 4.4% in the \
                same three months.",
                "2021-Q3 2021-Q3",
            ),
            (
                "The S&P 500 rose 0.2% in the third quarter; over the same stretch the Russell \
                fell 4.4%.",
                "2021-Q3 2021-Q3",
            ),
            ("Q3'21: S&P 500 +0.2%.", "2021-Q3"),
            ("The S&P 500 returned 0.6% in 3Q21.", "2021-Q3"),
            ("The S&P 500 rose 0.2% in Q3 2021 and 8.2% in the prior quarter.", "2021-Q3 2021-Q2"),
            ("The S&P 500 rose 14.4% in 1H21.", "2021-H1"),
            ("The S&P 500 rose 14.4% in H1.", "2021-H1"),
            ("The S&P 500 advanced 21% in 2H20.", "2020-H2"),
            ("The S&P 500 rose 14.4% in the first half of the year.", "2021-H1"),
            ("The S&P 500 fell 20% in the first quarter of last year.", "2020-Q1"),
            ("The S&P 500 rose 5.2% in the year-ago quarter.", "2020-Q3"),
            ("Early in September the S&P 500 set a record; it lost 4.8% in that month.", "2021-09"),
            ("The S&P 500 stood 14.7% higher for the year at quarter-end.", "ytd@2021-09-30"),
            ("The S&P 500 was up 14.7% for the year at the end of September.", "ytd@2021-09-30"),
            ("The S&P 500 has gained 16.9% since January.", "ytd@2021-10-11"),
            (
                "From its March 15 peak to September 30 the Russell 2000 fell 6.6%.",
                "2021-03-15..2021-09-30",
            ),
            (
                "The Russell 2000 fell 6.6% between March 15 and September 30.",
                "2021-03-15..2021-09-30",
            ),
            (
                "The Russell 2000 rose 15% from the end of October to the end of November 2020.",
                "2020-10-30..2020-11-30",
            ),
        ],
    );
}

/// Monday, 2021-10-11. A level is that of a day.
#[test]
fn levels_at_turning_points() {
    check(
        "2021-10-11",
        &[
            ("The ten-year yielded 0.93% at the start of the year.", "@2020-12-31"),
            ("The ten-year yielded 0.93% at the end of 2020.", "@2020-12-31"),
            ("The ten-year yielded 1.45% at midyear.", "@2021-06-30"),
            ("The ten-year yielded 1.45% at the start of the third quarter.", "@2021-06-30"),
            ("The ten-year yielded 1.52% at quarter-end.", "@2021-09-30"),
            ("The ten-year yielded 1.52% at the end of the quarter.", "@2021-09-30"),
            ("The ten-year yielded 1.52% when the quarter ended.", "@2021-09-30"),
            ("The ten-year yielded 1.30% at the end of August.", "@2021-08-31"),
            ("The ten-year ended August at 1.30%.", "@2021-08-31"),
            ("The ten-year yielded 1.24% at the end of July.", "@2021-07-30"),
            ("The ten-year yielded 1.30% at the beginning of September.", "@2021-08-31"),
            (
                "The S&P 500 gained 2.9% in August, which it ended at 4,522.68.",
                "2021-08 @2021-08-31",
            ),
            ("The S&P 500 closed the month of August at 4,522.68.", "@2021-08-31"),
            ("The S&P 500 stood at 3,756.07 at the turn of the year.", "@2020-12-31"),
            ("The S&P 500 finished the first half at 4,297.50.", "@2021-06-30"),
            ("The S&P 500 finished Thursday at 4,399.76.", "@2021-10-07"),
            ("Unemployment fell to 4.8% in September from 5.2% in August.", "@2021-09 @2021-08"),
            (
                "The jobless rate was 4.8% in September, against 5.2% the month before.",
                "@2021-09 @2021-08",
            ),
            ("Consumer prices rose 5.3% in the twelve months through August.", "@2021-08"),
            ("Headline CPI came in at 5.3% y/y for August.", "@2021-08"),
        ],
    );
}

/// Monday, 2019-03-25: the last session is Friday the 22nd.
#[test]
fn feasts_and_long_ago() {
    check(
        "2019-03-25",
        &[
            ("On Friday the S&P 500 closed up 11.7% since New Year.", "ytd@2019-03-22"),
            ("On Friday the S&P 500 closed up 11.7% since New Year's Eve.", "ytd@2019-03-22"),
            ("Through Friday the S&P 500 has gained 11.7% since year-end.", "ytd@2019-03-22"),
            ("On Friday the S&P 500 was up 19.1% since Christmas Eve.", "2018-12-24..2019-03-22"),
            (
                "As of Friday the S&P 500 has climbed 19.1% from its Christmas Eve low.",
                "2018-12-24..2019-03-22",
            ),
            ("As of Friday the S&P 500 is down 3.5% since Labor Day.", "2018-09-03..2019-03-22"),
            ("As of Friday the S&P 500 is up 1.6% since Election Day.", "2018-11-06..2019-03-22"),
            ("As of Friday the S&P 500 is up 4% since Thanksgiving.", "2018-11-22..2019-03-22"),
            (
                "On Good Friday 2018 the market was closed; the Thursday before, March 29, the S&P \
                500 rose 1.4%.",
                "2018-03-29",
            ),
            ("In Thanksgiving week the S&P 500 fell 3.8%.", "2018-W47"),
            ("The S&P 500 closed at 2,351.10 on Christmas Eve.", "@2018-12-24"),
            ("The S&P 500 lost 37% in the 2000s.", "2000..2009"),
            ("The S&P 500 gained 316% in the 1990s.", "1990..1999"),
            ("The S&P 500 gained 316% in the '90s.", "1990..1999"),
            ("The S&P 500 lost 38.5% in '08.", "2008"),
            ("The S&P 500 has gained 190% over the past decade.", "10y@2019-03-25"),
            (
                "The S&P 500 lost 6.2% in 2018, the Russell 2000 12.2% in the same year.",
                "2018 2018",
            ),
            ("The S&P 500 lost 38.5% in 2008 and gained 23.5% the following year.", "2008 2009"),
            ("The S&P 500 lost 38.5% in 2008 and gained 23.5% a year later.", "2008 2009"),
            ("The S&P 500 lost 9.2% last December.", "2018-12"),
            ("The S&P 500 lost 9.2% in December of last year.", "2018-12"),
            ("The worst September was that of 2008, when the Russell 2000 lost 8.1%.", "2008-09"),
            ("The best September for the Russell 2000 was 2010's, at 12.3%.", "2010-09"),
            (
                "September is a poor month for the Russell. Last year's brought a loss of 2.5%.",
                "2018-09",
            ),
        ],
    );
}

/// Friday, 2024-11-08; the presidential election was on Tuesday the 5th.
#[test]
fn ahead_and_lately() {
    check(
        "2024-11-08",
        &[
            ("Futures imply a 65% chance of a cut in December.", "2024-12"),
            ("We expect two more cuts by February.", "2025-02"),
            ("Officials expect the funds rate to be 3.4% by the end of 2025.", "2025"),
            ("We see the S&P 500 at 6,500 by mid-2025.", "2025-06"),
            ("We see the S&P 500 at 6,500 by year-end.", "2024"),
            ("We see the S&P 500 at 6,500 at the end of next year.", "2025"),
            ("The S&P 500 is up 3.7% since the election.", "2024-11-05..2024-11-08"),
            ("The Russell 2000 has gained 8.6% since Election Day.", "2024-11-05..2024-11-08"),
            ("The S&P 500 has added 5.1% month to date.", "mtd@2024-11-08"),
            ("The S&P 500 has added 5.1% MTD and 25.7% YTD.", "mtd@2024-11-08 ytd@2024-11-08"),
            ("The S&P 500 has added 4.1% QTD.", "qtd@2024-11-08"),
            ("The S&P 500 has gained 25.7% thus far this year.", "ytd@2024-11-08"),
            ("The S&P 500 has gained 25.7% in the year to date.", "ytd@2024-11-08"),
            ("The S&P 500 has gained 25.7% since the turn of the year.", "ytd@2024-11-08"),
            ("The S&P 500 has gained 25.7% since the end of 2023.", "ytd@2024-11-08"),
            ("The S&P 500 has gained 25.7% since the close of last year.", "ytd@2024-11-08"),
            ("The S&P 500 has gained 4.1% since the start of the quarter.", "qtd@2024-11-08"),
            ("The S&P 500 has gained 4.1% since the end of September.", "2024-09-30..2024-11-08"),
            ("The S&P 500 has gained 8.2% since midyear.", "2024-06-28..2024-11-08"),
            ("The S&P 500 has gained 37% over the past 12 months.", "12m@2024-11-08"),
            ("The S&P 500 is 37% higher than a year ago.", "12m@2024-11-08"),
            ("The S&P 500 fell 1.0% last month.", "2024-10"),
            ("The S&P 500 rose 0.7% yesterday.", "2024-11-07"),
            ("Last night the S&P 500 closed 0.7% higher.", "2024-11-07"),
        ],
    );
}

/// Monday, 2025-01-06. What a year or a month stands for may have been said before.
#[test]
fn cases_and_elections() {
    check(
        "2025-01-06",
        &[
            ("The Russell 2000 climbed 10.8% in the month of the election.", "2024-11"),
            (
                "The Russell 2000 climbed 10.8% in the month of the election and gave back 8.4% \
                in the one that followed.",
                "2024-11 2024-12",
            ),
            (
                "Look at the price change over the next 12 months:\n\n1995: Russell 2000 +18.7%\n\
                2007: Russell 2000 -10.3%",
                "+12m +12m",
            ),
            (
                "The worst first half was that of 2020, when the Russell 2000 lost 13.6% and then \
                rallied 37% in the second half.",
                "2020-H1 2020-H2",
            ),
        ],
    );
}

/// The last year of a pair by its two digits; a weekend has no session of its own, and a half no
/// name to date.
#[test]
fn years_and_parts_to_date() {
    check(
        "2024-07-20",
        &[
            ("In the bear market of 1973-74 the S&P 500 fell 48.2%.", "1973..1974"),
            ("The Russell 2000 lost 20.5% in 1990\u{2013}91.", "1990..1991"),
            ("So far this week the Nasdaq Composite has lost 3.6%.", "2024-W29"),
            ("In the second half so far the Russell 2000 has gained 6.7%.", "qtd@2024-07-19"),
        ],
    );
}

/// Monday, 2021-10-11. What is said to be in the same time as something else, and stretches that
/// are told in other words.
#[test]
fn stretches_told_before_or_otherwise() {
    check(
        "2021-10-11",
        &[
            (
                "The S&P 500 has risen for six straight days, a gain of 3.1% in that time.",
                "@2021-10-11 6d@2021-10-11",
            ),
            (
                "Since July 30 the S&P 500 has lost 0.8%. Over that rather short span the Russell \
                2000 fell 0.3%.",
                "2021-07-30..2021-10-11 2021-07-30..2021-10-11",
            ),
            ("The S&P 500 rose 5.8% in Q32020 and 14.3% in Q22020.", "2020-Q3 2020-Q2"),
            ("The S&P 500 lost 4.8% in the 3Q. The Dow fell 4.3% in September.", "2021-Q3 2021-09"),
            ("In the last month of 2020 the S&P 500 rose 3.7%.", "2020-12"),
            ("The S&P 500 rose 14.7% in the first three quarters of the year.", "2021-01..2021-09"),
            (
                "In the fourth quarter through October 8 the S&P 500 has gained 1.9%.",
                "qtd@2021-10-08",
            ),
            (
                "The S&P 500 had returns of 28.9% and 16.3% in 2019 and 2020, respectively.",
                "2019 2020",
            ),
            (
                "The Russell 2000 has surged 125% since its low of a year and a half ago (March \
                18, 2020).",
                "2020-03-18..2021-10-11",
            ),
            (
                "The S&P 500 is 63% above its 2020 low of 2,237.40, set on March 23.",
                "2020-03-23..2021-10-11 @2020-03-23",
            ),
            ("The Dow is up 86.8% from its 2020 low.", "2020-03-23..2021-10-11"),
        ],
    );
}
