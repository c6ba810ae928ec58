//! The two presses of a destructive ask.

use countersign_domain::{
    calendar,
    ids::{DeskId, OverrideId, PositionId, TapId},
    operator::Operator,
    people::TapFault,
    position::PositionState,
    refusal::{Answer, Refusal},
};
use jiff::{SignedDuration, Timestamp};

use super::{ceilings::Ceiling, exits::close, trading};
use crate::{
    draft::Draft,
    orders::exit,
    people::REMEMBERED,
    press::{Press, Verb, attempt},
    twice::{Subject, Tap},
    work::{Done, InboxKey, Needs, Work},
};

fn needs(positions: Vec<PositionId>) -> Needs {
    Needs {
        positions,
        ..Needs::default()
    }
}

/// The first press. Delivered twice it is waited for twice, which is harmless.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct AskTwice {
    pub(crate) desk: DeskId,
    pub(crate) press: Press,
    pub(crate) nonce: TapId,
    pub(crate) subject: Subject,
    pub(crate) until: Timestamp,
}

impl Work for AskTwice {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn needs(&self) -> Needs {
        needs(self.subject.positions())
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        let (verb, subject) = (self.subject.verb(), self.subject.words());
        attempt(draft, &self.press, verb, &subject, |draft, operator| {
            self.subject.check(draft.seen())?;
            if let Some((_, reason)) = self.subject.desk() {
                trading::check_reason(reason)?;
            }
            forget_old(draft);
            let tap = self.tap(operator, draft.seen());
            draft.tap(tap);
            Ok(Done::Ok)
        })
    }
}

impl AskTwice {
    /// What is waited for, by how it stands now.
    pub(crate) fn tap(&self, operator: &Operator, seen: &crate::seen::Seen) -> Tap {
        Tap {
            id: self.nonce,
            operator: operator.id,
            subject: self.subject.clone(),
            stands: self.subject.stands(seen),
            until: self.until,
            used: false,
        }
    }
}

fn forget_old(draft: &mut Draft) {
    let now = draft.now();
    let taps = draft.seen().taps.values();
    let old = taps.filter(|tap| now.duration_since(tap.until) >= REMEMBERED);
    let old: Vec<_> = old.map(|tap| tap.id).collect();
    for id in old {
        draft.forget_tap(id);
    }
}

/// The second press.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PressAgain {
    pub(crate) desk: DeskId,
    pub(crate) press: Press,
    pub(crate) nonce: TapId,
    /// What the button says that it is about; `None` where the nonce alone tells.
    pub(crate) subject: Option<Subject>,
    /// What this process remembers of the first press, where it could not be written down.
    pub(crate) unwritten: Option<Tap>,
    /// One for each position that may have to be closed.
    pub(crate) exits: Vec<exit::Ingredients>,
    pub(crate) around: trading::Around,
    /// For how long a looser limit waits to be granted.
    pub(crate) longest: SignedDuration,
}

impl Work for PressAgain {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn needs(&self) -> Needs {
        needs(self.exits.iter().map(|one| one.position).collect())
    }

    fn inbox(&self) -> Option<InboxKey> {
        self.press.key.clone()
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        let tap = Tap::known(draft.seen(), self.nonce, self.unwritten.as_ref());
        let tap = tap.filter(|tap| self.subject.as_ref().is_none_or(|it| *it == tap.subject));
        let about = self
            .subject
            .as_ref()
            .or(tap.as_ref().map(|tap| &tap.subject));
        let verb = about.map_or(Verb::Close, Subject::verb);
        let words = about.map_or_else(|| self.nonce.to_string(), Subject::words);
        attempt(draft, &self.press, verb, &words, |draft, operator| {
            let unknown = Refusal::SecondTap(TapFault::Unknown);
            let tap = tap.as_ref().ok_or(unknown)?;
            tap.check(operator.id, draft.seen(), draft.now())?;
            draft.tap(tap.used());
            self.act(draft, operator, &tap.subject)
        })
    }
}

impl PressAgain {
    fn act(&self, draft: &mut Draft, operator: &Operator, subject: &Subject) -> Answer<Done> {
        if let Some((ask, reason)) = subject.desk() {
            let with = (self.exits.as_slice(), &self.around);
            return trading::ask(draft, operator, (ask, reason), with);
        }
        if let Subject::Limit { code, value } = subject {
            let ceiling = Ceiling {
                // What was asked twice is asked for once: it keeps its number.
                id: OverrideId::from_bits(self.nonce.bits()),
                code: *code,
                value: *value,
                longest: self.longest,
            };
            return ceiling.put(draft, operator);
        }
        let now = draft.now();
        if !calendar::is_open(now) {
            let opens = calendar::next_open(now);
            return Err(Refusal::MarketClosed { opens });
        }
        match subject.positions().as_slice() {
            [only] => self.close(draft, *only),
            several => {
                for position in several {
                    self.close_open(draft, *position)?;
                }
                Ok(Done::Ok)
            }
        }
    }

    fn close(&self, draft: &mut Draft, id: PositionId) -> Answer<Done> {
        let position = draft.seen().positions.get(&id).cloned();
        let position = position.ok_or(Refusal::UnknownPosition)?;
        let mine = self.exits.iter().find(|one| one.position == id);
        close(draft, &position, mine.ok_or(Refusal::UnknownPosition)?)
    }

    /// One of several: what is on its way out already goes on as it is.
    fn close_open(&self, draft: &mut Draft, id: PositionId) -> Answer<()> {
        let known = draft.seen().positions.get(&id);
        let leaves = |state| matches!(state, PositionState::Closing { .. });
        if known.is_some_and(|position| leaves(position.state) || position.is_flat()) {
            return Ok(());
        }
        self.close(draft, id).map(|_| ())
    }
}
