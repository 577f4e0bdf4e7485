//! `case`: what cannot be written is refused in words, and leaves nothing behind.

use crate::kinglet;

#[test]
fn what_is_no_note_leaves_no_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("file");
    std::fs::write(&file, "in the way").expect("a file");
    let (out, below) = (folder.path().join("note"), file.join("note"));
    let (out, below) = (out.to_str().expect("a path"), below.to_str().expect("a path"));
    for (arguments, status, says) in [
        (&["--as-of", "2999-01-01", "--out", out][..], 2, "2999-01-01 is in the future"),
        (&["--as-of", "1980-01-01", "--out", out], 3, "there is no day on which both closed"),
        (&["--subject", "FOO", "--out", out], 3, "there is no series of FOO"),
        (&["--subject", "SPX", "--out", out], 2, "SPX cannot be compared with itself"),
        (&["--persona", "nobody", "--out", out], 2, "no persona is called `nobody`"),
        (&["--out", below], 5, "cannot write"),
    ] {
        let run = kinglet(&[&["case"], arguments].concat());
        assert_eq!(run.status, status, "{arguments:?}: {}", run.stderr);
        assert!(run.stderr.contains(says), "{arguments:?}: {}", run.stderr);
        let left: Vec<_> = std::fs::read_dir(folder.path()).expect("a folder").collect();
        assert_eq!(left.len(), 1, "{arguments:?}: {left:?}");
    }
}
