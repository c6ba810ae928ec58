//! Who is on the allow-list, as admins change it: roles, removals, and identities that go.

use countersign_domain::{
    event::Fact,
    ids::{DeskId, OperatorId},
    operator::{Identity, Operator, Role},
    people::PeopleFault,
    refusal::{Answer, Refusal},
};

use super::rights;
use crate::{
    draft::Draft,
    press::{Press, Verb, attempt},
    seen::Seen,
    work::{Done, InboxKey, Work},
};

/// An admin gives an operator another role, or takes them off the allow-list.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Grant {
    pub(crate) desk: DeskId,
    pub(crate) press: Press,
    pub(crate) operator: OperatorId,
    /// `None` removes them.
    pub(crate) role: Option<Role>,
}

impl Work for Grant {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn inbox(&self) -> Option<InboxKey> {
        self.press.key.clone()
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        let subject = self.operator.to_string();
        attempt(draft, &self.press, Verb::Grant, &subject, |draft, _| {
            self.change(draft)
        })
    }
}

impl Grant {
    fn change(&self, draft: &mut Draft) -> Answer<Done> {
        let unknown = Refusal::People(PeopleFault::UnknownOperator);
        let known = draft.seen().operators.get(&self.operator).cloned();
        let mut operator = known.ok_or(unknown)?.as_ref().clone();
        if self.role == Some(operator.role) {
            return Ok(Done::Nothing);
        }
        let stays = self.role == Some(Role::Admin);
        if !stays && is_last_anchor(draft.seen(), &operator) {
            return Err(Refusal::People(PeopleFault::LastAdmin));
        }
        if let Some(role) = self.role {
            operator.role = role;
            draft.operator(operator.clone());
        } else {
            draft.remove_operator(operator.id);
        }
        draft.note(Fact::OperatorSet {
            operator,
            removed: self.role.is_none(),
        });
        rights::settle(draft);
        Ok(Done::Ok)
    }
}

/// True when nobody else is an admin whom the configuration names as one. People who came by chat
/// exist as long as there is one: whoever runs the desk cannot be locked out from inside.
fn is_last_anchor(seen: &Seen, operator: &Operator) -> bool {
    let anchors = || {
        seen.operators.values().filter(|one| {
            let named = seen.configured.get(&one.id);
            let named = named.is_some_and(|named| named.role == Role::Admin);
            named && one.role == Role::Admin && !one.identities.is_empty()
        })
    };
    anchors().any(|one| one.id == operator.id) && anchors().count() == 1
}

/// Somebody is no longer known in one place.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Unlink {
    pub(crate) desk: DeskId,
    pub(crate) press: Press,
    pub(crate) identity: Identity,
}

impl Work for Unlink {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn inbox(&self) -> Option<InboxKey> {
        self.press.key.clone()
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        let subject = format!("{}:{}", self.identity.surface, self.identity.user);
        attempt(
            draft,
            &self.press,
            Verb::Unlink,
            &subject,
            |draft, asker| self.unlink(draft, asker),
        )
    }
}

impl Unlink {
    fn unlink(&self, draft: &mut Draft, asker: &Operator) -> Answer<Done> {
        let unknown = Refusal::People(PeopleFault::UnknownIdentity);
        let known = draft.seen().operator(&self.identity).cloned();
        let mut operator = known.ok_or(unknown)?.as_ref().clone();
        if operator.id != asker.id && asker.role < Verb::Grant.needs() {
            return Err(Refusal::NotPermitted {
                needs: Verb::Grant.needs(),
                has: Some(asker.role),
            });
        }
        operator.identities.retain(|one| *one != self.identity);
        if operator.identities.is_empty() {
            return Err(Refusal::People(PeopleFault::LastIdentity));
        }
        draft.note(Fact::OperatorUnlinked {
            operator: operator.id,
            name: operator.name.clone(),
            identity: self.identity.clone(),
        });
        draft.operator(operator);
        Ok(Done::Ok)
    }
}
