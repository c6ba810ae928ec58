//! The audit chain: sound as written, and every way of tampering with it shows. R61

use countersign_desk::ports::{AuditVerdict, Store};
use countersign_store::SqlStore;
use sha2::{Digest, Sha256};
use sqlx::Row as _;

use crate::{
    on_both,
    place::Place,
    samples::expired,
    world::{Act, DESK, ManualClock, row},
};

on_both!(
    a_chain_is_sound_as_it_was_written,
    a_chain_is_what_the_formula_says,
    an_edit_shows,
    an_edit_of_a_column_shows,
    an_edit_with_its_hash_made_to_fit_shows,
    a_removal_shows,
    another_order_shows,
    a_lost_end_shows,
    a_rewritten_end_shows,
    an_added_row_shows,
    an_empty_chain_that_had_rows_shows,
);

/// A desk with five units of two events each.
async fn desk_of(place: &Place) -> SqlStore {
    let store = place.store(&ManualClock::new(), "one").await;
    store.establish(&row(DESK)).await.unwrap();
    for unit in 1..=5_u128 {
        Act::doing(move |draft| {
            draft.note(expired(unit));
            draft.note(expired(unit + 100));
        })
        .run_on(&store)
        .await;
    }
    store
}

async fn broken_at(store: &SqlStore) -> (u64, u32) {
    match store.verify_audit(DESK).await.unwrap() {
        AuditVerdict::Broken { seq, index, fault } => {
            assert!(!fault.is_empty());
            (seq, index)
        }
        other => panic!("{other:?}"),
    }
}

async fn a_chain_is_sound_as_it_was_written(place: Place) {
    let store = desk_of(&place).await;

    let verdict = store.verify_audit(DESK).await.unwrap();

    let events = store.events(DESK, 0, 100).await.unwrap();
    let head = events.last().unwrap().hash.clone();
    assert_eq!(verdict, AuditVerdict::Sound { rows: 10, head });
    let empty = place.store(&ManualClock::new(), "two").await;
    empty.establish(&row(crate::world::desk(2))).await.unwrap();
    let verdict = empty.verify_audit(crate::world::desk(2)).await.unwrap();
    assert!(matches!(verdict, AuditVerdict::Sound { rows: 0, .. }));
}

async fn a_chain_is_what_the_formula_says(place: Place) {
    desk_of(&place).await;
    let mut conn = place.connection().await;
    let sql = "select seq, idx, body, hash from events order by seq, idx";
    let rows = sqlx::query(sql).fetch_all(&mut conn).await.unwrap();

    let mut previous = DESK.to_string();
    for row in rows {
        let (seq, index): (i64, i64) = (row.get(0), row.get(1));
        let (body, hash): (String, String) = (row.get(2), row.get(3));
        let text = format!("{previous}\n{seq}\n{index}\n{body}");
        previous = hex::encode(Sha256::digest(text));
        assert_eq!(previous, hash);
    }
}

async fn an_edit_shows(place: Place) {
    let store = desk_of(&place).await;
    let sql = "update events set body = replace(body, 'desk', 'risk') where seq = 3 and idx = 1";
    assert_eq!(place.tamper(sql).await, 1);

    assert_eq!(broken_at(&store).await, (3, 1));
}

async fn an_edit_of_a_column_shows(place: Place) {
    for column in ["actor", "kind", "subject"] {
        let store = desk_of_again(&place).await;
        let sql = format!("update events set {column} = 'broker' where seq = 4 and idx = 0");
        assert_eq!(place.tamper(&sql).await, 1);

        assert_eq!(broken_at(&store).await, (4, 0), "{column}");
    }
    let store = desk_of_again(&place).await;
    place
        .tamper("update events set at = at + 1 where seq = 4 and idx = 0")
        .await;
    assert_eq!(broken_at(&store).await, (4, 0));
}

/// The same desk, written anew.
async fn desk_of_again(place: &Place) -> SqlStore {
    place.tamper("delete from events").await;
    let sql = "update desks set seq = 0, event_count = 0, audit_head = id";
    place.tamper(sql).await;
    desk_of(place).await
}

async fn an_edit_with_its_hash_made_to_fit_shows(place: Place) {
    let store = desk_of(&place).await;
    let events = store.events(DESK, 0, 100).await.unwrap();
    let before = &events[3].hash;
    let body = serde_json::to_string(&events[4].event).unwrap();
    let forged = body.replace("\"desk\"", "\"broker\"");
    assert_ne!(forged, body);
    let hash = hex::encode(Sha256::digest(format!("{before}\n3\n0\n{forged}")));
    let sql = format!(
        "update events set body = '{forged}', actor = 'broker', hash = '{hash}' \
         where seq = 3 and idx = 0"
    );
    assert_eq!(place.tamper(&sql).await, 1);

    assert_eq!(
        broken_at(&store).await,
        (3, 1),
        "the next one does not follow"
    );
}

async fn a_removal_shows(place: Place) {
    let store = desk_of(&place).await;
    place
        .tamper("delete from events where seq = 2 and idx = 1")
        .await;

    assert_eq!(broken_at(&store).await, (3, 0));
}

async fn another_order_shows(place: Place) {
    let store = desk_of(&place).await;
    place
        .tamper("update events set seq = 99 where seq = 2")
        .await;
    place
        .tamper("update events set seq = 2 where seq = 3")
        .await;
    place
        .tamper("update events set seq = 3 where seq = 99")
        .await;

    assert_eq!(broken_at(&store).await, (2, 0));
}

async fn a_lost_end_shows(place: Place) {
    let store = desk_of(&place).await;
    let head = store.events(DESK, 0, 100).await.unwrap()[9].hash.clone();
    place
        .tamper("delete from events where seq = 5 and idx = 1")
        .await;

    let verdict = store.verify_audit(DESK).await.unwrap();

    assert_eq!(verdict, AuditVerdict::Truncated { rows: 9, head });
}

async fn a_rewritten_end_shows(place: Place) {
    let store = desk_of(&place).await;
    let events = store.events(DESK, 0, 100).await.unwrap();
    let before = &events[8].hash;
    let body = serde_json::to_string(&events[9].event).unwrap();
    let forged = body.replace("\"desk\"", "\"broker\"");
    let hash = hex::encode(Sha256::digest(format!("{before}\n5\n1\n{forged}")));
    let sql = format!(
        "update events set body = '{forged}', actor = 'broker', hash = '{hash}' \
         where seq = 5 and idx = 1"
    );
    assert_eq!(place.tamper(&sql).await, 1);

    assert_eq!(broken_at(&store).await, (5, 1));
}

async fn an_added_row_shows(place: Place) {
    let store = desk_of(&place).await;
    let sql = "insert into events select desk_id, 6, idx, at, actor, kind, subject, body, hash \
               from events where seq = 5 and idx = 0";
    assert_eq!(place.tamper(sql).await, 1);

    assert_eq!(broken_at(&store).await, (6, 0));
}

async fn an_empty_chain_that_had_rows_shows(place: Place) {
    let store = desk_of(&place).await;
    place.tamper("delete from events").await;

    let verdict = store.verify_audit(DESK).await.unwrap();

    assert!(matches!(verdict, AuditVerdict::Truncated { rows: 0, .. }));
}
