//! Chat platforms: the bots of this process, the rooms that the desk draws in through them, and their
//! loops. A platform that is down, slow or wrong keeps nothing else waiting: each room and each bot has
//! a task of its own.

use std::{
    collections::BTreeMap, io, net, panic::AssertUnwindSafe, path::Path, pin::pin, sync::Arc,
    time::Duration,
};

use anyhow::{Context as _, Result};
use countersign_cards::Locale;
use countersign_chat::Talk;
use countersign_desk::{
    Desk,
    ports::{Chat, Clock, StoreError},
};
use countersign_discord::{DiscordConfig, Elsewhere, PublicKey};
use countersign_domain::{
    operator::{Room, Surface},
    unheard::Unheard,
};
use countersign_telegram::TelegramConfig;
use futures::FutureExt as _;
use tokio::{net::TcpListener, sync::watch, task::JoinSet};

use crate::{beats::Beats, config::Config, posting::Posting};

/// Between two looks at what waits for a room, when nothing wakes it.
const LOOK: Duration = Duration::from_millis(250);

/// The longest that what is being drawn or answered is waited for at the end.
const PATIENCE: Duration = Duration::from_secs(3);

/// Before a task that broke is begun anew: at first, and at the most.
const FIRST: Duration = Duration::from_millis(500);
const MOST: Duration = Duration::from_mins(1);

/// The bots that this process has tokens for.
pub struct Platforms {
    telegram: Option<countersign_telegram::Line>,
    posting: Posting,
    discord: Option<countersign_discord::Line>,
    postbox: Option<Postbox>,
}

/// Where Discord's interactions are posted.
struct Postbox {
    port: Port,
    key: PublicKey,
}

/// A port that something is posted to. It stays this process's while what takes the posts is begun anew:
/// who posts meanwhile waits.
pub(crate) struct Port(net::TcpListener);

impl Port {
    fn of(listener: TcpListener) -> io::Result<Self> {
        listener.into_std().map(Self)
    }

    /// Its listener, once more.
    fn listener(&self) -> io::Result<TcpListener> {
        TcpListener::from_std(self.0.try_clone()?)
    }
}

/// The tasks of the bots.
pub struct Running {
    hearing: watch::Sender<bool>,
    drawing: watch::Sender<bool>,
    ears: JoinSet<()>,
    hands: JoinSet<()>,
}

impl Platforms {
    /// The bots that the environment has tokens for. Nothing is called yet.
    ///
    /// # Errors
    ///
    /// What a setting makes impossible.
    pub async fn open(config: &Config, home: &Path, clock: &Arc<dyn Clock>) -> Result<Self> {
        let telegram = match &config.tokens.telegram {
            Some(token) => Some(countersign_telegram::Line::new(TelegramConfig {
                token: token.secret(),
                api: config.telegram.api.clone(),
                chats: config.telegram.chats.iter().map(|chat| chat.0).collect(),
                clock: clock.clone(),
                language: config.desk.language,
            })?),
            None => None,
        };
        let posting = match &telegram {
            Some(_) => Posting::open(&config.telegram, home).await?,
            None => Posting::default(),
        };
        let discord = match &config.tokens.discord {
            Some(token) => Some(countersign_discord::Line::new(DiscordConfig {
                token: token.secret(),
                channels: config.discord.channels.iter().map(|it| it.0).collect(),
                clock: clock.clone(),
                language: config.desk.language,
                elsewhere: Elsewhere::of_environment()?,
            })?),
            None => None,
        };
        let postbox = match (&discord, config.discord.interactions_port) {
            (None, _) | (_, 0) => None,
            (Some(_), port) => Some(Postbox {
                port: listen(port, "discord.interactions_port", "0 for the gateway").await?,
                key: PublicKey::of(&config.discord.public_key)?,
            }),
        };
        Ok(Self {
            telegram,
            posting,
            discord,
            postbox,
        })
    }

    /// The rooms, for the desk to draw in.
    pub fn rooms(&self) -> impl Iterator<Item = Arc<dyn Chat>> {
        let telegram = self.telegram.iter();
        let discord = self.discord.iter();
        telegram
            .flat_map(countersign_telegram::Line::rooms)
            .chain(discord.flat_map(countersign_discord::Line::rooms))
    }

    /// Lets every bot listen and every room be drawn in.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing runs.
    pub async fn start(self, desk: &Arc<Desk>, locale: Locale) -> Result<Running, StoreError> {
        let moved: BTreeMap<Room, i64> = desk.seen().await?.desk.moved.clone();
        let (hearing, heard) = watch::channel(false);
        let (drawing, drawn) = watch::channel(false);
        let (mut ears, mut hands) = (JoinSet::new(), JoinSet::new());
        let talk = Talk::new(desk.clone(), Arc::new(locale));
        for room in self.rooms() {
            let (desk, room, drawn) = (desk.clone(), room.room(), drawn.clone());
            hands.spawn(async move {
                let begin = || draw(desk.clone(), room, drawn.clone());
                let stands = |_| std::future::ready(());
                lasting(&format!("drawing in {room}"), begin, stands, &drawn).await;
            });
        }
        if let Some(line) = self.telegram {
            line.moved(&moved);
            ears.spawn(hear_telegram(
                line,
                self.posting,
                talk.clone(),
                heard.clone(),
            ));
        }
        if let Some(line) = self.discord {
            ears.spawn(hear_discord(line, self.postbox, talk, heard.clone()));
        }
        Ok(Running {
            hearing,
            drawing,
            ears,
            hands,
        })
    }
}

impl Running {
    /// Hears nothing any more.
    pub async fn hang_up(&mut self) {
        self.hearing.send_replace(true);
        finish(&mut self.ears).await;
    }

    /// Draws nothing any more; what waits is drawn by the next start.
    pub async fn stop(mut self) {
        self.hang_up().await;
        self.drawing.send_replace(true);
        finish(&mut self.hands).await;
    }
}

/// Listens on this machine's loopback interface alone.
pub(crate) async fn listen(port: u16, key: &str, otherwise: &str) -> Result<Port> {
    let taken = || format!("port {port} is taken; set {key} to a free one, or to {otherwise}");
    let listener = TcpListener::bind(("127.0.0.1", port)).await;
    listener.and_then(Port::of).with_context(taken)
}

/// Hears Telegram: asks for what there is, or takes what is posted.
async fn hear_telegram(
    line: countersign_telegram::Line,
    posting: Posting,
    talk: Talk,
    told: watch::Receiver<bool>,
) {
    let stands = |stands| stands_or_not(Surface::Telegram, &talk, stands);
    match posting {
        Posting::Polled(before) => {
            if let Some(before) = before {
                tokio::select! {
                    () = ended(told.clone()) => return,
                    () = line.take_back(before.address(), talk.clone()) => before.forget(),
                }
            }
            let begin = || line.listen(talk.clone(), ended(told.clone()));
            lasting("listening to Telegram", begin, stands, &told).await;
        }
        Posting::Posted(port, webhook) => {
            let begin = || {
                took(async {
                    let (listener, stop) = (port.listener()?, ended(told.clone()));
                    line.take_posts(listener, webhook.clone(), talk.clone(), stop)
                        .await
                })
            };
            lasting("taking what Telegram posts", begin, stands, &told).await;
        }
    }
}

/// Hears Discord: on the gateway, or what is posted.
async fn hear_discord(
    line: countersign_discord::Line,
    postbox: Option<Postbox>,
    talk: Talk,
    told: watch::Receiver<bool>,
) {
    let stands = |stands| stands_or_not(Surface::Discord, &talk, stands);
    if let Some(Postbox { port, key }) = postbox {
        let begin = || {
            took(async {
                let (listener, stop) = (port.listener()?, ended(told.clone()));
                line.take_posts(listener, key.clone(), talk.clone(), stop)
                    .await
            })
        };
        return lasting("taking what Discord posts", begin, stands, &told).await;
    }
    let begin = || line.listen(talk.clone(), ended(told.clone()));
    lasting("listening to Discord", begin, stands, &told).await;
}

/// Takes what is posted.
async fn took(posts: impl Future<Output = io::Result<()>>) {
    if let Err(error) = posts.await {
        tracing::error!(%error, "what is posted cannot be taken");
    }
}

/// A surface that broke again and again is not heard, and one that lasts is.
async fn stands_or_not(surface: Surface, talk: &Talk, stands: bool) {
    if stands {
        return talk.desk().hears(surface);
    }
    if let Err(error) = talk.desk().is_deaf(surface, Unheard::Broke).await {
        tracing::error!(%error, "that a platform is not heard could not be written down");
    }
}

/// Waits for the tasks, not for ever.
async fn finish(tasks: &mut JoinSet<()>) {
    let all = async { while tasks.join_next().await.is_some() {} };
    if tokio::time::timeout(PATIENCE, all).await.is_err() {
        tasks.abort_all();
    }
}

/// Runs a task to its end, and begins it anew when it breaks or ends too soon: nobody else would
/// notice. When that happens again at once, `stands` is told so, and also when it lasts after that.
async fn lasting<F: Future<Output = ()>, S: Future<Output = ()>>(
    name: &str,
    begin: impl Fn() -> F,
    stands: impl Fn(bool) -> S,
    told: &watch::Receiver<bool>,
) {
    let mut wait = FIRST;
    loop {
        let mut task = pin!(AssertUnwindSafe(begin()).catch_unwind());
        let went = tokio::select! {
            went = &mut task => went,
            () = countersign_chat::budget::wait(MOST) => {
                if wait > FIRST * 2 {
                    stands(true).await;
                }
                wait = FIRST;
                task.await
            }
        };
        if *told.borrow() {
            return;
        }
        let broke = went.is_err();
        tracing::error!(name, broke, "a task ended by itself; it is begun anew");
        if wait > FIRST {
            stands(false).await;
        }
        tokio::select! {
            () = ended(told.clone()) => return,
            () = countersign_chat::budget::wait(wait) => {}
        }
        wait = (wait * 2).min(MOST);
    }
}

async fn ended(mut told: watch::Receiver<bool>) {
    // Also when nobody is left to tell.
    let _ = told.wait_for(|end| *end).await;
}

/// Draws in one room whenever something waits and the room has time.
async fn draw(desk: Arc<Desk>, room: Room, told: watch::Receiver<bool>) {
    let mut beats = Beats::every(LOOK);
    let mut failing = false;
    loop {
        let next = async {
            let pause = desk.pause(room);
            if pause.is_zero() {
                tokio::select! {
                    _ = beats.next() => {}
                    () = desk.woken_to_show(room) => {}
                }
            } else {
                countersign_chat::budget::wait(pause.min(LOOK)).await;
            }
        };
        tokio::select! {
            biased;
            () = ended(told.clone()) => return,
            () = next => {}
        }
        let shown = desk.show(room).await;
        if let (Err(error), false) = (&shown, failing) {
            tracing::error!(%room, %error, "a room is not drawn in; it is tried again");
        }
        failing = shown.is_err();
    }
}

#[cfg(test)]
mod tests;
