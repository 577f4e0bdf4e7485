//! What the lenses say: who is favoured at a glance, the case for and the case against, and a
//! section for each lens. A rule brings its own words, so that a new one needs no code.

use super::draft::Draft;
use super::words::{capital, list};
use super::{Block, Bullet, Chart, Figure, Form, Prose, Section, Sense, Table, prose};
use crate::answer::Answer;
use crate::lens::{self, BaseRate, Lenses, Reading, Readings, Rule};
use crate::quantity::Spelling;

/// The readings of a note, with their rules.
pub(super) struct Lensed<'a> {
    lenses: &'a Lenses,
    readings: Readings,
}

/// One lens.
#[derive(Clone, Copy)]
pub(super) struct Lensing<'a> {
    pub(super) rule: &'a Rule,
    pub(super) reading: &'a Reading,
}

/// What is said of a lens beside its reading, by the sections that know more.
pub(super) type Details<'a> = &'a dyn Fn(&str, &mut Vec<Chart>) -> Vec<Block>;

impl<'a> Lensed<'a> {
    /// The readings as of the day of a note.
    pub(super) fn of(draft: &Draft<'_>, lenses: &'a Lenses) -> Lensed<'a> {
        Lensed { lenses, readings: lenses.read(draft.evaluator()) }
    }

    /// Each lens.
    pub(super) fn each(&self) -> impl Iterator<Item = Lensing<'_>> {
        let rules = self.lenses.rules().lenses.iter();
        rules.zip(&self.readings.readings).map(|(rule, reading)| Lensing { rule, reading })
    }

    /// Whether a lens can be read of the pair.
    pub(super) fn has(&self, name: &str) -> bool {
        self.lenses.rules().lenses.iter().any(|rule| rule.name == name)
    }

    /// Those that favour a side.
    fn favouring(&self, side: lens::Side) -> Vec<Lensing<'_>> {
        self.each().filter(|lens| lens.reading.side == Ok(side)).collect()
    }

    /// On whose side the lenses are, to stand behind a headline whose lead has this sign.
    pub(super) fn balance(&self, draft: &Draft<'_>, ahead: i8) -> String {
        let count = |side| self.favouring(side).len();
        let (subject, against) = (count(lens::Side::Small), count(lens::Side::Large));
        let (said, sign) = match (subject, against) {
            (0, 0) => return String::new(),
            (s, a) if s == a => return "; the lenses are divided".to_owned(),
            (_, 0) => ("no lens is against it".to_owned(), 1),
            (0, _) => ("no lens favours it".to_owned(), -1),
            (s, a) if s > a => ("more lenses favour it than not".to_owned(), 1),
            _ => (format!("more lenses favour {}", draft.against.the()), -1),
        };
        let joint = if ahead * sign < 0 { ", but " } else { ", and " };
        format!("{joint}{said}")
    }

    /// Whom each lens favours.
    pub(super) fn in_brief(&self, draft: &Draft<'_>) -> Prose {
        let sides = [
            (lens::Side::Small, draft.subject.the()),
            (lens::Side::Large, draft.against.the()),
            (lens::Side::Neutral, "neither".to_owned()),
        ];
        let mut clauses = Vec::new();
        for (side, whom) in sides {
            let found = self.favouring(side);
            let names: Vec<String> = found.iter().map(|lens| lens.rule.name.clone()).collect();
            let verb = if names.len() == 1 { "favours" } else { "favour" };
            if !names.is_empty() {
                clauses.push(format!("{} {verb} {whom}", list(&names)));
            }
        }
        match clauses.is_empty() {
            true => Prose::default(),
            false => format!("{}.", capital(&clauses.join("; "))).into(),
        }
    }

    /// Every reading in one table.
    pub(super) fn at_a_glance(&self, draft: &Draft<'_>) -> Section {
        let columns = ["Lens", "Measure and rank", "Favours", "A year after such readings"];
        let mut rows: Vec<Vec<Prose>> = Vec::new();
        for lens in self.each().filter(|lens| lens.reading.side.is_ok()) {
            rows.push(vec![
                capital(&lens.rule.name).into(),
                lens.ranked(draft),
                lens.favours(draft).into(),
                after(draft, lens.reading.after.as_ref()),
            ]);
        }
        if !rows.is_empty() {
            let always = after(draft, Some(&self.readings.always));
            rows.push(vec!["All months".into(), "".into(), "".into(), always]);
        }
        let text = format!(
            "Each lens is read by a rule that was fixed beforehand. Rank is the share of \
             month-ends so far with no higher measure. The last column has the average lead of {} \
             over {} in the twelve months after such readings, how often it led and of how many \
             month-ends; neighbours among these share most of their days.",
            draft.subject.the(),
            draft.against.the()
        );
        let caption = "What the lenses read, and what followed such readings".to_owned();
        let columns = columns.map(str::to_owned).to_vec();
        let table = Table { caption, columns, rows };
        let blocks = match table.rows.is_empty() {
            true => Vec::new(),
            false => vec![Block::Paragraph(text.into()), Block::Table(table)],
        };
        Section::of("lenses", "The lenses at a glance", blocks)
    }

    /// The case for and the case against: the lenses that favour a side, each with what followed
    /// such readings.
    pub(super) fn cases(&self, draft: &Draft<'_>) -> [Section; 2] {
        let case = |id: &str, word: &str, side: lens::Side| {
            let lenses = self.favouring(side);
            let mut blocks = vec![Block::Paragraph(self.opening(draft, side, lenses.len()))];
            let argue = |lens: &Lensing<'_>| Bullet {
                lead: capital(&lens.rule.name),
                prose: lens.argument(draft, &self.readings.always),
            };
            blocks.push(Block::Bullets(lenses.iter().map(argue).collect()));
            Section::of(id, format!("The case {word} {}", draft.subject.the()), blocks)
        };
        [
            case("case-for", "for", lens::Side::Small),
            case("case-against", "against", lens::Side::Large),
        ]
    }

    fn opening(&self, draft: &Draft<'_>, side: lens::Side, lenses: usize) -> Prose {
        let whom = match side {
            lens::Side::Large => draft.against.the(),
            _ => draft.subject.the(),
        };
        match lenses {
            0 => format!("No lens favours {whom}."),
            1 => format!("One lens favours {whom}."),
            _ => format!("These lenses favour {whom}."),
        }
        .into()
    }

    /// A section for each lens that has a reading, with what is said of it by those that know more.
    pub(super) fn sections(
        &self,
        draft: &Draft<'_>,
        charts: &mut Vec<Chart>,
        details: Details<'_>,
    ) -> Vec<Section> {
        let section = |lens: Lensing<'_>| {
            let mut blocks = Vec::new();
            if lens.reading.side.is_ok() {
                blocks.push(Block::Paragraph(lens.account(draft)));
            }
            blocks.extend(details(&lens.rule.name, charts));
            let heading = format!("{}: {}", capital(&lens.rule.name), lens.verdict(draft));
            Section::of(&lens.rule.name, heading, blocks)
        };
        self.each().map(section).collect()
    }

    /// The lenses without a reading, with the reason of each.
    pub(super) fn lacking(&self) -> Vec<(&str, &str)> {
        let readings = self.readings.readings.iter();
        readings
            .filter_map(|r| Some((r.lens.as_str(), r.side.as_ref().err()?.reason.as_str())))
            .collect()
    }
}

impl Lensing<'_> {
    /// Whom it favours, in a word or two.
    fn favours(self, draft: &Draft<'_>) -> String {
        match self.reading.side {
            Ok(lens::Side::Small) => draft.subject.name().to_owned(),
            Ok(lens::Side::Large) => draft.against.name().to_owned(),
            Ok(lens::Side::Neutral) => "neither".to_owned(),
            Err(_) => "no reading".to_owned(),
        }
    }

    /// The same as a clause.
    fn verdict(self, draft: &Draft<'_>) -> String {
        match self.reading.side {
            Ok(lens::Side::Small) => format!("favours {}", draft.subject.the()),
            Ok(lens::Side::Large) => format!("favours {}", draft.against.the()),
            Ok(lens::Side::Neutral) => "favours neither side".to_owned(),
            Err(_) => "no reading".to_owned(),
        }
    }

    /// The measure with its place in history, if it has one.
    fn ranked(self, draft: &Draft<'_>) -> Prose {
        let measure = self.measure(draft).and_then(|f| f.written(f.form.shortened()));
        match (measure, draft.known(&self.reading.percentile.query, Form::short(0))) {
            (Some(measure), Some(rank)) => prose![measure, ", above ", rank],
            _ => "no history".into(),
        }
    }

    /// The figure of its measure.
    pub(super) fn measure(self, draft: &Draft<'_>) -> Option<Figure> {
        let figure = draft.figure(&self.reading.value.query, Form::digits(1))?;
        figure.written(Form::digits(decimals(figure.answer.spelling)))
    }

    /// The measure in a sentence.
    pub(super) fn says(self, draft: &Draft<'_>) -> Prose {
        let Some(figure) = self.measure(draft) else { return Prose::default() };
        let named = |text: &str| {
            let text = text.replace("{subject}", &draft.subject.the());
            text.replace("{against}", &draft.against.the())
        };
        let below = self.rule.says.as_ref().and_then(|says| says.below.as_deref());
        let above = self.rule.says.as_ref().map(|says| says.above.as_str());
        let (text, figure) = match (figure.value() < 0.0, below, above) {
            (true, Some(below), _) => {
                let form = Form { sense: Sense::Below, ..figure.form };
                (below, figure.written(form))
            }
            (_, _, Some(above)) => (above, Some(figure)),
            (_, _, None) => return prose!["Its measure stands at ", figure, "."],
        };
        let text = named(text);
        match text.split_once("{value}") {
            Some((before, after)) => prose![before.to_owned(), figure, after.to_owned()],
            None => text.into(),
        }
    }

    /// What it says and what such readings were worth, fairly.
    fn argument(self, draft: &Draft<'_>, always: &BaseRate) -> Prose {
        let mut text = self.says(draft);
        let worth = self.reading.after.as_ref().and_then(|after| self.worth(after, always));
        let worth = worth.unwrap_or("These data hold too few such readings for a base rate.");
        let side = match self.reading.side {
            Ok(lens::Side::Large) => draft.against,
            _ => draft.subject,
        };
        text.sentence(worth.replace("{side}", &side.the()));
        text
    }

    /// What such readings were worth: by how much better the favoured side then did than always,
    /// and how much oftener it led.
    fn worth(self, after: &BaseRate, always: &BaseRate) -> Option<&'static str> {
        let value = |answer: &Answer| answer.result.as_ref().ok().map(|o| o.quantity.value);
        let sign = if self.reading.side == Ok(lens::Side::Large) { -1.0 } else { 1.0 };
        let better = sign * (value(&after.average)? - value(&always.average)?);
        let oftener = sign * (value(&after.share)? - value(&always.share)?);
        Some(match (better, oftener) {
            (b, o) if b >= POINTS && o >= SHARE => {
                "The years after such readings were better for {side} than those after any month."
            }
            (b, o) if b <= -POINTS && o <= -SHARE => {
                "The years after such readings were worse for {side} than those after any month: \
                 so far the lens has pointed the wrong way."
            }
            (b, o) if b.abs() < POINTS && o.abs() < SHARE => {
                "The years after such readings were like those after any month: so far the lens \
                 has told nothing."
            }
            (b, _) if b >= POINTS => {
                "The years that followed such readings were better on the whole, but no oftener \
                 good ones, than those after any month."
            }
            (_, o) if o >= SHARE => {
                "The years that followed such readings were oftener good ones, but no better on \
                 the whole, than those after any month."
            }
            _ => "The years that followed such readings were no better than those after any month.",
        })
    }

    /// Why the lens should matter; of a neutral one what it says.
    fn account(self, draft: &Draft<'_>) -> Prose {
        let mut text = Prose::from(self.rule.because.clone());
        if self.reading.side == Ok(lens::Side::Neutral) {
            text.sentence(self.says(draft));
        }
        text
    }
}

/// What is less than this is no difference between one base rate and another.
const POINTS: f64 = 0.01;
/// The same of shares.
const SHARE: f64 = 0.05;

/// What followed, as one cell.
fn after(draft: &Draft<'_>, after: Option<&BaseRate>) -> Prose {
    let Some(BaseRate { average, share, cases }) = after else { return Prose::default() };
    let signed = Form::short(1).sense(Sense::Signed);
    let (lead, share) =
        (draft.known(&average.query, signed), draft.known(&share.query, Form::short(0)));
    match (lead, share, draft.known(&cases.query, Form::short(0))) {
        (Some(lead), Some(share), Some(cases)) if average.result.is_ok() => {
            prose![lead, ", led in ", share, " of ", cases]
        }
        _ => "too few".into(),
    }
}

/// As many digits as a reader can use.
pub(super) fn decimals(spelling: Spelling) -> usize {
    match spelling {
        Spelling::Percent | Spelling::PercentagePoints => 1,
        Spelling::BasisPoints => 0,
        _ => 2,
    }
}
