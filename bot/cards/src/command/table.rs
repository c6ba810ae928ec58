//! The table of every command.

use countersign_domain::operator::Role;

use super::{
    arguments as takes,
    names::Command,
    spec::{Argument, Spec},
};

const ANYBODY: Option<Role> = None;
const VIEWER: Option<Role> = Some(Role::Viewer);
const TRADER: Option<Role> = Some(Role::Trader);
const ADMIN: Option<Role> = Some(Role::Admin);

const fn row(
    command: Command,
    needs: Option<Role>,
    verb: Option<&'static str>,
    arguments: &'static [Argument],
    example: &'static str,
) -> Spec {
    Spec {
        command,
        needs,
        verb,
        arguments,
        example,
    }
}

/// Every command, in the order of [`Command::ALL`].
#[rustfmt::skip]
pub static TABLE: [Spec; Command::ALL.len()] = [
    row(Command::Help, ANYBODY, None, takes::HELP, "close"),
    row(Command::Status, VIEWER, None, &[], ""),
    row(Command::Board, VIEWER, None, &[], ""),
    row(Command::Positions, VIEWER, None, &[], ""),
    row(Command::Position, VIEWER, None, takes::ONE_POSITION, "4FC3VF"),
    row(Command::Profit, VIEWER, None, takes::MAYBE_PERIOD, "week"),
    row(Command::Account, VIEWER, Some("account"), &[], ""),
    row(Command::Greeks, VIEWER, None, takes::MAYBE_POSITION, "4FC3VF"),
    row(Command::Tickets, VIEWER, None, &[], ""),
    row(Command::Ticket, VIEWER, None, takes::ONE_TICKET, "4FC1PW"),
    row(Command::Why, VIEWER, None, takes::ONE_TICKET, "4FC1PW"),
    row(Command::Signals, VIEWER, None, &[], ""),
    row(Command::Signal, VIEWER, None, takes::ONE_SIGNAL, "4FC2K6"),
    row(Command::WhyNot, VIEWER, None, takes::ONE_SYMBOL, "SPY"),
    row(Command::News, VIEWER, None, takes::MAYBE_SYMBOL, "SPY"),
    row(Command::Orders, VIEWER, None, &[], ""),
    row(Command::History, VIEWER, None, &[], ""),
    row(Command::Quote, VIEWER, None, takes::ONE_SYMBOL, "SPY"),
    row(Command::Chain, VIEWER, None, takes::CHAIN, "SPY 2026-12-18"),
    row(Command::Report, VIEWER, None, takes::MAYBE_DAY, "2026-11-20"),
    row(Command::Close, TRADER, Some("close"), takes::CLOSE, "4FC3VF"),
    row(Command::Cancel, TRADER, Some("cancel"), takes::ONE_ORDER, "4FC39C"),
    row(Command::Hold, TRADER, Some("hold"), takes::HOLD, "4FC3VF 30m"),
    row(Command::ExitPlan, TRADER, Some("exit-plan"), takes::EXIT_PLAN, "4FC3VF target 50 stop 35 trail 25/15 time 15:45 days 7"),
    row(Command::Propose, TRADER, Some("propose"), takes::PROPOSE, "buy 2 SPY 2026-12-18 600c limit 3.20"),
    row(Command::Scan, TRADER, Some("scan"), &[], ""),
    row(Command::Watchlist, VIEWER, None, takes::WATCHLIST, "add SPY"),
    row(Command::Strategies, VIEWER, None, takes::STRATEGIES, "off trend"),
    row(Command::Limits, VIEWER, None, takes::LIMITS, "set open_positions 5"),
    row(Command::LetPass, ADMIN, Some("pass-news"), takes::LET_PASS, "SPY tone 2h settled years ago"),
    row(Command::Override, TRADER, None, takes::OVERRIDE, "ask open_positions 8 2h expiry day"),
    row(Command::Overrides, VIEWER, Some("overrides"), &[], ""),
    row(Command::Approve, VIEWER, None, takes::APPROVE, "sign 5 300 1000 8h"),
    row(Command::Pause, TRADER, Some("reduce"), takes::MAYBE_REASON, "news at 14:00"),
    row(Command::Reduce, TRADER, Some("reduce"), takes::MAYBE_REASON, "news at 14:00"),
    row(Command::Halt, TRADER, Some("halt"), takes::MAYBE_REASON, "news at 14:00"),
    row(Command::Panic, TRADER, Some("flatten"), takes::MAYBE_REASON, "flash crash"),
    row(Command::Resume, ADMIN, Some("resume"), takes::MAYBE_REASON, "looked at it"),
    row(Command::Audit, ADMIN, Some("audit"), takes::MAYBE_SUBJECT, "4FC1PW"),
    row(Command::Export, TRADER, Some("export"), takes::EXPORT, "csv 2026-01-01..2026-03-31"),
    row(Command::Settings, VIEWER, None, takes::SETTINGS, "quiet 22:00 07:00 Europe/Berlin"),
    row(Command::Link, ANYBODY, None, takes::LINK, "7K3M9QXT"),
    row(Command::WhoAmI, ANYBODY, None, &[], ""),
    row(Command::Perms, VIEWER, None, takes::PERMS, "grant Ana trader"),
    row(Command::Ping, ANYBODY, None, &[], ""),
    row(Command::Version, ANYBODY, None, &[], ""),
];
