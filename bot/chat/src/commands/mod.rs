//! Commands: what is asked for by word. What reads needs the right to read; what acts is a verb of the
//! desk, which checks the right itself.

mod acts;
mod audit;
mod choose;
mod files;
mod find;
mod people;
mod reads;
mod rules;
mod scanning;
mod settings;

use countersign_cards::{
    Card, Listing, Tone, answer,
    card::page,
    chat,
    command::{Asked, Switching, Unread, Watching, sorry},
};
use countersign_domain::{refusal::Refusal, view::Header};

use crate::{
    reply::Reply,
    talk::{Asker, Talk},
};

/// Rows of a table on one page.
const ROWS: usize = 12;

/// An answer, or why there is none.
type Told = Result<Reply, Refusal>;

impl Talk {
    /// A command as it was read.
    pub async fn command(&self, asker: &Asker, read: Result<Asked, Unread>) -> Reply {
        let talk = self.speaking(asker).await;
        // Codes have a measure of their own: who was invited comes in, however many others ask.
        let comes_in = matches!(read, Ok(Asked::Link(Some(_))));
        if !comes_in && let Err(why) = talk.desk.hears_out(&asker.who).await {
            return talk.refused(&why);
        }
        let told = match read {
            // Commands are many, and what waits for one of them is not to be as large as all.
            Ok(what) => Box::pin(talk.asked(asker, what)).await,
            Err(Unread::Missing {
                command,
                argument,
                given,
                ..
            }) => return talk.missing(asker, (command, argument), &given).await,
            Err(unread) => return Reply::told(Tone::Bad, sorry(&unread, &talk.locale)),
        };
        told.unwrap_or_else(|why| talk.refused(&why))
    }

    async fn asked(&self, asker: &Asker, what: Asked) -> Told {
        match what {
            Asked::Help(_)
            | Asked::Link(_)
            | Asked::WhoAmI
            | Asked::Perms(_)
            | Asked::Ping
            | Asked::Version => self.about_people(asker, what).await,
            Asked::Limits(_)
            | Asked::Override(_)
            | Asked::Overrides
            | Asked::Approve(_)
            | Asked::Trading(..)
            | Asked::Panic(_) => self.about_rules(asker, what).await,
            Asked::Watchlist(Watching::Add(_) | Watching::Remove(_))
            | Asked::Strategies(Switching::On(_) | Switching::Off(_)) => {
                self.about_scanning(asker, what).await
            }
            Asked::Audit(audited) => self.about_audit(asker, audited).await,
            Asked::Export(format, days) => self.export(asker, format, days).await,
            Asked::Account => {
                let view = self.desk.account(asker.press()).await?;
                Ok(Reply::Cards(vec![answer::account(&view, &self.locale)]))
            }
            Asked::Settings(setting) => self.about_settings(asker, setting).await,
            Asked::Close(_)
            | Asked::Cancel(_)
            | Asked::Hold(..)
            | Asked::ExitPlan(..)
            | Asked::Propose(_)
            | Asked::LetPass(_)
            | Asked::Scan => self.act(asker, what).await,
            _ => {
                self.desk.may_read(asker.press()).await?;
                self.read(asker, what).await
            }
        }
    }

    /// That page of a listing that somebody leafs through.
    pub(crate) async fn leaf(&self, asker: &Asker, listing: Listing, number: u32) -> Reply {
        let told = match self.listed(asker, listing).await {
            Ok(card) => Ok(self.paged(&card, listing, number)),
            Err(why) => Err(why),
        };
        told.unwrap_or_else(|why| self.refused(&why))
    }

    /// One page of a card, with buttons to the others.
    pub(crate) fn paged(&self, card: &Card, listing: Listing, number: u32) -> Reply {
        let (mut part, at) = page(card, ROWS, number);
        let leaves = chat::leaves(listing, self.desk.id(), at, &self.locale);
        part.buttons.extend(leaves);
        Reply::Cards(vec![part])
    }

    pub(crate) async fn header(&self) -> Result<Header, Refusal> {
        self.desk.header_now().await.map_err(reads::unread)
    }
}
