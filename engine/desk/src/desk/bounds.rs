//! What people ask about limits: overrides, and other ceilings.

use countersign_domain::{ids::OverrideId, limits::LimitCode, refusal::Answer};
use jiff::SignedDuration;
use rust_decimal::Decimal;

use super::{Desk, OverrideAnswer, OverrideAsk};
use crate::{
    press::Press,
    verbs::{
        ceilings::{Ceiling, RestoreLimits, SetLimit},
        overrides::{AnswerOverride, AskOverride},
    },
    work::Done,
};

impl Desk {
    /// Asks for an override; others have to grant it.
    ///
    /// # Errors
    ///
    /// A [`Refusal`](countersign_domain::refusal::Refusal); nothing was asked for.
    pub async fn ask_override(&self, press: Press, ask: OverrideAsk) -> Answer<Done> {
        self.verb(AskOverride {
            desk: self.id,
            press,
            id: self.override_id(),
            ask,
            longest: self.longest_override(),
        })
        .await
    }

    /// Grants or refuses an override or a looser limit, or takes an override back. The last grant
    /// that is needed answers [`Done::Ok`], one before it [`Done::Override`].
    ///
    /// # Errors
    ///
    /// A [`Refusal`](countersign_domain::refusal::Refusal); it is as it was.
    pub async fn answer_override(
        &self,
        press: Press,
        id: OverrideId,
        answer: OverrideAnswer,
    ) -> Answer<Done> {
        self.verb(AnswerOverride {
            desk: self.id,
            press,
            id,
            answer,
        })
        .await
    }

    /// Sets a limit, in the unit of its code. A tighter one holds at once; a looser one waits for
    /// others to grant it, as an override does, and answers [`Done::Override`].
    ///
    /// # Errors
    ///
    /// A [`Refusal`](countersign_domain::refusal::Refusal); the limit is as it was.
    pub async fn set_limit(&self, press: Press, code: LimitCode, value: Decimal) -> Answer<Done> {
        self.verb(SetLimit {
            desk: self.id,
            press,
            ceiling: Ceiling {
                id: self.override_id(),
                code,
                value,
                longest: self.longest_override(),
            },
        })
        .await
    }

    /// Sets every limit to what the configuration said at the last start, looser ones too: for whoever
    /// could as well change the configuration. No chat offers it.
    ///
    /// # Errors
    ///
    /// A [`Refusal`](countersign_domain::refusal::Refusal); the limits are as they were.
    pub async fn restore_limits(&self, press: Press) -> Answer<Done> {
        let desk = self.id;
        self.verb(RestoreLimits { desk, press }).await
    }

    fn override_id(&self) -> OverrideId {
        OverrideId::from_bits(self.ports.ids.next())
    }

    pub(crate) fn longest_override(&self) -> SignedDuration {
        SignedDuration::from_hours(i64::from(self.settings.override_hours))
    }
}
