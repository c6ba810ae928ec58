//! The world behind its lock, and the bell that rings when it changes.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use super::spec::Spec;
use super::world::World;

/// What the server, its pollers and the test's handles share.
#[derive(Debug)]
pub(crate) struct Shared {
    /// The specification, to be asked without the lock.
    pub(crate) spec: Arc<Spec>,
    world: Mutex<World>,
    changed: watch::Sender<()>,
}

impl Shared {
    pub(crate) fn new(spec: Spec) -> Self {
        let spec = Arc::new(spec);
        Self {
            world: Mutex::new(World::new(spec.clone())),
            spec,
            changed: watch::Sender::new(()),
        }
    }

    /// Changes the world and rings.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        let done = change(&mut self.lock());
        self.changed.send_replace(());
        done
    }

    /// Looks at the world, or changes what nobody waits for.
    pub(crate) fn quietly<T>(&self, look: impl FnOnce(&mut World) -> T) -> T {
        look(&mut self.lock())
    }

    /// Hears the bell from now on.
    pub(crate) fn bell(&self) -> watch::Receiver<()> {
        self.changed.subscribe()
    }

    fn lock(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
