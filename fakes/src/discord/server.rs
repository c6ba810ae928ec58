//! The sockets: TLS, plain HTTP and WebSocket on one port.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Extension;
use axum::Router;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::{AbortHandle, JoinSet};
use tokio_rustls::TlsAcceptor;

use super::shared::Shared;
use super::{gateway, rest};

/// The first byte of a TLS handshake.
const HANDSHAKE: u8 = 0x16;

/// Ends the connection on which a request came, without an answer.
#[derive(Clone, Default)]
pub(crate) struct Scissors(Arc<Notify>);

impl Scissors {
    /// Cuts, and never comes back: the task ends with the connection.
    pub(crate) async fn cut(&self) -> Response {
        self.0.notify_one();
        std::future::pending().await
    }
}

/// Starts to serve; ending the task ends every connection.
pub(crate) fn serve(listener: TcpListener, shared: &Arc<Shared>, tls: &TlsAcceptor) -> AbortHandle {
    tokio::spawn(accept(listener, Arc::clone(shared), tls.clone())).abort_handle()
}

/// Binds; the port may still be held for a moment by what was served there before.
pub(crate) async fn bind(addr: SocketAddr) -> std::io::Result<TcpListener> {
    let mut tries = 0;
    loop {
        match TcpListener::bind(addr).await {
            Err(_) if tries < 50 => tries += 1,
            bound => return bound,
        }
        super::clock::pause(std::time::Duration::from_millis(20)).await;
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>, tls: TlsAcceptor) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                if let Ok((stream, _)) = accepted {
                    let _ = stream.set_nodelay(true);
                    connections.spawn(connection(stream, Arc::clone(&shared), tls.clone()));
                }
            }
            Some(_) = connections.join_next(), if !connections.is_empty() => {}
        }
    }
}

async fn connection(stream: TcpStream, shared: Arc<Shared>, tls: TlsAcceptor) {
    let mut first = [0];
    if stream.peek(&mut first).await.is_err() {
        return;
    }
    if first[0] == HANDSHAKE {
        if let Ok(stream) = tls.accept(stream).await {
            converse(stream, shared).await;
        }
    } else {
        converse(stream, shared).await;
    }
}

async fn converse(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    shared: Arc<Shared>,
) {
    let scissors = Scissors::default();
    let router = Router::new()
        .fallback(entry)
        .layer(Extension(scissors.clone()))
        .with_state(shared);
    let server = Builder::new(TokioExecutor::new()).http1_only();
    let serving = server
        .serve_connection_with_upgrades(TokioIo::new(stream), TowerToHyperService::new(router));
    tokio::select! {
        _ = serving => {}
        () = scissors.0.notified() => {}
    }
}

async fn entry(
    State(shared): State<Arc<Shared>>,
    Extension(scissors): Extension<Scissors>,
    request: Request,
) -> Response {
    let path = request.uri().path().to_owned();
    if request.headers().contains_key(header::UPGRADE) {
        return upgrade(shared, request).await;
    }
    if let Some(rest) = path.strip_prefix("/api/v10") {
        return rest::answer(shared, scissors, rest.to_owned(), request).await;
    }
    if let Some(file) = path.strip_prefix("/attachments/") {
        return attachment(&shared, file);
    }
    shared.world().blame_path(request.method().as_str(), &path);
    (
        StatusCode::NOT_FOUND,
        axum::Json(serde_json::json!({"message": "404: Not Found", "code": 0})),
    )
        .into_response()
}

async fn upgrade(shared: Arc<Shared>, request: Request) -> Response {
    let query = request.uri().query().unwrap_or("").to_owned();
    let (mut parts, _) = request.into_parts();
    match WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
        Ok(upgrade) => upgrade.on_upgrade(move |socket| gateway::serve(shared, socket, query)),
        Err(refused) => refused.into_response(),
    }
}

/// A file as the platform's store of files hands it out: `channel/id/name`.
fn attachment(shared: &Shared, place: &str) -> Response {
    let id = place
        .split('/')
        .nth(1)
        .and_then(|id| id.parse::<u64>().ok());
    let world = shared.world();
    let mut files = world
        .messages
        .values()
        .flat_map(|message| &message.attachments);
    match files.find(|file| Some(file.id) == id) {
        Some(file) => (
            [(header::CONTENT_TYPE, file.content_type.clone())],
            file.bytes.clone(),
        )
            .into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
