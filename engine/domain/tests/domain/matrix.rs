//! Draws a state machine as a table: every state, every event, and where it leads.

use std::fmt::{self, Debug, Write};

/// What an impossible pair is drawn as.
const IMPOSSIBLE: &str = "-";

/// One block per state, one line per event. `.` where nothing changes, `-` where it cannot happen.
///
/// # Panics
///
/// When the error of an impossible pair does not name both of its sides.
pub(crate) fn draw<S, E, F>(
    states: &[S],
    events: &[(&str, E)],
    name: impl Fn(&S) -> String,
    apply: impl Fn(&S, &E) -> Result<S, F>,
) -> String
where
    S: PartialEq + Debug,
    E: Debug,
    F: fmt::Display,
{
    let wide = events.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    let mut drawn = String::new();
    for state in states {
        writeln!(drawn, "{}", name(state)).unwrap();
        for (event_name, event) in events {
            let after = match apply(state, event) {
                Ok(next) if next == *state => ".".to_owned(),
                Ok(next) => name(&next),
                Err(error) => {
                    let said = error.to_string();
                    let both = said.contains(&format!("{state:?}"))
                        && said.contains(&format!("{event:?}"));
                    assert!(both, "{} x {event_name}: {said}", name(state));
                    IMPOSSIBLE.to_owned()
                }
            };
            writeln!(drawn, "    {event_name:<wide$}  {after}").unwrap();
        }
    }
    drawn
}
