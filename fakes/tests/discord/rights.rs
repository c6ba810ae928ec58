//! What the bot may do where, and what is not there.

use countersign_fakes::discord::permissions as may;
use serde_json::{Value, json};

use crate::bot::Bot;

/// One right, and a request that needs it.
type Needs = (u64, &'static str, String, Value);

/// Sends each request without the right and with it.
async fn each_is_missed(bot: &Bot, needs: Vec<Needs>) {
    let channel = bot.fake.channel();
    for (right, method, path, body) in needs {
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
    bot.no_violations();
}

#[tokio::test]
async fn each_right_to_write_that_the_bot_lacks_is_missed() {
    let bot = Bot::unhurried().await;
    let messages = bot.messages();
    let message = bot.writes(json!({"content": "x"})).await;
    let alices = bot
        .alice
        .says(bot.fake.channel(), "hello")
        .expect("a message");
    let reply = json!({"content": "x", "message_reference": {"message_id": message.to_string()}});
    let needs = vec![
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
        (
            may::READ_MESSAGE_HISTORY,
            "GET",
            format!("{messages}/{message}"),
            Value::Null,
        ),
        (may::READ_MESSAGE_HISTORY, "POST", messages.clone(), reply),
        (
            may::MANAGE_MESSAGES,
            "DELETE",
            format!("{messages}/{alices}"),
            Value::Null,
        ),
    ];
    each_is_missed(&bot, needs).await;
    bot.fake.bot_loses(bot.fake.channel(), may::ATTACH_FILES);
    let file: &[(&str, &str, &[u8])] = &[("files[0]", "a.png", b"1")];
    let (_, told) = bot
        .uploads("POST", &messages, &json!({"content": "x"}), file)
        .await;
    assert_eq!(told["code"], 50013);
}

#[tokio::test]
async fn each_right_to_arrange_that_the_bot_lacks_is_missed() {
    let bot = Bot::unhurried().await;
    let (messages, channel) = (bot.messages(), bot.fake.channel());
    let message = bot.writes(json!({"content": "x"})).await;
    let thread = json!({"name": "t"});
    let needs = vec![
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
            format!("{messages}/{message}/threads"),
            thread.clone(),
        ),
        (
            may::CREATE_PRIVATE_THREADS,
            "POST",
            format!("/channels/{channel}/threads"),
            thread,
        ),
        (
            may::MANAGE_CHANNELS,
            "PATCH",
            format!("/channels/{channel}"),
            json!({"name": "new"}),
        ),
    ];
    each_is_missed(&bot, needs).await;
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
async fn a_thread_opens_once_per_message_or_without_one() {
    let bot = Bot::unhurried().await;
    let message = bot.writes(json!({"content": "x"})).await;
    let path = format!("{}/{message}/threads", bot.messages());
    let wanted = json!({"name": "AAPL", "auto_archive_duration": 60});
    let (status, thread) = bot.send("POST", &path, wanted.clone()).await;
    assert_eq!(
        (status, &thread["type"], &thread["id"]),
        (201, &json!(11), &json!(message.to_string()))
    );
    assert_eq!(bot.send("POST", &path, wanted).await.1["code"], 160_004);
    let inner = format!("/channels/{message}/threads");
    assert_eq!(
        bot.send("POST", &inner, json!({"name": "x"})).await.1["code"],
        50024
    );
    let path = format!("/channels/{}/threads", bot.fake.channel());
    let (status, alone) = bot
        .send("POST", &path, json!({"name": "x", "type": 11}))
        .await;
    assert_eq!((status, &alone["type"]), (201, &json!(11)));
    let mine = format!("/channels/{message}/thread-members/@me");
    assert_eq!(bot.send("PUT", &mine, Value::Null).await.0, 204);
    assert_eq!(bot.fake.own_mistakes(), Vec::<String>::new());
}

#[tokio::test]
async fn a_thread_has_rights_of_its_own_and_closes() {
    let bot = Bot::unhurried().await;
    let channel = bot.fake.channel();
    let thread = bot.fake.add_thread(channel, "AAPL");
    let inside = format!("/channels/{thread}/messages");
    let says = async || bot.send("POST", &inside, json!({"content": "in it"})).await;
    assert_eq!(says().await.0, 200);
    bot.fake.bot_loses(channel, may::SEND_MESSAGES_IN_THREADS);
    assert_eq!(says().await.1["code"], 50013);
    bot.fake.bot_gains(channel, may::SEND_MESSAGES_IN_THREADS);
    bot.fake.archive_thread(thread, true);
    assert_eq!(says().await.1["code"], 50083);
    let open = json!({"archived": false, "locked": false});
    let (status, changed) = bot
        .send("PATCH", &format!("/channels/{thread}"), open)
        .await;
    assert_eq!(
        (status, &changed["thread_metadata"]["archived"]),
        (200, &json!(false))
    );
    assert_eq!(says().await.0, 200);
    assert_eq!(
        bot.send("DELETE", &format!("/channels/{thread}"), Value::Null)
            .await
            .0,
        200
    );
    assert_eq!(says().await.1["code"], 10003);
    bot.no_violations();
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
