//! What a server answered, and what its status and headers ask for.

use countersign_desk::ports::NewsError;
use jiff::{SignedDuration, Timestamp};
use reqwest_chat::{
    StatusCode,
    header::{AGE, CACHE_CONTROL, HeaderMap, HeaderName, RETRY_AFTER},
};
use serde_json::Value;

use crate::news::time::instant;

/// The longest that a server can make us wait: a day.
pub(in crate::news) const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(24);
/// How long a server that is asked too much rests when it does not say.
const REST: SignedDuration = SignedDuration::from_mins(1);

/// An answer, whatever its status. Its body is read where the answer is a success, and where it is an
/// error to a request that carries a key.
pub(in crate::news) struct Answer {
    pub(in crate::news) status: StatusCode,
    pub(in crate::news) headers: HeaderMap,
    pub(in crate::news) body: Vec<u8>,
    /// Who answered, for errors.
    pub(in crate::news) host: String,
}

impl Answer {
    /// Passes an answer that has something to say: a success, or "not modified".
    ///
    /// # Errors
    ///
    /// What its status means to a source of news.
    pub(in crate::news) fn passed(&self, now: Timestamp) -> Result<(), NewsError> {
        let (host, status) = (&self.host, self.status.as_u16());
        let answered = format!("{host} answers {status}");
        let wait = self.wait(now);
        match status {
            200..=299 | 304 => Ok(()),
            401 | 403 => Err(NewsError::Refused(answered)),
            429 => {
                let until = wait.unwrap_or_else(|| now.saturating_add(REST).unwrap_or(now));
                Err(NewsError::Wait { until })
            }
            503 if let Some(until) = wait => Err(NewsError::Wait { until }),
            404 | 410 => Err(NewsError::Unreadable(format!(
                "{answered}: there is nothing at its address"
            ))),
            408 | 500.. => Err(NewsError::Unreachable(answered)),
            _ => Err(NewsError::Unreadable(answered)),
        }
    }

    /// Until when `Retry-After` asks to wait: seconds or a date, a day at the most.
    pub(in crate::news) fn wait(&self, now: Timestamp) -> Option<Timestamp> {
        let told = self.header(&RETRY_AFTER)?.trim();
        let until = match told.parse::<u32>() {
            Ok(seconds) => after(now, seconds),
            Err(_) => instant(told)?,
        };
        let least = after(now, 1);
        let most = now.saturating_add(LONGEST_WAIT).unwrap_or(now);
        Some(until.clamp(least, most))
    }

    /// How long the answer stays fresh by `Cache-Control`, less the age that it already has.
    pub(in crate::news) fn fresh_s(&self) -> u32 {
        let told = self.header(&CACHE_CONTROL).unwrap_or_default();
        let mut parts = told.split(',').map(str::trim);
        let most = parts.find_map(|part| {
            let (name, value) = part.split_once('=')?;
            let value = value.trim().trim_matches('"');
            name.trim()
                .eq_ignore_ascii_case("max-age")
                .then(|| value.parse::<u32>().ok())?
        });
        let age = self.header(&AGE).and_then(|it| it.trim().parse().ok());
        most.unwrap_or_default()
            .saturating_sub(age.unwrap_or_default())
    }

    /// The body as JSON.
    ///
    /// # Errors
    ///
    /// [`NewsError::Unreadable`], which says so when a page for people came instead.
    pub(in crate::news) fn json(&self) -> Result<Value, NewsError> {
        let host = &self.host;
        serde_json::from_slice(&self.body).map_err(|_| {
            let first = self.body.iter().find(|it| !it.is_ascii_whitespace());
            NewsError::Unreadable(match first {
                None => format!("{host} sends nothing at all"),
                Some(b'<') => format!("{host} sends a web page instead of JSON"),
                Some(_) => format!("{host} sends something that is not JSON"),
            })
        })
    }

    /// A header as text.
    pub(in crate::news) fn header(&self, name: &HeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// So many seconds later.
pub(in crate::news) fn after(now: Timestamp, seconds: u32) -> Timestamp {
    now.saturating_add(SignedDuration::from_secs(seconds.into()))
        .unwrap_or(now)
}

#[cfg(test)]
#[path = "answer_tests.rs"]
mod tests;
