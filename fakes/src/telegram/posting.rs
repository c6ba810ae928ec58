//! What a test does where the bot's updates are posted.

use axum::body::{Body, Bytes};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use serde_json::Value;

use super::deliver::Post;
use super::fake::TelegramFake;
use super::press::Press;
use super::updates::Seal;

impl TelegramFake {
    /// Stands where a proxy does: what is posted to `host` (`https://desk.example`) is passed on to an
    /// address of this machine (`http://127.0.0.1:4000`).
    pub fn pass_on(&self, host: &str, to: &str) {
        let (host, to) = (host.to_owned(), to.to_owned());
        self.shared
            .change(|world| world.updates.proxies.insert(host, to));
    }

    /// The address to which updates are posted, if they are.
    pub fn webhook(&self) -> Option<String> {
        self.shared
            .quietly(|world| world.updates.webhook.as_ref().map(|it| it.url.clone()))
    }

    /// Has updates posted to an address, as another process with the same token would.
    pub fn set_webhook(&self, url: &str) {
        self.shared.change(|world| {
            world.updates.webhook = Some(super::updates::Webhook {
                url: url.to_owned(),
                secret: None,
                max_connections: 40,
            });
            world.updates.poller += 1;
        });
    }

    /// The secret that the bot chose for its posts.
    pub fn webhook_secret(&self) -> Option<String> {
        self.shared
            .quietly(|world| world.updates.webhook.as_ref()?.secret.clone())
    }

    /// Waits until the bot has its updates posted.
    ///
    /// # Panics
    /// When it does not in time.
    pub async fn until_posted_to(&self) -> String {
        let address = self.watch(|| self.webhook()).await;
        address.expect("the bot sets a webhook")
    }

    /// Loses the answers to posts from now on, or no longer: they are posted again.
    pub fn lose_post_answers(&self, lost: bool) {
        self.shared.change(|world| world.updates.deaf = lost);
    }

    /// Waits until a post waits for its answer.
    ///
    /// # Panics
    /// When none does in time.
    pub async fn until_posting(&self) {
        let look = || {
            self.shared
                .quietly(|world| world.updates.posting.then_some(()))
        };
        self.watch(look).await.expect("a post under way");
    }

    /// The update that tells of a press.
    ///
    /// # Panics
    /// When the bot was not to be told of it.
    #[track_caller]
    pub fn update_of(&self, press: &Press) -> Value {
        let update = self
            .shared
            .quietly(|world| world.updates.of_press(&press.id));
        update.unwrap_or_else(|| panic!("no update tells of {press:?}"))
    }

    /// Posts any bytes to the bot, beside what waits; the status of the answer.
    ///
    /// # Panics
    /// When the bot has no webhook, or nobody answers there.
    pub async fn posts(&self, body: impl Into<Bytes>, seal: Seal) -> u16 {
        let post = self.shared.quietly(|world| Post::of(world, seal));
        let post = post.expect("the bot has a webhook");
        let client = Client::builder(TokioExecutor::new()).build_http::<Body>();
        let told = post.send(&client, body.into()).await;
        told.unwrap_or_else(|what| panic!("{what}")).status.as_u16()
    }
}
