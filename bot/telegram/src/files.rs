//! Files: documents that one person asked for.

use countersign_cards::{Locale, export::too_large};
use countersign_chat::File;
use teloxide::{
    payloads::SendDocumentSetters as _,
    prelude::Requester as _,
    types::{ChatId, InputFile},
};

use crate::{api::Fault, line::Turn, room::TelegramRoom};

/// Bytes of a document; the platform takes 50 MB.
const MOST: usize = 50_000_000;

/// Why a file cannot be sent at all, where it is too large.
pub(crate) fn unfit(file: &File, locale: &Locale) -> Option<String> {
    let bytes = file.bytes.len();
    (bytes > MOST).then(|| too_large(bytes, MOST, locale))
}

impl TelegramRoom {
    /// Sends a document.
    pub(crate) async fn send(&self, file: File) -> Result<(), Fault> {
        let document = InputFile::memory(file.bytes).file_name(file.name);
        let call = self
            .wire
            .bot
            .send_document(ChatId(self.chat()), document)
            .caption(file.about);
        let sent = self
            .wire
            .counted(&self.budget, Turn::ANSWER, call.into_future());
        sent.await.map(drop)
    }
}
