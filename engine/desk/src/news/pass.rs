//! Letting one veto of the news pass: by its name, by an admin, with a reason and an end.

use countersign_domain::{
    event::Fact,
    ids::DeskId,
    instrument::Symbol,
    refusal::{Answer, Invalid, Refusal},
};
use jiff::{SignedDuration, Timestamp};

use super::LetPass;
use crate::{
    desk::Desk,
    draft::Draft,
    press::{Press, Verb, attempt},
    work::{Done, InboxKey, Work},
};

/// Those that ended are known so long after.
const KNOWN: SignedDuration = SignedDuration::from_hours(24);

/// The longest reason, characters.
const REASON: usize = 200;

/// What an admin asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassAsk {
    /// The name of the veto's reason.
    pub name: String,
    /// For which underlying.
    pub underlying: Symbol,
    /// Until when; `None` takes it back.
    pub until: Option<Timestamp>,
    /// Why, 1 to 200 characters.
    pub reason: String,
}

/// The unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SetPass {
    pub(crate) desk: DeskId,
    pub(crate) press: Press,
    pub(crate) ask: PassAsk,
    /// The longest that one may last.
    pub(crate) longest: SignedDuration,
}

impl Work for SetPass {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn inbox(&self) -> Option<InboxKey> {
        self.press.key.clone()
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        let subject = format!("{} {}", self.ask.underlying, self.ask.name);
        attempt(
            draft,
            &self.press,
            Verb::PassNews,
            &subject,
            |draft, operator| {
                let now = draft.now();
                let length = self.ask.reason.trim().chars().count();
                if length == 0 || length > REASON {
                    return Err(Refusal::Invalid(Invalid::Reason));
                }
                let until = self.ask.until.unwrap_or(now);
                if until < now || until > now + self.longest {
                    return Err(Refusal::Invalid(Invalid::Time));
                }
                let passing = LetPass {
                    name: self.ask.name.clone(),
                    underlying: self.ask.underlying,
                    by: operator.id,
                    by_name: operator.name.clone(),
                    reason: self.ask.reason.trim().to_owned(),
                    at: now,
                    until,
                };
                self.write(draft, passing);
                Ok(Done::Ok)
            },
        )
    }
}

impl SetPass {
    fn write(&self, draft: &mut Draft, passing: LetPass) {
        let now = draft.now();
        draft.note(Fact::NewsLetPass {
            underlying: passing.underlying,
            name: passing.name.clone(),
            until: self.ask.until,
            reason: passing.reason.clone(),
        });
        let mut desk = draft.seen().desk.clone();
        desk.let_pass.retain(|it| {
            let same = it.name == passing.name && it.underlying == passing.underlying;
            !same && now < it.until + KNOWN
        });
        if self.ask.until.is_some() {
            desk.let_pass.push(passing);
        }
        draft.desk(desk);
    }
}

impl Desk {
    /// Lets one veto of the news pass until a time, or takes that back. From the next look on the veto is
    /// a warning; what it stopped before stays stopped.
    ///
    /// # Errors
    ///
    /// [`Refusal::Invalid`] without a reason, or for an end that is past or too far away; nothing changed.
    pub async fn let_news_pass(&self, press: Press, ask: PassAsk) -> Answer<Done> {
        let work = SetPass {
            desk: self.id,
            press,
            ask,
            longest: self.longest_override(),
        };
        self.verb(work).await
    }
}
