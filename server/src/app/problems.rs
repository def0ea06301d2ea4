//! `/problems/{slug}`: what the `type` of a problem means, for the person who follows it.

use crate::platform::problem::Problem;
use actix_web::{HttpResponse, http::header, web};

/// Every slug, what happened, and what to do.
const PROBLEMS: [(&str, &str, &str); 28] = [
    (
        "no-room",
        "The server's disk is full",
        "Nothing was changed. Keep what you sent and try again later; the operator has been alarmed.",
    ),
    (
        "bad-json",
        "The body is not JSON",
        "Send application/json; the detail names the line and column of the first mistake.",
    ),
    (
        "too-big",
        "The body is too big",
        "Send it in parts; the reply names the limits.",
    ),
    (
        "slow-body",
        "The body took too long",
        "Nothing was changed. Send the request again on a better line.",
    ),
    (
        "unauthorized",
        "Who is asking?",
        "Send a valid access token, or ask for one at /api/v1/auth.",
    ),
    (
        "token-expired",
        "The access token has expired",
        "Ask for a new one at /api/v1/auth/refresh and repeat the request.",
    ),
    (
        "forbidden",
        "Not for this account",
        "Log in with an account that may do this.",
    ),
    (
        "not-found",
        "There is nothing here",
        "It does not exist, or it belongs to somebody else.",
    ),
    (
        "invalid",
        "Some fields need a change",
        "The reply's errors name each field and what to change about it.",
    ),
    (
        "conflict",
        "Something else came first",
        "Read the present state and decide again.",
    ),
    (
        "device-taken",
        "This device id is taken",
        "Another secret belongs to it. Make a new device id.",
    ),
    (
        "device-forked",
        "Two phones use one device id",
        "Nothing was applied. Take a new device id, keep the op ids, send again.",
    ),
    (
        "device-unknown",
        "This device is not known",
        "Sign in again; the changes waiting on the phone stay and are sent afterwards.",
    ),
    (
        "cart-ordered",
        "This cart was already ordered",
        "Look at the order; new changes go to the next cart.",
    ),
    (
        "in-progress",
        "The same request is still running",
        "Wait a moment and repeat it with the same Idempotency-Key.",
    ),
    (
        "price-changed",
        "The price has changed",
        "Nothing was charged. Look at the new total and confirm it.",
    ),
    (
        "goods-not-there",
        "The goods have not come",
        "Count them in the stock when they are there, then pack.",
    ),
    (
        "stock",
        "There is not enough left",
        "Nothing was charged. Take what is left, or wait for the next batch.",
    ),
    (
        "authenticate",
        "The bank wants a confirmation",
        "Confirm the payment, then the order goes on.",
    ),
    (
        "declined",
        "The payment was declined",
        "Nothing was charged. Choose another way to pay.",
    ),
    (
        "quote-expired",
        "The quote has expired",
        "Ask for a new one; prices and freight are dated.",
    ),
    (
        "cart-changed",
        "The cart has changed",
        "It holds less than the quote. Ask for a new quote.",
    ),
    (
        "closed",
        "This is over",
        "It was withdrawn or completed and cannot be changed any more.",
    ),
    (
        "link-ended",
        "This link has ended",
        "Links to follow an order last a while and can be switched off. Ask the person who sent it for a new one.",
    ),
    (
        "too-many-requests",
        "Too many tries",
        "Wait as long as Retry-After says.",
    ),
    (
        "server-older",
        "The server is older than the app",
        "Keep the changes and send them again later.",
    ),
    (
        "upgrade-required",
        "This app is too old",
        "Load the newest version; the changes waiting on the phone are kept.",
    ),
    (
        "unavailable",
        "The server cannot do this right now",
        "Nothing was changed. Try again after the time in Retry-After.",
    ),
];

/// Not the client's doing, so it is told without advice.
const INTERNAL: (&str, &str, &str) = (
    "internal",
    "Something failed on our side",
    "Nothing was lost. Tell us the request_id of the reply and we find out what happened.",
);

/// `GET /problems/{slug}`
pub async fn serve(slug: web::Path<String>) -> Result<HttpResponse, Problem> {
    let (slug, title, advice) = PROBLEMS
        .iter()
        .chain([&INTERNAL])
        .find(|(known, ..)| *known == slug.as_str())
        .ok_or_else(|| Problem::not_found("kind of problem"))?;
    let page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title} · Sampan</title>\n\
         <link rel=\"stylesheet\" href=\"/api/docs/docs.css\">\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n<p>{advice}</p>\n\
         <p><code>/problems/{slug}</code> · <a href=\"/api/docs\">All calls</a> · <a href=\"/\">Sampan</a></p>\n</main>\n</body>\n</html>\n"
    );
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "public, max-age=3600"))
        .content_type("text/html; charset=utf-8")
        .body(page))
}
