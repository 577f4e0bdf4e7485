//! Periods between two times, and lengths of time that reach up to one.

use jiff::civil::Date;

use super::super::super::choice::{Features, named};
use super::super::super::period::{Expr, last_session};
use super::super::outlook::Place;
use super::Candidates;
use super::form::kind;
use crate::time::{CalendarPeriod, Grain, Length, Period, session_up_to};

impl<'a, F: Features<'a>> Candidates<'_, 'a, F> {
    /// From one time to another: `after bottoming on April 8 … by Friday's close`.
    pub(super) fn stretches(&mut self) {
        let mut anchors: Vec<(CalendarPeriod, u32, u32)> = Vec::with_capacity(16);
        for s in &self.sources {
            let role = u32::from(s.time.reference) + 2 * u32::from(s.time.as_of);
            let name = if s.own { named!("own") ^ s.side } else { s.name };
            let mut add = |p: CalendarPeriod| {
                let short = matches!(p.grain, Grain::Day | Grain::Month);
                if short && !anchors.iter().any(|(known, ..)| *known == p) {
                    anchors.push((p, name, role));
                }
            };
            match s.time.expr {
                Expr::Span(p) | Expr::Since(p) => {
                    add(p);
                    if p.grain > Grain::Day && p.grain != Grain::Half {
                        add(CalendarPeriod::day(last_session(p)));
                    }
                }
                Expr::Range(a, b) => [a, b].into_iter().for_each(add),
                _ => {}
            }
        }
        for (place, day) in self.context.ends.iter().flatten().enumerate() {
            if let Some(day) = *day {
                let p = CalendarPeriod::day(session_up_to(day));
                if !anchors.iter().any(|(known, ..)| *known == p) {
                    anchors.push((p, named!("spoken") ^ place.min(2) as u32, 0));
                }
            }
        }
        // Between two days that the article only looks on from is nothing.
        let told = anchors.len();
        for day in &self.moments.outlook.days {
            if !anchors.iter().any(|(known, ..)| *known == day.session) {
                anchors.push((day.session, day.name, 0));
            }
        }
        anchors.truncate(12);
        // where a stretch lies hangs on its end
        let place = |p: CalendarPeriod| self.moments.outlook.place(Period::Between(p, p));
        let places: Vec<Place> = anchors.iter().map(|(p, ..)| place(*p)).collect();
        for (at, &(a, from, role)) in anchors.iter().enumerate() {
            for (up_to, &(b, to, _)) in anchors.iter().enumerate() {
                if a.grain != b.grain || a >= b || at.min(up_to) >= told {
                    continue;
                }
                let mut f = self.none();
                f.add(named!("stretch"), [from, to]);
                f.add(named!("stretch of"), [self.class, from, to]);
                f.add(named!("stretch role"), [from, to, role]);
                f.add(named!("stretch aspect"), [self.context.aspect, from, to]);
                f.add(named!("stretch grain"), [self.class, a.grain as u32]);
                let period = Period::Between(a, b);
                self.push_at(period, Place { key: period.key(), ..places[up_to] }, f);
            }
        }
    }

    /// A length of time up to each day that it may reach to.
    pub(super) fn lengths(&mut self) {
        let mut lengths: Vec<(Length, u32, u32)> = Vec::new();
        for s in &self.sources {
            if let Expr::Length(l) | Expr::Trailing(l) | Expr::Ahead(l) | Expr::Until(l, _) =
                s.time.expr
            {
                lengths.push((
                    l,
                    if s.own { named!("own") ^ s.side } else { s.name },
                    kind(s.time.expr),
                ));
            }
        }
        if let Some(length) = self.moments.remembered.streak {
            lengths.push((length, named!("streak"), 0));
        }
        if lengths.is_empty() {
            return;
        }
        let mut ends: Vec<(Date, u32)> = Vec::new();
        let mut end = |day: Date, name: u32| {
            if !ends.iter().any(|(known, _)| *known == day) {
                ends.push((day, name));
            }
        };
        for s in &self.sources {
            if let Expr::Span(p) | Expr::Range(_, p) = s.time.expr
                && p.grain < Grain::Year
            {
                let name = if s.own { named!("own") ^ s.side } else { s.name };
                end(if p.grain == Grain::Day { p.first_day() } else { p.last_day() }, name);
            }
        }
        for (place, day) in self.context.ends.iter().flatten().enumerate() {
            if let Some(day) = *day {
                end(day, named!("spoken") ^ place.min(2) as u32);
            }
        }
        for day in &self.moments.outlook.days {
            end(day.date, day.name);
            end(day.former_ends.0, named!("month end"));
            end(day.former_ends.1, named!("year end"));
        }
        ends.truncate(10);
        for (length, from, kind) in lengths {
            for (day, name) in &ends {
                let mut f = self.none();
                f.add(named!("length"), [from, *name]);
                f.add(named!("length of"), [self.class, from, *name]);
                f.add(named!("length kind"), [kind, *name]);
                f.add(named!("length unit"), [length.unit as u32, *name]);
                self.push(Period::Trailing(length, *day), f);
            }
            let mut f = self.none();
            f.add(named!("forward"), [from, kind]);
            f.add(named!("forward of"), [self.class, from]);
            self.push(Period::Forward(length), f);
        }
    }
}
