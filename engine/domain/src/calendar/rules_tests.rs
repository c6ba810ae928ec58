use super::EARLY_CLOSES;
use crate::calendar::{FIRST, LAST};

#[test]
fn no_two_early_close_rules_hold_on_one_day() {
    let mut day = FIRST;
    while day <= LAST {
        let holding = EARLY_CLOSES
            .iter()
            .filter(|rule| {
                rule.since <= day.year() && day.year() <= rule.until && rule.when.is(day)
            })
            .count();
        assert!(holding <= 1, "{day} has {holding} rules");
        day = day.tomorrow().unwrap();
    }
}
