//! Rust source as rustfmt leaves it, read line by line: its shape is regular enough for that.

/// The lines before the inline test module, with their numbers.
///
/// rustfmt puts `mod tests {` and its closing brace at the left margin; what follows the module
/// counts again.
pub(super) fn without_tests(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut inside = false;
    (1..).zip(text.lines()).filter(move |(_, line)| {
        inside = inside || *line == "mod tests {";
        let kept = !inside && *line != "#[cfg(test)]";
        inside = inside && *line != "}";
        kept
    })
}

/// The lines of code before the tests: no comments, no documentation.
pub(super) fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    without_tests(text).filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// A function: its name, the line it starts on and its number of lines.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Function<'a> {
    pub(super) name: &'a str,
    pub(super) line: usize,
    pub(super) lines: usize,
}

/// Every function with a body of more than one line, by its indentation.
pub(super) fn functions(text: &str) -> Vec<Function<'_>> {
    let mut open: Vec<(usize, Function<'_>)> = Vec::new();
    let mut found = Vec::new();
    for (number, line) in without_tests(text) {
        let code = line.trim_start();
        let indent = line.len() - code.len();
        if let Some(name) = declared(code, "fn") {
            open.retain(|(at, _)| *at < indent);
            open.push((indent, Function { name, line: number, lines: 0 }));
        }
        if code == "}" && open.last().is_some_and(|(at, _)| *at == indent) {
            let (_, function) = open.pop().expect("just seen");
            found.push(Function { lines: number + 1 - function.line, ..function });
        }
    }
    found
}

/// The name that a line declares with a keyword: `area` in `pub(crate) const fn area(`.
pub(super) fn declared<'a>(code: &'a str, keyword: &str) -> Option<&'a str> {
    const BEFORE: &[&str] = &["pub", "pub(crate)", "pub(super)", "const", "async", "unsafe"];
    let mut words = code.split(' ').skip_while(|word| *word != keyword && BEFORE.contains(word));
    if words.next() != Some(keyword) {
        return None;
    }
    let rest = words.find(|word| *word != "mut")?;
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    Some(&rest[..end]).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_by_indentation() {
        let text = "impl X {\n    pub const fn a(&self) -> u8 {\n        1\n    }\n}\n\nfn b() {\n    if x {\n    }\n}\n#[cfg(test)]\nmod tests {\n    fn c() {\n    }\n}\n";
        let found: Vec<(&str, usize, usize)> =
            functions(text).iter().map(|f| (f.name, f.line, f.lines)).collect();
        assert_eq!(found, [("a", 2, 3), ("b", 7, 4)]);
    }

    #[test]
    fn declared_names() {
        assert_eq!(declared("pub(crate) struct Finding {", "struct"), Some("Finding"));
        assert_eq!(declared("let mut total = 0;", "let"), Some("total"));
        assert_eq!(declared("let (a, b) = c;", "let"), None);
        assert_eq!(declared("return fn_of(x);", "fn"), None);
    }
}
