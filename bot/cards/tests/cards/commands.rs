//! The table of commands, and what people type and choose.

use std::{collections::BTreeSet, sync::LazyLock};

use countersign_cards::{
    Language, Locale,
    command::{
        Argument, Asked, Clock, Closing, Command, Fault, Fragment, Kind, Lasting, Overriding, Part,
        PlanChange, Presence, TABLE, Thing, Unread, parse_options, parse_text, sorry,
    },
};
use countersign_domain::{
    exit::ExitPlan,
    money::{Contracts, Percent},
    operator::Role,
    structure::StructureKind,
    trading::TradingState,
};
use insta::assert_snapshot;
use jiff::{SignedDuration, civil::time};
use proptest::prelude::*;

use crate::desk::{POSITION, at, plan, price};

static LOCALES: LazyLock<[Locale; 2]> = LazyLock::new(|| Language::ALL.map(Locale::of));

fn typed(line: &str) -> Result<Asked, Unread> {
    parse_text(line, "our_bot").expect("a command for us")
}

fn chosen(name: &str, options: &[(&str, &str)]) -> Result<Asked, Unread> {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    let options: Vec<_> = options.iter().map(owned).collect();
    parse_options(name, &options)
}

fn said(line: &str) -> String {
    sorry(&typed(line).expect_err(line), &Locale::english())
}

fn id(text: &str) -> Fragment {
    text.parse().expect("an id")
}

#[test]
fn every_command_has_one_row_in_its_place() {
    let rows: Vec<Command> = TABLE.iter().map(|spec| spec.command).collect();
    assert_eq!(rows, Command::ALL);
    for command in Command::ALL {
        assert_eq!(command.spec().command, command);
        assert_eq!(
            Command::named(&command.name().to_uppercase()),
            Some(command)
        );
    }
}

#[test]
fn names_fit_both_platforms() {
    let plain = |name: &str| {
        (1..=32).contains(&name.len())
            && name
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    let mut names = BTreeSet::new();
    for spec in &TABLE {
        assert!(plain(spec.command.name()) && names.insert(spec.command.name()));
        let mut arguments = BTreeSet::new();
        for argument in spec.arguments {
            assert!(plain(argument.name) && arguments.insert(argument.name));
            assert!(argument.choices().len() <= 25, "{}", argument.name);
            for choice in argument.choices() {
                assert!(plain(choice.word), "{}", choice.word);
            }
        }
    }
    assert!(names.len() <= 100, "more than a platform registers");
}

#[test]
fn descriptions_are_there_in_every_language_and_short_enough() {
    for language in Language::ALL {
        let locale = Locale::of(language);
        for spec in &TABLE {
            let about = locale.say(spec.command.about());
            assert!((3..=100).contains(&about.chars().count()), "{about}");
            for argument in spec.arguments {
                let about = locale.say(argument.about);
                assert!((3..=100).contains(&about.chars().count()), "{about}");
                for choice in argument.choices() {
                    let label = locale.say(choice.label);
                    assert!((1..=100).contains(&label.chars().count()), "{label}");
                }
            }
        }
    }
}

#[test]
fn what_is_always_needed_comes_first_and_what_takes_the_rest_last() {
    for spec in &TABLE {
        let always: Vec<bool> = spec
            .arguments
            .iter()
            .map(|it| it.presence == Presence::Needed)
            .collect();
        assert!(always.is_sorted_by(|a, b| a >= b), "{:?}", spec.command);
        for action in spec.actions().iter().map(|it| Some(it.word)).chain([None]) {
            let applying: Vec<_> = spec
                .arguments
                .iter()
                .filter(|it| it.applies(action))
                .collect();
            let rests = applying.iter().rev().skip(1);
            assert!(
                !rests.into_iter().any(|it| it.takes_rest()),
                "{:?}",
                spec.command
            );
        }
        for argument in spec.arguments {
            if let Presence::NeededFor(actions) | Presence::OptionalFor(actions) = argument.presence
            {
                for action in actions {
                    assert!(
                        spec.actions().iter().any(|it| it.word == *action),
                        "{action}"
                    );
                }
            }
        }
    }
}

#[test]
fn every_example_is_understood_as_its_own_command() {
    for spec in &TABLE {
        let asked = typed(&spec.example()).unwrap_or_else(|error| panic!("{error:?}"));
        // Pause is another word for reduce.
        let command = match spec.command {
            Command::Pause => Command::Reduce,
            command => command,
        };
        assert_eq!(asked.command(), command);
    }
}

#[test]
fn no_action_needs_less_than_its_command() {
    for spec in &TABLE {
        for choice in spec.arguments.iter().flat_map(Argument::choices) {
            assert!(
                choice.needs.is_none() || choice.needs >= spec.needs,
                "{}",
                choice.word
            );
        }
    }
    let open: Vec<&str> = TABLE
        .iter()
        .filter(|spec| spec.is_for(None))
        .map(|spec| spec.command.name())
        .collect();
    assert_eq!(open, ["help", "link", "whoami", "ping", "version"]);
    assert!(!Command::Resume.spec().is_for(Some(Role::Trader)));
    assert!(Command::Resume.spec().is_for(Some(Role::Admin)));
}

#[test]
fn a_line_is_read_however_it_is_typed() {
    let halted = |reason: Option<&str>| {
        Ok(Asked::Trading(
            TradingState::Halted,
            reason.map(str::to_owned),
        ))
    };
    assert_eq!(typed("/close all"), Ok(Asked::Close(Closing::All)));
    assert_eq!(
        typed("  /CLOSE@Our_Bot \t Expiring\n"),
        Ok(Asked::Close(Closing::Expiring))
    );
    assert_eq!(
        typed("/close what:profitable"),
        Ok(Asked::Close(Closing::Profitable))
    );
    assert_eq!(
        typed("/close …4fc3vf"),
        Ok(Asked::Close(Closing::One(id("4FC3VF"))))
    );
    assert_eq!(typed("/halt"), halted(None));
    assert_eq!(typed("/halt news at 14:00"), halted(Some("news at 14:00")));
    assert_eq!(
        typed("/halt \"news at 14:00\""),
        halted(Some("news at 14:00"))
    );
    assert_eq!(
        typed("/halt “news” at 14:00"),
        halted(Some("“news” at 14:00"))
    );
    assert_eq!(
        typed("/halt \"a\" or \"b\""),
        halted(Some("\"a\" or \"b\""))
    );
    assert_eq!(
        typed("/halt reason: fed\nspeaks"),
        halted(Some("fed speaks"))
    );
    assert_eq!(
        typed("/perms grant “Ana Maria” Trader").map(|it| it.text()),
        Ok("/perms grant \"Ana Maria\" trader".to_owned())
    );
    assert_eq!(typed("/start"), Ok(Asked::Help(None)));
    assert_eq!(
        typed("/start 7k3m9qxt"),
        Ok(Asked::Link(Some("7K3M9QXT".to_owned())))
    );
    assert_eq!(
        typed("/hold 4FC3VF 1h30m"),
        Ok(Asked::Hold(
            id("4FC3VF"),
            Some(SignedDuration::from_mins(90))
        ))
    );
    assert_eq!(
        typed("/hold 4FC3VF off"),
        Ok(Asked::Hold(id("4FC3VF"), None))
    );
    assert_eq!(typed("/watchlist"), typed("/watchlist show"));
}

#[test]
fn a_line_for_somebody_else_is_left_alone() {
    for other in [
        "/close@other_bot all",
        "close all",
        "",
        "/",
        "/@our_bot",
        "// all",
    ] {
        let heard = parse_text(other, "our_bot");
        assert!(!matches!(heard, Some(Ok(_))), "{other}");
    }
    assert_eq!(parse_text("/close@other_bot all", "our_bot"), None);
    assert_eq!(parse_text("close all", "our_bot"), None);
}

#[test]
fn an_override_is_asked_for_once_for_a_while_or_until_a_time() {
    let lasting = |line: &str| match typed(line) {
        Ok(Asked::Override(Overriding::Ask {
            lasting, reason, ..
        })) => (lasting, reason),
        other => panic!("{other:?}"),
    };
    let why = || "expiry day".to_owned();
    let ask = "/override ask open-positions 8";
    assert_eq!(
        lasting(&format!("{ask} once expiry day")),
        (Lasting::Once, why())
    );
    let two = Lasting::For(SignedDuration::from_hours(2));
    assert_eq!(lasting(&format!("{ask} 2h expiry day")), (two, why()));
    let until = Lasting::Until(time(15, 45, 0, 0));
    assert_eq!(
        lasting(&format!("{ask} until 15:45 expiry day")),
        (until, why())
    );
    assert_eq!(
        typed("/override grant 4fc3vf"),
        Ok(Asked::Override(Overriding::Grant(id("4FC3VF"))))
    );
}

#[test]
fn a_limit_is_given_in_its_own_unit() {
    let value = |limit: &str, value: &str| match typed(&format!("/limits set {limit} {value}")) {
        Ok(Asked::Limits(Some(change))) => change.value.to_string(),
        Err(Unread::Wrong { fault, .. }) => format!("{fault:?}"),
        other => panic!("{other:?}"),
    };
    for (limit, typed, read) in [
        ("worst_loss_per_ticket", "$300", "300"),
        ("daily_loss", "99.50", "99.5"),
        ("daily_loss", "-5", "Dollars"),
        ("open_positions", "5", "5"),
        ("open_positions", "5.5", "Whole"),
        ("open_positions", "٥", "Whole"),
        ("quote_age_s", "10s", "10"),
        ("quote_age_s", "ten", "Seconds"),
        ("spread_bps", "12.5%", "1250"),
        ("spread_bps", "1250bps", "1250"),
        ("spread_bps", "12.5", "Share"),
        ("drift_bps", "0.001%", "Share"),
    ] {
        assert_eq!(value(limit, typed), read, "{limit} {typed}");
    }
}

#[test]
fn a_ticket_is_proposed_in_one_line() {
    let proposed = |line: &str| match typed(line) {
        Ok(Asked::Propose(proposal)) => Ok(*proposal),
        Err(Unread::Wrong { fault, .. }) => Err(fault),
        other => panic!("{other:?}"),
    };
    let single = proposed("/propose buy 2 spy 2026-12-18 600C limit 3.20").expect("one leg");
    assert_eq!(single.structure.kind(), StructureKind::LongCall);
    assert_eq!(
        (single.contracts, single.limit),
        (Contracts(2), price("3.20"))
    );
    let debit = proposed("/propose buy 1 SPY 2026-12-18 600/605c limit 2.10").expect("two legs");
    assert_eq!(debit.structure.kind(), StructureKind::BullCallSpread);
    assert_eq!(debit.limit, price("2.10"));
    let credit = proposed("/propose sell 1 SPY 2026-12-18 600/595p limit $1.05 stop off");
    let credit = credit.expect("two legs");
    assert_eq!(credit.structure.kind(), StructureKind::BullPutSpread);
    assert_eq!(
        (credit.limit, credit.exits.stop),
        (price("-1.05"), Part::Off)
    );
    for (rest, fault) in [
        ("hold 2 SPY 2026-12-18 600c limit 3.20", Fault::Side),
        ("buy 0 SPY 2026-12-18 600c limit 3.20", Fault::Count),
        ("buy ２ SPY 2026-12-18 600c limit 3.20", Fault::Count),
        ("buy 2 SPY 2026-12-32 600c limit 3.20", Fault::Day),
        ("buy 2 SPY 18.12.2026 600c limit 3.20", Fault::Day),
        ("buy 2 SPY 2026-12-18 600 limit 3.20", Fault::Strike),
        ("buy 2 SPY 2026-12-18 0.0001c limit 3.20", Fault::Strike),
        ("buy 2 SPY 2026-12-18 600/600c limit 3.20", Fault::Structure),
        (
            "buy 2 SPY 2026-12-18 600/605/610c limit 3.20",
            Fault::Structure,
        ),
        ("sell 2 SPY 2026-12-18 600c limit 3.20", Fault::Structure),
        (
            "buy 2 SPY 2026-12-18 605/600c limit 3.20",
            Fault::BuysCredit,
        ),
        (
            "sell 2 SPY 2026-12-18 605/600c limit 3.20",
            Fault::SellsDebit,
        ),
        ("buy 2 SPY 2026-12-18 600c at 3.20", Fault::Price),
        ("buy 2 SPY 2026-12-18 600c limit", Fault::Price),
        ("buy 2 SPY 2026-12-18 600c limit 0", Fault::Price),
        ("buy 2 SPY 2026-12-18", Fault::Strike),
        ("buy", Fault::Count),
        ("buy 2 SPY 2026-12-18 600c limit 3.20 tomorrow", Fault::Part),
    ] {
        assert_eq!(
            proposed(&format!("/propose {rest}")).err(),
            Some(fault),
            "{rest}"
        );
    }
}

#[test]
fn an_exit_plan_changes_in_what_is_named() {
    let changed = |rest: &str| match typed(&format!("/exitplan 4FC3VF {rest}")) {
        Ok(Asked::ExitPlan(_, change)) => Ok(change),
        Err(Unread::Wrong { fault, .. }) => Err(fault),
        other => panic!("{other:?}"),
    };
    let change = changed("Stop 35% time 15:45 trail off").expect("a change");
    let now = at(10, 45, 0);
    let wanted = ExitPlan {
        stop_loss: Some(Percent(35)),
        time_stop: Some(at(15, 45, 0)),
        trail: None,
        ..plan()
    };
    assert_eq!(change.onto(plan(), now), wanted);
    let nothing = ExitPlan {
        profit_target: None,
        stop_loss: None,
        trail: None,
        time_stop: None,
        days_to_expiry: None,
    };
    assert_eq!(changed("OFF").map(|it| it.onto(plan(), now)), Ok(nothing));
    assert_eq!(PlanChange::default().onto(plan(), now), plan());
    let day = changed("time 2015-12-24T10:30").map(|it| it.time);
    let clock = Clock {
        day: Some(jiff::civil::date(2015, 12, 24)),
        time: time(10, 30, 0, 0),
    };
    assert_eq!(day, Ok(Part::To(clock)));
    for (rest, fault) in [
        ("stop", Fault::PartValue),
        ("stop 35 stop 40", Fault::PartValue),
        ("stops 35", Fault::Part),
        ("stop 0", Fault::Percent),
        ("stop 1001", Fault::Percent),
        ("trail 25", Fault::Trail),
        ("trail 25/x", Fault::Trail),
        ("time 25:00", Fault::Clock),
        ("days 366", Fault::Days),
    ] {
        assert_eq!(changed(rest).err(), Some(fault), "{rest}");
    }
}

#[test]
fn an_id_is_known_by_its_end() {
    let whole = POSITION.to_string();
    for end in [&whole[..], &whole[22..], &whole[4..]] {
        assert!(id(end).matches(&whole) && id(&end.to_lowercase()).matches(&whole));
        assert!(id(&format!("…{end}")).matches(&whole));
    }
    assert!(id(&whole).is_whole() && !id(&whole[1..]).is_whole());
    assert!(!id("4FC3VG").matches(&whole));
    assert!(!id("4FC3VF").matches("4FC3VF"), "no whole id");
    assert_eq!(id("oil0"), id("0110"));
    for wrong in [
        "",
        "abc",
        "4FC-VF",
        "4FC3VU",
        "４FC3VF",
        "8AAAAAAAAAAAAAAAAAAAAAAAAA",
    ] {
        assert!(wrong.parse::<Fragment>().is_err(), "{wrong}");
    }
    assert!(format!("{whole}0").parse::<Fragment>().is_err());
}

#[test]
fn what_is_missing_is_asked_for_with_its_choices() {
    let Err(Unread::Missing {
        command,
        argument,
        choices,
        given,
    }) = typed("/override")
    else {
        panic!("nothing is missing");
    };
    assert_eq!(
        (command, argument.name, given.len()),
        (Command::Override, "action", 0)
    );
    let words: Vec<&str> = choices.iter().map(|choice| choice.word).collect();
    assert_eq!(words, ["ask", "grant", "refuse", "revoke"]);
    let Err(Unread::Missing {
        argument, given, ..
    }) = typed("/limits set spread_bps")
    else {
        panic!("nothing is missing");
    };
    assert_eq!(argument.name, "value");
    let more = [given, vec![("value".to_owned(), "5%".to_owned())]].concat();
    assert_eq!(
        parse_options("limits", &more),
        typed("/limits set spread_bps 5%")
    );
    let Err(Unread::Missing { argument, .. }) = chosen("close", &[("what", " ")]) else {
        panic!("nothing is missing");
    };
    assert!(matches!(argument.kind, Kind::IdOr(Thing::Position, words) if words.len() == 3));
    assert!(argument.completes() && !argument.takes_rest());
}

#[test]
fn what_is_wrong_is_said_with_an_example() {
    let lines = [
        "/clos all",
        "/frobnicate",
        "/close",
        "/close 12",
        "/pnl yesterday",
        "/pnl mnth",
        "/watchlist SPY",
        "/watchlist ad SPY",
        "/watchlist add SPY QQQ",
        "/hold 4FC3VF 30",
        "/propose buy",
        "/limits set",
        "/limits set spread_bps 5",
        "/settings quiet 22:00",
        "/chain SPY 12/18",
        "/help clos",
    ];
    let said: Vec<String> = lines.iter().map(|line| said(line)).collect();
    assert_snapshot!(said.join("\n"), @r"
    There is no command “clos”. Did you mean /close?
    There is no command “frobnicate”. Send /help to see all there are.
    Still needed: Position, or profitable, expiring or all. For example: /close 4FC3VF
    “12” was not understood. Give an id, of which the last 4 or more characters are enough, or one of: profitable, expiring, all. For example: /close 4FC3VF
    “yesterday” was not understood. Choose one of: day, week, month, all. For example: /pnl week
    “mnth” was not understood. Did you mean “month”? For example: /pnl week
    “SPY” was not understood. Choose one of: show, add, remove. For example: /watchlist add SPY
    “ad” was not understood. Did you mean “add”? For example: /watchlist add SPY
    “QQQ” is too much there, so nothing was done. For example: /watchlist add SPY
    “30” was not understood. Give a time with its unit, like 30m or 2h, or one of: off. For example: /hold 4FC3VF 30m
    “buy” was not understood. Contracts are a whole number from 1 to 1,000,000. For example: /propose buy 2 SPY 2026-12-18 600c limit 3.20
    Still needed: Limit. For example: /limits set open_positions 5
    “5” was not understood. Give a share in percent or basis points, like 12.5% or 1250bps. For example: /limits set open_positions 5
    Still needed: Until when, such as 07:00. For example: /settings quiet 22:00 07:00 Europe/Berlin
    “12/18” was not understood. Give a day as year, month and day, like 2026-12-18. For example: /chain SPY 2026-12-18
    “clos” was not understood. Did you mean “close”? For example: /help close
    ");
    let german = Locale::of(Language::German);
    let sorry = sorry(&typed("/close 12").expect_err("no id"), &german);
    assert_snapshot!(sorry, @"„12“ war nicht verständlich. Eine Kennung angeben, von der die letzten 4 oder mehr Zeichen genügen, oder eines davon: profitable, expiring, all. Zum Beispiel: /close 4FC3VF");
}

#[test]
fn an_option_that_does_not_belong_there_is_refused() {
    for options in [
        &[("action", "show"), ("symbol", "SPY")][..],
        &[("action", "add"), ("symbol", "SPY"), ("symbol", "QQQ")],
        &[("colour", "red")],
    ] {
        let refused = chosen("watchlist", options);
        assert!(
            matches!(refused, Err(Unread::TooMuch { .. })),
            "{refused:?}"
        );
    }
    let refused = typed("/settings quiet off zone:Europe/Berlin");
    assert!(
        matches!(refused, Err(Unread::TooMuch { .. })),
        "{refused:?}"
    );
}

/// Lines of every shape: what a value may be, by the kind of its argument.
fn value_of(kind: Kind) -> BoxedStrategy<String> {
    let words = |words: Vec<&'static str>| prop::sample::select(words).prop_map(str::to_owned);
    let chosen: Vec<&'static str> = match kind {
        Kind::Choice(choices) => choices.iter().map(|it| it.word).collect(),
        Kind::IdOr(_, choices)
        | Kind::SpanOr(choices)
        | Kind::Subject(choices)
        | Kind::Lasting(choices)
        | Kind::Days(choices)
        | Kind::TimeOr(choices) => choices.iter().map(|it| it.word).collect(),
        _ => Vec::new(),
    };
    let other: BoxedStrategy<String> = match kind {
        Kind::Choice(_) => return words(chosen).boxed(),
        Kind::Command => words(Command::ALL.map(Command::name).to_vec()).boxed(),
        Kind::Symbol => "[A-Z][A-Z.]{0,6}".boxed(),
        Kind::Id(_) | Kind::IdOr(..) => "[0-7][0-9A-HJKMNP-TV-Z]{3,25}".boxed(),
        Kind::Veto => "(tone|missing:news|story:[0-9A-Z]{26})".boxed(),
        Kind::Strategy | Kind::Notice => "[a-z_.-]{1,40}".boxed(),
        Kind::Person | Kind::Subject(_) => "[^\\p{Cc}\\s]([^\\p{Cc}]{0,60}[^\\p{Cc}\\s])?".boxed(),
        Kind::Code => "[A-Z0-9-]{4,32}".boxed(),
        Kind::Zone => "[A-Z][a-z]{2,9}/[A-Z][a-z_]{2,9}".boxed(),
        Kind::Number { least, most } => (least..=most).prop_map(|it| it.to_string()).boxed(),
        Kind::Value => words(vec!["5", "120.50", "10s", "12.5%", "1250bps"]).boxed(),
        Kind::Dollars => (1_u32..9_999_999)
            .prop_map(|it| format!("{}.{:02}", it / 100, it % 100))
            .boxed(),
        Kind::Span | Kind::SpanOr(_) => (1_i64..400).prop_map(|it| format!("{it}m")).boxed(),
        Kind::Lasting(_) => words(vec!["2h", "90s", "15:45", "9:30"]).boxed(),
        Kind::Day => (1_i8..=28)
            .prop_map(|it| format!("2026-12-{it:02}"))
            .boxed(),
        Kind::Days(_) => (1_i8..=14, 14_i8..=28)
            .prop_map(|(from, to)| format!("2026-12-{from:02}..2026-12-{to:02}"))
            .boxed(),
        Kind::TimeOr(_) => (0..24, 0..60)
            .prop_map(|(h, m)| format!("{h:02}:{m:02}"))
            .boxed(),
        Kind::Idea => words(vec![
            "buy 2 SPY 2026-12-18 600c limit 3.20",
            "sell 1 BRK.B 2026-12-18 602.5/600p limit 0.85 target 50 days off",
        ])
        .boxed(),
        Kind::Plan => words(vec![
            "off",
            "target 50 stop 35 trail 25/15 time 15:45 days 7",
            "stop off",
        ])
        .boxed(),
        Kind::Text => "[^\\p{Cc}\\s]([^\\p{Cc}]{0,150}[^\\p{Cc}\\s])?".boxed(),
    };
    if chosen.is_empty() {
        other
    } else {
        prop_oneof![words(chosen), other].boxed()
    }
}

/// Any command with some of its arguments.
fn any_options() -> impl Strategy<Value = (&'static str, Vec<(String, String)>)> {
    prop::sample::select(&TABLE[..]).prop_flat_map(|spec| {
        let actions: Vec<Option<&'static str>> = spec
            .actions()
            .iter()
            .map(|it| Some(it.word))
            .chain([None])
            .collect();
        prop::sample::select(actions).prop_flat_map(move |action| {
            let arguments: Vec<_> = spec
                .arguments
                .iter()
                .enumerate()
                .filter(|(_, it)| it.applies(action))
                .map(|(index, it)| {
                    let value = match action {
                        Some(word) if index == 0 => Just(word.to_owned()).boxed(),
                        _ => value_of(it.kind),
                    };
                    (Just(it.name.to_owned()), value, prop::bool::weighted(0.8))
                })
                .collect();
            (Just(spec.command.name()), arguments).prop_map(|(name, values)| {
                let kept = values.into_iter().filter(|(_, _, kept)| *kept);
                (name, kept.map(|(name, value, _)| (name, value)).collect())
            })
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn what_was_asked_comes_back_from_its_options_and_from_its_line((name, options) in any_options()) {
        if let Ok(asked) = parse_options(name, &options) {
            let again = parse_options(asked.command().name(), &asked.options());
            prop_assert_eq!(again.as_ref(), Ok(&asked));
            let line = asked.text();
            prop_assert_eq!(parse_text(&line, "our_bot"), Some(Ok(asked)), "{}", line);
        }
    }

    #[test]
    fn any_line_is_read_or_refused_with_a_sentence(
        name in prop::sample::select(&Command::ALL[..]),
        rest in "\\PC{0,60}|[ \"“”\\\\:a-z0-9/.-]{0,60}",
    ) {
        for line in [rest.clone(), format!("/{} {rest}", name.name()), format!("/{rest}")] {
            match parse_text(&line, "our_bot") {
                Some(Ok(asked)) => prop_assert_eq!(typed(&asked.text()), Ok(asked)),
                Some(Err(unread)) => {
                    for locale in LOCALES.iter() {
                        let said = sorry(&unread, locale);
                        prop_assert!(said.chars().count() < 700, "{}", said);
                    }
                }
                None => {}
            }
        }
    }

    #[test]
    fn any_options_are_read_or_refused(
        name in "\\PC{0,20}",
        options in prop::collection::vec(("\\PC{0,12}|action|symbol|reason", ".{0,40}"), 0..4),
    ) {
        for name in Command::ALL.map(Command::name).into_iter().chain([&name[..]]) {
            let _ = parse_options(name, &options);
        }
    }
}

#[test]
fn a_plan_in_words_is_read_back_as_the_same_plan_and_makes_any_other_one_so() {
    let (now, bare) = (at(10, 0, 0), PlanChange::OFF.onto(plan(), at(10, 0, 0)));
    let whole = ExitPlan {
        time_stop: Some(at(15, 45, 0)),
        days_to_expiry: None,
        ..plan()
    };
    for (plan, other) in [(plan(), bare), (whole, bare), (bare, whole)] {
        let words = PlanChange::to(&plan).text();
        let read = match typed(&format!("/exitplan {POSITION} {words}")) {
            Ok(Asked::ExitPlan(_, change)) => change,
            other => panic!("{words}: {other:?}"),
        };
        assert_eq!(read.onto(other, now), plan, "{words}");
    }
    // What minutes cannot say is not changed by handing in what was shown.
    let odd = ExitPlan {
        time_stop: Some(at(15, 45, 30)),
        ..plan()
    };
    assert_eq!(PlanChange::to(&odd).onto(odd, now), odd);
}
