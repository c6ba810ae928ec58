//! The news as the console shows it.

use countersign_domain::{
    instrument::Symbol,
    news::{Action, Impact, Judged, Reading},
    signal::Direction,
    view::{AgainstView, NewsDeed, NewsSourceView, PassView, ReaderView, StoryView},
};
use jiff::Timestamp;

use crate::{card::Tone, figures, locale::Locale, news, pen::Pen, people::verbatim, say};

/// A story in the words of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoryLine {
    /// Its headline.
    pub headline: String,
    /// What it is about, who published it, how long ago, and how many tell it.
    pub facts: Vec<String>,
    /// Tone, category, impact, and what it does; each as it feels.
    pub marks: Vec<(Tone, String)>,
}

/// A story.
pub fn story(view: &StoryView, now: Timestamp, locale: &Locale) -> StoryLine {
    let pen = Pen { locale, now };
    let Judged {
        story,
        reading,
        category,
        impact,
        publishers,
    } = &view.judged;
    let about: Vec<_> = story.underlyings.iter().map(Symbol::as_str).collect();
    let about = match about.as_slice() {
        [] => pen.say("console-news-everybody"),
        some => some.join(", "),
    };
    let publisher = if story.publisher.trim().is_empty() {
        verbatim(&story.source)
    } else {
        verbatim(&story.publisher)
    };
    let ago = say!(
        locale,
        "console-news-ago",
        age = old(&pen, story.published_at)
    );
    let mut facts = vec![about, publisher, pen.time(story.published_at), ago];
    if *publishers > 1 {
        facts.push(say!(locale, "console-news-told-by", count = *publishers));
    }
    let impact_tone = match impact {
        Impact::High => Tone::Attention,
        Impact::Medium | Impact::Low => Tone::Neutral,
    };
    let impact = news::impact_word(*impact, locale);
    StoryLine {
        headline: verbatim(&story.headline),
        facts,
        marks: vec![
            read(&pen, reading),
            (Tone::Neutral, news::category_word(*category, locale)),
            (
                impact_tone,
                say!(locale, "console-news-impact", impact = impact),
            ),
            does(&pen, view),
        ],
    }
}

/// How it was read, from bad to good.
fn read(pen: &Pen<'_>, reading: &Reading) -> (Tone, String) {
    match reading {
        Reading::Read(opinion) => {
            let score = opinion.score();
            let tone = match score {
                score if score <= -0.25 => Tone::Bad,
                score if score >= 0.25 => Tone::Good,
                _ => Tone::Neutral,
            };
            let score = news::signed(pen, score);
            (tone, say!(pen.locale, "console-news-tone", score = score))
        }
        Reading::Abstained(why) => {
            let why = news::abstention(*why, pen.locale);
            let text = say!(pen.locale, "news-unread", why = why);
            (Tone::Attention, text)
        }
    }
}

fn does(pen: &Pen<'_>, view: &StoryView) -> (Tone, String) {
    let tone = match view.action {
        Action::Veto if !view.passes => Tone::Bad,
        Action::Veto | Action::Shrink | Action::Warn => Tone::Attention,
        Action::Pass => Tone::Neutral,
    };
    let what = news::does(pen, view);
    (tone, what.unwrap_or_else(|| pen.say("console-news-idle")))
}

/// How long ago, to the minute: what is said to the second changes the page each second.
fn old(pen: &Pen<'_>, at: Timestamp) -> String {
    let seconds = pen.now.duration_since(at).as_secs().max(0);
    match seconds / 60 {
        0 => pen.say("console-news-moments"),
        minutes if minutes < 60 => say!(pen.locale, "span-whole-minutes", minutes = minutes),
        _ => pen.age(at),
    }
}

/// A veto that stands: what it stands against, why, and until when.
pub fn against(view: &AgainstView, now: Timestamp, locale: &Locale) -> (String, String, String) {
    let pen = Pen { locale, now };
    let way = match view.direction {
        Some(Direction::Bullish) => "console-news-against-bullish",
        Some(Direction::Bearish) => "console-news-against-bearish",
        None => "console-news-against-all",
    };
    let on = say!(locale, way, symbol = view.underlying.as_str());
    let end = match view.until {
        Some(until) => say!(locale, "console-news-until", until = pen.time(until)),
        None => pen.say("console-news-open"),
    };
    (on, news::reason(&pen, &view.reason), end)
}

/// A veto that is let pass: who, which, why and until when.
pub fn passing(view: &PassView, now: Timestamp, locale: &Locale) -> String {
    news::passing(&Pen { locale, now }, view)
}

/// What was done because of the news, and when.
pub fn deed(view: &NewsDeed, now: Timestamp, locale: &Locale) -> (String, String) {
    let pen = Pen { locale, now };
    (pen.time(view.at), news::deed(&pen, view))
}

/// Who reads.
pub fn reader(view: Option<&ReaderView>, now: Timestamp, locale: &Locale) -> String {
    news::reader(&Pen { locale, now }, view)
}

/// A source in the words of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceLine {
    /// Its name.
    pub name: String,
    /// When it was heard last.
    pub heard: String,
    /// Why it has nothing to tell; `None` while it answers.
    pub fault: Option<String>,
    /// When it is asked next.
    pub next: String,
    /// Stories taken in.
    pub taken: String,
    /// Items left out, by reason.
    pub dropped: String,
    /// What is used of its budget; empty where it has none.
    pub budget: String,
}

/// A source.
pub fn source(view: &NewsSourceView, now: Timestamp, locale: &Locale) -> SourceLine {
    let pen = Pen { locale, now };
    let count = |count: u64| figures::grouped(&count.to_string(), locale);
    let heard = view.heard_at.map_or_else(
        || pen.say("console-news-never"),
        |at| {
            let age = old(&pen, at);
            say!(locale, "console-news-ago", age = age)
        },
    );
    let fault = view.fault.as_ref().map(|(fault, since)| {
        let since = pen.time(*since);
        say!(
            locale,
            "console-news-fault",
            since = since,
            fault = verbatim(fault)
        )
    });
    let next = match view.next {
        Some(next) if next > now => pen.time(next),
        _ => pen.say("console-news-now"),
    };
    let dropped = view.dropped.iter().filter(|(_, many)| *many > 0);
    let dropped: Vec<_> = dropped
        .map(|(why, many)| format!("{} {}", count(*many), left_out(why, locale)))
        .collect();
    let budget = view.budget.map_or_else(String::new, |budget| {
        let (used, of) = (count(budget.used.into()), count(budget.of.into()));
        say!(locale, "console-news-budget", used = used, of = of)
    });
    SourceLine {
        name: verbatim(&view.name),
        heard,
        fault,
        next,
        taken: count(view.taken),
        dropped: if dropped.is_empty() {
            "0".to_owned()
        } else {
            dropped.join(", ")
        },
        budget,
    }
}

/// Why items are left out, in a word.
fn left_out(why: &str, locale: &Locale) -> String {
    let key = match why {
        "empty" => "news-dropped-empty",
        "undated" => "news-dropped-undated",
        "future" => "news-dropped-future",
        "stale" => "news-dropped-stale",
        "repeated" => "news-dropped-repeated",
        "untagged" => "news-dropped-untagged",
        "unreadable" => "news-dropped-unreadable",
        other => return verbatim(other),
    };
    locale.say(key)
}
