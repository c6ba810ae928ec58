//! What is scanned: changes of the watchlist and of strategies.

use countersign_cards::{
    Tone, chat,
    command::{Asked, Switching, Watching},
};
use countersign_desk::work::Done;
use countersign_domain::{refusal::Refusal, scanning::ScanChange};

use super::Told;
use crate::{
    reply::Reply,
    talk::{Asker, Talk},
};

impl Talk {
    pub(super) async fn about_scanning(&self, asker: &Asker, what: Asked) -> Told {
        let change = match what {
            Asked::Watchlist(Watching::Add(symbol)) => ScanChange::Add(symbol),
            Asked::Watchlist(Watching::Remove(symbol)) => ScanChange::Remove(symbol),
            Asked::Strategies(Switching::On(name)) => ScanChange::On(self.strategy(name)),
            Asked::Strategies(Switching::Off(name)) => ScanChange::Off(self.strategy(name)),
            _ => return Err(Refusal::NotOurs),
        };
        let done = self
            .desk
            .set_scanning(asker.press(), change.clone())
            .await?;
        let (tone, text) = match done {
            Done::Nothing => (Tone::Neutral, chat::scanning_same(&change, &self.locale)),
            Done::Repeated => (Tone::Neutral, chat::repeated(&self.locale)),
            _ => (Tone::Good, chat::scanning_set(&change, &self.locale)),
        };
        Ok(Reply::told(tone, text))
    }

    /// A strategy as the desk writes it, whatever the capitals.
    fn strategy(&self, name: String) -> String {
        let mut known = self.desk.switches().into_iter();
        let known = known.find(|it| it.eq_ignore_ascii_case(&name));
        known.unwrap_or(name)
    }
}
