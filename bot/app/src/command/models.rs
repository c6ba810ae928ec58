//! `countersign models`: the scorers that read news, how good they are, and where they come from.

use std::{
    fmt::Write as _,
    io::{self, Write as _},
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use anyhow::{Result, anyhow};
use clap::{Args, Subcommand, ValueEnum};
use countersign_desk::ports::Clock;
use countersign_models::{
    Choice, Model, ModelSettings, embedded, engine_in_use,
    eval::{Answers, Format, Head, LabelledSet, Report},
    pull::{self, Progress, Source, Told, Weights},
};

use super::{Cli, config};
use crate::{clock::SystemClock, compose::home_of, output::print};

/// What to do with the scorers.
#[derive(Debug, Subcommand)]
pub enum ModelsCommand {
    /// Measures a scorer on labelled texts.
    Eval(EvalArgs),
    /// Fetches FinBERT, which is not part of the program; what stopped in the middle goes on.
    Pull(PullArgs),
    /// Shows a scorer: its file, and what runs it.
    Show(ScorerArgs),
}

/// Which scorer: what is not named is as the configuration has it.
#[derive(Debug, Default, Args)]
pub struct ScorerArgs {
    /// Which scorer; the configured one unless set.
    #[arg(long = "use", value_enum)]
    pub scorer: Option<Scorer>,
    /// The native library that runs models, or `none` for the engine in pure Rust; the configured one unless
    /// set.
    #[arg(long)]
    pub library: Option<String>,
    /// The folder of FinBERT; the configured one unless set.
    #[arg(long)]
    pub folder: Option<String>,
    /// Threads that read; as many as configured unless set.
    #[arg(long)]
    pub threads: Option<u32>,
}

/// The scorers.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Scorer {
    /// The model that is part of the program.
    Embedded,
    /// FinBERT, once it was fetched.
    Finbert,
    /// The same by rust-bert, in a program that was built with it.
    RustBert,
    /// The list of words.
    Lexicon,
}

/// Arguments of `models eval`.
#[derive(Debug, Args)]
pub struct EvalArgs {
    /// The labelled texts, plain or compressed by gzip.
    #[arg(long = "set", value_name = "FILE")]
    pub file: String,
    /// What the labels are about.
    #[arg(long, value_enum, default_value_t)]
    pub head: Labelled,
    /// How the file is written down.
    #[arg(long, value_enum, default_value_t)]
    pub format: Written,
    /// Which scorer.
    #[command(flatten)]
    pub scorer: ScorerArgs,
    /// Print one JSON object instead of lines.
    #[arg(long)]
    pub json: bool,
}

/// What labels are about.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum Labelled {
    /// Bearish, bullish or neutral.
    #[default]
    Sentiment,
    /// One of twenty topics.
    Topic,
}

/// How a set is written down.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum Written {
    /// Comma-separated, with the header `text,label`.
    #[default]
    Csv,
    /// One `sentence@label` in each line, in Latin-1.
    Phrasebank,
}

/// Arguments of `models pull`.
#[derive(Debug, Args)]
pub struct PullArgs {
    /// What to fetch.
    #[arg(value_enum)]
    pub model: Pulled,
    /// The hub.
    #[arg(long)]
    pub endpoint: Option<String>,
    /// The repository there.
    #[arg(long)]
    pub repository: Option<String>,
    /// Its branch, tag or commit.
    #[arg(long)]
    pub revision: Option<String>,
    /// How exactly the weights are stored: `eight` needs the native library, `torch` a program with rust-bert.
    #[arg(long, value_enum, default_value_t)]
    pub weights: Stored,
    /// The folder that it goes to; the configured one unless set.
    #[arg(long)]
    pub folder: Option<String>,
}

/// What can be fetched.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Pulled {
    /// The ONNX export of ProsusAI/finbert.
    Finbert,
}

/// How exactly weights are stored.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum Stored {
    /// In 8 bits, 110 MB.
    #[default]
    Eight,
    /// In full, 438 MB.
    Full,
    /// In full for rust-bert, 438 MB.
    Torch,
}

impl ScorerArgs {
    /// The configuration, with what was named in its place.
    fn settings(&self, cli: &Cli) -> Result<ModelSettings> {
        let configured = config(cli, None)?.news.model;
        let settings = ModelSettings {
            choice: self.scorer.map_or(configured.choice, |it| match it {
                Scorer::Embedded => Choice::Embedded,
                Scorer::Finbert => Choice::Finbert,
                Scorer::RustBert => Choice::RustBert,
                Scorer::Lexicon => Choice::Lexicon,
            }),
            library: self.library.clone().unwrap_or(configured.library),
            folder: self.folder.clone().unwrap_or(configured.folder),
            threads: self.threads.unwrap_or(configured.threads),
            ..configured
        };
        settings.check()?;
        Ok(settings)
    }

    /// The model itself, loaded.
    pub(super) fn model(&self, cli: &Cli) -> Result<Box<dyn Model>> {
        loaded(&self.settings(cli)?, cli)
    }
}

fn loaded(settings: &ModelSettings, cli: &Cli) -> Result<Box<dyn Model>> {
    let model = settings.model(&home_of(cli.home.as_deref())?)?;
    model.ok_or_else(|| {
        anyhow!("nobody reads the news, as it is configured; name a scorer with --use")
    })
}

/// Runs it.
///
/// # Errors
///
/// One sentence that says what is wrong and what to do.
pub async fn run(cli: &Cli, command: &ModelsCommand) -> Result<u8> {
    match command {
        ModelsCommand::Eval(args) => eval(cli, args),
        ModelsCommand::Pull(args) => fetch(cli, args).await,
        ModelsCommand::Show(args) => show(cli, args),
    }
}

fn eval(cli: &Cli, args: &EvalArgs) -> Result<u8> {
    let head = match args.head {
        Labelled::Sentiment => Head::Sentiment,
        Labelled::Topic => Head::Topic,
    };
    let format = match args.format {
        Written::Csv => Format::Csv,
        Written::Phrasebank => Format::Phrasebank,
    };
    let set = LabelledSet::read(Path::new(&args.file), head, format)?;
    let mut model = args.scorer.model(cli)?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock::start());
    let answers = Answers::of(&mut *model, &set, &clock);
    let report = Report::of(&answers, &set, &*model);
    print(&if args.json {
        format!("{:#}\n", serde_json::to_value(&report)?)
    } else {
        report.to_string()
    })?;
    Ok(0)
}

fn show(cli: &Cli, args: &ScorerArgs) -> Result<u8> {
    let settings = args.settings(cli)?;
    let clock = SystemClock::start();
    let model = loaded(&settings, cli)?;
    let took = clock.read().monotonic.as_millis();
    let scorer = model.scorer();
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = writeln!(text, "scorer        {} {}", scorer.name, scorer.version);
    let _ = writeln!(text, "model sha256  {}", scorer.sha256);
    let _ = writeln!(text, "model size    {} bytes", model.size());
    let _ = writeln!(text, "loaded in     {took} ms");
    if let Some((engine, warnings)) = engine_in_use() {
        let _ = writeln!(text, "engine        {engine}");
        for warning in warnings {
            let _ = writeln!(text, "warning       {warning}");
        }
    }
    if settings.choice == Choice::Embedded {
        let threshold = embedded::danger_threshold();
        let _ = writeln!(text, "danger from   {threshold:.4}");
    }
    print(&text)?;
    Ok(0)
}

async fn fetch(cli: &Cli, args: &PullArgs) -> Result<u8> {
    let weights = match args.weights {
        Stored::Eight => Weights::Eight,
        Stored::Full => Weights::Full,
        Stored::Torch => Weights::Torch,
    };
    let (choice, scorer) = match weights {
        Weights::Eight | Weights::Full => (Choice::Finbert, "finbert"),
        Weights::Torch => (Choice::RustBert, "rust-bert"),
    };
    let built_in = match args.model {
        Pulled::Finbert => Source::finbert(weights),
    };
    let named = |told: &Option<String>, otherwise: String| told.clone().unwrap_or(otherwise);
    let source = Source {
        endpoint: named(&args.endpoint, built_in.endpoint),
        repository: named(&args.repository, built_in.repository),
        revision: named(&args.revision, built_in.revision),
        ..built_in
    };
    let place = ScorerArgs {
        folder: args.folder.clone(),
        ..ScorerArgs::default()
    };
    let place = ModelSettings {
        choice,
        ..place.settings(cli)?
    };
    let folder = place.folder(&home_of(cli.home.as_deref())?);
    let sums = pull::pull(&source, &folder, told()).await?;
    let mut text = format!("{} at {}\n", sums.repository, sums.revision);
    for (file, sum) in &sums.sha256 {
        let _ = writeln!(text, "{sum}  {}", folder.join(file).display());
    }
    let _ = writeln!(
        text,
        "Set news.model.use to {scorer:?} to have it read the news."
    );
    print(&text)?;
    Ok(0)
}

/// Says how far each file is, a tenth at a time.
fn told() -> Told {
    let last: Mutex<(String, u64)> = Mutex::default();
    Arc::new(move |step: &Progress| {
        let tenth = step.done.saturating_mul(10) / step.total.max(1);
        let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
        if *last != (step.file.clone(), tenth) {
            *last = (step.file.clone(), tenth);
            // Nobody can be told that nobody reads.
            let _ = writeln!(io::stderr(), "{}: {} %", step.file, tenth * 10);
        }
    })
}
