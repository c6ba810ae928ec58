//! Sentences of chat platforms.

use crate::{locale::Locale, say};

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
