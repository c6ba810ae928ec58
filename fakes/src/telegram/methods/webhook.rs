//! Whether updates are posted, and where to.

use serde_json::{Value, json};

use crate::telegram::args::Args;
use crate::telegram::refusal::Refusal;
use crate::telegram::updates::Webhook;
use crate::telegram::world::World;

pub(super) fn set(world: &mut World, args: &Args) -> Result<Value, Refusal> {
    let url = args.text("url").unwrap_or_default().to_owned();
    if url.is_empty() {
        return Ok(delete(world, args));
    }
    check(&url)?;
    let secret = args.text("secret_token").map(str::to_owned);
    let is_letter = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'_' | b'-');
    let bad = |it: &String| !(1..=256).contains(&it.len()) || !it.bytes().all(is_letter);
    if secret.as_ref().is_some_and(bad) {
        let what = "secret token contains unallowed characters";
        return Err(Refusal::wrong(what));
    }
    let max_connections = args.int("max_connections").unwrap_or(40);
    if !(1..=100).contains(&max_connections) {
        return Err(Refusal::wrong("max_connections must be between 1 and 100"));
    }
    if let Some(kinds) = args.get("allowed_updates") {
        world.allow(kinds)?;
    }
    if args.flag("drop_pending_updates") {
        world.updates.drop_all();
    }
    world.updates.failure = None;
    world.updates.webhook = Some(Webhook {
        url,
        secret,
        max_connections,
    });
    // Whoever polls now is told so.
    world.updates.poller += 1;
    Ok(true.into())
}

/// The platform takes https alone, on four ports; a bot beside its own server may be reached in the clear.
fn check(url: &str) -> Result<(), Refusal> {
    let here = ["http://127.0.0.1:", "http://localhost:"];
    if here.iter().any(|it| url.starts_with(it)) {
        return Ok(());
    }
    let Some(rest) = url.strip_prefix("https://") else {
        let what = "bad webhook: An HTTPS URL must be provided for webhook";
        return Err(Refusal::wrong(what));
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (host, port) = host.split_once(':').unwrap_or((host, "443"));
    if host.is_empty() || host.contains('@') {
        return Err(Refusal::wrong("bad webhook: Failed to resolve host"));
    }
    if !["80", "88", "443", "8443"].contains(&port) {
        let what = "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443";
        return Err(Refusal::wrong(what));
    }
    Ok(())
}

pub(super) fn delete(world: &mut World, args: &Args) -> Value {
    if args.flag("drop_pending_updates") {
        world.updates.drop_all();
    }
    world.updates.webhook = None;
    true.into()
}

pub(super) fn info(world: &World) -> Value {
    let updates = &world.updates;
    let mut told = json!({
        "url": updates.webhook.as_ref().map_or("", |it| &it.url),
        "has_custom_certificate": false,
        "pending_update_count": updates.len(),
    });
    if let Some(webhook) = &updates.webhook {
        told["max_connections"] = webhook.max_connections.into();
        told["ip_address"] = "127.0.0.1".into();
    }
    if let Some((date, what)) = &updates.failure {
        told["last_error_date"] = (*date).into();
        told["last_error_message"] = what.clone().into();
    }
    if !updates.allowed().is_empty() {
        told["allowed_updates"] = json!(updates.allowed());
    }
    told
}

impl World {
    /// Says which kinds of update are wanted from now on.
    ///
    /// # Errors
    /// A kind that the specification does not know is refused.
    pub(crate) fn allow(&mut self, kinds: &Value) -> Result<(), Refusal> {
        let known = self.spec.fields("Update");
        for kind in kinds.as_array().into_iter().flatten() {
            let name = kind.as_str().unwrap_or_default();
            if name == "update_id" || !known.iter().any(|it| it.name == name) {
                let what = format!("allowed_updates: there is no update \"{name}\"");
                return Err(Refusal::wrong(what));
            }
        }
        self.updates.allow(kinds);
        Ok(())
    }
}
