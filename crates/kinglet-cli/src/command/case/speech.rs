//! `case --audio`: a script spoken by a program of this computer.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use kinglet::case::File;
use kinglet::{Code, Diagnostic};

/// A program that speaks, and how it is asked: what is `IN` and `OUT` are files.
struct Speaker {
    name: &'static str,
    arguments: &'static [&'static str],
    /// What it writes: `case.wav`.
    output: &'static str,
}

/// In the order in which they are looked for.
const SPEAKERS: [Speaker; 4] = [
    Speaker {
        name: "espeak-ng",
        arguments: &["-v", "en-us", "-s", "160", "-f", "IN", "-w", "OUT"],
        output: "case.wav",
    },
    Speaker {
        name: "espeak",
        arguments: &["-v", "en-us", "-s", "160", "-f", "IN", "-w", "OUT"],
        output: "case.wav",
    },
    Speaker { name: "flite", arguments: &["-f", "IN", "-o", "OUT"], output: "case.wav" },
    Speaker { name: "say", arguments: &["-f", "IN", "-o", "OUT"], output: "case.aiff" },
];

/// The script as sound.
pub(super) fn spoken(script: &str) -> Result<File, Diagnostic> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let found = SPEAKERS.iter().find_map(|speaker| Some((speaker, program(speaker, &folders)?)));
    let Some((speaker, program)) = found else {
        let names = SPEAKERS.map(|speaker| speaker.name).join(", ");
        return Err(Diagnostic::new(Code::Tool, "no program that speaks was found")
            .subject("--audio".to_owned())
            .note(format!("looked for {names} on the PATH"))
            .hint("install espeak-ng, or take the text with --script"));
    };
    speak(speaker, &program, script).map_err(|reason| {
        Diagnostic::new(Code::Tool, format!("{} cannot speak the script", speaker.name))
            .subject(program.display().to_string())
            .note(reason)
            .hint("take the text with --script")
    })
}

fn program(speaker: &Speaker, folders: &[PathBuf]) -> Option<PathBuf> {
    folders.iter().map(|folder| folder.join(speaker.name)).find(|path| path.is_file())
}

fn speak(speaker: &Speaker, program: &Path, script: &str) -> Result<File, String> {
    let said = |e: std::io::Error| e.to_string();
    let folder = tempfile::tempdir().map_err(said)?;
    let (from, to) = (folder.path().join("script.txt"), folder.path().join(speaker.output));
    std::fs::write(&from, script).map_err(said)?;
    let mut command = Command::new(program);
    for argument in speaker.arguments {
        match *argument {
            "IN" => command.arg(&from),
            "OUT" => command.arg(&to),
            other => command.arg(other),
        };
    }
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let status = command.status().map_err(said)?;
    if !status.success() {
        return Err(format!("it ended with {status}"));
    }
    Ok(File::new(speaker.output, std::fs::read(&to).map_err(said)?))
}
