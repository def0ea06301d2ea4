//! The server's words for push and mail, from the very Fluent files that the app shows.

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use fluent_langneg::{NegotiationStrategy, negotiate_languages};
use rust_embed::Embed;
use std::sync::OnceLock;
use unic_langid::LanguageIdentifier;

/// What a message's placeable is given: a text already formatted for the reader, or a number for a plural.
pub use fluent_bundle::FluentValue as Arg;

/// The languages Sampan speaks; the first is the one to fall back to.
pub const LOCALES: [&str; 4] = ["en", "es", "ar", "zh"];

#[derive(Embed)]
#[folder = "../pwa/src/locales"]
struct Files;

type Bundle = FluentBundle<FluentResource>;

/// The message in the reader's language, else in English; its key if nobody has written it.
pub fn text(locale: &str, key: &str, args: &[(&str, Arg<'_>)]) -> String {
    let args: FluentArgs<'_> = args
        .iter()
        .map(|(name, value)| (*name, value.clone()))
        .collect();
    [negotiate(locale), LOCALES[0]]
        .iter()
        .find_map(|locale| format(bundle(locale)?, key, &args))
        .unwrap_or_else(|| key.to_owned())
}

/// The best of our languages for a tag (`es-MX`) or a whole `Accept-Language` header.
pub fn negotiate(wanted: &str) -> &'static str {
    let wanted: Vec<LanguageIdentifier> = wanted
        .split(',')
        .filter_map(|part| part.split(';').next()?.trim().parse().ok())
        .collect();
    let ours: Vec<LanguageIdentifier> = LOCALES
        .iter()
        .filter_map(|locale| locale.parse().ok())
        .collect();
    let found = negotiate_languages(&wanted, &ours, None, NegotiationStrategy::Lookup);
    let language = found.first().map(|found| found.language.as_str());
    LOCALES
        .into_iter()
        .find(|locale| Some(*locale) == language)
        .unwrap_or(LOCALES[0])
}

/// Arabic is read from right to left.
pub fn direction(locale: &str) -> &'static str {
    if locale == "ar" { "rtl" } else { "ltr" }
}

fn format(bundle: &Bundle, key: &str, args: &FluentArgs<'_>) -> Option<String> {
    let pattern = bundle.get_message(key)?.value()?;
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(args), &mut errors);
    if !errors.is_empty() {
        tracing::warn!(key, ?errors, "a text lacks something it names");
    }
    Some(text.into_owned())
}

fn bundle(locale: &str) -> Option<&'static Bundle> {
    static BUNDLES: OnceLock<Vec<Option<Bundle>>> = OnceLock::new();
    let bundles = BUNDLES.get_or_init(|| LOCALES.iter().map(|locale| read(locale)).collect());
    let index = LOCALES.iter().position(|known| *known == locale)?;
    bundles[index].as_ref()
}

fn read(locale: &str) -> Option<Bundle> {
    let file = Files::get(&format!("{locale}.ftl"))?;
    let source = String::from_utf8(file.data.into_owned()).ok()?;
    let resource = FluentResource::try_new(source).unwrap_or_else(|(resource, errors)| {
        tracing::error!(locale, count = errors.len(), "a Fluent file has mistakes");
        resource
    });
    let mut bundle = Bundle::new_concurrent(vec![locale.parse().ok()?]);
    // Notifications and mail subjects are no place for invisible marks around every placeable.
    bundle.set_use_isolating(false);
    bundle.add_resource_overriding(resource);
    Some(bundle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_language_is_found_and_english_otherwise() {
        for (wanted, found) in [
            ("es-MX", "es"),
            ("zh-Hans-CN", "zh"),
            ("ar-EG,en;q=0.8", "ar"),
            ("fr, es;q=0.5", "es"),
            ("fr", "en"),
            ("", "en"),
            ("not a tag", "en"),
        ] {
            assert_eq!(negotiate(wanted), found, "{wanted}");
        }
    }

    #[test]
    fn every_mail_is_written_in_every_language_without_marks() {
        for locale in LOCALES {
            for mail in ["reset", "confirm", "changed"] {
                for part in ["subject", "body"] {
                    let key = format!("mail-{mail}-{part}");
                    let args = [
                        ("link", "https://x/".into()),
                        ("email", "ana@example.com".into()),
                    ];
                    let text = text(locale, &key, &args);
                    assert_ne!(text, key, "{locale}");
                    assert!(!text.contains('\u{2068}') && !text.contains('{'), "{text}");
                }
            }
        }
    }
}
