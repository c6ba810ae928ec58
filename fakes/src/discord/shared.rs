//! What every connection of the fake shares.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use super::clock::Clock;
use super::spec::Spec;
use super::world::World;

pub(crate) struct Shared {
    pub(crate) spec: Arc<Spec>,
    pub(crate) clock: Arc<Clock>,
    world: Mutex<World>,
    /// Counts changes of the world, for those who wait for one.
    pub(crate) changed: watch::Sender<u64>,
    /// Changes when the platform goes down: every connection ends.
    pub(crate) up: watch::Sender<u64>,
}

impl Shared {
    pub(crate) fn new(spec: Arc<Spec>, clock: Arc<Clock>, world: World) -> Self {
        let (changed, up) = (watch::Sender::new(0), watch::Sender::new(0));
        Self {
            spec,
            clock,
            world: Mutex::new(world),
            changed,
            up,
        }
    }

    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Something changed: those who wait look again.
    pub(crate) fn touch(&self) {
        self.changed
            .send_modify(|count| *count = count.wrapping_add(1));
    }
}
