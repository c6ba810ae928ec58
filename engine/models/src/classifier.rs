//! A tokenizer, a network and the names of its answers: what every trained model here is.

use std::fmt::Display;

use countersign_domain::news::{Abstention, Scorer, Topic};

use crate::{
    engine::Rows,
    error::LoadError,
    labels::Tone,
    model::{Model, Shares, Unread, softmax},
    tokens::{Batch, Tokens},
};

/// What turns rows of tokens into rows of numbers, on whichever engine.
pub(crate) trait Network: Send {
    /// The length that every row must have; `None` where any will do.
    fn length(&self) -> Option<usize>;

    /// The named outputs for some rows of tokens, in the order of `names`.
    fn run(&mut self, batch: &Batch, names: &[String]) -> Result<Vec<Rows>, String>;
}

/// What a network answers, and in which order.
pub(crate) struct Heads {
    /// Names of the outputs: sentiment, and topic where there is one.
    pub(crate) names: Vec<String>,
    pub(crate) tones: [Tone; 3],
    pub(crate) topics: Vec<Topic>,
}

/// What a classifier is made of.
pub(crate) struct Parts {
    pub(crate) scorer: Scorer,
    pub(crate) tokens: Tokens,
    pub(crate) heads: Heads,
    /// Texts at once.
    pub(crate) batch: usize,
    /// Bytes of the model's file.
    pub(crate) size: usize,
    /// The model's file, for what is said about it.
    pub(crate) file: String,
    /// What to do when it cannot be used.
    pub(crate) fix: &'static str,
}

/// A model that was loaded, and has answered once.
pub(crate) struct Classifier {
    scorer: Scorer,
    network: Box<dyn Network>,
    tokens: Tokens,
    heads: Heads,
    batch: usize,
    size: usize,
}

impl Classifier {
    /// Opens it on the engine of this name and lets it read once: what is wrong with it is found here and not
    /// later.
    pub(crate) fn load<N: Network + 'static>(
        engine: &dyn Display,
        parts: Parts,
        open: impl FnOnce() -> Result<N, String>,
    ) -> Result<Self, LoadError> {
        let refused = |why: String| LoadError::Model {
            file: parts.file.clone(),
            engine: engine.to_string(),
            why,
            fix: parts.fix,
        };
        let network = Box::new(open().map_err(refused)?);
        let mut classifier = Self {
            scorer: parts.scorer,
            network,
            tokens: parts.tokens,
            heads: parts.heads,
            batch: parts.batch,
            size: parts.size,
        };
        classifier
            .shares(&["Acme beats on revenue", "Acme"])
            .and_then(|shares| shares.into_iter().collect::<Result<Vec<_>, _>>())
            .map_err(|unread| refused(unread.detail))?;
        Ok(classifier)
    }

    fn shares(&mut self, texts: &[&str]) -> Result<Vec<Result<Shares, Unread>>, Unread> {
        let unusable = |detail: String| Unread {
            why: Abstention::Unusable,
            detail,
        };
        let batch = self.tokens.batch(texts, self.network.length());
        let outputs = self
            .network
            .run(&batch, &self.heads.names)
            .map_err(unusable)?;
        let wanted = [self.heads.tones.len(), self.heads.topics.len()];
        for (rows, (name, wanted)) in outputs.iter().zip(self.heads.names.iter().zip(wanted)) {
            if rows.width != wanted || rows.values.len() != wanted * texts.len() {
                let width = rows.width;
                return Err(unusable(format!(
                    "its output `{name}` has {width} numbers for each text where {wanted} belong"
                )));
            }
        }
        let row = |output: usize, at: usize| {
            let rows = outputs.get(output)?;
            let row = rows.values.chunks_exact(rows.width).nth(at)?;
            softmax(row)
        };
        let answer = |at: usize| {
            let told = row(0, at)?;
            let mut sentiment = [0.0; 3];
            for (tone, share) in self.heads.tones.iter().zip(told) {
                sentiment[*tone as usize] = share;
            }
            let topics = if self.heads.topics.is_empty() {
                Vec::new()
            } else {
                self.heads.topics.iter().copied().zip(row(1, at)?).collect()
            };
            Some(Shares::of(sentiment, &topics))
        };
        let nonsense = || unusable("it answers with something that is not a number".to_owned());
        Ok((0..texts.len())
            .map(|at| answer(at).ok_or_else(nonsense))
            .collect())
    }
}

impl Model for Classifier {
    fn scorer(&self) -> &Scorer {
        &self.scorer
    }

    fn batch(&self) -> usize {
        self.batch
    }

    fn size(&self) -> usize {
        self.size
    }

    fn read(&mut self, texts: &[&str]) -> Vec<Result<Shares, Unread>> {
        match self.shares(texts) {
            Ok(shares) => shares,
            Err(unread) => vec![Err(unread); texts.len()],
        }
    }
}
