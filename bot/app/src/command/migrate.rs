//! `countersign migrate`: brings the database up to this program's version.

use anyhow::Result;

use super::Cli;
use crate::{
    compose::{home_of, store_url},
    config::{Config, redacted},
    home,
    output::print,
};

/// Runs it.
///
/// # Errors
///
/// One sentence that says what is wrong and what to do; the database is as it was.
pub async fn run(cli: &Cli) -> Result<u8> {
    let home = home_of(cli.home.as_deref())?;
    let config = Config::load(&cli.sources(Some(&home)))?.config;
    let url = store_url(&config, &home);
    let before = countersign_store::version(&url).await?;
    if config.store.url.is_empty() {
        home::make(&home)?;
    }
    countersign_store::migrate(&url).await?;
    let (place, known) = (redacted(&url), countersign_store::known());
    print(&if before == known {
        format!("{place} is of version {known} already: nothing to do\n")
    } else {
        format!("{place} was of version {before} and is of version {known} now\n")
    })?;
    Ok(0)
}
