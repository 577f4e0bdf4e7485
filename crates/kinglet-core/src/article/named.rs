//! Definitions that a text names: the phrases of the catalogue around its figures.
//!
//! A phrase whose figure comes behind *of* or *at* is a name: `an information ratio of {value}`.
//! The name may also stand before a verb (`its information ratio was 0.4`), behind the figure (`a
//! 0.4 information ratio`), or apart from it by what it is of and when. Any other phrase is read as
//! it stands.

mod binding;
mod fitting;

use std::ops::Range;
use std::sync::LazyLock;

use super::claim::{Claim, Modality};
use super::lexicon;
use super::metric::Reading;
use super::number::{Measure, Quantity};
use super::scene::Scene;
use super::token::{Tokens, any_of, normal};
use super::words::{List, list};
use super::{modality, parameter};
use crate::definition::Definition;
use crate::metrics::CATALOG;
use crate::time::Date;

/// A phrase, as the words before and behind its figure.
struct Phrase {
    definition: &'static Definition,
    /// Whether the words before are a name.
    is_name: bool,
    before: Option<usize>,
    after: Option<usize>,
    /// How many letters it has: of several the longest one counts.
    length: usize,
}

/// All phrases of the catalogue.
struct Phrases {
    words: lexicon::Phrases,
    all: Vec<Phrase>,
    /// For each part the phrases that have it before or behind their figure.
    of_part: Vec<Vec<usize>>,
}

/// A part of a phrase in a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Part {
    id: usize,
    first: usize,
    end: usize,
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(Phrases::of_catalogue);

impl Phrases {
    fn of_catalogue() -> Phrases {
        let mut phrases: Vec<Phrase> = Vec::new();
        let mut parts: Vec<String> = Vec::new();
        let mut of_part: Vec<Vec<usize>> = Vec::new();
        let templates = CATALOG.iter().flat_map(|metric| {
            metric.definition.phrases.iter().map(|phrase| (&metric.definition, *phrase))
        });
        for (definition, template) in templates {
            let Some((before, after)) = template.split_once("{value}") else { continue };
            let (before, is_name) = name(before.trim());
            let mut part = |words: &str| {
                let words = normal(words);
                let at = parts.iter().position(|p| *p == words).unwrap_or(parts.len());
                if at == parts.len() {
                    parts.push(words);
                    of_part.push(Vec::new());
                }
                of_part[at].push(phrases.len());
                at
            };
            let length = before.len() + after.len();
            let [before, after] =
                [before, after.trim()].map(|words| (!words.is_empty()).then(|| part(words)));
            phrases.push(Phrase { definition, is_name, before, after, length });
        }
        Phrases { words: lexicon::Phrases::new(parts), all: phrases, of_part }
    }

    fn with(&self, part: Part) -> impl Iterator<Item = &Phrase> {
        self.of_part[part.id].iter().map(|&phrase| &self.all[phrase])
    }
}

/// The words before a figure without what only joins them to it, and whether they are a name.
fn name(before: &str) -> (&str, bool) {
    let head = before.strip_suffix(" of").or_else(|| before.strip_suffix(" at"));
    let Some(name) = head else {
        let alone = ["a", "an", "the", "in", "in the"].contains(&before);
        return (if alone { "" } else { before }, false);
    };
    let bare = ["a ", "an ", "the "].iter().find_map(|article| name.strip_prefix(article));
    (bare.unwrap_or(name), true)
}

/// The parts of phrases in a block, in order.
pub(super) fn parts(tokens: &Tokens) -> Vec<Part> {
    let found = PHRASES.words.matches(tokens).into_iter();
    found.map(|(id, first, end)| Part { id, first, end }).collect()
}

/// Those of some parts that lie in a range of tokens.
pub(super) fn within<'a>(parts: &'a [Part], range: &Range<usize>) -> &'a [Part] {
    let from = parts.partition_point(|p| p.first < range.start);
    let to = parts.partition_point(|p| p.end <= range.end);
    parts.get(from..to).unwrap_or_default()
}

/// The definitions that a text names, in order.
pub fn definitions(text: &str) -> Vec<&'static Definition> {
    let parts = parts(&Tokens::read(text, 0));
    let phrases = parts.into_iter().flat_map(|part| PHRASES.with(part));
    let names = phrases.filter(|p| p.is_name && p.after.is_none());
    let mut named: Vec<&'static Definition> = names.map(|p| p.definition).collect();
    named.dedup_by(|a, b| a.name == b.name);
    named
}

/// The definition that the words around a figure name.
pub(super) struct Naming {
    definition: &'static Definition,
    /// Its words, without those that join a name to the figure.
    words: Range<usize>,
}

/// What the phrase around a figure tells of it.
pub(super) enum Told {
    /// Nothing.
    Nothing,
    /// The definition of what is read without it.
    Name(Naming),
    /// All: how the figure is read.
    All(Naming, Reading),
}

impl Told {
    /// What is told of the figure at `index`; `read` is how it is read without a phrase.
    pub(super) fn of(scene: &Scene, index: usize, read: Option<&Reading>) -> Told {
        let q = &scene.quantities[index];
        let naming = Naming::of(scene, index).filter(|_| !parameter::is_parameter(scene, q));
        let Some(naming) = naming else { return Told::Nothing };
        let measure = fitting::measure(naming.definition);
        let agrees = measure != "other" && read.is_some_and(|r| r.metric == measure);
        let is_free = read.is_none_or(|r| r.metric == "other");
        match naming.reading(q) {
            _ if agrees => Told::Name(naming),
            Some(reading) if fitting::is_read_by_phrase(measure, is_free) => {
                Told::All(naming, reading)
            }
            _ => Told::Nothing,
        }
    }

    /// How the figure is read by its phrase.
    pub(super) fn reading(&self) -> Option<Reading> {
        match self {
            Told::All(_, reading) => Some(*reading),
            Told::Nothing | Told::Name(_) => None,
        }
    }

    /// The measure that the figures behind it go on with.
    pub(super) fn measure(&self, reading: &Reading) -> &'static str {
        if matches!(self, Told::All(..)) { "other" } else { reading.metric }
    }

    /// Binds a claim to what its sentence names; false where that is left to others.
    pub(super) fn bind(&self, scene: &Scene, claim: &mut Claim) -> bool {
        match self {
            Told::All(naming, _) => naming.bind(scene, claim),
            Told::Nothing | Told::Name(_) => false,
        }
    }

    /// Makes a claim one of the definition.
    pub(super) fn settle(
        &self,
        scene: &Scene,
        q: &Quantity,
        published: Option<Date>,
        claim: &mut Claim,
    ) {
        match self {
            Told::Nothing => return,
            Told::Name(naming) | Told::All(naming, _) => {
                claim.definition = Some(naming.definition.name);
            }
        }
        let Told::All(naming, reading) = self else { return };
        claim.metric = fitting::measure(naming.definition);
        if claim.modality == Modality::Forecast {
            // "priced in" and its like are words of the phrase
            let mut plain = scene.clone();
            plain.moods.retain(|m| !naming.words.contains(&m.first));
            claim.modality = modality::modality(&plain, q, reading, (claim.period, published));
        }
        if naming.falls(scene, q) {
            claim.value = -claim.value.abs();
        }
    }
}

impl Naming {
    /// The definition that is named of the figure at `index`: that of the longest phrase.
    pub(super) fn of(scene: &Scene, index: usize) -> Option<Naming> {
        let q = &scene.quantities[index];
        let found = scene.parts.iter().flat_map(|&part| {
            PHRASES.with(part).filter_map(move |phrase| {
                let words = words(scene, index, phrase, part)?;
                fitting::unit(q, phrase.definition)?;
                Some((phrase.length, Naming { definition: phrase.definition, words }))
            })
        });
        found.max_by_key(|(length, _)| *length).map(|(_, naming)| naming)
    }

    /// How the figure is read: as what it is most like.
    fn reading(&self, q: &Quantity) -> Option<Reading> {
        let unit = fitting::unit(q, self.definition)?;
        let state = fitting::is_state(self.definition);
        let like = if state { "pe_trailing" } else { "return" };
        let subject = fitting::subject(self.definition);
        Some(match subject {
            "FED" | "US" => Reading::new(like, unit).about(subject),
            _ if subject.contains(':') => Reading::new("yield", unit),
            _ => Reading::new(like, unit),
        })
    }

    /// Whether the words say that an unsigned figure is a loss.
    fn falls(&self, scene: &Scene, q: &Quantity) -> bool {
        let falling = list!("below|fell|outflows|contraction of|cut rates by|cut earnings by|lost");
        let words = scene.has_phrase(self.words.clone(), falling)
            && !matches!(q.measure, Measure::Duration(_));
        let negative = matches!(scene.before(q, 1), "negative" | "minus");
        (words || negative) && q.sign.is_none()
    }
}

/// The words of a phrase around a figure, if a part belongs to it; each phrase is found by its
/// first part.
fn words(scene: &Scene, index: usize, phrase: &Phrase, part: Part) -> Option<Range<usize>> {
    let q = &scene.quantities[index];
    let opens = phrase.before == Some(part.id);
    let behind = part.first == q.end;
    match phrase.after {
        None if opens && part.end <= q.first => {
            (phrase.is_linked(scene, part.end, q.first)).then_some(part.first..part.end)
        }
        None => {
            let next = scene.quantities.get(index + 1);
            let taken = next.is_some_and(|o| phrase.is_linked(scene, part.end, o.first));
            (opens && phrase.is_name && behind && !taken).then_some(part.first..part.end)
        }
        Some(after) if opens && part.end <= q.first => {
            // the unit of the figure may be the last words of the phrase
            let rest = |p: &&Part| p.first == q.end || p.end == q.end && p.first > q.first;
            let rest = scene.parts.iter().find(|p| p.id == after && rest(p))?;
            (phrase.is_linked(scene, part.end, q.first)).then_some(part.first..rest.end)
        }
        Some(after) => {
            let whole = phrase.before.is_none() && after == part.id;
            let inside = part.end == q.end && part.first > q.first;
            (whole && (behind || inside)).then_some(part.first..part.end)
        }
    }
}

impl Phrase {
    /// Whether its words before join a figure: up to token `from` and from token `to` on.
    fn is_linked(&self, scene: &Scene, from: usize, to: usize) -> bool {
        match self.is_name {
            true => is_linked(scene, from, to),
            false => (from..to).all(|i| any_of(scene.key(i), HEDGES)),
        }
    }
}

const HEDGES: &List = list!(
    "about|roughly|nearly|almost|around|approximately|some|just|over|under|a|an|\
    the|more|less|than|only|at|least|most|as|much|high|low|up|to|its|by|another|negative|minus"
);

/// What joins a name to its figure.
const COPULAS: &List = list!(
    "of|at|is|was|were|are|been|stood|stands|standing|came|comes|come|reached|\
    hit|:|=|(|equals|ran|runs|averaged|measured|rose|fell|climbed|dropped|slipped|edged|to|with|\
    had|amounted|amounts|worked"
);

/// What may stand between a name and its figure besides.
const LINKS: &List = list!(
    "be|has|have|in|,|)|now|currently|equal|for|against|versus|vs|relative|from|\
    between|on|since|through|'s|per|annualized|during|within|still|itself|out|over|and|into|\
    based|monthly|weekly|daily|returns|using|data"
);

/// Whether a name is joined to its figure: only words that join, names and times stand between
/// them, and one of the words says what it is.
fn is_linked(scene: &Scene, from: usize, to: usize) -> bool {
    const REACH: usize = 32;
    if to < from || to - from > REACH {
        return false;
    }
    let mut is_joined = from == to;
    let mut i = from;
    while i < to {
        let inside = |first: usize, end: usize| first <= i && i < end;
        let mention = scene.mentions.iter().find(|m| inside(m.first, m.end)).map(|m| m.end);
        let time = scene.times.iter().find(|t| inside(t.first, t.end)).map(|t| t.end);
        let joins = any_of(scene.key(i), COPULAS);
        match mention.or(time) {
            Some(end) => i = end,
            None if joins || [LINKS, HEDGES].iter().any(|w| any_of(scene.key(i), w)) => {
                is_joined |= joins;
                i += 1;
            }
            None => return false,
        }
    }
    is_joined
}
