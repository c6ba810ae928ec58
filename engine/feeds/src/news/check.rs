//! Which settings make sense.

use std::ops::RangeInclusive;

use reqwest_chat::header::HeaderValue;
use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use super::OpenError;

/// A setting of a source that makes no sense: correct the named key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{key}: it must be {must}")]
pub struct NewsFault {
    /// Which key; of several sources with its place, such as `sources[2].url`.
    pub key: String,
    /// What would be right.
    pub must: String,
}

/// Seconds between two polls.
pub(super) const EVERY_S: RangeInclusive<u32> = 10..=86_400;

const TIMEOUT_S: RangeInclusive<u32> = 1..=60;

/// The longest address.
const LONGEST_URL: usize = 2_000;

pub(super) const fn usual_timeout_s() -> u32 {
    10
}

pub(super) fn need(good: bool, key: &str, must: &str) -> Result<(), NewsFault> {
    if good {
        return Ok(());
    }
    Err(NewsFault {
        key: key.to_owned(),
        must: must.to_owned(),
    })
}

pub(super) fn within(key: &str, value: u32, range: RangeInclusive<u32>) -> Result<(), NewsFault> {
    let must = format!("a whole number from {} to {}", range.start(), range.end());
    need(range.contains(&value), key, &must)
}

pub(super) fn timeout(seconds: u32) -> Result<(), NewsFault> {
    within("timeout_s", seconds, TIMEOUT_S)
}

pub(super) fn name(name: &str) -> Result<(), NewsFault> {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let good = (1..=32).contains(&name.len()) && name.chars().all(fits);
    need(good, "name", "1 to 32 letters, digits, - and _")
}

/// The address of a server. A name and password in it would end up in requests to others: there is a
/// place of its own for keys.
pub(super) fn url(key: &str, text: &str) -> Result<Url, NewsFault> {
    let url = Url::parse(text).ok().filter(|url| {
        let web = ["http", "https"].contains(&url.scheme()) && url.has_host();
        let plain = url.username().is_empty() && url.password().is_none();
        web && plain && text.len() <= LONGEST_URL
    });
    url.ok_or_else(|| NewsFault {
        key: key.to_owned(),
        must: "an http or https address without a password, at most 2000 characters".to_owned(),
    })
}

/// An address without what may be secret in it.
pub(super) fn host_alone(text: &str) -> String {
    let url = Url::parse(text).ok();
    let host = url.as_ref().and_then(|url| url.host_str());
    host.map_or_else(|| "?".to_owned(), |host| format!("{host}/***"))
}

/// A key as the value of a header that nothing shows.
pub(super) fn key(name: &str, key: &SecretString) -> Result<HeaderValue, OpenError> {
    let value = HeaderValue::from_str(key.expose_secret()).ok();
    let value = value.filter(|value| !value.is_empty());
    let mut value = value.ok_or_else(|| NewsFault {
        key: name.to_owned(),
        must: "a key in printable letters, without spaces at the ends".to_owned(),
    })?;
    value.set_sensitive(true);
    Ok(value)
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;

    use super::{host_alone, key};

    #[test]
    fn a_key_is_not_shown_by_the_header_that_carries_it() {
        let secret = "0123456789abcdef";
        let value = key("key", &SecretString::from(secret)).unwrap();
        assert_eq!(value.as_bytes(), secret.as_bytes());
        assert!(!format!("{value:?}").contains(secret));
    }

    #[test]
    fn an_address_is_shown_by_its_host() {
        assert_eq!(
            host_alone("https://a.example:8443/b?key=c"),
            "a.example/***"
        );
        assert_eq!(host_alone("no address, key=c"), "?");
    }
}
