//! Saying a problem once.

use std::sync::atomic::{AtomicBool, Ordering};

/// A problem that is said in the log when it begins, and again only after it was over.
#[derive(Debug, Default)]
pub(crate) struct Once(AtomicBool);

impl Once {
    /// It is there: says it, unless it was said.
    pub(crate) fn say(&self, words: impl FnOnce() -> String) {
        if !self.0.swap(true, Ordering::Relaxed) {
            let words = words();
            tracing::warn!("{words}");
        }
    }

    /// It is over.
    pub(crate) fn over(&self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn a_problem_is_said_when_it_begins_and_when_it_comes_back() {
        let (once, said) = (Once::default(), Cell::new(0));
        let say = || {
            once.say(|| {
                said.set(said.get() + 1);
                "it is late".to_owned()
            });
        };
        say();
        say();
        assert_eq!(said.get(), 1);
        once.over();
        say();
        say();
        assert_eq!(said.get(), 2);
    }
}
