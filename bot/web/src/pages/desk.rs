//! The desk: everything at a glance, and everything that can be pressed.

use axum::{
    extract::{Query, State},
    response::Response,
};
use serde::Deserialize;

use super::{
    login, parts,
    shell::{Page, Place},
};
use crate::{
    access::{
        session::{Said, Session},
        visitor::Visitor,
    },
    console::Room,
    fault::Fault,
    live::scene::Scene,
};

/// What the page is asked with.
#[derive(Default, Deserialize)]
pub(crate) struct Asked {
    /// The press whose outcome it shows.
    said: Option<u64>,
    /// A token at the wrong door: the links of the terminal lead to `/login`.
    token: Option<String>,
}

impl Asked {
    /// What that press came to.
    pub(super) fn said(&self, session: &Session) -> Option<Said> {
        session.said(self.said?)
    }
}

/// The desk, or the door for somebody without a session.
pub(super) async fn page(
    State(room): State<Room>,
    visitor: Option<Visitor>,
    asked: Result<Query<Asked>, axum::extract::rejection::QueryRejection>,
) -> Result<Response, Fault> {
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    let Some(visitor) = visitor else {
        if let Some(token) = asked.token {
            return Ok(login::door(&room, &token));
        }
        room.knock.notify_one();
        return Err(Fault::Session);
    };
    let title = room.locale().say("console-menu-desk");
    let (head, body) = match Scene::look(&room).await {
        Ok(scene) => {
            let scene = scene.permitted()?;
            (
                Some(parts::head::draw(&room, &scene)),
                parts::body(&room, &scene),
            )
        }
        Err(error) => {
            tracing::warn!(%error, "the room could not read the desk");
            (None, parts::unreadable(&room))
        }
    };
    let page = Page {
        place: Place::Desk,
        title,
        head,
        body,
        said: asked.said(&visitor.session),
        stream: "",
    };
    Ok(room.page(&page, &visitor.session))
}
