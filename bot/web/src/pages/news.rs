//! The news: what was heard, what it does, who lets what pass, and where it comes from.

use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use countersign_cards::{
    Tone,
    console::news::{SourceLine, StoryLine, against, deed, passing, reader, source, story},
    say,
};
use countersign_domain::{
    instrument::Symbol,
    operator::Role,
    view::{AgainstView, NewsDeed, NewsView, PassView, StoryView},
};
use maud::{Markup, html};
use serde::Deserialize;

use super::{
    ask::{Ask, field, page as ask_page},
    ink::{Ink, tone_class, unbroken},
    parts::{buttons::once, head},
    shell::{Page, Place},
};
use crate::{
    access::{session::Session, visitor::Visitor},
    console::Room,
    fault::Fault,
    live::{
        hub::{Part, Watched},
        scene::Scene,
    },
};

/// What the page is asked with.
#[derive(Default, Deserialize)]
pub(crate) struct Asked {
    /// About what; empty for everything.
    #[serde(default)]
    symbol: String,
    /// The press whose outcome it shows.
    said: Option<u64>,
}

/// The symbol of a query: empty for all.
///
/// # Errors
///
/// [`Fault::Field`] for a text that is none.
pub(crate) fn wanted(text: &str) -> Result<Option<Symbol>, Fault> {
    match text.trim() {
        "" => Ok(None),
        text => {
            let symbol = text.to_ascii_uppercase().parse();
            symbol
                .map(Some)
                .map_err(|_| Fault::Field("console-fault-underlying"))
        }
    }
}

/// The page.
pub(crate) async fn page(
    State(room): State<Room>,
    visitor: Visitor,
    asked: Result<Query<Asked>, axum::extract::rejection::QueryRejection>,
) -> Result<Response, Fault> {
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    let about = wanted(&asked.symbol)?;
    let scene = Scene::shown(&room).await?;
    let ink = Ink::of(&room, scene.board.header.now);
    let part = part(&room, &scene, about).await?;
    let said = |session: &Session| session.said(asked.said?);
    let shown = about.map_or_else(String::new, |symbol| symbol.to_string());
    let stream = format!("?news={shown}");
    let page = Page {
        place: Place::News,
        title: ink.say("console-menu-news"),
        head: Some(head::draw(&room, &scene)),
        body: html! {
            section.sheet {
                h1 { (title(&ink, about)) }
                form.filter method="get" action="/news" role="search" {
                    div.field {
                        label for="symbol" { (ink.say("console-news-filter")) }
                        input #symbol name="symbol" value=(shown) autocomplete="off"
                            autocapitalize="characters" maxlength="12";
                    }
                    button.secondary { (ink.say("console-news-show")) }
                }
                (maud::PreEscaped(part.html))
            }
        },
        said: said(&visitor.session),
        stream: &stream,
    };
    Ok(room.page(&page, &visitor.session))
}

fn title(ink: &Ink<'_>, about: Option<Symbol>) -> String {
    match about {
        Some(symbol) => say!(ink.locale, "title-news-on", symbol = symbol.as_str()),
        None => ink.say("title-news"),
    }
}

/// The live part of the page: everything below its filter.
///
/// # Errors
///
/// [`Fault::Store`] while it cannot be read.
pub(crate) async fn part(room: &Room, scene: &Scene, about: Option<Symbol>) -> Result<Part, Fault> {
    let view = room.desk.news_view(about).await;
    let view = view.map_err(|_| Fault::Store)?;
    let ink = Ink::of(room, view.header.now);
    let admin = scene
        .operator
        .as_ref()
        .is_some_and(|it| it.role == Role::Admin);
    let id = Watched::News(about).id();
    let html = html! {
        div #(id).news {
            @if view.reads { (everything(&ink, &view, admin)) }
            @else { p.empty { (ink.say("note-news-off")) } }
        }
    };
    Ok(Part {
        id,
        html: html.into_string(),
    })
}

fn everything(ink: &Ink<'_>, view: &NewsView, admin: bool) -> Markup {
    html! {
        h2 { (ink.say("console-news-vetoes")) }
        @if view.against.is_empty() { p.soft { (ink.say("console-news-no-vetoes")) } }
        @else {
            ul.vetoes { @for one in &view.against { (veto(ink, one, admin)) } }
        }
        @if !view.passing.is_empty() {
            h2 { (ink.say("console-news-passing")) }
            ul.vetoes { @for one in &view.passing { (let_pass(ink, one, admin)) } }
        }
        h2 { (ink.say("console-news-stories")) }
        p.soft { (reader(view.reader.as_ref(), ink.now, ink.locale)) }
        @if view.stories.is_empty() { p.empty { (ink.say("console-news-no-stories")) } }
        ol.stories { @for one in &view.stories { (told(ink, one)) } }
        @if view.cut { p.soft { (ink.say("console-news-cut")) } }
        @if !view.deeds.is_empty() {
            h2 { (ink.say("table-news-deeds")) }
            ol.feed { @for one in &view.deeds { (done(ink, one)) } }
        }
        h2 { (ink.say("console-news-sources")) }
        (sources(ink, view))
    }
}

fn veto(ink: &Ink<'_>, view: &AgainstView, admin: bool) -> Markup {
    let (on, why, end) = against(view, ink.now, ink.locale);
    let path = path(view.underlying, &view.reason.name(), "pass");
    html! {
        li.tone-bad {
            p { strong { (on) } " " span.end { (end) } }
            p { bdi { (unbroken(&why)) } }
            @if admin {
                div.buttons {
                    a.button.secondary href=(path) data-ask { (ink.say("console-pass")) }
                }
            }
        }
    }
}

fn let_pass(ink: &Ink<'_>, view: &PassView, admin: bool) -> Markup {
    let path = path(view.underlying, &view.name, "count");
    html! {
        li.tone-attention {
            p { bdi { (passing(view, ink.now, ink.locale)) } }
            @if admin {
                div.buttons {
                    a.button.secondary href=(path) data-ask { (ink.say("console-count-again")) }
                }
            }
        }
    }
}

/// Where a veto is let pass, or counts again. Names of reasons are letters, digits, `:` and `-`.
fn path(symbol: Symbol, name: &str, what: &str) -> String {
    format!("/news/{symbol}/{name}/{what}")
}

fn told(ink: &Ink<'_>, view: &StoryView) -> Markup {
    let StoryLine {
        headline,
        facts,
        marks,
    } = story(view, ink.now, ink.locale);
    html! {
        li {
            p.headline {
                @match &view.judged.story.link {
                    Some(address) => {
                        a href=(address) rel="noopener noreferrer nofollow" target="_blank" {
                            bdi { (headline) }
                        }
                    }
                    None => { bdi { (headline) } }
                }
            }
            p.soft.facts-line { @for fact in &facts { span { bdi { (fact) } } } }
            p.marks {
                @for (tone, text) in &marks {
                    span.mark.{ "tone-" (tone_class(*tone)) } { (text) }
                }
            }
        }
    }
}

fn done(ink: &Ink<'_>, view: &NewsDeed) -> Markup {
    let (time, what) = deed(view, ink.now, ink.locale);
    html! {
        li.tone-attention { time { (time) } " " span.what { bdi { (what) } } }
    }
}

fn sources(ink: &Ink<'_>, view: &NewsView) -> Markup {
    let heads = [
        "console-column-source",
        "console-column-heard",
        "console-column-next",
        "console-column-taken",
        "console-column-dropped",
        "console-column-budget",
    ];
    html! {
        table.wide {
            thead { tr { @for key in heads { th scope="col" { (ink.say(key)) } } } }
            tbody {
                @for one in &view.sources { (row(ink, &source(one, ink.now, ink.locale))) }
            }
        }
    }
}

fn row(ink: &Ink<'_>, line: &SourceLine) -> Markup {
    let tone = if line.fault.is_some() {
        Tone::Bad
    } else {
        Tone::Neutral
    };
    let cell = |key: &str, text: &str| {
        html! { td data-label=(ink.say(key)) { (text) } }
    };
    html! {
        tr {
            td data-label=(ink.say("console-column-source")) {
                strong { (line.name) }
                @if let Some(fault) = &line.fault {
                    span.line.{ "tone-" (tone_class(tone)) } { bdi { (fault) } }
                }
            }
            (cell("console-column-heard", &line.heard))
            (cell("console-column-next", &line.next))
            (cell("console-column-taken", &line.taken))
            (cell("console-column-dropped", &line.dropped))
            (cell("console-column-budget", &line.budget))
        }
    }
}

/// Letting a veto pass: for how long, and why.
pub(crate) async fn ask_pass(
    State(room): State<Room>,
    visitor: Visitor,
    Path((symbol, name)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let scene = Scene::shown(&room).await?;
    let ink = Ink::of(&room, scene.board.header.now);
    let view = standing(&room, &symbol, &name).await?;
    let (on, why, _) = against(&view, ink.now, ink.locale);
    let most = room.desk.settings().override_hours;
    let hours = say!(ink.locale, "console-field-hours", most = most);
    let subject = format!("{symbol} {name}");
    let ask = Ask {
        title: "console-ask-pass-title",
        told: html! {
            p.about { (on) }
            p { bdi { (why) } }
            p { (ink.say("console-ask-pass-how")) }
        },
        fields: html! {
            (field("hours", &hours, &most.min(2).to_string(), "numeric"))
            (reason_field(&ink))
        },
        button: ("primary", "console-pass"),
        path: &path(view.underlying, &name, "pass"),
        bound: Some(once("pass-news", &subject)),
        soon: false,
    };
    Ok(ask_page(&room, &visitor, &scene, &ask))
}

/// Letting it count again: why.
pub(crate) async fn ask_count(
    State(room): State<Room>,
    visitor: Visitor,
    Path((symbol, name)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let scene = Scene::shown(&room).await?;
    let ink = Ink::of(&room, scene.board.header.now);
    let view = passes(&room, &symbol, &name).await?;
    let subject = format!("{symbol} {name}");
    let ask = Ask {
        title: "console-ask-count-title",
        told: html! {
            p { bdi { (passing(&view, ink.now, ink.locale)) } }
            p { (ink.say("console-ask-count-how")) }
        },
        fields: reason_field(&ink),
        button: ("primary", "console-count-again"),
        path: &path(view.underlying, &name, "count"),
        bound: Some(once("count-news", &subject)),
        soon: false,
    };
    Ok(ask_page(&room, &visitor, &scene, &ask))
}

fn reason_field(ink: &Ink<'_>) -> Markup {
    html! {
        div.field {
            label for="reason" { (ink.say("console-field-reason")) }
            input #reason name="reason" required maxlength="200" autocomplete="off";
        }
    }
}

/// A veto that stands, by its name.
///
/// # Errors
///
/// [`Fault::NotFound`] where none of that name does.
pub(crate) async fn standing(room: &Room, symbol: &str, name: &str) -> Result<AgainstView, Fault> {
    let view = of(room, symbol).await?;
    let mut found = view.against.into_iter();
    let found = found.find(|it| it.reason.name() == name);
    found.ok_or(Fault::NotFound)
}

/// A veto that is let pass, by its name.
///
/// # Errors
///
/// [`Fault::NotFound`] where none of that name is.
pub(crate) async fn passes(room: &Room, symbol: &str, name: &str) -> Result<PassView, Fault> {
    let view = of(room, symbol).await?;
    let mut found = view.passing.into_iter();
    found.find(|it| it.name == name).ok_or(Fault::NotFound)
}

async fn of(room: &Room, symbol: &str) -> Result<NewsView, Fault> {
    let symbol: Symbol = symbol.parse().map_err(|_| Fault::NotFound)?;
    let view = room.desk.news_view(Some(symbol)).await;
    view.map_err(|_| Fault::Store)
}
