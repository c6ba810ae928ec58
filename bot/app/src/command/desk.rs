//! `countersign desk ...`: the verbs that work with every surface down.
//!
//! They decide in the store; the process that runs the desk performs what follows within two
//! seconds, and where none runs, the next start does.

use std::sync::Arc;

use anyhow::{Result, bail};
use clap::Subcommand;
use countersign_cards::{self as cards, Action};
use countersign_desk::{
    Desk, Ports,
    desk::{DeskAsk, PositionAsk},
    ports::Clock,
};
use countersign_domain::{
    ids::{OrderId, PositionId},
    view::View,
};
use countersign_store::SqlStore;

use super::{Cli, demo::cli_press};
use crate::{
    absent::{NoBroker, NoMarket},
    clock::SystemClock,
    compose::{home_of, store_url},
    config::Config,
    ids::{SystemIds, holder},
};

/// What to do with the desk.
#[derive(Debug, Subcommand)]
pub enum DeskCommand {
    /// Shows trading state, positions, limits and health.
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
        /// The order's id, as `status` shows it.
        order: OrderId,
    },
    /// Closes a position.
    Close {
        /// The position's id, as `status` shows it.
        position: PositionId,
    },
}

/// Runs it.
///
/// # Errors
///
/// One sentence that says what is wrong and what to do.
pub async fn run(cli: &Cli, config: &Config, command: &DeskCommand) -> Result<u8> {
    let desk = attach(cli, config).await?;
    let id = desk.id();
    let (answer, done) = match command {
        DeskCommand::Status => return status(&desk).await,
        DeskCommand::Halt { reason } => (
            desk.ask_desk(cli_press(), DeskAsk::Halt, reason).await,
            said(&Action::Halt(id)),
        ),
        DeskCommand::Reduce { reason } => (
            desk.ask_desk(cli_press(), DeskAsk::Reduce, reason).await,
            said(&Action::Reduce(id)),
        ),
        DeskCommand::Resume { reason } => (
            desk.ask_desk(cli_press(), DeskAsk::Resume, reason).await,
            said(&Action::Resume(id)),
        ),
        DeskCommand::Flatten { reason } => {
            let answer = desk.ask_desk(cli_press(), DeskAsk::Flatten, reason).await;
            (
                answer,
                cards::terminal::flattened(&cards::Locale::english()),
            )
        }
        DeskCommand::Cancel { order } => (
            desk.cancel(cli_press(), *order).await,
            said(&Action::Cancel(*order)),
        ),
        DeskCommand::Close { position } => {
            let answer = desk
                .ask_position(cli_press(), *position, PositionAsk::Close)
                .await;
            (answer, said(&Action::Close(*position)))
        }
    };
    desk.hand_over().await?;
    match answer {
        Ok(_) => {
            println!("{done}");
            Ok(0)
        }
        Err(refusal) => {
            bail!(
                "{}",
                cards::refusal(&refusal, desk.now(), &cards::Locale::english())
            )
        }
    }
}

fn said(action: &Action) -> String {
    cards::done(action, &cards::Locale::english())
}

async fn status(desk: &Desk) -> Result<u8> {
    let board = View::Board(Box::new(desk.board().await?));
    print!("{}", cards::draw(&board, &cards::Locale::english()).text());
    for order in desk.seen().await?.live_orders() {
        println!(
            "{} {} {}",
            order.id,
            order.state.name(),
            order.client_order_id()
        );
    }
    Ok(0)
}

/// The desk as it is in the store, without touching its configuration, broker or market.
async fn attach(cli: &Cli, config: &Config) -> Result<Arc<Desk>> {
    let home = home_of(cli.home.as_deref())?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock::start());
    let ids = Arc::new(SystemIds::new(clock.clone()));
    let holder = holder("cli", ids.as_ref());
    let store = SqlStore::open(&store_url(config, &home), clock.clone(), holder.clone()).await?;
    let ports = Ports {
        broker: Arc::new(NoBroker {
            fee_per_contract: config.paper.fee_per_contract,
        }),
        market: Arc::new(NoMarket),
        chats: Vec::new(),
        store: Arc::new(store),
        clock,
        ids,
    };
    let desk = Desk::attach(config.desk_id(), config.trade.clone(), ports, &holder);
    if desk.seen().await.is_err() {
        bail!(
            "there is no desk {} in {}: start it once with `countersign run`",
            config.desk.name,
            home.display()
        );
    }
    Ok(desk)
}
