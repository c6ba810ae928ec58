//! What a decision writes about people: codes, guesses, second presses, and what was configured.

use std::sync::Arc;

use countersign_domain::{
    ids::{OperatorId, TapId},
    operator::{Identity, Operator},
};

use super::Draft;
use crate::{
    people::{CodeHash, LinkCode, WrongCodes},
    twice::Tap,
};

impl Draft {
    /// Writes an operator as the configuration names them.
    pub fn configured(&mut self, operator: Operator) {
        let operator = Arc::new(operator);
        self.seen.configured.insert(operator.id, operator.clone());
        self.changes.configured.insert(operator.id, Some(operator));
    }

    /// The configuration names that operator no longer.
    pub fn forget_configured(&mut self, id: OperatorId) {
        self.seen.configured.remove(&id);
        self.changes.configured.insert(id, None);
    }

    /// Writes what is kept of a link code.
    pub fn code(&mut self, code: LinkCode) {
        let code = Arc::new(code);
        self.seen.codes.insert(code.hash.clone(), code.clone());
        self.changes.codes.insert(code.hash.clone(), Some(code));
    }

    /// Nothing is kept of that link code any more.
    pub fn forget_code(&mut self, hash: &CodeHash) {
        self.seen.codes.remove(hash);
        self.changes.codes.insert(hash.clone(), None);
    }

    /// Writes when somebody entered codes that did not count.
    pub fn wrong_codes(&mut self, wrong: WrongCodes) {
        let wrong = Arc::new(wrong);
        let who = wrong.identity.clone();
        self.seen.wrong_codes.insert(who.clone(), wrong.clone());
        self.changes.wrong_codes.insert(who, Some(wrong));
    }

    /// Nothing counts against them any more.
    pub fn forget_wrong_codes(&mut self, who: &Identity) {
        self.seen.wrong_codes.remove(who);
        self.changes.wrong_codes.insert(who.clone(), None);
    }

    /// Writes a first press that waits for the second, or had it.
    pub fn tap(&mut self, tap: Tap) {
        let tap = Arc::new(tap);
        self.seen.taps.insert(tap.id, tap.clone());
        self.changes.taps.insert(tap.id, Some(tap));
    }

    /// Nothing is kept of that first press any more.
    pub fn forget_tap(&mut self, id: TapId) {
        self.seen.taps.remove(&id);
        self.changes.taps.insert(id, None);
    }
}
