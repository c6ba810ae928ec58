//! Neutral cards and every sentence that a person reads; pure.
//!
//! [`draw()`] makes a [`Card`] of a view: the same view gives the same card, on every surface. A
//! [`Locale`] holds the sentences of one [`Language`] (`locales`); [`Action`] is what a button carries.
//!
//! ```
//! use countersign_cards::{Action, ButtonError, Locale, button_error};
//!
//! let english = Locale::english();
//! assert_eq!(Action::decode("v2:confirm:7"), Err(ButtonError::OldCard));
//! assert!(button_error(&ButtonError::OldCard, &english).starts_with("This card is old"));
//! ```

mod breach;
pub mod button;
pub mod card;
mod chance;
pub mod chat;
mod columns;
pub mod command;
pub mod console;
mod draw;
mod endings;
pub mod event;
mod evidence;
pub mod export;
pub mod figures;
pub mod implied;
mod instruments;
mod locale;
mod news;
mod notices;
mod overrides;
pub mod payoff;
mod pen;
mod people;
pub mod press;
mod refusal;
mod scanning;
pub mod terminal;
pub mod text;
pub mod typed;
mod veto;
pub mod words;

pub use button::{Action, ButtonError, HoldSpan, Listing, Nudge};
pub use card::{Button, Card, Column, Field, Line, Style, Table, Tone};
pub use draw::{answer, decline_reasons, draw, plain, position, status};
#[doc(no_inline)]
pub use fluent_bundle::FluentValue;
pub use locale::{Language, Locale};
pub use people::verbatim;
pub use press::{button_error, done, outcome};
pub use refusal::{limit_breach, refusal};
pub use veto::veto;
