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

/// The script as sound: PCM of one channel, as long as its words take, and not silent.
#[test]
#[ignore = "needs espeak-ng on the PATH"]
fn a_note_is_spoken() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("note");
    let run = kinglet(&["case", "--audio", "--out", out.to_str().expect("a path")]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let sound = std::fs::read(out.join("case.wav")).expect("a file");
    assert_eq!((&sound[..4], &sound[8..16]), (&b"RIFF"[..], &b"WAVEfmt "[..]));
    let number = |at: usize| u32::from_le_bytes(sound[at..at + 4].try_into().expect("four bytes"));
    let bytes_per_second = number(28);
    let seconds = (sound.len() - 44) as u32 / bytes_per_second;
    assert!((120..=240).contains(&seconds), "{seconds} seconds");
    let samples = sound[44..].chunks_exact(2).map(|s| i16::from_le_bytes([s[0], s[1]]));
    let loud = samples.filter(|sample| sample.unsigned_abs() > 1000).count();
    assert!(loud * 10 > (sound.len() - 44) / 2, "it is silent");
}
