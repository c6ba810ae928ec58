//! Questions: what ends something is asked once more, bound to what the question showed and to 30
//! seconds. Both travel with the button, so that a question holds over a restart and an old one is inert.

use countersign_cards::{Action, Button, Style, Tone, button::Until, chat};
use countersign_desk::{
    desk::{DeskAsk, PositionAsk},
    seen::Seen,
};
use countersign_domain::{
    exit::ExitPlan,
    ids::{PositionId, Revision},
    money::Percent,
    refusal::Refusal,
};

use crate::{
    reply::Reply,
    talk::{Asker, Talk},
};

/// What a question showed of a position: another one with each execution.
fn shown(seen: &Seen, position: PositionId) -> Revision {
    let executions = seen.executions.get(&position).map_or(0, |all| all.len());
    Revision(u32::try_from(executions).unwrap_or(u32::MAX).max(1))
}

impl Talk {
    /// Asks once more before a position is closed.
    pub(crate) async fn ask_close(&self, asker: &Asker, position: PositionId) -> Reply {
        let (Ok(seen), Ok(board)) = (self.desk.seen().await, self.desk.board().await) else {
            // Closing waits for nobody: without a store the first press is enough.
            return self.close(asker, position).await;
        };
        if let Err(why) = self.desk.may_close(asker.press()).await {
            return self.refused(&why);
        }
        let view = board.positions.iter().find(|it| it.position.id == position);
        let Some(view) = view else {
            return self.refused(&Refusal::UnknownPosition);
        };
        let until = Until::from(self.desk.now());
        let now = Action::CloseNow(position, shown(&seen, position), until);
        let text = chat::close_question(view, &board.header, &self.locale);
        Reply::Choice(text, self.yes_or_no(now))
    }

    /// A button that does it, and one that leaves it.
    pub(crate) fn yes_or_no(&self, yes: Action) -> Vec<Button> {
        let (go_on, leave) = chat::yes_or_no(&yes, &self.locale);
        vec![
            Button {
                label: go_on,
                action: yes,
                style: Style::Danger,
            },
            Button {
                label: leave,
                action: Action::Leave(self.desk.id()),
                style: Style::Secondary,
            },
        ]
    }

    /// The second press.
    pub(crate) async fn close_now(
        &self,
        asker: &Asker,
        position: PositionId,
        (as_shown, until): (Revision, Until),
    ) -> Reply {
        if !until.counts(self.desk.now()) {
            return Reply::told(Tone::Bad, chat::too_late(&self.locale));
        }
        let changed = match self.desk.seen().await {
            Ok(seen) => shown(&seen, position) != as_shown,
            Err(_) => false,
        };
        if changed {
            return Reply::told(Tone::Bad, chat::changed(&self.locale));
        }
        self.close(asker, position).await
    }

    async fn close(&self, asker: &Asker, position: PositionId) -> Reply {
        let ask = PositionAsk::Close;
        let answer = self.desk.ask_position(asker.press(), position, ask).await;
        self.came_to(&Action::Close(position), answer)
    }

    /// Halts and closes everything: the second press.
    pub(crate) async fn flatten(&self, asker: &Asker, until: Until) -> Reply {
        if !until.counts(self.desk.now()) {
            return Reply::told(Tone::Bad, chat::too_late(&self.locale));
        }
        let reason = chat::panic_reason(&self.locale);
        let answer = self
            .desk
            .ask_desk(asker.press(), DeskAsk::Flatten, &reason)
            .await;
        self.came_to(&Action::Flatten(self.desk.id(), until), answer)
    }

    /// Brings a stop to half its distance; where there is none, to a tenth of the premium.
    pub(crate) async fn tighten(
        &self,
        asker: &Asker,
        position: PositionId,
        as_shown: Revision,
    ) -> Reply {
        let Ok(seen) = self.desk.seen().await else {
            return self.refused(&Refusal::StoreUnavailable);
        };
        let Some(held) = seen.positions.get(&position) else {
            return self.refused(&Refusal::UnknownPosition);
        };
        if shown(&seen, position) != as_shown {
            return Reply::told(Tone::Bad, chat::changed(&self.locale));
        }
        let plan = ExitPlan {
            stop_loss: Some(tighter(held.exit_plan.stop_loss)),
            ..held.exit_plan
        };
        let ask = PositionAsk::ExitPlan(plan);
        let answer = self.desk.ask_position(asker.press(), position, ask).await;
        self.came_to(&Action::Tighten(position, as_shown), answer)
    }
}

fn tighter(stop: Option<Percent>) -> Percent {
    stop.map_or(Percent(10), |Percent(stop)| Percent((stop / 2).max(1)))
}
