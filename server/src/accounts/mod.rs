//! People and their phones: guest first, account later, tokens, devices.

use utoipa_actix_web::service_config::ServiceConfig;

/// Routes under `/api/v1`.
pub fn routes(_config: &mut ServiceConfig) {}
