//! Long polling.

use std::time::Duration;

use serde_json::Value;
use tokio::time::{Instant, timeout_at};

use super::args::Args;
use super::refusal::Refusal;
use super::shared::Shared;
use super::world::World;

/// The longest that a poll waits.
const LONGEST: u64 = 50;

/// Answers a poll: at once when something waits, else when something comes or its time is over.
///
/// # Errors
/// 409 when a webhook is set, and when somebody else begins to poll.
pub(super) async fn updates(shared: &Shared, args: &Args) -> Result<Value, Refusal> {
    let limit = args.int("limit").unwrap_or(100);
    let most = usize::try_from(limit).unwrap_or_default();
    if !(1..=100).contains(&most) {
        return Err(Refusal::wrong("limit must be between 1 and 100"));
    }
    let seconds = u64::try_from(args.int("timeout").unwrap_or_default());
    let seconds = seconds.map_err(|_| Refusal::wrong("timeout must be positive"))?;
    let deadline = Instant::now() + Duration::from_secs(seconds.min(LONGEST));
    let mut bell = shared.bell();
    // Rings for the poller that this one replaces.
    let me = shared.change(|world| begin(world, args))?;
    loop {
        bell.borrow_and_update();
        let batch = shared.quietly(|world| go_on(world, me, most))?;
        if !batch.is_empty() {
            return Ok(Value::Array(batch));
        }
        let rung = timeout_at(deadline, bell.changed()).await;
        if rung.is_err() {
            return Ok(Value::Array(Vec::new()));
        }
    }
}

fn begin(world: &mut World, args: &Args) -> Result<u64, Refusal> {
    if world.updates.webhook.is_some() {
        let what = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";
        return Err(Refusal::new(409, what));
    }
    if let Some(kinds) = args.get("allowed_updates") {
        world.allow(kinds)?;
    }
    if let Some(offset) = args.int("offset") {
        world.updates.confirm(offset);
    }
    world.updates.poller += 1;
    Ok(world.updates.poller)
}

fn go_on(world: &mut World, me: u64, most: usize) -> Result<Vec<Value>, Refusal> {
    if world.updates.poller == me {
        return Ok(world.updates.batch(most));
    }
    Err(if world.updates.webhook.is_some() {
        Refusal::new(409, "Conflict: terminated by setWebhook request")
    } else {
        Refusal::other_poller()
    })
}
