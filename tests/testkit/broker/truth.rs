//! What is true at the broker, whatever the desk thinks.

use std::collections::{BTreeMap, VecDeque};

use countersign_desk::ports::{
    BrokerExecution, BrokerOrder, BrokerPosition, BrokerStatus, Found, OrderRequest, Report,
};
use countersign_domain::{
    ids::{BrokerOrderId, ClientOrderId, ExecutionId},
    instrument::Instrument,
    money::{Contracts, Price, Usd},
    quote::Quote,
    structure::{Leg, Side},
};
use jiff::Timestamp;

use super::manner::{Call, Fault, Manner};

/// Fees per contract and way.
pub(crate) const FEE: i64 = 650_000;

/// An order as the broker has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrueOrder {
    /// As it was sent.
    pub request: OrderRequest,
    /// The broker's name of it.
    pub broker_id: BrokerOrderId,
    /// How it stands.
    pub status: BrokerStatus,
    /// Units executed.
    pub filled: u32,
    /// When it arrived.
    pub arrived: Timestamp,
    /// From when on lookups, lists and reports show it.
    pub shown: Timestamp,
}

impl TrueOrder {
    /// Units that may still execute.
    pub fn left(&self) -> u32 {
        if self.status == BrokerStatus::Working {
            self.request.quantity.0.saturating_sub(self.filled)
        } else {
            0
        }
    }

    fn told(&self) -> BrokerOrder {
        BrokerOrder {
            client_order_id: self.request.client_order_id.clone(),
            broker_id: self.broker_id.clone(),
            status: self.status,
            said: None,
        }
    }

    /// The name without its attempt.
    pub fn root(&self) -> &str {
        root(&self.request.client_order_id)
    }
}

/// The name of an order without its attempt.
pub(crate) fn root(id: &ClientOrderId) -> &str {
    id.0.rsplit_once('-')
        .map_or(id.0.as_str(), |(root, _)| root)
}

/// A request on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Request {
    Submit(OrderRequest),
    Replace(ClientOrderId, OrderRequest),
    Cancel(ClientOrderId),
}

/// When a request was sent, and from when on what came of it is shown.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Times {
    pub(crate) sent: Timestamp,
    pub(crate) shown: Timestamp,
}

impl Times {
    /// Sent and shown at once.
    pub(crate) const fn at(now: Timestamp) -> Self {
        Self {
            sent: now,
            shown: now,
        }
    }
}

/// What is true.
#[derive(Clone, Debug)]
pub(crate) struct Truth {
    pub(crate) now: Timestamp,
    pub(crate) manner: Manner,
    pub(crate) faults: BTreeMap<Call, VecDeque<Fault>>,
    pub(crate) orders: Vec<TrueOrder>,
    /// Every execution; one that was taken back has `bust`.
    pub(crate) executions: Vec<BrokerExecution>,
    /// What was traded by hand and not by the desk.
    pub(crate) outside: BTreeMap<Instrument, i64>,
    pub(crate) told: Vec<Report>,
    /// What it will tell, and when.
    pub(crate) untold: Vec<(Timestamp, Report)>,
    /// What was sent, when it arrives and when it was sent.
    pub(crate) arriving: Vec<(Timestamp, Timestamp, Request)>,
    /// Promises that the desk broke.
    pub(crate) breaches: Vec<String>,
    /// What happened since it was last asked, in words.
    pub(crate) news: Vec<String>,
    /// The most units that all attempts of an order could ever have come to.
    pub(crate) most: BTreeMap<String, u32>,
}

impl Truth {
    pub(crate) fn new(now: Timestamp) -> Self {
        Self {
            now,
            manner: Manner::default(),
            faults: BTreeMap::new(),
            orders: Vec::new(),
            executions: Vec::new(),
            outside: BTreeMap::new(),
            told: Vec::new(),
            untold: Vec::new(),
            arriving: Vec::new(),
            breaches: Vec::new(),
            news: Vec::new(),
            most: BTreeMap::new(),
        }
    }

    /// The order of that name: where there are two, the one that works, else the newer.
    pub(crate) fn order(&self, id: &ClientOrderId) -> Option<&TrueOrder> {
        let named = self.orders.iter();
        let named = named.filter(|order| order.request.client_order_id == *id);
        named.max_by_key(|order| order.left() > 0)
    }

    fn order_mut(&mut self, id: &ClientOrderId) -> Option<&mut TrueOrder> {
        let named = self.orders.iter_mut();
        let named = named.filter(|order| order.request.client_order_id == *id);
        named.max_by_key(|order| order.left() > 0)
    }

    /// An order as somebody outside sees it, and what executed under its name.
    pub(crate) fn found(&self, id: &ClientOrderId) -> Option<Found> {
        let order = self.order(id).filter(|order| order.shown <= self.now)?;
        let executions = self
            .executions
            .iter()
            .filter(|one| one.client_order_id.as_ref() == Some(id) && !one.bust);
        Some(Found {
            order: order.told(),
            executions: executions.cloned().collect(),
        })
    }

    pub(crate) fn open(&self) -> Vec<BrokerOrder> {
        let shown = |order: &&TrueOrder| order.left() > 0 && order.shown <= self.now;
        self.orders
            .iter()
            .filter(shown)
            .map(TrueOrder::told)
            .collect()
    }

    /// What is held of everything, by the executions alone.
    pub(crate) fn held(&self) -> BTreeMap<Instrument, i64> {
        let mut held = self.outside.clone();
        for one in self.executions.iter().filter(|one| !one.bust) {
            *held.entry(one.instrument).or_default() += signed(one);
        }
        held.retain(|_, quantity| *quantity != 0);
        held
    }

    pub(crate) fn positions(&self) -> Vec<BrokerPosition> {
        self.held()
            .into_iter()
            .map(|(instrument, quantity)| BrokerPosition {
                instrument,
                quantity,
            })
            .collect()
    }

    /// Takes a new order in, or says why not.
    pub(crate) fn accept(
        &mut self,
        request: OrderRequest,
        times: Times,
    ) -> Result<BrokerOrder, String> {
        let name = request.client_order_id.clone();
        if self.order(&name).is_some() && self.manner.refuses_duplicates {
            return Err("client order id has been used".to_owned());
        }
        self.judge_arrival(&request);
        if times.sent == self.now {
            self.judge_sending(&request);
        }
        let shown = times.shown;
        let number = self.orders.len() + 1;
        let order = TrueOrder {
            broker_id: BrokerOrderId(format!("B{number}")),
            status: BrokerStatus::Working,
            filled: 0,
            arrived: self.now,
            shown,
            request,
        };
        self.news.push(format!("accepts {}", words(&order)));
        let answer = order.told();
        let acked = shown.max(self.now + self.manner.ack_delay);
        self.orders.push(order);
        self.count_most(&name);
        self.tell(acked, Report::Order(answer.clone()));
        Ok(answer)
    }

    /// Looks whether an order that arrives breaks a promise: of an entry one attempt may execute,
    /// however late it comes.
    fn judge_arrival(&mut self, request: &OrderRequest) {
        let name = &request.client_order_id;
        let mut working = self.orders.iter().filter(|order| order.left() > 0);
        let twin = working.find(|order| order.root() == root(name));
        if let Some(twin) = twin.filter(|_| request.opens) {
            self.breaches.push(format!(
                "{name} arrives while {} may still execute",
                twin.request.client_order_id
            ));
        }
    }

    /// Looks whether who sends an order breaks a promise by it, as far as anybody can know. What
    /// arrives later than it was sent was judged by what was true then.
    fn judge_sending(&mut self, request: &OrderRequest) {
        let name = &request.client_order_id;
        if self.order(name).is_some_and(|twin| self.is_shown(twin)) {
            self.breaches.push(format!("{name} was sent twice"));
        }
        // What was traded by hand or taken back the desk may not know yet, nor what stands twice
        // because it took longer than the broker says that it may.
        let known = self.outside.is_empty()
            && self.executions.iter().all(|one| !one.bust)
            && self.orders.iter().all(|order| !self.is_second(order));
        if !request.opens && known {
            let over = request.legs.iter().find(|leg| self.flips(leg, request));
            if let Some(leg) = over {
                let instrument = leg.instrument;
                self.breaches
                    .push(format!("{name} closes more of {instrument} than is held"));
            }
        }
    }

    fn is_second(&self, order: &TrueOrder) -> bool {
        let name = &order.request.client_order_id;
        let mut others = self.orders.iter();
        others.any(|it| it.request.client_order_id == *name && it.broker_id != order.broker_id)
    }

    fn is_shown(&self, order: &TrueOrder) -> bool {
        order.shown <= self.now
    }

    /// True when a leg closes more than is held and not yet on its way out.
    fn flips(&self, leg: &Leg, request: &OrderRequest) -> bool {
        let closing = |leg: &Leg, units: u32| leg.signed(i64::from(units));
        let held = self.held().get(&leg.instrument).copied().unwrap_or(0);
        let on_its_way: i64 = self
            .orders
            .iter()
            .filter(|order| !order.request.opens && order.left() > 0 && self.is_shown(order))
            .flat_map(|order| {
                let legs = order.request.legs.iter();
                legs.filter(|one| one.instrument == leg.instrument)
                    .map(|one| closing(one, order.left()))
            })
            .sum();
        let after = held + on_its_way + closing(leg, request.quantity.0);
        after != 0 && after.signum() != held.signum()
    }

    fn count_most(&mut self, name: &ClientOrderId) {
        let root = root(name).to_owned();
        let mine = self.orders.iter().filter(|order| order.root() == root);
        let total: u32 = mine.map(|order| order.filled + order.left()).sum();
        let most = self.most.entry(root).or_default();
        *most = total.max(*most);
    }

    /// Puts an order in the place of another, or says why not.
    pub(crate) fn replace(
        &mut self,
        old: &ClientOrderId,
        request: OrderRequest,
        times: Times,
    ) -> Result<BrokerOrder, String> {
        if self.order(&request.client_order_id).is_some() {
            return Err("client order id has been used".to_owned());
        }
        let Some(left) = self
            .order(old)
            .map(TrueOrder::left)
            .filter(|left| *left > 0)
        else {
            return Err("the order is not working".to_owned());
        };
        let quantity = Contracts(request.quantity.0.min(left));
        self.end(old, BrokerStatus::Gone);
        self.accept(
            OrderRequest {
                quantity,
                ..request
            },
            times,
        )
    }

    pub(crate) fn cancel(&mut self, id: &ClientOrderId) -> Result<(), String> {
        match self.order(id) {
            Some(order) if order.left() > 0 => {
                self.end(id, BrokerStatus::Gone);
                Ok(())
            }
            _ => Err("the order is not working".to_owned()),
        }
    }

    /// Ends a working order with what is unfilled.
    pub(crate) fn end(&mut self, id: &ClientOrderId, status: BrokerStatus) {
        let Some(order) = self.order_mut(id) else {
            return;
        };
        order.status = status;
        let (shown, told) = (order.shown, order.told());
        let word = match status {
            BrokerStatus::Rejected => "rejects",
            _ => "ends",
        };
        self.news.push(format!("{word} {id}"));
        let at = shown.max(self.now + self.manner.report_delay);
        self.tell(at, Report::Order(told));
    }

    /// Executes so many units of a working order, each leg at its price.
    pub(crate) fn fill(&mut self, id: &ClientOrderId, units: u32, prices: &[Price]) {
        let Some(order) = self.order_mut(id) else {
            return;
        };
        let units = units.min(order.left());
        if units == 0 {
            return;
        }
        order.filled += units;
        let whole = order.left() == 0;
        if whole {
            order.status = BrokerStatus::Filled;
        }
        let (shown, told, legs) = (order.shown, order.told(), order.request.legs.clone());
        self.news.push(format!("executes {units} of {id}"));
        let at = shown.max(self.now + self.manner.report_delay);
        for (leg, price) in legs.iter().zip(prices) {
            let quantity = leg.ratio * units;
            let one = BrokerExecution {
                id: ExecutionId(format!("F{}", self.executions.len() + 1)),
                client_order_id: Some(id.clone()),
                settled: None,
                delivered_by: None,
                instrument: leg.instrument,
                side: leg.side,
                quantity,
                price: *price,
                fee: Usd::from_micros(FEE).times(i64::from(quantity)),
                at: self.now,
                bust: false,
            };
            self.executions.push(one.clone());
            self.tell(at, Report::Execution(one));
        }
        if whole {
            self.tell(at, Report::Order(told));
        }
    }

    /// Takes an execution back.
    pub(crate) fn bust(&mut self, id: &ExecutionId) {
        let Some(one) = self.executions.iter_mut().find(|one| one.id == *id) else {
            return;
        };
        one.bust = true;
        let said = one.clone();
        self.news.push(format!("takes {id} back"));
        self.tell(self.now, Report::Execution(said));
    }

    fn tell(&mut self, at: Timestamp, report: Report) {
        self.untold.push((at, report.clone()));
        if self.manner.repeats {
            self.untold.push((at, report));
        }
        self.say();
    }

    /// Says what is due to be said.
    pub(crate) fn say(&mut self) {
        let now = self.now;
        let (due, later) = std::mem::take(&mut self.untold)
            .into_iter()
            .partition(|(at, _)| *at <= now);
        self.untold = later;
        self.told
            .extend(due.into_iter().map(|(_, report): (_, Report)| report));
    }

    /// Lets everything happen that is due by now.
    pub(crate) fn advance(&mut self, now: Timestamp, quote: impl Fn(&Instrument) -> Option<Quote>) {
        self.now = now.max(self.now);
        let (due, later): (Vec<_>, Vec<_>) = std::mem::take(&mut self.arriving)
            .into_iter()
            .partition(|(at, _, _)| *at <= now);
        self.arriving = later;
        for (_, sent, request) in due {
            // Nobody waits for these answers any more.
            let _ = self.arrive(request, Times { sent, shown: now });
        }
        self.say();
        self.execute(quote);
    }

    /// A request reaches the broker.
    pub(crate) fn arrive(
        &mut self,
        request: Request,
        times: Times,
    ) -> Result<Option<BrokerOrder>, String> {
        match request {
            Request::Submit(request) => self.accept(request, times).map(Some),
            Request::Replace(old, request) => self.replace(&old, request, times).map(Some),
            Request::Cancel(id) => self.cancel(&id).map(|()| None),
        }
    }

    /// Executes every working order whose limit reaches the far side of the quotes.
    fn execute(&mut self, quote: impl Fn(&Instrument) -> Option<Quote>) {
        let working: Vec<_> = self
            .orders
            .iter()
            .filter(|order| order.left() > 0)
            .map(|order| order.request.clone())
            .collect();
        for request in working {
            let Some(prices) = far_side(&request.legs, &quote) else {
                continue;
            };
            let each = request.legs.iter().zip(&prices);
            let net: Price = each.map(|(leg, price)| price.times(leg.signed(1))).sum();
            if net > request.limit {
                continue;
            }
            let left = self
                .order(&request.client_order_id)
                .map_or(0, TrueOrder::left);
            let room = if request.opens {
                &mut self.manner.entry_room
            } else {
                &mut self.manner.exit_room
            };
            let units = room.map_or(left, |room| room.min(left));
            if let Some(room) = room {
                *room -= units;
            }
            self.fill(&request.client_order_id, units, &prices);
        }
    }
}

fn far_side(legs: &[Leg], quote: &impl Fn(&Instrument) -> Option<Quote>) -> Option<Vec<Price>> {
    let price = |leg: &Leg| {
        let quote = quote(&leg.instrument).filter(|quote| quote.check_sides().is_ok())?;
        Some(match leg.side {
            Side::Buy => quote.ask,
            Side::Sell => quote.bid,
        })
    };
    legs.iter().map(price).collect()
}

fn signed(one: &BrokerExecution) -> i64 {
    i64::from(one.quantity) * one.side.sign()
}

fn words(order: &TrueOrder) -> String {
    let request = &order.request;
    let limit = request.limit.decimal();
    format!(
        "{}: {} at {limit:.2}",
        request.client_order_id, request.quantity.0
    )
}
