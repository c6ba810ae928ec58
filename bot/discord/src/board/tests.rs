//! Tests of the board, against the strict Discord.

use std::time::Duration;

use countersign_desk::ports::{CardKey, Chat as _, ChatError, MessageRef};
use countersign_domain::{
    event::Alarm,
    ids::{AccountId, DeskId},
    notices::Telling,
    view::{Header, Mode, View},
};
use countersign_fakes::discord::{MessageSeen, Trouble, permissions};
use jiff::Timestamp;

use crate::stand_tests::Stand;

/// Any view: what makes a board is its key.
fn view(said: &str) -> View {
    view_of(Alarm::BrokerDown(said.to_owned()))
}

fn view_of(alarm: Alarm) -> View {
    let header = Header {
        desk: DeskId::from_bits(1),
        name: "desk".to_owned(),
        mode: Mode::Paper,
        account: AccountId("paper".to_owned()),
        now: Timestamp::UNIX_EPOCH,
        late: None,
    };
    View::Alarm {
        at: header.now,
        header,
        alarm,
        alert: None,
    }
}

async fn tried(
    stand: &Stand,
    said: &str,
    message: Option<&MessageRef>,
) -> Result<MessageRef, ChatError> {
    let (room, view) = (stand.room(), view(said));
    room.draw(CardKey::Board, &view, message, &Telling::LOUD)
        .await
}

async fn drawn(stand: &Stand, said: &str, message: Option<&MessageRef>) -> MessageRef {
    tried(stand, said, message).await.expect("drawn")
}

/// The only message in the channel, which is pinned.
fn only(stand: &Stand) -> MessageSeen {
    let channel = stand.fake.channel();
    let [board] = &stand.fake.messages(channel)[..] else {
        panic!("one message: {:?}", stand.fake.messages(channel));
    };
    let pins = stand.fake.pins(channel);
    assert!(board.pinned && pins.len() == 1, "{pins:?}");
    assert!(board.silent, "the board rings nobody's bell");
    board.clone()
}

/// An hour passes on the platform, and the line knows.
async fn an_hour_later(stand: &Stand) {
    later(stand, Duration::from_mins(61)).await;
}

async fn later(stand: &Stand, passed: Duration) {
    stand.fake.advance(passed);
    let call = crate::line::Call::bare(
        serenity::http::LightMethod::Get,
        serenity::http::Route::UserMe,
    );
    stand.line.wire.called(call).await.expect("an answer");
}

fn pins_asked(stand: &Stand) -> usize {
    let requests = stand.fake.requests();
    let pins = requests.iter().filter(|it| it.path.contains("/pins/"));
    pins.count()
}

#[tokio::test]
async fn the_board_is_pinned_once_and_without_a_sound_and_drawn_every_five_seconds() {
    let stand = Stand::new().await;
    let message = drawn(&stand, "one", None).await;
    let board = only(&stand);
    let room = stand.room();
    assert!(room.pause_before(CardKey::Board) > Duration::from_secs(4));
    let card = room.pause_before(CardKey::Alarm(1, 0));
    assert!(card < Duration::from_secs(1), "{card:?}");
    assert_eq!(drawn(&stand, "two", Some(&message)).await, message);
    assert!(only(&stand).text().contains("two"));
    assert_eq!(only(&stand).id, board.id);
    assert_eq!(pins_asked(&stand), 1);
    stand.well_behaved();
}

#[tokio::test]
async fn a_board_of_an_hour_is_posted_anew_and_the_old_one_goes() {
    let stand = Stand::new().await;
    let message = drawn(&stand, "one", None).await;
    let old = only(&stand);
    an_hour_later(&stand).await;
    let next = drawn(&stand, "two", Some(&message)).await;
    let new = only(&stand);
    assert_ne!((&next, new.id), (&message, old.id));
    assert!(new.text().contains("two"));
    assert_eq!(drawn(&stand, "three", Some(&next)).await, next);
    assert_eq!(only(&stand).id, new.id);
    stand.well_behaved();
}

#[tokio::test]
async fn another_card_that_somebody_pinned_stays() {
    let stand = Stand::new().await;
    let message = drawn(&stand, "one", None).await;
    let (room, other) = (stand.room(), view_of(Alarm::StoreDown("full".to_owned())));
    let card = CardKey::Alarm(7, 0);
    let shown = room.draw(card, &other, None, &Telling::LOUD).await;
    shown.expect("shown");
    let channel = stand.fake.channel();
    let messages = stand.fake.messages(channel);
    let other = messages.iter().find(|it| it.text().contains("full"));
    let other = other.expect("the other card").id;
    room.call_pin(other).await.expect("pinned");
    an_hour_later(&stand).await;
    drawn(&stand, "two", Some(&message)).await;
    let other = stand.fake.message(other).expect("the other card");
    assert!(other.pinned);
    stand.well_behaved();
}

#[tokio::test]
async fn whatever_call_of_a_new_posting_a_crash_interrupts_one_board_is_left() {
    let (soon, late) = (Duration::ZERO, Duration::from_mins(61));
    // Before it is pinned the platform knows a posting by its nonce alone, for some minutes.
    let calls = [
        ("create_message", soon),
        ("deprecated_create_pin", soon),
        ("list_messages", late),
        ("deprecated_list_pins", late),
        ("delete_message", late),
    ];
    for (call, down) in calls {
        for trouble in [Trouble::Cut, Trouble::LoseAnswer] {
            let mut stand = Stand::new().await;
            let message = drawn(&stand, "one", None).await;
            an_hour_later(&stand).await;
            stand.fake.trouble(call, 1, &trouble).expect("a call");
            // Whether or not it got through, nobody noted it.
            let _ = tried(&stand, "two", Some(&message)).await;
            stand.again();
            later(&stand, down).await;
            let next = drawn(&stand, "three", Some(&message)).await;
            let shown = only_text(&stand, call);
            assert!(shown.contains("three"), "{call}: {shown}");
            assert_eq!(drawn(&stand, "four", Some(&next)).await, next);
            assert_eq!(stand.fake.violations(), []);
        }
    }
}

fn only_text(stand: &Stand, call: &str) -> String {
    let messages = stand.fake.messages(stand.fake.channel());
    let boards: Vec<_> = messages.iter().filter(|it| !it.embeds.is_empty()).collect();
    assert_eq!(boards.len(), 1, "{call}: {messages:?}");
    boards[0].text()
}

#[tokio::test]
async fn where_nothing_may_be_pinned_the_board_is_shown_and_pinning_is_tried_once_in_an_hour() {
    let stand = Stand::new().await;
    let channel = stand.fake.channel();
    stand.fake.bot_loses(channel, permissions::PIN_MESSAGES);
    let message = drawn(&stand, "one", None).await;
    let message = drawn(&stand, "two", Some(&message)).await;
    assert_eq!(pins_asked(&stand), 1);
    assert!(stand.fake.messages(channel)[0].text().contains("two"));
    an_hour_later(&stand).await;
    stand.fake.bot_gains(channel, permissions::PIN_MESSAGES);
    drawn(&stand, "three", Some(&message)).await;
    assert!(only(&stand).text().contains("three"));
    stand.well_behaved();
}

#[tokio::test]
async fn a_board_that_somebody_deleted_is_there_again() {
    let stand = Stand::new().await;
    let message = drawn(&stand, "one", None).await;
    stand.fake.delete_message(only(&stand).id);
    let next = drawn(&stand, "two", Some(&message)).await;
    assert_ne!(next, message);
    assert!(only(&stand).text().contains("two"));
    stand.well_behaved();
}
