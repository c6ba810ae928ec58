//! Sample cards and answers, to be looked at: what a desk showed and said in a short life on the
//! synthetic market, of a fixed seed and in its own time, and the few states that do not come up there.

mod life;
mod news;
mod scenes;
mod states;

use countersign_chat::Reply;
use countersign_domain::view::View;
use jiff::Timestamp;

pub use scenes::record;

/// One sample.
#[derive(Clone, Debug)]
pub struct Scene {
    /// What it stands among.
    pub group: &'static str,
    /// What it is called there, in lower case and dashes.
    pub name: String,
    /// The desk's time.
    pub now: Timestamp,
    /// What is shown.
    pub what: Sample,
}

/// What is shown.
#[derive(Clone, Debug)]
pub enum Sample {
    /// A card in a room.
    Card(Box<View>),
    /// What somebody gets who asked.
    Reply(Reply),
}
