//! Order numbers that can be read over the telephone: `SP-` and eight letters of Crockford's base 32, the last one a
//! check by the Luhn rule for 32 symbols. Random, so nobody can count our orders.

use crate::platform::ids::Ids;

const SYMBOLS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const RANDOM_SYMBOLS: usize = 7;

/// A new number; whether it is free is asked of the directory.
pub fn new(ids: &dyn Ids) -> String {
    let mut bytes = [0; RANDOM_SYMBOLS];
    ids.fill(&mut bytes);
    let values = bytes.map(|byte| usize::from(byte % 32));
    let check = check(&values);
    let letters: String = values
        .iter()
        .chain([&check])
        .map(|value| char::from(SYMBOLS[*value]))
        .collect();
    format!("SP-{letters}")
}

/// The check symbol: with it, every second value from the right doubled (its two base-32 digits summed), the sum is a
/// multiple of 32.
fn check(values: &[usize]) -> usize {
    let sum: usize = values
        .iter()
        .rev()
        .enumerate()
        .map(|(index, value)| match index % 2 {
            0 => value * 2 / 32 + value * 2 % 32,
            _ => *value,
        })
        .sum();
    (32 - sum % 32) % 32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::ids::SystemIds;

    #[test]
    fn a_number_is_short_readable_and_its_check_tells_a_wrong_letter() {
        let number = new(&SystemIds);
        let letters = number.strip_prefix("SP-").expect("the prefix");
        let values: Vec<usize> = letters
            .bytes()
            .map(|letter| {
                SYMBOLS
                    .iter()
                    .position(|symbol| *symbol == letter)
                    .expect("a symbol")
            })
            .collect();
        let (told, body) = values.split_last().expect("eight letters");
        assert_eq!((letters.len(), check(body)), (8, *told));
        for (index, value) in body.iter().enumerate() {
            let mut wrong = body.to_vec();
            wrong[index] = (value + 1) % 32;
            assert_ne!(check(&wrong), *told);
        }
    }
}
