//! Configure: limits, rooms and the allow-list, as the configuration file gives them, beside what
//! admins changed by chat.

use std::collections::BTreeMap;

use countersign_domain::{
    event::Fact,
    ids::{DeskId, OperatorId},
    limits::LimitCode,
    operator::{Identity, Operator, Role},
    refusal::Answer,
};

use super::{overrides::revoke_tightened, rights};
use crate::{
    draft::Draft,
    seen::DeskRow,
    work::{Done, Work},
};

/// Brings a desk to what its configuration says: changes are noted, what is the same is left. Limits
/// are applied when the configured ones are not what they were the last time, so that what people
/// changed since outlives a restart.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Configure {
    pub(crate) row: DeskRow,
    pub(crate) operators: Vec<Operator>,
}

impl Work for Configure {
    fn desk(&self) -> DeskId {
        self.row.id
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        let known = draft.seen().desk.clone();
        let mut row = known.clone();
        row.name.clone_from(&self.row.name);
        row.mode = self.row.mode;
        row.account = self.row.account.clone();
        if known.configured.as_ref() != Some(&self.row.limits) {
            row.limits = self.row.limits.clone();
            row.configured = Some(self.row.limits.clone());
        }
        row.rooms.clone_from(&self.row.rooms);
        if row != known || draft.seen().seq <= 1 {
            let changed = |code: &LimitCode| row.limits.get(*code) != self.row.limits.get(*code);
            draft.note(Fact::DeskConfigured {
                limits: row.limits.clone(),
                live: row.mode == countersign_domain::view::Mode::Live,
                kept: LimitCode::ALL.into_iter().filter(changed).collect(),
            });
            draft.desk(row);
        }
        self.allow(draft);
        forget_strangers(draft);
        revoke_tightened(draft, &known.limits, None);
        Ok(Done::Ok)
    }
}

/// Who claims the same place: two operators whom the configuration names, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Clash {
    pub(crate) identity: Identity,
    pub(crate) one: String,
    pub(crate) other: String,
}

impl Configure {
    /// The first place that the configuration gives to two people.
    pub(crate) fn clash(&self) -> Option<Clash> {
        let mut owners: BTreeMap<&Identity, &Operator> = BTreeMap::new();
        for operator in &self.operators {
            for identity in &operator.identities {
                let before = owners.insert(identity, operator);
                if let Some(one) = before.filter(|one| one.id != operator.id) {
                    return Some(Clash {
                        identity: identity.clone(),
                        one: one.name.clone(),
                        other: operator.name.clone(),
                    });
                }
            }
        }
        None
    }

    /// What configuration says holds where it says something new; what chat changed holds else, as
    /// long as the configuration names an admin.
    fn allow(&self, draft: &mut Draft) {
        let admin = self.operators.iter().any(|one| one.role == Role::Admin);
        for wanted in &self.operators {
            self.settle(draft, wanted, admin);
        }
        let named = |id: &OperatorId| self.operators.iter().any(|one| one.id == *id);
        let seen = draft.seen();
        let dropped: Vec<_> = seen
            .configured
            .keys()
            .filter(|id| !named(id))
            .copied()
            .collect();
        let others = seen.operators.values().filter(|one| !named(&one.id));
        let gone: Vec<_> = others
            .filter(|one| !admin || dropped.contains(&one.id))
            .cloned()
            .collect();
        for operator in gone {
            remove(draft, &operator);
        }
        for id in dropped {
            draft.forget_configured(id);
        }
        rights::settle(draft);
    }

    fn settle(&self, draft: &mut Draft, wanted: &Operator, admin: bool) {
        let before = draft.seen().configured.get(&wanted.id).cloned();
        let known = draft.seen().operators.get(&wanted.id).cloned();
        let same = before.as_deref() == Some(wanted);
        if !same {
            draft.configured(wanted.clone());
        }
        let next = match &known {
            // An admin took them off since.
            None if same => return,
            Some(known) if same => {
                let mut next = known.as_ref().clone();
                if !admin {
                    next.role = next.role.min(wanted.role);
                }
                next
            }
            known => with_linked(wanted, known.as_deref(), before.as_deref()),
        };
        for identity in &next.identities {
            self.take(draft, identity, next.id);
        }
        if known.as_deref() != Some(&next) {
            set(draft, next);
        }
    }

    /// Takes an identity from whom chat gave it to. Somebody who came by chat and is known nowhere
    /// any more is gone.
    fn take(&self, draft: &mut Draft, identity: &Identity, owner: OperatorId) {
        let known = draft.seen().operator(identity).cloned();
        let Some(known) = known.filter(|known| known.id != owner) else {
            return;
        };
        let mut less = known.as_ref().clone();
        less.identities.retain(|one| one != identity);
        let named = self.operators.iter().any(|one| one.id == less.id);
        if less.identities.is_empty() && !named {
            remove(draft, &less);
        } else {
            set(draft, less);
        }
    }
}

/// Nothing is kept of how people who are no operators any more wanted to be told things.
fn forget_strangers(draft: &mut Draft) {
    let seen = draft.seen();
    let mut row = seen.desk.clone();
    let people = &mut row.manners.people;
    people.retain(|id, _| seen.operators.contains_key(id));
    if row != seen.desk {
        draft.desk(row);
    }
}

/// An operator as configured, with the identities that chat gave them beside those that were
/// configured before.
fn with_linked(wanted: &Operator, known: Option<&Operator>, before: Option<&Operator>) -> Operator {
    let mut next = wanted.clone();
    let was = before.map_or(&[][..], |before| &before.identities);
    let known = known.map_or(&[][..], |known| &known.identities);
    let linked = known.iter().filter(|one| !was.contains(one));
    let linked: Vec<_> = linked
        .filter(|one| !wanted.identities.contains(one))
        .cloned()
        .collect();
    next.identities.extend(linked);
    next
}

fn set(draft: &mut Draft, operator: Operator) {
    draft.note(Fact::OperatorSet {
        operator: operator.clone(),
        removed: false,
    });
    draft.operator(operator);
}

fn remove(draft: &mut Draft, operator: &Operator) {
    draft.note(Fact::OperatorSet {
        operator: operator.clone(),
        removed: true,
    });
    draft.remove_operator(operator.id);
}
