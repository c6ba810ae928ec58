//! The audit chain: each event's hash covers the one before, so that an edit, a removal, another
//! order or a lost end shows.

use countersign_desk::ports::AuditVerdict;
use countersign_domain::{
    event::{Alarm, Event, Fact},
    ids::DeskId,
    operator::Actor,
    scanning::ScanChange,
};
use sha2::{Digest, Sha256};
use sqlx::AnyConnection;

use crate::{
    fault::Fault,
    tables::{
        desks,
        events::{self, EventRow},
    },
    value::{micros, number},
};

/// Rows checked at a time.
const PAGE: i64 = 2_000;

/// The hash of a row: lower-case hex of SHA-256 over the previous hash, the sequence number, the
/// index and the body, with a line feed after each of the first three.
pub(crate) fn link(previous: &str, seq: u64, index: u32, body: &str) -> String {
    let mut digest = Sha256::new();
    digest.update(format!("{previous}\n{seq}\n{index}\n"));
    digest.update(body);
    hex::encode(digest.finalize())
}

/// The columns of a row that repeat what its body says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    /// Unix microseconds.
    pub(crate) at: i64,
    /// Who caused it.
    pub(crate) actor: String,
    /// Which kind of fact.
    pub(crate) kind: String,
    /// What it is about; empty when it is about the desk.
    pub(crate) subject: String,
}

impl Link {
    /// What the columns of an event have to be.
    pub(crate) fn of(event: &Event) -> Result<Self, serde_json::Error> {
        // The tag comes first, so the word is what stands in the first pair of quotes after it.
        let fact = serde_json::to_string(&event.fact)?;
        let kind = fact
            .strip_prefix("{\"kind\":\"")
            .and_then(|rest| rest.split_once('"'))
            .map(|(word, _)| word.to_owned());
        Ok(Self {
            at: micros(event.at),
            actor: actor(&event.actor),
            kind: kind.unwrap_or_default(),
            subject: subject(&event.fact).unwrap_or_default(),
        })
    }
}

fn actor(actor: &Actor) -> String {
    match actor {
        Actor::Operator { id, .. } => format!("operator:{id}"),
        Actor::Stranger(identity) => format!("stranger:{}:{}", identity.surface, identity.user),
        Actor::Desk => "desk".to_owned(),
        Actor::Strategy(name) => format!("strategy:{name}"),
        Actor::Broker => "broker".to_owned(),
    }
}

fn subject(fact: &Fact) -> Option<String> {
    let id = match fact {
        Fact::DeskConfigured { .. } | Fact::TradingChanged { .. } => return None,
        Fact::LinkAsked { .. } => return None,
        Fact::OperatorSet { operator, .. } => operator.id.to_string(),
        Fact::OperatorInvited { operator, .. }
        | Fact::OperatorLinked { operator, .. }
        | Fact::OperatorUnlinked { operator, .. } => operator.to_string(),
        Fact::SignalRaised(signal) => signal.id.to_string(),
        Fact::SignalVetoed { signal, .. } | Fact::SignalLapsed(signal) => signal.to_string(),
        Fact::TicketOffered(ticket) => ticket.id.to_string(),
        Fact::TicketRevised { ticket, .. }
        | Fact::SaidYes { ticket, .. }
        | Fact::TicketConfirmed { ticket, .. }
        | Fact::TicketDeclined { ticket, .. }
        | Fact::TicketExpired(ticket)
        | Fact::TicketWithdrawn { ticket, .. }
        | Fact::TicketWarned { ticket, .. }
        | Fact::TicketLapsed { ticket, .. }
        | Fact::TicketSnoozed { ticket, .. } => ticket.to_string(),
        Fact::Refused { subject, .. } => subject.clone(),
        Fact::OrderSubmitted(order) => order.id.to_string(),
        Fact::OrderMoved { order, .. } => order.to_string(),
        Fact::Executed(execution) => execution.id.to_string(),
        Fact::Busted(execution) => execution.to_string(),
        Fact::PositionOpened { position, .. }
        | Fact::PositionMoved { position, .. }
        | Fact::ExitDecided { position, .. }
        | Fact::PositionClosed { position, .. }
        | Fact::ExitPlanChanged { position, .. }
        | Fact::ExitsHeld { position, .. } => position.to_string(),
        Fact::StandingSigned(standing) => standing.id.to_string(),
        Fact::StandingRevoked(standing) => standing.to_string(),
        Fact::OverrideAsked(one) => one.id.to_string(),
        Fact::OverrideGranted { granted, .. } => granted.id.to_string(),
        Fact::OverrideRefused(id) | Fact::OverrideRevoked(id) | Fact::OverrideLapsed(id) => {
            id.to_string()
        }
        Fact::OverrideUsed { passed, .. } => passed.id.to_string(),
        Fact::LimitChanged { code, .. } => code.name().to_owned(),
        Fact::Alarm(alarm) | Fact::AlarmCalled { alarm, .. } | Fact::AlarmEnded { alarm, .. } => {
            return alarmed(alarm);
        }
        Fact::Mismatch { instrument, .. } => instrument.to_string(),
        Fact::RoomMoved { room, .. } => room.to_string(),
        Fact::StrangersUnheard { .. } => return None,
        Fact::MannersChanged { room, .. } => return room.map(|room| room.to_string()),
        Fact::ScanningChanged(ScanChange::Add(symbol) | ScanChange::Remove(symbol)) => {
            symbol.to_string()
        }
        Fact::ScanningChanged(ScanChange::On(name) | ScanChange::Off(name)) => name.clone(),
        Fact::SlotsMissed { job, .. } => job.clone(),
        Fact::StoryJudged(judged) => judged.story.id.to_string(),
        Fact::NewsLetPass { underlying, .. } => underlying.to_string(),
    };
    Some(id)
}

fn alarmed(alarm: &Alarm) -> Option<String> {
    match alarm {
        Alarm::ExitStuck { position, .. }
        | Alarm::LegsDiverged(position)
        | Alarm::ExitRejected { position, .. }
        | Alarm::Unmarked(position) => Some(position.to_string()),
        Alarm::News(news) => Some(news.position.to_string()),
        Alarm::LateOrder(order) | Alarm::NeverArrived(order) | Alarm::Overfilled(order) => {
            Some(order.to_string())
        }
        Alarm::Mismatch(instrument) => Some(instrument.to_string()),
        Alarm::StoreDown(_)
        | Alarm::BrokerDown(_)
        | Alarm::CrashLoop { .. }
        | Alarm::Stopped(_) => None,
        Alarm::RoomLost { room, .. } | Alarm::CardRefused { room, .. } => Some(room.to_string()),
        Alarm::Deaf { surface, .. } | Alarm::Forged { surface, .. } => Some(surface.to_string()),
    }
}

/// Checks the whole chain of a desk against its committed head.
pub(crate) async fn verify(conn: &mut AnyConnection, desk: DeskId) -> Result<AuditVerdict, Fault> {
    let (head, committed) = desks::audit_head(conn, desk).await?;
    let mut check = Check::from(desk);
    loop {
        let page = events::rows_after(conn, desk, check.last(), PAGE).await?;
        if page.is_empty() {
            break;
        }
        for row in page {
            let (seq, index) = (row.seq, row.index);
            let fault = if check.rows >= committed {
                Err("was added after the end that the desk committed")
            } else {
                check.follow(row)
            };
            if let Err(fault) = fault {
                return Ok(AuditVerdict::Broken {
                    seq,
                    index,
                    fault: fault.to_owned(),
                });
            }
        }
    }
    let rows = check.rows;
    Ok(if rows == committed && check.hash == head {
        AuditVerdict::Sound { rows, head }
    } else if rows == committed {
        // Rows and count agree, the head does not: the last row was written anew.
        let (seq, index) = check.place.unwrap_or_default();
        AuditVerdict::Broken {
            seq,
            index,
            fault: "is not the end that the desk committed".to_owned(),
        }
    } else {
        AuditVerdict::Truncated { rows, head }
    })
}

/// How far a check has come.
struct Check {
    hash: String,
    place: Option<(u64, u32)>,
    rows: u64,
}

impl From<DeskId> for Check {
    fn from(desk: DeskId) -> Self {
        Self {
            hash: desk.to_string(),
            place: None,
            rows: 0,
        }
    }
}

impl Check {
    fn last(&self) -> (i64, i64) {
        self.place
            .map_or((-1, -1), |(seq, index)| (number(seq), i64::from(index)))
    }

    /// Takes the next row, or says why it does not follow.
    fn follow(&mut self, row: EventRow) -> Result<(), &'static str> {
        let next = match self.place {
            Some((seq, index)) if seq == row.seq => index.saturating_add(1),
            _ => 0,
        };
        if row.index != next || link(&self.hash, row.seq, row.index, &row.body) != row.hash {
            return Err("does not follow from the row before");
        }
        let columns = Link {
            at: row.at,
            actor: row.actor.clone(),
            kind: row.kind.clone(),
            subject: row.subject.clone(),
        };
        self.hash.clone_from(&row.hash);
        self.place = Some((row.seq, row.index));
        self.rows = self.rows.saturating_add(1);
        let event = row.stored().map_err(|_| "holds no event")?.event;
        match Link::of(&event) {
            Ok(wanted) if wanted == columns => Ok(()),
            _ => Err("says in its columns something else than in its body"),
        }
    }
}
