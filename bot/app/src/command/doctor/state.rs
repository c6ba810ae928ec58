//! What the desk keeps: its database and its paper account.

use std::{fs, path::Path, sync::Arc};

use anyhow::Context as _;
use countersign_brokers::paper::PaperBroker;
use countersign_cards::{Locale, figures::usd};
use countersign_desk::ports::Clock;
use countersign_domain::ids::DeskId;
use countersign_store::SqlStore;

use super::{super::quoted, check::Check};
use crate::{
    absent::NoMarket,
    compose::{desks_of, names, store_url},
    config::{Config, redacted},
};

/// Whether the database can be reached, is of this program's version, and is whole.
/// `migrate` is the command that brings it there.
pub(super) async fn database(
    config: &Config,
    home: &Path,
    clock: Arc<dyn Clock>,
    migrate: &str,
) -> Check {
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
            return Check::fault(NAME, found, format!("run `{migrate}`"));
        }
        Ok(_) => {}
    }
    let store = match SqlStore::open(&url, clock, "doctor".to_owned()).await {
        Err(error) => return broken(&error),
        Ok(store) => store,
    };
    let desks = match desks_of(&store).await {
        Err(error) => return broken(&error),
        Ok(desks) => desks,
    };
    let count = desks.len();
    let found = format!("{place}, version {known}, whole; desks in it: {count}");
    let ours = |(id, _): &(DeskId, String)| *id == config.desk_id();
    match desks.first() {
        Some((_, other)) if !desks.iter().any(ours) => Check::note(
            NAME,
            format!(
                "{found}, and none is {:?}; there is: {} (`--set {}` looks at it)",
                config.desk.name,
                names(&desks),
                quoted(&format!("desk.name={other}"))
            ),
        ),
        _ => Check::good(NAME, found),
    }
}

/// Whether the paper account can be opened: a copy of it is, so that a running desk is not disturbed.
pub(super) fn paper(config: &Config, home: &Path, clock: Arc<dyn Clock>) -> Check {
    const NAME: &str = "paper account";
    let account = &config.paper.account;
    let file = format!("paper-{account}.journal");
    let journal = home.join(&file);
    if !journal.exists() {
        let cash = usd(config.paper.starting_cash, &Locale::english());
        let begun = format!("{account} will be begun with {cash}");
        return match others(home).as_slice() {
            [] => Check::good(NAME, begun),
            [other, ..] => Check::note(
                NAME,
                format!(
                    "{begun}; the folder holds {other:?} (`--set paper.account={other}` looks at it)"
                ),
            ),
        };
    }
    let copy = match tempfile::tempdir() {
        Ok(copy) => copy,
        Err(error) => {
            return Check::note(NAME, format!("not looked at: no temporary folder: {error}"));
        }
    };
    let opened = || {
        fs::copy(&journal, copy.path().join(&file))
            .with_context(|| format!("cannot read {}", journal.display()))?;
        let market = Arc::new(NoMarket);
        PaperBroker::open(copy.path(), config.paper.clone(), market, clock)?;
        anyhow::Ok(())
    };
    match opened() {
        Ok(()) => Check::good(NAME, format!("{account} opens")),
        Err(error) => {
            // The copy's place would mislead.
            let (copied, real) = (copy.path().display(), home.display());
            let words = format!("{error:#}").replace(&copied.to_string(), &real.to_string());
            let otherwise = "restore the file from a copy, or move it away to begin a new account";
            Check::sentence(NAME, &words, otherwise)
        }
    }
}

/// The paper accounts whose journals are in a folder.
fn others(home: &Path) -> Vec<String> {
    let files = fs::read_dir(home).into_iter().flatten().flatten();
    let account = |file: fs::DirEntry| {
        let name = file.file_name().into_string().ok()?;
        let account = name.strip_prefix("paper-")?.strip_suffix(".journal")?;
        Some(account.to_owned())
    };
    let mut accounts: Vec<_> = files.filter_map(account).collect();
    accounts.sort();
    accounts
}
