//! What tells over periods whatever their source: their form and where they end, beside what is
//! around the figure.

use super::super::super::choice::{Features, id, named};
use super::super::outlook::{ENDS, Place};
use super::Candidates;
use super::form::{FORMS, class, form};

/// What speaks for periods of a form, for those of an end, for those of both, and for those that
/// repeat the figures before; each worked out once.
pub(super) struct Settings<F> {
    forms: Vec<F>,
    /// Of a form and an end, by itself and for periods that end on no day that was spoken of.
    places: Vec<[F; 2]>,
    ends: [Option<F>; ENDS],
    repeats: [Option<F>; 4],
    /// Where those of a form stand, and those of a form for each end, counted from 1; 0 if they are
    /// not worked out.
    forms_at: [u8; FORMS],
    places_at: [[u16; ENDS]; FORMS],
}

impl<F> Settings<F> {
    /// What is not worked out yet.
    pub(super) fn new() -> Self {
        Settings {
            forms: Vec::with_capacity(24),
            places: Vec::with_capacity(64),
            ends: [const { None }; ENDS],
            repeats: [const { None }; 4],
            forms_at: [0; FORMS],
            places_at: [[0; ENDS]; FORMS],
        }
    }
}

impl<'a, F: Features<'a>> Candidates<'_, 'a, F> {
    /// Adds what speaks for a period that lies at a place, whatever its source.
    pub(super) fn add_setting(&mut self, key: u64, place: Place, f: &mut F) {
        let at = self.place_at(place);
        let ends = self.context.numbers.iter().filter(|end| **end == place.last).count();
        let [bare, unspoken] = &self.settings.places[at];
        match ends {
            0 => f.join(unspoken),
            _ => {
                f.join(bare);
                f.add(named!("ends as said"), [ends as u32, place.form, place.end]);
            }
        }
        let [last, former] = self.context.said.map(|said| said == (key, place.last));
        let repeats = usize::from(last) + 2 * usize::from(former);
        if self.settings.repeats[repeats].is_none() {
            self.settings.repeats[repeats] = Some(self.of_repeats(last, former));
        }
        f.join_some(&self.settings.repeats[repeats]);
    }

    /// Where what speaks for periods at a place stands.
    fn place_at(&mut self, Place { form, row, end, .. }: Place) -> usize {
        let (row, column) = (usize::from(row), end as usize);
        if self.settings.places_at[row][column] == 0 {
            let bare = self.of_place(row, form, end);
            let mut unspoken = bare.clone();
            if self.moments.remembered.spoken[0].is_some() {
                unspoken.add(named!("ends as said"), [0, form, end]);
            }
            self.settings.places.push([bare, unspoken]);
            self.settings.places_at[row][column] = self.settings.places.len() as u16;
        }
        usize::from(self.settings.places_at[row][column]) - 1
    }

    /// Where what speaks for periods of a form stands.
    fn form_at(&mut self, row: usize, form: u32) -> usize {
        if self.settings.forms_at[row] == 0 {
            let of_form = self.of_form(form);
            self.settings.forms.push(of_form);
            self.settings.forms_at[row] = self.settings.forms.len() as u8;
        }
        usize::from(self.settings.forms_at[row]) - 1
    }

    /// What speaks for periods that lie at a place.
    fn of_place(&mut self, row: usize, form: u32, end: u32) -> F {
        let (m, context) = (self.class, &self.context);
        let mut f = self.none();
        f.add(named!("end form"), [form, end]);
        f.add(named!("frame end form"), [self.moments.outlook.frame, form, end]);
        f.add(named!("size end"), [m, context.size, end, form]);
        f.add(named!("look end"), [context.look, end, form]);
        f.add(named!("grounds end"), [self.moments.outlook.grounds, end, form]);
        if context.extreme > 0 {
            f.add(named!("extreme end"), [context.extreme, end, form]);
        }
        let at = self.form_at(row, form);
        f.join(&self.settings.forms[at]);
        if self.settings.ends[end as usize].is_none() {
            self.settings.ends[end as usize] = Some(self.of_end(end));
        }
        f.join_some(&self.settings.ends[end as usize]);
        f
    }

    /// What speaks for periods of a form.
    fn of_form(&self, shape: u32) -> F {
        let (m, context) = (self.class, &self.context);
        let (b, a) = (context.before.min(2) as u32, context.after.min(2) as u32);
        let mut f = self.none();
        f.add(named!("form"), [m, shape]);
        f.add(named!("form of"), [id(self.reading.metric), shape]);
        f.add(named!("preceding"), [context.preceding, m, shape]);
        f.add(named!("aspect"), [context.aspect, m, shape]);
        f.add(named!("has"), [m, b, a, shape]);
        f.add(named!("size"), [m, context.size, shape]);
        f.add(named!("look"), [m, context.look, shape]);
        f.add(named!("telling"), [m, self.ledger.count.min(2), shape]);
        f.add(named!("unit"), [context.measure, m, shape]);
        f.add(named!("frame"), [self.moments.outlook.frame, m, shape]);
        for word in &context.words {
            f.add(named!("tells"), [*word, shape]);
        }
        let memory = &self.moments.remembered;
        f.add(named!("block"), [memory.block.map_or(9, |kind| kind as u32), m, shape]);
        f.add(named!("study"), [self.studied(), m, shape]);
        if let Some((metric, said, age)) = memory.spoken[0] {
            let (same, age) = (self.is_same(metric), u32::from(age).min(5));
            f.add(named!("follows"), [form(said), shape, same, age]);
        }
        match memory.former {
            Some((_, former)) => f.add(named!("former form"), [m, form(former), shape]),
            None => f.add(named!("first"), [m, shape]),
        }
        f
    }

    /// What speaks for periods that end at a place.
    fn of_end(&self, end: u32) -> F {
        let (m, context) = (self.class, &self.context);
        let mut f = self.none();
        f.add(named!("end"), [m, end]);
        f.add(named!("telling end"), [m, self.ledger.count.min(2), end]);
        f.add(named!("frame end"), [self.moments.outlook.frame, m, end]);
        f.add(named!("grounds"), [self.moments.outlook.grounds, context.look, m, end]);
        f.add(named!("preceding end"), [context.preceding, end]);
        f.add(named!("aspect end"), [context.aspect, end]);
        for word in &context.words {
            f.add(named!("tells end"), [*word, m, end]);
        }
        f
    }

    /// What speaks for periods of which the last figure is or is not, and the one before in the
    /// sentence.
    fn of_repeats(&self, last: bool, former: bool) -> F {
        let (m, wall) = (self.class, self.context.wall);
        let memory = &self.moments.remembered;
        let mut f = self.none();
        if let Some((metric, _, age)) = memory.spoken[0] {
            let (same, age) = (self.is_same(metric), u32::from(age).min(8));
            let named = self.context.before.min(1) as u32;
            f.add(named!("repeats"), [age, same, u32::from(last), named]);
        }
        if let Some((metric, _)) = memory.former {
            let (same, repeats) = (self.is_same(metric), u32::from(former));
            let other = u32::from(memory.other_entity);
            f.add(named!("former other"), [m, other, repeats, wall]);
            f.add(named!("former"), [m, same, repeats]);
            f.add(named!("former of"), [m, class(metric), repeats]);
            f.add(named!("former wall"), [m, wall, repeats]);
        }
        f
    }

    /// Whether a study is told of: of cases, of a part of the year.
    pub(super) fn studied(&self) -> u32 {
        let memory = &self.moments.remembered;
        let season = memory.season.or(memory.seasonal).is_some();
        u32::from(memory.cases) + 2 * u32::from(season) + 4 * u32::from(memory.season.is_some())
    }

    fn is_same(&self, metric: &str) -> u32 {
        u32::from(metric == self.reading.metric)
    }
}
