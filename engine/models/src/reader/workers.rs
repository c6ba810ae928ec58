//! The threads that read.

use std::{
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
        mpsc,
    },
    thread::{self, JoinHandle},
};

use countersign_desk::ports::Clock;
use countersign_domain::news::{Abstention, Opinion};
use tokio::sync::mpsc::UnboundedSender;

use super::cache::{Cache, Key};
use crate::{
    model::{Model, Shares, Unread},
    once::Once,
};

/// Texts that may wait to be read: what comes on top of them is late at once.
const MOST_WAITING: usize = 2_048;

/// An answer about a text.
pub(super) type Answer = (Key, Result<Opinion, Abstention>);

/// Texts to read, and whom to tell. Whoever stopped listening still finds them in the cache next time.
pub(super) struct Job {
    pub(super) texts: Vec<(Key, String)>,
    pub(super) answers: UnboundedSender<Answer>,
}

/// Threads with a model each, which end with this value.
pub(super) struct Workers {
    jobs: Option<mpsc::Sender<Job>>,
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<()>>,
}

struct Shared {
    clock: Arc<dyn Clock>,
    cache: Arc<Cache>,
    waiting: AtomicUsize,
    over: AtomicBool,
    unusable: Once,
    full: Once,
}

impl Workers {
    /// One thread for each model.
    pub(super) fn start(
        models: Vec<Box<dyn Model>>,
        clock: Arc<dyn Clock>,
        cache: Arc<Cache>,
    ) -> io::Result<Self> {
        let (jobs, waiting) = mpsc::channel();
        let mut workers = Self {
            jobs: Some(jobs),
            shared: Arc::new(Shared {
                clock,
                cache,
                waiting: AtomicUsize::new(0),
                over: AtomicBool::new(false),
                unusable: Once::default(),
                full: Once::default(),
            }),
            threads: Vec::new(),
        };
        let waiting = Arc::new(Mutex::new(waiting));
        for model in models {
            let (shared, waiting) = (Arc::clone(&workers.shared), Arc::clone(&waiting));
            let named = thread::Builder::new().name("news".to_owned());
            let thread = named.spawn(move || shared.work(model, &waiting))?;
            workers.threads.push(thread);
        }
        Ok(workers)
    }

    /// Has texts read, unless too many wait already.
    pub(super) fn take(&self, job: Job) {
        let Some(jobs) = &self.jobs else { return };
        let count = job.texts.len();
        let before = self.shared.waiting.fetch_add(count, Ordering::Relaxed);
        if before.saturating_add(count) > MOST_WAITING || jobs.send(job).is_err() {
            self.shared.waiting.fetch_sub(count, Ordering::Relaxed);
            self.shared.full.say(|| {
                format!("{before} texts wait to be read: those that come on top are not read")
            });
        } else if before == 0 {
            self.shared.full.over();
        }
    }
}

impl Drop for Workers {
    /// Waits for what is being read: a library must not be taken from under a thread.
    fn drop(&mut self) {
        self.shared.over.store(true, Ordering::Relaxed);
        self.jobs = None;
        for thread in self.threads.drain(..) {
            // It cannot have panicked: what it reads is caught.
            let _ = thread.join();
        }
    }
}

impl Shared {
    fn work(&self, mut model: Box<dyn Model>, jobs: &Mutex<mpsc::Receiver<Job>>) {
        loop {
            let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
            let Ok(job) = next else { return };
            if self.over.load(Ordering::Relaxed) {
                return;
            }
            let count = job.texts.len();
            self.read(&mut *model, job);
            self.waiting.fetch_sub(count, Ordering::Relaxed);
        }
    }

    fn read(&self, model: &mut dyn Model, job: Job) {
        let mut unread = Vec::with_capacity(job.texts.len());
        for (key, text) in job.texts {
            // Another call may have had it read meanwhile.
            match self.cache.get(&key) {
                Some(opinion) => tell(&job.answers, key, Ok(opinion)),
                None => unread.push((key, text)),
            }
        }
        if unread.is_empty() {
            return;
        }
        let begun = self.clock.read().monotonic;
        let texts: Vec<&str> = unread.iter().map(|(_, text)| text.as_str()).collect();
        let read = catch_unwind(AssertUnwindSafe(|| model.read(&texts)));
        let took = self.clock.read().monotonic.saturating_sub(begun);
        let each = took.as_millis_f64() / f64::from(u32::try_from(texts.len()).unwrap_or(1));
        let mut answers = match read {
            Ok(answers) => answers.into_iter(),
            Err(_) => Vec::new().into_iter(),
        };
        for (key, _) in unread {
            let answer = self.signed(model, answers.next(), each);
            if let Ok(opinion) = &answer {
                self.cache.put(key, opinion.clone());
            }
            tell(&job.answers, key, answer);
        }
    }

    fn signed(
        &self,
        model: &dyn Model,
        answer: Option<Result<Shares, Unread>>,
        each: f64,
    ) -> Result<Opinion, Abstention> {
        let missing = || Unread {
            why: Abstention::Unusable,
            detail: "it gave up in the middle".to_owned(),
        };
        match answer.unwrap_or_else(|| Err(missing())) {
            Ok(shares) => {
                self.unusable.over();
                Ok(shares.signed(model.scorer(), each))
            }
            Err(unread) => {
                let (name, detail) = (&model.scorer().name, &unread.detail);
                self.unusable
                    .say(|| format!("a text is not read by {name}: {detail}"));
                Err(unread.why)
            }
        }
    }
}

/// Whoever asked may have stopped waiting.
fn tell(answers: &UnboundedSender<Answer>, key: Key, answer: Result<Opinion, Abstention>) {
    let _ = answers.send((key, answer));
}
