//! The two fronts: a line that was typed, and options that were chosen.

use super::{
    asked::Asked,
    fault::Unread,
    names::Command,
    reading::{Given, understand},
    spec::{Argument, Kind, Spec},
};

/// Characters that quote: plain ones, and those that phones put in their place.
const QUOTES: [char; 4] = ['"', '“', '”', '„'];
/// How like a name has to be to be suggested, of 1.
const LIKE: f64 = 0.6;

/// Reads a line that starts with a slash: `/close@our_bot profitable`.
///
/// Arguments stand in the order of the table, or behind their names (`reason:news`). Words in
/// quotes are one. `None` when the line is no command, or is addressed to another bot.
pub fn parse_text(text: &str, our_name: &str) -> Option<Result<Asked, Unread>> {
    let line = text.trim().strip_prefix('/')?;
    let end = line.find(char::is_whitespace).unwrap_or(line.len());
    let (head, rest) = line.split_at(end);
    let (name, addressee) = match head.split_once('@') {
        Some((name, addressee)) => (name, Some(addressee)),
        None => (head, None),
    };
    let ours = our_name.trim_start_matches('@');
    if name.is_empty() || addressee.is_some_and(|to| !to.eq_ignore_ascii_case(ours)) {
        return None;
    }
    let (name, rest) = greeting(name, rest);
    let Some(command) = Command::named(name) else {
        return Some(Err(unknown(name, addressee.is_some())));
    };
    let read = assign(command.spec(), rest).and_then(|given| understand(command, &given));
    Some(read)
}

/// Reads a command whose arguments have names.
///
/// # Errors
///
/// An [`Unread`]: answer with [`super::sorry`], or ask for what is missing.
pub fn parse_options(name: &str, options: &[(String, String)]) -> Result<Asked, Unread> {
    let command = Command::named(name).ok_or_else(|| unknown(name, true))?;
    let mut given = Given::new(command);
    for (name, value) in options {
        let argument = command.spec().argument(name);
        let argument = argument.ok_or_else(|| Unread::TooMuch {
            command,
            typed: name.clone(),
        })?;
        // What is empty was not given.
        if !value.trim().is_empty() {
            given.put(argument, value.trim().to_owned())?;
        }
    }
    understand(command, &given)
}

/// What a person's first message says on some surfaces: `/start`, with a code or without one.
fn greeting<'a>(name: &'a str, rest: &'a str) -> (&'a str, &'a str) {
    let starts = name.eq_ignore_ascii_case("start");
    match (starts, rest.trim().is_empty()) {
        (true, true) => (Command::Help.name(), rest),
        (true, false) => (Command::Link.name(), rest),
        (false, _) => (name, rest),
    }
}

fn unknown(name: &str, addressed: bool) -> Unread {
    let typed: String = name.chars().take(40).collect();
    let words = Command::ALL.map(Command::name);
    let nearest = nearest(&typed, words.into_iter()).and_then(Command::named);
    Unread::Unknown {
        typed,
        nearest,
        addressed,
    }
}

/// The word that is most like what was typed, if any is like it at all.
pub(super) fn nearest(
    typed: &str,
    words: impl Iterator<Item = &'static str>,
) -> Option<&'static str> {
    let typed: String = typed.chars().take(40).collect::<String>().to_lowercase();
    words
        .map(|word| (strsim::normalized_damerau_levenshtein(&typed, word), word))
        .filter(|(like, _)| *like >= LIKE)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, word)| word)
}

/// Gives each word its argument, in order or by name.
fn assign(spec: &'static Spec, line: &str) -> Result<Given, Unread> {
    let mut given = Given::new(spec.command);
    let mut tokens = tokens(line).into_iter().peekable();
    while let Some(token) = tokens.next() {
        if let Some((argument, value, at)) = named(spec, &token) {
            if argument.takes_rest() {
                let rest = line.get(at..).unwrap_or_default();
                given.put(argument, unquoted(rest))?;
                return Ok(given);
            }
            given.put(argument, value.to_owned())?;
            continue;
        }
        let Some(argument) = given.next() else {
            given.check_action()?;
            return Err(Unread::TooMuch {
                command: spec.command,
                typed: token.text,
            });
        };
        if argument.takes_rest() {
            let rest = line.get(token.start..).unwrap_or_default();
            given.put(argument, unquoted(rest))?;
            return Ok(given);
        }
        let until =
            matches!(argument.kind, Kind::Lasting(_)) && token.text.eq_ignore_ascii_case("until");
        if until && tokens.peek().is_some() {
            continue;
        }
        given.put(argument, token.text)?;
    }
    Ok(given)
}

/// The argument that a word names, its value, and where in the line that begins.
fn named<'a>(spec: &'static Spec, token: &'a Token) -> Option<(&'static Argument, &'a str, usize)> {
    if token.quoted {
        return None;
    }
    let (name, value) = token.text.split_once(':')?;
    let argument = spec.argument(name)?;
    let at = token.start.checked_add(name.len())?.checked_add(1)?;
    Some((argument, value, at))
}

/// One word of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// The word, without its quotes.
    pub(super) text: String,
    /// Where in the line it begins, in bytes.
    start: usize,
    /// True when it begins with a quote.
    quoted: bool,
    /// True when its last character is a quote that ends what another one began.
    ends_quoted: bool,
}

/// The words of a line, parted at blanks outside quotes. Inside them a backslash takes the next
/// character as it is.
pub(super) fn tokens(line: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let (mut inside, mut within, mut escaped) = (false, false, false);
    for (at, c) in line.char_indices() {
        let quote = QUOTES.contains(&c);
        if !inside && c.is_whitespace() {
            within = false;
            continue;
        }
        if !within {
            found.push(Token {
                text: String::new(),
                start: at,
                quoted: quote,
                ends_quoted: false,
            });
            within = true;
        }
        let Some(token) = found.last_mut() else {
            continue;
        };
        token.ends_quoted = false;
        if escaped {
            token.text.push(c);
            escaped = false;
        } else if inside && c == '\\' {
            escaped = true;
        } else if quote {
            token.ends_quoted = inside;
            inside = !inside;
        } else {
            token.text.push(c);
        }
    }
    found
}

/// Free text without the quotes around all of it.
fn unquoted(rest: &str) -> String {
    match tokens(rest).as_slice() {
        [one] if one.quoted && one.ends_quoted && is_one_quote(rest) => one.text.clone(),
        _ => rest.trim().to_owned(),
    }
}

/// True when the first quote is ended by the last character and not before.
fn is_one_quote(rest: &str) -> bool {
    let mut escaped = false;
    let quotes = rest.trim().chars().filter(|c| {
        let counts = !escaped && QUOTES.contains(c);
        escaped = !escaped && *c == '\\';
        counts
    });
    quotes.count() == 2
}

/// A word as [`tokens`] gives it back, in quotes where it needs them.
pub(super) fn quoted(word: &str, always: bool) -> String {
    let plain = |c: char| !c.is_whitespace() && c != '\\' && !QUOTES.contains(&c);
    // No name of an argument begins with a digit.
    let unnamed = !word.contains(':') || word.starts_with(|c: char| c.is_ascii_digit());
    if !always && unnamed && !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    let mut text = String::from("\"");
    for c in word.chars() {
        if c == '\\' || QUOTES.contains(&c) {
            text.push('\\');
        }
        text.push(c);
    }
    text.push('"');
    text
}
