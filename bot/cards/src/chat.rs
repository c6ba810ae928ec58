//! Sentences of chat platforms.

use countersign_domain::view::{Header, PositionView};

use crate::{button::Action, console, figures, locale::Locale, say};

/// The chat is none of the desk's.
pub fn not_here(locale: &Locale) -> String {
    locale.say("chat-not-here")
}

/// The message is a second copy of a card.
pub fn second_copy(locale: &Locale) -> String {
    locale.say("chat-second-copy")
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
            let profit = figures::signed(profit);
            say!(locale, "chat-close-question", name = name, profit = profit)
        }
        None => say!(locale, "chat-close-question-unmarked", name = name),
    }
}

/// What the two buttons of a question say.
pub fn yes_or_no(yes: &Action, locale: &Locale) -> (String, String) {
    let yes = locale.say(match yes {
        Action::Flatten(..) => "chat-yes-flatten",
        _ => "chat-yes-close",
    });
    (yes, locale.say("chat-leave"))
}

/// The second press came too late.
pub fn too_late(locale: &Locale) -> String {
    locale.say("chat-too-late")
}

/// What the question showed is no longer so.
pub fn changed(locale: &Locale) -> String {
    locale.say("chat-changed")
}

/// The reason that stands in the log when a person pressed for everything to be closed.
pub fn panic_reason(locale: &Locale) -> String {
    locale.say("chat-panic-reason")
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
