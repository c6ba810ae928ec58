//! One file per table: how its rows are written and read.

pub(crate) mod codes;
pub(crate) mod configured;
pub(crate) mod cursors;
pub(crate) mod day_totals;
pub(crate) mod desks;
pub(crate) mod events;
pub(crate) mod executions;
pub(crate) mod exit_states;
pub(crate) mod history;
pub(crate) mod inbox;
pub(crate) mod leases;
pub(crate) mod messages;
pub(crate) mod operators;
pub(crate) mod orders;
pub(crate) mod outbox;
pub(crate) mod overrides;
pub(crate) mod positions;
pub(crate) mod signals;
pub(crate) mod slots;
pub(crate) mod sources;
pub(crate) mod standing;
pub(crate) mod stories;
pub(crate) mod taps;
pub(crate) mod tickets;
pub(crate) mod wrong_codes;
