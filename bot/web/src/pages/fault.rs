//! The page of a request that was not done.

use axum::response::Response;
use maud::html;

use crate::{console::Room, fault::Fault};

/// One clear sentence, and the ways back: to the form that was sent, and to the desk.
pub(crate) fn page(room: &Room, fault: &Fault, form: Option<&str>) -> Response {
    let locale = room.locale();
    let title = locale.say(match fault {
        Fault::Session | Fault::Token => "console-fault-locked",
        Fault::NotFound | Fault::NoSession => "console-fault-nothing-here",
        _ => "console-fault-not-done",
    });
    let form = form.filter(|_| mends(fault));
    let body = html! {
        section.door {
            h1 { (title) }
            p { (fault.sentence(locale)) }
            @if let Some(path) = form {
                p { a.button href=(path) { (locale.say("console-back-form")) } }
            }
            @if !matches!(fault, Fault::Host | Fault::Session | Fault::Token) {
                p { a.button.secondary[form.is_some()] href="/" { (locale.say("console-back")) } }
            }
        }
    };
    room.bare_page(fault.status(), &title, &body)
}

/// True for what another try at the same form can mend.
const fn mends(fault: &Fault) -> bool {
    matches!(
        fault,
        Fault::Field(_) | Fault::Within(..) | Fault::Refused(..) | Fault::TooLate
    )
}

/// The page with the form that is sent to a path, where there is one.
pub(crate) fn form_of(path: &str) -> Option<String> {
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    match parts.as_slice() {
        ["propose"] => Some("/propose".to_owned()),
        ["standing", "sign"] => Some("/standing".to_owned()),
        ["desk", "flatten", "now"] => Some("/desk/flatten".to_owned()),
        ["desk", word] => Some(format!("/desk/{word}")),
        ["positions", id, word @ ("close" | "hold" | "plan")] => {
            Some(format!("/positions/{id}/{word}"))
        }
        ["tickets", id, _, _] => Some(format!("/tickets/{id}")),
        _ => None,
    }
}
