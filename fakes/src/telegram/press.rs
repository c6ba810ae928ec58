//! A press of a button, from the person's finger to the bot's answer.

use std::time::Duration;

use serde::Serialize;

/// What the bot answered to a press.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// When, since the fake began.
    pub at: Duration,
    /// What the person was told; empty when nothing.
    pub text: String,
    /// Whether it was shown in a window of its own.
    pub alert: bool,
}

/// A press of a button.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Press {
    /// The id under which the bot answers.
    pub id: String,
    /// Who pressed.
    pub by: i64,
    /// The chat of the message.
    pub chat: i64,
    /// The message.
    pub message: i64,
    /// What the button said to the bot.
    pub data: String,
    /// When, since the fake began.
    pub at: Duration,
    /// The bot's answer.
    pub answer: Option<Answer>,
}

impl Press {
    /// How long the bot took to answer.
    pub fn latency(&self) -> Option<Duration> {
        let answer = self.answer.as_ref()?;
        Some(answer.at.saturating_sub(self.at))
    }
}
