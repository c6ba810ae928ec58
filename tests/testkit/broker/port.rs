//! The broker as the desk reaches it.

use async_trait::async_trait;
use countersign_desk::ports::{
    Account, Broker, BrokerError, BrokerOrder, BrokerPosition, Capabilities, Cursor, Found,
    OrderRequest, Updates,
};
use countersign_domain::{ids::ClientOrderId, money::Usd};
use jiff::SignedDuration;

use super::{
    FEE, FakeBroker,
    manner::{Call, Fault},
    truth::{Request, Times, Truth},
};

impl FakeBroker {
    /// The fault of this call, if it has one.
    fn fault(truth: &mut Truth, call: Call) -> Option<Fault> {
        if !truth.manner.reachable {
            return Some(Fault::Unreachable);
        }
        let queue = truth.faults.get_mut(&call)?;
        queue.pop_front()
    }

    /// A question: it changes nothing.
    fn ask<T>(&self, call: Call, answer: impl FnOnce(&Truth) -> T) -> Result<T, BrokerError> {
        let mut truth = self.truth();
        match Self::fault(&mut truth, call) {
            None => Ok(answer(&truth)),
            Some(Fault::Unreachable) => Err(unreachable()),
            Some(_) => Err(unanswered()),
        }
    }

    /// A request: it may change something, answered or not.
    fn request(&self, call: Call, request: Request) -> Result<Option<BrokerOrder>, BrokerError> {
        let mut truth = self.truth();
        let now = truth.now;
        let fault = Self::fault(&mut truth, call);
        let answer = match fault {
            None => truth
                .arrive(request, Times::at(now))
                .map_err(BrokerError::Refused),
            Some(Fault::Unreachable) => Err(unreachable()),
            Some(Fault::Refuse(words)) => Err(BrokerError::Refused(words)),
            Some(Fault::Lost) => Err(unanswered()),
            Some(Fault::Silent) => {
                let _ = truth.arrive(request, Times::at(now));
                Err(unanswered())
            }
            Some(Fault::Hidden(wait)) => {
                let shown = now + wait;
                let _ = truth.arrive(request, Times { sent: now, shown });
                Err(unanswered())
            }
            Some(Fault::Late(wait)) => {
                truth.arriving.push((now + wait, now, request));
                Err(unanswered())
            }
        };
        self.tell_journal(&mut truth);
        answer
    }
}

fn unreachable() -> BrokerError {
    BrokerError::Unreachable("no route".to_owned())
}

fn unanswered() -> BrokerError {
    BrokerError::Unanswered("timed out".to_owned())
}

#[async_trait]
impl Broker for FakeBroker {
    fn capabilities(&self) -> Capabilities {
        let truth = self.truth();
        Capabilities {
            refuses_duplicates: truth.manner.refuses_duplicates,
            fee_per_contract: Usd::from_micros(FEE),
            grace: truth.manner.grace,
            close_before_end: SignedDuration::from_mins(60),
        }
    }

    async fn account(&self) -> Result<Account, BrokerError> {
        let id = self.account.clone();
        self.ask(Call::Account, |truth| Account {
            id,
            mode: truth.manner.mode,
            cash: Usd::from_micros(100_000_000_000),
            buying_power: Usd::from_micros(100_000_000_000),
        })
    }

    async fn submit(&self, order: &OrderRequest) -> Result<BrokerOrder, BrokerError> {
        let answer = self.request(Call::Submit, Request::Submit(order.clone()))?;
        answer.ok_or_else(unanswered)
    }

    async fn cancel(&self, id: &ClientOrderId) -> Result<(), BrokerError> {
        self.request(Call::Cancel, Request::Cancel(id.clone()))
            .map(|_| ())
    }

    async fn replace(
        &self,
        old: &ClientOrderId,
        new: &OrderRequest,
    ) -> Result<BrokerOrder, BrokerError> {
        let request = Request::Replace(old.clone(), new.clone());
        self.request(Call::Replace, request)?.ok_or_else(unanswered)
    }

    async fn find(&self, id: &ClientOrderId) -> Result<Option<Found>, BrokerError> {
        self.ask(Call::Find, |truth| truth.found(id))
    }

    async fn open_orders(&self) -> Result<Vec<BrokerOrder>, BrokerError> {
        self.ask(Call::OpenOrders, Truth::open)
    }

    async fn positions(&self) -> Result<Vec<BrokerPosition>, BrokerError> {
        self.ask(Call::Positions, Truth::positions)
    }

    async fn updates(&self, cursor: &Cursor) -> Result<Updates, BrokerError> {
        self.ask(Call::Updates, |truth| {
            let from = cursor.0.parse().unwrap_or(0).min(truth.told.len());
            Updates {
                reports: truth.told[from..].to_vec(),
                cursor: Cursor(truth.told.len().to_string()),
            }
        })
    }
}
