//! What a person says to a running desk: keys, and requests to end.

use std::io;

use tokio::sync::mpsc::UnboundedReceiver;

use crate::{
    interrupt::Interrupts,
    terminal::{self, Key},
};

/// What was heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::command) enum Heard {
    /// A key.
    Key(Key),
    /// A request to end: Ctrl-C, q, or what a supervisor sends.
    End,
}

/// Keys and requests to end, in one.
pub(in crate::command) struct Ears {
    /// `None` once the input has ended: the desk goes on without.
    keys: Option<UnboundedReceiver<Option<Key>>>,
    interrupts: Interrupts,
}

impl Ears {
    /// Listens from now on.
    pub(in crate::command) fn open() -> io::Result<Self> {
        Ok(Self {
            interrupts: Interrupts::listen()?,
            keys: Some(terminal::keys()),
        })
    }

    /// The next thing that is said. Dropping it loses nothing.
    pub(in crate::command) async fn hear(&mut self) -> Heard {
        loop {
            let Some(keys) = &mut self.keys else {
                self.interrupts.next().await;
                return Heard::End;
            };
            tokio::select! {
                biased;
                () = self.interrupts.next() => return Heard::End,
                key = keys.recv() => match key {
                    Some(Some(Key::Quit) | None) => return Heard::End,
                    Some(Some(key)) => return Heard::Key(key),
                    None => self.keys = None,
                },
            }
        }
    }

    /// Ends with the next Ctrl-C; keys are for nobody any more.
    pub(in crate::command) async fn interrupted(&mut self) {
        loop {
            let Some(keys) = &mut self.keys else {
                return self.interrupts.next().await;
            };
            tokio::select! {
                biased;
                () = self.interrupts.next() => return,
                key = keys.recv() => match key {
                    Some(None) => return,
                    Some(Some(_)) => {}
                    None => self.keys = None,
                },
            }
        }
    }
}
