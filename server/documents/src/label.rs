//! The parcel's label, 100 × 150 mm.

use crate::code128::encode;
use crate::page::{Align, Area, Canvas, Document, FINE, MM, Style, address, barcode_width};
use crate::trade::{DocumentError, Party, invalid, kilograms, needed};
use sampan_engine::tracking_number::is_s10;

/// What a label says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label {
    pub sender: Party,
    pub addressee: Party,
    /// The service, as "Registered small packet".
    pub service: String,
    pub weight_grams: i64,
    /// It was reckoned, not weighed; the label says so.
    pub is_weight_estimated: bool,
    /// The item's number by UPU S10, with or without spaces.
    pub item_number: String,
    pub order_number: String,
}

/// A number without the spaces it may be written with, if it is one of S10.
pub(crate) fn plain_s10(number: &str) -> Result<String, DocumentError> {
    let plain: String = number.split_whitespace().collect();
    if is_s10(&plain) {
        Ok(plain)
    } else {
        Err(invalid("item number", number))
    }
}

/// An S10 number as people read it: RR 473 124 829 GB.
pub(crate) fn spaced(plain: &str) -> String {
    let bounds = [0, 2, 5, 8, 11, 13];
    let parts = bounds.windows(2).filter_map(|w| plain.get(w[0]..w[1]));
    parts.collect::<Vec<_>>().join("\u{a0}")
}

/// Draws the label.
pub fn label(label: &Label) -> Result<Document, DocumentError> {
    label.sender.check("sender")?;
    label.addressee.check("addressee")?;
    needed("service", &label.service, 60)?;
    needed("order number", &label.order_number, 40)?;
    let number = plain_s10(&label.item_number)?;
    if label.weight_grams <= 0 {
        return Err(invalid("weight", &label.weight_grams.to_string()));
    }
    let code = encode(&number).ok_or_else(|| invalid("item number", &number))?;

    let mut canvas = Canvas::new(100.0 * MM, 150.0 * MM)?;
    let (left, right) = (6.0 * MM, 94.0 * MM);
    let width = right - left;
    let small = Style::of(6.5).pale();

    // Service and weight.
    let top = 6.0 * MM;
    let service = vec![(Style::of(15.0).bold(), label.service.clone())];
    let area = Area::new(left, top, width * 0.68, 38.0);
    canvas.fill(area, 8.0, &service, "service")?;
    let weighed = if label.is_weight_estimated {
        "Weight (estimated)"
    } else {
        "Weight"
    };
    canvas.text(right, top + 7.0, Align::Right, small, weighed);
    let weight = format!("{}\u{a0}kg", kilograms(label.weight_grams));
    canvas.text(
        right,
        top + 22.0,
        Align::Right,
        Style::of(12.0).bold(),
        &weight,
    );
    let mut y = top + 42.0;
    canvas.across(left, right, y, 1.0);

    // Sender, small.
    canvas.text(left, y + 11.0, Align::Left, small, "From");
    let from = Area::new(left + 28.0, y + 4.0, width - 28.0, 60.0);
    let texts = address(&label.sender, 8.0, Style::of(8.0));
    canvas.fill(from, 5.0, &texts, "sender's address")?;
    y += 70.0;
    canvas.across(left, right, y, FINE);

    // Addressee, large.
    canvas.text(left, y + 12.0, Align::Left, small, "To");
    let to = Area::new(left + 28.0, y + 6.0, width - 28.0, 124.0);
    let texts = address(&label.addressee, 13.0, Style::of(14.0).bold());
    canvas.fill(to, 7.0, &texts, "addressee's address")?;
    y += 136.0;
    canvas.across(left, right, y, 1.0);

    // Number: three dots of a printer of 203 dpi a module, where that fits.
    let module = (0.375 * MM).min(width / barcode_width(&code, 1.0));
    let middle = 50.0 * MM;
    canvas.barcode(&code, middle, y + 12.0, module, 24.0 * MM);
    y += 12.0 + 24.0 * MM;
    let style = Style::of(13.0).bold();
    canvas.text(middle, y + 16.0, Align::Centre, style, &spaced(&number));

    // Order.
    let foot = 150.0 * MM - 6.0 * MM;
    canvas.across(left, right, foot - 24.0, FINE);
    canvas.text(left, foot - 14.0, Align::Left, small, "Order");
    let size = if label.order_number.chars().count() > 28 {
        7.5
    } else {
        10.0
    };
    canvas.text(
        left,
        foot - 1.0,
        Align::Left,
        Style::of(size),
        &label.order_number,
    );
    let route = format!(
        "{} \u{2013} {}",
        label.sender.country_code, label.addressee.country_code
    );
    canvas.text(
        right,
        foot - 1.0,
        Align::Right,
        Style::of(10.0).bold(),
        &route,
    );
    canvas.finish(&format!("Label {number}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trade::tests::{buyer, seller};

    pub fn parcel() -> Label {
        Label {
            sender: seller(),
            addressee: buyer(),
            service: "Registered small packet".into(),
            weight_grams: 1_850,
            is_weight_estimated: false,
            item_number: "RR 473 124 829 CN".into(),
            order_number: "S-2026-004217".into(),
        }
    }

    #[test]
    fn a_label_is_one_page_and_the_same_every_time() {
        let drawn = label(&parcel()).expect("drawn");
        assert_eq!(drawn.pages, 1);
        assert_eq!(drawn, label(&parcel()).expect("drawn"));
    }

    /// The label's first page as a printer of 203 dpi sees it: brightness by pixel.
    fn printed(pdf: Vec<u8>) -> (Vec<u8>, u32, u32) {
        use hayro::{
            PixmapSettings, RenderCache, RenderSettings, hayro_interpret::InterpreterSettings,
            hayro_syntax::Pdf, render, vello_cpu::color::palette::css::WHITE,
        };
        let pdf = Pdf::new(pdf).expect("a PDF");
        let scale = 203.0 / 72.0;
        let paper = PixmapSettings {
            x_scale: scale,
            y_scale: scale,
            bg_color: WHITE,
        };
        let page = pdf.pages().iter().next().expect("a page");
        let (cache, how) = (RenderCache::new(), RenderSettings::default());
        let picture = render(page, &cache, &InterpreterSettings::default(), &how, &paper);
        let (width, height) = (picture.width().into(), picture.height().into());
        let brightness = picture
            .data_as_u8_slice()
            .chunks(4)
            .map(|pixel| pixel[1])
            .collect();
        (brightness, width, height)
    }

    /// What a decoder that is not ours reads from a page.
    fn read_back((brightness, width, height): (Vec<u8>, u32, u32)) -> Option<String> {
        rxing::helpers::detect_in_luma(
            brightness,
            width,
            height,
            Some(rxing::BarcodeFormat::CODE_128),
        )
        .ok()
        .map(|read| read.getText().to_owned())
    }

    #[test]
    fn another_programs_decoder_reads_the_printed_number() {
        for number in ["RR473124829CN", "LX000000005DE", "CP123456785JP"] {
            let of = Label {
                item_number: number.into(),
                ..parcel()
            };
            let drawn = label(&of).expect("drawn");
            assert_eq!(read_back(printed(drawn.pdf)).as_deref(), Some(number));
        }
    }

    #[test]
    fn a_wrong_check_symbol_is_not_read() {
        let draw = |code: &crate::code128::Code128| {
            let mut canvas = Canvas::new(100.0 * MM, 150.0 * MM).expect("the font parses");
            canvas.barcode(code, 50.0 * MM, 60.0, 0.375 * MM, 24.0 * MM);
            read_back(printed(canvas.finish("t").expect("drawn").pdf))
        };
        let code = encode("RR473124829CN").expect("ASCII");
        assert_eq!(draw(&code).as_deref(), Some("RR473124829CN"));
        assert_eq!(draw(&code.with_another_check_symbol()), None);
    }

    #[test]
    fn a_number_with_a_wrong_check_digit_is_refused() {
        let wrong = Label {
            item_number: "RR473124828CN".into(),
            ..parcel()
        };
        assert_eq!(label(&wrong), Err(invalid("item number", "RR473124828CN")));
    }

    #[test]
    fn a_long_address_is_set_smaller() {
        let mut long = parcel();
        long.addressee.lines = vec!["Hinterhaus, zweiter Aufgang, bei Familie Großmann".into(); 6];
        assert!(label(&long).is_ok());
    }

    #[test]
    fn an_address_that_cannot_fit_is_refused_not_cut() {
        let mut long = parcel();
        long.addressee.lines = vec!["x".repeat(120); 8];
        long.sender.lines = vec!["W".repeat(120); 8];
        assert!(matches!(label(&long), Err(DocumentError::TooLong { .. })));
    }

    #[test]
    fn a_label_without_an_address_is_refused() {
        let mut bare = parcel();
        bare.addressee.lines = vec![" ".into()];
        assert_eq!(
            label(&bare),
            Err(DocumentError::Missing {
                field: "addressee's address".into()
            })
        );
    }
}
