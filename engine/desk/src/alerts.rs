//! Alerts: critical alarms that wait for somebody. One that nobody answers goes on to the next person
//! or room, again and again, until somebody has it in hand or its cause is gone.

use std::{cmp::Reverse, collections::BTreeSet, sync::Arc};

use countersign_domain::{
    event::{Alarm, Event, Fact},
    ids::{DeskId, OperatorId, PositionId},
    notices::{Notice, Severity},
    operator::{Actor, Operator, Role, Room},
    refusal::Answer,
    trading::{BrakeCause, TradingEvent, TradingState},
    view::{AlertEnd, AlertView, Called},
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    desk::Desk,
    draft::Draft,
    effect::Effect,
    ports::{CardKey, StoreError},
    press::{Press, Verb, attempt},
    seen::Seen,
    settings::AlarmSettings,
    work::{Done, InboxKey, Work},
};

/// Alerts that have ended and are still known, so that their cards say how.
const ENDED: usize = 16;

/// After so many rounds the time between two calls grows no longer.
const ROUNDS: u32 = 6;

/// The alerts of a desk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Alerts {
    /// How many there were.
    pub count: u32,
    /// Those that are open and the last that ended, oldest first.
    pub known: Vec<Alert>,
}

/// A critical alarm that waits, or waited, for somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alert {
    /// Its number on this desk, counted from 1.
    pub number: u32,
    /// Its alarm's place in the event log.
    pub place: (u64, u32),
    /// The alarm.
    pub alarm: Alarm,
    /// When it was raised.
    pub at: Timestamp,
    /// To whom it went on, and when; oldest first.
    pub calls: Vec<Call>,
    /// How it ended.
    pub end: Option<(AlertEnd, Timestamp)>,
}

/// That an alert went on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// When.
    pub at: Timestamp,
    /// To that person.
    pub person: Option<OperatorId>,
    /// In those rooms.
    pub rooms: Vec<Room>,
}

impl Alerts {
    /// Alerts that nobody answered.
    pub fn open(&self) -> impl Iterator<Item = &Alert> {
        self.known.iter().filter(|it| it.end.is_none())
    }

    fn opened(&mut self, place: (u64, u32), alarm: &Alarm, at: Timestamp) {
        if self.open().any(|it| it.alarm == *alarm) {
            return;
        }
        self.count = self.count.saturating_add(1);
        self.known.push(Alert {
            number: self.count,
            place,
            alarm: alarm.clone(),
            at,
            calls: Vec::new(),
            end: None,
        });
        let ended = self.known.iter().filter(|it| it.end.is_some()).count();
        if ended > ENDED
            && let Some(oldest) = self.known.iter().position(|it| it.end.is_some())
        {
            self.known.remove(oldest);
        }
    }

    /// The alert of that alarm, by its place in the event log.
    pub fn of(&self, place: (u64, u32)) -> Option<&Alert> {
        self.known.iter().find(|it| it.place == place)
    }

    /// The alert of that number.
    pub fn numbered(&self, number: u32) -> Option<&Alert> {
        self.known.iter().find(|it| it.number == number)
    }
}

impl Alert {
    /// When it goes on, unless somebody answers: at first after so long, and later in every further
    /// round of everybody after twice as long. `None` for never.
    fn due(&self, after_minutes: u32, everybody: usize) -> Option<Timestamp> {
        if self.end.is_some() || after_minutes == 0 {
            return None;
        }
        let round = self.calls.len().checked_div(everybody.max(1)).unwrap_or(0);
        let round = u32::try_from(round).unwrap_or(ROUNDS).min(ROUNDS);
        let minutes = after_minutes.saturating_mul(2_u32.saturating_pow(round));
        let last = self.calls.last().map_or(self.at, |call| call.at);
        let wait = SignedDuration::from_mins(i64::from(minutes));
        last.checked_add(wait).ok()
    }

    /// As its cards show it; `call`: on the card of that call, counted from 0.
    pub(crate) fn view(&self, seen: &Seen, call: Option<usize>) -> AlertView {
        let call = call.and_then(|call| self.calls.get(call));
        let person = call.and_then(|call| seen.operators.get(&call.person?));
        AlertView {
            desk: seen.desk.id,
            number: self.number,
            end: self.end.clone(),
            called: call.map(|call| Called {
                at: call.at,
                name: person.map(|it| it.name.clone()),
                identities: person.map(|it| it.identities.clone()).unwrap_or_default(),
            }),
        }
    }
}

/// True for an alarm that somebody has to answer: it is critical, and nobody made it. Where the broker
/// disagrees, the gap itself is the alarm.
fn waits(alarm: &Alarm, actor: &Actor) -> bool {
    let told = match alarm {
        Alarm::Stopped(stop) => stop.event == TradingEvent::Brake(BrakeCause::Mismatch),
        _ => false,
    };
    let critical = Notice::of_alarm(alarm).severity() == Severity::Critical;
    critical && !told && !matches!(actor, Actor::Operator { .. })
}

/// The position that an alarm is about.
const fn position_of(alarm: &Alarm) -> Option<PositionId> {
    match alarm {
        Alarm::ExitStuck { position, .. }
        | Alarm::LegsDiverged(position)
        | Alarm::ExitRejected { position, .. } => Some(*position),
        _ => None,
    }
}

/// True when the cause of an alarm is gone, as far as that is stored. A desk that trades proves nothing
/// about a gap: not every gap brakes.
fn is_gone(seen: &Seen, alarm: &Alarm) -> bool {
    match alarm {
        Alarm::Stopped(_) | Alarm::CrashLoop { .. } => seen.desk.trading == TradingState::Active,
        _ => position_of(alarm).is_some_and(|position| {
            let known = seen.positions.get(&position);
            known.is_none_or(|it| it.state.is_closed())
        }),
    }
}

/// True when a person did something about what an alarm is about.
fn answers(event: &Event, alarm: &Alarm) -> bool {
    if !matches!(event.actor, Actor::Operator { .. }) {
        return false;
    }
    let about = match &event.fact {
        Fact::TradingChanged { .. } => {
            return matches!(
                alarm,
                Alarm::Stopped(_) | Alarm::CrashLoop { .. } | Alarm::Mismatch(_)
            );
        }
        Fact::ExitDecided { position, .. }
        | Fact::PositionMoved { position, .. }
        | Fact::ExitPlanChanged { position, .. }
        | Fact::ExitsHeld { position, .. } => *position,
        _ => return false,
    };
    position_of(alarm) == Some(about)
}

impl Draft {
    /// An alarm of this unit waits for somebody, unless a person made it.
    pub(crate) fn alert(&mut self, index: u32, alarm: &Alarm) {
        if !waits(alarm, self.actor()) {
            return;
        }
        let mut desk = self.seen().desk.clone();
        let (place, now) = ((self.seen().seq, index), self.now());
        desk.alerts.opened(place, alarm, now);
        self.desk(desk);
    }

    /// Ends the alerts that this unit answered.
    pub(crate) fn end_alerts(&mut self, events: &[Event]) {
        let seen = self.seen();
        let end = |alert: &Alert| {
            let place = alert.place;
            let new = place.0 == seen.seq;
            if !new && let Some(event) = events.iter().find(|it| answers(it, &alert.alarm)) {
                return Some((alert.number, AlertEnd::Answered(event.actor.clone())));
            }
            let gone = !new && is_gone(seen, &alert.alarm);
            gone.then_some((alert.number, AlertEnd::Over))
        };
        let ended: Vec<_> = seen.desk.alerts.open().filter_map(end).collect();
        for (number, end) in ended {
            self.end_alert(number, end);
        }
    }

    /// Ends an alert; its cards say how.
    fn end_alert(&mut self, number: u32, end: AlertEnd) {
        let (mut desk, now) = (self.seen().desk.clone(), self.now());
        let mut known = desk.alerts.known.iter_mut();
        let open = known.find(|it| it.number == number && it.end.is_none());
        let Some(alert) = open else {
            return;
        };
        alert.end = Some((end.clone(), now));
        let alert = alert.clone();
        self.desk(desk);
        self.note(Fact::AlarmEnded {
            alarm: alert.alarm.clone(),
            end,
        });
        let (seq, index) = alert.place;
        self.draw(CardKey::Alarm(seq, index));
        for (place, call) in alert.calls.iter().enumerate() {
            self.draw_call(number, place, &call.rooms);
        }
    }

    fn draw_call(&mut self, number: u32, place: usize, rooms: &[Room]) {
        let card = CardKey::Call(number, u32::try_from(place).unwrap_or(u32::MAX));
        for room in rooms {
            self.perform(Effect::Draw { card, room: *room });
        }
    }
}

/// Somebody has an alarm in hand.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Acknowledge {
    pub(crate) desk: DeskId,
    pub(crate) press: Press,
    pub(crate) number: u32,
}

impl Work for Acknowledge {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn inbox(&self) -> Option<InboxKey> {
        self.press.key.clone()
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        let words = self.number.to_string();
        attempt(draft, &self.press, Verb::Acknowledge, &words, |draft, _| {
            let known = draft.seen().desk.alerts.numbered(self.number);
            if known.is_none_or(|it| it.end.is_some()) {
                return Ok(Done::Nothing);
            }
            let by = draft.actor().clone();
            draft.end_alert(self.number, AlertEnd::Seen(by));
            Ok(Done::Ok)
        })
    }
}

/// What nobody answered goes on, and what only this process knows to be over ends.
#[derive(Clone, Debug, PartialEq)]
struct Escalate {
    desk: DeskId,
    over: BTreeSet<u32>,
    settings: AlarmSettings,
}

/// Whom an alert goes to.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Callee {
    Person(Arc<Operator>),
    Room(Room),
}

impl Work for Escalate {
    fn desk(&self) -> DeskId {
        self.desk
    }

    fn decide(&self, draft: &mut Draft) -> Answer<Done> {
        for number in &self.over {
            draft.end_alert(*number, AlertEnd::Over);
        }
        let (now, order) = (draft.now(), order(draft.seen(), &self.settings));
        let due: Vec<u32> = due(draft.seen(), &self.settings, now)
            .map(|it| it.number)
            .collect();
        for number in due {
            call(draft, number, &order);
        }
        Ok(Done::Ok)
    }
}

/// The alerts that go on now.
fn due<'a>(
    seen: &'a Seen,
    settings: &AlarmSettings,
    now: Timestamp,
) -> impl Iterator<Item = &'a Alert> {
    let everybody = order(seen, settings).len();
    let after = settings.escalate_minutes;
    let open = seen.desk.alerts.open();
    open.filter(move |it| it.due(after, everybody).is_some_and(|at| at <= now))
}

/// Everybody in their order: as configured, else whoever may act, admins first. A name that nobody has
/// any more is left out.
fn order(seen: &Seen, settings: &AlarmSettings) -> Vec<Callee> {
    let person = |name: &str| {
        let mut all = seen.operators.values();
        all.find(|it| it.name == name).cloned().map(Callee::Person)
    };
    let room = |name: &str| {
        let room: Room = name.parse().ok()?;
        seen.desk
            .rooms
            .contains(&room)
            .then_some(Callee::Room(room))
    };
    let named = settings.escalate_to.iter();
    let order: Vec<_> = named
        .filter_map(|it| person(it).or_else(|| room(it)))
        .collect();
    if !order.is_empty() {
        return order;
    }
    let acts = |it: &&Arc<Operator>| it.role >= Role::Trader;
    let mut people: Vec<_> = seen.operators.values().filter(acts).cloned().collect();
    people.sort_by_key(|it| (Reverse(it.role), it.id));
    people.into_iter().map(Callee::Person).collect()
}

/// Where a person is called: in the rooms of the platforms on which they are known, else everywhere.
fn rooms_of(seen: &Seen, person: &Operator) -> Vec<Room> {
    let known = |room: &&Room| {
        let there = person
            .identities
            .iter()
            .any(|it| it.surface == room.surface);
        there && room.surface.is_platform()
    };
    let rooms: Vec<_> = seen.desk.rooms.iter().filter(known).copied().collect();
    if rooms.is_empty() {
        seen.desk.rooms.clone()
    } else {
        rooms
    }
}

/// An alert goes on to who is next.
fn call(draft: &mut Draft, number: u32, order: &[Callee]) {
    let (mut desk, now) = (draft.seen().desk.clone(), draft.now());
    let mut known = desk.alerts.known.iter_mut();
    let Some(alert) = known.find(|it| it.number == number) else {
        return;
    };
    let place = alert.calls.len();
    let next = place.checked_rem(order.len()).and_then(|at| order.get(at));
    let (person, rooms) = match next {
        Some(Callee::Person(person)) => (Some(person.clone()), rooms_of(draft.seen(), person)),
        Some(Callee::Room(room)) => (None, vec![*room]),
        None => (None, draft.seen().desk.rooms.clone()),
    };
    alert.calls.push(Call {
        at: now,
        person: person.as_ref().map(|it| it.id),
        rooms: rooms.clone(),
    });
    let alarm = alert.alarm.clone();
    draft.desk(desk);
    draft.note(Fact::AlarmCalled {
        alarm,
        name: person.map(|it| it.name.clone()),
    });
    draft.draw_call(number, place, &rooms);
}

impl Desk {
    /// Somebody has an alarm in hand: it goes on to nobody.
    ///
    /// # Errors
    ///
    /// A [`countersign_domain::refusal::Refusal`]; it goes on as before.
    pub async fn acknowledge(&self, press: Press, number: u32) -> Answer<Done> {
        let desk = self.id;
        self.verb(Acknowledge {
            desk,
            press,
            number,
        })
        .await
    }

    /// Lets what nobody answered go on.
    pub(crate) async fn escalate(&self, seen: &Seen) -> Result<(), StoreError> {
        let over: BTreeSet<u32> = {
            let open = seen.desk.alerts.open();
            open.filter(|it| self.is_over(&it.alarm))
                .map(|it| it.number)
                .collect()
        };
        let settings = &self.settings.alarms;
        if over.is_empty() && due(seen, settings, self.now()).next().is_none() {
            return Ok(());
        }
        let work = Escalate {
            desk: self.id,
            over,
            settings: settings.clone(),
        };
        self.run(work).await.map(drop)
    }

    /// True when the cause of an alarm is gone, as this process knows.
    fn is_over(&self, alarm: &Alarm) -> bool {
        let memory = self.memory();
        match alarm {
            Alarm::BrokerDown(_) => memory.broker_down.is_none(),
            Alarm::StoreDown(_) => !memory.store_down,
            Alarm::RoomLost { room, .. } => !memory.lost.contains(room),
            Alarm::Deaf { surface, .. } => !memory.deaf.contains(surface),
            _ => false,
        }
    }
}
