//! Talk: who asks, and the reply.

use std::{sync::Arc, time::Duration};

use countersign_cards::{Action, Locale, Tone, answer, button_error, chat, done, refusal};
use countersign_desk::{
    Desk,
    press::Press,
    work::{Done, InboxKey},
};
use countersign_domain::{
    operator::{Identity, Room},
    refusal::{Answer, Refusal},
};
use jiff::SignedDuration;

use crate::reply::Reply;

/// Who asks, and the platform's own name of the asking: delivered twice, it has one effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asker {
    /// The person, by the platform's user id.
    pub who: Identity,
    /// The platform's name of this press, command or form.
    pub key: InboxKey,
    /// Where: a room of the desk, or another chat that was allowed.
    pub room: Room,
}

impl Asker {
    pub(crate) fn press(&self) -> Press {
        Press {
            who: self.who.clone(),
            key: Some(self.key.clone()),
        }
    }
}

/// Talks with people for one desk. Cheap to clone.
#[derive(Clone)]
pub struct Talk {
    pub(crate) desk: Arc<Desk>,
    pub(crate) locale: Arc<Locale>,
}

impl Talk {
    /// Talks for a desk in one language.
    pub fn new(desk: Arc<Desk>, locale: Arc<Locale>) -> Self {
        Self { desk, locale }
    }

    /// The desk.
    pub const fn desk(&self) -> &Arc<Desk> {
        &self.desk
    }

    /// The sentences.
    pub fn locale(&self) -> &Locale {
        &self.locale
    }

    /// The sentences, to draw elsewhere with.
    pub fn sentences(&self) -> Arc<Locale> {
        self.locale.clone()
    }

    /// A press of a button, by what the button carries.
    pub async fn press(&self, asker: &Asker, payload: &str) -> Reply {
        let talk = self.speaking(asker).await;
        if let Err(why) = talk.desk.hears_out(&asker.who).await {
            return talk.refused(&why);
        }
        match Action::decode(payload) {
            Ok(action) => talk.pressed(asker, action).await,
            Err(fault) => Reply::told(Tone::Bad, button_error(&fault, &talk.locale)),
        }
    }

    /// The same in the language and the time zone in which who asks is answered there.
    pub async fn speaking(&self, asker: &Asker) -> Self {
        let seen = self.desk.seen().await.ok();
        let manners = seen.map(|seen| {
            let here = seen.manners(asker.room);
            let person = seen.operator(&asker.who);
            let own = person.map(|it| seen.desk.manners.of_person(it.id));
            own.map_or_else(|| here.clone(), |own| own.over(&here))
        });
        let manners = manners.unwrap_or_default();
        let language = manners.language.as_deref();
        let locale = Locale::told(language, manners.zone(), &self.locale);
        Self::new(self.desk.clone(), locale)
    }

    /// A press came back: an answer took so long to the platform and back.
    pub async fn pong(&self, took: Duration) -> Reply {
        let took = SignedDuration::try_from(took).unwrap_or(SignedDuration::MAX);
        match self.header().await {
            Ok(header) => Reply::Cards(vec![answer::pong(&header, Some(took), &self.locale)]),
            Err(why) => self.refused(&why),
        }
    }

    /// What a verb came to.
    pub(crate) fn came_to(&self, action: &Action, answer: Answer<Done>) -> Reply {
        match answer {
            Ok(Done::SaidYes(_)) => {
                Reply::told(Tone::Attention, self.locale.say("console-said-yes"))
            }
            Ok(Done::Override(_)) if matches!(action, Action::Second(_)) => {
                Reply::told(Tone::Attention, chat::override_asked(&self.locale))
            }
            Ok(Done::Limit) => Reply::told(Tone::Good, chat::limit_set(&self.locale)),
            // What it came to the first time may have been a refusal.
            Ok(Done::Repeated) => Reply::told(Tone::Neutral, chat::repeated(&self.locale)),
            Ok(_) => Reply::told(Tone::Good, done(action, &self.locale)),
            Err(why) => self.refused(&why),
        }
    }

    pub(crate) fn refused(&self, why: &Refusal) -> Reply {
        Reply::told(Tone::Bad, refusal(why, self.desk.now(), &self.locale))
    }
}
