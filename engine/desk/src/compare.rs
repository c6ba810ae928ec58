//! Comparing with the broker: what it holds and what it may still execute, against what we think.

use std::collections::BTreeMap;

use countersign_domain::{
    ids::{ClientOrderId, OrderId},
    instrument::Instrument,
    structure::Leg,
};

use crate::{
    orders::Named,
    ports::{BrokerOrder, BrokerPosition},
    seen::Seen,
};

/// One instrument of which we and the broker hold different amounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Gap {
    pub(crate) instrument: Instrument,
    pub(crate) ours: i64,
    pub(crate) broker: i64,
}

/// Where we and the broker are apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Apart {
    pub(crate) gaps: Vec<Gap>,
    /// Exits that would close more than the broker holds.
    pub(crate) oversold: Vec<OrderId>,
    /// Orders under our names that the broker may still execute and nobody here waits for.
    pub(crate) strays: Vec<ClientOrderId>,
}

impl Apart {
    pub(crate) fn of(seen: &Seen, held: &[BrokerPosition], open: &[BrokerOrder]) -> Self {
        Self {
            gaps: gaps(seen, held),
            oversold: oversold(seen, held),
            strays: strays(seen, open),
        }
    }

    /// True when nothing keeps a start from being a clean one.
    pub(crate) const fn is_in_order(&self) -> bool {
        self.gaps.is_empty() && self.strays.is_empty()
    }

    /// What both say.
    fn and(&self, other: &Self) -> Self {
        Self {
            gaps: common(&self.gaps, &other.gaps),
            oversold: common(&self.oversold, &other.oversold),
            strays: common(&self.strays, &other.strays),
        }
    }
}

fn common<T: Clone + PartialEq>(one: &[T], other: &[T]) -> Vec<T> {
    let both = one.iter().filter(|it| other.contains(it));
    both.cloned().collect()
}

/// What the comparisons so far saw.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Comparison {
    pub(crate) last: Apart,
    /// What a person was told of.
    pub(crate) said: Apart,
}

impl Comparison {
    /// Takes a newer one in the place of the last. Answers with what both saw.
    pub(crate) fn renew(&mut self, apart: Apart) -> Apart {
        let twice = apart.and(&self.last);
        self.said = self.said.and(&apart);
        self.last = apart;
        twice
    }
}

/// Compares what the broker holds with what we think, instrument by instrument. Instruments with
/// a live order are left out: they are moving.
fn gaps(seen: &Seen, broker: &[BrokerPosition]) -> Vec<Gap> {
    let mut both: BTreeMap<Instrument, (i64, i64)> = BTreeMap::new();
    for position in seen.open_positions() {
        for holding in &position.holdings {
            let entry = both.entry(holding.instrument).or_default();
            entry.0 = entry.0.saturating_add(holding.quantity);
        }
    }
    for held in broker {
        both.entry(held.instrument).or_default().1 = held.quantity;
    }
    let moving = |instrument: &Instrument| {
        seen.live_orders()
            .any(|order| order.legs.iter().any(|leg| leg.instrument == *instrument))
    };
    both.into_iter()
        .filter(|(instrument, (ours, broker))| ours != broker && !moving(instrument))
        .map(|(instrument, (ours, broker))| Gap {
            instrument,
            ours,
            broker,
        })
        .collect()
}

/// Exits that would close more than the broker holds: somebody traded by hand, or the broker has
/// executed what it has not told yet.
fn oversold(seen: &Seen, broker: &[BrokerPosition]) -> Vec<OrderId> {
    let exits = || seen.live_orders().filter(|order| !order.purpose.is_entry());
    let closing = |instrument: Instrument| -> i64 {
        exits()
            .flat_map(|order| {
                let units = order.remaining().count();
                let legs = order.legs.iter();
                legs.filter(move |leg| leg.instrument == instrument)
                    .map(move |leg| leg.signed(units))
            })
            .fold(0, i64::saturating_add)
    };
    let too_much = |leg: &Leg| {
        let mut held = broker.iter();
        let held = held.find(|held| held.instrument == leg.instrument);
        let held = held.map_or(0, |held| held.quantity);
        let after = held.saturating_add(closing(leg.instrument));
        after != 0 && after.signum() != held.signum()
    };
    exits()
        .filter(|order| order.legs.iter().any(too_much))
        .map(|order| order.id)
        .collect()
}

/// Orders that arrived after they were given up, or twice. Names that are not ours are somebody
/// else's business.
fn strays(seen: &Seen, open: &[BrokerOrder]) -> Vec<ClientOrderId> {
    let is_waited_for = |id: &ClientOrderId| {
        seen.live_orders().any(|order| {
            let next = order.next.map(|next| order.client_order_id_of(next.number));
            order.client_order_id() == *id || next.as_ref() == Some(id)
        })
    };
    open.iter()
        .map(|order| &order.client_order_id)
        .filter(|id| Named::parse(id).is_some() && !is_waited_for(id))
        .cloned()
        .collect()
}
