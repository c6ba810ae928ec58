//! Sending: the last look before an order leaves, and what the broker answers.

use countersign_domain::{
    order::{Order, OrderState},
    ticket::LapseReason,
    trading::TradingState,
};

use super::{Performed, RETRY};
use crate::{
    desk::{Desk, Queued},
    limits::SEND_WITHIN,
    news::forbidden,
    orders::{
        self,
        said::{BrokerSaid, CallCame, Came},
        send::Lapse,
    },
    ports::{BrokerError, BrokerOrder, Report, StoreError},
    seen::Seen,
};

impl Desk {
    /// Sends an order: an entry only while it may still go, and nothing whose sending nobody
    /// remembers the end of.
    pub(super) async fn submit(
        &self,
        queued: &mut Queued,
        order: countersign_domain::ids::OrderId,
        attempt: u32,
    ) -> Result<Performed, StoreError> {
        let seen = self.seen().await?;
        let Some(order) = seen.orders.get(&order).cloned() else {
            return Ok(Performed::Yes);
        };
        if order.state != OrderState::Submitted || order.attempt != attempt {
            return Ok(Performed::Yes);
        }
        if !queued.row.fresh {
            self.came(&order, attempt, Came::Lost).await?;
            return Ok(Performed::Yes);
        }
        if order.purpose.is_entry()
            && let Some(reason) = self.too_late(queued, &order, &seen)
        {
            self.run(Lapse {
                desk: self.id,
                order: order.id,
                reason,
                again: self.ticket_id(),
            })
            .await?;
            return Ok(Performed::Yes);
        }
        if !order.purpose.is_entry() && order.cancel_wanted {
            // It would close more than is held: what is left is closed by the next one.
            self.came(&order, attempt, Came::Withdrawn).await?;
            return Ok(Performed::Yes);
        }
        let request = orders::request(&order, attempt);
        // From here on it may exist: should its answer not come to be written down, it is looked
        // up and not sent again.
        queued.row.fresh = false;
        let answer = self.ports.broker.submit(&request).await;
        self.heard_from_broker(&answer);
        match answer {
            Ok(said) => self.answered(said).await?,
            Err(BrokerError::Refused(words)) => self.refused(&seen, &order, words).await?,
            Err(BrokerError::Unreachable(_)) => {
                queued.row.fresh = true;
                return Ok(Performed::Later(RETRY));
            }
            Err(BrokerError::Unanswered(_)) => self.came(&order, attempt, Came::Lost).await?,
        }
        Ok(Performed::Yes)
    }

    /// The broker said no. It says so as well to a name that it knows already: the lookup tells.
    async fn refused(&self, seen: &Seen, order: &Order, words: String) -> Result<(), StoreError> {
        let known = self.ports.broker.find(&order.client_order_id()).await;
        self.heard_from_broker(&known);
        let came = match known {
            Ok(Some(_)) => {
                self.look_up(seen, order, order.attempt).await?;
                return Ok(());
            }
            Ok(None) if order.lookups == 0 => Came::Refused(words),
            // It was in doubt before and may be there all the same.
            Ok(None) => Came::RefusedAgain(words),
            Err(_) => Came::Lost,
        };
        self.came(order, order.attempt, came).await
    }

    /// The last look before an entry leaves: the stricter of both clocks, the trading state, the news,
    /// and whether somebody cancelled it.
    fn too_late(&self, queued: &Queued, order: &Order, seen: &Seen) -> Option<LapseReason> {
        let trading = seen.desk.trading;
        let clock = self.ports.clock.read();
        if trading == TradingState::Active
            && let Some(why) = forbidden(seen, &self.ports.news.rules, order, clock.wall)
        {
            return Some(LapseReason::News(why));
        }
        let waited = clock.monotonic.saturating_sub(queued.committed.monotonic);
        let late = order.send_before.is_none_or(|end| clock.wall > end) || waited > SEND_WITHIN;
        if order.cancel_wanted {
            Some(if trading == TradingState::Active {
                LapseReason::Cancelled
            } else {
                LapseReason::Trading(trading)
            })
        } else if trading != TradingState::Active {
            Some(LapseReason::Trading(trading))
        } else if late && queued.tries > 0 {
            Some(LapseReason::Unreachable)
        } else {
            late.then_some(LapseReason::TooLate)
        }
    }

    pub(super) async fn replace(
        &self,
        queued: &mut Queued,
        order: countersign_domain::ids::OrderId,
        attempt: u32,
    ) -> Result<Performed, StoreError> {
        let seen = self.seen().await?;
        let Some(order) = seen.orders.get(&order).cloned() else {
            return Ok(Performed::Yes);
        };
        let asked = order.next.is_some_and(|next| next.number == attempt);
        if order.state != OrderState::Replacing || !asked {
            return Ok(Performed::Yes);
        }
        if !queued.row.fresh {
            self.came(&order, attempt, Came::ReplaceLost).await?;
            return Ok(Performed::Yes);
        }
        let old = order.client_order_id();
        let request = orders::request(&order, attempt);
        queued.row.fresh = false;
        let answer = self.ports.broker.replace(&old, &request).await;
        self.heard_from_broker(&answer);
        match answer {
            Ok(said) => self.answered(said).await?,
            Err(BrokerError::Refused(_)) => {
                self.came(&order, attempt, Came::NotReplaced).await?;
                // Refused mostly because the old attempt has ended: the lookup tells how.
                let seen = self.seen().await?;
                self.look_up(&seen, &order, order.attempt).await?;
            }
            Err(BrokerError::Unreachable(_)) => {
                queued.row.fresh = true;
                return Ok(Performed::Later(RETRY));
            }
            Err(BrokerError::Unanswered(_)) => {
                self.came(&order, attempt, Came::ReplaceLost).await?;
            }
        }
        Ok(Performed::Yes)
    }

    pub(super) async fn cancel_at_broker(
        &self,
        order: countersign_domain::ids::OrderId,
        attempt: u32,
    ) -> Result<Performed, StoreError> {
        let seen = self.seen().await?;
        let Some(order) = seen.orders.get(&order).cloned() else {
            return Ok(Performed::Yes);
        };
        if order.state != OrderState::Cancelling || order.attempt != attempt {
            return Ok(Performed::Yes);
        }
        let answer = self.ports.broker.cancel(&order.client_order_id()).await;
        self.heard_from_broker(&answer);
        match answer {
            Ok(()) => Ok(Performed::Yes),
            Err(BrokerError::Refused(_)) => {
                self.came(&order, attempt, Came::NotCancelled).await?;
                Ok(Performed::Yes)
            }
            Err(BrokerError::Unreachable(_) | BrokerError::Unanswered(_)) => {
                Ok(Performed::Later(RETRY))
            }
        }
    }

    pub(super) async fn answered(&self, said: BrokerOrder) -> Result<(), StoreError> {
        let reports = vec![Report::Order(said)];
        self.run(BrokerSaid {
            desk: self.id,
            reports,
            key: None,
        })
        .await
        .map(|_| ())
    }

    pub(super) async fn came(
        &self,
        order: &Order,
        attempt: u32,
        came: Came,
    ) -> Result<(), StoreError> {
        self.run(CallCame {
            desk: self.id,
            order: order.id,
            attempt,
            came,
        })
        .await
        .map(|_| ())
    }
}
