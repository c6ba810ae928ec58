//! How messages come to be and change, whoever asks for it.

use serde_json::{Value, json};

use super::Upload;
use super::call::body_id;
use crate::discord::refusal::{Fault, Refusal};
use crate::discord::rules::{Place, V2, check_message};
use crate::discord::world::{Attachment, Message, World};

const MOST_FILES: usize = 10;
const MOST_FILE_BYTES: usize = 10 * 1024 * 1024;
/// What a client may set of the flags of a message, and what stays with it.
const KEPT_FLAGS: u64 = V2 | (1 << 2) | (1 << 6) | (1 << 12);

/// A message that is to be written.
pub(crate) struct Writing<'a> {
    pub(crate) body: &'a Value,
    pub(crate) files: &'a [Upload],
    pub(crate) place: Place,
    pub(crate) channel: u64,
    /// Whom alone it is shown to.
    pub(crate) only_for: Option<u64>,
    /// The interaction that it answers.
    pub(crate) answers: Option<u64>,
}

impl World {
    /// Writes a new message of the bot.
    pub(crate) fn write(&mut self, writing: &Writing<'_>) -> Result<u64, Refusal> {
        let body = writing.body;
        let faults = check_message(body, writing.place, 0);
        if !faults.is_empty() {
            return Err(Refusal::form(&faults));
        }
        let (id, now) = (self.next_id(), self.now());
        let attachments = self.attachments(body, writing.files, &[])?;
        let mut message = Message {
            id,
            channel: writing.channel,
            author: self.bot,
            content: body["content"].as_str().unwrap_or("").to_owned(),
            embeds: embeds(&body["embeds"], &attachments, writing.channel)?,
            components: components(&body["components"]),
            attachments,
            flags: body["flags"].as_u64().unwrap_or(0) & KEPT_FLAGS,
            nonce: Some(body["nonce"].clone()).filter(|nonce| !nonce.is_null()),
            tts: body["tts"] == true,
            reference: body_id(&body["message_reference"]["message_id"]),
            created_us: now,
            edited_us: None,
            looks: Vec::new(),
            pinned_us: None,
            deleted_us: None,
            only_for: writing.only_for,
            answers: writing.answers,
            thread: None,
            pin_of: None,
        };
        refuse_empty(&message)?;
        message.look(now);
        if message.only_for.is_none() {
            self.dispatch_message("MESSAGE_CREATE", &message);
        }
        self.messages.insert(id, message);
        Ok(id)
    }

    /// Changes a message: what the body does not name stays.
    pub(crate) fn rewrite(
        &mut self,
        id: u64,
        body: &Value,
        files: &[Upload],
        place: Place,
    ) -> Result<(), Refusal> {
        let Some(mut message) = self.living(id).cloned() else {
            return Err(Refusal::unknown(10008, "Message"));
        };
        let faults = check_message(body, place, message.flags);
        if !faults.is_empty() {
            return Err(Refusal::form(&faults));
        }
        if !body["attachments"].is_null() || !files.is_empty() {
            message.attachments = self.attachments(body, files, &message.attachments)?;
        }
        if let Some(content) = body.get("content") {
            content
                .as_str()
                .unwrap_or("")
                .clone_into(&mut message.content);
        }
        if let Some(list) = body.get("embeds") {
            message.embeds = embeds(list, &message.attachments, message.channel)?;
        }
        if let Some(list) = body.get("components") {
            message.components = components(list);
        }
        if let Some(flags) = body["flags"].as_u64() {
            message.flags |= flags & V2;
        }
        // An answer that was still being thought about is there now.
        message.flags &= !LOADING;
        refuse_empty(&message)?;
        let now = self.now();
        message.edited_us = Some(now);
        message.look(now);
        if message.only_for.is_none() {
            self.dispatch_message("MESSAGE_UPDATE", &message);
        }
        self.messages.insert(id, message);
        Ok(())
    }

    /// Takes a message away and tells it.
    pub(crate) fn remove(&mut self, id: u64) {
        let now = self.now();
        let Some(message) = self
            .messages
            .get_mut(&id)
            .filter(|message| message.deleted_us.is_none())
        else {
            return;
        };
        message.deleted_us = Some(now);
        message.pinned_us = None;
        let (channel, hidden) = (message.channel, message.only_for.is_some());
        let guild = self
            .channels
            .get(&channel)
            .map_or(0, |channel| channel.guild);
        let mut event = json!({"id": id.to_string(), "channel_id": channel.to_string()});
        if guild != 0 {
            event["guild_id"] = json!(guild.to_string());
        }
        if !hidden {
            self.dispatch("MESSAGE_DELETE", guild, &event);
        }
    }

    /// The files of a message after a request: those kept and those that came.
    fn attachments(
        &mut self,
        body: &Value,
        files: &[Upload],
        old: &[Attachment],
    ) -> Result<Vec<Attachment>, Refusal> {
        if files.iter().any(|file| file.bytes.len() > MOST_FILE_BYTES) {
            return Err(Refusal::blame(413, 40005, "Request entity too large"));
        }
        let listed = body["attachments"].as_array();
        let mut kept: Vec<Attachment> = Vec::new();
        let mut faults = Vec::new();
        for (index, entry) in listed.into_iter().flatten().enumerate() {
            let id = body_id(&entry["id"]);
            let known = old.iter().find(|one| Some(one.id) == id);
            match known {
                Some(known) => kept.push(known.clone()),
                None if files
                    .iter()
                    .any(|file| file.number.is_some() && file.number == id) => {}
                None => {
                    let message = "No file and no attachment of the message has this id.";
                    faults.push(Fault::at(
                        &format!("attachments.{index}.id"),
                        "ATTACHMENT_NOT_FOUND",
                        message,
                    ));
                }
            }
        }
        if listed.is_none() {
            kept = old.to_vec();
        }
        for (index, file) in files.iter().enumerate() {
            let twice = files[..index]
                .iter()
                .any(|other| other.number == file.number);
            if file.number.is_none() || twice {
                faults.push(Fault::at(
                    "files",
                    "UNKNOWN_FIELD",
                    "A file is a part files[n], each n once.",
                ));
            }
            let entry = listed
                .into_iter()
                .flatten()
                .find(|entry| body_id(&entry["id"]) == file.number);
            kept.push(Attachment {
                id: self.next_id(),
                filename: file.filename.clone(),
                content_type: file.content_type.clone(),
                description: entry
                    .and_then(|entry| entry["description"].as_str())
                    .map(str::to_owned),
                bytes: file.bytes.clone(),
            });
        }
        if kept.len() > MOST_FILES {
            faults.push(Fault::at(
                "attachments",
                "BASE_TYPE_MAX_LENGTH",
                "Must be 10 or fewer in length.",
            ));
        }
        if faults.is_empty() {
            Ok(kept)
        } else {
            Err(Refusal::form(&faults))
        }
    }
}

/// `LOADING`: "the bot is thinking".
pub(crate) const LOADING: u64 = 1 << 7;

fn refuse_empty(message: &Message) -> Result<(), Refusal> {
    let v2 = message.flags & V2 != 0 && !message.components.is_empty();
    let empty = message.content.trim().is_empty()
        && message.embeds.is_empty()
        && message.attachments.is_empty();
    if empty && !v2 {
        Err(Refusal::blame(400, 50006, "Cannot send an empty message"))
    } else {
        Ok(())
    }
}

/// Embeds as they are handed out: the kind is filled in, and pictures among the files have their address.
fn embeds(list: &Value, files: &[Attachment], channel: u64) -> Result<Vec<Value>, Refusal> {
    let mut embeds = list.as_array().cloned().unwrap_or_default();
    for (index, embed) in embeds.iter_mut().enumerate() {
        without_nulls(embed);
        embed["type"] = json!("rich");
        for field in embed["fields"].as_array_mut().into_iter().flatten() {
            if field["inline"].is_null() {
                field["inline"] = json!(false);
            }
        }
        for (part, name) in [
            ("image", "url"),
            ("thumbnail", "url"),
            ("author", "icon_url"),
            ("footer", "icon_url"),
        ] {
            let Some(wanted) = embed[part][name]
                .as_str()
                .and_then(|url| url.strip_prefix("attachment://"))
            else {
                continue;
            };
            let Some(file) = files.iter().find(|file| file.filename == wanted) else {
                let path = format!("embeds.{index}.{part}.{name}");
                return Err(Refusal::field(
                    &path,
                    "ATTACHMENT_NOT_FOUND",
                    "The message has no file of this name.",
                ));
            };
            embed[part][name] = json!(format!(
                "https://cdn.discordapp.com/attachments/{channel}/{}/{}",
                file.id, file.filename
            ));
        }
        // Looking for what is not there leaves nulls.
        without_nulls(embed);
    }
    Ok(embeds)
}

/// Takes out what a library sent as null, however deep.
fn without_nulls(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|_, value| !value.is_null());
            fields.values_mut().for_each(without_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(without_nulls),
        _ => {}
    }
}

/// Components as they are handed out: each has a number.
fn components(list: &Value) -> Vec<Value> {
    let mut components = list.as_array().cloned().unwrap_or_default();
    let mut next = 0;
    for component in &mut components {
        number(component, &mut next);
    }
    components
}

fn number(component: &mut Value, next: &mut u64) {
    *next += 1;
    if component["id"].as_u64().is_none_or(|id| id == 0) {
        component["id"] = json!(*next);
    }
    match component["type"].as_u64() {
        Some(17) => {
            if component["accent_color"].is_null() {
                component["accent_color"] = Value::Null;
            }
            component["spoiler"] = json!(component["spoiler"] == true);
        }
        Some(14) => {
            if component["divider"].is_null() {
                component["divider"] = json!(true);
            }
            if component["spacing"].is_null() {
                component["spacing"] = json!(1);
            }
        }
        _ => {}
    }
    for inner in component["components"].as_array_mut().into_iter().flatten() {
        number(inner, next);
    }
    if component["accessory"].is_object() {
        number(&mut component["accessory"], next);
    }
    if let Some(object) = component.as_object_mut() {
        object.retain(|name, value| !value.is_null() || name == "accent_color");
    }
}
