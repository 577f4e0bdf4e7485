//! Quantities: numerals and number words with sign, currency, scale and unit.

mod list;

use super::hint::{Hint, PARTS};
use super::token::{Joint, Kind, Tokens, any_of};
use super::words::{List, list};
use crate::time::LengthUnit;
pub(super) use list::{join_ranges, share_units};

/// What the unit word or sign says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    Percent,
    PercentagePoints,
    BasisPoints,
    Points,
    Usd,
    /// `15.4x`, `doubled`
    Multiple,
    /// `four-month`, `30 years`
    Duration(LengthUnit),
    /// `eighth`, `35th`
    Ordinal,
    /// A number without a unit.
    Plain,
}

/// Which end of a printed range a quantity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Low,
    High,
}

/// A printed quantity.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quantity {
    /// Its first token.
    pub(super) first: usize,
    /// The token after it.
    pub(super) end: usize,
    /// Without its sign, in its unit.
    pub(super) value: f64,
    /// The printed sign, 1 or -1.
    pub(super) sign: Option<f64>,
    pub(super) measure: Measure,
    /// The unit of the last printed digit.
    pub(super) step: f64,
    /// What `billion` and its like multiply by.
    pub(super) scale: f64,
    pub(super) decimals: u8,
    pub(super) grouped: bool,
    pub(super) in_words: bool,
    /// Whether its unit is joined by a hyphen, so that it modifies a noun: `25-basis-point`.
    pub(super) adjective: bool,
    /// Whether a plus follows: `10%+`.
    pub(super) open: bool,
    pub(super) range: Option<End>,
}

impl Quantity {
    fn rescale(&mut self, scale: f64) {
        self.value *= scale;
        self.step *= scale;
        self.scale *= scale;
    }
}

/// The value of a number word: `seven`, `forty`.
pub(crate) fn number_word(word: &str) -> Option<f64> {
    Some(match word {
        "zero" => 0.0,
        "one" => 1.0,
        "two" => 2.0,
        "three" => 3.0,
        "four" => 4.0,
        "five" => 5.0,
        "six" => 6.0,
        "seven" => 7.0,
        "eight" => 8.0,
        "nine" => 9.0,
        "ten" => 10.0,
        "eleven" => 11.0,
        "twelve" => 12.0,
        "thirteen" => 13.0,
        "fourteen" => 14.0,
        "fifteen" => 15.0,
        "sixteen" => 16.0,
        "seventeen" => 17.0,
        "eighteen" => 18.0,
        "nineteen" => 19.0,
        "twenty" => 20.0,
        "thirty" => 30.0,
        "forty" => 40.0,
        "fifty" => 50.0,
        "sixty" => 60.0,
        "seventy" => 70.0,
        "eighty" => 80.0,
        "ninety" => 90.0,
        _ => return None,
    })
}

/// The value of an ordinal: `third`, `twelfth`.
fn ordinal_word(word: &str) -> Option<f64> {
    Some(match word {
        "first" => 1.0,
        "second" => 2.0,
        "third" => 3.0,
        "fifth" => 5.0,
        "eighth" => 8.0,
        "ninth" => 9.0,
        "twelfth" => 12.0,
        "twentieth" => 20.0,
        "thirtieth" => 30.0,
        "fortieth" => 40.0,
        "fiftieth" => 50.0,
        _ => return number_word(word.strip_suffix("th")?).filter(|v| *v > 3.0),
    })
}

/// The quantity that begins with the token at `i`, if one does.
pub(super) fn quantity(tokens: &Tokens, i: usize) -> Option<Quantity> {
    match tokens.get(i)?.kind {
        Kind::Word if !opens_in_words(tokens, i) => None,
        Kind::Word => part_of_a_point(tokens, i)
            .or_else(|| twofold(tokens, i))
            .or_else(|| one_in(tokens, i))
            .or_else(|| part_of_a_whole(tokens, i))
            .or_else(|| factor_word(tokens, i))
            .or_else(|| spelled(tokens, i)),
        Kind::Number(_) => even_odds(tokens, i).or_else(|| printed(tokens, i)),
        Kind::Symbol('-' | '–' | '+' | '$') => printed(tokens, i),
        Kind::Symbol(_) | Kind::Possessive => None,
    }
}

/// Whether a quantity in words can begin with a word.
fn opens_in_words(tokens: &Tokens, i: usize) -> bool {
    let word = tokens.key(i);
    tokens.may(i, Hint::OpensQuantity)
        && (any_of(word, PARTS) || number_word(word).is_some() || ordinal_word(word).is_some())
}

fn plain(first: usize, end: usize, value: f64) -> Quantity {
    Quantity {
        first,
        end,
        value,
        sign: None,
        measure: Measure::Plain,
        step: 1.0,
        scale: 1.0,
        decimals: 0,
        grouped: false,
        in_words: false,
        adjective: false,
        open: false,
        range: None,
    }
}

/// `three-quarters of a percentage point`, `a quarter-point`, `half a percentage point`.
fn part_of_a_point(tokens: &Tokens, i: usize) -> Option<Quantity> {
    let (value, after) = match tokens.key(i) {
        "half" | "½" => (0.5, i + 1),
        "¼" => (0.25, i + 1),
        "¾" => (0.75, i + 1),
        "quarter" => (0.25, i + 1),
        "one" if tokens.key(i + 1) == "quarter" && tokens.joint(i + 1) == Joint::Hyphen => {
            (0.25, i + 2)
        }
        "three" if tokens.key(i + 1) == "quarters" => (0.75, i + 2),
        // not "three quarter-point cuts"
        "three" if tokens.key(i + 1) == "quarter" && tokens.joint(i + 1) == Joint::Hyphen => {
            (0.75, i + 2)
        }
        _ => return None,
    };
    let after = tokens.any_phrase(after, list!("of a|of one|a")).unwrap_or(after);
    let unit = list!("percentage point|percentage points|percent point|point|percent");
    let end = tokens.any_phrase(after, unit)?;
    let article = after > i + 1 || tokens.key(i) == "quarter";
    let opens = article && tokens.key(i.wrapping_sub(1)) == "a";
    let quantity = plain(i - usize::from(opens), end, value);
    let percent = tokens.key(end - 1) == "percent";
    let measure = if percent { Measure::Percent } else { Measure::PercentagePoints };
    Some(Quantity { measure, step: 0.01, in_words: true, ..quantity })
}

/// `50/50 odds`, `the odds are 50/50`.
fn even_odds(tokens: &Tokens, i: usize) -> Option<Quantity> {
    let half = |at: usize| tokens.number(at).is_some_and(|n| n.value == 50.0);
    let even = half(i) && tokens.is(i + 1, '/') && half(i + 2);
    let quantity = || Quantity { measure: Measure::Percent, ..plain(i, i + 3, 50.0) };
    (even && speaks_of_chance(tokens, i)).then(quantity)
}

fn speaks_of_chance(tokens: &Tokens, i: usize) -> bool {
    let chance = list!("chance|chances|odds|probability|likelihood|risk");
    (i.saturating_sub(16)..i + 6).any(|n| any_of(tokens.key(n), chance))
}

/// `put the odds of a recession at one in five`: a chance in words.
fn one_in(tokens: &Tokens, i: usize) -> Option<Quantity> {
    let value = number_word(tokens.key(i)).filter(|n| *n >= 1.0)?;
    let linked = tokens.key(i + 1) == "in" || tokens.phrase(i + 1, "out of").is_some();
    let last = if tokens.key(i + 1) == "in" { i + 2 } else { i + 3 };
    let of = number_word(tokens.key(last)).filter(|n| linked && *n >= 2.0 && *n > value)?;
    let members = list!("companies|members|firms|stocks|constituents|names|americans|investors");
    let said =
        speaks_of_chance(tokens, i) || (i + 3..i + 6).any(|n| any_of(tokens.key(n), members));
    said.then(|| Quantity {
        measure: Measure::Percent,
        in_words: true,
        ..plain(i, last + 1, 100.0 * value / of)
    })
}

/// `a third of its companies`, `three-quarters of the time`, `nearly half the debt`: a share in
/// words.
fn part_of_a_whole(tokens: &Tokens, i: usize) -> Option<Quantity> {
    let hyphen = tokens.joint(i + 1) == Joint::Hyphen;
    let (value, after) = match (tokens.key(i), tokens.key(i + 1)) {
        ("half", _) => (50.0, i + 1),
        ("third", _) => (33.3, i + 1),
        ("quarter", _) => (25.0, i + 1),
        ("fifth", _) => (20.0, i + 1),
        ("one", "third") => (33.3, i + 2),
        ("two", "thirds") => (66.7, i + 2),
        ("one", "quarter") if hyphen => (25.0, i + 2),
        ("three", "quarters") => (75.0, i + 2),
        ("four", "fifths") => (80.0, i + 2),
        ("one", "fifth") => (20.0, i + 2),
        _ => return None,
    };
    let single = after == i + 1 && tokens.key(i) != "half";
    if single && !matches!(tokens.key(i.wrapping_sub(1)), "a" | "one") {
        return None;
    }
    let of = usize::from(tokens.key(after) == "of");
    // "a discount of roughly a third"
    let hedged = usize::from(any_of(tokens.key(i.wrapping_sub(2)), list!("about|roughly|nearly")));
    let named = list!("discount of|premium of");
    let discount = single && tokens.any_phrase(i.wrapping_sub(3 + hedged), named).is_some();
    if of == 0 && tokens.key(i) != "half" && !discount {
        return None;
    }
    let whole = list!(
        "value|companies|firms|stocks|members|constituents|debt|borrowings|revenue|\
        revenues|sales|time|\
        cases|components|respondents|investors|losses|gains|earnings|periods|years|instances|\
            them|it"
    );
    // a third of anything is a share, a quarter may be one of a year
    let fraction =
        of > 0 && matches!(tokens.key(after - 1), "third" | "thirds" | "fifth" | "fifths");
    let known = (after + of..after + of + 5).any(|n| any_of(tokens.key(n), whole));
    (known || fraction || discount).then(|| Quantity {
        measure: Measure::Percent,
        in_words: true,
        ..plain(i - usize::from(single && tokens.key(i - 1) == "a"), after, value)
    })
}

/// `doubled`, `tripled`, `halved`.
fn factor_word(tokens: &Tokens, i: usize) -> Option<Quantity> {
    let value = match tokens.key(i) {
        "doubled" => 2.0,
        "tripled" => 3.0,
        "quadrupled" => 4.0,
        "halved" => 0.5,
        _ => return None,
    };
    Some(Quantity { measure: Measure::Multiple, in_words: true, ..plain(i, i + 1, value) })
}

/// `double the gain`, `twice as much`: so many times another figure; `fell only twice`: so often.
fn twofold(tokens: &Tokens, i: usize) -> Option<Quantity> {
    let word = tokens.key(i);
    let often = word == "twice" && !any_of(tokens.key(i + 1), list!("a|an|daily|weekly|monthly"));
    let measure = match tokens.is_word(i + 1) && is_compared(tokens, i + 1) {
        true if matches!(word, "twice" | "double") => Measure::Multiple,
        false if often => Measure::Plain,
        _ => return None,
    };
    Some(Quantity { measure, in_words: true, ..plain(i, i + 1, 2.0) })
}

/// Whether what a multiple is compared with begins with the token at `i`: `the gain of the Dow`,
/// `as much as`, `what was expected`.
fn is_compared(tokens: &Tokens, i: usize) -> bool {
    let possessive = (i + 1..i + 6).any(|n| tokens.key(n) == "'s");
    any_of(tokens.key(i), list!("the|its|their|that|as|what|those"))
        && !any_of(tokens.key(i + 1), list!("past|last|same|day|week|month"))
        || possessive && tokens.get(i).is_some_and(|t| t.capital)
}

/// A number word with its unit.
fn spelled(tokens: &Tokens, i: usize) -> Option<Quantity> {
    let word = tokens.key(i);
    let mut quantity = if let Some(value) = ordinal_word(word) {
        Quantity { measure: Measure::Ordinal, ..plain(i, i + 1, value) }
    } else if let Some(value) =
        number_word(word).filter(|v| *v > 0.0 || any_of(tokens.key(i + 1), list!("to|percent")))
    {
        let next =
            (tokens.joint(i + 1) == Joint::Hyphen && value >= 20.0).then(|| tokens.key(i + 1));
        let units = next.and_then(number_word).filter(|u| (1.0..10.0).contains(u));
        let ordinal = next.and_then(ordinal_word).filter(|u| *u < 10.0);
        match (units, ordinal) {
            (Some(units), _) => plain(i, i + 2, value + units),
            (_, Some(units)) => {
                Quantity { measure: Measure::Ordinal, ..plain(i, i + 2, value + units) }
            }
            _ => plain(i, i + 1, value),
        }
    } else if word == "single" {
        plain(i, i + 1, 1.0)
    } else {
        return None;
    };
    quantity.in_words = true;
    if tokens.is(quantity.end, '(') && tokens.is(quantity.end + 2, ')') {
        let again = tokens.number(quantity.end + 1).is_some_and(|n| n.value == quantity.value);
        quantity.end += if again { 3 } else { 0 };
    }
    if quantity.measure == Measure::Plain {
        unit_words(tokens, &mut quantity);
    }
    Some(quantity)
}

/// A numeral with its sign, currency and unit.
fn printed(tokens: &Tokens, i: usize) -> Option<Quantity> {
    let sign_at = |at: usize| match tokens.get(at).map(|t| t.kind) {
        Some(Kind::Symbol('-' | '–')) => Some(-1.0),
        Some(Kind::Symbol('+')) => Some(1.0),
        _ => None,
    };
    let mut at = i;
    let free = tokens.joint(i) != Joint::Glued || opens(tokens, i.wrapping_sub(1));
    let sign = sign_at(i).filter(|_| free && tokens.joint(i + 1) == Joint::Glued);
    at += usize::from(sign.is_some());
    let currency = tokens.is(at, '$');
    at += usize::from(currency);
    let numeral = tokens.number(at)?;
    let within = at > i && tokens.joint(at) != Joint::Glued;
    let after_foreign = ['€', '£', '¥'].iter().any(|&c| tokens.is(at.wrapping_sub(1), c));
    if within || after_foreign || is_part_of_name(tokens, i, at) {
        return None;
    }
    let step = 1.0 / (0..numeral.decimals.min(9)).fold(1.0, |tens, _| tens * 10.0);
    let mut quantity = Quantity {
        sign,
        step,
        decimals: numeral.decimals,
        grouped: numeral.grouped,
        measure: if currency { Measure::Usd } else { Measure::Plain },
        ..plain(i, at + 1, numeral.value)
    };
    fraction(tokens, &mut quantity);
    glued_unit(tokens, &mut quantity)?;
    unit_words(tokens, &mut quantity);
    Some(quantity)
}

/// `2¼`, `1 1/2`: a common fraction behind a whole number.
fn fraction(tokens: &Tokens, quantity: &mut Quantity) {
    if quantity.decimals > 0 || quantity.grouped || quantity.value >= 1000.0 {
        return;
    }
    let at = quantity.end;
    let (part, tokens_of_it) = match tokens.key(at) {
        "¼" => (0.25, 1),
        "½" => (0.5, 1),
        "¾" => (0.75, 1),
        "⅛" => (0.125, 1),
        "⅜" => (0.375, 1),
        "⅝" => (0.625, 1),
        "⅞" => (0.875, 1),
        "⅓" => (1.0 / 3.0, 1),
        "⅔" => (2.0 / 3.0, 1),
        _ => match (tokens.number(at), tokens.number(at + 2)) {
            (Some(above), Some(below))
                if tokens.is(at + 1, '/')
                    && above.value < below.value
                    && [2.0, 3.0, 4.0, 8.0, 16.0, 32.0].contains(&below.value) =>
            {
                (above.value / below.value, 3)
            }
            _ => return,
        },
    };
    quantity.value += part;
    quantity.end += tokens_of_it;
    quantity.decimals = 2;
    quantity.step = 0.125;
}

/// Whether a sign may follow this token directly.
fn opens(tokens: &Tokens, i: usize) -> bool {
    ['(', '[', '|', '/', ':', ',', '"', '\''].iter().any(|&c| tokens.is(i, c))
}

/// `COVID-19`, `9/11`, `4:30`, `v2.1`: digits that are no quantity.
fn is_part_of_name(tokens: &Tokens, first: usize, at: usize) -> bool {
    let glued = |i: usize| tokens.joint(i) == Joint::Glued;
    let after_word = tokens.is_word(first.wrapping_sub(1)) && tokens.joint(first) != Joint::Space;
    let number_word_before = number_word(tokens.key(first.wrapping_sub(1))).is_some();
    let lower_hyphen = tokens.joint(first) == Joint::Hyphen
        && tokens.get(first.wrapping_sub(1)).is_some_and(|t| !t.capital);
    let clock = (tokens.is(at + 1, ':') && glued(at + 1) && glued(at + 2))
        || (tokens.is(first.wrapping_sub(1), ':') && glued(first) && glued(first.wrapping_sub(1)));
    let slash = |i: usize| {
        tokens.is(i, '/')
            && glued(i)
            && glued(i + 1)
            && [i.wrapping_sub(1), i + 1].iter().all(|&n| tokens.number(n).is_some())
            && !is_score(tokens, i)
    };
    // "1973-74"
    let two_digits = tokens.number(at).is_some_and(|n| n.whole == 2 && n.decimals == 0);
    let years = two_digits
        && tokens.joint(first) == Joint::Hyphen
        && tokens.number(first.wrapping_sub(1)).is_some_and(|n| {
            n.whole == 4 && n.decimals == 0 && !n.grouped && (1800.0..2100.0).contains(&n.value)
        })
        && !tokens.is(at + 1, '%');
    (after_word && !number_word_before && !lower_hyphen)
        || years
        || clock
        || slash(at + 1)
        || slash(first.wrapping_sub(1))
}

/// `75% (15/20) of the time`, `12/15 (80%)`: the numbers about a slash are so many cases of so many
/// if a percentage beside them says the same share.
fn is_score(tokens: &Tokens, slash: usize) -> bool {
    let number = |i: usize| tokens.number(i).filter(|n| n.decimals == 0).map(|n| n.value);
    let (Some(hits), Some(cases)) = (number(slash.wrapping_sub(1)), number(slash + 1)) else {
        return false;
    };
    let is_share = |i: usize| {
        tokens.is(i + 1, '%')
            && tokens
                .number(i)
                .is_some_and(|share| (100.0 * hits / cases - share.value).abs() <= 1.0)
    };
    hits <= cases && (slash.saturating_sub(12)..slash + 8).any(is_share)
}

/// Units directly behind the digits: `%`, `x`, `bps`, `B`; none if the letters are no unit
/// (`2min`).
fn glued_unit(tokens: &Tokens, quantity: &mut Quantity) -> Option<()> {
    let at = quantity.end;
    if tokens.is(at, '%') {
        quantity.end += 1;
        quantity.measure = Measure::Percent;
        if tokens.is(at + 1, '+') && tokens.joint(at + 1) == Joint::Glued {
            quantity.open = true;
        }
        return Some(());
    }
    if tokens.is(at, '+') && tokens.joint(at) == Joint::Glued {
        quantity.open = true;
        return Some(());
    }
    if !tokens.is_word(at) || tokens.joint(at) != Joint::Glued {
        return Some(());
    }
    let scale = match tokens.key(at) {
        "t" | "tn" | "trn" | "tr" => 1e12,
        "b" | "bn" | "bln" => 1e9,
        "m" | "mn" | "mm" | "mln" => 1e6,
        "k" => 1e3,
        _ => 1.0,
    };
    let measure = match tokens.key(at) {
        "x" => Measure::Multiple,
        "bp" | "bps" | "bp's" => Measure::BasisPoints,
        "pp" | "pps" | "ppt" | "ppts" => Measure::PercentagePoints,
        "pt" | "pts" => Measure::Points,
        "pct" => Measure::Percent,
        "st" | "nd" | "rd" | "th" => Measure::Ordinal,
        "y" | "yr" | "yrs" => Measure::Duration(LengthUnit::Years),
        _ if scale > 1.0 => quantity.measure,
        _ => return None,
    };
    quantity.end += 1;
    quantity.measure = measure;
    quantity.rescale(scale);
    Some(())
}

/// Units that are the next words: `percent`, `basis points`, `trillion`, `months`.
fn unit_words(tokens: &Tokens, quantity: &mut Quantity) {
    let at = quantity.end;
    let scale = match tokens.key(at) {
        "trillion" => 1e12,
        "billion" => 1e9,
        "million" => 1e6,
        "thousand" => 1e3,
        _ => 1.0,
    };
    if scale > 1.0 {
        quantity.end += 1;
        quantity.rescale(scale);
    }
    let at = quantity.end;
    if quantity.measure == Measure::Percent {
        if let Some(end) = tokens.any_phrase(at, list!("points|point")) {
            quantity.measure = Measure::PercentagePoints;
            quantity.end = end;
        }
        return;
    }
    if quantity.measure != Measure::Plain {
        return;
    }
    if tokens.key(at) == "times" && any_of(tokens.key(at + 1), list!("as|what|that")) {
        quantity.measure = Measure::Multiple;
        quantity.end = at + 1;
        return;
    }
    for (phrases, measure) in UNITS {
        if let Some(end) = tokens.any_phrase(at, phrases) {
            quantity.adjective = tokens.joint(at) == Joint::Hyphen;
            quantity.measure = *measure;
            quantity.end = end;
            return;
        }
    }
}

const UNITS: &[(&List, Measure)] = &[
    (
        list!("percentage points|percentage point|percentage pts|pp|ppts|ppt"),
        Measure::PercentagePoints,
    ),
    (list!("basis points|basis point|bps|bp|bp's"), Measure::BasisPoints),
    (list!("percent|per cent|pct"), Measure::Percent),
    (list!("points|point|pts"), Measure::Points),
    (list!("dollars"), Measure::Usd),
    (list!("days|day"), Measure::Duration(LengthUnit::Sessions)),
    (list!("weeks|week"), Measure::Duration(LengthUnit::Weeks)),
    (list!("months|month|mo"), Measure::Duration(LengthUnit::Months)),
    (list!("years|year|yr|yrs"), Measure::Duration(LengthUnit::Years)),
];
