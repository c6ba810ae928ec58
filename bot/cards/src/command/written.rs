//! What was asked, written again: as options and as a line.

use countersign_domain::{money::Usd, trading::TradingState};

use super::{
    asked::{
        Approving, Asked, Audited, Bounds, Closing, Days, Granting, Lasting, LimitChange,
        Overriding, Scope, Setting, Switching, Watching,
    },
    front::quoted,
    names::Command,
    read,
    spec::Kind,
};
use crate::{locale::Language, typed};

/// An argument's name and value.
type Pair = (&'static str, String);

impl Asked {
    /// Which command asks for it.
    pub const fn command(&self) -> Command {
        match self {
            Self::Help(_) => Command::Help,
            Self::Status => Command::Status,
            Self::Board => Command::Board,
            Self::Positions => Command::Positions,
            Self::Position(_) => Command::Position,
            Self::Profit(_) => Command::Profit,
            Self::Account => Command::Account,
            Self::Greeks(_) => Command::Greeks,
            Self::Tickets => Command::Tickets,
            Self::Ticket(_) => Command::Ticket,
            Self::Why(_) => Command::Why,
            Self::Signals => Command::Signals,
            Self::Signal(_) => Command::Signal,
            Self::WhyNot(_) => Command::WhyNot,
            Self::News(_) => Command::News,
            Self::LetPass(_) => Command::LetPass,
            Self::Orders => Command::Orders,
            Self::History => Command::History,
            Self::Quote(_) => Command::Quote,
            Self::Chain(..) => Command::Chain,
            Self::Report(_) => Command::Report,
            Self::Close(_) => Command::Close,
            Self::Cancel(_) => Command::Cancel,
            Self::Hold(..) => Command::Hold,
            Self::ExitPlan(..) => Command::ExitPlan,
            Self::Propose(_) => Command::Propose,
            Self::Scan => Command::Scan,
            Self::Watchlist(_) => Command::Watchlist,
            Self::Strategies(_) => Command::Strategies,
            Self::Limits(_) => Command::Limits,
            Self::Override(_) => Command::Override,
            Self::Overrides => Command::Overrides,
            Self::Approve(_) => Command::Approve,
            Self::Trading(TradingState::Active, _) => Command::Resume,
            Self::Trading(TradingState::Reducing, _) => Command::Reduce,
            Self::Trading(TradingState::Halted, _) => Command::Halt,
            Self::Panic(_) => Command::Panic,
            Self::Audit(_) => Command::Audit,
            Self::Export(..) => Command::Export,
            Self::Settings(_) => Command::Settings,
            Self::Link(_) => Command::Link,
            Self::WhoAmI => Command::WhoAmI,
            Self::Perms(_) => Command::Perms,
            Self::Ping => Command::Ping,
            Self::Version => Command::Version,
        }
    }

    /// Its arguments by name, in the order of the table: what [`super::parse_options`] reads.
    pub fn options(&self) -> Vec<(String, String)> {
        let pairs = self.pairs().into_iter();
        pairs
            .map(|(name, value)| (name.to_owned(), value))
            .collect()
    }

    /// The line that [`super::parse_text`] reads. An argument behind one that is left out stands
    /// behind its name.
    pub fn text(&self) -> String {
        let mut line = format!("/{}", self.command().name());
        let pairs = self.pairs();
        let spec = self.command().spec();
        let action = spec
            .actions()
            .iter()
            .map(|choice| choice.word)
            .find(|word| {
                let first = pairs.first();
                first.is_some_and(|(_, value)| value == word)
            });
        let mut gap = false;
        for argument in spec.arguments.iter().filter(|it| it.applies(action)) {
            let Some((name, value)) = pairs.iter().find(|(name, _)| *name == argument.name) else {
                gap = true;
                continue;
            };
            line.push(' ');
            if gap {
                line.push_str(name);
                line.push(':');
            }
            match argument.kind {
                Kind::Idea | Kind::Plan => line.push_str(value),
                kind => line.push_str(&quoted(value, kind == Kind::Text)),
            }
        }
        line
    }

    fn pairs(&self) -> Vec<Pair> {
        match self {
            Self::Help(Some(command)) => vec![("command", command.name().to_owned())],
            Self::Position(id) | Self::Greeks(Some(id)) => vec![("position", id.to_string())],
            Self::Profit(period) => vec![("period", period.word().to_owned())],
            Self::Ticket(id) | Self::Why(id) => vec![("ticket", id.to_string())],
            Self::Signal(id) => vec![("signal", id.to_string())],
            Self::WhyNot(symbol) | Self::Quote(symbol) | Self::News(Some(symbol)) => {
                vec![("symbol", symbol.to_string())]
            }
            Self::Chain(symbol, expiry) => {
                let mut pairs = vec![("symbol", symbol.to_string())];
                pairs.extend(expiry.map(|day| ("expiry", day.to_string())));
                pairs
            }
            Self::LetPass(passing) => {
                let lasting = passing
                    .lasting
                    .map_or_else(|| "off".to_owned(), read::span_text);
                let mut pairs = vec![
                    ("symbol", passing.symbol.to_string()),
                    ("veto", passing.veto.clone()),
                    ("for", lasting),
                ];
                pairs.extend(passing.reason.clone().map(|reason| ("reason", reason)));
                pairs
            }
            Self::Report(Some(day)) => vec![("day", day.to_string())],
            Self::Close(closing) => vec![("what", closed(closing))],
            Self::Cancel(id) => vec![("order", id.to_string())],
            Self::Hold(id, lasting) => {
                let lasting = lasting.map_or_else(|| "off".to_owned(), read::span_text);
                vec![("position", id.to_string()), ("for", lasting)]
            }
            Self::ExitPlan(id, change) => {
                vec![("position", id.to_string()), ("plan", change.text())]
            }
            Self::Propose(proposal) => vec![("idea", proposal.text())],
            Self::Watchlist(watching) => watched(*watching),
            Self::Strategies(switching) => switched(switching),
            Self::Limits(Some(change)) => acted("set", limit(*change)),
            Self::Override(overriding) => overridden(overriding),
            Self::Approve(approving) => approved(approving),
            Self::Trading(_, Some(reason)) | Self::Panic(Some(reason)) => {
                vec![("reason", reason.clone())]
            }
            Self::Audit(Audited::Today) => vec![("subject", "today".to_owned())],
            Self::Audit(Audited::About(text)) => vec![("subject", text.clone())],
            Self::Export(format, days) => vec![
                ("format", format.word().to_owned()),
                ("period", stretch(*days)),
            ],
            Self::Settings(setting) => set(setting),
            Self::Link(Some(code)) => vec![("code", code.clone())],
            Self::Perms(granting) => granted(granting),
            _ => Vec::new(),
        }
    }
}

fn acted(action: &str, rest: impl IntoIterator<Item = Pair>) -> Vec<Pair> {
    let mut pairs = vec![("action", action.to_owned())];
    pairs.extend(rest);
    pairs
}

fn stretch(days: Days) -> String {
    match days {
        Days::Of(period) => period.word().to_owned(),
        Days::Between(from, to) if from == to => from.to_string(),
        Days::Between(from, to) => format!("{from}..{to}"),
    }
}

fn closed(closing: &Closing) -> String {
    match closing {
        Closing::One(id) => id.to_string(),
        Closing::Profitable => "profitable".to_owned(),
        Closing::Expiring => "expiring".to_owned(),
        Closing::All => "all".to_owned(),
    }
}

fn watched(watching: Watching) -> Vec<Pair> {
    match watching {
        Watching::Show => acted("show", []),
        Watching::Add(symbol) => acted("add", [("symbol", symbol.to_string())]),
        Watching::Remove(symbol) => acted("remove", [("symbol", symbol.to_string())]),
    }
}

fn switched(switching: &Switching) -> Vec<Pair> {
    match switching {
        Switching::Show => acted("show", []),
        Switching::On(name) => acted("on", [("strategy", name.clone())]),
        Switching::Off(name) => acted("off", [("strategy", name.clone())]),
    }
}

fn limit(change: LimitChange) -> [Pair; 2] {
    [
        ("limit", read::limit_word(change.code).to_owned()),
        ("value", read::limit_text(change.code, change.value)),
    ]
}

fn overridden(overriding: &Overriding) -> Vec<Pair> {
    match overriding {
        Overriding::Ask {
            change,
            lasting,
            reason,
        } => {
            let mut pairs = acted("ask", limit(*change));
            let lasting = match lasting {
                Lasting::Once => "once".to_owned(),
                Lasting::For(span) => read::span_text(*span),
                Lasting::Until(time) => read::time_text(*time),
            };
            pairs.push(("lasting", lasting));
            pairs.push(("reason", reason.clone()));
            pairs
        }
        Overriding::Grant(id) => acted("grant", [("id", id.to_string())]),
        Overriding::Refuse(id) => acted("refuse", [("id", id.to_string())]),
        Overriding::Revoke(id) => acted("revoke", [("id", id.to_string())]),
    }
}

fn approved(approving: &Approving) -> Vec<Pair> {
    match approving {
        Approving::Show => acted("show", []),
        Approving::Sign(bounds) => signed(bounds),
        Approving::Revoke(id) => acted("revoke", [("id", id.to_string())]),
    }
}

fn signed(bounds: &Bounds) -> Vec<Pair> {
    let dollars = |amount: Usd| typed::written(&amount.decimal());
    let mut pairs = acted(
        "sign",
        [
            ("per_day", bounds.per_day.to_string()),
            ("loss_per_ticket", dollars(bounds.loss_per_ticket)),
            ("loss_per_day", dollars(bounds.loss_per_day)),
            ("for", read::span_text(bounds.lasting)),
        ],
    );
    pairs.extend(bounds.underlying.map(|it| ("symbol", it.to_string())));
    pairs.extend(bounds.strategy.clone().map(|it| ("strategy", it)));
    pairs
}

fn set(setting: &Setting) -> Vec<Pair> {
    let (mut pairs, scope) = match setting {
        Setting::Show => (acted("show", []), None),
        Setting::Notify {
            notice,
            volume,
            scope,
        } => {
            let rest = [
                ("notice", notice.clone()),
                ("volume", volume.word().to_owned()),
            ];
            (acted("notify", rest), *scope)
        }
        Setting::Quiet { hours, zone, scope } => {
            let mut pairs = match hours {
                Some((from, to)) => acted(
                    "quiet",
                    [
                        ("from", read::time_text(*from)),
                        ("to", read::time_text(*to)),
                    ],
                ),
                None => acted("quiet", [("from", "off".to_owned())]),
            };
            pairs.extend(zone.clone().map(|zone| ("zone", zone)));
            (pairs, *scope)
        }
        Setting::Language { language, scope } => {
            let word = match language {
                Language::English => "en",
                Language::German => "de",
            };
            (acted("language", [("language", word.to_owned())]), *scope)
        }
    };
    pairs.extend(scope.map(|scope: Scope| ("scope", scope.word().to_owned())));
    pairs
}

fn granted(granting: &Granting) -> Vec<Pair> {
    match granting {
        Granting::Show => acted("show", []),
        Granting::Grant { person, role } => acted(
            "grant",
            [
                ("person", person.clone()),
                ("role", read::role_word(*role).to_owned()),
            ],
        ),
        Granting::Revoke { person } => acted("revoke", [("person", person.clone())]),
    }
}
