//! Why nothing is offered on an underlying.

use std::collections::BTreeSet;

use countersign_domain::{
    instrument::Symbol,
    news::Reason,
    signal::{Signal, SignalState, Veto},
    view::{Looked, WhyNotView},
};

use crate::{desk::Desk, ports::StoreError, views::veto_code};

/// Signals that are looked through at the most.
const ROWS: u32 = 200;

/// Signals of before that are told.
const EARLIER: usize = 3;

impl Desk {
    /// What each strategy came to on an underlying, and which signals did not become tickets before,
    /// with the stories behind every veto of the news.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was changed.
    pub async fn why_not(&self, symbol: Symbol) -> Result<WhyNotView, StoreError> {
        let looks = self.looks(symbol).await?;
        let raised = looks.iter().filter_map(|look| match &look.looked {
            Looked::Raised(signal) => Some(signal.as_ref()),
            _ => None,
        });
        let raised: Vec<&Signal> = raised.collect();
        let mut told: BTreeSet<_> = raised.iter().map(|it| alike(it)).collect();
        let signals = self.ports.store.signals(self.id, ROWS).await?;
        let signals = signals.into_iter().filter(|it| it.underlying == symbol);
        let mut earlier: Vec<Signal> = signals
            .filter(|it| matches!(it.state, SignalState::Vetoed(_) | SignalState::Lapsed))
            .filter(|it| told.insert(alike(it)))
            .collect();
        let more = earlier.len().saturating_sub(EARLIER);
        earlier.truncate(EARLIER);
        let signals = raised.into_iter().chain(&earlier);
        let reasons = signals.flat_map(reasons);
        let stories = self.behind(reasons, symbol).await?;
        Ok(WhyNotView {
            header: self.header_now().await?,
            symbol: self.is_watched(symbol).await?,
            looks,
            stories,
            earlier,
            more: u32::try_from(more).unwrap_or(u32::MAX),
        })
    }

    /// The stories behind what the news has against a signal.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was changed.
    pub async fn stories_behind(
        &self,
        signal: &Signal,
    ) -> Result<Vec<countersign_domain::news::Judged>, StoreError> {
        let reasons = reasons(signal);
        self.behind(reasons.into_iter(), signal.underlying).await
    }
}

/// What the news has against a signal.
fn reasons(signal: &Signal) -> Vec<&Reason> {
    let SignalState::Vetoed(why) = &signal.state else {
        return Vec::new();
    };
    let news = why.iter().filter_map(|veto| match veto {
        Veto::News(reasons) => Some(reasons),
        _ => None,
    });
    news.flatten().collect()
}

/// What makes two signals the same to whoever asks: a scan raises one every few minutes.
fn alike(signal: &Signal) -> (String, bool, Vec<String>) {
    let way = signal.direction == countersign_domain::signal::Direction::Bullish;
    let why = match &signal.state {
        SignalState::Vetoed(why) => why
            .iter()
            .flat_map(|veto| match veto {
                Veto::News(reasons) => reasons.iter().map(Reason::name).collect(),
                other => vec![veto_code(other).to_owned()],
            })
            .collect(),
        _ => Vec::new(),
    };
    (signal.strategy.clone(), way, why)
}
