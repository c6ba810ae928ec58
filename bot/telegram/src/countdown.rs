//! The countdown: the platform has none, so that what is left is written on the card, in steps. Each step
//! is true until the next one, also when that one is left out.

/// The last steps, seconds.
const LAST: [i64; 2] = [10, 30];
const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;

/// The step that says how much is left at the most, of what is left: whole minutes, coarser ones when
/// there is long to go, and 30 and 10 seconds. All in seconds.
pub(crate) fn step(left: i64) -> i64 {
    let last = LAST.into_iter().find(|step| left <= *step);
    last.unwrap_or_else(|| {
        let unit = unit(left);
        left.div_euclid(unit) * unit + if left.rem_euclid(unit) == 0 { 0 } else { unit }
    })
}

/// The step after one; `None` after the last.
pub(crate) fn after(step: i64) -> Option<i64> {
    if step <= MINUTE {
        return LAST.into_iter().rev().find(|it| *it < step);
    }
    // What is left just below a step is counted in the unit of there.
    Some(step - unit(step - 1).min(step - MINUTE))
}

/// In what is counted.
const fn unit(left: i64) -> i64 {
    match left {
        ..=600 => MINUTE,
        601..=HOUR => 5 * MINUTE,
        _ => HOUR / 2,
    }
}

#[cfg(test)]
mod tests {
    use super::{after, step};

    #[test]
    fn each_step_says_no_less_than_what_is_left_and_leads_down_to_the_last() {
        for left in 0..20_000 {
            let says = step(left);
            assert!(says >= left, "{left}: {says}");
            assert_eq!(step(says), says, "{left}");
            let Some(next) = after(says) else {
                assert_eq!(says, 10);
                continue;
            };
            assert!(next < says && step(next) == next, "{says}: {next}");
            assert_eq!(
                step(next + 1),
                says,
                "nothing lies between {next} and {says}"
            );
        }
        let steps = std::iter::successors(Some(180), |it| after(*it));
        assert_eq!(steps.collect::<Vec<_>>(), [180, 120, 60, 30, 10]);
    }
}
