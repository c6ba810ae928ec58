//! Suggestions: what may stand in an argument, while somebody types.

use countersign_cards::{
    chat,
    command::{Argument, Kind, Thing},
};
use countersign_domain::{calendar::market_date, notices::Notice, operator::Identity};

use crate::talk::Talk;

/// Suggestions of one list.
const MOST: usize = 25;

/// Tickets and signals that are looked through.
const ROWS: u32 = 50;

/// One suggestion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// What is shown.
    pub label: String,
    /// What is sent.
    pub value: String,
}

impl Suggestion {
    pub(crate) fn plain(value: &(impl ToString + ?Sized)) -> Self {
        let value = value.to_string();
        Self {
            label: value.clone(),
            value,
        }
    }
}

impl Talk {
    /// What may stand in an argument, as far as it was typed. Who is on no list is told nothing.
    pub async fn suggestions(
        &self,
        who: &Identity,
        argument: &Argument,
        typed: &str,
    ) -> Vec<Suggestion> {
        let known = self.desk.operator(who).await;
        if !matches!(known, Ok(Some(_))) {
            return Vec::new();
        }
        let all = match argument.kind {
            Kind::Symbol => {
                let seen = self.desk.seen().await.ok();
                let symbols = seen.map(|seen| self.desk.watchlist(&seen));
                let symbols = symbols.unwrap_or_default();
                symbols.iter().map(Suggestion::plain).collect()
            }
            Kind::Id(thing) => self.things(thing).await,
            Kind::IdOr(thing, choices) => {
                let words = choices.iter().map(|choice| Suggestion::plain(choice.word));
                words.chain(self.things(thing).await).collect()
            }
            Kind::Subject(choices) => {
                let words = choices.iter().map(|choice| Suggestion::plain(choice.word));
                words.chain(self.things(Thing::Any).await).collect()
            }
            Kind::Command => {
                let table = countersign_cards::command::TABLE.iter();
                table
                    .map(|spec| Suggestion::plain(spec.command.name()))
                    .collect()
            }
            Kind::SpanOr(choices)
            | Kind::Lasting(choices)
            | Kind::Days(choices)
            | Kind::TimeOr(choices) => {
                let words = choices.iter().map(|choice| choice.word);
                words.map(Suggestion::plain).collect()
            }
            Kind::Person => {
                let seen = self.desk.seen().await.ok();
                let names = seen.iter().flat_map(|seen| seen.operators.values());
                names.map(|it| Suggestion::plain(&it.name)).collect()
            }
            Kind::Notice => {
                let all = Notice::ALL.iter();
                all.map(|it| Suggestion::plain(it.name())).collect()
            }
            Kind::Strategy => {
                let names = self.desk.switches();
                names.iter().map(Suggestion::plain).collect()
            }
            Kind::Veto => self.vetoes().await,
            Kind::Day => vec![Suggestion::plain(&market_date(self.desk.now()))],
            _ => Vec::new(),
        };
        let typed = typed.to_lowercase();
        let fits = |it: &Suggestion| it.label.to_lowercase().contains(&typed);
        all.into_iter().filter(fits).take(MOST).collect()
    }

    /// What the news has against trades now, by name.
    async fn vetoes(&self) -> Vec<Suggestion> {
        let named = self.desk.news_against().await.unwrap_or_default();
        let named = named.into_iter().map(|(symbol, reason)| Suggestion {
            label: chat::against(symbol, &reason, self.desk.now(), &self.locale),
            value: reason.name(),
        });
        named.collect()
    }

    async fn things(&self, thing: Thing) -> Vec<Suggestion> {
        let (Ok(seen), Ok(header)) = (self.desk.seen().await, self.desk.header_now().await) else {
            return Vec::new();
        };
        let named = |id: String, what: String| Suggestion {
            label: format!("{what} …{}", ending(&id)),
            value: id,
        };
        let structure = |it| countersign_cards::console::structure(it, header.now, &self.locale);
        match thing {
            Thing::Position => seen
                .open_positions()
                .map(|it| named(it.id.to_string(), structure(&it.structure)))
                .collect(),
            Thing::Ticket | Thing::Any => {
                let tickets = self.desk.store().tickets(self.desk.id(), ROWS).await;
                let tickets = tickets.unwrap_or_default();
                tickets
                    .iter()
                    .map(|it| named(it.id.to_string(), structure(&it.structure)))
                    .collect()
            }
            Thing::Order => seen
                .live_orders()
                .map(|it| {
                    let what = countersign_cards::console::legs(it, header.now, &self.locale);
                    named(it.id.to_string(), what.replace('\n', ", "))
                })
                .collect(),
            Thing::Signal => {
                let signals = self.desk.store().signals(self.desk.id(), ROWS).await;
                let signals = signals.unwrap_or_default();
                let what = |it: &countersign_domain::signal::Signal| it.underlying.to_string();
                signals
                    .iter()
                    .map(|it| named(it.id.to_string(), what(it)))
                    .collect()
            }
            Thing::Override => seen
                .overrides
                .values()
                .map(|it| named(it.id.to_string(), it.name.clone()))
                .collect(),
            Thing::Standing => seen
                .standing
                .values()
                .map(|it| named(it.id.to_string(), it.name.clone()))
                .collect(),
        }
    }
}

/// The end of an id, as cards show it.
fn ending(id: &str) -> &str {
    id.get(id.len().saturating_sub(6)..).unwrap_or(id)
}
