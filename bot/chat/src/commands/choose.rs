//! Choosing: a command that still needs something is answered with what there is to choose from.

use countersign_cards::{
    Action, Button, Style, Tone,
    button::Asking,
    command::{Argument, Command, Kind, sorry_missing},
};
use countersign_domain::operator::Role;

use crate::{
    reply::Reply,
    suggest::Suggestion,
    talk::{Asker, Talk},
};

/// Buttons of one choice: a phone shows them without scrolling.
const MOST: usize = 12;

/// How long exits may be held from a button.
const SPANS: [&str; 3] = ["15m", "1h", "4h"];

impl Talk {
    /// Asks for what a command still needs: by buttons where it is an id or a name.
    pub(super) async fn missing(
        &self,
        asker: &Asker,
        (command, argument): (Command, &'static Argument),
        given: &[(String, String)],
    ) -> Reply {
        let known: Vec<(&str, &str)> = given
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let button = |choice: Suggestion| {
            let mut values = known.clone();
            values.push((argument.name, &choice.value));
            let action = Action::Ask(Asking::of(command, &values)?);
            Some(Button {
                label: choice.label,
                action,
                style: Style::Secondary,
            })
        };
        let choices = self.choices(asker, argument).await.into_iter();
        let mut buttons: Vec<Button> = choices.filter_map(button).take(MOST).collect();
        let text = sorry_missing(command, argument, !buttons.is_empty(), &self.locale);
        if buttons.is_empty() {
            return Reply::told(Tone::Bad, text);
        }
        buttons.push(Button {
            label: countersign_cards::chat::yes_or_no(&self.locale).1,
            action: Action::Leave(self.desk.id()),
            style: Style::Secondary,
        });
        Reply::Choice(text, buttons)
    }

    /// What may stand there, for the one who asks: who is on no list is offered nothing.
    async fn choices(&self, asker: &Asker, argument: &Argument) -> Vec<Suggestion> {
        let Ok(Some(operator)) = self.desk.operator(&asker.who).await else {
            return Vec::new();
        };
        let may = |needs: Option<Role>| Some(operator.role) >= needs;
        let words = argument.choices().iter().filter(|it| may(it.needs));
        let words = words.map(|choice| Suggestion {
            label: self.locale.say(choice.label),
            value: choice.word.to_owned(),
        });
        let mut choices: Vec<Suggestion> = match argument.kind {
            Kind::SpanOr(_) => SPANS.into_iter().map(Suggestion::plain).collect(),
            // Too many to choose from.
            Kind::Choice(_) | Kind::Command => Vec::new(),
            _ => self.suggestions(&asker.who, argument, "").await,
        };
        let is_word = |it: &Suggestion| argument.choices().iter().any(|word| word.word == it.value);
        choices.retain(|it| !is_word(it));
        // Things first: there are fewer of them than words where both may stand.
        choices.truncate(MOST.saturating_sub(argument.choices().len()).max(1));
        choices.into_iter().chain(words).collect()
    }
}
