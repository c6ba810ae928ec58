//! A surface behind boundaries, and the promise that a card says only what is true.

use std::sync::Arc;

use async_trait::async_trait;
use countersign_desk::ports::{CardKey, Chat, ChatError, MessageRef};
use countersign_domain::{
    execution::Execution,
    notices::Telling,
    operator::Room,
    order::{Order, OrderState},
    position::{ClosedBy, PositionState},
    view::{PositionView, View},
};

use crate::{broker::FakeBroker, chat::FakeChat, power::Power};

/// Every drawing passes a boundary before it and one after it.
pub(crate) struct FaultyChat {
    pub(crate) inner: Arc<FakeChat>,
    pub(crate) power: Arc<Power>,
    pub(crate) broker: Arc<FakeBroker>,
}

impl FaultyChat {
    /// What a card says about the broker must be what the broker did.
    fn judge(&self, held: Option<&PositionView>, entry: Option<&Order>) {
        let executions = held.map(|it| it.executions.clone());
        let executions = executions.unwrap_or_default();
        for execution in &executions {
            self.judge_execution(execution);
        }
        let exit = held.and_then(|it| it.exit.as_ref());
        for order in entry.into_iter().chain(exit) {
            self.judge_order(order, &executions);
        }
        if let Some(position) = held
            && let PositionState::Closed { by, .. } = position.position.state
        {
            let held: i64 = executions.iter().map(Execution::signed).sum();
            if held != 0 && by != ClosedBy::Outside {
                self.breach("a card says closed while something is held");
            }
        }
    }

    fn judge_execution(&self, execution: &Execution) {
        let ours = execution.order.is_some();
        let truth = self.broker.executions();
        let real = truth.iter().find(|one| one.id == execution.id);
        let same = real.is_some_and(|one| {
            one.quantity == execution.quantity
                && one.price == execution.price
                && one.side == execution.side
        });
        if ours && !same {
            self.breach("a card shows an execution that never was");
        }
    }

    fn judge_order(&self, order: &Order, executions: &[Execution]) {
        let told = executions.iter().filter(|one| one.order == Some(order.id));
        let units = |leg: &countersign_domain::structure::Leg| -> i64 {
            told.clone()
                .filter(|one| one.instrument == leg.instrument)
                .map(|one| one.signed().abs())
                .sum()
        };
        let filled = order.legs.iter().map(units).min().unwrap_or(0);
        if order.state == OrderState::Filled && filled < order.quantity.count() {
            self.breach("a card says filled before the broker did");
        }
        if i64::from(order.filled.0) > filled {
            self.breach("a card counts more units filled than the broker executed");
        }
    }

    fn breach(&self, what: &str) {
        self.inner.breach(what.to_owned());
    }
}

#[async_trait]
impl Chat for FaultyChat {
    fn room(&self) -> Room {
        self.inner.room()
    }

    fn pause(&self, urgent: bool) -> std::time::Duration {
        self.inner.pause(urgent)
    }

    fn pause_before_figures(&self, message: &MessageRef) -> std::time::Duration {
        self.inner.pause_before_figures(message)
    }

    async fn draw(
        &self,
        card: CardKey,
        view: &View,
        message: Option<&MessageRef>,
        telling: &Telling,
    ) -> Result<MessageRef, ChatError> {
        self.power.boundary("before a drawing").await;
        match view {
            View::Ticket(view) => self.judge(view.position.as_ref(), view.entry.as_ref()),
            View::Position(card) => self.judge(Some(&card.view), card.entry.as_ref()),
            View::Board(_)
            | View::Override(_)
            | View::Report(_)
            | View::Digest(_)
            | View::Alarm { .. } => {}
        }
        let done = self.inner.draw(card, view, message, telling).await;
        self.power.boundary("after a drawing").await;
        done
    }

    async fn draw_plainly(
        &self,
        card: CardKey,
        view: &View,
        message: Option<&MessageRef>,
        telling: &Telling,
    ) -> Result<MessageRef, ChatError> {
        self.inner.draw_plainly(card, view, message, telling).await
    }
}
