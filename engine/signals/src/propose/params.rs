//! What the way from an idea to a proposal can be told.

use serde::{Deserialize, Serialize};

use crate::{
    chain::ChainParams,
    exits::ExitParams,
    fault::{Faults, ParamFault},
    price::PriceParams,
    rank::RankParams,
    select::SelectParams,
};

/// How ideas become proposals.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ScreenParams {
    /// Fewest minutes left in the session.
    pub minutes_left_least: u32,
    /// How the chain is measured.
    pub chain: ChainParams,
    /// How volatility is ranked.
    pub rank: RankParams,
    /// How contracts are selected.
    pub select: SelectParams,
    /// How an entry is priced.
    pub price: PriceParams,
    /// How it is closed.
    pub exits: ExitParams,
}

impl Default for ScreenParams {
    fn default() -> Self {
        Self {
            minutes_left_least: 45,
            chain: ChainParams::default(),
            rank: RankParams::default(),
            select: SelectParams::default(),
            price: PriceParams::default(),
            exits: ExitParams::default(),
        }
    }
}

impl ScreenParams {
    /// Looks for absurd values in every section.
    ///
    /// # Errors
    ///
    /// Every [`ParamFault`] found, with its section: name them to whoever wrote the configuration,
    /// and do not start.
    pub fn check(&self) -> Result<(), Vec<ParamFault>> {
        let mut faults = Faults::default();
        let least = self.minutes_left_least;
        let close = self
            .exits
            .debit
            .minutes_before_close
            .max(self.exits.credit.minutes_before_close);
        let range = "more than `minutes_before_close` of the exits, and at most 390";
        let room = close < least && least <= 390;
        faults.need(room, "minutes_left_least", least, range);
        faults.section("chain", self.chain.check());
        faults.section("rank", self.rank.check());
        faults.section("select", self.select.check());
        faults.section("price", self.price.check());
        faults.section("exits", self.exits.check());
        faults.into_result()
    }
}
