//! Messages: posted once, edited within budgets, and taken away.

use std::{sync::PoisonError, time::Duration};

use countersign_chat::Budget;
use serde_json::{Value, json};
use serenity::{
    http::{LightMethod, Route},
    model::id::{ChannelId, MessageId},
};

use crate::{
    api::Fault,
    line::Call,
    look::{fingerprint, number, told},
    nonce::Posting,
    pictures::Attached,
    room::DiscordRoom,
};

/// From when on a message is old, a little before the platform says so.
const OLD: i64 = 59 * 60;

/// When the platform's numbers began, Unix time in milliseconds.
const EPOCH: u64 = 1_420_070_400_000;

/// Messages whose newest look is remembered.
const REMEMBERED: usize = 512;

/// An edit waits no longer than this for the budgets.
const PATIENCE: Duration = Duration::from_millis(1500);

/// The platform's flag of a message that makes no sound.
const SILENT: u64 = 1 << 12;

/// How a message is posted.
#[derive(Clone, Copy)]
pub(crate) struct Loudness {
    /// From what the budget keeps back for what is urgent.
    pub(crate) urgent: bool,
    /// Without a sound.
    pub(crate) silent: bool,
    /// For the person with that number.
    pub(crate) rings: Option<u64>,
}

impl DiscordRoom {
    /// True when the message shows that already.
    fn shows(&self, message: u64, look: &Value) -> bool {
        let shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        shown.get(&message) == Some(&fingerprint(look))
    }

    fn remember(&self, message: u64, look: &Value) {
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        shown.insert(message, fingerprint(look));
        while shown.len() > REMEMBERED {
            shown.pop_first();
        }
    }

    fn forget(&self, message: u64) {
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        shown.remove(&message);
    }

    /// Posts a message; the same posting twice is one message.
    pub(crate) async fn post(
        &self,
        look: &Value,
        posting: &Posting,
        attached: Attached<'_>,
        loudness: Loudness,
    ) -> Result<u64, Fault> {
        let channel_id = ChannelId::new(posting.channel);
        let mut body = look.clone();
        if loudness.silent {
            body["flags"] = json!(SILENT);
        }
        body["allowed_mentions"] = json!({"parse": []});
        if let Some(person) = loudness.rings {
            body["content"] = json!(format!("<@{person}>"));
            body["allowed_mentions"] = json!({"users": [person.to_string()]});
        }
        body["nonce"] = json!(posting.nonce());
        body["enforce_nonce"] = json!(true);
        let route = Route::ChannelMessages { channel_id };
        let mut call = Call::new(LightMethod::Post, route, body);
        attached.put(&mut call);
        let (urgent, begun) = (loudness.urgent, self.wire.now());
        let posted = self.wire.counted(&[&self.posts], urgent, call).await?;
        self.wire.echo.posted(begun);
        let id = number(&posted["id"]);
        let id = id.ok_or_else(|| Fault::Unreachable("the answer has no message".to_owned()))?;
        if told(&posted) == told(look) {
            self.remember(id, look);
            return Ok(id);
        }
        // It was posted before and nobody could note it; what it shows is older.
        let at = (posting.channel, id);
        match self.change(at, look, attached, urgent).await {
            Ok(()) | Err(Fault::Gone) => Ok(id),
            Err(fault) => Err(fault),
        }
    }

    /// Shows another look in a message, named by its channel or thread and its number. An edit of an old
    /// message that would have to wait for long is not made: what is more urgent would wait behind it.
    pub(crate) async fn change(
        &self,
        at: (u64, u64),
        look: &Value,
        attached: Attached<'_>,
        urgent: bool,
    ) -> Result<(), Fault> {
        let message = at.1;
        if matches!(attached, Attached::Kept) && self.shows(message, look) {
            return Ok(());
        }
        let pause = self.wire.pause(&[&self.old_edits], urgent);
        if self.is_old(message) && pause > PATIENCE {
            let seconds = pause.as_secs().saturating_add(1);
            return Err(Fault::NotYet(u32::try_from(seconds).unwrap_or(u32::MAX)));
        }
        let mut body = look.clone();
        body["allowed_mentions"] = json!({"parse": []});
        let mut call = Call::new(LightMethod::Patch, route(at), body);
        attached.put(&mut call);
        self.edited(message, urgent, call).await?;
        self.remember(message, look);
        Ok(())
    }

    async fn edited(&self, message: u64, urgent: bool, call: Call<'_>) -> Result<(), Fault> {
        let begun = self.wire.now();
        self.wire
            .counted(&self.budgets(message), urgent, call)
            .await?;
        self.wire.echo.posted(begun);
        Ok(())
    }

    /// What an edit of a message counts for.
    fn budgets(&self, message: u64) -> Vec<&Budget> {
        let old = self.is_old(message).then_some(&self.old_edits);
        [&self.edits].into_iter().chain(old).collect()
    }

    /// A message's number tells when the platform wrote it.
    pub(crate) fn is_old(&self, message: u64) -> bool {
        let written = ((message >> 22) + EPOCH) / 1000;
        let written = i64::try_from(written).unwrap_or(i64::MAX);
        self.wire.platform_second().saturating_sub(written) > OLD
    }

    /// Takes the buttons off a message.
    pub(crate) async fn void(&self, at: (u64, u64)) {
        let body = json!({"components": []});
        let call = Call::new(LightMethod::Patch, route(at), body);
        self.forget(at.1);
        if let Err(fault) = self.edited(at.1, true, call).await {
            tracing::warn!(%fault, "the second copy of a card kept its buttons");
        }
    }

    /// Takes a message away; one that is gone is no fault.
    pub(crate) async fn take_away(&self, channel: u64, message: u64) {
        let call = Call::bare(LightMethod::Delete, route((channel, message)));
        if let Err(fault) = self.wire.counted(&[&self.edits], false, call).await {
            tracing::debug!(channel, message, %fault, "a message was not taken away");
        }
    }
}

const fn route((channel, message): (u64, u64)) -> Route<'static> {
    Route::ChannelMessage {
        channel_id: ChannelId::new(channel),
        message_id: MessageId::new(message),
    }
}
