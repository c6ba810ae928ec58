//! What a line to Discord is made of.

use std::{env, fs, net::SocketAddr, sync::Arc};

use countersign_cards::Language;
use countersign_desk::ports::Clock;
use secrecy::SecretString;

/// For our own tests: `ADDRESS,FILE`, where discord.com is and the certificate that it is known by.
const TEST: &str = "COUNTERSIGN_TEST_DISCORD";

/// What a line to Discord is made of.
pub struct DiscordConfig {
    /// The bot's token, as the developer portal gave it.
    pub token: SecretString,
    /// Channels and threads in which cards are shown, by their numbers.
    pub channels: Vec<i64>,
    /// The machine's own clock: budgets are counted in real time.
    pub clock: Arc<dyn Clock>,
    /// The language of every sentence.
    pub language: Language,
    /// Where discord.com is, when it is not where its name leads.
    pub elsewhere: Option<Elsewhere>,
}

/// Another server that answers for discord.com: one of our own tests. It has to prove that it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    /// Where it listens.
    pub address: SocketAddr,
    /// The certificate of the authority that vouches for it, as PEM.
    pub authority: String,
}

impl Elsewhere {
    /// What the environment of a test says; `None` everywhere else.
    ///
    /// # Errors
    ///
    /// [`LineError::Elsewhere`] when it says nothing that can be used.
    pub fn of_environment() -> Result<Option<Self>, LineError> {
        let Ok(told) = env::var(TEST) else {
            return Ok(None);
        };
        let read = || {
            let (address, file) = told.split_once(',')?;
            Some(Self {
                address: address.parse().ok()?,
                authority: fs::read_to_string(file).ok()?,
            })
        };
        let read = read().ok_or_else(|| LineError::Elsewhere(told.clone()))?;
        Ok(Some(read))
    }
}

/// Why there is no line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    /// A channel's number is none.
    #[error("discord.channels: {0} is not the number of a channel; copy the channel's id")]
    Channel(i64),
    /// No client could be made.
    #[error("no connection to Discord can be made: {0}")]
    Client(String),
    /// The application's public key is none.
    #[error("discord.public_key is no key; copy the 64 letters that the developer portal shows")]
    Key,
    /// What a test says about another server cannot be used.
    #[error("{TEST} must be ADDRESS,FILE with a certificate in the file, not {0:?}")]
    Elsewhere(String),
}
