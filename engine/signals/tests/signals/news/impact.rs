//! How much a story matters.

use countersign_domain::news::{Abstention, Impact, Judged, Reading, Topic};
use countersign_signals::news::{NewsParams, judge};
use jiff::SignedDuration;

use super::{bare, now, read, symbols};

fn of(headline: &str, score: f64) -> Impact {
    judge(
        bare(headline),
        read(score, None),
        &[],
        &NewsParams::default(),
        now(),
    )
    .impact
}

#[test]
fn a_story_that_reads_badly_or_well_matters_more_than_a_plain_one() {
    assert_eq!(of("Tesla sued over crash in Nevada", 0.0), Impact::Medium);
    assert_eq!(of("Tesla sued over crash in Nevada", -0.9), Impact::High);
    assert_eq!(of("Citi downgrades Apple to sell", 0.0), Impact::Low);
    assert_eq!(of("Citi downgrades Apple to sell", -0.8), Impact::Medium);
    assert_eq!(of("Citi upgrades Apple to buy", 0.8), Impact::Medium);
    assert_eq!(of("Apple fans line up in the rain", -1.0), Impact::Low);
}

#[test]
fn who_repeats_weighs_less_than_who_reports() {
    let by = |publisher: &str| {
        let mut story = bare("Apple beats third-quarter profit estimates");
        publisher.clone_into(&mut story.publisher);
        judge(story, read(0.4, None), &[], &NewsParams::default(), now()).impact
    };
    assert_eq!(by("Reuters"), Impact::High);
    assert_eq!(by("The Motley Fool"), Impact::Medium);
    assert_eq!(by("zacks.com"), Impact::Medium);
}

#[test]
fn what_is_heard_late_matters_less() {
    let aged = |hours| {
        let mut story = bare("Apple beats third-quarter profit estimates");
        story.published_at = now() - SignedDuration::from_hours(hours);
        judge(story, read(0.4, None), &[], &NewsParams::default(), now()).impact
    };
    assert_eq!(aged(0), Impact::High);
    assert_eq!(aged(12), Impact::Medium);
    assert_eq!(aged(40), Impact::Low);
}

fn judged_as(headline: &str, publisher: &str, around: &[Judged]) -> Judged {
    let mut story = bare(headline);
    publisher.clone_into(&mut story.publisher);
    story.id = countersign_signals::news::story_id(publisher, headline);
    story.cluster = around.first().map_or(story.id, |first| first.story.cluster);
    judge(
        story,
        read(0.0, None),
        around,
        &NewsParams::default(),
        now(),
    )
}

#[test]
fn more_independent_publishers_make_it_matter_more() {
    let headline = "Ford suspends dividend after weak year";
    let mut told: Vec<Judged> = Vec::new();
    for publisher in ["Reuters", "reuters.com", "Bloomberg", "CNBC", "The Ledger"] {
        let next = judged_as(headline, publisher, &told);
        told.push(next);
    }
    let counted: Vec<u32> = told.iter().map(|it| it.publishers).collect();
    assert_eq!(counted, [1, 1, 2, 3, 4]);
    assert_eq!(told[0].impact, Impact::Medium);
    assert_eq!(told[4].impact, Impact::High);
    let many = 40;
    for at in 0..many {
        let next = judged_as(
            "Apple fans line up in the rain",
            &format!("Paper {at}"),
            &told[..1],
        );
        assert_eq!(next.impact, Impact::Low);
    }
}

#[test]
fn more_of_the_same_kind_is_no_longer_new() {
    let first = judged_as(
        "Apple to buy a stake in a chip maker, takes stake",
        "Reuters",
        &[],
    );
    let again = |hours, underlyings: &str| {
        let mut before = first.clone();
        before.story.published_at = now() - SignedDuration::from_hours(hours);
        before.story.underlyings = symbols(underlyings);
        let mut story = bare("Gap names new chief financial officer");
        story.underlyings = symbols("AAPL");
        before.category = countersign_domain::news::Category::Personnel;
        judge(
            story,
            read(-0.3, None),
            &[before],
            &NewsParams::default(),
            now(),
        )
        .impact
    };
    assert_eq!(again(2, "AAPL"), Impact::Medium);
    assert_eq!(again(13, "AAPL"), Impact::High);
    assert_eq!(again(2, "TSLA"), Impact::High);
}

// R58
#[test]
fn a_reading_that_is_no_answer_is_none() {
    let spoilt = |spoil: fn(&mut countersign_domain::news::Opinion)| {
        let mut reading = read(-0.9, Some((Topic::Legal, 0.9)));
        if let Reading::Read(opinion) = &mut reading {
            spoil(opinion);
        }
        judge(
            bare("Apple and the long road"),
            reading,
            &[],
            &NewsParams::default(),
            now(),
        )
    };
    let sound = spoilt(|_| {});
    assert_eq!(
        (sound.impact, sound.reading.opinion().is_some()),
        (Impact::High, true)
    );
    for judged in [
        spoilt(|it| it.bearish = f64::NAN),
        spoilt(|it| it.bullish = f64::INFINITY),
        spoilt(|it| it.bearish = -0.2),
        spoilt(|it| it.neutral = 0.9),
        spoilt(|it| (it.bearish, it.bullish) = (-0.5, 1.4)),
        spoilt(|it| it.topics = vec![(Topic::Legal, f64::NAN)]),
        spoilt(|it| it.topics = vec![(Topic::Legal, 7.0)]),
    ] {
        assert_eq!(judged.reading, Reading::Abstained(Abstention::Unusable));
        assert_eq!(judged.impact, Impact::Low);
    }
}
