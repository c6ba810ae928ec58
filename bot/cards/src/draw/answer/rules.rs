//! Limits and standing approvals.

use countersign_domain::{
    limits::LimitCode,
    overrides::{Override, OverrideState},
    standing::Standing,
    view::{Header, LimitUse},
};
use rust_decimal::{Decimal, prelude::ToPrimitive};

use super::{begun, unless_any};
use crate::{
    breach,
    button::Action,
    card::{Button, Card, Style, Tone},
    draw::board,
    locale::Locale,
    overrides::line,
    pen::Named,
    say, words,
};

/// Blocks of a full bar.
const BLOCKS: u32 = 5;

/// Every limit with its use as a bar. What has no use, such as the age of a quote, shows its
/// ceiling alone.
pub fn limits(header: &Header, limits: &[LimitUse], locale: &Locale) -> Card {
    let mut sheet = begun(header, locale.say("title-limits"), locale);
    let pen = sheet.pen;
    let full = limits.iter().any(|limit| share(limit) >= Some(100));
    let near = limits.iter().any(|limit| share(limit) >= Some(80));
    let lead = match (full, near) {
        (true, _) => Some((Tone::Bad, "lead-limits-full")),
        (false, true) => Some((Tone::Attention, "lead-limits-near")),
        (false, false) => None,
    };
    if let Some((tone, key)) = lead {
        sheet.lead(tone, locale.say(key));
    }
    let row = |limit: &LimitUse| {
        vec![
            words::limit(limit.code, locale),
            share(limit).map_or_else(String::new, bar),
            breach::amount(&pen, limit.code, limit.bound),
        ]
    };
    let columns = [
        ("column-limit", false),
        ("column-used", true),
        ("column-bound", true),
    ];
    sheet.table("table-limits", &columns, limits.iter().map(row).collect());
    sheet.finish()
}

/// How much is used, in percent; `None` where nothing adds up.
fn share(limit: &LimitUse) -> Option<u32> {
    let counts = !matches!(
        limit.code,
        LimitCode::QuoteAge | LimitCode::Spread | LimitCode::Drift
    );
    let used = limit.used.max(Decimal::ZERO);
    let share = used
        .checked_mul(Decimal::ONE_HUNDRED)?
        .checked_div(limit.bound);
    share
        .and_then(|share| share.round().to_u32())
        .filter(|_| counts)
}

/// `▓▓▓░░ 62 %`: a block for each fifth that is begun.
fn bar(percent: u32) -> String {
    let filled = percent.saturating_mul(BLOCKS).div_ceil(100).min(BLOCKS);
    let blocks = (1..=BLOCKS).map(|block| if block <= filled { '▓' } else { '░' });
    format!("{} {percent} %", blocks.collect::<String>())
}

/// What a change of a limit would do, and the buttons that decide about it.
pub fn limit_change(
    header: &Header,
    code: LimitCode,
    (before, after): (Decimal, Decimal),
    buttons: Vec<Button>,
    locale: &Locale,
) -> Card {
    let title = say!(
        locale,
        "title-limit-change",
        limit = words::limit(code, locale)
    );
    let mut sheet = begun(header, title, locale);
    let pen = sheet.pen;
    let (tone, key) = match after.cmp(&before) {
        std::cmp::Ordering::Greater => (Tone::Attention, "lead-limit-looser"),
        std::cmp::Ordering::Less => (Tone::Neutral, "lead-limit-tighter"),
        std::cmp::Ordering::Equal => (Tone::Neutral, "lead-limit-same"),
    };
    sheet.lead(tone, locale.say(key));
    sheet.field("label-before", breach::amount(&pen, code, before));
    sheet.field("label-after", breach::amount(&pen, code, after));
    if after < before && code.is_hard() {
        sheet.note(locale.say("note-limit-hard"));
    }
    if !buttons.is_empty() {
        sheet.note(locale.say("note-limit-question"));
    }
    let mut card = sheet.finish();
    card.buttons = buttons;
    card
}

/// The standing approvals, each with what is left of it and a button that revokes it.
pub fn approvals(header: &Header, standing: &[Standing], locale: &Locale) -> Card {
    let title = say!(locale, "title-approvals", count = standing.len());
    let mut sheet = begun(header, title, locale);
    let pen = sheet.pen;
    for one in standing {
        sheet.note(board::standing(&pen, one));
    }
    unless_any(&mut sheet, standing.len(), "console-approvals-none");
    let mut card = sheet.finish();
    card.buttons = standing
        .iter()
        .map(|one| Button {
            label: say!(locale, "button-revoke-one", id = one.id.short()),
            action: Action::Revoke(one.id),
            style: Style::Danger,
        })
        .collect();
    card
}

/// Overrides that are asked for or hold, oldest first, with buttons for the newest that waits.
pub fn overrides(header: &Header, overrides: &[Override], locale: &Locale) -> Card {
    let mut sheet = begun(header, locale.say("title-overrides"), locale);
    let pen = sheet.pen;
    for one in overrides {
        sheet.note(line(&pen, one));
    }
    unless_any(&mut sheet, overrides.len(), "note-no-overrides");
    let waits = |one: &&Override| !matches!(one.state, OverrideState::Granted { .. });
    if let Some(one) = overrides.iter().rev().find(waits) {
        sheet.button("button-grant", Action::Grant(one.id), Style::Primary);
        sheet.button("button-refuse", Action::Refuse(one.id), Style::Danger);
    }
    sheet.finish()
}
