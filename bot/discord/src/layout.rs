//! Layout: a card as embeds, in as many messages as it needs.

use countersign_cards::{Card, Field, Table, Tone, text};
use serde_json::{Value, json};

use crate::plain::{cut, escaped, in_code, units};

/// The most letters of all embeds of one message.
pub(crate) const MESSAGE: usize = 6000;
/// The most letters of the text of a message.
const CONTENT: usize = 2000;
/// The most of each part of an embed.
const AUTHOR: usize = 256;
const TITLE: usize = 256;
const DESCRIPTION: usize = 4096;
const FIELDS: usize = 25;
const NAME: usize = 256;
const VALUE: usize = 1024;
const FOOTER: usize = 2048;
/// Embeds of one message.
const EMBEDS: usize = 10;
/// A piece of code is not longer than this.
const BLOCK: usize = 1800;
/// Less than this is not worth a new piece.
const WORTHWHILE: usize = 200;
/// A value up to this stands beside others.
const BESIDE: usize = 24;

/// Columns that a table may have on a phone.
const COLUMNS: usize = 34;

/// One embed. Every text in it is escaped where Discord reads markup.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Embed {
    /// Its colour.
    pub colour: u32,
    /// Above the title, plain.
    pub author: String,
    /// Its title.
    pub title: String,
    /// Its text.
    pub description: String,
    /// Facts with labels.
    pub fields: Vec<(String, String)>,
    /// Below everything, plain.
    pub footer: String,
}

/// The embeds of one message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Laid {
    /// In order.
    pub embeds: Vec<Embed>,
}

/// A card as one or more messages, each within the platform's limits; nothing is left out. `ends` is
/// when a decision is no longer possible, in the machine's time.
pub fn lay(card: &Card, ends: Option<i64>) -> Vec<Laid> {
    let card = &text::joined(card);
    let mut pages = Pages::new(colour(card.tone));
    pages.head(card);
    for lead in &card.lead {
        let mark = if lead.tone == Tone::Neutral { "" } else { "**" };
        pages.line(&lead.text, mark);
    }
    if let Some(ends) = ends {
        pages.push(&format!("⏳ <t:{ends}:R>"));
    }
    card.fields.iter().for_each(|it| pages.field(it));
    card.tables.iter().for_each(|it| pages.table(it));
    card.notes.iter().for_each(|it| pages.line(it, ""));
    pages.foot(&card.footer);
    pages.done
}

/// A sentence as the text of one or more messages.
pub(crate) fn sentence(text: &str) -> Vec<String> {
    let whole = escaped(text);
    let (mut parts, mut rest) = (Vec::new(), whole.as_str());
    while !rest.is_empty() {
        let (part, later) = cut(rest, CONTENT);
        parts.push(part.to_owned());
        rest = later;
    }
    parts
}

/// How a card feels, at a glance.
const fn colour(tone: Tone) -> u32 {
    match tone {
        Tone::Neutral => 0x95_A5_A6,
        Tone::Attention => 0xE6_7E_22,
        Tone::Good => 0x2E_CC_71,
        Tone::Bad => 0xE7_4C_3C,
        Tone::Critical => 0xC0_00_00,
    }
}

impl Embed {
    fn units(&self) -> usize {
        let fields = self.fields.iter();
        let fields: usize = fields.map(|(name, value)| units(name) + units(value)).sum();
        let texts = [&self.author, &self.title, &self.description, &self.footer];
        texts.into_iter().map(|text| units(text)).sum::<usize>() + fields
    }

    /// As Discord takes it.
    pub(crate) fn json(&self) -> Value {
        let mut json = json!({"color": self.colour});
        if !self.author.is_empty() {
            json["author"] = json!({"name": self.author});
        }
        if !self.title.is_empty() {
            json["title"] = json!(self.title);
        }
        if !self.description.is_empty() {
            json["description"] = json!(self.description);
        }
        if !self.fields.is_empty() {
            let field = |(name, value): &(String, String)| {
                let beside = units(value) <= BESIDE && !value.contains('\n');
                json!({"name": name, "value": value, "inline": beside})
            };
            json["fields"] = self.fields.iter().map(field).collect();
        }
        if !self.footer.is_empty() {
            json["footer"] = json!({"text": self.footer});
        }
        json
    }
}

impl Laid {
    fn units(&self) -> usize {
        self.embeds.iter().map(Embed::units).sum()
    }

    /// As Discord takes them.
    pub(crate) fn json(&self) -> Value {
        self.embeds.iter().map(Embed::json).collect()
    }
}

/// Messages in the making.
struct Pages {
    colour: u32,
    done: Vec<Laid>,
}

impl Pages {
    fn new(colour: u32) -> Self {
        let first = Embed {
            colour,
            ..Embed::default()
        };
        let first = Laid {
            embeds: vec![first],
        };
        Self {
            colour,
            done: vec![first],
        }
    }

    /// Room in the open message, and its open embed.
    fn open(&mut self) -> (usize, &mut Embed) {
        if self.done.last().is_none_or(|it| it.embeds.is_empty()) {
            self.done.push(Laid {
                embeds: vec![Embed::default()],
            });
        }
        let last = self.done.len() - 1;
        let page = &mut self.done[last];
        let room = MESSAGE.saturating_sub(page.units());
        let embed = page.embeds.len() - 1;
        (room, &mut page.embeds[embed])
    }

    /// A new embed, in a new message when so much does not fit this one.
    fn turn(&mut self, need: usize) {
        let colour = self.colour;
        let next = Embed {
            colour,
            ..Embed::default()
        };
        let (room, _) = self.open();
        match self.done.last_mut() {
            Some(page) if need <= room && page.embeds.len() < EMBEDS => page.embeds.push(next),
            _ => self.done.push(Laid { embeds: vec![next] }),
        }
    }

    fn head(&mut self, card: &Card) {
        let (author, more) = cut(&card.banner, AUTHOR);
        let title = escaped(&card.title);
        let (title, rest) = cut(&title, TITLE);
        let (_, embed) = self.open();
        author.clone_into(&mut embed.author);
        title.clone_into(&mut embed.title);
        if !more.is_empty() {
            self.line(more, "");
        }
        self.pieces(rest, "");
    }

    /// Room for text in the open embed: none below fields.
    fn space(&mut self) -> usize {
        let (room, embed) = self.open();
        if embed.fields.is_empty() {
            let text = DESCRIPTION.saturating_sub(units(&embed.description));
            room.min(text).saturating_sub(1)
        } else {
            0
        }
    }

    /// A text as it is, on a line of its own; it has to fit one message.
    fn push(&mut self, text: &str) {
        let need = units(text);
        if need > self.space() {
            self.turn(need + 1);
        }
        let (_, embed) = self.open();
        if !embed.description.is_empty() {
            embed.description.push('\n');
        }
        embed.description.push_str(text);
    }

    /// A line with marks around it, in pieces when it is long.
    fn line(&mut self, text: &str, mark: &str) {
        self.pieces(&escaped(text), mark);
    }

    /// The same of what was escaped.
    fn pieces(&mut self, whole: &str, mark: &str) {
        let marks = units(mark) * 2;
        let mut rest = whole;
        while !rest.is_empty() {
            let space = self.space().saturating_sub(marks);
            let room = if units(rest) <= space || space >= WORTHWHILE {
                space
            } else {
                DESCRIPTION - marks - 1
            };
            let (now, later) = cut(rest, room);
            self.push(&format!("{mark}{now}{mark}"));
            rest = later;
        }
    }

    fn field(&mut self, field: &Field) {
        let (name, value) = (escaped(&field.label), escaped(&field.value));
        let value = text::points(&value).unwrap_or(value);
        let (name, more) = cut(&name, NAME);
        let whole = if more.is_empty() {
            value
        } else {
            format!("{more}\n{value}")
        };
        let mut rest = whole.as_str();
        loop {
            let (now, later) = cut(rest, VALUE);
            self.entry(filled(name), filled(now));
            rest = later;
            if rest.is_empty() {
                return;
            }
        }
    }

    fn entry(&mut self, name: &str, value: &str) {
        let need = units(name) + units(value);
        let (room, embed) = self.open();
        if embed.fields.len() == FIELDS || need > room {
            self.turn(need);
        }
        let (_, embed) = self.open();
        embed.fields.push((name.to_owned(), value.to_owned()));
    }

    fn table(&mut self, table: &Table) {
        self.line(&table.title, "**");
        if let Some(rows) = text::told(table, COLUMNS) {
            for (head, said) in &rows {
                self.pieces(&format!("**{}** {}", escaped(head), escaped(said)), "");
            }
            return;
        }
        let mut block = String::new();
        for row in text::table(table, COLUMNS).lines() {
            let row = in_code(row);
            if units(&block) + units(&row) > BLOCK {
                self.block(&std::mem::take(&mut block));
            }
            block.push_str(&row);
            block.push('\n');
        }
        self.block(&block);
    }

    fn block(&mut self, block: &str) {
        if !block.is_empty() {
            self.push(&format!("```\n{block}```"));
        }
    }

    fn foot(&mut self, footer: &str) {
        let (footer, more) = cut(footer, FOOTER);
        if !more.is_empty() {
            self.line(more, "");
        }
        let (room, _) = self.open();
        if units(footer) > room {
            self.turn(units(footer));
        }
        let (_, embed) = self.open();
        footer.clone_into(&mut embed.footer);
    }
}

/// Discord takes no empty label and no empty value.
fn filled(text: &str) -> &str {
    if text.trim().is_empty() {
        "\u{200b}"
    } else {
        text
    }
}

#[cfg(test)]
mod tests;
