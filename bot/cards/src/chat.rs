//! Sentences of chat platforms.

use countersign_domain::{
    ids::{DeskId, TicketId},
    instrument::Symbol,
    news::Reason,
    ticket::Ticket,
    view::{Header, PositionCard, PositionView},
};
use jiff::{SignedDuration, Timestamp};

use crate::{
    button::{Action, Listing, Nudge},
    card::{Button, Page, Style},
    command::Closing,
    console, figures, instruments,
    locale::Locale,
    news,
    pen::Pen,
    people::verbatim,
    say,
};

pub use crate::scanning::{scanning_same, scanning_set};

/// Letters that the name of a topic or thread may have on every platform.
const NAME: usize = 100;

/// What a position's topic or thread is called.
pub fn thread_name(card: &PositionCard, locale: &Locale) -> String {
    let pen = Pen {
        locale,
        now: card.header.now,
    };
    let name = instruments::structure_in_row(&pen, &card.view.position.structure);
    if name.chars().count() <= NAME {
        return name;
    }
    let kept = name.chars().take(NAME - 1);
    kept.chain(['…']).collect()
}

/// The chat is none of the desk's.
pub fn not_here(locale: &Locale) -> String {
    locale.say("chat-not-here")
}

/// The message is a second copy of a card.
pub fn second_copy(locale: &Locale) -> String {
    locale.say("chat-second-copy")
}

/// That press was delivered twice.
pub fn repeated(locale: &Locale) -> String {
    locale.say("chat-repeated")
}

/// Too much waits to be told there.
pub fn busy(locale: &Locale) -> String {
    locale.say("chat-busy")
}

/// What the buttons of a declined ticket's reasons stand below.
pub fn decline_why(locale: &Locale) -> String {
    locale.say("chat-decline-why")
}

/// Whether a position is really to be closed.
pub fn close_question(view: &PositionView, header: &Header, locale: &Locale) -> String {
    let name = console::structure(&view.position.structure, header.now, locale);
    match view.profit() {
        Some(profit) => {
            let profit = figures::signed(profit, locale);
            say!(locale, "chat-close-question", name = name, profit = profit)
        }
        None => say!(locale, "chat-close-question-unmarked", name = name),
    }
}

/// Whether all of these are really to be closed.
pub fn close_many_question(views: &[PositionView], header: &Header, locale: &Locale) -> String {
    let line = |view: &PositionView| {
        let name = console::structure(&view.position.structure, header.now, locale);
        let profit = view.profit().map(|it| figures::signed(it, locale));
        match profit {
            Some(profit) => format!("• {name}: {profit}"),
            None => format!("• {name}"),
        }
    };
    let lines: Vec<String> = views.iter().map(line).collect();
    let question = say!(locale, "chat-close-many-question", count = views.len());
    format!("{question}\n{}", lines.join("\n"))
}

/// Whether the desk is really to be halted, or halted and flattened.
pub fn desk_question(flatten: bool, positions: usize, locale: &Locale) -> String {
    if flatten {
        say!(locale, "chat-flatten-question", count = positions)
    } else {
        locale.say("chat-halt-question")
    }
}

/// What the two buttons of a question say.
pub fn yes_or_no(locale: &Locale) -> (String, String) {
    (locale.say("chat-yes"), locale.say("chat-leave"))
}

/// There is nothing of the sort that was to be closed.
pub fn nothing_to_close(what: &Closing, locale: &Locale) -> String {
    locale.say(match what {
        Closing::Profitable => "chat-none-in-profit",
        Closing::Expiring => "chat-none-expiring",
        Closing::One(_) | Closing::All => "chat-none-open",
    })
}

/// The reason that stands in the log when a person gave none.
pub fn no_reason(locale: &Locale) -> String {
    locale.say("chat-no-reason")
}

/// What a form asks for, to be answered in one message: the label and the present value of each entry.
pub fn prompt(title: &str, entries: &[(String, String)], locale: &Locale) -> String {
    let key = if entries.len() == 1 {
        "chat-form-one"
    } else {
        "chat-form-several"
    };
    let line = |(label, value): &(String, String)| {
        if value.is_empty() {
            format!("• {label}")
        } else {
            say!(
                locale,
                "chat-form-entry",
                label = label.as_str(),
                value = value.as_str()
            )
        }
    };
    let lines: Vec<String> = entries.iter().map(line).collect();
    format!("{title}\n{}\n{}", lines.join("\n"), locale.say(key))
}

/// What an exit plan is changed by, where the one that holds stands there already.
pub fn plan_entry(locale: &Locale) -> String {
    locale.say("chat-field-plan")
}

/// Buttons to the pages before and after one.
pub fn leaves(listing: Listing, desk: DeskId, at: Page, locale: &Locale) -> Vec<Button> {
    leaves_to(|number| Action::Page(listing, desk, number), at, locale)
}

/// Buttons to the pages before and after one, by what leads to a page.
pub fn leaves_to(to: impl Fn(u32) -> Action, at: Page, locale: &Locale) -> Vec<Button> {
    let leaf = |label: &str, number: u32| Button {
        label: say!(locale, label, number = number, of = at.of),
        action: to(number),
        style: Style::Secondary,
    };
    let mut buttons = Vec::new();
    if at.number > 1 {
        buttons.push(leaf("chat-page-before", at.number - 1));
    }
    if at.number < at.of {
        buttons.push(leaf("chat-page-after", at.number + 1));
    }
    buttons
}

/// What stands in the place of Edit and of what comes after it while a ticket's terms are changed: one
/// contract less or more and half of them where that leaves one, a step of the limit, both in writing,
/// and the way back.
pub fn small_changes(ticket: &Ticket, locale: &Locale) -> Vec<Button> {
    let (id, revision) = (ticket.id, ticket.revision);
    let one = |label: &str, action| Button {
        label: locale.say(label),
        action,
        style: Style::Secondary,
    };
    let leaves_one = |nudge: &Nudge| match nudge {
        Nudge::Less | Nudge::Half => ticket.terms.contracts.0 > 1,
        Nudge::More | Nudge::Tighter | Nudge::Wider => true,
    };
    let nudges = Nudge::ALL.into_iter().filter(leaves_one);
    let nudges = nudges.map(|nudge| {
        let label = match nudge {
            Nudge::Less => "button-edit-less",
            Nudge::More => "button-edit-more",
            Nudge::Half => "button-edit-half",
            Nudge::Tighter => "button-edit-tighter",
            Nudge::Wider => "button-edit-wider",
        };
        one(label, Action::Nudge(id, revision, nudge))
    });
    let rest = [
        one("button-edit-terms", Action::Terms(id, revision)),
        one("button-edit-back", Action::Back(id)),
    ];
    nudges.chain(rest).collect()
}

/// A button to the picture of a ticket's payoff.
pub fn payoff_button(ticket: TicketId, locale: &Locale) -> Button {
    Button {
        label: locale.say("button-payoff"),
        action: Action::Picture(ticket),
        style: Style::Secondary,
    }
}

/// How much is left to decide at the most: seconds below a minute, else whole minutes.
pub fn time_left(most: SignedDuration, locale: &Locale) -> String {
    let (hours, minutes) = (most.as_hours(), most.as_mins() % 60);
    let span = match (hours, minutes) {
        (0, 0) => say!(locale, "span-seconds", seconds = most.as_secs()),
        (0, _) => say!(locale, "span-whole-minutes", minutes = minutes),
        _ => say!(locale, "span-hours", hours = hours, minutes = minutes),
    };
    say!(locale, "chat-time-left", span = span)
}

/// The feed has no options on an underlying.
pub fn no_chain(symbol: Symbol, locale: &Locale) -> String {
    say!(locale, "chat-no-chain", symbol = symbol.as_str())
}

/// A ticket of one's own was offered.
pub fn proposed(locale: &Locale) -> String {
    locale.say("console-done-propose")
}

/// The market was looked at.
pub fn scanned(looked: usize, raised: usize, locale: &Locale) -> String {
    say!(
        locale,
        "console-done-scan",
        looked = looked,
        raised = raised
    )
}

/// An override was asked for.
pub fn override_asked(locale: &Locale) -> String {
    locale.say("chat-override-asked")
}

/// A limit was tightened.
pub fn limit_set(locale: &Locale) -> String {
    locale.say("chat-limit-set")
}

/// A code with which somebody is known elsewhere as well.
pub fn link_code(code: &str, until: Timestamp, locale: &Locale) -> String {
    let pen = Pen { locale, now: until };
    say!(
        locale,
        "chat-link-code",
        code = code,
        until = pen.time(until)
    )
}

/// Somebody is known here from now on.
pub fn linked(locale: &Locale) -> String {
    locale.say("chat-linked")
}

/// A code with which somebody new becomes an operator.
pub fn invited(name: &str, code: &str, until: Timestamp, locale: &Locale) -> String {
    let pen = Pen { locale, now: until };
    say!(
        locale,
        "chat-invited",
        name = verbatim(name),
        code = code,
        until = pen.time(until)
    )
}

/// Somebody has another role.
pub fn granted(locale: &Locale) -> String {
    locale.say("chat-granted")
}

/// Somebody may no longer act.
pub fn removed(locale: &Locale) -> String {
    locale.say("chat-removed")
}

/// How people are told things has changed.
pub fn manners_set(locale: &Locale) -> String {
    locale.say("chat-manners-set")
}

/// What only one person may read could not be sent to them alone.
pub fn write_to_me(locale: &Locale) -> String {
    locale.say("chat-write-to-me")
}

/// What only one person may read was not taken by the platform.
pub fn not_taken(locale: &Locale) -> String {
    locale.say("chat-not-taken")
}

/// What only one person may read was sent to them alone.
pub fn sent_in_private(locale: &Locale) -> String {
    locale.say("chat-sent-in-private")
}

/// An alarm was answered before.
pub fn answered_already(locale: &Locale) -> String {
    locale.say("chat-answered-already")
}

/// One thing that the news has against a trade, beside its name.
pub fn against(symbol: Symbol, reason: &Reason, now: Timestamp, locale: &Locale) -> String {
    let pen = Pen { locale, now };
    let reason = news::reason(&pen, reason);
    say!(
        locale,
        "chat-against",
        symbol = symbol.as_str(),
        reason = reason
    )
}

/// That a veto of the news is let pass until then, or counts again.
pub fn let_pass(until: Option<Timestamp>, now: Timestamp, locale: &Locale) -> String {
    let pen = Pen { locale, now };
    match until {
        Some(until) => say!(locale, "chat-let-pass", until = pen.time(until)),
        None => locale.say("chat-let-pass-ended"),
    }
}
