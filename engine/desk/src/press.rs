//! Who asks for what: the one authoriser of every surface.

use std::sync::Arc;

use countersign_domain::{
    event::Fact,
    operator::{Actor, Identity, Operator, Role},
    refusal::{Answer, Refusal},
};

use crate::{
    draft::Draft,
    seen::Seen,
    work::{Done, InboxKey},
};

/// What a person can ask of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verb {
    /// Say yes to a ticket.
    Confirm,
    /// Say no to a ticket.
    Decline,
    /// Change a ticket's contracts or limit.
    Edit,
    /// Put a ticket aside for oneself.
    Snooze,
    /// Propose a ticket of one's own.
    Propose,
    /// Cancel a working entry.
    Cancel,
    /// Close a position.
    Close,
    /// Change a position's exit plan.
    ExitPlan,
    /// Hold a position's automatic exits, or let go.
    Hold,
    /// Ask for the account and the positions.
    Account,
    /// Take no new risk.
    Reduce,
    /// Take no entries and cancel working ones.
    Halt,
    /// Trade again.
    Resume,
    /// Close everything.
    Flatten,
    /// Look at the market now.
    Scan,
    /// Compare with the broker now.
    Reconcile,
    /// Sign a standing approval.
    SignStanding,
    /// Revoke a standing approval.
    RevokeStanding,
    /// Ask for an override.
    AskOverride,
    /// Grant one that somebody else asked for.
    GrantOverride,
    /// Refuse one.
    RefuseOverride,
    /// Take one back.
    RevokeOverride,
    /// List those that are asked for or hold.
    Overrides,
    /// Tighten a limit, or ask to loosen it.
    SetLimit,
    /// Ask for a code with which one is known on another surface as well.
    Link,
    /// Be known no longer in one place; an admin may ask it of others.
    Unlink,
    /// Give an operator another role, or take them off the allow-list.
    Grant,
    /// Ask for a code with which somebody new becomes an operator.
    Invite,
    /// Change how one is told things oneself.
    Settings,
    /// Change how a room is told things.
    RoomSettings,
    /// Change what is watched.
    Watchlist,
    /// Let a strategy raise signals, or none.
    Strategies,
    /// Ask for a file of what was executed and decided.
    Export,
    /// Read the audit log.
    Audit,
    /// Have an alarm in hand.
    Acknowledge,
    /// Let a veto of the news pass.
    PassNews,
}

impl Verb {
    /// Every verb.
    pub const ALL: [Self; 36] = [
        Self::Confirm,
        Self::Decline,
        Self::Edit,
        Self::Snooze,
        Self::Propose,
        Self::Cancel,
        Self::Close,
        Self::ExitPlan,
        Self::Hold,
        Self::Account,
        Self::Reduce,
        Self::Halt,
        Self::Resume,
        Self::Flatten,
        Self::Scan,
        Self::Reconcile,
        Self::SignStanding,
        Self::RevokeStanding,
        Self::AskOverride,
        Self::GrantOverride,
        Self::RefuseOverride,
        Self::RevokeOverride,
        Self::Overrides,
        Self::SetLimit,
        Self::Link,
        Self::Unlink,
        Self::Grant,
        Self::Invite,
        Self::Settings,
        Self::RoomSettings,
        Self::Watchlist,
        Self::Strategies,
        Self::Export,
        Self::Audit,
        Self::Acknowledge,
        Self::PassNews,
    ];

    /// The least role that may.
    pub const fn needs(self) -> Role {
        match self {
            Self::Snooze
            | Self::Account
            | Self::Overrides
            | Self::Link
            | Self::Unlink
            | Self::Settings => Role::Viewer,
            Self::Resume
            | Self::SignStanding
            | Self::GrantOverride
            | Self::RefuseOverride
            | Self::RevokeOverride
            | Self::SetLimit
            | Self::Grant
            | Self::Invite
            | Self::RoomSettings
            | Self::Watchlist
            | Self::Strategies
            | Self::PassNews
            | Self::Audit => Role::Admin,
            Self::Confirm
            | Self::Decline
            | Self::Edit
            | Self::Propose
            | Self::Cancel
            | Self::Close
            | Self::ExitPlan
            | Self::Hold
            | Self::Reduce
            | Self::Halt
            | Self::Flatten
            | Self::Scan
            | Self::Reconcile
            | Self::RevokeStanding
            | Self::AskOverride
            | Self::Export
            | Self::Acknowledge => Role::Trader,
        }
    }

    /// The word for it in events.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Decline => "decline",
            Self::Edit => "edit",
            Self::Snooze => "snooze",
            Self::Propose => "propose",
            Self::Cancel => "cancel",
            Self::Close => "close",
            Self::ExitPlan => "exit-plan",
            Self::Hold => "hold",
            Self::Account => "account",
            Self::Reduce => "reduce",
            Self::Halt => "halt",
            Self::Resume => "resume",
            Self::Flatten => "flatten",
            Self::Scan => "scan",
            Self::Reconcile => "reconcile",
            Self::SignStanding => "sign-standing",
            Self::RevokeStanding => "revoke-standing",
            Self::AskOverride => "ask-override",
            Self::GrantOverride => "grant-override",
            Self::RefuseOverride => "refuse-override",
            Self::RevokeOverride => "revoke-override",
            Self::Overrides => "overrides",
            Self::SetLimit => "set-limit",
            Self::Link => "link",
            Self::Unlink => "unlink",
            Self::Grant => "grant",
            Self::Invite => "invite",
            Self::Settings => "settings",
            Self::RoomSettings => "room-settings",
            Self::Watchlist => "watchlist",
            Self::Strategies => "strategies",
            Self::Export => "export",
            Self::Audit => "audit",
            Self::Acknowledge => "acknowledge",
            Self::PassNews => "pass-news",
        }
    }
}

/// A person's press or command, from any surface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Press {
    /// Who, as the surface knows them.
    pub who: Identity,
    /// The surface's own name of this press, so that a repeated delivery has no second effect;
    /// `None` where a press cannot be delivered twice.
    pub key: Option<InboxKey>,
}

/// The operator behind a press, when they may.
///
/// # Errors
///
/// [`Refusal::NotPermitted`], with the role that they have.
pub(crate) fn permit(seen: &Seen, press: &Press, verb: Verb) -> Answer<Arc<Operator>> {
    match seen.operator(&press.who) {
        Some(operator) if operator.role >= verb.needs() => Ok(operator.clone()),
        known => Err(Refusal::NotPermitted {
            needs: verb.needs(),
            has: known.map(|operator| operator.role),
        }),
    }
}

/// Runs a verb for a press: checks the right, says who acts, and notes a refusal with its reason.
pub(crate) fn attempt(
    draft: &mut Draft,
    press: &Press,
    verb: Verb,
    subject: &str,
    act: impl FnOnce(&mut Draft, &Operator) -> Answer<Done>,
) -> Answer<Done> {
    introduce(draft, press);
    let answer = permit(draft.seen(), press, verb).and_then(|operator| act(draft, &operator));
    note_refusal(draft, verb.name(), subject, &answer);
    answer
}

/// Says who acts, and by which press.
pub(crate) fn introduce(draft: &mut Draft, press: &Press) {
    let actor = match draft.seen().operator(&press.who) {
        Some(operator) => Actor::Operator {
            id: operator.id,
            name: operator.name.clone(),
            surface: press.who.surface,
        },
        None => Actor::Stranger(press.who.clone()),
    };
    draft.act_as(actor);
    let name = press.key.as_ref();
    draft.pressed(name.map(|key| format!("{}:{}", key.source, key.id)));
}

/// Notes a refusal with its reason.
pub(crate) fn note_refusal(draft: &mut Draft, verb: &str, subject: &str, answer: &Answer<Done>) {
    if let Err(refusal) = answer {
        draft.note(Fact::Refused {
            verb: verb.to_owned(),
            subject: subject.to_owned(),
            refusal: refusal.clone(),
        });
    }
}
