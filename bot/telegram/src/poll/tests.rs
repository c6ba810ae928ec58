//! Tests of the order in which a batch is decided.

use serde_json::json;
use teloxide::types::Update;

use super::by_person;

fn written(update: u32, person: u64) -> Update {
    let told = json!({
        "update_id": update,
        "message": {
            "message_id": update,
            "date": 1_772_000_000,
            "chat": { "id": -5, "type": "group", "title": "Desk" },
            "from": { "id": person, "is_bot": false, "first_name": "Ana" },
            "text": "/pause",
        }
    });
    serde_json::from_str(&told.to_string()).expect("an update")
}

// R30
#[test]
fn what_one_person_did_is_decided_in_its_order_and_nobody_waits_for_another() {
    let batch = [(1, 7), (2, 8), (3, 7), (4, 7), (5, 8)];
    let batch = batch.map(|(update, person)| written(update, person));
    let order = |its: &Vec<Update>| its.iter().map(|it| it.id.0).collect::<Vec<_>>();
    let all: Vec<_> = by_person(batch.to_vec()).iter().map(order).collect();
    assert_eq!(all, [vec![1, 3, 4], vec![2, 5]]);
}
