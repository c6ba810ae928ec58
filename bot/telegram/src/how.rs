//! How a message is posted.

use teloxide::types::LinkPreviewOptions;

use crate::line::Turn;

/// How a message is posted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct How {
    /// The message that it answers.
    pub(crate) below: Option<i32>,
    /// The topic that it stands in.
    pub(crate) topic: Option<i32>,
    /// Without a sound.
    pub(crate) silent: bool,
    pub(crate) turn: Turn,
}

impl How {
    /// An answer, below a message when it stands in the same chat.
    pub(crate) const fn answer(below: Option<i32>) -> Self {
        Self {
            below,
            topic: None,
            silent: below.is_some(),
            turn: Turn::ANSWER,
        }
    }
}

/// No look at what a link in it leads to.
pub(crate) fn no_preview() -> LinkPreviewOptions {
    LinkPreviewOptions {
        is_disabled: true,
        url: None,
        prefer_small_media: false,
        prefer_large_media: false,
        show_above_text: false,
    }
}
