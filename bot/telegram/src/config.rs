//! What a line to Telegram is made of.

use std::sync::Arc;

use countersign_cards::Language;
use countersign_desk::ports::Clock;
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

/// Why there is no line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    /// The address is none.
    #[error("telegram.api is no address: {0:?}; write it like https://api.telegram.org")]
    Address(String),
    /// No client could be made.
    #[error("no connection to Telegram can be made: {0}")]
    Client(String),
}
