//! The commercial invoice and the packing list, on A4.

use crate::page::{Align, Canvas, Column, Document, FINE, MM, Style, Table, address};
use crate::trade::{
    DocumentError, Line, Party, at_most, check_currency, check_date, check_lines, check_weight,
    count, does_not_add_up, invalid, kilograms, money, needed, sum, with_currency,
};

/// What an invoice and its packing list say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Invoice {
    pub number: String,
    /// YYYY-MM-DD.
    pub date: String,
    pub order_number: String,
    pub seller: Party,
    pub buyer: Party,
    /// ISO 4217.
    pub currency: String,
    /// How many places its minor unit has.
    pub exponent: u32,
    /// Rule and place, as "DDP Berlin".
    pub incoterms: String,
    pub lines: Vec<Line>,
    pub goods_minor: i64,
    pub freight_minor: i64,
    /// Import duty, where the seller has it paid.
    pub duty_minor: Option<i64>,
    /// Import tax, where the seller has it paid.
    pub tax_minor: Option<i64>,
    pub fees_minor: Option<i64>,
    pub total_minor: i64,
    pub gross_weight_grams: i64,
    /// It was reckoned, not weighed; the paper says so.
    pub is_gross_estimated: bool,
    pub parcels: u32,
    pub notes: Vec<String>,
}

impl Invoice {
    /// The sums between the goods and the total, as named on the invoice.
    fn charges(&self) -> Vec<(&'static str, i64)> {
        let paid = [
            ("Import duty", self.duty_minor),
            ("Import tax (VAT, GST)", self.tax_minor),
            ("Customs and handling fees", self.fees_minor),
        ];
        let paid = paid
            .into_iter()
            .filter_map(|(name, sum)| Some((name, sum?)));
        [("Freight", self.freight_minor)]
            .into_iter()
            .chain(paid)
            .collect()
    }

    fn gross_weight(&self) -> &'static str {
        if self.is_gross_estimated {
            "Gross weight (estimated)"
        } else {
            "Gross weight"
        }
    }

    fn check(&self) -> Result<(), DocumentError> {
        needed("invoice number", &self.number, 40)?;
        needed("order number", &self.order_number, 40)?;
        needed("terms of delivery", &self.incoterms, 80)?;
        check_date(&self.date)?;
        check_currency(&self.currency, self.exponent)?;
        self.seller.check("seller")?;
        self.buyer.check("buyer")?;
        if self.parcels == 0 {
            return Err(invalid("parcels", "0"));
        }
        for note in &self.notes {
            at_most("note", note, 2000)?;
        }
        check_lines(&self.lines, self.goods_minor)?;
        check_weight(&self.lines, self.gross_weight_grams)?;
        let mut total = i128::from(self.goods_minor);
        for (name, sum) in self.charges() {
            if sum < 0 {
                return Err(invalid(name, &sum.to_string()));
            }
            total += i128::from(sum);
        }
        if total != i128::from(self.total_minor) {
            return Err(does_not_add_up("total", total, self.total_minor));
        }
        Ok(())
    }
}

/// Draws the commercial invoice.
pub fn commercial_invoice(invoice: &Invoice) -> Result<Document, DocumentError> {
    invoice.check()?;
    draw(invoice, &Priced(invoice))
}

/// Draws the packing list of the same goods: weights and parcels, no prices.
pub fn packing_list(invoice: &Invoice) -> Result<Document, DocumentError> {
    invoice.check()?;
    draw(invoice, &Packed(invoice))
}

const LEFT: f32 = 20.0 * MM;
const TOP: f32 = 18.0 * MM;
/// What stands above the foot of the page.
const BOTTOM: f32 = 297.0 * MM - 24.0 * MM;
const WIDTH: f32 = 170.0 * MM;
const RIGHT: f32 = LEFT + WIDTH;
/// How wide the seller's statement runs.
const STATEMENT: f32 = WIDTH * 0.85;

const LABEL: Style = Style::of(7.0).pale();
const BODY: Style = Style::of(8.5);
const SUM: Style = Style::of(9.0);

/// In what the two documents differ.
trait Kind {
    fn title(&self) -> &'static str;
    /// What stands beside the terms of delivery.
    fn particular(&self) -> (&'static str, String);
    fn columns(&self) -> Vec<Column>;
    fn row(&self, number: usize, line: &Line) -> Vec<String>;
    /// The cells of the sums of some lines, for carrying over a page.
    fn carried(&self, name: &str, lines: &[Line]) -> Vec<String>;
    /// Names and figures under the table; the last is the one that counts.
    fn sums(&self) -> Vec<(String, String)>;
    fn statement(&self) -> &'static str;
}

fn columns(of: &[(&str, Align, f32)]) -> Vec<Column> {
    let column = |&(head, align, width): &(&str, Align, f32)| Column {
        head: head.into(),
        align,
        width,
    };
    of.iter().map(column).collect()
}

/// A sum that a column of the table can be compared with.
fn total(lines: &[Line], each: impl Fn(&Line) -> i64) -> i64 {
    // The lines were checked to add up to a number that fits.
    i64::try_from(sum(lines, each)).unwrap_or(i64::MAX)
}

struct Priced<'a>(&'a Invoice);

impl Kind for Priced<'_> {
    fn title(&self) -> &'static str {
        "Commercial invoice"
    }

    fn particular(&self) -> (&'static str, String) {
        ("Currency", self.0.currency.clone())
    }

    fn columns(&self) -> Vec<Column> {
        let mut columns = columns(&[
            ("No.", Align::Right, 24.0),
            ("Description of goods", Align::Left, 0.0),
            ("HS code", Align::Left, 40.0),
            ("Origin", Align::Left, 58.0),
            ("Quantity", Align::Right, 52.0),
            ("Net\u{a0}kg", Align::Right, 56.0),
            ("Unit\u{a0}price", Align::Right, 80.0),
            ("Amount", Align::Right, 90.0),
        ]);
        for column in &mut columns[6..] {
            column.head = format!("{} {}", column.head, self.0.currency);
        }
        columns
    }

    fn row(&self, number: usize, line: &Line) -> Vec<String> {
        vec![
            number.to_string(),
            line.description.clone(),
            line.hs6.clone().unwrap_or_default(),
            line.origin.clone(),
            count(line.quantity),
            kilograms(line.net_weight_grams),
            money(line.unit_price_minor, self.0.exponent),
            money(line.total_minor, self.0.exponent),
        ]
    }

    fn carried(&self, name: &str, lines: &[Line]) -> Vec<String> {
        let mut cells = vec![String::new(); 8];
        cells[1] = name.into();
        cells[5] = kilograms(total(lines, |line| line.net_weight_grams));
        cells[7] = money(total(lines, |line| line.total_minor), self.0.exponent);
        cells
    }

    fn sums(&self) -> Vec<(String, String)> {
        let invoice = self.0;
        let figure = |minor| money(minor, invoice.exponent);
        let mut sums = vec![("Goods".into(), figure(invoice.goods_minor))];
        let charges = invoice.charges().into_iter();
        sums.extend(charges.map(|(name, sum)| (name.into(), figure(sum))));
        sums.push((
            format!("Total, {}", invoice.incoterms),
            with_currency(invoice.total_minor, invoice.exponent, &invoice.currency),
        ));
        sums
    }

    fn statement(&self) -> &'static str {
        "The seller states that this invoice shows the price actually agreed for the goods \
         described, that no other price has been or will be agreed, and that all particulars are \
         true and complete."
    }
}

struct Packed<'a>(&'a Invoice);

impl Kind for Packed<'_> {
    fn title(&self) -> &'static str {
        "Packing list"
    }

    fn particular(&self) -> (&'static str, String) {
        let pieces = total(&self.0.lines, |line| line.quantity);
        ("Pieces", count(pieces))
    }

    fn columns(&self) -> Vec<Column> {
        columns(&[
            ("No.", Align::Right, 24.0),
            ("Description of goods", Align::Left, 0.0),
            ("HS code", Align::Left, 40.0),
            ("Origin", Align::Left, 80.0),
            ("Quantity", Align::Right, 60.0),
            ("Net\u{a0}kg", Align::Right, 70.0),
        ])
    }

    fn row(&self, number: usize, line: &Line) -> Vec<String> {
        let mut cells = Priced(self.0).row(number, line);
        cells.truncate(6);
        cells
    }

    fn carried(&self, name: &str, lines: &[Line]) -> Vec<String> {
        let mut cells = vec![String::new(); 6];
        cells[1] = name.into();
        cells[4] = count(total(lines, |line| line.quantity));
        cells[5] = kilograms(total(lines, |line| line.net_weight_grams));
        cells
    }

    fn sums(&self) -> Vec<(String, String)> {
        let lines = &self.0.lines;
        vec![
            ("Parcels".into(), count(self.0.parcels.into())),
            ("Pieces".into(), count(total(lines, |line| line.quantity))),
            (
                "Net weight, kg".into(),
                kilograms(total(lines, |line| line.net_weight_grams)),
            ),
            (
                format!("{}, kg", self.0.gross_weight()),
                kilograms(self.0.gross_weight_grams),
            ),
        ]
    }

    fn statement(&self) -> &'static str {
        "The seller states that the parcels hold the goods listed here and nothing else."
    }
}

fn draw(invoice: &Invoice, kind: &dyn Kind) -> Result<Document, DocumentError> {
    let mut canvas = Canvas::new(210.0 * MM, 297.0 * MM)?;
    let y = head(&mut canvas, invoice, kind);
    let y = parties(&mut canvas, y, invoice);
    let y = particulars(&mut canvas, y, invoice, kind);
    let y = goods(&mut canvas, y, invoice, kind);
    close(&mut canvas, y, invoice, kind);
    let name = format!("{} {}", kind.title(), invoice.number);
    feet(&mut canvas, &name);
    canvas.finish(&name)
}

fn head(canvas: &mut Canvas, invoice: &Invoice, kind: &dyn Kind) -> f32 {
    canvas.text(
        LEFT,
        TOP + 18.0,
        Align::Left,
        Style::of(20.0).bold(),
        kind.title(),
    );
    canvas.text(
        RIGHT,
        TOP + 18.0,
        Align::Right,
        Style::of(11.0).bold(),
        &invoice.number,
    );
    canvas.text(RIGHT, TOP + 6.0, Align::Right, LABEL, "Invoice number");
    TOP + 40.0
}

/// Seller and buyer, side by side; returns where the longer ends.
fn parties(canvas: &mut Canvas, y: f32, invoice: &Invoice) -> f32 {
    let width = (WIDTH - 20.0) / 2.0;
    let both = [
        ("Seller and exporter", &invoice.seller),
        ("Buyer and consignee", &invoice.buyer),
    ];
    let mut lowest = y;
    for ((label, party), x) in both.into_iter().zip([LEFT, LEFT + width + 20.0]) {
        canvas.text(x, y + 7.0, Align::Left, LABEL, label);
        let mut at = y + 13.0;
        for (style, text) in address(party, SUM.size, SUM) {
            at = canvas.paragraph(x, at, width, style, &text);
        }
        let references = party.references().into_iter();
        for text in references.chain(party.email.clone()) {
            at = canvas.paragraph(x, at + 1.0, width, Style::of(8.0).pale(), &text);
        }
        lowest = lowest.max(at);
    }
    lowest + 16.0
}

/// Date, order, terms, weights: labels over values, four to a row.
fn particulars(canvas: &mut Canvas, y: f32, invoice: &Invoice, kind: &dyn Kind) -> f32 {
    let net = total(&invoice.lines, |line| line.net_weight_grams);
    let cells = [
        ("Date", invoice.date.clone()),
        ("Order", invoice.order_number.clone()),
        ("Terms of delivery (Incoterms)", invoice.incoterms.clone()),
        kind.particular(),
        ("Parcels", count(invoice.parcels.into())),
        ("Net weight", format!("{}\u{a0}kg", kilograms(net))),
        (
            invoice.gross_weight(),
            format!("{}\u{a0}kg", kilograms(invoice.gross_weight_grams)),
        ),
        (
            "From, to",
            format!(
                "{} \u{2013} {}",
                invoice.seller.country_code, invoice.buyer.country_code
            ),
        ),
    ];
    canvas.across(LEFT, RIGHT, y, FINE);
    let step = WIDTH / 4.0;
    let mut top = y + 6.0;
    for row in cells.chunks(4) {
        let mut lowest = top;
        for (i, (label, value)) in row.iter().enumerate() {
            let x = LEFT + step * i as f32;
            canvas.text(x, top + 7.0, Align::Left, LABEL, label);
            lowest = lowest.max(canvas.paragraph(x, top + 10.0, step - 8.0, SUM, value));
        }
        top = lowest + 4.0;
    }
    canvas.across(LEFT, RIGHT, top + 2.0, FINE);
    top + 16.0
}

/// The table over as many pages as it takes, and the sums under it.
fn goods(canvas: &mut Canvas, y: f32, invoice: &Invoice, kind: &dyn Kind) -> f32 {
    let lines = &invoice.lines;
    let numbered = lines.iter().zip(1..);
    let rows: Vec<Vec<String>> = numbered.map(|(line, i)| kind.row(i, line)).collect();
    let mut table = Table {
        left: LEFT,
        gap: 9.0,
        padding: 2.2,
        head: LABEL,
        body: BODY,
        columns: kind.columns(),
    };
    let mut measured = rows.clone();
    // The widest of the carried sums, without a name that would widen a column.
    measured.push(kind.carried("", lines));
    table.fit(canvas, WIDTH, 1, &measured);

    let carried_height = table.row_height(canvas, &kind.carried("", &lines[..1])) + 2.0;
    let sums = kind.sums();
    let sums_height = sums.len() as f32 * 14.0 + 28.0;
    // What a row needs under it: the sums, or the sum carried forward.
    let needs = |canvas: &Canvas, i: usize| {
        let after = if i + 1 == rows.len() {
            sums_height
        } else {
            carried_height
        };
        table.row_height(canvas, &rows[i]) + after
    };
    let mut y = y;
    if y + table.head_height(canvas) + 2.0 + needs(canvas, 0) > BOTTOM {
        y = continued(canvas, invoice, kind);
    }
    y = table_head(canvas, &table, y);
    for (i, row) in rows.iter().enumerate() {
        if i > 0 && y + needs(canvas, i) > BOTTOM {
            canvas.across(LEFT, RIGHT, y, FINE);
            table.draw_row(canvas, y, &kind.carried("Carried forward", &lines[..i]));
            y = continued(canvas, invoice, kind);
            y = table_head(canvas, &table, y);
            y = table.draw_row(canvas, y, &kind.carried("Brought forward", &lines[..i]));
            canvas.across(LEFT, RIGHT, y, FINE);
        }
        y = table.draw_row(canvas, y, row);
    }
    canvas.across(LEFT, RIGHT, y + 1.0, FINE);
    self::sums(canvas, y + 4.0, &sums)
}

fn table_head(canvas: &mut Canvas, table: &Table, y: f32) -> f32 {
    let y = table.draw_head(canvas, y);
    canvas.across(LEFT, RIGHT, y, 0.8);
    y + 2.0
}

/// The sums, their figures under those of the table.
fn sums(canvas: &mut Canvas, y: f32, sums: &[(String, String)]) -> f32 {
    let bold = Style::of(10.0).bold();
    let figures = sums
        .iter()
        .map(|(_, figure)| canvas.text_width(bold, figure));
    let widest = figures.fold(60.0, f32::max);
    let names = sums
        .iter()
        .map(|(name, _)| canvas.text_width(SUM.bold(), name));
    let names = names.fold(120.0, f32::max).min(WIDTH - widest - 20.0);
    let left = RIGHT - widest - 20.0 - names;
    let mut y = y;
    for (i, (name, figure)) in sums.iter().enumerate() {
        let last = i + 1 == sums.len();
        let (name_style, style) = if last { (SUM.bold(), bold) } else { (SUM, SUM) };
        if last {
            canvas.across(left, RIGHT, y + 2.0, FINE);
            y += 4.0;
        }
        canvas.text(RIGHT, y + 11.0, Align::Right, style, figure);
        let lines = canvas.wrap(name_style, names, name);
        for (j, line) in lines.iter().enumerate() {
            canvas.text(
                left,
                y + 11.0 + j as f32 * 12.0,
                Align::Left,
                name_style,
                line,
            );
        }
        y += 14.0 + lines.len().saturating_sub(1) as f32 * 12.0;
    }
    y + 10.0
}

/// Notes, the seller's statement and the place to sign.
fn close(canvas: &mut Canvas, y: f32, invoice: &Invoice, kind: &dyn Kind) {
    let mut y = y + 8.0;
    let notes = invoice.notes.iter().filter(|note| !note.trim().is_empty());
    for (i, note) in notes.enumerate() {
        for (j, line) in canvas.wrap(BODY, WIDTH, note).iter().enumerate() {
            if y + BODY.leading() + 12.0 > BOTTOM {
                y = continued(canvas, invoice, kind);
            }
            if i == 0 && j == 0 {
                canvas.text(LEFT, y + 7.0, Align::Left, LABEL, "Notes");
                y += 11.0;
            }
            canvas.text(LEFT, y + BODY.size, Align::Left, BODY, line);
            y += BODY.leading();
        }
        y += 3.0;
    }
    let statement = canvas.paragraph_height(STATEMENT, BODY, kind.statement());
    if y + statement + 66.0 > BOTTOM {
        y = continued(canvas, invoice, kind);
    }
    y = canvas.paragraph(LEFT, y + 6.0, STATEMENT, BODY, kind.statement());
    y += 42.0;
    let half = (WIDTH - 20.0) / 2.0;
    for (x, label) in [
        (LEFT, "Place and date"),
        (LEFT + half + 20.0, "Name and signature"),
    ] {
        canvas.across(x, x + half, y, FINE);
        canvas.text(x, y + 10.0, Align::Left, LABEL, label);
    }
}

/// A new page, with what it continues at its top.
fn continued(canvas: &mut Canvas, invoice: &Invoice, kind: &dyn Kind) -> f32 {
    canvas.new_page();
    let title = format!("{}, continued", kind.title());
    canvas.text(
        LEFT,
        TOP + 10.0,
        Align::Left,
        Style::of(11.0).bold(),
        &title,
    );
    canvas.text(RIGHT, TOP + 10.0, Align::Right, SUM.bold(), &invoice.number);
    TOP + 26.0
}

fn feet(canvas: &mut Canvas, name: &str) {
    let y = 297.0 * MM - 14.0 * MM;
    for page in 0..canvas.pages() {
        canvas.turn_to(page);
        canvas.text(LEFT, y, Align::Left, LABEL, name);
        let number = format!("Page {} of {}", page + 1, canvas.pages());
        canvas.text(RIGHT, y, Align::Right, LABEL, &number);
    }
}

#[cfg(test)]
mod tests;
