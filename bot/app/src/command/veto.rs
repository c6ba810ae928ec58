//! `countersign veto eval`: the veto on stories of danger, measured on labelled ones.

use std::{path::Path, sync::Arc};

use anyhow::{Result, ensure};
use clap::{Args, Subcommand};
use countersign_desk::ports::Clock;
use countersign_models::{
    embedded,
    eval::{Answers, Format, Head, LabelledSet, VetoReport},
};

use super::{Cli, models::ScorerArgs};
use crate::{clock::SystemClock, output::print};

/// What to do with the veto.
#[derive(Debug, Subcommand)]
pub enum VetoCommand {
    /// Measures how many stories of danger it catches, and how many others.
    Eval(VetoArgs),
}

/// Arguments of `veto eval`.
#[derive(Debug, Args)]
pub struct VetoArgs {
    /// Texts labelled with their topics: comma-separated, with the header `text,label`, plain or compressed
    /// by gzip.
    #[arg(long = "set", value_name = "FILE")]
    pub file: String,
    /// The least probability of danger that is a veto, 0 to 1; the model's own unless set.
    #[arg(long)]
    pub threshold: Option<f64>,
    /// Which scorer.
    #[command(flatten)]
    pub scorer: ScorerArgs,
    /// Print one JSON object instead of lines.
    #[arg(long)]
    pub json: bool,
}

/// Runs it.
///
/// # Errors
///
/// One sentence that says what is wrong and what to do.
pub fn run(cli: &Cli, command: &VetoCommand) -> Result<u8> {
    let VetoCommand::Eval(args) = command;
    let threshold = args.threshold.unwrap_or_else(embedded::danger_threshold);
    ensure!(
        (0.0..=1.0).contains(&threshold),
        "the threshold is {threshold}; it must be from 0 to 1"
    );
    let set = LabelledSet::read(Path::new(&args.file), Head::Topic, Format::Csv)?;
    let mut model = args.scorer.model(cli)?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock::start());
    let answers = Answers::of(&mut *model, &set, &clock);
    let report = VetoReport::of(&answers, &set, threshold);
    print(&if args.json {
        format!("{:#}\n", serde_json::to_value(&report)?)
    } else {
        report.to_string()
    })?;
    Ok(0)
}
