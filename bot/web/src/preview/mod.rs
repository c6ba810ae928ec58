//! Cards and answers as Discord and as Telegram would lay them out: a tool for developers. What is
//! shown is read from the bodies of the calls that would be made, so that a wrong one looks wrong.

mod discord;
mod markdown;
mod page;
mod serve;
mod telegram;

use std::collections::{BTreeMap, BTreeSet};

use countersign_cards::Language;
use jiff::Timestamp;
use serde_json::{Value, json};

pub use serve::serve_site;

/// A chat platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Platform {
    /// Discord.
    Discord,
    /// Telegram.
    Telegram,
}

impl Platform {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Discord, Self::Telegram];

    /// Its name in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Discord => "discord",
            Self::Telegram => "telegram",
        }
    }
}

/// A picture that is sent with a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attached {
    /// The file, PNG.
    pub png: Vec<u8>,
    /// The same in words.
    pub alt: String,
}

/// One call: its body, and what is attached.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// The body.
    pub body: Value,
    /// The picture.
    pub picture: Option<Attached>,
}

/// One card or answer on one platform.
#[derive(Clone, Debug, PartialEq)]
pub struct Shot {
    /// The platform.
    pub platform: Platform,
    /// The language that it is in.
    pub language: Language,
    /// What it stands among: lower case and dashes.
    pub group: String,
    /// What it is called there: lower case and dashes.
    pub name: String,
    /// The desk's time.
    pub now: Timestamp,
    /// The calls, in order.
    pub messages: Vec<Message>,
}

/// The light in which a page is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Light {
    /// As the reader's system has it.
    System,
    Day,
    Night,
}

impl Light {
    const ALL: [Self; 3] = [Self::System, Self::Day, Self::Night];

    const fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Day => "light",
            Self::Night => "dark",
        }
    }
}

/// Which page.
#[derive(Clone, Copy, Debug)]
struct Which<'a> {
    group: &'a str,
    platform: Platform,
    language: Language,
    light: Light,
}

impl Which<'_> {
    /// Its address, and the name of its file.
    fn path(self) -> String {
        let light = match self.light {
            Light::System => String::new(),
            light => format!(".{}", light.name()),
        };
        format!("{}{light}.html", self.stem())
    }

    /// The address of what would be sent.
    fn payloads(self) -> String {
        format!("{}.json", self.stem())
    }

    fn stem(self) -> String {
        let (platform, language) = (self.platform.name(), self.language.tag());
        format!("{}.{platform}.{language}", self.group)
    }
}

/// Pages with everything that they need, by their addresses, which are names of files as well.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// The files.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Site {
    /// The pages of these cards and answers.
    pub fn of(shots: &[Shot]) -> Self {
        let mut site = Self::default();
        let style = include_str!("../../assets/preview.css");
        site.put("preview.css".to_owned(), style);
        let groups: BTreeSet<&str> = shots.iter().map(|it| it.group.as_str()).collect();
        site.put("index.html".to_owned(), &page::index(&groups).into_string());
        for group in &groups {
            for platform in Platform::ALL {
                for language in Language::ALL {
                    let here = |it: &&Shot| {
                        (it.group.as_str(), it.platform, it.language)
                            == (*group, platform, language)
                    };
                    let these: Vec<&Shot> = shots.iter().filter(here).collect();
                    let which = Which {
                        group,
                        platform,
                        language,
                        light: Light::System,
                    };
                    site.add(which, &groups, &these);
                }
            }
        }
        site
    }

    fn add(&mut self, which: Which<'_>, groups: &BTreeSet<&str>, shots: &[&Shot]) {
        for light in Light::ALL {
            let which = Which { light, ..which };
            let page = page::of(which, groups, shots).into_string();
            self.put(which.path(), &page);
        }
        let bodies = |shot: &&Shot| {
            let bodies: Value = shot.messages.iter().map(|it| it.body.clone()).collect();
            json!({"name": shot.name, "messages": bodies})
        };
        let payloads: Value = shots.iter().map(bodies).collect();
        self.put(which.payloads(), &format!("{payloads:#}"));
        for shot in shots {
            for (place, message) in shot.messages.iter().enumerate() {
                if let Some(picture) = &message.picture {
                    self.files.insert(shot.picture(place), picture.png.clone());
                }
            }
        }
    }

    fn put(&mut self, name: String, text: &str) {
        self.files.insert(name, text.as_bytes().to_vec());
    }
}

impl Shot {
    /// The address of the picture of its message at that place.
    fn picture(&self, place: usize) -> String {
        let (platform, language) = (self.platform.name(), self.language.tag());
        let (group, name) = (&self.group, &self.name);
        format!("{group}-{name}-{place}.{platform}.{language}.png")
    }
}
