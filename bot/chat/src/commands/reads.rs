//! What is read: every answer is a card of what the desk knows now.

use countersign_cards::{
    Card, Listing, Tone, answer,
    command::{Asked, Fragment, Period, Switching, Watching},
    draw,
};
use countersign_desk::{audit::AuditOf, ports::StoreError};
use countersign_domain::{
    calendar::market_date,
    ids::TicketId,
    refusal::Refusal,
    view::{PositionView, View},
};
use jiff::{ToSpan as _, civil::Date};

use super::Told;
use crate::{
    reply::Reply,
    rights::only_reads,
    talk::{Asker, Talk},
};

/// Tickets and signals of a list.
const ROWS: u32 = 100;

/// A store that cannot be read.
pub(super) fn unread(_: StoreError) -> Refusal {
    Refusal::StoreUnavailable
}

impl Talk {
    pub(super) async fn read(&self, asker: &Asker, what: Asked) -> Told {
        let locale = self.locale();
        let card = match what {
            Asked::Status | Asked::Board => {
                let board = self.desk.board().await.map_err(unread)?;
                draw(&View::Board(Box::new(board)), locale)
            }
            Asked::Positions => return self.list(asker, Listing::Positions).await,
            Asked::Tickets => return self.list(asker, Listing::Tickets).await,
            Asked::Signals => return self.list(asker, Listing::Signals).await,
            Asked::Orders => return self.list(asker, Listing::Orders).await,
            Asked::History => return self.list(asker, Listing::History).await,
            Asked::Watchlist(Watching::Show) => return self.list(asker, Listing::Watchlist).await,
            Asked::Profit(period) => {
                return self.list(asker, listing(period)).await;
            }
            Asked::Ticket(wanted) => {
                let ticket = self.ticket(&wanted).await?;
                let view = self.desk.ticket_view(ticket).await.map_err(unread)?;
                let view = view.ok_or(Refusal::UnknownTicket)?;
                let mut card = draw(&View::Ticket(Box::new(view)), locale);
                // It is decided on its own card: nobody would take the buttons off this one in time.
                card.buttons.retain(|button| only_reads(&button.action));
                card
            }
            Asked::Why(wanted) => match self.ticket(&wanted).await {
                Ok(ticket) => self.why_card(ticket).await?,
                // A signal that became none has its reasons as well.
                Err(unknown) => self.signal_card(&wanted).await.map_err(|_| unknown)?,
            },
            Asked::Signal(wanted) => self.signal_card(&wanted).await?,
            Asked::Report(day) => {
                let today = market_date(self.desk.now());
                let report = self.desk.report(day.unwrap_or(today)).await;
                draw(&View::Report(Box::new(report.map_err(unread)?)), locale)
            }
            Asked::Strategies(Switching::Show) => {
                let strategies = self.desk.strategies().await.map_err(unread)?;
                answer::strategies(&self.header().await?, &strategies, locale)
            }
            Asked::Position(_) | Asked::Greeks(_) => self.held(what).await?,
            other => return self.market(other).await,
        };
        Ok(Reply::Cards(vec![card]))
    }

    async fn held(&self, asked: Asked) -> Result<Card, Refusal> {
        let locale = self.locale();
        Ok(match asked {
            Asked::Position(wanted) => {
                let id = self.position(&wanted).await?;
                let board = self.desk.board().await.map_err(unread)?;
                let view = board.positions.iter().find(|it| it.position.id == id);
                let view = view.ok_or(Refusal::UnknownPosition)?;
                countersign_cards::position(view, &board.header, locale)
            }
            Asked::Greeks(wanted) => {
                let board = self.desk.board().await.map_err(unread)?;
                let one = match &wanted {
                    Some(wanted) => Some(self.position(wanted).await?),
                    None => None,
                };
                let is = |it: &&PositionView| one.is_none_or(|id| it.position.id == id);
                let views: Vec<_> = board.positions.iter().filter(is).cloned().collect();
                answer::greeks(&board.header, &views, locale)
            }
            _ => return Err(Refusal::NotOurs),
        })
    }

    async fn market(&self, asked: Asked) -> Told {
        let locale = self.locale();
        let card = match asked {
            Asked::WhyNot(symbol) => {
                let view = self.desk.why_not(symbol).await.map_err(unread)?;
                answer::why_not(&view, locale)
            }
            Asked::News(about) => {
                let news = self.desk.news_view(about).await.map_err(unread)?;
                answer::news(&news, locale)
            }
            Asked::Quote(symbol) => {
                let quote = self.desk.quote(symbol);
                answer::quote(&self.header().await?, symbol, quote.as_ref(), locale)
            }
            Asked::Chain(symbol, expiry) => {
                let chain = self.desk.chain(symbol, expiry).await.map_err(unread)?;
                let Some(chain) = chain else {
                    let text = countersign_cards::chat::no_chain(symbol, locale);
                    return Ok(Reply::told(Tone::Bad, text));
                };
                answer::chain(&chain, locale)
            }
            // Everything else acts, or is about people and rules.
            _ => return Err(Refusal::NotOurs),
        };
        Ok(Reply::Cards(vec![card]))
    }

    async fn list(&self, asker: &Asker, listing: Listing) -> Told {
        let card = self.card_of(asker, listing).await?;
        Ok(self.paged(&card, listing, 1))
    }

    /// A listing for somebody who may read it.
    pub(super) async fn listed(&self, asker: &Asker, listing: Listing) -> Result<Card, Refusal> {
        match listing {
            Listing::Help => self.help(asker, None).await,
            Listing::Overrides => self.override_list(asker).await,
            Listing::Audit => self.audit_card(asker, AuditOf::Newest, false).await,
            Listing::AuditToday => self.audit_card(asker, AuditOf::Today, false).await,
            _ => {
                self.desk.may_read(asker.press()).await?;
                self.card_of(asker, listing).await
            }
        }
    }

    async fn card_of(&self, asker: &Asker, listing: Listing) -> Result<Card, Refusal> {
        let (header, locale) = (self.header().await?, self.locale());
        let (store, desk) = (self.desk.store(), self.desk.id());
        Ok(match listing {
            Listing::Positions => {
                let board = self.desk.board().await.map_err(unread)?;
                answer::position_list(&header, &board.positions, locale)
            }
            Listing::Tickets => {
                let tickets = store.tickets(desk, ROWS).await.map_err(unread)?;
                let tickets: Vec<_> = tickets.iter().map(|it| it.as_ref().clone()).collect();
                let known = self.desk.operator(&asker.who).await.map_err(unread)?;
                answer::tickets(&header, &tickets, known.map(|it| it.id), locale)
            }
            Listing::Signals => {
                let signals = store.signals(desk, ROWS).await.map_err(unread)?;
                answer::signals(&header, &signals, locale)
            }
            Listing::Orders => {
                let orders = self.desk.living_orders().await.map_err(unread)?;
                answer::orders(&header, &orders, locale)
            }
            Listing::History => {
                let events = self.desk.newest_events().await.map_err(unread)?;
                answer::history(&header, &events, locale)
            }
            Listing::Limits => {
                let board = self.desk.board().await.map_err(unread)?;
                answer::limits(&header, &board.limits, locale)
            }
            Listing::Approvals => {
                let board = self.desk.board().await.map_err(unread)?;
                answer::approvals(&header, &board.standing, locale)
            }
            Listing::Watchlist => {
                let watched = self.desk.watched().await.map_err(unread)?;
                answer::watchlist(&header, &watched, locale)
            }
            Listing::Perms => self.perms_card().await?,
            Listing::Day => self.profit(Period::Day).await?,
            Listing::Week => self.profit(Period::Week).await?,
            Listing::Month => self.profit(Period::Month).await?,
            Listing::AllTime => self.profit(Period::All).await?,
            Listing::Help | Listing::Overrides | Listing::Audit | Listing::AuditToday => {
                return Err(Refusal::NotOurs);
            }
        })
    }

    async fn profit(&self, period: Period) -> Result<Card, Refusal> {
        let today = market_date(self.desk.now());
        let view = self.desk.profit_since(begin(period, today)).await;
        Ok(answer::profit(&view.map_err(unread)?, self.locale()))
    }

    /// One signal, and why it was not traded.
    async fn signal_card(&self, wanted: &Fragment) -> Result<Card, Refusal> {
        let id = self.signal(wanted).await?;
        let signals = self.desk.store().signals(self.desk.id(), ROWS).await;
        let signals = signals.map_err(unread)?;
        let signal = signals.iter().find(|it| it.id == id);
        let signal = signal.ok_or(Refusal::UnknownSignal)?;
        let stories = self.desk.stories_behind(signal).await.map_err(unread)?;
        let header = self.header().await?;
        Ok(answer::signal(&header, signal, &stories, self.locale()))
    }

    /// What led to a ticket and what became of it.
    pub(crate) async fn why_card(&self, ticket: TicketId) -> Result<Card, Refusal> {
        let view = self.desk.trail_of(ticket).await.map_err(unread)?;
        let view = view.ok_or(Refusal::UnknownTicket)?;
        Ok(answer::why(&view, self.locale()))
    }
}

const fn listing(period: Period) -> Listing {
    match period {
        Period::Day => Listing::Day,
        Period::Week => Listing::Week,
        Period::Month => Listing::Month,
        Period::All => Listing::AllTime,
    }
}

/// The first New York day of a period; `None` for everything.
pub(super) fn begin(period: Period, today: Date) -> Option<Date> {
    let back = |days: i8| today.checked_sub(i64::from(days).days()).ok();
    match period {
        Period::Day => Some(today),
        Period::Week => back(today.weekday().to_monday_zero_offset()),
        Period::Month => Some(today.first_of_month()),
        Period::All => None,
    }
}
