//! Link codes: asked for where one is known, entered where one is not.

use countersign_domain::{
    event::Fact,
    ids::{DeskId, OperatorId},
    operator::{Operator, Role},
    people::{LinkFault, PeopleFault},
    refusal::{Answer, Refusal},
};
use jiff::Timestamp;

use crate::{
    draft::Draft,
    people::{CodeHash, LinkCode, Newcomer, REMEMBERED, WRONG_MOST, WRONG_WITHIN, WrongCodes},
    press::{Press, Verb, attempt, introduce, note_refusal},
    work::{Done, InboxKey, Work},
};

/// What refused codes are noted under.
const ENTER: &str = "enter-code";

/// A person asks for a link code: for themselves, or for somebody new. Delivered twice it gives two
/// codes of which the last one counts, so that it needs no inbox.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct AskCode {
    pub(crate) desk: DeskId,
    pub(crate) press: Press,
    pub(crate) hash: CodeHash,
    pub(crate) until: Timestamp,
    /// The id, the name and the role of who is invited.
    pub(crate) newcomer: Option<(OperatorId, String, Role)>,
}

impl Work for AskCode {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        let verb = match self.newcomer {
            Some(_) => Verb::Invite,
            None => Verb::Link,
        };
        attempt(draft, &self.press, verb, "desk", |draft, operator| {
            forget_old(draft);
            match &self.newcomer {
                None => self.for_oneself(draft, operator),
                Some((id, name, role)) => self.for_another(draft, operator, (*id, name, *role))?,
            }
            Ok(Done::Ok)
        })
    }
}

impl AskCode {
    fn code(&self, operator: OperatorId, newcomer: Option<Newcomer>) -> LinkCode {
        LinkCode {
            hash: self.hash.clone(),
            operator,
            via: self.press.who.surface,
            until: self.until,
            newcomer,
            used: false,
        }
    }

    /// A new code takes the place of the one before it.
    fn for_oneself(&self, draft: &mut Draft, operator: &Operator) {
        let codes = draft.seen().codes.values();
        let mine = codes.filter(|code| code.operator == operator.id && !code.used);
        let before: Vec<_> = mine.map(|code| code.hash.clone()).collect();
        for hash in before {
            draft.forget_code(&hash);
        }
        draft.code(self.code(operator.id, None));
        draft.note(Fact::LinkAsked { until: self.until });
    }

    fn for_another(
        &self,
        draft: &mut Draft,
        inviter: &Operator,
        (id, name, role): (OperatorId, &str, Role),
    ) -> Answer<()> {
        let fault = name_fault(draft, name);
        if let Some(fault) = fault {
            return Err(Refusal::People(fault));
        }
        let newcomer = Newcomer {
            name: name.to_owned(),
            role,
            inviter: inviter.id,
        };
        draft.code(self.code(id, Some(newcomer)));
        draft.note(Fact::OperatorInvited {
            operator: id,
            name: name.to_owned(),
            role,
            until: self.until,
        });
        Ok(())
    }
}

/// What is wrong with the name of somebody new.
fn name_fault(draft: &Draft, name: &str) -> Option<PeopleFault> {
    let letters = name.chars().count();
    if name.trim() != name || !(1..=64).contains(&letters) || name.chars().any(char::is_control) {
        return Some(PeopleFault::Name);
    }
    let taken = |other: &str| other.to_lowercase() == name.to_lowercase();
    let mut known = draft.seen().operators.values();
    let mut named = draft.seen().configured.values();
    let is_taken = known.any(|one| taken(&one.name)) || named.any(|one| taken(&one.name));
    is_taken.then_some(PeopleFault::NameTaken)
}

/// Codes and guesses are forgotten a while after their time.
fn forget_old(draft: &mut Draft) {
    let now = draft.now();
    let seen = draft.seen();
    let codes = seen.codes.values();
    let codes = codes.filter(|code| now.duration_since(code.until) >= REMEMBERED);
    let codes: Vec<_> = codes.map(|code| code.hash.clone()).collect();
    let wrong = seen.wrong_codes.values();
    let wrong = wrong.filter(|wrong| wrong.recent(now).is_empty());
    let wrong: Vec<_> = wrong.map(|wrong| wrong.identity.clone()).collect();
    for hash in codes {
        draft.forget_code(&hash);
    }
    for who in wrong {
        draft.forget_wrong_codes(&who);
    }
}

/// Somebody who is not known enters a code.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct EnterCode {
    pub(crate) desk: DeskId,
    pub(crate) press: Press,
    pub(crate) hash: CodeHash,
}

impl Work for EnterCode {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn inbox(&self) -> Option<InboxKey> {
        self.press.key.clone()
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        introduce(draft, &self.press);
        forget_old(draft);
        let answer = self.enter(draft).map_err(Refusal::Link);
        note_refusal(draft, ENTER, "desk", &answer);
        answer
    }
}

impl EnterCode {
    fn enter(&self, draft: &mut Draft) -> Result<Done, LinkFault> {
        let (who, now) = (&self.press.who, draft.now());
        if draft.seen().operator(who).is_some() {
            return Err(LinkFault::Linked);
        }
        let wrong = draft.seen().wrong_codes.get(who);
        let wrong = wrong.map(|wrong| wrong.recent(now)).unwrap_or_default();
        if let (true, Some(first)) = (wrong.len() >= WRONG_MOST, wrong.first()) {
            let until = *first + WRONG_WITHIN;
            return Err(LinkFault::TooMany { until });
        }
        let linked = self.linked(draft);
        match linked {
            Ok(code) => {
                self.admit(draft, &code);
                Ok(Done::Ok)
            }
            Err(fault) => {
                let mut at = wrong;
                at.push(now);
                let identity = who.clone();
                draft.wrong_codes(WrongCodes { identity, at });
                Err(fault)
            }
        }
    }

    /// The code, when it counts here and now.
    fn linked(&self, draft: &Draft) -> Result<LinkCode, LinkFault> {
        let seen = draft.seen();
        let code = seen.codes.get(&self.hash).ok_or(LinkFault::Unknown)?;
        if code.used {
            return Err(LinkFault::Used);
        }
        if draft.now() >= code.until {
            return Err(LinkFault::Expired { at: code.until });
        }
        let stands = match &code.newcomer {
            None if code.via == self.press.who.surface => return Err(LinkFault::SameSurface),
            None => seen.operators.contains_key(&code.operator),
            Some(newcomer) => {
                let inviter = seen.operators.get(&newcomer.inviter);
                inviter.is_some_and(|inviter| inviter.role >= Verb::Invite.needs())
            }
        };
        if stands {
            Ok(code.as_ref().clone())
        } else {
            Err(LinkFault::Unknown)
        }
    }

    /// Uses the code up, and makes who entered it known.
    fn admit(&self, draft: &mut Draft, code: &LinkCode) {
        let identity = self.press.who.clone();
        draft.code(LinkCode {
            used: true,
            ..code.clone()
        });
        draft.forget_wrong_codes(&identity);
        let known = draft.seen().operators.get(&code.operator).cloned();
        if let Some(known) = known {
            let mut operator = known.as_ref().clone();
            operator.identities.push(identity.clone());
            draft.note(Fact::OperatorLinked {
                operator: operator.id,
                name: operator.name.clone(),
                identity,
            });
            draft.operator(operator);
        } else if let Some(newcomer) = &code.newcomer {
            let operator = Operator {
                id: code.operator,
                name: newcomer.name.clone(),
                role: newcomer.role,
                identities: vec![identity],
            };
            draft.note(Fact::OperatorSet {
                operator: operator.clone(),
                removed: false,
            });
            draft.operator(operator);
        }
    }
}
