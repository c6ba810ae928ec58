//! Who is who.

use countersign_domain::{
    operator::{Identity, Operator},
    view::Header,
};

use super::{begun, unless_any};
use crate::{
    card::{Card, Tone},
    locale::Locale,
    people::verbatim,
    say, words,
};

/// Who somebody is to the desk.
pub fn who_am_i(
    header: &Header,
    identity: &Identity,
    operator: Option<&Operator>,
    locale: &Locale,
) -> Card {
    let mut sheet = begun(header, locale.say("title-whoami"), locale);
    let surface = words::surface(identity.surface, locale);
    match operator {
        Some(operator) => {
            sheet.lead(
                Tone::Neutral,
                say!(
                    locale,
                    "lead-whoami",
                    name = verbatim(&operator.name),
                    role = words::role(operator.role, locale)
                ),
            );
            sheet.field("label-known-on", known_on(operator, locale));
        }
        None => sheet.lead(Tone::Attention, locale.say("lead-stranger")),
    }
    sheet.field(
        "label-you-here",
        say!(
            locale,
            "you-here",
            user = verbatim(&identity.user),
            surface = surface
        ),
    );
    sheet.finish()
}

fn known_on(operator: &Operator, locale: &Locale) -> String {
    let mut surfaces: Vec<_> = operator.identities.iter().map(|it| it.surface).collect();
    surfaces.sort_unstable();
    surfaces.dedup();
    let words = surfaces.into_iter().map(|it| words::surface(it, locale));
    let words: Vec<String> = words.collect();
    words.join(", ")
}

/// Everybody who may act, with their role and where they are known.
pub fn perms(header: &Header, operators: &[Operator], locale: &Locale) -> Card {
    let title = say!(locale, "title-perms", count = operators.len());
    let mut sheet = begun(header, title, locale);
    let row = |operator: &Operator| {
        vec![
            verbatim(&operator.name),
            words::role(operator.role, locale),
            known_on(operator, locale),
        ]
    };
    let columns = [
        ("column-person", false),
        ("column-role", false),
        ("column-known-on", false),
    ];
    sheet.table("table-perms", &columns, operators.iter().map(row).collect());
    unless_any(&mut sheet, operators.len(), "note-nobody");
    sheet.finish()
}
