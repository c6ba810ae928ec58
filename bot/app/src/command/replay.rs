//! `countersign replay`: a recorded day through the same desk.

mod events;
mod headlines;

use std::{path::PathBuf, sync::Arc};

use anyhow::{Result, ensure};
use clap::Args;
use countersign_cards as cards;
use countersign_desk::ports::{Clock, Ids};
use countersign_domain::{instrument::Symbol, view::View};
use countersign_feeds::replay::{Replay, ReplaySource, Report};
use jiff::{SignedDuration, Timestamp, civil::Date};

use self::events::EventsFile;
use super::{
    Cli,
    demo::{Speed, approve},
};
use crate::{
    audit::anchor_newest,
    clock::ManualClock,
    compose::{Parts, paper_desk, seen_before},
    config::Config,
    ids::SeededIds,
    interrupt::{Interrupts, STOPPED},
    own_time,
    stepper::Stepper,
    terminal::Terminal,
};

/// Time after the close in which the report is made.
const AFTER_CLOSE: SignedDuration = SignedDuration::from_mins(10);

/// Arguments of `replay`.
#[derive(Debug, Args)]
pub struct ReplayArgs {
    /// What the options are written on, such as GOOG.
    #[arg(long)]
    pub underlying: String,
    /// The recorded day, such as 2015-12-23.
    #[arg(long, value_parser = super::sessions::date)]
    pub date: Date,
    /// The folder of the underlying's minute bars.
    #[arg(long)]
    pub bars: PathBuf,
    /// The folder of the option quotes.
    #[arg(long)]
    pub options: PathBuf,
    /// Headlines of the day, each told when its time comes: CSV with a line of column names, JSON or
    /// JSON lines, with `published_at`, `headline`, `publisher` and `symbols`. Files of other columns
    /// are described in `news.sources` of the configuration.
    #[arg(long)]
    pub news: Option<PathBuf>,
    /// Sign a standing approval, so that the desk trades by itself.
    #[arg(long)]
    pub auto_confirm: bool,
    /// Market seconds per second, or `max`.
    #[arg(long, default_value = "max", allow_negative_numbers = true)]
    pub speed: Speed,
    /// Write every event of the day to this file, one JSON object a line.
    #[arg(long)]
    pub events: Option<PathBuf>,
}

/// Runs it.
///
/// # Errors
///
/// One sentence that says what is wrong and what to do.
pub async fn run(cli: &Cli, config: &Config, args: &ReplayArgs) -> Result<u8> {
    let underlying: Symbol = args.underlying.to_uppercase().parse()?;
    let feed = Arc::new(Replay::open(ReplaySource {
        underlying,
        date: args.date,
        bars_dir: args.bars.clone(),
        options_dir: args.options.clone(),
    })?);
    let session = feed.session();
    let temporary = tempfile::tempdir()?;
    let home = cli.home.as_deref().unwrap_or_else(|| temporary.path());
    let before = seen_before(config, home).await?;
    ensure!(
        before.at < session.open,
        "the desk in {} has lived up to {}, and this session opened at {}; name another folder with --home",
        home.display(),
        before.at,
        session.open
    );
    own_time::keep(home, config.desk_id())?;
    let events = args.events.as_deref().map(EventsFile::open).transpose()?;
    let terminal = Terminal::new(config.desk.language);
    show_reading(&terminal, feed.report());
    let mut config = config.clone();
    config.trade.watchlist = vec![underlying];
    headlines::alone(&mut config, args.news.as_deref(), &terminal)?;
    let clock = Arc::new(ManualClock::at(session.open));
    let ids: Arc<dyn Ids> = Arc::new(SeededIds::new(1, clock.clone() as Arc<dyn Clock>));
    let parts = Parts {
        home,
        clock: clock.clone(),
        ids,
        market: feed.clone(),
        chats: Vec::new(),
        holder: "replay".to_owned(),
    };
    let desk = paper_desk(&config, parts).await?;
    let mut interrupts = Interrupts::listen()?;
    // What can be refused is asked before the start counts.
    if args.auto_confirm {
        desk.take().await?;
        approve(&desk, &config, session.close).await?;
    }
    desk.recover().await?;
    let mut stepper = Stepper::new(desk.clone(), clock, feed);
    let end = session.close + AFTER_CLOSE;
    let played = tokio::select! {
        biased;
        () = interrupts.next() => None,
        played = play(&mut stepper, &terminal, end, args.speed) => Some(played?),
    };
    let winding_up = async {
        terminal.feed(&desk).await?;
        let report = View::Report(Box::new(desk.report(args.date).await?));
        terminal.print(&cards::draw(&report, terminal.locale()).text());
        desk.stop().await?;
        anchor_newest(home, desk.store().as_ref(), desk.id()).await?;
        if let Some(file) = events {
            file.write(&desk).await?;
        }
        anyhow::Ok(())
    };
    tokio::select! {
        biased;
        () = interrupts.next() => return Ok(STOPPED),
        done = winding_up => done?,
    }
    terminal.written()?;
    // What was cut short is no whole day.
    Ok(if played.is_some() { 0 } else { STOPPED })
}

/// Plays the day up to `end`.
async fn play(
    stepper: &mut Stepper,
    terminal: &Terminal,
    end: Timestamp,
    speed: Speed,
) -> Result<()> {
    while stepper.now() < end {
        let before = stepper.now();
        stepper.go_to(stepper.next().min(end)).await?;
        terminal.feed(stepper.desk()).await?;
        if let Some(wait) = speed.wait(stepper.now().duration_since(before)) {
            #[expect(clippy::disallowed_methods, reason = "drivers own the loops")]
            tokio::time::sleep(wait).await;
        }
    }
    Ok(())
}

/// What reading the day's files gave: rows kept and dropped by reason, members left out, gaps.
fn show_reading(terminal: &Terminal, report: &Report) {
    for (what, reading) in report.readings() {
        let counts = &reading.counts;
        let reasons: Vec<String> = counts
            .reasons()
            .filter(|(_, count)| *count > 0)
            .map(|(reason, count)| format!("{count} {reason}"))
            .collect();
        let dropped = if reasons.is_empty() {
            "none".to_owned()
        } else {
            reasons.join(", ")
        };
        terminal.print(&format!(
            "{what}: {} rows, dropped: {dropped}",
            counts.rows()
        ));
        for row in reading.examples.iter().take(1) {
            terminal.print(&format!("  such as {} ({})", row.place, row.reason));
        }
        for member in &reading.skipped {
            terminal.print(&format!("  left out: {member}"));
        }
    }
    terminal.print(&format!(
        "{} contracts; {} minutes of the session without a bar",
        report.contracts,
        report.gaps.len()
    ));
    if report.last_trade {
        terminal.print(
            "no usable quotes of the underlying: its last trade stands for both sides of its market",
        );
    }
}
