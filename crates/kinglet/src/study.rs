//! Studies for requests: those that ship, days from a file, the report.

pub mod figure;
mod page;

use kinglet_core::answer::Undefined;
use kinglet_core::diagnostic::{Code, Diagnostic};
use kinglet_core::identity::Entity;
use kinglet_core::query::{Evaluator, Expr, FACTORS};
use kinglet_core::time::Grain;
use kinglet_core::view::View;

pub use kinglet_core::study::{
    BlockKind, Chance, Declared, DeclaredStudy, Design, NamedDay, Report,
};

use kinglet_core::study::{Asked, Expectation, Model, SHIPPED, Source, about};
pub use page::page;

/// The studies and states that ship with the program.
///
/// # Panics
/// If they cannot be read: a defect.
pub fn shipped() -> Declared {
    toml::from_str(SHIPPED).expect("a test reads the studies")
}

/// What a request asks.
#[derive(Clone, Debug)]
pub struct Request {
    /// The study.
    pub design: Design,
    /// What is asked beyond it.
    pub asked: Asked,
}

/// A model of what was to be expected, as text.
#[derive(Clone, Debug)]
pub struct ModelText {
    /// Which.
    pub kind: ModelKind,
    /// On what series: codes of entities that take the place of that of the outcome.
    pub benchmarks: Vec<String>,
    /// From how many periods it is estimated.
    pub estimation: usize,
    /// How many periods lie between them and the first after the event.
    pub gap: usize,
}

/// The models.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModelKind {
    /// The mean of the periods before.
    Mean,
    /// A regression on the benchmarks: of one the market model, of several a factor model.
    Market,
    /// What the benchmark did at the same time.
    Adjusted,
    /// The factors of Fama and French, by the name of their model.
    Factors(&'static str),
}

impl ModelText {
    /// The expectation for an outcome.
    fn read(&self, outcome: &Expr) -> Result<Expectation, Diagnostic> {
        let one = |code: &String| {
            about(outcome, &Entity::new(code)).ok_or_else(|| {
                let message = format!("`{outcome}` does not speak of one entity alone");
                Diagnostic::new(Code::Usage, message)
                    .hint("a model takes an outcome such as return(RUT, +6m)")
            })
        };
        let mut on = self.benchmarks.iter().map(one).collect::<Result<Vec<Expr>, _>>()?;
        let model = match (self.kind, on.len()) {
            (ModelKind::Mean, _) => Model::Mean,
            (ModelKind::Market, 1..) => Model::Regression(on),
            (ModelKind::Adjusted, 1) => Model::Adjusted(on.remove(0)),
            (ModelKind::Factors(model), 0) => Model::Factors(model),
            (ModelKind::Factors(_), _) => {
                let message = "the factors are those of the model; it takes no benchmark";
                return Err(Diagnostic::new(Code::Usage, message)
                    .hint("`--model market` is a regression on series of your own"));
            }
            _ => {
                let message = "the model takes a benchmark, that of adjusted returns one alone";
                return Err(Diagnostic::new(Code::Usage, message)
                    .hint("for example --model market --benchmark SPX"));
            }
        };
        Ok(Expectation { model, estimation: self.estimation, gap: self.gap })
    }
}

impl Request {
    /// The request for a study that is declared, or whose days are given, split by some states.
    ///
    /// # Errors
    /// The diagnostic of the text that is none.
    pub fn new(
        study: &DeclaredStudy,
        days: Option<Vec<NamedDay>>,
        (states, model): (&[String], Option<&ModelText>),
        chance: Chance,
    ) -> Result<Request, Diagnostic> {
        let design = study.design(days)?;
        let grain = match &design.source {
            Source::Condition(condition) => condition.open().grain.unwrap_or(Grain::Day),
            Source::Days(_) => Grain::Day,
        };
        let declared = shipped();
        let splits = states.iter().map(|state| declared.state(state, grain));
        let splits = splits.collect::<Result<_, _>>()?;
        let outcome = &design.outcomes[design.primary];
        let expectation = model.map(|model| model.read(outcome)).transpose()?;
        Ok(Request { design, asked: Asked { splits, expectation, chance } })
    }

    /// The series that must be loaded for it beside what its queries need.
    pub fn series(&self) -> &'static [&'static str] {
        match self.asked.expectation {
            Some(Expectation { model: Model::Factors(_), .. }) => &FACTORS,
            _ => &[],
        }
    }

    /// What must be loaded for it, by the queries that need it.
    pub fn needs(&self) -> Vec<&Expr> {
        let condition = match &self.design.source {
            Source::Condition(condition) => Some(condition),
            Source::Days(_) => None,
        };
        let model = match self.asked.expectation.as_ref().map(|asked| &asked.model) {
            Some(Model::Regression(on)) => on.as_slice(),
            Some(Model::Adjusted(other)) => std::slice::from_ref(other),
            Some(Model::Mean | Model::Factors(_)) | None => &[],
        };
        let own = condition.into_iter().chain(&self.design.outcomes);
        own.chain(&self.asked.splits).chain(model).collect()
    }

    /// What the data of a view say; `told` is told what share of the draws is made.
    ///
    /// # Errors
    /// `Undefined` where the study has no answer: the condition looks ahead, a series is missing.
    pub fn report(&self, view: &View, told: &dyn Fn(f64)) -> Result<Report, Diagnostic> {
        let report = Report::of(&Evaluator::new(view), self.design.clone(), &self.asked, told);
        report.map_err(|Undefined { code, reason }| {
            let error = Diagnostic::new(Code::Undefined, reason).note(format!("code {code}"));
            match self.asked.expectation.as_ref().map(|asked| &asked.model) {
                Some(Model::Factors(model)) if *model != "size" && code == "no_series" => {
                    error.hint("`--model size` needs the market and size alone")
                }
                _ => error,
            }
        })
    }
}

/// The days of a table in CSV with a column `date` and perhaps one `name`.
///
/// # Errors
/// `Layout` where there is no column `date`, `Row` where a row cannot be read.
pub fn days(text: &str, file: &str) -> Result<Vec<NamedDay>, Diagnostic> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let heads = reader.headers().map_err(|error| unread(file, 1, &error.to_string()))?;
    let place = |name: &str| heads.iter().position(|head| head.eq_ignore_ascii_case(name));
    let (date, name) = (place("date"), place("name"));
    let date = date.ok_or_else(|| {
        Diagnostic::new(Code::Layout, format!("{file} has no column `date`"))
            .hint("its first line names the columns: date, and name if events have names")
    })?;
    let mut days = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|error| {
            let line = error.position().map_or(0, csv::Position::line);
            unread(file, line, "its number of cells is not that of the first line")
        })?;
        let line = row.position().map_or(0, csv::Position::line);
        let cell = row.get(date).unwrap_or_default();
        let day = cell.parse().map_err(|_| {
            unread(file, line, &format!("column `date`: `{cell}` is not a day such as 2025-09-18"))
        })?;
        let name = name.and_then(|at| row.get(at)).filter(|name| !name.is_empty());
        days.push(NamedDay { day, name: name.map(str::to_owned) });
    }
    Ok(days)
}

fn unread(file: &str, line: u64, reason: &str) -> Diagnostic {
    Diagnostic::new(Code::Row, format!("{file}, line {line}: {reason}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_studies_that_ship_are_studies() {
        let declared = shipped();
        assert!(declared.studies.len() >= 8);
        for study in &declared.studies {
            let states: Vec<String> = declared.states.iter().map(|s| s.name.clone()).collect();
            let chance = Chance { seed: 1, draws: 10, blocks: BlockKind::Circular };
            let request = Request::new(study, None, (&states, None), chance);
            let request = request.unwrap_or_else(|error| panic!("{}: {error}", study.name));
            assert_eq!(request.asked.splits.len(), 4);
            assert!(!study.said.is_empty() && !study.title.is_empty(), "{}", study.name);
        }
    }

    #[test]
    fn days_of_a_table() {
        let found = days("Name, date\nSVB, 2023-03-10\n, 2020-03-15\n", "f.csv").expect("days");
        assert_eq!(found[0].name.as_deref(), Some("SVB"));
        assert_eq!((found[1].day.to_string().as_str(), &found[1].name), ("2020-03-15", &None));
        let refused = |text: &str| days(text, "f.csv").expect_err("refused");
        assert_eq!(refused("day\n2020-01-01\n").code, Code::Layout);
        let row = refused("date,name\n2020-02-30,x\n");
        assert_eq!((row.code, row.message.contains("line 2")), (Code::Row, true), "{row}");
        assert_eq!(refused("date,name\n2020-02-03,x,y\n").code, Code::Row);
    }
}
