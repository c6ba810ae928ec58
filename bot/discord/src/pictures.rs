//! Pictures: of a ticket's revision, below the message of its card. A message keeps what is attached to it
//! until it is told otherwise, so that each revision brings its own.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use countersign_cards::Locale;
use countersign_domain::{ids::Revision, view::TicketView};
use countersign_pictures::Picture;
use serde_json::json;
use serenity::{
    builder::CreateAttachment,
    http::{Multipart, MultipartUpload},
};

use crate::{
    api::Fault,
    line::Call,
    plain::short,
    room::{DiscordRoom, Drawing},
};

/// Messages whose picture is remembered.
const REMEMBERED: usize = 512;

/// The file of a picture, and letters of its description.
const FILE: &str = "payoff.png";
const DESCRIPTION: usize = 1024;

/// Of which revision the picture below a message is, as this process sent it.
#[derive(Default)]
pub(crate) struct Pictures(Mutex<BTreeMap<u64, Revision>>);

impl Pictures {
    fn known(&self) -> MutexGuard<'_, BTreeMap<u64, Revision>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A message has the picture of that ticket's revision, or none because it cannot be had.
    pub(crate) fn note(&self, message: u64, view: &TicketView) {
        let mut known = self.known();
        known.insert(message, view.ticket.revision);
        while known.len() > REMEMBERED {
            known.pop_first();
        }
    }

    /// True when the picture below a message is of another revision than the card, or may be while somebody
    /// can still decide.
    fn is_older(&self, message: u64, view: &TicketView) -> bool {
        match self.known().get(&message) {
            Some(known) => *known != view.ticket.revision,
            None => !view.ticket.is_settled(),
        }
    }
}

/// What becomes of what is attached to a message.
#[derive(Clone, Copy)]
pub(crate) enum Attached<'a> {
    /// It stays.
    Kept,
    /// This stands in its place; of nothing nothing is left.
    New(Option<&'a Picture>),
}

impl Attached<'_> {
    /// Puts it into a call that has a body.
    pub(crate) fn put(self, call: &mut Call<'_>) {
        let (Self::New(picture), Some(body)) = (self, &mut call.body) else {
            return;
        };
        let Some(picture) = picture else {
            body["attachments"] = json!([]);
            return;
        };
        let alt = short(&picture.alt, DESCRIPTION);
        body["attachments"] = json!([{"id": 0, "filename": FILE, "description": alt}]);
        let file = CreateAttachment::bytes(picture.png.clone(), FILE);
        call.upload = Some(Multipart {
            upload: MultipartUpload::Attachments(vec![file]),
            fields: Vec::new(),
            payload_json: None,
        });
    }
}

impl DiscordRoom {
    /// Shows a part of a card in the message that it has, with the picture of its revision.
    pub(crate) async fn change_part(
        &self,
        drawing: &Drawing<'_>,
        part: usize,
        at: (u64, u64),
    ) -> Result<(), Fault> {
        if self.standing.is_gone(at.1) {
            return Err(Fault::Gone);
        }
        let (look, urgent) = (drawing.look(part), drawing.urgent);
        let ticket = drawing.pictured(part);
        let Some(view) = ticket.filter(|view| self.pictures.is_older(at.1, view)) else {
            return self.change(at, &look, Attached::Kept, urgent).await;
        };
        // As it is offered: what is held of it has other figures a moment later.
        let mut offered = view.clone();
        offered.position = None;
        let new = picture(&offered, &drawing.locale).await;
        let attached = Attached::New(new.as_ref());
        let changed = match self.change(at, &look, attached, urgent).await {
            Err(Fault::Lost(said) | Fault::Refused(said)) if new.is_some() => {
                tracing::warn!(said, "a card's new revision is shown without its picture");
                self.change(at, &look, Attached::New(None), urgent).await
            }
            changed => changed,
        };
        changed.inspect(|()| self.pictures.note(at.1, view))
    }
}

/// The picture of a ticket, drawn beside the process's other work; a card can do without it.
pub(crate) async fn picture(view: &TicketView, locale: &Arc<Locale>) -> Option<Picture> {
    let (view, locale) = (view.clone(), locale.clone());
    let drawn = tokio::task::spawn_blocking(move || countersign_pictures::payoff(&view, &locale));
    match drawn.await {
        Ok(Ok(picture)) => picture,
        Ok(Err(error)) => {
            tracing::error!(%error, "a card has no picture");
            None
        }
        Err(error) => {
            tracing::error!(%error, "a card has no picture");
            None
        }
    }
}
