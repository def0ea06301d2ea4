//! The numbers under the barcodes of goods.

const DIGITS: usize = 14;

/// Fourteen digits, shorter numbers filled with zeros in front as GS1 compares them, if it is a GTIN-8, -12, -13 or -14
/// whose check digit fits (GS1 General Specifications, 7.9: from the right, weights 1 and 3 in turn, the sum a multiple of
/// ten). Spaces and hyphens between digits are left out.
pub fn normal(typed: &str) -> Option<String> {
    let digits: String = typed.chars().filter(|sign| !" -".contains(*sign)).collect();
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number || !matches!(digits.len(), 8 | 12 | 13 | DIGITS) {
        return None;
    }
    let sum: u32 = digits
        .bytes()
        .rev()
        .zip([1, 3].into_iter().cycle())
        .map(|(byte, weight)| u32::from(byte - b'0') * weight)
        .sum();
    (sum > 0 && sum.is_multiple_of(10)).then(|| format!("{digits:0>DIGITS$}"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn numbers_of_all_lengths_are_compared_as_fourteen_digits_and_a_mistyped_one_is_none() {
        for (typed, normal) in [
            ("4006381333931", Some("04006381333931")),
            ("4 006381-333931", Some("04006381333931")),
            ("036000291452", Some("00036000291452")),
            ("96385074", Some("00000096385074")),
            ("10614141000415", Some("10614141000415")),
            ("4006381333932", None),
            ("4006381339331", None),
            ("400638133393", None),
            ("00000000", None),
            ("40063813339E1", None),
            ("", None),
        ] {
            assert_eq!(super::normal(typed).as_deref(), normal, "{typed}");
        }
    }
}
