//! The first answer to an interaction.

use std::time::Duration;

use serde_json::{Value, json};

use super::write::{LOADING, Writing};
use super::{Call, Reply, Upload};
use crate::discord::clock::micros;
use crate::discord::refusal::{Fault, Refusal};
use crate::discord::render::id;
use crate::discord::rules::{Place, check_choices, check_modal};
use crate::discord::world::{Callback, Deed, Interaction, Message, World};

/// Within this the first answer has to come.
const DEADLINE: Duration = Duration::from_secs(3);

pub(super) const EPHEMERAL: u64 = 1 << 6;

pub(super) fn handle(world: &mut World, call: &Call) -> Option<Result<Reply, Refusal>> {
    (call.name() == "create_interaction_response").then(|| {
        let interaction = call.id("interaction_id");
        let token = call.text("interaction_token");
        if world
            .interactions
            .get(&interaction)
            .is_none_or(|one| one.token != token)
        {
            return Err(Refusal::unknown_interaction());
        }
        call_back(world, interaction, &call.body, &call.files)?;
        if !call.asks("with_response") {
            return Ok(Reply::nothing());
        }
        let interaction = &world.interactions[&interaction];
        let mut body =
            json!({"interaction": {"id": id(interaction.id), "type": interaction.deed as u8}});
        if let Some(message) = interaction
            .original
            .and_then(|message| world.living(message))
        {
            let kind = interaction
                .callback
                .as_ref()
                .map_or(4, |callback| callback.kind);
            body["interaction"]["response_message_id"] = id(message.id);
            body["interaction"]["response_message_loading"] = json!(message.flags & LOADING != 0);
            body["interaction"]["response_message_ephemeral"] = json!(message.only_for.is_some());
            if kind == 4 || kind == 7 {
                body["resource"] = json!({"type": kind, "message": world.message_json(message)});
            }
        }
        Ok(Reply::ok(body))
    })
}

/// Takes the first answer to an interaction: over REST, or as what the endpoint answered.
pub(crate) fn call_back(
    world: &mut World,
    interaction: u64,
    body: &Value,
    files: &[Upload],
) -> Result<(), Refusal> {
    let outcome = take(world, interaction, body, files);
    if let (Err(refusal), Some(interaction)) = (&outcome, world.interactions.get_mut(&interaction))
    {
        interaction.refused.push(refusal.code);
    }
    outcome
}

fn take(
    world: &mut World,
    interaction: u64,
    body: &Value,
    files: &[Upload],
) -> Result<(), Refusal> {
    let Some(asked) = world.interactions.get(&interaction).cloned() else {
        return Err(Refusal::unknown_interaction());
    };
    if asked.callback.is_some() {
        return Err(Refusal::luck(
            400,
            40060,
            "Interaction has already been acknowledged.",
        ));
    }
    let now = world.now();
    if now > asked.sent_us + micros(DEADLINE) {
        return Err(Refusal::unknown_interaction());
    }
    let kind = body["type"].as_u64().unwrap_or(0);
    if !fits(kind, &asked) {
        let message = format!(
            "An interaction of type {} cannot be answered with {kind}.",
            asked.deed as u8
        );
        return Err(Refusal::field(
            "type",
            "INTERACTION_RESPONSE_TYPE_INVALID",
            &message,
        ));
    }
    let data = &body["data"];
    let original = do_as_told(world, &asked, (kind, data), files)?;
    let latency = Duration::from_micros(u64::try_from(now - asked.sent_us).unwrap_or(0));
    if let Some(asked) = world.interactions.get_mut(&interaction) {
        asked.callback = Some(Callback {
            kind,
            data: data.clone(),
            at_us: now,
            latency,
        });
        asked.original = original;
    }
    Ok(())
}

/// Does what an answer asks for; the message that is `@original` then.
fn do_as_told(
    world: &mut World,
    asked: &Interaction,
    (kind, data): (u64, &Value),
    files: &[Upload],
) -> Result<Option<u64>, Refusal> {
    Ok(match kind {
        4 => Some(answer(world, asked, data, files)?),
        5 => Some(think(world, asked, data)?),
        6 => asked.source,
        7 => {
            let source = asked.source.unwrap_or(0);
            if !data.is_null() {
                world
                    .rewrite(source, data, files, Place::Interaction)
                    .map_err(in_data)?;
            }
            asked.source
        }
        8 => {
            let faults = check_choices(data, focused_kind(&asked.payload["data"]));
            if !faults.is_empty() {
                return Err(Refusal::form(&faults));
            }
            None
        }
        9 => {
            let faults = check_modal(data);
            if !faults.is_empty() {
                return Err(Refusal::form(&faults));
            }
            None
        }
        _ => None,
    })
}

/// Which answers an interaction can have.
fn fits(kind: u64, asked: &Interaction) -> bool {
    match asked.deed {
        Deed::Ping => kind == 1,
        Deed::Command => matches!(kind, 4 | 5 | 9),
        Deed::Autocomplete => kind == 8,
        Deed::Component => matches!(kind, 4 | 5 | 6 | 7 | 9),
        Deed::Modal => matches!(kind, 4 | 5) || (matches!(kind, 6 | 7) && asked.source.is_some()),
    }
}

fn answer(
    world: &mut World,
    asked: &Interaction,
    data: &Value,
    files: &[Upload],
) -> Result<u64, Refusal> {
    let hidden = data["flags"].as_u64().unwrap_or(0) & EPHEMERAL != 0;
    let writing = Writing {
        body: data,
        files,
        place: Place::Interaction,
        channel: asked.channel,
        only_for: hidden.then_some(asked.user),
        answers: Some(asked.id),
    };
    world.write(&writing).map_err(in_data)
}

/// "The bot is thinking": a message without anything in it yet.
fn think(world: &mut World, asked: &Interaction, data: &Value) -> Result<u64, Refusal> {
    let flags = data["flags"].as_u64().unwrap_or(0);
    if flags & !EPHEMERAL != 0 {
        let fault = Fault::at(
            "data.flags",
            "BITFIELD_INVALID_FLAGS",
            "Only EPHEMERAL can be set here.",
        );
        return Err(Refusal::form(&[fault]));
    }
    let (message, now) = (world.next_id(), world.now());
    let message = Message {
        id: message,
        channel: asked.channel,
        author: world.bot,
        content: String::new(),
        embeds: Vec::new(),
        components: Vec::new(),
        attachments: Vec::new(),
        flags: flags | LOADING,
        nonce: None,
        tts: false,
        reference: None,
        created_us: now,
        edited_us: None,
        looks: Vec::new(),
        pinned_us: None,
        deleted_us: None,
        only_for: (flags & EPHEMERAL != 0).then_some(asked.user),
        answers: Some(asked.id),
        thread: None,
        pin_of: None,
    };
    let id = message.id;
    if message.only_for.is_none() {
        world.dispatch_message("MESSAGE_CREATE", &message);
    }
    world.messages.insert(id, message);
    Ok(id)
}

/// The type of the option that somebody is writing.
fn focused_kind(data: &Value) -> u64 {
    let options = data["options"].as_array().into_iter().flatten();
    for option in options {
        if option["focused"] == true {
            return option["type"].as_u64().unwrap_or(3);
        }
        let inner = focused_kind(option);
        if inner != 0 {
            return inner;
        }
    }
    0
}

/// The errors of a message that stands under `data`.
fn in_data(mut refusal: Refusal) -> Refusal {
    refusal.errors = refusal.errors.map(|errors| json!({"data": errors}));
    refusal
}
