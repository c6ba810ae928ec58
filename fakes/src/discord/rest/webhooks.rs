//! What comes after the first answer to an interaction: `@original` and followups.

use std::time::Duration;

use super::interactions::EPHEMERAL;
use super::write::{LOADING, Writing};
use super::{Call, Reply};
use crate::discord::clock::micros;
use crate::discord::refusal::Refusal;
use crate::discord::rules::Place;
use crate::discord::world::{Interaction, World};

/// For how long an interaction's token counts.
const LIFE: Duration = Duration::from_mins(15);

pub(super) fn handle(world: &mut World, call: &Call) -> Option<Result<Reply, Refusal>> {
    Some(match call.name() {
        "execute_webhook" => follow_up(world, call),
        "get_original_webhook_message" | "get_webhook_message" => {
            addressed(world, call).map(|id| Reply::ok(world.message_json(&world.messages[&id])))
        }
        "update_original_webhook_message" | "update_webhook_message" => update(world, call),
        "delete_original_webhook_message" | "delete_webhook_message" => {
            addressed(world, call).map(|id| {
                world.remove(id);
                Reply::nothing()
            })
        }
        _ => return None,
    })
}

/// The interaction of a call, which was answered and whose time is not over.
fn interaction<'a>(world: &'a World, call: &Call) -> Result<&'a Interaction, Refusal> {
    if call.id("webhook_id") != world.application {
        return Err(Refusal::blame(404, 10015, "Unknown Webhook"));
    }
    let Some(interaction) = world.by_token(call.text("webhook_token")) else {
        return Err(Refusal::blame(401, 50027, "Invalid Webhook Token"));
    };
    if world.now() > interaction.sent_us + micros(LIFE) {
        return Err(Refusal::luck(401, 50027, "Invalid Webhook Token"));
    }
    if interaction.callback.is_none() {
        return Err(Refusal::luck(404, 10015, "Unknown Webhook"));
    }
    Ok(interaction)
}

/// The message of a call: `@original`, or one that this interaction wrote.
fn addressed(world: &World, call: &Call) -> Result<u64, Refusal> {
    let interaction = interaction(world, call)?;
    let id = match call.id("message_id") {
        0 => interaction.original,
        id => Some(id)
            .filter(|id| interaction.original == Some(*id) || interaction.followups.contains(id)),
    };
    let message = id
        .and_then(|id| world.living(id))
        .ok_or_else(|| Refusal::unknown(10008, "Message"))?;
    Ok(message.id)
}

fn follow_up(world: &mut World, call: &Call) -> Result<Reply, Refusal> {
    let interaction = interaction(world, call)?;
    let (id, user, channel, original) = (
        interaction.id,
        interaction.user,
        interaction.channel,
        interaction.original,
    );
    // The first message after "thinking" is the answer that was thought about.
    let thinking = original
        .and_then(|id| world.living(id))
        .filter(|message| message.flags & LOADING != 0);
    if let Some(message) = thinking.map(|message| message.id) {
        world.rewrite(message, &call.body, &call.files, Place::Interaction)?;
        return Ok(Reply::ok(world.message_json(&world.messages[&message])));
    }
    let hidden = call.body["flags"].as_u64().unwrap_or(0) & EPHEMERAL != 0;
    let writing = Writing {
        body: &call.body,
        files: &call.files,
        place: Place::Interaction,
        channel,
        only_for: hidden.then_some(user),
        answers: Some(id),
    };
    let message = world.write(&writing)?;
    if let Some(interaction) = world.interactions.get_mut(&id) {
        interaction.followups.push(message);
    }
    Ok(Reply::ok(world.message_json(&world.messages[&message])))
}

fn update(world: &mut World, call: &Call) -> Result<Reply, Refusal> {
    let id = addressed(world, call)?;
    world.rewrite(id, &call.body, &call.files, Place::Edit)?;
    Ok(Reply::ok(world.message_json(&world.messages[&id])))
}
