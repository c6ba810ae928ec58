//! Pictures: a card is one message whose text changes through its whole life, and of a picture's caption
//! the platform takes a quarter of a message. So the card stays text, and its picture is one press away.

use std::sync::Arc;

use countersign_cards::{Locale, payoff};
use countersign_chat::Talk;
use countersign_domain::view::TicketView;
use countersign_pictures::Picture;
use teloxide::{
    payloads::SendPhotoSetters as _,
    prelude::Requester as _,
    types::{ChatId, InputFile, MessageId, ReplyParameters},
};

use crate::{
    api::Fault,
    how::How,
    layout::{cut, sentence},
    room::TelegramRoom,
};

/// The most UTF-16 units of a caption.
const CAPTION: usize = 1024;

/// What the file is called.
const NAME: &str = "payoff.png";

impl TelegramRoom {
    /// Posts the payoff of a ticket below a message: the picture and the same in words, or the words
    /// alone where there is no picture.
    pub(crate) async fn post_payoff(
        &self,
        view: TicketView,
        talk: &Talk,
        below: Option<i32>,
    ) -> Result<(), Fault> {
        let words = payoff::words(&view, talk.locale());
        if let Some(picture) = picture(view, talk.sentences()).await {
            match self.post_picture(picture, How::answer(below)).await {
                Ok(()) => return Ok(()),
                Err(fault) => {
                    tracing::warn!(chat = self.chat(), %fault, "a picture was not taken");
                }
            }
        }
        for laid in sentence(&words) {
            self.post(&laid, None, How::answer(below)).await?;
        }
        Ok(())
    }

    async fn post_picture(&self, picture: Picture, how: How) -> Result<(), Fault> {
        let file = InputFile::memory(picture.png).file_name(NAME);
        let caption = cut(picture.alt.trim(), CAPTION).0.to_owned();
        let mut call = self.wire.bot.send_photo(ChatId(self.chat()), file);
        call = call.caption(caption).disable_notification(how.silent);
        if let Some(below) = how.below {
            let below = ReplyParameters::new(MessageId(below)).allow_sending_without_reply();
            call = call.reply_parameters(below);
        }
        let sent = self
            .wire
            .counted(&self.budget, how.turn, call.into_future());
        sent.await.map(drop)
    }
}

/// The picture, drawn beside the process's other work; words can do without it.
async fn picture(view: TicketView, locale: Arc<Locale>) -> Option<Picture> {
    let drawn = tokio::task::spawn_blocking(move || countersign_pictures::payoff(&view, &locale));
    match drawn.await {
        Ok(Ok(picture)) => picture,
        Ok(Err(error)) => {
            tracing::error!(%error, "a payoff has no picture");
            None
        }
        Err(error) => {
            tracing::error!(%error, "a payoff has no picture");
            None
        }
    }
}
