//! Loading a desk: everything that is alive, and what a unit needs beside it.

use std::{collections::BTreeMap, sync::Arc};

use countersign_desk::{seen::Seen, work::Needs};
use countersign_domain::{
    execution::Execution,
    ids::{DeskId, OrderId, OverrideId, PositionId, SignalId, TicketId},
    order::Purpose,
};
use sqlx::AnyConnection;

use crate::{
    fault::Fault,
    tables::{
        codes, configured, day_totals, desks, executions, exit_states, operators, orders,
        overrides, positions, signals, sources, standing, stories, taps, tickets, wrong_codes,
    },
};

/// Everything of a desk that is alive, as the database has it now.
pub(crate) async fn alive(conn: &mut AnyConnection, desk: DeskId) -> Result<Seen, Fault> {
    let (seq, row) = desks::load(conn, desk).await?;
    let mut seen = Seen::of(row);
    seen.seq = seq;
    let operators = operators::all(conn, desk).await?;
    seen.operators = operators.into_iter().map(|one| (one.id, one)).collect();
    let signals = signals::alive(conn, desk).await?;
    seen.signals = signals.into_iter().map(|one| (one.id, one)).collect();
    let tickets = tickets::alive(conn, desk).await?;
    seen.tickets = tickets.into_iter().map(|one| (one.id, one)).collect();
    let orders = orders::alive(conn, desk).await?;
    seen.orders = orders.into_iter().map(|one| (one.id, one)).collect();
    let positions = positions::open(conn, desk).await?;
    seen.positions = positions.into_iter().map(|one| (one.id, one)).collect();
    let mut grouped: BTreeMap<PositionId, Vec<Execution>> = BTreeMap::new();
    for execution in executions::of_open(conn, desk).await? {
        grouped
            .entry(execution.position)
            .or_default()
            .push(execution);
    }
    let shared = grouped.into_iter().map(|(id, all)| (id, Arc::new(all)));
    seen.executions = shared.collect();
    seen.exit_states = exit_states::of_open(conn, desk)
        .await?
        .into_iter()
        .collect();
    let standing = standing::alive(conn, desk).await?;
    seen.standing = standing.into_iter().map(|one| (one.id, one)).collect();
    let overrides = overrides::open(conn, desk).await?;
    seen.overrides = overrides.into_iter().map(|one| (one.id, one)).collect();
    seen.day = day_totals::newest(conn, desk).await?;
    let configured = configured::all(conn, desk).await?;
    seen.configured = configured.into_iter().map(|one| (one.id, one)).collect();
    let codes = codes::all(conn, desk).await?;
    let codes = codes.into_iter().map(|one| (one.hash.clone(), one));
    seen.codes = codes.collect();
    let wrong = wrong_codes::all(conn, desk).await?;
    let wrong = wrong.into_iter().map(|one| (one.identity.clone(), one));
    seen.wrong_codes = wrong.collect();
    let taps = taps::all(conn, desk).await?;
    seen.taps = taps.into_iter().map(|one| (one.id, one)).collect();
    let stories = stories::counting(conn, desk).await?;
    seen.stories = stories.into_iter().map(|one| (one.story.id, one)).collect();
    let sources = sources::all(conn, desk).await?;
    seen.sources = sources
        .into_iter()
        .map(|one| (one.name.clone(), one))
        .collect();
    Ok(seen.pruned())
}

/// Adds what a unit needs beside what is alive. True when something was added.
pub(crate) async fn needs(
    conn: &mut AnyConnection,
    seen: &mut Seen,
    needs: &Needs,
) -> Result<bool, Fault> {
    let mut more = More {
        conn,
        seen,
        any: false,
    };
    for id in &needs.tickets {
        more.ticket(*id).await?;
    }
    for id in &needs.orders {
        more.order(*id).await?;
    }
    for id in &needs.positions {
        more.position(*id).await?;
    }
    for id in &needs.overrides {
        more.over(*id).await?;
    }
    Ok(more.any)
}

struct More<'c> {
    conn: &'c mut AnyConnection,
    seen: &'c mut Seen,
    any: bool,
}

impl More<'_> {
    const fn desk(&self) -> DeskId {
        self.seen.desk.id
    }

    async fn signal(&mut self, id: SignalId) -> Result<(), Fault> {
        if self.seen.signals.contains_key(&id) {
            return Ok(());
        }
        if let Some(signal) = signals::one(self.conn, self.desk(), id).await? {
            self.seen.signals.insert(id, signal);
            self.any = true;
        }
        Ok(())
    }

    async fn ticket(&mut self, id: TicketId) -> Result<(), Fault> {
        if self.seen.tickets.contains_key(&id) {
            return Ok(());
        }
        let Some(ticket) = tickets::one(self.conn, self.desk(), id).await? else {
            return Ok(());
        };
        let signal = ticket.signal;
        self.seen.tickets.insert(id, ticket);
        self.any = true;
        match signal {
            Some(signal) => self.signal(signal).await,
            None => Ok(()),
        }
    }

    async fn over(&mut self, id: OverrideId) -> Result<(), Fault> {
        if self.seen.overrides.contains_key(&id) {
            return Ok(());
        }
        if let Some(one) = overrides::one(self.conn, self.desk(), id).await? {
            self.seen.overrides.insert(id, one);
            self.any = true;
        }
        Ok(())
    }

    /// An order with its position; an entry that opened nothing with its ticket.
    async fn order(&mut self, id: OrderId) -> Result<(), Fault> {
        if !self.seen.orders.contains_key(&id) {
            let Some(order) = orders::one(self.conn, self.desk(), id).await? else {
                return Ok(());
            };
            self.seen.orders.insert(id, order);
            self.any = true;
        }
        let Some(order) = self.seen.orders.get(&id).cloned() else {
            return Ok(());
        };
        if let Purpose::Entry { ticket, .. } = order.purpose {
            self.ticket(ticket).await?;
        }
        self.position(order.position).await
    }

    /// A position with its executions, orders and ticket. One that is alive has them all.
    async fn position(&mut self, id: PositionId) -> Result<(), Fault> {
        if self.seen.positions.contains_key(&id) {
            return Ok(());
        }
        let desk = self.desk();
        let Some(position) = positions::one(self.conn, desk, id).await? else {
            return Ok(());
        };
        let ticket = position.ticket;
        self.any = true;
        self.seen.positions.insert(id, position);
        for order in orders::of_position(self.conn, desk, id).await? {
            self.seen.orders.insert(order.id, order);
        }
        let all = executions::of_position(self.conn, desk, id).await?;
        if !all.is_empty() {
            self.seen.executions.insert(id, Arc::new(all));
        }
        if let Some(state) = exit_states::of_position(self.conn, desk, id).await? {
            self.seen.exit_states.insert(id, state);
        }
        self.ticket(ticket).await
    }
}
