//! Requests to end: Ctrl-C, and what a supervisor sends. The first winds up, the second stops at
//! once.

use std::io;

/// The exit code of a process that was stopped at once: what a shell expects after Ctrl-C.
pub const STOPPED: u8 = 130;

/// Requests to end, in the order in which they came. From its making on they no longer end the
/// process by themselves.
#[derive(Debug)]
pub struct Interrupts {
    #[cfg(unix)]
    ctrl_c: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminated: tokio::signal::unix::Signal,
    #[cfg(windows)]
    ctrl_c: tokio::signal::windows::CtrlC,
}

impl Interrupts {
    /// Listens from now on.
    ///
    /// # Errors
    ///
    /// What the system says when it lets nobody listen.
    #[cfg(unix)]
    pub fn listen() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            ctrl_c: signal(SignalKind::interrupt())?,
            terminated: signal(SignalKind::terminate())?,
        })
    }

    /// Listens from now on.
    ///
    /// # Errors
    ///
    /// What the system says when it lets nobody listen.
    #[cfg(windows)]
    pub fn listen() -> io::Result<Self> {
        Ok(Self {
            ctrl_c: tokio::signal::windows::ctrl_c()?,
        })
    }

    /// Ends with the next request. Dropping it loses none.
    #[cfg(unix)]
    pub async fn next(&mut self) {
        tokio::select! {
            _ = self.ctrl_c.recv() => {}
            _ = self.terminated.recv() => {}
        }
    }

    /// Ends with the next request. Dropping it loses none.
    #[cfg(windows)]
    pub async fn next(&mut self) {
        self.ctrl_c.recv().await;
    }
}
