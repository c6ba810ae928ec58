//! A message as the fake keeps it and as a test reads it.

use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::text::Entity;

/// What a file in a message is shown as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MediaKind {
    /// A picture, with its size in pixels.
    Photo {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
    /// A file to download.
    Document,
}

/// A file in a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Media {
    /// What it is shown as.
    pub kind: MediaKind,
    /// The platform's name of the file.
    pub file_id: String,
    /// The name that its sender gave it.
    pub name: Option<String>,
    /// Its bytes, as they were uploaded.
    #[serde(skip)]
    pub bytes: Arc<[u8]>,
}

/// A button under a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Button {
    /// What is written on it.
    pub label: String,
    /// What the bot is told when it is pressed; `None` for a link.
    pub data: Option<String>,
    /// The address that it opens.
    pub url: Option<String>,
}

/// What a message shows, at one time of its life.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Content {
    /// Its text or caption, without mark-up.
    pub text: String,
    /// The marked stretches of the text.
    pub entities: Vec<Entity>,
    /// Its picture or file.
    pub media: Option<Media>,
    /// The rows of its inline keyboard as they were sent; `None` without one.
    pub keyboard: Option<Value>,
}

impl Content {
    /// The buttons, row by row.
    pub fn buttons(&self) -> Vec<Vec<Button>> {
        let text = |it: &Value| it.as_str().map(str::to_owned);
        let button = |it: &Value| Button {
            label: text(&it["text"]).unwrap_or_default(),
            data: text(&it["callback_data"]),
            url: text(&it["url"]),
        };
        let rows = self.keyboard.as_ref().and_then(Value::as_array);
        let row = |it: &Value| it.as_array().into_iter().flatten().map(button).collect();
        rows.into_iter().flatten().map(row).collect()
    }
}

/// One appearance of a message: as it was sent, or after an edit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Version {
    /// When it was sent or edited, since the fake began.
    pub at: Duration,
    /// What it showed from then on.
    pub content: Content,
}

/// A message of a chat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Message {
    /// Its number in its chat.
    pub id: i64,
    /// Its chat.
    pub chat: i64,
    /// The topic it stands in.
    pub thread: Option<i64>,
    /// Who sent it.
    pub from: i64,
    /// The date that the platform says, in seconds since 1970, skewed where a test skews it.
    pub date: i64,
    /// The date of its last edit, likewise.
    pub edit_date: Option<i64>,
    /// What it shows now.
    pub content: Content,
    /// Every appearance, the first as it was sent, the last as it is now.
    pub versions: Vec<Version>,
    /// The message that it answers.
    pub reply_to: Option<i64>,
    /// Whether it came without a sound.
    pub silent: bool,
    /// Whether it cannot be forwarded or saved.
    pub protected: bool,
    /// The options of its link preview, as they were sent.
    pub link_preview: Option<Value>,
    /// A reply keyboard or a forced reply, as it was sent.
    pub markup: Option<Value>,
    /// For a service message: its field and what that says.
    pub service: Option<(String, Value)>,
    /// Who deleted it, once somebody did.
    pub deleted_by: Option<i64>,
}

impl Message {
    /// How often it was edited.
    pub fn edits(&self) -> usize {
        self.versions.len().saturating_sub(1)
    }

    /// Its text or caption.
    pub fn text(&self) -> &str {
        &self.content.text
    }

    /// Its buttons, row by row.
    pub fn buttons(&self) -> Vec<Vec<Button>> {
        self.content.buttons()
    }

    /// The bytes of its picture.
    pub fn photo(&self) -> Option<&[u8]> {
        let media = self.content.media.as_ref()?;
        matches!(media.kind, MediaKind::Photo { .. }).then_some(&media.bytes)
    }

    /// The stretches of its text that are of a kind, such as `bold`.
    pub fn stretches(&self, kind: &str) -> Vec<String> {
        let entities = self.content.entities.iter();
        let wanted = entities.filter(|it| it.kind == kind);
        wanted.map(|it| it.of(&self.content.text)).collect()
    }

    /// Its own fields as the platform tells them; sender, chat and what it answers are added by who
    /// knows them.
    pub(crate) fn fields(&self) -> Map<String, Value> {
        let mut told = json!({ "message_id": self.id, "date": self.date });
        let has_media = self.content.media.is_some();
        let [text, entities] = if has_media {
            ["caption", "caption_entities"]
        } else {
            ["text", "entities"]
        };
        if !self.content.text.is_empty() {
            told[text] = self.content.text.clone().into();
        }
        if !self.content.entities.is_empty() {
            told[entities] = json!(self.content.entities);
        }
        if let Some(media) = &self.content.media {
            media.tell(&mut told);
        }
        if let Some(keyboard) = &self.content.keyboard {
            told["reply_markup"] = json!({ "inline_keyboard": keyboard });
        }
        if let Some(thread) = self.thread {
            told["message_thread_id"] = thread.into();
            told["is_topic_message"] = true.into();
        }
        if let Some(date) = self.edit_date {
            told["edit_date"] = date.into();
        }
        if self.protected {
            told["has_protected_content"] = true.into();
        }
        if let Some(preview) = &self.link_preview {
            told["link_preview_options"] = preview.clone();
        }
        if let Some((field, what)) = &self.service {
            told[field] = what.clone();
        }
        match told {
            Value::Object(fields) => fields,
            _ => Map::new(),
        }
    }
}

impl Media {
    fn tell(&self, told: &mut Value) {
        let size = self.bytes.len();
        let mut file = json!({
            "file_id": self.file_id,
            "file_unique_id": format!("u{}", self.file_id),
            "file_size": size,
        });
        match self.kind {
            MediaKind::Photo { width, height } => {
                file["width"] = width.into();
                file["height"] = height.into();
                told["photo"] = json!([file]);
            }
            MediaKind::Document => {
                if let Some(name) = &self.name {
                    file["file_name"] = name.clone().into();
                }
                told["document"] = file;
            }
        }
    }
}
