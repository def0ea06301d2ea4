//! A font as a document uses it: which glyphs, how wide, and the part of it that goes into the file.

use std::collections::BTreeMap;

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Filter, Finish, Name, Pdf, Rect, Ref, Str};
use subsetter::GlyphRemapper;
use ttf_parser::{Face, GlyphId};
use unicode_normalization::UnicodeNormalization;

use super::deflate;
use crate::trade::DocumentError;

pub struct Font {
    data: &'static [u8],
    face: Face<'static>,
    pub used: GlyphRemapper,
    pub shows: BTreeMap<u16, char>,
}

impl Font {
    pub fn new(data: &'static [u8]) -> Result<Self, DocumentError> {
        let face = Face::parse(data, 0).map_err(|e| DocumentError::Font(e.to_string()))?;
        Ok(Self {
            data,
            face,
            used: GlyphRemapper::new(),
            shows: BTreeMap::new(),
        })
    }

    fn scale(&self) -> f32 {
        1000.0 / f32::from(self.face.units_per_em())
    }

    fn glyph(&self, c: char) -> Option<(GlyphId, char)> {
        self.face.glyph_index(c).map(|glyph| (glyph, c))
    }

    /// The glyphs to draw for a character: its own, else those of what Unicode
    /// says it stands for. None where the font has neither.
    pub fn glyphs(&self, c: char) -> Option<Vec<(GlyphId, char)>> {
        if let Some(own) = self.glyph(c) {
            return Some(vec![own]);
        }
        match c {
            '\u{2212}' => Some(vec![self.glyph('-')?]),
            _ => std::iter::once(c).nfkd().map(|c| self.glyph(c)).collect(),
        }
    }

    /// The text with each letter the font lacks in Latin letters: that is what the post and customs ask for (UPU: Latin
    /// letters and Arabic figures). What has no Latin letters either stays, and is reported by whoever draws it.
    pub fn printable(&self, text: &str) -> String {
        if text.chars().all(|c| self.glyphs(c).is_some()) {
            return text.to_owned();
        }
        in_latin(text, |c| self.glyphs(c).is_none())
    }

    pub fn advance(&self, glyph: GlyphId) -> f32 {
        f32::from(self.face.glyph_hor_advance(glyph).unwrap_or(0)) * self.scale()
    }

    pub fn width(&self, text: &str) -> f32 {
        text.chars()
            .flat_map(|c| {
                self.glyphs(c)
                    .or_else(|| self.glyphs('?'))
                    .unwrap_or_default()
            })
            .map(|(glyph, _)| self.advance(glyph))
            .sum()
    }
}

/// A text with those of its letters that are `foreign` in Latin ones. Whole runs at a time, so that 中文 becomes
/// "Zhong Wen" and nothing sticks to its neighbours; figures of other scripts become Arabic ones.
pub fn in_latin(text: &str, foreign: impl Fn(char) -> bool) -> String {
    let mut latin = String::with_capacity(text.len());
    let mut run = String::new();
    for c in text.chars().chain(['\0']) {
        if c != '\0' && foreign(c) {
            run.push(c);
            continue;
        }
        if !run.is_empty() {
            let spelt = deunicode::deunicode_with_tofu(&run, "\u{fffd}");
            // The table's signs for ʿayn and tāʾ marbūṭa, as people write them.
            let spelt = spelt.replace('`', "'").replace('@', "h");
            let known = !spelt.contains('\u{fffd}') && !spelt.trim().is_empty();
            latin.push_str(if known { spelt.trim_end() } else { &run });
            run.clear();
        }
        if c != '\0' {
            latin.push(c);
        }
    }
    latin
}

/// Is the text in Latin letters, with or without marks, as far as it has letters?
pub fn is_latin(text: &str) -> bool {
    text.chars()
        .filter(|c| c.is_alphabetic())
        .all(is_latin_letter)
}

/// A letter of Unicode's Latin blocks.
pub fn is_latin_letter(c: char) -> bool {
    matches!(c, '\0'..='\u{2af}' | '\u{1e00}'..='\u{1eff}' | '\u{2c60}'..='\u{2c7f}' | '\u{a720}'..='\u{a7ff}'
        | '\u{fb00}'..='\u{fb06}' | '\u{ff21}'..='\u{ff5a}')
}

/// Composed, without characters that only steer, and on one line.
pub fn clean(text: &str) -> String {
    let steers = |c: &char| {
        matches!(*c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
    };
    let plain = |c: char| match c {
        '\u{2028}' | '\u{2029}' => ' ',
        c if c.is_control() => ' ',
        c => c,
    };
    text.nfc().filter(|c| !steers(c)).map(plain).collect()
}

/// Ties a number to a unit after it, so that "9 cm" stays on one line.
pub fn bound(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let unit = word.len() <= 3 && word.chars().all(|c| c.is_ascii_alphabetic());
        if !out.is_empty() {
            let tied = unit && out.ends_with(|c: char| c.is_ascii_digit());
            out.push(if tied { '\u{a0}' } else { ' ' });
        }
        out.push_str(word);
    }
    out
}

/// Six letters that tell one subset of a font from another.
fn tag(font: &Font) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for glyph in font.used.remapped_gids() {
        for byte in glyph.to_be_bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    (0..6)
        .map(|i| char::from(b'A' + (hash >> (i * 8)) as u8 % 26))
        .collect()
}

/// Writes the glyphs a font was used for, their widths and what they mean.
pub fn embed(
    pdf: &mut Pdf,
    next: &mut Ref,
    id: Ref,
    name: &str,
    font: &Font,
) -> Result<(), DocumentError> {
    let subset = subsetter::subset(font.data, 0, &font.used)
        .map_err(|e| DocumentError::Font(e.to_string()))?;
    let (cid, descriptor, meaning, file) = (next.bump(), next.bump(), next.bump(), next.bump());
    let base = format!("{}+{name}", tag(font));
    let base = Name(base.as_bytes());
    let system = SystemInfo {
        registry: Str(b"Adobe"),
        ordering: Str(b"Identity"),
        supplement: 0,
    };
    pdf.type0_font(id)
        .base_font(base)
        .encoding_predefined(Name(b"Identity-H"))
        .descendant_font(cid)
        .to_unicode(meaning);
    let mut written = pdf.cid_font(cid);
    written
        .subtype(CidFontType::Type2)
        .base_font(base)
        .system_info(system)
        .font_descriptor(descriptor)
        .default_width(0.0)
        .cid_to_gid_map_predefined(Name(b"Identity"));
    let widths = font
        .used
        .remapped_gids()
        .map(|glyph| font.advance(GlyphId(glyph)));
    written.widths().consecutive(0, widths);
    written.finish();

    let scale = font.scale();
    let face = &font.face;
    let scaled = |units: i16| f32::from(units) * scale;
    let bounds = face.global_bounding_box();
    let bold = face.is_bold();
    pdf.font_descriptor(descriptor)
        .name(base)
        .flags(FontFlags::NON_SYMBOLIC)
        .bbox(Rect::new(
            scaled(bounds.x_min),
            scaled(bounds.y_min),
            scaled(bounds.x_max),
            scaled(bounds.y_max),
        ))
        .italic_angle(0.0)
        .ascent(scaled(face.ascender()))
        .descent(scaled(face.descender()))
        .cap_height(scaled(face.capital_height().unwrap_or(face.ascender())))
        .stem_v(if bold { 140.0 } else { 80.0 })
        .font_file2(file);

    let mut map = UnicodeCmap::new(Name(b"Meaning"), system);
    for (&code, &shown) in &font.shows {
        map.pair(code, shown);
    }
    let packed = deflate(map.finish().as_slice())?;
    pdf.stream(meaning, &packed).filter(Filter::FlateDecode);
    let packed = deflate(&subset)?;
    let mut stream = pdf.stream(file, &packed);
    stream.filter(Filter::FlateDecode);
    stream.pair(Name(b"Length1"), subset.len() as i32);
    stream.finish();
    Ok(())
}
