//! What a row of the table is made of.

use countersign_domain::operator::Role;

use super::names::Command;

/// One command: who may ask for it, what it takes, and how it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spec {
    /// Which.
    pub command: Command,
    /// The least role that may ask for any of it; `None` for everybody. For help and registration:
    /// the right itself is checked by the desk.
    pub needs: Option<Role>,
    /// The desk's name of the verb that it comes to; `None` where it only reads, or where the verb
    /// goes by the action.
    pub verb: Option<&'static str>,
    /// What it takes, in the order in which it is typed; what is always needed comes first.
    pub arguments: &'static [Argument],
    /// Its arguments in an example that the desk would understand.
    pub example: &'static str,
}

/// One argument of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Argument {
    /// What it is called where arguments have names.
    pub name: &'static str,
    /// The key of the sentence that says what it is.
    pub about: &'static str,
    /// What may stand there.
    pub kind: Kind,
    /// When it has to stand there.
    pub presence: Presence,
}

/// What an argument may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One of these words.
    Choice(&'static [Choice]),
    /// The name of a command.
    Command,
    /// A ticker symbol.
    Symbol,
    /// The id of something, or its end.
    Id(Thing),
    /// The id of something, or its end, or one of these words.
    IdOr(Thing, &'static [Choice]),
    /// The id of something, or its end, a person, or one of these words.
    Subject(&'static [Choice]),
    /// A strategy's name.
    Strategy,
    /// The name of what the news has against a trade.
    Veto,
    /// The kind of a notification.
    Notice,
    /// A person, as the surface or the desk calls them.
    Person,
    /// A code that links two surfaces.
    Code,
    /// A time zone's name.
    Zone,
    /// A whole number in this range.
    Number {
        /// The least.
        least: u32,
        /// The most.
        most: u32,
    },
    /// A value in the unit of the limit that stands beside it.
    Value,
    /// Dollars above zero.
    Dollars,
    /// How long: `90m`, `2h`, `3d`.
    Span,
    /// How long, or one of these words.
    SpanOr(&'static [Choice]),
    /// How long, until what time of the day, or one of these words.
    Lasting(&'static [Choice]),
    /// A day: `2026-12-18`.
    Day,
    /// A day, a day and a later one: `2026-01-01..2026-03-31`, or one of these words.
    Days(&'static [Choice]),
    /// A time of the day, or one of these words.
    TimeOr(&'static [Choice]),
    /// A trade in one line; takes the rest of what is typed.
    Idea,
    /// Changes of an exit plan; takes the rest of what is typed.
    Plan,
    /// Free text; takes the rest of what is typed.
    Text,
}

/// What an id is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Thing {
    /// A position.
    Position,
    /// A ticket.
    Ticket,
    /// An order.
    Order,
    /// A signal.
    Signal,
    /// An override.
    Override,
    /// A standing approval.
    Standing,
    /// Any of them.
    Any,
}

/// A word that may be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The word as it is typed and sent.
    pub word: &'static str,
    /// The key of its label.
    pub label: &'static str,
    /// The least role that this choice needs, where it differs from its command's.
    pub needs: Option<Role>,
    /// The desk's verb that this choice comes to.
    pub verb: Option<&'static str>,
}

/// When an argument has to stand there. An action is the choice of a command's first argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Always.
    Needed,
    /// Never.
    Optional,
    /// With these actions; with others it may not stand there.
    NeededFor(&'static [&'static str]),
    /// Never, and only with these actions may it.
    OptionalFor(&'static [&'static str]),
}

impl Spec {
    /// The argument of that name.
    pub fn argument(&self, name: &str) -> Option<&'static Argument> {
        let mut arguments = self.arguments.iter();
        arguments.find(|argument| argument.name.eq_ignore_ascii_case(name))
    }

    /// Its actions, where its first argument is one of some words.
    pub fn actions(&self) -> &'static [Choice] {
        match self.arguments.first().map(|first| first.kind) {
            Some(Kind::Choice(choices)) => choices,
            _ => &[],
        }
    }

    /// The whole example: `/close profitable`.
    pub fn example(&self) -> String {
        format!("/{} {}", self.command.name(), self.example)
            .trim_end()
            .to_owned()
    }

    /// True for a role that may ask for it; `None` is a stranger.
    pub fn is_for(&self, role: Option<Role>) -> bool {
        role >= self.needs
    }
}

impl Argument {
    /// True when it has to stand there with that action.
    pub fn is_needed(&self, action: Option<&str>) -> bool {
        match self.presence {
            Presence::Needed => true,
            Presence::NeededFor(actions) => among(actions, action),
            Presence::Optional | Presence::OptionalFor(_) => false,
        }
    }

    /// True when it may stand there with that action.
    pub fn applies(&self, action: Option<&str>) -> bool {
        match self.presence {
            Presence::Needed | Presence::Optional => true,
            Presence::NeededFor(actions) | Presence::OptionalFor(actions) => among(actions, action),
        }
    }

    /// The words that may stand there, if it is not only them.
    pub const fn choices(&self) -> &'static [Choice] {
        match self.kind {
            Kind::Choice(choices)
            | Kind::IdOr(_, choices)
            | Kind::SpanOr(choices)
            | Kind::Subject(choices)
            | Kind::Lasting(choices)
            | Kind::Days(choices)
            | Kind::TimeOr(choices) => choices,
            _ => &[],
        }
    }

    /// True where a surface can offer what there is while somebody types: the list is longer than
    /// the table knows, lives in the desk, or is of words beside which something else may stand.
    pub const fn completes(&self) -> bool {
        matches!(
            self.kind,
            Kind::Command
                | Kind::Symbol
                | Kind::Id(_)
                | Kind::IdOr(..)
                | Kind::Subject(_)
                | Kind::Strategy
                | Kind::Veto
                | Kind::Notice
                | Kind::Person
                | Kind::SpanOr(_)
                | Kind::Lasting(_)
                | Kind::TimeOr(_)
                | Kind::Days(_)
                | Kind::Day
        )
    }

    /// True when it takes the rest of what is typed, blanks included.
    pub const fn takes_rest(&self) -> bool {
        matches!(self.kind, Kind::Idea | Kind::Plan | Kind::Text)
    }

    /// The same one, not needed.
    pub(super) const fn optional(mut self) -> Self {
        self.presence = Presence::Optional;
        self
    }

    /// The same one, needed with these actions.
    pub(super) const fn needed_for(mut self, actions: &'static [&'static str]) -> Self {
        self.presence = Presence::NeededFor(actions);
        self
    }

    /// The same one, possible with these actions.
    pub(super) const fn optional_for(mut self, actions: &'static [&'static str]) -> Self {
        self.presence = Presence::OptionalFor(actions);
        self
    }
}

fn among(actions: &[&str], action: Option<&str>) -> bool {
    action.is_some_and(|action| actions.contains(&action))
}
