//! What a replay wrote down: its events, and sums over them that are made here anew.

use std::collections::{BTreeMap, BTreeSet};

use countersign_desk::ports::StoredEvent;
use countersign_domain::{
    event::Fact,
    execution::Execution,
    exit::ExitReason,
    ids::{OrderId, PositionId},
    instrument::Instrument,
    money::Price,
    position::ClosedBy,
    structure::Side,
};
use jiff::{SignedDuration, Timestamp};
use rust_decimal::Decimal;

/// The events of a day, in their order.
#[derive(Clone)]
pub(crate) struct Tale {
    pub(crate) events: Vec<StoredEvent>,
}

/// Dollars that an execution brought in, before fees.
pub(crate) fn cash(execution: &Execution) -> Decimal {
    let shares = match execution.instrument {
        Instrument::Option(_) => Decimal::from(100 * execution.quantity),
        Instrument::Equity(_) => Decimal::from(execution.quantity),
    };
    let amount = shares * execution.price.decimal();
    match execution.side {
        Side::Buy => -amount,
        Side::Sell => amount,
    }
}

impl Tale {
    /// Reads one JSON object a line.
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let text = std::str::from_utf8(bytes).expect("text");
        let events = text.lines().map(|line| {
            serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))
        });
        Self {
            events: events.collect(),
        }
    }

    /// What happened, and when.
    pub(crate) fn facts(&self) -> impl Iterator<Item = (Timestamp, &Fact)> {
        self.events
            .iter()
            .map(|row| (row.event.at, &row.event.fact))
    }

    /// Everything that the broker executed.
    pub(crate) fn executions(&self) -> impl Iterator<Item = &Execution> {
        self.facts().filter_map(|(_, fact)| match fact {
            Fact::Executed(execution) => Some(execution),
            _ => None,
        })
    }

    /// The limit that stood when each order was executed: of the newest attempt told before, and
    /// the bound that no attempt may pass.
    pub(crate) fn limits_at_executions(&self) -> Vec<(OrderId, Timestamp, Price, Price)> {
        let mut limits: BTreeMap<OrderId, (Price, Price)> = BTreeMap::new();
        let mut found = Vec::new();
        for (_, fact) in self.facts() {
            match fact {
                Fact::OrderSubmitted(order) => {
                    limits.insert(order.id, (order.limit, order.bound));
                }
                Fact::OrderMoved { order, limit, .. } => {
                    if let Some(known) = limits.get_mut(order) {
                        known.0 = *limit;
                    }
                }
                Fact::Executed(execution) => {
                    let order = execution.order.expect("an order of ours");
                    let (limit, bound) = limits[&order];
                    found.push((order, execution.at, limit, bound));
                }
                _ => {}
            }
        }
        found.sort_by_key(|(order, at, ..)| (*order, *at));
        found.dedup();
        found
    }

    /// Cash of all executions, before fees.
    pub(crate) fn cash(&self) -> Decimal {
        self.executions().map(cash).sum()
    }

    /// Fees of all executions.
    pub(crate) fn fees(&self) -> Decimal {
        self.executions()
            .map(|execution| execution.fee.decimal())
            .sum()
    }

    /// Positions opened.
    pub(crate) fn opened(&self) -> usize {
        let opened = |(_, fact): &(Timestamp, &Fact)| matches!(fact, Fact::PositionOpened { .. });
        self.facts().filter(opened).count()
    }

    /// Positions that were never closed.
    pub(crate) fn open(&self) -> usize {
        let mut open: BTreeSet<PositionId> = BTreeSet::new();
        for (_, fact) in self.facts() {
            match fact {
                Fact::PositionOpened { position, .. } => {
                    open.insert(*position);
                }
                Fact::PositionClosed { position, .. } => {
                    open.remove(position);
                }
                _ => {}
            }
        }
        open.len()
    }

    /// Positions closed by a rule of their exit plan.
    pub(crate) fn closed_by_a_rule(&self) -> usize {
        let by_rule = |(_, fact): &(Timestamp, &Fact)| {
            let Fact::PositionClosed {
                by: ClosedBy::Exit(reason),
                ..
            } = fact
            else {
                return false;
            };
            !matches!(reason, ExitReason::Human | ExitReason::Brake)
        };
        self.facts().filter(by_rule).count()
    }

    /// In a line.
    pub(crate) fn sum(&self) -> String {
        format!(
            "{} events, {} executions, {} positions, {} closed by a rule, P&L {}",
            self.events.len(),
            self.executions().count(),
            self.opened(),
            self.closed_by_a_rule(),
            self.cash() - self.fees()
        )
    }

    /// Copies with one thing made wrong each, and what it is.
    pub(crate) fn spoilt(&self) -> Vec<(&'static str, Self)> {
        let mut all = Vec::new();
        if self.executions().next().is_some() {
            let dollar = Price::from_whole(9);
            all.push((
                "a price outside its quote",
                self.with_first(|one| match one.side {
                    Side::Buy => one.price += dollar,
                    Side::Sell => one.price = one.price - dollar,
                }),
            ));
            all.push((
                "more than the quote's size",
                self.with_first(|one| one.quantity += 100_000),
            ));
            all.push((
                "a cent that nobody paid",
                self.with_first(|one| one.price += Price::from_ten_thousandths(100)),
            ));
        }
        if let Some(spoilt) = self.with_a_quote_of_the_future() {
            all.push(("a quote of the future", spoilt));
        }
        if let Some(spoilt) = self.without_a_veto() {
            all.push(("a signal that vanished", spoilt));
        }
        all
    }

    fn with_first(&self, change: impl FnOnce(&mut Execution)) -> Self {
        let mut spoilt = self.clone();
        let first = spoilt
            .events
            .iter_mut()
            .find_map(|row| match &mut row.event.fact {
                Fact::Executed(execution) => Some(execution),
                _ => None,
            });
        change(first.expect("an execution"));
        spoilt
    }

    fn with_a_quote_of_the_future(&self) -> Option<Self> {
        let mut spoilt = self.clone();
        let leg = spoilt
            .events
            .iter_mut()
            .find_map(|row| match &mut row.event.fact {
                Fact::TicketOffered(ticket) => ticket.quote.legs.first_mut(),
                _ => None,
            })?;
        leg.at += SignedDuration::from_mins(1);
        Some(spoilt)
    }

    fn without_a_veto(&self) -> Option<Self> {
        let mut spoilt = self.clone();
        let place = spoilt
            .events
            .iter()
            .position(|row| matches!(row.event.fact, Fact::SignalVetoed { .. }))?;
        spoilt.events.remove(place);
        Some(spoilt)
    }
}
