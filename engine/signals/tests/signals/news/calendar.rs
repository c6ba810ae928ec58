//! What is known to come, read from text.

use countersign_domain::news::{Category, Scheduled};
use countersign_signals::news::calendar::{read, shipped};
use jiff::civil::date;
use proptest::prelude::*;

use super::symbol;

fn faults(text: &str) -> Vec<String> {
    let faults = read(text).expect_err(text);
    faults.iter().map(ToString::to_string).collect()
}

#[test]
fn a_calendar_is_read_with_its_times_in_their_zones() {
    let text = "\u{feff}# mine\n\
        date,time,zone,symbol,category,name\n\
        \n\
        2026-12-10, 08:30, , , macro, \"CPI, November\"\n\
        2026-11-24,,America/New_York,AAPL,earnings,Fourth quarter\n\
        2026-07-01,03:30,UTC,PFE,clinical,<b>Decision</b> on a pill\n\
        2026-11-24,,,AAPL,earnings,Fourth quarter\r\n";
    let events = read(text).unwrap();
    let event = |underlying: Option<&str>, category, name: &str, on, at: Option<&str>| Scheduled {
        underlying: underlying.map(symbol),
        category,
        name: name.to_owned(),
        on,
        at: at.map(|at| at.parse().unwrap()),
    };
    assert_eq!(
        events,
        [
            event(
                None,
                Category::Macro,
                "CPI, November",
                date(2026, 12, 10),
                Some("2026-12-10T13:30:00Z")
            ),
            event(
                Some("AAPL"),
                Category::Earnings,
                "Fourth quarter",
                date(2026, 11, 24),
                None
            ),
            // Half past three in Greenwich is the evening before in New York.
            event(
                Some("PFE"),
                Category::Clinical,
                "Decision on a pill",
                date(2026, 6, 30),
                Some("2026-07-01T03:30:00Z")
            ),
        ]
    );
    assert_eq!(read(""), Ok(Vec::new()));
    assert_eq!(read("# nothing\n\n"), Ok(Vec::new()));
    assert_eq!(
        read("name,category,symbol,time,date\nx,macro,,,2026-12-10")
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn what_is_wrong_is_told_by_line() {
    let text = "date,time,symbol,category,name\n\
        2026-13-01,,,macro,x\n\
        2026-12-01,8.30,,macro,x\n\
        2026-12-01,24:00,,macro,x\n\
        # a comment\n\
        2026-12-01,08:30,aapl,macro,x\n\
        2026-12-01,08:30,,economy,x\n\
        2026-12-01,08:30,,macro,\n\
        2026-12-01,08:30,macro\n\
        2026-12-01,08:30,,macro,good\n";
    assert_eq!(
        faults(text),
        [
            "line 2: `2026-13-01` is no date; one is `2026-12-09`",
            "line 3: `8.30` is no time; one is `14:00`",
            "line 4: `24:00` is no time; one is `14:00`",
            "line 6: 'aapl' is not a symbol; a symbol has 1 to 8 capital letters, digits, dots or dashes",
            "line 7: `economy` is no category; there are earnings, guidance, clinical, merger, legal, \
             analyst, personnel, capital, halt, bankruptcy, macro, company, market, general",
            "line 8: it has no name",
            "line 9: 3 of 5 columns are there",
        ]
    );
    assert_eq!(
        faults("date,time,symbol,category\n"),
        ["line 1: there is no column `name`"]
    );
    assert_eq!(
        faults("date,date,time,symbol,category,name\n"),
        ["line 1: the column `date` is there twice"]
    );
    assert!(faults("<html><body>403</body>\n")[0].contains("is no column"));
    let zone = "date,time,zone,symbol,category,name\n2026-12-01,08:30,Mars/Base,,macro,x";
    assert!(faults(zone)[0].contains("`Mars/Base` is no zone"));
    let many = format!("date,time,symbol,category,name\n{}", "bad\n".repeat(500));
    assert_eq!(faults(&many).len(), 20);
}

#[test]
fn the_shipped_calendar_knows_the_decisions_of_the_federal_reserve() {
    let events = shipped();
    assert_eq!(events.len(), 16);
    let next = events
        .iter()
        .find(|event| event.on == date(2026, 12, 9))
        .unwrap();
    assert_eq!((next.underlying, next.category), (None, Category::Macro));
    assert_eq!(next.at.unwrap().to_string(), "2026-12-09T19:00:00Z");
    // In summer New York is an hour nearer.
    let summer = events
        .iter()
        .find(|event| event.on == date(2027, 7, 28))
        .unwrap();
    assert_eq!(summer.at.unwrap().to_string(), "2027-07-28T18:00:00Z");
}

proptest! {
    #[test]
    fn any_text_is_a_calendar_or_says_why_not(text in any::<String>(), rows in "[0-9:,\\- a-zA-Z\"\n]{0,200}") {
        let _ = read(&text);
        if let Ok(events) = read(&format!("date,time,zone,symbol,category,name\n{rows}")) {
            for event in events {
                prop_assert!(!event.name.is_empty() && !event.name.contains(char::is_control));
            }
        }
    }
}
