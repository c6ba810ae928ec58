//! Long polling.

use std::time::Duration;

use serde_json::{Value, json};

use crate::bot::{Scene, moment};

fn ids(updates: &Value) -> Vec<i64> {
    let updates = updates.as_array().into_iter().flatten();
    updates.filter_map(|it| it["update_id"].as_i64()).collect()
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn updates_stay_until_an_offset_confirms_them() {
    let scene = Scene::new().await;
    let chat = scene.private();
    for text in ["one", "two", "three"] {
        scene.ana.sends(chat, text);
    }
    let all = ids(&scene.ok("getUpdates", json!({})).await);
    assert_eq!(all.len(), 3);
    assert!(all.windows(2).all(|it| it[1] == it[0] + 1));
    assert_eq!(
        ids(&scene.ok("getUpdates", json!({ "limit": 2 })).await),
        all[..2]
    );
    let rest = scene.ok("getUpdates", json!({ "offset": all[1] })).await;
    assert_eq!(ids(&rest), all[1..]);
    assert_eq!(rest[0]["message"]["text"], "two");
    assert_eq!(
        ids(&scene.ok("getUpdates", json!({})).await),
        all[1..],
        "the first is gone"
    );
    scene
        .ok("getUpdates", json!({ "offset": all[2] + 1 }))
        .await;
    assert_eq!(scene.fake.waiting_updates(), 0);
    scene.assert_clean();
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn a_negative_offset_keeps_the_newest() {
    let scene = Scene::new().await;
    let chat = scene.private();
    for text in ["one", "two", "three"] {
        scene.ana.sends(chat, text);
    }
    let newest = scene.ok("getUpdates", json!({ "offset": -1 })).await;
    assert_eq!(
        (
            newest.as_array().map(Vec::len),
            &newest[0]["message"]["text"]
        ),
        (Some(1), &json!("three"))
    );
    assert_eq!(scene.fake.waiting_updates(), 1);
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn a_poll_waits_for_what_comes_and_ends_when_nothing_does() {
    let scene = Scene::new().await;
    let chat = scene.private();
    let began = scene.fake.now();
    assert_eq!(
        scene.ok("getUpdates", json!({ "timeout": 1 })).await,
        json!([])
    );
    assert!(scene.fake.now() >= began + Duration::from_secs(1));
    let poll = scene.ok("getUpdates", json!({ "timeout": 30 }));
    let speak = async {
        moment().await;
        scene.ana.sends(chat, "now");
        scene.fake.now()
    };
    let (updates, spoke) = tokio::join!(poll, speak);
    assert_eq!(updates[0]["message"]["text"], "now");
    assert!(scene.fake.now() < spoke + Duration::from_secs(5));
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn a_second_poller_ends_the_first() {
    let scene = Scene::new().await;
    let first = scene.refused(409, "getUpdates", json!({ "timeout": 30 }));
    let second = async {
        moment().await;
        scene.ok("getUpdates", json!({ "timeout": 0 })).await
    };
    let (refusal, updates) = tokio::join!(first, second);
    assert_eq!(
        refusal,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    );
    assert_eq!(updates, json!([]));
    scene.assert_clean();
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn only_the_kinds_that_were_asked_for_come() {
    let scene = Scene::new().await;
    let chat = scene.group();
    scene
        .ok(
            "getUpdates",
            json!({ "allowed_updates": ["callback_query"] }),
        )
        .await;
    scene.ana.sends(chat, "unheard");
    let id = scene
        .sent(
            chat,
            "a",
            json!([[{ "text": "Go", "callback_data": "go" }]]),
        )
        .await;
    scene.ana.presses(chat, id, "Go");
    let updates = scene.updates().await;
    assert_eq!(updates.len(), 1);
    assert!(updates[0]["callback_query"].is_object());
    // An empty list is the default, which leaves out who comes and goes.
    let last = updates[0]["update_id"].as_i64().unwrap_or_default();
    scene
        .ok(
            "getUpdates",
            json!({ "allowed_updates": [], "offset": last + 1 }),
        )
        .await;
    scene.ben.leaves(chat);
    scene.ana.sends(chat, "heard");
    let updates = scene.updates().await;
    assert_eq!(
        (updates.len(), &updates[0]["message"]["text"]),
        (1, &json!("heard"))
    );
    scene.assert_clean();
    let body = json!({ "allowed_updates": ["messages"] });
    let refusal = scene.wrong("getUpdates", body).await;
    assert_eq!(
        refusal,
        "Bad Request: allowed_updates: there is no update \"messages\""
    );
}

#[tokio::test]
#[cfg_attr(
    not(has_test_specs),
    ignore = "specifications absent: set COUNTERSIGN_TEST_SPECS"
)]
async fn a_poll_out_of_bounds_is_refused() {
    let scene = Scene::new().await;
    scene.wrong("getUpdates", json!({ "limit": 0 })).await;
    scene.wrong("getUpdates", json!({ "limit": 101 })).await;
    scene.wrong("getUpdates", json!({ "timeout": -1 })).await;
}
