//! Secrets: from variables of the environment alone; nothing shows them.

use std::fmt;

use secrecy::{ExposeSecret as _, SecretString};

use super::ConfigError;

/// The token of the Telegram bot.
pub(super) const TELEGRAM: &str = "COUNTERSIGN_TELEGRAM_TOKEN";

/// The token of the Discord bot.
pub(super) const DISCORD: &str = "COUNTERSIGN_DISCORD_TOKEN";

/// The key of `NewsAPI`.
pub(super) const NEWSAPI: &str = "COUNTERSIGN_NEWSAPI_KEY";

/// The id of the key of Alpaca's market data.
pub(super) const ALPACA_ID: &str = "COUNTERSIGN_ALPACA_KEY_ID";

/// Its secret.
pub(super) const ALPACA_SECRET: &str = "COUNTERSIGN_ALPACA_SECRET";

/// A bot's token. Its `Debug` does not show it.
#[derive(Clone)]
pub struct Token(SecretString);

impl Token {
    /// The token, for the platform's client alone.
    pub fn secret(&self) -> SecretString {
        self.0.clone()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(***)")
    }
}

impl PartialEq for Token {
    fn eq(&self, other: &Self) -> bool {
        self.0.expose_secret() == other.0.expose_secret()
    }
}

/// The bots' tokens; a platform without one is not used.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tokens {
    /// Telegram's.
    pub telegram: Option<Token>,
    /// Discord's.
    pub discord: Option<Token>,
    /// Those of sources of news.
    pub news: NewsKeys,
}

/// The keys of sources of news.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewsKeys {
    /// `NewsAPI`'s.
    pub newsapi: Option<Token>,
    /// The id of Alpaca's.
    pub alpaca_id: Option<Token>,
    /// The secret of Alpaca's.
    pub alpaca_secret: Option<Token>,
}

impl Tokens {
    /// The tokens out of the environment. An empty variable is none.
    ///
    /// # Errors
    ///
    /// [`ConfigError::Token`] for one that cannot be a token, by its variable alone.
    pub(super) fn of<'a>(variable: impl Fn(&str) -> Option<&'a str>) -> Result<Self, ConfigError> {
        let token =
            |name: &'static str, looks: fn(&str) -> bool, like: &'static str| match variable(name)
                .map(str::trim)
                .filter(|it| !it.is_empty())
            {
                Some(text) if looks(text) => Ok(Some(Token(text.to_owned().into()))),
                Some(_) => Err(ConfigError::Token { name, like }),
                None => Ok(None),
            };
        Ok(Self {
            telegram: token(
                TELEGRAM,
                is_telegram,
                "123456789:AAE..., as BotFather gives it",
            )?,
            discord: token(
                DISCORD,
                is_discord,
                "MTIz....abc.xyz, as the developer portal gives it",
            )?,
            news: NewsKeys {
                newsapi: token(NEWSAPI, is_key, KEY)?,
                alpaca_id: token(ALPACA_ID, is_key, KEY)?,
                alpaca_secret: token(ALPACA_SECRET, is_key, KEY)?,
            },
        })
    }
}

/// What a key looks like.
const KEY: &str = "letters, digits, - and _, as the vendor gives it";

fn is_key(text: &str) -> bool {
    let plain = |it: u8| it.is_ascii_alphanumeric() || it == b'_' || it == b'-';
    (8..=128).contains(&text.len()) && text.bytes().all(plain)
}

fn is_telegram(text: &str) -> bool {
    let plain = |it: u8| it.is_ascii_alphanumeric() || it == b'_' || it == b'-';
    text.split_once(':').is_some_and(|(number, rest)| {
        let digits = !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit());
        digits && rest.len() >= 20 && rest.bytes().all(plain)
    })
}

fn is_discord(text: &str) -> bool {
    let plain = |it: u8| it.is_ascii_alphanumeric() || it == b'_' || it == b'-';
    let parts: Vec<&str> = text.split('.').collect();
    parts.len() == 3
        && parts
            .iter()
            .all(|it| !it.is_empty() && it.bytes().all(plain))
}
