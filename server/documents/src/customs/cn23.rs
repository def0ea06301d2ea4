//! The large form: A5 lying, on as many sheets as the goods need.

use super::{
    BODY, CERTIFICATE, Declaration, FORM, LABEL, PAD, STRONG, field, party, sign, stamp, table,
};
use crate::code128::encode;
use crate::label::spaced;
use crate::page::{Align, Area, Canvas, Document, FINE, MM, Style, Table};
use crate::trade::{DocumentError, invalid};

/// The bands of a CN 23 sheet, from the top.
struct Sheet {
    form: Area,
    left_third: f32,
    right_third: f32,
    parties: f32,
    references: f32,
    goods: f32,
    sums: f32,
    remarks: f32,
    signing: f32,
}

impl Sheet {
    fn new(canvas: &Canvas) -> Self {
        let form = Area::new(0.0, 0.0, canvas.width, canvas.height).inset(6.0 * MM);
        let remarks = form.bottom() - 102.0;
        Self {
            form,
            left_third: form.x + form.width * 0.335,
            right_third: form.x + form.width * 0.67,
            parties: form.y + 26.0,
            references: form.y + 102.0,
            goods: form.y + 124.0,
            sums: remarks - 24.0,
            remarks,
            signing: form.bottom() - 42.0,
        }
    }
}

/// Draws a CN 23, on as many sheets as the goods need.
pub fn draw(of: &Declaration, number: Option<&str>) -> Result<Document, DocumentError> {
    let mut canvas = Canvas::new(210.0 * MM, 148.0 * MM)?;
    let sheet = Sheet::new(&canvas);
    let form = sheet.form;
    let value = format!("Value ({})", of.currency);
    let mut table = table(
        form.x + PAD,
        2.0 * PAD,
        Style::of(7.2),
        [
            ("Detailed description of contents", Align::Left, 0.0),
            ("Quantity", Align::Right, 38.0),
            ("Net weight (kg)", Align::Right, 44.0),
            (&value, Align::Right, 64.0),
            ("HS tariff number", Align::Left, 50.0),
            ("Country of origin of goods", Align::Left, 72.0),
        ],
    );
    let rest = form.width - 2.0 * PAD - table.width();
    table.columns[0].width = rest;

    let rows = of.rows();
    let room = sheet.sums - sheet.goods - table.head_height(&canvas);
    let sheets = split(&canvas, &table, &rows, room)?;
    for (i, rows) in sheets.iter().enumerate() {
        if i > 0 {
            canvas.new_page();
        }
        top(&mut canvas, &sheet, of, number, (i + 1, sheets.len()))?;
        let mut y = table.draw_head(&mut canvas, sheet.goods);
        canvas.across(form.x, form.right(), y, FINE);
        for row in *rows {
            y = table.draw_row(&mut canvas, y, row);
        }
        for x in table.gaps() {
            canvas.rule((x, sheet.goods), (x, sheet.sums), FINE);
        }
        bottom(&mut canvas, &sheet, of, i + 1 == sheets.len())?;
        for y in [
            sheet.parties,
            sheet.references,
            sheet.goods,
            sheet.sums,
            sheet.remarks,
            sheet.signing,
        ] {
            canvas.across(form.x, form.right(), y, FORM);
        }
        canvas.frame(form, 1.0);
    }
    canvas.finish("Customs declaration CN 23")
}

/// The rows by the sheets they stand on.
fn split<'a>(
    canvas: &Canvas,
    table: &Table,
    rows: &'a [Vec<String>],
    room: f32,
) -> Result<Vec<&'a [Vec<String>]>, DocumentError> {
    let (mut sheets, mut start, mut used) = (Vec::new(), 0, 0.0);
    for (i, row) in rows.iter().enumerate() {
        let height = table.row_height(canvas, row);
        if height > room {
            return Err(DocumentError::TooLong {
                field: format!("line {}: description", i + 1),
            });
        }
        if used + height > room {
            sheets.push(&rows[start..i]);
            (start, used) = (i, 0.0);
        }
        used += height;
    }
    sheets.push(&rows[start..]);
    Ok(sheets)
}

/// Title, parties, the item's number and the references.
fn top(
    canvas: &mut Canvas,
    sheet: &Sheet,
    of: &Declaration,
    number: Option<&str>,
    (page, pages): (usize, usize),
) -> Result<(), DocumentError> {
    let form = sheet.form;
    let base = form.y + 17.5;
    canvas.text(form.x + PAD, base, Align::Left, STRONG, &of.operator);
    canvas.text(
        sheet.left_third + PAD,
        base,
        Align::Left,
        Style::of(12.0).bold(),
        "CUSTOMS DECLARATION",
    );
    canvas.text(
        sheet.right_third + PAD,
        base,
        Align::Left,
        BODY,
        "May be opened officially",
    );
    let wide = canvas.text(
        form.right() - PAD,
        base,
        Align::Right,
        Style::of(14.0).bold(),
        "CN 23",
    );
    if pages > 1 {
        let of_pages = format!("Sheet {page} of {pages}");
        canvas.text(
            form.right() - PAD - wide - 7.0,
            base,
            Align::Right,
            BODY,
            &of_pages,
        );
    }

    let height = sheet.references - sheet.parties;
    let from = Area::new(form.x, sheet.parties, sheet.left_third - form.x, height);
    party(canvas, from, "From (sender)", &of.sender, false)?;
    let to = Area::new(
        sheet.left_third,
        sheet.parties,
        sheet.right_third - sheet.left_third,
        height,
    );
    party(canvas, to, "To (addressee)", &of.addressee, false)?;
    let third = Area::new(
        sheet.right_third,
        sheet.parties,
        form.right() - sheet.right_third,
        height,
    );
    canvas.text(
        third.x + PAD,
        third.y + 7.5,
        Align::Left,
        LABEL,
        "No. of item (barcode, if any)",
    );
    if let Some(number) = number {
        let code = encode(number).ok_or_else(|| invalid("item number", number))?;
        let middle = third.x + third.width / 2.0;
        canvas.barcode(&code, middle, third.y + 14.0, 0.3 * MM, 40.0);
        canvas.text(
            middle,
            third.y + 66.0,
            Align::Centre,
            Style::of(9.0).bold(),
            &spaced(number),
        );
    }

    let height = sheet.goods - sheet.references;
    let importer = of.addressee.references().join(", ");
    let cells = [
        (
            form.x,
            "Sender's customs reference",
            of.sender.references().join(", "),
        ),
        (
            sheet.left_third,
            "Importer's reference (tax code, VAT number, EORI)",
            importer,
        ),
        (
            sheet.right_third,
            "Importer's e-mail",
            of.addressee.email.clone().unwrap_or_default(),
        ),
    ];
    for (x, name, value) in cells {
        let area = Area::new(x, sheet.references, from.width, height);
        field(canvas, area, name, BODY, &value)?;
    }
    for x in [sheet.left_third, sheet.right_third] {
        canvas.rule((x, sheet.parties), (x, sheet.goods), FINE);
    }
    Ok(())
}

/// The sums, the category, the papers that go with the item, and the signature.
fn bottom(
    canvas: &mut Canvas,
    sheet: &Sheet,
    of: &Declaration,
    last: bool,
) -> Result<(), DocumentError> {
    let form = sheet.form;
    let quarter = form.width / 4.0;
    let cells = [
        ("Total net weight (kg)", of.net()),
        ("Total gross weight (kg)", of.gross()),
        ("Total value", of.value(of.total_minor)),
        ("Postal charges and fees", of.charges()),
    ];
    for (i, (name, value)) in cells.iter().enumerate() {
        let x = form.x + quarter * i as f32;
        let value = if last { value } else { "on the last sheet" };
        let style = if last { STRONG } else { BODY.pale() };
        field(
            canvas,
            Area::new(x, sheet.sums, quarter, 24.0),
            name,
            style,
            value,
        )?;
        if i > 0 {
            canvas.rule((x, sheet.sums), (x, sheet.remarks), FINE);
        }
    }

    // Category.
    let third = sheet.left_third - form.x;
    canvas.text(
        form.x + PAD,
        sheet.remarks + 8.0,
        Align::Left,
        LABEL,
        "Category of item",
    );
    for (i, (crossed, text)) in of.ticks().iter().enumerate() {
        let x = form.x + PAD + (i / 3) as f32 * third / 2.0;
        let y = sheet.remarks + 21.0 + (i % 3) as f32 * 14.0;
        let width = third / 2.0 - 2.0 * PAD;
        canvas.tick((x, y), width, Style::of(7.5), *crossed, text)?;
    }

    // Comments and papers.
    let width = sheet.right_third - sheet.left_third;
    let comments = of.comments.as_deref().unwrap_or_default();
    let area = Area::new(sheet.left_third, sheet.remarks, width, 28.0);
    let name = "Comments (quarantine, sanitary inspection or other restrictions)";
    field(canvas, area, name, BODY, comments)?;
    let y = sheet.remarks + 28.0;
    canvas.across(sheet.left_third, sheet.right_third, y, FINE);
    let papers = [
        ("Licence", &of.licence),
        ("Certificate", &of.certificate),
        ("Invoice", &of.invoice_number),
    ];
    for (i, (name, number)) in papers.into_iter().enumerate() {
        let x = sheet.left_third + width / 3.0 * i as f32;
        let room = width / 3.0 - 2.0 * PAD;
        canvas.tick((x + PAD, y + 11.0), room, BODY, number.is_some(), name)?;
        let area = Area::new(x + PAD, y + 15.0, width / 3.0 - 2.0 * PAD, 16.0);
        let number = number.clone().unwrap_or_default();
        canvas.fill(area, 3.5, &[(BODY, number)], name)?;
        if i > 0 {
            canvas.rule((x, y), (x, sheet.signing), FINE);
        }
    }

    // Stamp, certificate and signature.
    let area = Area::new(
        sheet.right_third,
        sheet.remarks,
        form.right() - sheet.right_third,
        60.0,
    );
    stamp(canvas, area, of)?;
    for x in [sheet.left_third, sheet.right_third] {
        canvas.rule((x, sheet.remarks), (x, sheet.signing), FINE);
    }
    let middle = form.x + form.width * 0.5;
    let height = form.bottom() - sheet.signing;
    let area = Area::new(
        form.x + PAD,
        sheet.signing + 4.0,
        middle - form.x - 2.0 * PAD,
        height - 6.0,
    );
    canvas.fill(area, 4.0, &[(BODY, CERTIFICATE.into())], "certificate")?;
    canvas.rule((middle, sheet.signing), (middle, form.bottom()), FINE);
    sign(
        canvas,
        Area::new(middle, sheet.signing, form.right() - middle, height),
        of,
    );
    Ok(())
}
