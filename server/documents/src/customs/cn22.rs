//! The small form: a label of 100 × 150 mm for a few goods of little value.

use super::{BODY, CERTIFICATE, Declaration, FORM, PAD, STRONG, field, party, sign, stamp, table};
use crate::label::spaced;
use crate::page::{Align, Area, Canvas, Document, FINE, MM, Style};
use crate::trade::DocumentError;

/// Draws a CN 22; None when the goods' texts outgrow it.
pub fn draw(of: &Declaration, number: Option<&str>) -> Result<Option<Document>, DocumentError> {
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
        ("Total weight with packing (kg)", of.gross()),
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
