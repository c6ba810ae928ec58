//! Which headlines tell the same.

use super::{ago, heard, heard_beside, judged, raw, read};
use countersign_domain::news::RawStory;

fn two(one: &str, other: &str) -> bool {
    let by = |headline: &str, publisher: &str, minutes| RawStory {
        publisher: publisher.to_owned(),
        published_at: Some(ago(minutes)),
        name: format!("{publisher} {headline}"),
        ..raw(headline)
    };
    let heard = heard(&[by(one, "Reuters", 30), by(other, "Bloomberg", 10)]);
    assert_eq!(
        heard.stories.len(),
        2,
        "{one} / {other}: {:?}",
        heard.dropped
    );
    assert_eq!(heard.stories[0].cluster, heard.stories[0].id);
    let same = heard.stories[1].cluster == heard.stories[0].id;
    assert!(same || heard.stories[1].cluster == heard.stories[1].id);
    same
}

// R58
#[test]
fn the_same_told_by_two_is_one_cluster() {
    for (one, other) in [
        (
            "Apple beats quarterly profit estimates",
            "Apple beats quarterly profit estimates - Bloomberg",
        ),
        (
            "Apple tops third-quarter profit estimates on iPhone sales",
            "UPDATE: Apple tops third quarter profit estimates on strong iPhone sales",
        ),
        (
            "Tesla recalls 2 million cars over autopilot flaw",
            "Tesla recalling 2 million cars over an Autopilot flaw",
        ),
        (
            "Nvidia to invest $5 billion in Intel",
            "Nvidia to invest $5 billion in Intel, sources say",
        ),
        (
            "Fed cuts rates by 25 basis points",
            "Fed cuts rates by 25 basis points as expected",
        ),
        ("Apple’s “big” day", "Apple's \"big\" day"),
    ] {
        assert!(two(one, other), "{one} / {other}");
    }
}

#[test]
fn what_only_sounds_alike_is_apart() {
    for (one, other) in [
        (
            "Apple beats third-quarter profit estimates on iPhone sales",
            "Apple misses third-quarter profit estimates on iPhone sales",
        ),
        (
            "Apple raises dividend to 26 cents a share",
            "Apple raises dividend to 27 cents a share",
        ),
        (
            "Tesla to build a plant in Mexico next year",
            "Tesla not to build a plant in Mexico next year",
        ),
        (
            "Citi raises Apple price target to $240",
            "UBS raises Apple price target to $240",
        ),
        (
            "Apple upgraded by analysts after strong quarter",
            "Apple downgraded by analysts after strong quarter",
        ),
        (
            "Tesla shares rise after delivery report",
            "Tesla shares fall after delivery report",
        ),
        (
            "FDA approves Pfizer drug for migraine",
            "FDA rejects Pfizer drug for migraine",
        ),
        (
            "Apple agrees to buy chip startup",
            "Tesla agrees to buy chip startup",
        ),
        (
            "Apple wins patent case in Texas",
            "Apple loses patent case in Texas",
        ),
        ("Nvidia soars", "Nvidia soars again"),
    ] {
        assert!(!two(one, other), "{one} / {other}");
    }
}

#[test]
fn a_third_joins_the_cluster_of_the_first_and_the_next_day_does_not() {
    let headline = "Apple to open a research centre in Munich";
    let known = judged(headline, read(0.2, None));
    let mut late = raw("Apple to open a big research centre in Munich");
    late.publisher = "Ledger".to_owned();
    let joined = heard_beside(&[late], std::slice::from_ref(&known));
    assert_eq!(joined.stories[0].cluster, known.story.id);
    let mut old = known.clone();
    old.story.published_at = ago(25 * 60);
    let mut again = raw("Apple to open a big research centre in Munich");
    again.publisher = "Ledger".to_owned();
    let apart = heard_beside(&[again], &[old]);
    assert_eq!(apart.stories[0].cluster, apart.stories[0].id);
}
