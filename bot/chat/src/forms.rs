//! Forms: what a press still needs, and what is done with what is handed in.

use countersign_cards::{
    Action, Tone, chat,
    command::{Command, PlanChange, parse_options},
    say, typed,
};
use countersign_desk::desk::{DeskAsk, Edited, PositionAsk};
use countersign_domain::{
    ids::{PositionId, Revision, TicketId},
    money::{Contracts, Price},
    refusal::{Answer, Invalid, Refusal},
    structure::Structure,
};
use jiff::SignedDuration;

use crate::{
    reply::{Entry, Form, Reply},
    talk::{Asker, Talk},
};

/// Values by the names of their entries, as a person gave them.
type Values<'a> = &'a [(String, String)];

impl Talk {
    /// The form of a press that needs more.
    pub(crate) async fn form(&self, action: Action) -> Reply {
        let entries = match action {
            Action::Edit(ticket, _) | Action::Terms(ticket, _) => match self.terms(ticket).await {
                Ok(entries) => entries,
                Err(why) => return self.refused(&why),
            },
            Action::Confirm(..) => {
                let label = self.say("console-field-typed");
                vec![entry("contracts", label, String::new())]
            }
            Action::ExitPlan(position) => match self.plan(position).await {
                Ok(plan) => vec![plan],
                Err(why) => return self.refused(&why),
            },
            Action::Hold(_) => {
                let most = self.desk.settings().hold_minutes;
                let label = say!(self.locale, "console-field-minutes", most = most);
                vec![entry("minutes", label, String::new())]
            }
            _ => {
                let mut reason = entry("reason", self.say("console-field-reason"), String::new());
                reason.long = true;
                vec![reason]
            }
        };
        Reply::Form(Form {
            title: countersign_cards::press::form_title(&action, &self.locale),
            action,
            entries,
        })
    }

    fn say(&self, key: &str) -> String {
        self.locale.say(key)
    }

    /// Contracts and limit as the card has them.
    async fn terms(&self, ticket: TicketId) -> Answer<Vec<Entry>> {
        let view = self.desk.ticket_view(ticket).await;
        let view = view.map_err(|_| Refusal::StoreUnavailable)?;
        let ticket = view.ok_or(Refusal::UnknownTicket)?.ticket;
        let credit = ticket.structure.kind().is_credit();
        let label = if credit {
            "console-field-receive"
        } else {
            "console-field-pay"
        };
        let limit = ticket.terms.limit;
        let limit = if credit { -limit } else { limit };
        let contracts = ticket.terms.contracts.to_string();
        Ok(vec![
            entry("contracts", self.say("console-field-contracts"), contracts),
            entry(
                "limit",
                self.say(label),
                typed::filled_in(&limit, &self.locale),
            ),
        ])
    }

    /// The exit plan of a position as it is, in the words in which it is changed.
    async fn plan(&self, position: PositionId) -> Answer<Entry> {
        let seen = self.desk.seen().await;
        let seen = seen.map_err(|_| Refusal::StoreUnavailable)?;
        let known = seen.positions.get(&position);
        let plan = known.ok_or(Refusal::UnknownPosition)?.exit_plan;
        let plan = PlanChange::to(&plan).text();
        Ok(entry("plan", chat::plan_entry(&self.locale), plan))
    }

    /// A form that was handed in, by what its action carries.
    pub async fn hand_in(&self, asker: &Asker, payload: &str, values: Values<'_>) -> Reply {
        let talk = self.speaking(asker).await;
        if let Err(why) = talk.desk.hears_out(&asker.who).await {
            return talk.refused(&why);
        }
        talk.handed_in(asker, payload, values).await
    }

    async fn handed_in(&self, asker: &Asker, payload: &str, values: Values<'_>) -> Reply {
        let action = match Action::decode(payload) {
            Ok(action) => action,
            Err(fault) => {
                let text = countersign_cards::button_error(&fault, &self.locale);
                return Reply::told(Tone::Bad, text);
            }
        };
        if let Err(why) = self.is_let(asker, &action).await {
            return self.refused(&why);
        }
        let answer = match action {
            Action::Edit(ticket, revision) | Action::Terms(ticket, revision) => {
                let Ok(limit) = typed::dollars(given(values, "limit")) else {
                    return Reply::told(Tone::Bad, self.say("typed-unclear"));
                };
                let terms = (given(values, "contracts"), limit.as_str());
                self.edit(asker, ticket, revision, terms).await
            }
            Action::Hold(position) => {
                let most = self.desk.settings().hold_minutes;
                let minutes = whole(given(values, "minutes"), most);
                let Some(minutes) = minutes else {
                    let text = say!(self.locale, "console-fault-minutes", most = most);
                    return Reply::told(Tone::Bad, text);
                };
                let until = self.desk.now() + SignedDuration::from_mins(minutes.into());
                let ask = PositionAsk::Hold(until);
                self.desk.ask_position(asker.press(), position, ask).await
            }
            Action::Confirm(ticket, revision) => {
                let typed = whole(given(values, "contracts"), Contracts::MOST.0);
                let (shown, typed) = ((ticket, revision), typed.map(Contracts));
                return self.confirm_typed(asker, shown, typed).await;
            }
            Action::ExitPlan(position) => {
                return self
                    .change_plan(asker, position, given(values, "plan"))
                    .await;
            }
            Action::Halt(_) => {
                let reason = Some(given(values, "reason").to_owned());
                return self.ask_desk_twice(asker, false, reason).await;
            }
            Action::Reduce(_) => self.ask(asker, DeskAsk::Reduce, values).await,
            Action::Resume(_) => self.ask(asker, DeskAsk::Resume, values).await,
            // Anything else needs no form: the button says it all.
            other => return self.pressed(asker, other).await,
        };
        self.came_to(&action, answer)
    }

    /// As the command with the same words.
    async fn change_plan(&self, asker: &Asker, position: PositionId, plan: &str) -> Reply {
        let options = [
            ("position", position.to_string()),
            ("plan", plan.to_owned()),
        ];
        let options = options.map(|(name, value)| (name.to_owned(), value));
        let read = parse_options(Command::ExitPlan.name(), &options);
        Box::pin(self.command(asker, read)).await
    }

    async fn ask(
        &self,
        asker: &Asker,
        ask: DeskAsk,
        values: Values<'_>,
    ) -> Answer<countersign_desk::work::Done> {
        let reason = given(values, "reason");
        self.desk.ask_desk(asker.press(), ask, reason).await
    }

    async fn edit(
        &self,
        asker: &Asker,
        ticket: TicketId,
        revision: Revision,
        (contracts, limited): (&str, &str),
    ) -> Answer<countersign_desk::work::Done> {
        let seen = self.desk.seen().await;
        let seen = seen.map_err(|_| Refusal::StoreUnavailable)?;
        let structure = seen.tickets.get(&ticket).map(|it| &it.structure);
        let contracts = whole(contracts, Contracts::MOST.0);
        let contracts = contracts.ok_or(Refusal::Invalid(Invalid::Contracts))?;
        let edited = Edited {
            contracts: Some(Contracts(contracts)),
            limit: Some(limit(limited, structure)?),
        };
        let press = asker.press();
        self.desk.edit(press, ticket, revision, edited).await
    }
}

fn entry(name: &'static str, label: String, value: String) -> Entry {
    Entry {
        name,
        label,
        value,
        long: false,
    }
}

fn given<'a>(values: Values<'a>, name: &str) -> &'a str {
    let found = values.iter().find(|(of, _)| of == name);
    found.map_or("", |(_, value)| value.trim())
}

/// A whole number from 1 to `most`, in plain digits.
fn whole(text: &str, most: u32) -> Option<u32> {
    let digits = !text.is_empty() && text.len() <= 9 && text.bytes().all(|it| it.is_ascii_digit());
    let number = text.parse().ok().filter(|_| digits);
    number.filter(|number| (1..=most).contains(number))
}

/// A limit as people say it, above zero, as the structure has it: what a credit structure receives
/// is below zero.
fn limit(text: &str, structure: Option<&Structure>) -> Answer<Price> {
    let price: Option<Price> = text.parse().ok();
    let price = price.filter(|price| price.is_positive());
    let price = price.ok_or(Refusal::Invalid(Invalid::Limit))?;
    let credit = structure.is_some_and(|it| it.kind().is_credit());
    Ok(if credit { -price } else { price })
}
