//! Tests of a room, against the strict Discord.

use std::time::Duration;

use countersign_desk::ports::{CardKey, Chat as _, ChatError, MessageRef};
use countersign_domain::{
    event::Alarm,
    ids::{AccountId, DeskId},
    notices::Telling,
    view::{AlertView, Header, Mode, View},
};
use countersign_fakes::discord::{MessageSeen, Trouble, permissions};
use jiff::Timestamp;

use crate::stand_tests::Stand;

const CARD: CardKey = CardKey::Alarm(1, 0);

fn view(said: &str) -> View {
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
        alarm: Alarm::BrokerDown(said.to_owned()),
        alert: None,
    }
}

async fn drawn(
    stand: &Stand,
    said: &str,
    message: Option<&MessageRef>,
) -> Result<MessageRef, ChatError> {
    stand
        .room()
        .draw(CARD, &view(said), message, &Telling::LOUD)
        .await
}

/// What stands in the channel.
fn texts(stand: &Stand) -> Vec<String> {
    let messages = stand.fake.messages(stand.fake.channel());
    messages.iter().map(MessageSeen::text).collect()
}

#[tokio::test]
async fn a_card_is_posted_once_and_edited_only_when_it_changed() {
    let stand = Stand::new().await;
    let message = drawn(&stand, "one", None).await.expect("drawn");
    let channel = stand.fake.channel();
    assert!(message.0.starts_with(&format!("{channel}/")), "{message:?}");
    let same = drawn(&stand, "one", Some(&message)).await.expect("drawn");
    assert_eq!(same, message);
    assert_eq!(stand.fake.requests().len(), 1);
    drawn(&stand, "two", Some(&message)).await.expect("drawn");
    let [text] = &texts(&stand)[..] else {
        panic!("one message");
    };
    assert!(text.contains("two"), "{text}");
    stand.well_behaved();
}

// A crash between the posting and the note of it.
#[tokio::test]
async fn what_was_posted_and_never_noted_is_found_again_and_shows_the_newest() {
    let stand = Stand::new().await;
    let told = stand
        .fake
        .trouble("create_message", 1, &Trouble::LoseAnswer);
    told.expect("an operation");
    let lost = drawn(&stand, "one", None).await;
    assert!(
        matches!(lost, Err(ChatError::Unreachable(_, None))),
        "{lost:?}"
    );
    let message = drawn(&stand, "two", None).await.expect("drawn");
    let [text] = &texts(&stand)[..] else {
        panic!("one message");
    };
    assert!(text.contains("two"), "{text}");
    drawn(&stand, "three", Some(&message)).await.expect("drawn");
    assert!(texts(&stand)[0].contains("three"));
    stand.well_behaved();
}

#[tokio::test]
async fn a_room_that_takes_no_cards_says_what_a_person_can_do() {
    let stand = Stand::new().await;
    let channel = stand.fake.channel();
    let message = drawn(&stand, "one", None).await.expect("drawn");
    stand.fake.bot_loses(channel, permissions::EMBED_LINKS);
    let lost = drawn(&stand, "two", None).await;
    assert!(
        matches!(&lost, Err(ChatError::Lost(said)) if said.contains("50013") && said.contains("Embed Links")),
        "{lost:?}"
    );
    stand.fake.bot_loses(channel, permissions::VIEW_CHANNEL);
    let lost = drawn(&stand, "two", Some(&message)).await;
    assert!(
        matches!(&lost, Err(ChatError::Lost(said)) if said.contains("50001") && said.contains("View Channel")),
        "{lost:?}"
    );
    stand.fake.delete_channel(channel);
    let lost = drawn(&stand, "two", Some(&message)).await;
    assert!(
        matches!(&lost, Err(ChatError::Lost(said)) if said.contains("10003") && said.contains("discord.channels")),
        "{lost:?}"
    );
    stand.well_behaved();
}

#[tokio::test]
async fn what_passes_is_tried_again_and_a_token_that_is_none_is_not_shown() {
    let stand = Stand::new().await;
    for trouble in [Trouble::Status(502), Trouble::Cut] {
        stand
            .fake
            .trouble("create_message", 1, &trouble)
            .expect("an operation");
        let missed = drawn(&stand, "one", None).await;
        assert!(
            matches!(missed, Err(ChatError::Unreachable(_, None))),
            "{missed:?}"
        );
    }
    let token = stand.fake.token();
    stand.fake.reset_token();
    let lost = drawn(&stand, "one", None).await;
    assert!(
        matches!(&lost, Err(ChatError::NoToken(said)) if !said.contains(&token)),
        "{lost:?}"
    );
}

#[tokio::test]
async fn told_to_wait_nothing_is_called_until_then() {
    let stand = Stand::new().await;
    let wait = Trouble::RateLimited {
        retry_after: Duration::from_secs(5),
        global: false,
    };
    stand
        .fake
        .trouble("create_message", 1, &wait)
        .expect("an operation");
    let missed = drawn(&stand, "one", None).await;
    assert!(
        matches!(missed, Err(ChatError::Unreachable(_, Some(5..=7)))),
        "{missed:?}"
    );
    assert!(stand.room().pause(true) > Duration::from_secs(3));
}

// So short that the library waits by itself, whole seconds as always; other calls have to wait all the same.
#[tokio::test]
async fn a_short_wait_on_all_routes_holds_for_every_call() {
    let stand = Stand::new().await;
    let message = drawn(&stand, "one", None).await.expect("drawn");
    let wait = Trouble::RateLimited {
        retry_after: Duration::from_millis(500),
        global: true,
    };
    stand
        .fake
        .trouble("update_message", 1, &wait)
        .expect("an operation");
    let other = async {
        countersign_chat::budget::wait(Duration::from_millis(300)).await;
        drawn_as(&stand, CardKey::Alarm(2, 0)).await.expect("drawn");
    };
    let (edited, ()) = tokio::join!(drawn(&stand, "two", Some(&message)), other);
    edited.expect("drawn");
    let requests = stand.fake.requests();
    let [_, refused, next, ..] = &requests[..] else {
        panic!("{requests:?}");
    };
    assert_eq!(refused.status, 429);
    assert!(next.at_us - refused.at_us >= 900_000, "{requests:?}");
    assert_eq!(texts(&stand).len(), 2);
}

async fn drawn_as(stand: &Stand, card: CardKey) -> Result<MessageRef, ChatError> {
    let (room, view) = (stand.room(), view("x"));
    room.draw(card, &view, None, &Telling::LOUD).await
}

// The platform would say no to the sixth within five seconds.
#[tokio::test]
async fn many_cards_at_once_come_at_the_pace_that_the_platform_allows() {
    let stand = Stand::new().await;
    for number in 0..8 {
        let (room, view) = (stand.room(), view("x"));
        let drawn = room
            .draw(CardKey::Alarm(number, 0), &view, None, &Telling::LOUD)
            .await;
        drawn.expect("drawn");
    }
    assert_eq!(texts(&stand).len(), 8);
    stand.well_behaved();
}

#[tokio::test]
async fn edits_of_old_messages_have_a_budget_of_their_own() {
    let stand = Stand::new().await;
    let message = drawn(&stand, "one", None).await.expect("drawn");
    stand.fake.advance(Duration::from_hours(2));
    // The first answer tells how late it is on the platform.
    for said in ["two", "three", "four"] {
        drawn(&stand, said, Some(&message)).await.expect("drawn");
    }
    let next = drawn(&stand, "five", Some(&message)).await;
    assert!(matches!(next, Err(ChatError::NotYet(20..=32))), "{next:?}");
    stand.well_behaved();
}

// What is told to wait is drawn later; nothing waits behind it.
#[tokio::test]
async fn what_is_new_or_urgent_is_not_kept_waiting_by_edits_of_old_messages() {
    let stand = Stand::new().await;
    let message = drawn(&stand, "one", None).await.expect("drawn");
    stand.fake.advance(Duration::from_hours(2));
    // An answer tells the platform's time.
    let call = crate::line::Call::bare(
        serenity::http::LightMethod::Get,
        serenity::http::Route::UserMe,
    );
    stand.line.wire.called(call).await.expect("an answer");
    for said in ["two", "three"] {
        drawn(&stand, said, Some(&message)).await.expect("drawn");
    }
    let others = async {
        let missed = drawn(&stand, "four", Some(&message)).await;
        assert!(missed.is_err(), "{missed:?}");
        let card = CardKey::Alarm(2, 0);
        let young = drawn_as(&stand, card).await.expect("drawn");
        let (room, view) = (stand.room(), view("changed"));
        room.draw(card, &view, Some(&young), &Telling::LOUD).await
    };
    let others = tokio::time::timeout(Duration::from_secs(2), others).await;
    others.expect("at once").expect("drawn");
    let texts = texts(&stand);
    assert!(texts[0].contains("three") && texts[1].contains("changed"));
    stand.well_behaved();
}

#[tokio::test]
async fn a_deleted_message_without_buttons_is_not_shown_again() {
    let stand = Stand::new().await;
    let message = drawn(&stand, "one", None).await.expect("drawn");
    let id = stand.room().known(CARD, Some(&message))[0];
    stand.fake.delete_message(id);
    let same = drawn(&stand, "two", Some(&message)).await.expect("drawn");
    assert_eq!(same, message);
    assert!(texts(&stand).is_empty());
    stand.well_behaved();
}

/// An alarm that somebody can answer.
fn waiting() -> View {
    let View::Alarm {
        header, alarm, at, ..
    } = view("one")
    else {
        unreachable!("an alarm");
    };
    let alert = AlertView {
        desk: header.desk,
        number: 1,
        called: None,
        end: None,
    };
    View::Alarm {
        header,
        alarm,
        at,
        alert: Some(Box::new(alert)),
    }
}

#[tokio::test]
async fn a_card_that_somebody_took_away_is_asked_for_again_and_stands_anew() {
    let stand = Stand::new().await;
    let room = stand.room();
    let draw = |message| {
        let room = room.clone();
        async move {
            let drawn = room.draw(CARD, &waiting(), message, &Telling::LOUD).await;
            drawn.expect("drawn")
        }
    };
    let message = draw(None).await;
    let id = room.known(CARD, None)[0];
    room.standing.take_away(id + 1);
    assert_eq!(room.take_wanted(Timestamp::UNIX_EPOCH), None);
    stand.fake.delete_message(id);
    room.standing.take_away(id);
    assert_eq!(room.take_wanted(Timestamp::UNIX_EPOCH), Some(CARD));
    assert_eq!(room.take_wanted(Timestamp::UNIX_EPOCH), None);
    let again = draw(Some(&message)).await;
    assert_ne!(again, message);
    // Nobody noted the new one yet: it is the card's all the same.
    let known = room.known(CARD, Some(&message));
    let [text] = &texts(&stand)[..] else {
        panic!("one message");
    };
    let new = stand.fake.messages(stand.fake.channel())[0].id;
    assert!(known.contains(&new) && text.contains("one"), "{known:?}");
    let asked = stand.fake.requests();
    assert!(asked.iter().all(|it| it.operation == "create_message"));
    stand.well_behaved();
}

#[tokio::test]
async fn what_is_shown_plainly_stands_in_the_cards_message_and_offers_nothing() {
    let stand = Stand::new().await;
    let (room, view) = (stand.room(), waiting());
    let message = room.draw(CARD, &view, None, &Telling::LOUD).await;
    let message = message.expect("drawn");
    let channel = stand.fake.channel();
    assert_eq!(stand.fake.messages(channel)[0].buttons().len(), 1);
    let plain = room
        .draw_plainly(CARD, &view, Some(&message), &Telling::LOUD)
        .await;
    assert_eq!(plain.expect("drawn"), message);
    let [shown] = &stand.fake.messages(channel)[..] else {
        panic!("one message");
    };
    assert!(shown.buttons().is_empty() && shown.text().contains("cannot be shown"));
    stand.well_behaved();
}
