//! Hearing: what people press, hand in and ask, one task for each. It is decided first, and durably; the
//! answer that comes too late or twice for the platform undoes nothing.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use countersign_cards::{Action, chat as words};
use countersign_chat::{Reply, Talk};
use countersign_desk::ports::Chat as _;
use countersign_domain::{operator::Surface, unheard::Unheard};
use serenity::model::{
    application::{ActionRowComponent, ComponentInteraction, Interaction, ModalInteraction},
    channel::PartialChannel,
    id::{ChannelId, GuildId, MessageId},
};

use crate::{
    answer::Said,
    asked::{Asked, Door},
    line::{Line, Wire},
    room::DiscordRoom,
};

/// What hears for one desk.
pub(crate) struct Ears {
    pub(crate) wire: Arc<Wire>,
    pub(crate) talk: Talk,
    rooms: Vec<Arc<DiscordRoom>>,
    closed: AtomicBool,
    unknown: AtomicU64,
}

impl Ears {
    pub(crate) fn new(line: &Line, talk: Talk) -> Arc<Self> {
        Arc::new(Self {
            wire: line.wire.clone(),
            talk,
            rooms: line.rooms.clone(),
            closed: AtomicBool::new(false),
            unknown: AtomicU64::new(0),
        })
    }

    /// Hears nothing any more.
    pub(crate) fn close(&self) {
        self.closed.store(true, Ordering::Relaxed);
    }

    /// A connection began. That it is told what happens may have to be seen first.
    pub(crate) fn connected(&self) {
        if self.wire.echo.connected(self.wire.now()) {
            self.hears();
        }
    }

    /// Something was told on the connection, which ends the doubt in it and nothing else.
    pub(crate) fn told(&self) {
        if self.wire.echo.told(self.wire.now()) {
            self.hears();
        }
    }

    /// Hears again.
    fn hears(&self) {
        self.talk.desk().hears(Surface::Discord);
    }

    /// So long without a connection is an alarm; `None` for never.
    pub(crate) fn bound(&self) -> Option<Duration> {
        let seconds = self.talk.desk().settings().alarms.deaf_s;
        (seconds > 0).then(|| Duration::from_secs(seconds.into()))
    }

    /// Nobody is heard: said once on every surface, until somebody is.
    pub(crate) async fn deaf(&self, said: impl Into<Unheard>) {
        let desk = self.talk.desk();
        if let Err(error) = desk.is_deaf(Surface::Discord, said).await {
            tracing::error!(%error, "that Discord is not heard could not be written down");
        }
    }

    /// Somebody took messages away.
    pub(crate) fn taken_away(&self, messages: &[MessageId]) {
        for message in messages {
            let rooms = self.rooms.iter();
            rooms.for_each(|it| it.standing.take_away(message.get()));
        }
    }

    /// Somebody else posts to where the platform posts.
    pub(crate) async fn forged(&self, count: u32) {
        let desk = self.talk.desk();
        if let Err(error) = desk.was_forged(Surface::Discord, count).await {
            tracing::error!(%error, "that posts are forged could not be written down");
        }
    }

    /// Something that the library cannot read. Most of it is nothing to us.
    pub(crate) async fn unreadable(&self, kind: &str) {
        let count = self.unknown.fetch_add(1, Ordering::Relaxed) + 1;
        if kind == "INTERACTION_CREATE" {
            tracing::error!(count, "an interaction could not be read");
            let said = Unheard::Unreadable;
            let desk = self.talk.desk();
            if let Err(error) = desk.was_unreadable(Surface::Discord, said).await {
                tracing::error!(%error, "that it could not be read could not be written down");
            }
        } else {
            tracing::debug!(kind, count, "an event is not known");
        }
    }

    /// Decides, and answers.
    pub(crate) async fn heard(&self, interaction: Interaction, door: Door) {
        if self.closed.load(Ordering::Relaxed) {
            return;
        }
        self.hears();
        match interaction {
            Interaction::Component(press) => {
                let home = self.home(press.channel_id, press.channel.as_ref());
                let asked = Asked::press(&press, home);
                if is_ping(&press) {
                    return self.pinged(&press, &asked, door).await;
                }
                asked
                    .answer(&self.wire, door, self.pressed(&press, &asked))
                    .await;
            }
            Interaction::Modal(form) => {
                let home = self.home(form.channel_id, form.channel.as_ref());
                let asked = Asked::form(&form, home);
                asked
                    .answer(&self.wire, door, self.handed_in(&form, &asked))
                    .await;
            }
            Interaction::Command(command) => {
                let home = self.home(command.channel_id, command.channel.as_ref());
                let asked = Asked::command(&command, home);
                let deciding = Box::pin(self.commanded(&command, &asked));
                asked.answer(&self.wire, door, deciding).await;
            }
            Interaction::Autocomplete(typing) => {
                let home = self.home(typing.channel_id, typing.channel.as_ref());
                let asked = Asked::command(&typing, home);
                let choices = self.suggested(&typing, home).await;
                asked.acknowledge(&self.wire, door, choices).await;
            }
            _ => {}
        }
    }

    /// The channel that something was done in: of a thread on a channel of the desk's, that one.
    fn home(&self, channel: ChannelId, told: Option<&PartialChannel>) -> u64 {
        let parent = told.and_then(|it| it.parent_id).map(ChannelId::get);
        let parent = parent.filter(|parent| self.room_of(*parent).is_some());
        match self.room_of(channel.get()) {
            Some(room) => room.channel(),
            None => parent.unwrap_or(channel.get()),
        }
    }

    pub(crate) fn room_of(&self, channel: u64) -> Option<&Arc<DiscordRoom>> {
        self.rooms.iter().find(|room| room.channel() == channel)
    }

    pub(crate) async fn not_here(&self, asked: &Asked) -> Said {
        let talk = self.talk.speaking(&asked.asker).await;
        Said::sentence(&words::not_here(talk.locale()))
    }

    /// What a reply looks like to the one who asked, in their language.
    pub(crate) async fn said(&self, asked: &Asked, reply: Reply) -> Said {
        let talk = self.talk.speaking(&asked.asker).await;
        Said::of(reply, &talk, &self.wire)
    }

    /// A ping is answered twice: the second answer tells how long the first one took.
    async fn pinged(&self, press: &ComponentInteraction, asked: &Asked, door: Door) {
        if !self.is_ours(press.guild_id, asked.channel) {
            return asked.answer(&self.wire, door, self.not_here(asked)).await;
        }
        let said = self.pressed(press, asked).await;
        let talk = self.talk.speaking(&asked.asker).await;
        if let Some(took) = asked.answer_timed(&self.wire, door, said).await {
            let pong = Said::of(talk.pong(took).await, &talk, &self.wire);
            asked.answer_again(&self.wire, pong).await;
        }
    }

    /// In a channel of the desk's or a thread on one, or with the bot alone.
    pub(crate) fn is_ours(&self, guild: Option<GuildId>, channel: u64) -> bool {
        guild.is_none() || self.room_of(channel).is_some()
    }

    async fn pressed(&self, press: &ComponentInteraction, asked: &Asked) -> Said {
        if !self.is_ours(press.guild_id, asked.channel) {
            return self.not_here(asked).await;
        }
        let (payload, message) = (&press.data.custom_id, press.message.id.get());
        // Cards stand in the rooms alone: elsewhere there are answers.
        if let Some(room) = self.room_of(asked.channel).filter(|_| !asked.in_place)
            && self.is_copy(room, payload, message).await
        {
            let (room, at) = (room.clone(), (press.channel_id.get(), message));
            tokio::spawn(async move { room.void(at).await });
            let talk = self.talk.speaking(&asked.asker).await;
            return Said::sentence(&words::second_copy(talk.locale()));
        }
        let reply = self.talk.press(&asked.asker, payload).await;
        self.said(asked, reply).await
    }

    /// True for a message that is another one than those that show the card of that button.
    async fn is_copy(&self, room: &DiscordRoom, payload: &str, message: u64) -> bool {
        let desk = self.talk.desk();
        let cards = self.talk.cards_with(payload).await;
        for card in &cards {
            let noted = desk.store().message(desk.id(), *card, room.room()).await;
            let known = room.known(*card, noted.ok().flatten().as_ref());
            // Of one that is shown nowhere nobody can say which message is it.
            if known.is_empty() || known.contains(&message) {
                return false;
            }
        }
        !cards.is_empty()
    }

    async fn handed_in(&self, form: &ModalInteraction, asked: &Asked) -> Said {
        if !self.is_ours(form.guild_id, asked.channel) {
            return self.not_here(asked).await;
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
        self.said(asked, reply).await
    }
}

fn is_ping(press: &ComponentInteraction) -> bool {
    matches!(Action::decode(&press.data.custom_id), Ok(Action::Ping(_)))
}
