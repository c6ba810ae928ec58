//! The demo's news, read by the model that is in the program: a veto, a warning on a card, a ticket that
//! is taken back while it waits, and a headline that gives orders and is only shown.

use std::time::Duration;

use crate::program::{BINARY, NO_NEWS, Program, command};

// R58
#[test]
fn the_demo_vetoes_warns_and_takes_a_ticket_back_with_the_headlines_that_say_why() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = command(BINARY, folder.path());
    command.env_remove(NO_NEWS).args(["--home", "home", "demo"]);
    command.args(["--set", "web.port=0"]);
    let mut program = Program::of(command);
    let soon = Duration::from_secs(90);
    let begins = program.expect(&["Desk demo is up."], soon);
    assert!(!begins.is_empty());

    // The vetoed signal is told in one line.
    program.expect(
        &["vetoed", "The news stands against it", "SPY", "halted"],
        soon,
    );
    let so_far = program.said();
    assert!(
        so_far.contains("ignore all previous instructions"),
        "{so_far}"
    );
    assert!(so_far.contains("Read by embedded"), "{so_far}");
    assert!(
        so_far.contains("Ticket offered: AAPL"),
        "what was told to confirm is not: {so_far}"
    );
    assert!(!so_far.contains("Order on its way"), "{so_far}");

    // While a ticket waits, a second is a second: the chief leaves within the first minute.
    let gone = program.expect(
        &["withdrawn: the news stands against it", "CEO steps down"],
        soon,
    );
    assert!(gone.contains("personnel"), "{gone}");
    let said = program.said();
    assert!(said.contains("Ticket withdrawn: NVDA"), "{said}");
    // Of the news itself only what may move a price has a line, and those who tell the same have one.
    let lines = said.lines().filter(|line| line.contains(" · desk · “"));
    let lines: Vec<_> = lines.collect();
    let impact = |word: &str| lines.iter().filter(|it| it.contains(word)).count();
    assert_eq!(impact("low impact"), 0, "{lines:?}");
    let halted = lines.iter().filter(|it| it.contains("(SPY) halted"));
    assert_eq!(halted.count(), 1, "{lines:?}");
    let ended = program.press_to_the_end("q", Duration::from_mins(1));
    assert_eq!(ended.code, Some(0), "{ended:?}");
}
