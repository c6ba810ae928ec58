//! Hearing: what people press, hand in and ask, one task for each. It is decided first, and durably; the
//! answer that comes too late or twice for the platform undoes nothing.

use std::{
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use countersign_cards::chat as words;
use countersign_chat::{Asker, Talk, budget};
use countersign_desk::{
    ports::{CardKey, Chat as _},
    work::InboxKey,
};
use countersign_domain::{
    event::Alarm,
    operator::{Identity, Surface},
};
use serde_json::{Value, json};
use serenity::{
    http::{LightMethod, Route},
    model::{
        application::{
            ActionRowComponent, CommandInteraction, ComponentInteraction, Interaction,
            ModalInteraction,
        },
        channel::{Message, MessageFlags},
        id::{ApplicationId, InteractionId, UserId},
    },
};
use tokio::sync::oneshot;

use crate::{
    answer::{EPHEMERAL, MESSAGE, MODAL, SEEN, Said, THINKING, UPDATE, ticket},
    api::Fault,
    line::{Call, Line, Wire},
    room::DiscordRoom,
};

/// The platform waits 3 s for a first answer: what is not decided by then is said to be seen.
const SOON: Duration = Duration::from_secs(2);

/// What hears for one desk.
pub(crate) struct Ears {
    pub(crate) wire: Arc<Wire>,
    pub(crate) talk: Talk,
    rooms: Vec<Arc<DiscordRoom>>,
    deaf: AtomicBool,
    closed: AtomicBool,
    unknown: AtomicU64,
}

/// Where the first answer goes.
pub(crate) enum Door {
    /// To the platform.
    Call,
    /// To the one who posted the interaction.
    Posted(oneshot::Sender<Value>),
}

/// An interaction as its answers need it.
struct Asked {
    id: InteractionId,
    application: ApplicationId,
    token: String,
    asker: Asker,
    /// The message that it is about is seen by the one who asked alone: it turns into the answer.
    in_place: bool,
    /// There is a message that it is about.
    below: bool,
}

impl Ears {
    pub(crate) fn new(line: &Line, talk: Talk) -> Arc<Self> {
        Arc::new(Self {
            wire: line.wire.clone(),
            talk,
            rooms: line.rooms.clone(),
            deaf: AtomicBool::new(false),
            closed: AtomicBool::new(false),
            unknown: AtomicU64::new(0),
        })
    }

    /// Hears nothing any more.
    pub(crate) fn close(&self) {
        self.closed.store(true, Ordering::Relaxed);
    }

    /// Hears again.
    pub(crate) fn hears(&self) {
        self.deaf.store(false, Ordering::Relaxed);
    }

    /// Nobody is heard until a person mends it: said once, on every surface.
    pub(crate) async fn deaf(&self, said: String) {
        if self.deaf.swap(true, Ordering::Relaxed) {
            return;
        }
        let alarm = Alarm::Deaf {
            surface: Surface::Discord,
            said,
        };
        if let Err(error) = self.talk.desk().alarm(alarm).await {
            tracing::error!(%error, "that Discord is not heard could not be written down");
        }
    }

    /// Something that the library cannot read. Most of it is nothing to us.
    pub(crate) async fn unreadable(&self, kind: &str) {
        let count = self.unknown.fetch_add(1, Ordering::Relaxed) + 1;
        if kind == "INTERACTION_CREATE" {
            tracing::error!(count, "an interaction could not be read");
            self.deaf("an interaction could not be read".to_owned())
                .await;
        } else {
            tracing::debug!(kind, count, "an event is not known");
        }
    }

    /// Decides, and answers.
    pub(crate) async fn heard(&self, interaction: Interaction, door: Door) {
        if self.closed.load(Ordering::Relaxed) {
            return;
        }
        match interaction {
            Interaction::Component(press) => {
                let asked = Asked::press(&press);
                self.answer(&asked, door, self.pressed(&press, &asked))
                    .await;
            }
            Interaction::Modal(form) => {
                let asked = Asked::form(&form);
                self.answer(&asked, door, self.handed_in(&form, &asked))
                    .await;
            }
            Interaction::Command(command) => {
                let asked = Asked::command(&command);
                let deciding = Box::pin(self.commanded(&command, &asked.asker));
                self.answer(&asked, door, deciding).await;
            }
            Interaction::Autocomplete(typing) => {
                let asked = Asked::command(&typing);
                let choices = self.suggested(&typing).await;
                self.acknowledged(&asked, door, choices).await;
            }
            _ => {}
        }
    }

    pub(crate) fn room_of(&self, channel: u64) -> Option<&Arc<DiscordRoom>> {
        self.rooms.iter().find(|room| room.channel() == channel)
    }

    pub(crate) fn not_here(&self) -> Said {
        Said::sentence(&words::not_here(self.talk.locale()))
    }

    async fn pressed(&self, press: &ComponentInteraction, asked: &Asked) -> Said {
        let Some(room) = self.room_of(press.channel_id.get()) else {
            return self.not_here();
        };
        let (payload, message) = (&press.data.custom_id, press.message.id.get());
        if !asked.in_place && self.is_copy(room, payload, message).await {
            let room = room.clone();
            tokio::spawn(async move { room.void(message).await });
            return Said::sentence(&words::second_copy(self.talk.locale()));
        }
        let reply = self.talk.press(&asked.asker, payload).await;
        Said::of(reply, &self.talk, &self.wire)
    }

    /// True for a message that shows a card and is not the one that the desk knows.
    async fn is_copy(&self, room: &DiscordRoom, payload: &str, message: u64) -> bool {
        let Some(ticket) = ticket(payload) else {
            return false;
        };
        let (desk, card) = (self.talk.desk(), CardKey::Ticket(ticket));
        let known = desk.store().message(desk.id(), card, room.room()).await;
        let known = room.messages(known.ok().flatten().as_ref());
        !known.is_empty() && !known.contains(&message)
    }

    async fn handed_in(&self, form: &ModalInteraction, asked: &Asked) -> Said {
        if self.room_of(form.channel_id.get()).is_none() {
            return self.not_here();
        }
        let entries = form.data.components.iter().flat_map(|row| &row.components);
        let values = entries.filter_map(|entry| match entry {
            ActionRowComponent::InputText(input) => {
                let value = input.value.clone().unwrap_or_default();
                Some((input.custom_id.clone(), value))
            }
            _ => None,
        });
        let values: Vec<_> = values.collect();
        let payload = &form.data.custom_id;
        let reply = self.talk.hand_in(&asked.asker, payload, &values).await;
        Said::of(reply, &self.talk, &self.wire)
    }

    async fn answer(&self, asked: &Asked, door: Door, deciding: impl Future<Output = Said>) {
        let mut deciding = pin!(deciding);
        let decided = tokio::select! {
            biased;
            said = &mut deciding => Some(said),
            () = budget::wait(SOON) => None,
        };
        if let Some(said) = decided {
            let (first, more) = asked.first(said);
            if self.acknowledged(asked, door, first).await {
                self.follow(asked, more).await;
            }
            return;
        }
        let kind = if asked.below { SEEN } else { THINKING };
        let seen = json!({"type": kind, "data": {"flags": EPHEMERAL}});
        let seen = if asked.below {
            json!({"type": kind})
        } else {
            seen
        };
        let open = self.acknowledged(asked, door, seen).await;
        let mut messages = deciding.await.messages();
        if !open {
            return;
        }
        if (asked.in_place || !asked.below) && !messages.is_empty() {
            self.instead(asked, messages.remove(0)).await;
        }
        self.follow(asked, messages).await;
    }

    /// Sends the first answer; false when the platform did not take it, which changes nothing.
    async fn acknowledged(&self, asked: &Asked, door: Door, first: Value) -> bool {
        match door {
            Door::Posted(sender) => sender.send(first).is_ok(),
            Door::Call => {
                let route = Route::InteractionResponse {
                    interaction_id: asked.id,
                    token: &asked.token,
                };
                let call = Call::new(LightMethod::Post, route, first);
                noted(self.wire.called(call).await)
            }
        }
    }

    /// Turns the message that stands there already into what was said.
    async fn instead(&self, asked: &Asked, message: Value) {
        let route = Route::WebhookOriginalInteractionResponse {
            application_id: asked.application,
            token: &asked.token,
        };
        let call = Call::new(LightMethod::Patch, route, message);
        noted(self.wire.called(call).await);
    }

    /// What one message does not hold.
    async fn follow(&self, asked: &Asked, more: Vec<Value>) {
        for mut message in more {
            message["flags"] = json!(EPHEMERAL);
            let route = Route::WebhookFollowupMessages {
                application_id: asked.application,
                token: &asked.token,
            };
            let call = Call::new(LightMethod::Post, route, message);
            if !noted(self.wire.called(call).await) {
                return;
            }
        }
    }
}

/// True for an answer that arrived; one that did not is never tried again.
fn noted(answered: Result<Value, Fault>) -> bool {
    if let Err(fault) = &answered {
        tracing::warn!(%fault, "somebody was not answered");
    }
    answered.is_ok()
}

impl Asked {
    fn press(press: &ComponentInteraction) -> Self {
        Self {
            id: press.id,
            application: press.application_id,
            token: press.token.clone(),
            asker: asker(press.user.id, press.id),
            in_place: is_ephemeral(&press.message),
            below: true,
        }
    }

    fn form(form: &ModalInteraction) -> Self {
        Self {
            id: form.id,
            application: form.application_id,
            token: form.token.clone(),
            asker: asker(form.user.id, form.id),
            in_place: form.message.as_deref().is_some_and(is_ephemeral),
            below: form.message.is_some(),
        }
    }

    fn command(command: &CommandInteraction) -> Self {
        Self {
            id: command.id,
            application: command.application_id,
            token: command.token.clone(),
            asker: asker(command.user.id, command.id),
            in_place: false,
            below: false,
        }
    }

    /// The first answer, and what follows it.
    fn first(&self, said: Said) -> (Value, Vec<Value>) {
        let mut messages = match said {
            Said::Form(modal, _) => return (json!({"type": MODAL, "data": modal}), Vec::new()),
            Said::Messages(messages) => messages.into_iter(),
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
fn asker(user: UserId, interaction: InteractionId) -> Asker {
    Asker {
        who: identity(user),
        key: InboxKey {
            source: "discord.interaction".to_owned(),
            id: interaction.to_string(),
        },
    }
}
