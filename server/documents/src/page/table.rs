//! Tables without vertical rules.

use super::{Align, Canvas, Style};

/// A column of a table.
pub(crate) struct Column {
    pub head: String,
    pub align: Align,
    pub width: f32,
}

/// A table without vertical rules; its cells wrap.
pub(crate) struct Table {
    pub left: f32,
    pub gap: f32,
    pub padding: f32,
    pub head: Style,
    pub body: Style,
    pub columns: Vec<Column>,
}

impl Table {
    pub fn width(&self) -> f32 {
        let columns: f32 = self.columns.iter().map(|c| c.width).sum();
        columns + self.gap * (self.columns.len() - 1) as f32
    }

    /// Makes every column but one as wide as its contents want, within the
    /// width it was given, and leaves the rest of `width` to that one.
    pub fn fit(&mut self, canvas: &Canvas, width: f32, flexible: usize, rows: &[Vec<String>]) {
        for (i, column) in self.columns.iter_mut().enumerate() {
            let words = column.head.split(' ');
            let head = words.map(|word| canvas.text_width(self.head, word));
            let cells = rows.iter().filter_map(|row| row.get(i));
            let cells = cells.map(|cell| canvas.text_width(self.body, cell));
            let wanted = head.chain(cells).fold(0.0, f32::max) + 0.1;
            column.width = column.width.min(wanted);
            if i == flexible {
                column.width = 0.0;
            }
        }
        let rest = width - self.width();
        if let Some(column) = self.columns.get_mut(flexible) {
            column.width = rest;
        }
    }

    fn cells<'a>(
        &self,
        canvas: &Canvas,
        style: Style,
        cells: impl Iterator<Item = &'a str>,
    ) -> Vec<Vec<String>> {
        self.columns
            .iter()
            .zip(cells)
            .map(|(column, cell)| canvas.wrap(style, column.width, cell))
            .collect()
    }

    fn heads(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|column| column.head.as_str())
    }

    fn tallest(&self, style: Style, cells: &[Vec<String>]) -> f32 {
        let lines = cells.iter().map(Vec::len).max().unwrap_or(1);
        lines as f32 * style.leading() + 2.0 * self.padding
    }

    pub fn head_height(&self, canvas: &Canvas) -> f32 {
        self.tallest(self.head, &self.cells(canvas, self.head, self.heads()))
    }

    pub fn row_height(&self, canvas: &Canvas, row: &[String]) -> f32 {
        let cells = self.cells(canvas, self.body, row.iter().map(String::as_str));
        self.tallest(self.body, &cells)
    }

    /// Draws the heads, standing on the bottom of their row; returns where the
    /// row ends.
    pub fn draw_head(&self, canvas: &mut Canvas, y: f32) -> f32 {
        let cells = self.cells(canvas, self.head, self.heads());
        let height = self.tallest(self.head, &cells);
        let mut x = self.left;
        for (column, lines) in self.columns.iter().zip(&cells) {
            let own = lines.len() as f32 * self.head.leading();
            self.draw_cell(
                canvas,
                x,
                y + height - self.padding - own,
                column,
                self.head,
                lines,
            );
            x += column.width + self.gap;
        }
        y + height
    }

    /// Draws a row from its top; returns where it ends.
    pub fn draw_row(&self, canvas: &mut Canvas, y: f32, row: &[String]) -> f32 {
        let cells = self.cells(canvas, self.body, row.iter().map(String::as_str));
        let mut x = self.left;
        for (column, lines) in self.columns.iter().zip(&cells) {
            self.draw_cell(canvas, x, y + self.padding, column, self.body, lines);
            x += column.width + self.gap;
        }
        y + self.tallest(self.body, &cells)
    }

    fn draw_cell(
        &self,
        canvas: &mut Canvas,
        x: f32,
        y: f32,
        column: &Column,
        style: Style,
        lines: &[String],
    ) {
        let x = match column.align {
            Align::Left => x,
            Align::Centre => x + column.width / 2.0,
            Align::Right => x + column.width,
        };
        for (i, line) in lines.iter().enumerate() {
            let y = y + style.size + i as f32 * style.leading();
            canvas.text(x, y, column.align, style, line);
        }
    }

    /// The x of the middle of each gap between columns.
    pub fn gaps(&self) -> Vec<f32> {
        let mut x = self.left - self.gap / 2.0;
        let mut out = Vec::new();
        for column in &self.columns {
            x += column.width + self.gap;
            out.push(x);
        }
        out.pop();
        out
    }
}
