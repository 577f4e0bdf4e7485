//! Known facts printed in many ways and read back. What a sentence must yield follows from the fact
//! by the rules of annotation, never from what the reader says.

mod articles;
mod now;
mod number;
mod print;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use kinglet_core::article::{self, Claim};
use kinglet_core::time::Date;

use self::now::Now;
use self::print::{Expected, Printed, print};
use crate::synthetic::Numbers;

/// How often each template is printed.
const TIMES: usize = 24;

/// How many phrasings of each code of the vocabulary must be read whenever they are printed.
const PHRASINGS: usize = 3;

const SLOTS: [&str; 9] =
    ["span", "entity", "versus", "metric", "period", "value", "unit", "comparator", "modality"];

/// What annotation has a code for, with the codes of each slot.
const VOCABULARY: [(&str, &str); 6] = [
    (
        "entity",
        "RUT RUI RUA RUJ RUO SPX SPXG MID SML IXIC NDX DJI DJT VIX MSTAR_VALUE MAG7 IWM IWN IWO VBR \
         SPY QQQ AAPL NVDA MSFT TSLA JPM WMT US_SMALL US_LARGE US_EQUITY SECTOR:energy \
         SECTOR:materials SECTOR:industrials SECTOR:utilities SECTOR:financials FED UST:3m UST:2y \
         UST:5y UST:10y UST:30y CURVE:2s10s US ISM OTHER RUT/SECTOR:financials",
    ),
    (
        "metric",
        "level point_change return annualized_return return_spread record_count rank streak drawdown \
         distance_from_high volatility moving_average pe_trailing pe_forward pe_average pe_range \
         pe_discount ratio_to fair_value_discount dividend_yield price_to_book eps_growth \
         revenue_growth debt debt_share margin unprofitable_share policy_rate rate_change \
         cut_probability gdp_growth inflation unemployment pmi yield event_count event_successes \
         event_hit_rate event_mean_return event_excess_return beta correlation sharpe var cvar \
         percentile z_score fund_flow aum market_cap weight constituents share",
    ),
    (
        "unit",
        "percent percentage_points basis_points index_points ratio usd count months days years times",
    ),
    ("comparator", "eq approx gt ge lt le range_low range_high"),
    ("modality", "asserted attributed forecast opinion hypothetical"),
    (
        "period",
        "9999-99-99 9999-99 9999-Q9 9999-H9 9999 9999-W99 ytd@9999-99-99 mtd@9999-99-99 \
         qtd@9999-99-99 wtd@9999-99-99 9y@9999-99-99 9m@9999-99-99 9d@9999-99-99 9w@9999-99-99 \
         9999-99-99..9999-99-99 9999..9999-99-99 9999..9999 9999-99..9999-99 @9999-99-99 +9m +9w +9d \
         +9y",
    ),
];

/// By slot and code: the templates that say it, and whether all of their figures were read.
type Phrasings = BTreeMap<(&'static str, String), BTreeMap<&'static str, bool>>;

/// Notes what a claim says, and whether it was read.
fn note(phrasings: &mut Phrasings, template: &'static str, want: &Expected, right: bool) {
    let period = want.period.first().map_or_else(String::new, |p| form(p));
    let [entity, metric, unit] = [&want.entity, &want.metric, &want.unit].map(|l| l[0].clone());
    let [comparator, modality] = [&want.comparator, &want.modality].map(|l| l[0].clone());
    for (slot, code) in [
        ("entity", entity),
        ("metric", metric),
        ("unit", unit),
        ("comparator", comparator),
        ("modality", modality),
        ("period", period),
    ] {
        let said = phrasings.entry((slot, code)).or_default().entry(template).or_insert(true);
        *said &= right;
    }
}

/// A period with every digit a nine, lengths with a single one: the form it is written in.
fn form(period: &str) -> String {
    let nines: String =
        period.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
    let unit = |c: char| matches!(c, 'y' | 'm' | 'd' | 'w');
    let length = nines.starts_with('+') || nines.starts_with("99") && nines[2..].starts_with(unit);
    if length { nines.replacen("99", "9", 1) } else { nines }
}

/// How many figures of a family were read back, by slot, and how many sentences wholly.
#[derive(Default)]
struct Tally {
    figures: usize,
    right: [usize; 9],
    /// Entity, metric, period, value and unit.
    core: usize,
    extra: usize,
    sentences: usize,
    exact: usize,
    failures: Vec<String>,
    /// Of the last text, which of its claims were read.
    read: Vec<bool>,
}

impl Tally {
    fn add(&mut self, template: &str, published: Date, printed: &Printed) {
        let read = article::read(&printed.text, Some(published));
        let overlaps = |w: &Expected, c: &Claim| c.span.start < w.end && w.start < c.span.end;
        let mut wrong = Vec::new();
        self.read.clear();
        for want in &printed.claims {
            self.figures += 1;
            let Some(got) = read.claims.iter().find(|c| overlaps(want, c)) else {
                wrong.push(format!("missed {want}"));
                self.read.push(false);
                continue;
            };
            let slots = slots(want, got);
            for (right, slot) in self.right.iter_mut().zip(slots) {
                *right += usize::from(slot);
            }
            self.core += usize::from([1, 3, 4, 5, 6].iter().all(|&i| slots[i]));
            let bad: Vec<&str> =
                SLOTS.iter().zip(slots).filter(|(_, ok)| !ok).map(|(name, _)| *name).collect();
            self.read.push(bad.is_empty());
            if !bad.is_empty() {
                wrong.push(format!("{}: want {want}, got {}", bad.join(" "), line(got)));
            }
        }
        let extra = read.claims.iter().filter(|c| !printed.claims.iter().any(|w| overlaps(w, c)));
        for claim in extra {
            self.extra += 1;
            wrong.push(format!("extra {}", line(claim)));
        }
        self.sentences += 1;
        self.exact += usize::from(wrong.is_empty());
        if !wrong.is_empty() {
            let text = printed.text.as_str();
            self.failures.push(format!(
                "{template}\n    {published} {text:?}\n      {}",
                wrong.join("\n      ")
            ));
        }
    }

    fn share(&self) -> f64 {
        self.exact as f64 / self.sentences as f64
    }
}

fn line(claim: &Claim) -> String {
    let Claim { entity, versus, metric, value, unit, .. } = claim;
    let versus = versus.as_ref().map_or_else(String::new, |v| format!(" vs {v}"));
    let (period, text) = (claim.period_text(), &claim.printed.text);
    let words = format!("{} {}", claim.comparator.name(), claim.modality.name());
    format!("`{text}` {entity}{versus} {metric} {period} {value} {unit} {words}")
}

/// Which slots of a claim are right.
fn slots(want: &Expected, got: &Claim) -> [bool; 9] {
    let among = |list: &[String], text: &str| list.iter().any(|w| w == text || w == "ANY");
    let close = |v: &f64| (v - got.value).abs() <= 1e-9 * v.abs();
    [
        true,
        among(&want.entity, &got.entity),
        got.versus.as_ref().map_or(want.versus.is_empty(), |v| among(&want.versus, v)),
        among(&want.metric, got.metric),
        among(&want.period, &got.period_text()),
        want.value.iter().any(close),
        among(&want.unit, got.unit),
        among(&want.comparator, got.comparator.name()),
        among(&want.modality, got.modality.name()),
    ]
}

/// The families of the templates with the least share of their sentences that is read back wholly.
fn families() -> Vec<(&'static str, f64, Vec<&'static str>)> {
    let mut out: Vec<(&str, f64, Vec<&str>)> = Vec::new();
    for line in include_str!("phrasing/templates.txt").lines() {
        if let Some(head) = line.strip_prefix('[') {
            let (name, floor) = head.split_once("] ").expect("a family and its floor");
            out.push((name, floor.parse().expect("a share"), Vec::new()));
        } else if line.contains("=>") && !line.starts_with('#') {
            out.last_mut().expect("a family").2.push(line);
        }
    }
    out
}

#[test]
#[expect(clippy::print_stdout, reason = "the table is what one wants to see of this test")]
fn printed_facts_are_read_back() {
    let mut table = String::new();
    let mut low = Vec::new();
    let mut phrasings = Phrasings::new();
    for (name, floor, templates) in families() {
        let mut tally = Tally::default();
        for (n, template) in templates.iter().enumerate() {
            let mut draw = Numbers((n as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
            for _ in 0..TIMES {
                let now = Now::draw(&mut draw);
                let printed = print(template, &now, &mut draw);
                tally.add(template, now.published, &printed);
                for (claim, read) in printed.claims.iter().zip(&tally.read) {
                    note(&mut phrasings, template, claim, *read);
                }
            }
        }
        let _ = write!(table, "{name:28} {:5.3} {:5}", tally.share(), tally.figures);
        for right in tally.right {
            let _ = write!(table, " {:5.3}", right as f64 / tally.figures as f64);
        }
        let _ = writeln!(table, " {:4}", tally.extra);
        for failure in &tally.failures {
            println!("{name}: {failure}");
        }
        if tally.share() < floor {
            low.push(format!("{name}: {:.3} of the sentences, not {floor}", tally.share()));
        }
    }
    println!("{:28} exact     n {} extra", "family", SLOTS.map(|s| format!("{s:>5.5}")).join(" "));
    println!("{table}");
    for (slot, codes) in VOCABULARY {
        for code in codes.split_whitespace() {
            let said = phrasings.get(&(slot, code.to_owned()));
            let always = said.map_or(0, |s| s.values().filter(|read| **read).count());
            if always < PHRASINGS {
                low.push(format!("{slot} {code}: {always} phrasings that are always read"));
            }
        }
    }
    assert!(low.is_empty(), "{}", low.join("\n"));
}
