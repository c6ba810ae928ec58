//! What a line to Telegram is made of.

use std::sync::Arc;

use countersign_cards::Language;
use countersign_desk::ports::Clock;
use reqwest_chat::Url;
use secrecy::SecretString;

/// What a line to Telegram is made of.
pub struct TelegramConfig {
    /// The bot's token, as its maker was given it.
    pub token: SecretString,
    /// Where the Bot API is: `https://api.telegram.org`, or a server of one's own.
    pub api: String,
    /// Chats in which cards are shown, by their numbers; groups have negative ones.
    pub chats: Vec<i64>,
    /// The machine's own clock: budgets are counted in real time.
    pub clock: Arc<dyn Clock>,
    /// The language of every sentence.
    pub language: Language,
}

/// Ports to which the platform posts.
const PORTS: [u16; 4] = [80, 88, 443, 8443];

/// Where the platform posts what is heard, and what each post has to carry.
#[derive(Clone, Debug)]
pub struct Webhook {
    pub(crate) address: Url,
    pub(crate) secret: SecretString,
}

impl Webhook {
    /// A webhook at an address that [`Self::is_address`]; the secret is known to the platform and to
    /// this process alone: 1 to 256 letters, digits, `_` or `-`.
    ///
    /// # Errors
    ///
    /// [`LineError::Webhook`].
    pub fn new(address: &str, secret: SecretString) -> Result<Self, LineError> {
        let read = read(address).ok_or(LineError::Webhook)?;
        Ok(Self {
            address: read,
            secret,
        })
    }

    /// True for an address to which the platform posts.
    pub fn is_address(text: &str) -> bool {
        read(text).is_some()
    }
}

fn read(text: &str) -> Option<Url> {
    let url: Url = text.parse().ok()?;
    let port = url.port_or_known_default()?;
    let secure = url.scheme() == "https" && PORTS.contains(&port);
    let bare = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    (secure && bare && url.host_str().is_some()).then_some(url)
}

/// Why there is no line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    /// The address is none.
    #[error("telegram.api is no address: {0:?}; write it like https://api.telegram.org")]
    Address(String),
    /// The webhook's address is none.
    #[error(
        "telegram.webhook is no https address that Telegram posts to: its port is 443, 80, 88 or 8443"
    )]
    Webhook,
    /// No client could be made.
    #[error("no connection to Telegram can be made: {0}")]
    Client(String),
}
