//! `tests/errors/K0102/`: `cmd` holds arguments, `stderr` what they must give. A script `setup` may
//! make files before; other files of the folder are at hand. `cargo xtask tidy` checks that each
//! code has a folder or a reason why it has none.

use std::fs;
use std::path::Path;

use kinglet::Code;

use crate::{root, transcripts::shell, updating};

#[test]
fn each_code_prints_its_transcript() {
    let mut wrong = Vec::new();
    let mut checked = 0;
    for &code in Code::ALL {
        let folder = root().join("tests/errors").join(code.as_str());
        if let Ok(arguments) = fs::read_to_string(folder.join("cmd")) {
            wrong.extend(check(code, &folder, arguments.trim()));
            checked += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(checked > 5, "only {checked} codes have a folder");
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
