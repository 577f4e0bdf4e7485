//! Judging claims: the printed number against the answer of its query, and the figures of one
//! article against each other.
//!
//! A false accusation costs more than a miss: where the data cannot decide, the verdict is
//! `unverifiable` with the reason.

mod assurance;
mod cue;
mod definition;
mod duration;
mod event;
mod firmness;
mod fit;
mod named;
mod place;
mod projection;
mod reach;
mod relation;
mod search;
mod settle;
mod slots;
mod study;
mod suggestion;
mod together;
mod trial;
mod weighing;

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::answer::{Answer, Outcome, Undefined};
use crate::article::{Article, Claim, Marks, marks};
use crate::query::{Evaluator, Query};
use crate::time::{Cutoff, Date, Period};
use crate::view::View;
use trial::Trial;

pub use reach::reach;
pub use relation::{Relation, RelationKind};
pub use suggestion::printed_as;

/// What is found about a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// The data's value rounds to the printed one, or lies in the band of the hedge word.
    Supported,
    /// Nearly so, or right only on a basis that the text does not name.
    Imprecise,
    /// Wrong for the stated period, right for another one.
    Misdated,
    /// Wrong.
    Contradicted,
    /// In conflict with another figure of the same article.
    Inconsistent,
    /// The data cannot decide.
    Unverifiable,
    /// About the future, or what is expected.
    Forecast,
    /// Advice or judgement.
    Opinion,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Verdict; 8] = [
        Verdict::Supported,
        Verdict::Imprecise,
        Verdict::Misdated,
        Verdict::Contradicted,
        Verdict::Inconsistent,
        Verdict::Unverifiable,
        Verdict::Forecast,
        Verdict::Opinion,
    ];

    /// The name in JSON and annotations.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Supported => "supported",
            Verdict::Imprecise => "imprecise",
            Verdict::Misdated => "misdated",
            Verdict::Contradicted => "contradicted",
            Verdict::Inconsistent => "inconsistent",
            Verdict::Unverifiable => "unverifiable",
            Verdict::Forecast => "forecast",
            Verdict::Opinion => "opinion",
        }
    }

    /// What it means, in words: a clause without a full stop.
    pub fn meaning(self) -> &'static str {
        match self {
            Verdict::Supported => "The value of the data rounds to the printed figure",
            Verdict::Imprecise => {
                "The figure is nearly right, or right only on a basis that the text does not name"
            }
            Verdict::Misdated => "The figure is wrong for the stated period and right for another",
            Verdict::Contradicted => "The data give another figure",
            Verdict::Inconsistent => "The figure conflicts with another one of the same article",
            Verdict::Unverifiable => "The data cannot decide",
            Verdict::Forecast => "The figure is about the future, or is what somebody expects",
            Verdict::Opinion => "The figure belongs to advice or judgement",
        }
    }

    /// What an author can do about it: a sentence.
    pub fn remedy(self) -> &'static str {
        match self {
            Verdict::Supported | Verdict::Forecast | Verdict::Opinion => {
                "Nothing needs to be done."
            }
            Verdict::Imprecise => "Print the value of the data, or name the basis.",
            Verdict::Misdated => "Print the figure of the stated period, or the right period.",
            Verdict::Contradicted => "Print the value of the data, or what the figure is of.",
            Verdict::Inconsistent => "Find out which of the figures is right.",
            Verdict::Unverifiable => "Supply what is missing, or say whose figure it is.",
        }
    }

    /// Whether it says that the claim is wrong.
    pub fn accuses(self) -> bool {
        matches!(self, Verdict::Misdated | Verdict::Contradicted | Verdict::Inconsistent)
    }
}

/// The ground of a verdict, or its sub-type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tag {
    /// Right for another basis: total return, the fund.
    WrongBasis,
    /// Right from another base close.
    WrongBase,
    /// Right for a sister index.
    WrongEntity,
    /// Right with the other sign.
    Sign,
    /// Right in another unit or by a power of ten.
    Unit,
    /// One digit differs.
    DigitSlip,
    /// Wrong by one, as in counting inclusively.
    OffByOne,
    /// No other reading gives it.
    NoMatch,
    /// No such series, or it does not reach so far.
    NoSeries,
    /// The text does not define the event.
    EventUndefined,
    /// The text does not settle the period.
    PeriodOpen,
    /// Nobody knows what it is about.
    EntityUnknown,
    /// Only a private source could vouch for it.
    SourcePrivate,
    /// Prices during the day are not in the data.
    IntradayMissing,
    /// A publisher is on record with this figure.
    AsStatedBy,
    /// The period for which a misdated figure is right.
    Period(Period),
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Tag::WrongBasis => "wrong_basis",
            Tag::WrongBase => "wrong_base",
            Tag::WrongEntity => "wrong_entity",
            Tag::Sign => "sign",
            Tag::Unit => "unit",
            Tag::DigitSlip => "digit_slip",
            Tag::OffByOne => "off_by_one",
            Tag::NoMatch => "no_match",
            Tag::NoSeries => "no_series",
            Tag::EventUndefined => "event_undefined",
            Tag::PeriodOpen => "period_open",
            Tag::EntityUnknown => "entity_unknown",
            Tag::SourcePrivate => "source_private",
            Tag::IntradayMissing => "intraday_missing",
            Tag::AsStatedBy => "as_stated_by",
            Tag::Period(period) => return period.fmt(f),
        })
    }
}

/// Another reading of a claim that was tried, and what it gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// What it changes: `total return`, `the month before`.
    pub what: String,
    /// Its query.
    pub query: String,
    /// Its value in the claim's unit; none where the data do not give it.
    pub value: Option<f64>,
}

/// Why the words do not settle what a figure is about: the ground, and the same in words.
pub type Doubt = (Tag, &'static str);

/// What was found about one claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// Its place in the list of claims.
    pub claim: usize,
    /// The verdict.
    pub verdict: Verdict,
    /// Its ground.
    pub tag: Option<Tag>,
    /// The query that the claim stands for.
    pub query: Option<Query>,
    /// Its answer, with rows and evidence.
    pub answer: Option<Answer>,
    /// The answer's number in the claim's unit.
    pub actual: Option<f64>,
    /// Other readings that were considered.
    pub readings: Vec<Reading>,
    /// What to print instead, in the form of the printed number.
    pub suggestion: Option<String>,
    /// The ground in words: one sentence, lower case, no full stop.
    pub reason: String,
    /// What in the words speaks against the reading, for all that is found.
    pub doubt: Option<Doubt>,
}

impl Judgement {
    /// Nothing found yet about the claim at a place.
    fn open(claim: usize) -> Judgement {
        Judgement {
            claim,
            verdict: Verdict::Unverifiable,
            tag: None,
            query: None,
            answer: None,
            actual: None,
            readings: Vec::new(),
            suggestion: None,
            reason: String::new(),
            doubt: None,
        }
    }

    /// The same where the reading rests on somebody's word: it may confirm a figure, but holds
    /// nothing against it.
    pub fn on_word(mut self) -> Judgement {
        if self.verdict.accuses() || self.verdict == Verdict::Imprecise {
            self.verdict = Verdict::Unverifiable;
            self.tag = None;
            self.suggestion = None;
            self.reason = format!("as read with assistance it would not agree: {}", self.reason);
        }
        self
    }
}

/// The article around the claims.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Its whole text; the claims' spans point into it.
    pub text: &'a str,
    /// The day of publication: nothing later is used.
    pub published: Date,
    /// How it was read. Without that it is not read again once the record has told in which of its
    /// readings a figure is meant.
    pub read: Option<&'a Article>,
}

impl<'a> Context<'a> {
    /// The text of a span, or nothing where the span does not fit the text.
    fn slice(&self, span: crate::diagnostic::Span) -> &'a str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }
}

/// All that a verdict may rest on.
#[derive(Clone, Copy)]
struct Case<'a> {
    claims: &'a [Claim],
    context: Context<'a>,
    evaluator: &'a Evaluator<'a>,
    memory: &'a Memory,
}

/// A query with its result, which many readings may share.
type Asked = (Rc<Query>, Answered);

/// What a query gives by itself.
type Answered = Rc<Result<Outcome, Undefined>>;

/// What was worked out for the claims of an article, once for all of them.
#[derive(Default)]
struct Memory {
    /// Results by their query: the readings of neighbouring claims are the same.
    results: RefCell<FxHashMap<Rc<Query>, Answered>>,
    /// What passages name, by their bytes in the article.
    marks: RefCell<FxHashMap<(usize, usize), Rc<Marks>>>,
}

impl Memory {
    /// What a passage of the article names.
    fn marks(&self, passage: &str, context: Context<'_>) -> Rc<Marks> {
        let start = (passage.as_ptr() as usize).wrapping_sub(context.text.as_ptr() as usize);
        let known = self.marks.borrow().get(&(start, passage.len())).cloned();
        known.unwrap_or_else(|| {
            let found = Rc::new(marks(passage, context.published));
            self.marks.borrow_mut().insert((start, passage.len()), Rc::clone(&found));
            found
        })
    }
}

/// The verdicts on all claims of an article, and the relations among its figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Review {
    /// The claims, each in the reading that the record settles.
    pub claims: Vec<Claim>,
    /// One for each claim, in their order.
    pub judgements: Vec<Judgement>,
    /// Relations that were checked without data.
    pub relations: Vec<Relation>,
}

impl Review {
    /// Adds what was found about the claims from the one at `first` on.
    fn extend(&mut self, first: usize, piece: Review) {
        let Review { claims, judgements, relations } = piece;
        self.claims.extend(claims);
        self.judgements
            .extend(judgements.into_iter().map(|j| Judgement { claim: first + j.claim, ..j }));
        self.relations.extend(relations.into_iter().map(|r| Relation {
            claims: r.claims.into_iter().map(|claim| first + claim).collect(),
            ..r
        }));
    }
}

/// Judges every claim of an article on the data as they were on the day of publication.
pub fn judge(claims: &[Claim], context: Context<'_>, view: &View) -> Review {
    let view = view.until(Cutoff::end_of(context.published));
    judge_on(claims, context, &Evaluator::new(&view))
}

/// Judges every claim of an article with an evaluator that other articles of the day may share.
///
/// # Panics
/// If the evaluator sees further than the day of publication.
pub fn judge_on(claims: &[Claim], context: Context<'_>, evaluator: &Evaluator<'_>) -> Review {
    let view = evaluator.view();
    assert!(view.cutoff.through <= context.published, "an audit must not look ahead");
    let memory = Memory::default();
    let mut review = Review { claims: Vec::new(), judgements: Vec::new(), relations: Vec::new() };
    for (piece, claims) in claims.chunks(TOGETHER).enumerate() {
        let case = Case { claims, context, evaluator, memory: &memory };
        review.extend(piece * TOGETHER, judge_together(case));
    }
    review
}

/// So many claims of an article are held against each other; longer ones, if any, are judged in
/// pieces, or the work would grow with the square of their number.
const TOGETHER: usize = 1_000;

fn judge_together(case: Case<'_>) -> Review {
    let claims = settle::settled(case);
    let mut judgements = judge_settled(Case { claims: &claims, ..case });
    let mut relations = relation::relations(&claims, case.context, case.evaluator.view());
    relations.retain(|relation| !relation.is_borne_out(&judgements));
    relation::settle(&relations, &claims, &mut judgements);
    Review { claims, judgements, relations }
}

/// The judgements on all claims, each in the reading that the record settles.
fn judge_settled(case: Case<'_>) -> Vec<Judgement> {
    let claims = case.claims;
    let mut judgements: Vec<Judgement> =
        claims.iter().enumerate().map(|(at, claim)| Trial::new(claim, case).judge(at)).collect();
    together::spare_open_periods(case, &mut judgements);
    together::date(case, &mut judgements);
    together::spare_prices_of_the_day(case, &mut judgements);
    together::spare_wishes(claims, &mut judgements);
    assurance::spare_doubtful_readings(case, &mut judgements);
    together::read_signs(case, &mut judgements);
    judgements
}
