//! `countersign doctor`: what would keep the desk from working, and how to mend it.

mod check;
mod host;
mod news;
mod platforms;
mod state;

use std::{fmt::Write as _, path::PathBuf, sync::Arc};

use anyhow::Result;
use clap::Args;
use countersign_desk::ports::Clock;

use self::check::{Check, State};
use super::Cli;
use crate::{
    clock::SystemClock,
    compose::{check_watchlist, home_of},
    config::{Config, ConfigError, Loaded},
    output::print,
};

/// Arguments of `doctor`.
#[derive(Debug, Default, Args)]
pub struct DoctorArgs {
    /// Print one JSON object instead of lines.
    #[arg(long)]
    pub json: bool,
}

/// Runs it; the exit code is 1 when a check failed. Changes nothing.
///
/// # Errors
///
/// When not even the home folder's name is known, or the report cannot be written.
pub async fn run(cli: &Cli, args: &DoctorArgs) -> Result<u8> {
    let home = home_of(cli.home.as_deref())?;
    let clock = Arc::new(SystemClock::start());
    let begun = clock.read();
    let loaded = Config::load(&cli.sources(Some(&home)));
    let mut checks = vec![
        config(&loaded),
        host::home(&home),
        host::space(&home),
        host::time_zone(begun.wall),
        host::terminal(),
    ];
    if let Ok(Loaded { config, .. }) = loaded {
        checks.push(state::database(&config, &home, clock.clone(), &cli.again("migrate")).await);
        checks.push(state::paper(&config, &home, clock.clone()));
        checks.push(host::port(&config.web));
        checks.push(platforms::telegram(&config, clock.clone()).await);
        checks.push(platforms::discord(&config, clock.clone()).await);
        checks.push(news::reader(&config, &home));
        checks.push(news::sources(&config, &home));
        checks.push(news::calendar(&config, &home, begun.wall));
    } else {
        let skipped = |name| Check::note(name, "not looked at: the configuration is refused");
        checks.extend(
            [
                "database",
                "paper account",
                "web port",
                "telegram",
                "discord",
            ]
            .into_iter()
            .chain(news::NAMES)
            .map(skipped),
        );
    }
    checks.push(host::clock(&home, begun, clock.read(), &kept(&home)));
    let good = checks.iter().all(|check| check.state != State::Fault);
    print(&if args.json {
        let report = serde_json::json!({ "ok": good, "checks": checks });
        format!("{report:#}\n")
    } else {
        lines(&checks)
    })?;
    Ok(u8::from(!good))
}

fn config(loaded: &Result<Loaded, ConfigError>) -> Check {
    const NAME: &str = "config";
    let refused = |error: &dyn ToString| {
        let otherwise = "correct it; `countersign check-config --reference` lists every key";
        Check::sentence(NAME, &error.to_string(), otherwise)
    };
    let loaded = match loaded {
        Err(error) => return refused(error),
        Ok(loaded) => loaded,
    };
    if let Err(error) = check_watchlist(&loaded.config) {
        return refused(&error);
    }
    let warnings = loaded.config.warnings();
    if !warnings.is_empty() {
        return Check::note(NAME, warnings.join(". "));
    }
    Check::good(
        NAME,
        match loaded.changed() {
            0 => "every key is as built in".to_owned(),
            some => format!("valid; keys that are not as built in: {some}"),
        },
    )
}

/// Files whose times tell when the desk was last at work.
fn kept(home: &std::path::Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(home).into_iter().flatten().flatten();
    let ours = entries.map(|entry| entry.path()).filter(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("countersign.db") || name.starts_with("paper-")
    });
    ours.collect()
}

fn lines(checks: &[Check]) -> String {
    let mut text = String::new();
    for check in checks {
        let word = match check.state {
            State::Good => "ok",
            State::Note => "note",
            State::Fault => "FAULT",
        };
        // Writing to a string does not fail.
        let _ = writeln!(text, "{word:<6}{:<14}{}", check.name, check.found);
        if let Some(fix) = &check.fix {
            let _ = writeln!(text, "{:<20}fix: {fix}", "");
        }
    }
    text
}
