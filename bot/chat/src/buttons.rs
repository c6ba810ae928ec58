//! What each button does.

use countersign_cards::{Action, Card, Tone, chat, decline_reasons, done, event};
use countersign_desk::{desk::PositionAsk, ports::StoreError, trail};
use countersign_domain::{ids::TicketId, refusal::Refusal, view::View};
use jiff::SignedDuration;

use crate::{
    reply::Reply,
    talk::{Asker, Talk},
};

impl Talk {
    pub(crate) async fn pressed(&self, asker: &Asker, action: Action) -> Reply {
        let (desk, press) = (&self.desk, asker.press());
        let answer = match action {
            Action::Confirm(ticket, revision) => desk.confirm(press, ticket, revision).await,
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
            Action::Revoke(standing) => desk.revoke_standing(press, standing).await,
            Action::Decline(ticket, revision) => {
                let reasons = decline_reasons(ticket, revision, &self.locale);
                return Reply::Choice(chat::decline_why(&self.locale), reasons);
            }
            Action::Why(ticket) | Action::WhyPage(ticket, _) => return self.why(ticket).await,
            Action::Close(position) => return self.ask_close(asker, position).await,
            Action::CloseNow(position, shown, until) => {
                return self.close_now(asker, position, (shown, until)).await;
            }
            Action::Nudge(ticket, revision, nudge) => {
                return self.nudge(asker, ticket, revision, nudge).await;
            }
            Action::HoldFor(position, span) => {
                let until = PositionAsk::Hold(desk.now() + span.span());
                desk.ask_position(press, position, until).await
            }
            Action::Tighten(position, shown) => {
                return self.tighten(asker, position, shown).await;
            }
            Action::Flatten(_, until) => return self.flatten(asker, until).await,
            Action::Leave(_) | Action::Ping(_) => {
                return Reply::told(Tone::Neutral, done(&action, &self.locale));
            }
            // TODO-COMMANDS
            Action::CloseMany(..)
            | Action::Grant(_)
            | Action::Refuse(_)
            | Action::TakeBack(_)
            | Action::Page(..) => return self.refused(&Refusal::NotOurs),
            Action::Edit(..)
            | Action::Hold(_)
            | Action::ExitPlan(_)
            | Action::Halt(_)
            | Action::Reduce(_)
            | Action::Resume(_) => return self.form(action).await,
        };
        self.came_to(&action, answer)
    }

    /// What led to a ticket and what became of it.
    async fn why(&self, ticket: TicketId) -> Reply {
        match self.told_of(ticket).await {
            Ok(Some(card)) => Reply::Cards(vec![card]),
            Ok(None) => self.refused(&Refusal::UnknownTicket),
            Err(error) => self.unread(error),
        }
    }

    async fn told_of(&self, ticket: TicketId) -> Result<Option<Card>, StoreError> {
        let newest = self.desk.seen().await?.seq;
        let Some(view) = self.desk.ticket_view(ticket).await? else {
            return Ok(None);
        };
        let story = self.desk.story(ticket).await?;
        let trail = trail::of(&self.desk, &story, newest, None).await?;
        let mut card = countersign_cards::draw(&View::Ticket(Box::new(view)), &self.locale);
        card.buttons.clear();
        card.countdown = None;
        let lines = trail.events.iter();
        card.notes = lines
            .map(|it| event::line(&it.event, &self.locale))
            .collect();
        Ok(Some(card))
    }
}
