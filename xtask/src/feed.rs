//! `cargo xtask feed`: generated articles on standard output, one on a line.

use std::io::{self, BufWriter, Write};

/// Writes so many articles of a seed.
pub(crate) fn write(count: &str, seed: &str) -> Result<(), String> {
    let number = |text: &str| text.parse::<u64>().map_err(|e| format!("{text}: {e}"));
    let count = usize::try_from(number(count)?).map_err(|e| e.to_string())?;
    let mut output = BufWriter::new(io::stdout().lock());
    let mut articles = kinglet_bench::articles(number(seed)?).take(count);
    articles
        .try_for_each(|article| output.write_all(article.line().as_bytes()))
        .and_then(|()| output.flush())
        .map_err(|e| e.to_string())
}
