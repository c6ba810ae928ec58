//! `countersign doctor` looks at the bot before anybody needs it.

use std::time::Duration;

use countersign_fakes::discord::{MESSAGE_CONTENT, permissions};

use super::stage::{SOON, Stage};
use crate::program::Ran;

/// What the doctor says of Discord, with its fix.
fn told(ran: &Ran) -> String {
    let lines = ran.out.lines().skip_while(|line| !line.contains("discord"));
    lines.take(2).collect::<Vec<_>>().join(" ")
}

// R60
#[tokio::test(flavor = "multi_thread")]
async fn the_doctor_finds_what_keeps_the_bot_from_working_and_says_what_mends_it() {
    let stage = Stage::new().await;
    let good = stage.fake.token();
    let new = stage.doctor(&good);
    assert!(told(&new).contains("registers them"), "{new:?}");
    let program = stage.demo(&[]);
    let offered = stage.fake.wait("commands", SOON, |fake| {
        (!fake.commands(None).is_empty()).then_some(())
    });
    offered.await.expect("commands");
    stage.quit(program);
    let well = stage.doctor(&good);
    assert!(told(&well).starts_with("ok"), "{well:?}");

    let other = stage.doctor("MTIz.AAAAAA.no-token-of-anybody");
    assert!(told(&other).contains("token is not valid"), "{other:?}");
    assert!(!format!("{other:?}").contains("AAAAAA"), "{other:?}");

    stage.fake.grant_intents(MESSAGE_CONTENT);
    let overhears = stage.doctor(&good);
    assert!(
        told(&overhears).contains("Message Content"),
        "{overhears:?}"
    );

    let wanted = permissions::ATTACH_FILES | permissions::CREATE_PUBLIC_THREADS;
    let wanted = wanted | permissions::PIN_MESSAGES;
    stage.fake.bot_loses(stage.channel, wanted);
    let less = told(&stage.doctor(&good));
    for right in ["Attach Files", "Create Public Threads", "Pin Messages"] {
        assert!(less.starts_with("note") && less.contains(right), "{less}");
    }
    stage
        .fake
        .bot_loses(stage.channel, permissions::EMBED_LINKS);
    let mute = told(&stage.doctor(&good));
    assert!(
        mute.contains("FAULT") && mute.contains("Embed Links"),
        "{mute}"
    );

    stage.fake.advance(Duration::from_secs(30));
    let skewed = told(&stage.doctor(&good));
    assert!(skewed.contains("NTP"), "{skewed}");
    stage.fake.set_identify_budget(0);
    let spent = told(&stage.doctor(&good));
    assert!(spent.contains("wait until tomorrow"), "{spent}");
    let url = "https://bot.example.org/discord";
    stage.fake.post_interactions_to(Some(url));
    let posted = told(&stage.doctor(&good));
    assert!(posted.contains("bot.example.org"), "{posted}");
    assert!(posted.contains("Interactions Endpoint URL"), "{posted}");

    stage.fake.go_down();
    let down = stage.doctor(&good);
    assert!(told(&down).contains("FAULT"), "{down:?}");
    assert!(!format!("{down:?}").contains(&good), "{down:?}");
    assert_eq!(stage.fake.own_mistakes(), Vec::<String>::new());
}
