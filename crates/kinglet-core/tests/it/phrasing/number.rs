//! Figures as writers print them.

use crate::synthetic::Numbers;

/// A printed figure: what stands before its token, the token, and what it says.
pub(crate) struct Drawn {
    pub(crate) lead: String,
    pub(crate) token: String,
    pub(crate) value: f64,
    pub(crate) unit: &'static str,
    pub(crate) comparator: &'static str,
}

/// A sort of figures: its name in templates, its bounds, with how many decimals it is printed, what
/// stands behind it, and its unit.
type Sort = (&'static str, [f64; 2], &'static [usize], &'static [&'static str], &'static str);

const PERCENT: &[&str] = &["%", "%", "%", "%", " percent", " per cent"];

const SORTS: &[Sort] = &[
    ("pct", [0.3, 24.0], &[1, 1, 2], PERCENT, "percent"),
    ("small", [0.3, 3.5], &[1, 1, 2], PERCENT, "percent"),
    ("whole", [3.0, 45.0], &[0], PERCENT, "percent"),
    ("big", [51.0, 97.0], &[0], PERCENT, "percent"),
    ("low", [3.0, 11.0], &[1, 2], PERCENT, "percent"),
    ("high", [12.0, 29.0], &[1, 2], PERCENT, "percent"),
    ("lowplain", [3.0, 11.0], &[1, 2], &[""], "percent"),
    ("rate", [0.6, 6.9], &[2], PERCENT, "percent"),
    ("dash", [1.0, 24.0], &[0], &["-percent", "%", "-per cent"], "percent"),
    ("ptsnum", [12.0, 480.0], &[0, 2, 2], &[""], "index_points"),
    ("pts", [12.0, 480.0], &[0, 2, 2], &[" points"], "index_points"),
    ("ptsadj", [12.0, 480.0], &[0, 2, 2], &["-point"], "index_points"),
    ("lvl", [1050.0, 9800.0], &[0, 2, 2, 2], &[""], "index_points"),
    ("vix", [11.0, 39.0], &[1, 2], &[""], "index_points"),
    ("pmi", [44.0, 62.0], &[1], &[""], "index_points"),
    ("pp", [0.6, 14.0], &[1], &[" percentage points", " ppts"], "percentage_points"),
    ("x", [9.0, 31.0], &[1], &[""], "ratio"),
    ("xx", [9.0, 31.0], &[1], &["x", "x", " times"], "ratio"),
    ("xlow", [9.0, 14.0], &[1], &[""], "ratio"),
    ("xhigh", [18.0, 29.0], &[1], &[""], "ratio"),
    ("unitx", [0.1, 2.4], &[2], &[""], "ratio"),
    ("corr", [0.1, 0.98], &[2], &[""], "ratio"),
    ("many", [120.0, 2000.0], &[0], &[""], "count"),
];

const WORDS: [&str; 12] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
];

const HEDGES: &[(&str, &str)] = &[
    ("about ", "approx"),
    ("roughly ", "approx"),
    ("around ", "approx"),
    ("nearly ", "approx"),
    ("almost ", "approx"),
    ("approximately ", "approx"),
    ("some ", "approx"),
    ("close to ", "approx"),
    ("just under ", "lt|approx"),
    ("just over ", "gt|approx"),
    ("more than ", "gt"),
    ("over ", "gt"),
    ("upwards of ", "gt|approx"),
    ("less than ", "lt"),
    ("under ", "lt"),
    ("at least ", "ge"),
    ("as much as ", "le|eq"),
    ("up to ", "le|eq"),
    ("a little over ", "gt|approx"),
    ("slightly more than ", "gt|approx"),
    ("no less than ", "ge"),
];

/// Draws a figure of a kind.
pub(crate) fn draw(kind: &str, draw: &mut Numbers) -> Drawn {
    if let Some(sort) = SORTS.iter().find(|s| s.0 == kind) {
        return of_sort(sort, draw);
    }
    match kind {
        "signed" => signed(draw),
        "hedged" => {
            let (hedge, comparator) = *draw.pick(HEDGES);
            let number = self::draw("whole", draw);
            Drawn { lead: hedge.to_owned(), comparator, ..number }
        }
        "spelled" => {
            let n = draw.below(WORDS.len());
            let unit = *draw.pick(&["percent", "per cent"]);
            plain(format!("{} {unit}", WORDS[n]), (n + 1) as f64, "percent")
        }
        "price" => {
            let (text, value) = between(draw, [21.0, 480.0], 2);
            plain(format!("${text}"), value, "usd")
        }
        "money" => money(draw),
        "bp" => basis_points(draw, &[" basis points", " basis points", " bps", "bps", " bp", "bp"]),
        "bpadj" => basis_points(draw, &["-basis-point", " basis point", "-bp", "bp"]),
        "ratelow" => quarters(draw, 0),
        "ratehigh" => quarters(draw, 20),
        "k" => count(draw, 3, 8),
        "n" => count(draw, 13, 40),
        "ordinal" => {
            const ORDINALS: [&str; 8] =
                ["third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "10th"];
            let n = draw.below(8);
            plain(ORDINALS[n].to_owned(), (n + 3) as f64, "count")
        }
        "nth" => {
            let n = 4 + draw.below(17);
            plain(format!("{n}th"), n as f64, "percent")
        }
        "doubled" => {
            let (word, value) = *draw.pick(&[("doubled", 2.0), ("tripled", 3.0)]);
            plain(word.to_owned(), value, "times")
        }
        "day-run" => run(draw, "day", "days"),
        "week-run" => run(draw, "week", "count"),
        "month-run" => run(draw, "month", "months"),
        "year-run" => run(draw, "year", "years"),
        _ => panic!("no figures of {kind}"),
    }
}

fn plain(token: String, value: f64, unit: &'static str) -> Drawn {
    Drawn { lead: String::new(), token, value, unit, comparator: "eq" }
}

/// A number between two bounds with so many decimals, and its text.
fn between(draw: &mut Numbers, [low, high]: [f64; 2], decimals: usize) -> (String, f64) {
    let text = format!("{:.decimals$}", low + (high - low) * draw.next());
    let value = text.parse().expect("a number");
    (text, value)
}

fn of_sort(sort: &Sort, draw: &mut Numbers) -> Drawn {
    let (_, bounds, decimals, ends, unit) = *sort;
    let decimals = *draw.pick(decimals);
    let (text, value) = between(draw, bounds, decimals);
    plain(format!("{}{}", grouped(&text), draw.pick(ends)), value, unit)
}

/// With a comma before the last three digits of what is a thousand or more.
fn grouped(text: &str) -> String {
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    match whole.len() {
        0..=3 => text.to_owned(),
        n => format!("{},{}{rest}", &whole[..n - 3], &whole[n - 3..]),
    }
}

fn signed(draw: &mut Numbers) -> Drawn {
    let decimals = *draw.pick(&[1, 2]);
    let (text, value) = between(draw, [0.3, 14.0], decimals);
    match *draw.pick(&["+", "+", "-", "−"]) {
        "+" => plain(format!("+{text}%"), value, "percent"),
        minus => plain(format!("{minus}{text}%"), -value, "percent"),
    }
}

fn money(draw: &mut Numbers) -> Drawn {
    const SCALES: &[(&str, &str)] = &[
        (" billion", "e9"),
        ("B", "e9"),
        ("bn", "e9"),
        (" million", "e6"),
        ("M", "e6"),
        (" trillion", "e12"),
    ];
    let (text, _) = between(draw, [1.1, 90.0], 1);
    let (unit, scale) = *draw.pick(SCALES);
    let value = format!("{text}{scale}").parse().expect("a number");
    plain(format!("${text}{unit}"), value, "usd")
}

fn basis_points(draw: &mut Numbers, units: &[&str]) -> Drawn {
    let n = *draw.pick(&[25.0, 50.0, 75.0, 3.0, 7.0, 12.0]);
    plain(format!("{n}{}", draw.pick(units)), n, "basis_points")
}

/// A rate in quarters of a percent.
fn quarters(draw: &mut Numbers, least: usize) -> Drawn {
    let value = (least + draw.below(20)) as f64 / 4.0;
    plain(format!("{value:.2}{}", draw.pick(PERCENT)), value, "percent")
}

/// A count, the small ones also in words.
fn count(draw: &mut Numbers, least: usize, span: usize) -> Drawn {
    let n = least + draw.below(span);
    let word = WORDS.get(n - 1).filter(|_| draw.below(2) == 0);
    plain(word.map_or_else(|| n.to_string(), |w| (*w).to_owned()), n as f64, "count")
}

/// How long a streak was: `four-month`.
fn run(draw: &mut Numbers, noun: &str, unit: &'static str) -> Drawn {
    let n = count(draw, 3, 8);
    plain(format!("{}-{noun}", n.token), n.value, unit)
}
