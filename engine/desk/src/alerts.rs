//! Alerts: critical alarms that wait for somebody. One that nobody answers goes on to the next person
//! or room, again and again, until somebody has it in hand or its cause is gone.

mod calling;

use std::mem::discriminant;

use countersign_domain::{
    event::{Alarm, Event, Fact},
    ids::{DeskId, OperatorId, PositionId},
    notices::{Notice, Severity},
    operator::{Actor, Room},
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
    ports::CardKey,
    press::{Press, Verb, attempt},
    seen::Seen,
    work::{Done, InboxKey, Work},
};

/// Alerts that have ended and are still known, so that their cards say how.
const ENDED: usize = 16;

/// Alerts that are open at the most.
const OPEN: usize = 32;

/// Calls of an alert that are kept; of those before, there is a number alone.
const CALLS: usize = 8;

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
    /// Its alarm's newest repeat: where in the event log, and when.
    #[serde(default)]
    pub again: Option<((u64, u32), Timestamp)>,
    /// The alarm, as it was raised last.
    pub alarm: Alarm,
    /// When it was raised.
    pub at: Timestamp,
    /// How often it went on before those calls.
    #[serde(default)]
    pub passed: u32,
    /// To whom it went on last, and when; oldest first.
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

    /// An alarm was raised; answers with the place of the card that a newer one of it replaces.
    fn opened(&mut self, place: (u64, u32), alarm: Alarm, at: Timestamp) -> Option<(u64, u32)> {
        let mut open = self.known.iter_mut().filter(|it| it.end.is_none());
        if let Some(known) = open.find(|it| is_same(&it.alarm, &alarm)) {
            known.alarm = alarm;
            let before = known.again.replace((place, at));
            return before.map(|(place, _)| place);
        }
        self.count = self.count.saturating_add(1);
        self.known.push(Alert {
            number: self.count,
            place,
            again: None,
            alarm,
            at,
            passed: 0,
            calls: Vec::new(),
            end: None,
        });
        let ended = self.known.iter().filter(|it| it.end.is_some()).count();
        if ended > ENDED
            && let Some(oldest) = self.known.iter().position(|it| it.end.is_some())
        {
            self.known.remove(oldest);
        }
        None
    }

    /// With too many open at once, the number of the oldest: first of those that are no matter of money.
    fn crowded_out(&self) -> Option<u32> {
        if self.open().count() <= OPEN {
            return None;
        }
        let of_chat = |it: &&Alert| matches!(it.alarm, Alarm::RoomLost { .. } | Alarm::Deaf { .. });
        let oldest = self.open().find(of_chat).or_else(|| self.open().next());
        oldest.map(|it| it.number)
    }

    /// The alert of that alarm, by its place in the event log.
    pub fn of(&self, place: (u64, u32)) -> Option<&Alert> {
        self.known
            .iter()
            .find(|it| it.places().any(|known| known == place))
    }

    /// The alert of that number.
    pub fn numbered(&self, number: u32) -> Option<&Alert> {
        self.known.iter().find(|it| it.number == number)
    }
}

impl Alert {
    /// Where its alarm stands in the event log: at first, and repeated.
    fn places(&self) -> impl Iterator<Item = (u64, u32)> + use<> {
        let again = self.again.map(|(place, _)| place);
        std::iter::once(self.place).chain(again)
    }

    /// Where its alarm was raised last, and when.
    pub(crate) fn newest(&self) -> ((u64, u32), Timestamp) {
        self.again.unwrap_or((self.place, self.at))
    }

    /// How often it went on.
    fn called(&self) -> u32 {
        let kept = u32::try_from(self.calls.len()).unwrap_or(u32::MAX);
        self.passed.saturating_add(kept)
    }

    /// One of the calls that are kept, counted from 0.
    pub(crate) fn call(&self, call: u32) -> Option<&Call> {
        let kept = usize::try_from(call.checked_sub(self.passed)?).ok()?;
        self.calls.get(kept)
    }

    /// True when nobody has to see that call any more: the alert has ended, or has gone on since.
    pub(crate) fn is_past(&self, call: u32) -> bool {
        self.end.is_some() || call.saturating_add(1) < self.called()
    }

    /// When it goes on, unless somebody answers: at first after so long, and later in every further
    /// round of everybody after twice as long. `None` for never.
    fn due(&self, after_minutes: u32, everybody: u32) -> Option<Timestamp> {
        if self.end.is_some() || after_minutes == 0 {
            return None;
        }
        let round = self.called().checked_div(everybody.max(1)).unwrap_or(0);
        let minutes = after_minutes.saturating_mul(2_u32.saturating_pow(round.min(ROUNDS)));
        let last = self.calls.last().map_or(self.at, |call| call.at);
        let wait = SignedDuration::from_mins(i64::from(minutes));
        last.checked_add(wait).ok()
    }

    /// As its cards show it; `call`: on the card of that call, counted from 0.
    pub(crate) fn view(&self, seen: &Seen, call: Option<u32>) -> AlertView {
        let call = call.and_then(|call| self.call(call));
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

/// True for two alarms of one cause, whatever else they say.
fn is_same(one: &Alarm, other: &Alarm) -> bool {
    match (one, other) {
        (Alarm::StoreDown(_), Alarm::StoreDown(_))
        | (Alarm::BrokerDown(_), Alarm::BrokerDown(_))
        | (Alarm::CrashLoop { .. }, Alarm::CrashLoop { .. }) => true,
        (
            Alarm::ExitStuck { position: one, .. },
            Alarm::ExitStuck {
                position: other, ..
            },
        )
        | (
            Alarm::ExitRejected { position: one, .. },
            Alarm::ExitRejected {
                position: other, ..
            },
        ) => one == other,
        (Alarm::RoomLost { room: one, .. }, Alarm::RoomLost { room: other, .. }) => one == other,
        (Alarm::Deaf { surface: one, .. }, Alarm::Deaf { surface: other, .. }) => one == other,
        (Alarm::Stopped(one), Alarm::Stopped(other)) => match (one.event, other.event) {
            (TradingEvent::Brake(one), TradingEvent::Brake(other)) => {
                discriminant(&one) == discriminant(&other)
            }
            (one, other) => one == other,
        },
        _ => one == other,
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
fn position_of(alarm: &Alarm) -> Option<PositionId> {
    match alarm {
        Alarm::ExitStuck { position, .. }
        | Alarm::LegsDiverged(position)
        | Alarm::ExitRejected { position, .. } => Some(*position),
        Alarm::News(news) => Some(news.position),
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

impl Seen {
    /// True for the card of a call that nobody waits for any more, and for that of an override that is
    /// over: drawn anew where it stands, and posted nowhere.
    pub(crate) fn is_past(&self, card: CardKey) -> bool {
        match card {
            CardKey::Call(number, call) => {
                let alert = self.desk.alerts.numbered(number);
                alert.is_none_or(|it| it.is_past(call))
            }
            CardKey::Override(id) => {
                let known = self.overrides.get(&id);
                known.is_none_or(|it| it.state.has_ended())
            }
            _ => false,
        }
    }
}

impl Draft {
    /// An alarm of this unit waits for somebody, unless a person made it.
    pub(crate) fn alert(&mut self, index: u32, alarm: Alarm) {
        if !waits(&alarm, self.actor()) {
            return;
        }
        let mut desk = self.seen().desk.clone();
        let (place, now) = ((self.seen().seq, index), self.now());
        let replaced = desk.alerts.opened(place, alarm, now);
        let crowded_out = desk.alerts.crowded_out();
        self.desk(desk);
        if let Some((seq, index)) = replaced {
            self.draw(CardKey::Alarm(seq, index));
        }
        if let Some(number) = crowded_out {
            self.end_alert(number, AlertEnd::Crowded);
        }
    }

    /// Ends the alerts that this unit answered.
    pub(crate) fn end_alerts(&mut self, events: &[Event]) {
        let seen = self.seen();
        let end = |alert: &Alert| {
            let new = alert.places().any(|(seq, _)| seq == seen.seq);
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
        for (seq, index) in alert.places() {
            self.draw(CardKey::Alarm(seq, index));
        }
        for (place, call) in (alert.passed..).zip(&alert.calls) {
            self.draw_call(number, place, &call.rooms);
        }
    }

    fn draw_call(&mut self, number: u32, place: u32, rooms: &[Room]) {
        let card = CardKey::Call(number, place);
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
}
