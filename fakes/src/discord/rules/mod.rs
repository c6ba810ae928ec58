//! Rules that the platform's document does not state.

mod commands;
mod components;
mod message;
mod modal;

pub(crate) use commands::check_commands;
pub(crate) use message::{Place, V2, check_message};
pub(crate) use modal::{check_choices, check_modal};
