//! What was going on at a kill, as the home folder tells.

use std::{
    collections::BTreeMap,
    fmt::{self, Write as _},
    path::Path,
};

use countersign_domain::order::OrderState;

use super::proof::Kept;

/// What was going on.
#[derive(Default)]
pub(super) struct Scene {
    /// Living entries by state, with contracts executed and ordered.
    entries: Vec<(OrderState, u32, u32)>,
    /// Living exits by state.
    exits: BTreeMap<&'static str, u32>,
    /// Positions that are not closed.
    positions: usize,
    /// Tickets that wait.
    offered: usize,
    /// Orders that the broker may still execute.
    at_broker: usize,
    /// Executions that the broker made and the store has not taken in.
    untold: usize,
}

impl Scene {
    /// Reads a home in which nothing runs.
    pub(super) fn of(home: &Path) -> Self {
        let Some(kept) = Kept::read(home) else {
            return Self::default();
        };
        let mut scene = Self {
            entries: Vec::new(),
            exits: BTreeMap::new(),
            positions: kept.seen.open_positions().count(),
            offered: kept.seen.offered().count(),
            at_broker: kept.open_at_broker.len(),
            untold: kept.untold().len(),
        };
        for order in kept.seen.live_orders() {
            if order.purpose.is_entry() {
                let state = (order.state, order.filled.0, order.quantity.0);
                scene.entries.push(state);
            } else {
                *scene.exits.entry(order.state.name()).or_default() += 1;
            }
        }
        scene
    }

    /// True when an entry that a person had pressed for had not come to its end.
    pub(super) fn is_between(&self) -> bool {
        !self.entries.is_empty()
    }

    /// True when nothing was in flight.
    pub(super) fn is_idle(&self) -> bool {
        self.entries.is_empty() && self.exits.is_empty() && self.positions == 0
    }
}

impl fmt::Display for Scene {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entry = |(state, filled, quantity): &(OrderState, u32, u32)| {
            format!("{} {filled}/{quantity}", state.name())
        };
        let shown: Vec<String> = self.entries.iter().take(3).map(entry).collect();
        let mut entries = shown.join(", ");
        if self.entries.len() > 3 {
            let _ = write!(entries, " and {} more", self.entries.len() - 3);
        }
        if entries.is_empty() {
            entries = format!("none ({} offered)", self.offered);
        }
        let exits: Vec<String> = self
            .exits
            .iter()
            .map(|(state, count)| format!("{count} {state}, "))
            .collect();
        let held = format!("{}{} held", exits.concat(), self.positions);
        write!(
            f,
            "{entries:<44} {held:<26} {} open, {} executions not taken in",
            self.at_broker, self.untold
        )
    }
}
