//! The reference of every key, made from `default.toml`.

use std::fmt::Write as _;

use toml::{Table, Value};

use super::{
    DEFAULT, REAL_MONEY,
    environment::STORE_URL,
    schema::{join, optional, with_optional},
    secrets,
};

/// A section of `default.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Section {
    /// Its dotted path.
    pub(super) path: String,
    /// True for a list of tables.
    pub(super) list: bool,
    /// What it is.
    about: String,
    /// Its keys, in order.
    pub(super) keys: Vec<Key>,
}

/// A key of `default.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key {
    /// Its name within the section.
    pub(super) name: String,
    /// Off unless set.
    optional: bool,
    /// What it is, its unit and range.
    pub(super) about: String,
}

/// The introduction and the sections of `default.toml`, in order. Of a list of tables the first is
/// taken: the others only repeat its keys.
pub(super) fn sections(text: &str) -> (String, Vec<Section>) {
    let mut intro = None;
    let mut sections: Vec<Section> = Vec::new();
    let mut about: Vec<&str> = Vec::new();
    let mut again = false;
    for line in text.lines() {
        if let Some(name) = header(line) {
            again = sections.iter().any(|section| section.path == name);
            if !again {
                sections.push(Section {
                    path: name.to_owned(),
                    list: line.starts_with("[["),
                    about: std::mem::take(&mut about).join(" "),
                    keys: Vec::new(),
                });
            }
        } else if let Some(name) = key(line) {
            let about = std::mem::take(&mut about).join(" ");
            if let (false, Some(section)) = (again, sections.last_mut()) {
                section.keys.push(Key {
                    name: name.to_owned(),
                    optional: line.starts_with('#'),
                    about,
                });
            }
        } else if let Some(words) = line.strip_prefix('#') {
            about.push(words.trim());
        } else if line.is_empty() && !about.is_empty() {
            intro.get_or_insert_with(|| paragraphs(&about));
            about.clear();
        }
    }
    (intro.unwrap_or_default(), sections)
}

fn header(line: &str) -> Option<&str> {
    let name = line.strip_prefix('[')?.strip_suffix(']')?;
    let name = name.strip_prefix('[').unwrap_or(name);
    Some(name.strip_suffix(']').unwrap_or(name))
}

fn key(line: &str) -> Option<&str> {
    let line = optional(line).unwrap_or(line);
    let (name, _) = line.split_once(" = ")?;
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    name.chars().all(plain).then_some(name)
}

/// Lines as paragraphs: an empty line parts them.
fn paragraphs(lines: &[&str]) -> String {
    let mut text = String::new();
    for line in lines {
        match (line.is_empty(), text.is_empty() || text.ends_with('\n')) {
            (true, _) => text.push_str("\n\n"),
            (false, true) => text.push_str(line),
            (false, false) => {
                text.push(' ');
                text.push_str(line);
            }
        }
    }
    text
}

/// The reference as Markdown: what `docs/CONFIGURATION.md` holds.
pub fn reference() -> String {
    let (intro, sections) = sections(DEFAULT);
    let sample: Table = toml::from_str(&with_optional(DEFAULT)).unwrap_or_default();
    let mut text = format!(
        "# Configuration\n\n\
         <!-- Made from config/default.toml by `countersign check-config --reference`. -->\n\n\
         {intro}\n\n{}",
        variables()
    );
    for section in &sections {
        let brackets = if section.list { "`[[ ]]`" } else { "`[ ]`" };
        let heading = brackets.replace(' ', &section.path);
        // Writing to a string does not fail.
        let _ = write!(text, "\n## {heading}\n\n");
        if !section.about.is_empty() {
            let _ = write!(text, "{}\n\n", section.about);
        }
        text.push_str("| Key | Default | What |\n|---|---|---|\n");
        for key in &section.keys {
            let default = if key.optional {
                "none".to_owned()
            } else {
                let value = at(&sample, &join(&section.path, &key.name));
                format!("`{}`", value.map_or_else(String::new, inline))
            };
            let about = key.about.replace('|', "\\|");
            let _ = writeln!(text, "| `{}` | {default} | {about} |", key.name);
        }
    }
    text
}

/// The value at a path; of a list of tables the first.
fn at<'a>(sample: &'a Table, path: &str) -> Option<&'a Value> {
    let mut parts = path.split('.');
    let first = sample.get(parts.next()?)?;
    parts.try_fold(first, |value, part| match value {
        Value::Array(items) => items.first()?.get(part),
        other => other.get(part),
    })
}

fn inline(value: &Value) -> String {
    value.to_string().replace('\n', " ").replace('|', "\\|")
}

fn variables() -> String {
    let rows = [
        (
            "COUNTERSIGN__SECTION__KEY",
            "Any key: `COUNTERSIGN__LIMITS__DAILY_LOSS=500` is `limits.daily_loss`. Lists of words are written with commas.",
        ),
        (STORE_URL, "`store.url`, where it holds a password."),
        (
            secrets::TELEGRAM,
            "The token of the Telegram bot; without it Telegram is not used. Nothing shows it.",
        ),
        (
            secrets::DISCORD,
            "The token of the Discord bot; without it Discord is not used. Nothing shows it.",
        ),
        (
            REAL_MONEY,
            "Has to be exactly the account's name before `desk.mode = \"live\"` counts.",
        ),
        (
            "COUNTERSIGN_HOME",
            "The folder that holds all state, like `--home`.",
        ),
        (
            "COUNTERSIGN_CONFIG",
            "The configuration file, like `--config`.",
        ),
    ];
    let mut text = "## Variables of the environment\n\n| Variable | What |\n|---|---|\n".to_owned();
    for (name, about) in rows {
        let _ = writeln!(text, "| `{name}` | {about} |");
    }
    text
}
