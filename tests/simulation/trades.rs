//! The canonical trades.

use std::sync::Arc;

use countersign_desk::settings::{DeskSettings, Walk};
use countersign_tests::{
    Button::Confirm,
    Ending, Setup, World,
    broker::{Call, Fault},
    market::{CALL, option},
    place::Place,
    secs,
};

/// A trade that is told the same way each time.
#[derive(Clone, Copy)]
pub(crate) struct Trade {
    pub(crate) name: &'static str,
    setup: fn() -> Setup,
    pub(crate) tell: fn(&mut World),
}

impl Trade {
    pub(crate) fn world(&self, place: &Arc<Place>) -> World {
        World::on(place, (self.setup)())
    }
}

/// Offered, confirmed, filled, closed at its profit target.
pub(crate) const SIMPLE: Trade = Trade {
    name: "simple",
    setup: Setup::default,
    tell: |world| {
        world.offer();
        let _ = world.press("ana", Confirm);
        world.advance(secs(6));
        rise(world);
        world.advance(secs(15));
    },
};

/// One of three is filled; the exit closes it and cancels the rest.
pub(crate) const PARTIAL: Trade = Trade {
    name: "partial fill",
    setup: patient,
    tell: |world| {
        world.broker.behave(|manner| manner.entry_room = Some(1));
        world.offer();
        let _ = world.press("ana", Confirm);
        world.advance(secs(6));
        rise(world);
        world.advance(secs(15));
    },
};

/// The entry is filled at its third price, the exit at its second.
pub(crate) const WALK: Trade = Trade {
    name: "walk with replace",
    setup: walking,
    tell: |world| {
        world.offer();
        let _ = world.press("ana", Confirm);
        world.advance(secs(18));
        rise(world);
        world.advance(secs(15));
    },
};

/// The answer to the entry is lost, and the order stands.
pub(crate) const LOST_STANDS: Trade = Trade {
    name: "lost answer, the order stands",
    setup: Setup::default,
    tell: |world| {
        world.broker.next(Call::Submit, Fault::Silent);
        world.offer();
        let _ = world.press("ana", Confirm);
        world.advance(secs(6));
        rise(world);
        world.advance(secs(15));
    },
};

/// The answer to the entry is lost, and nothing arrived.
pub(crate) const LOST_NOTHING: Trade = Trade {
    name: "lost answer, nothing arrived",
    setup: Setup::default,
    tell: |world| {
        world.broker.next(Call::Submit, Fault::Lost);
        world.offer();
        let _ = world.press("ana", Confirm);
        world.advance(secs(15));
    },
};

/// The answer to the exit is lost, once with it and once without; then it shows up late.
pub(crate) const LOST_EXIT: Trade = Trade {
    name: "lost answer to an exit",
    setup: Setup::default,
    tell: |world| {
        world.offer();
        let _ = world.press("ana", Confirm);
        world.advance(secs(6));
        world.broker.next(Call::Submit, Fault::Lost);
        world.broker.next(Call::Submit, Fault::Hidden(secs(4)));
        rise(world);
        world.advance(secs(24));
    },
};

/// The exit finds nobody for a while: it walks, alarms, and is filled in the end.
pub(crate) const STUCK: Trade = Trade {
    name: "stuck exit",
    setup: Setup::default,
    tell: |world| {
        world.broker.behave(|manner| manner.exit_room = Some(0));
        world.offer();
        let _ = world.press("ana", Confirm);
        world.advance(secs(3));
        rise(world);
        world.advance(secs(24));
        world.broker.behave(|manner| manner.exit_room = None);
        world.advance(secs(6));
    },
};

/// The call is worth more than half again what was paid.
fn rise(world: &World) {
    world.market.shift(option(CALL), 130);
}

/// An entry that waits where it is.
fn patient() -> Setup {
    walks(60, 0)
}

/// An entry that starts halfway and walks to its card's limit.
fn walking() -> Setup {
    walks(6, 2)
}

fn walks(every_s: u32, steps: u32) -> Setup {
    let usual = Setup::default();
    Setup {
        settings: DeskSettings {
            entry_walk: Walk { every_s, steps },
            ..usual.settings
        },
        ..usual
    }
}

/// True of an ending that an uncrashed run could have had: what was bought was sold, or nothing
/// was bought; a ticket whose entry never left may be offered anew.
pub(crate) fn could_end(ending: &Ending) -> bool {
    let Some((entry, filled)) = ending.entry else {
        return matches!(ending.ticket, "offered" | "expired") && ending.position.is_none();
    };
    let nothing = filled == 0 && ending.position.is_none();
    match ending.ticket {
        "confirmed" if nothing => entry == "cancelled",
        "confirmed" => {
            matches!((entry, filled), ("filled", 3) | ("cancelled", 1 | 2))
                && ending.position == Some(("closed", vec![0]))
        }
        "lapsed" => nothing && matches!(entry, "lapsed" | "unsent"),
        _ => false,
    }
}
