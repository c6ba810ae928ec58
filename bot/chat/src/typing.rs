//! Typing: a yes to a ticket that could lose much comes with its number of contracts.

use countersign_cards::Action;
use countersign_desk::press::Verb;
use countersign_domain::{
    ids::{Revision, TicketId},
    money::Contracts,
    refusal::{Invalid, Refusal},
};

use crate::{
    reply::Reply,
    talk::{Asker, Talk},
};

impl Talk {
    /// Says yes, or asks for the number of contracts first where a yes needs it.
    pub(crate) async fn confirm(
        &self,
        asker: &Asker,
        ticket: TicketId,
        revision: Revision,
    ) -> Reply {
        let action = Action::Confirm(ticket, revision);
        if self.asks_to_type(ticket, revision).await {
            return match self.desk.may_ask(asker.press(), Verb::Confirm).await {
                Ok(()) => self.form(action).await,
                Err(why) => self.refused(&why),
            };
        }
        let answer = self.desk.confirm(asker.press(), ticket, revision).await;
        self.came_to(&action, answer)
    }

    /// By what the desk has in memory: a form has to be the first answer to a press. What could not
    /// be confirmed in any case, the desk refuses at once.
    async fn asks_to_type(&self, ticket: TicketId, revision: Revision) -> bool {
        let settings = self.desk.settings();
        if settings.typed_above.is_none() {
            return false;
        }
        let Ok(seen) = self.desk.seen().await else {
            return false;
        };
        seen.tickets.get(&ticket).is_some_and(|it| {
            let stands = it.state.is_offered() && it.revision == revision;
            stands && self.desk.now() < it.expires_at && settings.asks_to_type(it.terms.worst_loss)
        })
    }

    /// Says yes with what somebody typed. What is no number is no yes.
    pub(crate) async fn confirm_typed(
        &self,
        asker: &Asker,
        (ticket, revision): (TicketId, Revision),
        typed: Option<Contracts>,
    ) -> Reply {
        let press = asker.press();
        let answer = match typed {
            Some(_) => {
                let desk = &self.desk;
                desk.confirm_typed(press, ticket, revision, typed).await
            }
            None => match self.desk.may_ask(press, Verb::Confirm).await {
                Ok(()) => Err(Refusal::Invalid(Invalid::Contracts)),
                Err(why) => Err(why),
            },
        };
        self.came_to(&Action::Confirm(ticket, revision), answer)
    }
}
