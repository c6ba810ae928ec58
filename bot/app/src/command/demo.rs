//! `countersign demo`: a whole trade on the synthetic market, at accelerated time.

pub(super) mod ears;
mod ending;

use std::{path::Path, sync::Arc, time::Duration};

use anyhow::Result;
use clap::Args;
use countersign_cards as cards;
use countersign_desk::{Desk, desk::StandingBounds, ports::Clock, press::Press};
use countersign_domain::{
    calendar,
    operator::{Identity, Surface},
};
use countersign_feeds::Feed as _;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use self::{
    ears::{Ears, Heard},
    ending::Why,
};
use super::{Cli, quoted};
use crate::{
    clock::ManualClock,
    compose::{seen_before, synthetic_market},
    config::Config,
    ids::{SystemIds, holder},
    interrupt::STOPPED,
    output::{print, warn},
    own_time,
    session::{Materials, Ready, Session},
    stepper::{Stepper, TICK},
    terminal::{self, RawMode},
};

/// The most minutes that a demo may be told to run: a year.
const YEAR: u32 = 366 * 24 * 60;

/// Arguments of `demo`.
#[derive(Debug, Default, Args)]
pub struct DemoArgs {
    /// Sign a standing approval, trade without a person, end with a summary (paper only).
    #[arg(long)]
    pub auto_confirm: bool,
    /// Market seconds per second while no ticket waits, or `max`.
    #[arg(long, allow_negative_numbers = true)]
    pub speed: Option<Speed>,
    /// The seed of the synthetic market.
    #[arg(long, allow_negative_numbers = true, value_parser = seed)]
    pub seed: Option<u64>,
    /// End after so many market minutes, 0 at once; without it, `--auto-confirm` ends by the
    /// configuration and a person ends with q.
    #[arg(long, allow_negative_numbers = true, value_parser = minutes)]
    pub minutes: Option<u32>,
}

/// The minutes of `--minutes`.
fn minutes(text: &str) -> Result<u32, String> {
    let minutes = text.parse().ok().filter(|minutes| *minutes <= YEAR);
    minutes.ok_or_else(|| format!("minutes are a whole number from 0 to {YEAR}, a year"))
}

/// The seed of `--seed`.
pub(super) fn seed(text: &str) -> Result<u64, String> {
    let wrong = |_| format!("a seed is a whole number from 0 to {}", u64::MAX);
    text.parse().map_err(wrong)
}

/// How fast market time runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speed {
    /// So many market seconds per second.
    Times(u32),
    /// As fast as the machine can.
    Max,
}

impl std::str::FromStr for Speed {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "max" => Ok(Self::Max),
            _ => match text.parse() {
                Ok(times) if (1..=10_000).contains(&times) => Ok(Self::Times(times)),
                _ => Err("a speed is a whole number from 1 to 10000, or max".to_owned()),
            },
        }
    }
}

impl Speed {
    /// Real time that a step of market time takes; none at full speed.
    pub(super) fn wait(self, step: SignedDuration) -> Option<Duration> {
        match self {
            Self::Max => None,
            Self::Times(times) => Some(step.unsigned_abs() / times),
        }
    }
}

/// Runs it.
///
/// # Errors
///
/// One sentence that says what is wrong and what to do.
pub async fn run(cli: &Cli, config: &Config, args: &DemoArgs) -> Result<u8> {
    // Without a person, the approval is refused in a sentence of its own.
    if !args.auto_confirm {
        warn(config);
    }
    let temporary = tempfile::tempdir()?;
    let home = cli.home.as_deref().unwrap_or_else(|| temporary.path());
    if cli.home.is_none() {
        print(&passing(home, config))?;
    }
    // From here on a request to end is not lost: it winds up what has come up.
    let ears = Ears::open()?;
    let demo = Demo::open(config, home, args).await?;
    demo.run(ears).await
}

/// Where a demo without a home of its own keeps its desk, for a look from beside it.
fn passing(home: &Path, config: &Config) -> String {
    let place = home.display();
    let home = quoted(&place.to_string());
    let desk = quoted(&format!("desk.name={}", config.desk.name));
    format!(
        "The home of this demo is {place}, until it ends. Meanwhile, in another terminal:\n\
         countersign desk status --home {home} --set {desk}\n\
         countersign audit verify --home {home}\n"
    )
}

/// A demo that runs.
struct Demo {
    session: Session,
    stepper: Stepper,
    speed: Speed,
    end: Option<Timestamp>,
    by_itself: bool,
}

impl Demo {
    async fn open(config: &Config, home: &Path, args: &DemoArgs) -> Result<Self> {
        let first = config
            .demo
            .start
            .to_zoned(TimeZone::get("America/New_York")?)?
            .timestamp();
        // A market of its own has a time of its own: with the same home it goes on where it stopped.
        let before = seen_before(config, home).await?;
        let start = first.max(before.at);
        let clock = Arc::new(ManualClock::at(start));
        let seed = args.seed.unwrap_or(config.demo.seed);
        let market = synthetic_market(config, seed, first)?;
        market.advance(start);
        let ids = Arc::new(SystemIds::new(clock.clone() as Arc<dyn Clock>));
        own_time::keep(home, config.desk_id())?;
        let with = Materials {
            clock: clock.clone(),
            holder: holder("demo", ids.as_ref()),
            ids,
            market: market.clone(),
            told: before.seq,
            keys: !args.auto_confirm && terminal::are_read(),
        };
        let ready = Ready::open(config, home, with).await?;
        if args.auto_confirm {
            ready.desk.take().await?;
            approve(&ready.desk, config, session_end(start)).await?;
        }
        let session = ready.start().await?;
        let minutes = args
            .minutes
            .or(args.auto_confirm.then_some(config.demo.minutes));
        let last = |minutes: u32| start + SignedDuration::from_mins(i64::from(minutes));
        Ok(Self {
            stepper: Stepper::new(session.desk.clone(), clock, market),
            session,
            speed: args.speed.unwrap_or(Speed::Times(config.demo.speed)),
            end: minutes.map(last),
            by_itself: args.auto_confirm,
        })
    }

    async fn run(mut self, mut ears: Ears) -> Result<u8> {
        let _raw = RawMode::on();
        let why = loop {
            if self.end.is_some_and(|end| self.stepper.now() >= end) {
                break Why::TimeIsOver;
            }
            let wait = self.step().await?;
            if self.listen(&mut ears, wait).await? == Some(Heard::End) {
                break Why::Asked;
            }
        };
        tokio::select! {
            biased;
            () = ears.interrupted() => Ok(STOPPED),
            code = self.wind_up(why) => code,
        }
    }

    /// One step, and the real time that it takes: a person's seconds are seconds while a ticket
    /// waits for them, and nobody waits for the night to pass.
    async fn step(&mut self) -> Result<Duration> {
        let waits = self.session.desk.seen().await?.offered().next().is_some();
        let now = self.stepper.now();
        let (next, wait) = if waits && !self.by_itself {
            let second = SignedDuration::from_secs(1);
            (now + second, Some(second.unsigned_abs()))
        } else {
            (self.stepper.next(), self.speed.wait(TICK))
        };
        self.stepper.go_to(next).await?;
        self.session.terminal.feed(&self.session.desk).await?;
        Ok(wait.unwrap_or_default())
    }

    /// Does what a person says for so long. Answers with what ends the demo.
    async fn listen(&self, ears: &mut Ears, lasting: Duration) -> Result<Option<Heard>> {
        let (desk, terminal) = (&self.session.desk, &self.session.terminal);
        #[expect(clippy::disallowed_methods, reason = "drivers own the loops")]
        let mut pause = std::pin::pin!(tokio::time::sleep(lasting));
        loop {
            tokio::select! {
                biased;
                heard = ears.hear() => match heard {
                    Heard::End => return Ok(Some(heard)),
                    Heard::Key(key) => {
                        terminal.press(key, desk).await;
                    }
                },
                () = desk.woken() => {
                    desk.pump().await?;
                }
                () = &mut pause => return Ok(None),
            }
        }
    }
}

/// The close of the session at `at`, or of the next one.
fn session_end(at: Timestamp) -> Timestamp {
    let session =
        calendar::session_at(at).or_else(|| calendar::next_session(calendar::market_date(at)));
    session.map_or(at + TICK, |session| session.close)
}

/// A press from the binary itself.
pub(super) fn cli_press() -> Press {
    let who = Identity {
        surface: Surface::Cli,
        user: "local".to_owned(),
    };
    Press { who, key: None }
}

/// Signs the standing approval of `--auto-confirm`, within the desk's own limits.
pub(super) async fn approve(desk: &Desk, config: &Config, until: Timestamp) -> Result<()> {
    let limits = &config.limits;
    let bounds = StandingBounds {
        strategy: None,
        underlying: None,
        per_day: limits.orders_per_day,
        worst_loss_per_ticket: limits.worst_loss_per_ticket,
        worst_loss_per_day: limits
            .worst_loss_per_ticket
            .times(i64::from(limits.orders_per_day)),
        until,
    };
    let signed = desk.sign_standing(cli_press(), bounds, true).await;
    let words = cards::Locale::of(config.desk.language);
    match signed {
        Ok(_) => Ok(()),
        Err(refusal) => anyhow::bail!(
            "--auto-confirm: {}",
            cards::refusal(&refusal, desk.now(), &words)
        ),
    }
}
