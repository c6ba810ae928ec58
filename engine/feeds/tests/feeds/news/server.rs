//! A server on this machine that looks at every request, and says what it is told to.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{HeaderMap, Response},
};
use tokio::{net::TcpListener, task::JoinHandle};

/// A request as it came in.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub(super) path: String,
    pub(super) query: BTreeMap<String, String>,
    /// Everything behind the host, as it was sent.
    pub(super) target: String,
    pub(super) headers: HeaderMap,
}

impl Seen {
    /// A header, empty when it was not sent.
    pub(super) fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |it| it.to_str().unwrap())
    }

    /// A parameter, empty when it was not sent.
    pub(super) fn parameter(&self, name: &str) -> &str {
        self.query.get(name).map_or("", String::as_str)
    }
}

/// An answer.
#[derive(Clone, Debug)]
pub(super) struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Reply {
    pub(super) fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: body.into(),
        }
    }

    pub(super) fn ok(body: impl Into<Vec<u8>>) -> Self {
        Self::new(200, body)
    }

    pub(super) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }
}

/// A server, until it is dropped.
pub(super) struct Server {
    pub(super) address: SocketAddr,
    seen: Arc<Mutex<Vec<Seen>>>,
    running: JoinHandle<()>,
}

impl Server {
    /// Answers each request with what `answer` makes of it.
    pub(super) async fn start(answer: impl Fn(&Seen) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let seen: Arc<Mutex<Vec<Seen>>> = Arc::default();
        let (kept, answer) = (seen.clone(), Arc::new(answer));
        let router = Router::new().fallback(move |request: Request| {
            let request = look(&request);
            let reply = answer(&request);
            kept.lock().unwrap().push(request);
            let mut response = Response::builder().status(reply.status);
            for (name, value) in &reply.headers {
                response = response.header(name, value);
            }
            std::future::ready(response.body(Body::from(reply.body)).unwrap())
        });
        let running = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self {
            address,
            seen,
            running,
        }
    }

    /// Always the same answer.
    pub(super) async fn always(reply: Reply) -> Self {
        Self::start(move |_| reply.clone()).await
    }

    pub(super) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Every request so far. Each was one that a source may send.
    pub(super) fn seen(&self) -> Vec<Seen> {
        let seen = self.seen.lock().unwrap().clone();
        for request in &seen {
            let agent = concat!("countersign/", env!("CARGO_PKG_VERSION"));
            assert_eq!(request.header("user-agent"), agent);
            assert_eq!(request.header("accept-encoding"), "gzip");
            assert_eq!(request.header("host"), self.address.to_string());
            for never in ["cookie", "referer", "authorization"] {
                assert_eq!(request.header(never), "", "{never}");
            }
        }
        seen
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.running.abort();
    }
}

fn look(request: &Request) -> Seen {
    assert_eq!(request.method(), "GET");
    let uri = request.uri();
    let query = url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    Seen {
        path: uri.path().to_owned(),
        query: query.into_owned().collect(),
        target: uri.to_string(),
        headers: request.headers().clone(),
    }
}
