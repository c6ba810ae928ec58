//! Behind the port: reads many texts on threads of its own, each text once, until a deadline.

mod cache;
mod workers;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Arc,
    time::Duration,
};

use async_trait::async_trait;
use countersign_desk::ports::{Clock, Sentiment};
use countersign_domain::{
    news::{Abstention, Opinion, Reading, Scorer},
    view::ModelEngine,
};
use jiff::SignedDuration;
use tokio::{sync::mpsc, time::timeout};

use self::{
    cache::{Cache, Key, key},
    workers::{Job, Workers},
};
use crate::{
    engine::{Engine, engine_in_use},
    error::LoadError,
    model::Model,
    once::Once,
    settings::ModelSettings,
    text::cleaned,
};

/// A scorer at work.
pub struct Reader {
    at_work: Option<AtWork>,
    none: Once,
    late: Once,
}

struct AtWork {
    scorer: Scorer,
    batch: usize,
    workers: Workers,
    cache: Arc<Cache>,
}

impl Reader {
    /// The scorer of the settings; the files of a home folder.
    ///
    /// # Errors
    ///
    /// [`LoadError`]: one sentence that says what is wrong and what to do.
    pub fn open(
        settings: &ModelSettings,
        home: &Path,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, LoadError> {
        // One copy of a model is what memory allows: each batch is spread over the threads of the settings.
        match settings.model(home)? {
            Some(model) => Self::of(vec![model], clock),
            None => Ok(Self::nobody()),
        }
    }

    /// Reads with these models, which are copies of one, each on a thread of its own.
    ///
    /// # Errors
    ///
    /// [`LoadError::Thread`]: no thread could be started.
    pub fn of(models: Vec<Box<dyn Model>>, clock: Arc<dyn Clock>) -> Result<Self, LoadError> {
        let Some(first) = models.first() else {
            return Ok(Self::nobody());
        };
        let (scorer, batch) = (first.scorer().clone(), first.batch());
        let cache = Arc::new(Cache::default());
        let workers =
            Workers::start(models, clock, Arc::clone(&cache)).map_err(LoadError::Thread)?;
        let at_work = AtWork {
            scorer,
            batch,
            workers,
            cache,
        };
        Ok(Self {
            at_work: Some(at_work),
            ..Self::nobody()
        })
    }

    /// Reads nothing: every text is abstained.
    pub fn nobody() -> Self {
        Self {
            at_work: None,
            none: Once::default(),
            late: Once::default(),
        }
    }
}

/// The texts of one call: what is known of each, and which have to be read.
struct Call {
    /// The key of each text; `None` of an empty one.
    keys: Vec<Option<Key>>,
    known: BTreeMap<Key, Result<Opinion, Abstention>>,
    /// Each once, shortest first: those of a batch are about as long.
    unread: Vec<(Key, String)>,
}

impl Call {
    fn of(texts: &[String], at_work: &AtWork) -> Self {
        let mut call = Self {
            keys: Vec::with_capacity(texts.len()),
            known: BTreeMap::new(),
            unread: Vec::new(),
        };
        let mut seen = BTreeSet::new();
        for text in texts {
            let text = cleaned(text);
            if text.is_empty() {
                call.keys.push(None);
                continue;
            }
            let key = key(&at_work.scorer, &text);
            call.keys.push(Some(key));
            if seen.insert(key) {
                match at_work.cache.get(&key) {
                    Some(opinion) => {
                        call.known.insert(key, Ok(opinion));
                    }
                    None => call.unread.push((key, text)),
                }
            }
        }
        call.unread.sort_by_key(|(_, text)| text.len());
        call
    }

    fn readings(&self) -> Vec<Reading> {
        let reading = |key: &Option<Key>| match key.map(|key| self.known.get(&key)) {
            None => Reading::Abstained(Abstention::Empty),
            Some(None) => Reading::Abstained(Abstention::Late),
            Some(Some(Ok(opinion))) => Reading::Read(opinion.clone()),
            Some(Some(Err(why))) => Reading::Abstained(*why),
        };
        self.keys.iter().map(reading).collect()
    }
}

#[async_trait]
impl Sentiment for Reader {
    fn scorer(&self) -> Option<Scorer> {
        self.at_work.as_ref().map(|it| it.scorer.clone())
    }

    fn engine(&self) -> Option<ModelEngine> {
        // A list of words is run by nothing.
        let model = self.at_work.as_ref()?.scorer.name != "lexicon";
        Some(match engine_in_use().filter(|_| model)?.0 {
            Engine::Native { library, .. } => ModelEngine::Native {
                name: "ONNX Runtime".to_owned(),
                file: library.display().to_string(),
            },
            Engine::PureRust => ModelEngine::BuiltIn,
        })
    }

    async fn read(&self, texts: &[String], within: SignedDuration) -> Vec<Reading> {
        let Some(at_work) = &self.at_work else {
            self.none
                .say(|| "nothing reads the news: every story is abstained".to_owned());
            return vec![Reading::Abstained(Abstention::NoModel); texts.len()];
        };
        let mut call = Call::of(texts, at_work);
        let wanted = call.unread.len();
        let (answers, mut heard) = mpsc::unbounded_channel();
        for texts in call.unread.chunks(at_work.batch.max(1)) {
            let answers = answers.clone();
            let texts = texts.to_vec();
            at_work.workers.take(Job { texts, answers });
        }
        drop(answers);
        let within = Duration::try_from(within).unwrap_or(Duration::ZERO);
        let all = async {
            while let Some((key, answer)) = heard.recv().await {
                call.known.insert(key, answer);
            }
        };
        let in_time = timeout(within, all).await.is_ok();
        let missing = call
            .unread
            .iter()
            .filter(|(key, _)| !call.known.contains_key(key));
        match missing.count() {
            0 if in_time => self.late.over(),
            0 => {}
            missing => self.late.say(|| {
                format!("{missing} of {wanted} texts were not read within {within:?}; what is still read is kept for the next time")
            }),
        }
        call.readings()
    }
}
