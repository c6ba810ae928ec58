//! What the desk keeps: its database and its paper account.

use std::{fs, path::Path, sync::Arc};

use anyhow::Context as _;
use countersign_brokers::paper::PaperBroker;
use countersign_desk::ports::{Clock, Store as _};
use countersign_store::SqlStore;

use super::check::Check;
use crate::{
    absent::NoMarket,
    compose::store_url,
    config::{Config, redacted},
};

/// Whether the database can be reached, is of this program's version, and is whole.
pub(super) async fn database(config: &Config, home: &Path, clock: Arc<dyn Clock>) -> Check {
    const NAME: &str = "database";
    let url = store_url(config, home);
    let place = redacted(&url);
    let known = countersign_store::known();
    let broken = |error: &dyn ToString| {
        let otherwise = "mend what the database says, or restore a copy";
        Check::sentence(NAME, &error.to_string(), otherwise)
    };
    if config.store.url.is_empty() && !home.join("countersign.db").exists() {
        return Check::good(NAME, format!("{place} will be made"));
    }
    match countersign_store::version(&url).await {
        Err(error) => return broken(&error),
        Ok(found) if found < known => {
            let found = format!("{place} is of version {found}; this program needs {known}");
            return Check::fault(NAME, found, "run `countersign migrate`");
        }
        Ok(_) => {}
    }
    let store = match SqlStore::open(&url, clock, "doctor".to_owned()).await {
        Err(error) => return broken(&error),
        Ok(store) => store,
    };
    match store.desks().await {
        Err(error) => broken(&error),
        Ok(desks) => {
            let count = desks.len();
            let found = format!("{place}, version {known}, whole; desks in it: {count}");
            Check::good(NAME, found)
        }
    }
}

/// Whether the paper account can be opened: a copy of it is, so that a running desk is not disturbed.
pub(super) fn paper(config: &Config, home: &Path, clock: Arc<dyn Clock>) -> Check {
    const NAME: &str = "paper account";
    let account = &config.paper.account;
    let file = format!("paper-{account}.journal");
    let journal = home.join(&file);
    if !journal.exists() {
        let cash = config.paper.starting_cash;
        return Check::good(NAME, format!("{account} will be begun with ${cash}"));
    }
    let opened = || {
        let copy = tempfile::tempdir().context("cannot make a temporary folder")?;
        fs::copy(&journal, copy.path().join(&file))
            .with_context(|| format!("cannot read {}", journal.display()))?;
        let market = Arc::new(NoMarket);
        PaperBroker::open(copy.path(), config.paper.clone(), market, clock)?;
        anyhow::Ok(())
    };
    match opened() {
        Ok(()) => Check::good(NAME, format!("{account} opens")),
        Err(error) => Check::fault(
            NAME,
            // The copy's place would mislead.
            format!("{} cannot be opened: {error:#}", journal.display()),
            "restore the file from a copy, or move it away to begin a new account",
        ),
    }
}
