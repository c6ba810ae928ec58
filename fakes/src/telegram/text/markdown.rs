//! The platform's `MarkdownV2`: every reserved character is mark-up or escaped.

use serde_json::Map;

use super::{Draft, Formatted, one};

/// Characters that mean something unless escaped.
const RESERVED: &str = "_*[]()~`>#+-=|{}.!";

/// What is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Bold,
    Italic,
    Underline,
    Strikethrough,
    Spoiler,
    Code,
    Pre,
    TextUrl,
    CustomEmoji,
    BlockQuote,
}

impl Mark {
    /// The characters that open it and what closes it.
    fn ends(self) -> (&'static str, &'static str) {
        match self {
            Self::Bold => ("*", "*"),
            Self::Italic => ("_", "_"),
            Self::Underline => ("__", "__"),
            Self::Strikethrough => ("~", "~"),
            Self::Spoiler => ("||", "||"),
            Self::Code => ("`", "`"),
            Self::Pre => ("```", "```"),
            Self::TextUrl => ("[", "]"),
            Self::CustomEmoji => ("![", "]"),
            Self::BlockQuote => (">", "\n"),
        }
    }

    fn kind(self) -> &'static str {
        match self {
            Self::Bold => "bold",
            Self::Italic => "italic",
            Self::Underline => "underline",
            Self::Strikethrough => "strikethrough",
            Self::Spoiler => "spoiler",
            Self::Code => "code",
            Self::Pre => "pre",
            Self::TextUrl => "text_link",
            Self::CustomEmoji => "custom_emoji",
            Self::BlockQuote => "blockquote",
        }
    }
}

/// In the order in which they are tried: the longer first.
const MARKS: [Mark; 9] = [
    Mark::Pre,
    Mark::Underline,
    Mark::Spoiler,
    Mark::CustomEmoji,
    Mark::Bold,
    Mark::Italic,
    Mark::Strikethrough,
    Mark::Code,
    Mark::TextUrl,
];

struct Open {
    mark: Mark,
    offset: usize,
    begin: usize,
    language: Option<String>,
}

struct Parser<'a> {
    source: &'a str,
    at: usize,
    draft: Draft,
    open: Vec<Open>,
}

/// Parses a text.
///
/// # Errors
/// What the platform says after "can't parse entities: ".
pub(super) fn parse(source: &str) -> Result<Formatted, String> {
    let mut parser = Parser {
        source,
        at: 0,
        draft: Draft::default(),
        open: Vec::new(),
    };
    while parser.at < source.len() {
        parser.step()?;
    }
    parser.end_of_line();
    match parser.open.pop() {
        None => Ok(parser.draft.done()),
        Some(open) => Err(format!(
            "Can't find end of {:?} entity at byte offset {}",
            open.mark, open.begin
        )),
    }
}

impl Parser<'_> {
    fn rest(&self) -> &str {
        &self.source[self.at..]
    }

    fn top(&self) -> Option<Mark> {
        self.open.last().map(|it| it.mark)
    }

    fn push(&mut self, letter: char) {
        self.draft.push(letter);
        self.at += letter.len_utf8();
    }

    fn step(&mut self) -> Result<(), String> {
        let mut letters = self.rest().chars();
        let Some(letter) = letters.next() else {
            return Ok(());
        };
        let next = letters.next();
        let verbatim = matches!(self.top(), Some(Mark::Code | Mark::Pre));
        if let ('\\', Some(escaped)) = (letter, next.filter(|it| it.is_ascii() && *it > '\0')) {
            self.at += 1;
            self.push(escaped);
            return Ok(());
        }
        if let Some(mark) = self.top().filter(|it| *it != Mark::BlockQuote)
            && self.rest().starts_with(mark.ends().1)
        {
            return self.close(mark);
        }
        if letter == '\n' && !verbatim {
            self.new_line();
            return Ok(());
        }
        if self.is_quote(letter) {
            self.open_quote();
            return Ok(());
        }
        if verbatim && letter != '`' || !RESERVED.contains(letter) {
            self.push(letter);
            return Ok(());
        }
        let rest = self.rest();
        let last = rest == "||" || rest.starts_with("||\n");
        if last && self.top() == Some(Mark::BlockQuote) {
            self.at += 2;
            self.expand();
            return Ok(());
        }
        match MARKS.into_iter().find(|it| rest.starts_with(it.ends().0)) {
            Some(mark) if !verbatim => {
                self.begin(mark);
                Ok(())
            }
            _ => Err(format!(
                "Character '{letter}' is reserved and must be escaped with the preceding '\\'"
            )),
        }
    }

    fn is_quote(&self, letter: char) -> bool {
        let line_start = self.draft.text.is_empty() || self.draft.text.ends_with('\n');
        let quoted = self.open.iter().any(|it| it.mark == Mark::BlockQuote);
        let opens = letter == '>' || self.rest().starts_with("**>");
        line_start && opens && (!quoted || letter == '>') && !self.is_verbatim()
    }

    fn is_verbatim(&self) -> bool {
        matches!(self.top(), Some(Mark::Code | Mark::Pre))
    }

    fn open_quote(&mut self) {
        let length = if self.rest().starts_with("**>") { 3 } else { 1 };
        if !self.open.iter().any(|it| it.mark == Mark::BlockQuote) {
            self.begin(Mark::BlockQuote);
            self.at -= 1;
        }
        self.at += length;
    }

    fn new_line(&mut self) {
        let goes_on = self.rest().starts_with("\n>");
        if !goes_on {
            self.end_of_line();
        }
        self.push('\n');
    }

    /// A quotation ends with its last line.
    fn end_of_line(&mut self) {
        if self.top() == Some(Mark::BlockQuote)
            && let Some(open) = self.open.pop()
        {
            let kind = open.language.unwrap_or_else(|| "blockquote".to_owned());
            self.draft.close(&kind, open.offset, Map::new());
        }
    }

    fn expand(&mut self) {
        if let Some(open) = self.open.last_mut() {
            open.language = Some("expandable_blockquote".to_owned());
        }
    }

    fn begin(&mut self, mark: Mark) {
        let begin = self.at;
        self.at += mark.ends().0.len();
        let language = (mark == Mark::Pre).then(|| self.language()).flatten();
        self.open.push(Open {
            mark,
            offset: self.draft.units,
            begin,
            language,
        });
    }

    /// The language after the opening of a block, when a line break follows it.
    fn language(&mut self) -> Option<String> {
        let rest = self.rest();
        let end = rest.find(|it: char| it.is_whitespace() || it == '`')?;
        let (language, after) = rest.split_at(end);
        if !after.starts_with('\n') {
            return None;
        }
        let language = language.to_owned();
        self.at += end + 1;
        Some(language).filter(|it| !it.is_empty())
    }

    fn close(&mut self, mark: Mark) -> Result<(), String> {
        self.at += mark.ends().1.len();
        let Some(open) = self.open.pop() else {
            return Ok(());
        };
        match mark {
            Mark::TextUrl => {
                let address = self.address()?;
                let address = address.unwrap_or_else(|| self.draft.since(open.offset));
                self.draft.close_link(open.offset, &address);
            }
            Mark::CustomEmoji => {
                let address = self.address()?.unwrap_or_default();
                let Some(id) = address.strip_prefix("tg://emoji?id=") else {
                    return Err("Custom emoji entity must contain a tg://emoji URL".to_owned());
                };
                let rest = one("custom_emoji_id", id);
                self.draft.close(mark.kind(), open.offset, rest);
            }
            Mark::Pre => {
                let rest = open.language.map(|it| one("language", &it));
                self.draft
                    .close("pre", open.offset, rest.unwrap_or_default());
            }
            _ => self.draft.close(mark.kind(), open.offset, Map::new()),
        }
        Ok(())
    }

    /// The address in parentheses after a link's text.
    fn address(&mut self) -> Result<Option<String>, String> {
        let begin = self.at;
        if !self.rest().starts_with('(') {
            return Ok(None);
        }
        let mut address = String::new();
        let mut letters = self.rest().char_indices().skip(1);
        while let Some((at, letter)) = letters.next() {
            match letter {
                ')' => {
                    self.at = begin + at + 1;
                    return Ok(Some(address));
                }
                '\\' => address.extend(letters.next().map(|it| it.1)),
                _ => address.push(letter),
            }
        }
        Err(format!("Can't find end of a URL at byte offset {begin}"))
    }
}
