//! The postal customs declaration: CN 22 on 100 × 150 mm, or CN 23 on A5
//! lying, with the fields of the Universal Postal Union's forms.

mod cn22;
mod cn23;

use crate::label::plain_s10;
use crate::page::{Align, Area, Canvas, Column, Document, FINE, Style, Table, address};
use crate::trade::{
    DocumentError, Line, Party, at_most, check_currency, check_date, check_lines, check_weight,
    count, invalid, kilograms, money, needed, sum, weight, with_currency,
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
    /// It was reckoned, not weighed; the form says so.
    pub is_gross_estimated: bool,
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

    /// The weight of the whole, and whether it is an estimate.
    fn gross(&self) -> String {
        weight(self.gross_weight_grams, self.is_gross_estimated)
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
        && let Some(drawn) = cn22::draw(declaration, number.as_deref())?
    {
        return Ok(drawn);
    }
    cn23::draw(declaration, number.as_deref())
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
            is_gross_estimated: false,
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
