//! The socket: connections, calls, and the faults that a call may meet.

use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

use super::args::Args;
use super::body::{self, Carried};
use super::faults::Fault;
use super::records::Call;
use super::refusal::Refusal;
use super::shared::Shared;
use super::spec::Method;
use super::{control, deliver, methods, poll};

/// The connection ends here, without an answer.
#[derive(Debug, thiserror::Error)]
#[error("the connection is cut")]
pub(crate) struct Cut;

/// A server that runs until it is taken down or dropped.
#[derive(Debug)]
pub(crate) struct Server {
    port: u16,
    task: JoinHandle<()>,
}

impl Server {
    /// Listens on this machine; port 0 takes a free one.
    ///
    /// # Errors
    /// The port is taken.
    pub(crate) async fn start(shared: Arc<Shared>, port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let port = listener.local_addr()?.port();
        let task = tokio::spawn(serve(listener, shared));
        Ok(Self { port, task })
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Closes the port and every connection.
    pub(crate) async fn stop(mut self) {
        self.task.abort();
        // It was cancelled; when that is done, its connections are closed.
        let _cancelled = (&mut self.task).await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    let mut tasks = JoinSet::new();
    tasks.spawn(deliver::forever(shared.clone()));
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                if let Ok((stream, _)) = accepted {
                    tasks.spawn(connection(stream, shared.clone()));
                }
            }
            Some(_) = tasks.join_next() => {}
        }
    }
}

async fn connection(stream: TcpStream, shared: Arc<Shared>) {
    let service = tower::service_fn(move |request: axum::http::Request<_>| {
        answer(shared.clone(), request.map(Body::new))
    });
    // Small answers leave at once; a client that goes away is no news.
    let _nodelay = stream.set_nodelay(true);
    let _gone = Builder::new(TokioExecutor::new())
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service))
        .await;
}

async fn answer(shared: Arc<Shared>, request: Request) -> Result<Response, Cut> {
    let path = request.uri().path().to_owned();
    if path == "/" {
        return Ok(front(&shared));
    }
    let request = match body::whole(request).await {
        Ok(request) => request,
        Err(refusal) => return Ok(refusal.into_response()),
    };
    if let Some(verb) = path.strip_prefix("/control/") {
        return Ok(control::answer(&shared, verb, request).await);
    }
    let call = path.strip_prefix("/bot").and_then(|it| it.split_once('/'));
    let Some((token, name)) = call.filter(|(token, _)| token.contains(':')) else {
        return Ok(Refusal::new(404, "Not Found").into_response());
    };
    let mut record = Call {
        at: shared.quietly(|world| world.now()),
        method: name.to_owned(),
        chat: None,
        code: 0,
        refusal: String::new(),
        ordered: false,
    };
    if shared.quietly(|world| world.token != token) {
        return Ok(refused(&shared, record, Refusal::new(401, "Unauthorized")));
    }
    let checked = checked(&shared, name, request).await;
    let (method, args) = match checked {
        Ok(checked) => checked,
        Err(refusal) => return Ok(refused(&shared, record, refusal)),
    };
    record.method.clone_from(&method.name);
    record.chat = args.int("chat_id");
    let fault = shared.quietly(|world| world.faults.next(&method.name));
    record.ordered = fault.is_some();
    let lost = fault == Some(Fault::LoseAnswer);
    if let Some(fault) = fault.filter(|_| !lost) {
        return meet(&shared, record, fault).await;
    }
    let done = match method.name.as_str() {
        "getUpdates" => poll::updates(&shared, &args).await,
        _ => shared.change(|world| methods::perform(world, &args)),
    };
    let response = match done {
        Ok(value) => accepted(&shared, record, &method, &value),
        Err(refusal) => refused(&shared, record, refusal),
    };
    if lost { Err(Cut) } else { Ok(response) }
}

/// The front page, which only says what time it is there.
fn front(shared: &Shared) -> Response {
    let at = jiff::Timestamp::from_second(shared.quietly(|world| world.date()));
    let date = at.map(|it| it.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string());
    let date = date.unwrap_or_default();
    (StatusCode::FOUND, [(header::DATE, date)]).into_response()
}

/// The method that a path names and its parameters, when they are what the specification says.
async fn checked(shared: &Shared, name: &str, request: Request) -> Result<(Method, Args), Refusal> {
    let method = shared.spec.method(name).ok_or_else(|| Refusal {
        wrong: true,
        ..Refusal::new(404, "Not Found: method not found")
    })?;
    let carried = Carried::of(request).await?;
    let args = Args::check(&shared.spec, method, carried)?;
    Ok((method.clone(), args))
}

fn accepted(shared: &Shared, mut record: Call, method: &Method, value: &Value) -> Response {
    record.code = 200;
    shared.change(|world| {
        world.check_answer(&method.name, &method.returns, value);
        world.calls.push(record);
    });
    Json(json!({ "ok": true, "result": value })).into_response()
}

fn refused(shared: &Shared, mut record: Call, refusal: Refusal) -> Response {
    record.code = refusal.code;
    record.refusal.clone_from(&refusal.description);
    shared.change(|world| {
        if refusal.wrong {
            world.violate(&record.method, &refusal.description);
        }
        world.calls.push(record);
    });
    refusal.into_response()
}

/// What a call meets instead of being performed.
async fn meet(shared: &Shared, record: Call, fault: Fault) -> Result<Response, Cut> {
    let refusal = match fault {
        Fault::TooMany(seconds) => Refusal::too_many(seconds),
        Fault::Internal => Refusal::new(500, "Internal Server Error"),
        Fault::Conflict => Refusal::other_poller(),
        Fault::Refused(what) => Refusal::bad(what),
        Fault::BadGateway => {
            refused(shared, record, Refusal::new(502, "Bad Gateway"));
            let page = "<html><head><title>502 Bad Gateway</title></head></html>";
            return Ok((StatusCode::BAD_GATEWAY, Html(page)).into_response());
        }
        Fault::Silence => {
            shared.change(|world| world.calls.push(record));
            return std::future::pending().await;
        }
        Fault::Cut | Fault::LoseAnswer => {
            shared.change(|world| world.calls.push(record));
            return Err(Cut);
        }
    };
    Ok(refused(shared, record, refusal))
}
