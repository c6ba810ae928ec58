//! What happened to signals.

use countersign_domain::event::Fact;

use crate::{
    evidence::story,
    pen::{Named, Pen},
    say, veto,
};

pub(super) fn sentence(pen: &Pen<'_>, fact: &Fact) -> String {
    let locale = pen.locale;
    match fact {
        Fact::SignalRaised(signal) => {
            let (id, what) = (signal.id.short(), story(pen, signal));
            say!(locale, "fact-signal-raised", signal = id, what = what)
        }
        Fact::SignalVetoed { signal, why } => {
            let why: Vec<String> = why.iter().map(|one| veto::sentence(pen, one)).collect();
            say!(
                locale,
                "fact-signal-vetoed",
                signal = signal.short(),
                why = why.join(" ")
            )
        }
        Fact::SignalLapsed(signal) => say!(locale, "fact-signal-lapsed", signal = signal.short()),
        _ => String::new(),
    }
}
