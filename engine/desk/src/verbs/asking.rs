//! What a person asks that changes nothing by itself: the account, a look at the market, a
//! comparison with the broker.

use countersign_domain::{
    ids::DeskId,
    overrides::Override,
    refusal::{Answer, Refusal},
    view::AccountView,
};

use crate::{
    desk::Desk,
    draft::Draft,
    press::{Press, Verb, attempt, permit},
    scan::ScanLine,
    start::StartError,
    views::open_overrides,
    work::{Done, Work},
};

/// A question that was refused: noted like every other refusal.
#[derive(Clone, Debug, PartialEq)]
struct Ask {
    desk: DeskId,
    press: Press,
    verb: Verb,
}

impl Work for Ask {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        attempt(draft, &self.press, self.verb, "desk", |_, _| {
            Ok(Done::Nothing)
        })
    }
}

impl Desk {
    /// The account and the positions, as the broker and the desk know them.
    ///
    /// # Errors
    ///
    /// A [`Refusal`]; nothing is said. [`Refusal::BrokerUnavailable`]: ask again.
    pub async fn account(&self, press: Press) -> Answer<AccountView> {
        self.may(press, Verb::Account).await?;
        let account = self.ports.broker.account().await;
        self.heard_from_broker(&account);
        let account = account.map_err(|_| Refusal::BrokerUnavailable)?;
        let board = self.board().await.map_err(|_| Refusal::StoreUnavailable)?;
        Ok(AccountView {
            header: board.header,
            cash: account.cash,
            buying_power: account.buying_power,
            positions: board.positions,
            standing: board.standing,
        })
    }

    /// Overrides and changes of limits that are asked for, and overrides that hold, oldest first.
    ///
    /// # Errors
    ///
    /// A [`Refusal`]; nothing is said.
    pub async fn overrides(&self, press: Press) -> Answer<Vec<Override>> {
        self.may(press, Verb::Overrides).await?;
        Ok(open_overrides(&*self.seen_or_refuse().await?))
    }

    /// Looks at the market now, for a person: see [`Desk::scan`].
    ///
    /// # Errors
    ///
    /// A [`Refusal`]; nothing was looked at.
    pub async fn scan_now(&self, press: Press) -> Answer<Vec<ScanLine>> {
        self.may(press, Verb::Scan).await?;
        self.scan().await.map_err(|_| Refusal::StoreUnavailable)
    }

    /// Compares with the broker now, for a person: see [`Desk::reconcile`].
    ///
    /// # Errors
    ///
    /// A [`Refusal`]; nothing was compared. [`Refusal::BrokerUnavailable`]: ask again.
    pub async fn reconcile_now(&self, press: Press) -> Answer<()> {
        self.may(press, Verb::Reconcile).await?;
        self.reconcile().await.map_err(|error| match error {
            StartError::Broker(_) | StartError::WrongAccount { .. } | StartError::Clash { .. } => {
                Refusal::BrokerUnavailable
            }
            StartError::Held => Refusal::NotOurs,
            StartError::Store(_) => Refusal::StoreUnavailable,
        })
    }

    /// Whether a person may read what the desk knows. A refusal is written down.
    ///
    /// # Errors
    ///
    /// A [`Refusal`]; nothing is to be said.
    pub async fn may_read(&self, press: Press) -> Answer<()> {
        self.may(press, Verb::Account).await
    }

    /// Whether a person may close positions: asked before a question is put to them. A refusal is
    /// written down.
    ///
    /// # Errors
    ///
    /// A [`Refusal`]; nothing is to be asked.
    pub async fn may_close(&self, press: Press) -> Answer<()> {
        self.may(press, Verb::Close).await
    }

    /// Whether a person may do that: asked before a question or a form is put to them. A refusal is
    /// written down.
    ///
    /// # Errors
    ///
    /// A [`Refusal`]; nothing is to be asked.
    pub async fn may_ask(&self, press: Press, verb: Verb) -> Answer<()> {
        self.may(press, verb).await
    }

    /// Whether a person may ask that. A refusal is written down; a permitted question is not, so
    /// that it is answered while the store cannot commit.
    async fn may(&self, press: Press, verb: Verb) -> Answer<()> {
        let seen = self.seen_or_refuse().await?;
        if permit(&seen, &press, verb).is_ok() {
            return Ok(());
        }
        let desk = self.id;
        self.verb(Ask { desk, press, verb }).await.map(|_| ())
    }
}
