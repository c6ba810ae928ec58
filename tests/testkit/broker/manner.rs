//! How the broker behaves, and how its calls go wrong.

use countersign_domain::view::Mode;
use jiff::SignedDuration;

/// A call at the broker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Call {
    /// Reads the account.
    Account,
    /// Sends an order.
    Submit,
    /// Asks for an order's end.
    Cancel,
    /// Puts an attempt in the place of another.
    Replace,
    /// Looks an order up.
    Find,
    /// Lists what may still execute.
    OpenOrders,
    /// Lists what is held.
    Positions,
    /// Asks what was said.
    Updates,
}

/// How one call goes wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It never left.
    Unreachable,
    /// The broker says no, in these words.
    Refuse(String),
    /// No answer; it never arrived.
    Lost,
    /// No answer; it arrived.
    Silent,
    /// No answer; it arrived, and lookups, lists and reports show it only after so long.
    Hidden(SignedDuration),
    /// No answer; it arrives only after so long.
    Late(SignedDuration),
}

/// How the broker behaves when nothing goes wrong. What a test changes holds from then on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manner {
    /// False while no call reaches it.
    pub reachable: bool,
    /// Units that entries may still execute; `None` without a bound. They do when their limit is
    /// at or beyond the far side of the quotes, and at that price.
    pub entry_room: Option<u32>,
    /// The same for exits.
    pub exit_room: Option<u32>,
    /// How long it keeps to itself that it has an order: fills are told before that.
    pub ack_delay: SignedDuration,
    /// How long it keeps executions and ends to itself.
    pub report_delay: SignedDuration,
    /// Tells everything twice.
    pub repeats: bool,
    /// Refuses a second order of the same name, for ever.
    pub refuses_duplicates: bool,
    /// How long an order may take to show up in lookups, as it declares.
    pub grace: SignedDuration,
    /// What it says that the account trades with.
    pub mode: Mode,
}

impl Default for Manner {
    fn default() -> Self {
        Self {
            reachable: true,
            entry_room: None,
            exit_room: None,
            ack_delay: SignedDuration::ZERO,
            report_delay: SignedDuration::ZERO,
            repeats: false,
            refuses_duplicates: true,
            grace: SignedDuration::from_secs(6),
            mode: Mode::Paper,
        }
    }
}
