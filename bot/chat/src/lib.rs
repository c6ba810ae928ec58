//! What every chat platform shares: a person presses a button, sends a command or hands in a form, and
//! gets a reply; and rate budgets.
//!
//! A platform's crate knows its protocol and how a [`Reply`] looks there. Which button means what, what
//! a command answers and which form comes next is the same everywhere, and is here. The desk holds all
//! rules and rights; `countersign_cards` all sentences. This crate has neither.

pub mod budget;
mod burst;
mod buttons;
mod commands;
mod copies;
mod forms;
mod nudges;
mod questions;
mod reply;
mod rights;
mod suggest;
mod talk;
mod typing;

pub use budget::{Budget, Pace};
pub use burst::Burst;
pub use reply::{Entry, File, Form, Reply, Told};
pub use suggest::Suggestion;
pub use talk::{Asker, Talk};
