//! The words of the desk, told as tests: exact money, contracts, structures, the state machines as
//! full tables in `snapshots/`, positions from executions, standing approvals, overrides and quotes.

mod contracts;
mod given;
mod machines;
mod matrix;
mod money;
mod news;
mod notices;
mod orders;
mod osi;
mod overrides;
mod positions;
mod profit;
mod quotes;
mod recorded;
mod serialised;
mod standing;
mod structures;
mod terms;
mod tickets;
