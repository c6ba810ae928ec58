//! Faults that a test orders: what the next calls of a method meet instead of their answer.

use std::collections::{HashMap, VecDeque};

/// What a call meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// 429, to be tried again after so many seconds.
    TooMany(u64),
    /// 500 with the platform's JSON.
    Internal,
    /// 502 with a page of HTML, as its front answers.
    BadGateway,
    /// Never an answer; the call is not performed.
    Silence,
    /// The connection is cut before the call is performed.
    Cut,
    /// The call is performed, and the connection is cut instead of the answer.
    LoseAnswer,
    /// 409: somebody else polls.
    Conflict,
    /// 400 in these words: a right that is missing has many.
    Refused(&'static str),
}

/// The faults that wait, by method in lower case.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    waiting: HashMap<String, VecDeque<Fault>>,
}

impl Faults {
    /// Orders a fault for the next so many calls of a method, after those already ordered.
    pub(crate) fn order(&mut self, method: &str, times: usize, fault: Fault) {
        let waiting = self.waiting.entry(method.to_lowercase()).or_default();
        waiting.extend(std::iter::repeat_n(fault, times));
    }

    /// The fault that this call meets.
    pub(crate) fn next(&mut self, method: &str) -> Option<Fault> {
        self.waiting.get_mut(&method.to_lowercase())?.pop_front()
    }
}
