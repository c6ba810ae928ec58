//! A strict fake of the Telegram Bot API, over plain HTTP on this machine.
//!
//! It checks every request against the platform's specification, which it reads at run time (see
//! `COUNTERSIGN_TEST_SPECS`), keeps the platform's limits and deadlines, and checks what it says
//! itself as well. A test drives it as the people of the chats do ([`Person`]), reads what they see
//! ([`Chat`], [`Message`]), orders faults ([`Fault`]), and asserts at the end that nothing came which
//! a correct client never sends ([`TelegramFake::violations`]).

mod alone;
mod args;
mod body;
mod chat;
mod control;
mod deliver;
mod drive;
mod fake;
mod faults;
mod limits;
mod message;
mod methods;
mod order;
mod person;
mod poll;
mod posting;
mod press;
mod records;
mod refusal;
mod server;
mod shape;
mod shared;
mod spec;
mod text;
mod updates;
mod world;

pub use alone::run;
pub use chat::{Chat, ChatKind, Rights, Standing};
pub use fake::TelegramFake;
pub use faults::Fault;
pub use limits::{Limits, Pace, Window};
pub use message::{Button, Content, Media, MediaKind, Message, Version};
pub use person::Person;
pub use press::{Answer, Press};
pub use records::{Call, Violation};
pub use text::Entity;
pub use updates::Seal;
