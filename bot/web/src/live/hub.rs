//! The hub: renders what changed once, for everybody who looks.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
    time::Duration,
};

use countersign_desk::trail::Trail;
use countersign_domain::{ids::TicketId, instrument::Symbol};
use tokio::{
    sync::broadcast,
    time::{MissedTickBehavior, interval},
};

use super::{feed::Feed, scene::Scene};
use crate::{
    console::{Room, Things},
    pages::parts,
};

/// How often open pages are looked after.
const TICK: Duration = Duration::from_secs(1);
/// The least time between two drawings, however often the desk draws.
const GAP: Duration = Duration::from_millis(100);
/// Ticks without a viewer after which nothing runs any more.
const IDLE_TICKS: u32 = 5;
/// Updates that a slow viewer may be behind before it gets everything anew.
const BEHIND: usize = 64;
/// Viewers at once.
pub(crate) const VIEWERS: usize = 64;

/// A part that is drawn only while somebody looks at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Watched {
    /// The page of a ticket.
    Ticket(TicketId),
    /// The news on an underlying, or all of it.
    News(Option<Symbol>),
}

impl Watched {
    /// The id of its element.
    pub(crate) fn id(self) -> String {
        match self {
            Self::Ticket(ticket) => parts::ticket_id(ticket),
            Self::News(None) => "news".to_owned(),
            Self::News(Some(symbol)) => format!("news-{symbol}"),
        }
    }
}

/// What open pages are told.
#[derive(Clone, Debug)]
pub(crate) enum Update {
    /// A part looks different now. Its marks are not filled in.
    Part(Arc<Part>),
    /// A sentence for people who do not see the page change.
    Say {
        text: Arc<str>,
        /// True when it interrupts.
        urgent: bool,
    },
    /// Still here.
    Beat,
}

/// A part of a page.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// The id of its element.
    pub(crate) id: String,
    /// Its rendering, with marks.
    pub(crate) html: String,
}

/// Renders and tells.
pub(crate) struct Hub {
    pub(crate) feed: Feed,
    sender: broadcast::Sender<Update>,
    state: Mutex<State>,
    /// One drawing at a time: an older one never comes after a newer one.
    drawing: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct State {
    running: bool,
    /// What was told last.
    parts: BTreeMap<String, Arc<Part>>,
    /// What is open, with the number of viewers.
    watched: BTreeMap<Watched, usize>,
    /// What happened to tickets among those, as far as it was read.
    trails: BTreeMap<TicketId, Trail>,
    /// True while who looks is on no list: nothing is told, and streams end.
    barred: bool,
    /// Up to where events were announced.
    announced: Option<u64>,
}

/// One viewer's place: gives it back when it is dropped.
pub(crate) struct Place {
    room: Room,
    watched: Option<Watched>,
}

impl Hub {
    pub(crate) fn new() -> Self {
        Self {
            feed: Feed::default(),
            sender: broadcast::Sender::new(BEHIND),
            state: Mutex::default(),
            drawing: tokio::sync::Mutex::default(),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// True while who looks is on no list.
    pub(crate) fn is_barred(&self) -> bool {
        self.state().barred
    }

    /// What is known of a watched ticket's trail.
    pub(crate) fn trail(&self, ticket: TicketId) -> Option<Trail> {
        self.state().trails.get(&ticket).cloned()
    }

    /// Keeps it, while somebody watches.
    pub(crate) fn keep_trail(&self, ticket: TicketId, trail: &Trail) {
        let mut state = self.state();
        if state.watched.contains_key(&Watched::Ticket(ticket)) {
            state.trails.insert(ticket, trail.clone());
        }
    }

    /// Everything as it was told last.
    pub(crate) fn parts(&self) -> Vec<Arc<Part>> {
        self.state().parts.values().cloned().collect()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some(watched) = self.watched else { return };
        let mut state = self.room.hub.state();
        let left = state.watched.get(&watched).map_or(0, |count| count - 1);
        if left == 0 {
            state.watched.remove(&watched);
            if let Watched::Ticket(ticket) = watched {
                state.trails.remove(&ticket);
            }
            state.parts.remove(&watched.id());
        } else {
            state.watched.insert(watched, left);
        }
    }
}

impl Room {
    /// A viewer's place and its updates from now on; `None` when too many look.
    pub(crate) async fn watch(
        &self,
        watched: Option<Watched>,
    ) -> Option<(Place, broadcast::Receiver<Update>)> {
        let receiver = {
            let mut state = self.hub.state();
            if self.hub.sender.receiver_count() >= VIEWERS {
                return None;
            }
            if let Some(watched) = watched {
                *state.watched.entry(watched).or_default() += 1;
            }
            let receiver = self.hub.sender.subscribe();
            if !std::mem::replace(&mut state.running, true) {
                state.parts.clear();
                state.announced = None;
                tokio::spawn(run(self.downgrade()));
            }
            receiver
        };
        let room = self.clone();
        let place = Place { room, watched };
        self.refresh().await;
        Some((place, receiver))
    }

    /// Renders everything and tells what changed.
    async fn refresh(&self) {
        let _alone = self.hub.drawing.lock().await;
        let fresh = match Scene::look(self).await {
            Ok(scene) if scene.operator.is_none() => {
                let mut state = self.hub.state();
                state.barred = true;
                state.parts.clear();
                let _ = self.hub.sender.send(Update::Beat);
                return;
            }
            Ok(scene) => {
                self.hub.state().barred = false;
                self.announce(&scene);
                let mut parts = parts::of(self, &scene);
                parts.push(crate::pages::health::part(self, &scene));
                parts.extend(self.watched_parts(&scene).await);
                parts
            }
            Err(error) => {
                tracing::warn!(%error, "the console could not read the desk");
                vec![parts::trouble(self, true)]
            }
        };
        let mut state = self.hub.state();
        for part in fresh {
            if state
                .parts
                .get(&part.id)
                .is_none_or(|known| **known != part)
            {
                let part = Arc::new(part);
                state.parts.insert(part.id.clone(), part.clone());
                let _ = self.hub.sender.send(Update::Part(part));
            }
        }
    }

    /// What somebody looks at and not everybody.
    async fn watched_parts(&self, scene: &Scene) -> Vec<Part> {
        let watched: Vec<Watched> = self.hub.state().watched.keys().copied().collect();
        let mut drawn = Vec::new();
        for one in watched {
            let part = match one {
                Watched::Ticket(ticket) => crate::pages::ticket::part(self, ticket).await,
                Watched::News(about) => crate::pages::news::part(self, scene, about).await,
            };
            drawn.extend(part.ok());
        }
        drawn
    }

    /// Says what a person who does not see the page has to hear: new tickets, fills, ends, alarms.
    fn announce(&self, scene: &Scene) {
        let before = self.hub.state().announced.replace(scene.seen.seq);
        let Some(before) = before else { return };
        for event in scene.events.iter().filter(|event| event.seq > before) {
            if let Some((text, urgent)) = parts::feed::announcement(self, event) {
                let text = text.into();
                let _ = self.hub.sender.send(Update::Say { text, urgent });
            }
        }
    }
}

/// Looks after open pages until there are none, or nobody keeps the room.
async fn run(things: Weak<Things>) {
    let mut ticks = interval(TICK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut gap = interval(GAP);
    let mut idle = 0;
    loop {
        let Some(room) = Room::upgrade(&things) else {
            return;
        };
        tokio::select! {
            _ = ticks.tick() => {
                let _ = room.hub.sender.send(Update::Beat);
                idle = if room.hub.sender.receiver_count() == 0 { idle + 1 } else { 0 };
            }
            () = room.surface.drawn() => {}
        }
        let mut state = room.hub.state();
        if idle > IDLE_TICKS && room.hub.sender.receiver_count() == 0 {
            state.running = false;
            return;
        }
        drop(state);
        if idle == 0 {
            room.refresh().await;
            drop(room);
            gap.reset();
            gap.tick().await;
        }
    }
}
