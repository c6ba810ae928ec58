//! Chat platforms: the bots of this process, the rooms that the desk draws in through them, and their
//! loops. A platform that is down, slow or wrong keeps nothing else waiting: each room and each bot has
//! a task of its own.

use std::{collections::BTreeMap, panic::AssertUnwindSafe, sync::Arc, time::Duration};

use anyhow::Result;
use countersign_cards::Locale;
use countersign_chat::Talk;
use countersign_desk::{
    Desk,
    ports::{Chat, Clock, StoreError},
};
use countersign_domain::operator::Room;
use countersign_telegram::{Line, TelegramConfig};
use futures::FutureExt as _;
use tokio::{sync::watch, task::JoinSet};

use crate::{beats::Beats, config::Config};

/// Between two looks at what waits for a room, when nothing wakes it.
const LOOK: Duration = Duration::from_millis(250);

/// The longest that what is being drawn or answered is waited for at the end.
const PATIENCE: Duration = Duration::from_secs(3);

/// Before a task that broke is begun anew: at first, and at the most.
const FIRST: Duration = Duration::from_millis(500);
const MOST: Duration = Duration::from_mins(1);

/// The bots that this process has tokens for.
pub struct Platforms {
    telegram: Option<Line>,
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
    pub fn open(config: &Config, clock: &Arc<dyn Clock>) -> Result<Self> {
        let telegram = match &config.tokens.telegram {
            Some(token) => Some(Line::new(TelegramConfig {
                token: token.secret(),
                api: config.telegram.api.clone(),
                chats: config.telegram.chats.iter().map(|chat| chat.0).collect(),
                clock: clock.clone(),
                language: config.desk.language,
            })?),
            None => None,
        };
        Ok(Self { telegram })
    }

    /// The rooms, for the desk to draw in.
    pub fn rooms(&self) -> impl Iterator<Item = Arc<dyn Chat>> {
        self.telegram.iter().flat_map(Line::rooms)
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
                lasting(&format!("drawing in {room}"), begin, &drawn).await;
            });
        }
        if let Some(line) = self.telegram {
            line.moved(&moved);
            ears.spawn(async move {
                let begin = || line.listen(talk.clone(), ended(heard.clone()));
                lasting("listening to Telegram", begin, &heard).await;
            });
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

/// Waits for the tasks, not for ever.
async fn finish(tasks: &mut JoinSet<()>) {
    let all = async { while tasks.join_next().await.is_some() {} };
    if tokio::time::timeout(PATIENCE, all).await.is_err() {
        tasks.abort_all();
    }
}

/// Runs a task to its end, and begins it anew when it breaks or ends too soon: nobody else would
/// notice.
async fn lasting<F: Future<Output = ()>>(
    name: &str,
    begin: impl Fn() -> F,
    told: &watch::Receiver<bool>,
) {
    let mut wait = FIRST;
    loop {
        let went = AssertUnwindSafe(begin()).catch_unwind().await;
        if *told.borrow() {
            return;
        }
        let broke = went.is_err();
        tracing::error!(name, broke, "a task ended by itself; it is begun anew");
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
