//! What people ask about people: link codes, roles, invitations.

use countersign_domain::{
    ids::OperatorId,
    notices::MannersChange,
    operator::{Identity, Role, Room},
    refusal::Answer,
};

use super::Desk;
use crate::{
    people::{CODE_LIFE, Code, Given},
    press::Press,
    verbs::{
        link::{AskCode, EnterCode},
        manners::SetManners,
        people::{Grant, Unlink},
    },
    work::{Done, InboxKey},
};

impl Desk {
    /// A code with which who asks is known on another surface as well, once, within five minutes.
    /// It takes the place of the one before it. Show it to them alone.
    ///
    /// # Errors
    ///
    /// A [`Refusal`](countersign_domain::refusal::Refusal); there is no new code.
    pub async fn link_code(&self, press: Press) -> Answer<Given> {
        self.give_code(press, None).await
    }

    /// A code with which somebody new becomes an operator of that name and role, once, within five
    /// minutes, on any surface.
    ///
    /// # Errors
    ///
    /// A [`Refusal`](countersign_domain::refusal::Refusal); nobody is invited.
    pub async fn invite(&self, press: Press, name: &str, role: Role) -> Answer<Given> {
        let newcomer = (self.new_operator_id(), name.to_owned(), role);
        self.give_code(press, Some(newcomer)).await
    }

    async fn give_code(
        &self,
        press: Press,
        newcomer: Option<(OperatorId, String, Role)>,
    ) -> Answer<Given> {
        let code = Code::of(self.ports.ids.next());
        let until = self.now() + CODE_LIFE;
        let work = AskCode {
            desk: self.id,
            press,
            hash: code.hash(self.id),
            until,
            newcomer,
        };
        self.verb(work).await?;
        Ok(Given { code, until })
    }

    /// Somebody who is not known enters a code, as they typed it; `key` is the surface's name of it.
    ///
    /// # Errors
    ///
    /// [`Refusal::Link`](countersign_domain::refusal::Refusal::Link) says why it does not count.
    pub async fn link(
        &self,
        identity: Identity,
        key: Option<InboxKey>,
        code: &str,
    ) -> Answer<Done> {
        let who = identity;
        self.verb(EnterCode {
            desk: self.id,
            press: Press { who, key },
            hash: Code::typed(code).hash(self.id),
        })
        .await
    }

    /// Nobody is known there any more: asked by the operator who was, or by an admin.
    ///
    /// # Errors
    ///
    /// A [`Refusal`](countersign_domain::refusal::Refusal); everybody is known as before.
    pub async fn unlink(&self, press: Press, identity: Identity) -> Answer<Done> {
        self.verb(Unlink {
            desk: self.id,
            press,
            identity,
        })
        .await
    }

    /// Gives an operator another role, or with `None` takes them off the allow-list; at once, also on
    /// cards that are open.
    ///
    /// # Errors
    ///
    /// A [`Refusal`](countersign_domain::refusal::Refusal); they are what they were.
    pub async fn grant(
        &self,
        press: Press,
        operator: OperatorId,
        role: Option<Role>,
    ) -> Answer<Done> {
        self.verb(Grant {
            desk: self.id,
            press,
            operator,
            role,
        })
        .await
    }

    /// Changes how a room is told things, or with `None` who asks.
    ///
    /// # Errors
    ///
    /// A [`Refusal`](countersign_domain::refusal::Refusal); they are told as before.
    pub async fn set_manners(
        &self,
        press: Press,
        room: Option<Room>,
        change: MannersChange,
    ) -> Answer<Done> {
        self.verb(SetManners {
            desk: self.id,
            press,
            room,
            change,
        })
        .await
    }
}
