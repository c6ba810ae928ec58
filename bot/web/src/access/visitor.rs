//! The visitor: a request that has a session.

use std::{convert::Infallible, sync::Arc};

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};

use super::{guard::wants_json, session::Session};
use crate::{console::Room, fault::Fault};

/// Somebody who has shown a token, and how they want their answers.
pub(crate) struct Visitor {
    pub(crate) session: Arc<Session>,
    /// True for our own script.
    pub(crate) scripted: bool,
}

impl FromRequestParts<Room> for Visitor {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, room: &Room) -> Result<Self, Fault> {
        Self::of(parts, room).ok_or_else(|| {
            // They are told to look at the terminal.
            room.knock.notify_one();
            Fault::Session
        })
    }
}

impl Visitor {
    fn of(parts: &Parts, room: &Room) -> Option<Self> {
        let cookie = cookie(room, &parts.headers)?;
        Some(Self {
            session: room.sessions.of(cookie, room.monotonic())?,
            scripted: wants_json(&parts.headers),
        })
    }
}

impl axum::extract::OptionalFromRequestParts<Room> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        room: &Room,
    ) -> Result<Option<Self>, Infallible> {
        Ok(Self::of(parts, room))
    }
}

/// The cookie's name: cookies know no ports, so that two consoles on one machine need two names.
pub(crate) fn cookie_name(room: &Room) -> String {
    format!("countersign_{}", room.address.port())
}

fn cookie<'a>(room: &Room, headers: &'a HeaderMap) -> Option<&'a str> {
    let name = cookie_name(room);
    let all = headers.get_all(header::COOKIE).iter();
    all.filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(of, value)| (of == name).then_some(value))
}
