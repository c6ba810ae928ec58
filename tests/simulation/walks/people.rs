//! What people do in a walk.

use countersign_desk::desk::{DeskAsk, Edited, StandingBounds};
use countersign_domain::{
    exit::{ExitPlan, TrailingStop},
    money::{Contracts, Percent, Usd},
    operator::Surface,
    scanning::ScanChange,
    ticket::DeclineReason,
};
use countersign_tests::{
    Button, Offer,
    market::{CALL, acme, call_spread, cents, long_call, option},
    secs,
};
use jiff::Timestamp;
use rand::Rng;

use super::Walk;

/// Those who press; the last is on no list.
const PEOPLE: [&str; 5] = ["ana", "bo", "cy", "dee", "eve"];

impl Walk {
    pub(super) fn offer(&mut self) {
        let chance = &mut self.chance;
        let (bid, ask) = self
            .world
            .market
            .sides_of(option(CALL))
            .unwrap_or((200, 210));
        let spread = chance.random_bool(0.3);
        let limit = if chance.random_bool(0.7) {
            ask
        } else {
            bid.midpoint(ask)
        };
        let limit = if limit >= 300 { limit / 5 * 5 } else { limit };
        let offer = Offer {
            by: PEOPLE[chance.random_range(0..2)].to_owned(),
            structure: if spread { call_spread() } else { long_call() },
            contracts: chance.random_range(1..6),
            limit: cents(if spread { limit * 3 / 5 } else { limit }),
            exit_plan: plan(chance),
        };
        let _ = self.world.propose(offer);
    }

    pub(super) fn press(&mut self) {
        let tickets = self.world.tickets();
        if tickets.is_empty() {
            return;
        }
        let undecided = tickets.iter().position(|ticket| ticket.state.is_offered());
        let about = match undecided {
            Some(undecided) if self.chance.random_bool(0.5) => undecided,
            _ => self.chance.random_range(0..tickets.len().min(3)),
        };
        self.world.turn_to(tickets[about].id);
        let known = if self.chance.random_bool(0.8) {
            2
        } else {
            PEOPLE.len()
        };
        let who = PEOPLE[self.chance.random_range(0..known)];
        let surface = [Surface::Web, Surface::Terminal][self.chance.random_range(0..2)];
        let button = self.button();
        if self.chance.random_bool(0.1) {
            // The same press is delivered twice.
            let press = self.world.hand(surface, who);
            let _ = self.world.deliver(&press, &button);
            let _ = self.world.deliver(&press, &button);
            self.world.pump();
        } else {
            let _ = self.world.press_on(surface, who, button);
        }
    }

    /// Dee changes what is scanned; what she was told to be so is so, whatever crashed meanwhile.
    pub(super) fn scanning(&mut self) {
        let change = scanned(&mut self.chance);
        let button = Button::Scanning(change.clone());
        if self.world.press_on(Surface::Web, "dee", button).is_err() {
            return;
        }
        let (scanning, configured) = (self.world.seen().desk.scanning.clone(), [acme()]);
        let holds = match &change {
            ScanChange::Add(symbol) => scanning.watches(*symbol, &configured),
            ScanChange::Remove(symbol) => !scanning.watches(*symbol, &configured),
            ScanChange::On(strategy) => scanning.is_on(strategy),
            ScanChange::Off(strategy) => !scanning.is_on(strategy),
        };
        assert!(holds, "{change:?} was answered with a yes: {scanning:?}");
    }

    fn button(&mut self) -> Button {
        let now = self.world.now();
        let chance = &mut self.chance;
        match chance.random_range(0..100) {
            0..62 => Button::Confirm,
            62..66 => Button::Decline(DeclineReason::Timing),
            66..70 => Button::Edit(Edited {
                contracts: Some(Contracts(chance.random_range(0..5))),
                limit: None,
            }),
            70..74 => Button::Snooze(now + secs(20)),
            74..79 => Button::Cancel,
            79..86 => Button::Close,
            86..89 => Button::ExitPlan(plan(chance)),
            89..92 => Button::Hold(now + secs(chance.random_range(-5..60))),
            92..93 => Button::Desk(DeskAsk::Reduce, "a walk"),
            93..94 => Button::Desk(DeskAsk::Halt, "a walk"),
            94..95 => Button::Desk(DeskAsk::Flatten, "a walk"),
            95..97 => Button::Sign(bounds(now + secs(chance.random_range(30..300)))),
            _ => Button::Desk(DeskAsk::Resume, "a walk"),
        }
    }
}

/// What is scanned is changed, there and back.
fn scanned(chance: &mut impl Rng) -> ScanChange {
    let strategy = || "trend".to_owned();
    match chance.random_range(0..4) {
        0 => ScanChange::Remove(acme()),
        1 => ScanChange::Add(acme()),
        2 => ScanChange::Off(strategy()),
        _ => ScanChange::On(strategy()),
    }
}

/// A standing approval of whatever is offered, a few times.
fn bounds(until: Timestamp) -> StandingBounds {
    StandingBounds {
        strategy: None,
        underlying: None,
        per_day: 3,
        worst_loss_per_ticket: Usd::from_micros(1_000_000_000),
        worst_loss_per_day: Usd::from_micros(2_000_000_000),
        until,
    }
}

fn plan(chance: &mut impl Rng) -> ExitPlan {
    let mut some = |bound: u32| {
        let percent = Percent(chance.random_range(5..bound));
        chance.random_bool(0.7).then_some(percent)
    };
    ExitPlan {
        profit_target: some(60),
        stop_loss: some(60),
        trail: some(30).map(|arm| TrailingStop {
            arm,
            give_back: arm.min(Percent(10)),
        }),
        time_stop: None,
        days_to_expiry: None,
    }
}
