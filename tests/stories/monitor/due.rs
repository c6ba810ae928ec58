//! Exits that fall due, each in its own way.

use countersign_desk::desk::DeskAsk;
use countersign_domain::{
    calendar,
    exit::{ExitPlan, ExitReason, TrailingStop},
    instrument::Instrument,
    money::Percent,
    order::{Order, Purpose},
    structure::{Leg, Side, Structure},
};
use countersign_tests::{
    Button::{Close, Desk},
    Offer, World,
    market::{CALL, option},
    secs,
};
use jiff::civil::date;

use crate::scene::{held, monday, no_plan, shift, stop, target, with_plan};

/// A call that ends on the day on which every world begins.
const TODAY: &str = "ACME  260302C00100000";

/// How an exit falls due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Due {
    /// Half of the premium is won.
    Target,
    /// Half of the premium is lost.
    Stop,
    /// A tenth of the premium is given back, after a fifth was won.
    Trail,
    /// Its hour has come.
    Time,
    /// Its last day but so many has come.
    Days,
    /// The last hour of its contract has begun.
    LastHour,
    /// A person closes it.
    Human,
    /// A person closes everything.
    Brake,
}

impl Due {
    /// Every one.
    pub(crate) const ALL: [Self; 8] = [
        Self::Target,
        Self::Stop,
        Self::Trail,
        Self::Time,
        Self::Days,
        Self::LastHour,
        Self::Human,
        Self::Brake,
    ];

    /// What the exit is called.
    pub(crate) const fn reason(self) -> ExitReason {
        match self {
            Self::Target => ExitReason::ProfitTarget,
            Self::Stop => ExitReason::StopLoss,
            Self::Trail => ExitReason::TrailingStop,
            Self::Time => ExitReason::TimeStop,
            Self::Days => ExitReason::DaysToExpiry,
            Self::LastHour => ExitReason::Expiry,
            Self::Human => ExitReason::Human,
            Self::Brake => ExitReason::Brake,
        }
    }

    fn plan(self, world: &World) -> ExitPlan {
        match self {
            Self::Target => target(),
            Self::Stop => stop(),
            Self::Trail => ExitPlan {
                trail: Some(TrailingStop {
                    arm: Percent(20),
                    give_back: Percent(10),
                }),
                ..no_plan()
            },
            Self::Time => ExitPlan {
                time_stop: Some(world.now() + secs(600)),
                ..no_plan()
            },
            Self::Days => ExitPlan {
                days_to_expiry: Some(17),
                ..no_plan()
            },
            Self::LastHour | Self::Human | Self::Brake => no_plan(),
        }
    }

    /// A position that will be closed like that, and no other way before.
    pub(crate) fn enter(self, world: &mut World) {
        let mut offer = with_plan(self.plan(world));
        if self == Self::LastHour {
            world.market.quote(option(TODAY), 200, 210);
            offer.structure = long(TODAY);
        }
        crate::scene::enter(world, offer);
        if self == Self::Trail {
            shift(world, 50);
            world.advance(secs(3));
        }
        assert!(world.exit().is_none(), "{self:?} is not due yet");
    }

    /// It falls due.
    pub(crate) fn come(self, world: &mut World) {
        match self {
            Self::Target => shift(world, 110),
            Self::Stop => shift(world, -100),
            Self::Trail => shift(world, -21),
            Self::Time => {
                let at = held(world).exit_plan.time_stop.expect("it has one");
                world.unattended(at);
            }
            Self::Days => {
                let tuesday = calendar::ny(date(2026, 3, 3), 10, 0);
                world.unattended(tuesday.expect("a time"));
            }
            Self::LastHour => world.unattended(monday(15, 0)),
            Self::Human => drop(world.press("ana", Close)),
            Self::Brake => drop(world.press("ana", Desk(DeskAsk::Flatten, "out"))),
        }
    }

    /// What the position holds.
    pub(crate) fn instrument(self) -> Instrument {
        option(if self == Self::LastHour { TODAY } else { CALL })
    }
}

/// One long option.
pub(crate) fn long(name: &str) -> Structure {
    let leg = Leg {
        instrument: option(name),
        side: Side::Buy,
        ratio: 1,
    };
    Structure::new(vec![leg]).expect("a long option")
}

/// Bo's usual ticket on another option.
pub(crate) fn on(name: &str, plan: ExitPlan) -> Offer {
    Offer {
        structure: long(name),
        ..with_plan(plan)
    }
}

/// Why an exit went out.
pub(crate) fn reason(order: &Order) -> ExitReason {
    match order.purpose {
        Purpose::Exit { reason, .. } => reason,
        Purpose::Entry { .. } => panic!("this is an entry"),
    }
}
