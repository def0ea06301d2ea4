//! Pages, text, rules, tables and bars, laid out from the top left in points.

mod font;
mod table;

use std::collections::BTreeSet;
use std::io::Write;

use flate2::{Compression, write::ZlibEncoder};
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, Str, TextStr};

use crate::code128::{Code128, QUIET};
use crate::trade::{DocumentError, Party};
use font::{Font, bound, clean, embed, in_latin, is_latin, is_latin_letter};
pub(crate) use table::{Column, Table};

static REGULAR: &[u8] = include_bytes!("../assets/NotoSans-Regular.ttf");
static BOLD: &[u8] = include_bytes!("../assets/NotoSans-Bold.ttf");

/// One millimetre in points.
pub(crate) const MM: f32 = 72.0 / 25.4;
/// Width of a fine rule.
pub(crate) const FINE: f32 = 0.4;

/// A drawn document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    pub pdf: Vec<u8>,
    pub pages: usize,
    /// Characters the font lacks, in order: each is drawn as "?", and the text
    /// one copies or searches in the PDF still holds it.
    pub missing_glyphs: Vec<char>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Centre,
    Right,
}

/// How a text looks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    pub size: f32,
    bold: bool,
    gray: f32,
}

impl Style {
    pub const fn of(size: f32) -> Self {
        Self {
            size,
            bold: false,
            gray: 0.0,
        }
    }

    pub const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    pub const fn pale(self) -> Self {
        Self { gray: 0.35, ..self }
    }

    pub const fn sized(self, size: f32) -> Self {
        Self { size, ..self }
    }

    /// From one baseline to the next.
    pub fn leading(self) -> f32 {
        self.size * 1.32
    }
}

/// A place on the page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Area {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
}

impl Area {
    pub const fn new(x: f32, y: f32, width: f32, height: f32) -> Self {
        Self {
            x,
            y,
            width,
            height,
        }
    }

    pub fn right(self) -> f32 {
        self.x + self.width
    }

    pub fn bottom(self) -> f32 {
        self.y + self.height
    }

    pub fn inset(self, by: f32) -> Self {
        Self::new(
            self.x + by,
            self.y + by,
            self.width - 2.0 * by,
            self.height - 2.0 * by,
        )
    }
}

/// To the thousandth of a point, which keeps the numbers in the file short.
fn round(x: f32) -> f32 {
    (x * 1000.0).round() / 1000.0
}

/// The pages of a document being drawn.
pub(crate) struct Canvas {
    pub width: f32,
    pub height: f32,
    regular: Font,
    bold: Font,
    pages: Vec<Content>,
    current: usize,
    missing: BTreeSet<char>,
}

impl Canvas {
    pub fn new(width: f32, height: f32) -> Result<Self, DocumentError> {
        Ok(Self {
            width,
            height,
            regular: Font::new(REGULAR)?,
            bold: Font::new(BOLD)?,
            pages: vec![Content::new()],
            current: 0,
            missing: BTreeSet::new(),
        })
    }

    pub fn new_page(&mut self) {
        self.pages.push(Content::new());
        self.current = self.pages.len() - 1;
    }

    pub fn pages(&self) -> usize {
        self.pages.len()
    }

    /// Goes back to a page, counted from 0, as for a foot that says how many
    /// pages there are.
    pub fn turn_to(&mut self, page: usize) {
        self.current = page.min(self.pages.len() - 1);
    }

    fn font(&self, style: Style) -> &Font {
        if style.bold {
            &self.bold
        } else {
            &self.regular
        }
    }

    pub fn text_width(&self, style: Style, text: &str) -> f32 {
        let font = self.font(style);
        font.width(&font.printable(&clean(text))) * style.size / 1000.0
    }

    /// Draws one line of text, its baseline at `y`; returns its width.
    pub fn text(&mut self, x: f32, y: f32, align: Align, style: Style, text: &str) -> f32 {
        let text = self.font(style).printable(&clean(text));
        let width = self.font(style).width(&text) * style.size / 1000.0;
        let x = match align {
            Align::Left => x,
            Align::Centre => x - width / 2.0,
            Align::Right => x - width,
        };
        let font = if style.bold {
            &mut self.bold
        } else {
            &mut self.regular
        };
        let mut codes = Vec::with_capacity(text.len() * 2);
        let mut lacking = false;
        for c in text.chars() {
            let glyphs = font.glyphs(c).unwrap_or_else(|| {
                lacking = true;
                self.missing.insert(c);
                font.glyphs('?').unwrap_or_default()
            });
            for (glyph, shown) in glyphs {
                let code = font.used.remap(glyph.0);
                font.shows.insert(code, shown);
                codes.extend(code.to_be_bytes());
            }
        }
        if codes.is_empty() {
            return 0.0;
        }
        let name = if style.bold { Name(b"B") } else { Name(b"R") };
        let y = self.height - y;
        let content = &mut self.pages[self.current];
        if lacking {
            let mut span = content.begin_marked_content_with_properties(Name(b"Span"));
            span.properties().actual_text(TextStr(&text));
        }
        content
            .begin_text()
            .set_fill_gray(style.gray)
            .set_font(name, style.size)
            .set_text_matrix([1.0, 0.0, 0.0, 1.0, round(x), round(y)])
            .show(Str(&codes))
            .end_text();
        if lacking {
            content.end_marked_content();
        }
        width
    }

    /// Breaks a text into lines no wider than `width`: between words, and
    /// inside a word only where it is wider than a line by itself.
    pub fn wrap(&self, style: Style, width: f32, text: &str) -> Vec<String> {
        let font = self.font(style);
        let limit = width * 1000.0 / style.size;
        let text = bound(&font.printable(&clean(text)));
        let space = font.width(" ");
        let (mut lines, mut line, mut used) = (Vec::new(), String::new(), 0.0);
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            let wide = font.width(word);
            if !line.is_empty() && used + space + wide <= limit {
                line.push(' ');
                line.push_str(word);
                used += space + wide;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            used = 0.0;
            for c in word.chars() {
                let wide = font.width(c.encode_utf8(&mut [0; 4]));
                if !line.is_empty() && used + wide > limit + 0.01 {
                    lines.push(std::mem::take(&mut line));
                    used = 0.0;
                }
                line.push(c);
                used += wide;
            }
        }
        if !line.is_empty() {
            lines.push(line);
        }
        lines
    }

    /// Draws a text wrapped, from the top `y`; returns where it ends.
    pub fn paragraph(&mut self, x: f32, y: f32, width: f32, style: Style, text: &str) -> f32 {
        let mut y = y;
        for line in self.wrap(style, width, text) {
            self.text(x, y + style.size, Align::Left, style, &line);
            y += style.leading();
        }
        y
    }

    /// How tall `paragraph` would be.
    pub fn paragraph_height(&self, width: f32, style: Style, text: &str) -> f32 {
        self.wrap(style, width, text).len() as f32 * style.leading()
    }

    /// Draws texts one under the other into an area, wrapped, as large as fits
    /// between the size of the style and `least`. Says which field is too long
    /// when even the least does not fit.
    pub fn fill(
        &mut self,
        area: Area,
        least: f32,
        texts: &[(Style, String)],
        field: &str,
    ) -> Result<(), DocumentError> {
        let largest = texts.iter().map(|(s, _)| s.size).fold(0.0, f32::max);
        let mut size = largest;
        while size >= least {
            let scaled = |style: Style| style.sized(style.size * size / largest);
            let height: f32 = texts
                .iter()
                .map(|(style, text)| self.paragraph_height(area.width, scaled(*style), text))
                .sum();
            if height <= area.height {
                let mut y = area.y;
                for (style, text) in texts {
                    y = self.paragraph(area.x, y, area.width, scaled(*style), text);
                }
                return Ok(());
            }
            size -= 0.25;
        }
        Err(DocumentError::TooLong {
            field: field.into(),
        })
    }

    pub fn rule(&mut self, from: (f32, f32), to: (f32, f32), width: f32) {
        let height = self.height;
        self.pages[self.current]
            .set_line_width(width)
            .set_stroke_gray(0.0)
            .move_to(round(from.0), round(height - from.1))
            .line_to(round(to.0), round(height - to.1))
            .stroke();
    }

    /// A rule from left to right.
    pub fn across(&mut self, left: f32, right: f32, y: f32, width: f32) {
        self.rule((left, y), (right, y), width);
    }

    pub fn frame(&mut self, area: Area, width: f32) {
        let y = self.height - area.bottom();
        self.pages[self.current]
            .set_line_width(width)
            .set_stroke_gray(0.0)
            .rect(
                round(area.x),
                round(y),
                round(area.width),
                round(area.height),
            )
            .stroke();
    }

    /// A box of a form, crossed or empty, its text to the right: smaller and on
    /// two lines where it is wider than `width`.
    pub fn tick(
        &mut self,
        (x, y): (f32, f32),
        width: f32,
        style: Style,
        crossed: bool,
        text: &str,
    ) -> Result<(), DocumentError> {
        let side = style.size;
        let area = Area::new(x, y - side * 0.85, side, side);
        self.frame(area, 0.6);
        if crossed {
            let (l, t) = (area.x + 1.2, area.y + 1.2);
            let (r, b) = (area.right() - 1.2, area.bottom() - 1.2);
            self.rule((l, t), (r, b), 1.0);
            self.rule((l, b), (r, t), 1.0);
        }
        let x = x + side + 3.5;
        let width = width - side - 3.5;
        if self.text_width(style, text) <= width {
            self.text(x, y, Align::Left, style, text);
            return Ok(());
        }
        let room = Area::new(x, y - side * 1.1, width, side * 1.9);
        self.fill(room, 3.5, &[(style, text.to_owned())], text)
    }

    /// Draws a barcode centred on `x`, quiet zones left clear by the caller's
    /// room: see `barcode_width`.
    pub fn barcode(&mut self, code: &Code128, x: f32, y: f32, module: f32, height: f32) {
        let left = x - code.modules() as f32 * module / 2.0;
        let bottom = self.height - y - height;
        let content = &mut self.pages[self.current];
        content.set_fill_gray(0.0);
        for (start, width) in code.bars() {
            let start = left + start as f32 * module;
            content.rect(
                round(start),
                round(bottom),
                round(width as f32 * module),
                round(height),
            );
        }
        content.fill_nonzero();
    }

    /// Ends the document.
    pub fn finish(self, title: &str) -> Result<Document, DocumentError> {
        let mut next = Ref::new(1);
        let mut pdf = Pdf::new();
        pdf.set_version(1, 7);
        let (catalog, tree, info) = (next.bump(), next.bump(), next.bump());
        let (regular, bold) = (next.bump(), next.bump());
        let pages: Vec<(Ref, Ref)> = self
            .pages
            .iter()
            .map(|_| (next.bump(), next.bump()))
            .collect();

        let mut root = pdf.catalog(catalog);
        root.pages(tree).lang(TextStr("en"));
        root.viewer_preferences().display_doc_title(true);
        root.finish();
        pdf.document_info(info)
            .title(TextStr(title))
            .producer(TextStr("Sampan"));
        pdf.pages(tree)
            .kids(pages.iter().map(|(page, _)| *page))
            .count(pages.len() as i32);
        let count = pages.len();
        for ((page, stream), content) in pages.into_iter().zip(self.pages) {
            let mut written = pdf.page(page);
            written
                .parent(tree)
                .media_box(Rect::new(0.0, 0.0, round(self.width), round(self.height)))
                .contents(stream);
            let mut resources = written.resources();
            let mut fonts = resources.fonts();
            fonts.pair(Name(b"R"), regular).pair(Name(b"B"), bold);
            fonts.finish();
            resources.finish();
            written.finish();
            let packed = deflate(content.finish().as_slice())?;
            pdf.stream(stream, &packed).filter(Filter::FlateDecode);
        }
        embed(
            &mut pdf,
            &mut next,
            regular,
            "NotoSans-Regular",
            &self.regular,
        )?;
        embed(&mut pdf, &mut next, bold, "NotoSans-Bold", &self.bold)?;
        Ok(Document {
            pdf: pdf.finish(),
            pages: count,
            missing_glyphs: self.missing.into_iter().collect(),
        })
    }
}

/// How wide a barcode is with its quiet zones.
pub(crate) fn barcode_width(code: &Code128, module: f32) -> f32 {
    (code.modules() + 2 * QUIET) as f32 * module
}

fn deflate(bytes: &[u8]) -> Result<Vec<u8>, DocumentError> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::default());
    let packed = packer.write_all(bytes).and_then(|()| packer.finish());
    packed.map_err(|e| DocumentError::Font(e.to_string()))
}

/// A party's name, address and country as texts for `Canvas::fill`: in Latin letters, as the post and customs ask, and
/// beside them in the letters they were written in where the font has those (Greek, Cyrillic).
pub(crate) fn address(party: &Party, size: f32, country: Style) -> Vec<(Style, String)> {
    let mut texts = vec![(Style::of(size).bold(), both_ways(&party.name))];
    texts.extend(
        party
            .address()
            .map(|line| (Style::of(size), both_ways(line))),
    );
    texts.push((country, party.country.to_uppercase()));
    texts
}

/// "Dar'ia (Дарья)"; a text in Latin letters, or in letters that no font here has, once.
fn both_ways(text: &str) -> String {
    let text = clean(text);
    if is_latin(&text) {
        return text;
    }
    let latin = in_latin(&text, |c| {
        !c.is_ascii() && !is_latin_letter(c) && c.is_alphabetic()
    });
    let has_all =
        Font::new(REGULAR).is_ok_and(|font| text.chars().all(|c| font.glyphs(c).is_some()));
    if has_all && latin != text {
        format!("{latin} ({text})")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canvas() -> Canvas {
        Canvas::new(200.0, 200.0).expect("the font parses")
    }

    const STYLE: Style = Style::of(10.0);

    #[test]
    fn lines_are_no_wider_than_asked_and_lose_nothing() {
        let canvas = canvas();
        let text = "Hand-thrown porcelain tea bowl, celadon glaze, Donaudampfschifffahrtsgesellschaftskapitän 12 cm";
        let lines = canvas.wrap(STYLE, 80.0, text);
        for line in &lines {
            assert!(canvas.text_width(STYLE, line) <= 80.1, "{line}");
        }
        let bare = |s: &str| s.replace([' ', '\u{a0}'], "");
        assert_eq!(bare(&lines.concat()), bare(text));
    }

    #[test]
    fn a_number_stays_with_its_unit() {
        let canvas = canvas();
        let width = canvas.text_width(STYLE, "Tea bowl, 9");
        let lines = canvas.wrap(STYLE, width, "Tea bowl, 9 cm");
        assert_eq!(lines, ["Tea bowl,", "9\u{a0}cm"]);
    }

    #[test]
    fn latin_greek_and_cyrillic_have_their_glyphs() {
        let mut canvas = canvas();
        let text = "Łódź Ağrı Đà Nẵng Ærø Straße Ελλάδα Україна Ђурђевдан €₴₽₺ – “x” 1\u{202f}234";
        canvas.text(0.0, 20.0, Align::Left, STYLE, text);
        canvas.text(0.0, 40.0, Align::Left, STYLE.bold(), text);
        assert_eq!(canvas.finish("t").expect("drawn").missing_glyphs, []);
    }

    #[test]
    fn a_character_without_latin_letters_is_reported_once() {
        let mut canvas = canvas();
        canvas.text(0.0, 20.0, Align::Left, STYLE, "\u{e000} tea \u{e000}");
        let document = canvas.finish("t").expect("drawn");
        assert_eq!(document.missing_glyphs, ['\u{e000}']);
    }

    #[test]
    fn names_in_scripts_the_font_lacks_are_printed_in_latin_letters() {
        for (name, latin) in [
            ("王小明", "Wang Xiao Ming"),
            ("中文 Café", "Zhong Wen Café"),
            ("العربية", "l'rbyh"),
            ("ಕನ್ನಡ", "knndd"),
            ("٣٤ शारदा", "34 shaardaa"),
        ] {
            let mut canvas = canvas();
            assert_eq!(canvas.font(STYLE).printable(&clean(name)), latin);
            assert!(canvas.text(0.0, 20.0, Align::Left, STYLE, name) > 10.0);
            assert_eq!(
                canvas.finish("t").expect("drawn").missing_glyphs,
                [],
                "{name}"
            );
        }
    }

    #[test]
    fn an_address_in_cyrillic_or_greek_stands_in_both_alphabets() {
        assert_eq!(both_ways("Київ"), "Kiyiv (Київ)");
        assert_eq!(both_ways("Αθήνα 12"), "Athena 12 (Αθήνα 12)");
        assert_eq!(both_ways("Żaneta Großmann"), "Żaneta Großmann");
        assert_eq!(both_ways("王小明"), "王小明");
    }

    #[test]
    fn a_character_with_an_equal_in_the_font_is_drawn_as_that() {
        let mut canvas = canvas();
        let wide = canvas.text(0.0, 20.0, Align::Left, STYLE, "Ｎｏ．１ ﬁve e\u{301} −3");
        let plain = canvas.text_width(STYLE, "No.1 five é -3");
        assert!((wide - plain).abs() < 0.01);
        assert_eq!(canvas.finish("t").expect("drawn").missing_glyphs, []);
    }

    #[test]
    fn text_is_made_smaller_until_it_fits_and_refused_when_it_cannot() {
        let mut canvas = canvas();
        let texts = |n: usize| vec![(STYLE, "word ".repeat(n))];
        let area = Area::new(0.0, 0.0, 60.0, 30.0);
        assert_eq!(canvas.fill(area, 5.0, &texts(9), "name"), Ok(()));
        assert_eq!(
            canvas.fill(area, 5.0, &texts(90), "name"),
            Err(DocumentError::TooLong {
                field: "name".into()
            })
        );
    }

    #[test]
    fn a_page_without_text_is_still_a_document() {
        let document = canvas().finish("empty").expect("drawn");
        assert!(document.pdf.starts_with(b"%PDF-1.7"));
        assert_eq!(document.pages, 1);
    }
}
