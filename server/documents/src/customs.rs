//! The postal customs declaration: CN 22 on 100 × 150 mm, or CN 23 on A5
//! lying, with the fields of the Universal Postal Union's forms.

use crate::code128::encode;
use crate::label::{plain_s10, spaced};
use crate::page::{Align, Area, Canvas, Column, Document, FINE, MM, Style, Table, address};
use crate::trade::{
    DocumentError, Line, Party, at_most, check_currency, check_date, check_lines, check_weight,
    count, invalid, kilograms, money, needed, sum, with_currency,
};

/// Why the item is sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Category {
    #[default]
    SaleOfGoods,
    Gift,
    Documents,
    CommercialSample,
    ReturnedGoods,
    Other(String),
}

/// What a customs declaration says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Declaration {
    /// The post that carries the item.
    pub operator: String,
    /// The item's number by UPU S10, once it has one.
    pub item_number: Option<String>,
    pub sender: Party,
    pub addressee: Party,
    pub category: Category,
    pub lines: Vec<Line>,
    pub currency: String,
    pub exponent: u32,
    pub total_minor: i64,
    /// The total value in hundredths of an SDR, which decides the form.
    pub value_sdr_hundredths: i64,
    pub gross_weight_grams: i64,
    pub postage_minor: Option<i64>,
    pub fees_minor: Option<i64>,
    pub invoice_number: Option<String>,
    pub licence: Option<String>,
    pub certificate: Option<String>,
    /// As of quarantine or other restrictions.
    pub comments: Option<String>,
    /// Office and date of posting, when known beforehand.
    pub office: Option<String>,
    /// Date beside the signature, YYYY-MM-DD.
    pub date: String,
}

/// Which of the two forms a declaration takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Cn22,
    Cn23,
}

/// The greatest value a CN 22 may declare: SDR 300.
const CN22_SDR_HUNDREDTHS: i64 = 30_000;
/// The most kinds of goods a CN 22 has rows for.
const CN22_LINES: usize = 3;

const CERTIFICATE: &str = "I, the sender named above, certify that what this declaration says is \
    correct and that the item holds nothing dangerous and nothing that law or postal or customs \
    rules forbid.";

const LABEL: Style = Style::of(5.6).pale();
const BODY: Style = Style::of(7.0);
const STRONG: Style = Style::of(8.0).bold();
/// Width of the forms' rules.
const FORM: f32 = 0.6;
/// Between a rule and what stands beside it.
const PAD: f32 = 3.5;

impl Declaration {
    /// CN 22 up to SDR 300 for a few kinds of goods, else CN 23. A CN 22 whose
    /// texts outgrow its rows is drawn as CN 23 all the same.
    pub fn form(&self) -> Form {
        if self.value_sdr_hundredths <= CN22_SDR_HUNDREDTHS && self.lines.len() <= CN22_LINES {
            Form::Cn22
        } else {
            Form::Cn23
        }
    }

    fn check(&self) -> Result<(), DocumentError> {
        at_most("postal operator", &self.operator, 40)?;
        self.sender.check("sender")?;
        self.addressee.check("addressee")?;
        check_date(&self.date)?;
        check_currency(&self.currency, self.exponent)?;
        if let Category::Other(what) = &self.category {
            needed("category", what, 40)?;
        }
        check_lines(&self.lines, self.total_minor)?;
        check_weight(&self.lines, self.gross_weight_grams)?;
        let sums = [
            ("value in SDR", Some(self.value_sdr_hundredths)),
            ("postage", self.postage_minor),
            ("fees", self.fees_minor),
        ];
        for (what, sum) in sums {
            if let Some(sum) = sum.filter(|sum| *sum < 0) {
                return Err(invalid(what, &sum.to_string()));
            }
        }
        for reference in [
            &self.invoice_number,
            &self.licence,
            &self.certificate,
            &self.office,
        ] {
            at_most("reference", reference.as_deref().unwrap_or_default(), 60)?;
        }
        at_most(
            "comments",
            self.comments.as_deref().unwrap_or_default(),
            200,
        )
    }

    fn ticks(&self) -> [(bool, String); 6] {
        use Category::{CommercialSample, Documents, Gift, Other, ReturnedGoods, SaleOfGoods};
        let tick = |category: Category, name: &str| (self.category == category, name.to_owned());
        [
            tick(SaleOfGoods, "Sale of goods"),
            tick(CommercialSample, "Commercial sample"),
            tick(ReturnedGoods, "Returned goods"),
            tick(Gift, "Gift"),
            tick(Documents, "Documents"),
            match &self.category {
                Other(what) => (true, format!("Other: {what}")),
                _ => (false, "Other (specify)".into()),
            },
        ]
    }

    fn rows(&self) -> Vec<Vec<String>> {
        let row = |line: &Line| {
            vec![
                line.description.clone(),
                count(line.quantity),
                kilograms(line.net_weight_grams),
                money(line.total_minor, self.exponent),
                line.hs6.clone().unwrap_or_default(),
                line.origin.clone(),
            ]
        };
        self.lines.iter().map(row).collect()
    }

    fn value(&self, minor: i64) -> String {
        with_currency(minor, self.exponent, &self.currency)
    }

    /// Postage and fees, or the room to write them by hand.
    fn charges(&self) -> String {
        let named = [("Postage", self.postage_minor), ("fees", self.fees_minor)];
        let charges = named
            .into_iter()
            .filter_map(|(name, sum)| Some(format!("{name} {}", self.value(sum?))));
        charges.collect::<Vec<_>>().join(", ")
    }

    fn net(&self) -> String {
        let net = sum(&self.lines, |line| line.net_weight_grams);
        kilograms(i64::try_from(net).unwrap_or(i64::MAX))
    }
}

/// Draws the declaration on the form that its value and its goods ask for.
pub fn customs_declaration(declaration: &Declaration) -> Result<Document, DocumentError> {
    declaration.check()?;
    let number = declaration
        .item_number
        .as_deref()
        .map(plain_s10)
        .transpose()?;
    if declaration.form() == Form::Cn22
        && let Some(drawn) = cn22(declaration, number.as_deref())?
    {
        return Ok(drawn);
    }
    cn23(declaration, number.as_deref())
}

/// A label in the corner of a field and its value under it, as large as fits.
fn field(
    canvas: &mut Canvas,
    area: Area,
    name: &str,
    style: Style,
    value: &str,
) -> Result<(), DocumentError> {
    canvas.text(area.x + PAD, area.y + 7.5, Align::Left, LABEL, name);
    let room = Area::new(
        area.x + PAD,
        area.y + 9.0,
        area.width - 2.0 * PAD,
        area.height - 11.0,
    );
    canvas.fill(room, 3.5, &[(style, value.to_owned())], name)
}

/// Who sends or receives the item, and what customs know them by, if asked for.
fn party(
    canvas: &mut Canvas,
    area: Area,
    name: &str,
    party: &Party,
    references: bool,
) -> Result<(), DocumentError> {
    canvas.text(area.x + PAD, area.y + 7.5, Align::Left, LABEL, name);
    let room = Area::new(
        area.x + PAD,
        area.y + 10.0,
        area.width - 2.0 * PAD,
        area.height - 11.0,
    );
    let mut texts = address(party, STRONG.size, STRONG);
    if references {
        let references = party.references().into_iter();
        texts.extend(references.map(|text| (Style::of(6.5), text)));
    }
    canvas.fill(room, 3.5, &texts, &format!("{name}: address"))
}

fn table(left: f32, gap: f32, body: Style, columns: [(&str, Align, f32); 6]) -> Table {
    let column = |(head, align, width): (&str, Align, f32)| Column {
        head: head.into(),
        align,
        width,
    };
    Table {
        left,
        gap,
        padding: 1.8,
        head: LABEL,
        body,
        columns: columns.map(column).into(),
    }
}

/// Draws a CN 22; None when the goods' texts outgrow it.
fn cn22(of: &Declaration, number: Option<&str>) -> Result<Option<Document>, DocumentError> {
    let mut canvas = Canvas::new(100.0 * MM, 150.0 * MM)?;
    let form = Area::new(0.0, 0.0, canvas.width, canvas.height).inset(4.0 * MM);
    let (left, right) = (form.x, form.right());
    let (parties, ticks, goods) = (form.y + 32.0, form.y + 110.0, form.y + 144.0);
    let signing = form.bottom() - 62.0;
    let certificate = signing - 34.0;
    let sums = certificate - 26.0;

    let body = Style::of(6.6);
    let inner = form.width - 2.0 * PAD;
    let value = format!("Value ({})", of.currency);
    let mut table = table(
        left + PAD,
        2.0 * PAD,
        body,
        [
            ("Detailed description of contents", Align::Left, 0.0),
            ("Qty", Align::Right, 30.0),
            ("Net weight (kg)", Align::Right, 34.0),
            (&value, Align::Right, 48.0),
            ("HS tariff number", Align::Left, 28.0),
            ("Country of origin", Align::Left, 36.0),
        ],
    );
    let rows = of.rows();
    table.fit(&canvas, inner, 0, &rows);
    let heights = rows.iter().map(|row| table.row_height(&canvas, row));
    if goods + table.head_height(&canvas) + heights.sum::<f32>() > sums {
        return Ok(None);
    }

    canvas.text(
        left + PAD,
        form.y + 14.0,
        Align::Left,
        Style::of(11.0).bold(),
        "CUSTOMS DECLARATION",
    );
    canvas.text(
        right - PAD,
        form.y + 16.0,
        Align::Right,
        Style::of(14.0).bold(),
        "CN 22",
    );
    let opened = "May be opened officially";
    let operator = of.operator.trim();
    let line = if operator.is_empty() {
        opened.into()
    } else {
        format!("{operator} \u{2013} {opened}")
    };
    canvas.text(
        left + PAD,
        form.y + 25.5,
        Align::Left,
        Style::of(6.5),
        &line,
    );
    if let Some(number) = number {
        canvas.text(
            right - PAD,
            form.y + 26.5,
            Align::Right,
            Style::of(6.5),
            &spaced(number),
        );
    }

    let half = form.width / 2.0;
    let area = Area::new(left, parties, half, ticks - parties);
    party(&mut canvas, area, "From (sender)", &of.sender, true)?;
    let area = Area {
        x: left + half,
        ..area
    };
    party(&mut canvas, area, "To (addressee)", &of.addressee, true)?;
    canvas.rule((left + half, parties), (left + half, ticks), FINE);

    for (i, (crossed, text)) in of.ticks().iter().enumerate() {
        let x = left + PAD + (i % 3) as f32 * form.width / 3.0;
        let y = ticks + 13.0 + (i / 3) as f32 * 13.0;
        let width = form.width / 3.0 - 2.0 * PAD;
        canvas.tick((x, y), width, Style::of(7.0), *crossed, text)?;
    }

    let mut y = table.draw_head(&mut canvas, goods);
    canvas.across(left, right, y, FINE);
    for row in &rows {
        y = table.draw_row(&mut canvas, y, row);
    }
    for x in table.gaps() {
        canvas.rule((x, goods), (x, sums), FINE);
    }

    let third = form.width / 3.0;
    let cells = [
        (
            "Total weight with packing (kg)",
            kilograms(of.gross_weight_grams),
        ),
        ("Total value", of.value(of.total_minor)),
        ("Postage and fees", of.charges()),
    ];
    for (i, (name, value)) in cells.iter().enumerate() {
        let x = left + third * i as f32;
        field(
            &mut canvas,
            Area::new(x, sums, third, 26.0),
            name,
            if i < 2 { STRONG } else { BODY },
            value,
        )?;
        if i > 0 {
            canvas.rule((x, sums), (x, certificate), FINE);
        }
    }
    let area = Area::new(
        left + PAD,
        certificate + 3.0,
        inner,
        signing - certificate - 5.0,
    );
    canvas.fill(
        area,
        4.0,
        &[(Style::of(6.8), CERTIFICATE.into())],
        "certificate",
    )?;

    let split = left + form.width * 0.62;
    let area = Area::new(left, signing, split - left, form.bottom() - signing);
    sign(&mut canvas, area, of);
    stamp(
        &mut canvas,
        Area::new(split, signing, right - split, area.height),
        of,
    )?;
    canvas.rule((split, signing), (split, form.bottom()), FINE);

    for y in [parties, ticks, goods, sums, certificate, signing] {
        canvas.across(left, right, y, FORM);
    }
    canvas.frame(form, 1.0);
    canvas.finish("Customs declaration CN 22").map(Some)
}

/// The place for date and signature.
fn sign(canvas: &mut Canvas, area: Area, of: &Declaration) {
    canvas.text(
        area.x + PAD,
        area.y + 8.5,
        Align::Left,
        LABEL,
        "Date and sender's signature",
    );
    let y = area.bottom() - 9.0;
    let date = canvas.text(area.x + PAD, y - 2.5, Align::Left, Style::of(8.0), &of.date);
    canvas.across(area.x + PAD + date + 8.0, area.right() - 8.0, y, FINE);
}

/// The place for the stamp of the office of posting.
fn stamp(canvas: &mut Canvas, area: Area, of: &Declaration) -> Result<(), DocumentError> {
    let office = of.office.as_deref().unwrap_or_default();
    let name = "Office and date of posting (stamp)";
    field(
        canvas,
        Area {
            height: 30.0,
            ..area
        },
        name,
        BODY,
        office,
    )
}

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
fn cn23(of: &Declaration, number: Option<&str>) -> Result<Document, DocumentError> {
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
        ("Total gross weight (kg)", kilograms(of.gross_weight_grams)),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trade::tests::{buyer, seller};

    fn line(description: &str, quantity: i64) -> Line {
        Line {
            description: description.into(),
            hs6: Some("691110".into()),
            origin: "China".into(),
            quantity,
            unit_price_minor: 1_250,
            total_minor: 1_250 * quantity,
            net_weight_grams: 210 * quantity,
        }
    }

    fn declaration(lines: Vec<Line>) -> Declaration {
        let total_minor = lines.iter().map(|line| line.total_minor).sum();
        let net: i64 = lines.iter().map(|line| line.net_weight_grams).sum();
        Declaration {
            operator: "China Post".into(),
            item_number: Some("RR473124829CN".into()),
            sender: seller(),
            addressee: buyer(),
            lines,
            currency: "EUR".into(),
            exponent: 2,
            total_minor,
            value_sdr_hundredths: 12_000,
            gross_weight_grams: net + 300,
            postage_minor: Some(1_480),
            invoice_number: Some("INV-2026-00417".into()),
            date: "2026-11-26".into(),
            ..Declaration::default()
        }
    }

    #[test]
    fn the_form_goes_by_value_and_by_how_many_kinds_of_goods() {
        let mut of = declaration(vec![line("Porcelain tea bowl", 4)]);
        of.value_sdr_hundredths = 30_000;
        assert_eq!(of.form(), Form::Cn22);
        of.value_sdr_hundredths = 30_001;
        assert_eq!(of.form(), Form::Cn23);
        let many = declaration(vec![line("Porcelain tea bowl", 4); 4]);
        assert_eq!(many.form(), Form::Cn23);
    }

    #[test]
    fn both_forms_are_one_page_for_a_few_goods() {
        let mut of = declaration(vec![line("Porcelain tea bowl", 4); 3]);
        assert_eq!(customs_declaration(&of).map(|d| d.pages), Ok(1));
        of.value_sdr_hundredths = 40_000;
        assert_eq!(customs_declaration(&of).map(|d| d.pages), Ok(1));
    }

    #[test]
    fn many_goods_take_more_sheets() {
        let of = declaration(vec![line("Porcelain tea bowl", 4); 30]);
        assert!(customs_declaration(&of).is_ok_and(|d| d.pages > 2));
    }

    #[test]
    fn texts_that_outgrow_a_cn_22_go_on_a_cn_23() {
        let long = "Porcelain tea bowl with a celadon glaze, ".repeat(8);
        let of = declaration(vec![line(&long, 4); 3]);
        let drawn = customs_declaration(&of).expect("drawn");
        // A5 lying, not 100 × 150 mm.
        let text = String::from_utf8_lossy(&drawn.pdf);
        assert!(text.contains("/MediaBox [0 0 595.276"));
    }

    #[test]
    fn a_vague_description_is_refused() {
        let of = declaration(vec![line("Porcelain tea bowl", 4), line("parts", 1)]);
        let refused = DocumentError::Vague {
            line: 2,
            description: "parts".into(),
        };
        assert_eq!(customs_declaration(&of), Err(refused));
    }

    #[test]
    fn a_total_that_is_not_the_sum_of_the_lines_is_refused() {
        let mut of = declaration(vec![line("Porcelain tea bowl", 4)]);
        of.total_minor += 1;
        assert!(matches!(
            customs_declaration(&of),
            Err(DocumentError::DoesNotAddUp { .. })
        ));
    }

    #[test]
    fn every_category_can_be_drawn() {
        let categories = [
            Category::SaleOfGoods,
            Category::Gift,
            Category::Documents,
            Category::CommercialSample,
            Category::ReturnedGoods,
            Category::Other("Exhibition pieces on loan to a fair".into()),
        ];
        for category in categories {
            let mut of = declaration(vec![line("Porcelain tea bowl", 4)]);
            of.category = category;
            assert!(customs_declaration(&of).is_ok());
        }
    }

    #[test]
    fn the_same_declaration_gives_the_same_bytes() {
        let of = declaration(vec![line("Porcelain tea bowl", 4); 9]);
        assert_eq!(customs_declaration(&of), customs_declaration(&of));
    }
}
