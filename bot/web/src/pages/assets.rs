//! Style and script: compiled in, so that nothing is built and nothing comes from elsewhere.

use axum::{Router, http::header, response::IntoResponse, routing::get};

use crate::console::Room;

const STYLE: &str = concat!(
    include_str!("../../assets/colours.css"),
    include_str!("../../assets/console.css"),
    include_str!("../../assets/cards.css"),
);
const SCRIPT: &str = include_str!("../../assets/console.js");
const ICON: &str = include_str!("../../assets/icon.svg");

pub(super) fn routes() -> Router<Room> {
    let file = |kind: &'static str, body: &'static str| {
        get(move || async move { ([(header::CONTENT_TYPE, kind)], body).into_response() })
    };
    Router::new()
        .route("/console.css", file("text/css; charset=utf-8", STYLE))
        .route(
            "/console.js",
            file("text/javascript; charset=utf-8", SCRIPT),
        )
        .route("/icon.svg", file("image/svg+xml", ICON))
}
