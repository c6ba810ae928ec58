//! An override or a looser limit: what is asked for, by whom, who has to grant it, and how it ended.

use countersign_domain::{
    overrides::{Hand, Override, OverrideState, Term},
    view::OverrideCard,
};

use super::sheet::Sheet;
use crate::{
    button::Action,
    card::{Card, Style, Tone},
    locale::Locale,
    overrides,
    pen::Pen,
    people::verbatim,
    say, words,
};

pub(super) fn draw(card: &OverrideCard, locale: &Locale) -> Card {
    let mut sheet = Sheet::new(&card.header, locale);
    let (pen, one) = (sheet.pen, &card.one);
    let (tone, title) = titled(one);
    let limit = words::limit(one.code, locale);
    sheet.title(tone, say!(locale, title, limit = limit));
    sheet.lead(tone, overrides::what(&pen, one));
    if one.state.has_ended() {
        sheet.lead(Tone::Neutral, overrides::decided(&pen, &one.state));
    }
    let asked = (verbatim(&one.name), pen.time(one.asked_at));
    let asked = say!(locale, "override-hand", name = asked.0, time = asked.1);
    sheet.field("label-override-asked-by", asked);
    let grants: Vec<_> = one.state.grants().iter().map(|it| hand(&pen, it)).collect();
    if !grants.is_empty() {
        sheet.field("label-override-granted-by", grants.join("\n"));
    }
    if !one.state.has_ended() {
        sheet.field("label-override-until", pen.time(one.until));
        uses(&mut sheet, one);
    }
    waiting(&mut sheet, card);
    sheet.footer(say!(locale, "footer-override", id = one.id.to_string()));
    sheet.finish()
}

const fn titled(one: &Override) -> (Tone, &'static str) {
    let changes = matches!(one.term, Term::Change);
    match &one.state {
        OverrideState::Asked { .. } if changes => (Tone::Attention, "title-loosening-asked"),
        OverrideState::Asked { .. } => (Tone::Attention, "title-override-asked"),
        OverrideState::Granted { .. } => (Tone::Good, "title-override-granted"),
        OverrideState::Used { .. } if changes => (Tone::Good, "title-loosening-done"),
        OverrideState::Used { .. } => (Tone::Neutral, "title-override-used"),
        OverrideState::Lapsed { .. } => (Tone::Neutral, "title-override-lapsed"),
        OverrideState::Refused(_) => (Tone::Bad, "title-override-refused"),
        OverrideState::Revoked { .. } => (Tone::Neutral, "title-override-revoked"),
    }
}

fn hand(pen: &Pen<'_>, hand: &Hand) -> String {
    let (name, time) = (verbatim(&hand.name), pen.time(hand.at));
    say!(pen.locale, "override-hand", name = name, time = time)
}

/// How often one passed that holds for every entry.
fn uses(sheet: &mut Sheet<'_>, one: &Override) {
    if one.term == Term::Until && matches!(one.state, OverrideState::Granted { .. }) {
        let uses = say!(sheet.pen.locale, "override-uses", count = one.uses);
        sheet.field("label-override-uses", uses);
    }
}

/// Who is waited for, and what they press; what holds can be taken back.
fn waiting(sheet: &mut Sheet<'_>, card: &OverrideCard) {
    let (pen, one) = (sheet.pen, &card.one);
    let in_time = pen.now < one.until;
    match &one.state {
        OverrideState::Asked { .. } if in_time => {
            let name = verbatim(&one.name);
            let count = card.missing;
            sheet.note(say!(
                pen.locale,
                "note-override-missing",
                count = count,
                name = name
            ));
            sheet.button("button-grant", Action::Grant(one.id), Style::Primary);
            sheet.button("button-refuse", Action::Refuse(one.id), Style::Danger);
        }
        OverrideState::Granted { .. } if in_time => {
            sheet.button("button-take-back", Action::TakeBack(one.id), Style::Danger);
        }
        _ => {}
    }
}
