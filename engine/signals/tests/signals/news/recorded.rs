//! The rules beside what people say that headlines are about.

use std::{collections::BTreeMap, fs::File, io::Read, path::Path};

use countersign_domain::news::{Abstention, Category, Reading, Topic};
use countersign_signals::news::{NewsParams, clean, judge};
use flate2::read::GzDecoder;

use super::{bare, now};

/// Every twelfth text of the set with its topic, without its links.
fn labelled() -> Vec<(String, Topic)> {
    let path = Path::new(env!("TEST_DATA_DIR")).join("news/twitter_topic/topic_train.csv.gz");
    let file = File::open(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut text = String::new();
    GzDecoder::new(file)
        .read_to_string(&mut text)
        .expect("a compressed text");
    let mut rows = Vec::new();
    let (mut field, mut quoted) = (String::new(), false);
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            '\n' if !quoted => rows.push(std::mem::take(&mut field)),
            c => field.push(c),
        }
    }
    let split = rows
        .iter()
        .skip(1)
        .step_by(12)
        .filter_map(|row| row.rsplit_once(','));
    split
        .map(|(text, label)| {
            let words = text
                .split_whitespace()
                .filter(|word| !word.starts_with("http"));
            let label: usize = label.trim().parse().expect("a label");
            (words.collect::<Vec<_>>().join(" "), Topic::ALL[label])
        })
        .collect()
}

#[test]
#[cfg_attr(not(has_test_data), ignore = "needs the labelled headlines")]
fn what_the_rules_call_dangerous_people_mostly_do_too() {
    let mut found: BTreeMap<Category, (u32, u32)> = BTreeMap::new();
    let params = NewsParams::default();
    for (text, topic) in labelled() {
        let unread = Reading::Abstained(Abstention::NoModel);
        let judged = judge(bare(&clean::line(&text, 300)), unread, &[], &params, now());
        let agree = match judged.category {
            Category::Personnel => topic == Topic::Personnel,
            Category::Merger => topic == Topic::Merger,
            Category::Legal => topic == Topic::Legal,
            // Results move shares, and some are told as that.
            Category::Earnings => matches!(
                topic,
                Topic::Earnings | Topic::Financials | Topic::StockMovement
            ),
            _ => continue,
        };
        let (right, all) = found.entry(judged.category).or_default();
        *right += u32::from(agree);
        *all += 1;
    }
    let share = |category| {
        let (right, all) = found[&category];
        assert!(all >= 10, "{category:?}: {all}");
        f64::from(right) / f64::from(all)
    };
    assert!(share(Category::Personnel) >= 0.8, "{found:?}");
    assert!(share(Category::Earnings) >= 0.85, "{found:?}");
    assert!(share(Category::Merger) >= 0.55, "{found:?}");
    assert!(share(Category::Legal) >= 0.5, "{found:?}");
}
