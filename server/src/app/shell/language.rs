//! Which of the app's languages a request is answered in.

use crate::platform::texts::LOCALES;
use actix_web::{HttpRequest, http::header};

/// Where the app keeps a shopper's choice.
const COOKIE: &str = "sampan_locale";

/// `?lang=` before the shopper's cookie before the browser's wish before English.
pub fn language(request: &HttpRequest) -> &'static str {
    query_value(request, "lang")
        .and_then(|tag| spoken(&tag))
        .or_else(|| spoken(request.cookie(COOKIE)?.value()))
        .or_else(|| {
            wished(
                request
                    .headers()
                    .get(header::ACCEPT_LANGUAGE)?
                    .to_str()
                    .ok()?,
            )
        })
        .unwrap_or(LOCALES[0])
}

/// The best of an `Accept-Language` header that we speak.
fn wished(accept: &str) -> Option<&'static str> {
    let mut wishes: Vec<(f32, &'static str)> = accept
        .split(',')
        .filter_map(|wish| {
            let (tag, quality) = wish.split_once(";q=").unwrap_or((wish, "1"));
            Some((quality.trim().parse().ok()?, spoken(tag)?))
        })
        .filter(|(quality, _)| *quality > 0.0)
        .collect();
    // Stable: of equal wishes the first counts.
    wishes.sort_by(|left, right| right.0.total_cmp(&left.0));
    wishes.first().map(|(_, language)| *language)
}

/// Our language for a tag such as `es`, `es-MX`, `zh_Hans`; the region does not matter.
fn spoken(tag: &str) -> Option<&'static str> {
    let primary = tag.trim().split(['-', '_']).next()?;
    LOCALES
        .into_iter()
        .find(|locale| primary.eq_ignore_ascii_case(locale))
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
            ("ar", Some("ar")),
            ("fr, es-MX;q=0.8, en;q=0.9", Some("en")),
            ("zh-Hans-CN,zh;q=0.9,en;q=0.8", Some("zh")),
            ("es;q=0, en;q=0.1", Some("en")),
            ("fr;q=nonsense, *", None),
        ] {
            assert_eq!(wished(accept), expected, "{accept}");
        }
    }
}
