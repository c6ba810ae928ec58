//! The pages: each a pure drawing of what is stored, and none of them changes anything.

mod account;
pub(crate) mod ask;
mod assets;
mod desk;
mod export;
pub(crate) mod fault;
pub(crate) mod health;
mod history;
pub(crate) mod ink;
mod login;
pub(crate) mod news;
pub(crate) mod parts;
pub(crate) mod propose;
mod report;
pub(crate) mod shell;
mod standing;
pub(crate) mod ticket;

use axum::{Router, routing::get};

use crate::console::Room;

/// Everything that is read.
pub(crate) fn routes() -> Router<Room> {
    Router::new()
        .route("/", get(desk::page))
        .route("/login", get(login::page).post(login::open))
        .route("/tickets/{id}", get(ticket::page))
        .route("/account", get(account::page))
        .route("/reports/{date}", get(report::page))
        .route("/standing", get(standing::page))
        .route("/news", get(news::page))
        .route("/history", get(history::page))
        .route("/export.csv", get(export::csv))
        .route("/export.json", get(export::json))
        .route("/health", get(health::page))
        .merge(assets::routes())
}
