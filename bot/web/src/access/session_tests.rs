use std::{
    sync::atomic::{AtomicU8, Ordering},
    time::Duration,
};

use super::{FORMS, LIFE, SESSIONS, Sessions};

static NEXT: AtomicU8 = AtomicU8::new(1);

fn random() -> [u8; 32] {
    [NEXT.fetch_add(1, Ordering::Relaxed); 32]
}

const NOW: Duration = Duration::from_mins(1);

#[test]
fn a_token_opens_one_session_and_no_second_one() {
    let sessions = Sessions::default();
    let token = sessions.issue(random);
    assert!(sessions.exchange("", random, NOW).is_none());
    assert!(sessions.exchange(&token[1..], random, NOW).is_none());
    let cookie = sessions
        .exchange(&token, random, NOW)
        .expect("the right token");
    assert!(sessions.exchange(&token, random, NOW).is_none());
    assert!(sessions.of(&cookie, NOW).is_some());
    assert!(sessions.of(&token, NOW).is_none());
}

#[test]
fn a_fresh_token_voids_the_one_before() {
    let sessions = Sessions::default();
    let old = sessions.issue(random);
    let new = sessions.issue(random);
    assert!(sessions.exchange(&old, random, NOW).is_none());
    assert!(sessions.exchange(&new, random, NOW).is_some());
}

#[test]
fn without_a_token_nothing_opens() {
    assert!(Sessions::default().exchange("", random, NOW).is_none());
}

#[test]
fn a_session_ends_after_its_time() {
    let sessions = Sessions::default();
    let token = sessions.issue(random);
    let cookie = sessions.exchange(&token, random, NOW).expect("a cookie");
    let session = sessions.of(&cookie, NOW).expect("a session");
    let last = LIFE + Duration::from_millis(59_999);
    assert!(sessions.of(&cookie, last).is_some());
    assert!(!sessions.is_over(&session, last));
    assert!(sessions.of(&cookie, NOW + LIFE).is_none());
    assert!(sessions.is_over(&session, NOW + LIFE));
}

#[test]
fn the_oldest_session_gives_way() {
    let sessions = Sessions::default();
    let mut cookies = Vec::new();
    for second in 0..=SESSIONS {
        let token = sessions.issue(random);
        let now = Duration::from_secs(u64::try_from(second).expect("small"));
        cookies.push(sessions.exchange(&token, random, now).expect("a cookie"));
    }
    assert!(sessions.of(&cookies[0], NOW).is_none());
    assert!(cookies[1..].iter().all(|it| sessions.of(it, NOW).is_some()));
}

#[test]
fn a_nonce_is_taken_once_and_the_memory_has_an_end() {
    let sessions = Sessions::default();
    let token = sessions.issue(random);
    let cookie = sessions.exchange(&token, random, NOW).expect("a cookie");
    let session = sessions.of(&cookie, NOW).expect("a session");
    assert!(session.take(1));
    assert!(!session.take(1));
    session.give_back(1);
    assert!(session.take(1));
    for nonce in 2..=FORMS {
        assert!(session.take(u64::try_from(nonce).expect("small")));
    }
    assert!(!session.take(u64::MAX));
}
