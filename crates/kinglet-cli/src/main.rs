//! The `kinglet` program: answers for people and programs, on a terminal.

mod arguments;
mod assistance;
mod command;
mod progress;
mod report;
mod table;
mod terminal;
mod text;

use std::process::ExitCode;

use kinglet::{Diagnostic, Exit};
use serde_json::json;

use arguments::{Start, Verb};
use terminal::{CARE, Errors, Remarks, Terminal, styled};

/// What a verb gives: text for standard output and an exit status.
struct Done {
    output: String,
    exit: Exit,
}

impl Done {
    /// Output of a verb that found nothing amiss.
    fn with(output: String) -> Done {
        Done { output, exit: Exit::Done }
    }
}

/// What a verb returns: every message if it fails, not the first alone.
type Outcome = Result<Done, Vec<Diagnostic>>;

fn main() -> ExitCode {
    let given: Vec<_> = std::env::args_os().collect();
    let mut terminal = Terminal::for_errors_of(&given);
    report::catch_panics(terminal);
    let outcome = match arguments::read(given) {
        Start::Run(arguments) => {
            terminal = arguments.global.terminal(terminal);
            let (lake, remarks) = (arguments.global.lake(), arguments.global.remarks());
            run(&arguments.verb, &Settings { lake, remarks, terminal })
        }
        Start::Show(text) => Ok(Done::with(text)),
        Start::Refuse(diagnostic) => Err(vec![*diagnostic]),
    };
    let exit = match outcome {
        Ok(done) => terminal.print(&done.output).map_or_else(
            |error| report::print(terminal, &[report::unwritten(&error)]),
            |()| done.exit,
        ),
        Err(diagnostics) => report::print(terminal, &diagnostics),
    };
    ExitCode::from(exit as u8)
}

/// What is said once for all verbs.
struct Settings<'a> {
    lake: Option<&'a str>,
    remarks: Remarks,
    terminal: Terminal,
}

impl Settings<'_> {
    /// Says on standard error what did not go well and changed nothing.
    fn notice(&self, text: &str) {
        self.terminal.complain(&match self.terminal.errors {
            Errors::Text => format!("{}: {text}\n", styled(CARE, "notice")),
            Errors::Json => format!("{}\n", json!({ "notice": text })),
        });
    }
}

fn run(verb: &Verb, settings: &Settings<'_>) -> Outcome {
    match verb {
        Verb::Eval(arguments) => command::eval::run(arguments, settings),
        Verb::Explain(arguments) => command::explain::run(arguments),
        Verb::Lens(arguments) => command::lens::run(arguments, settings),
        Verb::Study(arguments) => command::study::run(arguments, settings),
        Verb::Optimize(arguments) => command::optimize::run(arguments, settings),
        Verb::Allocate(arguments) => command::allocate::run(arguments, settings),
        Verb::Audit(arguments) => command::audit::run(arguments, settings),
        Verb::Case(arguments) => command::case::run(arguments, settings),
        Verb::Recheck(arguments) => command::recheck::run(arguments, settings),
        Verb::Data(arguments) => command::data::run(arguments, settings),
        Verb::Sql(arguments) => command::sql::run(arguments, settings),
        Verb::Completions(arguments) => Ok(command::completions::run(arguments)),
    }
}
