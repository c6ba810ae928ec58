//! Configure: limits, rooms and the allow-list, as the configuration file gives them.

use countersign_domain::{event::Fact, ids::DeskId, operator::Operator, refusal::Answer};

use super::standing::revoke;
use crate::{
    draft::Draft,
    press::Verb,
    seen::DeskRow,
    work::{Done, Work},
};

/// Brings a desk to what its configuration says: changes are noted, what is the same is left.
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
        row.limits = self.row.limits.clone();
        row.rooms.clone_from(&self.row.rooms);
        if row != known || draft.seen().seq <= 1 {
            draft.note(Fact::DeskConfigured {
                limits: row.limits.clone(),
                live: row.mode == countersign_domain::view::Mode::Live,
            });
            draft.desk(row);
        }
        self.allow(draft);
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
