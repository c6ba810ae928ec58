//! The paper account behind the port.

use std::{
    collections::BTreeSet,
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use async_trait::async_trait;
use countersign_desk::ports::{
    Account, Broker, BrokerError, BrokerOrder, BrokerPosition, Capabilities, Clock, Cursor, Found,
    MarketData, OrderRequest, Updates,
};
use countersign_domain::{
    ids::{AccountId, ClientOrderId},
    instrument::OptionContract,
    money::Contracts,
    view::Mode,
};
use jiff::{SignedDuration, Timestamp};

use super::{
    PaperConfig, PaperError,
    admission::Door,
    book::{Book, told},
    due::Turn,
    journal::{self, AppendError, Journal},
    margin::buying_power,
    mark,
    record::{Kept, Line, Record, Standing},
};

/// How long an order may take to show up: it is there at once; a second keeps lookups apart.
const GRACE: SignedDuration = SignedDuration::from_secs(1);

/// A simulated brokerage account with a memory of its own. See [`super`] for what it does.
pub struct PaperBroker {
    config: PaperConfig,
    market: Arc<dyn MarketData>,
    clock: Arc<dyn Clock>,
    /// Held through a call's file access, which is one short append: answers follow the journal's
    /// order by construction. Never held across an await.
    account: Mutex<Ledger>,
    /// Empty until [`PaperBroker::marked`].
    mark: String,
    /// Where it is kept.
    mark_file: PathBuf,
    /// Released when it is dropped.
    _lock: File,
}

/// The account and the file that remembers it.
struct Ledger {
    book: Book,
    journal: Journal,
    /// Why nobody knows what the file holds; nothing is answered from then on.
    broken: Option<String>,
    /// Contracts whose missing price was logged.
    unpriced: BTreeSet<OptionContract>,
}

impl PaperBroker {
    /// Opens the account of `config.account` in the folder `dir`, or begins it there.
    ///
    /// # Errors
    ///
    /// [`PaperError`]; each variant says what to do. The account is as it was.
    pub fn open(
        dir: &Path,
        config: PaperConfig,
        market: Arc<dyn MarketData>,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, PaperError> {
        config.check()?;
        fs::create_dir_all(dir).map_err(PaperError::io("create", dir))?;
        let lock = lock(&file(dir, &config, "lock"))?;
        let ledger = open_ledger(&file(dir, &config, "journal"), &config, clock.now())?;
        let account = Mutex::new(ledger);
        Ok(Self {
            mark: String::new(),
            mark_file: file(dir, &config, "mark"),
            config,
            market,
            clock,
            account,
            _lock: lock,
        })
    }

    /// The same with its mark: the one that is kept beside the journal, or else `fresh`, which is
    /// random and kept from now on. Without one, desks on two accounts of one name take each other
    /// for the same.
    ///
    /// # Errors
    ///
    /// [`PaperError::Io`]: the mark could not be read or written.
    pub fn marked(mut self, fresh: u128) -> Result<Self, PaperError> {
        self.mark = mark::kept(&self.mark_file, fresh)?;
        Ok(self)
    }

    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        // A panic elsewhere leaves the account whole: it changes after its line is kept.
        self.account.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The account as it was told last.
    fn known(&self) -> Result<MutexGuard<'_, Ledger>, BrokerError> {
        let ledger = self.ledger();
        match &ledger.broken {
            Some(why) => Err(BrokerError::Unreachable(why.clone())),
            None => Ok(ledger),
        }
    }

    /// The account once everything that is due by now has happened.
    fn current(&self) -> Result<(MutexGuard<'_, Ledger>, Timestamp), BrokerError> {
        let mut ledger = self.known()?;
        let now = self.clock.now();
        let due = Turn::take(&ledger.book, &self.config, self.market.as_ref(), now);
        ledger.commit(now, due.did).map_err(|error| match error {
            BrokerError::Unanswered(why) | BrokerError::Unreachable(why) => {
                BrokerError::Unreachable(why)
            }
            BrokerError::Refused(_) => error,
        })?;
        for (contract, seen_at) in due.late {
            tracing::warn!(%contract, %seen_at, "settled on a price from after its last session");
        }
        for contract in due.unpriced {
            if ledger.unpriced.insert(contract) {
                tracing::warn!(%contract, "waits for a price of its underlying to be settled");
            }
        }
        Ok((ledger, now))
    }

    /// What `order` is kept as, once it is let in.
    fn admit(
        &self,
        book: &Book,
        order: &OrderRequest,
        replaces: Option<&Kept>,
        now: Timestamp,
    ) -> Result<Kept, BrokerError> {
        let market = self.market.as_ref();
        let door = Door {
            book,
            config: &self.config,
            market,
            now,
            replaces,
        };
        let session = door.admit(order).map_err(BrokerError::Refused)?;
        let (number, broker_id) = book.next_order();
        Ok(Kept {
            request: order.clone(),
            broker_id,
            number,
            live_from: now + self.config.latency(),
            ends: session.close,
            filled: Contracts::ZERO,
            standing: Standing::Working,
        })
    }
}

impl Ledger {
    /// Keeps a line of these records, then changes the account.
    fn commit(&mut self, at: Timestamp, did: Vec<Record>) -> Result<(), BrokerError> {
        if did.is_empty() {
            return Ok(());
        }
        let line = Line {
            seq: self.book.seq() + 1,
            at,
            did,
        };
        match self.journal.append(&line) {
            Ok(()) => {}
            Err(AppendError::Undone(why)) => {
                tracing::error!(why, "the paper account cannot write its journal");
                return Err(BrokerError::Unreachable(why));
            }
            Err(AppendError::Unknown(why)) => return Err(self.give_up(why)),
        }
        self.book.apply(line).map_err(|why| self.give_up(why))
    }

    fn give_up(&mut self, why: String) -> BrokerError {
        tracing::error!(
            why,
            "the paper account stops: nobody knows what its journal holds"
        );
        self.broken = Some(format!("the journal has to be read again: {why}"));
        BrokerError::Unanswered(why)
    }
}

/// An order that can still end; else why it cannot, in the broker's words.
fn working(book: &Book, id: &ClientOrderId) -> Result<Kept, BrokerError> {
    let words = match book.order(id) {
        None => format!("unknown order {id}"),
        Some(kept) => match &kept.standing {
            Standing::Working => return Ok(kept.clone()),
            Standing::Filled => "already filled".to_owned(),
            Standing::Gone(why) => format!("already ended: {why}"),
        },
    };
    Err(BrokerError::Refused(words))
}

#[async_trait]
impl Broker for PaperBroker {
    fn exclusive(&self) -> Option<&str> {
        // The lock file says so.
        Some(&self.mark)
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            refuses_duplicates: true,
            fee_per_contract: self.config.fee_per_contract,
            grace: GRACE,
            close_before_end: self.config.close_before_end(),
        }
    }

    async fn account(&self) -> Result<Account, BrokerError> {
        let ledger = self.known()?;
        Ok(Account {
            id: ledger.book.account().clone(),
            mode: Mode::Paper,
            cash: ledger.book.cash(),
            buying_power: buying_power(&ledger.book, &self.config, None),
        })
    }

    async fn submit(&self, order: &OrderRequest) -> Result<BrokerOrder, BrokerError> {
        let (mut ledger, now) = self.current()?;
        let kept = self.admit(&ledger.book, order, None, now)?;
        let answer = told(&kept);
        ledger.commit(now, vec![Record::Accepted(kept)])?;
        Ok(answer)
    }

    async fn cancel(&self, id: &ClientOrderId) -> Result<(), BrokerError> {
        let (mut ledger, now) = self.current()?;
        working(&ledger.book, id)?;
        let (order, why) = (id.clone(), "cancelled".to_owned());
        ledger.commit(now, vec![Record::Ended { order, why }])
    }

    async fn replace(
        &self,
        old: &ClientOrderId,
        new: &OrderRequest,
    ) -> Result<BrokerOrder, BrokerError> {
        let (mut ledger, now) = self.current()?;
        let before = working(&ledger.book, old)?;
        if new.legs != before.request.legs || new.opens != before.request.opens {
            let words = "a replacement trades the same legs for the same purpose";
            return Err(BrokerError::Refused(words.to_owned()));
        }
        let quantity = new.quantity.min(before.remaining());
        let request = OrderRequest {
            quantity,
            ..new.clone()
        };
        let kept = self.admit(&ledger.book, &request, Some(&before), now)?;
        let answer = told(&kept);
        let old = old.clone();
        ledger.commit(now, vec![Record::Replaced { old, new: kept }])?;
        Ok(answer)
    }

    async fn find(&self, id: &ClientOrderId) -> Result<Option<Found>, BrokerError> {
        Ok(self.known()?.book.found(id))
    }

    async fn open_orders(&self) -> Result<Vec<BrokerOrder>, BrokerError> {
        Ok(self.known()?.book.working().map(told).collect())
    }

    async fn positions(&self) -> Result<Vec<BrokerPosition>, BrokerError> {
        let ledger = self.known()?;
        let held = ledger
            .book
            .positions()
            .iter()
            .map(|(instrument, held)| BrokerPosition {
                instrument: *instrument,
                quantity: held.quantity,
            });
        Ok(held.collect())
    }

    async fn updates(&self, cursor: &Cursor) -> Result<Updates, BrokerError> {
        let (ledger, _) = self.current()?;
        let newest = ledger.book.seq();
        Ok(Updates {
            reports: ledger.book.said_after(seq_of(cursor, newest)),
            cursor: Cursor(newest.to_string()),
        })
    }
}

/// The sequence number that a cursor names. One that is not ours, of an account that was begun
/// anew for one, means the very start: repeats are harmless, gaps are not.
fn seq_of(cursor: &Cursor, newest: u64) -> u64 {
    if cursor.0.is_empty() {
        return 0;
    }
    match cursor.0.parse() {
        Ok(seq) if seq <= newest => seq,
        _ => {
            tracing::warn!(
                cursor = cursor.0,
                newest,
                "an unknown cursor: reports from the start"
            );
            0
        }
    }
}

fn file(dir: &Path, config: &PaperConfig, ending: &str) -> PathBuf {
    dir.join(format!("paper-{}.{ending}", config.account))
}

/// True while a broker, of any process, holds this account of that folder. Whoever opens it at the very
/// moment of the question may be refused.
pub fn is_in_use(dir: &Path, account: &str) -> bool {
    let path = dir.join(format!("paper-{account}.lock"));
    // Without a lock nobody can hold it.
    File::open(path)
        .is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
}

/// Takes the account's lock. Its file stays when the lock is gone: removing it would race.
fn lock(path: &Path) -> Result<File, PaperError> {
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path);
    let file = file.map_err(PaperError::io("open", path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(PaperError::InUse(path.to_owned())),
        Err(TryLockError::Error(fault)) => Err(PaperError::io("lock", path)(fault)),
    }
}

/// Reads the account, or begins it; compacts its journal when the lines since the last time
/// outweigh the head.
fn open_ledger(path: &Path, config: &PaperConfig, now: Timestamp) -> Result<Ledger, PaperError> {
    let id = AccountId(config.account.clone());
    let (book, good) = match journal::read(path)? {
        None => {
            let book = Book::new(id, Some(now), config.starting_cash);
            let length = journal::write_anew(path, &book.head(now))?;
            (book, length)
        }
        Some(read) if *read.book.account() != id => {
            let fault = format!(
                "it belongs to the account {}, not {id}",
                read.book.account()
            );
            return Err(PaperError::Unreadable {
                path: path.to_owned(),
                line: 1,
                fault,
            });
        }
        Some(read) => {
            if read.torn > 0 {
                tracing::warn!(path = %path.display(), bytes = read.torn, "cut a torn line");
            }
            let lines = read.good - read.head;
            if lines > config.compact_above_bytes.max(read.head) {
                let head = read.book.head(now - config.max_quote_age());
                (read.book, journal::write_anew(path, &head)?)
            } else {
                (read.book, read.good)
            }
        }
    };
    let file = journal::append_to(path, good)?;
    let journal = Journal::new(Box::new(file), good, config.durability);
    Ok(Ledger {
        book,
        journal,
        broken: None,
        unpriced: BTreeSet::new(),
    })
}

#[cfg(test)]
#[path = "broker_tests.rs"]
mod broker_tests;
