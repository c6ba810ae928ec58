//! Who may ask, and how often.

use super::{Heard, Stop};
use crate::discord::limits::{OLD_EDITS, Passed};
use crate::discord::refusal::Refusal;
use crate::discord::shared::Shared;
use crate::discord::spec::Operation;
use crate::discord::world::World;

/// A message older than this is edited in a bucket of its own.
const OLD_US: i64 = 3_600_000_000;

/// Lets a request in that proves who asks and does not come too soon.
pub(super) fn admit(
    shared: &Shared,
    heard: &Heard,
    operation: &Operation,
) -> Result<Option<Passed>, Stop> {
    let mut world = shared.world();
    let open = shared.spec.described(operation)["security"]
        .as_array()
        .is_none_or(|ways| {
            ways.iter()
                .any(|way| way.as_object().is_some_and(serde_json::Map::is_empty))
        });
    let right = heard.authorization.as_deref() == Some(format!("Bot {}", world.token).as_str());
    let nobody = heard.authorization.is_none();
    if !right && (!open || !nobody) {
        return Err(Refusal::blame(401, 0, "401: Unauthorized").into());
    }
    // Libraries leave their name out where a token in the path is enough.
    if right && !heard.user_agent.starts_with("DiscordBot") {
        return Err(Refusal::blame(403, 40333, "internal network error").into());
    }
    let (bucket, place, code) = world.bucket(operation);
    let now = world.now();
    let by_token = operation.template.contains("_token}");
    let global = if by_token {
        Ok(())
    } else {
        world.limits.pass_global(now)
    };
    let passed = global.and_then(|()| world.limits.pass(&bucket, &place, now));
    passed.map_err(|too_much| {
        *world
            .limits
            .refused
            .entry(operation.id.clone())
            .or_default() += 1;
        Stop::TooMuch(too_much, code)
    })
}

impl World {
    /// The bucket of an operation, the place that it is about, and the code of its 429.
    fn bucket(&self, operation: &Operation) -> (String, String, u32) {
        let major = [
            "channel_id",
            "guild_id",
            "webhook_token",
            "interaction_token",
        ];
        let of_path = operation
            .path
            .iter()
            .filter(|(name, _)| major.contains(&name.as_str()));
        let place = of_path
            .map(|(_, value)| value.as_str())
            .collect::<Vec<_>>()
            .join("/");
        if operation.id == "update_message" {
            let message = operation.path.iter().find(|(name, _)| name == "message_id");
            let message = message
                .and_then(|(_, id)| id.parse().ok())
                .and_then(|id| self.messages.get(&id));
            if message.is_some_and(|message| message.created_us + OLD_US < self.now()) {
                return (OLD_EDITS.to_owned(), place, 30046);
            }
        }
        (operation.id.clone(), place, 0)
    }
}
