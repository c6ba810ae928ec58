//! Commands: what people ask for by word, the same on every surface.
//!
//! [`TABLE`] says what each command is called, what it takes and who may ask. From it a surface
//! registers its commands, and help is made. [`parse_text`] and [`parse_options`] read what was
//! typed or chosen; both give the same [`Asked`].
//!
//! ```
//! use countersign_cards::command::{Asked, Closing, parse_options, parse_text};
//!
//! let typed = parse_text("/close@our_bot Profitable", "our_bot");
//! assert_eq!(typed, Some(Ok(Asked::Close(Closing::Profitable))));
//! let chosen = [("what".to_owned(), "profitable".to_owned())];
//! assert_eq!(parse_options("close", &chosen), Ok(Asked::Close(Closing::Profitable)));
//! assert_eq!(parse_text("/close all", "other_bot").and_then(Result::err), None);
//! ```

mod arguments;
mod asked;
mod exits;
mod fault;
mod fragment;
mod front;
mod idea;
mod names;
mod read;
mod reading;
mod spec;
mod table;
mod words;
mod written;

pub use asked::{
    Approving, Asked, Audited, Bounds, Closing, Days, Format, Granting, Lasting, LettingPass,
    LimitChange, Overriding, Period, Scope, Setting, Switching, Volume, Watching,
};
pub use exits::{Clock, Part, PlanChange};
pub use fault::{Fault, Unread, sorry, sorry_missing};
pub use fragment::Fragment;
pub use front::{parse_options, parse_text};
pub use idea::Proposal;
pub use names::Command;
pub use read::{limit_of, limit_word};
pub use spec::{Argument, Choice, Kind, Presence, Spec, Thing};
pub use table::TABLE;
