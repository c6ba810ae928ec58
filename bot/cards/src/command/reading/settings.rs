//! Settings: how somebody wants to be told things.

use super::{Given, or_kind};
use crate::{
    command::{
        asked::{Scope, Setting, Volume},
        fault::{Fault, Unread},
        read,
    },
    locale::Language,
};

pub(super) fn setting(given: &Given) -> Result<Setting, Unread> {
    let scope = given.value("scope", &Scope::ALL, Scope::word)?;
    Ok(match given.action() {
        Some("notify") => Setting::Notify {
            notice: given.one("notice", or_kind(read::name))?,
            volume: given
                .value("volume", &Volume::ALL, Volume::word)?
                .unwrap_or(Volume::Loud),
            scope,
        },
        Some("quiet") => quiet(given, scope)?,
        Some("language") => Setting::Language {
            language: match given.choice("language")? {
                Some("de") => Language::German,
                _ => Language::English,
            },
            scope,
        },
        _ => Setting::Show,
    })
}

/// Quiet hours have both ends, or are off.
fn quiet(given: &Given, scope: Option<Scope>) -> Result<Setting, Unread> {
    let time = |text: &str| read::time(text).ok_or(Fault::Kind);
    let from = given.one("from", |text| match text.to_ascii_lowercase().as_str() {
        "off" => Ok(None),
        _ => time(text).map(Some),
    })?;
    let hours = match from {
        Some(from) => Some((from, given.one("to", time)?)),
        None => None,
    };
    let too_much = |name: &str| Unread::TooMuch {
        command: given.command,
        typed: name.to_owned(),
    };
    let zone = given.maybe("zone", or_kind(read::zone))?;
    if hours.is_none() {
        if given.text("to").is_some() {
            return Err(too_much("to"));
        }
        if zone.is_some() {
            return Err(too_much("zone"));
        }
    }
    Ok(Setting::Quiet { hours, zone, scope })
}
