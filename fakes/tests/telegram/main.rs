//! The fake of Telegram is as strict as the platform: each rule is broken once, and seen to hold.

mod bot;
mod driving;
mod edits;
mod faults;
mod limits;
mod polling;
mod rights;
mod sending;
mod strict;
mod texts;
mod webhook;
