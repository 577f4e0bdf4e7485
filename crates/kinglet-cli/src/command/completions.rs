//! `completions`: a script that completes verbs and options in a shell.

use clap::CommandFactory;
use clap_complete::Shell;

use crate::Done;
use crate::arguments::Arguments;

/// Print a completion script for a shell
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  kinglet completions bash > ~/.local/share/bash-completion/completions/kinglet
  kinglet completions fish > ~/.config/fish/completions/kinglet.fish")]
pub(crate) struct Completions {
    /// The shell
    shell: Shell,
}

pub(crate) fn run(arguments: &Completions) -> Done {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "kinglet", &mut script);
    Done::with(String::from_utf8_lossy(&script).into_owned())
}
