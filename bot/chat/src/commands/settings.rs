//! How people are told things: shown and changed.

use countersign_cards::{
    Tone, answer, chat,
    command::{Scope, Setting, Volume as Asked},
};
use countersign_desk::manners::is_private;
use countersign_domain::{
    notices::{Manners, MannersChange, Notice, NoticeFault, Quiet, Volume},
    operator::Room,
    refusal::Refusal,
};
use jiff::civil::Time;

use super::{Told, reads::unread};
use crate::{
    reply::Reply,
    talk::{Asker, Talk},
};

/// The zone of quiet hours where nobody named one: the exchange's.
const ZONE: &str = "America/New_York";

impl Talk {
    pub(super) async fn about_settings(&self, asker: &Asker, setting: Setting) -> Told {
        self.desk.may_read(asker.press()).await?;
        let (here, mine) = self.manners(asker).await?;
        let (scope, change) = match setting {
            Setting::Show => {
                let header = self.header().await?;
                let card = answer::settings(&header, (&here, &mine), &self.locale);
                return Ok(Reply::Cards(vec![card]));
            }
            Setting::Notify {
                notice,
                volume,
                scope,
            } => {
                let notice = Notice::named(&notice).map_err(Refusal::Notice)?;
                (scope, MannersChange::Volume(notice, meant(volume)))
            }
            Setting::Quiet { hours, zone, scope } => {
                let before = match whose(asker, scope) {
                    Some(_) => here.quiet,
                    None => mine.quiet,
                };
                let quiet = quiet(hours, zone, before.as_ref()).map_err(Refusal::Notice)?;
                (scope, MannersChange::Quiet(quiet))
            }
            Setting::Language { language, scope } => {
                let tag = language.tag().to_owned();
                (scope, MannersChange::Language(tag))
            }
        };
        let press = asker.press();
        let room = whose(asker, scope);
        self.desk.set_manners(press, room, change).await?;
        Ok(Reply::told(Tone::Good, chat::manners_set(&self.locale)))
    }

    /// How who asks is told things there, and how they want it themselves.
    async fn manners(&self, asker: &Asker) -> Result<(Manners, Manners), Refusal> {
        let seen = self.desk.seen().await.map_err(unread)?;
        let person = seen.operator(&asker.who).map(|it| it.id);
        let mine = person.map(|id| seen.desk.manners.of_person(id));
        Ok((seen.manners(asker.room), mine.unwrap_or_default()))
    }
}

/// Which room is meant; `None` for who asks. Where no scope is named, a private chat means its person.
fn whose(asker: &Asker, scope: Option<Scope>) -> Option<Room> {
    let own = match scope {
        Some(Scope::Me) => true,
        Some(Scope::Chat) => false,
        None => is_private(asker.room, &asker.who),
    };
    (!own).then_some(asker.room)
}

fn quiet(
    hours: Option<(Time, Time)>,
    zone: Option<String>,
    before: Option<&Quiet>,
) -> Result<Option<Quiet>, NoticeFault> {
    let Some((from, until)) = hours else {
        return Ok(None);
    };
    let zone = zone.or_else(|| before.map(|before| before.zone().to_owned()));
    Quiet::new(from, until, zone.as_deref().unwrap_or(ZONE)).map(Some)
}

const fn meant(volume: Asked) -> Volume {
    match volume {
        Asked::Loud => Volume::Loud,
        Asked::Silent => Volume::Silent,
        Asked::Off => Volume::Off,
    }
}
