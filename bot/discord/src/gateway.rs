//! The gateway: a client that hears what the platform tells. It mends itself; what only a person can
//! mend is said once, and tried again now and then.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use countersign_chat::{Talk, budget};
use countersign_domain::unheard::Unheard;
use secrecy::ExposeSecret as _;
use serenity::{
    Client, Error,
    client::{ClientBuilder, Context, RawEventHandler},
    gateway::{ConnectionStage, GatewayError, ShardManager, ShardRunnerMessage},
    model::{event::Event, gateway::GatewayIntents},
};
use tokio::sync::Mutex;

use crate::{
    api::{Fault, fault},
    asked::Door,
    echo::Deaf,
    hear::Ears,
    line::Line,
};

/// Before a fault of the connection is tried again: at first, and at the most.
const FIRST: Duration = Duration::from_millis(500);
const MOST: Duration = Duration::from_secs(30);

/// Between two looks at the connection.
const LOOK: Duration = Duration::from_secs(2);

/// Messages, of which its own come back; what is pressed is told without any intent.
const ASKED: GatewayIntents = GatewayIntents::GUILD_MESSAGES.union(GatewayIntents::DIRECT_MESSAGES);

/// What mends a refusal of intents.
const INTENTS: &str = "this program asks for none that has to be granted, so look at the bot's page at \
                       the developer portal for what is amiss";

/// The code of a goodbye after which the session is resumed.
const AGAIN: u16 = 4000;

/// The longest that a farewell is waited for.
const FAREWELL: Duration = Duration::from_secs(2);

impl Line {
    /// Listens on the gateway until `stopped`. What people press and hand in is done by `talk`, and
    /// answered.
    pub async fn listen(&self, talk: Talk, stopped: impl Future<Output = ()>) {
        let ears = Ears::new(self, talk);
        let shards = Mutex::new(None);
        tokio::select! {
            () = stopped => {}
            () = hear(&ears, &shards) => {}
            () = watch(&ears, &shards) => {}
            () = ears.introduce() => {}
        }
        ears.close();
        let manager: Option<Arc<ShardManager>> = shards.lock().await.take();
        if let Some(manager) = manager {
            let farewell = tokio::time::timeout(FAREWELL, manager.shutdown_all());
            if farewell.await.is_err() {
                tracing::debug!("the gateway did not say goodbye");
            }
        }
    }
}

/// What ended a connection.
enum Ended {
    /// Something that passes.
    Passing(String),
    /// Something that a person has to mend.
    Lasting(String),
    /// No connection may be begun before so long.
    Spent(Duration),
}

async fn hear(ears: &Arc<Ears>, shards: &Mutex<Option<Arc<ShardManager>>>) {
    let mut wait = FIRST;
    loop {
        let pause = match connected(ears, shards).await {
            Ended::Passing(said) => {
                tracing::warn!(said, "Discord is not heard; it is tried again");
                wait = (wait * 2).min(MOST);
                wait
            }
            Ended::Lasting(said) => {
                tracing::warn!(said, "Discord is not heard; a person has to mend it");
                ears.deaf(said).await;
                MOST
            }
            Ended::Spent(pause) => {
                tracing::warn!(?pause, "no connection to Discord may be begun yet");
                let seconds = pause.as_secs();
                ears.deaf(Unheard::Spent(seconds)).await;
                pause
            }
        };
        budget::wait(pause).await;
    }
}

/// Looks whether the gateway hears us and is heard: a connection whose heartbeats are not
/// acknowledged is begun anew by the library, and one that cannot be begun is none. One on which nothing
/// of what is posted is told is resumed on another. Too long without one is an alarm.
async fn watch(ears: &Ears, shards: &Mutex<Option<Arc<ShardManager>>>) {
    let Some(bound) = ears.bound() else {
        return std::future::pending().await;
    };
    let now = || ears.wire.clock.read().monotonic.unsigned_abs();
    let (mut connected, mut told) = (now(), false);
    loop {
        budget::wait(LOOK.min(bound)).await;
        if !is_connected(shards).await {
            if now().saturating_sub(connected) >= bound {
                told = true;
                ears.deaf(Unheard::Unconnected).await;
            }
            continue;
        }
        connected = now();
        if std::mem::take(&mut told) {
            ears.connected();
        }
        let Some(deaf) = ears.wire.echo.given_up(connected, bound / 2) else {
            continue;
        };
        tracing::warn!("the gateway tells nothing of what is posted; another connection is begun");
        if deaf == Deaf::Again {
            ears.deaf(Unheard::NothingBack).await;
        }
        resume(shards).await;
    }
}

/// Ends the connection, so that the library goes on with the session on another one.
async fn resume(shards: &Mutex<Option<Arc<ShardManager>>>) {
    let manager = shards.lock().await.clone();
    if let Some(manager) = manager {
        for runner in manager.runners.lock().await.values() {
            let goodbye = ShardRunnerMessage::Close(AGAIN, None);
            runner.runner_tx.send_to_shard(goodbye);
        }
    }
}

async fn is_connected(shards: &Mutex<Option<Arc<ShardManager>>>) -> bool {
    let manager = shards.lock().await.clone();
    let Some(manager) = manager else {
        return false;
    };
    let runners = manager.runners.lock().await;
    let mut stages = runners.values().map(|it| it.stage);
    stages.any(|stage| stage == ConnectionStage::Connected)
}

/// One client, until it ends. The library resumes and reconnects by itself.
async fn connected(ears: &Arc<Ears>, shards: &Mutex<Option<Arc<ShardManager>>>) -> Ended {
    let http = ears.wire.apart();
    let gateway = match ears.wire.counting(http.get_bot_gateway()).await {
        Ok(gateway) => gateway,
        Err(error) => {
            let fault = fault(error, ears.wire.token().expose_secret());
            let lasting = matches!(
                fault,
                Fault::Token | Fault::Lost(_) | Fault::Refused(_) | Fault::Nowhere(_)
            );
            let said = fault.to_string();
            return if lasting {
                Ended::Lasting(said)
            } else {
                Ended::Passing(said)
            };
        }
    };
    let limit = &gateway.session_start_limit;
    if limit.remaining == 0 {
        return Ended::Spent(Duration::from_millis(limit.reset_after).max(FIRST));
    }
    let client = ClientBuilder::new_with_http(http, ASKED).raw_event_handler(Hearing(ears.clone()));
    // It asks where the gateway is.
    let client = ears.wire.counting(client.into_future()).await;
    let mut client: Client = match client {
        Ok(client) => client,
        Err(error) => return ended(&error),
    };
    *client.ws_url.lock().await = gateway.url;
    *shards.lock().await = Some(client.shard_manager.clone());
    let end = match client.start().await {
        Ok(()) => Ended::Passing("the connection ended".to_owned()),
        Err(error) => ended(&error),
    };
    shards.lock().await.take();
    client.shard_manager.shutdown_all().await;
    end
}

fn ended(error: &Error) -> Ended {
    let said = error.to_string();
    match error {
        Error::Gateway(GatewayError::InvalidAuthentication) => {
            Ended::Lasting(Fault::Token.to_string())
        }
        Error::Gateway(
            GatewayError::InvalidGatewayIntents | GatewayError::DisallowedGatewayIntents,
        ) => Ended::Lasting(format!("{said}; {INTENTS}")),
        _ => Ended::Passing(said),
    }
}

/// Hears every event.
struct Hearing(Arc<Ears>);

#[async_trait]
impl RawEventHandler for Hearing {
    async fn raw_event(&self, _: Context, event: Event) {
        match &event {
            Event::Ready(_) | Event::Resumed(_) => self.0.connected(),
            _ => self.0.told(),
        }
        match event {
            Event::InteractionCreate(event) => {
                Box::pin(self.0.heard(event.interaction, Door::Call)).await;
            }
            Event::MessageDelete(event) => self.0.taken_away(&[event.message_id]),
            Event::MessageDeleteBulk(event) => self.0.taken_away(&event.ids),
            Event::Unknown(event) => self.0.unreadable(&event.kind).await,
            _ => {}
        }
    }
}
