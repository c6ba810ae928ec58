//! What is allowed and hardly meant.

use countersign_domain::operator::{Role, Room, Surface};

use super::{ChatNumber, Config, OperatorSection};

impl Config {
    /// What is allowed and hardly meant, a sentence each, with the fix: nobody may act, or an alarm goes
    /// on to somebody who is not there.
    pub fn warnings(&self) -> Vec<String> {
        let acts = |one: &OperatorSection| one.role != Role::Viewer;
        let nobody = !self.operators.iter().any(acts);
        let nobody = nobody.then(|| {
            "nobody may confirm a ticket or close a position: operators names no trader and no admin; name yourself there, as `countersign check-config --reference` shows".to_owned()
        });
        let named = self.trade.alarms.escalate_to.iter();
        let strangers = named.filter(|name| !self.has_callee(name)).map(|name| {
            format!(
                "trade.alarms.escalate_to names {name:?}, which is no operator and no room of this configuration, so alarms pass over it unless a chat added an operator of that name; correct it, or add it to operators"
            )
        });
        nobody.into_iter().chain(strangers).collect()
    }

    /// Whether a name is that of somebody, or of a room, to whom an alarm can go on.
    fn has_callee(&self, name: &str) -> bool {
        let shown = |numbers: &[ChatNumber], chat| numbers.contains(&ChatNumber(chat));
        let room = |room: Room| match room.surface {
            Surface::Terminal => room.chat == 0,
            Surface::Web => room.chat == 0 && self.web.enabled,
            Surface::Cli => false,
            Surface::Telegram => shown(&self.telegram.chats, room.chat),
            Surface::Discord => shown(&self.discord.channels, room.chat),
        };
        self.operators.iter().any(|one| one.name == name) || name.parse().is_ok_and(room)
    }
}
