//! What is printed of a measurement.

use std::fmt;

use countersign_domain::news::Scorer;
use serde::Serialize;

use super::{Answers, Calibration, Label, LabelledSet, Latency, Table};
use crate::{Model, engine::engine_in_use};

/// How good a scorer is on one set.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// Who.
    pub scorer: Scorer,
    /// What ran it.
    pub engine: String,
    /// Bytes of its file.
    pub model_bytes: usize,
    /// SHA-256 of the set's file.
    pub data_sha256: String,
    /// Texts.
    pub texts: u64,
    /// Of them those that were not read; they count as wrong.
    pub unread: u64,
    /// The part that is right.
    pub accuracy: f64,
    /// The mean F1 of the labels that occur.
    pub macro_f1: f64,
    /// The mean F1, each label as heavy as it is frequent.
    pub weighted_f1: f64,
    /// How well its probabilities tell what is right.
    pub calibration: Calibration,
    /// Milliseconds of one text.
    pub latency: Latency,
    /// The figures of each label.
    pub labels: Vec<(&'static str, Label)>,
    /// Counts by truth and by what was said, in the order of the labels.
    pub confusion: Table,
}

impl Report {
    /// Of a scorer's answers on a set.
    pub fn of(answers: &Answers, set: &LabelledSet, model: &dyn Model) -> Self {
        let head = set.head();
        let names = head.labels();
        let said: Vec<Option<(usize, f64)>> = answers
            .shares
            .iter()
            .map(|shares| head.said(shares.as_ref()?))
            .collect();
        let truths = set.rows().iter().map(|(_, truth)| *truth);
        let rows = truths.zip(said.iter().map(|said| said.map(|(label, _)| label)));
        let confusion = Table::of(names.len(), rows.clone());
        let sure: Vec<(f64, bool)> = rows
            .zip(&said)
            .filter_map(|((truth, _), said)| said.map(|(label, sure)| (sure, label == truth)))
            .collect();
        let by_name = |(at, name)| (name, confusion.label(at));
        let engine = engine_in_use();
        Self {
            scorer: model.scorer().clone(),
            engine: engine.map_or_else(|| "none".to_owned(), |(engine, _)| engine.to_string()),
            model_bytes: model.size(),
            data_sha256: set.sha256().to_owned(),
            texts: confusion.total(),
            unread: confusion.unread(),
            accuracy: confusion.accuracy(),
            macro_f1: confusion.macro_f1(),
            weighted_f1: confusion.weighted_f1(),
            calibration: Calibration::of(&sure),
            latency: Latency::of(&answers.took),
            labels: names.into_iter().enumerate().map(by_name).collect(),
            confusion,
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scorer = &self.scorer;
        writeln!(f, "scorer           {} {}", scorer.name, scorer.version)?;
        writeln!(f, "model sha256     {}", scorer.sha256)?;
        writeln!(f, "model size       {} bytes", self.model_bytes)?;
        writeln!(f, "engine           {}", self.engine)?;
        writeln!(f, "data sha256      {}", self.data_sha256)?;
        writeln!(
            f,
            "texts            {}, not read {}",
            self.texts, self.unread
        )?;
        writeln!(f, "accuracy         {:.4}", self.accuracy)?;
        writeln!(f, "macro F1         {:.4}", self.macro_f1)?;
        writeln!(f, "weighted F1      {:.4}", self.weighted_f1)?;
        writeln!(f, "calibration err. {:.4}", self.calibration.error)?;
        let Latency { p50, p95 } = self.latency;
        writeln!(f, "one text         p50 {p50:.2} ms, p95 {p95:.2} ms")?;
        writeln!(f, "\nprecision  recall      F1  texts  label")?;
        for (name, label) in &self.labels {
            let Label {
                precision,
                recall,
                f1,
                support,
            } = label;
            writeln!(
                f,
                "{precision:>9.4}  {recall:>6.4}  {f1:>6.4}  {support:>5}  {name}"
            )?;
        }
        writeln!(
            f,
            "\ntruth by row, what was said by column, in the order above"
        )?;
        for row in self.confusion.counts() {
            for count in row {
                write!(f, "{count:>6}")?;
            }
            writeln!(f)?;
        }
        writeln!(f, "\n  sure   right  texts")?;
        for bin in &self.calibration.bins {
            let (sure, right, count) = (bin.confidence, bin.accuracy, bin.count);
            writeln!(f, "{sure:>6.4}  {right:>6.4}  {count:>5}")?;
        }
        Ok(())
    }
}
