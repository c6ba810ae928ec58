//! An interaction and its answers: a first one in time, and what follows it. An answer that the platform
//! does not take is noted and never tried again.

use std::{pin::pin, time::Duration};

use countersign_chat::{Asker, File, budget};
use countersign_desk::work::InboxKey;
use countersign_domain::operator::{Identity, Room, Surface};
use serde_json::{Value, json};
use serenity::{
    builder::CreateAttachment,
    http::{LightMethod, Multipart, MultipartUpload, Route},
    model::{
        application::{CommandInteraction, ComponentInteraction, ModalInteraction},
        channel::{Message, MessageFlags},
        id::{ApplicationId, InteractionId, UserId},
    },
};
use tokio::sync::oneshot;

use crate::{
    answer::{EPHEMERAL, MESSAGE, MODAL, SEEN, Said, THINKING, UPDATE},
    api::Fault,
    line::{Call, Wire},
};

/// The platform waits 3 s for a first answer: what is not decided by then is said to be seen.
const SOON: Duration = Duration::from_secs(2);

/// After an answer that was given to the one who posted the interaction, the platform may need that long
/// to know it.
const KNOWN: Duration = Duration::from_millis(500);

/// Where the first answer goes.
pub(crate) enum Door {
    /// To the platform.
    Call,
    /// To the one who posted the interaction.
    Posted(oneshot::Sender<Value>),
}

/// An interaction as its answers need it.
pub(crate) struct Asked {
    id: InteractionId,
    application: ApplicationId,
    token: String,
    /// The channel that it counts as done in.
    pub(crate) channel: u64,
    pub(crate) asker: Asker,
    /// The message that it is about is seen by the one who asked alone: it turns into the answer.
    pub(crate) in_place: bool,
    /// There is a message that it is about.
    below: bool,
}

/// True for an answer that arrived; one that did not is never tried again.
fn noted(answered: &Result<Value, Fault>) -> bool {
    if let Err(fault) = answered {
        tracing::warn!(%fault, "somebody was not answered");
    }
    answered.is_ok()
}

impl Asked {
    pub(crate) fn press(press: &ComponentInteraction, channel: u64) -> Self {
        Self {
            id: press.id,
            application: press.application_id,
            token: press.token.clone(),
            channel,
            asker: asker(press.user.id, press.id, channel),
            in_place: is_ephemeral(&press.message),
            below: true,
        }
    }

    pub(crate) fn form(form: &ModalInteraction, channel: u64) -> Self {
        Self {
            id: form.id,
            application: form.application_id,
            token: form.token.clone(),
            channel,
            asker: asker(form.user.id, form.id, channel),
            in_place: form.message.as_deref().is_some_and(is_ephemeral),
            below: form.message.is_some(),
        }
    }

    pub(crate) fn command(command: &CommandInteraction, channel: u64) -> Self {
        Self {
            id: command.id,
            application: command.application_id,
            token: command.token.clone(),
            channel,
            asker: asker(command.user.id, command.id, channel),
            in_place: false,
            below: false,
        }
    }

    /// Answers with what is decided, in time.
    pub(crate) async fn answer(
        &self,
        wire: &Wire,
        door: Door,
        deciding: impl Future<Output = Said>,
    ) {
        let mut deciding = pin!(deciding);
        let decided = tokio::select! {
            biased;
            said = &mut deciding => Some(said),
            () = budget::wait(SOON) => None,
        };
        if let Some(mut said) = decided {
            let file = said.file();
            let (first, more) = self.first(said);
            if self.acknowledge(wire, door, first).await {
                self.follow(wire, more).await;
                self.send(wire, file).await;
            }
            return;
        }
        let seen = if self.below {
            json!({"type": SEEN})
        } else {
            json!({"type": THINKING, "data": {"flags": EPHEMERAL}})
        };
        let open = self.acknowledge(wire, door, seen).await;
        let mut said = deciding.await;
        let file = said.file();
        let mut messages = said.messages();
        if !open {
            return;
        }
        if (self.in_place || !self.below) && !messages.is_empty() {
            self.turn_into(wire, messages.remove(0)).await;
        }
        self.follow(wire, messages).await;
        self.send(wire, file).await;
    }

    /// Answers, and tells how long that took to the platform and back; `None` where it was not taken.
    pub(crate) async fn answer_timed(
        &self,
        wire: &Wire,
        door: Door,
        said: Said,
    ) -> Option<Duration> {
        if !self.acknowledge(wire, door, json!({"type": SEEN})).await {
            return None;
        }
        let begun = wire.now();
        self.answer_again(wire, said).await;
        Some(wire.now().saturating_sub(begun))
    }

    /// Puts another answer in the place of the one that stands there.
    pub(crate) async fn answer_again(&self, wire: &Wire, said: Said) {
        if let Some(message) = said.messages().into_iter().next() {
            self.turn_into(wire, message).await;
        }
    }

    /// A file, for the one who asked alone. It follows the first answer, which not every door takes one
    /// with.
    async fn send(&self, wire: &Wire, file: Option<File>) {
        let Some(file) = file else {
            return;
        };
        let body = json!({
            "flags": EPHEMERAL,
            "allowed_mentions": {"parse": []},
            "attachments": [{"id": 0, "filename": file.name}],
        });
        let route = Route::WebhookFollowupMessages {
            application_id: self.application,
            token: &self.token,
        };
        let mut call = Call::new(LightMethod::Post, route, body);
        let attachment = CreateAttachment::bytes(file.bytes, file.name);
        call.upload = Some(Multipart {
            upload: MultipartUpload::Attachments(vec![attachment]),
            fields: Vec::new(),
            payload_json: None,
        });
        noted(&wire.called(call).await);
    }

    /// Sends the first answer; false when the platform did not take it, which changes nothing.
    pub(crate) async fn acknowledge(&self, wire: &Wire, door: Door, first: Value) -> bool {
        match door {
            Door::Posted(sender) => {
                let taken = sender.send(first).is_ok();
                budget::wait(KNOWN).await;
                taken
            }
            Door::Call => {
                let route = Route::InteractionResponse {
                    interaction_id: self.id,
                    token: &self.token,
                };
                let call = Call::new(LightMethod::Post, route, first);
                noted(&wire.called(call).await)
            }
        }
    }

    /// Turns the message that stands there already into what was said.
    async fn turn_into(&self, wire: &Wire, message: Value) {
        let route = Route::WebhookOriginalInteractionResponse {
            application_id: self.application,
            token: &self.token,
        };
        let call = Call::new(LightMethod::Patch, route, message);
        noted(&wire.called(call).await);
    }

    /// What one message does not hold.
    async fn follow(&self, wire: &Wire, more: Vec<Value>) {
        for mut message in more {
            message["flags"] = json!(EPHEMERAL);
            let route = Route::WebhookFollowupMessages {
                application_id: self.application,
                token: &self.token,
            };
            let call = Call::new(LightMethod::Post, route, message);
            if !noted(&wire.called(call).await) {
                return;
            }
        }
    }

    /// The first answer, and what follows it.
    fn first(&self, said: Said) -> (Value, Vec<Value>) {
        let mut messages = match said {
            Said::Form(modal, _) => return (json!({"type": MODAL, "data": modal}), Vec::new()),
            Said::Messages(messages) | Said::File(messages, _) => messages.into_iter(),
        };
        let mut first = messages.next().unwrap_or_default();
        let kind = if self.in_place {
            UPDATE
        } else {
            first["flags"] = json!(EPHEMERAL);
            MESSAGE
        };
        (json!({"type": kind, "data": first}), messages.collect())
    }
}

fn is_ephemeral(message: &Message) -> bool {
    let flags = message.flags.unwrap_or_default();
    flags.contains(MessageFlags::EPHEMERAL)
}

pub(crate) fn identity(user: UserId) -> Identity {
    Identity {
        surface: Surface::Discord,
        user: user.to_string(),
    }
}

/// Who asks, by the platform's own name of the asking.
fn asker(user: UserId, interaction: InteractionId, channel: u64) -> Asker {
    Asker {
        room: Room {
            surface: Surface::Discord,
            chat: i64::try_from(channel).unwrap_or_default(),
        },
        who: identity(user),
        key: InboxKey {
            source: "discord.interaction".to_owned(),
            id: interaction.to_string(),
        },
    }
}

#[cfg(test)]
mod tests;
