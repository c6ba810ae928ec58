//! The document around every page.

use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use maud::{DOCTYPE, Markup, html};

use super::ink::{Ink, tone_class};
use crate::{
    access::session::{Said, Session},
    console::Room,
    live::marks::Viewer,
};

/// A place of the menu.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Desk,
    Propose,
    Standing,
    News,
    History,
    Health,
    /// On no menu.
    Elsewhere,
}

/// A page to be sent to somebody with a session.
pub(crate) struct Page<'a> {
    pub(crate) place: Place,
    pub(crate) title: String,
    /// The live head of the page, when the desk can be read.
    pub(crate) head: Option<Markup>,
    pub(crate) body: Markup,
    /// What the press before came to.
    pub(crate) said: Option<Said>,
    /// What the page's stream is asked for: its query.
    pub(crate) stream: &'a str,
}

impl Room {
    /// A part or page with its marks filled in for one session.
    pub(crate) fn filled(&self, template: &str, session: &Session) -> String {
        let viewer = Viewer {
            sealer: &self.sealer,
            session: &session.id,
            now: self.desk.now(),
            monotonic: self.monotonic(),
        };
        self.marks.fill(template, &viewer)
    }

    /// A page for one session.
    pub(crate) fn page(&self, page: &Page<'_>, session: &Session) -> Response {
        let ink = Ink::of(self, self.desk.now());
        let template = document(&ink, &page.title, Some(page.stream), &inside(&ink, page));
        Html(self.filled(&template.into_string(), session)).into_response()
    }

    /// A page for anybody: nothing of the desk is on it.
    pub(crate) fn bare_page(&self, status: StatusCode, title: &str, body: &Markup) -> Response {
        let ink = Ink::of(self, self.desk.now());
        let inside = html! {
            main #main.bare tabindex="-1" { (body) }
        };
        let page = document(&ink, title, None, &inside);
        (status, Html(page.into_string())).into_response()
    }
}

fn document(ink: &Ink<'_>, title: &str, stream: Option<&str>, inside: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(ink.locale.language().tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex, nofollow";
                title { (title) " · " (ink.say("console-name")) }
                link rel="icon" href="/icon.svg" type="image/svg+xml";
                link rel="stylesheet" href="/console.css";
                script src="/console.js" defer {}
            }
            body data-stream=[stream] data-lost=[stream.map(|_| ink.say("console-press-lost"))] {
                (inside)
            }
        }
    }
}

fn inside(ink: &Ink<'_>, page: &Page<'_>) -> Markup {
    html! {
        a.skip href="#main" { (ink.say("console-skip")) }
        @if let Some(head) = &page.head { (head) }
        (menu(ink, page.place))
        p #offline role="status" hidden { (ink.say("console-reconnecting")) }
        div #polite.unseen role="status" aria-live="polite" {}
        div #urgent.unseen role="alert" aria-live="assertive" {}
        main #main tabindex="-1" {
            (said(ink, page.said.as_ref()))
            (page.body)
        }
        (keys(ink))
        dialog #ask aria-labelledby="ask-title" {}
    }
}

fn menu(ink: &Ink<'_>, place: Place) -> Markup {
    let links = [
        (Place::Desk, "/", "console-menu-desk"),
        (Place::Propose, "/propose", "console-menu-propose"),
        (Place::Standing, "/standing", "console-menu-standing"),
        (Place::News, "/news", "console-menu-news"),
        (Place::History, "/history", "console-menu-history"),
        (Place::Health, "/health", "console-menu-health"),
    ];
    html! {
        nav.menu aria-label=(ink.say("console-menu")) {
            @for (of, path, key) in links {
                a href=(path) aria-current=[(of == place).then_some("page")] { (ink.say(key)) }
            }
            button #keys-open.quiet type="button" hidden data-scripted
                aria-label=(ink.say("console-keys")) { "?" }
        }
    }
}

/// What a press came to. The place is always there, so that the script can fill it.
fn said(ink: &Ink<'_>, said: Option<&Said>) -> Markup {
    let tone = said.map_or("neutral", |said| tone_class(said.tone));
    html! {
        div #said.said.{ "tone-" (tone) } role="status" hidden[said.is_none()] {
            p { @if let Some(said) = said { (said.text) } }
            button.quiet type="button" hidden data-scripted data-dismiss="said"
                aria-label=(ink.say("console-dismiss")) { "×" }
        }
    }
}

/// What the keys do.
fn keys(ink: &Ink<'_>) -> Markup {
    let rows = [
        ("j", "console-key-next"),
        ("k", "console-key-previous"),
        ("c", "console-key-confirm"),
        ("r", "console-key-reject"),
        ("e", "console-key-edit"),
        ("s", "console-key-snooze"),
        ("x", "console-key-close"),
        ("w", "console-key-why"),
        ("?", "console-key-help"),
    ];
    html! {
        dialog #keys aria-labelledby="keys-title" {
            h2 #keys-title { (ink.say("console-keys")) }
            dl.keys {
                @for (key, what) in rows {
                    div { dt { kbd { (key) } } dd { (ink.say(what)) } }
                }
            }
            p.field {
                label { input #keys-on type="checkbox" checked; " " (ink.say("console-keys-on")) }
            }
            form method="dialog" { button.primary { (ink.say("console-done-reading")) } }
        }
    }
}
