//! Sentences of the terminal.

use countersign_cards::{Locale, terminal};
use insta::assert_snapshot;

#[test]
fn the_terminal_says_what_it_does_in_short_lines() {
    let english = Locale::english();
    let lines = [
        terminal::begun("Main desk", &english),
        terminal::console("http://127.0.0.1:8080/enter/abc", &english),
        terminal::keys(&english),
        terminal::nothing_offered(&english),
        terminal::left_out(1, &english),
        terminal::left_out(1_200, &english),
        terminal::draining(&english),
        terminal::left(0, 0, &english),
        terminal::left(1, 2, &english),
    ];
    assert_snapshot!(lines.join("\n"), @r"
    Desk Main desk is up.
    Web console: http://127.0.0.1:8080/enter/abc (this link opens it once)
    Keys: c confirm · r reject · s snooze 1 min · w why · n next ticket · p positions · h halt · u resume · q quit
    No ticket waits for a decision.
    (1 line was left out here: nobody was reading. The event log has everything.)
    (1,200 lines were left out here: nobody was reading. The event log has everything.)
    Stopping: no new entries, what is due is finished. Press Ctrl-C again to stop at once.
    Stopped with no open position and no live order.
    Stopped with 1 open position and 2 live orders.
    ");
}
