//! Why a command was not understood, and what to do.

use super::{
    names::Command,
    spec::{Argument, Choice, Kind},
};
use crate::{locale::Locale, people::verbatim, say};

/// Why no [`super::Asked`] could be made of what was typed or chosen. Nothing was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unread {
    /// There is no such command.
    Unknown {
        /// What was typed.
        typed: String,
        /// The command whose name is nearest.
        nearest: Option<Command>,
        /// True when it was addressed to us by name, or only we could be meant.
        addressed: bool,
    },
    /// Something is missing: ask for it.
    Missing {
        /// Of which command.
        command: Command,
        /// What is missing.
        argument: &'static Argument,
        /// The words that may stand there, if any.
        choices: &'static [Choice],
        /// What was given by name, as [`super::parse_options`] takes it.
        given: Vec<(String, String)>,
    },
    /// Something is not what it should be.
    Wrong {
        /// Of which command.
        command: Command,
        /// Which argument.
        argument: &'static Argument,
        /// What was given.
        typed: String,
        /// What is wrong with it.
        fault: Fault,
    },
    /// Something more than the command takes, or given twice.
    TooMuch {
        /// Of which command.
        command: Command,
        /// What is too much.
        typed: String,
    },
}

/// What is wrong with one argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is not of the argument's kind.
    Kind,
    /// It is none of the words; the nearest one.
    Choice(Option<&'static str>),
    /// It is too long.
    Long,
    /// A trade is bought or sold.
    Side,
    /// Contracts are counted from 1 to 1,000,000.
    Count,
    /// No such day, or written in another way.
    Day,
    /// No strike with its right.
    Strike,
    /// The word `limit` and a price above zero.
    Price,
    /// The legs are no structure that the desk trades.
    Structure,
    /// What is bought would receive money.
    BuysCredit,
    /// What is sold would pay money.
    SellsDebit,
    /// No part of an exit plan.
    Part,
    /// A part of an exit plan that stands twice, or without its figure.
    PartValue,
    /// A percentage from 1 to 1,000.
    Percent,
    /// Two percentages.
    Trail,
    /// A time of the day.
    Clock,
    /// Days from 0 to 365.
    Days,
    /// A percentage or basis points.
    Share,
    /// Seconds.
    Seconds,
    /// A whole number.
    Whole,
    /// Dollars.
    Dollars,
    /// One mark with three digits behind it: thousands or decimals.
    Unclear,
}

/// What was not understood, why, and an example of what would be.
pub fn sorry(unread: &Unread, locale: &Locale) -> String {
    match unread {
        Unread::Unknown { typed, nearest, .. } => {
            let typed = verbatim(typed);
            match nearest {
                Some(near) => say!(
                    locale,
                    "unread-unknown-near",
                    typed = typed,
                    nearest = near.name()
                ),
                None => say!(locale, "unread-unknown", typed = typed),
            }
        }
        Unread::Missing {
            command, argument, ..
        } => sorry_missing(*command, argument, false, locale),
        Unread::Wrong {
            command,
            argument,
            typed,
            fault,
        } => say!(
            locale,
            "unread-wrong",
            typed = verbatim(typed),
            fault = reason(*fault, argument, locale),
            example = command.spec().example()
        ),
        Unread::TooMuch { command, typed } => say!(
            locale,
            "unread-too-much",
            typed = verbatim(typed),
            example = command.spec().example()
        ),
    }
}

/// What is missing, and an example; with choices below it, that one of them may be pressed.
pub fn sorry_missing(
    command: Command,
    argument: &Argument,
    has_choices: bool,
    locale: &Locale,
) -> String {
    let key = if has_choices {
        "unread-choose"
    } else {
        "unread-missing"
    };
    say!(
        locale,
        key,
        what = locale.say(argument.about),
        example = command.spec().example()
    )
}

fn reason(fault: Fault, argument: &Argument, locale: &Locale) -> String {
    let key = match fault {
        Fault::Kind => return unlike(argument, locale),
        Fault::Choice(nearest) => {
            let words: Vec<&str> = argument.choices().iter().map(|it| it.word).collect();
            let words = words.join(", ");
            return match nearest {
                Some(nearest) => say!(locale, "fault-choice-near", nearest = nearest),
                None if words.is_empty() => locale.say("fault-command"),
                None => say!(locale, "fault-choice", words = words),
            };
        }
        Fault::Long => "fault-long",
        Fault::Side => "fault-side",
        Fault::Count => "fault-count",
        Fault::Day => "fault-day",
        Fault::Strike => "fault-strike",
        Fault::Price => "fault-price",
        Fault::Structure => "fault-structure",
        Fault::BuysCredit => "fault-buys-credit",
        Fault::SellsDebit => "fault-sells-debit",
        Fault::Part => "fault-part",
        Fault::PartValue => "fault-part-value",
        Fault::Percent => "fault-percent",
        Fault::Trail => "fault-trail",
        Fault::Clock => "fault-clock",
        Fault::Days => "fault-days",
        Fault::Share => "fault-share",
        Fault::Seconds => "fault-seconds",
        Fault::Whole => "fault-whole",
        Fault::Unclear => "typed-unclear",
        Fault::Dollars => "fault-dollars",
    };
    locale.say(key)
}

/// What an argument of that kind looks like.
fn unlike(argument: &Argument, locale: &Locale) -> String {
    let words: Vec<&str> = argument.choices().iter().map(|it| it.word).collect();
    let words = words.join(", ");
    let key = match argument.kind {
        Kind::Symbol => "fault-symbol",
        Kind::Id(_) => "fault-id",
        Kind::IdOr(..) => return say!(locale, "fault-id-or", words = words),
        Kind::Strategy | Kind::Notice => "fault-name",
        Kind::Veto => "fault-veto",
        Kind::Person | Kind::Subject(_) => "fault-person",
        Kind::Code => "fault-code",
        Kind::Zone => "fault-zone",
        Kind::Number { least, most } => {
            return say!(locale, "fault-number", least = least, most = most);
        }
        Kind::Dollars => "fault-dollars",
        Kind::Span => "fault-span",
        Kind::SpanOr(_) => return say!(locale, "fault-span-or", words = words),
        Kind::Lasting(_) => return say!(locale, "fault-lasting", words = words),
        Kind::Day => "fault-day",
        Kind::Days(_) => return say!(locale, "fault-stretch", words = words),
        Kind::TimeOr(_) if words.is_empty() => "fault-clock",
        Kind::TimeOr(_) => return say!(locale, "fault-clock-or", words = words),
        Kind::Choice(_) | Kind::Command => "fault-command",
        Kind::Value => "fault-whole",
        Kind::Idea => "fault-side",
        Kind::Plan => "fault-part",
        Kind::Text => "fault-long",
    };
    locale.say(key)
}
