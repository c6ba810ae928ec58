//! What people read of the news: stories with how they were read, reasons, and what they mean for a
//! trade. A headline is somebody else's text: it stands between quotation marks and nothing in it is
//! looked at.

use countersign_domain::{
    ids::TicketId,
    news::{
        Abstention, Action, Category, Decision, Impact, Judged, Missing, Reading, Reason, Scorer,
    },
    view::{Deed, ModelEngine, NewsDeed, PassView, ReaderView, StoryView},
};
use jiff::Timestamp;

use crate::{
    evidence::measured,
    instruments,
    locale::Locale,
    pen::{Named, Pen},
    people::verbatim,
    say,
};

/// Digits of a model's hash that people see.
const HASH: usize = 8;

/// Reasons that are told of many.
pub(crate) const REASONS: usize = 4;

/// One reason, as a sentence.
pub(crate) fn reason(pen: &Pen<'_>, reason: &Reason) -> String {
    let locale = pen.locale;
    match reason {
        Reason::Story {
            category,
            impact,
            headline,
            until,
            ..
        } => say!(
            locale,
            "news-reason-story",
            headline = verbatim(headline),
            category = category_word(*category, locale),
            impact = impact_word(*impact, locale),
            until = pen.time(*until)
        ),
        Reason::Tone { score, stories, .. } => say!(
            locale,
            "news-reason-tone",
            score = signed(pen, *score),
            stories = *stories
        ),
        Reason::Scheduled { what, .. } => match what.at {
            Some(at) => say!(
                locale,
                "news-reason-scheduled-at",
                name = verbatim(&what.name),
                day = pen.day(what.on),
                time = pen.time(at)
            ),
            None => say!(
                locale,
                "news-reason-scheduled",
                name = verbatim(&what.name),
                day = pen.day(what.on)
            ),
        },
        Reason::Missing { what, .. } => missing(pen, what),
    }
}

fn missing(pen: &Pen<'_>, what: &Missing) -> String {
    match what {
        Missing::News { since: Some(since) } => {
            say!(pen.locale, "news-missing-since", time = pen.time(*since))
        }
        Missing::News { since: None } => pen.say("news-missing-never"),
        Missing::Model { why, stories } => say!(
            pen.locale,
            "news-missing-model",
            stories = *stories,
            why = abstention(*why, pen.locale)
        ),
    }
}

/// Several reasons, one after another.
pub(crate) fn reasons(pen: &Pen<'_>, all: &[Reason]) -> String {
    let all: Vec<_> = all.iter().map(|one| reason(pen, one)).collect();
    all.join(" ")
}

/// Several reasons with the stories behind them, as old as they were at that time; the hardest few.
pub(crate) fn behind(
    pen: &Pen<'_>,
    all: &[Reason],
    (at, stories): (Timestamp, &[Judged]),
) -> String {
    let then = Pen {
        locale: pen.locale,
        now: at,
    };
    let told = |one: &Reason| {
        let Reason::Story { story, until, .. } = one else {
            return reason(pen, one);
        };
        let known = stories.iter().find(|it| it.story.cluster == *story);
        known.map_or_else(
            || reason(pen, one),
            |known| {
                let (story, until) = (headline(&then, known), pen.time(*until));
                say!(pen.locale, "news-behind", story = story, until = until)
            },
        )
    };
    let mut lines: Vec<_> = all.iter().take(REASONS).map(told).collect();
    lines.extend(more(
        pen,
        all.len().saturating_sub(REASONS),
        "news-reasons-more",
    ));
    lines.join(" ")
}

/// That so many are left out, where some are.
pub(crate) fn more(pen: &Pen<'_>, count: usize, key: &str) -> Option<String> {
    (count > 0).then(|| say!(pen.locale, key, count = count))
}

/// The same as the end of a sentence, which the caller ends.
pub(crate) fn clause(pen: &Pen<'_>, all: &[Reason]) -> String {
    let all = reasons(pen, all);
    all.strip_suffix('.').unwrap_or(&all).to_owned()
}

/// What the news means for an offer, who read it and when: the field of a ticket.
pub(crate) fn verdict(pen: &Pen<'_>, news: &Decision) -> String {
    let locale = pen.locale;
    let mut lines = vec![outcome(pen, news)];
    lines.extend(news.stories.iter().map(|one| headline(pen, one)));
    if let Some(by) = &news.by {
        lines.push(say!(locale, "news-read-by", who = scorer(by, locale)));
    } else if news.looked_at == 0 && news.action == Action::Pass {
        lines.push(pen.say("news-no-stories"));
    }
    lines.join("\n")
}

/// What the news means for a trade, in a few words.
pub(crate) fn outcome(pen: &Pen<'_>, news: &Decision) -> String {
    let key = match news.action {
        Action::Pass => "news-pass",
        Action::Warn => "news-warn",
        Action::Shrink => "news-shrink",
        Action::Veto => "news-veto",
    };
    match news.tone {
        Some(tone) => say!(
            pen.locale,
            "news-verdict",
            verdict = pen.say(key),
            stories = news.looked_at,
            tone = signed(pen, tone)
        ),
        None => pen.say(key),
    }
}

/// A story in one line: its headline, who tells it and when, and how it was read.
pub(crate) fn headline(pen: &Pen<'_>, judged: &Judged) -> String {
    let locale = pen.locale;
    let story = &judged.story;
    let read = match &judged.reading {
        Reading::Read(opinion) => signed(pen, opinion.score()),
        Reading::Abstained(why) => {
            say!(locale, "news-unread", why = abstention(*why, locale))
        }
    };
    let publisher = match judged.publishers {
        0 | 1 => verbatim(&story.publisher),
        more => say!(
            locale,
            "news-publishers",
            publisher = verbatim(&story.publisher),
            others = more.saturating_sub(1)
        ),
    };
    say!(
        locale,
        "news-headline",
        headline = verbatim(&story.headline),
        publisher = publisher,
        age = pen.age(story.published_at),
        read = read,
        category = category_word(judged.category, locale),
        impact = impact_word(judged.impact, locale)
    )
}

/// A story in one line, with what it does now.
pub(crate) fn story(pen: &Pen<'_>, view: &StoryView) -> String {
    let story = headline(pen, &view.judged);
    match does(pen, view) {
        Some(does) => say!(pen.locale, "news-heard", story = story, did = does),
        None => story,
    }
}

/// What a story does by itself now, and until when: a clause; `None` where it does nothing.
pub(crate) fn does(pen: &Pen<'_>, view: &StoryView) -> Option<String> {
    let key = match view.action {
        Action::Pass => return None,
        Action::Warn => "news-does-warn",
        Action::Shrink => "news-does-shrink",
        Action::Veto if view.passes => "news-does-pass",
        Action::Veto => "news-does-veto",
    };
    let until = pen.time(view.until?);
    Some(say!(pen.locale, key, until = until))
}

/// A veto that an admin lets pass.
pub(crate) fn passing(pen: &Pen<'_>, view: &PassView) -> String {
    say!(
        pen.locale,
        "news-passing",
        who = verbatim(&view.by),
        name = verbatim(&view.name),
        symbol = view.underlying.as_str(),
        until = pen.time(view.until),
        reason = verbatim(&view.reason)
    )
}

/// What was done because of the news, with the reasons.
pub(crate) fn deed(pen: &Pen<'_>, view: &NewsDeed) -> String {
    let locale = pen.locale;
    let symbol = view.underlying.as_str();
    let reasons = behind(pen, &view.reasons, (view.at, &[]));
    let of = |key: &str, ticket: TicketId| {
        say!(
            locale,
            key,
            symbol = symbol,
            ticket = ticket.short(),
            reasons = reasons.as_str()
        )
    };
    match &view.deed {
        Deed::Vetoed(strategy) => say!(
            locale,
            "news-deed-vetoed",
            symbol = symbol,
            strategy = verbatim(strategy),
            times = view.times,
            reasons = reasons.as_str()
        ),
        Deed::Warned(ticket) => of("news-deed-warned", *ticket),
        Deed::Shrunk(ticket) => of("news-deed-shrunk", *ticket),
        Deed::Withdrawn(ticket) => of("news-deed-withdrawn", *ticket),
        Deed::Unsent(ticket) => of("news-deed-unsent", *ticket),
    }
}

/// Who reads, and what runs that.
pub(crate) fn reader(pen: &Pen<'_>, reader: Option<&ReaderView>) -> String {
    let Some(reader) = reader else {
        return pen.say("news-nobody-reads");
    };
    let who = scorer(&reader.scorer, pen.locale);
    match &reader.engine {
        Some(ModelEngine::Native { name, file }) => say!(
            pen.locale,
            "news-read-by-native",
            who = who,
            name = verbatim(name),
            file = verbatim(file)
        ),
        Some(ModelEngine::BuiltIn) => say!(pen.locale, "news-read-by-built-in", who = who),
        None => say!(pen.locale, "news-read-by", who = who),
    }
}

/// What an admin set aside, each by its name.
pub(crate) fn set_aside(pen: &Pen<'_>, news: &Decision) -> Option<String> {
    if news.overridden.is_empty() {
        return None;
    }
    let names: Vec<_> = news.overridden.keys().map(|name| verbatim(name)).collect();
    let names = instruments::listed(pen, &names);
    Some(say!(pen.locale, "news-set-aside", names = names))
}

/// Which scorer, with the first digits of its hash; a list of words is named as one.
pub(crate) fn scorer(by: &Scorer, locale: &Locale) -> String {
    let hash: String = by.sha256.chars().take(HASH).collect();
    let key = match by.name.as_str() {
        "lexicon" => "news-scorer-lexicon",
        _ => "news-scorer",
    };
    say!(
        locale,
        key,
        name = verbatim(&by.name),
        version = verbatim(&by.version),
        hash = hash
    )
}

/// Why a text was not read: a clause.
pub(crate) fn abstention(why: Abstention, locale: &Locale) -> String {
    let key = match why {
        Abstention::NoModel => "news-abstained-no-model",
        Abstention::Late => "news-abstained-late",
        Abstention::Unusable => "news-abstained-unusable",
        Abstention::Empty => "news-abstained-empty",
    };
    locale.say(key)
}

/// The word for a category.
pub(crate) fn category_word(category: Category, locale: &Locale) -> String {
    locale.say(match category {
        Category::Earnings => "news-category-earnings",
        Category::Guidance => "news-category-guidance",
        Category::Clinical => "news-category-clinical",
        Category::Merger => "news-category-merger",
        Category::Legal => "news-category-legal",
        Category::Analyst => "news-category-analyst",
        Category::Personnel => "news-category-personnel",
        Category::Capital => "news-category-capital",
        Category::Halt => "news-category-halt",
        Category::Bankruptcy => "news-category-bankruptcy",
        Category::Macro => "news-category-macro",
        Category::Company => "news-category-company",
        Category::Market => "news-category-market",
        Category::General => "news-category-general",
    })
}

/// The word for an impact.
pub(crate) fn impact_word(impact: Impact, locale: &Locale) -> String {
    locale.say(match impact {
        Impact::Low => "news-impact-low",
        Impact::Medium => "news-impact-medium",
        Impact::High => "news-impact-high",
    })
}

/// A score with its sign.
pub(crate) fn signed(pen: &Pen<'_>, score: f64) -> String {
    let text = measured(pen, score.abs(), 2);
    if text.chars().all(|it| !('1'..='9').contains(&it)) {
        text
    } else if score < 0.0 {
        format!("\u{2212}{text}")
    } else {
        format!("+{text}")
    }
}
