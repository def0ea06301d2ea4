//! Who is asking: the shopper behind a bearer token.

use crate::platform::{Platform, problem::Problem, token};
use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header, web};
use std::future::{Ready, ready};
use uuid::Uuid;

/// The scope and device of a valid access token. Every query of a shopper's data takes `scope_id` from here.
#[derive(Clone, Copy, Debug)]
pub struct Actor {
    pub scope_id: Uuid,
    pub device_id: Uuid,
}

impl FromRequest for Actor {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(from_bearer(request))
    }
}

fn from_bearer(request: &HttpRequest) -> Result<Actor, Problem> {
    let platform = request
        .app_data::<web::Data<Platform>>()
        .ok_or_else(|| Problem::internal("the platform is not registered"))?;
    let token = credentials(request, "Bearer")
        .ok_or_else(|| Problem::unauthorized("Send Authorization: Bearer with an access token."))?;
    let claims = token::verify(platform, token)?;
    Ok(Actor {
        scope_id: claims.sub,
        device_id: claims.dev,
    })
}

/// What follows the scheme in the Authorization header.
pub fn credentials<'a>(request: &'a HttpRequest, scheme: &str) -> Option<&'a str> {
    let value = request
        .headers()
        .get(header::AUTHORIZATION)?
        .to_str()
        .ok()?;
    let (given, rest) = value.split_once(' ')?;
    given.eq_ignore_ascii_case(scheme).then(|| rest.trim())
}
