//! The only SQL: units of work, outbox, inbox, leases and the audit chain on SQLite and PostgreSQL.
//!
//! One SQL text and one folder of migrations serve both databases. On SQLite one writer commits the
//! waiting units in groups; on PostgreSQL each unit has its own transaction. Nothing else differs.

mod alone;
mod audit;
mod fault;
mod job;
mod load;
mod migrations;
mod open;
mod port;
mod readers;
mod retention;
mod script;
mod sheet;
mod store;
mod story;
mod tables;
mod unit;
mod value;
mod writer;

#[cfg(test)]
mod full_tests;

pub use migrations::{known, migrate, version};
pub use open::{OpenError, sqlite_url};
pub use store::SqlStore;
