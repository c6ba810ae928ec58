//! The end of a day, as the desk reports it.

use axum::{
    extract::{Path, State},
    response::Response,
};
use countersign_cards::draw;
use countersign_desk::ports::CardKey;
use countersign_domain::{
    calendar::{market_date, session_on},
    view::View,
};
use jiff::civil::Date;
use maud::html;

use super::{
    ink::Ink,
    parts::{
        card::{self, Subject},
        head,
    },
    shell::{Page, Place},
};
use crate::{access::visitor::Visitor, console::Room, fault::Fault, live::scene::Scene};

/// The page.
pub(super) async fn page(
    State(room): State<Room>,
    visitor: Visitor,
    Path(date): Path<String>,
) -> Result<Response, Fault> {
    let day: Date = date.parse().map_err(|_| Fault::NotFound)?;
    let scene = Scene::shown(&room).await?;
    let ink = Ink::of(&room, scene.board.header.now);
    if day.to_string() != date || day > market_date(ink.now) {
        return Err(Fault::NotFound);
    }
    let view = room.desk.view_of(CardKey::Report(day)).await;
    let view = view.map_err(|_| Fault::Store)?.ok_or(Fault::NotFound)?;
    // A position can also end at the broker on a day without a session.
    let empty = matches!(&view, View::Report(report) if report.trades.is_empty());
    if empty && session_on(day).is_none() {
        return Err(Fault::NoSession);
    }
    let card = draw(&view, ink.locale);
    let of = Subject {
        key: &date,
        ticket: None,
        alone: true,
    };
    let page = Page {
        place: Place::History,
        title: card.title.clone(),
        head: Some(head::draw(&room, &scene)),
        body: html! { div.story { (card::draw(&ink, &card, of, &html! {})) } },
        said: None,
        stream: "",
    };
    Ok(room.page(&page, &visitor.session))
}
