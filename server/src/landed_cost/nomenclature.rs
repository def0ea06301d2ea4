//! `GET /hs`: goods codes found by words, for sellers who classify what they make. The texts are `server/rules/hs.csv`:
//! chapters, headings and the six-digit codes at hand, not the whole nomenclature.

use crate::{catalog::words, platform::problem::Problem};
use actix_web::{HttpResponse, get, web};
use serde::{Deserialize, Serialize};
use std::{collections::HashMap, sync::OnceLock};

const TEXTS: &str = include_str!("../../rules/hs.csv");
const LIMIT: usize = 30;
/// A word in a code's own text counts so much more than one in the text above it.
const OWN: usize = 3;

#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub struct CodeQuery {
    /// Words, such as `cotton shirt`, or the first digits of a code.
    pub q: String,
}

/// A code that may fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct GoodsCode {
    /// 2, 4 or 6 digits; only six of them classify goods.
    pub hs: String,
    pub text: String,
    /// The texts above it, from the chapter down.
    pub path: Vec<String>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct GoodsCodes {
    pub items: Vec<GoodsCode>,
}

/// Goods codes by words or digits
#[utoipa::path(tag = "seller", params(CodeQuery), responses((status = 200, body = GoodsCodes)))]
#[get("/hs")]
pub async fn search(query: web::Query<CodeQuery>) -> Result<HttpResponse, Problem> {
    let items = Nomenclature::of_what_ships().find(&query.q);
    Ok(HttpResponse::Ok()
        .insert_header(("cache-control", "public, max-age=3600"))
        .json(GoodsCodes { items }))
}

/// What a code stands for, from the chapter down; empty where the texts at hand do not have it.
pub fn meaning(hs: &str) -> Vec<String> {
    let all = Nomenclature::of_what_ships();
    let entry = all.by_code.get(hs).map(|at| &all.entries[*at]);
    entry.map_or_else(Vec::new, |entry| {
        [&entry.code.path[..], std::slice::from_ref(&entry.code.text)].concat()
    })
}

struct Entry {
    code: GoodsCode,
    own: Vec<String>,
    above: Vec<String>,
}

struct Nomenclature {
    entries: Vec<Entry>,
    by_code: HashMap<String, usize>,
}

#[derive(Deserialize)]
struct Line {
    hs: String,
    text: String,
    parent: String,
}

impl Nomenclature {
    fn of_what_ships() -> &'static Self {
        static READ: OnceLock<Nomenclature> = OnceLock::new();
        READ.get_or_init(|| Self::read(TEXTS))
    }

    /// Parents stand before their children in the file.
    fn read(text: &str) -> Self {
        let mut read = Self {
            entries: Vec::new(),
            by_code: HashMap::new(),
        };
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        for line in reader.deserialize::<Line>().flatten() {
            let parent = read.by_code.get(&line.parent).map(|at| &read.entries[*at]);
            let path = parent.map_or_else(Vec::new, |parent| {
                [
                    &parent.code.path[..],
                    std::slice::from_ref(&parent.code.text),
                ]
                .concat()
            });
            let entry = Entry {
                own: words::indexed(&line.text),
                above: words::indexed(&path.join(" ")),
                code: GoodsCode {
                    hs: line.hs.clone(),
                    text: line.text,
                    path,
                },
            };
            read.by_code.insert(line.hs, read.entries.len());
            read.entries.push(entry);
        }
        read
    }

    /// The best first: all words must be there, in a code's own text or above it.
    fn find(&self, query: &str) -> Vec<GoodsCode> {
        let digits: String = query.chars().filter(char::is_ascii_digit).collect();
        if !digits.is_empty()
            && query
                .chars()
                .all(|sign| sign.is_ascii_digit() || " .".contains(sign))
        {
            let begins = |entry: &&Entry| entry.code.hs.starts_with(&digits);
            let found = self.entries.iter().filter(begins);
            return found.take(LIMIT).map(|entry| entry.code.clone()).collect();
        }
        let asked: Vec<String> = words::asked(query).iter().map(|word| stem(word)).collect();
        let mut found: Vec<(usize, &Entry)> = self
            .entries
            .iter()
            .filter_map(|entry| Some((entry.score(&asked)?, entry)))
            .collect();
        found.sort_by(|(a, one), (b, other)| {
            let finer = other.code.hs.len().cmp(&one.code.hs.len());
            b.cmp(a).then(finer).then(one.code.hs.cmp(&other.code.hs))
        });
        found
            .into_iter()
            .take(LIMIT)
            .map(|(_, entry)| entry.code.clone())
            .collect()
    }
}

impl Entry {
    /// None where a word is missing, or all of them stand above alone.
    fn score(&self, asked: &[String]) -> Option<usize> {
        let has = |words: &[String], asked: &str| words.iter().any(|word| word.starts_with(asked));
        let mut score = 0;
        for word in asked {
            if has(&self.own, word) {
                score += OWN;
            } else if has(&self.above, word) {
                score += 1;
            } else {
                return None;
            }
        }
        (score > asked.len()).then_some(score)
    }
}

/// English plurals are cut, so that "shirts" finds "shirt" and the other way round.
fn stem(word: &str) -> String {
    let cut = word
        .strip_suffix("es")
        .filter(|rest| rest.len() > 4 && rest.ends_with(['s', 'x', 'h']));
    let cut = cut.or_else(|| word.strip_suffix('s').filter(|rest| rest.len() > 3));
    cut.unwrap_or(word).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(query: &str) -> Vec<String> {
        let found = Nomenclature::of_what_ships().find(query);
        found.into_iter().map(|code| code.hs).collect()
    }

    #[test]
    fn words_find_codes_in_either_number_and_digits_find_what_they_begin() {
        assert!(found("t-shirts cotton").contains(&"610910".to_owned()));
        assert!(found("candles").contains(&"340600".to_owned()));
        assert!(found("candle").contains(&"340600".to_owned()));
        assert_eq!(found("6912")[0], "6912");
        assert!(found("69 12.00").contains(&"691200".to_owned()));
        assert!(found("quantum flux capacitor").is_empty());
        assert!(found("a e i").len() <= LIMIT);
    }

    #[test]
    fn a_code_tells_what_it_stands_under() {
        let found = Nomenclature::of_what_ships().find("691200");
        assert_eq!(found[0].path.len(), 2);
        assert_eq!(meaning("691200").len(), 3);
        assert!(meaning("000000").is_empty());
    }
}
