//! The desk at a glance.

use countersign_cards::{Action, Card, Locale, Tone, status};
use countersign_domain::{
    limits::LimitCode,
    position::PositionState,
    standing::Standing,
    trading::TradingState,
    view::{BoardView, Health, LimitUse, OverrideUse, View},
};
use insta::assert_snapshot;
use jiff::civil::date;
use rust_decimal::Decimal;

use crate::desk::{
    ANA, DESK, NEWER, STANDING, TICKET, at, bought, drawn, header, position, symbol, usd,
};
use crate::overrides::{change, granted, passed};

pub(crate) fn standing() -> Standing {
    Standing {
        id: STANDING,
        signer: ANA,
        name: "Ana".to_owned(),
        strategy: Some("trend".to_owned()),
        underlying: None,
        per_day: 5,
        worst_loss_per_ticket: usd("300"),
        worst_loss_per_day: usd("1000"),
        until: at(16, 0, 0),
        signed_at: at(9, 0, 0),
        revoked_at: None,
        used_on: Some(date(2015, 12, 23)),
        used_count: 1,
        used_loss: usd("255.20"),
    }
}

fn limit(code: LimitCode, used: &str, bound: &str) -> LimitUse {
    let number = |text: &str| text.parse::<Decimal>().expect("a number");
    LimitUse {
        code,
        used: number(used),
        bound: number(bound),
    }
}

fn board() -> BoardView {
    BoardView {
        header: header(at(10, 45, 0)),
        trading: TradingState::Active,
        offered: vec![TICKET, NEWER],
        positions: vec![position(bought(2), PositionState::Open)],
        realised_today: usd("-37.60"),
        unrealised: usd("48"),
        limits: vec![
            limit(LimitCode::OpenPositions, "1", "5"),
            limit(LimitCode::ExposurePerUnderlying, "255.20", "1000"),
            limit(LimitCode::OrdersPerMinute, "0", "6"),
            limit(LimitCode::OrdersPerDay, "1", "40"),
            limit(LimitCode::DailyLoss, "0", "1000"),
            limit(LimitCode::Spread, "1250", "2000"),
            limit(LimitCode::QuoteAge, "3", "10"),
            limit(LimitCode::ContractsPerOrder, "2", "10"),
        ],
        standing: vec![standing()],
        overrides: vec![granted(), change()],
        passed: vec![OverrideUse {
            ticket: TICKET,
            passed: passed(),
            at: at(10, 40, 0),
        }],
        next_scan: Some(at(10, 50, 0)),
        health: vec![
            Health::Monitor {
                ticks: 1_500,
                skipped: 1,
                last: Some(at(10, 44, 57)),
            },
            Health::Feed {
                kept: 28_932,
                dropped: 14,
                newest: Some(at(10, 44, 0)),
            },
            Health::Outbox { waiting: 0 },
            Health::Broker { reachable: true },
            Health::Store { committing: true },
        ],
    }
}

fn card(board: BoardView) -> Card {
    drawn(&View::Board(Box::new(board)))
}

#[test]
fn a_board_shows_what_may_be_lost_what_today_came_to_and_how_the_parts_are() {
    assert_snapshot!(card(board()).text(), @r"
    PAPER · account PA-1 · Main desk
    Desk active

    Worst loss $255.20 over 1 open position.
    Today −$37.60 taken after fees, +$48.00 open before fees.

    Trading     takes entries and exits
    Offered     tickets …4FC1PW and …4FC24K wait for a decision
    Next scan   10:50:00 EST
    Approvals   …4FC496 of Ana: trend, every underlying; 1 of 5 used today; worst
                loss $255.20 of $1,000.00 used today, $300.00 per ticket; until
                16:00:00 EST
    Overrides   …00002D of Ana: Worst loss per ticket up to $800.00 instead of
                $500.00, for one entry, “earnings”; granted by Ben and Dee; not used
                yet; until 16:00:00 EST
                …00002D of Ana: Open positions up to 6 positions instead of 5
                positions, as the new limit; not granted yet; until 16:00:00 EST
    Used today  10:40:00 EST ticket …4FC1PW, with override …00002D, granted by Ben
                and Dee: Worst loss per ticket $633.90 instead of $500.00
    Monitor     1,500 ticks, 1 skipped, last 10:44:57 EST
    Feed        28,932 rows used, 14 dropped, newest quote 10:44:00 EST
    Outbox      nothing waits to be done
    Broker      answers
    Store       commits

    Open positions
      Id       Position                               State      P&L  Worst loss
      …4FC3VF  GOOG bull call spread 750/755, Dec 24  open   +$45.40     $255.20

    Limits
      Limit                             Used       Ceiling
      Open positions              1 position   5 positions
      Worst loss per underlying      $255.20     $1,000.00
      Entries per minute           0 entries     6 entries
      Entries per day                1 entry    40 entries
      Loss today                       $0.00     $1,000.00
      Spread of a leg                  12.5%           20%
      Quote age                          3 s          10 s
      Contracts per order        2 contracts  10 contracts

    [Reduce] [Halt]

    As of 10:45:00 EST
    ");
}

#[test]
fn an_empty_board_says_so_calmly() {
    let board = BoardView {
        offered: Vec::new(),
        positions: Vec::new(),
        realised_today: usd("0"),
        unrealised: usd("0"),
        limits: Vec::new(),
        standing: Vec::new(),
        overrides: Vec::new(),
        passed: Vec::new(),
        next_scan: None,
        health: vec![
            Health::Monitor {
                ticks: 0,
                skipped: 0,
                last: None,
            },
            Health::Feed {
                kept: 0,
                dropped: 0,
                newest: None,
            },
        ],
        ..board()
    };
    assert_snapshot!(card(board).text(), @r"
    PAPER · account PA-1 · Main desk
    Desk active

    Worst loss $0.00: no position is open.
    Today $0.00 taken after fees, $0.00 open before fees.

    Trading  takes entries and exits
    Offered  no ticket waits for a decision
    Monitor  0 ticks, 0 skipped, last never
    Feed     0 rows used, 0 dropped, newest quote never

    [Reduce] [Halt]

    As of 10:45:00 EST
    ");
}

#[test]
fn a_board_offers_the_ways_out_of_each_trading_state() {
    let buttons = |trading| {
        let card = card(BoardView { trading, ..board() });
        let actions: Vec<Action> = card.buttons.iter().map(|button| button.action).collect();
        (card.tone, actions)
    };
    let (reduce, halt, resume) = (
        Action::Reduce(DESK),
        Action::Halt(DESK),
        Action::Resume(DESK),
    );
    assert_eq!(
        buttons(TradingState::Active),
        (Tone::Neutral, vec![reduce, halt])
    );
    assert_eq!(
        buttons(TradingState::Reducing),
        (Tone::Attention, vec![resume, halt])
    );
    assert_eq!(
        buttons(TradingState::Halted),
        (Tone::Critical, vec![resume, reduce])
    );
}

#[test]
fn a_board_in_trouble_says_what_fails_and_what_goes_on() {
    let mut unmarked = position(bought(2), PositionState::Broken);
    unmarked.unrealised = None;
    let board = BoardView {
        trading: TradingState::Halted,
        positions: vec![unmarked],
        offered: vec![TICKET],
        health: vec![
            Health::Outbox { waiting: 3 },
            Health::Broker { reachable: false },
            Health::Store { committing: false },
        ],
        standing: vec![Standing {
            strategy: None,
            underlying: Some(symbol()),
            used_on: None,
            ..standing()
        }],
        limits: Vec::new(),
        overrides: Vec::new(),
        passed: Vec::new(),
        ..board()
    };
    assert_snapshot!(card(board).text(), @r"
    PAPER · account PA-1 · Main desk
    Desk halted

    Worst loss $255.20 over 1 open position.
    Today −$37.60 taken after fees, +$48.00 open before fees.

    Trading    no entries; automatic exits go on
    Offered    ticket …4FC1PW waits for a decision
    Next scan  10:50:00 EST
    Approvals  …4FC496 of Ana: every strategy, GOOG; 0 of 5 used today; worst loss
               $0.00 of $1,000.00 used today, $300.00 per ticket; until 16:00:00 EST
    Outbox     3 effects wait to be done
    Broker     does not answer
    Store      cannot commit; entries stop, exits go on

    Open positions
      Id       Position                               State       P&L  Worst loss
      …4FC3VF  GOOG bull call spread 750/755, Dec 24  broken  no mark     $255.20

    [Resume] [Reduce]

    As of 10:45:00 EST
    ");
}

#[test]
fn a_status_says_nothing_of_what_only_the_running_desk_knows_and_has_whole_ids() {
    let mut board = board();
    for position in &mut board.positions {
        position.unrealised = None;
    }
    board.unrealised = usd("0");
    let text = status(&board, false, &Locale::english()).text();
    assert_snapshot!(text, @r"
    PAPER · account PA-1 · Main desk
    Desk active

    Worst loss $255.20 over 1 open position.
    Today −$37.60 taken after fees. What is open is not known here: only the process
    that runs the desk sees the market.

    Trading     takes entries and exits
    Offered     tickets …4FC1PW and …4FC24K wait for a decision
    Approvals   …4FC496 of Ana: trend, every underlying; 1 of 5 used today; worst
                loss $255.20 of $1,000.00 used today, $300.00 per ticket; until
                16:00:00 EST
    Overrides   …00002D of Ana: Worst loss per ticket up to $800.00 instead of
                $500.00, for one entry, “earnings”; granted by Ben and Dee; not used
                yet; until 16:00:00 EST
                …00002D of Ana: Open positions up to 6 positions instead of 5
                positions, as the new limit; not granted yet; until 16:00:00 EST
    Used today  10:40:00 EST ticket …4FC1PW, with override …00002D, granted by Ben
                and Dee: Worst loss per ticket $633.90 instead of $500.00

    Open positions
      Id                          Position                         State  Worst loss
      01A77QC460B8Y93NSBWG4FC3VF  GOOG bull call spread 750/755,   open      $255.20
                                  Dec 24

    Limits
      Limit                             Used       Ceiling
      Open positions              1 position   5 positions
      Worst loss per underlying      $255.20     $1,000.00
      Entries per minute           0 entries     6 entries
      Entries per day                1 entry    40 entries
      Spread of a leg                  12.5%           20%
      Quote age                          3 s          10 s
      Contracts per order        2 contracts  10 contracts

    As of 10:45:00 EST
    ");
    for unknown in ["Monitor", "Feed", "Broker", "Loss today", "$0.00 open"] {
        assert!(!text.contains(unknown), "{unknown}");
    }
    let flattening = status(&board, true, &Locale::english()).text();
    assert!(flattening.contains("Everything is being closed"));
}
