//! Which of the app's languages a request is answered in.

use actix_web::{HttpRequest, http::header};

/// The languages that the app speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    English,
    Spanish,
    Arabic,
    Chinese,
}

/// Where the app keeps a shopper's choice.
const COOKIE: &str = "sampan_locale";

impl Language {
    const ALL: [Language; 4] = [
        Language::English,
        Language::Spanish,
        Language::Arabic,
        Language::Chinese,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Spanish => "es",
            Language::Arabic => "ar",
            Language::Chinese => "zh",
        }
    }

    pub const fn dir(self) -> &'static str {
        match self {
            Language::Arabic => "rtl",
            Language::English | Language::Spanish | Language::Chinese => "ltr",
        }
    }

    /// Takes `es`, `es-MX`, `zh_Hans`; the region does not matter.
    pub fn parse(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next()?;
        Self::ALL
            .into_iter()
            .find(|language| primary.eq_ignore_ascii_case(language.code()))
    }

    /// `?lang=` before the shopper's cookie before the browser's wish before English.
    pub fn of(request: &HttpRequest) -> Self {
        query_value(request, "lang")
            .and_then(|tag| Self::parse(&tag))
            .or_else(|| Self::parse(request.cookie(COOKIE)?.value()))
            .or_else(|| {
                Self::wished(
                    request
                        .headers()
                        .get(header::ACCEPT_LANGUAGE)?
                        .to_str()
                        .ok()?,
                )
            })
            .unwrap_or(Language::English)
    }

    /// The best of an `Accept-Language` header that we speak.
    fn wished(accept: &str) -> Option<Self> {
        let mut wishes: Vec<(f32, Self)> = accept
            .split(',')
            .filter_map(|wish| {
                let (tag, quality) = wish.split_once(";q=").unwrap_or((wish, "1"));
                Some((quality.trim().parse().ok()?, Self::parse(tag)?))
            })
            .filter(|(quality, _)| *quality > 0.0)
            .collect();
        // Stable: of equal wishes the first counts.
        wishes.sort_by(|left, right| right.0.total_cmp(&left.0));
        wishes.first().map(|(_, language)| *language)
    }
}

/// The first value of a query parameter, decoded.
pub fn query_value(request: &HttpRequest, name: &str) -> Option<String> {
    let pairs =
        actix_web::web::Query::<Vec<(String, String)>>::from_query(request.query_string()).ok()?;
    pairs
        .into_inner()
        .into_iter()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browsers_strongest_wish_that_we_speak_counts() {
        for (accept, expected) in [
            ("ar", Some(Language::Arabic)),
            ("fr, es-MX;q=0.8, en;q=0.9", Some(Language::English)),
            ("zh-Hans-CN,zh;q=0.9,en;q=0.8", Some(Language::Chinese)),
            ("es;q=0, en;q=0.1", Some(Language::English)),
            ("fr;q=nonsense, *", None),
        ] {
            assert_eq!(Language::wished(accept), expected, "{accept}");
        }
    }
}
