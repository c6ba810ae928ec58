//! `countersign desk export`: what was executed and decided, as a file.

use std::{fs, path::PathBuf};

use anyhow::{Context as _, Result, bail};
use clap::{Args, ValueEnum};
use countersign_cards::{self as cards, Locale, export};
use countersign_desk::Desk;
use jiff::civil::Date;

use crate::{command::demo::cli_press, output::print};

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FileFormat {
    /// Comma-separated rows, for a spreadsheet.
    Csv,
    /// JSON, for a program.
    Json,
}

/// Arguments of `desk export`.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// How it is written.
    #[arg(value_enum, default_value = "csv")]
    pub format: FileFormat,
    /// The first New York day, such as 2026-01-01; without it the desk's first.
    #[arg(long)]
    pub from: Option<Date>,
    /// The last one; without it today.
    #[arg(long)]
    pub to: Option<Date>,
    /// The file; without it everything goes to the standard output. One that is there is replaced.
    #[arg(long)]
    pub out: Option<PathBuf>,
}

/// Writes it.
///
/// # Errors
///
/// One sentence that says what is wrong and what to do.
pub(super) async fn run(desk: &Desk, args: &ExportArgs, locale: &Locale) -> Result<u8> {
    let export = match desk.export(cli_press(), args.from, args.to).await {
        Ok(export) => export,
        Err(refusal) => bail!("{}", cards::refusal(&refusal, desk.now(), locale)),
    };
    let text = match args.format {
        FileFormat::Csv => export::csv(&export),
        FileFormat::Json => export::json(&export),
    };
    let Some(path) = &args.out else {
        print(&text)?;
        return Ok(0);
    };
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))?;
    print(&format!("{}\n", export::about(&export, locale)))?;
    Ok(0)
}
