//! What is scanned, as people change it: the watchlist, and which strategies raise signals.

use countersign_domain::{
    event::Fact,
    ids::DeskId,
    instrument::Symbol,
    operator::{Actor, Operator},
    refusal::{Answer, Refusal},
    scanning::{MOST_WATCHED, Said, ScanChange, ScanFault},
};

use crate::{
    draft::Draft,
    press::{Press, Verb, attempt},
    work::{Done, InboxKey, Work},
};

/// A person changes what is scanned. Tickets that are offered, orders and positions stay as they are.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SetScanning {
    pub(crate) desk: DeskId,
    pub(crate) press: Press,
    pub(crate) change: ScanChange,
    /// What is configured to be watched.
    pub(crate) watchlist: Vec<Symbol>,
    /// The strategies that there are.
    pub(crate) strategies: Vec<String>,
    /// What is wrong with a symbol that is to be added.
    pub(crate) fault: Option<ScanFault>,
}

impl Work for SetScanning {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn inbox(&self) -> Option<InboxKey> {
        self.press.key.clone()
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        let (verb, subject) = match &self.change {
            ScanChange::Add(symbol) | ScanChange::Remove(symbol) => {
                (Verb::Watchlist, symbol.to_string())
            }
            ScanChange::On(name) | ScanChange::Off(name) => (Verb::Strategies, name.clone()),
        };
        attempt(draft, &self.press, verb, &subject, |draft, operator| {
            self.set(draft, operator)
        })
    }
}

impl SetScanning {
    fn set(&self, draft: &mut Draft, operator: &Operator) -> Answer<Done> {
        let mut row = draft.seen().desk.clone();
        let fault = |fault| Err(Refusal::Scanning(fault));
        let same = match &self.change {
            ScanChange::Add(symbol) => {
                let watched = row.scanning.watches(*symbol, &self.watchlist);
                if let Some(why) = self.fault.clone().filter(|_| !watched) {
                    return fault(why);
                }
                if !watched && row.scanning.watchlist(&self.watchlist).len() >= MOST_WATCHED {
                    return fault(ScanFault::Full);
                }
                watched
            }
            ScanChange::Remove(symbol) => !row.scanning.watches(*symbol, &self.watchlist),
            ScanChange::On(name) | ScanChange::Off(name) if !self.strategies.contains(name) => {
                let known = self.strategies.clone();
                return fault(ScanFault::Strategy { known });
            }
            ScanChange::On(name) => row.scanning.is_on(name),
            ScanChange::Off(name) => !row.scanning.is_on(name),
        };
        if same {
            return Ok(Done::Nothing);
        }
        let said = Said {
            by: Actor::Operator {
                id: operator.id,
                name: operator.name.clone(),
                surface: self.press.who.surface,
            },
            at: draft.now(),
        };
        row.scanning = row.scanning.changed(&self.change, &self.watchlist, said);
        draft.desk(row);
        draft.note(Fact::ScanningChanged(self.change.clone()));
        Ok(Done::Ok)
    }
}
