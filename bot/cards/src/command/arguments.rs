//! The arguments of all commands, and the words that may be chosen.

use countersign_domain::operator::Role;

use super::spec::{Argument, Choice, Kind, Presence, Thing};

const ADMIN: Option<Role> = Some(Role::Admin);
const TRADER: Option<Role> = Some(Role::Trader);

const fn argument(name: &'static str, about: &'static str, kind: Kind) -> Argument {
    Argument {
        name,
        about,
        kind,
        presence: Presence::Needed,
    }
}

/// A word that needs no more than its command.
const fn word(word: &'static str, label: &'static str) -> Choice {
    Choice {
        word,
        label,
        needs: None,
        verb: None,
    }
}

/// A word with a right and a verb of its own.
const fn act(
    word: &'static str,
    label: &'static str,
    needs: Option<Role>,
    verb: Option<&'static str>,
) -> Choice {
    Choice {
        word,
        label,
        needs,
        verb,
    }
}

#[rustfmt::skip]
mod choices {
    use super::{ADMIN, Choice, TRADER, act, word};

    pub(super) const CLOSING: &[Choice] = &[
        word("profitable", "choice-profitable"),
        word("expiring", "choice-expiring"),
        word("all", "choice-all"),
    ];
    pub(super) const PERIODS: &[Choice] = &[
        word("day", "choice-day"),
        word("week", "choice-week"),
        word("month", "choice-month"),
        word("all", "choice-all-time"),
    ];
    pub(super) const FORMATS: &[Choice] = &[word("csv", "choice-csv"), word("json", "choice-json")];
    pub(super) const TODAY: &[Choice] = &[word("today", "choice-day")];
    pub(super) const LETTING_GO: &[Choice] = &[word("off", "choice-release")];
    pub(super) const WATCHING: &[Choice] = &[
        word("show", "choice-show"),
        act("add", "choice-add", ADMIN, Some("watchlist")),
        act("remove", "choice-remove", ADMIN, Some("watchlist")),
    ];
    pub(super) const SWITCHING: &[Choice] = &[
        word("show", "choice-show"),
        act("on", "choice-on", ADMIN, Some("strategies")),
        act("off", "choice-off", ADMIN, Some("strategies")),
    ];
    pub(super) const LIMITING: &[Choice] = &[
        word("show", "choice-show"),
        act("set", "choice-set", ADMIN, Some("set-limit")),
    ];
    pub(super) const OVERRIDING: &[Choice] = &[
        act("ask", "choice-ask", TRADER, Some("ask-override")),
        act("grant", "choice-grant", ADMIN, Some("grant-override")),
        act("refuse", "choice-refuse", ADMIN, Some("refuse-override")),
        act("revoke", "choice-revoke", ADMIN, Some("revoke-override")),
    ];
    pub(super) const APPROVING: &[Choice] = &[
        word("show", "choice-show"),
        act("sign", "choice-sign", ADMIN, Some("sign-standing")),
        act("revoke", "choice-revoke", TRADER, Some("revoke-standing")),
    ];
    pub(super) const SETTING: &[Choice] = &[
        word("show", "choice-show"),
        word("notify", "choice-notify"),
        word("quiet", "choice-quiet"),
        word("language", "choice-language"),
    ];
    pub(super) const GRANTING: &[Choice] = &[
        word("show", "choice-show"),
        act("grant", "choice-grant-role", ADMIN, None),
        act("revoke", "choice-revoke-role", ADMIN, None),
    ];
    pub(super) const ONCE: &[Choice] = &[word("once", "choice-once")];
    pub(super) const VOLUMES: &[Choice] = &[
        word("loud", "choice-loud"),
        word("silent", "choice-silent"),
        word("off", "choice-muted"),
    ];
    pub(super) const SCOPES: &[Choice] = &[word("me", "choice-me"), word("chat", "choice-chat")];
    pub(super) const LANGUAGES: &[Choice] = &[word("en", "choice-english"), word("de", "choice-german")];
    pub(super) const NEVER: &[Choice] = &[word("off", "choice-no-quiet")];
    pub(super) const ROLES: &[Choice] = &[
        word("viewer", "role-viewer"),
        word("trader", "role-trader"),
        word("admin", "role-admin"),
    ];
    pub(super) const LIMITS: &[Choice] = &[
        word("worst_loss_per_ticket", "limit-worst-loss-per-ticket"),
        word("contracts_per_order", "limit-contracts-per-order"),
        word("value_per_order", "limit-value-per-order"),
        word("open_positions", "limit-open-positions"),
        word("exposure_per_underlying", "limit-exposure-per-underlying"),
        word("orders_per_minute", "limit-orders-per-minute"),
        word("orders_per_day", "limit-orders-per-day"),
        word("daily_loss", "limit-daily-loss"),
        word("quote_age_s", "limit-quote-age"),
        word("spread_bps", "limit-spread"),
        word("drift_bps", "limit-drift"),
    ];
}

use choices as words;

const SYMBOL: Argument = argument("symbol", "argument-symbol", Kind::Symbol);
const POSITION: Argument = argument("position", "argument-position", Kind::Id(Thing::Position));
const TICKET: Argument = argument("ticket", "argument-ticket", Kind::Id(Thing::Ticket));
const REASON: Argument = argument("reason", "argument-reason", Kind::Text).optional();
const EXPIRY: Argument = argument("expiry", "argument-expiry", Kind::Day).optional();
const PERIOD: Argument = argument("period", "argument-period", Kind::Choice(words::PERIODS));

pub(super) const HELP: &[Argument] =
    &[argument("command", "argument-command", Kind::Command).optional()];
pub(super) const ONE_SYMBOL: &[Argument] = &[SYMBOL];
pub(super) const MAYBE_SYMBOL: &[Argument] = &[SYMBOL.optional()];
pub(super) const LET_PASS: &[Argument] = &[
    SYMBOL,
    argument("veto", "argument-veto", Kind::Veto),
    argument("for", "argument-pass-for", Kind::SpanOr(words::LETTING_GO)),
    REASON,
];
pub(super) const CHAIN: &[Argument] = &[SYMBOL, EXPIRY];
pub(super) const ONE_POSITION: &[Argument] = &[POSITION];
pub(super) const MAYBE_POSITION: &[Argument] = &[POSITION.optional()];
pub(super) const ONE_TICKET: &[Argument] = &[TICKET];
pub(super) const ONE_SIGNAL: &[Argument] = &[argument(
    "signal",
    "argument-signal",
    Kind::Id(Thing::Signal),
)];
pub(super) const ONE_ORDER: &[Argument] =
    &[argument("order", "argument-order", Kind::Id(Thing::Order))];
pub(super) const MAYBE_PERIOD: &[Argument] = &[PERIOD.optional()];
pub(super) const MAYBE_DAY: &[Argument] = &[argument("day", "argument-day", Kind::Day).optional()];
pub(super) const MAYBE_REASON: &[Argument] = &[REASON];
pub(super) const MAYBE_SUBJECT: &[Argument] =
    &[argument("subject", "argument-subject", Kind::Subject(words::TODAY)).optional()];
pub(super) const CLOSE: &[Argument] = &[argument(
    "what",
    "argument-what",
    Kind::IdOr(Thing::Position, words::CLOSING),
)];
pub(super) const HOLD: &[Argument] = &[
    POSITION,
    argument("for", "argument-for", Kind::SpanOr(words::LETTING_GO)),
];
pub(super) const EXIT_PLAN: &[Argument] =
    &[POSITION, argument("plan", "argument-plan", Kind::Plan)];
pub(super) const PROPOSE: &[Argument] = &[argument("idea", "argument-idea", Kind::Idea)];
pub(super) const EXPORT: &[Argument] = &[
    argument("format", "argument-format", Kind::Choice(words::FORMATS)),
    argument("period", "argument-days", Kind::Days(words::PERIODS)).optional(),
];
pub(super) const LINK: &[Argument] = &[argument("code", "argument-code", Kind::Code).optional()];

const fn action(choices: &'static [Choice]) -> Argument {
    argument("action", "argument-action", Kind::Choice(choices))
}

pub(super) const WATCHLIST: &[Argument] = &[
    action(words::WATCHING).optional(),
    SYMBOL.needed_for(&["add", "remove"]),
];
pub(super) const STRATEGIES: &[Argument] = &[
    action(words::SWITCHING).optional(),
    STRATEGY.needed_for(&["on", "off"]),
];
const STRATEGY: Argument = argument("strategy", "argument-strategy", Kind::Strategy);
const LIMIT: Argument = argument("limit", "argument-limit", Kind::Choice(words::LIMITS));
const VALUE: Argument = argument("value", "argument-value", Kind::Value);
pub(super) const LIMITS: &[Argument] = &[
    action(words::LIMITING).optional(),
    LIMIT.needed_for(&["set"]),
    VALUE.needed_for(&["set"]),
];
pub(super) const OVERRIDE: &[Argument] = &[
    action(words::OVERRIDING),
    LIMIT.needed_for(&["ask"]),
    VALUE.needed_for(&["ask"]),
    argument("lasting", "argument-lasting", Kind::Lasting(words::ONCE)).needed_for(&["ask"]),
    REASON.needed_for(&["ask"]),
    argument("id", "argument-override", Kind::Id(Thing::Override))
        .needed_for(&["grant", "refuse", "revoke"]),
];
const PER_DAY: Kind = Kind::Number {
    least: 1,
    most: 1_000,
};
pub(super) const APPROVE: &[Argument] = &[
    action(words::APPROVING).optional(),
    argument("per_day", "argument-per-day", PER_DAY).needed_for(&["sign"]),
    argument("loss_per_ticket", "argument-loss-per-ticket", Kind::Dollars).needed_for(&["sign"]),
    argument("loss_per_day", "argument-loss-per-day", Kind::Dollars).needed_for(&["sign"]),
    argument("for", "argument-approve-for", Kind::Span).needed_for(&["sign"]),
    SYMBOL.optional_for(&["sign"]),
    STRATEGY.optional_for(&["sign"]),
    argument("id", "argument-standing", Kind::Id(Thing::Standing)).needed_for(&["revoke"]),
];
pub(super) const SETTINGS: &[Argument] = &[
    action(words::SETTING).optional(),
    argument("notice", "argument-notice", Kind::Notice).needed_for(&["notify"]),
    argument("volume", "argument-volume", Kind::Choice(words::VOLUMES)).needed_for(&["notify"]),
    argument("from", "argument-from", Kind::TimeOr(words::NEVER)).needed_for(&["quiet"]),
    argument("to", "argument-to", Kind::TimeOr(&[])).optional_for(&["quiet"]),
    argument("zone", "argument-zone", Kind::Zone).optional_for(&["quiet"]),
    argument(
        "language",
        "argument-language",
        Kind::Choice(words::LANGUAGES),
    )
    .needed_for(&["language"]),
    argument("scope", "argument-scope", Kind::Choice(words::SCOPES))
        .optional_for(&["notify", "quiet", "language"]),
];
pub(super) const PERMS: &[Argument] = &[
    action(words::GRANTING).optional(),
    argument("person", "argument-person", Kind::Person).needed_for(&["grant", "revoke"]),
    argument("role", "argument-role", Kind::Choice(words::ROLES)).needed_for(&["grant"]),
];
