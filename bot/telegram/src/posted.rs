//! What the platform posts, instead of being asked for it. Each post carries a secret that is made anew
//! for each start; what does not is refused before it is read. A post is answered once everything in it
//! was decided: the platform repeats what was not.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header::CONTENT_LENGTH},
    routing::post,
};
use countersign_chat::{Burst, Talk, budget};
use countersign_domain::unheard::Unheard;
use reqwest_chat::Url;
use secrecy::ExposeSecret as _;
use sha2::{Digest as _, Sha256};
use teloxide::{
    payloads::SetWebhookSetters as _,
    prelude::Requester as _,
    types::{Update, UpdateKind, WebhookInfo},
};
use tokio::net::TcpListener;

use crate::{
    api::Fault,
    config::Webhook,
    hear::{Ears, HEARD, Patience},
    line::Line,
    silence::Silence,
};

/// The header with the secret.
const SECRET: &str = "x-telegram-bot-api-secret-token";

/// Bytes of one post; an update has some thousands.
const MOST: usize = 1 << 20;

/// The longest that a post may take to arrive.
const ARRIVAL: Duration = Duration::from_secs(10);

/// Between two looks whether the platform still posts to here.
const LOOK: Duration = Duration::from_mins(1);

/// Where updates are posted.
struct Postbox {
    ears: Ears,
    webhook: Webhook,
    /// True once the platform knows the secret.
    known: AtomicBool,
    forged: Burst,
}

impl Line {
    /// Has everything posted to `webhook`, and takes from `listener` what arrives there, until `stopped`.
    /// What people press and write is done by `talk`.
    ///
    /// # Errors
    ///
    /// [`io::Error`] when the listener cannot accept at all.
    pub async fn take_posts(
        &self,
        listener: TcpListener,
        webhook: Webhook,
        talk: Talk,
        stopped: impl Future<Output = ()> + Send + 'static,
    ) -> io::Result<()> {
        let postbox = Arc::new(Postbox {
            ears: Ears::new(self, talk),
            webhook,
            known: AtomicBool::new(false),
            forged: Burst::default(),
        });
        // A proxy may pass on the path, or not: what counts is the secret.
        let router = Router::new()
            .route("/", post(posted))
            .route("/{*path}", post(posted))
            .with_state(postbox.clone());
        let serving = axum::serve(listener, router).with_graceful_shutdown(stopped);
        let served = tokio::select! {
            served = serving.into_future() => served,
            () = postbox.ask_for_posts() => Ok(()),
            never = postbox.ears.offer_commands() => match never {},
        };
        postbox.ears.answers.finish().await;
        served
    }

    /// Has nothing posted to that address any more, so that it can be listened for again; a webhook
    /// elsewhere is somebody else's and stays. Tried until it is done; nobody is heard until then, which
    /// `talk` says when it takes too long.
    pub async fn take_back(&self, address: &str, talk: Talk) {
        let ears = Ears::new(self, talk);
        let mut patience = Patience::default();
        let silence = Silence::since(self.wire.now(), ears.bound());
        while let Err(fault) = self.leave(address).await {
            if silence.is_cut_off(self.wire.now()) {
                ears.deaf(&fault).await;
            }
            ears.failed(&mut patience, &fault).await;
        }
    }

    async fn leave(&self, address: &str) -> Result<(), Fault> {
        let now = self.webhook().await?.url;
        if now.is_none() || now != address.parse().ok() {
            return Ok(());
        }
        let call = self.wire.bot.delete_webhook();
        self.wire.called(call.into_future()).await.map(drop)
    }

    /// What the platform knows of the bot's webhook.
    pub(crate) async fn webhook(&self) -> Result<WebhookInfo, Fault> {
        let call = self.wire.bot.get_webhook_info();
        self.wire.called(call.into_future()).await
    }
}

impl Postbox {
    /// Tells the platform where to post, and then sees that it stays so.
    async fn ask_for_posts(&self) {
        let (ears, wire) = (&self.ears, &self.ears.line.wire);
        let mut patience = Patience::default();
        let mut silence = Silence::since(wire.now(), ears.bound());
        while let Err(fault) = self.ask().await {
            self.watch(&mut silence, Err(fault.clone())).await;
            ears.failed(&mut patience, &fault).await;
        }
        silence.answered(wire.now(), true);
        ears.hears();
        loop {
            budget::wait(LOOK).await;
            let told = ears.line.webhook().await;
            self.watch(&mut silence, told).await;
        }
    }

    /// Looks whether what people press can arrive, by what the platform tells. Posts that fail are
    /// repeated at the platform's own times, so that only an empty queue says that they arrive again.
    async fn watch(&self, silence: &mut Silence, told: Result<WebhookInfo, Fault>) {
        let now = self.ears.line.wire.now();
        let said = match told {
            Err(fault) => silence.is_cut_off(now).then(|| Unheard::from(&fault)),
            Ok(info) => {
                silence.answered(now, info.pending_update_count == 0);
                let stuck = stuck(&info);
                silence.waits(now, stuck.as_ref().map_or(0, |_| info.pending_update_count));
                let stuck = stuck.filter(|_| silence.is_passed_over(now));
                elsewhere(&info, &self.webhook.address).or(stuck)
            }
        };
        match said {
            Some(said) => self.ears.deaf(said).await,
            None if silence.is_whole(now) => self.ears.hears(),
            None => {}
        }
    }

    async fn ask(&self) -> Result<(), Fault> {
        self.ears.learn_name().await?;
        let wire = &self.ears.line.wire;
        let call = wire
            .bot
            .set_webhook(self.webhook.address.clone())
            .secret_token(self.webhook.secret.expose_secret())
            .allowed_updates(HEARD);
        wire.called(call.into_future()).await?;
        self.known.store(true, Ordering::Relaxed);
        Ok(())
    }

    /// What somebody posted who does not know the secret.
    async fn refuse(&self) -> StatusCode {
        if !self.known.load(Ordering::Relaxed) {
            // It may be the platform's, under the secret of the process before: it is posted again.
            return StatusCode::SERVICE_UNAVAILABLE;
        }
        // Whoever finds the address can post to it: that is no alarm before it is many. Posts of the
        // platform's own that lose their secret on the way are told by what it knows of its webhook.
        let burst = self.forged.one_more(self.ears.line.wire.now());
        let count = self.forged.all();
        if count == 1 {
            tracing::warn!("a post without Telegram's secret was refused; more are only counted");
        }
        tracing::debug!(count, "a post without Telegram's secret was refused");
        if let Some(count) = burst {
            self.ears.forged(count).await;
        }
        StatusCode::UNAUTHORIZED
    }
}

/// The platform posts to somewhere else.
fn elsewhere(info: &WebhookInfo, ours: &Url) -> Option<Unheard> {
    let gone = info.url.as_ref() != Some(ours);
    gone.then_some(Unheard::Elsewhere)
}

/// Updates wait because they cannot be posted, as far as the platform knows of it.
fn stuck(info: &WebhookInfo) -> Option<Unheard> {
    let waiting = info.pending_update_count;
    let said = info.last_error_message.clone()?;
    (waiting > 0).then_some(Unheard::Stuck { waiting, said })
}

async fn posted(State(postbox): State<Arc<Postbox>>, request: Request) -> StatusCode {
    if !is_signed(postbox.webhook.secret.expose_secret(), request.headers()) {
        return postbox.refuse().await;
    }
    if is_too_long(request.headers()) {
        // Nothing that the platform sends: repeated, it would keep back everything behind it.
        postbox.ears.unreadable(true).await;
        return StatusCode::OK;
    }
    let body = match whole(request.into_body()).await {
        Ok(body) => body,
        Err(status) => return status,
    };
    // What is decided is decided, whether or not the one who posted it still waits.
    let decided = tokio::spawn(async move {
        match read(&body) {
            Some(update) => postbox.ears.kept(update).await,
            // Posted again it is not read either, and would keep back everything behind it.
            None => postbox.ears.unreadable(true).await,
        }
    });
    match decided.await {
        Ok(()) => StatusCode::OK,
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// All of a body; of one that arrives in part the platform hears, and posts it again.
async fn whole(body: Body) -> Result<Vec<u8>, StatusCode> {
    match tokio::time::timeout(ARRIVAL, to_bytes(body, MOST)).await {
        Ok(Ok(body)) => Ok(body.into()),
        Ok(Err(_)) => Err(StatusCode::BAD_REQUEST),
        Err(_) => Err(StatusCode::REQUEST_TIMEOUT),
    }
}

/// The update that a body is.
fn read(body: &[u8]) -> Option<Update> {
    // From the bytes: the library reads no update out of a value.
    let mut update: Update = serde_json::from_slice(body).ok()?;
    if let UpdateKind::Error(unreadable) = &mut update.kind {
        *unreadable = serde_json::from_slice(body).ok()?;
    }
    Some(update)
}

/// True when a post carries the secret, once. How long that takes tells nothing of the secret: what is
/// compared are digests, to their ends.
fn is_signed(secret: &str, headers: &HeaderMap) -> bool {
    let mut carried = headers.get_all(SECRET).iter();
    let (Some(carried), None) = (carried.next(), carried.next()) else {
        return false;
    };
    let (ours, theirs) = (
        Sha256::digest(secret.as_bytes()),
        Sha256::digest(carried.as_bytes()),
    );
    let differing = ours
        .iter()
        .zip(theirs.iter())
        .fold(0, |seen, (one, other)| seen | (one ^ other));
    std::hint::black_box(differing) == 0
}

fn is_too_long(headers: &HeaderMap) -> bool {
    let length = headers.get(CONTENT_LENGTH);
    let length = length.and_then(|it| it.to_str().ok()?.parse::<usize>().ok());
    length.is_some_and(|length| length > MOST)
}

#[cfg(test)]
mod tests;
