//! What a message may hold.

use serde_json::Value;

use super::components;
use crate::discord::refusal::Fault;

/// `IS_COMPONENTS_V2`.
pub(crate) const V2: u64 = 1 << 15;
const SUPPRESS_EMBEDS: u64 = 1 << 2;
const EPHEMERAL: u64 = 1 << 6;
const SUPPRESS_NOTIFICATIONS: u64 = 1 << 12;
const VOICE: u64 = 1 << 13;

/// Where a message is written: what its flags may be depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Channel,
    Edit,
    Interaction,
}

/// Checks a message's body beyond its types. `had`: the flags that the message has already.
pub(crate) fn check_message(body: &Value, place: Place, had: u64) -> Vec<Fault> {
    let mut faults = Vec::new();
    if body["content"]
        .as_str()
        .is_some_and(|text| text.chars().count() > 2000)
    {
        faults.push(Fault::at(
            "content",
            "BASE_TYPE_MAX_LENGTH",
            "Must be 2000 or fewer in length.",
        ));
    }
    check_embeds(body, &mut faults);
    check_flags(body, place, had, &mut faults);
    let v2 = had & V2 != 0 || body["flags"].as_u64().unwrap_or(0) & V2 != 0;
    if v2 {
        check_v2(body, &mut faults);
    }
    components::check(&body["components"], v2, &mut faults);
    check_mentions(body, &mut faults);
    check_poll_and_nonce(body, &mut faults);
    faults
}

fn check_embeds(body: &Value, faults: &mut Vec<Fault>) {
    let embeds = body["embeds"].as_array().map_or(&[][..], Vec::as_slice);
    let length: usize = embeds.iter().map(embed_length).sum();
    if length > 6000 {
        faults.push(Fault::at(
            "embeds",
            "MAX_EMBED_SIZE_EXCEEDED",
            "Embed size exceeds maximum size of 6000",
        ));
    }
    for (index, embed) in embeds.iter().enumerate() {
        for (number, field) in embed["fields"].as_array().into_iter().flatten().enumerate() {
            for name in ["name", "value"] {
                if field[name]
                    .as_str()
                    .is_some_and(|text| text.trim().is_empty())
                {
                    let path = format!("embeds.{index}.fields.{number}.{name}");
                    faults.push(Fault::at(
                        &path,
                        "BASE_TYPE_REQUIRED",
                        "This field is required",
                    ));
                }
            }
        }
        if embed_length(embed) == 0
            && ["image", "thumbnail", "url"]
                .iter()
                .all(|part| embed[part].is_null())
        {
            let path = format!("embeds.{index}.description");
            faults.push(Fault::at(
                &path,
                "BASE_TYPE_REQUIRED",
                "This field is required",
            ));
        }
        if embed["author"].is_object() && embed["author"]["name"].as_str().is_none_or(str::is_empty)
        {
            let path = format!("embeds.{index}.author.name");
            faults.push(Fault::at(
                &path,
                "BASE_TYPE_REQUIRED",
                "This field is required",
            ));
        }
    }
}

/// Characters that count towards the 6000 of all embeds of a message.
fn embed_length(embed: &Value) -> usize {
    let of = |text: &Value| text.as_str().map_or(0, |text| text.trim().chars().count());
    let fields = embed["fields"].as_array().into_iter().flatten();
    let fields: usize = fields
        .map(|field| of(&field["name"]) + of(&field["value"]))
        .sum();
    of(&embed["title"])
        + of(&embed["description"])
        + of(&embed["footer"]["text"])
        + of(&embed["author"]["name"])
        + fields
}

fn check_flags(body: &Value, place: Place, had: u64, faults: &mut Vec<Fault>) {
    let Some(flags) = body["flags"].as_i64() else {
        return;
    };
    let allowed = match place {
        Place::Channel => SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | VOICE | V2,
        Place::Edit => SUPPRESS_EMBEDS | V2,
        Place::Interaction => SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | VOICE | V2 | EPHEMERAL,
    };
    if u64::try_from(flags).is_ok_and(|flags| flags & !(allowed | had) == 0) {
        return;
    }
    faults.push(Fault::at(
        "flags",
        "BITFIELD_INVALID_FLAGS",
        "A flag that cannot be set here.",
    ));
}

fn check_v2(body: &Value, faults: &mut Vec<Fault>) {
    for field in ["content", "embeds", "poll", "sticker_ids"] {
        let empty = match &body[field] {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(items) => items.is_empty(),
            _ => false,
        };
        if !empty {
            let code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2";
            let message = format!(
                "The '{field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
            );
            faults.push(Fault::at(field, code, &message));
        }
    }
}

fn check_mentions(body: &Value, faults: &mut Vec<Fault>) {
    let allowed = &body["allowed_mentions"];
    let parsed = |kind: &str| {
        allowed["parse"]
            .as_array()
            .is_some_and(|kinds| kinds.iter().any(|one| one == kind))
    };
    for kind in ["users", "roles"] {
        if parsed(kind) && allowed[kind].as_array().is_some_and(|ids| !ids.is_empty()) {
            let code = "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE";
            let message =
                format!("parse:[\"{kind}\"] and {kind}: [ids...] are mutually exclusive.");
            faults.push(Fault::at("allowed_mentions", code, &message));
        }
    }
}

fn check_poll_and_nonce(body: &Value, faults: &mut Vec<Fault>) {
    if body["enforce_nonce"] == true && body["nonce"].is_null() {
        faults.push(Fault::at(
            "nonce",
            "BASE_TYPE_REQUIRED",
            "This field is required",
        ));
    }
    if !body["poll"].is_null() {
        faults.push(Fault::at(
            "poll",
            "NOT_SERVED",
            "Polls are not part of this fake.",
        ));
    }
}
