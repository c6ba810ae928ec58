use super::{YEARS, remembered};
use crate::calendar::session::by_rule;
use crate::calendar::{FIRST, LAST, day};

#[test]
fn the_almanac_says_of_every_day_what_the_rules_say() {
    let mut date = FIRST;
    let mut days = 0;
    while date <= LAST {
        assert_eq!(remembered(date), Some(by_rule(date)), "{date}");
        assert_eq!(day(date), by_rule(date), "{date}");
        days += 1;
        date = date.tomorrow().unwrap();
    }
    assert_eq!(days, 40_542);
}

#[test]
fn the_almanac_has_a_place_for_every_year_of_the_calendar_and_no_other() {
    assert_eq!(
        usize::try_from(LAST.year() - FIRST.year()).unwrap() + 1,
        YEARS
    );
    assert_eq!(remembered(FIRST.yesterday().unwrap()), None);
    assert_eq!(remembered(LAST.tomorrow().unwrap()), None);
}
