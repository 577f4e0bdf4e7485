//! Reads the plain CSV files of the real market data beside the repository.

use kinglet_core::time::Date;

const SHARED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/");

/// The text of a file beside the repository.
#[expect(clippy::disallowed_methods, reason = "the core does no I/O, its tests read data")]
pub(crate) fn read(file: &str) -> String {
    std::fs::read_to_string(format!("{SHARED}{file}")).expect("a file beside the repository")
}

/// The names of the files of a folder beside the repository, in order.
#[expect(clippy::disallowed_methods, reason = "the core does no I/O, its tests read data")]
pub(crate) fn files(folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(format!("{SHARED}{folder}")).expect("a folder");
    let mut names: Vec<String> = entries
        .map(|e| e.expect("an entry").file_name().into_string().expect("a name in UTF-8"))
        .collect();
    names.sort();
    names
}

/// The rows of a file as the texts of two of its columns; rows where either is empty are left out.
pub(crate) fn columns(file: &str, first: &str, second: &str) -> Vec<(String, String)> {
    let text = read(&format!("data/{file}"));
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().expect("a header").split(',').collect();
    let column = |name| names.iter().position(|n| *n == name).expect("a column");
    let (first, second) = (column(first), column(second));
    let rows = lines.map(|line| {
        let cells: Vec<&str> = line.split(',').collect();
        (cells[first].to_owned(), cells[second].to_owned())
    });
    rows.filter(|(a, b)| !a.is_empty() && !b.is_empty()).collect()
}

/// Date and close of every row.
pub(crate) fn closes(file: &str) -> Vec<(Date, f64)> {
    let rows = columns(file, "date", "close");
    rows.iter().map(|(d, c)| (d.parse().expect("a date"), c.parse().expect("a price"))).collect()
}
