//! What the bot may do where, and what is not there.

use countersign_fakes::discord::permissions as may;
use serde_json::{Value, json};

use crate::bot::Bot;

#[tokio::test]
async fn each_right_that_the_bot_lacks_is_missed_where_it_is_needed() {
    let bot = Bot::unhurried().await;
    let channel = bot.fake.channel();
    let message = bot.writes(json!({"content": "x"})).await;
    let alices = bot.alice.says(channel, "hello").expect("a message");
    let (messages, one) = (bot.messages(), format!("{}/{message}", bot.messages()));
    let thread = json!({"name": "t"});
    for (right, method, path, body) in [
        (
            may::SEND_MESSAGES,
            "POST",
            messages.clone(),
            json!({"content": "x"}),
        ),
        (
            may::EMBED_LINKS,
            "POST",
            messages.clone(),
            json!({"embeds": [{"title": "x"}]}),
        ),
        (may::READ_MESSAGE_HISTORY, "GET", one.clone(), Value::Null),
        (
            may::READ_MESSAGE_HISTORY,
            "POST",
            messages.clone(),
            json!({"content": "x", "message_reference": {"message_id": message.to_string()}}),
        ),
        (
            may::MANAGE_MESSAGES,
            "DELETE",
            format!("{messages}/{alices}"),
            Value::Null,
        ),
        (
            may::PIN_MESSAGES,
            "PUT",
            format!("{messages}/pins/{message}"),
            Value::Null,
        ),
        (
            may::PIN_MESSAGES,
            "PUT",
            format!("/channels/{channel}/pins/{message}"),
            Value::Null,
        ),
        (
            may::CREATE_PUBLIC_THREADS,
            "POST",
            format!("{one}/threads"),
            thread.clone(),
        ),
        (
            may::CREATE_PRIVATE_THREADS,
            "POST",
            format!("/channels/{channel}/threads"),
            thread.clone(),
        ),
        (
            may::MANAGE_CHANNELS,
            "PATCH",
            format!("/channels/{channel}"),
            json!({"name": "new"}),
        ),
    ] {
        bot.fake.bot_loses(channel, right);
        let (status, told) = bot.send(method, &path, body.clone()).await;
        assert_eq!(
            (status, told["code"].as_u64()),
            (403, Some(50013)),
            "{method} {path}"
        );
        bot.fake.bot_gains(channel, right);
        let (status, told) = bot.send(method, &path, body).await;
        assert!(status < 300, "{method} {path}: {told}");
    }
    bot.fake.bot_loses(channel, may::ATTACH_FILES);
    let (_, told) = bot
        .uploads(
            "POST",
            &messages,
            &json!({"content": "x"}),
            &[("files[0]", "a.png", b"1")],
        )
        .await;
    assert_eq!(told["code"], 50013);
    bot.no_violations();
}

#[tokio::test]
async fn a_channel_that_the_bot_does_not_see_gives_no_access() {
    let bot = Bot::unhurried().await;
    bot.fake.bot_loses(bot.fake.channel(), may::VIEW_CHANNEL);
    let (status, told) = bot
        .send("POST", &bot.messages(), json!({"content": "x"}))
        .await;
    assert_eq!((status, told["code"].as_u64()), (403, Some(50001)));
    bot.fake.kick_bot();
    let (status, told) = bot
        .send("GET", &format!("/guilds/{}", bot.fake.guild()), Value::Null)
        .await;
    assert_eq!((status, told["code"].as_u64()), (403, Some(50001)));
    bot.no_violations();
}

#[tokio::test]
async fn without_history_the_list_of_messages_is_empty() {
    let bot = Bot::unhurried().await;
    bot.writes(json!({"content": "x"})).await;
    bot.fake
        .bot_loses(bot.fake.channel(), may::READ_MESSAGE_HISTORY);
    assert_eq!(bot.get(&bot.messages()).await, json!([]));
}

#[tokio::test]
async fn what_is_not_there_is_unknown_by_its_name() {
    let bot = Bot::unhurried().await;
    let message = bot.writes(json!({"content": "x"})).await;
    bot.fake.delete_message(message);
    for (method, path, body, code) in [
        (
            "PATCH",
            format!("{}/{message}", bot.messages()),
            json!({"content": "y"}),
            10008,
        ),
        (
            "PUT",
            format!("{}/pins/{message}", bot.messages()),
            Value::Null,
            10008,
        ),
        (
            "DELETE",
            format!("{}/{message}", bot.messages()),
            Value::Null,
            10008,
        ),
        (
            "POST",
            "/channels/42/messages".to_owned(),
            json!({"content": "x"}),
            10003,
        ),
        ("GET", "/guilds/42".to_owned(), Value::Null, 10004),
        ("GET", "/users/42".to_owned(), Value::Null, 10013),
        (
            "GET",
            format!("/guilds/{}/members/42", bot.fake.guild()),
            Value::Null,
            10007,
        ),
    ] {
        let (status, told) = bot.send(method, &path, body).await;
        assert_eq!(
            (status, told["code"].as_u64()),
            (404, Some(code)),
            "{method} {path}"
        );
    }
    let reply = json!({"content": "x", "message_reference": {"message_id": message.to_string()}});
    assert_eq!(bot.send("POST", &bot.messages(), reply).await.0, 400);
    let lenient = json!({"content": "x", "message_reference": {"message_id": message.to_string(), "fail_if_not_exists": false}});
    assert_eq!(bot.send("POST", &bot.messages(), lenient).await.0, 200);
    bot.no_violations();
}

#[tokio::test]
async fn a_message_of_somebody_else_is_not_ours_to_change() {
    let bot = Bot::unhurried().await;
    let message = bot
        .alice
        .says(bot.fake.channel(), "hello")
        .expect("a message");
    let (status, told) = bot
        .send(
            "PATCH",
            &format!("{}/{message}", bot.messages()),
            json!({"content": "y"}),
        )
        .await;
    assert_eq!((status, told["code"].as_u64()), (403, Some(50005)));
    assert_eq!(bot.fake.violations().len(), 1);
}

#[tokio::test]
async fn threads_open_once_per_message_and_close() {
    let bot = Bot::unhurried().await;
    let message = bot.writes(json!({"content": "x"})).await;
    let path = format!("{}/{message}/threads", bot.messages());
    let (status, thread) = bot
        .send(
            "POST",
            &path,
            json!({"name": "AAPL", "auto_archive_duration": 60}),
        )
        .await;
    assert_eq!(
        (status, &thread["type"], &thread["id"]),
        (201, &json!(11), &json!(message.to_string()))
    );
    assert_eq!(
        bot.send("POST", &path, json!({"name": "AAPL"})).await.1["code"],
        160_004
    );
    let inside = format!("/channels/{message}/messages");
    assert_eq!(
        bot.send("POST", &inside, json!({"content": "in it"}))
            .await
            .0,
        200
    );
    bot.fake
        .bot_loses(bot.fake.channel(), may::SEND_MESSAGES_IN_THREADS);
    assert_eq!(
        bot.send("POST", &inside, json!({"content": "in it"}))
            .await
            .1["code"],
        50013
    );
    bot.fake
        .bot_gains(bot.fake.channel(), may::SEND_MESSAGES_IN_THREADS);
    bot.fake.archive_thread(message, true);
    assert_eq!(
        bot.send("POST", &inside, json!({"content": "in it"}))
            .await
            .1["code"],
        50083
    );
    let (status, thread) = bot
        .send(
            "PATCH",
            &format!("/channels/{message}"),
            json!({"archived": false, "locked": false}),
        )
        .await;
    assert_eq!(
        (status, &thread["thread_metadata"]["archived"]),
        (200, &json!(false))
    );
    assert_eq!(
        bot.send(
            "POST",
            &format!("/channels/{message}/threads"),
            json!({"name": "x"})
        )
        .await
        .1["code"],
        50024
    );
    let (status, alone) = bot
        .send(
            "POST",
            &format!("/channels/{}/threads", bot.fake.channel()),
            json!({"name": "x", "type": 11}),
        )
        .await;
    assert_eq!((status, &alone["type"]), (201, &json!(11)));
    assert_eq!(
        bot.send("DELETE", &format!("/channels/{message}"), Value::Null)
            .await
            .0,
        200
    );
    assert_eq!(
        bot.send("POST", &inside, json!({"content": "x"})).await.1["code"],
        10003
    );
    assert_eq!(bot.fake.own_mistakes(), Vec::<String>::new());
}

#[tokio::test]
async fn a_person_can_refuse_direct_messages() {
    let bot = Bot::unhurried().await;
    let body = json!({"recipient_id": bot.alice.id().to_string()});
    let (status, channel) = bot.send("POST", "/users/@me/channels", body.clone()).await;
    assert_eq!((status, &channel["type"]), (200, &json!(1)));
    assert_eq!(
        bot.send("POST", "/users/@me/channels", body).await.1["id"],
        channel["id"]
    );
    let path = format!(
        "/channels/{}/messages",
        channel["id"].as_str().expect("an id")
    );
    assert_eq!(
        bot.send("POST", &path, json!({"content": "x"})).await.0,
        200
    );
    bot.alice.blocks_direct_messages(true);
    assert_eq!(
        bot.send("POST", &path, json!({"content": "x"})).await.1["code"],
        50007
    );
    bot.no_violations();
    assert_eq!(
        bot.send("POST", "/users/@me/channels", json!({"recipient_id": "42"}))
            .await
            .0,
        400
    );
}
