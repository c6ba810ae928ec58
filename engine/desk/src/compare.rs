//! Comparing with the broker: what it holds and what it may still execute, against what we think.

use std::collections::BTreeMap;

use countersign_domain::{
    ids::{ClientOrderId, OrderId},
    instrument::Instrument,
    position::Position,
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
    /// Of what the broker holds less than we think, and by how many; with a live order or not.
    missing: Vec<(Instrument, u64)>,
    /// Exits that would close more than the broker holds.
    pub(crate) oversold: Vec<OrderId>,
    /// Orders under our names that the broker may still execute and nobody here waits for.
    pub(crate) strays: Vec<ClientOrderId>,
}

impl Apart {
    pub(crate) fn of(seen: &Seen, held: &[BrokerPosition], open: &[BrokerOrder]) -> Self {
        let all = gaps(seen, held);
        let moving = |gap: &Gap| {
            let mut live = seen.live_orders();
            live.any(|order| {
                order
                    .legs
                    .iter()
                    .any(|leg| leg.instrument == gap.instrument)
            })
        };
        let lacking = |gap: &Gap| {
            let more = gap.broker.saturating_sub(gap.ours);
            let is_less = more.signum() == gap.ours.signum().saturating_neg();
            is_less.then_some((gap.instrument, more.unsigned_abs()))
        };
        Self {
            missing: all.iter().filter_map(lacking).collect(),
            gaps: all.into_iter().filter(|gap| !moving(gap)).collect(),
            oversold: oversold(seen, held),
            strays: strays(seen, open),
        }
    }

    /// What is held of a position by the broker's own word: an exit closes no more than that.
    pub(crate) fn held_of(&self, position: &Position) -> Position {
        let mut held = position.clone();
        for holding in &mut held.holdings {
            let mut missing = self.missing.iter();
            if let Some((_, lacking)) = missing.find(|(of, _)| *of == holding.instrument) {
                let left = holding.quantity.unsigned_abs().saturating_sub(*lacking);
                let left = i64::try_from(left).unwrap_or(i64::MAX);
                holding.quantity = left.saturating_mul(holding.quantity.signum());
            }
        }
        held
    }

    /// True when nothing keeps a start from being a clean one.
    pub(crate) const fn is_in_order(&self) -> bool {
        self.gaps.is_empty() && self.strays.is_empty()
    }

    /// What both say.
    fn and(&self, other: &Self) -> Self {
        Self {
            gaps: common(&self.gaps, &other.gaps),
            missing: common(&self.missing, &other.missing),
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
    /// What the last two saw.
    pub(crate) twice: Apart,
    /// What a person was told of.
    pub(crate) said: Apart,
}

impl Comparison {
    /// Takes a newer one in the place of the last. Answers with what both saw.
    pub(crate) fn renew(&mut self, apart: Apart) -> Apart {
        let twice = apart.and(&self.last);
        self.said = self.said.and(&apart);
        self.last = apart;
        self.twice = twice.clone();
        twice
    }
}

/// Compares what the broker holds with what we think, instrument by instrument. Those with a live
/// order are moving and prove nothing yet.
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
    both.into_iter()
        .filter(|(_, (ours, broker))| ours != broker)
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
