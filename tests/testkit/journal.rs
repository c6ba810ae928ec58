//! The journal: what happened, in the order in which it happened, as a person would tell it.

use std::sync::{Mutex, MutexGuard, PoisonError};

use countersign_cards::{Locale, event};
use countersign_domain::{event::Event, refusal::Refusal};
use jiff::Timestamp;

/// Lines that everything in a world writes to. They are put into words when somebody reads them.
#[derive(Clone, Debug)]
struct Line {
    at: Timestamp,
    who: String,
    what: What,
}

#[derive(Clone, Debug)]
enum What {
    Words(String),
    Event(Box<Event>),
    Refusal(Box<Refusal>),
}

/// The journal of a world.
#[derive(Debug)]
pub(crate) struct Journal {
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    begun: Timestamp,
    lines: Vec<Line>,
}

impl Journal {
    pub(crate) const fn new(begun: Timestamp) -> Self {
        Self {
            state: Mutex::new(State {
                begun,
                lines: Vec::new(),
            }),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Forgets what was; time counts from here.
    pub(crate) fn begin(&self, now: Timestamp) {
        let mut state = self.state();
        state.begun = now;
        state.lines.clear();
    }

    pub(crate) fn note(&self, at: Timestamp, who: &str, what: &str) {
        self.add(at, who, What::Words(what.to_owned()));
    }

    pub(crate) fn event(&self, at: Timestamp, event: &Event) {
        self.add(at, "desk", What::Event(Box::new(event.clone())));
    }

    pub(crate) fn refusal(&self, at: Timestamp, refusal: &Refusal) {
        self.add(at, "", What::Refusal(Box::new(refusal.clone())));
    }

    fn add(&self, at: Timestamp, who: &str, what: What) {
        let who = who.to_owned();
        self.state().lines.push(Line { at, who, what });
    }

    /// Everything, one line each, with ids as `#1`, `#2` in the order of their appearance.
    pub(crate) fn text(&self) -> String {
        let english = Locale::english();
        let mut known: Vec<String> = Vec::new();
        let state = self.state();
        let mut lines = Vec::new();
        for line in &state.lines {
            let since = line.at.duration_since(state.begun).as_secs_f64();
            let words = words(&line.what, line.at, &english);
            let line = format!("{since:>6.1}  {:<7} {words}", line.who);
            lines.push(shorten(&line, &mut known));
        }
        lines.join("\n")
    }
}

fn words(what: &What, at: Timestamp, locale: &Locale) -> String {
    match what {
        What::Words(words) => words.clone(),
        What::Event(one) => {
            let who = event::actor(&one.actor, locale);
            format!("{who}: {}", event::fact(&one.fact, one.at, locale))
        }
        What::Refusal(refusal) => {
            format!("-> {}", countersign_cards::refusal(refusal, at, locale))
        }
    }
}

/// Replaces ids of 26 characters by short numbers.
fn shorten(line: &str, known: &mut Vec<String>) -> String {
    let is_part = |letter: char| letter.is_ascii_uppercase() || letter.is_ascii_digit();
    let mut out = String::new();
    let mut word = String::new();
    for letter in line.chars().chain(['\n']) {
        if is_part(letter) {
            word.push(letter);
            continue;
        }
        if word.len() == 26 {
            let place = known.iter().position(|one| *one == word);
            let place = place.unwrap_or_else(|| {
                known.push(word.clone());
                known.len() - 1
            });
            out.push('#');
            out.push_str(&(place + 1).to_string());
        } else {
            out.push_str(&word);
        }
        word.clear();
        if letter != '\n' {
            out.push(letter);
        }
    }
    out
}
