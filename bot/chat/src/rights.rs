//! Rights: asked before something is shown or a question is put. A verb checks its own right; what comes
//! before one is nobody's who has none.

use countersign_cards::Action;
use countersign_desk::press::{Press, Verb};
use countersign_domain::{
    ids::DeskId,
    operator::{Identity, Role},
    refusal::{Answer, Refusal},
};

use crate::talk::{Asker, Talk};

/// What a press leads to that does nothing by itself yet.
enum Leads {
    /// To something to read.
    Reading,
    /// To a question or a form of that verb, or to a verb that is asked for by how something stands.
    Asking(Verb),
    /// To a verb, which checks the right itself, or to something that everybody may.
    Doing,
}

fn leads(action: &Action) -> Leads {
    match action {
        Action::Why(_)
        | Action::WhyPage(..)
        | Action::Page(..)
        | Action::Leave(_)
        | Action::Back(_)
        | Action::Picture(_) => Leads::Reading,
        Action::Decline(..) => Leads::Asking(Verb::Decline),
        Action::Edit(..) | Action::Terms(..) | Action::Nudge(..) => Leads::Asking(Verb::Edit),
        Action::Hold(_) => Leads::Asking(Verb::Hold),
        Action::ExitPlan(_) | Action::Tighten(..) => Leads::Asking(Verb::ExitPlan),
        Action::Halt(_) => Leads::Asking(Verb::Halt),
        Action::Reduce(_) => Leads::Asking(Verb::Reduce),
        Action::Resume(_) => Leads::Asking(Verb::Resume),
        _ => Leads::Doing,
    }
}

/// True for a button that only leads to something to read.
pub(crate) fn only_reads(action: &Action) -> bool {
    matches!(leads(action), Leads::Reading)
}

/// The desk that a button names.
const fn desk_of(action: &Action) -> Option<DeskId> {
    match action {
        Action::Halt(desk)
        | Action::Reduce(desk)
        | Action::Resume(desk)
        | Action::Leave(desk)
        | Action::Ping(desk)
        | Action::Acknowledge(desk, _)
        | Action::Page(_, desk, _) => Some(*desk),
        _ => None,
    }
}

impl Talk {
    /// Passes when a person may be shown or asked what that button leads to, and it is a button of
    /// this desk. A right that is missing is written down.
    pub(crate) async fn is_let(&self, asker: &Asker, action: &Action) -> Answer<()> {
        let press: Press = asker.press();
        match leads(action) {
            Leads::Reading => self.desk.may_read(press).await?,
            Leads::Asking(verb) => self.desk.may_ask(press, verb).await?,
            Leads::Doing => {}
        }
        match desk_of(action) {
            Some(desk) if desk != self.desk.id() => Err(Refusal::NotOurs),
            _ => Ok(()),
        }
    }

    /// True for who may settle what a question with that button asks: of what is asked twice, the one
    /// who was asked.
    pub async fn settles(&self, who: &Identity, payload: &str) -> bool {
        let Ok(Action::Second(nonce)) = Action::decode(payload) else {
            return self.decides(who).await;
        };
        let Ok(seen) = self.desk.seen().await else {
            return false;
        };
        let asked = seen.taps.get(&nonce).map(|tap| tap.operator);
        let person = seen.operator(who).filter(|it| it.role >= Role::Trader);
        person.is_some_and(|it| asked.is_none_or(|asked| asked == it.id))
    }

    /// True for who may decide something here.
    async fn decides(&self, who: &Identity) -> bool {
        let known = self.desk.operator(who).await;
        known.is_ok_and(|it| it.is_some_and(|it| it.role >= Role::Trader))
    }
}
