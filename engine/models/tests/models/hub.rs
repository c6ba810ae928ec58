//! A model hub on a real socket, which can stop in the middle, lie and be somebody else.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use axum::{
    Router,
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, Response, StatusCode, header},
    routing::get,
};
use countersign_models::{
    pull::{Source, Weights},
    sha256,
};
use tokio::net::TcpListener;

use crate::tiny;

pub(crate) const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

/// What it has, and how it behaves.
pub(crate) struct Shelf {
    files: Mutex<BTreeMap<String, Vec<u8>>>,
    /// Pieces that it still gives of the model before it fails.
    pub(crate) pieces: AtomicUsize,
    /// Bytes of the model that it gave.
    pub(crate) given: AtomicUsize,
    /// The revisions of the weights without a graph that were asked for.
    pub(crate) asked: Mutex<BTreeSet<String>>,
    /// What it says that the model's hash is, where it lies.
    pub(crate) lie: Mutex<Option<String>>,
    port: u16,
}

pub(crate) struct Hub {
    pub(crate) shelf: Arc<Shelf>,
    server: tokio::task::JoinHandle<()>,
}

impl Drop for Hub {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Hub {
    /// With a tiny classifier whose labels stand in this order.
    pub(crate) async fn open(labels: [&str; 3]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let files = [
            ("config.json".to_owned(), tiny::config(labels)),
            ("tokenizer.json".to_owned(), tiny::tokenizer()),
            (
                "onnx/model_quantized.onnx".to_owned(),
                tiny::model(3, false),
            ),
            ("vocab.txt".to_owned(), tiny::WORDS.join("\n").into_bytes()),
            (
                "tokenizer_config.json".to_owned(),
                br#"{"do_lower_case": true}"#.to_vec(),
            ),
            // What is in it is for whoever loads it.
            ("model.safetensors".to_owned(), vec![7; 2_000]),
        ];
        let shelf = Arc::new(Shelf {
            files: Mutex::new(files.into()),
            pieces: AtomicUsize::new(usize::MAX),
            given: AtomicUsize::new(0),
            asked: Mutex::default(),
            lie: Mutex::new(None),
            port: listener.local_addr().unwrap().port(),
        });
        let routes = Router::new()
            .route("/Xenova/finbert/resolve/{revision}/{*file}", get(resolve))
            .route("/ProsusAI/finbert/resolve/{revision}/{*file}", get(asked))
            .route("/cdn/{*file}", get(content))
            .with_state(Arc::clone(&shelf));
        let server = tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
        Self { shelf, server }
    }

    /// A source here, in pieces of 512 bytes.
    pub(crate) fn source(&self) -> Source {
        self.source_of(Weights::Eight)
    }

    pub(crate) fn source_of(&self, weights: Weights) -> Source {
        Source {
            endpoint: format!("http://127.0.0.1:{}", self.shelf.port),
            chunk: 512,
            ..Source::finbert(weights)
        }
    }
}

/// The repository of the weights themselves, which notes what is asked of it.
async fn asked(
    State(shelf): State<Arc<Shelf>>,
    Path((revision, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response<Body> {
    shelf.asked.lock().unwrap().insert(revision.clone());
    resolve(State(shelf), Path((revision, file)), headers).await
}

/// As the real one: small files at once, large ones behind a redirect to another host.
async fn resolve(
    State(shelf): State<Arc<Shelf>>,
    Path((_, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response<Body> {
    let Some(content) = shelf.files.lock().unwrap().get(&file).cloned() else {
        return status(StatusCode::NOT_FOUND);
    };
    let builder = Response::builder().header("x-repo-commit", COMMIT);
    if std::path::Path::new(&file)
        .extension()
        .is_some_and(|it| it == "onnx" || it == "safetensors")
    {
        let lie = shelf.lie.lock().unwrap().clone();
        let tag = lie.unwrap_or_else(|| sha256(&content));
        let there = format!("http://localhost:{}/cdn/{file}", shelf.port);
        return builder
            .status(StatusCode::FOUND)
            .header("x-linked-etag", format!("\"{tag}\""))
            .header(header::LOCATION, there)
            .body(Body::empty())
            .unwrap();
    }
    let builder = builder.header(header::ETAG, format!("\"{}\"", &sha256(&content)[..40]));
    part(&headers, &content, builder)
}

async fn content(
    State(shelf): State<Arc<Shelf>>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Response<Body> {
    let content = shelf.files.lock().unwrap()[&file].clone();
    let asked = range(&headers, content.len());
    // What is asked for first is how long it is.
    if asked.1 > asked.0 {
        let left = shelf.pieces.load(Ordering::Relaxed);
        if left == 0 {
            return status(StatusCode::INTERNAL_SERVER_ERROR);
        }
        shelf.pieces.store(left - 1, Ordering::Relaxed);
        shelf
            .given
            .fetch_add(asked.1 + 1 - asked.0, Ordering::Relaxed);
    }
    part(&headers, &content, Response::builder())
}

/// The first and the last byte that are asked for.
fn range(headers: &HeaderMap, length: usize) -> (usize, usize) {
    let asked = headers[header::RANGE].to_str().unwrap();
    let (first, last) = asked
        .strip_prefix("bytes=")
        .unwrap()
        .split_once('-')
        .unwrap();
    let last: usize = last.parse().unwrap();
    (first.parse().unwrap(), last.min(length - 1))
}

fn part(
    headers: &HeaderMap,
    content: &[u8],
    builder: axum::http::response::Builder,
) -> Response<Body> {
    let (first, last) = range(headers, content.len());
    let told = format!("bytes {first}-{last}/{}", content.len());
    builder
        .status(StatusCode::PARTIAL_CONTENT)
        .header(header::CONTENT_RANGE, told)
        .body(Body::from(content[first..=last].to_vec()))
        .unwrap()
}

fn status(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::from("<html>it is not here</html>"));
    *response.status_mut() = status;
    response
}
