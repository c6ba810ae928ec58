//! Reduce, halt, resume, flatten, and the brakes that work by themselves.

use countersign_domain::{
    calendar,
    event::{Alarm, Fact},
    exit::ExitReason,
    ids::DeskId,
    money::Usd,
    operator::Operator,
    refusal::{Answer, Invalid, Refusal},
    ticket::{TicketEvent, WithdrawReason},
    trading::{BrakeCause, Stop, TradingEvent, TradingState},
};

use super::moved;
use crate::{
    draft::Draft,
    orders::{exit, withdraw},
    press::{Press, Verb, attempt},
    work::{Done, InboxKey, Work},
};

/// What a person asks of the whole desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeskAsk {
    /// Take no new risk.
    Reduce,
    /// Take no entries, cancel working ones.
    Halt,
    /// Trade again.
    Resume,
    /// Halt and close everything.
    Flatten,
}

impl DeskAsk {
    const fn verb(self) -> Verb {
        match self {
            Self::Reduce => Verb::Reduce,
            Self::Halt => Verb::Halt,
            Self::Resume => Verb::Resume,
            Self::Flatten => Verb::Flatten,
        }
    }

    const fn event(self) -> TradingEvent {
        match self {
            Self::Reduce => TradingEvent::Reduce,
            Self::Halt | Self::Flatten => TradingEvent::Halt,
            Self::Resume => TradingEvent::Resume,
        }
    }
}

/// What only the process that decides knows of a stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Around {
    /// Open profit at the last believed marks; `None` where the market is not seen.
    pub(crate) open: Option<Usd>,
    /// What others know the process by.
    pub(crate) instance: String,
}

/// A person asks something of the whole desk.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct AskDesk {
    pub(crate) desk: DeskId,
    pub(crate) press: Press,
    pub(crate) ask: DeskAsk,
    pub(crate) reason: String,
    /// One for each position that may have to be closed.
    pub(crate) exits: Vec<exit::Ingredients>,
    pub(crate) around: Around,
}

impl Work for AskDesk {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn inbox(&self) -> Option<InboxKey> {
        self.press.key.clone()
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        attempt(
            draft,
            &self.press,
            self.ask.verb(),
            "desk",
            |draft, operator| {
                let with = (self.exits.as_slice(), &self.around);
                ask(draft, operator, (self.ask, &self.reason), with)
            },
        )
    }
}

/// Passes for a reason that can be written down.
///
/// # Errors
///
/// [`Invalid::Reason`]
pub(super) fn check_reason(reason: &str) -> Answer<()> {
    let letters = reason.trim().chars().count();
    if (1..=200).contains(&letters) {
        Ok(())
    } else {
        Err(Refusal::Invalid(Invalid::Reason))
    }
}

/// Does what an operator asks of the whole desk, and why.
pub(super) fn ask(
    draft: &mut Draft,
    operator: &Operator,
    (ask, reason): (DeskAsk, &str),
    (exits, around): (&[exit::Ingredients], &Around),
) -> Answer<Done> {
    check_reason(reason)?;
    let loosens = draft.seen().desk.trading.apply(ask.event()) < draft.seen().desk.trading;
    if loosens && operator.role < Verb::Resume.needs() {
        return Err(Refusal::NotPermitted {
            needs: Verb::Resume.needs(),
            has: Some(operator.role),
        });
    }
    let flat = ask == DeskAsk::Flatten;
    stop(draft, ask.event(), (reason.trim(), flat), around);
    if flat {
        flatten(draft, exits);
    }
    Ok(Done::Ok)
}

/// An automatic brake: no new risk until a person resumes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Brake {
    pub(crate) desk: DeskId,
    pub(crate) cause: BrakeCause,
    pub(crate) around: Around,
}

impl Work for Brake {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        if draft.seen().desk.trading != TradingState::Active {
            return Ok(Done::Nothing);
        }
        let event = TradingEvent::Brake(self.cause);
        stop(draft, event, ("", false), &self.around);
        Ok(Done::Ok)
    }
}

/// As [`change`], and where the desk may do less from now on, everybody is told what that means.
pub(crate) fn stop(
    draft: &mut Draft,
    event: TradingEvent,
    (reason, flatten): (&str, bool),
    around: &Around,
) {
    let seen = draft.seen();
    let (from, wanted) = (seen.desk.trading, seen.desk.wanted);
    let entries = seen.live_orders().filter(|order| order.purpose.is_entry());
    let (cancelled, withdrawn) = (counted(entries), counted(seen.offered()));
    change(draft, event, reason);
    let seen = draft.seen();
    let to = seen.desk.trading;
    // A desk that has just started is held back already, and would have traded again.
    let less = to > from || seen.desk.wanted > wanted;
    if !less && !flatten {
        return;
    }
    let today = seen.day.on(calendar::market_date(draft.now()));
    let stop = Stop {
        from,
        to,
        event,
        flatten,
        reason: reason.to_owned(),
        by: draft.actor().clone(),
        taken: today.realised - today.fees,
        open: around.open,
        bound: seen.desk.limits.daily_loss,
        positions: counted(seen.open_positions()),
        cancelled,
        withdrawn,
        instance: around.instance.clone(),
    };
    draft.alarm(Alarm::Stopped(Box::new(stop)));
}

fn counted<T>(all: impl Iterator<Item = T>) -> u32 {
    u32::try_from(all.count()).unwrap_or(u32::MAX)
}

/// Moves the trading state and does what the new one asks for: offered tickets are withdrawn
/// unless it is Active, working entries are cancelled.
pub(crate) fn change(draft: &mut Draft, event: TradingEvent, reason: &str) {
    let mut desk = draft.seen().desk.clone();
    let from = desk.trading;
    let to = from.apply(event);
    desk.trading = to;
    desk.flat_wanted &= !matches!(event, TradingEvent::Reduce | TradingEvent::Resume);
    let by_person = matches!(
        event,
        TradingEvent::Reduce | TradingEvent::Halt | TradingEvent::Resume
    );
    if by_person || matches!(event, TradingEvent::Brake(_)) {
        desk.wanted = to;
    }
    draft.desk(desk);
    draft.note(Fact::TradingChanged {
        from,
        to,
        event,
        reason: reason.to_owned(),
    });
    if to != TradingState::Active && event != TradingEvent::Started {
        withdraw_offers(draft, to);
        let working: Vec<_> = draft
            .seen()
            .live_orders()
            .filter(|order| order.purpose.is_entry())
            .cloned()
            .collect();
        for order in working {
            withdraw(draft, &order);
        }
    }
}

fn withdraw_offers(draft: &mut Draft, state: TradingState) {
    let now = draft.now();
    let offered: Vec<_> = draft.seen().offered().cloned().collect();
    for ticket in offered {
        let reason = WithdrawReason::Trading(state);
        draft.ticket(moved(&ticket, TicketEvent::Withdrawn(reason.clone(), now)));
        draft.note(Fact::TicketWithdrawn {
            ticket: ticket.id,
            reason,
        });
    }
}

/// Everything held is closed: now where the market is open, else with the monitor's first look of
/// the next session; and again by the monitor until nothing is left.
fn flatten(draft: &mut Draft, exits: &[exit::Ingredients]) {
    let mut desk = draft.seen().desk.clone();
    desk.flat_wanted = true;
    draft.desk(desk);
    if !calendar::is_open(draft.now()) {
        return;
    }
    let open: Vec<_> = draft.seen().open_positions().cloned().collect();
    for position in open {
        let mine = exits.iter().find(|one| one.position == position.id);
        let Some(ingredients) = mine.filter(|one| one.knows_its_price()) else {
            continue;
        };
        // One that is closing already goes on as it is.
        let _ = exit::start(draft, &position, ExitReason::Brake, ingredients);
    }
}
