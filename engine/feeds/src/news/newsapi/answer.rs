//! What the vendor answers.

use countersign_desk::ports::NewsError;
use countersign_domain::news::RawStory;
use jiff::Timestamp;
use serde_json::Value;

use super::{BudgetDay, PAGE};
use crate::news::{
    cursor,
    http::{Answer, after},
    oldest_first,
    time::instant,
};

/// How long to rest when the vendor asks for it without saying how long: 15 minutes.
const REST_S: u32 = 900;

/// A page of articles.
#[derive(Default)]
pub(super) struct Page {
    pub(super) stories: Vec<RawStory>,
    pub(super) unreadable: u64,
    /// Articles altogether, as the vendor counts.
    pub(super) total: u64,
    /// Whether it holds as many as a page can.
    pub(super) full: bool,
}

/// Reads an answer, or the vendor's word for what is wrong.
pub(super) fn read(answer: &Answer, now: Timestamp, day: BudgetDay) -> Result<Page, NewsError> {
    let json = answer.json();
    let code = json.as_ref().ok().and_then(|it| it.get("code")?.as_str());
    match code {
        // The plan ends here: what there is was told.
        Some("maximumResultsReached") => return Ok(Page::default()),
        Some(code) => return Err(refusal(answer, code, now, day)),
        None => answer.passed(now)?,
    }
    let json = json?;
    let ok = json.get("status").and_then(Value::as_str) == Some("ok");
    let articles = json.get("articles").and_then(Value::as_array);
    let Some(articles) = articles.filter(|_| ok) else {
        let why = format!("{} sends JSON without articles", answer.host);
        return Err(NewsError::Unreadable(why));
    };
    let mut page = Page {
        total: json
            .get("totalResults")
            .and_then(Value::as_u64)
            .unwrap_or_default(),
        full: u64::try_from(articles.len()).is_ok_and(|it| it >= PAGE),
        ..Page::default()
    };
    for article in articles {
        match story(article) {
            Some(story) => page.stories.push(story),
            None => page.unreadable += 1,
        }
    }
    page.stories.reverse();
    oldest_first(&mut page.stories);
    Ok(page)
}

fn story(article: &Value) -> Option<RawStory> {
    let text = |value: Option<&Value>| {
        let text = value.and_then(Value::as_str).unwrap_or_default();
        text.trim().to_owned()
    };
    let headline = text(article.get("title"));
    if headline.is_empty() {
        return None;
    }
    let link = text(article.get("url"));
    let published = text(article.get("publishedAt"));
    let name = if link.is_empty() {
        cursor::fingerprint([headline.as_str(), published.as_str()])
    } else {
        link.clone()
    };
    Some(RawStory {
        name,
        publisher: text(article.get("source").and_then(|it| it.get("name"))),
        link,
        published_at: instant(&published),
        headline,
        symbols: Vec::new(),
    })
}

/// What the vendor's code for an error means. Its sentence is not passed on.
fn refusal(answer: &Answer, code: &str, now: Timestamp, day: BudgetDay) -> NewsError {
    let host = &answer.host;
    let wait = answer.wait(now);
    match code {
        "apiKeyDisabled" | "apiKeyInvalid" | "apiKeyMissing" => {
            NewsError::Refused(format!("{host} answers {code}"))
        }
        "apiKeyExhausted" => NewsError::Wait {
            until: wait.unwrap_or_else(|| day.ends(now)),
        },
        "rateLimited" => NewsError::Wait {
            until: wait.unwrap_or_else(|| after(now, REST_S)),
        },
        "parameterInvalid"
        | "parametersMissing"
        | "parametersIncompatible"
        | "sourcesTooMany"
        | "sourceDoesNotExist" => NewsError::Unreadable(format!("{host} answers {code}")),
        "unexpectedError" => NewsError::Unreachable(format!("{host} answers {code}")),
        _ => answer.passed(now).err().unwrap_or_else(|| {
            NewsError::Unreadable(format!("{host} answers with an error of its own"))
        }),
    }
}
