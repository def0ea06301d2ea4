//! The web manifest: what the phone shows when the app is installed, in the shopper's language.

use super::language::Language;
use crate::platform::assets::Assets;
use actix_web::{HttpRequest, HttpResponse, http::header, web};
use serde_json::{Value, json};

/// Tokens of the look: paper, light.
const PAPER: &str = "#FBFAF6";

struct Words {
    description: &'static str,
    orders: &'static str,
    cart: &'static str,
}

/// `GET /manifest.webmanifest?lang=`
pub async fn serve(request: HttpRequest, files: web::Data<Assets>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .insert_header((header::VARY, "accept-language, cookie"))
        .content_type("application/manifest+json")
        .body(manifest(Language::of(&request), &files).to_string())
}

fn manifest(language: Language, files: &Assets) -> Value {
    let words = words(language);
    let small = json!([{"src": "/icons/icon-192.png", "sizes": "192x192", "type": "image/png"}]);
    json!({
        "id": "/",
        "name": "Sampan",
        "short_name": "Sampan",
        "description": words.description,
        "lang": language.code(),
        "dir": language.dir(),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "orientation": "natural",
        "background_color": PAPER,
        "theme_color": PAPER,
        "categories": ["shopping", "business"],
        "icons": pictures(files, "icons/", icon),
        "screenshots": pictures(files, "screenshots/", |path, size| {
            Some(json!({"src": format!("/{path}"), "sizes": size, "type": "image/png", "form_factor": "narrow"}))
        }),
        "shortcuts": [
            {"name": words.orders, "url": "/orders", "icons": small},
            {"name": words.cart, "url": "/cart", "icons": small},
        ],
        "share_target": {"action": "/search", "method": "GET", "enctype": "application/x-www-form-urlencoded", "params": {"text": "q"}},
        "launch_handler": {"client_mode": ["navigate-existing", "auto"]},
    })
}

/// The icons a home screen can use; those of tabs and notifications are not among them.
fn icon(path: &str, size: &str) -> Option<Value> {
    let name = path.rsplit('/').next()?;
    let purpose = match name.split(['-', '.']).next()? {
        "icon" => "any",
        "maskable" => "maskable",
        "monochrome" => "monochrome",
        _ => return None,
    };
    Some(json!({"src": format!("/{path}"), "sizes": size, "type": "image/png", "purpose": purpose}))
}

/// The PNG pictures of a folder, each with the size it really has.
fn pictures(
    files: &Assets,
    folder: &str,
    describe: impl Fn(&str, &str) -> Option<Value>,
) -> Vec<Value> {
    files
        .names(folder)
        .iter()
        .filter(|path| path.ends_with(".png"))
        .filter_map(|path| describe(path, &png_size(&files.read(path)?)?))
        .collect()
}

/// `192x192`, from the header that every PNG starts with.
fn png_size(bytes: &[u8]) -> Option<String> {
    let side = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    bytes.starts_with(b"\x89PNG").then_some(())?;
    Some(format!("{}x{}", side(16)?, side(20)?))
}

fn words(language: Language) -> Words {
    let (description, orders, cart) = match language {
        Language::English => (
            "Small batches from small makers, also without a network.",
            "Orders",
            "Cart",
        ),
        Language::Spanish => (
            "Lotes pequeños de pequeños talleres, también sin conexión.",
            "Pedidos",
            "Carrito",
        ),
        Language::Arabic => ("دفعات صغيرة من صنّاع صغار، حتى بلا شبكة.", "الطلبات", "السلة"),
        Language::Chinese => ("小作坊的小批量好物，没有网络也能用。", "订单", "购物车"),
    };
    Words {
        description,
        orders,
        cart,
    }
}
