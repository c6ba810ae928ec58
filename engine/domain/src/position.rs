//! Positions: what we hold, per leg, derived from executions alone.

use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    execution::Execution,
    exit::{ExitPlan, ExitReason},
    ids::{DeskId, OperatorId, OrderId, PositionId, TicketId},
    instrument::{Instrument, Symbol},
    money::{Contracts, Price, Usd},
    structure::Structure,
    transition::InvalidTransition,
};

/// How a position came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClosedBy {
    /// Our exit was filled.
    Exit(ExitReason),
    /// Its contracts expired worthless or were settled in cash.
    Expired,
    /// A short leg was assigned.
    Assigned,
    /// A long leg was exercised.
    Exercised,
    /// Somebody closed it at the broker.
    Outside,
}

/// Where a position stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PositionState {
    /// Held, exits armed.
    Open,
    /// An exit is on its way.
    Closing {
        /// Why.
        reason: ExitReason,
        /// The exit order.
        order: OrderId,
    },
    /// Nothing is held and no order of it lives.
    Closed {
        /// How.
        by: ClosedBy,
        /// When.
        at: Timestamp,
    },
    /// The legs no longer make up whole units: a person has to look.
    Broken,
}

/// What happens to a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PositionEvent {
    /// An exit was decided.
    ExitDecided {
        /// Why.
        reason: ExitReason,
        /// The exit order.
        order: OrderId,
    },
    /// The exit ended with something still held.
    ExitEnded,
    /// Nothing is held any more and no order of it lives.
    Emptied {
        /// How.
        by: ClosedBy,
        /// When.
        at: Timestamp,
    },
    /// A late execution: something is held again.
    HeldAgain,
    /// The legs make up no whole units and no order of it lives: while one does, its legs fill one
    /// by one, and to forget it would let a second exit go out.
    LegsDiverged,
    /// The legs make up whole units again.
    LegsMended,
}

impl PositionState {
    /// Applies one event. The whole state machine is this one table.
    ///
    /// # Errors
    ///
    /// [`InvalidTransition`] when the pair is not in the table.
    #[rustfmt::skip]
    pub fn apply(self, event: PositionEvent) -> Result<Self, InvalidTransition> {
        use PositionEvent as E;
        use PositionState as S;
        let next = match (self, event) {
            (S::Open | S::Broken,       E::ExitDecided { reason, order }) => S::Closing { reason, order },
            (S::Closing { .. },         E::ExitEnded)               => S::Open,
            (S::Open,                   E::ExitEnded)               => S::Open,
            (S::Broken,                 E::ExitEnded)               => S::Broken,
            (S::Open | S::Closing { .. } | S::Broken, E::Emptied { by, at }) => S::Closed { by, at },
            (S::Closed { .. },          E::HeldAgain)               => S::Open,
            (S::Open | S::Closing { .. } | S::Broken, E::LegsDiverged) => S::Broken,
            (S::Broken,                 E::LegsMended)              => S::Open,
            (state, event) => return Err(InvalidTransition::of(&state, &event)),
        };
        Ok(next)
    }

    /// True once nothing is held and no order lives.
    pub const fn is_closed(self) -> bool {
        matches!(self, Self::Closed { .. })
    }

    /// The word for it in stored rows.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closing { .. } => "closing",
            Self::Closed { .. } => "closed",
            Self::Broken => "broken",
        }
    }
}

/// What is held of one instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holding {
    /// What.
    pub instrument: Instrument,
    /// How many; negative is short.
    pub quantity: i64,
    /// Dollars paid for what is held, exact, fees not counted; negative when received.
    pub cost: Usd,
    /// Average price per share of what is held, to a micro-dollar; zero when nothing is.
    pub average: Price,
    /// Profit taken so far, before fees.
    pub realised: Usd,
}

impl Holding {
    /// Nothing held yet.
    pub const fn of(instrument: Instrument) -> Self {
        Self {
            instrument,
            quantity: 0,
            cost: Usd::ZERO,
            average: Price::ZERO,
            realised: Usd::ZERO,
        }
    }

    /// Books one execution by average cost: adding moves the average, reducing realises, going
    /// through zero does both.
    ///
    /// No cent is lost to rounding: profit taken less the cost of what is held is always exactly
    /// the cash that came in.
    pub fn book(&mut self, execution: &Execution) {
        let change = execution.signed();
        if change == 0 {
            return;
        }
        let reduces = self.quantity != 0 && (self.quantity > 0) != (change > 0);
        let closed = if reduces {
            let most = self.quantity.unsigned_abs().min(change.unsigned_abs());
            i64::try_from(most)
                .unwrap_or(i64::MAX)
                .saturating_mul(change.signum())
        } else {
            0
        };
        self.reduce(closed, execution.price);
        self.add(change.saturating_sub(closed), execution.price);
        self.average = self.mean();
    }

    /// Takes `closed` instruments (signed as the trade) out of what is held.
    fn reduce(&mut self, closed: i64, price: Price) {
        let left = self.quantity.saturating_add(closed);
        let kept = Decimal::from(left)
            .checked_div(Decimal::from(self.quantity))
            .map_or(Usd::ZERO, |share| self.cost.scaled(share));
        let shares = closed.saturating_mul(self.instrument.multiplier());
        self.realised += kept - self.cost - price.dollars(shares);
        self.cost = kept;
        self.quantity = left;
    }

    fn add(&mut self, change: i64, price: Price) {
        let shares = change.saturating_mul(self.instrument.multiplier());
        self.cost += price.dollars(shares);
        self.quantity = self.quantity.saturating_add(change);
    }

    fn mean(&self) -> Price {
        let shares = self.quantity.saturating_mul(self.instrument.multiplier());
        self.cost
            .decimal()
            .checked_div(Decimal::from(shares))
            .and_then(|mean| Price::try_from(mean.round_dp(6)).ok())
            .unwrap_or_default()
    }

    /// Dollars that closing at `price` per share would bring: negative for a short.
    pub fn value(&self, price: Price) -> Usd {
        let shares = self.quantity.saturating_mul(self.instrument.multiplier());
        price.dollars(shares)
    }
}

/// A person's order to leave a position's automatic exits alone for a while.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// Who.
    pub by: OperatorId,
    /// Their name at that time.
    pub name: String,
    /// Until when.
    pub until: Timestamp,
}

/// What we hold because of one ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// Its id.
    pub id: PositionId,
    /// Whose it is.
    pub desk: DeskId,
    /// The ticket behind it.
    pub ticket: TicketId,
    /// The entry order behind it.
    pub entry: OrderId,
    /// What moves it.
    pub underlying: Symbol,
    /// What it is.
    pub structure: Structure,
    /// What is held of each leg, in the structure's order; instruments from an assignment follow.
    pub holdings: Vec<Holding>,
    /// Fees paid so far.
    pub fees: Usd,
    /// Units entered so far: the least leg's quantity over its ratio.
    pub entered: Contracts,
    /// Net price per share of the entry, averaged over its executions; debit positive.
    pub entry_net: Price,
    /// How it is closed.
    pub exit_plan: ExitPlan,
    /// Exit attempts so far: the number of the last exit name that was used.
    pub exit_attempts: u32,
    /// Whether a person holds its exits.
    pub hold: Option<Hold>,
    /// True from a person's close on: an exit that ends before everything is closed is followed by
    /// another one.
    #[serde(default)]
    pub close_wanted: bool,
    /// Worst loss that it was confirmed with, per unit.
    pub worst_loss_per_unit: Usd,
    /// Where it stands.
    pub state: PositionState,
    /// When the first execution came.
    pub opened_at: Timestamp,
}

impl Position {
    /// Books executions of this position anew, from nothing, each once: all totals derive from
    /// them, the entry's from those of the entry order.
    pub fn rebuild<'a>(&mut self, executions: impl IntoIterator<Item = &'a Execution>) {
        let mut entry: Vec<Holding> = Vec::new();
        for holding in &mut self.holdings {
            *holding = Holding::of(holding.instrument);
        }
        self.fees = Usd::ZERO;
        for execution in executions {
            self.fees += execution.cost();
            book(&mut self.holdings, execution);
            if execution.order == Some(self.entry) {
                book(&mut entry, execution);
            }
        }
        self.book_entry(&entry);
    }

    /// Takes over what the entry order alone bought and sold.
    fn book_entry(&mut self, entry: &[Holding]) {
        let mut entered = i64::MAX;
        let mut net = Price::ZERO;
        for leg in self.structure.legs() {
            let held = entry.iter().find(|it| it.instrument == leg.instrument);
            let units = held.and_then(|it| it.quantity.checked_div(leg.signed(1)));
            entered = entered.min(units.unwrap_or(0).max(0));
            net += held.map_or(Price::ZERO, |it| it.average.times(leg.signed(1)));
        }
        self.entered = Contracts(u32::try_from(entered).unwrap_or(0));
        self.entry_net = net;
    }

    /// True when nothing is held.
    pub fn is_flat(&self) -> bool {
        self.holdings.iter().all(|holding| holding.quantity == 0)
    }

    /// Whole units held: how many of the structure could be closed. `None` when the legs have
    /// diverged, or something is held that is no leg (shares from an assignment).
    pub fn units(&self) -> Option<Contracts> {
        let legs = self.structure.legs();
        let strange = self.holdings.iter().any(|held| {
            held.quantity != 0 && legs.iter().all(|leg| leg.instrument != held.instrument)
        });
        if strange {
            return None;
        }
        let mut units = None;
        for leg in legs {
            let quantity = self
                .holdings
                .iter()
                .find(|held| held.instrument == leg.instrument)
                .map_or(0, |held| held.quantity);
            let per_unit = leg.signed(1);
            let count = quantity.checked_div(per_unit)?;
            let whole = quantity.checked_rem(per_unit)? == 0;
            if !whole || units.is_some_and(|known| known != count) {
                return None;
            }
            units = Some(count);
        }
        // Legs that are held the wrong way round make no units.
        units
            .and_then(|count| u32::try_from(count).ok())
            .map(Contracts)
    }

    /// Profit taken, before fees.
    pub fn realised(&self) -> Usd {
        self.holdings.iter().map(|holding| holding.realised).sum()
    }

    /// Dollars paid or received at entry without sign: what the exit plan's percentages are of.
    pub fn premium(&self) -> Usd {
        let shares = self
            .structure
            .multiplier()
            .saturating_mul(self.entered.count());
        self.entry_net.abs().dollars(shares)
    }

    /// The most that the units held now can still lose, by the confirmed worst loss; of all units
    /// entered when the legs have diverged, which then is a figure and no bound.
    pub fn at_stake(&self) -> Usd {
        let units = self.units().unwrap_or(self.entered);
        self.worst_loss_per_unit.times(units.count())
    }

    /// Open profit at these prices per share, one for each holding: before fees.
    pub fn unrealised(&self, prices: &[Price]) -> Usd {
        let open = |(holding, price): (&Holding, &Price)| holding.value(*price) - holding.cost;
        self.holdings.iter().zip(prices).map(open).sum()
    }
}

/// Books an execution into the holding that it belongs to, or into a new one.
fn book(holdings: &mut Vec<Holding>, execution: &Execution) {
    let known = holdings
        .iter_mut()
        .find(|held| held.instrument == execution.instrument);
    if let Some(holding) = known {
        holding.book(execution);
        return;
    }
    let mut holding = Holding::of(execution.instrument);
    holding.book(execution);
    holdings.push(holding);
}
