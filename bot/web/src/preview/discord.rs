//! A message of Discord, read from the body of its call.

use jiff::Timestamp;
use maud::{Markup, html};
use serde_json::Value;

use super::markdown::{list, read, text};

/// A picture: its address and its description.
type Picture<'a> = (String, &'a str);

/// A message, or a form.
pub(super) fn message(body: &Value, picture: Option<&Picture<'_>>, now: Timestamp) -> Markup {
    if body["custom_id"].is_string() {
        return form(body);
    }
    html! {
        div.post {
            div.face aria-hidden="true" { "C" }
            div.said {
                p.by { b { "Countersign" } " " span.bot { "APP" } }
                @if let Some(content) = body["content"].as_str().filter(|it| !it.is_empty()) {
                    div.content { (read(content, now)) }
                }
                @if let Some((address, alt)) = picture { img.picture src=(address) alt=(alt); }
                @for one in list(&body["embeds"]) { (embed(one, now)) }
                @for row in list(&body["components"]) {
                    div.row { @for it in list(&row["components"]) { (button(it)) } }
                }
            }
        }
    }
}

fn embed(embed: &Value, now: Timestamp) -> Markup {
    let colour = format!(
        "border-color: #{:06x}",
        embed["color"].as_u64().unwrap_or_default()
    );
    html! {
        article.embed style=(colour) {
            @if let Some(author) = embed["author"]["name"].as_str() { p.author { (author) } }
            @if let Some(title) = embed["title"].as_str() { h3 { (read(title, now)) } }
            @if let Some(told) = embed["description"].as_str() { div.told { (read(told, now)) } }
            @if embed["fields"].is_array() {
                dl.fields {
                    @for row in rows(list(&embed["fields"])) {
                        div.beside {
                            @for field in row {
                                div {
                                    dt { (read(text(&field["name"]), now)) }
                                    dd { (read(text(&field["value"]), now)) }
                                }
                            }
                        }
                    }
                }
            }
            @if let Some(footer) = embed["footer"]["text"].as_str() { p.footer { (footer) } }
        }
    }
}

/// The fields of each row: up to three that may stand beside each other share its width.
fn rows(fields: &[Value]) -> impl Iterator<Item = &[Value]> {
    let beside = |field: &Value| field["inline"] == true;
    let runs = fields.chunk_by(move |one, next| beside(one) && beside(next));
    runs.flat_map(|run| run.chunks(3))
}

fn button(button: &Value) -> Markup {
    let style = match button["style"].as_u64() {
        Some(1) => "primary",
        Some(3) => "success",
        Some(4) => "danger",
        _ => "secondary",
    };
    html! {
        span.button.(style) title=(text(&button["custom_id"])) { (text(&button["label"])) }
    }
}

fn form(form: &Value) -> Markup {
    let entries = list(&form["components"]).iter();
    let entries = entries.flat_map(|row| list(&row["components"]));
    html! {
        div.form title=(text(&form["custom_id"])) {
            h3 { (text(&form["title"])) }
            @for entry in entries {
                p.label { (text(&entry["label"])) @if entry["required"] == true { " *" } }
                p.entry.long[entry["style"] == 2] {
                    @match entry["value"].as_str() {
                        Some(value) => { (value) }
                        None => { span.empty { (text(&entry["placeholder"])) } }
                    }
                }
            }
            div.row { span.button.link { "Cancel" } span.button.primary { "Submit" } }
        }
    }
}
