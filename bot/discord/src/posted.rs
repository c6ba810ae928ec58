//! Interactions that the platform posts to an address, instead of telling them on the gateway. Each is
//! signed; what is not, or is old, is refused before it is read.

use std::{io, sync::Arc};

use axum::{
    Json, Router,
    body::Bytes,
    extract::{DefaultBodyLimit, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse as _, Response},
    routing::post,
};
use countersign_chat::{Burst, Talk};
use ed25519_dalek::{Signature, VerifyingKey};
use serde_json::{Value, json};
use serenity::model::application::Interaction;
use tokio::{net::TcpListener, sync::oneshot};

use crate::{asked::Door, config::LineError, hear::Ears, line::Line};

/// A signature older, or from further ahead, than this counts for nothing. Seconds.
const FRESH: i64 = 60;

/// Bytes of one interaction.
const MOST: usize = 1 << 20;

/// The application's public key.
#[derive(Clone, Debug)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// Reads the key as the developer portal shows it, in hexadecimal digits.
    ///
    /// # Errors
    ///
    /// [`LineError::Key`].
    pub fn of(text: &str) -> Result<Self, LineError> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text.trim(), &mut bytes).map_err(|_| LineError::Key)?;
        let key = VerifyingKey::from_bytes(&bytes).map_err(|_| LineError::Key)?;
        Ok(Self(key))
    }
}

/// Where interactions are posted.
#[derive(Clone)]
struct Postbox {
    ears: Arc<Ears>,
    key: PublicKey,
    forged: Arc<Burst>,
}

impl Line {
    /// Takes what is posted to `listener` until `stopped`. What people press and hand in is done by
    /// `talk`, and answered.
    ///
    /// # Errors
    ///
    /// [`io::Error`] when the listener cannot accept at all.
    pub async fn take_posts(
        &self,
        listener: TcpListener,
        key: PublicKey,
        talk: Talk,
        stopped: impl Future<Output = ()> + Send + 'static,
    ) -> io::Result<()> {
        let ears = Ears::new(self, talk);
        let introduced = ears.clone();
        let introducing = tokio::spawn(async move { introduced.introduce().await });
        let forged = Arc::default();
        let postbox = Postbox { ears, key, forged };
        let router = Router::new()
            .route("/", post(posted))
            .layer(DefaultBodyLimit::max(MOST))
            .with_state(postbox);
        let served = axum::serve(listener, router)
            .with_graceful_shutdown(stopped)
            .await;
        introducing.abort();
        served
    }
}

impl Postbox {
    /// What the platform did not sign just now. It posts a few of those itself, to see them refused.
    async fn refuse(&self) -> StatusCode {
        let burst = self.forged.one_more(self.ears.wire.now());
        let count = self.forged.all();
        if count == 1 {
            tracing::warn!("a post without Discord's signature was refused; more are only counted");
        }
        tracing::debug!(count, "a post without Discord's signature was refused");
        if let Some(count) = burst {
            self.ears.forged(count).await;
        }
        StatusCode::UNAUTHORIZED
    }
}

async fn posted(State(postbox): State<Postbox>, headers: HeaderMap, body: Bytes) -> Response {
    let now = postbox.ears.wire.clock.now().as_second();
    if !is_signed(&postbox.key, &headers, &body, now) {
        return postbox.refuse().await.into_response();
    }
    let read: Result<Interaction, _> = serde_json::from_slice(&body);
    let interaction = match read {
        Ok(Interaction::Ping(_)) => return Json(json!({"type": 1})).into_response(),
        Ok(interaction) => interaction,
        Err(_) => {
            postbox.ears.unreadable("INTERACTION_CREATE").await;
            return StatusCode::BAD_REQUEST.into_response();
        }
    };
    let (sender, answer) = oneshot::channel::<Value>();
    // What is decided is decided, whether or not the one who posted it still waits.
    tokio::spawn(async move {
        Box::pin(postbox.ears.heard(interaction, Door::Posted(sender))).await;
    });
    match answer.await {
        Ok(answer) => Json(answer).into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

/// True when the key's owner signed this body, with its time, just now.
fn is_signed(key: &PublicKey, headers: &HeaderMap, body: &[u8], now: i64) -> bool {
    let header = |name: &str| headers.get(name).and_then(|it| it.to_str().ok());
    let time = header("x-signature-timestamp").unwrap_or_default();
    let fresh = time
        .parse()
        .is_ok_and(|time: i64| now.saturating_sub(time).saturating_abs() <= FRESH);
    let mut signature = [0; 64];
    let signed = header("x-signature-ed25519").unwrap_or_default();
    if !fresh || hex::decode_to_slice(signed, &mut signature).is_err() {
        return false;
    }
    let message = [time.as_bytes(), body].concat();
    let signature = Signature::from_bytes(&signature);
    key.0.verify_strict(&message, &signature).is_ok()
}

#[cfg(test)]
mod tests;
