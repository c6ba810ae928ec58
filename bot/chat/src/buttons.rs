//! What each button does.

use countersign_cards::{
    Action, Tone, button::Asking, chat, command::parse_text, decline_reasons, done,
};
use countersign_desk::{
    audit::AuditOf,
    desk::{OverrideAnswer, PositionAsk},
    work::Done,
};
use countersign_domain::{ids::TicketId, refusal::Refusal};
use jiff::SignedDuration;

use crate::{
    reply::Reply,
    talk::{Asker, Talk},
};

impl Talk {
    pub(crate) async fn pressed(&self, asker: &Asker, action: Action) -> Reply {
        if let Err(why) = self.is_let(asker, &action).await {
            return self.refused(&why);
        }
        match action {
            Action::Decline(ticket, revision) => {
                let reasons = decline_reasons(ticket, revision, &self.locale);
                Reply::Choice(chat::decline_why(&self.locale), reasons)
            }
            Action::Why(ticket) | Action::WhyPage(ticket, _) => self.why(asker, ticket).await,
            Action::Close(position) => self.ask_close(asker, position).await,
            Action::Nudge(ticket, revision, nudge) => {
                self.nudge(asker, ticket, revision, nudge).await
            }
            Action::Leave(_) | Action::Ping(_) | Action::Back(_) => {
                Reply::told(Tone::Neutral, done(&action, &self.locale))
            }
            Action::AuditPage(ticket, number) => {
                let of = AuditOf::Ticket(ticket);
                self.audit_leaf(asker, of, number, false).await
            }
            Action::AuditOf(person, number) => {
                let of = AuditOf::Person(person);
                self.audit_leaf(asker, of, number, false).await
            }
            Action::Picture(ticket) => self.payoff(ticket).await,
            Action::Ask(line) => self.ask_line(asker, &line).await,
            Action::Page(listing, _, number) => self.leaf(asker, listing, number).await,
            Action::Confirm(ticket, revision) => self.confirm(asker, ticket, revision).await,
            Action::Edit(..)
            | Action::Terms(..)
            | Action::Hold(_)
            | Action::ExitPlan(_)
            | Action::Halt(_)
            | Action::Reduce(_)
            | Action::Resume(_) => self.form(action).await,
            decision => self.decided(asker, &decision).await,
        }
    }

    /// What the desk itself decides.
    async fn decided(&self, asker: &Asker, action: &Action) -> Reply {
        let (desk, press) = (&self.desk, asker.press());
        let answer = match *action {
            Action::DeclineFor(ticket, revision, reason) => {
                desk.decline(press, ticket, revision, reason).await
            }
            Action::Snooze(ticket) => {
                // Until it expires: the desk takes the earlier of both.
                let seconds = desk.settings().ticket_seconds;
                let until = desk.now() + SignedDuration::from_secs(seconds.into());
                desk.snooze(press, ticket, until).await
            }
            Action::Cancel(order) => desk.cancel(press, order).await,
            Action::Release(position) => {
                let now = PositionAsk::Hold(desk.now());
                desk.ask_position(press, position, now).await
            }
            Action::Tighten(position, shown) => {
                let nearer = PositionAsk::Tighten(shown);
                desk.ask_position(press, position, nearer).await
            }
            Action::HoldFor(position, span) => {
                let until = PositionAsk::Hold(desk.now() + span.span());
                desk.ask_position(press, position, until).await
            }
            Action::Revoke(standing) => desk.revoke_standing(press, standing).await,
            Action::Second(nonce) => desk.second_press(press, nonce).await,
            Action::Acknowledge(_, number) => match desk.acknowledge(press, number).await {
                Ok(Done::Nothing) => {
                    return Reply::told(Tone::Neutral, chat::answered_already(&self.locale));
                }
                answer => answer,
            },
            Action::Grant(id) => desk.answer_override(press, id, OverrideAnswer::Grant).await,
            Action::Refuse(id) => {
                let answer = OverrideAnswer::Refuse;
                desk.answer_override(press, id, answer).await
            }
            Action::TakeBack(id) => {
                let answer = OverrideAnswer::Revoke;
                desk.answer_override(press, id, answer).await
            }
            _ => return self.refused(&Refusal::NotOurs),
        };
        self.came_to(action, answer)
    }

    /// A command as if it had been written.
    async fn ask_line(&self, asker: &Asker, line: &Asking) -> Reply {
        // Every line that a button can hold is a command.
        match parse_text(&line.typed(), "") {
            Some(read) => Box::pin(self.command(asker, read)).await,
            None => self.refused(&Refusal::NotOurs),
        }
    }

    async fn payoff(&self, ticket: TicketId) -> Reply {
        match self.desk.ticket_view(ticket).await {
            Ok(Some(view)) => Reply::Payoff(Box::new(view)),
            Ok(None) => self.refused(&Refusal::UnknownTicket),
            Err(_) => self.refused(&Refusal::StoreUnavailable),
        }
    }

    /// What led to a ticket and what became of it.
    async fn why(&self, asker: &Asker, ticket: TicketId) -> Reply {
        let told = match self.desk.may_read(asker.press()).await {
            Ok(()) => self.why_card(ticket).await,
            Err(why) => Err(why),
        };
        match told {
            Ok(card) => Reply::Cards(vec![card]),
            Err(why) => self.refused(&why),
        }
    }
}
