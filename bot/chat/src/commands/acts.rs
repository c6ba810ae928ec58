//! What acts on tickets, orders and positions.

use countersign_cards::{
    Action, Tone, chat,
    command::{Asked, Closing, LettingPass, Proposal},
};
use countersign_desk::{
    desk::{Idea, PositionAsk},
    news::PassAsk,
    scan::Looked,
};
use countersign_domain::{
    calendar::{market_date, next_session, session_on},
    exit::ExitPlan,
    money::Usd,
    refusal::Refusal,
    view::PositionView,
};
use jiff::civil::Date;

use super::Told;
use crate::{
    reply::Reply,
    talk::{Asker, Talk},
};

/// A proposal has the exits that it names, and the last trading hour.
const NO_PLAN: ExitPlan = ExitPlan {
    profit_target: None,
    stop_loss: None,
    trail: None,
    time_stop: None,
    days_to_expiry: None,
};

impl Talk {
    pub(super) async fn act(&self, asker: &Asker, what: Asked) -> Told {
        let press = asker.press();
        let (action, answer) = match what {
            Asked::Close(what) => return self.close_what(asker, what).await,
            Asked::Propose(proposal) => return self.propose(asker, *proposal).await,
            Asked::Scan => return self.scan(asker).await,
            Asked::LetPass(passing) => return self.let_pass(asker, passing).await,
            Asked::Cancel(wanted) => {
                let order = self.order(&wanted).await?;
                (Action::Cancel(order), self.desk.cancel(press, order).await)
            }
            Asked::Hold(wanted, span) => {
                let position = self.position(&wanted).await?;
                let now = self.desk.now();
                let until = span.map_or(now, |span| now + span);
                let action = if span.is_some() {
                    Action::Hold(position)
                } else {
                    Action::Release(position)
                };
                let ask = PositionAsk::Hold(until);
                let answer = self.desk.ask_position(press, position, ask).await;
                (action, answer)
            }
            Asked::ExitPlan(wanted, change) => {
                let position = self.position(&wanted).await?;
                let seen = self.desk.seen().await;
                let seen = seen.map_err(|_| Refusal::StoreUnavailable)?;
                let known = seen.positions.get(&position);
                let plan = known.ok_or(Refusal::UnknownPosition)?.exit_plan;
                let plan = change.onto(plan, self.desk.now());
                let ask = PositionAsk::ExitPlan(plan);
                let answer = self.desk.ask_position(press, position, ask).await;
                (Action::ExitPlan(position), answer)
            }
            _ => return Err(Refusal::NotOurs),
        };
        Ok(self.came_to(&action, answer))
    }

    async fn let_pass(&self, asker: &Asker, passing: LettingPass) -> Told {
        let ask = PassAsk {
            name: passing.veto,
            underlying: passing.symbol,
            until: passing.lasting.map(|lasting| self.desk.now() + lasting),
            reason: passing.reason.unwrap_or_default(),
        };
        let until = ask.until;
        self.desk.let_news_pass(asker.press(), ask).await?;
        let text = chat::let_pass(until, self.desk.now(), self.locale());
        Ok(Reply::told(Tone::Good, text))
    }

    async fn close_what(&self, asker: &Asker, what: Closing) -> Told {
        Ok(match &what {
            Closing::One(wanted) => {
                let position = self.position(wanted).await?;
                self.ask_close(asker, position).await
            }
            Closing::Profitable => {
                let in_profit = |it: &PositionView| it.profit().is_some_and(Usd::is_positive);
                self.ask_close_these(asker, &what, in_profit).await
            }
            Closing::Expiring => {
                let end = self.next_session_day();
                let expires = |it: &PositionView| {
                    let last = it.position.structure.last_trading();
                    last.is_some_and(|at| end.is_none_or(|end| market_date(at) <= end))
                };
                self.ask_close_these(asker, &what, expires).await
            }
            Closing::All => self.ask_close_these(asker, &what, |_| true).await,
        })
    }

    /// The day of the session that is on, or of the next one.
    fn next_session_day(&self) -> Option<Date> {
        let today = market_date(self.desk.now());
        let session = session_on(today).filter(|it| self.desk.now() < it.close);
        session
            .or_else(|| next_session(today))
            .map(|it| market_date(it.close))
    }

    async fn propose(&self, asker: &Asker, proposal: Proposal) -> Told {
        let plan = proposal.exits.onto(NO_PLAN, self.desk.now());
        let idea = Idea {
            structure: proposal.structure,
            contracts: proposal.contracts,
            limit: proposal.limit,
        };
        self.desk.propose(asker.press(), idea, plan).await?;
        let text = chat::proposed(&self.locale);
        Ok(Reply::told(Tone::Good, text))
    }

    async fn scan(&self, asker: &Asker) -> Told {
        let lines = self.desk.scan_now(asker.press()).await?;
        let raised = lines
            .iter()
            .filter(|it| matches!(it.looked, Looked::Raised(_)));
        let text = chat::scanned(lines.len(), raised.count(), &self.locale);
        Ok(Reply::told(Tone::Good, text))
    }
}
