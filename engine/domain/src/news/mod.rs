//! News: what was published, how a model read it, what it is about, how much it matters, and what that
//! means for a trade.
//!
//! Text is data: nothing here, and nothing that is made from it, follows what a headline says.

mod category;
mod decision;
mod reading;
mod story;

pub use category::{Category, Impact};
pub use decision::{Action, Decision, Missing, Reason, Scheduled};
pub use reading::{Abstention, Opinion, Reading, Scorer, Topic};
pub use story::{Judged, RawStory, Story};
