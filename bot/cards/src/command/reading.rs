//! From arguments to what was asked.

mod settings;

use countersign_domain::{
    instrument::Symbol, limits::LimitCode, money::Usd, operator::Role, trading::TradingState,
};
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{
    asked::{
        Approving, Asked, Audited, Bounds, Closing, Days, Format, Granting, Lasting, LettingPass,
        LimitChange, Overriding, Period, Switching, Watching,
    },
    exits::PlanChange,
    fault::{Fault, Unread},
    fragment::Fragment,
    front::nearest,
    idea::Proposal,
    names::Command,
    read,
    spec::{Argument, Choice, Kind, Spec},
};

/// Arguments with what was given for them.
pub(super) struct Given {
    command: Command,
    values: Vec<(&'static Argument, String)>,
}

impl Given {
    pub(super) const fn new(command: Command) -> Self {
        Self {
            command,
            values: Vec::new(),
        }
    }

    fn spec(&self) -> &'static Spec {
        self.command.spec()
    }

    /// Notes a value; an argument has one.
    pub(super) fn put(&mut self, argument: &'static Argument, value: String) -> Result<(), Unread> {
        if self.text(argument.name).is_some() {
            return Err(Unread::TooMuch {
                command: self.command,
                typed: argument.name.to_owned(),
            });
        }
        self.values.push((argument, value));
        Ok(())
    }

    fn text(&self, name: &str) -> Option<&str> {
        let mut values = self.values.iter();
        let found = values.find(|(argument, _)| argument.name == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The next argument that has no value yet and may have one.
    pub(super) fn next(&self) -> Option<&'static Argument> {
        let action = self.action();
        let mut arguments = self.spec().arguments.iter();
        arguments.find(|it| self.text(it.name).is_none() && it.applies(action))
    }

    /// The action among the values, as the table writes it.
    fn action(&self) -> Option<&'static str> {
        let first = self.spec().arguments.first()?;
        let typed = self.text(first.name)?;
        let mut actions = self.spec().actions().iter();
        let found = actions.find(|choice| choice.word.eq_ignore_ascii_case(typed));
        found.map(|choice| choice.word)
    }

    /// Refuses an action that is none.
    pub(super) fn check_action(&self) -> Result<(), Unread> {
        if let Some(first) = self.spec().arguments.first()
            && let Kind::Choice(choices) = first.kind
        {
            self.maybe(first.name, |text| chosen(choices, text))?;
        }
        Ok(())
    }

    /// Looks for what is missing, and for what may not stand there.
    fn check(&self) -> Result<(), Unread> {
        // It decides about everything else.
        self.check_action()?;
        let action = self.action();
        for (argument, _) in &self.values {
            if !argument.applies(action) {
                return Err(Unread::TooMuch {
                    command: self.command,
                    typed: argument.name.to_owned(),
                });
            }
        }
        let mut arguments = self.spec().arguments.iter();
        match arguments.find(|it| it.is_needed(action) && self.text(it.name).is_none()) {
            Some(missing) => Err(self.missing(missing)),
            None => Ok(()),
        }
    }

    fn missing(&self, argument: &'static Argument) -> Unread {
        let given = self.values.iter();
        Unread::Missing {
            command: self.command,
            argument,
            choices: argument.choices(),
            given: given
                .map(|(argument, value)| (argument.name.to_owned(), value.clone()))
                .collect(),
        }
    }

    /// The argument's value, if it was given.
    fn maybe<T>(
        &self,
        name: &str,
        read: impl FnOnce(&str) -> Result<T, Fault>,
    ) -> Result<Option<T>, Unread> {
        let Some((argument, text)) = self.values.iter().find(|(it, _)| it.name == name) else {
            return Ok(None);
        };
        match read(text) {
            Ok(value) => Ok(Some(value)),
            Err(fault) => Err(Unread::Wrong {
                command: self.command,
                argument,
                typed: text.chars().take(80).collect(),
                fault,
            }),
        }
    }

    /// The argument's value; [`Given::check`] saw that it is there, or it is missing here.
    fn one<T>(&self, name: &str, read: impl FnOnce(&str) -> Result<T, Fault>) -> Result<T, Unread> {
        match (self.maybe(name, read)?, self.spec().argument(name)) {
            (Some(value), _) => Ok(value),
            (None, Some(argument)) => Err(self.missing(argument)),
            (None, None) => Err(Unread::TooMuch {
                command: self.command,
                typed: name.to_owned(),
            }),
        }
    }

    fn id(&self, name: &str) -> Result<Fragment, Unread> {
        self.one(name, |text| text.parse().map_err(|_| Fault::Kind))
    }

    fn symbol(&self) -> Result<Symbol, Unread> {
        self.one("symbol", read::symbol)
    }

    fn reason(&self) -> Result<Option<String>, Unread> {
        let reason = self.maybe("reason", free)?;
        Ok(reason)
    }

    fn choice(&self, name: &str) -> Result<Option<&'static str>, Unread> {
        let choices = self
            .spec()
            .argument(name)
            .map_or(&[][..], |it| it.choices());
        self.maybe(name, |text| chosen(choices, text))
    }

    fn value<T: Copy>(
        &self,
        name: &str,
        all: &[T],
        word: fn(T) -> &'static str,
    ) -> Result<Option<T>, Unread> {
        let typed = self.choice(name)?;
        Ok(typed.and_then(|typed| all.iter().copied().find(|it| word(*it) == typed)))
    }
}

/// One of the words, in capitals or not, with dashes for underscores or not.
fn chosen(choices: &'static [Choice], text: &str) -> Result<&'static str, Fault> {
    let typed = text.to_ascii_lowercase().replace('-', "_");
    let mut words = choices.iter().map(|choice| choice.word);
    words
        .clone()
        .find(|word| *word == typed)
        .ok_or_else(|| Fault::Choice(nearest(&typed, &mut words)))
}

/// Free text, or what is wrong with it.
fn free(text: &str) -> Result<String, Fault> {
    let text = read::free(text).ok_or(Fault::Kind)?;
    if text.chars().count() > read::LONGEST {
        return Err(Fault::Long);
    }
    Ok(text)
}

fn or_kind<T>(read: impl FnOnce(&str) -> Option<T>) -> impl FnOnce(&str) -> Result<T, Fault> {
    |text| read(text).ok_or(Fault::Kind)
}

/// What a command with these arguments asks for.
pub(super) fn understand(command: Command, given: &Given) -> Result<Asked, Unread> {
    given.check()?;
    Ok(match command {
        Command::Help => Asked::Help(given.maybe("command", command_named)?),
        Command::Status => Asked::Status,
        Command::Board => Asked::Board,
        Command::Positions => Asked::Positions,
        Command::Position => Asked::Position(given.id("position")?),
        Command::Profit => Asked::Profit(period(given)?.unwrap_or(Period::Day)),
        Command::Account => Asked::Account,
        Command::Greeks => {
            let id = given.maybe("position", |text| text.parse().map_err(|_| Fault::Kind))?;
            Asked::Greeks(id)
        }
        Command::Tickets => Asked::Tickets,
        Command::Ticket => Asked::Ticket(given.id("ticket")?),
        Command::Why => Asked::Why(given.id("ticket")?),
        Command::Signals => Asked::Signals,
        Command::Signal => Asked::Signal(given.id("signal")?),
        Command::WhyNot => Asked::WhyNot(given.symbol()?),
        Command::News => Asked::News(given.maybe("symbol", read::symbol)?),
        Command::Orders => Asked::Orders,
        Command::History => Asked::History,
        Command::Quote => Asked::Quote(given.symbol()?),
        Command::Chain => Asked::Chain(given.symbol()?, given.maybe("expiry", day)?),
        Command::Report => Asked::Report(given.maybe("day", day)?),
        Command::Overrides => Asked::Overrides,
        Command::Scan => Asked::Scan,
        Command::Audit => {
            let about = |text: &str| match text.to_ascii_lowercase().as_str() {
                "today" => Ok(Audited::Today),
                _ => person(text).map(Audited::About),
            };
            let audited = given.maybe("subject", about)?;
            Asked::Audit(audited.unwrap_or(Audited::Newest))
        }
        Command::Link => Asked::Link(given.maybe("code", or_kind(read::code))?),
        Command::WhoAmI => Asked::WhoAmI,
        Command::Ping => Asked::Ping,
        Command::Version => Asked::Version,
        _ => return act(command, given),
    })
}

/// The same of commands that change something.
fn act(command: Command, given: &Given) -> Result<Asked, Unread> {
    Ok(match command {
        Command::Close => Asked::Close(closing(given)?),
        Command::Cancel => Asked::Cancel(given.id("order")?),
        Command::Hold => {
            let position = given.id("position")?;
            let lasting = given.one("for", |text| match text.to_ascii_lowercase().as_str() {
                "off" => Ok(None),
                _ => read::span(text).map(Some).ok_or(Fault::Kind),
            })?;
            Asked::Hold(position, lasting)
        }
        Command::LetPass => Asked::LetPass(letting_pass(given)?),
        Command::ExitPlan => {
            let change = given.one("plan", |text| PlanChange::read(&words(text)))?;
            Asked::ExitPlan(given.id("position")?, change)
        }
        Command::Propose => {
            let proposal = given.one("idea", |text| Proposal::read(&words(text)))?;
            Asked::Propose(Box::new(proposal))
        }
        Command::Watchlist => Asked::Watchlist(match given.action() {
            Some("add") => Watching::Add(given.symbol()?),
            Some("remove") => Watching::Remove(given.symbol()?),
            _ => Watching::Show,
        }),
        Command::Strategies => Asked::Strategies(match given.action() {
            Some("on") => Switching::On(strategy(given)?),
            Some("off") => Switching::Off(strategy(given)?),
            _ => Switching::Show,
        }),
        Command::Limits => Asked::Limits(match given.action() {
            Some("set") => Some(limit_change(given)?),
            _ => None,
        }),
        Command::Override => Asked::Override(overriding(given)?),
        Command::Approve => Asked::Approve(approving(given)?),
        Command::Halt => Asked::Trading(TradingState::Halted, given.reason()?),
        Command::Resume => Asked::Trading(TradingState::Active, given.reason()?),
        Command::Panic => Asked::Panic(given.reason()?),
        Command::Export => {
            let format = given.value("format", &Format::ALL, Format::word)?;
            let days = given.maybe("period", days)?;
            let days = days.unwrap_or(Days::Of(Period::All));
            Asked::Export(format.unwrap_or(Format::Csv), days)
        }
        Command::Settings => Asked::Settings(settings::setting(given)?),
        Command::Perms => Asked::Perms(granting(given)?),
        // Pause and reduce, which are one; every other command only reads.
        _ => Asked::Trading(TradingState::Reducing, given.reason()?),
    })
}

/// Which veto, for how long and why.
fn letting_pass(given: &Given) -> Result<LettingPass, Unread> {
    let lasting = given.one("for", |text| match text.to_ascii_lowercase().as_str() {
        "off" => Ok(None),
        _ => read::span(text).map(Some).ok_or(Fault::Kind),
    })?;
    Ok(LettingPass {
        symbol: given.symbol()?,
        veto: given.one("veto", or_kind(read::veto))?,
        lasting,
        reason: given.reason()?,
    })
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

fn command_named(text: &str) -> Result<Command, Fault> {
    let name = text.strip_prefix('/').unwrap_or(text);
    Command::named(name).ok_or_else(|| {
        let words = Command::ALL.map(Command::name);
        Fault::Choice(nearest(name, words.into_iter()))
    })
}

fn day(text: &str) -> Result<Date, Fault> {
    read::day(text).ok_or(Fault::Day)
}

fn period(given: &Given) -> Result<Option<Period>, Unread> {
    given.value("period", &Period::ALL, Period::word)
}

/// A word, a day, or two of them in order.
fn days(text: &str) -> Result<Days, Fault> {
    let word = text.to_ascii_lowercase();
    let mut periods = Period::ALL.into_iter();
    if let Some(period) = periods.find(|it| it.word() == word) {
        return Ok(Days::Of(period));
    }
    let (from, to) = text.split_once("..").unwrap_or((text, text));
    match (read::day(from), read::day(to)) {
        (Some(from), Some(to)) if from <= to => Ok(Days::Between(from, to)),
        _ => Err(Fault::Kind),
    }
}

fn strategy(given: &Given) -> Result<String, Unread> {
    given.one("strategy", or_kind(read::name))
}

fn closing(given: &Given) -> Result<Closing, Unread> {
    given.one("what", |text| match text.to_ascii_lowercase().as_str() {
        "profitable" => Ok(Closing::Profitable),
        "expiring" => Ok(Closing::Expiring),
        "all" => Ok(Closing::All),
        _ => text.parse().map(Closing::One).map_err(|_| Fault::Kind),
    })
}

fn limit_change(given: &Given) -> Result<LimitChange, Unread> {
    let code: Option<LimitCode> = given.choice("limit")?.and_then(read::limit_of);
    let value = |text: &str| -> Result<(LimitCode, Decimal), Fault> {
        let code = code.ok_or(Fault::Kind)?;
        Ok((code, read::limit_value(code, text)?))
    };
    let (code, value) = given.one("value", value)?;
    Ok(LimitChange { code, value })
}

fn overriding(given: &Given) -> Result<Overriding, Unread> {
    Ok(match given.action() {
        Some("grant") => Overriding::Grant(given.id("id")?),
        Some("refuse") => Overriding::Refuse(given.id("id")?),
        Some("revoke") => Overriding::Revoke(given.id("id")?),
        _ => Overriding::Ask {
            change: limit_change(given)?,
            lasting: given.one("lasting", or_kind(lasting))?,
            reason: given.one("reason", free)?,
        },
    })
}

fn lasting(text: &str) -> Option<Lasting> {
    if text.eq_ignore_ascii_case("once") {
        return Some(Lasting::Once);
    }
    let time = || read::time(text).map(Lasting::Until);
    read::span(text).map(Lasting::For).or_else(time)
}

fn approving(given: &Given) -> Result<Approving, Unread> {
    let dollars = |name| -> Result<Usd, Unread> { given.one(name, read::dollars) };
    Ok(match given.action() {
        Some("sign") => Approving::Sign(Bounds {
            per_day: given.one("per_day", or_kind(|text| read::whole(text, 1..=1_000)))?,
            loss_per_ticket: dollars("loss_per_ticket")?,
            loss_per_day: dollars("loss_per_day")?,
            lasting: given.one("for", or_kind(read::span))?,
            underlying: given.maybe("symbol", read::symbol)?,
            strategy: given.maybe("strategy", or_kind(read::name))?,
        }),
        Some("revoke") => Approving::Revoke(given.id("id")?),
        _ => Approving::Show,
    })
}

fn granting(given: &Given) -> Result<Granting, Unread> {
    let person = || given.one("person", person);
    Ok(match given.action() {
        Some("grant") => Granting::Grant {
            person: person()?,
            role: given
                .value(
                    "role",
                    &[Role::Viewer, Role::Trader, Role::Admin],
                    read::role_word,
                )?
                .unwrap_or(Role::Viewer),
        },
        Some("revoke") => Granting::Revoke { person: person()? },
        _ => Granting::Show,
    })
}

/// A person's name, or what a surface puts where somebody was picked.
fn person(text: &str) -> Result<String, Fault> {
    let text = read::free(text).ok_or(Fault::Kind)?;
    if text.chars().count() > 64 {
        return Err(Fault::Kind);
    }
    Ok(text)
}
