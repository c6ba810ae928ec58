//! What can be seen of the platform: messages, answers, requests; and waiting for it.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;

use super::drive::interactive;
use super::record::Request;
use super::refusal::Violation;
use super::world::{Attachment, Callback, Deed, Look, Message};
use super::{DiscordFake, render};

/// What was waited for did not come.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("within {within:?} there was no {what}")]
pub struct TimedOut {
    /// What was waited for.
    pub what: String,
    /// How long.
    pub within: Duration,
}

/// A button as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button {
    /// What a press sends; empty for a link.
    pub custom_id: String,
    /// What is written on it.
    pub label: String,
    /// It is grey.
    pub disabled: bool,
    /// The platform's number of its colour.
    pub style: u64,
}

/// A message as it is now, with how it was.
#[derive(Debug, Clone, PartialEq)]
pub struct MessageSeen {
    /// Its id.
    pub id: u64,
    /// Where it stands.
    pub channel: u64,
    /// Who wrote it.
    pub author: u64,
    /// Its text.
    pub content: String,
    /// Embeds, as the platform hands them out.
    pub embeds: Vec<Value>,
    /// Components, as the platform hands them out.
    pub components: Vec<Value>,
    /// Its files with what is in them.
    pub attachments: Vec<Attachment>,
    /// The platform's flags.
    pub flags: u64,
    /// Whether it was written without a sound (`SUPPRESS_NOTIFICATIONS`).
    pub silent: bool,
    /// Whether it is pinned.
    pub pinned: bool,
    /// The person to whom alone it is shown.
    pub only_for: Option<u64>,
    /// The message that it replies to.
    pub replies_to: Option<u64>,
    /// Its thread.
    pub thread: Option<u64>,
    /// When it was written, microseconds since the Unix epoch by the platform's clock.
    pub created_us: i64,
    /// When it was changed last.
    pub edited_us: Option<i64>,
    /// How it looked, oldest first; the last is how it looks.
    pub looks: Vec<Look>,
    /// The message as the platform hands it out.
    pub json: Value,
}

impl MessageSeen {
    /// The buttons on it, in their order.
    pub fn buttons(&self) -> Vec<Button> {
        let buttons = interactive(&self.components)
            .into_iter()
            .filter(|one| one["type"] == 2);
        let text = |value: &Value| value.as_str().unwrap_or("").to_owned();
        let button = |one: &Value| Button {
            custom_id: text(&one["custom_id"]),
            label: text(&one["label"]),
            disabled: one["disabled"] == true,
            style: one["style"].as_u64().unwrap_or(0),
        };
        buttons.map(button).collect()
    }

    /// Everything that can be read on it: text, embeds, texts of the newer layout, one below the other.
    pub fn text(&self) -> String {
        let mut lines = vec![self.content.clone()];
        for embed in &self.embeds {
            let own = [
                &embed["author"]["name"],
                &embed["title"],
                &embed["description"],
            ];
            lines.extend(own.into_iter().filter_map(Value::as_str).map(str::to_owned));
            for field in embed["fields"].as_array().into_iter().flatten() {
                lines.extend(
                    [&field["name"], &field["value"]]
                        .into_iter()
                        .filter_map(Value::as_str)
                        .map(str::to_owned),
                );
            }
            lines.extend(embed["footer"]["text"].as_str().map(str::to_owned));
        }
        texts(&self.components, &mut lines);
        lines.retain(|line| !line.is_empty());
        lines.join("\n")
    }
}

fn texts(components: &[Value], lines: &mut Vec<String>) {
    for component in components {
        if component["type"] == 10 {
            lines.extend(component["content"].as_str().map(str::to_owned));
        }
        if let Some(inner) = component["components"].as_array() {
            texts(inner, lines);
        }
    }
}

/// An interaction with everything that was answered.
#[derive(Debug, Clone, PartialEq)]
pub struct InteractionSeen {
    /// Its id.
    pub id: u64,
    /// What somebody did.
    pub deed: Deed,
    /// The first answer, with how long it took.
    pub callback: Option<Callback>,
    /// The platform's codes of answers that it refused.
    pub refused: Vec<u32>,
    /// The message that is `@original`.
    pub original: Option<MessageSeen>,
    /// Messages after the first answer.
    pub followups: Vec<MessageSeen>,
    /// What the endpoint answered, where interactions are posted; 0 is nothing.
    pub endpoint_status: Option<u16>,
}

impl InteractionSeen {
    /// Everything that can be read in the answers, one below the other.
    pub fn text(&self) -> String {
        let all: Vec<String> = self
            .original
            .iter()
            .chain(&self.followups)
            .map(MessageSeen::text)
            .collect();
        all.join("\n")
    }

    /// Whether its answer is shown to one person alone.
    pub fn is_ephemeral(&self) -> bool {
        self.original
            .as_ref()
            .is_some_and(|message| message.only_for.is_some())
    }

    /// The form that it opened.
    pub fn form(&self) -> Option<&Value> {
        self.callback
            .as_ref()
            .filter(|callback| callback.kind == 9)
            .map(|callback| &callback.data)
    }

    /// The choices that it offered: name and value.
    pub fn choices(&self) -> Vec<(String, Value)> {
        let choices = self
            .callback
            .iter()
            .filter_map(|callback| callback.data["choices"].as_array())
            .flatten();
        choices
            .map(|one| {
                (
                    one["name"].as_str().unwrap_or("").to_owned(),
                    one["value"].clone(),
                )
            })
            .collect()
    }
}

impl DiscordFake {
    /// What stands in a channel, oldest first, without answers to one person alone.
    pub fn messages(&self, channel: u64) -> Vec<MessageSeen> {
        let world = self.shared.world();
        let there = world
            .messages
            .values()
            .filter(|one| one.channel == channel && one.deleted_us.is_none());
        there
            .filter(|one| one.only_for.is_none())
            .map(|message| seen(&world, message))
            .collect()
    }

    /// One message, also an answer to one person alone; none when it was deleted.
    pub fn message(&self, message: u64) -> Option<MessageSeen> {
        let world = self.shared.world();
        world.living(message).map(|message| seen(&world, message))
    }

    /// The pinned messages of a channel, newest pin first.
    pub fn pins(&self, channel: u64) -> Vec<MessageSeen> {
        let mut pinned: Vec<MessageSeen> = self
            .messages(channel)
            .into_iter()
            .filter(|one| one.pinned)
            .collect();
        let world = self.shared.world();
        pinned.sort_by_key(|one| std::cmp::Reverse(world.messages[&one.id].pinned_us));
        pinned
    }

    /// What became of an interaction.
    pub fn interaction(&self, interaction: u64) -> Option<InteractionSeen> {
        let world = self.shared.world();
        let known = world.interactions.get(&interaction)?;
        let look = |message: &u64| world.living(*message).map(|message| seen(&world, message));
        Some(InteractionSeen {
            id: known.id,
            deed: known.deed,
            callback: known.callback.clone(),
            refused: known.refused.clone(),
            original: known.original.as_ref().and_then(look),
            followups: known.followups.iter().filter_map(look).collect(),
            endpoint_status: known.endpoint_status,
        })
    }

    /// The payload of an interaction, as the platform told it.
    pub fn interaction_payload(&self, interaction: u64) -> Option<Value> {
        self.shared
            .world()
            .interactions
            .get(&interaction)
            .map(|one| one.payload.clone())
    }

    /// Everything that a correct client would not have sent.
    pub fn violations(&self) -> Vec<Violation> {
        self.shared.world().log.violations.clone()
    }

    /// Answers of the fake itself that do not fit the platform's document: there should be none.
    pub fn own_mistakes(&self) -> Vec<String> {
        self.shared.world().log.own_mistakes.clone()
    }

    /// Every request to REST, oldest first.
    pub fn requests(&self) -> Vec<Request> {
        self.shared.world().log.requests.clone()
    }

    /// How often 429 was said for want of patience (not by injection), by operation.
    pub fn rate_refusals(&self) -> BTreeMap<String, u64> {
        self.shared.world().limits.refused.clone()
    }

    /// Registered commands: of the guild, or global ones with `None`.
    pub fn commands(&self, guild: Option<u64>) -> Vec<Value> {
        self.shared
            .world()
            .commands
            .get(&guild.unwrap_or(0))
            .cloned()
            .unwrap_or_default()
    }

    /// A channel or thread as the platform hands it out.
    pub fn channel_json(&self, channel: u64) -> Option<Value> {
        let world = self.shared.world();
        world
            .channels
            .get(&channel)
            .map(|channel| world.channel_json(channel))
    }

    /// The threads on a channel, oldest first.
    pub fn threads(&self, channel: u64) -> Vec<u64> {
        let world = self.shared.world();
        let on_it = |one: &&super::world::Channel| one.is_thread() && one.parent == channel;
        world
            .channels
            .values()
            .filter(on_it)
            .map(|one| one.id)
            .collect()
    }

    /// How many gateway sessions have a socket now.
    pub fn connected(&self) -> usize {
        self.shared
            .world()
            .gateway
            .sessions
            .iter()
            .filter(|session| session.connected())
            .count()
    }

    /// How many sessions were started, resumed, and how many heartbeats came.
    pub fn gateway_counts(&self) -> (u32, u32, u64) {
        let world = self.shared.world();
        (
            world.gateway.identifies,
            world.gateway.resumes,
            world.gateway.heartbeats,
        )
    }

    /// Looks again at every change until there is something.
    ///
    /// # Errors
    ///
    /// The time is over; `what` is told.
    pub async fn wait<T>(
        &self,
        what: &str,
        within: Duration,
        mut look: impl FnMut(&Self) -> Option<T>,
    ) -> Result<T, TimedOut> {
        let mut changed = self.shared.changed.subscribe();
        let found = async {
            loop {
                if let Some(found) = look(self) {
                    return found;
                }
                // The sender lives as long as this fake; a look now and then sees what nobody told.
                let _ = tokio::time::timeout(Duration::from_millis(50), changed.changed()).await;
            }
        };
        let found = tokio::time::timeout(within, found).await;
        found.map_err(|_| TimedOut {
            what: what.to_owned(),
            within,
        })
    }

    /// Waits until a gateway session is there.
    ///
    /// # Errors
    ///
    /// The time is over.
    pub async fn ready(&self, within: Duration) -> Result<(), TimedOut> {
        self.wait("session of the gateway", within, |fake| {
            (fake.connected() > 0).then_some(())
        })
        .await
    }

    /// Waits until an interaction has its first answer.
    ///
    /// # Errors
    ///
    /// The time is over.
    pub async fn answered(
        &self,
        interaction: u64,
        within: Duration,
    ) -> Result<InteractionSeen, TimedOut> {
        let look = |fake: &Self| {
            fake.interaction(interaction)
                .filter(|seen| seen.callback.is_some())
        };
        self.wait("answer to the interaction", within, look).await
    }

    /// Waits until a message that fits stands in a channel.
    ///
    /// # Errors
    ///
    /// The time is over.
    pub async fn message_where(
        &self,
        channel: u64,
        within: Duration,
        fits: impl Fn(&MessageSeen) -> bool,
    ) -> Result<MessageSeen, TimedOut> {
        self.wait("message that fits", within, |fake| {
            fake.messages(channel).into_iter().rev().find(&fits)
        })
        .await
    }
}

fn seen(world: &super::world::World, message: &Message) -> MessageSeen {
    MessageSeen {
        id: message.id,
        channel: message.channel,
        author: message.author,
        content: message.content.clone(),
        embeds: message.embeds.clone(),
        components: message.components.clone(),
        attachments: message.attachments.clone(),
        flags: message.flags,
        silent: message.flags & render::SUPPRESS_NOTIFICATIONS != 0,
        pinned: message.pinned_us.is_some(),
        only_for: message.only_for,
        replies_to: message.reference,
        thread: message.thread,
        created_us: message.created_us,
        edited_us: message.edited_us,
        looks: message.looks.clone(),
        json: world.message_json(message),
    }
}
