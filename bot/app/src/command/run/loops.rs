//! The loops of a running desk, all on one thread and each at its own pace.
//!
//! | loop | when |
//! |---|---|
//! | market and orders | whenever effects wait, and every 250 ms |
//! | one for each room at hand | whenever cards wait to be drawn there, and every 250 ms |
//! | monitor | every 3 s; a tick that falls into a longer one is skipped and counted |
//! | expire | every second |
//! | lease | every 10 s |
//! | jobs | by the timetable ([`countersign_jobs::worker`]) |
//!
//! None waits for another, and none is cut off in the middle: each looks at the phase between two
//! rounds. A store or broker that fails is complained of once and tried again by the next round;
//! only a desk that another process has taken over ends them all.

use std::{future::Future, sync::Arc, time::Duration};

use anyhow::{Result, bail};
use countersign_desk::{Desk, ports::StoreError, start::StartError};
use countersign_domain::operator::Room;
use countersign_feeds::{Feed as _, synthetic::SyntheticMarket};
use countersign_jobs::worker;
use tokio::sync::watch;

use crate::{beats::Beats, terminal::Terminal};

const MARKET: Duration = Duration::from_millis(250);
const MONITOR: Duration = Duration::from_secs(3);
const EXPIRE: Duration = Duration::from_secs(1);
/// A third of the lease's life, so that two renewals may fail.
const LEASE: Duration = Duration::from_secs(10);
/// Before the timetable's workers are begun anew.
const AGAIN: Duration = Duration::from_secs(10);

/// How far a run has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Phase {
    /// Everything runs.
    Running,
    /// No job begins any more; the rest goes on.
    Draining,
    /// Nothing begins any more.
    Ended,
}

/// What the loops work on.
pub(super) struct Hands {
    pub(super) desk: Arc<Desk>,
    pub(super) terminal: Arc<Terminal>,
    pub(super) market: Arc<SyntheticMarket>,
}

/// Runs every loop until its phase is over.
///
/// # Errors
///
/// One sentence, when another process has taken the desk over.
pub(super) async fn run(hands: &Hands, phase: watch::Receiver<Phase>) -> Result<()> {
    tokio::try_join!(
        relay(hands, phase.clone()),
        rooms(&hands.desk, phase.clone()),
        monitor(&hands.desk, phase.clone()),
        expire(&hands.desk, phase.clone()),
        lease(&hands.desk, phase.clone()),
        jobs(&hands.desk, phase),
    )?;
    Ok(())
}

/// Ends when that phase is reached; also when nobody is left to tell.
async fn reached(phase: &mut watch::Receiver<Phase>, wanted: Phase) {
    let _ = phase.wait_for(|now| *now >= wanted).await;
}

/// Waits for `next` while the run has not ended; `None` when it has.
async fn unless_ended<T>(
    phase: &mut watch::Receiver<Phase>,
    next: impl Future<Output = T>,
) -> Option<T> {
    tokio::select! {
        biased;
        () = reached(phase, Phase::Ended) => None,
        next = next => Some(next),
    }
}

/// The market moves, and what is due is performed and heard.
async fn relay(hands: &Hands, mut phase: watch::Receiver<Phase>) -> Result<()> {
    let Hands {
        desk,
        terminal,
        market,
    } = hands;
    let (mut beats, mut trouble) = (Beats::every(MARKET), Trouble::of("relay"));
    let mut telling = Trouble::of("terminal");
    loop {
        let next = async {
            tokio::select! {
                _ = beats.next() => {}
                () = desk.woken() => {}
            }
        };
        if unless_ended(&mut phase, next).await.is_none() {
            return Ok(());
        }
        market.advance(desk.now());
        trouble.heard(desk.pump_orders().await)?;
        telling.heard(terminal.feed(desk).await)?;
    }
}

/// Cards, each room at hand at its own pace: one that does not answer keeps neither an order nor another
/// room waiting.
async fn rooms(desk: &Desk, phase: watch::Receiver<Phase>) -> Result<()> {
    let each = desk.rooms().map(|there| room(desk, there, phase.clone()));
    futures::future::try_join_all(each).await.map(drop)
}

async fn room(desk: &Desk, room: Room, mut phase: watch::Receiver<Phase>) -> Result<()> {
    let (mut beats, mut trouble) = (Beats::every(MARKET), Trouble::of("room"));
    loop {
        let next = async {
            tokio::select! {
                _ = beats.next() => {}
                () = desk.woken_to_show(room) => {}
            }
        };
        if unless_ended(&mut phase, next).await.is_none() {
            return Ok(());
        }
        // A drawing that has begun may be cut off at the end: it is drawn again by the next start.
        let shown = unless_ended(&mut phase, desk.show(room)).await;
        let Some(shown) = shown else {
            return Ok(());
        };
        trouble.heard(shown)?;
    }
}

/// Marks, and exits that are due.
async fn monitor(desk: &Desk, mut phase: watch::Receiver<Phase>) -> Result<()> {
    let (mut beats, mut trouble) = (Beats::every(MONITOR), Trouble::of("monitor"));
    while let Some(skipped) = unless_ended(&mut phase, beats.next()).await {
        for _ in 0..skipped {
            desk.tick_skipped();
        }
        trouble.heard(desk.tick().await)?;
    }
    Ok(())
}

/// Tickets whose time has passed lose their buttons within a second.
async fn expire(desk: &Desk, mut phase: watch::Receiver<Phase>) -> Result<()> {
    let (mut beats, mut trouble) = (Beats::every(EXPIRE), Trouble::of("expire"));
    while unless_ended(&mut phase, beats.next()).await.is_some() {
        trouble.heard(desk.expire_due().await)?;
    }
    Ok(())
}

/// The right to run these loops.
async fn lease(desk: &Desk, mut phase: watch::Receiver<Phase>) -> Result<()> {
    let (mut beats, mut trouble) = (Beats::every(LEASE), Trouble::of("lease"));
    while unless_ended(&mut phase, beats.next()).await.is_some() {
        let renewed = match desk.hold_lease().await {
            Ok(_) => Ok(()),
            Err(StartError::Store(error)) => Err(error),
            Err(_) => Err(StoreError::Fenced),
        };
        trouble.heard(renewed)?;
    }
    Ok(())
}

/// The timetable. Without a store at its beginning it waits for one.
async fn jobs(desk: &Arc<Desk>, mut phase: watch::Receiver<Phase>) -> Result<()> {
    loop {
        let mut until = phase.clone();
        let draining = async move { reached(&mut until, Phase::Draining).await };
        let Err(error) = worker::work(vec![desk.clone()], draining).await else {
            return Ok(());
        };
        tracing::error!(%error, "the timetable stands still; it is begun anew");
        let waited = tokio::time::timeout(AGAIN, reached(&mut phase, Phase::Draining)).await;
        if waited.is_ok() {
            return Ok(());
        }
    }
}

/// What a loop complains of: once when it begins to fail, and once more when it goes on.
struct Trouble {
    of: &'static str,
    told: Option<String>,
}

impl Trouble {
    const fn of(of: &'static str) -> Self {
        Self { of, told: None }
    }

    /// Takes in how a round went. Fails only when the desk is somebody else's.
    fn heard<T>(&mut self, went: Result<T, StoreError>) -> Result<()> {
        let error = match went {
            Ok(_) => {
                if self.told.take().is_some() {
                    tracing::info!(name = self.of, "a loop goes on");
                }
                return Ok(());
            }
            Err(StoreError::Fenced) => {
                bail!(
                    "another process has taken this desk over, so this one has stopped; what was under way is that one's now"
                )
            }
            Err(error) => error.to_string(),
        };
        if self.told.as_ref() != Some(&error) {
            tracing::error!(name = self.of, error, "a loop fails and is tried again");
            self.told = Some(error);
        }
        Ok(())
    }
}
