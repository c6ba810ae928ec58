//! The audit log: what happened lately, today, around a ticket, or by somebody.

use countersign_cards::{Action, Card, Listing, answer, card::page, chat, command::Audited};
use countersign_desk::{audit::AuditOf, press::Verb};
use countersign_domain::refusal::Refusal;

use super::{ROWS, Told, reads::unread};
use crate::{
    reply::Reply,
    talk::{Asker, Talk},
};

impl Talk {
    pub(super) async fn about_audit(&self, asker: &Asker, audited: Audited) -> Told {
        let of = match audited {
            Audited::Newest => AuditOf::Newest,
            Audited::Today => AuditOf::Today,
            Audited::About(text) => {
                self.desk.may_ask(asker.press(), Verb::Audit).await?;
                self.audit_of(&text).await?
            }
        };
        Ok(self.audit_leaf(asker, of, 1, true).await)
    }

    /// What is meant: a person by name, or else something by its id.
    async fn audit_of(&self, text: &str) -> Result<AuditOf, Refusal> {
        if let Ok(person) = self.person(text).await {
            return Ok(AuditOf::Person(person));
        }
        let wanted = text.parse().map_err(|_| Refusal::UnknownSubject)?;
        if let Ok(ticket) = self.ticket(&wanted).await {
            return Ok(AuditOf::Ticket(ticket));
        }
        let behind = self.desk.ticket_behind(|id| wanted.matches(id)).await;
        let ticket = behind.map_err(unread)?.ok_or(Refusal::UnknownSubject)?;
        Ok(AuditOf::Ticket(ticket))
    }

    pub(super) async fn audit_card(
        &self,
        asker: &Asker,
        of: AuditOf,
        checked: bool,
    ) -> Result<Card, Refusal> {
        let view = self.desk.audit(asker.press(), of, checked).await?;
        Ok(answer::audit(&view, &self.locale))
    }

    /// One page, with buttons to the others.
    pub(crate) async fn audit_leaf(
        &self,
        asker: &Asker,
        of: AuditOf,
        number: u32,
        checked: bool,
    ) -> Reply {
        let card = match self.audit_card(asker, of, checked).await {
            Ok(card) => card,
            Err(why) => return self.refused(&why),
        };
        let desk = self.desk.id();
        let to = |number: u32| match of {
            AuditOf::Newest => Action::Page(Listing::Audit, desk, number),
            AuditOf::Today => Action::Page(Listing::AuditToday, desk, number),
            AuditOf::Ticket(ticket) => Action::AuditPage(ticket, number),
            AuditOf::Person(person) => Action::AuditOf(person, number),
        };
        let (mut part, at) = page(&card, ROWS, number);
        part.buttons.extend(chat::leaves_to(to, at, &self.locale));
        Reply::Cards(vec![part])
    }
}
