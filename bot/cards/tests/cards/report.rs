//! The daily report.

use countersign_cards::Tone;
use countersign_domain::{
    exit::ExitReason,
    position::{ClosedBy, PositionState},
    view::{ReportView, TradeLine, View},
};
use insta::assert_snapshot;
use jiff::civil::date;

use crate::desk::{at, bought, drawn, header, held, position, sold, symbol, usd};

fn report() -> ReportView {
    let state = PositionState::Closed {
        by: ClosedBy::Exit(ExitReason::ProfitTarget),
        at: at(11, 14, 33),
    };
    let closed = held(&[bought(2), sold(2)].concat(), state);
    ReportView {
        header: header(at(16, 0, 0)),
        date: date(2015, 12, 23),
        trades: vec![
            TradeLine {
                position: closed.clone(),
                profit: usd("122.80"),
            },
            TradeLine {
                position: closed,
                profit: usd("-40.20"),
            },
        ],
        open: vec![position(bought(1), PositionState::Open)],
        realised: usd("93"),
        fees: usd("10.40"),
        unrealised: usd("24"),
        tickets: vec![
            ("confirmed".to_owned(), 3),
            ("declined".to_owned(), 1),
            ("expired".to_owned(), 1_204),
        ],
        vetoed: vec![
            (symbol(), "liquidity".to_owned(), 7),
            (symbol(), "no_contract".to_owned(), 2),
            (symbol(), "some_new_code".to_owned(), 1),
        ],
        missed: vec![("scan".to_owned(), 2), ("expire_sweep".to_owned(), 1)],
    }
}

#[test]
fn a_report_tells_the_result_the_trades_and_what_was_not_traded() {
    let card = drawn(&View::Report(Box::new(report())));
    assert_eq!(card.tone, Tone::Good);
    assert!(card.buttons.is_empty());
    assert_snapshot!(card.text(), @r"
    PAPER · account PA-1 · Main desk
    Daily report, Dec 23, 2015

    P&L +$82.60 taken, after $10.40 of fees.
    Open +$24.00 before fees over 1 position, worst loss $127.60.

    Trades   2 closed, 1 with a gain, 1 with a loss
    Tickets  3 confirmed, 1 declined and 1,204 expired

    Trades closed
      Closed        Position                               By                  P&L
      11:14:33 EST  GOOG bull call spread 750/755, Dec 24  profit target  +$122.80
      11:14:33 EST  GOOG bull call spread 750/755, Dec 24  profit target   −$40.20

    Open positions
      Id       Position                               State      P&L  Worst loss
      …4FC3VF  GOOG bull call spread 750/755, Dec 24  open   +$22.70     $127.60

    Signals not traded
      Underlying  Reason             Signals
      GOOG        too thinly traded        7
      GOOG        no contract fits         2
      GOOG        some new code            1

    The job scan missed 2 slots while nothing ran. Missed slots are not caught up.
    The job expire sweep missed 1 slot while nothing ran. Missed slots are not
    caught up.

    Written at 16:00:00 EST
    ");
}

#[test]
fn a_quiet_day_is_a_short_report() {
    let report = ReportView {
        trades: Vec::new(),
        open: Vec::new(),
        realised: usd("0"),
        fees: usd("0"),
        unrealised: usd("0"),
        tickets: Vec::new(),
        vetoed: Vec::new(),
        missed: Vec::new(),
        ..report()
    };
    assert_snapshot!(drawn(&View::Report(Box::new(report))).text(), @r"
    PAPER · account PA-1 · Main desk
    Daily report, Dec 23, 2015

    P&L $0.00 taken, after $0.00 of fees.

    Trades   none closed
    Tickets  none

    Written at 16:00:00 EST
    ");
}

#[test]
fn every_stored_word_of_a_ticket_and_a_veto_is_known() {
    let english = countersign_cards::Locale::english();
    let states = [
        "offered",
        "confirmed",
        "declined",
        "expired",
        "withdrawn",
        "lapsed",
    ];
    let words = states.map(|name| countersign_cards::words::ticket_state(name, &english));
    assert_snapshot!(words.join(", "), @"offered, confirmed, declined, expired, withdrawn, never sent");
    let codes = [
        "calendar",
        "no_contract",
        "liquidity",
        "data_quality",
        "duplicate",
        "limit",
        "trading",
        "lapsed",
    ];
    let words = codes.map(|code| countersign_cards::words::veto_code(code, &english));
    assert_snapshot!(words.join(", "), @"outside trading hours, no contract fits, too thinly traded, data in doubt, same idea open already, a limit leaves no room, desk takes no entries, screened too late");
}
