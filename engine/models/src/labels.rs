//! Labels of models and sets, by their names: an order is read from a file and never assumed.

use countersign_domain::news::Topic;

/// One of the three tones, as the place in [`Shares::sentiment`](crate::Shares::sentiment).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    Bearish = 0,
    Neutral = 1,
    Bullish = 2,
}

/// The tone of a label, whatever a model or a set calls it.
pub(crate) fn tone(label: &str) -> Option<Tone> {
    match label.trim().to_ascii_lowercase().as_str() {
        "bearish" | "negative" => Some(Tone::Bearish),
        "neutral" => Some(Tone::Neutral),
        "bullish" | "positive" => Some(Tone::Bullish),
        _ => None,
    }
}

/// The tones of a head's labels in their order; refused unless each of the three is there once.
pub(crate) fn tones(labels: &[String]) -> Result<[Tone; 3], String> {
    let found: Option<Vec<Tone>> = labels.iter().map(|label| tone(label)).collect();
    let found: Option<[Tone; 3]> = found.and_then(|found| found.try_into().ok());
    let each = |tones: &[Tone; 3]| {
        let all = [Tone::Bearish, Tone::Neutral, Tone::Bullish];
        all.iter().all(|tone| tones.contains(tone))
    };
    found.filter(each).ok_or_else(|| {
        format!("its labels are {labels:?} where negative, neutral and positive belong")
    })
}

/// What the sets call each topic, in the order of [`Topic::ALL`].
pub(crate) const TOPICS: [&str; 20] = [
    "analyst update",
    "fed and central banks",
    "company and product news",
    "treasuries and corporate debt",
    "dividend",
    "earnings",
    "energy and oil",
    "financials",
    "currencies",
    "general news and opinion",
    "gold, metals and materials",
    "initial public offering",
    "legal and regulation",
    "mergers, acquisitions and investments",
    "macro",
    "markets",
    "politics",
    "personnel change",
    "stock commentary",
    "stock movement",
];

/// The topic that a set calls so.
pub(crate) fn topic(label: &str) -> Option<Topic> {
    let at = TOPICS.iter().position(|known| *known == label)?;
    Topic::ALL.get(at).copied()
}

/// The topics of a head's labels in their order; refused unless each of the twenty is there once.
pub(crate) fn topics(labels: &[String]) -> Result<Vec<Topic>, String> {
    let found: Option<Vec<Topic>> = labels.iter().map(|label| topic(label)).collect();
    let each = |found: &Vec<Topic>| {
        found.len() == Topic::ALL.len() && Topic::ALL.iter().all(|topic| found.contains(topic))
    };
    found
        .filter(each)
        .ok_or_else(|| "its topics are not the twenty that are known".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owned(labels: &[&str]) -> Vec<String> {
        labels.iter().map(|it| (*it).to_owned()).collect()
    }

    #[test]
    fn tones_are_taken_in_whatever_order_they_stand() {
        let finbert = tones(&owned(&["positive", "negative", "neutral"]));
        assert_eq!(finbert, Ok([Tone::Bullish, Tone::Bearish, Tone::Neutral]));
        let ours = tones(&owned(&["bearish", "bullish", "neutral"]));
        assert_eq!(ours, Ok([Tone::Bearish, Tone::Bullish, Tone::Neutral]));
    }

    #[test]
    fn labels_that_say_nothing_or_say_it_twice_are_refused() {
        assert!(tones(&owned(&["LABEL_0", "LABEL_1", "LABEL_2"])).is_err());
        assert!(tones(&owned(&["positive", "positive", "neutral"])).is_err());
        assert!(tones(&owned(&["positive", "negative"])).is_err());
        assert!(topics(&owned(&TOPICS[..19])).is_err());
        assert_eq!(topics(&owned(&TOPICS)).unwrap(), Topic::ALL);
    }
}
