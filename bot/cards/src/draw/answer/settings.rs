//! How somebody is told things.

use countersign_domain::{
    notices::{Manners, Notice},
    view::Header,
};

use super::begun;
use crate::{card::Card, locale::Locale, notices};

/// How notices are told in a chat, and how who asks wants them in their private one.
pub fn settings(header: &Header, (here, mine): (&Manners, &Manners), locale: &Locale) -> Card {
    let mut sheet = begun(header, locale.say("title-settings"), locale);
    let row = |notice: Notice| {
        let own = mine.volumes.get(&notice).map(|_| mine.set(notice));
        let own = own.map_or_else(|| "–".to_owned(), |own| notices::volume(own, locale));
        vec![
            notice.name().to_owned(),
            notices::severity(notice.severity(), locale),
            notices::volume(here.set(notice), locale),
            own,
        ]
    };
    let columns = [
        ("column-notice", false),
        ("column-severity", false),
        ("column-here", false),
        ("column-mine", false),
    ];
    sheet.table(
        "table-notices",
        &columns,
        Notice::ALL.map(row).into_iter().collect(),
    );
    sheet.field(
        "label-quiet-here",
        notices::quiet(here.quiet.as_ref(), locale),
    );
    sheet.field(
        "label-quiet-mine",
        notices::quiet(mine.quiet.as_ref(), locale),
    );
    let tag = mine.language.as_deref().or(here.language.as_deref());
    let tag = tag.unwrap_or_else(|| locale.language().tag());
    sheet.field("label-language", notices::language(tag, locale));
    let quiet = here.quiet.as_ref().is_some_and(|it| it.holds(header.now));
    if quiet {
        sheet.note(locale.say("note-quiet-now"));
    }
    sheet.note(locale.say("note-settings"));
    sheet.finish()
}
