//! The page of an audit: whole, well formed, and closed to what an article might try.

use kinglet::audit::{self, Comparison};
use kinglet::{Engine, Source};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample;

const ARTICLE: &str = "\
# Small caps lead

By Jane Doe

- The Russell 2000 rose 7.0% in September 2025.
- The S&P 500 gained 1.9% in August 2025.

## What happened

1. In August 2025 the Russell 2000 rose 7.3%, more than the S&P 500.
2. It closed at 2,366.42 on August 29, 2025.

| index | August 2025 |
| --- | --- |
| Russell 2000 | 7.0% |
| S&P 500 | 1.9% |

The P/E of the Russell 2000 stood at 17.2, and the index could rise 10% in 2026.

References
[1] Some page.
";

/// The page of some texts, published on 2025-12-10, on the embedded facts.
fn page(texts: &[&str]) -> (Comparison, String) {
    let engine = Engine::open(&Source::Facts, None).expect("the facts are compiled in");
    let day = Some("2025-12-10".parse().expect("a date"));
    let audits = texts.iter().enumerate().map(|(i, text)| {
        audit::read(&format!("{i}.txt"), text, day, engine.view()).expect("an article")
    });
    let all = audit::compare(audits.collect(), texts);
    let page = audit::page(&all, texts, engine.view());
    (all, page)
}

/// What is between two marks.
fn between<'a>(page: &'a str, start: &str, end: &str) -> Vec<&'a str> {
    page.split(start).skip(1).filter_map(|rest| rest.split(end).next()).collect()
}

/// Elements that have no end tag.
const VOID: [&str; 5] = ["meta", "input", "br", "!doctype", "path"];

/// The elements in order of opening; every one is closed by its own name and in its turn.
fn elements(page: &str) -> Vec<String> {
    let mut open: Vec<&str> = Vec::new();
    let mut all = Vec::new();
    let mut rest = page;
    while let Some((_, tail)) = rest.split_once('<') {
        let (tag, tail) = tail.split_once('>').expect("a whole tag");
        assert!(!tag.contains('<'), "{tag}");
        assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
        let name = tag.split([' ', '\n']).next().expect("a name");
        rest = tail;
        if let Some(name) = name.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{tag}");
            continue;
        }
        all.push(tag.to_owned());
        if ["style", "script"].contains(&name) {
            let end = format!("</{name}>");
            rest = &rest[rest.find(&end).expect("an end")..];
        }
        if !VOID.contains(&name) && !tag.ends_with('/') {
            open.push(name);
        }
    }
    assert_eq!(open, Vec::<&str>::new());
    all
}

/// Ids are there once and links lead to them.
fn links_hold(page: &str) {
    let mut ids = between(page, " id=\"", "\"");
    for target in between(page, "href=\"#", "\"") {
        assert!(ids.contains(&target), "{target} leads nowhere");
    }
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "an id stands twice");
}

/// Without the drawings, which other tests look at, and what hangs on the version of the data.
#[test]
fn the_whole_page() {
    let (all, page) = page(&[ARTICLE]);
    let inside = |start, end| between(&page, start, end).into_iter();
    let left_out = inside("<style>", "</style>")
        .chain(inside("<script>", "</script>"))
        .chain(inside("Content-Security-Policy\" content=\"", "\""))
        .chain(inside("<svg ", "</svg>"))
        .chain(inside("<dt>evidence</dt><dd><code>", "</code>"))
        .chain([all.articles[0].data.version.as_str()]);
    insta::assert_snapshot!(left_out.fold(page.clone(), |page, part| page.replace(part, "…")));
}

#[test]
fn it_is_well_formed_and_needs_nothing() {
    let (_, page) = page(&[ARTICLE, "In August 2025 the Russell 2000 rose 7.6%."]);
    let elements = elements(&page);
    links_hold(&page);
    let outside = page.replace("http://www.w3.org/2000/svg", "");
    assert!(!outside.contains("http:") && !outside.contains("https:") && !page.contains("url("));
    let attribute = |name: &str| elements.iter().any(|tag| tag.contains(&format!(" {name}=\"")));
    assert!(!attribute("style") && !attribute("onclick") && !attribute("src"));
    assert!(page.contains("default-src 'none'; style-src 'sha256-"));
    let mut last = 0;
    for tag in elements.iter().filter(|tag| tag.starts_with('h') && tag.len() > 1) {
        let Ok(level) = tag[1..2].parse::<u32>() else { continue };
        assert!(level <= last + 1, "{tag} after a heading of level {last}");
        last = level;
    }
}

#[test]
fn every_claim_has_its_mark_and_its_panel() {
    let (all, page) = page(&[ARTICLE]);
    let claims = &all.articles[0].claims;
    assert!(claims.len() >= 7, "{}", claims.len());
    let panels = between(&page, "<section class=\"claim ", "</section>");
    assert_eq!(panels.len(), claims.len());
    for (number, (claim, panel)) in (1..).zip(claims.iter().zip(panels)) {
        assert!(panel.starts_with(&format!("{}\" id=\"c1-{number}\"", claim.verdict)), "{panel}");
        assert!(page.contains(&format!("id=\"m1-{number}\" href=\"#c1-{number}\"")));
        for query in claim.query.iter().chain(claim.readings.iter().map(|r| &r.query)) {
            let query = query.replace('>', "&gt;").replace('<', "&lt;");
            assert!(panel.contains(&format!("<code>{query}</code>")), "{query}: {panel}");
        }
        for row in &claim.rows {
            assert!(panel.contains(&format!("<td class=\"date\">{}</td>", row.date)), "{panel}");
        }
        let drawn = panel.matches("<svg ").count();
        assert_eq!(drawn, usize::from(claim.actual.is_number()), "{panel}");
        assert_eq!(panel.matches("<desc>").count(), drawn);
    }
}

/// 7.0% was August 2025 (2366.42 / 2211.65 - 1); September was 3.0% (2436.48 / 2366.42 - 1).
#[test]
fn a_misdated_claim_shows_both_periods_and_the_correction() {
    let (_, page) = page(&["The Russell 2000 rose 7.0% in September 2025."]);
    let panel = between(&page, "<section class=\"claim ", "</section>")[0];
    for part in ["stated 2025-09", "right 2025-08", "<del>7.0%</del> <ins>3.0%</ins>", "2.96%"] {
        assert!(panel.contains(part), "{part}: {panel}");
    }
    assert!(page.contains("1 claim: 1 can be checked, <strong>1 is wrong</strong>."), "{page}");
}

/// What a reader sees of some markup, without the signs of claims.
fn words(markup: &str) -> String {
    let added = ["sup ", "i>", "/i>", "b class=\"unseen\""];
    let parts = markup.split('<').skip(1).filter(|p| !added.iter().any(|tag| p.starts_with(tag)));
    let text: String = parts.map(|part| part.split_once('>').expect("a whole tag").1).collect();
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&amp;", "&")
}

/// The letters of a text, without the numbers of hidden characters.
fn letters(text: &str) -> String {
    let parts = text.split('\u{27e8}').enumerate();
    let shown = parts.map(|(i, part)| match i {
        0 => part,
        _ => part.split_once('\u{27e9}').map_or(part, |(_, rest)| rest),
    });
    shown.collect::<String>().chars().filter(|c| c.is_alphabetic()).collect()
}

/// The text of the article comes out whole: what the reader leaves out is shown, too.
#[test]
fn nothing_of_the_article_is_lost() {
    let (_, page) = page(&[ARTICLE]);
    let article = between(&page, "<article class=\"text\">", "</article>")[0];
    for part in ["<li value=\"2\">", "<th scope=\"col\">August 2025</th>", "What happened</h3>"] {
        assert!(article.contains(part), "{part}: {article}");
    }
    assert_eq!(letters(&words(article)), letters(&format!("The article{ARTICLE}")));
}

#[test]
fn articles_that_disagree_are_set_side_by_side() {
    let (_, page) = page(&[
        "In August 2025 the Russell 2000 rose 7.0%.",
        "In August 2025 the Russell 2000 rose 7.3%.",
    ]);
    let table = between(&page, "<section id=\"contradictions\">", "</section>")[0];
    for part in ["return of RUT, 2025-08", "href=\"#m1-1\">7.0%", "href=\"#m2-1\">7.3%"] {
        assert!(table.contains(part), "{part}: {table}");
    }
    let index = between(&page, "<nav ", "</nav>")[0];
    assert!(index.contains("href=\"#a1\"") && index.contains("href=\"#a2\""), "{index}");
}

/// Landmarks of one kind are told apart by their names, even where two articles are the same.
#[test]
fn no_two_landmarks_have_one_name() {
    let (_, page) = page(&[ARTICLE, ARTICLE]);
    let all = elements(&page);
    let named = |tag: &&String| tag.contains(" aria-label") && !tag.contains(" role=\"group\"");
    let landmarks = all.iter().filter(|tag| tag.starts_with("section") || tag.starts_with("nav"));
    let names: Vec<_> = landmarks.filter(named).collect();
    assert_eq!(names, ["nav class=\"table\" aria-label=\"Articles\""]);
}

#[test]
fn the_same_bytes_each_time() {
    assert_eq!(page(&[ARTICLE]).1, page(&[ARTICLE]).1);
}

/// What an article might try.
const HOSTILE: [&str; 10] = [
    "</script><script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "\" onmouseover=\"alert(1)\" x=\"",
    "' autofocus onfocus='alert(1)",
    "<!-- --!> <![CDATA[ ]]> <?php ?> &lt;script&gt; &#x3c;",
    "[link](javascript:alert(1)) <a href=javascript:alert(1)>x</a>",
    "<base href=//evil.example><meta http-equiv=refresh content=0>",
    "\u{202e}desrever\u{202c} \u{2066}isolate\u{2069} \0 \u{7f} \u{85} \u{fffe}",
    "| <b>a</b> | \"c\" |\n| --- | --- |\n| <i>Russell 2000</i> | 7.0% |",
    "</textarea></title></noscript></svg></math><svg onload=alert(1)>",
];

/// The elements of a page.
const ELEMENTS: &[&str] = &[
    "!doctype",
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "main",
    "script",
    "header",
    "h1",
    "h2",
    "h3",
    "h4",
    "p",
    "code",
    "strong",
    "div",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "label",
    "input",
    "span",
    "i",
    "section",
    "article",
    "ul",
    "ol",
    "li",
    "a",
    "sup",
    "b",
    "q",
    "blockquote",
    "del",
    "ins",
    "dl",
    "dt",
    "dd",
    "figure",
    "figcaption",
    "svg",
    "desc",
    "rect",
    "polyline",
    "line",
    "text",
    "path",
    "details",
    "summary",
    "br",
    "footer",
    "kbd",
];

/// Whatever an article holds, the page has the elements of its own and no other.
#[test]
fn articles_cannot_break_out() {
    let claim = "The Russell 2000 rose 7.0% in September 2025";
    for part in HOSTILE {
        let text = format!("{claim} {part}.\n\n- {part} and {claim}.\n\n## {part}\n\n{part}\n");
        let (_, page) = page(&[&text]);
        links_hold(&page);
        for tag in elements(&page) {
            let name = tag.split([' ', '/']).next().expect("a name");
            assert!(ELEMENTS.contains(&name), "{tag}");
            assert!(!tag.contains(" on") && !tag.contains("javascript"), "{tag}");
        }
        let outside: String = page.chars().filter(|c| *c != '\n').collect();
        let hidden = |c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c);
        assert!(!outside.contains(hidden), "{part:?}");
        assert_eq!(page.matches("<script>").count(), 1);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Any lines in any order: the page is well formed and shows every letter.
    #[test]
    fn any_text_is_shown_whole(
        lines in vec(prop_oneof![
            sample::select(ARTICLE.lines().collect::<Vec<_>>()).prop_map(str::to_owned),
            sample::select(HOSTILE.to_vec()).prop_map(str::to_owned),
            "[^\u{27e8}\u{27e9}]{0,40}",
            "[-*>#|0-9. \ta-z]{0,12}",
        ], 1..24),
    ) {
        let text = format!("Small caps\n{}", lines.join("\n"));
        let (_, page) = page(&[&text]);
        elements(&page);
        links_hold(&page);
        let article = between(&page, "<article class=\"text\">", "</article>")[0];
        prop_assert_eq!(letters(&words(article)), letters(&format!("The article{text}")));
    }
}

/// A line of a megabyte, and a path that is no name of a file.
#[test]
fn huge_lines_and_odd_paths() {
    let engine = Engine::open(&Source::Facts, None).expect("the facts are compiled in");
    let day = Some("2025-12-10".parse().expect("a date"));
    let text = format!("{} The Russell 2000 rose 7.0% in August 2025.", "株x<".repeat(200_000));
    let audit = audit::read("<b>\"&", &text, day, engine.view()).expect("an article");
    let all = audit::compare(vec![audit], &[&text]);
    let page = audit::page(&all, &[&text], engine.view());
    elements(&page);
    assert!(page.contains("<code>&lt;b&gt;&quot;&amp;</code>"));
}

/// A sentence without an end is not written out again for each of its claims.
#[test]
fn the_page_grows_with_its_article() {
    let part = "the Russell 2000 rose 7.0% in August 2025, ";
    let (all, page) = page(&[&part.repeat(300)]);
    let claims = all.articles[0].claims.len();
    assert!(claims > 250, "{claims}");
    assert!(page.len() < claims * 12_000, "{} bytes, {claims} claims", page.len());
}

/// An audit beside a text that it is not of.
#[test]
fn the_wrong_text() {
    let (all, _) = page(&["The Russell 2000 rose 7.0% in September 2025."]);
    let engine = Engine::open(&Source::Facts, None).expect("the facts are compiled in");
    for text in ["", "株株株株株株株株株株株株株株株株株株", "The Russell 2000 rose"]
    {
        let page = audit::page(&all, &[text], engine.view());
        elements(&page);
        links_hold(&page);
    }
}

/// The S&P 500 closed February 2025 at 5954.50 and March at 5611.85: -5.8%.
#[test]
fn a_correction_changes_the_words_too() {
    let (_, page) = page(&["The S&P 500 gained 5.8% in March 2025."]);
    let quote = between(&page, "<blockquote>", "</blockquote>")[0];
    assert!(quote.starts_with("The S&amp;P 500 <del>gained</del> <ins>"), "{quote}");
    assert!(quote.ends_with("</ins> 5.8% in March 2025."), "{quote}");
}
