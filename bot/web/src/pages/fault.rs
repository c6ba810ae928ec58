//! The page of a request that was not done.

use axum::response::Response;
use maud::html;

use crate::{console::Room, fault::Fault};

/// One clear sentence, and the way back.
pub(crate) fn page(room: &Room, fault: &Fault) -> Response {
    let locale = room.locale();
    let title = locale.say(match fault {
        Fault::Session | Fault::Token => "console-fault-locked",
        Fault::NotFound => "console-fault-nothing-here",
        _ => "console-fault-not-done",
    });
    let body = html! {
        section.door {
            h1 { (title) }
            p { (fault.sentence(locale)) }
            @if !matches!(fault, Fault::Host | Fault::Session | Fault::Token) {
                p { a.button href="/" { (locale.say("console-back")) } }
            }
        }
    };
    room.bare_page(fault.status(), &title, &body)
}
