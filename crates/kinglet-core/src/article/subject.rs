//! What a quantity is about: whose name stands where its subject, owner or complement stands.

mod candidate;
mod compared;
mod sector;
mod stranger;

use super::anaphor;
use super::entity::{Class, Mention, OTHER, is_fund};
use super::lexicon::Signal;
use super::metric::Reading;
use super::number::{Measure, Quantity};
use super::scene::Scene;
use super::token::any_of;
use super::words::list;
use sector::is_sector;

/// What is known from the sentences before.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Carried {
    /// The index or fund that the article names most often.
    pub(super) topic: Option<&'static str>,
    /// What the heading above names: `S&P 500` over a list.
    pub(super) heading: Option<&'static str>,
    /// What was last spoken of.
    pub(super) subject: Option<&'static str>,
    /// The index last spoken of.
    pub(super) index: Option<&'static str>,
    /// What the sentence before names first.
    pub(super) lead: Option<&'static str>,
    /// What was last spoken of in the paragraph before.
    pub(super) before: Option<&'static str>,
    /// What the last claim of the paragraph was about.
    pub(super) spoken: Option<&'static str>,
    /// The indexes that the last list of them named: `the three gauges`.
    pub(super) list: [Option<&'static str>; 3],
    /// The last two names: `the former`, `the latter`.
    pub(super) pair: (Option<&'static str>, Option<&'static str>),
    /// What a fund measures itself by: `our benchmark, the Russell 2000`.
    pub(super) benchmark: Option<&'static str>,
    /// What the paragraph announces that it is about: `What about the Russell 2000?`
    pub(super) focus: Option<&'static str>,
}

/// Binds quantities of one sentence to entities.
pub(super) struct Subjects<'a> {
    pub(super) scene: &'a Scene<'a>,
    pub(super) carried: Carried,
}

impl Subjects<'_> {
    /// The entity of a figure and the other side of a comparison.
    pub(super) fn of(&self, q: &Quantity, reading: &Reading) -> (String, Option<String>) {
        let text = |code: &'static str| code.to_owned();
        if let Some(code) = reading.entity {
            return (text(code), None);
        }
        match reading.metric {
            "share" => (text(self.counted(q)), None),
            _ if reading.of_index => (text(self.index()), None),
            "streak" if self.compares() => self.pair(q, reading),
            "policy_rate" | "rate_change" => (text(self.authority("FED")), None),
            "cut_probability" => (text("FED"), None),
            "weight" => (text(self.held(q)), None),
            "inflation" | "gdp_growth" | "unemployment" => (text(self.authority("US")), None),
            "pmi" => (text("ISM"), None),
            "beta" | "correlation" => {
                (text(self.measured(reading).unwrap_or_else(|| self.entity(q))), None)
            }
            "yield" => (text(self.rate(q)), None),
            "return_spread" | "event_excess_return" => self.pair(q, reading),
            "pe_discount" | "ratio_to" => self.valued_against(q, reading),
            "streak" | "rank" | "event_count" if self.of_policy() => (text("FED"), None),
            metric => {
                if self.is_stranger(q, reading) {
                    return (text(OTHER), None);
                }
                let code = self.entity(q);
                let priced = matches!(metric, "return" | "level" | "point_change" | "streak");
                let studied = metric.starts_with("event_") && self.carried.topic == Some("RUT");
                // "the Russell fell 17%; over three years small caps fell 35%"
                let spoken = priced && self.carried.spoken == Some("RUT");
                let pointed = matches!(metric, "level" | "point_change");
                match code {
                    "US_SMALL" if spoken || studied || pointed => (text("RUT"), None),
                    "US_LARGE" if pointed => (text("SPX"), None),
                    code => (self.with_sector(q, code).into_owned(), None),
                }
            }
        }
    }

    /// What a part of a portfolio is held in; nothing that has a code for cash and for holdings.
    fn held(&self, q: &Quantity) -> &'static str {
        let scene = self.scene;
        let book = scene.has_phrase(
            q.end..q.end + 6,
            list!("the portfolio|the fund|our portfolio|your portfolio|the strategy|our fund"),
        );
        let stated = |m: &&Mention| {
            m.end <= q.first
                && q.first - m.end <= 16
                && matches!(m.class, Class::Index | Class::Listed | Class::Group)
                && scene.boundary(m.end, q.first) < 3
        };
        let before = || scene.mentions.iter().rev().find(stated).copied();
        let member = |m: Mention| {
            is_sector(m.code) || m.class == Class::Listed && m.code != OTHER && !is_fund(m.code)
        };
        let part = before().is_some_and(|m| scene.key(q.end) == "of" || member(m));
        let behind = self.behind(q).map(|(_, m)| m).filter(|_| !book && !part);
        let own = scene.has_phrase(
            scene.range.start..q.end + 6,
            list!("cash|net assets|holdings|positions|our position|t bills|the portfolio's"),
        );
        // "20% of the portfolio in small caps"
        let holding = (q.end..q.end + 6).find(|&i| scene.key(i) == "in" && book);
        let inside = holding.and_then(|at| scene.mentions.iter().find(|m| m.first == at + 1));
        let found = inside.copied().or(behind).or_else(|| before().filter(|_| !own));
        match found {
            Some(m) if m.code.starts_with("UST") => OTHER,
            Some(m) => self.code(&m),
            None if own => OTHER,
            None => self.entity(q),
        }
    }

    /// The bank or the economy, unless a foreign one is spoken of.
    fn authority(&self, home: &'static str) -> &'static str {
        let foreign = |m: &&Mention| {
            m.code == OTHER && {
                let name = self.scene.key(m.first);
                any_of(name, list!("eurozone|euro|european|ecb|bank|china's|chinese"))
            }
        };
        let own = self.scene.mentions.iter().any(|m| m.code == home);
        if !own && self.scene.mentions.iter().any(|m| foreign(&m)) { OTHER } else { home }
    }

    /// The rate of interest that a yield is said of, or the gap between two.
    fn rate(&self, q: &Quantity) -> &'static str {
        let scene = self.scene;
        let foreign = list!(
            "german|bund|bunds|gilt|gilts|jgb|jgbs|japanese|hy|ig|high|junk|mortgage|30|\
            corporate|credit|investment|breakevens|breakeven|option"
        );
        let rates = || {
            scene.mentions.iter().filter(|m| {
                m.code.starts_with("UST:")
                    || m.code.starts_with("CURVE")
                    || m.code == OTHER && any_of(scene.key(m.first), foreign)
            })
        };
        let gap = list!("the gap|spread between|difference between|gap of|spread of|the spread");
        let gap = scene.has_phrase(scene.range.start..q.first, gap);
        let ends = anaphor::named(&rates().copied().collect::<Vec<_>>());
        let carried = self.carried.pair.0.into_iter().chain(self.carried.pair.1);
        let ends = if ends.is_empty() { carried.collect() } else { ends };
        let short = list!(
            "two - and 10 year|2 - and 10 year|two - and ten year|two and 10 year|\
            2 and 10 year|two and ten year|2 year and 10 year|two year and ten year|\
            two year and 10 year"
        );
        if gap && scene.has_phrase(scene.range.clone(), short) {
            return "CURVE:2s10s";
        }
        let ends_in = |code: &str| ends.contains(&code);
        if gap && q.measure != Measure::Percent && ends_in("UST:10y") {
            if ends_in("UST:2y") {
                return "CURVE:2s10s";
            } else if ends_in("UST:3m") {
                return "CURVE:3m10y";
            }
        }
        let before = rates().rev().find(|m| m.end <= q.first);
        let found = before.or_else(|| rates().next()).map(|m| m.code);
        let carried = self.carried.pair.1.filter(|c| c.starts_with("UST:"));
        found.or(carried).unwrap_or("UST:10y")
    }

    /// The entity that stands in the subject's, owner's or complement's place.
    pub(super) fn entity(&self, q: &Quantity) -> &'static str {
        if let Some(code) = self.scored(q).or_else(|| self.set_against(q)) {
            return code;
        }
        let before = self.before(q);
        let behind = self.behind(q);
        let found = match (before, behind) {
            (Some((left, _)), Some((right, m))) if right < left => Some(m),
            (Some((_, m)), _) => Some(m),
            (None, Some((_, m))) => Some(m),
            (None, None) => None,
        };
        match found {
            Some(mention) if mention.class != Class::Loose || self.acts(&mention) => {
                self.code(&mention)
            }
            _ => self.led(q).unwrap_or_else(|| self.known_before()),
        }
    }

    /// Whether a sentence without a market speaks of the policy rate: `the third straight
    /// reduction`.
    fn of_policy(&self) -> bool {
        let policy =
            |s: Signal| matches!(s, Signal::Cut | Signal::Hike | Signal::Metric("policy_rate"));
        let market = self
            .scene
            .mentions
            .iter()
            .any(|m| !matches!(m.class, Class::Authority | Class::Pronoun));
        let bank = self.scene.mentions.iter().any(|m| m.code == "FED");
        !market && (bank || self.scene.cues.iter().any(|c| policy(c.signal)))
    }

    /// Whether the sentence is about one beating another.
    fn compares(&self) -> bool {
        self.scene.cues.iter().any(|c| matches!(c.signal, Signal::Beat | Signal::Lag))
    }

    fn known_before(&self) -> &'static str {
        let Carried { focus, subject, topic, .. } = self.carried;
        focus.or(subject).or(topic).unwrap_or("US_EQUITY")
    }

    /// The index of the sentence, else the one last spoken of.
    fn index(&self) -> &'static str {
        let own = self.scene.mentions.iter().find(|m| m.class == Class::Listed && m.code == OTHER);
        let index = self.scene.mentions.iter().find(|m| m.class == Class::Index);
        index.or(own).map(|m| m.code).or(self.carried.index).or(self.carried.topic).unwrap_or("SPX")
    }

    /// Of whom a share is one: `40% of Russell 2000 companies`, `41.7% of those asked`.
    fn counted(&self, q: &Quantity) -> &'static str {
        let near = |m: &&Mention| {
            let ahead = m.first >= q.end && m.first - q.end <= 6;
            (ahead || m.end <= q.first) && !matches!(m.class, Class::Pronoun | Class::Loose)
        };
        self.scene.mentions.iter().find(near).map_or(OTHER, |m| m.code)
    }

    /// The code of a mention; pronouns take that of what was spoken of.
    fn code(&self, mention: &Mention) -> &'static str {
        if mention.class != Class::Pronoun || !mention.code.is_empty() {
            let technology = mention.code == "IXIC" && mention.class == Class::Pronoun;
            let narrow = self.carried.subject == Some("NDX")
                || self.scene.mentions.iter().any(|m| m.code == "NDX" && m.end <= mention.first);
            return if technology && narrow { "NDX" } else { mention.code };
        }
        let before = || {
            self.scene
                .mentions
                .iter()
                .rev()
                .filter(|m| m.end <= mention.first && !self.describes(m) && !self.is_compared(m))
                .filter(|m| !self.is_object(m) && !m.code.starts_with("UST"))
                .filter(|m| {
                    matches!(m.class, Class::Index | Class::Listed | Class::Pronoun)
                        || is_sector(m.code)
                })
        };
        let leads = |m: &&Mention| {
            let at = self.word_before(m);
            !any_of(self.scene.key(at), list!("for|in|of|by|to|from"))
                && self.scene.key(m.first) != "its"
        };
        let leading = before().find(leads);
        // "the index has climbed 12.9%, and it has come back": what the first one stands for
        if let Some(pronoun) = leading.filter(|m| m.class == Class::Pronoun) {
            return self.code(pronoun);
        }
        let earlier = leading.or_else(|| before().find(|m| !m.code.is_empty()));
        let later = || {
            let known = self.carried.index.is_some();
            let index = |m: &&Mention| {
                let owns = self.scene.key(m.end) == "'s";
                m.class == Class::Index && m.first > mention.first && !known && !owns
            };
            self.scene.mentions.iter().find(index).map(|m| m.code)
        };
        earlier.map(|m| m.code).or_else(later).unwrap_or_else(|| self.known_before())
    }

    /// The best mention before a figure, with its cost.
    fn before(&self, q: &Quantity) -> Option<(usize, Mention)> {
        self.scene
            .mentions
            .iter()
            .filter(|m| m.end <= q.first && q.first - m.end <= 60 && !self.describes(m))
            .map(|m| (self.cost_before(q, m), *m))
            .min_by_key(|(cost, m)| (*cost, usize::MAX - m.first))
    }

    fn cost_before(&self, q: &Quantity, m: &Mention) -> usize {
        let scene = self.scene;
        let mut cost = q.first - m.end + 3 * scene.boundary(m.end, q.first);
        let tag = scene.key(m.first.wrapping_sub(1)) == "(" && scene.key(m.end) == ")";
        cost += if scene.sees(q, m.first) || tag { 0 } else { 15 };
        cost += match m.class {
            Class::Index | Class::Listed => 0,
            Class::Group => 4,
            Class::Pronoun if scene.key(m.first) == "its" => 8,
            Class::Pronoun => 4,
            Class::Authority => 6,
            Class::Loose if self.acts(m) => 8,
            Class::Loose => 40,
        };
        let at = self.word_before(m);
        let owned = scene.key(m.end) == "'s" || scene.key(m.end) == "(";
        let relative = (m.end..m.end + 2).any(|i| matches!(scene.key(i), "which" | "that" | "who"));
        let part = list!(
            "sector|group|performer|gainer|loser|stock|member|component|laggard|industry|\
            corner|sectors|stocks|members|components|performers|area|part"
        );
        if any_of(scene.key(at), list!("of|in|within"))
            && any_of(scene.key(at.wrapping_sub(1)), part)
        {
            cost += 15;
        }
        if self.told_of(q, m) {
            return cost;
        }
        let sector = m.end + usize::from(scene.key(m.end) == "'s");
        let divided = scene.mentions.iter().any(|o| o.first == sector && is_sector(o.code));
        cost += if divided { 20 } else { 0 };
        let issued =
            scene.key(at) == "of" && any_of(scene.key(at.wrapping_sub(1)), list!("shares|stock"));
        cost += match scene.key(at) {
            _ if issued => 0,
            "than" | "against" | "versus" | "vs" | "vs." if !owned && !relative => 30,
            "with" | "to" if !owned && !relative && self.compared_with(at) => 30,
            "with" | "to" if any_of(scene.key(at.wrapping_sub(1)), list!("beta|correlation")) => 30,
            "in" | "of" | "by" | "with" | "like" | "from" | "toward" | "than" | "including"
            | "against" | "to" | "for" | "as" | "over" | "into" | "versus" | "vs" => {
                if owned {
                    2
                } else {
                    9
                }
            }
            _ => 0,
        };
        cost + if self.is_object(m) && !owned { 12 } else { 0 }
    }

    /// Whether a mention is what another one beats: `ahead of the S&P 500`.
    fn is_object(&self, m: &Mention) -> bool {
        let at = self.word_before(m).wrapping_add(1);
        self.scene
            .cues
            .iter()
            .any(|c| matches!(c.signal, Signal::Beat | Signal::Lag) && c.end == at)
    }

    /// Whether a figure stands in a clause that tells of a mention: `the S&P 500, which gained
    /// 2%`, `the Nasdaq, up 3%`.
    fn told_of(&self, q: &Quantity, m: &Mention) -> bool {
        let scene = self.scene;
        let at = m.end + usize::from(scene.key(m.end) == ",");
        let clause =
            any_of(scene.key(at), list!("which|that|who|where|whose")) && scene.sees(q, at);
        let named = scene.mentions.iter().any(|o| {
            o.first > at && o.end <= q.first && matches!(o.class, Class::Index | Class::Listed)
        });
        let change = any_of(scene.key(at), list!("up|down|off")) && at > m.end && q.first <= at + 3;
        (clause || change) && !named
    }

    /// The token before a mention and its article; full stops of abbreviations count with their
    /// word.
    fn word_before(&self, m: &Mention) -> usize {
        let article = usize::from(matches!(self.scene.key(m.first.wrapping_sub(1)), "the" | "."));
        m.first.wrapping_sub(1 + article)
    }

    /// Whether a verb of change follows a mention: `stocks fell`, `indexes have already fallen`.
    fn acts(&self, m: &Mention) -> bool {
        self.scene.cues.iter().any(|c| {
            matches!(c.signal, Signal::Up | Signal::Down | Signal::Change)
                && c.first >= m.end
                && c.first - m.end <= 4
        })
    }

    /// Whether a mention is what something is compared with: `versus 18.8 for the S&P 500`.
    fn is_compared(&self, m: &Mention) -> bool {
        let scene = self.scene;
        let at = self.word_before(m);
        let against = list!("than|versus|vs|vs.|against|compared");
        any_of(scene.key(at), against)
            || scene.key(at) == "with" && self.compared_with(at)
            || scene.key(at) == "for"
                && (1..=6).any(|n| at.checked_sub(n).is_some_and(|i| any_of(scene.key(i), against)))
    }

    /// Whether `with` or `to` at a token introduces what something is compared with.
    fn compared_with(&self, at: usize) -> bool {
        (1..=4).any(|n| {
            let key = at.checked_sub(n).map_or("", |i| self.scene.key(i));
            any_of(key, list!("compared|relative|discount|contrast|comparison|premium"))
        })
    }

    /// The mention behind a figure that it is said of: `23% for the S&P 500`, `45% U.S. equity`.
    fn behind(&self, q: &Quantity) -> Option<(usize, Mention)> {
        let scene = self.scene;
        let from = scene.past_brackets(q.end);
        scene
            .mentions
            .iter()
            .filter(|m| m.first >= from && m.first - from <= 9)
            .filter(|m| m.class != Class::Loose)
            .filter(|m| m.class != Class::Pronoun || !m.code.is_empty())
            .filter(|m| scene.between(from, m.first) == 0 && scene.boundary(from, m.first) == 0)
            .find_map(|m| {
                let before = scene.key(m.first.wrapping_sub(1));
                let article = usize::from(any_of(before, list!("the|a|its|their")));
                let at = m.first - 1 - article.min(m.first - 1);
                let gap = m.first - from;
                let direct = gap == 0 && m.class == Class::Group;
                let owned = scene.key(m.end) == "'s";
                let complement = match scene.key(at) {
                    "for" => true,
                    "in" | "of" | "by" => m.class != Class::Authority && !owned,
                    "from"
                        if scene.tokens.any_phrase(q.end, list!("a year|per year|annually"))
                            == Some(at) =>
                    {
                        true
                    }
                    "from" if gap == 1 && m.class == Class::Group => true,
                    "from" | "into" => q.measure == Measure::Usd && !owned,
                    "to" | "toward" => self.allots(q.end, at),
                    _ => false,
                } && at >= q.end;
                let verb = (q.end..m.first)
                    .any(|i| any_of(scene.key(i), list!("thanks|due|compared|since|after|driven")));
                let complement =
                    complement || scene.tokens.phrase(q.end, "by which") == Some(at + 1);
                let near = complement && !verb && (scene.key(at) == "for" || gap <= 5);
                (direct || near).then_some((if direct { 1 } else { 2 + gap }, *m))
            })
    }

    /// Whether something is allotted: `a 10% allocation to small caps`.
    fn allots(&self, from: usize, to: usize) -> bool {
        (from..to).any(|i| {
            any_of(self.scene.key(i), list!("allocation|exposure|weight|weighting|tilt|position"))
        })
    }

    /// Whether a mention only describes another: `the Russell 2000, an index of small companies`.
    fn describes(&self, m: &Mention) -> bool {
        let scene = self.scene;
        if m.class == Class::Pronoun {
            let indefinite = any_of(scene.key(m.first.wrapping_sub(1)), list!("a|an|another|like"));
            return indefinite && !m.code.is_empty() && self.in_apposition(m);
        }
        if !matches!(m.class, Class::Group | Class::Loose) {
            return false;
        }
        if self.in_apposition(m) {
            return true;
        }
        let nouns = list!(
            "index|gauge|benchmark|barometer|measure|basket|proxy|tracks|follows|index's|indicator"
        );
        (1..=5).any(|n| any_of(scene.key(m.first.wrapping_sub(n)), nouns))
            && scene.key(m.end) != "'s"
    }

    /// Whether a mention stands in an apposition to an index: `the Russell 2000, a barometer for
    /// the health of small companies, …`.
    fn in_apposition(&self, m: &Mention) -> bool {
        let scene = self.scene;
        let index =
            scene.mentions.iter().rev().find(|o| o.end <= m.first && o.class == Class::Index);
        let Some(index) = index else { return false };
        let mut at = index.end;
        if scene.key(at) == "(" {
            at = (at..at + 4).find(|&i| scene.key(i) == ")").map_or(at, |i| i + 1);
        }
        let opens = scene.key(at) == ","
            && any_of(
                scene.key(at + 1),
                list!("a|an|the|which|widely|often|considered|long|home|made|composed"),
            );
        let closed = (at + 1..m.first).all(|i| scene.key(i) != ",");
        opens && closed && m.first - index.end <= 16
    }

    /// The first mention behind a figure whose sentence names nothing before it.
    fn led(&self, q: &Quantity) -> Option<&'static str> {
        let scene = self.scene;
        let free = |m: &&Mention| {
            let key = scene.key(self.word_before(m));
            let figures = scene.between(q.end, m.first) > 0;
            m.first >= q.end
                && m.first - q.end <= 40
                && matches!(m.class, Class::Index | Class::Listed | Class::Group)
                && !self.describes(m)
                && !self.is_object(m)
                && !any_of(key, list!("than|versus|vs|from|to|against|outpacing|with|("))
                && !(figures && any_of(key, list!("for|in|of")))
        };
        scene.mentions.iter().find(free).map(|m| m.code)
    }
}

/// Whether a word of change is a finite verb: `rose`, `declined`; not `gain`, `falling`, `up`.
fn is_verb(word: &str) -> bool {
    word.ends_with("ed")
        || any_of(
            word,
            list!(
                "rose|fell|lost|sank|slid|grew|leapt|rises|falls|gains|jumps|drops|climbs|sinks|\
                shed|\
                slides|surges"
            ),
        )
}
