//! `data`: what there is to read, and the lake.

mod check;
mod import;
mod list;
mod log;
mod show;

use clap::{Args, Subcommand};

use crate::{Outcome, Settings};

/// Import files into a lake; list, show and check what there is
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  kinglet data import ~/downloads --lake ~/lake
  kinglet data list --lake ~/lake
  kinglet data show RUT

A lake is a folder or a URL of an object store; KINGLET_LAKE names the usual one.
Without a lake the embedded facts are listed, shown and checked.")]
pub(crate) struct DataVerb {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand, Debug)]
enum Action {
    Import(import::Import),
    List(list::List),
    Show(show::Show),
    Check(check::Check),
    Log(log::Log),
}

pub(crate) fn run(arguments: &DataVerb, settings: &Settings<'_>) -> Outcome {
    let done = match &arguments.action {
        Action::Import(arguments) => import::run(arguments, settings),
        Action::List(arguments) => list::run(arguments, settings),
        Action::Show(arguments) => show::run(arguments, settings),
        Action::Check(arguments) => check::run(arguments, settings),
        Action::Log(arguments) => log::run(arguments, settings),
    };
    done.map_err(|diagnostic| vec![diagnostic])
}
