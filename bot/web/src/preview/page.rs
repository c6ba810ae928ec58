//! The pages: the cards and answers of one group, on one platform, in one language and light.

use std::collections::BTreeSet;

use countersign_cards::Language;
use maud::{DOCTYPE, Markup, html};

use super::{Light, Platform, Shot, Which, discord, telegram};

/// The page on which everything begins.
pub(super) fn index(groups: &BTreeSet<&str>) -> Markup {
    let inside = html! {
        header.bar { h1 { "Cards" } }
        main.index {
            @for group in groups {
                section {
                    h2 { (group) }
                    ul {
                        @for platform in Platform::ALL {
                            @for language in Language::ALL {
                                @let which = Which { group, platform, language, light: Light::System };
                                li { a href=(which.path()) { (platform.name()) " " (language.tag()) } }
                            }
                        }
                    }
                }
            }
        }
    };
    document("Cards", Light::System, &inside)
}

/// One page.
pub(super) fn of(which: Which<'_>, groups: &BTreeSet<&str>, shots: &[&Shot]) -> Markup {
    let title = format!("{} · {}", which.group, which.platform.name());
    let inside = html! {
        (bar(which, groups))
        main.{ "shots " (which.platform.name()) } {
            @for shot in shots { (one(shot)) }
        }
    };
    document(&title, which.light, &inside)
}

fn document(title: &str, light: Light, inside: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" class=(light.name()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                link rel="stylesheet" href="preview.css";
            }
            body { (inside) }
        }
    }
}

/// The ways to the other pages.
fn bar(which: Which<'_>, groups: &BTreeSet<&str>) -> Markup {
    let link = |to: Which<'_>, name: &str, here: bool| {
        html! { a href=(to.path()) aria-current=[here.then_some("page")] { (name) } " " }
    };
    html! {
        header.bar {
            nav {
                a href="index.html" { "Cards" } " "
                @for group in groups {
                    (link(Which { group, ..which }, group, *group == which.group))
                }
            }
            nav {
                @for platform in Platform::ALL {
                    (link(Which { platform, ..which }, platform.name(), platform == which.platform))
                }
                @for language in Language::ALL {
                    (link(Which { language, ..which }, language.tag(), language == which.language))
                }
                @for light in Light::ALL {
                    (link(Which { light, ..which }, light.name(), light == which.light))
                }
                a href=(which.payloads()) { "json" }
            }
        }
    }
}

fn one(shot: &Shot) -> Markup {
    html! {
        section.shot id=(shot.name) {
            h2 { a href={ "#" (shot.name) } { (shot.name) } }
            div.chat {
                @for (place, message) in shot.messages.iter().enumerate() {
                    @let picture = message.picture.as_ref();
                    @let picture = picture.map(|it| (shot.picture(place), it.alt.as_str()));
                    @match shot.platform {
                        Platform::Discord => { (discord::message(&message.body, picture.as_ref(), shot.now)) }
                        Platform::Telegram => { (telegram::message(&message.body, picture.as_ref(), shot.now)) }
                    }
                }
            }
        }
    }
}
