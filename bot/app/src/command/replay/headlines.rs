//! The news of a replayed day: what was recorded, and nothing else.

use std::path::{Path, absolute};

use anyhow::{Context, Result, ensure};
use countersign_feeds::news::{
    SourceConfig,
    recorded::{Columns, RecordedConfig},
};

use crate::{config::Config, terminal::Terminal};

/// The name of the source that a file on the command line makes.
const NAME: &str = "headlines";

/// Leaves the sources that are files, and adds `file`. The others are named: they tell what happens now,
/// which nobody knew on the day.
///
/// # Errors
///
/// A path that is none, or a configured source of the same name.
pub(super) fn alone(config: &mut Config, file: Option<&Path>, terminal: &Terminal) -> Result<()> {
    let sources = std::mem::take(&mut config.news.sources);
    let (mut kept, others): (Vec<_>, Vec<_>) = sources
        .into_iter()
        .partition(|source| matches!(source, SourceConfig::Recorded(_)));
    if let Some(file) = file {
        ensure!(
            kept.iter().all(|source| source.name() != NAME),
            "a source in news.sources is called {NAME:?}, as is the file of --news; rename it, or leave --news out"
        );
        let path = absolute(file).context("--news names no file")?;
        kept.push(SourceConfig::Recorded(RecordedConfig {
            name: NAME.to_owned(),
            path: path.to_string_lossy().into_owned(),
            format: None,
            items: String::new(),
            columns: Columns::default(),
            zone: None,
        }));
    }
    config.news.sources = kept;
    for other in others {
        terminal.print(&format!(
            "the source of news {:?} is left out: a replay hears what was recorded",
            other.name()
        ));
    }
    Ok(())
}
