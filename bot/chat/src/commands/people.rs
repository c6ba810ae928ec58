//! Who is who, help, and whether anybody is there.

use countersign_cards::{
    Card, Listing, Tone, answer, chat,
    command::{Asked, Command, Granting},
};
use countersign_domain::{operator::Operator, people::PeopleFault, refusal::Refusal};

use super::{Told, reads::unread};
use crate::{
    reply::Reply,
    talk::{Asker, Talk},
};

impl Talk {
    pub(super) async fn about_people(&self, asker: &Asker, what: Asked) -> Told {
        let card = match what {
            Asked::Help(of) => return self.helped(asker, of).await,
            Asked::Link(None) => {
                let given = self.desk.link_code(asker.press()).await?;
                let text = chat::link_code(given.code.as_str(), given.until, &self.locale);
                return Ok(Reply::Private(text));
            }
            Asked::Link(Some(code)) => {
                let (who, key) = (asker.who.clone(), Some(asker.key.clone()));
                self.desk.link(who, key, &code).await?;
                return Ok(Reply::told(Tone::Good, chat::linked(&self.locale)));
            }
            Asked::WhoAmI => {
                let operator = self.desk.operator(&asker.who).await.map_err(unread)?;
                let header = self.header().await?;
                answer::who_am_i(&header, &asker.who, operator.as_deref(), &self.locale)
            }
            Asked::Perms(granting) => return self.about_rights(asker, granting).await,
            Asked::Version => {
                let header = self.header().await?;
                let up = self.desk.up();
                answer::version(&header, env!("CARGO_PKG_VERSION"), up, &self.locale)
            }
            Asked::Ping => answer::pong(&self.header().await?, None, &self.locale),
            _ => return Err(Refusal::NotOurs),
        };
        Ok(Reply::Cards(vec![card]))
    }

    async fn helped(&self, asker: &Asker, of: Option<Command>) -> Told {
        let card = self.help(asker, of).await?;
        Ok(match of {
            Some(_) => Reply::Cards(vec![card]),
            None => self.paged(&card, Listing::Help, 1),
        })
    }

    pub(super) async fn help(&self, asker: &Asker, of: Option<Command>) -> Result<Card, Refusal> {
        let header = self.header().await?;
        let operator = self.desk.operator(&asker.who).await.map_err(unread)?;
        let role = operator.map(|it| it.role);
        Ok(match of {
            Some(command) => answer::help_on(&header, command, &self.locale),
            None => answer::help(&header, role, &self.locale),
        })
    }

    async fn about_rights(&self, asker: &Asker, granting: Granting) -> Told {
        let press = asker.press();
        match granting {
            Granting::Show => Ok(self.leaf(asker, Listing::Perms, 1).await),
            Granting::Grant { person, role } => match self.person(&person).await {
                Ok(operator) => {
                    self.desk.grant(press, operator, Some(role)).await?;
                    Ok(Reply::told(Tone::Good, chat::granted(&self.locale)))
                }
                // Somebody new: whoever enters the code is that person.
                Err(Refusal::People(PeopleFault::UnknownOperator)) => {
                    let given = self.desk.invite(press, &person, role).await?;
                    let code = given.code.as_str();
                    let text = chat::invited(&person, code, given.until, &self.locale);
                    Ok(Reply::Private(text))
                }
                Err(why) => Err(why),
            },
            Granting::Revoke { person } => {
                let operator = self.person(&person).await?;
                self.desk.grant(press, operator, None).await?;
                Ok(Reply::told(Tone::Good, chat::removed(&self.locale)))
            }
        }
    }

    pub(super) async fn perms_card(&self) -> Result<Card, Refusal> {
        let seen = self.desk.seen().await.map_err(unread)?;
        let operators: Vec<Operator> = seen
            .operators
            .values()
            .map(|it| it.as_ref().clone())
            .collect();
        let header = self.header().await?;
        Ok(answer::perms(&header, &operators, &self.locale))
    }
}
