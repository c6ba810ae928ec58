//! The acts: every form, one desk verb each. What may be done, and by whom, the desk decides.

pub(crate) mod desk;
mod fields;
mod news;
mod positions;
pub(crate) mod posted;
pub(crate) mod press;
mod tickets;

use axum::{Router, routing::post};

use crate::{console::Room, pages};

/// Everything that is pressed, with the pages that ask once more at the same paths.
pub(crate) fn routes() -> Router<Room> {
    use pages::ask;
    Router::new()
        .route("/tickets/{id}/{revision}/confirm", post(tickets::confirm))
        .route("/tickets/{id}/{revision}/decline", post(tickets::decline))
        .route("/tickets/{id}/{revision}/edit", post(tickets::edit))
        .route("/tickets/{id}/{revision}/snooze", post(tickets::snooze))
        .route(
            "/positions/{id}/close",
            post(positions::close).get(ask::close),
        )
        .route("/positions/{id}/plan", post(positions::plan).get(ask::plan))
        .route("/positions/{id}/hold", post(positions::hold).get(ask::hold))
        .route("/positions/{id}/release", post(positions::release))
        .route("/orders/{id}/cancel", post(positions::cancel))
        .route("/desk/{ask}", post(desk::ask).get(ask::desk))
        .route("/desk/flatten/now", post(desk::flatten).get(ask::flatten))
        .route("/scan", post(desk::scan))
        .route("/reconcile", post(desk::reconcile))
        .route("/standing/sign", post(desk::sign))
        .route("/alarms/{number}/acknowledge", post(desk::acknowledge))
        .route("/standing/{id}/revoke", post(desk::revoke).get(ask::revoke))
        .route(
            "/news/{symbol}/{veto}/pass",
            post(news::pass).get(pages::news::ask_pass),
        )
        .route(
            "/news/{symbol}/{veto}/count",
            post(news::count).get(pages::news::ask_count),
        )
        .route("/propose", post(desk::propose).get(pages::propose::page))
}
