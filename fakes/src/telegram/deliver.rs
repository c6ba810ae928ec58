//! Delivery to a webhook.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Method, Request};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::Value;
use tokio::time::timeout;

use super::shared::Shared;
use super::updates::Webhook;

/// How long until an update that was not taken is posted again.
const PAUSE: Duration = Duration::from_millis(200);

/// How long a webhook may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// The header that proves to the bot who posts.
const SECRET: &str = "X-Telegram-Bot-Api-Secret-Token";

/// Posts what waits whenever a webhook is set, one after another.
pub(super) async fn forever(shared: Arc<Shared>) {
    let client = Client::builder(TokioExecutor::new()).build_http();
    let mut bell = shared.bell();
    loop {
        bell.borrow_and_update();
        let next = shared.quietly(|world| {
            let webhook = world.updates.webhook.clone()?;
            Some((webhook, world.updates.first()?))
        });
        let Some((webhook, update)) = next else {
            if bell.changed().await.is_err() {
                return;
            }
            continue;
        };
        let posted = timeout(PATIENCE, post(&client, &webhook, &update)).await;
        let failure = match posted {
            Ok(Ok(asks)) => {
                if asks {
                    let what = "the fake performs no call that a webhook's answer asks for";
                    shared.change(|world| world.violate("webhook", what));
                }
                None
            }
            Ok(Err(what)) => Some(what),
            Err(_) => Some("Read timeout expired".to_owned()),
        };
        let failed = failure.is_some();
        shared.change(|world| {
            let date = world.date();
            match failure {
                Some(what) => world.updates.failure = Some((date, what)),
                None if world.updates.first().as_ref() == Some(&update) => {
                    world.updates.forget_first();
                }
                None => {}
            }
        });
        if failed {
            // A pause that nothing ends sooner.
            let _over = timeout(PAUSE, std::future::pending::<()>()).await;
        }
    }
}

/// Posts an update; whether the bot's answer asks for a call.
async fn post(
    client: &Client<HttpConnector, Body>,
    webhook: &Webhook,
    update: &Value,
) -> Result<bool, String> {
    let request = Request::builder()
        .method(Method::POST)
        .uri(&webhook.url)
        .header(CONTENT_TYPE, "application/json");
    let request = match &webhook.secret {
        Some(secret) => request.header(SECRET, secret),
        None => request,
    };
    let request = request.body(Body::from(update.to_string()));
    let request = request.map_err(|error| error.to_string())?;
    let response = client.request(request).await;
    let response = response.map_err(|_| "Connection refused".to_owned())?;
    let status = response.status();
    let said = axum::body::to_bytes(Body::new(response.into_body()), 1 << 20).await;
    let said = said.map_err(|error| error.to_string())?;
    if status.is_success() {
        let said: Value = serde_json::from_slice(&said).unwrap_or_default();
        return Ok(said.get("method").is_some());
    }
    let reason = status.canonical_reason().unwrap_or_default();
    Err(format!(
        "Wrong response from the webhook: {} {reason}",
        status.as_u16()
    ))
}
