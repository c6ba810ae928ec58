//! The commands by name.

use super::{spec::Spec, table::TABLE};

macro_rules! commands {
    ($($command:ident $name:literal $about:literal,)*) => {
        /// A command: what it is for stands in the language files.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Command {
            $(#[doc = concat!("`/", $name, "`")] $command,)*
        }

        impl Command {
            /// Every command, in the order of help.
            pub const ALL: [Self; [$($name),*].len()] = [$(Self::$command),*];

            /// What it is called on every surface.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$command => $name,)* }
            }

            /// The key of the sentence that says what it is for.
            pub const fn about(self) -> &'static str {
                match self { $(Self::$command => $about,)* }
            }
        }
    };
}

commands! {
    Help "help" "command-help",
    Status "status" "command-status",
    Board "board" "command-board",
    Positions "positions" "command-positions",
    Position "position" "command-position",
    Profit "pnl" "command-pnl",
    Account "account" "command-account",
    Greeks "greeks" "command-greeks",
    Tickets "tickets" "command-tickets",
    Ticket "ticket" "command-ticket",
    Why "why" "command-why",
    Signals "signals" "command-signals",
    Signal "signal" "command-signal",
    WhyNot "whynot" "command-whynot",
    News "news" "command-news",
    Orders "orders" "command-orders",
    History "history" "command-history",
    Quote "quote" "command-quote",
    Chain "chain" "command-chain",
    Report "report" "command-report",
    Close "close" "command-close",
    Cancel "cancel" "command-cancel",
    Hold "hold" "command-hold",
    ExitPlan "exitplan" "command-exitplan",
    Propose "propose" "command-propose",
    Scan "scan" "command-scan",
    Watchlist "watchlist" "command-watchlist",
    Strategies "strategies" "command-strategies",
    Limits "limits" "command-limits",
    LetPass "letpass" "command-letpass",
    Override "override" "command-override",
    Overrides "overrides" "command-overrides",
    Approve "approve" "command-approve",
    Pause "pause" "command-pause",
    Reduce "reduce" "command-reduce",
    Halt "halt" "command-halt",
    Panic "panic" "command-panic",
    Resume "resume" "command-resume",
    Audit "audit" "command-audit",
    Export "export" "command-export",
    Settings "settings" "command-settings",
    Link "link" "command-link",
    WhoAmI "whoami" "command-whoami",
    Perms "perms" "command-perms",
    Ping "ping" "command-ping",
    Version "version" "command-version",
}

impl Command {
    /// The command of that name, in capitals or not.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|command| command.name().eq_ignore_ascii_case(name))
    }

    /// Its row of the table.
    pub fn spec(self) -> &'static Spec {
        let row = TABLE.iter().find(|spec| spec.command == self);
        // A test holds that every command has its row.
        row.unwrap_or(&TABLE[0])
    }
}
