//! The door: a token is exchanged for a session, once.
//!
//! Opening the link changes nothing, so that a preview or a prefetch of it does not use it up: the
//! page posts the token back, by itself where scripts run, by a button elsewhere.

use axum::{
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use maud::html;
use serde::Deserialize;

use crate::{
    access::visitor::{Visitor, cookie_name},
    acts::posted::Posted,
    console::Room,
    fault::Fault,
};

/// What the link carries.
#[derive(Deserialize)]
pub(super) struct Link {
    token: Option<String>,
}

/// What the page posts.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Shown {
    token: String,
}

/// The door, with the link's token in hand or a field to type one.
pub(super) async fn page(
    State(room): State<Room>,
    visitor: Option<Visitor>,
    link: Result<Query<Link>, axum::extract::rejection::QueryRejection>,
) -> Result<Response, Fault> {
    let token = link.ok().and_then(|Query(link)| link.token);
    if visitor.is_some() && token.is_none() {
        return Ok(Redirect::to("/").into_response());
    }
    Ok(door(&room, token.as_deref().unwrap_or_default()))
}

/// The page that asks for a token.
pub(super) fn door(room: &Room, token: &str) -> Response {
    let locale = room.locale();
    let title = locale.say("console-open-title");
    let body = html! {
        section.door {
            h1 { (title) }
            p { (locale.say("console-open-how")) }
            form #door method="post" action="/login" data-go=[(!token.is_empty()).then_some("1")] {
                label for="token" { (locale.say("console-open-token")) }
                input #token name="token" type="password" autocomplete="off" required
                    value=(token) maxlength="200";
                button.primary { (locale.say("console-open")) }
            }
        }
    };
    room.bare_page(StatusCode::OK, &title, &body)
}

/// Exchanges the token for a cookie.
pub(super) async fn open(
    State(room): State<Room>,
    Posted(shown): Posted<Shown>,
) -> Result<Response, Fault> {
    let token = shown.token.trim();
    let now = room.monotonic();
    let cookie = room.sessions.exchange(token, room.random, now);
    let Some(cookie) = cookie else {
        tracing::warn!("a token that opens nothing was shown to the console");
        room.knock.notify_one();
        return Err(Fault::Token);
    };
    tracing::info!("a browser opened the console");
    let name = cookie_name(&room);
    let cookie = format!("{name}={cookie}; HttpOnly; SameSite=Strict; Path=/");
    let mut headers = HeaderMap::new();
    headers.insert(
        header::SET_COOKIE,
        cookie.parse().map_err(|_| Fault::Token)?,
    );
    Ok((headers, Redirect::to("/")).into_response())
}
