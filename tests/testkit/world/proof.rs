//! What must be true of every world at rest, whatever happened in it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use countersign_desk::{
    monitor::{
        marks::Belief,
        rules::{self, Sight},
    },
    ports::{AuditVerdict, Broker as _, MarketData as _, Story},
};
use countersign_domain::{
    calendar,
    execution::Execution,
    ids::{ClientOrderId, TicketId},
    instrument::Instrument,
    money::Usd,
    notices::{Notice, Volume},
    operator::Surface,
    order::{Order, OrderState},
    position::{Holding, Position, PositionState},
    view::TicketView,
};
use jiff::SignedDuration;

use super::World;
use crate::broker::root;

/// What a story came to, as far as two runs of it can be compared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ending {
    /// The ticket's state.
    pub ticket: &'static str,
    /// The entry's state and the units that it executed.
    pub entry: Option<(&'static str, u32)>,
    /// The position's state and what is still held of each leg.
    pub position: Option<(&'static str, Vec<i64>)>,
}

impl World {
    /// How each ticket ended, oldest first.
    pub fn endings(&self) -> Vec<Ending> {
        let mut tickets = self.tickets();
        tickets.reverse();
        let one = |story: Story| {
            let entry = story.orders.iter().find(|order| order.purpose.is_entry());
            let held = |it: &Position| it.holdings.iter().map(|one| one.quantity).collect();
            Ending {
                ticket: story.ticket.map_or("none", |it| it.state.name()),
                entry: entry.map(|it| (it.state.name(), it.filled.0)),
                position: story.position.map(|it| (it.state.name(), held(&it))),
            }
        };
        let stories = tickets.iter().map(|ticket| self.story_of(ticket.id));
        stories.map(one).collect()
    }

    /// True when nothing waits, nothing is in doubt, and nothing is on its way.
    pub(super) fn is_at_rest(&self) -> bool {
        let moving =
            |order: &Order| !matches!(order.state, OrderState::Working) || order.cancel_wanted;
        let seen = self.seen();
        let is_live = |name: &ClientOrderId| {
            seen.live_orders()
                .any(|order| order.client_order_id() == *name)
        };
        let working = self.broker.working();
        self.waiting() == 0
            && !self.broker.is_busy()
            && !seen.live_orders().any(|order| moving(order))
            && working
                .iter()
                .all(|order| is_live(&order.request.client_order_id))
            && self.check_exits().is_empty()
    }

    fn waiting(&self) -> u64 {
        let waiting = self.runtime.block_on(self.store.waiting(self.id));
        waiting.expect("the store answers")
    }

    /// Everything that is wrong with a world that has come to rest, in words; empty when every
    /// invariant holds.
    ///
    /// Checked while it ran, by the broker, the chats and the ports: no entry without a yes to
    /// exactly that revision, price and quantity, and none while the desk takes none; nothing
    /// leaves before it is written down; never two live attempts at one entry; no exit larger than
    /// what is held; no card that shows an execution or an end that never was. Checked here: the
    /// rest.
    pub fn check(&mut self) -> Vec<String> {
        let mut broken = self.broker.breaches();
        if self.power.spins() > 0 {
            broken.push("the desk spins".to_owned());
        }
        for chat in &self.chats {
            broken.extend(chat.breaches());
        }
        let stories: Vec<Story> = self
            .tickets()
            .iter()
            .map(|ticket| self.story_of(ticket.id))
            .collect();
        broken.extend(self.check_rest());
        broken.extend(self.check_audit());
        broken.extend(self.check_orders(&stories));
        broken.extend(self.check_holdings());
        broken.extend(self.check_exits());
        broken.extend(self.check_executions(&stories));
        broken.extend(stories.iter().flat_map(check_story));
        for story in &stories {
            if let Some(ticket) = &story.ticket {
                broken.extend(self.check_cards(ticket.id));
            }
        }
        self.checked = true;
        broken
    }

    fn check_rest(&self) -> Vec<String> {
        let mut broken = Vec::new();
        let waiting = self.waiting();
        if waiting > 0 {
            broken.push(format!("{waiting} effects wait in the outbox"));
        }
        let seen = self.seen();
        for order in seen.live_orders() {
            if order.state != OrderState::Working || order.cancel_wanted {
                let (name, state) = (order.client_order_id(), order.state.name());
                broken.push(format!("{name} is still {state}"));
            }
        }
        let now = self.now();
        let late = seen
            .offered()
            .filter(|ticket| ticket.expires_at + crate::world::drive::TICK < now);
        broken.extend(late.map(|ticket| format!("{} is still offered", ticket.id)));
        broken
    }

    fn check_audit(&self) -> Option<String> {
        let verdict = self.runtime.block_on(self.store.verify_audit(self.id));
        match verdict.expect("the store answers") {
            AuditVerdict::Sound { .. } => None,
            broken => Some(format!("the audit chain is {broken:?}")),
        }
    }

    /// Every order at the broker is one of ours, written down, and what works there works here;
    /// what the attempts of an entry could ever have come to is within its ticket.
    fn check_orders(&self, stories: &[Story]) -> Vec<String> {
        let mut broken = Vec::new();
        let ours: BTreeMap<ClientOrderId, &Order> = stories
            .iter()
            .flat_map(|story| &story.orders)
            .map(|order| (order.client_order_id(), order.as_ref()))
            .collect();
        let roots: BTreeSet<String> = ours.keys().map(|name| root(name).to_owned()).collect();
        for order in self.broker.orders() {
            let name = &order.request.client_order_id;
            if !roots.contains(order.root()) {
                broken.push(format!("{name} is not written down"));
            }
            let live = ours.get(name).is_some_and(|ours| ours.is_live());
            if order.left() > 0 && !live {
                broken.push(format!("{name} works at the broker and not here"));
            }
        }
        for (name, order) in &ours {
            let works = self.broker.order(name).is_some_and(|it| it.left() > 0);
            if order.is_live() && !works {
                broken.push(format!("{name} works here and not at the broker"));
            }
        }
        let most = self.broker.truth().most.clone();
        for story in stories {
            let entries: Vec<_> = story
                .orders
                .iter()
                .filter(|order| order.purpose.is_entry())
                .collect();
            let total: u32 = entries
                .iter()
                .filter_map(|order| most.get(root(&order.client_order_id())))
                .sum();
            let confirmed = story.ticket.as_ref().map_or(0, |it| it.terms.contracts.0);
            if total > confirmed {
                broken.push(format!(
                    "{total} units of {confirmed} confirmed were entered"
                ));
            }
        }
        broken
    }

    /// What we think that we hold.
    pub(super) fn holdings(&self) -> BTreeMap<Instrument, i64> {
        let mut ours: BTreeMap<Instrument, i64> = BTreeMap::new();
        for position in self.seen().open_positions() {
            for held in &position.holdings {
                *ours.entry(held.instrument).or_default() += held.quantity;
            }
        }
        ours.retain(|_, quantity| *quantity != 0);
        ours
    }

    /// What we hold is what the broker holds.
    fn check_holdings(&self) -> Option<String> {
        let ours = self.holdings();
        let broker = self.broker.held();
        (ours != broker).then(|| format!("we hold {ours:?}, the broker says {broker:?}"))
    }

    /// No position waits for an exit that its rules ask for. Where somebody trades by hand there may
    /// be nothing to close.
    fn check_exits(&self) -> Vec<String> {
        let (seen, now) = (self.seen(), self.now());
        let by_hand = !self.broker.truth().outside.is_empty();
        if by_hand || !calendar::is_open(now) {
            return Vec::new();
        }
        let belief = Belief {
            oldest: SignedDuration::from_secs(i64::from(seen.desk.configured().quote_age_s)),
            wide_bps: seen.desk.configured().spread_bps,
        };
        let profit = |position: &Position| -> Option<Usd> {
            let price = |held: &Holding| {
                let quote = self.market.feed().snapshot(&held.instrument);
                let marked = belief.mark(quote.as_ref(), now);
                marked.mark.ok().filter(|_| !marked.wide)
            };
            let marks: Option<Vec<_>> = position.holdings.iter().map(price).collect();
            let prices: Vec<_> = marks?.iter().map(|mark| mark.price).collect();
            Some(position.unrealised(&prices))
        };
        let is_due = |position: &&Arc<Position>| {
            let state = seen.exit_states.get(&position.id).copied();
            let sight = Sight {
                now,
                open_profit: profit(position),
                wide: false,
                confirmations: 0,
                close_before_end: self.broker.capabilities().close_before_end,
            };
            rules::look(position, state.unwrap_or_default(), &sight).exit
        };
        let open = seen.open_positions();
        let open = open.filter(|it| !matches!(it.state, PositionState::Closing { .. }));
        open.filter_map(|it| is_due(&it).map(|why| (it.id, why)))
            .map(|(id, why)| format!("{id} waits for its exit ({why:?})"))
            .collect()
    }

    /// Every execution is booked once, and one that was taken back is so here as well.
    fn check_executions(&self, stories: &[Story]) -> Vec<String> {
        let ours: BTreeMap<_, _> = stories
            .iter()
            .flat_map(|story| &story.executions)
            .map(|one| (one.id.clone(), one))
            .collect();
        let mut broken = Vec::new();
        for one in self.broker.executions() {
            match ours.get(&one.id) {
                None => broken.push(format!("execution {} is not booked", one.id)),
                Some(booked) if booked.bust != one.bust => {
                    broken.push(format!("execution {} was taken back", one.id));
                }
                Some(_) => {}
            }
        }
        broken
    }

    /// What people see is what is stored.
    fn check_cards(&mut self, ticket: TicketId) -> Vec<String> {
        let stored = self.act(async |desk| desk.ticket_view(ticket).await);
        let stored = stored.expect("the store answers").expect("a ticket");
        let mut broken = Vec::new();
        for chat in self.chats.iter().filter(|chat| !chat.refused(ticket)) {
            let Some(drawn) = chat.ticket(ticket) else {
                if self.may_be_unseen(chat.at()) {
                    continue;
                }
                broken.push(format!("{ticket} is not drawn on {}", chat.at()));
                continue;
            };
            if lasting(&drawn) != lasting(&stored) {
                let surface = chat.at();
                broken.push(format!("the card of {ticket} on {surface} is old"));
            }
        }
        broken
    }
}

impl World {
    /// True for a surface that was told not to show every ticket.
    fn may_be_unseen(&self, surface: Surface) -> bool {
        let manners = self.seen().manners(surface.into());
        let shown = |notice| manners.set(notice) > Volume::Off;
        !(shown(Notice::Offer) && shown(Notice::Trade))
    }
}

/// What of a card does not change with the time and the market alone.
fn lasting(view: &TicketView) -> impl PartialEq {
    let position = view.position.clone();
    let exit = position.as_ref().and_then(|it| it.exit.clone());
    let entry = view.entry.clone();
    let state = |order: Order| (order.state, order.filled, order.limit, order.attempt);
    (
        view.ticket.clone(),
        entry.map(state),
        exit.map(state),
        position.map(|it| (it.position, it.executions)),
    )
}

/// What must be true of one ticket and what came of it.
fn check_story(story: &Story) -> Vec<String> {
    let mut broken = Vec::new();
    let entries = story.orders.iter().filter(|it| it.purpose.is_entry());
    if entries.count() > 1 {
        broken.push("a ticket has two entry orders".to_owned());
    }
    let Some(position) = &story.position else {
        return broken;
    };
    let live = story.orders.iter().any(|order| order.is_live());
    if position.state.is_closed() && (live || !position.is_flat()) {
        broken.push(format!("{} is closed and is not", position.id));
    }
    if !position.state.is_closed() && position.is_flat() && !live {
        broken.push(format!("{} holds nothing and is open", position.id));
    }
    let cash: Usd = story.executions.iter().map(Execution::cash).sum();
    let cost: Usd = position.holdings.iter().map(|held| held.cost).sum();
    if cash + cost != position.realised() {
        broken.push(format!("{} made up money", position.id));
    }
    let fees: Usd = story.executions.iter().map(Execution::cost).sum();
    if fees != position.fees {
        broken.push(format!("{} has wrong fees", position.id));
    }
    broken
}
