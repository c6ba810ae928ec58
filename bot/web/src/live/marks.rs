//! Marks: places in a rendered part that differ from viewer to viewer and from moment to moment.
//!
//! A part is rendered once for everybody. Where a seal or the time that is left belongs, it holds a
//! mark, which is filled in for each viewer as the part leaves. A mark begins with random bytes that
//! never leave this process, so that no name, headline or symbol can pose as one.

use std::time::Duration;

use jiff::Timestamp;

use crate::access::{
    mac::Bytes32,
    seal::{Bound, Sealer},
};

/// Ends a mark: a character of the private use area.
const END: char = '\u{E001}';
/// Stands between the parts of a mark.
const BETWEEN: char = '\u{E002}';

/// Writes marks and fills them in.
pub(crate) struct Marks {
    start: String,
}

/// For whom, and when.
pub(crate) struct Viewer<'a> {
    pub(crate) sealer: &'a Sealer,
    pub(crate) session: &'a Bytes32,
    /// The desk's time.
    pub(crate) now: Timestamp,
    /// The machine's monotonic clock.
    pub(crate) monotonic: Duration,
}

impl Marks {
    /// With a beginning of its own.
    pub(crate) fn new(random: fn() -> Bytes32) -> Self {
        Self {
            start: format!("\u{E000}{}", hex::encode(&random()[..16])),
        }
    }

    /// Where a form's seal belongs.
    pub(crate) fn seal(&self, bound: &Bound<'_>) -> String {
        let (start, revision) = (&self.start, bound.revision);
        let (act, subject) = (bound.act, bound.subject);
        format!("{start}seal{BETWEEN}{act}{BETWEEN}{subject}{BETWEEN}{revision}{END}")
    }

    /// Where the milliseconds until `end` belong.
    pub(crate) fn left(&self, end: Timestamp) -> String {
        let (start, end) = (&self.start, end.as_microsecond());
        format!("{start}left{BETWEEN}{end}{END}")
    }

    /// Where the minutes and seconds until `end` belong.
    pub(crate) fn clock(&self, end: Timestamp) -> String {
        let (start, end) = (&self.start, end.as_microsecond());
        format!("{start}clock{BETWEEN}{end}{END}")
    }

    /// The part as one viewer gets it.
    pub(crate) fn fill(&self, part: &str, viewer: &Viewer<'_>) -> String {
        let mut filled = String::with_capacity(part.len() + 256);
        let mut pieces = part.split(self.start.as_str());
        filled.extend(pieces.next());
        for piece in pieces {
            let (mark, rest) = piece.split_once(END).unwrap_or((piece, ""));
            filled.push_str(&viewer.value(mark));
            filled.push_str(rest);
        }
        filled
    }
}

impl Viewer<'_> {
    fn value(&self, mark: &str) -> String {
        let parts: Vec<&str> = mark.split(BETWEEN).collect();
        match parts.as_slice() {
            ["seal", act, subject, revision] => {
                let bound = Bound {
                    act,
                    subject,
                    revision: revision.parse().unwrap_or_default(),
                };
                self.sealer.seal(self.session, &bound, self.monotonic)
            }
            ["left", end] => self.left(end).to_string(),
            ["clock", end] => {
                let seconds = (self.left(end) + 999) / 1_000;
                format!("{}:{:02}", seconds / 60, seconds % 60)
            }
            _ => String::new(),
        }
    }

    /// Milliseconds from now until `end`, at least none.
    fn left(&self, end: &str) -> i128 {
        let end = end.parse().ok().map(Timestamp::from_microsecond);
        let end = end.and_then(Result::ok).unwrap_or(self.now);
        end.duration_since(self.now).as_millis().max(0)
    }
}
