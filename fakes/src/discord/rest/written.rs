//! Answers as they are written on the wire.

use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::Reply;
use crate::discord::limits::{Passed, TooMuch};
use crate::discord::refusal::Refusal;

pub(super) fn bare(status: u16) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (
        status,
        format!("<html><body><h1>{status}</h1></body></html>"),
    )
        .into_response()
}

pub(super) fn refused(refusal: &Refusal) -> Response {
    written(
        Reply {
            status: refusal.status,
            body: refusal.body(),
        },
        None,
    )
}

pub(super) fn written(reply: Reply, passed: Option<&Passed>) -> Response {
    let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = match reply.status {
        204 => status.into_response(),
        _ => (status, axum::Json(reply.body)).into_response(),
    };
    put(&mut response, "via", "1.1 google");
    if let Some(passed) = passed {
        put(
            &mut response,
            "x-ratelimit-limit",
            &passed.limit.to_string(),
        );
        put(
            &mut response,
            "x-ratelimit-remaining",
            &passed.remaining.to_string(),
        );
        put(
            &mut response,
            "x-ratelimit-reset",
            &seconds(passed.reset_us),
        );
        put(
            &mut response,
            "x-ratelimit-reset-after",
            &seconds(passed.reset_after_us),
        );
        put(&mut response, "x-ratelimit-bucket", &passed.bucket);
    }
    response
}

pub(super) fn too_much_response(too_much: &TooMuch, code: u32) -> Response {
    let after: f64 = seconds(too_much.retry_after_us).parse().unwrap_or(1.0);
    let message = match code {
        30046 => "Maximum number of edits to messages older than 1 hour reached. Try again later",
        _ => "You are being rate limited.",
    };
    let body =
        json!({"message": message, "retry_after": after, "global": too_much.global, "code": code});
    let mut response = written(Reply { status: 429, body }, too_much.passed.as_ref());
    put(
        &mut response,
        "retry-after",
        &format!("{:.0}", after.ceil()),
    );
    put(
        &mut response,
        "x-ratelimit-scope",
        if too_much.global { "global" } else { "user" },
    );
    if too_much.global {
        put(&mut response, "x-ratelimit-global", "true");
    }
    response
}

/// The platform's own time.
pub(super) fn dated(response: &mut Response, now_us: i64) {
    let now = jiff::Timestamp::from_microsecond(now_us).unwrap_or_default();
    let date = jiff::fmt::rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&now);
    put(response, "date", &date.unwrap_or_default());
}

/// Seconds with milliseconds, rounded up: who waits so long is not too early.
fn seconds(us: i64) -> String {
    let ms = us.max(0) / 1000 + 1;
    format!("{}.{:03}", ms / 1000, ms % 1000)
}

fn put(response: &mut Response, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response
            .headers_mut()
            .insert(HeaderName::from_static(name), value);
    }
}
