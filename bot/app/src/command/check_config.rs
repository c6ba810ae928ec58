//! `countersign check-config`: the configuration as it counts, or what is wrong with it.

use anyhow::Result;
use clap::Args;

use super::Cli;
use crate::{
    compose::{check_watchlist, home_of},
    config::{Config, reference},
    output::print,
};

/// Arguments of `check-config`.
#[derive(Debug, Default, Args)]
pub struct CheckConfigArgs {
    /// Print the reference of every key instead, as Markdown.
    #[arg(long)]
    pub reference: bool,
}

/// Runs it.
///
/// # Errors
///
/// One sentence that says what is wrong and what to do.
pub fn run(cli: &Cli, args: &CheckConfigArgs) -> Result<u8> {
    if args.reference {
        print(&reference())?;
        return Ok(0);
    }
    let home = home_of(cli.home.as_deref())?;
    let loaded = Config::load(&cli.sources(Some(&home)))?;
    check_watchlist(&loaded.config)?;
    let mut warnings = String::new();
    for words in loaded.config.warnings() {
        warnings.push_str("# warning: ");
        warnings.push_str(&words);
        warnings.push('\n');
    }
    let changed = match loaded.changed() {
        0 => "every key is as built in".to_owned(),
        1 => "1 key is not as built in".to_owned(),
        many => format!("{many} keys are not as built in"),
    };
    print(&format!(
        "{}{warnings}# OK: {changed}\n",
        loaded.effective()
    ))?;
    Ok(0)
}
