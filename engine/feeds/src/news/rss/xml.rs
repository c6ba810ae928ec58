//! RSS 0.9x, 1.0 and 2.0, and Atom.
//!
//! One pass over the tokens of `quick-xml`, with a stack of its own: depth is bounded, no entity is
//! expanded, no namespace is looked up. What is not known is skipped.

use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};

use super::document::{Document, DocumentError, Item};

/// The deepest that elements may lie in one another: far deeper than in any feed.
const DEEPEST: usize = 100;

/// What an element is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tag {
    Rss,
    Rdf,
    Feed,
    Channel,
    Item,
    Title,
    Summary,
    Link,
    Id,
    Published,
    Updated,
    Source,
    Publisher,
    Category,
    Ttl,
    SkipHours,
    Hour,
    SkipDays,
    Day,
    Period,
    Frequency,
    Other,
}

/// Reads a feed in XML. What breaks off gives what came before, when that is one item at least.
pub(super) fn read(text: &str) -> Result<Document, DocumentError> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.allow_dangling_amp = true;
    let mut parse = Parse::default();
    let whole = loop {
        match reader.read_event() {
            // What a server appends to a whole feed is none of its.
            Ok(Event::Start(_)) if parse.stack.is_empty() && parse.started => break true,
            Ok(Event::Start(start)) if parse.stack.is_empty() => parse.begin(&start)?,
            Ok(Event::Start(start)) if parse.stack.len() < DEEPEST => parse.open(&start),
            Ok(Event::Start(_)) | Err(_) => break false,
            Ok(Event::End(_)) => parse.close(),
            Ok(Event::Text(text)) => parse.text(&text),
            Ok(Event::CData(text)) => parse.text(&text),
            Ok(Event::GeneralRef(named)) => match named.resolve_char_ref() {
                Ok(Some(letter)) => parse.text(letter.encode_utf8(&mut [0; 4])),
                _ => parse.named(&named),
            },
            Ok(Event::Eof) => break parse.stack.is_empty(),
            Ok(_) => {}
        }
    };
    parse.end(whole)
}

/// A document that is being read.
#[derive(Default)]
struct Parse {
    document: Document,
    started: bool,
    /// The elements that are open.
    stack: Vec<Tag>,
    /// The prefix of the first element, which those of the feed share.
    prefix: String,
    /// The item that is open, and how deep it lies.
    item: Option<(usize, Item)>,
    /// The element whose text is gathered: how deep it lies, and the text so far.
    field: Option<(usize, String)>,
    /// `isPermaLink` of the identity that is open.
    is_link: bool,
    /// What `sy:` elements say: the seconds of a period, and the updates in it.
    period: (u32, u32),
}

impl Parse {
    /// The first element says what the document is.
    fn begin(&mut self, start: &BytesStart) -> Result<(), DocumentError> {
        let name = start.name();
        if name.0.eq_ignore_ascii_case("html") {
            return Err(DocumentError::Page);
        }
        let prefix = name.prefix().map(|it| it.into_inner().to_owned());
        self.prefix = prefix.unwrap_or_default();
        self.period.1 = 1;
        let tag = self.tag(start);
        if ![Tag::Rss, Tag::Rdf, Tag::Feed].contains(&tag) {
            return Err(DocumentError::Other);
        }
        self.started = true;
        self.stack.push(tag);
        Ok(())
    }

    fn tag(&self, start: &BytesStart) -> Tag {
        let name = start.name();
        let prefix = name.prefix().map_or("", |it| it.into_inner());
        let local = name.local_name().into_inner().to_ascii_lowercase();
        match (prefix, local.as_str()) {
            ("rdf", "rdf") => Tag::Rdf,
            ("dc", "date") => Tag::Published,
            ("dc", "publisher") => Tag::Publisher,
            ("sy", "updateperiod") => Tag::Period,
            ("sy", "updatefrequency") => Tag::Frequency,
            ("atom" | "a10", "published") => Tag::Published,
            ("atom" | "a10", "updated") => Tag::Updated,
            (prefix, local) if prefix.is_empty() || prefix == self.prefix => plain(local),
            _ => Tag::Other,
        }
    }

    fn open(&mut self, start: &BytesStart) {
        let tag = self.tag(start);
        let depth = self.stack.len();
        self.stack.push(tag);
        if self.field.is_some() {
            return;
        }
        if tag == Tag::Item && self.item.is_none() && depth <= 2 {
            let id = attribute(start, "rdf:about").unwrap_or_default();
            let item = Item {
                id,
                ..Item::default()
            };
            self.item = Some((depth, item));
            return;
        }
        match (tag, &mut self.item) {
            (Tag::Link, Some((_, item))) => {
                let rel = attribute(start, "rel");
                let main = rel.is_none_or(|it| it == "alternate");
                if let Some(href) = attribute(start, "href")
                    && main
                    && item.link.is_empty()
                {
                    href.trim().clone_into(&mut item.link);
                }
            }
            (Tag::Category, Some((_, item))) => {
                item.categories.extend(attribute(start, "term"));
            }
            (Tag::Id, _) => {
                let told = attribute(start, "isPermaLink");
                self.is_link = told.is_none_or(|it| it != "false");
            }
            _ => {}
        }
        if self.is_field() {
            self.field = Some((depth, String::new()));
        }
    }

    /// Whether the text of the innermost element counts.
    fn is_field(&self) -> bool {
        let path = self.path();
        if self.item.is_some() {
            let atom = self.stack.first() == Some(&Tag::Feed);
            return match path {
                [Tag::Source] => !atom,
                [Tag::Source, Tag::Title] => atom,
                [
                    Tag::Title
                    | Tag::Summary
                    | Tag::Link
                    | Tag::Id
                    | Tag::Published
                    | Tag::Updated
                    | Tag::Publisher
                    | Tag::Category,
                ] => true,
                _ => false,
            };
        }
        matches!(
            path,
            [Tag::Title | Tag::Ttl | Tag::Period | Tag::Frequency]
                | [Tag::SkipHours, Tag::Hour]
                | [Tag::SkipDays, Tag::Day]
        )
    }

    /// The open elements below the item, or below the channel where none is open.
    fn path(&self) -> &[Tag] {
        let above = match (&self.item, self.stack.get(1)) {
            (Some((depth, _)), _) => depth + 1,
            (None, Some(Tag::Channel)) => 2,
            (None, _) => 1,
        };
        self.stack.get(above..).unwrap_or_default()
    }

    fn text(&mut self, text: &str) {
        if let Some((_, gathered)) = &mut self.field {
            gathered.push_str(text);
        }
    }

    /// A reference to something by name; what XML does not know stays as it stands.
    fn named(&mut self, name: &str) {
        match quick_xml::escape::resolve_predefined_entity(name) {
            Some(text) => self.text(text),
            None => self.text(&format!("&{name};")),
        }
    }

    fn close(&mut self) {
        let inner = self.stack.len().saturating_sub(1);
        if let Some((depth, text)) = self.field.take() {
            if depth == inner {
                self.keep(text.trim());
            } else {
                self.field = Some((depth, text));
            }
        }
        self.stack.pop();
        if let Some((depth, item)) = self.item.take() {
            if depth == inner {
                self.document.items.push(item);
            } else {
                self.item = Some((depth, item));
            }
        }
    }

    /// Takes the text of the innermost element, the first of its kind.
    fn keep(&mut self, text: &str) {
        let tag = self.stack.last().copied().unwrap_or(Tag::Other);
        let is_source = self.path().first() == Some(&Tag::Source);
        let Some((_, item)) = &mut self.item else {
            return self.keep_of_feed(tag, text);
        };
        let room = match tag {
            _ if is_source => &mut item.publisher,
            Tag::Title => &mut item.title,
            Tag::Summary => &mut item.summary,
            Tag::Link => &mut item.link,
            Tag::Published => &mut item.published,
            Tag::Updated => &mut item.updated,
            Tag::Publisher => &mut item.publisher,
            Tag::Category => return item.categories.push(text.to_owned()),
            Tag::Id => {
                if self.is_link && item.link.is_empty() && text.starts_with("http") {
                    text.clone_into(&mut item.link);
                }
                // What an item says of itself goes before `rdf:about`.
                return text.clone_into(&mut item.id);
            }
            _ => return,
        };
        if room.is_empty() {
            text.clone_into(room);
        }
    }

    fn keep_of_feed(&mut self, tag: Tag, text: &str) {
        let document = &mut self.document;
        match tag {
            Tag::Title if document.title.is_empty() => text.clone_into(&mut document.title),
            Tag::Ttl => {
                let minutes: u32 = text.parse().unwrap_or_default();
                document.pace.ttl_s = minutes.saturating_mul(60);
            }
            Tag::Hour => document.pace.skip_hour(text),
            Tag::Day => document.pace.skip_day(text),
            Tag::Period => self.period.0 = period(text),
            Tag::Frequency => self.period.1 = text.parse().unwrap_or(1).max(1),
            _ => {}
        }
    }

    fn end(mut self, whole: bool) -> Result<Document, DocumentError> {
        let (seconds, times) = self.period;
        let document = &mut self.document;
        document.pace.ttl_s = document.pace.ttl_s.max(seconds / times.max(1));
        if whole && self.started {
            return Ok(self.document);
        }
        if !self.started {
            return Err(DocumentError::Other);
        }
        if document.items.is_empty() {
            return Err(DocumentError::Damaged);
        }
        document.broken = true;
        document.unreadable += 1;
        Ok(self.document)
    }
}

/// Elements without a prefix, or with that of the feed.
fn plain(local: &str) -> Tag {
    match local {
        "rss" => Tag::Rss,
        "rdf" => Tag::Rdf,
        "feed" => Tag::Feed,
        "channel" => Tag::Channel,
        "item" | "entry" => Tag::Item,
        "title" => Tag::Title,
        "description" | "summary" => Tag::Summary,
        "link" => Tag::Link,
        "guid" | "id" => Tag::Id,
        "pubdate" | "published" | "issued" => Tag::Published,
        "updated" | "modified" => Tag::Updated,
        "source" => Tag::Source,
        "category" => Tag::Category,
        "ttl" => Tag::Ttl,
        "skiphours" => Tag::SkipHours,
        "hour" => Tag::Hour,
        "skipdays" => Tag::SkipDays,
        "day" => Tag::Day,
        _ => Tag::Other,
    }
}

/// Seconds of the periods of RSS 1.0's syndication module.
fn period(text: &str) -> u32 {
    match text.to_ascii_lowercase().as_str() {
        "hourly" => 3_600,
        "daily" => 86_400,
        "weekly" => 604_800,
        "monthly" => 2_592_000,
        "yearly" => 31_536_000,
        _ => 0,
    }
}

/// An attribute's value. They are not checked for repeats, which takes long where there are many.
fn attribute(start: &BytesStart, name: &str) -> Option<String> {
    let mut attributes = start.attributes();
    let attributes = attributes.with_checks(false);
    let found = attributes.flatten().find(|it| it.key.0 == name)?;
    let value = found.normalized_value(XmlVersion::Implicit1_0).ok()?;
    Some(value.into_owned())
}

#[cfg(test)]
#[path = "xml_tests.rs"]
mod tests;
