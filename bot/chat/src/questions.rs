//! Questions: what ends something is asked once more. The desk keeps what was asked, by whom and how
//! everything stood, for 30 seconds; the button names the question alone.

use countersign_cards::{Action, Button, Style, Tone, chat, command::Closing};
use countersign_desk::{press::Verb, twice::Subject};
use countersign_domain::{
    ids::{PositionId, TapId},
    refusal::{Answer, Refusal},
    view::{Header, PositionView},
};

use crate::{
    reply::Reply,
    talk::{Asker, Talk},
};

impl Talk {
    /// Asks once more before a position is closed.
    pub(crate) async fn ask_close(&self, asker: &Asker, position: PositionId) -> Reply {
        match self.open_ones(|view| view.position.id == position).await {
            Ok((views, header)) => self.ask_close_views(asker, &views, &header).await,
            Err(why) => self.refused(&why),
        }
    }

    /// Asks once more before these positions are closed; where there are none, says so.
    pub(crate) async fn ask_close_these(
        &self,
        asker: &Asker,
        what: &Closing,
        wanted: impl Fn(&PositionView) -> bool,
    ) -> Reply {
        match self.open_ones(wanted).await {
            Ok((views, _)) if views.is_empty() => {
                match self.desk.may_ask(asker.press(), Verb::Close).await {
                    Ok(()) => {
                        Reply::told(Tone::Neutral, chat::nothing_to_close(what, &self.locale))
                    }
                    Err(why) => self.refused(&why),
                }
            }
            Ok((views, header)) => self.ask_close_views(asker, &views, &header).await,
            Err(why) => self.refused(&why),
        }
    }

    async fn open_ones(
        &self,
        wanted: impl Fn(&PositionView) -> bool,
    ) -> Answer<(Vec<PositionView>, Header)> {
        let board = self.desk.board().await;
        let board = board.map_err(|_| Refusal::StoreUnavailable)?;
        let views = board.positions.into_iter().filter(wanted).collect();
        Ok((views, board.header))
    }

    async fn ask_close_views(
        &self,
        asker: &Asker,
        views: &[PositionView],
        header: &Header,
    ) -> Reply {
        let subject = Subject::Close(views.iter().map(|it| it.position.id).collect());
        let question = self.close_question(views, header);
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
    pub(crate) fn yes_or_no(&self, nonce: TapId) -> Vec<Button> {
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
}
