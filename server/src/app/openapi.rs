//! The contract, generated from the code.

use crate::app::{StartError, api};
use actix_web::{App, HttpResponse, web};
use utoipa::OpenApi;
use utoipa_actix_web::AppExt;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Sampan",
        description = "Small-batch cross-border commerce on a phone. Errors are RFC 9457 problem details.",
        license(name = "MIT")
    ),
    components(schemas(crate::platform::problem::ProblemBody))
)]
pub struct Document;

/// The whole document as JSON.
pub fn document() -> String {
    let (_, mut document) = App::new()
        .into_utoipa_app()
        .openapi(Document::openapi())
        .service(utoipa_actix_web::scope("/api/v1").configure(api))
        .split_for_parts();
    for (path, item) in &mut document.paths.paths {
        let of_path: String = path
            .trim_start_matches("/api/v1/")
            .replace(['/', '-'], "_")
            .replace(['{', '}'], "");
        let methods = [
            ("get", &mut item.get),
            ("put", &mut item.put),
            ("post", &mut item.post),
            ("patch", &mut item.patch),
            ("delete", &mut item.delete),
        ];
        for (method, operation) in methods {
            if let Some(operation) = operation {
                // Unique by construction; the handlers' own names are so only within their rooms.
                operation.operation_id = Some(format!("{method}_{of_path}"));
            }
        }
    }
    document.to_pretty_json().unwrap_or_default()
}

/// `sampan openapi`
pub fn print_openapi() -> Result<(), StartError> {
    println!("{}", document());
    Ok(())
}

/// `GET /api/openapi.json`
pub async fn serve(document: web::Data<DocumentText>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/json")
        .body(document.0.clone())
}

/// The document, rendered once at start.
pub struct DocumentText(pub String);
