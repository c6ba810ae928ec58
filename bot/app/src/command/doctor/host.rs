//! What the machine has to offer.

use std::{
    io::{IsTerminal as _, Write as _},
    net::{Ipv4Addr, TcpListener},
    path::{Path, PathBuf},
};

use countersign_desk::ports::Instants;
use countersign_domain::calendar;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use super::check::Check;
use crate::{
    config::WebSection,
    home::{FIX, NO_FOLDER, existing},
};

/// Whether the home folder can be written, and by nobody else.
pub(super) fn home(home: &Path) -> Check {
    const NAME: &str = "home";
    let Some(there) = existing(home) else {
        return Check::fault(NAME, format!("{} is nowhere", home.display()), FIX);
    };
    if there.is_file() {
        let found = format!("{} is a file, not a folder", there.display());
        return Check::fault(NAME, found, NO_FOLDER);
    }
    let probe = || {
        let mut file = tempfile::NamedTempFile::new_in(there)?;
        file.write_all(b"probe")?;
        file.as_file().sync_all()
    };
    match probe() {
        Ok(()) if there == home && is_open(home) => {
            let home = home.display();
            let found = format!(
                "{home}; others on this machine may look into it, until `chmod 700 {home}`"
            );
            Check::note(NAME, found)
        }
        Ok(()) if there == home => Check::good(NAME, format!("{}", home.display())),
        Ok(()) => Check::good(NAME, format!("{} will be made", home.display())),
        Err(error) => {
            let found = format!("cannot write in {}: {error}", there.display());
            Check::fault(NAME, found, FIX)
        }
    }
}

/// Whether other users of this machine may look into a folder.
#[cfg(unix)]
fn is_open(folder: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = folder.metadata().map(|found| found.permissions().mode());
    mode.is_ok_and(|mode| mode & 0o077 != 0)
}

/// Whether other users of this machine may look into a folder: not asked on this system.
#[cfg(not(unix))]
fn is_open(_: &Path) -> bool {
    false
}

const MEBIBYTE: u64 = 1024 * 1024;

/// Whether the disk of the home folder has room.
#[cfg(unix)]
pub(super) fn space(home: &Path) -> Check {
    let there = existing(home).unwrap_or(home);
    match rustix::fs::statvfs(there) {
        Ok(disk) => room(disk.f_bavail.saturating_mul(disk.f_frsize) / MEBIBYTE),
        Err(error) => Check::note(
            "disk",
            format!("the room at {} is not known: {error}", there.display()),
        ),
    }
}

/// Whether the disk of the home folder has room: not asked on this system.
#[cfg(not(unix))]
pub(super) fn space(_: &Path) -> Check {
    Check::note("disk", "free room is not asked for on this system")
}

/// What that much free room means.
#[cfg(unix)]
fn room(mebibytes: u64) -> Check {
    let found = format!("{mebibytes} MiB free");
    match mebibytes {
        0..100 => Check::fault(
            "disk",
            format!("{found}; a full disk stops entries"),
            "make room, at least 100 MiB, or name a folder on another disk with --home DIR",
        ),
        100..1024 => Check::note("disk", format!("{found}; a full disk stops entries")),
        _ => Check::good("disk", found),
    }
}

/// Whether the host agrees with the rules for New York that are compiled in.
pub(super) fn time_zone(now: Timestamp) -> Check {
    let Ok(host) = TimeZone::get("America/New_York") else {
        return Check::good(
            "time zones",
            "compiled in; the host has none to compare with",
        );
    };
    let days = (0..400).map(|day| now + SignedDuration::from_hours(24 * day));
    let apart = |at: &Timestamp| host.to_offset(*at) != calendar::in_new_york(*at).offset();
    match days.into_iter().find(apart) {
        None => Check::good(
            "time zones",
            "compiled in, and the host agrees about New York",
        ),
        Some(at) => Check::fault(
            "time zones",
            format!("the host's rules for New York differ from this program's from {at} on"),
            "update the host's time zone data, or this program, whichever is older",
        ),
    }
}

/// The smallest terminal in which a card can be read.
const COLUMNS: u16 = 60;
const ROWS: u16 = 16;

/// Whether cards can be shown and keys read here.
pub(super) fn terminal() -> Check {
    let people = std::io::stdout().is_terminal() && std::io::stdin().is_terminal();
    if !people {
        let found = "this is none; without one, cards are on the web console alone";
        return Check::note("terminal", found);
    }
    match crossterm::terminal::size() {
        Ok((columns, rows)) if columns < COLUMNS || rows < ROWS => Check::note(
            "terminal",
            format!("{columns} x {rows} is small; cards want {COLUMNS} x {ROWS}"),
        ),
        Ok((columns, rows)) => Check::good("terminal", format!("{columns} x {rows}")),
        Err(error) => Check::note("terminal", format!("its size is not known: {error}")),
    }
}

/// Whether the console's port is free.
pub(super) fn port(web: &WebSection) -> Check {
    if !web.enabled {
        return Check::good("web port", "the console is switched off");
    }
    match TcpListener::bind((Ipv4Addr::LOCALHOST, web.port)) {
        Ok(_) if web.port == 0 => Check::good("web port", "any free one"),
        Ok(_) => Check::good("web port", format!("{} is free", web.port)),
        Err(error) => Check::fault(
            "web port",
            format!("{} cannot be used on 127.0.0.1: {error}", web.port),
            "stop what has it (a running desk, perhaps), or set web.port to another or to 0 for any",
        ),
    }
}

/// How far clocks may be apart.
const SKEW: SignedDuration = SignedDuration::from_secs(2);

/// Whether the wall clock can be believed, as far as that shows without a network: it keeps step
/// with the monotonic clock and with the file system, and is not before what the desk kept.
pub(super) fn clock(home: &Path, begun: Instants, ended: Instants, kept: &[PathBuf]) -> Check {
    let fix = "set the clock, and keep it set with NTP (`timedatectl set-ntp true`)";
    let fault = |found: String| Check::fault("clock", found, fix);
    let now = ended.wall;
    if calendar::day(calendar::market_date(now)).is_err() {
        return fault(format!("it says {now}, outside the exchange calendar"));
    }
    let wall = now.duration_since(begun.wall);
    let steady = (ended.monotonic - begun.monotonic - wall).abs();
    if steady > SKEW {
        let found = format!("it jumped by {} s meanwhile", steady.as_secs());
        return fault(found);
    }
    if let Some(skew) = file_skew(home, now)
        && skew > SKEW
    {
        let seconds = skew.as_secs();
        let found = format!("the file system of the home folder is {seconds} s away from it");
        return fault(found);
    }
    let program = std::env::current_exe().ok();
    for file in kept.iter().chain(program.iter()) {
        if let Some(at) = modified(file)
            && at.duration_since(now) > SKEW
        {
            let found = format!("it says {now}, but {} is of {at}", file.display());
            return fault(found);
        }
    }
    Check::good("clock", format!("{now}, steady"))
}

/// How far a file that is written now is from now.
fn file_skew(home: &Path, now: Timestamp) -> Option<SignedDuration> {
    let mut probe = tempfile::NamedTempFile::new_in(existing(home)?).ok()?;
    probe.write_all(b"probe").ok()?;
    Some(modified(probe.path())?.duration_since(now).abs())
}

fn modified(file: &Path) -> Option<Timestamp> {
    let at = file.metadata().ok()?.modified().ok()?;
    Timestamp::try_from(at).ok()
}

#[cfg(all(test, unix))]
#[path = "host_tests.rs"]
mod tests;
