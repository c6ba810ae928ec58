//! Whether Telegram posts what is heard or is asked for it. A note in the home folder names the address
//! to which it was told to post, so that a desk that is to ask again takes back its own webhook, and
//! nobody else's.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use countersign_telegram::Webhook;

use crate::{
    config::TelegramSection,
    home,
    ids::random,
    platforms::{Port, listen},
};

/// How Telegram is heard.
pub(crate) enum Posting {
    /// It is asked; before that, what it was told to post to is taken back.
    Polled(Option<Before>),
    /// It posts.
    Posted(Port, Webhook),
}

impl Default for Posting {
    fn default() -> Self {
        Self::Polled(None)
    }
}

/// The webhook of an earlier start.
pub(crate) struct Before {
    note: PathBuf,
    address: String,
}

impl Posting {
    /// What the configuration says, and what an earlier start left.
    ///
    /// # Errors
    ///
    /// The port is taken, or nothing can be noted.
    pub(crate) async fn open(config: &TelegramSection, home: &Path) -> Result<Self> {
        let note = home.join("telegram-webhook");
        if config.webhook.is_empty() {
            let before = fs::read_to_string(&note).ok();
            let before = before.map(|address| Before { note, address });
            return Ok(Self::Polled(before));
        }
        let key = "telegram.webhook_port";
        let port = listen(config.webhook_port, key, "0 and telegram.webhook to \"\"").await?;
        let webhook = Webhook::new(&config.webhook, secret().into())?;
        home::make(home)?;
        fs::write(&note, &config.webhook)
            .with_context(|| format!("cannot write {}", note.display()))?;
        Ok(Self::Posted(port, webhook))
    }
}

impl Before {
    /// Where it was posted to.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// It was taken back.
    pub(crate) fn forget(&self) {
        if let Err(error) = fs::remove_file(&self.note) {
            tracing::warn!(%error, "the note of a webhook that is taken back stays");
        }
    }
}

/// What each post has to carry: 256 bits that nobody can guess, new for each start.
fn secret() -> String {
    let half = || u128::from_be_bytes(random());
    format!("{:032x}{:032x}", half(), half())
}
