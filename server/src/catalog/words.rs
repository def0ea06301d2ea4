//! Folded words: the one tokeniser behind the index on both databases, the queries, and the ranking.
//!
//! Lower case, without accents. Chinese, Japanese and Korean text has no spaces, so there every two neighbours make a
//! word; the last sign of a run is kept alone as well, so that a query of one sign finds it wherever it stands.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Words kept of one product.
const MAX_INDEXED: usize = 500;
/// Words read of one query.
const MAX_ASKED: usize = 12;
const MAX_WORD_CHARS: usize = 64;

/// The words of a text to be found, each once, in order of appearance.
pub fn indexed(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    split(text, true, MAX_INDEXED, &mut words);
    words
}

/// The words a query asks for; the last of them stands for all words that begin so.
pub fn asked(query: &str) -> Vec<String> {
    let mut words = Vec::new();
    split(query, false, MAX_ASKED, &mut words);
    words
}

fn split(text: &str, keep_last_sign: bool, limit: usize, words: &mut Vec<String>) {
    let folded = fold(text);
    let mut rest = folded.as_str();
    while let Some(first) = rest.chars().next() {
        let same_kind = |sign: char| kind(sign) == kind(first);
        let end = rest.find(|sign| !same_kind(sign)).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        rest = after;
        match kind(first) {
            Kind::Gap => {}
            Kind::Letter => keep(run.chars().take(MAX_WORD_CHARS).collect(), limit, words),
            Kind::Sign => {
                let signs: Vec<char> = run.chars().collect();
                for pair in signs.windows(2) {
                    keep(pair.iter().collect(), limit, words);
                }
                if keep_last_sign || signs.len() == 1 {
                    keep(signs.iter().rev().take(1).collect(), limit, words);
                }
            }
        }
    }
}

fn keep(word: String, limit: usize, words: &mut Vec<String>) {
    if words.len() < limit && !words.contains(&word) {
        words.push(word);
    }
}

#[derive(PartialEq, Eq)]
enum Kind {
    Gap,
    Letter,
    Sign,
}

fn kind(sign: char) -> Kind {
    match sign {
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' => Kind::Sign,
        sign if sign.is_alphanumeric() => Kind::Letter,
        _ => Kind::Gap,
    }
}

/// Lower case without accents. A few letters that Unicode does not take apart are folded by hand.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text
        .nfkd()
        .filter(|letter| !is_combining_mark(*letter))
        .nfc()
        .flat_map(char::to_lowercase)
    {
        match letter {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' => folded.push('d'),
            'ı' => folded.push('i'),
            letter if is_combining_mark(letter) => {}
            letter => folded.push(letter),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::{asked, indexed};

    #[test]
    fn words_are_folded_the_same_for_index_and_query() {
        let table = [
            ("Crème brûlée, 20 ml", vec!["creme", "brulee", "20", "ml"]),
            ("Træfugl Værksted", vec!["traefugl", "vaerksted"]),
            ("İstanbul ISTANBUL", vec!["istanbul"]),
            ("ﬁne Ⅳ", vec!["fine", "iv"]),
            ("Straße", vec!["strasse"]),
            ("  --  ", vec![]),
        ];
        for (text, words) in table {
            assert_eq!(indexed(text), words, "{text}");
            assert_eq!(asked(text), words, "{text}");
        }
    }

    #[test]
    fn chinese_japanese_and_korean_make_pairs() {
        assert_eq!(indexed("抹茶碗 set"), ["抹茶", "茶碗", "碗", "set"]);
        assert_eq!(asked("抹茶碗"), ["抹茶", "茶碗"]);
        assert_eq!(asked("茶"), ["茶"]);
        assert_eq!(indexed("청자찻잔"), ["청자", "자찻", "찻잔", "잔"]);
        assert_eq!(asked("ガラス"), asked("カラス"));
    }

    #[test]
    fn a_query_has_a_bounded_number_of_words() {
        let long: String = (0..100).map(|n| format!("w{n} ")).collect();
        assert_eq!(asked(&long).len(), 12);
    }
}
