//! `tests/errors/K0102/`: `cmd` holds arguments, `stderr` what they must give. A script `setup` may
//! make files before; other files of the folder are at hand.

use std::fs;
use std::path::Path;

use kinglet::Code;

use crate::{root, transcripts::shell, updating};

/// Codes that no command line can bring about on purpose.
const NOT_AT_WILL: &[Code] = &[
    Code::Internal,
    Code::Layout,
    Code::Row,
    Code::Undefined,
    Code::Article,
    Code::Review,
    Code::NoLake,
    Code::LakeFormat,
    Code::LakeDamaged,
    Code::LakeVersion,
    Code::Write,
    Code::Conflict,
    Code::Sql,
];

#[test]
fn each_code_prints_its_transcript() {
    let mut wrong = Vec::new();
    for &code in Code::ALL.iter().filter(|code| !NOT_AT_WILL.contains(code)) {
        let folder = root().join("tests/errors").join(code.as_str());
        match fs::read_to_string(folder.join("cmd")) {
            Ok(arguments) => wrong.extend(check(code, &folder, arguments.trim())),
            Err(_) => wrong.push(format!("{} has no folder with a `cmd`", code.as_str())),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn check(code: Code, folder: &Path, arguments: &str) -> Option<String> {
    let work = tempfile::tempdir().expect("a folder");
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        fs::copy(entry.path(), work.path().join(entry.file_name())).expect("copied");
    }
    if folder.join("setup").exists() {
        let ready = shell("sh ./setup", work.path());
        assert!(ready.status.success(), "{}", String::from_utf8_lossy(&ready.stderr));
    }
    let run = shell(&format!("kinglet {arguments} >/dev/null"), work.path());
    let stderr = String::from_utf8(run.stderr).expect("text");
    if run.status.code() != Some(code.exit() as i32) {
        return Some(format!("{arguments}: {:?}, {stderr}", run.status));
    }
    assert!(stderr.contains(&format!("error[{}]", code.as_str())), "{arguments}: {stderr}");
    let file = folder.join("stderr");
    if updating() {
        fs::write(&file, &stderr).expect("written");
    }
    let want = fs::read_to_string(&file).unwrap_or_default();
    (want != stderr).then(|| format!("kinglet {arguments}\nwant:\n{want}\ngot:\n{stderr}"))
}
