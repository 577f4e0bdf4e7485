//! What the lenses say: who is favoured at a glance, the case for and the case against, and a
//! section for each lens. A rule brings its own words, so that a new one needs no code.

use super::draft::Draft;
use super::words::{capital, list};
use super::{Block, Bullet, Chart, Figure, Form, Prose, Section, Sense, Table, prose};
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
        let subject = draft.subject.name();
        let columns = ["Lens", "Measure", "Rank", "Favours", "A year later"].map(str::to_owned);
        let columns = columns.into_iter().chain([format!("{subject} led"), "Months".to_owned()]);
        let mut rows: Vec<Vec<Prose>> = Vec::new();
        for lens in self.each().filter(|lens| lens.reading.side.is_ok()) {
            let reading = lens.reading;
            let mut row = vec![
                capital(&lens.rule.name).into(),
                lens.measure(draft).map_or_else(Prose::default, |f| f.written(short(&f)).into()),
                draft.known(&reading.percentile.query, Form::short(0)).into(),
                lens.favours(draft).into(),
            ];
            row.extend(after(draft, reading.after.as_ref()));
            rows.push(row);
        }
        if !rows.is_empty() {
            let mut row: Vec<Prose> = vec!["All months".into(), "".into(), "".into(), "".into()];
            row.extend(after(draft, Some(&self.readings.always)));
            rows.push(row);
        }
        let text = format!(
            "Each lens is read by a rule that was fixed beforehand. Rank is the share of month-ends \
             so far with no higher measure. A year later is the average lead of {} over {} in the \
             twelve months after such readings, of which neighbours share most days.",
            draft.subject.the(),
            draft.against.the()
        );
        let caption = "What the lenses read, and what followed such readings".to_owned();
        let table = Table { caption, columns: columns.collect(), rows };
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
        if lenses == 0 {
            return format!("No lens favours {whom}.").into();
        }
        if side == lens::Side::Large && !self.favouring(lens::Side::Small).is_empty() {
            return Prose::default();
        }
        let always = &self.readings.always;
        let (Some(lead), Some(share)) = (
            draft.known(&always.average.query, Form::digits(1)),
            draft.known(&always.share.query, Form::digits(0)),
        ) else {
            return Prose::default();
        };
        prose![
            format!(
                "What to hold a base rate against: over all twelve months that are over, {} ",
                draft.subject.the()
            ),
            ahead(draft, &lead),
            " on average and led in ",
            share,
            " of them."
        ]
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

    /// What it says and what followed such readings, fairly.
    fn argument(self, draft: &Draft<'_>, always: &BaseRate) -> Prose {
        let mut text = self.says(draft);
        let found = self.reading.after.as_ref();
        match found.and_then(|after| self.record(draft, after, always)) {
            Some(record) => text.sentence(record),
            None => text.sentence("There are too few such readings in these data for a base rate."),
        }
        text
    }

    fn record(self, draft: &Draft<'_>, after: &BaseRate, always: &BaseRate) -> Option<Prose> {
        let cases = draft.known(&after.cases.query, Form::digits(0))?;
        after.average.result.as_ref().ok()?;
        let lead = draft.known(&after.average.query, Form::digits(1))?;
        let share = draft.known(&after.share.query, Form::digits(0))?;
        let mut text = prose![
            "Of the ",
            cases.written(Form::CARDINAL),
            " month-ends that read so, ",
            share.clone(),
            format!(
                " were followed by twelve months in which {} led; on average it ",
                draft.subject.the()
            ),
            ahead(draft, &lead),
            ". "
        ];
        let usual = draft.value(&always.average.query)?;
        let often = draft.value(&always.share.query)?;
        let sign = if self.reading.side == Ok(lens::Side::Large) { -1.0 } else { 1.0 };
        let better = sign * (lead.value() - usual);
        let oftener = sign * (share.value() - often);
        text.push(worth(better, oftener));
        Some(text)
    }

    /// Why the lens should matter, and where its measure stands; of a neutral one what it says.
    fn account(self, draft: &Draft<'_>) -> Prose {
        let mut text = Prose::from(self.rule.because.clone());
        if self.reading.side == Ok(lens::Side::Neutral) {
            text.sentence(self.says(draft));
        }
        let rank = draft.known(&self.reading.percentile.query, Form::digits(0));
        match rank {
            Some(rank) if rank.value() > 0.5 => text.sentence(prose![
                "The measure was no higher at ",
                rank,
                " of the month-ends that are known."
            ]),
            Some(rank) => text.sentence(prose![
                "The measure was as low at only ",
                rank,
                " of the month-ends that are known."
            ]),
            None => {}
        }
        text
    }
}

/// What is less than this is no difference between one base rate and another.
const POINTS: f64 = 0.01;
/// The same of shares.
const SHARE: f64 = 0.05;

/// What such readings were worth, by how much better the favoured side then did than always, and
/// how much oftener.
fn worth(better: f64, oftener: f64) -> &'static str {
    match (better, oftener) {
        (b, o) if b >= POINTS && o >= SHARE => "That is better than after any month.",
        (b, o) if b <= -POINTS && o <= -SHARE => {
            "That is worse than after any month: the lens has pointed the wrong way."
        }
        (b, o) if b.abs() < POINTS && o.abs() < SHARE => {
            "That is what followed any month: the lens has told nothing."
        }
        (b, _) if b >= POINTS => "The average is better than after any month, the share is not.",
        (_, o) if o >= SHARE => "It led oftener than after any month, but by no more on average.",
        _ => "That is no better than after any month.",
    }
}

/// What followed, as three cells.
fn after(draft: &Draft<'_>, after: Option<&BaseRate>) -> [Prose; 3] {
    let Some(BaseRate { average, share, cases }) = after else {
        return ["", "", ""].map(Prose::from);
    };
    let defined = average.result.is_ok();
    let cell =
        |query: &str, form| if defined { draft.known(query, form).into() } else { "".into() };
    [
        cell(&average.query, Form::short(1).sense(Sense::Signed)),
        cell(&share.query, Form::short(0)),
        draft.known(&cases.query, Form::short(0)).into(),
    ]
}

/// `led the S&P 500 by 2.6 percentage points`, `trailed the S&P 500 by 0.4 percentage points`
fn ahead(draft: &Draft<'_>, lead: &Figure) -> Prose {
    let (form, against) = (lead.form, draft.against.the());
    match lead.value() {
        v if v < 0.0 => prose![
            format!("trailed {against} by "),
            lead.written(Form { sense: Sense::Below, ..form })
        ],
        _ => prose![format!("led {against} by "), lead.written(form)],
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

fn short(figure: &Figure) -> Form {
    Form::short(decimals(figure.answer.spelling))
}
