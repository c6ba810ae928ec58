//! Whose quotes are wanted of the feed.

use std::{collections::BTreeSet, sync::Arc};

use countersign_domain::{
    instrument::Instrument, order::Order, position::Position, structure::Leg, ticket::Ticket,
};

use crate::{desk::Desk, seen::Seen};

impl Desk {
    /// Names to the feed what is held, offered or at the broker, with its underlyings, and what is
    /// watched, whenever anything of the desk has changed.
    pub(crate) fn watch(&self, seen: &Seen) {
        let named = self.memory().watched.replace(seen.seq);
        if named != Some(seen.seq) {
            let watched = self.watchlist(seen).into_iter().map(Instrument::Equity);
            let wanted: BTreeSet<_> = wanted(seen).into_iter().chain(watched).collect();
            let wanted: Vec<_> = wanted.into_iter().collect();
            self.ports.market.watch(&wanted);
        }
    }
}

fn wanted(seen: &Seen) -> BTreeSet<Instrument> {
    let traded = |leg: &Leg| leg.instrument;
    let held = seen
        .open_positions()
        .flat_map(|position: &Arc<Position>| position.holdings.iter())
        .map(|held| held.instrument);
    let offered = seen
        .offered()
        .flat_map(|ticket: &Arc<Ticket>| ticket.structure.legs())
        .map(traded);
    let ordered = seen
        .live_orders()
        .flat_map(|order: &Arc<Order>| order.legs.iter())
        .map(traded);
    let named: BTreeSet<_> = held.chain(offered).chain(ordered).collect();
    let underlyings = named.iter().filter_map(Instrument::option);
    let underlyings: Vec<_> = underlyings
        .map(|contract| Instrument::Equity(contract.underlying()))
        .collect();
    named.into_iter().chain(underlyings).collect()
}
