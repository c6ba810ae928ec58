use countersign_desk::ports::NewsError;
use jiff::Timestamp;
use reqwest_chat::{
    StatusCode,
    header::{AGE, CACHE_CONTROL, HeaderName, HeaderValue, RETRY_AFTER},
};

use super::Answer;

fn now() -> Timestamp {
    "2026-03-17T14:00:00Z".parse().unwrap()
}

fn answer(status: u16, headers: &[(HeaderName, &str)]) -> Answer {
    let headers = headers
        .iter()
        .map(|(name, value)| (name.clone(), HeaderValue::from_str(value).unwrap()));
    Answer {
        status: StatusCode::from_u16(status).unwrap(),
        headers: headers.collect(),
        body: Vec::new(),
        host: "feeds.example".to_owned(),
    }
}

/// Until when a 429 with that header asks to wait.
fn waits(retry_after: &str) -> String {
    let checked = answer(429, &[(RETRY_AFTER, retry_after)]).passed(now());
    match checked {
        Err(NewsError::Wait { until }) => until.to_string(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_server_says_how_long_to_wait_in_seconds_or_as_a_date_and_a_day_at_the_most() {
    assert_eq!(waits("90"), "2026-03-17T14:01:30Z");
    assert_eq!(
        waits("Tue, 17 Mar 2026 14:30:00 GMT"),
        "2026-03-17T14:30:00Z"
    );
    assert_eq!(
        waits("Tue, 17 Mar 2020 14:30:00 GMT"),
        "2026-03-17T14:00:01Z"
    );
    assert_eq!(waits("4000000000"), "2026-03-18T14:00:00Z");
    assert_eq!(waits("later"), "2026-03-17T14:01:00Z");
}

#[test]
fn each_status_comes_to_what_the_desk_may_do_next() {
    let kind = |status: u16| match answer(status, &[]).passed(now()) {
        Ok(()) => "good",
        Err(NewsError::Unreachable(_)) => "unreachable",
        Err(NewsError::Unreadable(_)) => "unreadable",
        Err(NewsError::Wait { .. }) => "wait",
        Err(NewsError::Refused(_)) => "refused",
    };
    let table = [
        (200, "good"),
        (304, "good"),
        (400, "unreadable"),
        (401, "refused"),
        (403, "refused"),
        (404, "unreadable"),
        (408, "unreachable"),
        (410, "unreadable"),
        (429, "wait"),
        (500, "unreachable"),
        (502, "unreachable"),
        (503, "unreachable"),
    ];
    for (status, expected) in table {
        assert_eq!(kind(status), expected, "{status}");
    }
    let busy = answer(503, &[(RETRY_AFTER, "5")]).passed(now());
    assert!(matches!(busy, Err(NewsError::Wait { .. })));
}

#[test]
fn an_answer_is_fresh_for_its_max_age_less_its_age() {
    let fresh =
        |cache: &str, age: &str| answer(200, &[(CACHE_CONTROL, cache), (AGE, age)]).fresh_s();
    assert_eq!(fresh("public, Max-Age=600", "0"), 600);
    assert_eq!(fresh("max-age=\"600\"", "100"), 500);
    assert_eq!(fresh("max-age=600", "900"), 0);
    assert_eq!(fresh("no-cache", "0"), 0);
    assert_eq!(fresh("max-age=-1", "0"), 0);
}
