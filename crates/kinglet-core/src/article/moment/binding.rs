//! Which time expression of a sentence belongs to a figure.

use super::super::lexicon::{Cue, Signal};
use super::super::number::{End, Measure, Quantity};
use super::super::period::{Expr, Time};
use super::super::scene::REACH;
use super::super::token::any_of;
use super::super::words::list;
use super::{Moments, is_event, is_horizon, is_state};
use crate::time::{Grain, LengthUnit};

impl Moments<'_> {
    /// The time expression of the sentence that belongs to a figure, with what speaks against it.
    pub(super) fn time(&self, q: &Quantity, metric: &str) -> Option<(usize, Time)> {
        self.scene
            .times
            .iter()
            .filter(|t| self.fits(t, q, metric))
            .filter_map(|t| Some((self.cost(t, q, metric)?, *t)))
            .min_by_key(|(cost, t)| (*cost, t.first))
    }

    /// Whether an expression can be the period of this metric at all.
    pub(super) fn fits(&self, time: &Time, q: &Quantity, metric: &str) -> bool {
        let state = is_state(metric) && !(metric == "yield" && self.is_move(q));
        if time.reference {
            // "its Nov. 8 record close of 2,442.74"
            let named = matches!(metric, "level" | "yield");
            let behind = time.first >= q.end
                && time.first - q.end <= 9
                && self.scene.between(q.end, time.first) == 0;
            return named && time.end <= q.first && q.first - time.end <= 5
                || named && behind && self.is_extreme(q)
                || self.starts(time) && !state && !is_event(metric);
        }
        let held = list!("held|kept|left|sat|leaving|holding|keeping|frozen|unchanged");
        let held = || (1..=12).any(|n| any_of(self.scene.before(q, n), held));
        if self.dates_ordinal(time, q) {
            return false;
        }
        let ahead = matches!(time.expr, Expr::Span(p) if !self.is_past(p));
        if metric == "policy_rate" && ahead && held() {
            return false;
        }
        if metric == "policy_rate" && self.projects() {
            return match time.expr {
                Expr::Span(p) => !self.is_past(p),
                expr => expr == Expr::ToDate(Grain::Year),
            };
        }
        match time.expr {
            Expr::Ahead(_) => is_event(metric) || matches!(metric, "return" | "return_spread"),
            Expr::Length(length) => {
                let horizon = length.unit != LengthUnit::Years || length.count <= 10;
                let whole = |t: &Time| matches!(t.expr, Expr::Range(..) | Expr::Trailing(_));
                let annual = metric == "annualized_return" && !self.scene.times.iter().any(whole);
                (is_event(metric) || annual) && horizon || self.is_back(metric, Some(*time))
            }
            Expr::ToDate(_) if state => {
                matches!(metric, "share" | "other" | "yield" | "streak")
                    || metric == "level" && (self.ends(time) || self.begins(time))
            }
            // "up 3.1% year over year in March" is March's
            Expr::Trailing(_) if metric == "inflation" => false,
            Expr::Trailing(_) | Expr::Until(..) if state => any_of(
                metric,
                list!("pe_average|pe_range|volatility|sharpe|beta|correlation|var|cvar|inflation"),
            ),
            Expr::Since(_) if state => {
                any_of(metric, list!("streak|rank|volatility|sharpe|other|share"))
            }
            Expr::Ago(_) => !is_event(metric),
            Expr::SinceThen => !state && !is_event(metric),
            Expr::Vague | Expr::Same(_) => !state && !is_event(metric),
            _ => true,
        }
    }

    /// Whether a time belongs to an ordinal before it and to no other figure: `rose 0.3%, its 17th
    /// record close of 2015`.
    fn dates_ordinal(&self, time: &Time, q: &Quantity) -> bool {
        let whole = matches!(time.expr, Expr::Span(p) if p.grain >= Grain::Month)
            || matches!(time.expr, Expr::ToDate(_));
        let key = |n: usize| time.first.checked_sub(n).map_or("", |i| self.scene.key(i));
        let of = key(1) == "of" || any_of(key(1), list!("the|this")) && key(2) == "of";
        let near = |o: &&Quantity| o.end <= time.first && time.first - o.end <= 5;
        let ordinal = |o: &&Quantity| o.measure == Measure::Ordinal && o.first != q.first;
        let last = self.scene.quantities.iter().rev().find(near);
        whole && of && last.as_ref().is_some_and(ordinal) && q.measure != Measure::Ordinal
    }

    /// Whether a point of reference is where a stretch begins: `up 44.5% from its February 11 low`.
    pub(super) fn starts(&self, time: &Time) -> bool {
        let key = |n: usize| time.first.checked_sub(n).map_or("", |i| self.scene.key(i));
        let skip = 1 + usize::from(any_of(key(1), list!("its|the|their|a")));
        // "from the market peak of 14,164.53 on October 9"
        let turn = || {
            let light = list!("the|its|their|a|all|time|market|bear|bull|closing|record|intraday");
            let of = (3..=8).find(|n| key(*n) == "of")?;
            let from = (of + 2..of + 7).find(|n| !any_of(key(*n), light))?;
            Some(any_of(key(from), list!("from|since")))
        };
        time.reference
            && (any_of(key(skip), list!("from|since"))
                || turn().unwrap_or(false)
                || any_of(key(skip), list!("above|off"))
                    && any_of(self.scene.key(time.end), list!("low|lows|bottom|trough")))
            && matches!(time.expr, Expr::Span(p) if p.grain <= Grain::Month)
    }

    pub(super) fn cost(&self, time: &Time, q: &Quantity, metric: &str) -> Option<usize> {
        let scene = self.scene;
        if time.first > q.end + REACH || q.first > time.end + REACH {
            return None;
        }
        if !scene.sees(q, time.first) && !self.dates_bracket(time, q) {
            return None;
        }
        let mut cost = match time.first >= q.end {
            true => self.cost_behind(time, q, metric)?,
            false => self.cost_before(time, q, metric)?,
        };
        if is_event(metric) && !is_horizon(time.expr) {
            cost += 3;
        }
        let whole =
            |t: &Time| matches!(t.expr, Expr::ToDate(_) | Expr::Range(..) | Expr::Trailing(_));
        if time.as_of && !is_state(metric) && scene.times.iter().any(whole) {
            cost += 12;
        }
        Some(cost)
    }

    /// The cost of a time that stands behind the figure.
    fn cost_behind(&self, time: &Time, q: &Quantity, metric: &str) -> Option<usize> {
        let scene = self.scene;
        let from = self.group_end(q);
        let timed = |i: usize| scene.times.iter().any(|t| (t.first..t.end).contains(&i)); // y/y
        let parts = |i: usize| matches!(scene.key(i), "/" | "|" | ";") && !timed(i);
        let alone = from > q.end && scene.key(time.end) == "alone";
        let wall = alone || (from..time.first).any(parts);
        if time.first < from || wall || metric == "distance_from_high" {
            return None;
        }
        let crossed = scene.between(from, time.first);
        let far = scene.boundary(from, time.first) >= 5 && (metric != "level" || crossed > 0);
        let owned = self.owned_by_former(time, q) && !self.starts(time);
        if far || owned || self.is_of_another(time, (from, crossed), metric) {
            return None;
        }
        // ", through 2026" or ", which last happened in 2004" dates no state before the comma
        let ordinal = scene
            .quantities
            .iter()
            .any(|o| o.measure == Measure::Ordinal && o.first >= from && o.end <= time.first);
        let aside = match metric {
            "level" => false,
            "policy_rate" => ordinal,
            _ => is_state(metric),
        };
        let comma = (from..time.first).any(|i| scene.key(i) == ",");
        let past = matches!(time.expr, Expr::Span(p) if self.is_past(p));
        if aside && comma && !(time.as_of && past) {
            return None;
        }
        let gap = time.first - from;
        let parted = (from..time.first).any(|i| any_of(scene.key(i), list!(",|and")));
        let decided = matches!(metric, "rate_change" | "cut_probability") && self.is_meeting(time);
        if time.adjective && (gap > 2 || parted) && !decided
            || comma && is_horizon(time.expr) && !is_event(metric)
        {
            return None;
        }
        let and = (from..time.first).any(|i| scene.key(i) == "and");
        Some(
            4 * usize::from(and) + 1 + gap / 2 + 8 * crossed + 3 * scene.boundary(from, time.first),
        )
    }

    /// Whether a time behind a figure that ends at `from`, with so many figures between, says when
    /// something else was: `to September 30`, `, closing November at 1,809.02`, `and stood 14.7%
    /// higher for the year`.
    fn is_of_another(&self, time: &Time, (from, crossed): (usize, usize), metric: &str) -> bool {
        let scene = self.scene;
        let before = scene.key(time.first.wrapping_sub(1));
        if metric == "level" && any_of(before, list!("to|through|until")) {
            return true;
        }
        let verbs = list!("closing|ending|finishing");
        let closes = any_of(before, verbs) || any_of(scene.key(time.first), verbs);
        let comma = (from..time.first).any(|i| scene.key(i) == ",");
        if closes && comma && !is_state(metric) {
            return true;
        }
        let decision = matches!(metric, "rate_change" | "cut_probability");
        let whole = matches!(time.expr, Expr::ToDate(_) | Expr::Since(_) | Expr::Trailing(_));
        let moved = scene.cues.iter().any(|c: &Cue| {
            let change = matches!(c.signal, Signal::Up | Signal::Down);
            change && c.first >= from && c.end <= time.first
        });
        crossed > 0
            && (decision
                || self.is_verbal(time)
                || self.belongs_to_former(time)
                || whole && moved && !is_event(metric))
    }

    /// The cost of a time that stands before the figure.
    fn cost_before(&self, time: &Time, q: &Quantity, metric: &str) -> Option<usize> {
        let scene = self.scene;
        if self.owned_by_former(time, q) && !self.starts(time) {
            return None;
        }
        let gap = q.first.checked_sub(time.end)?;
        // "less than a year ago; the ten-year yields 5.54%"
        let ended = (time.end..q.first).any(|i| scene.key(i) == ";");
        if ended && matches!(time.expr, Expr::Ago(_)) {
            return None;
        }
        let crossed = scene.between(time.end, q.first);
        let parted = (time.end..q.first).any(|i| matches!(scene.key(i), "and" | ","));
        let bound = crossed > 0 || gap > 9 || parted;
        if time.adjective && bound && !is_horizon(time.expr) && !self.starts(time) {
            return None;
        }
        // "12.1% in December and 15.1% this year": the former belongs to what it follows
        let follows = scene.quantities.iter().any(|o| {
            let near = o.end <= time.first && time.first - o.end <= 5 && o.first != q.first;
            near && scene.boundary(o.end, time.first) < 5
        });
        let before = time.first.checked_sub(1).map_or("", |i| scene.key(i));
        let opens = any_of(before, list!("and|while")) && matches!(gap, 1 | 2);
        let spent = follows && crossed == 0 && !time.reference && !opens && metric != "streak";
        let spent = if spent { 6 } else { 0 };
        Some(3 + gap / 2 + 2 * crossed + scene.boundary(time.end, q.first).min(12) + spent)
    }

    /// Whether brackets right behind a figure hold nothing but its time: `fell 20.94% (Nov. 8 to
    /// Jan. 27)`.
    fn dates_bracket(&self, time: &Time, q: &Quantity) -> bool {
        let open = (q.end..q.end + 3).find(|&i| self.scene.key(i) == "(");
        open.is_some_and(|open| {
            let close = (open..open + 14).find(|&i| self.scene.key(i) == ")");
            close.is_some_and(|close| {
                time.first > open && time.end <= close && self.scene.between(open, close) == 0
            })
        })
    }

    /// Whether a time is part of what somebody does: `to close the week with a loss of 4%`.
    pub(super) fn is_verbal(&self, time: &Time) -> bool {
        any_of(self.scene.key(time.first), list!("close|end|finish|closed|ended|finished"))
    }

    /// Whether a time belongs to what another figure was before: `from 2,407.34 on Wednesday to
    /// 2,467.70`.
    fn owned_by_former(&self, time: &Time, q: &Quantity) -> bool {
        let scene = self.scene;
        scene.quantities.iter().rev().find(|o| o.end <= time.first).is_some_and(|o| {
            let more =
                |n: usize| any_of(scene.before(o, n + 1), list!("more|less|greater|fewer|rather"));
            let from = (1..=7).find(|&n| {
                any_of(scene.before(o, n), list!("from|with|against|versus"))
                    || scene.before(o, n) == "than" && !more(n)
            });
            let close =
                from.is_some_and(|n| {
                    (1..n).all(|m| {
                    any_of(
                        scene.before(o, m),
                        list!("a|the|its|close|of|closing|level|an|about|peak|high|low|record|top|\
                         bottom|intraday|recent|just|trough"),
                    )
                })
                });
            o.first != q.first && close && time.first - o.end <= 4
        })
    }

    /// Whether the figure right before a time is what it was before: `to 4.32% from 4.25% on
    /// Tuesday`.
    pub(super) fn belongs_to_former(&self, time: &Time) -> bool {
        let scene = self.scene;
        scene.quantities.iter().rev().find(|o| o.end <= time.first).is_some_and(|o| {
            let at = if scene.before(o, 1) == "the" { 2 } else { 1 };
            let former = any_of(scene.before(o, at), list!("from|than|versus|with|against|vs"));
            let more = any_of(scene.before(o, at + 1), list!("more|less|greater|fewer"));
            former && !more && time.first - o.end <= 3
        })
    }

    /// The token after a list of figures that one time may follow: `4.4% and 5.5%, respectively,`.
    pub(super) fn group_end(&self, q: &Quantity) -> usize {
        let scene = self.scene;
        let mut end = q.end;
        let light = |i: usize| matches!(scene.key(i), "," | "and" | "or");
        for next in scene.quantities.iter().filter(|o| o.first >= q.end) {
            let range = q.range == Some(End::Low) && next.range == Some(End::High);
            let list = (end..next.first).all(light) && next.measure == q.measure;
            let joined = next.first - end <= 3 && (list || range);
            if !joined {
                break;
            }
            end = next.end;
        }
        let respectively = (end..end + 2).find(|&i| scene.key(i) == "respectively");
        match respectively {
            Some(at) => at + 1 + usize::from(scene.key(at + 1) == ","),
            None => {
                if end > q.end && q.range.is_none() && !self.listed(q) {
                    q.end
                } else {
                    end
                }
            }
        }
    }

    /// Whether a list of figures has no time between its members, so that one behind is for all.
    pub(super) fn listed(&self, q: &Quantity) -> bool {
        self.scene.times.iter().filter(|t| t.first >= q.end).count() <= 1
    }
}
