//! Answers to commands, as a phone shows them.

use countersign_cards::{Card, Language, Locale, answer, command::Command, text};
use countersign_domain::{
    event::{Event, Fact},
    ids::OperatorId,
    instrument::Symbol,
    limits::LimitCode,
    operator::{Actor, Identity, Operator, Role, Surface},
    order::OrderState,
    position::{ClosedBy, PositionState},
    scanning::Said,
    signal::{Evidence, Signal, SignalState, Veto},
    standing::Standing,
    view::{
        AccountView, ChainRow, ChainView, LimitUse, LookView, Looked, PositionView, ProfitView,
        StrategyView, TradeLine, TrailView, WatchedView, WhyNotView,
    },
};
use insta::assert_snapshot;
use jiff::{SignedDuration, civil::date};
use rust_decimal::Decimal;

use crate::desk::{
    ANA, STANDING, at, bought, entry, header, offered, position, price, quote, signal, sold,
    symbol, ticket, usd,
};

const PHONE: usize = 34;

/// A card as a phone has it: sentences break where they like, tables do not.
fn phone(card: &Card) -> String {
    let mut lines = vec![card.title.clone()];
    lines.extend(card.lead.iter().map(|line| line.text.clone()));
    lines.extend(
        card.fields
            .iter()
            .map(|it| format!("{}: {}", it.label, it.value)),
    );
    for table in &card.tables {
        let drawn = text::table(table, PHONE);
        assert!(
            drawn.lines().all(|line| line.chars().count() <= PHONE),
            "{drawn}"
        );
        lines.push(format!("- {}\n{drawn}", table.title));
    }
    lines.extend(card.notes.clone());
    lines.extend(card.buttons.iter().map(|it| format!("[{}]", it.label)));
    lines.join("\n")
}

fn open() -> PositionView {
    position(bought(2), PositionState::Open)
}

fn vetoed() -> Signal {
    Signal {
        state: SignalState::Vetoed(vec![Veto::Calendar { minutes_left: 20 }]),
        ..signal()
    }
}

fn trade() -> TradeLine {
    let executions = [bought(2), sold(2)].concat();
    let by = ClosedBy::Exit(countersign_domain::exit::ExitReason::ProfitTarget);
    let closed = position(
        executions,
        PositionState::Closed {
            by,
            at: at(11, 14, 33),
        },
    );
    TradeLine {
        profit: closed.position.realised() - closed.position.fees,
        position: closed.position,
    }
}

fn limit(code: LimitCode, used: i64, bound: i64) -> LimitUse {
    LimitUse {
        code,
        used: used.into(),
        bound: bound.into(),
    }
}

fn ana() -> Operator {
    let known = |surface, user: &str| Identity {
        surface,
        user: user.to_owned(),
    };
    Operator {
        id: ANA,
        name: "Ana".to_owned(),
        role: Role::Admin,
        identities: vec![known(Surface::Web, "ana"), known(Surface::Terminal, "ana")],
    }
}

fn standing() -> Standing {
    Standing {
        id: STANDING,
        signer: ANA,
        name: "Ana".to_owned(),
        strategy: None,
        underlying: Some(symbol()),
        per_day: 5,
        worst_loss_per_ticket: usd("300"),
        worst_loss_per_day: usd("1000"),
        until: at(16, 0, 0),
        signed_at: at(10, 0, 0),
        revoked_at: None,
        used_on: None,
        used_count: 0,
        used_loss: usd("0"),
    }
}

pub(crate) fn offered_event() -> Event {
    Event {
        at: at(10, 32, 0),
        actor: Actor::Strategy("trend".to_owned()),
        press: None,
        fact: Fact::TicketOffered(Box::new(ticket(offered()))),
    }
}

/// About the desk and the people.
fn asking(locale: &Locale) -> Vec<Card> {
    let header = header(at(10, 45, 0));
    let identity = ana().identities.remove(0);
    vec![
        answer::help(&header, None, locale),
        answer::help_on(&header, Command::Watchlist, locale),
        answer::who_am_i(&header, &identity, Some(&ana()), locale),
        answer::who_am_i(&header, &identity, None, locale),
        answer::perms(&header, &[ana()], locale),
        answer::version(&header, "0.1.0", SignedDuration::from_hours(30), locale),
        answer::pong(&header, None, locale),
        answer::pong(&header, Some(SignedDuration::from_millis(84)), locale),
    ]
}

/// About what is held.
fn holding(locale: &Locale) -> Vec<Card> {
    let header = header(at(10, 45, 0));
    let profit = ProfitView {
        header: header.clone(),
        from: Some(date(2015, 12, 21)),
        trades: vec![trade()],
        unrealised: Some(usd("42")),
    };
    let account = AccountView {
        header: header.clone(),
        cash: usd("98500"),
        buying_power: usd("97000"),
        positions: vec![open()],
        standing: Vec::new(),
    };
    vec![
        answer::position_list(&header, &[open()], locale),
        answer::profit(&profit, locale),
        answer::account(&account, locale),
        answer::greeks(&header, &[open(), open()], locale),
    ]
}

/// About what happened.
fn telling(locale: &Locale) -> Vec<Card> {
    let header = header(at(10, 45, 0));
    let trail = TrailView {
        header: header.clone(),
        ticket: ticket(offered()),
        signal: None,
        events: vec![offered_event()],
        quiet: 2,
        cut: true,
    };
    vec![
        answer::signals(&header, &[signal(), vetoed()], locale),
        answer::signal(&header, &vetoed(), &[], locale),
        answer::tickets(&header, &[ticket(offered())], None, locale),
        answer::orders(&header, &[entry(OrderState::Working)], locale),
        answer::history(&header, &[offered_event()], locale),
        answer::why(&trail, locale),
    ]
}

/// About the market.
fn looking(locale: &Locale) -> Vec<Card> {
    let header = header(at(10, 45, 0));
    let rows = (0_u32..15).map(|step| ChainRow {
        strike: price(&format!("{}", 720 + step * 5)),
        call: Some(quote("3.10", "3.30", (12, 8))),
        put: (step > 4).then(|| quote("12.00", "12.40", (1, 1))),
    });
    let spot = quote("751.55", "751.65", (3, 4));
    let chain = ChainView {
        header: header.clone(),
        underlying: symbol(),
        spot: Some(spot),
        expiry: date(2015, 12, 24),
        rows: rows.collect(),
    };
    let looked = |looked| LookView {
        strategy: "trend".to_owned(),
        at: at(10, 40, 0),
        looked,
    };
    let quiet = Looked::Quiet {
        reason: "no_trend".to_owned(),
        evidence: vec![Evidence {
            name: "gap".to_owned(),
            value: 0.12,
        }],
    };
    let looks = [
        looked(quiet),
        looked(Looked::Raised(Box::new(vetoed()))),
        looked(Looked::NoData("timed out".to_owned())),
    ];
    let strategy = StrategyView {
        name: "trend".to_owned(),
        off: None,
        signals: 12,
        tickets: 3,
    };
    vec![
        answer::quote(&header, symbol(), Some(&spot), locale),
        answer::chain(&chain, locale),
        answer::watchlist(&header, &watched(symbol()), locale),
        answer::strategies(&header, &[strategy], locale),
        answer::why_not(&looked_at(looks.to_vec(), vec![vetoed()]), locale),
    ]
}

/// Looks at a watched symbol, and signals of before.
fn looked_at(looks: Vec<LookView>, earlier: Vec<Signal>) -> WhyNotView {
    let [symbol, ..] = watched(symbol());
    WhyNotView {
        header: header(at(10, 45, 0)),
        symbol,
        looks,
        more: 2 * u32::from(!earlier.is_empty()),
        earlier,
        stories: Vec::new(),
    }
}

/// One symbol as configured, one that was added and one that was taken off.
fn watched(symbol: Symbol) -> [WatchedView; 3] {
    let said = Said {
        by: Actor::Operator {
            id: OperatorId::from_bits(1),
            name: "Dee".to_owned(),
            surface: Surface::Telegram,
        },
        at: at(10, 31, 0),
    };
    let view = |symbol, configured, watched, said| WatchedView {
        symbol,
        configured,
        watched,
        said,
    };
    let named = |name: &str| name.parse().expect("a symbol");
    [
        view(symbol, true, true, None),
        view(named("QQQ"), false, true, Some(said.clone())),
        view(named("IWM"), true, false, Some(said)),
    ]
}

/// About what is allowed.
fn ruling(locale: &Locale) -> Vec<Card> {
    let header = header(at(10, 45, 0));
    let limits = [
        limit(LimitCode::OpenPositions, 3, 5),
        limit(LimitCode::DailyLoss, 310, 500),
        limit(LimitCode::QuoteAge, 3, 10),
        limit(LimitCode::OrdersPerDay, 40, 40),
    ];
    let change = (Decimal::from(5), Decimal::from(8));
    vec![
        answer::limits(&header, &limits, locale),
        answer::limit_change(
            &header,
            LimitCode::OpenPositions,
            change,
            Vec::new(),
            locale,
        ),
        answer::approvals(&header, &[standing()], locale),
    ]
}

/// Every answer in a language.
fn answers(locale: &Locale) -> Vec<Card> {
    [asking, holding, telling, looking, ruling]
        .iter()
        .flat_map(|some| some(locale))
        .collect()
}

fn read(some: fn(&Locale) -> Vec<Card>) -> String {
    let cards: Vec<String> = some(&Locale::english()).iter().map(phone).collect();
    cards.join("\n\n")
}

#[test]
fn every_answer_fits_a_phone_and_says_the_same_twice() {
    for language in Language::ALL {
        let locale = Locale::of(language);
        let cards = answers(&locale);
        assert_eq!(cards, answers(&locale));
        for card in &cards {
            assert!(card.banner.starts_with("PAPER"), "{}", card.title);
            assert!(!phone(card).contains('!'), "{}", card.title);
        }
    }
}

#[test]
fn answers_about_the_desk_and_its_people() {
    assert_snapshot!(read(asking), @r"
    What there is to ask for
    - Commands
    Command  What it does
    /help    What there is to ask for,
             or how one command is
             used
    /link    Links you on this chat
             platform to you on
             another one
    /whoami  Who you are to the desk,
             and what you may do
    /ping    Whether a press comes
             back, and how fast
    /version Which version runs
    Send /help with a command to see how it is used.

    /watchlist
    Shows what is watched, or changes it
    Needs: viewer
    Example: /watchlist add SPY
    - What it takes
    Part     What it does
    [action] What to do: show, add,
             remove
    [symbol] Underlying, such as SPY

    Who you are
    You are Ana, admin.
    Known on: terminal, web console
    Here: ana (web console)

    Who you are
    The desk does not know you here. Send /link on a platform where it does, or ask an admin.
    Here: ana (web console)

    1 person may act
    - People
    Person Role  Known on
    Ana    admin terminal, web console

    Countersign 0.1.0
    Running for: 1 d 6 h

    Ping
    Press the button to see whether a press comes back.
    [Press]

    Ping
    The press came back. An answer takes 84 ms to the platform and back.
    ");
}

#[test]
fn answers_about_what_is_held() {
    assert_snapshot!(read(holding), @r"
    1 position
    - Open positions
    Id      Position  Exit         P&L
    …4FC3VF GOOG bull $74.00   +$45.40
            call      more
            spread    profit
            750/755,
            Dec 24

    P&L since Dec 21
    P&L +$122.80, after $5.20 of fees.
    Open P&L: +$42.00
    Trades: 1 closed, 1 with a gain, 0 with a loss
    - Trades closed
    Position                       P&L
    GOOG bull call spread     +$122.80
    750/755, Dec 24

    Account
    Cash: $98,500.00
    Buying power: $97,000.00
    - Open positions
    Id      Position  Exit         P&L
    …4FC3VF GOOG bull $74.00   +$45.40
            call      more
            spread    profit
            750/755,
            Dec 24

    Greeks
    Delta and gamma per dollar of the underlying, theta per day, vega per volatility point.
    - Greeks
    Id      Delta Gamma  Theta Vega
    …4FC3VF  42.3  3.08  −61.2  5.0
    …4FC3VF  42.3  3.08  −61.2  5.0
    All      84.6  6.15 −122.4 10.0
    ");
}

#[test]
fn answers_about_what_happened() {
    assert_snapshot!(read(telling), @r"
    Newest signals
    - Signals
    Id      Underlying Outcome
    …4FC2JA GOOG ↑     ticket …4FC1PW
    …4FC2JA GOOG ↑     outside trading
                       hours

    Signal …4FC2JA on GOOG
    trend expects GOOG to rise, strength 0.77 of 1: last price $751.62; fast average $751.18; slow average $750.24; average range of a bar $0.87; fast less slow average 1.08 ranges; slow average moved 0.61 ranges; momentum 66 of 100; bars seen 12; bars missing 0; 1 day to expiry; underlying $751.58 in the option formula; parity pairs 9; implied volatility at the money 18.4%; leg 1 delta 0.61; leg 1 implied volatility 18.7%; leg 2 delta 0.41; leg 2 implied volatility 18.1%; implied volatility rank unknown, no history
    Raised: 10:32:00 EST
    What became of it: outside trading hours
    The session ends in 20 min, too soon for a new position.

    Newest tickets
    - Tickets
    Id      Ticket    State      Worst
                                  loss
    …4FC1PW GOOG bull offered  $255.20
            call
            spread
            750/755,
            Dec 24

    Orders
    - Orders
    Id      Order     State     Filled
    …4FC301 GOOG      working      0/2
            entry     at the
                      broker

    What happened
    - Events, New York time
    Time  Event
    10:32 strategy trend: Ticket
          …4FC1PW offered: GOOG bull
          call spread 750/755, Dec 24,
          2015, 2 contracts, pay at
          most $1.25 per share, worst
          loss $255.20, until 10:37:00
          EST.

    Why: GOOG bull call spread 750/755, Dec 24, 2015
    strategy trend
    What became of it: offered
    - Events, New York time
    Time  Event
    10:32 strategy trend: Ticket
          …4FC1PW offered: GOOG bull
          call spread 750/755, Dec 24,
          2015, 2 contracts, pay at
          most $1.25 per share, worst
          loss $255.20, until 10:37:00
          EST.
    2 more stories were heard and changed nothing.
    Older events are in the audit log.
    ");
}

#[test]
fn answers_about_the_market() {
    assert_snapshot!(read(looking), @r"
    GOOG now
    $751.60 halfway, 13 min 3 s old.
    Bid: $751.55 × 3
    Ask: $751.65 × 4
    From: recorded day

    GOOG options of Dec 24
    $751.60 halfway, 13 min 3 s old.
    - Bid/ask around the price
         Call Strike         Put
    3.10/3.30    730           –
    3.10/3.30    735           –
    3.10/3.30    740           –
    3.10/3.30    745 12.00/12.40
    3.10/3.30    750 12.00/12.40
    3.10/3.30    755 12.00/12.40
    3.10/3.30    760 12.00/12.40
    3.10/3.30    765 12.00/12.40
    3.10/3.30    770 12.00/12.40
    3.10/3.30    775 12.00/12.40
    3.10/3.30    780 12.00/12.40
    4 strikes further away are left out.

    Watched: 2 underlyings
    GOOG · QQQ
    QQQ: not configured, added by Dee (Telegram), 10:31:00 EST
    IWM: configured, taken off by Dee (Telegram), 10:31:00 EST

    Strategies
    - Strategies
    Strategy State Signals Tickets
    trend    on         12       3

    Why nothing is offered on GOOG
    10:40:00 EST, trend: nothing noticed (no trend: both averages are close): fast less slow average 0.12 ranges.
    10:40:00 EST, trend: The session ends in 20 min, too soon for a new position.
    10:40:00 EST, trend: the feed had no answer: “timed out”
    10:32:00 EST, trend, for a rise: The session ends in 20 min, too soon for a new position.
    2 more signals did not become tickets before; /signals lists them.
    ");
}

#[test]
fn answers_about_what_is_allowed() {
    assert_snapshot!(read(ruling), @r"
    Limits and their use
    A limit is used up: it lets no further entry pass.
    - Limits
    Limit             Used     Ceiling
    Open        ▓▓▓░░ 60 % 5 positions
    positions
    Loss today  ▓▓▓▓░ 62 %     $500.00
    Quote age                     10 s
    Entries    ▓▓▓▓▓ 100 %  40 entries
    per day

    Change of a limit: Open positions
    It becomes looser, so it follows the rule of an override.
    Now: 5 positions
    Then: 8 positions

    1 standing approval
    …4FC496 of Ana: every strategy, GOOG; 0 of 5 used today; worst loss $0.00 of $1,000.00 used today, $300.00 per ticket; until 16:00:00 EST
    [Revoke …4FC496]
    ");
}

#[test]
fn nothing_to_list_is_said() {
    let english = Locale::english();
    let header = header(at(10, 45, 0));
    let cards = [
        answer::position_list(&header, &[], &english),
        answer::signals(&header, &[], &english),
        answer::tickets(&header, &[], None, &english),
        answer::orders(&header, &[], &english),
        answer::history(&header, &[], &english),
        answer::watchlist(&header, &[], &english),
        answer::why_not(&looked_at(Vec::new(), Vec::new()), &english),
        answer::perms(&header, &[], &english),
        answer::greeks(&header, &[], &english),
        answer::quote(&header, symbol(), None, &english),
    ];
    for card in &cards {
        assert!(card.tables.is_empty());
        assert_eq!(card.notes.len() + card.lead.len(), 1, "{}", card.title);
    }
}

#[test]
fn a_ticket_that_somebody_put_aside_is_listed_so_for_them_alone_and_until_then() {
    let english = Locale::english();
    let mut one = ticket(offered());
    let me = OperatorId::from_bits(77);
    one.snoozed.insert(me, at(10, 50, 0));
    let list = |now, who| {
        let card = answer::tickets(&header(now), std::slice::from_ref(&one), who, &english);
        card.text().contains("Put aside until")
    };
    assert!(list(at(10, 45, 0), Some(me)));
    assert!(!list(at(10, 45, 0), Some(ANA)));
    assert!(!list(at(10, 45, 0), None));
    assert!(!list(at(10, 50, 0), Some(me)));
}

#[test]
fn a_hard_limit_that_becomes_tighter_says_that_no_chat_goes_back() {
    let english = Locale::english();
    let change = |code, after: i64| {
        let figures = (Decimal::from(10), Decimal::from(after));
        answer::limit_change(&header(at(10, 45, 0)), code, figures, Vec::new(), &english).notes
    };
    let hard = change(LimitCode::DailyLoss, 5);
    assert!(
        hard.iter().any(|it| it.contains("reset-limits")),
        "{hard:?}"
    );
    assert_eq!(change(LimitCode::DailyLoss, 15), Vec::<String>::new());
    assert_eq!(change(LimitCode::OpenPositions, 5), Vec::<String>::new());
}
