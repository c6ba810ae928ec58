//! `countersign desk ...`: the verbs that work with every surface down.
//!
//! They decide in the store; the process that runs the desk performs what follows within two
//! seconds, and where none runs, the next start does.

mod export;

use std::{
    fmt::{Display, Write as _},
    path::Path,
    str::FromStr,
    sync::Arc,
};

use anyhow::{Result, bail, ensure};
use clap::Subcommand;
use countersign_brokers::paper::is_in_use;
use countersign_cards::{self as cards, Action, Locale};
use countersign_desk::{
    Desk, Ports,
    desk::{DeskAsk, PositionAsk},
    ports::{Clock, Store as _, StoreError},
};
use countersign_store::SqlStore;

use super::{Cli, demo::cli_press};
use crate::{
    absent::{NoBroker, NoMarket},
    clock::{ManualClock, SystemClock},
    compose::{desks_of, home_of, names, newest_time, store_url},
    config::Config,
    ids::{SystemIds, holder},
    newsroom::rules_alone,
    output::print,
    own_time,
};

/// What to do with the desk.
#[derive(Debug, Subcommand)]
pub enum DeskCommand {
    /// Shows trading state, positions, working orders and limits, and whether a process runs it.
    Status,
    /// Takes no entries and cancels working ones; exits go on.
    Halt {
        /// Why, for the log.
        reason: String,
    },
    /// Takes no new risk.
    Reduce {
        /// Why, for the log.
        reason: String,
    },
    /// Trades again.
    Resume {
        /// Why, for the log.
        reason: String,
    },
    /// Halts and closes everything.
    Flatten {
        /// Why, for the log.
        reason: String,
    },
    /// Cancels a working entry.
    Cancel {
        /// The order's id as `status` shows it, or the end of it.
        order: String,
    },
    /// Writes what was executed and decided, for a spreadsheet or a program.
    Export(export::ExportArgs),
    /// Sets every limit to what the configuration said at the last start, also one that chats can only
    /// tighten.
    ResetLimits,
    /// Closes a position.
    Close {
        /// The position's id as `status` shows it, or the end of it.
        position: String,
    },
}

/// Runs it.
///
/// # Errors
///
/// One sentence that says what is wrong and what to do.
pub async fn run(cli: &Cli, config: &Config, command: &DeskCommand) -> Result<u8> {
    let home = home_of(cli.home.as_deref())?;
    let desk = attach(&home, config).await?;
    let id = desk.id();
    let locale = Locale::of(config.desk.language);
    let (answer, done) = match command {
        DeskCommand::Status => return status(&desk, &home, &locale).await,
        DeskCommand::Export(args) => return export::run(&desk, args, &locale).await,
        DeskCommand::Halt { reason } => (
            desk.ask_desk(cli_press(), DeskAsk::Halt, reason).await,
            said(&locale, &Action::Halt(id)),
        ),
        DeskCommand::Reduce { reason } => (
            desk.ask_desk(cli_press(), DeskAsk::Reduce, reason).await,
            said(&locale, &Action::Reduce(id)),
        ),
        DeskCommand::Resume { reason } => (
            desk.ask_desk(cli_press(), DeskAsk::Resume, reason).await,
            said(&locale, &Action::Resume(id)),
        ),
        DeskCommand::Flatten { reason } => {
            let answer = desk.ask_desk(cli_press(), DeskAsk::Flatten, reason).await;
            (answer, cards::terminal::flattened(&locale))
        }
        DeskCommand::ResetLimits => {
            let answer = desk.restore_limits(cli_press()).await;
            (answer, cards::terminal::limits_reset(&locale))
        }
        DeskCommand::Cancel { order } => {
            let seen = desk.seen().await?;
            let order = named(order, "live order", seen.live_orders().map(|one| one.id))?;
            (
                desk.cancel(cli_press(), order).await,
                said(&locale, &Action::Cancel(order)),
            )
        }
        DeskCommand::Close { position } => {
            let seen = desk.seen().await?;
            let open = seen.open_positions().map(|one| one.id);
            let position = named(position, "open position", open)?;
            let answer = desk
                .ask_position(cli_press(), position, PositionAsk::Close)
                .await;
            (answer, said(&locale, &Action::Close(position)))
        }
    };
    desk.hand_over().await?;
    match answer {
        Ok(_) => {
            print(&format!(
                "{done}\n{}",
                unless_run(&desk, &home, &locale).await?
            ))?;
            Ok(0)
        }
        Err(refusal) => {
            bail!("{}", cards::refusal(&refusal, desk.now(), &locale))
        }
    }
}

fn said(locale: &Locale, action: &Action) -> String {
    cards::done(action, locale)
}

/// The fewest letters of an id's ending: fewer are a slip.
const LEAST: usize = 4;

/// The id that a person wrote: whole, or so much of its end that no other one of `among` has it.
/// A card puts an ellipsis before an ending. A whole id need not be among them: the verb says what
/// became of it.
fn named<I>(text: &str, what: &str, among: impl Iterator<Item = I>) -> Result<I>
where
    I: Display + FromStr,
{
    if let Ok(whole) = text.parse() {
        return Ok(whole);
    }
    let end = text.trim().trim_start_matches('…').to_ascii_uppercase();
    ensure!(
        end.chars().count() >= LEAST,
        "{text:?} is too short for an id; give at least its last {LEAST} letters, as `desk status` shows them"
    );
    let mut matching = among.filter(|id| id.to_string().ends_with(&end));
    match (matching.next(), matching.next()) {
        (Some(only), None) => Ok(only),
        (None, _) => bail!("no {what} has an id that ends in {end}; `desk status` lists them"),
        (Some(one), Some(other)) => {
            bail!("{one} and {other} both end in {end}; give more letters of the one you mean")
        }
    }
}

/// Says so when no process runs the desk.
async fn unless_run(desk: &Desk, home: &Path, locale: &Locale) -> Result<String> {
    // The lease of a desk whose time is its own never runs out once that time stands still.
    let leased = !own_time::is_kept(home, desk.id()) && desk.store().is_leased(desk.id()).await?;
    let account = desk.seen().await?.desk.account.to_string();
    if leased || is_in_use(home, &account) {
        return Ok(String::new());
    }
    let words = cards::terminal::nobody_runs(locale);
    Ok(format!("{words}\n"))
}

async fn status(desk: &Desk, home: &Path, locale: &Locale) -> Result<u8> {
    let board = desk.board().await?;
    let seen = desk.seen().await?;
    let card = cards::status(&board, seen.desk.flat_wanted, locale);
    let mut text = unless_run(desk, home, locale).await?;
    if own_time::is_kept(home, desk.id()) {
        text += &cards::terminal::own_time(desk.now(), SystemClock::start().now(), locale);
        text.push('\n');
    }
    text += &card.text();
    for order in seen.live_orders() {
        let (id, state, name) = (order.id, order.state.name(), order.client_order_id());
        // Writing to a string does not fail.
        let _ = writeln!(text, "{id} {state} {name}");
    }
    print(&text)?;
    Ok(0)
}

/// The desk as it is in the store, without touching its configuration, broker or market.
async fn attach(home: &Path, config: &Config) -> Result<Arc<Desk>> {
    let (id, url) = (config.desk_id(), store_url(config, home));
    let mut clock: Arc<dyn Clock> = Arc::new(SystemClock::start());
    let holder = holder("cli", &SystemIds::new(clock.clone()));
    let mut store = SqlStore::open(&url, clock.clone(), holder.clone()).await?;
    match store.read(id).await {
        Err(StoreError::NoDesk(_)) => bail!(
            "there is no desk {:?} here; there is: {}. Name it with --set desk.name=NAME, or start a new one with `countersign run`",
            config.desk.name,
            names(&desks_of(&store).await?)
        ),
        read => read?,
    };
    if own_time::is_kept(home, id) {
        // What is asked of it happens when it is, not months later.
        clock = Arc::new(ManualClock::at(newest_time(&store, id).await?));
        store = SqlStore::open(&url, clock.clone(), holder.clone()).await?;
    }
    let ids = Arc::new(SystemIds::new(clock.clone()));
    let ports = Ports {
        broker: Arc::new(NoBroker {
            fee_per_contract: config.paper.fee_per_contract,
        }),
        market: Arc::new(NoMarket),
        chats: Vec::new(),
        store: Arc::new(store),
        clock,
        ids,
        news: rules_alone(config, home)?,
    };
    Ok(Desk::attach(id, config.trade.clone(), ports, &holder))
}
