//! `countersign audit verify`: whether the audit chain is whole.

use std::{path::Path, sync::Arc};

use anyhow::{Result, anyhow, bail, ensure};
use clap::{Args, Subcommand};
use countersign_desk::ports::{AuditVerdict, Store};
use countersign_domain::ids::DeskId;
use countersign_store::SqlStore;

use super::Cli;
use crate::{
    audit::{anchor_file, anchored, anchors, row_of},
    clock::SystemClock,
    compose::{desks_of, home_of, names, store_url},
    config::Config,
    output::print,
};

/// What to do with the audit log.
#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// Checks that each row of every desk follows from the one before, up to the committed head and
    /// past the anchor of the last clean stop.
    Verify(VerifyArgs),
}

/// Arguments of `audit verify`.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// Only this desk, by its name or id.
    #[arg(long)]
    pub desk: Option<String>,
}

/// Runs it.
///
/// # Errors
///
/// One sentence that names the first desk and row that do not follow, or why nothing was checked.
pub async fn run(cli: &Cli, command: &AuditCommand) -> Result<u8> {
    let AuditCommand::Verify(args) = command;
    let home = home_of(cli.home.as_deref())?;
    let config = Config::load(&cli.sources(Some(&home)))?.config;
    let clock = Arc::new(SystemClock::start());
    let store = SqlStore::open(&store_url(&config, &home), clock, "audit".to_owned()).await?;
    let desks = chosen(&store, args.desk.as_deref()).await?;
    let lost = match args.desk {
        Some(_) => None,
        None => missing(&home, &desks)?,
    };
    if let Some(desk) = lost {
        print(&format!("{desk}: NOT whole\n"))?;
    } else if desks.is_empty() {
        print("no desk has been in this database yet: there is nothing to verify\n")?;
        return Ok(0);
    }
    let mut first = lost.map(|desk| {
        anyhow!(
            "the desk {desk} is gone with its whole log, although {} tells of its last clean stop: it was \
             deleted, or the file belongs to another database and has to be removed",
            anchor_file(&home, desk).display()
        )
    });
    for (desk, name) in desks {
        match checked(&store, &home, desk).await {
            Ok(words) => print(&format!("{name} ({desk}): {words}\n"))?,
            Err(error) => {
                print(&format!("{name} ({desk}): NOT whole\n"))?;
                let error = error.context(format!("the audit chain of {name} ({desk})"));
                first.get_or_insert(error);
            }
        }
    }
    first.map_or(Ok(0), Err)
}

/// The desks to check, with their names.
async fn chosen(store: &SqlStore, wanted: Option<&str>) -> Result<Vec<(DeskId, String)>> {
    let mut desks = desks_of(store).await?;
    let Some(wanted) = wanted else {
        return Ok(desks);
    };
    let names = names(&desks);
    desks.retain(|(desk, name)| name == wanted || desk.to_string() == wanted);
    ensure!(
        !desks.is_empty(),
        "there is no desk {wanted:?} in this database; it holds: {names}"
    );
    Ok(desks)
}

/// A desk that left an anchor and is not in the database.
fn missing(home: &Path, desks: &[(DeskId, String)]) -> Result<Option<DeskId>> {
    let known = |desk: &DeskId| desks.iter().any(|(known, _)| known == desk);
    Ok(anchors(home)?.into_iter().find(|desk| !known(desk)))
}

/// What is to say about a whole chain.
async fn checked(store: &SqlStore, home: &Path, desk: DeskId) -> Result<String> {
    let (rows, head) = match store.verify_audit(desk).await? {
        AuditVerdict::Sound { rows, head } => (rows, head),
        AuditVerdict::Broken { seq, index, fault } => {
            bail!("is broken at row {seq}.{index}: it {fault}")
        }
        AuditVerdict::Truncated { rows, head } => {
            bail!("ends after {rows} rows, before the head that was committed, {head}")
        }
    };
    let whole = format!("sound, {rows} rows, head {head}");
    let Some(anchor) = anchored(home, desk)? else {
        return Ok(format!("{whole}; no clean stop has left an anchor yet"));
    };
    if let Some(row) = row_of(store, desk, &anchor).await? {
        let (seq, index) = (row.seq, row.index);
        return Ok(format!(
            "{whole}; the anchor of the last clean stop is in it, as event {seq}.{index}"
        ));
    }
    bail!(
        "follows row by row, but does not hold the anchor of the last clean stop, {anchor}: rows were \
         cut off or written anew, or {} belongs to another database and has to be removed",
        anchor_file(home, desk).display()
    )
}
