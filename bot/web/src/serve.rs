//! Serving the console until it is told to stop.

use std::{io, time::Duration};

use tokio::net::TcpListener;

use crate::console::Console;

/// How long open requests may still take once the process is stopping.
const LAST_CALL: Duration = Duration::from_secs(3);

/// Serves `console` on `listener`, which has to be bound to the console's address, until `stopped`
/// ends. Live streams end at once then, other requests have three seconds.
///
/// # Errors
///
/// [`io::Error`] when the listener cannot accept at all: bind another port.
pub async fn serve(
    listener: TcpListener,
    console: Console,
    stopped: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let mut stopping = console.room.stopping.subscribe();
    let room = console.room.clone();
    let signal = async move {
        stopped.await;
        room.stopping.send_replace(true);
    };
    let serving = axum::serve(listener, console.router()).with_graceful_shutdown(signal);
    tokio::select! {
        ended = serving.into_future() => ended,
        () = last_call(&mut stopping) => Ok(()),
    }
}

/// Ends some time after the stop.
async fn last_call(stopping: &mut tokio::sync::watch::Receiver<bool>) {
    if stopping.wait_for(|stopping| *stopping).await.is_ok() {
        let never = std::future::pending::<()>();
        let _ = tokio::time::timeout(LAST_CALL, never).await;
    }
}
