//! How loudly people are told things, and when it is quiet.

use countersign_domain::{
    event::Alarm,
    ids::OrderId,
    notices::{Manners, MannersChange, Notice, NoticeFault, Quiet, Severity, Volume},
};
use jiff::{Timestamp, civil::time};

fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn nights() -> Quiet {
    Quiet::new(time(22, 0, 0, 0), time(7, 0, 0, 0), "Europe/Berlin").expect("quiet hours")
}

// R23
#[test]
fn every_notice_has_its_row_and_only_the_critical_one_is_an_alarm() {
    let table: Vec<String> = Notice::ALL
        .map(|it| format!("{} {} {:?}", it.name(), it.severity().name(), it.usual()))
        .into();
    assert_eq!(
        table,
        [
            "offer important Loud",
            "trade routine Loud",
            "override important Loud",
            "report routine Silent",
            "warning important Loud",
            "alarm critical Loud",
        ]
    );
    for notice in Notice::ALL {
        assert_eq!(Notice::named(notice.name()), Ok(notice));
        let critical = notice.severity() == Severity::Critical;
        assert_eq!(critical, notice == Notice::Alarm);
    }
    assert_eq!(Notice::named("Report"), Ok(Notice::Report));
    assert_eq!(Notice::named("offers"), Err(NoticeFault::Unknown));
    let late = Alarm::LateOrder(OrderId::from_bits(7));
    assert_eq!(Notice::of_alarm(&late), Notice::Warning);
    let down = Alarm::BrokerDown("gone".to_owned());
    assert_eq!(Notice::of_alarm(&down), Notice::Alarm);
}

// R23
#[test]
fn what_is_critical_can_not_be_muted_however_it_is_tried() {
    let night = at("2026-03-02T23:30:00+01:00");
    let mut manners = Manners {
        quiet: Some(nights()),
        ..Manners::default()
    };
    for volume in [Volume::Silent, Volume::Off] {
        let muted = manners.changed(&MannersChange::Volume(Notice::Alarm, volume));
        assert_eq!(muted, Err(NoticeFault::Critical));
    }
    // Not even by what is stored.
    manners.volumes.insert(Notice::Alarm, Volume::Off);
    assert_eq!(manners.volume(Notice::Alarm, night), Volume::Loud);
    assert_eq!(manners.set(Notice::Alarm), Volume::Loud);
    let loud = manners.changed(&MannersChange::Volume(Notice::Alarm, Volume::Loud));
    assert!(loud.is_ok());
}

// R23
#[test]
fn quiet_hours_take_the_sound_and_no_more() {
    let (night, day) = (
        at("2026-03-02T23:30:00+01:00"),
        at("2026-03-02T12:00:00+01:00"),
    );
    let manners = Manners {
        quiet: Some(nights()),
        ..Manners::default()
    };
    let manners = manners
        .changed(&MannersChange::Volume(Notice::Report, Volume::Off))
        .expect("a report may be off");
    assert_eq!(manners.volume(Notice::Offer, day), Volume::Loud);
    assert_eq!(manners.volume(Notice::Offer, night), Volume::Silent);
    assert_eq!(manners.volume(Notice::Warning, night), Volume::Silent);
    assert_eq!(manners.volume(Notice::Report, night), Volume::Off);
    let never = manners.changed(&MannersChange::Quiet(None)).expect("none");
    assert_eq!(never.volume(Notice::Offer, night), Volume::Loud);
}

#[test]
fn quiet_hours_go_over_midnight_and_end_on_their_minute() {
    let nights = nights();
    for (quiet, when) in [
        (false, "2026-01-15T21:59:59+01:00"),
        (true, "2026-01-15T22:00:00+01:00"),
        (true, "2026-01-16T00:00:00+01:00"),
        (true, "2026-01-16T06:59:59+01:00"),
        (false, "2026-01-16T07:00:00+01:00"),
    ] {
        assert_eq!(nights.holds(at(when)), quiet, "{when}");
    }
    let noon = Quiet::new(time(12, 0, 0, 0), time(13, 0, 0, 0), "Europe/Berlin").expect("an hour");
    assert!(noon.holds(at("2026-01-15T12:30:00+01:00")));
    assert!(!noon.holds(at("2026-01-15T11:59:59+01:00")));
    assert!(!noon.holds(at("2026-01-15T13:00:00+01:00")));
}

#[test]
fn quiet_hours_follow_the_clock_on_the_wall_through_both_changes_of_the_year() {
    let nights = nights();
    for (quiet, when) in [
        // 29 March 2026: the clock goes from 02:00 to 03:00.
        (false, "2026-03-28T20:59:59Z"),
        (true, "2026-03-28T21:00:00Z"),
        (true, "2026-03-29T04:59:59Z"),
        (false, "2026-03-29T05:00:00Z"),
        // That evening begins an hour earlier by universal time.
        (true, "2026-03-29T20:00:00Z"),
        // 25 October 2026: the clock goes from 03:00 to 02:00.
        (true, "2026-10-24T20:00:00Z"),
        (true, "2026-10-25T05:59:59Z"),
        (false, "2026-10-25T06:00:00Z"),
        (false, "2026-10-25T20:59:59Z"),
        (true, "2026-10-25T21:00:00Z"),
    ] {
        assert_eq!(nights.holds(at(when)), quiet, "{when}");
    }
}

/// From which hour and minute until which it is quiet there.
fn hours(from: (i8, i8), until: (i8, i8), zone: &str) -> Quiet {
    let of_day = |(hour, minute)| time(hour, minute, 0, 0);
    Quiet::new(of_day(from), of_day(until), zone).expect("quiet hours")
}

/// Every quiet hours that end in these days, one after another.
fn all(quiet: &Quiet, (after, until): (&str, &str)) -> Vec<String> {
    let (mut after, until) = (at(after), at(until));
    let mut all = Vec::new();
    while let Some((begin, end)) = quiet.ended(after, until) {
        all.push(format!("{begin} {end}"));
        assert_eq!(quiet.since(begin), Some(begin));
        assert!(!quiet.holds(end), "{end}");
        after = end;
    }
    all
}

// R23
#[test]
fn quiet_hours_are_once_a_night_also_where_the_clocks_change() {
    let autumn = ("2026-10-24T12:00:00Z", "2026-10-26T12:00:00Z");
    let berlin = |from, until| all(&hours(from, until, "Europe/Berlin"), autumn);
    // The hour from 02:00 to 03:00 comes twice, from 00:00Z and from 01:00Z: all of it is quiet.
    assert_eq!(
        berlin((22, 0), (2, 30)),
        [
            "2026-10-24T20:00:00Z 2026-10-25T01:30:00Z",
            "2026-10-25T21:00:00Z 2026-10-26T01:30:00Z"
        ]
    );
    assert_eq!(
        berlin((2, 30), (7, 0)),
        [
            "2026-10-25T00:30:00Z 2026-10-25T06:00:00Z",
            "2026-10-26T01:30:00Z 2026-10-26T06:00:00Z"
        ]
    );
    let spring = ("2026-03-07T12:00:00Z", "2026-03-09T12:00:00Z");
    let york = |from, until| all(&hours(from, until, "America/New_York"), spring);
    // The hour from 02:00 to 03:00 is left out at 07:00Z.
    assert_eq!(
        york((22, 0), (2, 30)),
        [
            "2026-03-08T03:00:00Z 2026-03-08T07:00:00Z",
            "2026-03-09T02:00:00Z 2026-03-09T06:30:00Z"
        ]
    );
    assert_eq!(
        york((2, 30), (3, 10)),
        [
            "2026-03-08T07:00:00Z 2026-03-08T07:10:00Z",
            "2026-03-09T06:30:00Z 2026-03-09T07:10:00Z"
        ]
    );
    assert_eq!(
        york((2, 10), (2, 50)),
        ["2026-03-09T06:10:00Z 2026-03-09T06:50:00Z"]
    );
}

#[test]
fn quiet_hours_need_two_times_and_a_zone_that_there_is() {
    let (ten, seven) = (time(22, 0, 0, 0), time(7, 0, 0, 0));
    assert_eq!(
        Quiet::new(ten, ten, "Europe/Berlin"),
        Err(NoticeFault::Hours)
    );
    for zone in ["Europe/Atlantis", "", "Berlin"] {
        assert_eq!(Quiet::new(ten, seven, zone), Err(NoticeFault::Zone));
    }
    let quiet = Quiet::new(ten, seven, "europe/berlin").expect("a zone in small letters");
    assert_eq!(quiet.zone(), "Europe/Berlin");
}

#[test]
fn a_persons_own_settings_come_before_those_of_the_room() {
    let change = |it: &Manners, notice, volume| {
        let change = MannersChange::Volume(notice, volume);
        it.changed(&change).expect("it may be so")
    };
    let room = change(&Manners::default(), Notice::Offer, Volume::Off);
    let room = change(&room, Notice::Report, Volume::Off);
    let own = change(&Manners::default(), Notice::Offer, Volume::Silent);
    let both = own.over(&room);
    assert_eq!(both.set(Notice::Offer), Volume::Silent);
    assert_eq!(both.set(Notice::Report), Volume::Off);
    assert_eq!(both.set(Notice::Trade), Volume::Loud);
}

#[test]
fn settings_are_stored_as_they_are() {
    let manners = Manners {
        volumes: [(Notice::Report, Volume::Loud)].into(),
        quiet: Some(nights()),
        language: Some("de-DE".to_owned()),
    };
    let text = serde_json::to_string(&manners).expect("text");
    assert_eq!(
        text,
        r#"{"volumes":{"report":"loud"},"quiet":{"from":"22:00:00","until":"07:00:00","zone":"Europe/Berlin"},"language":"de-DE"}"#
    );
    assert_eq!(serde_json::from_str(&text).ok(), Some(manners));
    assert_eq!(
        serde_json::from_str::<Manners>("{}").ok(),
        Some(Manners::default())
    );
}
