//! Calling: what nobody answered goes on to the next person or room, and what this process saw to be
//! over ends.

use std::{cmp::Reverse, collections::BTreeSet, sync::Arc};

use countersign_domain::{
    event::{Alarm, Fact},
    ids::DeskId,
    operator::{Operator, Role, Room},
    refusal::Answer,
    view::AlertEnd,
};
use jiff::Timestamp;

use super::{Alert, CALLS, Call};
use crate::{
    desk::Desk,
    draft::Draft,
    manners::is_private,
    ports::StoreError,
    seen::Seen,
    settings::AlarmSettings,
    work::{Done, Work},
};

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
    let everybody = u32::try_from(order(seen, settings).len()).unwrap_or(u32::MAX);
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

/// True for a room in which, as an alarm says itself, it reaches nobody.
fn is_cut_off(room: Room, alarm: &Alarm) -> bool {
    match alarm {
        Alarm::RoomLost { room: lost, .. } => room == *lost,
        Alarm::Deaf { surface, .. } => room.surface == *surface,
        _ => false,
    }
}

/// Where somebody is called: a person in the rooms of the platforms on which they are known, else
/// everywhere, but never in the private chat of somebody else.
fn rooms_of(seen: &Seen, alarm: &Alarm, callee: Option<&Callee>) -> Vec<Room> {
    let person = match callee {
        Some(Callee::Person(person)) => Some(person),
        _ => None,
    };
    let of_others = |room: Room| {
        person.is_some_and(|person| {
            let mut others = seen.operators.values().filter(|it| it.id != person.id);
            others.any(|it| it.identities.iter().any(|who| is_private(room, who)))
        })
    };
    let rooms = seen.desk.rooms.iter().copied();
    let mut rooms: Vec<Room> = rooms.filter(|room| !of_others(*room)).collect();
    if rooms.iter().any(|room| !is_cut_off(*room, alarm)) {
        rooms.retain(|room| !is_cut_off(*room, alarm));
    }
    let wanted = |room: &Room| match callee {
        Some(Callee::Person(person)) => {
            let mut known = person.identities.iter();
            room.surface.is_platform() && known.any(|it| it.surface == room.surface)
        }
        Some(Callee::Room(one)) => room == one,
        None => true,
    };
    let narrow: Vec<Room> = rooms.iter().copied().filter(wanted).collect();
    if narrow.is_empty() { rooms } else { narrow }
}

/// An alert goes on to who is next.
fn call(draft: &mut Draft, number: u32, order: &[Callee]) {
    let (mut desk, now) = (draft.seen().desk.clone(), draft.now());
    let mut known = desk.alerts.known.iter_mut();
    let Some(alert) = known.find(|it| it.number == number) else {
        return;
    };
    let place = alert.called();
    let next = usize::try_from(place).ok();
    let next = next.and_then(|place| order.get(place.checked_rem(order.len())?));
    let rooms = rooms_of(draft.seen(), &alert.alarm, next);
    let person = match next {
        Some(Callee::Person(person)) => Some(person),
        _ => None,
    };
    alert.calls.push(Call {
        at: now,
        person: person.map(|it| it.id),
        rooms: rooms.clone(),
    });
    if alert.calls.len() > CALLS {
        alert.calls.remove(0);
        alert.passed = alert.passed.saturating_add(1);
    }
    let alarm = alert.alarm.clone();
    draft.desk(desk);
    draft.note(Fact::AlarmCalled {
        alarm,
        name: person.map(|it| it.name.clone()),
    });
    draft.draw_call(number, place, &rooms);
}

impl Desk {
    /// Lets what nobody answered go on.
    pub(crate) async fn escalate(&self, seen: &Seen) -> Result<(), StoreError> {
        let over: BTreeSet<u32> = {
            let open = seen.desk.alerts.open();
            open.filter(|it| self.is_over(it))
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

    /// True when this process saw that the cause of an alarm is gone: that it saw nothing of it, as after
    /// a start, is no proof.
    fn is_over(&self, alert: &Alert) -> bool {
        let memory = self.memory();
        let (_, raised) = alert.newest();
        let since = |at: Option<Timestamp>| at.is_some_and(|at| at >= raised);
        match &alert.alarm {
            Alarm::BrokerDown(_) => since(memory.worked.broker),
            Alarm::StoreDown(_) => !memory.store_down,
            Alarm::RoomLost { room, .. } => since(memory.worked.rooms.get(room).copied()),
            Alarm::Deaf { surface, .. } => since(memory.worked.surfaces.get(surface).copied()),
            _ => false,
        }
    }
}
