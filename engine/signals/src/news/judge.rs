//! What one story is about and how much it matters.

use std::collections::BTreeSet;

use countersign_domain::{
    instrument::Symbol,
    news::{Abstention, Category, Impact, Judged, Opinion, Reading, Story, Topic},
};
use jiff::{SignedDuration, Timestamp};

use super::{
    NewsParams,
    hear::publisher,
    impact::Facts,
    names::Kind,
    rules::Rule,
    words::{Word, words},
};

/// Category and impact of a story, from how it was read, from the rules, and from what is told `around`
/// it. A reading that is no answer (not a number, no probabilities) becomes an abstention.
pub fn judge(
    story: Story,
    reading: Reading,
    around: &[Judged],
    params: &NewsParams,
    now: Timestamp,
) -> Judged {
    let reading = believed(reading);
    let words = words(&story.headline);
    let opinion = reading.opinion();
    let About {
        category,
        sure,
        least,
    } = about(&words, &story.underlyings, opinion, params);
    let publishers = publishers(&story, around);
    let age = now.duration_since(story.published_at);
    let impact = params.impact.impact(&Facts {
        category,
        sure,
        score: opinion.map_or(0.0, Opinion::score),
        publisher: &story.publisher,
        publishers,
        again: is_told_again(&story, category, around, params),
        age_hours: age.as_secs_f64() / 3_600.0,
    });
    Judged {
        story,
        reading,
        category,
        impact: impact.max(least),
        publishers,
    }
}

/// The reading, when its figures can be believed.
fn believed(reading: Reading) -> Reading {
    let part = |value: f64| (0.0..=1.0).contains(&value);
    let Reading::Read(opinion) = &reading else {
        return reading;
    };
    let all = opinion.bearish + opinion.neutral + opinion.bullish;
    let parts = [opinion.bearish, opinion.neutral, opinion.bullish];
    let topics = opinion.topics.iter().all(|(_, value)| part(*value));
    if parts.into_iter().all(part) && (all - 1.0).abs() <= 0.05 && topics {
        reading
    } else {
        Reading::Abstained(Abstention::Unusable)
    }
}

/// What a topic of the model is in the words of a policy.
const fn of_topic(topic: Topic) -> Category {
    match topic {
        Topic::Analyst => Category::Analyst,
        Topic::CentralBanks | Topic::Macro => Category::Macro,
        Topic::Company => Category::Company,
        Topic::Dividend | Topic::Offering => Category::Capital,
        // The sets put results that were told under either.
        Topic::Earnings | Topic::Financials => Category::Earnings,
        Topic::Legal => Category::Legal,
        Topic::Merger => Category::Merger,
        Topic::Personnel => Category::Personnel,
        Topic::Debt
        | Topic::Energy
        | Topic::Currencies
        | Topic::Metals
        | Topic::Markets
        | Topic::StockCommentary
        | Topic::StockMovement => Category::Market,
        Topic::Opinion | Topic::Politics => Category::General,
    }
}

/// The categories of [`Topic::DANGEROUS`], and those that only rules know.
const fn is_dangerous(category: Category) -> bool {
    matches!(
        category,
        Category::Earnings
            | Category::Guidance
            | Category::Clinical
            | Category::Merger
            | Category::Legal
            | Category::Personnel
            | Category::Halt
            | Category::Bankruptcy
    )
}

/// What a story is about.
struct About {
    category: Category,
    /// How much it is news of that, 0 to 1.
    sure: f64,
    /// It matters at least so much.
    least: Impact,
}

/// What it is about, seen with whom it is about: news of the economy is that and nothing else, and what
/// befalls a company in news of a fund or an index befalls none of theirs.
fn about(words: &[Word], whom: &[Symbol], opinion: Option<&Opinion>, params: &NewsParams) -> About {
    let plain = of_text(words, opinion, params);
    let market = whom
        .iter()
        .all(|symbol| params.names.kind(*symbol) == Some(Kind::Fund));
    let rule = params.rules.economy(words).filter(|_| market);
    match rule {
        Some(rule) => About {
            category: Category::Macro,
            sure: rule.strength(),
            least: Impact::Low,
        },
        None if market && plain.category != Category::Halt => About {
            category: match plain.category {
                Category::Macro | Category::General => plain.category,
                _ => Category::Market,
            },
            least: Impact::Low,
            ..plain
        },
        None => plain,
    }
}

/// What the first rule says that fits, unless a model is sure enough of something dangerous and the rule
/// is not; else what the model says. What the model finds dangerous is at least medium, unless a rule is
/// sure that it only looks so.
fn of_text(words: &[Word], opinion: Option<&Opinion>, params: &NewsParams) -> About {
    let rule = params.rules.first(words);
    let danger = opinion.filter(|opinion| opinion.danger() >= params.impact.danger_least);
    let (category, sure) = match (rule, danger) {
        (Some(rule), None) => (rule.category(), rule.strength()),
        (Some(rule), Some(_)) if rule.is_sure() || is_dangerous(rule.category()) => {
            (rule.category(), rule.strength())
        }
        (_, Some(opinion)) => {
            let topics = Topic::DANGEROUS.map(|topic| (of_topic(topic), opinion.topic(topic)));
            let (category, _) = likeliest(topics.into_iter());
            (category, opinion.danger().min(1.0))
        }
        (None, None) => likeliest(by_topics(opinion)),
    };
    let least = if danger.is_some() && !rule.is_some_and(Rule::is_sure) {
        Impact::Medium
    } else {
        Impact::Low
    };
    About {
        category,
        sure,
        least,
    }
}

/// Every category with the probability of its topics.
fn by_topics(opinion: Option<&Opinion>) -> impl Iterator<Item = (Category, f64)> {
    let topics = opinion.map_or(&[][..], |opinion| opinion.topics.as_slice());
    Category::ALL.into_iter().map(|category| {
        let of = topics.iter().filter(|it| of_topic(it.0) == category);
        (category, of.map(|(_, probability)| probability).sum())
    })
}

/// The most probable; [`Category::General`] when nothing is.
fn likeliest(each: impl Iterator<Item = (Category, f64)>) -> (Category, f64) {
    let possible = each.filter(|(_, probability)| *probability > 0.0);
    let best = possible.max_by(|one, other| {
        let likelier = one.1.total_cmp(&other.1);
        likelier.then_with(|| other.0.cmp(&one.0))
    });
    best.map_or((Category::General, 0.0), |(category, probability)| {
        (category, probability.min(1.0))
    })
}

/// Independent publishers that tell the same, itself among them.
fn publishers(story: &Story, around: &[Judged]) -> u32 {
    let same = around.iter().filter(|it| it.story.cluster == story.cluster);
    let mut who: BTreeSet<String> = same.map(|it| publisher(&it.story)).collect();
    who.insert(publisher(story));
    u32::try_from(who.len()).unwrap_or(u32::MAX)
}

/// Whether something else of that kind was told of the same underlying not long before.
fn is_told_again(
    story: &Story,
    category: Category,
    around: &[Judged],
    params: &NewsParams,
) -> bool {
    let within = SignedDuration::from_hours(i64::from(params.impact.again_hours));
    around.iter().any(|other| {
        let before = story.published_at.duration_since(other.story.published_at);
        let shared = story.underlyings.is_empty() && other.story.underlyings.is_empty()
            || (story.underlyings.iter()).any(|one| other.story.underlyings.contains(one));
        other.story.cluster != story.cluster
            && other.category == category
            && shared
            && before.is_positive()
            && before <= within
    })
}
