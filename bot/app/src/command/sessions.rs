//! `countersign sessions`: the exchange calendar as CSV.

use std::io::{self, BufWriter, Write};

use anyhow::{Result, ensure};
use clap::Args;
use countersign_domain::calendar::{self, Session};
use jiff::civil::Date;

use crate::output::gone_is_fine;

/// Arguments of `sessions`.
#[derive(Debug, Args)]
pub struct SessionsArgs {
    /// The first day, such as 2026-01-01.
    #[arg(value_parser = date)]
    pub from: Date,
    /// The last day, such as 2026-12-31.
    #[arg(value_parser = date)]
    pub to: Date,
}

/// A day as `2026-03-17`, and no other way: a week number or a time of day would be a slip.
pub(super) fn date(text: &str) -> Result<Date, String> {
    let must = || "a day is written like 2026-03-17".to_owned();
    let shaped = text.len() == 10
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'-');
    if !shaped {
        return Err(must());
    }
    text.parse()
        .map_err(|_| format!("there is no such day; {}", must()))
}

/// Runs it.
///
/// # Errors
///
/// One sentence that says what is wrong and what to do.
pub fn run(args: &SessionsArgs) -> Result<u8> {
    calendar::day(args.from)?;
    calendar::day(args.to)?;
    let (from, to) = (args.from, args.to);
    ensure!(
        from <= to,
        "the first day, {from}, is after the last, {to}; give the earlier one first"
    );
    let mut out = BufWriter::new(io::stdout().lock());
    gone_is_fine(write(&mut out, args))?;
    Ok(0)
}

fn write(out: &mut impl Write, args: &SessionsArgs) -> io::Result<()> {
    writeln!(out, "date,open_utc,close_utc,open_ny,close_ny,early")?;
    for session in calendar::sessions(args.from, args.to) {
        row(out, &session)?;
    }
    out.flush()
}

/// Instants in UTC with a `Z`, and in New York with their offset.
fn row(out: &mut impl Write, session: &Session) -> io::Result<()> {
    let Session {
        date,
        open,
        close,
        early,
    } = *session;
    let ny = |at| {
        let there = calendar::in_new_york(at);
        there.timestamp().display_with_offset(there.offset())
    };
    let (open_ny, close_ny) = (ny(open), ny(close));
    writeln!(out, "{date},{open},{close},{open_ny},{close_ny},{early}")
}
