//! The scan: every underlying of the watchlist, every strategy, one screening for each signal.

use std::sync::Arc;

use countersign_domain::{
    instrument::Symbol,
    signal::{Signal, SignalState, Veto},
};
use countersign_signals::{
    chain,
    fault::ParamFault,
    propose::{self, Proposal, ScreenParams},
    strategy::{self, Idea, Quiet, Strategy, Trend, TrendParams},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    desk::Desk,
    limits,
    ports::{Chain, FeedError, StoreError},
    seen::Seen,
    verbs::offer::{MANUAL, Proposed, Screen},
    work::Done,
};

/// How a desk looks for trades.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Screening {
    /// The trend strategy.
    pub trend: TrendParams,
    /// From an idea to a proposal.
    pub screen: ScreenParams,
}

impl Screening {
    /// Looks for absurd values in every section.
    ///
    /// # Errors
    ///
    /// Every [`ParamFault`] found: name them to whoever wrote the configuration.
    pub fn check(&self) -> Result<(), Vec<ParamFault>> {
        let mut faults = self.trend.check().err().unwrap_or_default();
        faults.extend(self.screen.check().err().unwrap_or_default());
        if faults.is_empty() {
            Ok(())
        } else {
            Err(faults)
        }
    }

    /// The names of its strategies, and of what people propose themselves.
    pub(crate) fn names(&self) -> Vec<&'static str> {
        let strategies = self.strategies();
        let names = strategies.iter().map(|strategy| strategy.name());
        names.chain([MANUAL]).collect()
    }

    fn strategies(&self) -> Vec<Box<dyn Strategy>> {
        match Trend::new(self.trend.clone()) {
            Ok(trend) => vec![Box::new(trend)],
            Err(_) => Vec::new(),
        }
    }
}

/// What a scan came to on one underlying by one strategy.
#[derive(Clone, Debug, PartialEq)]
pub enum Looked {
    /// Nothing noticed, and why.
    Quiet(Quiet),
    /// A signal was raised; what became of it.
    Raised(Done),
    /// The feed had no answer.
    NoData(FeedError),
}

/// One line of a scan.
#[derive(Clone, Debug, PartialEq)]
pub struct ScanLine {
    /// On what.
    pub underlying: Symbol,
    /// By which strategy.
    pub strategy: &'static str,
    /// What came of it.
    pub looked: Looked,
}

impl Desk {
    /// Scans the watchlist once: every signal is screened, and offered or vetoed with its reasons.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; signals that were not committed are raised again by the next scan.
    pub async fn scan(&self) -> Result<Vec<ScanLine>, StoreError> {
        let mut lines = Vec::new();
        let seen = self.seen().await?;
        let mut strategies = self.screening.strategies();
        strategies.retain(|it| seen.desk.scanning.is_on(it.name()));
        for underlying in &self.watchlist(&seen) {
            let minutes = self.ports.market.bars(*underlying).await;
            for strategy in &strategies {
                let looked = match &minutes {
                    Err(error) => Looked::NoData(error.clone()),
                    Ok(minutes) => {
                        let now = self.now();
                        let seen = strategy::Seen {
                            underlying: *underlying,
                            minutes,
                            now,
                        };
                        match strategy.evaluate(&seen) {
                            Err(quiet) => Looked::Quiet(quiet),
                            Ok(idea) => Looked::Raised(
                                self.raise(*underlying, strategy.name(), idea).await?,
                            ),
                        }
                    }
                };
                let line = ScanLine {
                    underlying: *underlying,
                    strategy: strategy.name(),
                    looked,
                };
                self.looked(&line);
                lines.push(line);
            }
        }
        Ok(lines)
    }

    async fn raise(
        &self,
        underlying: Symbol,
        strategy: &'static str,
        idea: Idea,
    ) -> Result<Done, StoreError> {
        let seen = self.seen().await?;
        let now = self.now();
        let proposal = self.screen(&seen, underlying, &idea, now).await;
        let mut evidence = idea.evidence;
        if let Ok(proposal) = &proposal {
            evidence.extend(proposal.evidence.iter().cloned());
        }
        let signal = Signal {
            id: self.signal_id(),
            strategy: strategy.to_owned(),
            underlying,
            direction: idea.direction,
            strength: idea.strength,
            evidence,
            raised_at: now,
            good_until: idea.good_until,
            state: SignalState::Raised,
        };
        let work = Screen {
            desk: self.id,
            signal,
            result: proposal.map(|proposal| Proposed {
                structure: proposal.structure,
                terms: proposal.terms,
                exit_plan: proposal.exit_plan,
                quote: proposal.quote,
                leaves_out: proposal.leaves_out,
                news: None,
            }),
            ticket: self.ticket_id(),
            life: self.life(),
            open_profit: self.open_profit(&seen),
            watchlist: self.settings.watchlist.clone(),
            rules: self.ports.news.rules.clone(),
            fee: self.fee(),
        };
        let committed = self.run(work).await?;
        let done = committed.answer.unwrap_or(Done::Nothing);
        self.remember_deadline(done);
        Ok(done)
    }

    async fn screen(
        &self,
        seen: &Arc<Seen>,
        underlying: Symbol,
        idea: &Idea,
        now: Timestamp,
    ) -> Result<Proposal, Vec<Veto>> {
        let quality = |fault: String| vec![Veto::DataQuality { fault }];
        let chain = self.ports.market.chain(underlying).await;
        let chain = chain.map_err(|error| quality(error.to_string()))?;
        let chain =
            measured(&chain).ok_or_else(|| quality("underlying without a price".to_owned()))?;
        propose::propose(&propose::Screening {
            direction: idea.direction,
            chain: &chain,
            history: &[],
            limits: &seen.desk.limits,
            exposure: limits::exposure(seen, underlying),
            fee: self.fee(),
            params: &self.screening.screen,
            now,
        })
    }
}

/// A feed's chain as the screening takes it.
fn measured(chain: &Chain) -> Option<chain::Chain> {
    let spot = chain.spot?;
    let row = |one: &crate::ports::ChainQuote| chain::Row {
        contract: one.contract,
        quote: one.quote,
    };
    Some(chain::Chain {
        underlying: chain.underlying,
        spot: spot.mid(),
        spot_at: spot.at,
        rows: chain.quotes.iter().map(row).collect(),
    })
}
