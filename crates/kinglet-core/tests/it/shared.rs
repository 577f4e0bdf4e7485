//! Reads the plain CSV files of the real market data beside the repository.

use kinglet_core::time::Date;

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/");

#[expect(clippy::disallowed_methods, reason = "the core does no I/O, its tests read data")]
fn read(file: &str) -> String {
    std::fs::read_to_string(format!("{DATA}{file}")).expect("a file of the data")
}

/// The rows of a file as the texts of two of its columns; rows where either is empty are left out.
pub(crate) fn columns(file: &str, first: &str, second: &str) -> Vec<(String, String)> {
    let text = read(file);
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
