//! The files of the repository: those git tracks and the new ones it does not ignore.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// The working tree.
pub(crate) struct Repository {
    /// Its top folder.
    pub(crate) root: PathBuf,
    /// Paths from the top folder, with `/`, sorted.
    pub(crate) files: Vec<String>,
}

impl Repository {
    /// The repository that this program was built in.
    pub(crate) fn open() -> Result<Repository, String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let root = root.canonicalize().map_err(|e| format!("{}: {e}", root.display()))?;
        let mut git = Command::new("git");
        git.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
        let listed = output(git.current_dir(&root))?;
        let mut files: Vec<String> = listed
            .split('\0')
            .filter(|path| !path.is_empty() && root.join(path).is_file())
            .map(str::to_owned)
            .collect();
        files.sort();
        files.dedup();
        Ok(Repository { root, files })
    }

    /// The Rust files.
    pub(crate) fn rust(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(String::as_str).filter(|path| path.ends_with(".rs"))
    }

    /// The text of a file; `None` where it is not text.
    pub(crate) fn text(&self, path: &str) -> Option<String> {
        fs::read(self.root.join(path)).ok().and_then(|bytes| String::from_utf8(bytes).ok())
    }

    /// The text of a file that must be there.
    pub(crate) fn required(&self, path: &str) -> Result<String, String> {
        self.text(path).ok_or_else(|| format!("{path}: not there, or not text"))
    }

    /// What `cargo metadata` says.
    pub(crate) fn metadata(&self, arguments: &[&str]) -> Result<Value, String> {
        let mut cargo = Command::new("cargo");
        cargo.args(["metadata", "--format-version", "1", "--locked"]).args(arguments);
        let text = output(cargo.current_dir(&self.root))?;
        serde_json::from_str(&text).map_err(|e| format!("cargo metadata: {e}"))
    }

    /// Writes a file and the folders above it.
    pub(crate) fn write(&self, path: &str, text: &str) -> Result<(), String> {
        let target = self.root.join(path);
        let folder = target.parent().unwrap_or(&self.root);
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&target, text))
            .map_err(|e| format!("{path}: {e}"))
    }
}

/// What a command prints; its error output where it fails.
pub(crate) fn output(command: &mut Command) -> Result<String, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let done = command.output().map_err(|e| format!("{name}: {e}"))?;
    if done.status.success() {
        String::from_utf8(done.stdout).map_err(|e| format!("{name}: {e}"))
    } else {
        Err(format!("{name}: {}", String::from_utf8_lossy(&done.stderr).trim()))
    }
}
