//! Start-up and its mirror: start-up *is* recovery, and a clean end says so.

use countersign_domain::{
    event::Alarm, ids::DeskId, operator::Surface, order::OrderState, refusal::Answer,
    trading::TradingEvent,
};
use jiff::{SignedDuration, Timestamp};

use crate::{
    desk::Desk,
    draft::Draft,
    ports::{BrokerError, Lease, StoreError},
    seen::DeskRow,
    verbs::trading,
    work::{Done, Work},
};

/// So many starts without a clean end within [`LOOP_WITHIN`] of each other are a crash loop.
const LOOP: u32 = 3;

/// See [`LOOP`].
const LOOP_WITHIN: SignedDuration = SignedDuration::from_secs(60);

/// Why a desk could not start.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StartError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Another process runs this desk: stop it, or wait until its lease runs out.
    #[error("another process runs this desk; stop it, or try again in half a minute")]
    Held,
    /// The broker's account is another one, or of another mode, than configured.
    #[error("the broker's account is {found}, configured is {wanted}")]
    WrongAccount {
        /// What the broker says.
        found: String,
        /// What the configuration says.
        wanted: String,
    },
    /// The configuration gives one place to two people: give it to one of them.
    #[error(
        "{user:?} on the surface {surface} belongs to both {one:?} and {other:?} in [[operators]]; two people cannot be one, so give it to one of them"
    )]
    Clash {
        /// Who, in the surface's words.
        user: String,
        /// On which surface.
        surface: Surface,
        /// One of the two.
        one: String,
        /// The other.
        other: String,
    },
    /// The broker did not answer, so nothing can be recovered yet: try again.
    #[error("the broker does not answer: {0}")]
    Broker(#[from] BrokerError),
}

/// The process came up.
#[derive(Clone, Debug, PartialEq)]
struct Started {
    desk: DeskId,
}

impl Work for Started {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        let now = draft.now();
        let mut row = draft.seen().desk.clone();
        let recent = |at: Timestamp| now.duration_since(at) <= LOOP_WITHIN;
        let again = row.starts > 0 && row.started_at.is_some_and(recent);
        row.starts = if again {
            row.starts.saturating_add(1)
        } else {
            1
        };
        row.started_at = Some(now);
        let starts = row.starts;
        draft.desk(row);
        trading::change(draft, TradingEvent::Started, "");
        if starts >= LOOP {
            draft.alarm(Alarm::CrashLoop { starts });
        }
        Ok(Done::Ok)
    }
}

/// Recovery found everything in order.
#[derive(Clone, Debug, PartialEq)]
struct Recovered {
    desk: DeskId,
}

impl Work for Recovered {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        let row = draft.seen().desk.clone();
        if row.starts >= LOOP || row.trading == row.wanted {
            return Ok(Done::Nothing);
        }
        trading::change(draft, TradingEvent::Recovered(row.wanted), "");
        Ok(Done::Ok)
    }
}

/// A clean end.
#[derive(Clone, Debug, PartialEq)]
struct Stopped {
    desk: DeskId,
}

impl Work for Stopped {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        let mut row = draft.seen().desk.clone();
        row.starts = 0;
        draft.desk(row);
        Ok(Done::Ok)
    }
}

/// Who holds the lease of an account that only one process can have, before the account's mark.
const SOLE_HOLDER: &str = "sole-holder";

/// How long a lease lasts unless it is renewed.
pub const LEASE: SignedDuration = SignedDuration::from_secs(30);

impl Desk {
    /// Takes the right to run this desk, and only then sets it up as its configuration says: a start
    /// that is refused changes nothing of a desk that somebody else runs.
    ///
    /// # Errors
    ///
    /// [`StartError`]; the desk is as it was.
    pub async fn take(&self) -> Result<(), StartError> {
        self.hold_lease().await?;
        let Some(configured) = &self.configured else {
            return Ok(());
        };
        if let Some(clash) = configured.clash() {
            return Err(StartError::Clash {
                user: clash.identity.user,
                surface: clash.identity.surface,
                one: clash.one,
                other: clash.other,
            });
        }
        self.check_account(&configured.row).await?;
        self.run(configured.clone()).await?;
        Ok(())
    }

    /// Takes or renews the right to run this desk's loops.
    ///
    /// # Errors
    ///
    /// [`StartError::Held`] while another process has it.
    pub async fn hold_lease(&self) -> Result<Lease, StartError> {
        let holder = self.lease_holder();
        let lease = self.ports.store.lease(self.id, &holder, LEASE).await?;
        let lease = lease.ok_or(StartError::Held)?;
        let mut memory = self.memory();
        if memory.lease.as_ref().map(|known| known.fence) != Some(lease.fence) {
            // Somebody else may have run the desk meanwhile.
            memory.cursor = None;
        }
        memory.lease = Some(lease.clone());
        Ok(lease)
    }

    /// The name under which the lease is held. Where only one process can have the account, that
    /// is the account's, so that nobody waits for a dead holder.
    fn lease_holder(&self) -> String {
        match self.ports.broker.exclusive() {
            Some(account) => format!("{SOLE_HOLDER}-{account}"),
            None => self.holder.clone(),
        }
    }

    /// Recovers: takes over what a dead process left, asks the broker about everything that is
    /// open, and returns to the wanted trading state when all is in order. Safe to be interrupted
    /// and run again at any point.
    ///
    /// # Errors
    ///
    /// [`StartError`]; the desk stays at least Reducing.
    pub async fn recover(&self) -> Result<(), StartError> {
        self.take().await?;
        self.run(Started { desk: self.id }).await?;
        self.ports.store.inherit(self.id, &self.holder).await?;
        self.memory().next_claim = None;
        // Before the broker's reports are taken in: they may end a position whose exit went out
        // unwritten.
        let seen = self.seen().await?;
        self.adopt_exits(&seen).await?;
        self.pump_orders().await?;
        self.ask_about_orders().await?;
        let seen = self.seen().await?;
        let answered = self.adopt_exits(&seen).await?;
        self.pump_orders().await?;
        self.expire_due().await?;
        let (seen, apart) = self.compare().await?;
        if !apart.is_in_order() {
            // It counts when the next comparison sees it again.
            self.memory().compared.last = apart;
            return Ok(());
        }
        let doubtful = seen
            .live_orders()
            .any(|order| order.state == OrderState::InDoubt);
        if answered && !doubtful {
            self.recovered().await?;
        }
        Ok(())
    }

    /// Everything is in order: the desk returns to the wanted trading state.
    pub(crate) async fn recovered(&self) -> Result<(), StoreError> {
        self.run(Recovered { desk: self.id }).await.map(|_| ())
    }

    async fn check_account(&self, row: &DeskRow) -> Result<(), StartError> {
        let account = self.ports.broker.account().await?;
        if account.id == row.account && account.mode == row.mode {
            return Ok(());
        }
        Err(StartError::WrongAccount {
            found: format!("{} ({:?})", account.id, account.mode),
            wanted: format!("{} ({:?})", row.account, row.mode),
        })
    }

    /// Every live order is looked up once, whatever we think of it.
    async fn ask_about_orders(&self) -> Result<(), StartError> {
        let seen = self.seen().await?;
        for order in seen.live_orders() {
            let attempt = match order.state {
                OrderState::Replacing => order.next.map_or(order.attempt, |next| next.number),
                OrderState::Submitted => continue,
                _ => order.attempt,
            };
            self.look_up(&seen, order, attempt).await?;
        }
        Ok(())
    }

    /// Says that the end was clean, and gives the lease back.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; the next start counts as one after a crash.
    pub async fn stop(&self) -> Result<(), StoreError> {
        self.run(Stopped { desk: self.id }).await?;
        let holder = self.lease_holder();
        self.ports.store.release(self.id, &holder).await
    }
}

impl Desk {
    /// Gives back everything that this process committed and has not begun, so that the process
    /// that runs the desk performs it. For commands that only decide.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; the claims run out by themselves.
    pub async fn hand_over(&self) -> Result<(), StoreError> {
        let now = self.now();
        let waiting: Vec<_> = self.memory().queue.drain(..).collect();
        for queued in waiting {
            self.ports.store.postpone(&queued.row, now).await?;
        }
        Ok(())
    }
}
