//! What is around a figure that tells over what time it runs.

use super::super::super::choice::named;
use super::super::super::number::Quantity;
use super::super::Moments;
use crate::time::day_number;

/// How large a number is.
pub(super) fn size(value: f64) -> u32 {
    const STEPS: [f64; 11] = [0.3, 1.0, 2.0, 3.5, 6.0, 10.0, 16.0, 25.0, 45.0, 90.0, 250.0];
    STEPS.iter().take_while(|step| value.abs() >= **step).count() as u32
}

/// From where the article looks back: at a weekend, long after its last session, on a day that
/// ends a month.
pub(super) fn look(moments: &Moments) -> u32 {
    let Some((published, session)) = moments.anchor.published.zip(moments.anchor.session) else {
        return 99;
    };
    let weekend = published.weekday().to_monday_one_offset() > 5;
    let lag = (day_number(published) - day_number(session)).clamp(0, 9) as u32;
    let early = published.day() <= 8;
    u32::from(weekend) + 2 * lag + 32 * u32::from(early)
}

/// Words of a sentence that tell over what time its figures run, where they stand, and its first
/// word.
pub(super) fn telling(moments: &Moments, q: &Quantity) -> Vec<u32> {
    let scene = moments.scene;
    let mut words: Vec<u32> = Vec::new();
    for &i in scene.telling() {
        let near = i + 8 >= q.first && i <= q.end + 8;
        let word = scene.id(i) ^ (u32::from(near) + 2 * u32::from(i >= q.end));
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words.push(named!("opens") ^ scene.id(scene.range.start));
    words
}

/// The tense of what is said up to a figure.
pub(super) fn aspect(moments: &Moments, q: &Quantity) -> u32 {
    let scene = moments.scene;
    let words = (scene.range.start..q.first).rev().take(14).find_map(|i| match scene.key(i) {
        "has" | "have" => Some(1),
        "had" => Some(2),
        "is" | "are" => Some(3),
        "was" | "were" => Some(4),
        "now" | "currently" | "today" => Some(5),
        "will" | "would" | "could" | "may" => Some(6),
        _ => None,
    });
    words.unwrap_or(0)
}
