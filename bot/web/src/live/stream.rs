//! One viewer's stream.

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::{Query, State},
    response::{
        IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
};
use countersign_domain::ids::TicketId;
use futures::{Stream, StreamExt, stream};
use serde::{Deserialize, Serialize};
use tokio::sync::broadcast::{Receiver, error::RecvError};

use super::hub::{Part, Place, Update, Watched};
use crate::{
    access::visitor::Visitor,
    console::Room,
    fault::{Fault, stranger},
    pages::news,
};

/// Milliseconds after which a browser that lost the stream tries again.
const RETRY: Duration = Duration::from_secs(1);

/// Which page listens.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    ticket: Option<String>,
    /// The page of news: a symbol, or empty for all.
    news: Option<String>,
}

#[derive(Serialize)]
struct Sent<'a> {
    id: &'a str,
    html: String,
}

#[derive(Serialize)]
struct Spoken<'a> {
    text: &'a str,
    urgent: bool,
}

/// What one viewer still has to be told.
struct Viewing {
    room: Room,
    visitor: Visitor,
    receiver: Receiver<Update>,
    waiting: Vec<Event>,
    _place: Place,
}

/// Everything as it is now, then every change, until the page closes or the process stops.
pub(crate) async fn events(
    State(room): State<Room>,
    visitor: Visitor,
    wanted: Result<Query<Wanted>, axum::extract::rejection::QueryRejection>,
) -> Result<Response, Fault> {
    let Query(wanted) = wanted.map_err(|_| Fault::Form)?;
    let ticket = wanted.ticket.as_deref().map(str::parse::<TicketId>);
    let ticket = ticket.transpose().map_err(|_| Fault::NotFound)?;
    let news = wanted.news.as_deref().map(news::wanted).transpose()?;
    let watched = ticket.map(Watched::Ticket).or(news.map(Watched::News));
    let watching = room.watch(watched).await;
    let (place, receiver) = watching.ok_or(Fault::Crowded)?;
    if room.hub.is_barred() {
        return Err(stranger(room.desk.now()));
    }
    let viewing = Viewing {
        room,
        visitor,
        receiver,
        waiting: Vec::new(),
        _place: place,
    };
    let stream = Sse::new(viewing.stream()).keep_alive(KeepAlive::default());
    Ok(stream.into_response())
}

impl Viewing {
    fn stream(mut self) -> impl Stream<Item = Result<Event, Infallible>> + Send + 'static {
        self.everything();
        let mut stopping = self.room.stopping.subscribe();
        let told = stream::unfold(self, |mut viewing| async move {
            let event = viewing.next().await?;
            Some((Ok(event), viewing))
        });
        let stopped = async move {
            let _ = stopping.wait_for(|stopping| *stopping).await;
        };
        told.take_until(Box::pin(stopped))
    }

    /// All parts anew.
    fn everything(&mut self) {
        let parts = self.room.hub.parts();
        let mut events: Vec<Event> = parts.iter().filter_map(|part| self.part(part)).collect();
        if let Some(first) = events.pop() {
            events.push(first.retry(RETRY));
        }
        self.waiting = events;
    }

    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.waiting.pop() {
                return Some(event);
            }
            match self.receiver.recv().await {
                Ok(update) => self.waiting.extend(self.event(&update)),
                Err(RecvError::Lagged(_)) => self.everything(),
                Err(RecvError::Closed) => return None,
            }
            let now = self.room.monotonic();
            let over = self.room.sessions.is_over(&self.visitor.session, now);
            if over || self.room.hub.is_barred() {
                return None;
            }
        }
    }

    fn event(&self, update: &Update) -> Option<Event> {
        match update {
            Update::Part(part) => self.part(part),
            Update::Say { text, urgent } => {
                let urgent = *urgent;
                Event::default()
                    .event("say")
                    .json_data(Spoken { text, urgent })
                    .ok()
            }
            Update::Beat => Some(Event::default().event("beat").data("")),
        }
    }

    fn part(&self, part: &Part) -> Option<Event> {
        let html = self.room.filled(&part.html, &self.visitor.session);
        let sent = Sent { id: &part.id, html };
        Event::default().event("part").json_data(sent).ok()
    }
}
