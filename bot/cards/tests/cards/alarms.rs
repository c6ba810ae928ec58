//! Alarms: every one of them.

use countersign_domain::{event::Alarm, unheard::Unheard, view::View};
use insta::assert_snapshot;

use crate::desk::{ENTRY, POSITION, at, drawn, header, option};

fn view(alarm: Alarm) -> View {
    View::Alarm {
        header: header(at(10, 45, 0)),
        alarm,
        at: at(10, 45, 0),
        alert: None,
    }
}

/// Tone, title, what happened, what to do.
fn gist(alarm: Alarm) -> String {
    let card = drawn(&view(alarm));
    let (tone, lead) = (card.tone, &card.lead[0].text);
    format!(
        "{tone:?}: {}\n{lead}\n{}",
        card.title,
        card.notes.join("\n")
    )
}

#[test]
fn an_alarm_is_one_sentence_and_what_to_do() {
    let card = drawn(&view(Alarm::ExitStuck {
        position: POSITION,
        steps: 8,
    }));
    assert_snapshot!(card.text(), @r"
    PAPER · account PA-1 · Main desk
    Exit not filled

    The exit of position …4FC3VF has walked all 8 price steps and is not filled.

    Look at the quotes of its legs. Close it at the broker by hand if you cannot
    wait.

    Raised at 10:45:00 EST
    ");
}

#[test]
fn every_alarm_says_what_happened_and_what_to_do() {
    assert_snapshot!(gist(Alarm::LateOrder(ENTRY)), @r"
    Attention: Lost order turned up
    Order …4FC301 was given up and has turned up at the broker. The desk is cancelling it; what it filled counts.
    Watch its card until the broker says that it is gone.
    ");
    assert_snapshot!(gist(Alarm::NeverArrived(ENTRY)), @r"
    Attention: Order in doubt never arrived
    Order …4FC301 was sent, its answer was lost, and no lookup found it.
    Check the broker's own list of orders once. An entry is not sent again.
    ");
    assert_snapshot!(gist(Alarm::Overfilled(ENTRY)), @r"
    Critical: Filled more than ordered
    The broker executed more than order …4FC301 asked for. The executions are booked as they are.
    Compare the position with the broker's account before any new entry, and ask the broker.
    ");
    assert_snapshot!(gist(Alarm::LegsDiverged(POSITION)), @r"
    Critical: Legs diverged
    The legs of position …4FC3VF make up no whole contracts.
    Look at its card and at the broker's account, then press Close or mend it at the broker.
    ");
    let rejected = Alarm::ExitRejected {
        position: POSITION,
        said: "position is not\nopen".to_owned(),
    };
    assert_snapshot!(gist(rejected), @r"
    Critical: Exit rejected by the broker
    The broker rejected the exit of position …4FC3VF: “position is not open”
    The position is still held. If the broker goes on refusing, close it at the broker by hand.
    ");
    assert_snapshot!(gist(Alarm::Mismatch(option("C00750000"))), @r"
    Critical: Desk and broker disagree
    The broker's holding of GOOG Dec 24, 2015 750 call is not what the desk thinks it holds.
    Find out who traded it. Resume the desk when both agree.
    ");
    assert_snapshot!(gist(Alarm::StoreDown("disk is full".to_owned())), @r"
    Critical: Store cannot commit
    The store cannot commit: disk is full. Entries stop, exits go on.
    Free disk space or bring the database back.
    ");
    assert_snapshot!(gist(Alarm::BrokerDown("connection refused".to_owned())), @r"
    Critical: Broker cannot be reached
    The broker cannot be reached: connection refused. The desk keeps trying.
    Watch open positions at the broker itself until it answers here.
    ");
    assert_snapshot!(gist(Alarm::CrashLoop { starts: 3 }), @r"
    Critical: Crashed several times in a row
    The desk started 3 times without a clean end. Entries stay off; exits go on.
    Read the log, mend the cause, then resume the desk.
    ");
    assert_snapshot!(gist(Alarm::Unmarked(POSITION)), @r"
    Attention: Position without a mark
    Position …4FC3VF has no believable mark, so its price exits cannot fire.
    Look at the quotes of its legs. Exits by time and expiry go on; you can close it yourself.
    ");
}

// R19
#[test]
fn an_alarm_that_is_told_late_says_how_late() {
    let late = View::Alarm {
        header: header(at(11, 58, 30)),
        alarm: Alarm::Unmarked(POSITION),
        at: at(10, 45, 0),
        alert: None,
    };
    let card = drawn(&late);
    assert_snapshot!(card.notes[1], @"Told 73 min late: it could not be shown here before.");
}

#[test]
fn what_a_chat_platform_refuses_is_told_with_the_fix() {
    use countersign_domain::operator::{Room, Surface};
    let room = Room {
        surface: Surface::Telegram,
        chat: -1_001_234_567_890,
    };
    let said = "Forbidden: bot was kicked from the supergroup chat".to_owned();
    let token = false;
    assert_snapshot!(gist(Alarm::RoomLost { room, said, token }), @r"
    Critical: A chat takes no cards
    No card can be shown in the Telegram chat -1001234567890. The platform says: Forbidden: bot was kicked from the supergroup chat.
    Add the bot to the chat again, let it write, edit and pin there, and open its topic where that is closed. Cards wait, and are tried every minute; until then decide on another surface.
    ");
    let (said, token) = ("the token is not valid".to_owned(), true);
    assert_snapshot!(gist(Alarm::RoomLost { room, said, token }), @r"
    Critical: A chat takes no cards
    No card can be shown in the Telegram chat -1001234567890. The platform says: the token is not valid.
    The platform no longer knows the bot's token: have it make a new one (BotFather on Telegram, the Developer Portal on Discord), give it to the process in its environment and start that again. Cards wait until then; decide on another surface.
    ");
    let said = Unheard::Conflict;
    let surface = Surface::Telegram;
    assert_snapshot!(gist(Alarm::Deaf { surface, said }), @r"
    Critical: Presses are not heard
    What people press and write on Telegram does not reach this process: another process listens with the same token.
    See whether the platform works, whether another process listens with the bot's token, and whether the token is right. Until then press on another surface.
    ");
    let said = "Bad Request: message can't be edited".to_owned();
    assert_snapshot!(gist(Alarm::CardRefused { room, said }), @r"
    Attention: A card could not be shown
    The Telegram chat -1001234567890 refused a card, also in its plainest form, so an older one may still stand there with its buttons. The platform says: Bad Request: message can't be edited.
    Trust the other surfaces: a button of an old card decides nothing. Say it to whoever maintains this program.
    ");
    let surface = Surface::Discord;
    assert_snapshot!(gist(Alarm::Forged { surface, count: 20 }), @r"
    Attention: Forged posts
    Somebody who is not Discord posted to the address for its presses: 20 posts within a minute. All were refused and nothing was done.
    Nothing has to be done at once. If it goes on, look in the log of your proxy at who posts there, and shut them out.
    ");
}
