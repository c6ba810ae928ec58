//! Why there is a ticket, and why there is none.

use countersign_domain::{
    event::{Alarm, Event, Fact},
    exit::ExitReason,
    ids::StoryId,
    news::{Action, Judged, Reason},
    signal::{Direction, Signal, SignalState},
    ticket::{LapseReason, Ticket, WithdrawReason},
    view::{Looked, TrailView, WhyNotView},
};

use super::{
    begun,
    told::{happened, told},
    unless_any,
};
use crate::{
    card::{Card, Tone},
    event, evidence, instruments,
    locale::Locale,
    news,
    pen::{Named, Pen},
    people::verbatim,
    say, scanning, veto, words,
};

/// What led to a ticket and what became of it, oldest first, with what was heard of its underlying.
pub fn why(view: &TrailView, locale: &Locale) -> Card {
    let now = view.header.now;
    let name = instruments::structure(&Pen { locale, now }, &view.ticket.structure);
    let mut sheet = begun(&view.header, say!(locale, "title-why", name = name), locale);
    let pen = sheet.pen;
    let led = match &view.signal {
        Some(signal) => evidence::story(&pen, signal),
        None => evidence::why(&pen, &view.ticket, None),
    };
    sheet.lead(Tone::Neutral, led);
    let state = words::ticket_state(view.ticket.state.name(), locale);
    sheet.field("label-outcome", state);
    // What its signal saw stands above already.
    let is_told =
        |event: &&Event| view.signal.is_some() && matches!(event.fact, Fact::SignalRaised(_));
    let events = view.events.iter().filter(|event| !is_told(event));
    let row = |event: &Event| match &event.fact {
        Fact::StoryJudged(judged) => {
            vec![pen.minute(event.at), heard(locale, event, judged, view)]
        }
        _ => told(&pen, event),
    };
    let rows = events.map(row).collect();
    happened(&mut sheet, rows);
    let quiet = usize::try_from(view.quiet).unwrap_or(usize::MAX);
    if let Some(note) = news::more(&pen, quiet, "note-news-quiet") {
        sheet.note(note);
    }
    if view.events.iter().any(ended_by_plan) {
        sheet.note(locale.say("note-not-rolled"));
    }
    if view.cut {
        sheet.note(locale.say("console-trail-cut"));
    }
    sheet.finish()
}

/// True where the exit plan wanted the end: others would open the same again further out.
fn ended_by_plan(event: &Event) -> bool {
    let Fact::ExitDecided { reason, .. } = &event.fact else {
        return false;
    };
    matches!(
        reason,
        ExitReason::DaysToExpiry | ExitReason::Expiry | ExitReason::TimeStop
    )
}

/// A story as old as it was when it was heard, and what came of it.
fn heard(locale: &Locale, event: &Event, judged: &Judged, view: &TrailView) -> String {
    let pen = Pen {
        locale,
        now: event.at,
    };
    let story = news::headline(&pen, judged);
    let mut did: Vec<String> = Vec::new();
    let later = view.events.iter();
    for one in later.filter_map(|it| did_to(&pen, judged.story.cluster, it)) {
        if !did.contains(&one) {
            did.push(one);
        }
    }
    if did.is_empty() {
        did.push(pen.say("news-did-nothing"));
    }
    let did = instruments::listed(&pen, &did);
    say!(locale, "news-heard", story = story, did = did)
}

/// What an event did because of a story: a clause.
fn did_to(pen: &Pen<'_>, story: StoryId, event: &Event) -> Option<String> {
    let of = |reasons: &[Reason]| {
        let mut mine = reasons.iter();
        let mine = mine.find(|it| matches!(it, Reason::Story { story: of, .. } if *of == story));
        mine.map(Reason::action)
    };
    let key = match &event.fact {
        Fact::TicketOffered(ticket) => offered_with(ticket, of)?,
        Fact::TicketWarned { news, .. } => milder(of(&news.reasons)?)?,
        Fact::TicketWithdrawn {
            reason: WithdrawReason::News(why),
            ..
        } => of(why).map(|_| "news-did-withdraw")?,
        Fact::TicketLapsed {
            reason: LapseReason::News(why),
            ..
        } => of(why).map(|_| "news-did-unsent")?,
        Fact::Alarm(Alarm::News(news)) if news.story == story => "news-did-alarm",
        Fact::NewsLetPass {
            name,
            until: Some(_),
            reason,
            ..
        } if *name == format!("story:{story}") => {
            let who = event::actor(&event.actor, pen.locale);
            let reason = verbatim(reason);
            return Some(say!(
                pen.locale,
                "news-did-pass",
                who = who,
                reason = reason
            ));
        }
        _ => return None,
    };
    Some(pen.say(key))
}

fn offered_with(ticket: &Ticket, of: impl Fn(&[Reason]) -> Option<Action>) -> Option<&'static str> {
    let news = ticket.news.as_ref()?;
    milder(of(&news.reasons)?)
}

const fn milder(action: Action) -> Option<&'static str> {
    match action {
        Action::Pass => None,
        Action::Warn | Action::Veto => Some("news-did-warn"),
        Action::Shrink => Some("news-did-shrink"),
    }
}

/// Why nothing is offered on an underlying: the newest looks at it, and which signals before did not
/// become tickets.
pub fn why_not(view: &WhyNotView, locale: &Locale) -> Card {
    let symbol = &view.symbol;
    let title = say!(locale, "title-whynot", symbol = symbol.symbol.as_str());
    let mut sheet = begun(&view.header, title, locale);
    let pen = sheet.pen;
    if !symbol.watched {
        sheet.lead(Tone::Attention, scanning::unwatched(&pen, symbol));
    }
    for look in &view.looks {
        let strategy = verbatim(&look.strategy);
        let heard = looked(&pen, &look.looked, &view.stories);
        sheet.note(say!(
            locale,
            "look",
            time = pen.time(look.at),
            strategy = strategy,
            what = heard
        ));
    }
    if symbol.watched {
        unless_any(&mut sheet, view.looks.len(), "note-not-looked");
    }
    for signal in &view.earlier {
        sheet.note(earlier(&pen, signal, &view.stories));
    }
    let more = usize::try_from(view.more).unwrap_or(usize::MAX);
    if let Some(note) = news::more(&pen, more, "whynot-more") {
        sheet.note(note);
    }
    sheet.finish()
}

fn looked(pen: &Pen<'_>, looked: &Looked, stories: &[Judged]) -> String {
    let locale = pen.locale;
    match looked {
        Looked::Quiet { reason, evidence } => {
            let reason = words::quiet(reason, locale);
            let figures = evidence::listed(pen, evidence.iter());
            if figures.is_empty() {
                say!(locale, "look-quiet-bare", reason = reason)
            } else {
                say!(locale, "look-quiet", reason = reason, figures = figures)
            }
        }
        Looked::Off(said) => {
            say!(locale, "look-off", who = event::actor(&said.by, locale))
        }
        Looked::NoData(said) => say!(locale, "look-no-data", words = verbatim(said)),
        Looked::Raised(signal) => became(pen, signal, stories),
    }
}

/// A signal of before that did not become a ticket.
fn earlier(pen: &Pen<'_>, signal: &Signal, stories: &[Judged]) -> String {
    let way = pen.say(match signal.direction {
        Direction::Bullish => "way-bullish",
        Direction::Bearish => "way-bearish",
    });
    say!(
        pen.locale,
        "whynot-earlier",
        time = pen.time(signal.raised_at),
        strategy = verbatim(&signal.strategy),
        way = way,
        what = became(pen, signal, stories)
    )
}

/// What became of a signal.
fn became(pen: &Pen<'_>, signal: &Signal, stories: &[Judged]) -> String {
    match &signal.state {
        SignalState::Raised => pen.say("look-raised"),
        SignalState::Lapsed => pen.say("console-outcome-lapsed"),
        SignalState::Ticketed(id) => say!(pen.locale, "look-ticketed", ticket = id.short()),
        SignalState::Vetoed(why) => {
            let why = why
                .iter()
                .map(|one| veto::with_stories(pen, one, (signal.raised_at, stories)));
            why.collect::<Vec<String>>().join(" ")
        }
    }
}
