//! Passages and the periods of their figures.

use kinglet_core::article;

/// The figures of a passage with their periods: `4.1% 2019-08; 1,494.84 @2019-08-30`.
fn read(published: &str, text: &str) -> String {
    let published = published.parse().expect("a date");
    let figure = |c: &article::Claim| format!("{} {}", c.printed.text, c.period_text());
    article::read(text, Some(published)).claims.iter().map(figure).collect::<Vec<_>>().join("; ")
}

/// The share of the passages whose figures all have their periods: choices are fitted, not written.
const FLOOR: f64 = 0.95;

#[test]
fn figures_have_their_periods() {
    let (mut passage, mut read_so_far, mut wrong) = (Vec::new(), 0, Vec::new());
    for line in include_str!("periods.txt").lines().filter(|l| !l.starts_with('#')) {
        let Some(want) = line.strip_prefix("= ") else {
            passage.push(line);
            continue;
        };
        let text = std::mem::take(&mut passage).join("\n");
        let (published, text) = text.trim().split_once('\n').expect("a date and a passage");
        let got = read(published, text);
        read_so_far += 1;
        if got != want {
            wrong.push(format!("\n{published} {text}\n    want {want}\n     got {got}\n"));
        }
    }
    assert!(read_so_far >= 70, "only {read_so_far} passages");
    let share = 1.0 - wrong.len() as f64 / f64::from(read_so_far);
    assert!(share >= FLOOR, "{share:.3} of the passages, not {FLOOR}: {}", wrong.concat());
}
