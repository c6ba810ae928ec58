//! The head of every page: whose desk, which money, how it stands.

use countersign_cards::{console::time, figures, say, words};
use countersign_domain::{
    calendar,
    money::Usd,
    trading::TradingState,
    view::{Health, Mode},
};
use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};

use crate::{
    console::Room,
    live::scene::Scene,
    pages::ink::{Ink, unbroken},
};

pub(crate) fn draw(room: &Room, scene: &Scene) -> Markup {
    let board = &scene.board;
    let ink = Ink::of(room, board.header.now);
    let mode = match board.header.mode {
        Mode::Paper => "paper",
        Mode::Live => "live",
    };
    let (state, key) = match board.trading {
        TradingState::Active => ("good", "console-state-active"),
        TradingState::Reducing => ("attention", "console-state-reducing"),
        TradingState::Halted => ("critical", "console-state-halted"),
    };
    html! {
        header #head.head.{ "mode-" (mode) } data-waiting=(board.offered.len()) {
            p.whose {
                strong.mode { (words::mode(board.header.mode, ink.locale)) }
                " "
                span.name { (board.header.name) }
            }
            dl.facts {
                (fact(&ink, "console-account", &html! {
                    a href="/account" { (board.header.account) }
                }))
                (fact(&ink, "console-state", &html! {
                    span class={ "pill tone-" (state) } { (ink.say(key)) }
                }))
                (fact(&ink, "console-today", &today(&ink, scene)))
                (fact(&ink, "console-next-scan", &html! {
                    @match board.next_scan {
                        Some(at) => { (time(at, ink.now, ink.locale)) }
                        None => { (ink.say("console-no-scan")) }
                    }
                }))
                (fact(&ink, "console-health", &condition(&ink, scene)))
                (fact(&ink, "console-clock", &html! { (time(ink.now, ink.now, ink.locale)) }))
            }
        }
    }
}

fn fact(ink: &Ink<'_>, label: &str, value: &Markup) -> Markup {
    html! {
        div { dt { (ink.say(label)) } dd { (value) } }
    }
}

/// The day's profit, taken and open.
fn today(ink: &Ink<'_>, scene: &Scene) -> Markup {
    let (taken, open) = (scene.board.realised_today, scene.board.unrealised);
    let all = taken + open;
    let parts = say!(
        ink.locale,
        "console-today-of",
        taken = figures::signed(taken, ink.locale),
        open = figures::signed(open, ink.locale)
    );
    html! {
        strong class={ "tone-" (profit_class(all)) } { (unbroken(&figures::signed(all, ink.locale))) }
        " "
        small { (unbroken(&parts)) }
    }
}

/// The class of a gain or a loss.
pub(crate) fn profit_class(profit: Usd) -> &'static str {
    if profit.is_positive() {
        "good"
    } else if profit.is_negative() {
        "bad"
    } else {
        "neutral"
    }
}

/// Whether all parts are well, with the way to the page that tells.
fn condition(ink: &Ink<'_>, scene: &Scene) -> Markup {
    let well = scene.board.health.iter().all(|part| is_well(part, scene));
    let (tone, key) = if well {
        ("good", "console-health-well")
    } else {
        ("critical", "console-health-look")
    };
    html! {
        a.pill.{ "tone-" (tone) } href="/health" { (ink.say(key)) }
    }
}

/// True while a part needs nobody.
pub(crate) fn is_well(health: &Health, scene: &Scene) -> bool {
    let quote_age = scene.seen.desk.limits.quote_age_s;
    needs_nobody(health, scene.board.header.now, quote_age)
}

/// The longest that the monitor of a session may be silent: three of its ticks.
const SILENCE: SignedDuration = SignedDuration::from_secs(9);

/// The most effects that wait where they are performed: each takes far less than a second.
const WAITING: u64 = 20;

/// The same of a part alone. Outside a session the monitor and the feed may rest.
fn needs_nobody(health: &Health, now: Timestamp, quote_age_s: u32) -> bool {
    let younger = |at: Option<Timestamp>, bound| {
        calendar::session_at(now).is_none_or(|session| {
            // What was before the open is not missed in the first moments after it.
            let since = at.map_or(session.open, |at| at.max(session.open));
            now.duration_since(since) <= bound
        })
    };
    match health {
        Health::Broker { reachable } => *reachable,
        Health::Store { committing } => *committing,
        Health::Monitor { last, .. } => younger(*last, SILENCE),
        Health::Feed { newest, .. } => {
            younger(*newest, SignedDuration::from_secs(quote_age_s.into()))
        }
        Health::Outbox { waiting } => *waiting <= WAITING,
    }
}

#[cfg(test)]
#[path = "head_tests.rs"]
mod tests;
