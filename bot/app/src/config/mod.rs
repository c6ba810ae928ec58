//! Configuration: defaults in the binary, a preset of the command, a file, the environment, and the
//! command line, each laid over the one before it.
//!
//! `config/default.toml` is in the binary and is the reference of every key. Tables are merged, lists
//! are replaced. A key that is not in it is refused with the nearest that is; a value that makes no
//! sense is refused with what would. Secrets come from the environment alone, and are never printed.

mod check;
mod culprit;
mod effective;
mod environment;
mod error;
mod load;
mod mode;
mod news;
mod origin;
mod redact;
mod reference;
mod schema;
mod secrets;
mod tree;
mod warnings;

pub use error::ConfigError;
pub use load::{Loaded, Preset, Sources};
pub use mode::REAL_MONEY;
pub use news::NewsSection;
pub use origin::Origin;
pub use redact::redacted;
pub use reference::reference;
pub use secrets::{NewsKeys, Token, Tokens};

use std::fmt;

use countersign_brokers::paper::PaperConfig;
use countersign_cards::Language;
use countersign_desk::{scan::Screening, settings::DeskSettings};
use countersign_domain::{
    ids::{AccountId, DeskId, OperatorId},
    limits::Limits,
    operator::{Identity, Operator, Role},
    view::Mode,
};
use countersign_feeds::synthetic::SyntheticConfig;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Everything that the binary is told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The desk.
    pub desk: DeskSection,
    /// Who may act; nobody else may.
    #[serde(default)]
    pub operators: Vec<OperatorSection>,
    /// The ceilings of entries.
    pub limits: Limits,
    /// How the desk trades.
    pub trade: DeskSettings,
    /// How it looks for trades.
    pub signals: Screening,
    /// The paper broker.
    pub paper: PaperConfig,
    /// The synthetic market.
    pub synthetic: SyntheticConfig,
    /// Where things are kept.
    pub store: StoreSection,
    /// The web console.
    pub web: WebSection,
    /// Telegram.
    pub telegram: TelegramSection,
    /// Discord.
    pub discord: DiscordSection,
    /// The news.
    pub news: NewsSection,
    /// The bots' tokens, from the environment alone.
    #[serde(skip)]
    pub tokens: Tokens,
    /// The demo.
    pub demo: DemoSection,
}

/// The desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeskSection {
    /// Its name: what people call it; its id derives from it.
    pub name: String,
    /// Whether orders reach real money. Read strictly; real money needs a second setting
    /// ([`REAL_MONEY`]) and a broker for it.
    pub mode: Mode,
    /// The language of every sentence.
    pub language: Language,
}

/// One person on the allow-list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OperatorSection {
    /// What people call them; their id derives from it.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Where they are known.
    pub identities: Vec<Identity>,
}

/// Where things are kept. Its `Debug` shows no password.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoreSection {
    /// `postgres://...`, or empty for the embedded SQLite database in the home folder.
    pub url: String,
}

impl fmt::Debug for StoreSection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoreSection")
            .field("url", &redacted(&self.url))
            .finish()
    }
}

/// The web console.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WebSection {
    /// Whether there is one.
    pub enabled: bool,
    /// Its port on the loopback interface; 0 takes a free one.
    pub port: u16,
}

/// The number of a chat: as a number, or as text with a number in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct ChatNumber(pub i64);

impl<'de> Deserialize<'de> for ChatNumber {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Number(i64),
            Text(String),
        }
        match Written::deserialize(from)? {
            Written::Number(number) => Ok(Self(number)),
            Written::Text(text) => {
                let number = text.parse();
                number.map(Self).map_err(|_| {
                    serde::de::Error::custom(format!("{text:?} is not the number of a chat"))
                })
            }
        }
    }
}

/// Telegram.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TelegramSection {
    /// Chats in which cards are shown.
    pub chats: Vec<ChatNumber>,
    /// Where the Bot API is.
    pub api: String,
    /// Where updates are posted; empty asks for them.
    pub webhook: String,
    /// The port to which they are passed on; 0 while nothing is posted.
    pub webhook_port: u16,
}

/// Discord.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DiscordSection {
    /// Channels in which cards are shown.
    pub channels: Vec<ChatNumber>,
    /// The port to which interactions are posted; 0 hears them on the gateway.
    pub interactions_port: u16,
    /// The key that signs what is posted.
    pub public_key: String,
}

/// The demo.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoSection {
    /// Market seconds per second while no ticket waits for an answer.
    pub speed: u32,
    /// The seed of the synthetic market.
    pub seed: u64,
    /// The market's time at the start, New York civil time.
    pub start: jiff::civil::DateTime,
    /// Market minutes that `--auto-confirm` runs for.
    pub minutes: u32,
}

impl Config {
    /// The configuration that is in the binary.
    ///
    /// # Errors
    ///
    /// Never in a binary that passed its tests.
    pub fn built_in() -> Result<Self, toml::de::Error> {
        toml::from_str(DEFAULT)
    }

    /// The paper account's desk row id and account.
    pub fn desk_id(&self) -> DeskId {
        DeskId::from_bits(derived("desk", &self.desk.name))
    }

    /// The broker's account.
    pub fn account(&self) -> AccountId {
        AccountId(self.paper.account.clone())
    }

    /// Paper or live: only the paper broker exists so far.
    pub const fn mode() -> Mode {
        Mode::Paper
    }

    /// The allow-list.
    pub fn operators(&self) -> Vec<Operator> {
        let operator = |one: &OperatorSection| Operator {
            id: OperatorId::from_bits(derived("operator", &one.name)),
            name: one.name.clone(),
            role: one.role,
            identities: one.identities.clone(),
        };
        self.operators.iter().map(operator).collect()
    }
}

/// An id that a configured name always has.
fn derived(kind: &str, name: &str) -> u128 {
    let digest = Sha256::digest(format!("countersign {kind} {name}"));
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    u128::from_be_bytes(bytes)
}

/// The defaults, with every key described.
pub const DEFAULT: &str = include_str!("../../../../config/default.toml");
