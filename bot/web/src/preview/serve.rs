//! Serving the pages, for as long as somebody looks.

use std::{io, sync::Arc};

use axum::{
    Router,
    http::{StatusCode, Uri, header},
    response::{IntoResponse as _, Response},
};
use tokio::net::TcpListener;

use super::Site;

/// Nothing is loaded from elsewhere and nothing runs. Colours of embeds are set where they are.
const POLICY: &str = "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self'";

/// Serves the pages on `listener` until `stopped` ends.
///
/// # Errors
///
/// [`io::Error`] when the listener cannot accept at all: bind another port.
pub async fn serve_site(
    listener: TcpListener,
    site: Site,
    stopped: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let site = Arc::new(site);
    let router = Router::new().fallback(move |address: Uri| {
        let site = site.clone();
        async move { found(&site, address.path()) }
    });
    axum::serve(listener, router)
        .with_graceful_shutdown(stopped)
        .await
}

fn found(site: &Site, path: &str) -> Response {
    let name = match path.trim_start_matches('/') {
        "" => "index.html",
        name => name,
    };
    let Some(file) = site.files.get(name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let kind = match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        _ => "image/png",
    };
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, file.clone()).into_response()
}
