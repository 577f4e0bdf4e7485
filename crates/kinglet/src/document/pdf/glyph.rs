//! The glyphs of a page: what each says and where it stands.

use hayro_cmap::{BfString, WritingMode};
use hayro_interpret::font::{Glyph as Drawn, GlyphRun};
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask,
};
use kurbo::{BezPath, Point};

/// A glyph, in points, y downwards.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    /// What it says: mostly one character, more for a ligature.
    pub(super) text: String,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) baseline: f64,
    /// The size of its font.
    pub(super) size: f64,
}

/// What a page shows.
#[derive(Debug)]
pub(super) struct Glyphs {
    pub(super) glyphs: Vec<Glyph>,
    /// The height of the page.
    pub(super) height: f64,
    /// How many glyphs say nothing that can be known.
    pub(super) unread: usize,
    pictures: usize,
}

impl Glyphs {
    pub(super) fn of(height: f64) -> Glyphs {
        Glyphs { glyphs: Vec::new(), height, unread: 0, pictures: 0 }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.glyphs.is_empty()
    }

    /// Whether it shows pictures and no text.
    pub(super) fn is_picture(&self) -> bool {
        self.is_empty() && self.pictures > 0
    }
}

impl Device<'_> for Glyphs {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        if matches!(run.writing_mode(), WritingMode::Vertical) {
            return;
        }
        for drawn in run.glyphs() {
            let transform = props.transform * drawn.transform();
            let [across, slope, _, down, ..] = transform.as_coeffs();
            // what is turned is no line of an article
            if across <= 0.0 || slope.abs() > 0.1 * across || down >= 0.0 {
                continue;
            }
            let Some(text) = drawn.as_unicode().map(said).filter(|text| !text.is_empty()) else {
                self.unread += 1;
                continue;
            };
            let advance = match &**drawn {
                Drawn::Outline(glyph) => glyph.advance_width(),
                Drawn::Type3(glyph) => glyph.advance_width(),
            };
            let size = -down * EM;
            let at = transform * Point::ZERO;
            let right = at.x + advance.map_or(size / 2.0, |width| f64::from(width) * across);
            if [at.x, at.y, right, size].iter().all(|number| number.is_finite()) {
                let (left, baseline) = (at.x, at.y);
                self.glyphs.push(Glyph { text, left, right, baseline, size });
            }
        }
    }

    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {
        self.pictures += 1;
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

/// Units of a glyph in the size of its font.
const EM: f64 = 1000.0;

/// The characters that a glyph stands for: letters for ligatures, blanks for all white space.
fn said(text: BfString) -> String {
    let text = match text {
        BfString::Char(c) => c.to_string(),
        BfString::String(text) => text,
    };
    let mut said = String::new();
    for c in text.chars() {
        match c {
            'ﬀ' => said.push_str("ff"),
            'ﬁ' => said.push_str("fi"),
            'ﬂ' => said.push_str("fl"),
            'ﬃ' => said.push_str("ffi"),
            'ﬄ' => said.push_str("ffl"),
            'ﬅ' | 'ﬆ' => said.push_str("st"),
            c if c.is_whitespace() => said.push(' '),
            c if c.is_control() || c == '\u{fffd}' => {}
            c => said.push(c),
        }
    }
    said
}
