//! A room: a channel or thread in which the desk draws its cards.

use std::{
    collections::BTreeMap,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use countersign_cards::{Locale, draw};
use countersign_chat::{Budget, Pace};
use countersign_desk::ports::{CardKey, Chat, ChatError, MessageRef};
use countersign_domain::{
    ids::DeskId,
    notices::{Telling, Volume},
    operator::{Room, Surface},
    view::{Header, TicketView, View},
};
use countersign_pictures::Picture;
use serde_json::{Value, json};
use serenity::{
    builder::CreateAttachment,
    http::{LightMethod, Multipart, MultipartUpload, Route},
    model::id::{ChannelId, MessageId},
};

use crate::{
    api::Fault,
    keyboard::keyboard,
    layout::{Laid, lay},
    line::{Call, Wire},
    nonce::Posting,
    plain::short,
};

/// Messages to one channel; the platform allows 5 in 5 seconds.
const POSTS: Pace = Pace::new(5, Duration::from_millis(5_200)).keeping(1);

/// Edits in one channel; the platform allows as many.
const EDITS: Pace = Pace::new(5, Duration::from_millis(5_200)).keeping(1);

/// Edits of messages older than an hour, which the platform counts apart and hard: few enough that
/// its own count never ends and the library holds no other edit for it.
const OLD_EDITS: Pace = Pace::new(2, Duration::from_secs(31));

/// From when on a message is old, a little before the platform says so.
const OLD: i64 = 59 * 60;

/// When the platform's numbers began, Unix time in milliseconds.
const EPOCH: u64 = 1_420_070_400_000;

/// Messages whose newest look is remembered.
const REMEMBERED: usize = 512;

/// The picture of a card, and letters of its description.
const PICTURE: &str = "payoff.png";
const DESCRIPTION: usize = 1024;

/// A channel of Discord.
pub struct DiscordRoom {
    room: Room,
    channel: u64,
    pub(crate) wire: Arc<Wire>,
    posts: Budget,
    edits: Budget,
    old_edits: Budget,
    /// What messages show, so that nothing is said twice.
    shown: Mutex<BTreeMap<u64, u64>>,
}

/// A card that is being drawn.
struct Drawing<'a> {
    desk: DeskId,
    card: CardKey,
    parts: Vec<Laid>,
    buttons: Value,
    view: &'a View,
    urgent: bool,
    silent: bool,
    rings: Option<u64>,
    locale: Arc<Locale>,
}

/// How a message is posted.
#[derive(Clone, Copy)]
struct Loudness {
    /// From what the budget keeps back for what is urgent.
    urgent: bool,
    /// Without a sound.
    silent: bool,
    /// For the person with that number.
    rings: Option<u64>,
}

impl Drawing<'_> {
    const fn loudness(&self) -> Loudness {
        Loudness {
            urgent: self.urgent,
            silent: self.silent,
            rings: self.rings,
        }
    }
}

/// The platform's flag of a message that makes no sound.
const SILENT: u64 = 1 << 12;

impl DiscordRoom {
    pub(crate) fn new(chat: i64, channel: u64, wire: Arc<Wire>) -> Self {
        let surface = Surface::Discord;
        Self {
            room: Room { surface, chat },
            channel,
            wire,
            posts: Budget::new(vec![POSTS]),
            edits: Budget::new(vec![EDITS]),
            old_edits: Budget::new(vec![OLD_EDITS]),
            shown: Mutex::default(),
        }
    }

    /// The channel's number.
    pub(crate) const fn channel(&self) -> u64 {
        self.channel
    }

    /// The messages that show a card here, when they are in this channel.
    pub(crate) fn messages(&self, message: Option<&MessageRef>) -> Vec<u64> {
        let parts = message.and_then(|it| it.0.split_once('/'));
        match parts {
            Some((channel, ids)) if channel == self.channel.to_string() => {
                ids.split(',').filter_map(|id| id.parse().ok()).collect()
            }
            _ => Vec::new(),
        }
    }

    fn named(&self, ids: &[u64]) -> MessageRef {
        let ids: Vec<String> = ids.iter().map(u64::to_string).collect();
        MessageRef(format!("{}/{}", self.channel, ids.join(",")))
    }

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
    async fn post(
        &self,
        look: &Value,
        posting: &Posting,
        picture: Option<Picture>,
        Loudness {
            urgent,
            silent,
            rings,
        }: Loudness,
    ) -> Result<u64, Fault> {
        let mut body = look.clone();
        if silent {
            body["flags"] = json!(SILENT);
        }
        body["allowed_mentions"] = json!({"parse": []});
        if let Some(person) = rings {
            body["content"] = json!(format!("<@{person}>"));
            body["allowed_mentions"] = json!({"users": [person.to_string()]});
        }
        body["nonce"] = json!(posting.nonce());
        body["enforce_nonce"] = json!(true);
        let channel_id = ChannelId::new(self.channel);
        let route = Route::ChannelMessages { channel_id };
        let mut call = Call::new(LightMethod::Post, route, body);
        if let Some(picture) = picture {
            let alt = short(&picture.alt, DESCRIPTION);
            let file = json!([{"id": 0, "filename": PICTURE, "description": alt}]);
            if let Some(body) = &mut call.body {
                body["attachments"] = file;
            }
            let file = CreateAttachment::bytes(picture.png, PICTURE);
            call.upload = Some(Multipart {
                upload: MultipartUpload::Attachments(vec![file]),
                fields: Vec::new(),
                payload_json: None,
            });
        }
        let posted = self.wire.counted(&[&self.posts], urgent, call).await?;
        let id = posted["id"].as_str().and_then(|id| id.parse().ok());
        let id = id.ok_or_else(|| Fault::Unreachable("the answer has no message".to_owned()))?;
        if told(&posted) == told(look) {
            self.remember(id, look);
            return Ok(id);
        }
        // It was posted before and nobody could note it; what it shows is older.
        match self.change(id, look, urgent).await {
            Ok(()) | Err(Fault::Gone) => Ok(id),
            Err(fault) => Err(fault),
        }
    }

    async fn change(&self, message: u64, look: &Value, urgent: bool) -> Result<(), Fault> {
        if self.shows(message, look) {
            return Ok(());
        }
        let mut body = look.clone();
        body["allowed_mentions"] = json!({"parse": []});
        let call = Call::new(LightMethod::Patch, self.route(message), body);
        self.edited(message, urgent, call).await?;
        self.remember(message, look);
        Ok(())
    }

    const fn route(&self, message: u64) -> Route<'static> {
        Route::ChannelMessage {
            channel_id: ChannelId::new(self.channel),
            message_id: MessageId::new(message),
        }
    }

    async fn edited(&self, message: u64, urgent: bool, call: Call<'_>) -> Result<(), Fault> {
        let budgets = [&self.edits, &self.old_edits];
        let budgets = if self.is_old(message) {
            &budgets[..]
        } else {
            &budgets[..1]
        };
        let edited = self.wire.counted(budgets, urgent, call).await;
        edited.map(drop)
    }

    /// A message's number tells when it was written.
    fn is_old(&self, message: u64) -> bool {
        let written = ((message >> 22) + EPOCH) / 1000;
        let written = i64::try_from(written).unwrap_or(i64::MAX);
        self.wire.clock.now().as_second().saturating_sub(written) > OLD
    }

    /// Takes the buttons off a message.
    pub(crate) async fn void(&self, message: u64) {
        let body = json!({"components": []});
        let call = Call::new(LightMethod::Patch, self.route(message), body);
        self.forget(message);
        if let Err(fault) = self.edited(message, true, call).await {
            tracing::warn!(%fault, "the second copy of a card kept its buttons");
        }
    }

    /// Takes a message away; one that is gone is no fault.
    async fn take_away(&self, message: u64) {
        let call = Call {
            method: LightMethod::Delete,
            route: self.route(message),
            body: None,
            upload: None,
        };
        if let Err(fault) = self.edited(message, false, call).await {
            tracing::debug!(channel = self.channel, message, %fault, "a message was not taken away");
        }
    }

    /// Shows the parts of a card in these messages, in new ones beyond them.
    async fn show(&self, drawing: &Drawing<'_>, known: &[u64]) -> Result<Vec<u64>, Fault> {
        let (none, last) = (json!([]), drawing.parts.len() - 1);
        let mut ids = Vec::new();
        for (place, laid) in drawing.parts.iter().enumerate() {
            let buttons = if place == last {
                &drawing.buttons
            } else {
                &none
            };
            let alive = *buttons != none;
            let look = json!({"embeds": laid.json(), "components": buttons});
            let known = known.get(place).copied();
            let changed = match known {
                Some(id) => match self.change(id, &look, drawing.urgent).await {
                    // Somebody took it away: it is shown again while something can be pressed.
                    Err(Fault::Gone) if alive => None,
                    Err(Fault::Gone) => Some(id),
                    changed => Some(changed.map(|()| id)?),
                },
                None => None,
            };
            let id = match changed {
                Some(id) => id,
                None => self.post_part(drawing, place, &look, known).await?,
            };
            ids.push(id);
        }
        for beyond in known.iter().skip(drawing.parts.len()) {
            self.take_away(*beyond).await;
        }
        Ok(ids)
    }

    async fn post_part(
        &self,
        drawing: &Drawing<'_>,
        part: usize,
        look: &Value,
        instead: Option<u64>,
    ) -> Result<u64, Fault> {
        let posting = Posting {
            desk: drawing.desk,
            card: drawing.card,
            part,
            channel: self.channel,
            instead,
        };
        let picture = match drawing.view {
            View::Ticket(view) if part == 0 => picture(view, &drawing.locale).await,
            _ => None,
        };
        if picture.is_some() {
            let posted = self.post(look, &posting, picture, drawing.loudness()).await;
            let Err(Fault::Lost(said) | Fault::Refused(said)) = posted else {
                return posted;
            };
            tracing::warn!(
                channel = self.channel,
                said,
                "a card is posted without its picture"
            );
        }
        self.post(look, &posting, None, drawing.loudness()).await
    }
}

/// The picture of a ticket, drawn beside the process's other work; a card can do without it.
async fn picture(view: &TicketView, locale: &Arc<Locale>) -> Option<Picture> {
    let (view, locale) = (view.clone(), locale.clone());
    let drawn = tokio::task::spawn_blocking(move || countersign_pictures::payoff(&view, &locale));
    match drawn.await {
        Ok(Ok(picture)) => picture,
        Ok(Err(error)) => {
            tracing::error!(%error, "a card has no picture");
            None
        }
        Err(error) => {
            tracing::error!(%error, "a card has no picture");
            None
        }
    }
}

#[async_trait]
impl Chat for DiscordRoom {
    fn room(&self) -> Room {
        self.room
    }

    fn is_at_hand(&self) -> bool {
        false
    }

    fn pause(&self, urgent: bool) -> Duration {
        self.wire.pause(&[&self.posts, &self.edits], urgent)
    }

    async fn draw(
        &self,
        card: CardKey,
        view: &View,
        message: Option<&MessageRef>,
        telling: &Telling,
    ) -> Result<MessageRef, ChatError> {
        let locale = Locale::told(telling.language.as_deref(), &self.wire.locale);
        let drawn = draw(view, &locale);
        let header = header(view);
        let drawing = Drawing {
            desk: header.desk,
            card,
            parts: lay(&drawn, self.wire.ends(&drawn, header.now)),
            buttons: keyboard(&drawn.buttons),
            view,
            urgent: card.is_urgent(),
            silent: telling.volume < Volume::Loud || card == CardKey::Board,
            rings: drawn
                .mention
                .as_ref()
                .and_then(|it| it.number(Surface::Discord)),
            locale,
        };
        let known = self.messages(message);
        match self.show(&drawing, &known).await {
            Ok(ids) => Ok(self.named(&ids)),
            Err(fault) => Err(missed(&fault)),
        }
    }
}

/// What a fault means for a drawing.
fn missed(fault: &Fault) -> ChatError {
    let said = fault.to_string();
    match fault {
        Fault::Wait(seconds) => ChatError::Unreachable(said, Some(*seconds)),
        Fault::Lost(_) | Fault::Token => ChatError::Lost(said),
        Fault::Unreachable(_) => ChatError::Unreachable(said, None),
        Fault::Gone | Fault::Late(_) | Fault::Refused(_) => ChatError::Refused(said),
    }
}

fn header(view: &View) -> &Header {
    match view {
        View::Ticket(view) => &view.header,
        View::Board(view) => &view.header,
        View::Report(view) => &view.header,
        View::Digest(view) => &view.header,
        View::Position(view) => &view.header,
        View::Alarm { header, .. } => header,
    }
}

/// What a message tells and asks, without what the platform adds.
fn told(message: &Value) -> Vec<String> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().trim().to_owned();
    let mut told = Vec::new();
    for embed in list(&message["embeds"]) {
        told.extend([text(&embed["title"]), text(&embed["description"])]);
        for field in list(&embed["fields"]) {
            told.extend([text(&field["name"]), text(&field["value"])]);
        }
    }
    for row in list(&message["components"]) {
        let buttons = list(&row["components"]);
        told.extend(buttons.iter().map(|it| text(&it["custom_id"])));
    }
    told
}

fn fingerprint(look: &Value) -> u64 {
    let mut hasher = DefaultHasher::new();
    look.to_string().hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests;
