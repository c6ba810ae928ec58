//! What a bot does that does everything right.

use std::time::Duration;

use serde_json::{Value, json};

use crate::bot::{Bot, SOON, button, number, row};

#[tokio::test]
async fn a_client_that_trusts_the_authority_speaks_to_the_platform_by_its_name() {
    let bot = Bot::start().await;
    let authority =
        reqwest_chat::Certificate::from_pem(bot.fake.ca_pem().as_bytes()).expect("a certificate");
    let client = || {
        reqwest_chat::Client::builder()
            .user_agent("DiscordBot (x, 1)")
            .resolve("discord.com", bot.fake.addr())
    };
    let ask = |client: reqwest_chat::Client| {
        let asked = client
            .get("https://discord.com/api/v10/gateway")
            .header("authorization", format!("Bot {}", bot.fake.token()));
        asked.send()
    };
    let trusting = client()
        .add_root_certificate(authority)
        .build()
        .expect("a client");
    let told: Value = ask(trusting)
        .await
        .expect("an answer")
        .json()
        .await
        .expect("JSON");
    assert_eq!(told["url"], bot.fake.gateway_url());
    assert!(
        ask(client().build().expect("a client")).await.is_err(),
        "nobody else trusts it"
    );
    bot.no_violations();
}

#[tokio::test]
async fn who_and_where_the_bot_is_can_be_asked() {
    let bot = Bot::unhurried().await;
    let (guild, id) = (bot.fake.guild(), bot.fake.application().to_string());
    for path in [
        "/users/@me",
        "/oauth2/applications/@me",
        "/applications/@me",
    ] {
        assert_eq!(bot.get(path).await["id"], id, "{path}");
    }
    let start = bot.get("/gateway/bot").await;
    assert_eq!(
        (
            start["session_start_limit"]["remaining"].as_u64(),
            start["shards"].as_u64()
        ),
        (Some(1000), Some(1))
    );
    assert_eq!(
        bot.get("/users/@me/guilds").await[0]["id"],
        guild.to_string()
    );
    assert_eq!(
        bot.get(&format!("/guilds/{guild}?with_counts=true")).await["approximate_member_count"],
        3
    );
    assert_eq!(
        bot.get(&format!("/guilds/{guild}/channels")).await[0]["id"],
        bot.fake.channel().to_string()
    );
    assert_eq!(
        bot.get(&format!("/guilds/{guild}/roles"))
            .await
            .as_array()
            .map(Vec::len),
        Some(2)
    );
    let role = bot.fake.add_role("traders", 0);
    bot.fake.give_role(&bot.alice, role);
    let alice = bot
        .get(&format!("/guilds/{guild}/members/{}", bot.alice.id()))
        .await;
    assert_eq!(
        (&alice["user"]["username"], &alice["roles"]),
        (&json!("alice"), &json!([role.to_string()]))
    );
    let found = bot
        .get(&format!("/guilds/{guild}/members/search?query=ali&limit=5"))
        .await;
    assert_eq!(found.as_array().map(Vec::len), Some(1));
    assert_eq!(
        bot.get(&format!("/channels/{}", bot.fake.channel())).await["name"],
        "desk"
    );
    let members = format!("/guilds/{guild}/members?limit=2");
    let (status, told) = bot.send("GET", &members, Value::Null).await;
    assert_eq!(
        (status, told["code"].as_u64()),
        (403, Some(50001)),
        "the list is privileged"
    );
    bot.fake.grant_intents(1 << 1);
    assert_eq!(bot.get(&members).await.as_array().map(Vec::len), Some(2));
    bot.no_violations();
}

#[tokio::test]
async fn a_message_is_written_changed_pinned_and_taken_away() {
    let bot = Bot::unhurried().await;
    let embed = json!({"title": "AAPL", "fields": [{"name": "Worst loss", "value": "$120"}]});
    let card = json!({"embeds": [embed], "components": [row(vec![button("v1:confirm:1", "Confirm"), button("v1:decline:1", "Reject")])], "flags": 4096});
    let message = bot.writes(card).await;
    let seen = bot.fake.message(message).expect("there");
    assert_eq!(seen.text(), "AAPL\nWorst loss\n$120");
    assert!(seen.silent);
    let labels: Vec<String> = seen.buttons().into_iter().map(|one| one.label).collect();
    assert_eq!(labels, ["Confirm", "Reject"]);
    let one = format!("{}/{message}", bot.messages());
    let (status, changed) = bot
        .send(
            "PATCH",
            &one,
            json!({"content": "Filled", "components": [], "flags": 4096}),
        )
        .await;
    assert_eq!(
        (status, &changed["content"], &changed["components"]),
        (200, &json!("Filled"), &json!([]))
    );
    let seen = bot.fake.message(message).expect("there");
    assert_eq!(
        (
            seen.looks.len(),
            seen.embeds.len(),
            seen.edited_us.is_some()
        ),
        (2, 1, true)
    );
    for (method, path, pins) in [
        ("PUT", format!("{}/pins/{message}", bot.messages()), 1),
        (
            "DELETE",
            format!("/channels/{}/pins/{message}", bot.fake.channel()),
            0,
        ),
        (
            "PUT",
            format!("/channels/{}/pins/{message}", bot.fake.channel()),
            1,
        ),
    ] {
        assert_eq!(bot.send(method, &path, Value::Null).await.0, 204);
        assert_eq!(bot.fake.pins(bot.fake.channel()).len(), pins);
    }
    let pins = bot.get(&format!("{}/pins", bot.messages())).await;
    assert_eq!(pins["items"][0]["message"]["id"], message.to_string());
    assert_eq!(
        bot.get(&format!("/channels/{}/pins", bot.fake.channel()))
            .await
            .as_array()
            .map(Vec::len),
        Some(1)
    );
    assert_eq!(bot.get(&one).await["pinned"], true);
    assert_eq!(bot.send("DELETE", &one, Value::Null).await.0, 204);
    assert_eq!(bot.fake.message(message), None);
    bot.no_violations();
}

#[tokio::test]
async fn messages_are_listed_from_any_side() {
    let bot = Bot::unhurried().await;
    let mut ids = Vec::new();
    for index in 0..5 {
        ids.push(bot.writes(json!({"content": index.to_string()})).await);
    }
    for (query, wanted) in [
        ("", "43210".to_owned()),
        ("?limit=2", "43".to_owned()),
        (&format!("?before={}", ids[2]), "10".to_owned()),
        (&format!("?after={}&limit=1", ids[2]), "3".to_owned()),
        (&format!("?around={}&limit=3", ids[2]), "321".to_owned()),
    ] {
        let listed = bot.get(&format!("{}{query}", bot.messages())).await;
        let contents: String = listed
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|one| one["content"].as_str())
            .collect();
        assert_eq!(contents, wanted, "{query}");
    }
}

#[tokio::test]
async fn files_arrive_as_they_were_sent_and_can_be_kept_or_replaced() {
    let bot = Bot::unhurried().await;
    let body = json!({"embeds": [{"title": "x", "image": {"url": "attachment://payoff.png"}}], "attachments": [{"id": 0, "description": "the payoff"}]});
    let (status, written) = bot
        .uploads(
            "POST",
            &bot.messages(),
            &body,
            &[("files[0]", "payoff.png", b"PNG")],
        )
        .await;
    assert_eq!(status, 200, "{written}");
    let seen = bot.fake.message(number(&written["id"])).expect("there");
    assert_eq!(
        (
            &seen.attachments[0].bytes[..],
            seen.attachments[0].description.as_deref()
        ),
        (&b"PNG"[..], Some("the payoff"))
    );
    let url = written["embeds"][0]["image"]["url"]
        .as_str()
        .expect("an address");
    assert_eq!(url, written["attachments"][0]["url"]);
    let place = url.trim_start_matches("https://cdn.discordapp.com");
    let file = reqwest_chat::get(format!("http://{}{place}", bot.fake.addr()))
        .await
        .expect("an answer");
    assert_eq!(&file.bytes().await.expect("bytes")[..], b"PNG");

    let one = format!("{}/{}", bot.messages(), seen.id);
    let (status, told) = bot
        .uploads(
            "PATCH",
            &one,
            &json!({"attachments": [{"id": 0}]}),
            &[("files[0]", "new.png", b"NEW")],
        )
        .await;
    assert_eq!(status, 200, "{told}");
    let names = |message| {
        bot.fake
            .message(message)
            .expect("there")
            .attachments
            .into_iter()
            .map(|file| file.filename)
            .collect::<Vec<_>>()
    };
    assert_eq!(names(seen.id), ["new.png"]);
    bot.send(
        "PATCH",
        &one,
        json!({"attachments": [], "embeds": [{"title": "x"}]}),
    )
    .await;
    assert_eq!(names(seen.id), Vec::<String>::new());
    bot.no_violations();
}

#[tokio::test]
async fn a_nonce_that_is_enforced_finds_its_message_again_for_a_while() {
    let bot = Bot::unhurried().await;
    let body = json!({"content": "once", "nonce": "ticket-1", "enforce_nonce": true});
    let first = bot.writes(body.clone()).await;
    assert_eq!(bot.writes(body.clone()).await, first);
    let loose = json!({"content": "once", "nonce": "ticket-1"});
    assert_ne!(bot.writes(loose).await, first);
    bot.fake.advance(Duration::from_mins(6));
    assert_ne!(bot.writes(body).await, first);
    assert_eq!(bot.fake.messages(bot.fake.channel()).len(), 3);
    bot.no_violations();
}

#[tokio::test]
async fn a_command_is_answered_and_followed_up() {
    let bot = Bot::unhurried().await;
    let asked = bot.asked().await;
    let token = bot.token_of(asked);
    let answer = json!({"type": 4, "data": {"content": "only you see this", "flags": 64}});
    let (status, told) = bot
        .send(
            "POST",
            &format!("/interactions/{asked}/{token}/callback?with_response=1"),
            answer,
        )
        .await;
    assert_eq!(
        (status, &told["resource"]["message"]["content"]),
        (200, &json!("only you see this"))
    );
    let seen = bot.fake.answered(asked, SOON).await.expect("an answer");
    assert!(seen.is_ephemeral());
    assert!(seen.callback.expect("an answer").latency < SOON);
    assert_eq!(
        bot.fake.messages(bot.fake.channel()),
        [],
        "nobody else sees it"
    );
    let hook = bot.webhook(asked);
    let (_, changed) = bot
        .send(
            "PATCH",
            &format!("{hook}/messages/@original"),
            json!({"content": "changed"}),
        )
        .await;
    assert_eq!(changed["content"], "changed");
    let (_, second) = bot.send("POST", &hook, json!({"content": "more"})).await;
    let path = format!("{hook}/messages/{}", second["id"].as_str().expect("an id"));
    assert_eq!(bot.get(&path).await["content"], "more");
    assert_eq!(bot.send("DELETE", &path, Value::Null).await.0, 204);
    assert_eq!(
        bot.send("DELETE", &format!("{hook}/messages/@original"), Value::Null)
            .await
            .0,
        204
    );
    assert_eq!(bot.fake.interaction(asked).expect("known").original, None);
    bot.no_violations();
}

#[tokio::test]
async fn thinking_becomes_the_first_message_that_follows() {
    let bot = Bot::unhurried().await;
    let asked = bot.asked().await;
    assert_eq!(
        bot.answers(asked, json!({"type": 5, "data": {"flags": 64}}))
            .await
            .0,
        204
    );
    let (_, told) = bot
        .send("POST", &bot.webhook(asked), json!({"content": "done"}))
        .await;
    let seen = bot.fake.interaction(asked).expect("known");
    assert_eq!(
        told["id"],
        seen.original.as_ref().expect("an answer").id.to_string()
    );
    assert_eq!(
        (
            seen.text().as_str(),
            seen.is_ephemeral(),
            seen.followups.len()
        ),
        ("done", true, 0)
    );
    bot.no_violations();
}

#[tokio::test]
async fn a_press_updates_its_message_at_once_or_later() {
    let bot = Bot::unhurried().await;
    let message = bot.offers_button().await;
    let pressed = bot.alice.presses(message, "Confirm").expect("a press");
    let update = json!({"type": 7, "data": {"content": "Confirmed", "components": []}});
    assert_eq!(bot.answers(pressed, update).await.0, 204);
    assert_eq!(
        bot.fake.message(message).expect("there").text(),
        "Confirmed"
    );
    let message = bot.offers_button().await;
    let pressed = bot.alice.presses(message, "v1:confirm:1").expect("a press");
    assert_eq!(bot.answers(pressed, json!({"type": 6})).await.0, 204);
    let original = format!("{}/messages/@original", bot.webhook(pressed));
    let (status, told) = bot
        .send(
            "PATCH",
            &original,
            json!({"content": "Later", "components": []}),
        )
        .await;
    assert_eq!((status, number(&told["id"])), (200, message));
    assert_eq!(bot.fake.message(message).expect("there").buttons(), []);
    bot.no_violations();
}

#[tokio::test]
async fn what_libraries_send_with_nothing_in_it_asks_for_nothing() {
    let bot = Bot::unhurried().await;
    let image = json!({"url": "https://example.org/a.png", "width": null, "proxy_url": null});
    let embed = json!({"title": "x", "flags": 0, "image": image, "footer": null});
    bot.writes(json!({"embeds": [embed], "sticker_ids": [], "attachments": [], "poll": null}))
        .await;
    let text = json!({"type": 3, "name": "o", "description": "x", "min_value": null, "channel_types": [], "options": []});
    let (status, _) = bot
        .registers(json!([{"name": "a", "description": "x", "options": [text], "nsfw": false}]))
        .await;
    assert_eq!(status, 200);
    let asked = bot
        .alice
        .slash(bot.fake.channel(), "a", &[])
        .expect("a command");
    let url = format!(
        "{}/interactions/{asked}/{}/callback",
        bot.fake.base_url(),
        bot.token_of(asked)
    );
    let nameless = reqwest_chat::Client::new()
        .post(url)
        .json(&json!({"type": 5, "data": null}));
    assert_eq!(
        nameless.send().await.expect("an answer").status().as_u16(),
        204
    );
    bot.no_violations();
}
