//! `countersign run`: the desk in real time, on the paper broker and a synthetic market that goes
//! on over restarts.

mod loops;

use std::{path::Path, sync::Arc, time::Duration};

use anyhow::{Result, bail, ensure};
use clap::Args;
use countersign_cards::terminal as words;
use countersign_desk::{Desk, ports::Clock};
use countersign_feeds::Feed as _;
use jiff::SignedDuration;
use tokio::sync::watch;

use self::loops::{Hands, Phase};
use super::{
    Cli,
    demo::{
        ears::{Ears, Heard},
        seed,
    },
};
use crate::{
    beats::Beats,
    clock::SystemClock,
    compose::{home_of, seen_before, synthetic_market},
    config::Config,
    ids::{SystemIds, holder},
    interrupt::STOPPED,
    output::warn,
    own_time,
    session::{Materials, Session},
    terminal::{self, RawMode},
};

/// The longest that orders in flight are waited for at the end.
const PATIENCE: Duration = Duration::from_secs(10);

/// The longest that what is being done is waited for after that.
const LAST_PATIENCE: Duration = Duration::from_secs(5);

/// Time between two looks at orders in flight.
const LOOK: Duration = Duration::from_millis(100);

/// Requests to end that come so soon after the first are the same one: shells and supervisors send
/// it to a process and to its group.
const ECHO: Duration = Duration::from_millis(250);

/// How far a store's newest time may be ahead of the clock: clocks of machines differ a little.
const AHEAD: SignedDuration = SignedDuration::from_mins(1);

/// Arguments of `run`.
#[derive(Debug, Default, Args)]
pub struct RunArgs {
    /// The seed of the synthetic market.
    #[arg(long, allow_negative_numbers = true, value_parser = seed)]
    pub seed: Option<u64>,
}

/// Runs it.
///
/// # Errors
///
/// One sentence that says what is wrong and what to do.
pub async fn run(cli: &Cli, config: &Config, args: &RunArgs) -> Result<u8> {
    let home = home_of(cli.home.as_deref())?;
    warn(config);
    // From here on a request to end is not lost: it winds up what has come up.
    let mut ears = Ears::open()?;
    let (session, hands) = open(config, &home, args).await?;
    let _raw = RawMode::on();
    drive(session, hands, &mut ears).await
}

async fn open(config: &Config, home: &Path, args: &RunArgs) -> Result<(Session, Hands)> {
    let clock = Arc::new(SystemClock::start());
    let before = seen_before(config, home).await?;
    let now = clock.now();
    ensure!(
        !own_time::is_kept(home, config.desk_id()),
        "the desk in {} was run by a demo or a replay, whose time is its own; name another folder with --home",
        home.display()
    );
    ensure!(
        before.at <= now + AHEAD,
        "the desk in {} was last run at {}, which is yet to come: a demo's time is its own, so name another folder with --home",
        home.display(),
        before.at
    );
    // The market began with the desk, so that prices go on where they were.
    let first = before.first.unwrap_or(now);
    let seed = args.seed.unwrap_or(config.demo.seed);
    let market = synthetic_market(config, seed, first)?;
    market.advance(now);
    let ids = Arc::new(SystemIds::new(clock.clone() as Arc<dyn Clock>));
    let with = Materials {
        clock: clock.clone(),
        holder: holder("run", ids.as_ref()),
        ids,
        market: market.clone(),
        told: before.seq,
        keys: terminal::are_read(),
    };
    let session = Session::open(config, home, with).await?;
    let hands = Hands {
        desk: session.desk.clone(),
        terminal: session.terminal.clone(),
        market,
    };
    Ok((session, hands))
}

/// Runs the loops until somebody asks for the end; the first request winds up, the second stops
/// at once.
async fn drive(mut session: Session, hands: Hands, ears: &mut Ears) -> Result<u8> {
    let (phase, told) = watch::channel(Phase::Running);
    let loops = loops::run(&hands, told);
    let mut loops = std::pin::pin!(loops);
    tokio::select! {
        biased;
        () = listen(ears, &hands) => {}
        ended = &mut loops => {
            ended?;
            bail!("the desk's loops ended by themselves; start it again");
        }
    }
    let winding_up = async {
        let words = words::draining(session.terminal.locale());
        session.terminal.print(&words);
        // Scans have ended; whatever was confirmed before comes to its end or stays as it is.
        phase.send_replace(Phase::Draining);
        let quiet = async {
            session.hang_up().await;
            in_flight(&hands.desk).await;
        };
        tokio::select! {
            ended = &mut loops => ended?,
            () = quiet => {}
        }
        phase.send_replace(Phase::Ended);
        if let Ok(ended) = tokio::time::timeout(LAST_PATIENCE, &mut loops).await {
            ended?;
        } else {
            tracing::warn!("something is still being done; the next start looks after it");
        }
        session.close().await?;
        Ok(0)
    };
    tokio::select! {
        biased;
        () = again(ears) => Ok(STOPPED),
        code = winding_up => code,
    }
}

/// Does what a person says, until they ask for the end.
async fn listen(ears: &mut Ears, hands: &Hands) {
    while let Heard::Key(key) = ears.hear().await {
        hands.terminal.press(key, &hands.desk).await;
    }
}

/// Ends with the second request to end.
async fn again(ears: &mut Ears) {
    let echoes = async {
        loop {
            ears.interrupted().await;
        }
    };
    let _: Result<(), _> = tokio::time::timeout(ECHO, echoes).await;
    ears.interrupted().await;
}

/// Ends when no order lives any more, or patience does.
async fn in_flight(desk: &Desk) {
    let quiet = async {
        let mut looks = Beats::every(LOOK);
        loop {
            looks.next().await;
            match desk.seen().await {
                Ok(seen) if seen.live_orders().next().is_some() => {}
                // Without a store nobody knows: what is left is found by the next start.
                _ => return,
            }
        }
    };
    // What still lives then is told by the session's last words.
    let _ = tokio::time::timeout(PATIENCE, quiet).await;
}

#[cfg(test)]
mod tests;
