//! Questions: what ends something is asked once more. The desk keeps what was asked, by whom and how
//! everything stood, for 30 seconds; the button names the question alone.

use countersign_cards::{Action, Button, Style, Tone, chat};
use countersign_desk::{desk::PositionAsk, seen::Seen, twice::Subject};
use countersign_domain::{
    exit::ExitPlan,
    ids::{PositionId, Revision, TapId},
    money::Percent,
    refusal::Refusal,
    view::{Header, PositionView},
};

use crate::{
    reply::Reply,
    talk::{Asker, Talk},
};

/// What a card showed of a position: another one with each execution.
fn shown(seen: &Seen, position: PositionId) -> Revision {
    let executions = seen.executions.get(&position).map_or(0, |all| all.len());
    Revision::of_executions(executions)
}

impl Talk {
    /// Asks once more before a position is closed.
    pub(crate) async fn ask_close(&self, asker: &Asker, position: PositionId) -> Reply {
        self.ask_close_these(asker, |view| view.position.id == position)
            .await
    }

    /// Asks once more before these positions are closed.
    pub(crate) async fn ask_close_these(
        &self,
        asker: &Asker,
        wanted: impl Fn(&PositionView) -> bool,
    ) -> Reply {
        let Ok(board) = self.desk.board().await else {
            return self.refused(&Refusal::StoreUnavailable);
        };
        let views: Vec<_> = board.positions.into_iter().filter(wanted).collect();
        let subject = Subject::Close(views.iter().map(|it| it.position.id).collect());
        let question = self.close_question(&views, &board.header);
        self.ask_once_more(asker, subject, question).await
    }

    fn close_question(&self, views: &[PositionView], header: &Header) -> String {
        match views {
            [only] => chat::close_question(only, header, &self.locale),
            many => chat::close_many_question(many, header, &self.locale),
        }
    }

    /// Asks once more before the desk is halted, or halted and flattened.
    pub(crate) async fn ask_desk_twice(
        &self,
        asker: &Asker,
        flatten: bool,
        reason: Option<String>,
    ) -> Reply {
        let reason = reason.unwrap_or_else(|| chat::no_reason(&self.locale));
        let positions = match self.desk.seen().await {
            Ok(seen) => seen.open_positions().count(),
            Err(_) => 0,
        };
        let subject = if flatten {
            Subject::Flatten { reason }
        } else {
            Subject::Halt { reason }
        };
        let question = chat::desk_question(flatten, positions, &self.locale);
        self.ask_once_more(asker, subject, question).await
    }

    async fn ask_once_more(&self, asker: &Asker, subject: Subject, question: String) -> Reply {
        match self.desk.ask_twice(asker.press(), subject).await {
            Ok(tap) => Reply::Choice(question, self.yes_or_no(tap.nonce)),
            Err(why) => self.refused(&why),
        }
    }

    /// A button that does it, and one that leaves it.
    fn yes_or_no(&self, nonce: TapId) -> Vec<Button> {
        let (go_on, leave) = chat::yes_or_no(&self.locale);
        vec![
            Button {
                label: go_on,
                action: Action::Second(nonce),
                style: Style::Danger,
            },
            Button {
                label: leave,
                action: Action::Leave(self.desk.id()),
                style: Style::Secondary,
            },
        ]
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
