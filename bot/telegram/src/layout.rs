//! Layout: a card as text with entities, in as many messages as it needs.

use countersign_cards::{Card, Field, Table, Tone, text};
use countersign_domain::operator::Surface;
use teloxide::types::{MessageEntity, User, UserId};

/// The most UTF-16 units of one message.
pub const LONGEST: usize = 4096;

/// Columns that a table may have on a phone.
const COLUMNS: usize = 34;

/// The text of one message. Places and lengths of entities are in UTF-16 units.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Laid {
    /// The text.
    pub text: String,
    /// What of it is bold, or set in columns.
    pub entities: Vec<MessageEntity>,
    units: usize,
}

/// How a piece of text is set.
#[derive(Clone, Copy)]
enum Face {
    Plain,
    Bold,
    Italic,
    Columns,
    /// The name of the person with that number, which rings for them.
    Person(u64),
}

/// A card as one or more messages, each within [`LONGEST`]; nothing is left out.
pub fn lay(card: &Card) -> Vec<Laid> {
    let card = &text::joined(card);
    let mut page = Pages::default();
    page.line(&format!("{} {}", mark(card.tone), card.banner), Face::Plain);
    page.line(&card.title, Face::Bold);
    if let Some(mention) = &card.mention
        && let Some(person) = mention.number(Surface::Telegram)
    {
        page.line(&mention.name, Face::Person(person));
    }
    for lead in &card.lead {
        let face = if lead.tone == Tone::Neutral {
            Face::Plain
        } else {
            Face::Bold
        };
        page.line(&lead.text, face);
    }
    page.gap();
    card.fields.iter().for_each(|it| page.field(it));
    for table in &card.tables {
        page.gap();
        page.table(table);
    }
    page.gap();
    card.notes.iter().for_each(|it| page.line(it, Face::Plain));
    page.gap();
    page.line(&card.footer, Face::Italic);
    page.finish()
}

/// A sentence as one or more messages.
pub(crate) fn sentence(text: &str) -> Vec<Laid> {
    let mut page = Pages::default();
    text.split('\n').for_each(|it| page.line(it, Face::Plain));
    page.finish()
}

/// A sentence below the name of the person whom it is for, which tells them.
pub(crate) fn addressed(person: &User, text: &str) -> Vec<Laid> {
    let name = person.full_name();
    let name = name.trim();
    let mut parts = sentence(&format!("{name}\n{text}"));
    if let Some(first) = parts.first_mut()
        && first.text.starts_with(name)
    {
        let mention = MessageEntity::text_mention(person.clone(), 0, units(name));
        first.entities.push(mention);
    }
    parts
}

/// How a card feels, at a glance.
const fn mark(tone: Tone) -> &'static str {
    match tone {
        Tone::Neutral => "⚪",
        Tone::Attention => "🟠",
        Tone::Good => "🟢",
        Tone::Bad => "🔴",
        Tone::Critical => "🚨",
    }
}

/// Messages in the making.
#[derive(Default)]
struct Pages {
    done: Vec<Laid>,
    open: Laid,
    gap: bool,
}

impl Pages {
    /// An empty line before the next, unless nothing comes before or after it.
    fn gap(&mut self) {
        self.gap = true;
    }

    fn line(&mut self, text: &str, face: Face) {
        if !text.is_empty() {
            self.pieces(&[(text, face)]);
        }
    }

    fn field(&mut self, field: &Field) {
        let (label, value) = match text::points(&field.value) {
            Some(points) => (format!("{}:", field.label), format!("\n{points}")),
            None => (format!("{}: ", field.label), field.value.clone()),
        };
        self.pieces(&[(&label, Face::Bold), (&value, Face::Plain)]);
    }

    fn table(&mut self, table: &Table) {
        self.line(&table.title, Face::Bold);
        if let Some(rows) = text::told(table, COLUMNS) {
            for (head, said) in &rows {
                self.pieces(&[(head, Face::Bold), (" ", Face::Plain), (said, Face::Plain)]);
            }
            return;
        }
        let mut block = String::new();
        for row in text::table(table, COLUMNS).lines() {
            if units(&block) + units(row) + 1 > LONGEST / 2 {
                self.pieces(&[(&std::mem::take(&mut block), Face::Columns)]);
            }
            if !block.is_empty() {
                block.push('\n');
            }
            block.push_str(row);
        }
        if !block.is_empty() {
            self.pieces(&[(&block, Face::Columns)]);
        }
    }

    /// One line of several pieces, on the next message when it does not fit this one.
    fn pieces(&mut self, pieces: &[(&str, Face)]) {
        let length: usize = pieces.iter().map(|(text, _)| units(text)).sum();
        let before = self.before();
        if self.open.units + before.len() + length > LONGEST && self.open.units > 0 {
            self.turn();
        } else {
            self.open.push(before, Face::Plain);
        }
        self.gap = false;
        for (text, face) in pieces {
            let mut rest = *text;
            while !rest.is_empty() {
                let room = LONGEST - self.open.units;
                let (now, later) = cut(rest, room);
                self.open.push(now, *face);
                rest = later;
                if !rest.is_empty() {
                    self.turn();
                }
            }
        }
    }

    const fn before(&self) -> &'static str {
        match (self.open.units, self.gap) {
            (0, _) => "",
            (_, true) => "\n\n",
            (_, false) => "\n",
        }
    }

    fn turn(&mut self) {
        let page = std::mem::take(&mut self.open);
        // Telegram refuses a message of nothing but blanks.
        if !page.text.trim().is_empty() {
            self.done.push(page);
        }
    }

    fn finish(mut self) -> Vec<Laid> {
        self.turn();
        self.done
    }
}

impl Laid {
    fn push(&mut self, text: &str, face: Face) {
        let (from, length) = (self.units, units(text));
        self.text.push_str(text);
        self.units += length;
        if length == 0 {
            return;
        }
        match face {
            Face::Plain => {}
            Face::Bold => self.entities.push(MessageEntity::bold(from, length)),
            Face::Italic => self.entities.push(MessageEntity::italic(from, length)),
            Face::Columns => self.entities.push(MessageEntity::pre(None, from, length)),
            Face::Person(number) => {
                let name = MessageEntity::text_mention_id(UserId(number), from, length);
                self.entities.push(name);
            }
        }
    }
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// As much of the text as fits into so many units, best to the end of a word, and the rest.
pub(crate) fn cut(text: &str, room: usize) -> (&str, &str) {
    if units(text) <= room {
        return (text, "");
    }
    let (mut taken, mut end, mut word) = (0, 0, None);
    for (place, letter) in text.char_indices() {
        if taken + letter.len_utf16() > room {
            break;
        }
        taken += letter.len_utf16();
        end = place + letter.len_utf8();
        if letter == ' ' || letter == '\n' {
            word = Some(end);
        }
    }
    // A word that is longer than half a message is broken.
    let end = word.filter(|word| *word > end / 2).unwrap_or(end);
    text.split_at(end)
}

#[cfg(test)]
mod tests;
