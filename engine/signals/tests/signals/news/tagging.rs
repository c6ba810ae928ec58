//! What headlines are about.

use countersign_domain::{instrument::Symbol, news::RawStory};
use countersign_signals::news::{Dropped, Hearing, NewsParams, hear, names};

use super::{heard, now, raw, symbols, watched};

/// What the story of a headline is about, and nothing where it is no story.
fn about(headline: &str) -> String {
    told(&raw(headline))
}

fn told(raw: &RawStory) -> String {
    let heard = heard(std::slice::from_ref(raw));
    let Some(story) = heard.stories.first() else {
        let why = heard.dropped.keys().next().expect("a reason");
        assert_eq!(*why, Dropped::Untagged, "{}", raw.headline);
        return "nobody".to_owned();
    };
    if story.underlyings.is_empty() {
        return "everybody".to_owned();
    }
    let names: Vec<&str> = story.underlyings.iter().map(Symbol::as_str).collect();
    names.join(" ")
}

#[track_caller]
fn all_about(expected: &[(&str, &str)]) {
    let wrong: Vec<String> = expected
        .iter()
        .filter(|(headline, who)| about(headline) != *who)
        .map(|(headline, who)| format!("{headline}: {who}, not {}", about(headline)))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_ticker_is_found_where_it_is_written_as_one() {
    all_about(&[
        ("$AAPL - supplier talks", "AAPL"),
        ("$TSLA, $AAPL: two charts", "AAPL TSLA"),
        ("Shares slide ($NVDA)", "NVDA"),
        ("Somebody (NASDAQ: AAPL) did something", "AAPL"),
        ("Somebody (Nasdaq:TSLA) did something", "TSLA"),
        ("Two of them (NYSE: F, V) did something", "F V"),
        ("Both (NASDAQ: NVDA; NYSE: V) did something", "NVDA V"),
        ("ON Semiconductor Corp. (ON) names a partner", "ON"),
        ("AAPL and NVDA lead the way", "AAPL NVDA"),
        ("TSLA's new plant", "TSLA"),
        ("*TSLA CUTS PRICES IN CHINA", "TSLA"),
    ]);
}

#[test]
fn money_words_and_abbreviations_are_no_tickers() {
    all_about(&[
        ("Startup raises $ALLY in funding", "nobody"),
        ("US$V is no cash tag", "nobody"),
        ("$aapl in small letters", "nobody"),
        ("$AAPLX is another fund", "nobody"),
        ("A startup raises $5 million", "nobody"),
        ("ALL workers to return to the office", "nobody"),
        ("IT spending to rise ON demand", "nobody"),
        ("Buy NOW, pay later is IN", "nobody"),
        ("WHY ALL OF IT IS ON SALE NOW AT YOUR STORE", "nobody"),
        ("Spending on information technology (IT) grows", "nobody"),
        ("V for victory, F for fail", "nobody"),
        ("Somebody (LSE: F) did something", "nobody"),
    ]);
}

#[test]
fn a_company_is_found_by_its_name_and_a_fruit_is_none() {
    all_about(&[
        ("Apple unveils a thinner phone", "AAPL"),
        ("What Apple's supplier said", "AAPL"),
        ("Cook steps back at Apple Inc", "AAPL"),
        ("APPLE TO MAKE CHIPS IN ARIZONA WITH PARTNERS", "AAPL"),
        ("The best apple pie in town", "nobody"),
        ("Apple pie contest draws a crowd", "nobody"),
        ("Apple growers fear a late frost", "nobody"),
        ("The Big Apple braces for snow", "nobody"),
        ("Apple Hospitality opens a hotel", "nobody"),
        ("Pineapple prices climb", "nobody"),
    ]);
}

#[test]
fn a_name_that_is_also_a_word_needs_a_company_around_it() {
    all_about(&[
        ("Target lifts target", "TGT"),
        ("Target shares fall after holiday warning", "TGT"),
        ("Retailer Target trims prices", "TGT"),
        ("Target's holiday plans", "TGT"),
        ("Target to cut 1,800 jobs", "TGT"),
        ("Shoppers sue Target Corp over leak", "TGT"),
        ("Analyst raises price target on a rival", "nobody"),
        ("Citi Raises Price Target On Shoe Maker To $90", "nobody"),
        ("Bank official: inflation Target stays", "nobody"),
        ("Target Date Funds explained", "nobody"),
        ("TARGET SHARES FALL AFTER HOLIDAY SALES WARNING", "nobody"),
        ("Gap raises full-year forecast", "GAP GPS"),
        ("Gap Inc names a designer", "GAP GPS"),
        ("Gap between rich and poor widens", "nobody"),
        ("Mind the Gap, says London", "nobody"),
        ("Visa posts higher profit", "V"),
        ("Visa CEO sees steady spending", "V"),
        ("Visa rules for students tightened", "nobody"),
        ("Schengen Visa applications surge", "nobody"),
        ("Student Visa to cost more", "nobody"),
    ]);
}

#[test]
fn other_bearers_of_a_name_are_told_from_the_company() {
    all_about(&[
        ("Ford recalls trucks over brakes", "F"),
        ("Ford Motor hires in Kentucky", "F"),
        ("Harrison Ford returns to the screen", "nobody"),
        ("Ford Foundation gives to museums", "nobody"),
        ("Meta trains a new model", "META"),
        ("Meta Platforms to pay a dividend", "META"),
        ("Meta-analysis of 40 trials finds no effect", "nobody"),
        ("So meta: a film about films", "nobody"),
        ("Allstate lifts premiums", "ALL"),
        ("Gartner sees slower budgets", "IT"),
        ("ServiceNow wins a federal contract", "NOW"),
        ("Onsemi cuts staff", "ON"),
    ]);
}

#[test]
fn who_rates_somebody_is_not_what_the_story_is_about() {
    all_about(&[
        ("Goldman Sachs downgrades Tesla to sell", "TSLA"),
        ("Tesla cut to neutral at Goldman", "TSLA"),
        ("Goldman Sachs analyst sees Nvidia rally", "NVDA"),
        ("Goldman Sachs to cut 500 jobs", "GS"),
        ("Goldman Sachs profit falls", "GS"),
        ("Goldman cuts bonuses", "GS"),
    ]);
}

#[test]
fn a_sources_own_symbols_count_unless_it_is_a_list() {
    let mut one = raw("Chip maker jumps after the bell");
    one.symbols = vec![
        "NASDAQ:NVDA".to_owned(),
        "$tsla".to_owned(),
        "not one!".to_owned(),
    ];
    assert_eq!(told(&one), "NVDA TSLA");
    let many = "AAPL TSLA NVDA V F META GAP TGT ON";
    let mut list = raw("71 things to know before the bell, and one on Apple");
    list.symbols = many.split(' ').map(str::to_owned).collect();
    assert_eq!(told(&list), "AAPL");
}

#[test]
fn news_of_the_economy_is_about_everybody() {
    all_about(&[
        ("Fed raises rates by a quarter point", "everybody"),
        ("U.S. CPI rises 0.4% in October", "everybody"),
        (
            "S&P 500 falls after hot inflation data: CPI at 4%",
            "everybody",
        ),
        ("Nonfarm payrolls jump by 300,000", "everybody"),
        ("FOMC minutes show a split", "everybody"),
        ("Fed up with waiting, fans leave", "nobody"),
        ("A local bakery opens", "nobody"),
        ("S&P 500 ends a little higher", "SPX SPY XSP"),
    ]);
}

#[test]
fn what_is_not_watched_is_no_story() {
    assert_eq!(about("Boeing delivers a jet"), "nobody");
    assert_eq!(about("Boeing and Apple sign a deal"), "AAPL BA");
}

#[test]
fn the_table_of_the_configuration_adds_and_replaces() {
    let mut params = NewsParams::default();
    let line = |text: &str| names::Naming::try_from(text.to_owned()).expect(text);
    params.names.more = vec![
        line("ZZZ | Zebra Robotics, Zebra? | _ crossing"),
        line("AAPL | Cupertino"),
    ];
    let watched = symbols("ZZZ AAPL");
    let about = |headline: &str| {
        let heard = hear(Hearing {
            source: "wire",
            raw: &[raw(headline)],
            known: &[],
            watched: &watched,
            params: &params,
            now: now(),
        });
        heard.stories.first().map(|story| story.underlyings.clone())
    };
    assert_eq!(
        about("Zebra Robotics files for an IPO"),
        Some(symbols("ZZZ"))
    );
    assert_eq!(about("Zebra shares jump"), Some(symbols("ZZZ")));
    assert_eq!(about("Zebra born at the zoo"), None);
    assert_eq!(about("Zebra's crossing"), None);
    assert_eq!(about("Cupertino speaks"), Some(symbols("AAPL")));
    assert_eq!(about("Apple speaks"), None);
}

#[test]
fn every_line_of_the_shipped_table_can_be_read_and_says_something_once() {
    let text = include_str!("../../../src/news/data/names.txt");
    let lines = text
        .lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with(['#', ' ']));
    let written: Vec<&str> = lines
        .map(|line| line.split([' ', '|']).next().unwrap())
        .collect();
    assert_eq!(
        names::shipped().len(),
        written.len(),
        "some line is not read"
    );
    let mut once = written.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), written.len(), "some symbol is there twice");
    assert!(written.len() > 200 && watched().len() == 15);
}

#[test]
fn a_line_that_cannot_be_read_says_why() {
    for (line, why) in [
        ("aapl | Apple", "is not a symbol"),
        ("AAPL bond | Apple", "`bond` is no kind"),
        ("AAPL | Apple | pie", "neither `word _` nor `_ word`"),
        ("AAPL | Apple | _ pie | more", "a line is"),
        ("AAPL | ?", "is no name"),
    ] {
        let error = names::Naming::try_from(line.to_owned()).expect_err(line);
        assert!(error.to_string().contains(why), "{error}");
    }
}
