//! Interactions posted to an address of the bot's, signed as the platform signs them.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use ed25519_dalek::{Signer, SigningKey};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::DiscordFake;
use super::refusal::{Refusal, Violation};
use super::render::id;
use super::rest::call_back;
use super::schema::{Names, check};
use super::shared::Shared;
use super::spec::Spec;

/// The platform waits this long for an answer.
const PATIENCE: Duration = Duration::from_secs(3);
const MOST_BYTES: usize = 30 * 1024 * 1024;

/// How a posted interaction is sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sealing {
    /// As the platform does.
    Proper,
    /// Without any signature.
    Unsigned,
    /// Signed by somebody else.
    Forged,
    /// Signed properly, that long ago.
    Stale(Duration),
    /// Signed properly, and changed afterwards.
    Altered,
    /// A signature that is no signature.
    Garbled,
}

/// What an endpoint answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Delivered {
    /// HTTP status; 0 when there was no answer in time.
    pub status: u16,
    /// The answer, null when it was no JSON.
    pub body: Value,
}

/// The platform's key for an application: the same for the same token.
pub(crate) fn signing_key(token: &str) -> SigningKey {
    SigningKey::from_bytes(&Sha256::digest(token.as_bytes()).into())
}

impl DiscordFake {
    /// From now on interactions are posted to this address; `None` brings them back to the gateway.
    pub fn post_interactions_to(&self, url: Option<&str>) {
        self.shared.world().endpoint = url.map(str::to_owned);
    }

    /// What the platform does before it takes an address: a ping that has to be answered, and a forged
    /// one that has to be refused with 401.
    pub async fn accepts_endpoint(&self, url: &str) -> bool {
        let ping = self.ping_payload();
        let greeted = self.post(url, &ping, Sealing::Proper).await;
        let refused = self.post(url, &ping, Sealing::Forged).await;
        greeted.status == 200 && greeted.body["type"] == 1 && refused.status == 401
    }

    /// Posts the payload of an interaction that was sent before, sealed in any way; the answer counts for
    /// nothing but what is returned.
    pub async fn post_again(&self, interaction: u64, url: &str, sealing: Sealing) -> Delivered {
        let payload = self
            .shared
            .world()
            .interactions
            .get(&interaction)
            .map(|one| one.payload.clone());
        self.post(url, &payload.unwrap_or_default(), sealing).await
    }

    /// Posts any payload.
    pub async fn post(&self, url: &str, payload: &Value, sealing: Sealing) -> Delivered {
        post(&self.shared, url, payload, sealing).await
    }

    fn ping_payload(&self) -> Value {
        let mut world = self.shared.world();
        let ping = world.next_id();
        json!({
            "id": id(ping), "application_id": id(world.application), "type": 1, "token": "ping", "version": 1,
            "user": world.user_json(world.owner), "entitlements": [], "authorizing_integration_owners": {},
        })
    }
}

/// Posts an interaction and takes what the endpoint answers as its first answer.
pub(crate) async fn deliver(shared: Arc<Shared>, url: String, interaction: u64, payload: Value) {
    let delivered = post(&shared, &url, &payload, Sealing::Proper).await;
    let mut world = shared.world();
    if let Some(interaction) = world.interactions.get_mut(&interaction) {
        interaction.endpoint_status = Some(delivered.status);
    }
    // 202 without a body: the answer comes over REST.
    if delivered.status == 200 {
        let schema = callback_schema(&shared.spec);
        let faults = check(&shared.spec, schema, &delivered.body, Names::Known);
        let taken = if faults.is_empty() {
            call_back(&mut world, interaction, &delivered.body, &[])
        } else {
            Err(Refusal::form(&faults))
        };
        if let Err(refusal) = taken
            && refusal.blame
        {
            world.log.violations.push(Violation {
                place: "answer of the interactions endpoint".to_owned(),
                code: refusal.code,
                message: refusal.message,
                detail: json!({"errors": refusal.errors, "sent": delivered.body}),
            });
        }
    }
    drop(world);
    shared.touch();
}

fn callback_schema(spec: &Spec) -> &Value {
    let route =
        &spec.document["paths"]["/interactions/{interaction_id}/{interaction_token}/callback"];
    &route["post"]["requestBody"]["content"]["application/json"]["schema"]
}

async fn post(shared: &Shared, url: &str, payload: &Value, sealing: Sealing) -> Delivered {
    let request = sealed(shared, url, payload, sealing);
    let client = Client::builder(TokioExecutor::new()).build_http::<Body>();
    let asked = async {
        let response = client.request(request?).await.ok()?;
        let status = response.status().as_u16();
        let bytes = to_bytes(Body::new(response.into_body()), MOST_BYTES)
            .await
            .ok()?;
        Some(Delivered {
            status,
            body: serde_json::from_slice(&bytes).unwrap_or_default(),
        })
    };
    let answered = tokio::time::timeout(PATIENCE, asked).await.ok().flatten();
    answered.unwrap_or(Delivered {
        status: 0,
        body: Value::Null,
    })
}

fn sealed(shared: &Shared, url: &str, payload: &Value, sealing: Sealing) -> Option<Request<Body>> {
    let key = match sealing {
        Sealing::Forged => signing_key("somebody else"),
        _ => signing_key(&shared.world().token),
    };
    let age = if let Sealing::Stale(age) = sealing {
        age
    } else {
        Duration::ZERO
    };
    let timestamp = (shared.clock.now_us() - super::clock::micros(age)) / 1_000_000;
    let signed = payload.to_string();
    let signature = hex::encode(
        key.sign(format!("{timestamp}{signed}").as_bytes())
            .to_bytes(),
    );
    let body = if sealing == Sealing::Altered {
        format!("{signed} ")
    } else {
        signed
    };
    let mut request = Request::post(url)
        .header(header::CONTENT_TYPE, "application/json")
        .header(
            header::USER_AGENT,
            "Discord-Interactions/1.0 (+https://discord.com)",
        );
    if sealing != Sealing::Unsigned {
        let signature = if sealing == Sealing::Garbled {
            "zz".to_owned()
        } else {
            signature
        };
        request = request
            .header("x-signature-ed25519", signature)
            .header("x-signature-timestamp", timestamp);
    }
    request.body(Body::from(body)).ok()
}
