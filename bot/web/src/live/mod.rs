//! Live: what open pages are told while they are open.

pub(crate) mod feed;
pub(crate) mod hub;
pub(crate) mod marks;
pub(crate) mod scene;
mod stream;
pub(crate) mod surface;

use axum::{Router, routing::get};

use crate::console::Room;

/// The stream that pages listen to.
pub(crate) fn routes() -> Router<Room> {
    Router::new().route("/events", get(stream::events))
}
