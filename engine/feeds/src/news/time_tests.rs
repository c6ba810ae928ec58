use jiff::Timestamp;

use super::{instant, instant_in};

const SAME: &str = "2026-03-17T14:50:30Z";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn every_way_of_writing_one_instant_is_read_as_it() {
    for text in [
        SAME,
        "2026-03-17T10:50:30-04:00",
        "2026-03-17 10:50:30-04:00",
        "2026-03-17T14:50:30+00:00",
        "2026-03-17T14:50:30.000Z",
        "Tue, 17 Mar 2026 14:50:30 GMT",
        "Tue, 17 Mar 2026 14:50:30 +0000",
        "Tue, 17 Mar 2026 10:50:30 EDT",
        "Tue, 17 Mar 2026 09:50:30 EST",
        "Tue, 17 Mar 2026 07:50:30 PDT",
        "Tue, 17 Mar 2026 14:50:30 UTC",
        "Tue, 17 Mar 2026 14:50:30 Z",
        "17 Mar 2026 14:50:30 GMT",
        "Wed, 17 Mar 2026 14:50:30 GMT",
        "2026-03-17T10:50:30[America/New_York]",
        "2026-03-17T10:50:30-04:00[America/New_York]",
        "2026-03-17 10:50:30 America/New_York",
        "2026-03-17 10:50:30 EDT",
        "  2026-03-17T14:50:30Z\n",
    ] {
        assert_eq!(instant(text), Some(at(SAME)), "{text}");
    }
}

#[test]
fn what_names_no_zone_or_no_time_is_no_instant() {
    for text in [
        "",
        "2026-03-17T10:50:30",
        "2026-03-17 10:50:30",
        "2026-03-17",
        "Tue, 17 Mar 2026 10:50:30",
        "2026-03-17 10:50:30 IST",
        "2026-03-17 10:50:30 Nowhere/Else",
        "2026-02-30T10:50:30Z",
        "yesterday",
        "1773759030",
        &"2".repeat(5_000),
    ] {
        assert_eq!(instant(text), None, "{text}");
    }
}

#[test]
fn a_zone_that_is_known_beforehand_is_used_where_the_text_has_none() {
    let zone = "America/New_York";
    assert_eq!(instant_in("2026-03-17 10:50:30", zone), Some(at(SAME)));
    assert_eq!(instant_in("2026-03-17T14:50:30Z", zone), Some(at(SAME)));
    assert_eq!(
        instant_in("2026-03-17", zone),
        Some(at("2026-03-17T04:00:00Z"))
    );
    assert_eq!(instant_in("soon", zone), None);
}
