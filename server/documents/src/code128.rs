//! Code 128, subsets B and C.

/// Bar and space widths of the symbols 0 to 105, in modules, bar first.
const WIDTHS: [[u8; 6]; 106] = {
    let mut widths = [[0; 6]; 106];
    let digits = b"212222222122222221121223121322131222122213122312132212221213\
        221312231212112232122132122231113222123122123221223211221132\
        221231213212223112312131311222321122321221312212322112322211\
        212123212321232121111323131123131321112313132113132311211313\
        231113231311112133112331132131113123113321133121313121211331\
        231131213113213311213131311123311321331121312113312311332111\
        314111221411431111111224111422121124121421141122141221112214\
        112412122114122411142112142211241211221114413111241112134111\
        111242121142121241114212124112124211411212421112421211212141\
        214121412121111143111341131141114113114311411113411311113141\
        114131311141411131211412211214211232";
    let mut i = 0;
    while i < 106 * 6 {
        widths[i / 6][i % 6] = digits[i] - b'0';
        i += 1;
    }
    widths
};
/// The stop symbol ends in a seventh bar.
const STOP: [u8; 7] = [2, 3, 3, 1, 1, 1, 2];
const TO_C: u8 = 99;
const TO_B: u8 = 100;
const START_B: u8 = 104;
const START_C: u8 = 105;
/// Clear modules wanted on either side.
pub const QUIET: usize = 10;

/// An encoded text: the widths of its bars and spaces by turns, bar first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code128 {
    widths: Vec<u8>,
}

impl Code128 {
    /// How many modules wide the bars are, without the quiet zones.
    pub fn modules(&self) -> usize {
        self.widths.iter().map(|&w| usize::from(w)).sum()
    }

    /// The same text ending in a check symbol that is not its own: what no reader may accept.
    #[cfg(test)]
    pub fn with_another_check_symbol(&self) -> Self {
        let mut widths = self.widths.clone();
        let check = widths.len() - STOP.len() - 6;
        let own = WIDTHS
            .iter()
            .position(|symbol| *symbol == widths[check..check + 6]);
        let other = (own.expect("BUG: a symbol of Code 128") + 1) % 103;
        widths[check..check + 6].copy_from_slice(&WIDTHS[other]);
        Self { widths }
    }

    /// Each bar as (first module, width).
    pub fn bars(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let mut at = 0;
        self.widths.iter().enumerate().filter_map(move |(i, &w)| {
            let start = at;
            at += usize::from(w);
            i.is_multiple_of(2).then_some((start, usize::from(w)))
        })
    }
}

/// Encodes printable ASCII; None when the text is empty or holds anything else.
pub fn encode(text: &str) -> Option<Code128> {
    let bytes = text.as_bytes();
    if bytes.is_empty() || !bytes.iter().all(|b| (b' '..=b'~').contains(b)) {
        return None;
    }
    let symbols = symbols(bytes);
    let check = symbols
        .iter()
        .enumerate()
        .fold(0, |sum, (i, &s)| (sum + i.max(1) * usize::from(s)) % 103);
    let mut widths = Vec::with_capacity((symbols.len() + 1) * 6 + STOP.len());
    for symbol in symbols.iter().map(|&s| usize::from(s)).chain([check]) {
        widths.extend(WIDTHS[symbol]);
    }
    widths.extend(STOP);
    Some(Code128 { widths })
}

/// The start symbol and the text's symbols, in as few as the two subsets allow:
/// a run of digits goes in pairs where that pays for changing the subset.
fn symbols(bytes: &[u8]) -> Vec<u8> {
    let run = |from: usize| {
        let rest = &bytes[from..];
        rest.iter().take_while(|b| b.is_ascii_digit()).count()
    };
    let mut in_c = run(0) >= 4 || (run(0) == bytes.len() && bytes.len() == 2);
    let mut out = vec![if in_c { START_C } else { START_B }];
    let mut at = 0;
    while at < bytes.len() {
        let digits = run(at);
        if in_c && digits >= 2 {
            out.push((bytes[at] - b'0') * 10 + bytes[at + 1] - b'0');
            at += 2;
            continue;
        }
        let pays = digits >= 6 || (digits >= 4 && at + digits == bytes.len());
        if in_c {
            out.push(TO_B);
            in_c = false;
        } else if pays && digits % 2 == 0 {
            out.push(TO_C);
            in_c = true;
            continue;
        }
        out.push(bytes[at] - b' ');
        at += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_symbol_is_eleven_modules_wide_and_unlike_the_others() {
        for (i, widths) in WIDTHS.iter().enumerate() {
            assert_eq!(widths.iter().sum::<u8>(), 11, "symbol {i}");
            // The bars of a symbol add up to an even number of modules.
            assert_eq!((widths[0] + widths[2] + widths[4]) % 2, 0, "symbol {i}");
            assert_eq!(WIDTHS.iter().position(|w| w == widths), Some(i));
        }
    }

    #[test]
    fn a_text_starts_in_b_and_digits_go_in_pairs() {
        let a = |c: u8| c - b' ';
        let expected = vec![
            START_B,
            a(b'R'),
            a(b'R'),
            a(b'4'),
            TO_C,
            73,
            12,
            48,
            29,
            TO_B,
            a(b'G'),
            a(b'B'),
        ];
        assert_eq!(symbols(b"RR473124829GB"), expected);
        assert_eq!(symbols(b"123456"), [START_C, 12, 34, 56]);
        assert_eq!(symbols(b"12345"), [START_C, 12, 34, TO_B, a(b'5')]);
        assert_eq!(symbols(b"A12"), [START_B, a(b'A'), a(b'1'), a(b'2')]);
    }

    #[test]
    fn the_check_symbol_is_that_of_the_worked_example() {
        // "PJJ123C" in subset B has the check symbol 55 by the published example
        // for subset A, whose start counts one less.
        let code = encode("PJJ123C");
        let widths = code.map(|c| c.widths).unwrap_or_default();
        assert_eq!(widths[8 * 6..9 * 6], WIDTHS[55]);
    }

    #[test]
    fn the_bars_end_where_the_symbol_ends() {
        let code = encode("RR473124829GB").expect("ASCII");
        assert_eq!(code.modules(), 13 * 11 + 13);
        let last = code.bars().last();
        assert_eq!(last, Some((code.modules() - 2, 2)));
    }

    #[test]
    fn what_is_not_printable_ascii_is_refused() {
        assert_eq!(encode(""), None);
        assert_eq!(encode("Ünna"), None);
        assert_eq!(encode("A\nB"), None);
    }
}
