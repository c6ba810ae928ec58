//! Limits, overrides, standing approvals, and whether the desk trades.

use countersign_cards::{
    Action, Card, Listing, Tone, answer, chat,
    command::{Approving, Asked, Bounds, Lasting, LimitChange, Overriding},
};
use countersign_desk::{
    desk::{DeskAsk, OverrideAnswer, OverrideAsk, StandingBounds},
    twice::Subject,
};
use countersign_domain::{calendar::in_new_york, refusal::Refusal, trading::TradingState};
use jiff::Timestamp;

use super::{Told, reads::unread};
use crate::{
    reply::Reply,
    talk::{Asker, Talk},
};

impl Talk {
    pub(super) async fn about_rules(&self, asker: &Asker, what: Asked) -> Told {
        match what {
            Asked::Limits(None) => Ok(self.leaf(asker, Listing::Limits, 1).await),
            Asked::Limits(Some(change)) => self.set_limit(asker, change).await,
            Asked::Overrides => Ok(self.leaf(asker, Listing::Overrides, 1).await),
            Asked::Override(asking) => self.about_override(asker, asking).await,
            Asked::Approve(approving) => self.about_approval(asker, approving).await,
            Asked::Trading(TradingState::Halted, reason) => {
                Ok(self.ask_desk_twice(asker, false, reason).await)
            }
            Asked::Panic(reason) => Ok(self.ask_desk_twice(asker, true, reason).await),
            Asked::Trading(state, reason) => Ok(self.trade(asker, state, reason).await),
            _ => Err(Refusal::NotOurs),
        }
    }

    async fn trade(&self, asker: &Asker, state: TradingState, reason: Option<String>) -> Reply {
        let desk = self.desk.id();
        let (ask, action) = match state {
            TradingState::Active => (DeskAsk::Resume, Action::Resume(desk)),
            TradingState::Reducing => (DeskAsk::Reduce, Action::Reduce(desk)),
            TradingState::Halted => (DeskAsk::Halt, Action::Halt(desk)),
        };
        let reason = reason.unwrap_or_else(|| chat::no_reason(&self.locale));
        let answer = self.desk.ask_desk(asker.press(), ask, &reason).await;
        self.came_to(&action, answer)
    }

    /// Shows what a limit would become, and asks once more.
    async fn set_limit(&self, asker: &Asker, change: LimitChange) -> Told {
        let (code, value) = (change.code, change.value);
        let subject = Subject::Limit { code, value };
        let tap = self.desk.ask_twice(asker.press(), subject).await?;
        let seen = self.desk.seen().await.map_err(unread)?;
        let figures = (seen.desk.limits.get(code), value);
        let buttons = if figures.0 == value {
            Vec::new()
        } else {
            self.yes_or_no(tap.nonce)
        };
        let header = self.header().await?;
        let card = answer::limit_change(&header, code, figures, buttons, &self.locale);
        Ok(Reply::Cards(vec![card]))
    }

    async fn about_override(&self, asker: &Asker, asking: Overriding) -> Told {
        let press = asker.press();
        let (wanted, answer) = match asking {
            Overriding::Ask {
                change,
                lasting,
                reason,
            } => {
                let ask = OverrideAsk {
                    code: change.code,
                    value: change.value,
                    until: self.until(lasting)?,
                    reason,
                };
                self.desk.ask_override(press, ask).await?;
                let text = chat::override_asked(&self.locale);
                return Ok(Reply::told(Tone::Good, text));
            }
            Overriding::Grant(wanted) => (wanted, OverrideAnswer::Grant),
            Overriding::Refuse(wanted) => (wanted, OverrideAnswer::Refuse),
            Overriding::Revoke(wanted) => (wanted, OverrideAnswer::Revoke),
        };
        let id = self.override_of(&wanted).await?;
        let action = match answer {
            OverrideAnswer::Grant => Action::Grant(id),
            OverrideAnswer::Refuse => Action::Refuse(id),
            OverrideAnswer::Revoke => Action::TakeBack(id),
        };
        let answered = self.desk.answer_override(press, id, answer).await;
        Ok(self.came_to(&action, answered))
    }

    /// Until when an override is asked for; `None` for a single entry.
    fn until(&self, lasting: Lasting) -> Result<Option<Timestamp>, Refusal> {
        let now = self.desk.now();
        match lasting {
            Lasting::Once => Ok(None),
            Lasting::For(span) => Ok(Some(now + span)),
            Lasting::Until(time) => {
                let today = in_new_york(now).with().time(time).build();
                let wrong = Refusal::Invalid(countersign_domain::refusal::Invalid::Time);
                today.map(|at| Some(at.timestamp())).map_err(|_| wrong)
            }
        }
    }

    /// What is asked for and what holds, with buttons for the newest that waits.
    pub(super) async fn override_list(&self, asker: &Asker) -> Result<Card, Refusal> {
        let overrides = self.desk.overrides(asker.press()).await?;
        let header = self.header().await?;
        Ok(answer::overrides(&header, &overrides, &self.locale))
    }

    async fn about_approval(&self, asker: &Asker, approving: Approving) -> Told {
        match approving {
            Approving::Show => Ok(self.leaf(asker, Listing::Approvals, 1).await),
            Approving::Sign(bounds) => {
                let bounds = self.bounds(bounds);
                let press = asker.press();
                self.desk.sign_standing(press, bounds, false).await?;
                let text = self.locale.say("console-done-sign");
                Ok(Reply::told(Tone::Good, text))
            }
            Approving::Revoke(wanted) => {
                let id = self.standing(&wanted).await?;
                let answer = self.desk.revoke_standing(asker.press(), id).await;
                Ok(self.came_to(&Action::Revoke(id), answer))
            }
        }
    }

    fn bounds(&self, bounds: Bounds) -> StandingBounds {
        StandingBounds {
            strategy: bounds.strategy,
            underlying: bounds.underlying,
            per_day: bounds.per_day,
            worst_loss_per_ticket: bounds.loss_per_ticket,
            worst_loss_per_day: bounds.loss_per_day,
            until: self.desk.now() + bounds.lasting,
        }
    }
}
