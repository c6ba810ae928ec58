//! What a card lets a person press.

use countersign_cards::{Action, Button, Style, words};
use countersign_domain::{
    ids::{Revision, TicketId},
    ticket::{DeclineReason, Ticket},
};
use maud::{Markup, html};

use super::card::Subject;
use crate::{access::seal::Bound, pages::ink::Ink};

/// How long a ticket can be put aside, in seconds; 0 until it expires.
const ASIDE: [(u32, &str); 3] = [
    (30, "console-snooze-30"),
    (60, "console-snooze-60"),
    (0, "console-snooze-end"),
];

/// The buttons of a card: a form where a press acts at once, a fold where something is chosen
/// first, a link where it is asked once more.
pub(super) fn row(ink: &Ink<'_>, buttons: &[Button], of: Subject<'_>) -> Markup {
    let shown = |button: &&Button| !(of.alone && matches!(button.action, Action::Why(_)));
    html! {
        @if buttons.iter().any(|button| shown(&button)) {
            div.buttons {
                @for button in buttons.iter().filter(shown) { (one(ink, button, of)) }
            }
        }
    }
}

fn one(ink: &Ink<'_>, button: &Button, of: Subject<'_>) -> Markup {
    match &button.action {
        Action::Confirm(ticket, revision) => {
            let typed = of.ticket.filter(|ticket| ink.asks_to_type(ticket));
            confirm(ink, button, (*ticket, *revision), typed.is_some())
        }
        Action::Decline(ticket, revision) => reject(ink, button, *ticket, *revision),
        Action::Edit(..) => html! {
            @if let Some(ticket) = of.ticket { (edit(ink, button, ticket)) }
        },
        Action::Snooze(ticket) => html! {
            @if let Some(of) = of.ticket { (snooze(ink, button, *ticket, of.revision)) }
        },
        Action::Cancel(order) => {
            let subject = order.to_string();
            act(
                ink,
                button,
                &format!("/orders/{order}/cancel"),
                &once("cancel", &subject),
            )
        }
        Action::Release(position) => {
            let subject = position.to_string();
            act(
                ink,
                button,
                &format!("/positions/{position}/release"),
                &once("release", &subject),
            )
        }
        Action::Acknowledge(_, number) => {
            let subject = number.to_string();
            act(
                ink,
                button,
                &format!("/alarms/{number}/acknowledge"),
                &once("acknowledge", &subject),
            )
        }
        Action::Why(ticket) => link(button, &format!("/tickets/{ticket}"), false),
        Action::Close(position) => link(button, &format!("/positions/{position}/close"), true),
        Action::Hold(position) => link(button, &format!("/positions/{position}/hold"), true),
        Action::ExitPlan(position) => link(button, &format!("/positions/{position}/plan"), true),
        Action::Revoke(standing) => link(button, &format!("/standing/{standing}/revoke"), true),
        Action::Halt(_) | Action::Reduce(_) | Action::Resume(_) => {
            link(button, &format!("/desk/{}", button.action.verb()), true)
        }
        // Reasons stand in a list of their own; the others are for rooms without pages.
        _ => html! {},
    }
}

/// What a seal is bound to where a revision counts.
fn bound<'a>(act: &'a str, subject: &'a str, revision: Revision) -> Bound<'a> {
    Bound {
        act,
        subject,
        revision: revision.0,
    }
}

/// What a seal is bound to where none does.
pub(crate) const fn once<'a>(act: &'a str, subject: &'a str) -> Bound<'a> {
    Bound {
        act,
        subject,
        revision: 0,
    }
}

const fn class(style: Style) -> &'static str {
    match style {
        Style::Primary => "primary",
        Style::Secondary => "secondary",
        Style::Danger => "danger",
    }
}

fn act(ink: &Ink<'_>, button: &Button, path: &str, bound: &Bound<'_>) -> Markup {
    let inside = html! { button class=(class(button.style)) { (button.label) } };
    ink.form(path, bound, &inside)
}

/// A yes; where the ticket could lose much, with a field for its contracts.
fn confirm(
    ink: &Ink<'_>,
    button: &Button,
    (ticket, revision): (TicketId, Revision),
    typed: bool,
) -> Markup {
    let (id, path) = (
        ticket.to_string(),
        format!("/tickets/{ticket}/{revision}/confirm"),
    );
    let name = format!("typed-{id}");
    let inside = html! {
        @if typed {
            div.field {
                label for=(name) { (ink.say("console-field-typed")) }
                input id=(name) name="contracts" inputmode="numeric" autocomplete="off" required
                    maxlength="7" size="6";
            }
        }
        button class=(class(button.style)) { (button.label) }
    };
    ink.form(&path, &bound("confirm", &id, revision), &inside)
}

/// A link to a page; one that asks opens over this page where scripts run.
fn link(button: &Button, path: &str, asks: bool) -> Markup {
    html! {
        a.button.(class(button.style)) href=(path) data-ask=[asks.then_some("")]
            data-does=(button.action.verb()) { (button.label) }
    }
}

/// A button that unfolds what has to be chosen.
fn fold(name: &str, id: &str, button: &Button, inside: &Markup) -> Markup {
    html! {
        details.fold id={ "fold-" (name) "-" (id) } data-fold=(name) {
            summary.button.(class(button.style)) { (button.label) }
            div.choice { (inside) }
        }
    }
}

fn reject(ink: &Ink<'_>, button: &Button, ticket: TicketId, revision: Revision) -> Markup {
    let inside = html! {
        @for reason in DeclineReason::ALL {
            button.secondary name="reason" value=(reason_name(reason)) {
                (words::decline_reason(reason, ink.locale))
            }
        }
    };
    let (id, path) = (
        ticket.to_string(),
        format!("/tickets/{ticket}/{revision}/decline"),
    );
    let form = ink.form(&path, &bound("decline", &id, revision), &inside);
    fold("reject", &id, button, &form)
}

/// A reason as the form says it.
pub(crate) const fn reason_name(reason: DeclineReason) -> &'static str {
    match reason {
        DeclineReason::Risk => "risk",
        DeclineReason::Price => "price",
        DeclineReason::Timing => "timing",
        DeclineReason::Idea => "idea",
        DeclineReason::Other => "other",
    }
}

/// Contracts and limit; the limit without its sign, which the structure gives.
fn edit(ink: &Ink<'_>, button: &Button, ticket: &Ticket) -> Markup {
    let id = ticket.id.to_string();
    let (contracts, limit) = (format!("contracts-{id}"), format!("limit-{id}"));
    let side = if ticket.structure.kind().is_credit() {
        "console-field-receive"
    } else {
        "console-field-pay"
    };
    let inside = html! {
        div.field {
            label for=(contracts) { (ink.say("console-field-contracts")) }
            input id=(contracts) name="contracts" inputmode="numeric" autocomplete="off" required
                maxlength="7" size="6" value=(ticket.terms.contracts);
        }
        div.field {
            label for=(limit) { (ink.say(side)) }
            input id=(limit) name="limit" inputmode="decimal" autocomplete="off" required
                maxlength="16" size="8" value=(ticket.terms.limit.abs());
        }
        button.secondary { (ink.say("console-edit-send")) }
    };
    let path = format!("/tickets/{id}/{}/edit", ticket.revision);
    let form = ink.form(&path, &bound("edit", &id, ticket.revision), &inside);
    fold("edit", &id, button, &form)
}

fn snooze(ink: &Ink<'_>, button: &Button, ticket: TicketId, revision: Revision) -> Markup {
    let inside = html! {
        @for (seconds, key) in ASIDE {
            button.secondary name="seconds" value=(seconds) { (ink.say(key)) }
        }
    };
    let (id, path) = (
        ticket.to_string(),
        format!("/tickets/{ticket}/{revision}/snooze"),
    );
    let form = ink.form(&path, &bound("snooze", &id, revision), &inside);
    fold("snooze", &id, button, &form)
}
