//! The button codec: what a press carries, as `v1:<verb>:<ulid>:<revision>`.
//!
//! A payload names an immutable id, never a place in a list, a size or a price: whatever was
//! redrawn, reordered or restarted since, a press means what it said. Each action has exactly one
//! payload, so what decodes encodes back to the same bytes. Where a command waits for a choice, the
//! command with that choice stands in the place of the id.

mod asking;

use std::str::FromStr;

pub use asking::Asking;
use countersign_domain::{
    ids::{
        DeskId, OperatorId, OrderId, OverrideId, PositionId, Revision, StandingId, TapId, TicketId,
    },
    ticket::DeclineReason,
};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// Bytes that a payload may have: the smallest allowance of any surface.
pub const LONGEST: usize = 64;

/// The version that this codec writes and reads.
const VERSION: &str = "v1";

/// Digits of the largest revision.
const REVISION_DIGITS: usize = 10;

/// What a press asks for, of what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Action {
    /// Say yes to this revision of a ticket.
    Confirm(TicketId, Revision),
    /// Say no; the surface asks for a reason next.
    Decline(TicketId, Revision),
    /// Say no for this reason.
    DeclineFor(TicketId, Revision, DeclineReason),
    /// Change contracts or limit; the surface asks for both next.
    Edit(TicketId, Revision),
    /// Put it aside for the one who pressed.
    Snooze(TicketId),
    /// Tell what led to it and what became of it.
    Why(TicketId),
    /// Cancel what is unfilled of a working order.
    Cancel(OrderId),
    /// Close a position.
    Close(PositionId),
    /// Hold a position's automatic exits; the surface asks until when.
    Hold(PositionId),
    /// Let a position's automatic exits go on.
    Release(PositionId),
    /// Change a position's exit plan; the surface asks for it next.
    ExitPlan(PositionId),
    /// Revoke a standing approval.
    Revoke(StandingId),
    /// Take no entries, cancel working ones; the surface asks for a reason.
    Halt(DeskId),
    /// Take only what shrinks risk; the surface asks for a reason.
    Reduce(DeskId),
    /// Take entries again; the surface asks for a reason.
    Resume(DeskId),
    /// Change a ticket a little, into a new revision.
    Nudge(TicketId, Revision, Nudge),
    /// Change contracts and limit by writing both, where Edit offers small changes first.
    Terms(TicketId, Revision),
    /// Go back from the small changes to the card's own buttons.
    Back(TicketId),
    /// Do what a question asked: the second press. The question says what, and until when it counts.
    Second(TapId),
    /// Leave something that was asked as it is.
    Leave(DeskId),
    /// Bring a position's stop nearer, on what the card showed.
    Tighten(PositionId, Revision),
    /// Hold a position's automatic exits for so long.
    HoldFor(PositionId, HoldSpan),
    /// Grant an override.
    Grant(OverrideId),
    /// Refuse an override.
    Refuse(OverrideId),
    /// Take an override back.
    TakeBack(OverrideId),
    /// Show that page of an answer, counted from 1.
    Page(Listing, DeskId, u32),
    /// Show that page of what became of a ticket, counted from 1.
    WhyPage(TicketId, u32),
    /// Show that page of the audit log about a ticket, counted from 1.
    AuditPage(TicketId, u32),
    /// Show that page of the audit log about somebody, counted from 1.
    AuditOf(OperatorId, u32),
    /// Show the picture of its payoff, where the card has none.
    Picture(TicketId),
    /// Come back at once.
    Ping(DeskId),
    /// Have the alarm of that number in hand.
    Acknowledge(DeskId, u32),
    /// Ask for that, as if it had been written.
    Ask(Asking),
}

/// A small change of a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nudge {
    /// One contract less.
    Less,
    /// One contract more.
    More,
    /// Half the contracts.
    Half,
    /// A limit that is one step better for us.
    Tighter,
    /// A limit that is one step worse for us.
    Wider,
}

/// How long exits are held from a button.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HoldSpan {
    /// 15 minutes.
    Quarter,
    /// An hour.
    Hour,
    /// Four hours.
    Long,
}

/// An answer with pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Listing {
    /// The commands.
    Help,
    /// What is held.
    Positions,
    /// The tickets.
    Tickets,
    /// The signals.
    Signals,
    /// The orders.
    Orders,
    /// What happened.
    History,
    /// The limits.
    Limits,
    /// The overrides.
    Overrides,
    /// The standing approvals.
    Approvals,
    /// The watchlist.
    Watchlist,
    /// Who may do what.
    Perms,
    /// The audit log.
    Audit,
    /// What it says of today.
    AuditToday,
    /// Today's trades.
    Day,
    /// This week's.
    Week,
    /// This month's.
    Month,
    /// All of them.
    AllTime,
}

impl HoldSpan {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Quarter, Self::Hour, Self::Long];

    /// How long that is.
    pub const fn span(self) -> SignedDuration {
        match self {
            Self::Quarter => SignedDuration::from_mins(15),
            Self::Hour => SignedDuration::from_hours(1),
            Self::Long => SignedDuration::from_hours(4),
        }
    }
}

/// Why a payload is none of ours.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ButtonError {
    /// More bytes than any payload has.
    #[error("a button payload of {0} bytes; the most is 64")]
    TooLong(usize),
    /// Another version wrote it: redraw the card and ask for a new press.
    #[error("this card is old")]
    OldCard,
    /// Not four parts, or an id or revision in another form than ours.
    #[error("not a button payload")]
    Malformed,
    /// No such verb.
    #[error("no such verb on a button")]
    UnknownVerb,
}

impl Action {
    /// The payload: at most [`LONGEST`] bytes of ASCII.
    pub fn encode(&self) -> String {
        let (verb, id, revision) = self.parts();
        format!("{VERSION}:{verb}:{id}:{revision}")
    }

    /// The word for what is asked, as in the payload and in stored refusals.
    pub fn verb(&self) -> &'static str {
        self.parts().0
    }

    /// The ticket that it is about, when it is about one.
    pub const fn ticket(&self) -> Option<TicketId> {
        match self {
            Self::Confirm(id, _)
            | Self::Decline(id, _)
            | Self::DeclineFor(id, _, _)
            | Self::Edit(id, _)
            | Self::Snooze(id)
            | Self::Why(id)
            | Self::Nudge(id, _, _)
            | Self::Terms(id, _)
            | Self::Back(id)
            | Self::Picture(id)
            | Self::WhyPage(id, _)
            | Self::AuditPage(id, _) => Some(*id),
            _ => None,
        }
    }

    /// The position that it is about, when it is about one.
    pub const fn position(&self) -> Option<PositionId> {
        match self {
            Self::Close(id)
            | Self::Hold(id)
            | Self::HoldFor(id, _)
            | Self::Release(id)
            | Self::ExitPlan(id)
            | Self::Tighten(id, _) => Some(*id),
            _ => None,
        }
    }

    /// Reads a payload.
    ///
    /// # Errors
    ///
    /// A [`ButtonError`]; nothing may be done. Answer with [`crate::button_error`].
    pub fn decode(payload: &str) -> Result<Self, ButtonError> {
        if payload.len() > LONGEST {
            return Err(ButtonError::TooLong(payload.len()));
        }
        let parts: Vec<&str> = payload.split(':').collect();
        match parts.as_slice() {
            [VERSION, verb, id, revision] => Self::from_parts(verb, id, revision),
            [version, _, ..] if is_version(version) && *version != VERSION => {
                Err(ButtonError::OldCard)
            }
            _ => Err(ButtonError::Malformed),
        }
    }

    fn parts(&self) -> (&'static str, String, u32) {
        match self {
            Self::Confirm(id, revision) => ("confirm", id.to_string(), revision.0),
            Self::Decline(id, revision) => ("decline", id.to_string(), revision.0),
            Self::DeclineFor(id, revision, reason) => {
                (declines(*reason), id.to_string(), revision.0)
            }
            Self::Edit(id, revision) => ("edit", id.to_string(), revision.0),
            Self::Snooze(id) => ("snooze", id.to_string(), 0),
            Self::Why(id) => ("why", id.to_string(), 0),
            Self::Cancel(id) => ("cancel", id.to_string(), 0),
            Self::Close(id) => ("close", id.to_string(), 0),
            Self::Hold(id) => ("hold", id.to_string(), 0),
            Self::Release(id) => ("release", id.to_string(), 0),
            Self::ExitPlan(id) => ("exit-plan", id.to_string(), 0),
            Self::Revoke(id) => ("revoke", id.to_string(), 0),
            Self::Halt(id) => ("halt", id.to_string(), 0),
            Self::Reduce(id) => ("reduce", id.to_string(), 0),
            Self::Resume(id) => ("resume", id.to_string(), 0),
            Self::Nudge(id, revision, nudge) => (nudge.verb(), id.to_string(), revision.0),
            Self::Terms(id, revision) => ("edit-terms", id.to_string(), revision.0),
            Self::Back(id) => ("edit-back", id.to_string(), 0),
            Self::Second(id) => ("second", id.to_string(), 0),
            Self::Leave(id) => ("leave", id.to_string(), 0),
            Self::Tighten(id, revision) => ("tighten", id.to_string(), revision.0),
            Self::HoldFor(id, span) => (span.verb(), id.to_string(), 0),
            Self::Grant(id) => ("grant", id.to_string(), 0),
            Self::Refuse(id) => ("refuse", id.to_string(), 0),
            Self::TakeBack(id) => ("take-back", id.to_string(), 0),
            Self::Page(listing, id, page) => (listing.verb(), id.to_string(), *page),
            Self::WhyPage(id, page) => ("why-page", id.to_string(), *page),
            Self::AuditPage(id, page) => ("audit-page", id.to_string(), *page),
            Self::AuditOf(id, page) => ("audit-of", id.to_string(), *page),
            Self::Picture(id) => ("picture", id.to_string(), 0),
            Self::Ping(id) => ("ping", id.to_string(), 0),
            Self::Acknowledge(id, number) => ("acknowledge", id.to_string(), *number),
            Self::Ask(line) => ("ask", line.to_string(), 0),
        }
    }

    fn from_parts(verb: &str, id: &str, revision: &str) -> Result<Self, ButtonError> {
        let revision = read_revision(revision)?;
        let drawn = || revision.ok_or(ButtonError::Malformed);
        let action = match verb {
            "confirm" => Self::Confirm(read(id)?, drawn()?),
            "decline" => Self::Decline(read(id)?, drawn()?),
            "edit" => Self::Edit(read(id)?, drawn()?),
            "edit-terms" => Self::Terms(read(id)?, drawn()?),
            "edit-back" => Self::Back(read(id)?),
            "snooze" => Self::Snooze(read(id)?),
            "why" => Self::Why(read(id)?),
            "cancel" => Self::Cancel(read(id)?),
            "close" => Self::Close(read(id)?),
            "hold" => Self::Hold(read(id)?),
            "release" => Self::Release(read(id)?),
            "exit-plan" => Self::ExitPlan(read(id)?),
            "revoke" => Self::Revoke(read(id)?),
            "halt" => Self::Halt(read(id)?),
            "reduce" => Self::Reduce(read(id)?),
            "resume" => Self::Resume(read(id)?),
            "second" => Self::Second(read(id)?),
            "leave" => Self::Leave(read(id)?),
            "tighten" => Self::Tighten(read(id)?, drawn()?),
            "grant" => Self::Grant(read(id)?),
            "refuse" => Self::Refuse(read(id)?),
            "take-back" => Self::TakeBack(read(id)?),
            "why-page" => Self::WhyPage(read(id)?, drawn()?.0),
            "audit-page" => Self::AuditPage(read(id)?, drawn()?.0),
            "audit-of" => Self::AuditOf(read(id)?, drawn()?.0),
            "picture" => Self::Picture(read(id)?),
            "ping" => Self::Ping(read(id)?),
            "acknowledge" => Self::Acknowledge(read(id)?, drawn()?.0),
            "ask" => Self::Ask(Asking::read(id).ok_or(ButtonError::Malformed)?),
            other => Self::of_kind(other, id, &drawn)?,
        };
        // An action without a revision says 0 and nothing else.
        if action.parts().2 == revision.map_or(0, |revision| revision.0) {
            Ok(action)
        } else {
            Err(ButtonError::Malformed)
        }
    }

    /// The verbs that are one of several alike.
    fn of_kind(
        verb: &str,
        id: &str,
        drawn: &dyn Fn() -> Result<Revision, ButtonError>,
    ) -> Result<Self, ButtonError> {
        if let Some(reason) = named(DeclineReason::ALL, declines, verb) {
            return Ok(Self::DeclineFor(read(id)?, drawn()?, reason));
        }
        if let Some(nudge) = named(Nudge::ALL, Nudge::verb, verb) {
            return Ok(Self::Nudge(read(id)?, drawn()?, nudge));
        }
        if let Some(span) = named(HoldSpan::ALL, HoldSpan::verb, verb) {
            return Ok(Self::HoldFor(read(id)?, span));
        }
        if let Some(listing) = named(Listing::ALL, Listing::verb, verb) {
            return Ok(Self::Page(listing, read(id)?, drawn()?.0));
        }
        Err(ButtonError::UnknownVerb)
    }
}

/// The value whose verb that is.
fn named<T: Copy, const N: usize>(
    all: [T; N],
    verb_of: fn(T) -> &'static str,
    verb: &str,
) -> Option<T> {
    all.into_iter().find(|one| verb_of(*one) == verb)
}

impl Nudge {
    /// Every one.
    pub const ALL: [Self; 5] = [
        Self::Less,
        Self::More,
        Self::Half,
        Self::Tighter,
        Self::Wider,
    ];

    const fn verb(self) -> &'static str {
        match self {
            Self::Less => "edit-less",
            Self::More => "edit-more",
            Self::Half => "edit-half",
            Self::Tighter => "edit-tighter",
            Self::Wider => "edit-wider",
        }
    }
}

impl HoldSpan {
    const fn verb(self) -> &'static str {
        match self {
            Self::Quarter => "hold-15m",
            Self::Hour => "hold-1h",
            Self::Long => "hold-4h",
        }
    }
}

impl Listing {
    /// Every one.
    pub const ALL: [Self; 17] = [
        Self::Help,
        Self::Positions,
        Self::Tickets,
        Self::Signals,
        Self::Orders,
        Self::History,
        Self::Limits,
        Self::Overrides,
        Self::Approvals,
        Self::Watchlist,
        Self::Perms,
        Self::Audit,
        Self::AuditToday,
        Self::Day,
        Self::Week,
        Self::Month,
        Self::AllTime,
    ];

    const fn verb(self) -> &'static str {
        match self {
            Self::Help => "page-help",
            Self::Positions => "page-positions",
            Self::Tickets => "page-tickets",
            Self::Signals => "page-signals",
            Self::Orders => "page-orders",
            Self::History => "page-history",
            Self::Limits => "page-limits",
            Self::Overrides => "page-overrides",
            Self::Approvals => "page-approvals",
            Self::Watchlist => "page-watchlist",
            Self::Perms => "page-perms",
            Self::Audit => "page-audit",
            Self::AuditToday => "page-audit-today",
            Self::Day => "page-day",
            Self::Week => "page-week",
            Self::Month => "page-month",
            Self::AllTime => "page-all",
        }
    }
}

const fn declines(reason: DeclineReason) -> &'static str {
    match reason {
        DeclineReason::Risk => "decline-risk",
        DeclineReason::Price => "decline-price",
        DeclineReason::Timing => "decline-timing",
        DeclineReason::Idea => "decline-idea",
        DeclineReason::Other => "decline-other",
    }
}

fn is_version(text: &str) -> bool {
    text.strip_prefix('v')
        .is_some_and(|number| is_number(number) && !number.starts_with('0'))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn read<T: FromStr>(id: &str) -> Result<T, ButtonError> {
    id.parse().map_err(|_| ButtonError::Malformed)
}

/// `None` for the `0` of an action that no revision binds.
fn read_revision(text: &str) -> Result<Option<Revision>, ButtonError> {
    if text == "0" {
        return Ok(None);
    }
    let plain = is_number(text) && !text.starts_with('0') && text.len() <= REVISION_DIGITS;
    match text.parse() {
        Ok(number) if plain => Ok(Some(Revision(number))),
        _ => Err(ButtonError::Malformed),
    }
}

impl From<Action> for String {
    fn from(action: Action) -> Self {
        action.encode()
    }
}

impl TryFrom<String> for Action {
    type Error = ButtonError;

    fn try_from(payload: String) -> Result<Self, ButtonError> {
        Self::decode(&payload)
    }
}
