//! What people and sweeps ask of a desk: its verbs, one public method each.

use std::sync::Arc;

use countersign_domain::{
    exit::ExitPlan,
    ids::{OrderId, PositionId, Revision, StandingId, TicketId},
    money::Contracts,
    refusal::{Answer, Refusal},
    ticket::DeclineReason,
};
use jiff::{SignedDuration, Timestamp};

use super::{Desk, DeskAsk, Edited, Idea, PositionAsk, StandingBounds};
use crate::{
    limits::EntryIds,
    ports::StoreError,
    press::{Press, Verb},
    seen::Seen,
    verbs::{
        confirm::{By, Confirm},
        decline::{Decline, ExpireDue, Snooze},
        edit::Edit,
        exits::{AskPosition, CancelOrder},
        offer::Propose,
        standing::{RevokeStanding, SignStanding},
        trading::AskDesk,
    },
    work::Done,
};

impl Desk {
    /// Says yes to a ticket at exactly that revision.
    ///
    /// # Errors
    ///
    /// A [`Refusal`]; no order was written, save that [`Refusal::Repriced`] made a new revision.
    pub async fn confirm(
        &self,
        press: Press,
        ticket: TicketId,
        revision: Revision,
    ) -> Answer<Done> {
        self.confirm_typed(press, ticket, revision, None).await
    }

    /// As [`Desk::confirm`], with the number of contracts that the person typed: a ticket that could
    /// lose more than the settings' `typed_above` is confirmed only with its own.
    ///
    /// # Errors
    ///
    /// As [`Desk::confirm`]; [`Refusal::TypeToConfirm`] where the number is missing or another one.
    pub async fn confirm_typed(
        &self,
        press: Press,
        ticket: TicketId,
        revision: Revision,
        typed: Option<Contracts>,
    ) -> Answer<Done> {
        let seen = self.seen_or_refuse().await?;
        let mut work = self.confirmation(&seen, By::Press(press), ticket, revision);
        work.typed = typed;
        self.verb(work).await
    }

    fn confirmation(&self, seen: &Seen, by: By, ticket: TicketId, revision: Revision) -> Confirm {
        let legs = seen
            .tickets
            .get(&ticket)
            .map(|ticket| ticket.structure.legs().to_vec());
        let monotonic = self.ports.clock.read().monotonic;
        let overdue = self
            .memory()
            .deadlines
            .get(&ticket)
            .is_some_and(|end| monotonic >= *end);
        Confirm {
            desk: self.id,
            by,
            ticket,
            revision,
            market: self.market_now(seen, &legs.unwrap_or_default()),
            ids: EntryIds {
                order: self.order_id(),
                position: self.position_id(),
            },
            walk: self.settings.entry_walk,
            second_person_above: self.settings.second_person_above,
            typed_above: self.settings.typed_above,
            typed: None,
            overdue,
            fee: self.fee(),
            rules: self.ports.news.rules.clone(),
        }
    }

    /// Confirms what standing approvals cover. Answers with the tickets that were confirmed.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; ask again.
    pub async fn confirm_standing(&self) -> Result<Vec<TicketId>, StoreError> {
        let seen = self.seen().await?;
        let mut confirmed = Vec::new();
        for ticket in seen.offered() {
            let today = countersign_domain::calendar::market_date(self.now());
            let covering = seen.standing.values().find(|standing| {
                standing.is_live(self.now())
                    && standing.covers(
                        &ticket.strategy,
                        ticket.underlying,
                        ticket.terms.worst_loss,
                        today,
                    )
            });
            let Some(standing) = covering else {
                continue;
            };
            let by = By::Standing(standing.id);
            let work = self.confirmation(&seen, by, ticket.id, ticket.revision);
            if self.run(work).await?.answer.is_ok() {
                confirmed.push(ticket.id);
            }
        }
        Ok(confirmed)
    }

    /// Says no to a ticket.
    ///
    /// # Errors
    ///
    /// A [`Refusal`]; the ticket is as it was.
    pub async fn decline(
        &self,
        press: Press,
        ticket: TicketId,
        revision: Revision,
        reason: DeclineReason,
    ) -> Answer<Done> {
        self.verb(Decline {
            desk: self.id,
            press,
            ticket,
            revision,
            reason,
        })
        .await
    }

    /// Changes contracts or limit of a ticket, as a new revision.
    ///
    /// # Errors
    ///
    /// A [`Refusal`]; the ticket is as it was.
    pub async fn edit(
        &self,
        press: Press,
        ticket: TicketId,
        revision: Revision,
        edited: Edited,
    ) -> Answer<Done> {
        let seen = self.seen_or_refuse().await?;
        let legs = seen
            .tickets
            .get(&ticket)
            .map(|ticket| ticket.structure.legs().to_vec());
        let market = self.market_now(&seen, &legs.unwrap_or_default());
        let fee = self.fee();
        self.verb(Edit {
            desk: self.id,
            press,
            ticket,
            revision,
            edited,
            market,
            fee,
        })
        .await
    }

    /// Puts a ticket aside for the person who asks.
    ///
    /// # Errors
    ///
    /// A [`Refusal`]; the ticket is as it was.
    pub async fn snooze(&self, press: Press, ticket: TicketId, until: Timestamp) -> Answer<Done> {
        self.verb(Snooze {
            desk: self.id,
            press,
            ticket,
            until,
        })
        .await
    }

    /// Offers a trader's own ticket.
    ///
    /// # Errors
    ///
    /// A [`Refusal`]; nothing was offered.
    pub async fn propose(&self, press: Press, idea: Idea, exit_plan: ExitPlan) -> Answer<Done> {
        let seen = self.seen_or_refuse().await?;
        let market = self.market_now(&seen, idea.structure.legs());
        let work = Propose {
            desk: self.id,
            press,
            idea,
            exit_plan,
            ticket: self.ticket_id(),
            life: self.life(),
            market,
            fee: self.fee(),
            rules: self.ports.news.rules.clone(),
        };
        let done = self.verb(work).await?;
        self.remember_deadline(done);
        Ok(done)
    }

    pub(crate) fn ticket_life(&self) -> SignedDuration {
        SignedDuration::from_secs(i64::from(self.settings.ticket_seconds))
    }

    pub(crate) fn life(&self) -> crate::verbs::offer::Life {
        crate::verbs::offer::Life {
            lasting: self.ticket_life(),
            close_before_end: self.ports.broker.capabilities().close_before_end,
            quiet: SignedDuration::from_mins(i64::from(self.settings.quiet_minutes)),
        }
    }

    pub(crate) fn remember_deadline(&self, done: Done) {
        if let Done::Ticket(ticket, _) = done {
            let end = self
                .ports
                .clock
                .read()
                .monotonic
                .saturating_add(self.ticket_life());
            self.memory().deadlines.insert(ticket, end);
        }
    }

    /// Cancels a working entry.
    ///
    /// # Errors
    ///
    /// A [`Refusal`]; the order is as it was.
    pub async fn cancel(&self, press: Press, order: OrderId) -> Answer<Done> {
        self.verb(CancelOrder {
            desk: self.id,
            press,
            order,
        })
        .await
    }

    /// Closes a position, changes its exit plan, or holds its exits.
    ///
    /// # Errors
    ///
    /// A [`Refusal`]; the position is as it was.
    pub async fn ask_position(
        &self,
        press: Press,
        position: PositionId,
        ask: PositionAsk,
    ) -> Answer<Done> {
        let Ok(seen) = self.seen().await else {
            return self.without_store(&press, position, ask).await;
        };
        let exit = seen
            .positions
            .get(&position)
            .map(|known| self.ingredients(known));
        let longest_hold = SignedDuration::from_mins(i64::from(self.settings.hold_minutes));
        let asked = self.verb(AskPosition {
            desk: self.id,
            press: press.clone(),
            position,
            ask,
            exit,
            longest_hold,
        });
        match asked.await {
            Err(Refusal::StoreUnavailable) => self.without_store(&press, position, ask).await,
            answer => answer,
        }
    }

    /// What can be done for a position while nothing can be written: it can be closed.
    async fn without_store(
        &self,
        press: &Press,
        position: PositionId,
        ask: PositionAsk,
    ) -> Answer<Done> {
        if ask != PositionAsk::Close {
            return Err(Refusal::StoreUnavailable);
        }
        self.close_without_store(press, Verb::Close, |one| one.id == position)
            .await
    }

    /// Reduces, halts, resumes or flattens the desk.
    ///
    /// # Errors
    ///
    /// A [`Refusal`]; the desk is as it was. A flatten that cannot be written down is refused and
    /// sends its exits all the same.
    pub async fn ask_desk(&self, press: Press, ask: DeskAsk, reason: &str) -> Answer<Done> {
        let answer = self.try_desk(press.clone(), ask, reason).await;
        if ask == DeskAsk::Flatten && answer == Err(Refusal::StoreUnavailable) {
            self.close_without_store(&press, Verb::Flatten, |_| true)
                .await?;
        }
        answer
    }

    async fn try_desk(&self, press: Press, ask: DeskAsk, reason: &str) -> Answer<Done> {
        let seen = self.seen_or_refuse().await?;
        let exits = seen
            .open_positions()
            .map(|position| self.ingredients(position))
            .collect();
        self.verb(AskDesk {
            desk: self.id,
            press,
            ask,
            reason: reason.to_owned(),
            exits,
            around: self.around(&seen),
        })
        .await
    }

    /// Signs a standing approval.
    ///
    /// # Errors
    ///
    /// A [`Refusal`]; nothing was signed. With `paper_only` a live desk refuses.
    pub async fn sign_standing(
        &self,
        press: Press,
        bounds: StandingBounds,
        paper_only: bool,
    ) -> Answer<Done> {
        let id = StandingId::from_bits(self.ports.ids.next());
        let seen = self.seen_or_refuse().await?;
        let days = i64::from(self.settings.standing_days);
        let longest = SignedDuration::from_hours(days.saturating_mul(24));
        self.verb(SignStanding {
            desk: self.id,
            press,
            id,
            bounds,
            strategies: self.screening.names(),
            watchlist: self.watchlist(&seen),
            longest,
            paper_only,
        })
        .await
    }

    /// Revokes a standing approval.
    ///
    /// # Errors
    ///
    /// A [`Refusal`]; it is as it was.
    pub async fn revoke_standing(&self, press: Press, id: StandingId) -> Answer<Done> {
        self.verb(RevokeStanding {
            desk: self.id,
            press,
            id,
        })
        .await
    }

    /// Expires every ticket whose time has passed, and lapses every override.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; the next sweep finds them.
    pub async fn expire_due(&self) -> Result<(), StoreError> {
        let seen = self.seen().await?;
        let clock = self.ports.clock.read();
        let overdue = self.overdue(&seen, clock.monotonic);
        let due = |ticket: &&Arc<countersign_domain::ticket::Ticket>| {
            clock.wall >= ticket.expires_at || overdue.contains(&ticket.id)
        };
        let mut overrides = seen.overrides.values();
        if seen.offered().any(|ticket| due(&ticket)) || overrides.any(|one| clock.wall >= one.until)
        {
            self.run(ExpireDue {
                desk: self.id,
                overdue,
            })
            .await?;
        }
        Ok(())
    }

    /// Tickets whose time has passed by the monotonic clock; forgets those that are settled.
    fn overdue(&self, seen: &Seen, monotonic: SignedDuration) -> Vec<TicketId> {
        let mut memory = self.memory();
        memory
            .deadlines
            .retain(|ticket, _| seen.tickets.contains_key(ticket));
        let past = memory
            .deadlines
            .iter()
            .filter(|(_, end)| monotonic >= **end);
        past.map(|(ticket, _)| *ticket).collect()
    }
}
