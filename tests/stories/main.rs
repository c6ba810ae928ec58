//! Stories: every verb of the desk, every limit, every exit, told on a whole desk.
//!
//! Each test is one story; the requirement that it meets stands above it. `tests/REQUIREMENTS.md`
//! lists them the other way round.

mod account;
mod alerts;
mod auditing;
mod authority;
mod board;
mod bounds;
mod closed;
mod confirm;
mod deciding;
mod digests;
mod ending;
mod entry;
mod explaining;
mod exporting;
mod lasting;
mod limits;
mod monitor;
mod news;
mod notices;
mod offering;
mod overrides;
mod paper;
mod people;
mod positions;
mod reconciling;
mod reporting;
mod rise;
mod scanning;
mod scene;
mod second;
mod showing;
mod standing;
mod strangers;
mod trading;
mod unwritten;
