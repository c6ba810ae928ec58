//! What headlines are about.

use countersign_domain::news::{Abstention, Category, Impact, Reading, Topic};
use countersign_signals::news::{NewsParams, judge, rules};

use super::{bare, now, read};

/// Own sentences with their category and impact, unread: `category impact | headline`.
const GOLDEN: &str = include_str!("categories.txt");

#[test]
fn the_rules_know_what_headlines_are_about() {
    let mut wrong = Vec::new();
    let lines = GOLDEN
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut many = 0;
    for line in lines {
        let (expected, headline) = line.split_once(" | ").expect(line);
        let unread = Reading::Abstained(Abstention::NoModel);
        let judged = judge(bare(headline), unread, &[], &NewsParams::default(), now());
        let found = format!("{} {}", judged.category.as_str(), judged.impact.as_str());
        if found != expected {
            wrong.push(format!("{headline}: {expected}, not {found}"));
        }
        many += 1;
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(many > 100, "{many}");
}

fn about(headline: &str, topics: &[(Topic, f64)]) -> (Category, Impact) {
    let mut reading = read(0.0, None);
    if let Reading::Read(opinion) = &mut reading {
        opinion.topics = topics.to_vec();
    }
    let judged = judge(bare(headline), reading, &[], &NewsParams::default(), now());
    (judged.category, judged.impact)
}

#[test]
fn the_model_says_what_no_rule_knows() {
    use Category as C;
    let plain = "Apple and the long road";
    for (topic, category) in [
        (Topic::Earnings, C::Earnings),
        (Topic::Financials, C::Earnings),
        (Topic::Merger, C::Merger),
        (Topic::CentralBanks, C::Macro),
        (Topic::Dividend, C::Capital),
        (Topic::Energy, C::Market),
        (Topic::Politics, C::General),
    ] {
        assert_eq!(about(plain, &[(topic, 0.9)]).0, category, "{topic:?}");
    }
    assert_eq!(about(plain, &[]).0, C::General);
    // Topics of one category add up.
    let split = [
        (Topic::Company, 0.4),
        (Topic::Markets, 0.3),
        (Topic::StockMovement, 0.25),
    ];
    assert_eq!(about(plain, &split).0, C::Market);
}

#[test]
fn what_a_model_finds_dangerous_is_never_low_unless_a_rule_is_sure() {
    let danger = [
        (Topic::Earnings, 0.3),
        (Topic::Merger, 0.25),
        (Topic::Company, 0.45),
    ];
    let plain = about("Apple and the long road", &danger);
    assert_eq!(plain, (Category::Earnings, Impact::Medium));
    let below = [
        (Topic::Earnings, 0.25),
        (Topic::Merger, 0.2),
        (Topic::Company, 0.5),
    ];
    assert_eq!(
        about("Apple and the long road", &below).0,
        Category::Company
    );
    // A rule that knows something harmless gives way, one that knows better does not.
    let launch = about("Apple unveils thinner phone", &[(Topic::Legal, 0.9)]);
    assert_eq!(launch, (Category::Legal, Impact::Medium));
    let firm = about(
        "Rosen Law Firm reminds Tesla investors of deadline",
        &[(Topic::Legal, 0.99)],
    );
    assert_eq!(firm, (Category::Legal, Impact::Low));
    let cut = about(
        "Target cuts full-year profit forecast",
        &[(Topic::Earnings, 0.9)],
    );
    assert_eq!(cut, (Category::Guidance, Impact::High));
}

#[test]
fn what_befalls_companies_in_news_of_an_index_befalls_none_of_theirs() {
    let about = |headline: &str, whom: &str| {
        let mut story = bare(headline);
        story.underlyings = super::symbols(whom);
        let reading = read(0.3, Some((Topic::Earnings, 0.9)));
        let judged = judge(story, reading, &[], &NewsParams::default(), now());
        (judged.category, judged.impact)
    };
    let season = "S&P 500 rises as earnings beat expectations";
    assert_eq!(about(season, "SPY SPX"), (Category::Market, Impact::Low));
    assert_eq!(
        about(season, "SPY AAPL"),
        (Category::Earnings, Impact::High)
    );
    let rates = "Fed raises rates and banks cut their outlook";
    assert_eq!(about(rates, ""), (Category::Macro, Impact::High));
    assert_eq!(about(rates, "SPY"), (Category::Macro, Impact::High));
    assert_eq!(about("Trading in fund halted", "SPY").0, Category::Halt);
}

#[test]
fn rules_of_the_configuration_come_first_and_replace_by_name() {
    let rule = |line: &str| rules::Rule::try_from(line.to_owned()).expect(line);
    let mut params = NewsParams::default();
    let category = |params: &NewsParams, headline: &str| {
        judge(bare(headline), read(0.0, None), &[], params, now()).category
    };
    params.rules.more = vec![
        rule("yachts | personnel | 0.9 | ceo .. yacht | boat show"),
        rule("company | general | 0.1 | "),
    ];
    assert_eq!(
        category(&params, "Gap CEO buys new yacht"),
        Category::Personnel
    );
    assert_eq!(
        category(&params, "Gap CEO sells yacht at boat show"),
        Category::General
    );
    assert_eq!(
        category(&params, "Apple unveils thinner phone"),
        Category::General
    );
    assert_eq!(
        category(&NewsParams::default(), "Apple unveils thinner phone"),
        Category::Company
    );
}

#[test]
fn every_shipped_rule_can_be_read_and_has_a_name_of_its_own() {
    let text = include_str!("../../../src/news/data/rules.txt");
    let first = |line: &&str| !line.trim().is_empty() && !line.starts_with(['#', ' ']);
    let written: Vec<&str> = text.lines().filter(first).collect();
    let mut names: Vec<&str> = rules::shipped().iter().map(rules::Rule::name).collect();
    assert_eq!(names.len(), written.len(), "some rule is not read");
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), written.len(), "some name is there twice");
}

#[test]
fn a_rule_that_cannot_be_read_says_why() {
    for (line, why) in [
        ("a | legal | 0.5", "a rule is"),
        (" | legal | 0.5 | sued", "no name"),
        ("a | courts | 0.5 | sued", "`courts` is no category"),
        ("a | legal | high | sued", "a number from 0 to 1"),
        ("a | legal | NaN | sued", "a number from 0 to 1"),
        ("a | legal | 1.5 | sued", "a number from 0 to 1"),
        ("a | legal | 0.5 | Sued", "`Sued` is no phrase"),
        ("a | legal | 0.5 | .. sued", "`.. sued` is no phrase"),
        ("a | legal | 0.5 | sued .. ", "`sued ..` is no phrase"),
        ("a | legal | 0.5 | *", "`*` is no phrase"),
    ] {
        let error = rules::Rule::try_from(line.to_owned()).expect_err(line);
        assert!(error.to_string().contains(why), "{error}");
    }
}
