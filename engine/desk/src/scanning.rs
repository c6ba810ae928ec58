//! What a desk scans: the watchlist and the strategies, as configured and as people changed them.

use countersign_domain::{
    instrument::Symbol,
    refusal::Answer,
    scanning::{ScanChange, ScanFault},
    view::WatchedView,
};

use crate::{
    desk::Desk,
    ports::{FeedError, StoreError},
    press::{Press, Verb, permit},
    seen::Seen,
    verbs::{offer::MANUAL, scanning::SetScanning},
    work::Done,
};

impl Desk {
    /// Changes what is scanned, from the next scan on. What was offered, ordered or bought before stays
    /// as it is. [`Done::Nothing`] where it is so already.
    ///
    /// # Errors
    ///
    /// A [`Refusal`](countersign_domain::refusal::Refusal); what is scanned is what it was.
    pub async fn set_scanning(&self, press: Press, change: ScanChange) -> Answer<Done> {
        let seen = self.seen_or_refuse().await?;
        let fault = match change {
            // The feed is asked for those alone who may: it costs.
            ScanChange::Add(symbol) if permit(&seen, &press, Verb::Watchlist).is_ok() => {
                self.unknown(symbol).await
            }
            _ => None,
        };
        let work = SetScanning {
            desk: self.id,
            press,
            change,
            watchlist: self.settings.watchlist.clone(),
            strategies: self.switches(),
            fault,
        };
        self.verb(work).await
    }

    /// Why a symbol cannot be watched, where the feed says so.
    async fn unknown(&self, symbol: Symbol) -> Option<ScanFault> {
        match self.ports.market.bars(symbol).await {
            Ok(_) => None,
            Err(FeedError::Unknown(_)) => Some(ScanFault::Unknown(symbol)),
            Err(FeedError::Unreachable(_)) => Some(ScanFault::Silent(symbol)),
        }
    }

    /// What is watched now: as configured, and as people changed it.
    pub fn watchlist(&self, seen: &Seen) -> Vec<Symbol> {
        seen.desk.scanning.watchlist(&self.settings.watchlist)
    }

    /// The strategies that can be switched. What people propose themselves is none.
    pub fn switches(&self) -> Vec<String> {
        let names = self.screening.names().into_iter();
        let names = names.filter(|name| *name != MANUAL);
        names.map(str::to_owned).collect()
    }

    /// Everything that is watched, and what is configured and was taken off.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was changed.
    pub async fn watched(&self) -> Result<Vec<WatchedView>, StoreError> {
        let seen = self.seen().await?;
        let configured = &self.settings.watchlist;
        let all = configured.iter().copied();
        let added = seen.desk.scanning.added.keys().copied();
        let added = added.filter(|it| !configured.contains(it));
        Ok(all
            .chain(added)
            .map(|it| self.watch_of(&seen, it))
            .collect())
    }

    /// Whether one symbol is watched, and by whose word.
    ///
    /// # Errors
    ///
    /// [`StoreError`]; nothing was changed.
    pub async fn is_watched(&self, symbol: Symbol) -> Result<WatchedView, StoreError> {
        Ok(self.watch_of(&*self.seen().await?, symbol))
    }

    fn watch_of(&self, seen: &Seen, symbol: Symbol) -> WatchedView {
        let (scanning, list) = (&seen.desk.scanning, &self.settings.watchlist);
        let configured = list.contains(&symbol);
        let changes = if configured {
            &scanning.removed
        } else {
            &scanning.added
        };
        WatchedView {
            symbol,
            configured,
            watched: scanning.watches(symbol, list),
            said: changes.get(&symbol).cloned(),
        }
    }
}
