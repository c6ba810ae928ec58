//! What every request passes: its name, its origin, its size, its time; and what every answer carries.

use std::time::Duration;

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};

use super::hosts::Hosts;
use crate::{console::Room, fault::Fault, pages};

/// Bytes of the largest form, with room.
const LARGEST_FORM: usize = 8 * 1024;

/// How long an answer may take, its form included.
const PATIENCE: Duration = Duration::from_secs(15);

/// The headers of every answer.
///
/// No inline script, no inline style, nothing from elsewhere, no frame. The referrer goes to our own
/// pages alone: with `no-referrer` browsers would send `Origin: null` with our own forms (Fetch
/// standard, "append a request Origin header").
const HEADERS: [(HeaderName, &str); 8] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (header::CACHE_CONTROL, "no-store"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];

/// Routes behind the guard.
pub(crate) fn guarded(routes: Router<Room>, room: &Room) -> Router<Room> {
    routes
        .fallback(|| async { Fault::NotFound })
        .method_not_allowed_fallback(|| async { Fault::Method })
        .layer(DefaultBodyLimit::max(LARGEST_FORM))
        .layer(middleware::from_fn_with_state(room.clone(), pass))
}

/// Lets a request in, or says why not; an answer leaves with its headers on.
async fn pass(State(room): State<Room>, request: Request, next: Next) -> Response {
    let scripted = wants_json(request.headers());
    let form = pages::fault::form_of(request.uri().path());
    let admitted = admit(&room, &request);
    let response = match admitted {
        Ok(()) => match tokio::time::timeout(PATIENCE, next.run(request)).await {
            Ok(response) => response,
            Err(_) => Fault::Slow.into_response(),
        },
        Err(fault) => fault.into_response(),
    };
    dressed(&room, response, scripted, form.as_deref())
}

fn admit(room: &Room, request: &Request) -> Result<(), Fault> {
    let headers = request.headers();
    let host = room.hosts.asked(headers, request.uri());
    let host = host.ok_or(Fault::Host)?;
    match *request.method() {
        Method::GET | Method::HEAD => Ok(()),
        Method::POST if Hosts::posted_from(headers, &host) => Ok(()),
        Method::POST => Err(Fault::Origin),
        _ => Err(Fault::Method),
    }
}

/// A fault gets its page; every answer its headers.
fn dressed(room: &Room, mut response: Response, scripted: bool, form: Option<&str>) -> Response {
    if let Some(fault) = response.extensions_mut().remove::<Fault>() {
        response = if scripted {
            fault.json(room.locale())
        } else {
            pages::fault::page(room, &fault, form)
        };
    }
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// True for our own script, which shows the sentence itself.
pub(crate) fn wants_json(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .is_some_and(|accept| accept == "application/json")
}
