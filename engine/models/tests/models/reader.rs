//! The port itself, with models made for the purpose.

use std::sync::{
    Arc, Condvar, Mutex,
    atomic::{AtomicUsize, Ordering},
};

use countersign_desk::ports::Sentiment;
use countersign_domain::news::{Abstention, Reading, Scorer};
use countersign_models::{Model, ModelSettings, Reader, Shares, Unread};
use jiff::SignedDuration;

use crate::{Log, still};

/// What a model saw, and what lets it go on.
#[derive(Default)]
struct Seen {
    texts: Mutex<Vec<String>>,
    threads: Mutex<Vec<String>>,
    calls: AtomicUsize,
    held: Mutex<bool>,
    freed: Condvar,
}

impl Seen {
    fn hold(&self, held: bool) {
        *self.held.lock().unwrap() = held;
        self.freed.notify_all();
    }

    /// Holds whoever reads until this is dropped, also by a test that fails.
    fn held(self: &Arc<Self>) -> Held {
        self.hold(true);
        Held(self.clone())
    }

    fn texts(&self) -> Vec<String> {
        self.texts.lock().unwrap().clone()
    }
}

struct Held(Arc<Seen>);

impl Drop for Held {
    fn drop(&mut self) {
        self.0.hold(false);
    }
}

/// Finds every text good, panics over `panic`, gives up over `short`, and cannot read `nan`.
struct Scripted {
    seen: Arc<Seen>,
    scorer: Scorer,
}

impl Scripted {
    fn of(seen: &Arc<Seen>) -> Box<dyn Model> {
        Self::named(seen, "scripted")
    }

    fn named(seen: &Arc<Seen>, name: &str) -> Box<dyn Model> {
        Box::new(Self {
            seen: Arc::clone(seen),
            scorer: Scorer {
                name: name.to_owned(),
                version: "1".to_owned(),
                sha256: "0".repeat(64),
            },
        })
    }
}

impl Model for Scripted {
    fn scorer(&self) -> &Scorer {
        &self.scorer
    }

    fn batch(&self) -> usize {
        2
    }

    fn size(&self) -> usize {
        0
    }

    fn read(&mut self, texts: &[&str]) -> Vec<Result<Shares, Unread>> {
        self.seen.calls.fetch_add(1, Ordering::Relaxed);
        let thread = std::thread::current().name().unwrap_or_default().to_owned();
        self.seen.threads.lock().unwrap().push(thread);
        let held = self.seen.held.lock().unwrap();
        drop(self.seen.freed.wait_while(held, |held| *held).unwrap());
        let mut all = self.seen.texts.lock().unwrap();
        all.extend(texts.iter().map(|text| (*text).to_owned()));
        drop(all);
        assert!(!texts.contains(&"panic"), "as told");
        let good = Shares {
            sentiment: [0.1, 0.2, 0.7],
            topics: Vec::new(),
        };
        let nonsense = Unread {
            why: Abstention::Unusable,
            detail: "it answers with something that is not a number".to_owned(),
        };
        let answers = texts.iter().map(|text| match *text {
            "nan" => Err(nonsense.clone()),
            _ => Ok(good.clone()),
        });
        let most = if texts.contains(&"short") {
            0
        } else {
            texts.len()
        };
        answers.take(most).collect()
    }
}

fn reader(seen: &Arc<Seen>) -> Reader {
    Reader::of(vec![Scripted::of(seen)], still()).unwrap()
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

const LONG: SignedDuration = SignedDuration::from_secs(30);

fn is_good(reading: &Reading) -> bool {
    reading
        .opinion()
        .is_some_and(|it| (it.score() - 0.6).abs() < 1e-9)
}

#[tokio::test]
async fn each_text_is_read_once_and_remembered() {
    let seen = Arc::new(Seen::default());
    let reader = reader(&seen);
    let texts = owned(&[
        "Acme rises",
        "Acme  rises ",
        "B &amp; C",
        "B & C https://a.example/1",
    ]);
    let readings = reader.read(&texts, LONG).await;
    assert_eq!(readings.len(), 4);
    assert!(readings.iter().all(is_good), "{readings:?}");
    assert_eq!(seen.texts(), ["B & C", "Acme rises"]);
    let again = reader.read(&texts[2..3], LONG).await;
    assert!(is_good(&again[0]));
    assert_eq!(seen.texts().len(), 2, "it was read again");
    assert_eq!(readings[0].opinion().unwrap().by, reader.scorer().unwrap());
}

// F93
#[tokio::test]
async fn what_is_not_read_in_time_is_late_and_there_the_next_time() {
    let seen = Arc::new(Seen::default());
    let reader = reader(&seen);
    reader.read(&owned(&["known"]), LONG).await;
    let held = seen.held();
    let texts = owned(&["known", "one", "two", "three"]);
    let short = SignedDuration::from_millis(30);
    let readings = reader.read(&texts, short).await;
    assert!(is_good(&readings[0]), "{readings:?}");
    let late = Reading::Abstained(Abstention::Late);
    assert_eq!(readings[1..], [late.clone(), late.clone(), late]);
    drop(held);
    let readings = reader.read(&texts, LONG).await;
    assert!(readings.iter().all(is_good), "{readings:?}");
    let mut read = seen.texts();
    read.sort();
    assert_eq!(read, ["known", "one", "three", "two"], "one was read twice");
}

#[tokio::test]
async fn a_deadline_that_is_over_waits_for_nothing() {
    let seen = Arc::new(Seen::default());
    let reader = reader(&seen);
    let held = seen.held();
    let readings = reader
        .read(&owned(&["one"]), SignedDuration::from_secs(-1))
        .await;
    assert_eq!(readings, [Reading::Abstained(Abstention::Late)]);
    drop(held);
}

#[tokio::test]
async fn more_than_can_wait_is_late_and_nothing_is_kept_of_it() {
    let seen = Arc::new(Seen::default());
    let reader = reader(&seen);
    let held = seen.held();
    let many: Vec<String> = (0..5_000).map(|number| format!("story {number}")).collect();
    let short = SignedDuration::from_millis(30);
    let readings = reader.read(&many, short).await;
    assert_eq!(readings.len(), 5_000);
    drop(held);
    drop(reader);
    assert!(
        seen.texts().len() <= 2_048,
        "{} were read",
        seen.texts().len()
    );
}

#[tokio::test]
async fn an_answer_that_is_none_and_a_panic_are_unusable_and_the_next_text_is_read() {
    let seen = Arc::new(Seen::default());
    let reader = reader(&seen);
    let unusable = Reading::Abstained(Abstention::Unusable);
    for text in ["panic", "short", "nan"] {
        let readings = reader.read(&owned(&[text]), LONG).await;
        assert_eq!(readings, std::slice::from_ref(&unusable), "{text}");
        let readings = reader.read(&owned(&[&format!("after {text}")]), LONG).await;
        assert!(is_good(&readings[0]), "after {text}");
    }
    // What could not be read is asked again: it is not remembered.
    let before = seen.texts().len();
    reader.read(&owned(&["nan"]), LONG).await;
    assert_eq!(seen.texts().len(), before + 1);
}

#[tokio::test]
async fn what_is_wrong_is_said_once_and_again_when_it_comes_back() {
    let (log, seen) = (Log::of_process(), Arc::new(Seen::default()));
    let reader = Reader::of(vec![Scripted::named(&seen, "stammering")], still()).unwrap();
    let said = || log.messages("a text is not read by stammering: ");
    for _ in 0..3 {
        reader.read(&owned(&["nan"]), LONG).await;
        reader.read(&owned(&["panic"]), LONG).await;
    }
    assert_eq!(said(), 1);
    reader.read(&owned(&["good"]), LONG).await;
    reader.read(&owned(&["nan"]), LONG).await;
    assert_eq!(said(), 2);
}

#[tokio::test]
async fn that_texts_are_late_is_said_once() {
    let (log, seen) = (Log::of_process(), Arc::new(Seen::default()));
    let reader = reader(&seen);
    seen.hold(true);
    let many: Vec<String> = (0..37).map(|number| format!("late {number}")).collect();
    for _ in 0..3 {
        reader.read(&many, SignedDuration::from_millis(20)).await;
    }
    assert_eq!(log.messages("37 of 37 texts were not read within"), 1);
    seen.hold(false);
}

#[tokio::test]
async fn a_text_of_which_nothing_is_left_is_empty_and_never_read() {
    let seen = Arc::new(Seen::default());
    let reader = reader(&seen);
    let texts = owned(&["", " \t", "https://a.example/only", "\u{200b}"]);
    let readings = reader.read(&texts, LONG).await;
    assert!(
        readings
            .iter()
            .all(|it| *it == Reading::Abstained(Abstention::Empty))
    );
    assert_eq!(seen.calls.load(Ordering::Relaxed), 0);
}

#[tokio::test]
async fn nobody_reads_nothing() {
    let nobody = Reader::nobody();
    assert_eq!(nobody.scorer(), None);
    let readings = nobody.read(&owned(&["Acme", ""]), LONG).await;
    assert_eq!(readings, vec![Reading::Abstained(Abstention::NoModel); 2]);
    let settings = ModelSettings {
        choice: countersign_models::Choice::None,
        ..ModelSettings::default()
    };
    let told = Reader::open(&settings, std::path::Path::new("/nowhere"), still()).unwrap();
    assert_eq!(told.scorer(), None);
}

#[tokio::test]
async fn it_reads_on_threads_of_its_own_which_end_with_it() {
    let seen = Arc::new(Seen::default());
    let models = vec![Scripted::of(&seen), Scripted::of(&seen)];
    let reader = Reader::of(models, still()).unwrap();
    let many: Vec<String> = (0..40).map(|number| format!("story {number}")).collect();
    let readings = reader.read(&many, LONG).await;
    assert!(readings.iter().all(is_good));
    let threads = seen.threads.lock().unwrap().clone();
    assert!(threads.iter().all(|name| name == "news"), "{threads:?}");
    assert_eq!(Arc::strong_count(&seen), 3);
    drop(reader);
    assert_eq!(Arc::strong_count(&seen), 1, "a thread goes on");
}
