//! What people press.

use countersign_desk::{
    desk::{DeskAsk, Edited, Idea, OverrideAnswer, OverrideAsk, PositionAsk, StandingBounds},
    press::Press,
    work::{Done, InboxKey},
};
use countersign_domain::{
    exit::ExitPlan,
    ids::{OrderId, OverrideId, PositionId, Revision, StandingId, TicketId},
    limits::LimitCode,
    money::{Contracts, Percent, Price},
    operator::Surface,
    refusal::{Answer, Refusal},
    scanning::ScanChange,
    structure::Structure,
    ticket::DeclineReason,
};
use jiff::Timestamp;
use rust_decimal::Decimal;

use super::World;
use crate::{
    market::{cents, long_call},
    people::identity,
};

/// What a person can press or command.
#[derive(Clone, Debug, PartialEq)]
pub enum Button {
    /// Yes, to the revision that their card shows.
    Confirm,
    /// No.
    Decline(DeclineReason),
    /// Other contracts or another limit.
    Edit(Edited),
    /// Not now.
    Snooze(Timestamp),
    /// Cancel the entry that works.
    Cancel,
    /// Close the position.
    Close,
    /// Close it by another plan.
    ExitPlan(ExitPlan),
    /// Leave its exits alone until then.
    Hold(Timestamp),
    /// Something about the whole desk, and why.
    Desk(DeskAsk, &'static str),
    /// Sign a standing approval.
    Sign(StandingBounds),
    /// Revoke one.
    Revoke(StandingId),
    /// Ask for an override.
    AskOverride(OverrideAsk),
    /// Answer one, or take it back.
    Override(OverrideId, OverrideAnswer),
    /// Set a limit, in the unit of its code.
    SetLimit(LimitCode, Decimal),
    /// Change what is scanned.
    Scanning(ScanChange),
}

/// The ticket that a story offers unless it wants another.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// Who proposes it.
    pub by: String,
    /// What is traded.
    pub structure: Structure,
    /// Units.
    pub contracts: u32,
    /// Net limit per share.
    pub limit: Price,
    /// How it is closed.
    pub exit_plan: ExitPlan,
}

impl Default for Offer {
    /// Bo proposes 3 calls at 2.10, to be closed at half the premium won or lost.
    fn default() -> Self {
        Self {
            by: "bo".to_owned(),
            structure: long_call(),
            contracts: 3,
            limit: cents(210),
            exit_plan: ExitPlan {
                profit_target: Some(Percent(50)),
                stop_loss: Some(Percent(50)),
                trail: None,
                time_stop: None,
                days_to_expiry: None,
            },
        }
    }
}

impl World {
    /// A press by that person, with a key of its own.
    pub fn hand(&mut self, surface: Surface, who: &str) -> Press {
        self.presses += 1;
        Press {
            who: identity(surface, who),
            key: Some(InboxKey {
                source: format!("press.{surface}.{}", self.id),
                id: self.presses.to_string(),
            }),
        }
    }

    /// Bo's usual ticket: see [`Offer::default`].
    pub fn offer(&mut self) -> TicketId {
        let offered = self.propose(Offer::default());
        offered.expect("the usual ticket is offered")
    }

    /// Offers a trader's own ticket, and lets its cards be drawn.
    ///
    /// # Errors
    ///
    /// The refusal; nothing was offered.
    pub fn propose(&mut self, offer: Offer) -> Answer<TicketId> {
        let press = self.hand(Surface::Web, &offer.by);
        let idea = Idea {
            structure: offer.structure,
            contracts: Contracts(offer.contracts),
            limit: offer.limit,
        };
        let plan = offer.exit_plan;
        self.say(&offer.by, "proposes");
        let done = self.act(async |desk| desk.propose(press.clone(), idea.clone(), plan).await);
        self.answered(&done);
        self.pump();
        let ticket = match done? {
            Done::Ticket(ticket, _) => ticket,
            // Delivered twice because the first answer was lost: it stands all the same.
            _ => self.tickets().first().ok_or(Refusal::UnknownTicket)?.id,
        };
        self.tickets.push(ticket);
        Ok(ticket)
    }

    /// A person presses a button of the last ticket's card on the first surface. The press is
    /// delivered again, under the same key, when the process dies over it.
    ///
    /// # Errors
    ///
    /// The refusal.
    pub fn press(&mut self, who: &str, button: Button) -> Answer<Done> {
        let surface = self.chats.first().expect("a surface").at();
        self.press_on(surface, who, button)
    }

    /// As [`World::press`], on that surface.
    ///
    /// # Errors
    ///
    /// The refusal.
    pub fn press_on(&mut self, surface: Surface, who: &str, button: Button) -> Answer<Done> {
        let press = self.hand(surface, who);
        let done = self.deliver(&press, &button);
        self.pump();
        done
    }

    /// Delivers a press, once more with every start; what it decides is not performed yet. The
    /// same press delivered twice has one effect.
    ///
    /// # Errors
    ///
    /// The refusal.
    pub fn deliver(&mut self, press: &Press, button: &Button) -> Answer<Done> {
        let what = format!("presses {}", words(button));
        self.say(&press.who.user, &what);
        let aim = self.aim(press.who.surface);
        let done = self.act(async |desk| {
            let (press, button) = (press.clone(), button.clone());
            aim.press(desk, press, button).await
        });
        self.answered(&done);
        done
    }

    /// The desk asks what is new, and performs what follows.
    pub fn hear(&mut self) {
        let polled = self.act(async |desk| desk.poll_news().await);
        polled.expect("the store answers");
        self.pump();
    }

    /// The desk performs what waits, at once.
    pub fn pump(&mut self) {
        let pumped = self.act(async |desk| desk.pump().await);
        if let Err(error) = pumped {
            self.say("driver", &format!("pump: {error}"));
        }
    }

    fn say(&self, who: &str, what: &str) {
        self.journal.note(self.now(), who, what);
    }

    fn answered(&self, done: &Answer<Done>) {
        if let Err(refusal) = done {
            self.journal.refusal(self.now(), refusal);
        }
    }

    /// What a person on that surface would be talking about: the last ticket, at the revision
    /// that they see, its order and its position.
    fn aim(&self, surface: Surface) -> Aim {
        let ticket = self.tickets.last().copied();
        let chat = self.chats.iter().find(|chat| chat.at() == surface);
        let card = ticket.and_then(|ticket| chat.and_then(|chat| chat.ticket(ticket)));
        Aim {
            ticket: ticket.unwrap_or(TicketId::from_bits(0)),
            revision: card
                .as_ref()
                .map_or(Revision::FIRST, |it| it.ticket.revision),
            order: card
                .as_ref()
                .and_then(|it| it.entry.as_ref().map(|order| order.id)),
            position: card.and_then(|it| it.position.map(|it| it.position.id)),
        }
    }
}

/// What a button is about.
struct Aim {
    ticket: TicketId,
    revision: Revision,
    order: Option<OrderId>,
    position: Option<PositionId>,
}

impl Aim {
    async fn press(
        &self,
        desk: &countersign_desk::Desk,
        press: Press,
        button: Button,
    ) -> Answer<Done> {
        let (ticket, revision) = (self.ticket, self.revision);
        let order = self.order.unwrap_or(OrderId::from_bits(0));
        let position = self.position.unwrap_or(PositionId::from_bits(0));
        match button {
            Button::Confirm => desk.confirm(press, ticket, revision).await,
            Button::Decline(reason) => desk.decline(press, ticket, revision, reason).await,
            Button::Edit(edited) => desk.edit(press, ticket, revision, edited).await,
            Button::Snooze(until) => desk.snooze(press, ticket, until).await,
            Button::Cancel => desk.cancel(press, order).await,
            Button::Close => desk.ask_position(press, position, PositionAsk::Close).await,
            Button::ExitPlan(plan) => {
                let ask = PositionAsk::ExitPlan(plan);
                desk.ask_position(press, position, ask).await
            }
            Button::Hold(until) => {
                let ask = PositionAsk::Hold(until);
                desk.ask_position(press, position, ask).await
            }
            Button::Desk(ask, why) => desk.ask_desk(press, ask, why).await,
            Button::Sign(bounds) => desk.sign_standing(press, bounds, false).await,
            Button::Revoke(id) => desk.revoke_standing(press, id).await,
            Button::AskOverride(ask) => desk.ask_override(press, ask).await,
            Button::Override(id, answer) => desk.answer_override(press, id, answer).await,
            Button::SetLimit(code, value) => desk.set_limit(press, code, value).await,
            Button::Scanning(change) => desk.set_scanning(press, change).await,
        }
    }
}

fn words(button: &Button) -> String {
    match button {
        Button::Confirm => "Confirm".to_owned(),
        Button::Decline(reason) => format!("Decline ({reason:?})"),
        Button::Edit(_) => "Edit".to_owned(),
        Button::Snooze(_) => "Snooze".to_owned(),
        Button::Cancel => "Cancel".to_owned(),
        Button::Close => "Close".to_owned(),
        Button::ExitPlan(_) => "Exit plan".to_owned(),
        Button::Hold(_) => "Hold".to_owned(),
        Button::Desk(ask, _) => format!("{ask:?}"),
        Button::Sign(_) => "Sign".to_owned(),
        Button::Revoke(_) => "Revoke".to_owned(),
        Button::AskOverride(_) => "Ask for an override".to_owned(),
        Button::Override(_, answer) => format!("{answer:?}"),
        Button::SetLimit(code, value) => format!("{} to {value}", code.name()),
        Button::Scanning(change) => format!("{change:?}"),
    }
}
