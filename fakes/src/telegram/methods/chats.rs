//! What a bot asks about chats and does in them beside writing.

use serde_json::{Map, Value, json};

use crate::telegram::args::Args;
use crate::telegram::chat::{Chat, ChatKind, Rights, Standing};
use crate::telegram::refusal::Refusal;
use crate::telegram::spec::Kind;
use crate::telegram::world::World;

/// What a bot can be shown to be doing.
const ACTIONS: [&str; 11] = [
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
];

fn named<'a>(world: &'a World, args: &Args) -> Result<&'a Chat, Refusal> {
    world.reach(args.get("chat_id").unwrap_or(&Value::Null))
}

pub(super) fn delete(world: &mut World, args: &Args) -> Result<Value, Refusal> {
    let chat = named(world, args)?;
    let id = args.int("message_id").unwrap_or_default();
    let message = chat.messages.get(&id).filter(|it| it.deleted_by.is_none());
    let message = message.ok_or_else(|| Refusal::bad("message to delete not found"))?;
    let own = message.from == world.bot.id;
    // The platform lets nobody take back what is older than two days.
    let old = world.date() - message.date > 48 * 3600;
    let may = chat.kind != ChatKind::Private && chat.rights.delete;
    if !may && (old || !own && chat.kind != ChatKind::Private) {
        return Err(Refusal::bad("message can't be deleted"));
    }
    let (chat, bot) = (chat.id, world.bot.id);
    world.remove(chat, id, bot);
    Ok(true.into())
}

pub(super) fn action(world: &mut World, args: &Args) -> Result<Value, Refusal> {
    let action = args.text("action").unwrap_or_default().to_owned();
    if !ACTIONS.contains(&action.as_str()) {
        return Err(Refusal::wrong("wrong parameter action in request"));
    }
    let chat = named(world, args)?.id;
    if let Some(chat) = world.chats.get_mut(&chat) {
        chat.actions.push(action);
    }
    Ok(true.into())
}

pub(super) fn topic(world: &mut World, args: &Args) -> Result<Value, Refusal> {
    let name = args.text("name").unwrap_or_default().trim().to_owned();
    if !(1..=128).contains(&name.chars().count()) {
        return Err(Refusal::wrong("TOPIC_TITLE_INVALID"));
    }
    let chat = named(world, args)?;
    if chat.kind != ChatKind::Forum {
        return Err(Refusal::bad("the chat is not a forum"));
    }
    if !chat.rights.topics {
        return Err(Refusal::bad("not enough rights to create a topic"));
    }
    let chat = chat.id;
    let colour = args.int("icon_color").unwrap_or(7_322_096);
    let made = json!({ "name": name, "icon_color": colour });
    let id = world.announce(chat, world.bot.id, ("forum_topic_created", made));
    if let Some(chat) = world.chats.get_mut(&chat) {
        chat.topics.insert(id, name.clone());
        if let Some(message) = chat.messages.get_mut(&id) {
            message.thread = Some(id);
        }
    }
    Ok(json!({ "message_thread_id": id, "name": name, "icon_color": colour }))
}

pub(super) fn chat(world: &mut World, args: &Args) -> Result<Value, Refusal> {
    let chat = named(world, args)?;
    let mut told = chat.told();
    told["accent_color_id"] = 0.into();
    told["max_reaction_count"] = 11.into();
    told["accepted_gift_types"] = Value::Object(unset(world, "AcceptedGiftTypes"));
    let pinned = chat.pinned.last().and_then(|it| chat.messages.get(it));
    if let Some(message) = pinned {
        told["pinned_message"] = world.told(message, false);
    }
    Ok(told)
}

pub(super) fn member(world: &mut World, args: &Args) -> Result<Value, Refusal> {
    let chat = named(world, args)?;
    let who = args.int("user_id").unwrap_or_default();
    let known = chat.members.contains_key(&who) || world.people.contains_key(&who);
    let gone = || Refusal::bad("PARTICIPANT_ID_INVALID");
    known.then(|| world.member(chat, who)).ok_or_else(gone)
}

pub(super) fn administrators(world: &mut World, args: &Args) -> Result<Value, Refusal> {
    let chat = named(world, args)?;
    if chat.kind == ChatKind::Private {
        return Err(Refusal::wrong(
            "there are no administrators in the private chat",
        ));
    }
    let keepers = chat.members.iter().filter(|it| it.1.is_administrator());
    // The bot itself is listed; other bots there are none.
    Ok(keepers.map(|(who, _)| world.member(chat, *who)).collect())
}

/// A type's required switches, all off.
fn unset(world: &World, name: &str) -> Map<String, Value> {
    let fields = world.spec.fields(name).iter();
    let switches = fields.filter(|it| it.required && it.kinds == [Kind::Boolean]);
    switches.map(|it| (it.name.clone(), false.into())).collect()
}

impl World {
    /// What somebody is in a chat, as the platform tells it.
    pub(crate) fn member(&self, chat: &Chat, who: i64) -> Value {
        self.standing(chat, who, chat.standing(who))
    }

    /// Somebody as having a standing in a chat.
    pub(crate) fn standing(&self, chat: &Chat, who: i64, standing: Standing) -> Value {
        let name = match standing {
            Standing::Creator => "ChatMemberOwner",
            Standing::Administrator => "ChatMemberAdministrator",
            Standing::Member => "ChatMemberMember",
            Standing::Restricted => "ChatMemberRestricted",
            Standing::Left => "ChatMemberLeft",
            Standing::Kicked => "ChatMemberBanned",
        };
        let mut told = unset(self, name);
        told.insert("status".to_owned(), standing.word().into());
        let account = self.account(who);
        told.insert(
            "user".to_owned(),
            account.map_or(Value::Null, super::super::world::Account::told),
        );
        if standing == Standing::Kicked {
            told.insert("until_date".to_owned(), 0.into());
        }
        if standing == Standing::Restricted {
            told.insert("is_member".to_owned(), true.into());
            told.insert("can_send_messages".to_owned(), chat.rights.send.into());
            told.insert("can_pin_messages".to_owned(), chat.rights.pin.into());
            told.insert("can_manage_topics".to_owned(), chat.rights.topics.into());
            told.insert("until_date".to_owned(), 0.into());
        }
        if standing == Standing::Administrator {
            let Rights {
                send: _,
                pin,
                delete,
                topics,
            } = if who == self.bot.id {
                chat.rights
            } else {
                Rights::ALL
            };
            told.insert("can_manage_chat".to_owned(), true.into());
            told.insert("can_delete_messages".to_owned(), delete.into());
            told.insert("can_pin_messages".to_owned(), pin.into());
            if chat.kind == ChatKind::Forum {
                told.insert("can_manage_topics".to_owned(), topics.into());
            }
        }
        Value::Object(told)
    }

    /// Takes a message out of sight.
    pub(crate) fn remove(&mut self, chat: i64, id: i64, by: i64) {
        if let Some(chat) = self.chats.get_mut(&chat) {
            chat.pinned.retain(|it| *it != id);
            if let Some(message) = chat.messages.get_mut(&id) {
                message.deleted_by = Some(by);
            }
        }
    }
}
