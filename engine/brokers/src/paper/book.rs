//! The account in memory: what the lines of the journal add up to.

use std::collections::BTreeMap;

use countersign_desk::ports::{BrokerExecution, BrokerOrder, BrokerStatus, Found, Report};
use countersign_domain::{
    ids::{AccountId, BrokerOrderId, ClientOrderId, ExecutionId},
    instrument::Instrument,
    money::{Price, Usd},
    structure::Side,
};
use jiff::Timestamp;

use super::{
    record::{Head, Kept, Line, Record, Said, Standing, Used, VERSION, Word},
    settle::settling_instant,
};

/// What is held of one instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Held {
    /// How many; negative is short; never zero.
    pub(super) quantity: i64,
    /// Price per share of the newest execution in it.
    pub(super) last_price: Price,
    /// The instant whose price settles it; `None` for what never ends.
    pub(super) settles_at: Option<Timestamp>,
}

/// The account. Changed by [`Book::apply`] alone, so that reading the journal gives it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Book {
    account: AccountId,
    born: Option<Timestamp>,
    starting_cash: Usd,
    seq: u64,
    cash: Usd,
    orders: BTreeMap<ClientOrderId, Kept>,
    /// Working orders by number.
    working: BTreeMap<u64, ClientOrderId>,
    positions: BTreeMap<Instrument, Held>,
    used: BTreeMap<(Instrument, Side), Used>,
    said: Vec<Said>,
    /// Where in `said` the executions of each order are.
    executions: BTreeMap<ClientOrderId, Vec<usize>>,
    execution_count: u64,
}

impl Book {
    /// A new account; `None` is one of the time when nobody noted when they were born.
    pub(super) fn new(account: AccountId, born: Option<Timestamp>, starting_cash: Usd) -> Self {
        Self {
            account,
            born,
            starting_cash,
            seq: 0,
            cash: starting_cash,
            orders: BTreeMap::new(),
            working: BTreeMap::new(),
            positions: BTreeMap::new(),
            used: BTreeMap::new(),
            said: Vec::new(),
            executions: BTreeMap::new(),
            execution_count: 0,
        }
    }

    /// The account that a head sums up.
    pub(super) fn of_head(head: Head) -> Result<Self, String> {
        let mut book = Self::new(head.account, head.born, head.starting_cash);
        for kept in head.orders {
            book.keep(kept)?;
        }
        for Said { seq, word } in head.said {
            if seq > head.seq || seq < book.seq {
                return Err(format!("what line {seq} said is out of order"));
            }
            book.seq = seq;
            match word {
                Word::Stood(order, standing) => book.say(Word::Stood(order, standing)),
                Word::Executed(execution) => book.execute(execution),
            }
        }
        book.seq = head.seq;
        book.note_used(head.used);
        Ok(book)
    }

    /// The account summed up. What was taken from quotes that can fill nothing any more, those
    /// visible before `oldest`, is left out.
    pub(super) fn head(&self, oldest: Timestamp) -> Head {
        let mut orders: Vec<Kept> = self.orders.values().cloned().collect();
        orders.sort_by_key(|kept| kept.number);
        let fresh = |used: &&Used| used.quote_at >= oldest;
        Head {
            version: VERSION,
            account: self.account.clone(),
            born: self.born,
            starting_cash: self.starting_cash,
            seq: self.seq,
            orders,
            said: self.said.clone(),
            used: self.used.values().filter(fresh).copied().collect(),
        }
    }

    /// Takes in one line.
    ///
    /// # Errors
    ///
    /// What is wrong with it, in words: it does not follow from what is here.
    pub(super) fn apply(&mut self, line: Line) -> Result<(), String> {
        if line.seq != self.seq + 1 {
            let expected = self.seq + 1;
            return Err(format!("line {} stands where {expected} is due", line.seq));
        }
        self.seq = line.seq;
        for record in line.did {
            self.record(record)?;
        }
        Ok(())
    }

    fn record(&mut self, record: Record) -> Result<(), String> {
        match record {
            Record::Accepted(kept) => self.accept(kept),
            Record::Replaced { old, new } => {
                let why = format!("replaced by {}", new.request.client_order_id);
                self.stand(&old, Standing::Gone(why))?;
                self.accept(new)
            }
            Record::Filled {
                order,
                units,
                executions,
                used,
            } => {
                let kept = self.working_order(&order)?;
                if units > kept.remaining() {
                    return Err(format!("order {order} is filled beyond its quantity"));
                }
                kept.filled.0 += units.0;
                let whole = kept.remaining().is_zero();
                for execution in executions {
                    self.execute(execution);
                }
                self.note_used(used);
                if whole {
                    self.stand(&order, Standing::Filled)
                } else {
                    Ok(())
                }
            }
            Record::Ended { order, why } => self.stand(&order, Standing::Gone(why)),
            Record::Settled { executions } => {
                for execution in executions {
                    self.execute(execution);
                }
                Ok(())
            }
        }
    }

    fn say(&mut self, word: Word) {
        self.said.push(Said {
            seq: self.seq,
            word,
        });
    }

    fn accept(&mut self, kept: Kept) -> Result<(), String> {
        let id = kept.request.client_order_id.clone();
        self.keep(kept)?;
        self.say(Word::Stood(id, Standing::Working));
        Ok(())
    }

    fn keep(&mut self, kept: Kept) -> Result<(), String> {
        let id = kept.request.client_order_id.clone();
        if self.orders.contains_key(&id) {
            return Err(format!("order {id} is accepted twice"));
        }
        if kept.standing == Standing::Working {
            self.working.insert(kept.number, id.clone());
        }
        self.orders.insert(id, kept);
        Ok(())
    }

    fn working_order(&mut self, id: &ClientOrderId) -> Result<&mut Kept, String> {
        let kept = self.orders.get_mut(id);
        kept.filter(|kept| kept.standing == Standing::Working)
            .ok_or_else(|| format!("there is no working order {id}"))
    }

    fn stand(&mut self, id: &ClientOrderId, standing: Standing) -> Result<(), String> {
        let kept = self.working_order(id)?;
        kept.standing = standing.clone();
        let number = kept.number;
        self.working.remove(&number);
        self.say(Word::Stood(id.clone(), standing));
        Ok(())
    }

    fn execute(&mut self, execution: BrokerExecution) {
        let change = i64::from(execution.quantity) * execution.side.sign();
        let shares = change.saturating_mul(execution.instrument.multiplier());
        self.cash = self.cash - execution.price.dollars(shares) - execution.fee;
        let before = self.held(&execution.instrument);
        let quantity = before + change;
        if quantity == 0 {
            self.positions.remove(&execution.instrument);
        } else {
            let known = self.positions.get(&execution.instrument);
            let held = Held {
                quantity,
                last_price: execution.price,
                settles_at: known.map_or_else(
                    || settling_instant(&execution.instrument),
                    |held| held.settles_at,
                ),
            };
            self.positions.insert(execution.instrument, held);
        }
        if let Some(id) = &execution.client_order_id {
            self.executions
                .entry(id.clone())
                .or_default()
                .push(self.said.len());
        }
        self.execution_count += 1;
        self.say(Word::Executed(execution));
    }

    fn note_used(&mut self, used: Vec<Used>) {
        for one in used {
            self.used.insert((one.instrument, one.side), one);
        }
    }
}

impl Book {
    /// Its name.
    pub(super) const fn account(&self) -> &AccountId {
        &self.account
    }

    /// Sequence number of the newest line.
    pub(super) const fn seq(&self) -> u64 {
        self.seq
    }

    /// Dollars.
    pub(super) const fn cash(&self) -> Usd {
        self.cash
    }

    /// The order of that name, whatever became of it.
    pub(super) fn order(&self, id: &ClientOrderId) -> Option<&Kept> {
        self.orders.get(id)
    }

    /// Orders that may still execute, oldest first.
    pub(super) fn working(&self) -> impl Iterator<Item = &Kept> {
        self.working.values().filter_map(|id| self.orders.get(id))
    }

    /// How many of an instrument are held; negative is short.
    pub(super) fn held(&self, instrument: &Instrument) -> i64 {
        self.positions
            .get(instrument)
            .map_or(0, |held| held.quantity)
    }

    /// Everything held, ordered by instrument.
    pub(super) const fn positions(&self) -> &BTreeMap<Instrument, Held> {
        &self.positions
    }

    /// What was taken from the newest quote of an instrument that gave something.
    pub(super) fn used(&self, instrument: &Instrument, side: Side) -> Option<&Used> {
        self.used.get(&(*instrument, side))
    }

    /// The order with its executions.
    pub(super) fn found(&self, id: &ClientOrderId) -> Option<Found> {
        let order = told(self.orders.get(id)?);
        let places = self.executions.get(id).map_or(&[][..], Vec::as_slice);
        let execution = |place: &usize| match &self.said.get(*place)?.word {
            Word::Executed(execution) => Some(execution.clone()),
            Word::Stood(..) => None,
        };
        let executions = places.iter().filter_map(execution).collect();
        Some(Found { order, executions })
    }

    /// What was said by the lines after `seq`.
    pub(super) fn said_after(&self, seq: u64) -> Vec<Report> {
        let from = self.said.partition_point(|said| said.seq <= seq);
        let report = |said: &Said| match &said.word {
            Word::Executed(execution) => Some(Report::Execution(execution.clone())),
            Word::Stood(id, standing) => {
                let kept = self.orders.get(id)?;
                Some(Report::Order(told_as(kept, standing)))
            }
        };
        self.said.iter().skip(from).filter_map(report).collect()
    }

    /// Our name of the `nth` execution from now, counted from 0: unique in the account, for ever.
    pub(super) fn execution_id(&self, nth: u64) -> ExecutionId {
        let number = self.execution_count + 1 + nth;
        ExecutionId(format!("{}-{number}", self.name()))
    }

    /// The account's name, and when it was begun: another one for each that is begun anew.
    fn name(&self) -> String {
        match self.born {
            Some(born) => format!("{}-{}", self.account, born.as_microsecond()),
            None => self.account.to_string(),
        }
    }

    /// The number of the next order, and our name of it.
    pub(super) fn next_order(&self) -> (u64, BrokerOrderId) {
        let last = self.orders.len();
        let number = u64::try_from(last).unwrap_or(u64::MAX).saturating_add(1);
        (number, BrokerOrderId(format!("{}-o{number}", self.name())))
    }
}

/// An order as the port tells it.
pub(super) fn told(kept: &Kept) -> BrokerOrder {
    told_as(kept, &kept.standing)
}

/// The same, as it stood then.
fn told_as(kept: &Kept, standing: &Standing) -> BrokerOrder {
    let (status, said) = match standing {
        Standing::Working => (BrokerStatus::Working, None),
        Standing::Filled => (BrokerStatus::Filled, None),
        Standing::Gone(why) => (BrokerStatus::Gone, Some(why.clone())),
    };
    BrokerOrder {
        client_order_id: kept.request.client_order_id.clone(),
        broker_id: kept.broker_id.clone(),
        status,
        said,
    }
}
