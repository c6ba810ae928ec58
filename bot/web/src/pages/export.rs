//! Everything that was executed and decided, as a file.

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse as _, Response},
};
use countersign_cards::export;
use countersign_desk::press::Press;
use countersign_domain::export::Export;

use crate::{access::visitor::Visitor, console::Room, fault::Fault, live::scene::Scene};

/// As comma-separated rows.
pub(super) async fn csv(State(room): State<Room>, _: Visitor) -> Result<Response, Fault> {
    let export = exported(&room).await?;
    let text = export::csv(&export);
    Ok(file(&export, "csv", "text/csv; charset=utf-8", text))
}

/// As JSON.
pub(super) async fn json(State(room): State<Room>, _: Visitor) -> Result<Response, Fault> {
    let export = exported(&room).await?;
    let text = export::json(&export);
    Ok(file(&export, "json", "application/json", text))
}

async fn exported(room: &Room) -> Result<Export, Fault> {
    // As on the account's page: who is on no list is turned away, and nothing is written.
    let scene = Scene::shown(room).await?;
    let press = Press {
        who: room.identity.clone(),
        key: None,
    };
    let export = room.desk.export(press, None, None).await;
    export.map_err(|why| Fault::Refused(Box::new(why), scene.board.header.now))
}

fn file(export: &Export, ending: &str, kind: &'static str, text: String) -> Response {
    let name = format!("{}.{ending}", export::file_name(export));
    let attached = format!("attachment; filename=\"{name}\"");
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, attached),
    ];
    (headers, text).into_response()
}
