//! One press: its seal is checked and used up, its verb is run, and its outcome told.

use std::{sync::Arc, time::Duration};

use axum::{
    Json,
    response::{IntoResponse, Redirect, Response},
};
use countersign_cards::{Action, Locale, Tone, done, refusal};
use countersign_desk::{Desk, press::Press, work::Done};
use countersign_domain::refusal::{Answer, Refusal};
use serde::Serialize;

use crate::{
    access::{
        seal::{Bound, Stamp},
        session::Said,
        visitor::Visitor,
    },
    console::Room,
    fault::Fault,
};

/// How long a second press may take.
pub(crate) const SECOND_PRESS: Duration = Duration::from_secs(30);

/// A press whose seal was ours and is used up now.
pub(super) struct Pressed {
    room: Room,
    visitor: Visitor,
    stamp: Stamp,
}

/// What a script is told.
#[derive(Serialize)]
struct Told<'a> {
    tone: Tone,
    text: &'a str,
    /// Where the page goes now; nowhere when it stays.
    go: Option<&'a str>,
}

/// Where a page goes after a press.
#[derive(Clone, Copy)]
pub(super) enum Next<'a> {
    /// Stays with a script; a plain form goes here.
    Back(&'a str),
    /// Goes here in any case.
    Go(&'a str),
}

impl Pressed {
    /// Checks the seal and uses it up. To be called last before the verb, once every field is
    /// known to make sense, so that a slip of the pen can be corrected in the same form.
    pub(super) fn new(
        room: Room,
        visitor: Visitor,
        bound: &Bound<'_>,
        seal: &str,
    ) -> Result<Self, Fault> {
        Self::within(room, visitor, bound, seal, None)
    }

    /// As [`Self::new`], for a second press that has to come within [`SECOND_PRESS`] of the first.
    pub(super) fn soon(
        room: Room,
        visitor: Visitor,
        bound: &Bound<'_>,
        seal: &str,
    ) -> Result<Self, Fault> {
        Self::within(room, visitor, bound, seal, Some(SECOND_PRESS))
    }

    fn within(
        room: Room,
        visitor: Visitor,
        bound: &Bound<'_>,
        seal: &str,
        most: Option<Duration>,
    ) -> Result<Self, Fault> {
        let stamp = room.sealer.read(&visitor.session.id, bound, seal);
        let stamp = stamp.ok_or(Fault::Seal)?;
        let age = room.monotonic().saturating_sub(stamp.issued);
        if most.is_some_and(|most| age > most) {
            return Err(Fault::TooLate);
        }
        if !visitor.session.take(stamp.nonce) {
            return Err(Fault::Replayed);
        }
        Ok(Self {
            room,
            visitor,
            stamp,
        })
    }

    /// The desk.
    pub(super) fn desk(&self) -> Arc<Desk> {
        self.room.desk.clone()
    }

    /// The sentences.
    pub(super) fn locale(&self) -> &Locale {
        self.room.locale()
    }

    /// The press in the desk's words. It needs no name of its own: a form that was delivered twice
    /// has found its nonce used.
    pub(super) fn press(&self) -> Press {
        Press {
            who: self.room.identity.clone(),
            key: None,
        }
    }

    /// Runs a verb to its end, whether or not the browser waits for it, and tells what came of it.
    pub(super) async fn run(
        self,
        verb: impl Future<Output = Answer<Done>> + Send + 'static,
        action: &Action,
        next: Next<'_>,
    ) -> Result<Response, Fault> {
        let sentence = done(action, self.room.locale());
        self.run_saying(verb, sentence, next).await
    }

    /// As [`Self::run`], with a sentence of its own for what was done.
    pub(super) async fn run_saying(
        self,
        verb: impl Future<Output = Answer<Done>> + Send + 'static,
        sentence: String,
        next: Next<'_>,
    ) -> Result<Response, Fault> {
        let one_of_several = self.room.locale().say("console-said-yes");
        let telling = async move {
            Ok(match verb.await? {
                Done::SaidYes(_) => (Tone::Attention, one_of_several),
                _ => (Tone::Good, sentence),
            })
        };
        self.run_telling(telling, next).await
    }

    /// As [`Self::run`], with a verb that brings its own sentence.
    pub(super) async fn run_telling(
        self,
        verb: impl Future<Output = Answer<(Tone, String)>> + Send + 'static,
        next: Next<'_>,
    ) -> Result<Response, Fault> {
        let answer = tokio::spawn(verb).await;
        // A verb that panicked is a fault of ours: nobody knows how far it came.
        match answer.map_err(|_| Fault::Slow)? {
            Ok((tone, sentence)) => Ok(self.tell(tone, sentence, next)),
            Err(why) => {
                // Nothing came of it, so the same form may be pressed again.
                self.visitor.session.give_back(self.stamp.nonce);
                let now = self.room.desk.now();
                if stays(&why) && !self.visitor.scripted {
                    let text = refusal(&why, now, self.room.locale());
                    Ok(self.tell(Tone::Bad, text, next))
                } else {
                    Err(Fault::Refused(Box::new(why), now))
                }
            }
        }
    }

    /// The sentence, for a script as it is, for a browser on the page that it is sent to.
    fn tell(&self, tone: Tone, text: String, next: Next<'_>) -> Response {
        let (path, leaves) = match next {
            Next::Back(path) => (path, false),
            Next::Go(path) => (path, true),
        };
        let nonce = self.stamp.nonce;
        let to = format!("{path}?said={nonce}");
        if !self.visitor.scripted {
            self.visitor.session.keep(nonce, Said { tone, text });
            return Redirect::to(&to).into_response();
        }
        let go = leaves.then_some(to.as_str());
        let told = Json(Told {
            tone,
            text: &text,
            go,
        });
        let response = told.into_response();
        if leaves {
            self.visitor.session.keep(nonce, Said { tone, text });
        }
        response
    }
}

/// True for a refusal that tells how things stand: the page shows the sentence and the newest state.
const fn stays(why: &Refusal) -> bool {
    !matches!(
        why,
        Refusal::Invalid(_)
            | Refusal::ExitPlan(_)
            | Refusal::Standing(_)
            | Refusal::Adjusted(_)
            | Refusal::NotPermitted { .. }
            | Refusal::PaperOnly
            | Refusal::UnknownTicket
            | Refusal::UnknownPosition
            | Refusal::UnknownOrder
            | Refusal::UnknownStanding
    )
}
