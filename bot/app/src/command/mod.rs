//! The sub-commands, one file each.

pub mod audit;
pub mod cards;
pub mod check_config;
pub mod demo;
pub mod desk;
pub mod doctor;
mod grammar;
pub mod migrate;
pub mod models;
pub mod replay;
pub mod run;
pub mod sessions;
pub mod veto;

use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};
use clap::{Arg, Parser, Subcommand};
use countersign_store::OpenError;

use crate::{
    compose::home_of,
    config::{Config, Preset, Sources},
};

/// Proposes option trades, sends an order only when a person confirms it, and closes each position
/// by the plan that stood on its card.
#[derive(Debug, Parser)]
#[command(name = "countersign", version)]
pub struct Cli {
    /// The folder that holds all state.
    #[arg(long, global = true, env = "COUNTERSIGN_HOME")]
    pub home: Option<PathBuf>,
    /// A configuration file that is laid over the defaults.
    #[arg(long, global = true, env = "COUNTERSIGN_CONFIG")]
    pub config: Option<PathBuf>,
    /// One setting, such as `limits.daily_loss=500`; may be given several times.
    // Not global, since some commands have a `--set` of their own: `grammar` puts it behind the others.
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub set: Vec<String>,
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// The audit log.
    Audit {
        /// What to do with it.
        #[command(subcommand)]
        command: audit::AuditCommand,
    },
    /// The cards of the chat platforms, for those who work on them.
    Cards(cards::CardsArgs),
    /// Prints the configuration as it counts, passwords hidden, or says what is wrong with it.
    CheckConfig(check_config::CheckConfigArgs),
    /// A whole trade on the synthetic market, at accelerated time (the default).
    Demo(demo::DemoArgs),
    /// The desk's verbs, also with every surface down.
    Desk {
        /// What to do with it.
        #[command(subcommand)]
        command: desk::DeskCommand,
    },
    /// Looks for what would keep the desk from working, with the fix of each fault.
    Doctor(doctor::DoctorArgs),
    /// Brings the database up to this program's version.
    Migrate,
    /// The scorers that read news.
    Models {
        /// What to do with them.
        #[command(subcommand)]
        command: models::ModelsCommand,
    },
    /// Runs a recorded day through the desk.
    Replay(replay::ReplayArgs),
    /// Runs the desk in real time, until Ctrl-C.
    Run(run::RunArgs),
    /// Prints the exchange calendar from one day to another as CSV.
    Sessions(sessions::SessionsArgs),
    /// The veto on stories of danger.
    Veto {
        /// What to do with it.
        #[command(subcommand)]
        command: veto::VetoCommand,
    },
}

/// Runs what was asked for; answers with the exit code.
///
/// # Errors
///
/// One sentence that says what is wrong and what to do.
pub async fn run(cli: Cli) -> Result<u8> {
    let plain = || config(&cli, None);
    match &cli.command {
        Some(Command::Audit { command }) => audit::run(&cli, command)
            .await
            .map_err(|error| mended(&cli, error)),
        Some(Command::Cards(args)) => cards::run(&config(&cli, Some(Preset::DEMO))?, args).await,
        Some(Command::CheckConfig(args)) => check_config::run(&cli, args),
        Some(Command::Doctor(args)) => doctor::run(&cli, args).await,
        Some(Command::Migrate) => migrate::run(&cli).await,
        Some(Command::Models { command }) => models::run(&cli, command).await,
        Some(Command::Sessions(args)) => sessions::run(args),
        Some(Command::Veto { command }) => veto::run(&cli, command),
        Some(Command::Replay(args)) => {
            replay::run(&cli, &config(&cli, Some(Preset::REPLAY))?, args).await
        }
        Some(Command::Run(args)) => run::run(&cli, &plain()?, args).await,
        Some(Command::Desk { command }) => desk::run(&cli, &plain()?, command)
            .await
            .map_err(|error| mended(&cli, error)),
        Some(Command::Demo(args)) => {
            demo::run(&cli, &config(&cli, Some(Preset::DEMO))?, args).await
        }
        None => {
            let args = demo::DemoArgs::default();
            demo::run(&cli, &config(&cli, Some(Preset::DEMO))?, &args).await
        }
    }
}

/// The configuration of a command, with what it brings along.
fn config(cli: &Cli, preset: Option<Preset>) -> Result<Config> {
    let sources = match preset {
        // Its home is a temporary one unless another was named.
        Some(preset) => cli.sources(cli.home.as_deref()).with_preset(preset),
        None => cli.sources(Some(&home_of(cli.home.as_deref())?)),
    };
    Ok(Config::load(&sources)?.config)
}

/// An error of a database that is not there or too old, with the command that mends it: on the home
/// that this one was given, not on another.
fn mended(cli: &Cli, error: anyhow::Error) -> anyhow::Error {
    match error.downcast_ref() {
        Some(OpenError::Missing { place }) => anyhow!(
            "there is no database at {place}: no desk has run there yet; start one with `{}`, or name another folder with --home DIR",
            cli.again("run")
        ),
        Some(older @ OpenError::Older { .. }) => {
            let again = cli.again("migrate");
            anyhow!(older.to_string().replace("countersign migrate", &again))
        }
        _ => error,
    }
}

/// A word as a shell reads it.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./=,:@+~%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

impl Cli {
    /// The command line of this process. A variable that is empty counts as not set: a container
    /// hands over what nobody gave a value to.
    pub fn of_process() -> Self {
        let empty = |arg: &Arg| {
            let value = arg.get_env().and_then(std::env::var_os);
            value.is_some_and(|value| value.is_empty())
        };
        let mut command = grammar::command().mut_args(|arg| {
            if empty(&arg) {
                arg.env(None::<&str>)
            } else {
                arg
            }
        });
        let mut found = command.get_matches_mut();
        grammar::read(&mut found)
            .map_err(|error| error.format(&mut command))
            .unwrap_or_else(|error| error.exit())
    }

    /// Another command on the same home with the same settings.
    fn again(&self, command: &str) -> String {
        let mut words = vec!["countersign".to_owned(), command.to_owned()];
        let paths = [("--home", &self.home), ("--config", &self.config)];
        for (option, path) in paths {
            if let Some(path) = path {
                words.extend([option.to_owned(), quoted(&path.to_string_lossy())]);
            }
        }
        for setting in &self.set {
            words.extend(["--set".to_owned(), quoted(setting)]);
        }
        words.join(" ")
    }

    /// Where the configuration is read from, with `config.toml` of that home folder.
    pub fn sources(&self, home: Option<&Path>) -> Sources {
        Sources::of_process(home, self.config.as_deref(), &self.set)
    }
}
