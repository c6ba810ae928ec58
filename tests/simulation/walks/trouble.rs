//! What goes wrong in a walk.

use countersign_desk::ports::{BrokerStatus, ChatError};
use countersign_domain::operator::Surface;
use countersign_tests::{
    Outage, World,
    broker::{Call, Fault},
    market::{CALL, HIGH_CALL, option},
    secs,
};
use rand::Rng;

/// One kind of trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The process is killed between two steps.
    Kill,
    /// The power fails at one of the next boundaries.
    PowerCut,
    /// It fails at one of the next, and again at one of those after.
    TwoPowerCuts,
    /// The process ends cleanly and is started again.
    Restart,
    /// The answer to a request is lost; the request arrives or not, shows up at once or later.
    Silence,
    /// A lookup, a list or a report cannot be had.
    Blindness,
    /// The broker cannot be reached, or can again.
    Unreachable,
    /// The broker refuses the next request.
    Refusal,
    /// Only some units find somebody.
    Scarcity,
    /// Fills are told before acknowledgements, or everything later.
    Delay,
    /// Everything is told twice.
    Repetition,
    /// The broker ends a working order by itself, or rejects it after all.
    Ended,
    /// The broker takes an execution back.
    Bust,
    /// A surface is down, or up again.
    ChatDown,
    /// A surface refuses a drawing.
    ChatRefuses,
    /// The disk is full, or has room again.
    DiskFull,
    /// The database is gone, or back.
    DatabaseGone,
    /// The database commits and does not say so.
    Mute,
    /// Quotes age, or are fresh again.
    Stale,
    /// A quote is gone, or back.
    NoQuote,
    /// Somebody trades by hand on the same account.
    Hand,
    /// Somebody says yes in another process, which does not perform what it commits.
    Elsewhere,
}

const ALL: [Trouble; 22] = [
    Trouble::Kill,
    Trouble::PowerCut,
    Trouble::TwoPowerCuts,
    Trouble::Restart,
    Trouble::Silence,
    Trouble::Blindness,
    Trouble::Unreachable,
    Trouble::Refusal,
    Trouble::Scarcity,
    Trouble::Delay,
    Trouble::Repetition,
    Trouble::Ended,
    Trouble::Bust,
    Trouble::ChatDown,
    Trouble::ChatRefuses,
    Trouble::DiskFull,
    Trouble::DatabaseGone,
    Trouble::Mute,
    Trouble::Stale,
    Trouble::NoQuote,
    Trouble::Hand,
    Trouble::Elsewhere,
];

impl Trouble {
    /// Each kind or not, as chance has it.
    pub(super) fn some(chance: &mut impl Rng) -> Vec<Self> {
        let share = chance.random_range(0.1..0.7);
        let mut some = ALL.to_vec();
        some.retain(|_| chance.random_bool(share));
        some
    }

    pub(super) fn happen(self, world: &mut World, chance: &mut impl Rng) {
        match self {
            Self::Kill => world.crash(),
            Self::Restart => world.stop(),
            Self::PowerCut | Self::TwoPowerCuts => {
                let first = world.power().counted() + chance.random_range(1..60);
                let second = first + chance.random_range(1..40);
                let cuts = [first, second];
                let many = usize::from(self == Self::TwoPowerCuts) + 1;
                world.power().fail_at(&cuts[..many]);
            }
            Self::ChatDown => {
                let down = chance.random_bool(0.5);
                world.chat(Surface::Terminal).set_down(down);
            }
            Self::ChatRefuses => {
                let refused = ChatError::Refused("too long".to_owned());
                let later = ChatError::Unreachable("slow down".to_owned(), Some(4));
                let fault = if chance.random_bool(0.2) {
                    refused
                } else {
                    later
                };
                world.chat(Surface::Terminal).next(fault);
            }
            Self::DiskFull => world.store_is(either(chance, Outage::Full)),
            Self::DatabaseGone => world.store_is(either(chance, Outage::Gone)),
            Self::Mute => world.store_is(Outage::Mute),
            Self::Stale => world.market.freeze(chance.random_bool(0.4)),
            Self::NoQuote if chance.random_bool(0.4) => world.market.withdraw(option(CALL)),
            Self::NoQuote => world.market.quote(option(CALL), 200, 210),
            Self::Elsewhere => {
                let who = if chance.random_bool(0.5) { "ana" } else { "bo" };
                world.confirm_elsewhere(who, chance.random_bool(0.5));
            }
            _ => self.at_broker(world, chance),
        }
    }

    fn at_broker(self, world: &World, chance: &mut impl Rng) {
        let broker = &world.broker;
        match self {
            Self::Silence => broker.next(request(chance), silence(chance)),
            Self::Blindness => broker.next(question(chance), Fault::Lost),
            Self::Unreachable if chance.random_bool(0.3) => {
                broker.behave(|manner| manner.reachable = false);
            }
            Self::Unreachable => broker.behave(|manner| manner.reachable = true),
            Self::Refusal => {
                let words = Fault::Refuse("not today".to_owned());
                broker.next(request(chance), words);
            }
            Self::Scarcity => {
                let room = chance.random_bool(0.5).then(|| chance.random_range(0..3));
                let entries = chance.random_bool(0.5);
                broker.behave(|manner| {
                    if entries {
                        manner.entry_room = room;
                    } else {
                        manner.exit_room = room;
                    }
                });
            }
            Self::Delay => {
                let (ack, report) = (chance.random_range(0..9), chance.random_range(0..9));
                broker.behave(|manner| {
                    manner.ack_delay = secs(ack);
                    manner.report_delay = secs(report);
                });
            }
            Self::Hand => {
                let call = [CALL, HIGH_CALL][chance.random_range(0..2)];
                broker.trade_outside(option(call), chance.random_range(-3..=3));
            }
            Self::Repetition => broker.behave(|manner| manner.repeats = !manner.repeats),
            Self::Ended => broker.end(if chance.random_bool(0.7) {
                BrokerStatus::Gone
            } else {
                BrokerStatus::Rejected
            }),
            _ => {
                let _ = broker.bust();
            }
        }
    }
}

fn either(chance: &mut impl Rng, outage: Outage) -> Outage {
    if chance.random_bool(0.4) {
        outage
    } else {
        Outage::None
    }
}

fn request(chance: &mut impl Rng) -> Call {
    [Call::Submit, Call::Submit, Call::Replace, Call::Cancel][chance.random_range(0..4)]
}

fn question(chance: &mut impl Rng) -> Call {
    let all = [
        Call::Account,
        Call::Find,
        Call::OpenOrders,
        Call::Positions,
        Call::Updates,
    ];
    all[chance.random_range(0..all.len())]
}

fn silence(chance: &mut impl Rng) -> Fault {
    let wait = secs(chance.random_range(1..15));
    match chance.random_range(0..5) {
        0 => Fault::Lost,
        1 => Fault::Silent,
        2 => Fault::Unreachable,
        3 => Fault::Hidden(wait),
        _ => Fault::Late(wait),
    }
}
