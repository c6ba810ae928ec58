//! What there is to ask for.

use countersign_domain::{operator::Role, view::Header};
use jiff::SignedDuration;

use super::begun;
use crate::{
    button::Action,
    card::{Card, Style},
    command::{Command, Kind, Presence, TABLE},
    locale::Locale,
    say, words,
};

/// The commands for a role; `None` is somebody whom the desk does not know.
pub fn help(header: &Header, role: Option<Role>, locale: &Locale) -> Card {
    let mut sheet = begun(header, locale.say("title-help"), locale);
    let shown = TABLE.iter().filter(|spec| spec.is_for(role));
    let rows = shown.map(|spec| {
        vec![
            format!("/{}", spec.command.name()),
            locale.say(spec.command.about()),
        ]
    });
    let columns = [("column-command", false), ("column-about", false)];
    sheet.table("table-commands", &columns, rows.collect());
    sheet.note(locale.say("note-help"));
    sheet.finish()
}

/// How one command is used.
pub fn help_on(header: &Header, command: Command, locale: &Locale) -> Card {
    let spec = command.spec();
    let name = format!("/{}", command.name());
    let mut sheet = begun(header, name, locale);
    let role = match spec.needs {
        Some(role) => words::role(role, locale),
        None => locale.say("role-anybody"),
    };
    sheet.lead(crate::card::Tone::Neutral, locale.say(command.about()));
    sheet.field("label-role", role);
    sheet.field("label-example", spec.example());
    let rows = spec.arguments.iter().map(|argument| {
        let name = match argument.presence {
            Presence::Needed => argument.name.to_owned(),
            _ => format!("[{}]", argument.name),
        };
        let mut about = locale.say(argument.about);
        if let Kind::Choice(choices) = argument.kind {
            let words: Vec<&str> = choices.iter().map(|choice| choice.word).collect();
            about = say!(
                locale,
                "argument-choices",
                what = about,
                words = words.join(", ")
            );
        }
        vec![name, about]
    });
    let columns = [("column-argument", false), ("column-about", false)];
    sheet.table("table-arguments", &columns, rows.collect());
    sheet.finish()
}

/// Which version runs, and for how long it has.
pub fn version(header: &Header, version: &str, up: SignedDuration, locale: &Locale) -> Card {
    let mut sheet = begun(
        header,
        say!(locale, "title-version", version = version),
        locale,
    );
    let up = sheet.pen.span(up);
    sheet.field("label-up", up);
    sheet.finish()
}

/// The answer to a ping: a button whose press comes back, or how long that took.
pub fn pong(header: &Header, took: Option<SignedDuration>, locale: &Locale) -> Card {
    let mut sheet = begun(header, locale.say("title-ping"), locale);
    if let Some(took) = took {
        let took = i64::try_from(took.as_millis()).unwrap_or(i64::MAX);
        sheet.note(say!(locale, "note-pong", took = took));
    } else {
        sheet.note(locale.say("note-ping"));
        sheet.button("button-ping", Action::Ping(header.desk), Style::Primary);
    }
    sheet.finish()
}
