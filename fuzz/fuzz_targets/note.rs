//! What others write for a note and of one: no bytes make the readers of published notes, personas
//! and house files panic, and a note that is read can be asked again.
#![no_main]

use kinglet::Source;
use kinglet::case::recheck::{Published, notice, recheck};
use kinglet::case::{House, Persona};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = Persona::read(text, "persona.toml");
        let _ = House::read(text, "house.toml");
    }
    let Ok(note) = Published::read(bytes, "case.json") else { return };
    let result = recheck(&note, &Source::Facts, None).expect("the facts can be read");
    assert!(!notice(&result, &House::default()).is_empty());
});
