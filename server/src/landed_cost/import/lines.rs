//! Lines of a text by the place of a part in it, so that a mistake in JSON names the line an editor shows.

/// Where the lines of a text end.
#[derive(Debug)]
pub struct Lines<'a> {
    text: &'a str,
    ends: Vec<usize>,
}

impl<'a> Lines<'a> {
    pub fn of(text: &'a str) -> Self {
        let ends = text.match_indices('\n').map(|(at, _)| at).collect();
        Self { text, ends }
    }

    /// The line, from 1, on which a part of this very text begins.
    pub fn at(&self, part: &'a str) -> u64 {
        let offset = (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        self.ends.partition_point(|end| *end < offset) as u64 + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_on_the_line_that_it_begins_on() {
        let text = "[\n  {},\n  {\n  }\n]";
        let lines = Lines::of(text);
        assert_eq!(lines.at(text), 1);
        assert_eq!(lines.at(&text[4..6]), 2);
        assert_eq!(lines.at(&text[10..15]), 3);
    }
}
