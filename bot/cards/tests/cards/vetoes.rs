//! Vetoes: why a signal is not traded.

use countersign_cards::{Locale, veto};
use countersign_domain::{limits::LimitCode, signal::Veto, trading::TradingState};
use insta::assert_snapshot;

use crate::{
    desk::{TICKET, at},
    refusals::breach,
};

// R55
#[test]
fn every_veto_says_why_the_signal_is_not_traded() {
    let vetoes = [
        Veto::Calendar { minutes_left: 25 },
        Veto::Calendar { minutes_left: 0 },
        Veto::NoContract {
            seen: 118,
            lacking: "expiry between 1 and 10 days".to_owned(),
        },
        Veto::NoContract {
            seen: 1,
            lacking: "a strike near 750".to_owned(),
        },
        Veto::NoContract {
            seen: 0,
            lacking: "no chain".to_owned(),
        },
        Veto::Liquidity {
            contract: "GOOG  151224C00752500".to_owned(),
            fault: "spread 24% of the mid".to_owned(),
        },
        Veto::Liquidity {
            contract: "GOOG  151224C00750000 / GOOG  151224C00755000".to_owned(),
            fault: "net mid 0.05, a premium of at least 0.20 is wanted".to_owned(),
        },
        Veto::Liquidity {
            contract: "XYZ".to_owned(),
            fault: "no bid".to_owned(),
        },
        Veto::DataQuality {
            fault: "4 bars missing".to_owned(),
        },
        Veto::Duplicate {
            ticket: Some(TICKET),
        },
        Veto::Duplicate { ticket: None },
        Veto::Limit(breach(LimitCode::OpenPositions, "6", "5", None)),
        Veto::Trading {
            state: TradingState::Reducing,
        },
        Veto::NotScanned,
    ];
    let english = Locale::english();
    let sentences = vetoes.map(|one| veto(&one, at(10, 45, 0), &english));
    assert_snapshot!(sentences.join("\n"), @r"
    The session ends in 25 min, too soon for a new position.
    The market is closed.
    No contract fits, 118 looked at. Wanted: expiry between 1 and 10 days.
    No contract fits, 1 looked at. Wanted: a strike near 750.
    No contract fits, 0 looked at. Wanted: no chain.
    GOOG Dec 24, 2015 752.5 call trades too thinly: spread 24% of the mid.
    GOOG Dec 24, 2015 750 call / GOOG Dec 24, 2015 755 call trades too thinly: net mid 0.05, a premium of at least 0.20 is wanted.
    XYZ trades too thinly: no bid.
    The figures cannot be trusted: 4 bars missing.
    Ticket …4FC1PW on the same idea stands already.
    A position on the same idea is open already.
    It would make 6 positions, working entries included; the limit is 5 positions; wait until one is closed.
    The desk is reducing and takes no entries.
    The strategy was switched off, or the underlying taken off the watchlist, while it was looked at.
    ");
}
