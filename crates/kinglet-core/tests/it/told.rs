//! Times that are told by what was spoken of, each in several ways: the period is one of those
//! that the reading holds possible.

use kinglet_core::article;

/// Checks that the figure of each line may be of the period.
fn check(published: &str, lines: &[(&str, &str)]) {
    let published = published.parse().expect("a date");
    let holds = |(text, want): &&(&str, &str)| {
        let article = article::read(text, Some(published));
        let last = article.claims.last().expect("a claim");
        let others = last.other_periods.iter().map(ToString::to_string);
        std::iter::once(last.period_text()).chain(others).any(|period| period == *want)
    };
    let wrong: Vec<_> = lines.iter().filter(|line| !holds(line)).collect();
    assert!(wrong.is_empty(), "published {published}: {wrong:#?}");
}

/// A paragraph that opens with another year tells of that year.
#[test]
fn years_told_of() {
    check(
        "2015-06-10",
        &[
            ("In 2011, the Russell 2000 lost 8.8% in August.", "2011-08"),
            (
                "On Monday, August 8, 2011, stocks fell. The Russell 2000 lost 11.4% in September.",
                "2011-09",
            ),
            ("September 2008 was grim. On October 15 the Russell 2000 fell 9.5%.", "2008-10-15"),
            (
                "October 2007 to March 2009. From May 19 to July 15 the S&P 500 lost 14.9%.",
                "2009-05-19..2009-07-15",
            ),
            ("On Monday, September 15, the Russell 2000 fell 4.2%.", "2014-09-15"),
            ("On Monday, September 29, the Russell 2000 fell 6.7%.", "2014-09-29"),
            ("On Friday, October 10, the Russell 2000 fell 1.4%.", "2014-10-10"),
            ("On April 8 of last year the Russell 2000 rose 1.1%.", "2014-04-08"),
            (
                "From April 29 to October 3, 2011, the Russell 2000 lost 29.6%.",
                "2011-04-29..2011-10-03",
            ),
            ("April 23 – July 2, 2010: the S&P 500 lost 16%.", "2010-04-23..2010-07-02"),
        ],
    );
}

/// Lengths whose unit stands with the one before.
#[test]
fn lengths_without_their_unit() {
    check(
        "2014-07-03",
        &[
            (
                "Over three years to June 30 the Russell 2000 gained 44%; over five, 135%.",
                "5y@2014-06-30",
            ),
            (
                "The Russell 2000 compounded at 7% over ten years and at 13% over the last three.",
                "3y@2014-07-03",
            ),
            ("Three months later it was up 5% on average; a half-year later, 8%.", "+6m"),
            ("After such signals the Russell 2000 was up 2.1% on average a quarter later.", "+3m"),
        ],
    );
}

/// Highs and lows by their month or by nothing at all.
#[test]
fn highs_and_lows() {
    check(
        "2012-02-07",
        &[
            ("The Russell 2000 has gained 36% since its October low.", "2011-10-03..2012-02-07"),
            ("The S&P 500 is up 22% since the low.", "2011-10-03..2012-02-07"),
            (
                "From its April 2011 high to its October 2011 low the Russell 2000 lost 29.6%.",
                "2011-04-29..2011-10-03",
            ),
            ("The Russell 2000 stood at 343.26 at its March 2009 low.", "@2009-03-09"),
            ("The Nasdaq Composite hit a record of 5,048.62 in March 2000.", "@2000-03-10"),
            ("The VIX is still half of its November 2008 peak of 80.86.", "@2008-11-20"),
        ],
    );
}

/// Days and sessions by what they are next to.
#[test]
fn days_beside_days() {
    check(
        "2017-01-20",
        &[
            ("The Russell 2000 rose 0.4% on the day after Thanksgiving.", "2016-11-25"),
            ("The Russell 2000 gained 1.5% the day before the election.", "2016-11-07"),
            (
                "In its first five sessions of 2017 the Russell 2000 gained 0.7%.",
                "2016-12-30..2017-01-09",
            ),
            (
                "The Russell 2000 fell 1.2% in the first three sessions of January.",
                "2016-12-30..2017-01-05",
            ),
            ("The Russell 2000 gained 5.1% in the autumn quarter.", "2016-Q4"),
            ("A year ago today the Russell 2000 closed at 999.30.", "@2016-01-20"),
        ],
    );
}
