//! Delivery to a webhook.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::header::CONTENT_TYPE;
use axum::http::{Method, Request, StatusCode};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::Value;
use tokio::time::timeout;

use super::shared::Shared;
use super::updates::Seal;
use super::world::World;

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
            let update = world.updates.first()?;
            Some((Post::of(world, Seal::Proper)?, update))
        });
        let Some((post, update)) = next else {
            if bell.changed().await.is_err() {
                return;
            }
            continue;
        };
        shared.change(|world| world.updates.posting = true);
        let posted = timeout(PATIENCE, post.send(&client, update.to_string().into())).await;
        let failure = match posted {
            Ok(Ok(told)) => told.failure(&shared),
            Ok(Err(what)) => Some(what),
            Err(_) => Some("Read timeout expired".to_owned()),
        };
        let failed = shared.change(|world| {
            world.updates.posting = false;
            let lost = world
                .updates
                .deaf
                .then(|| "Connection reset by peer".to_owned());
            let date = world.date();
            match failure.or(lost) {
                Some(what) => world.updates.failure = Some((date, what)),
                None if world.updates.first().as_ref() == Some(&update) => {
                    world.updates.forget_first();
                    return false;
                }
                None => return false,
            }
            true
        });
        if failed {
            // A pause that nothing ends sooner.
            let _over = timeout(PAUSE, std::future::pending::<()>()).await;
        }
    }
}

/// Where and how something is posted.
pub(super) struct Post {
    to: Option<String>,
    secret: Option<String>,
}

/// What a bot answered to a post.
pub(super) struct Told {
    pub(super) status: StatusCode,
    body: Bytes,
}

impl Post {
    /// As the bot wants it posted, but for what proves who posts; nothing when it wants none.
    pub(super) fn of(world: &World, seal: Seal) -> Option<Self> {
        let webhook = world.updates.webhook.as_ref()?;
        let secret = match seal {
            Seal::Proper => webhook.secret.clone(),
            Seal::Missing => None,
            Seal::Forged => Some("forged".to_owned()),
        };
        Some(Self {
            to: webhook.reached_by(&world.updates.proxies),
            secret,
        })
    }

    /// Posts it.
    pub(super) async fn send(
        &self,
        client: &Client<HttpConnector, Body>,
        body: Bytes,
    ) -> Result<Told, String> {
        let to = self.to.as_deref().ok_or("Failed to resolve host")?;
        let request = Request::builder()
            .method(Method::POST)
            .uri(to)
            .header(CONTENT_TYPE, "application/json");
        let request = match &self.secret {
            Some(secret) => request.header(SECRET, secret),
            None => request,
        };
        let request = request.body(Body::from(body));
        let request = request.map_err(|error| error.to_string())?;
        let response = client.request(request).await;
        let response = response.map_err(|_| "Connection refused".to_owned())?;
        let status = response.status();
        let body = axum::body::to_bytes(Body::new(response.into_body()), 1 << 20).await;
        let body = body.map_err(|error| error.to_string())?;
        Ok(Told { status, body })
    }
}

impl Told {
    /// Why the update was not taken; a call that the answer asks for is noted.
    fn failure(&self, shared: &Shared) -> Option<String> {
        if self.status.is_success() {
            let said: Value = serde_json::from_slice(&self.body).unwrap_or_default();
            if said.get("method").is_some() {
                let what = "the fake performs no call that a webhook's answer asks for";
                shared.change(|world| world.violate("webhook", what));
            }
            return None;
        }
        let reason = self.status.canonical_reason().unwrap_or_default();
        let status = self.status.as_u16();
        Some(format!(
            "Wrong response from the webhook: {status} {reason}"
        ))
    }
}
