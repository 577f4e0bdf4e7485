//! Every kind of chart, drawn for each place.

use kinglet::chart::{Fit, draw, letters};
use kinglet_core::note::{
    Band, Bar, Bars, Chart, Fan, Frontier, Histogram, Line, Lines, Months, Path, Plot, Prose, Role,
    Rotation, Shade, Trail, Weights, Year,
};
use kinglet_core::time::Date;
use quick_xml::events::Event;

fn chart(plot: Plot) -> Chart {
    Chart {
        id: "sample".to_owned(),
        title: "A <title> & more".to_owned(),
        caption: String::new(),
        alternative: Prose::from("What is seen."),
        queries: Vec::new(),
        plot,
    }
}

/// A wave that is the same each time, with a little unrest.
fn wave(step: usize) -> f64 {
    let t = step as f64;
    libm::sin(t / 9.0) * 12.0 + libm::sin(t * 1.7) * 4.0
}

fn month(step: usize) -> Date {
    Date::constant(2000 + (step / 12) as i16, (step % 12 + 1) as i8, 1).last_of_month()
}

fn line(label: &str, value: impl Fn(usize) -> f64) -> Line {
    Line { label: label.to_owned(), points: (0..300).map(|s| (month(s), value(s))).collect() }
}

fn bar(label: String, value: f64) -> Bar {
    Bar { label, value, figure: None }
}

fn histogram() -> Histogram {
    Histogram {
        edges: (-5..=5).map(|e| f64::from(e) * 5.0).collect(),
        events: vec![0.0, 0.0, 5.0, 10.0, 20.0, 30.0, 20.0, 10.0, 5.0, 0.0],
        any: vec![1.0, 4.0, 10.0, 15.0, 20.0, 20.0, 15.0, 10.0, 4.0, 1.0],
    }
}

fn rotation() -> Rotation {
    let trail = |(n, name): (usize, &&str)| Trail {
        label: (*name).to_owned(),
        points: (0..6)
            .map(|s| {
                let at = (n * 5 + s) as f64 / 9.0;
                (100.0 + 3.0 * libm::cos(at), 100.0 + 2.0 * libm::sin(at))
            })
            .collect(),
    };
    Rotation {
        scales: ["strength".to_owned(), "momentum".to_owned()],
        centre: (100.0, 100.0),
        fields: ["leading", "weakening", "lagging", "improving"].map(str::to_owned),
        trails: ["Energy", "Utilities", "Financials", "Health"]
            .iter()
            .enumerate()
            .map(trail)
            .collect(),
    }
}

fn frontier() -> Frontier {
    Frontier {
        points: (0..20)
            .map(|s| (4.0 + f64::from(s * s) / 30.0, 3.0 + f64::from(s) / 3.0))
            .collect(),
        assets: vec![("small".to_owned(), 19.0, 8.8), ("bonds".to_owned(), 5.0, 2.9)],
        chosen: (7.3, 6.3),
    }
}

/// One of each, with the words that must be seen in it.
fn samples() -> Vec<(&'static str, Plot, &'static [&'static str])> {
    let band = Band {
        label: "middle half".to_owned(),
        points: (0..300).map(|s| (month(s), -4.0, 6.0 + s as f64 / 60.0)).collect(),
    };
    let shade = Shade { from: month(95), to: month(113), role: Role::Ground };
    let two = vec![line("small", wave), line("large", |s| wave(s + 4) / 2.0 + 3.0)];
    let lines = Lines { lines: two, band: Some(band), shades: vec![shade], marks: Vec::new() };
    let fall = |s: usize| (wave(s) - 18.0).min(0.0);
    let falls = Lines { lines: vec![line("drawdown", fall)], ..Lines::default() };
    let bars = Bars {
        above: "small ahead".to_owned(),
        below: "large ahead".to_owned(),
        bars: (0..24).map(|s| bar((2001 + s).to_string(), wave(s * 7))).collect(),
        reference: None,
    };
    let year = |n: usize| Year {
        year: 2001 + n as i16,
        months: std::array::from_fn(|m| {
            let label = format!("{}-{:02}", 2001 + n, m + 1);
            (n < 24 || m < 7).then(|| bar(label, wave(n * 12 + m)))
        }),
    };
    let months = Months {
        above: "gain".to_owned(),
        below: "loss".to_owned(),
        years: (0..25).map(year).collect(),
    };
    let way = |n: usize| (0..=(12 - n % 3)).map(|s| wave(n * 11 + s) - wave(n * 11)).collect();
    let fan = Fan {
        labels: (0..=12).map(|s| format!("+{s}")).collect(),
        paths: (0..17)
            .map(|n| Path { label: format!("{}-06", 2001 + n), values: way(n) })
            .collect(),
        band: (0..=12).map(|s| (-0.6 * f64::from(s), 1.1 * f64::from(s))).collect(),
        events: (0..=12).map(|s| 0.4 * f64::from(s)).collect(),
        any: (0..=12).map(|s| 0.38 * f64::from(s)).collect(),
    };
    let rows = vec![("small".to_owned(), 35.5, 61.0), ("bonds".to_owned(), 64.5, 39.0)];
    vec![
        ("lines", Plot::Lines(lines), &["small", "large", "middle half", "2010"]),
        ("areas", Plot::Areas(falls), &["\u{2212}20"]),
        ("columns", Plot::Columns(bars.clone()), &["small ahead", "large ahead"]),
        ("rows", Plot::Rows(bars), &["2001", "2024"]),
        ("months", Plot::Months(months), &["2001", "2025", "gain", "loss"]),
        ("fan", Plot::Fan(fan), &["events", "any period", "+12"]),
        ("histogram", Plot::Histogram(histogram()), &["events", "any period"]),
        ("rotation", Plot::Rotation(rotation()), &["Energy", "Utilities", "leading", "momentum"]),
        ("frontier", Plot::Frontier(frontier()), &["these weights", "small", "bonds"]),
        ("weights", Plot::Weights(Weights { rows }), &["small", "35.5%", "39.0%"]),
    ]
}

/// The texts of a drawing, which must be whole XML.
fn texts(svg: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(svg);
    let (mut all, mut inside, mut depth) = (Vec::new(), false, 0);
    loop {
        match reader.read_event().expect("XML") {
            Event::Start(tag) => {
                inside = tag.name().as_ref() == b"text";
                depth += 1;
            }
            Event::End(_) => depth -= 1,
            Event::Text(text) if inside => {
                all.push(text.decode().expect("UTF-8").trim().to_owned());
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0);
    all
}

#[test]
fn every_kind_is_drawn_for_every_place() {
    for (kind, plot, words) in samples() {
        let chart = chart(plot);
        for fit in [Fit::Wide, Fit::Narrow, Fit::Panel, Fit::Print] {
            let svg = draw(&chart, fit);
            let texts = texts(&svg);
            for word in words.iter().filter(|_| fit != Fit::Panel) {
                let is_year = fit == Fit::Narrow && word.starts_with("20");
                let seen = texts.iter().any(|t| t == word);
                assert!(seen || is_year, "{kind} {fit:?}: {word} is not in {texts:?}");
            }
            assert!(svg.contains("A &lt;title&gt; &amp; more"), "{kind}");
            assert!(!svg.contains("#0102") && !svg.contains("NaN"), "{kind} {fit:?}");
            assert_eq!(svg.contains("var("), fit != Fit::Print, "{kind} {fit:?}");
        }
    }
}

/// The same in letters: eighty columns, with the same names.
#[test]
fn every_kind_is_drawn_in_letters() {
    for (kind, plot, words) in samples() {
        let rows: Vec<String> = letters(&chart(plot))
            .into_iter()
            .map(|row| row.into_iter().map(|(text, _)| text).collect())
            .collect();
        assert!((4..60).contains(&rows.len()), "{kind}: {} rows", rows.len());
        assert!(rows.iter().all(|row| row.chars().count() <= 80), "{kind}");
        for word in words {
            assert!(
                rows.iter().any(|row| row.contains(word)),
                "{kind}: {word}\n{}",
                rows.join("\n")
            );
        }
        assert!(!rows.iter().any(|row| row.contains("NaN")), "{kind}");
    }
}

/// Who points at a place reads its value; nothing runs for that.
#[test]
fn values_are_told_to_who_points() {
    for (kind, plot, _) in samples() {
        let told = !matches!(plot, Plot::Histogram(_) | Plot::Frontier(_) | Plot::Weights(_));
        let chart = chart(plot);
        let places = draw(&chart, Fit::Wide).matches("\"><title>").count();
        assert_eq!(places > 3, told, "{kind}: {places}");
        assert_eq!(draw(&chart, Fit::Print).matches("\"><title>").count(), 0, "{kind}");
    }
    let (_, columns, _) = samples().remove(2);
    let svg = draw(&chart(columns), Fit::Wide);
    // 12 sin(7 / 9) + 4 sin(11.9)
    assert!(svg.contains("<title>2002: 5.9</title>"), "{svg}");
}

/// Nothing to draw is no reason to fail.
#[test]
fn empty_charts_are_empty() {
    let bars =
        || Bars { above: String::new(), below: String::new(), bars: Vec::new(), reference: None };
    for plot in [
        Plot::Lines(Lines::default()),
        Plot::Areas(Lines::default()),
        Plot::Columns(bars()),
        Plot::Rows(bars()),
        Plot::Months(Months { above: String::new(), below: String::new(), years: Vec::new() }),
        Plot::Fan(Fan::default()),
        Plot::Histogram(Histogram::default()),
        Plot::Frontier(Frontier::default()),
        Plot::Weights(Weights::default()),
    ] {
        texts(&draw(&chart(plot), Fit::Wide));
    }
}
