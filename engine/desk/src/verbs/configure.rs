//! Configure: limits, rooms and the allow-list, as the configuration file gives them.

use countersign_domain::{
    event::Fact, ids::DeskId, limits::LimitCode, operator::Operator, refusal::Answer,
};

use super::{
    overrides::{revoke_orphans as revoke_orphaned_overrides, revoke_tightened},
    standing::revoke,
};
use crate::{
    draft::Draft,
    press::Verb,
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
        revoke_tightened(draft, &known.limits, None);
        Ok(Done::Ok)
    }
}

impl Configure {
    fn allow(&self, draft: &mut Draft) {
        for operator in &self.operators {
            let same = draft
                .seen()
                .operators
                .get(&operator.id)
                .is_some_and(|known| **known == *operator);
            if !same {
                draft.note(Fact::OperatorSet {
                    operator: operator.clone(),
                    removed: false,
                });
                draft.operator(operator.clone());
            }
        }
        let wanted: Vec<_> = self.operators.iter().map(|operator| operator.id).collect();
        let gone: Vec<_> = draft
            .seen()
            .operators
            .values()
            .filter(|operator| !wanted.contains(&operator.id))
            .cloned()
            .collect();
        for operator in gone {
            draft.note(Fact::OperatorSet {
                operator: operator.as_ref().clone(),
                removed: true,
            });
            draft.remove_operator(operator.id);
        }
        revoke_orphans(draft);
        revoke_orphaned_overrides(draft);
    }
}

/// A standing approval dies with its signer's right.
fn revoke_orphans(draft: &mut Draft) {
    let seen = draft.seen();
    let may = |signer| {
        seen.operators
            .get(&signer)
            .is_some_and(|operator| operator.role >= Verb::SignStanding.needs())
    };
    let orphans: Vec<_> = seen
        .standing
        .values()
        .filter(|standing| !may(standing.signer))
        .cloned()
        .collect();
    for standing in orphans {
        revoke(draft, &standing);
    }
}
