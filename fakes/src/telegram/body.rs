//! What a request carries, in any of the forms that the platform takes.

use std::collections::BTreeMap;

use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, Form, FromRequest as _, Multipart, Query, Request};
use axum::http::header::CONTENT_TYPE;
use serde_json::Value;

use super::refusal::Refusal;

/// The largest request that the platform takes.
const LARGEST: usize = 50 * 1024 * 1024;

/// A parameter as it came.
#[derive(Clone, Debug)]
pub(crate) enum Raw {
    /// From a form or an address: always text.
    Text(String),
    /// From a JSON body.
    Json(Value),
}

/// An uploaded file.
#[derive(Clone, Debug)]
pub(crate) struct Upload {
    /// Its name, where the sender gave one.
    pub(crate) name: Option<String>,
    /// Its bytes.
    pub(crate) bytes: Bytes,
}

/// Everything that a request carries.
#[derive(Clone, Debug, Default)]
pub(crate) struct Carried {
    /// The parameters by name.
    pub(crate) values: BTreeMap<String, Raw>,
    /// The files by the name of their part.
    pub(crate) files: BTreeMap<String, Upload>,
}

/// Takes the whole body off the connection: one that is left half read is closed after the answer, under
/// the hands of a client that keeps it for the next call.
///
/// # Errors
/// A body that is too large, or that ends before its end, is refused.
pub(crate) async fn whole(request: Request) -> Result<Request, Refusal> {
    let (head, body) = request.into_parts();
    let bytes = axum::body::to_bytes(body, LARGEST).await;
    let bytes = bytes.map_err(|_| Refusal::new(413, "Request Entity Too Large"))?;
    Ok(Request::from_parts(head, Body::from(bytes)))
}

impl Carried {
    /// Reads a request's address and body.
    ///
    /// # Errors
    /// A body that is not what its type says is refused.
    pub(crate) async fn of(mut request: Request) -> Result<Self, Refusal> {
        DefaultBodyLimit::disable().apply(&mut request);
        let mut carried = Self::default();
        if let Ok(Query(pairs)) = Query::<Vec<(String, String)>>::try_from_uri(request.uri()) {
            carried.add_all(pairs);
        }
        let kind = request.headers().get(CONTENT_TYPE);
        let kind = kind.and_then(|it| it.to_str().ok()).unwrap_or_default();
        match kind.split(';').next().unwrap_or_default().trim() {
            "multipart/form-data" => carried.read_parts(request).await?,
            "application/json" => carried.read_json(request).await?,
            "application/x-www-form-urlencoded" => {
                let form = Form::<Vec<(String, String)>>::from_request(request, &()).await;
                let Form(pairs) = form.map_err(|error| Refusal::wrong(error.to_string()))?;
                carried.add_all(pairs);
            }
            _ => carried.read_nothing(request).await?,
        }
        Ok(carried)
    }

    fn add_all(&mut self, pairs: Vec<(String, String)>) {
        let raw = pairs.into_iter().map(|(name, it)| (name, Raw::Text(it)));
        self.values.extend(raw);
    }

    async fn read_json(&mut self, request: Request) -> Result<(), Refusal> {
        let bytes = bytes(request).await?;
        if bytes.is_empty() {
            return Ok(());
        }
        let Ok(Value::Object(object)) = serde_json::from_slice(&bytes) else {
            return Err(Refusal::wrong("object expected as JSON request body"));
        };
        let raw = object.into_iter().filter(|(_, it)| !it.is_null());
        self.values
            .extend(raw.map(|(name, it)| (name, Raw::Json(it))));
        Ok(())
    }

    async fn read_parts(&mut self, request: Request) -> Result<(), Refusal> {
        let broken = |error: String| Refusal::wrong(format!("can't parse multipart body: {error}"));
        let parts = Multipart::from_request(request, &()).await;
        let mut parts = parts.map_err(|error| broken(error.to_string()))?;
        while let Some(part) = parts
            .next_field()
            .await
            .map_err(|it| broken(it.to_string()))?
        {
            let name = part.name().unwrap_or_default().to_owned();
            let file = part.file_name().map(str::to_owned);
            let is_text = file.is_none()
                && part.content_type().is_none_or(|it| {
                    it.starts_with("text/plain") || it.starts_with("application/json")
                });
            let bytes = part.bytes().await.map_err(|it| broken(it.to_string()))?;
            if is_text {
                let text = String::from_utf8(bytes.to_vec());
                let text = text.map_err(|_| Refusal::wrong("strings must be encoded in UTF-8"))?;
                self.values.insert(name, Raw::Text(text));
            } else {
                self.files.insert(name, Upload { name: file, bytes });
            }
        }
        Ok(())
    }

    /// A body of no known type is ignored by the platform; one that is not empty is a mistake.
    async fn read_nothing(&mut self, request: Request) -> Result<(), Refusal> {
        let wrong = || Refusal::wrong("the body has no Content-Type that the platform reads");
        bytes(request)
            .await?
            .is_empty()
            .then_some(())
            .ok_or_else(wrong)
    }
}

async fn bytes(request: Request) -> Result<Bytes, Refusal> {
    let bytes = Bytes::from_request(request, &()).await;
    bytes.map_err(|_| Refusal::new(413, "Request Entity Too Large"))
}
