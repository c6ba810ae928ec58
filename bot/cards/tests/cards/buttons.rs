//! The button codec.

use countersign_cards::{
    Action, ButtonError, HoldSpan, Listing, Locale, Nudge, button::Asking, command::Command,
    decline_reasons,
};
use countersign_domain::{
    ids::{
        DeskId, OperatorId, OrderId, OverrideId, PositionId, Revision, StandingId, TapId, TicketId,
    },
    ticket::DeclineReason,
};
use insta::assert_snapshot;
use proptest::prelude::*;

use crate::desk::TICKET;

fn any_action() -> impl Strategy<Value = Action> {
    let reasons = prop::sample::select(&DeclineReason::ALL[..]);
    let alike = (
        prop::sample::select(&Nudge::ALL[..]),
        prop::sample::select(&HoldSpan::ALL[..]),
        prop::sample::select(&Listing::ALL[..]),
    );
    let any = (0_usize..33, any::<u128>(), 1_u32.., reasons, alike);
    any.prop_map(|(verb, bits, number, reason, (nudge, span, listing))| {
        let (ticket, revision) = (TicketId::from_bits(bits), Revision(number));
        let (desk, position) = (DeskId::from_bits(bits), PositionId::from_bits(bits));
        match verb {
            0 => Action::Confirm(ticket, revision),
            1 => Action::Decline(ticket, revision),
            2 => Action::DeclineFor(ticket, revision, reason),
            3 => Action::Edit(ticket, revision),
            4 => Action::Snooze(ticket),
            5 => Action::Why(ticket),
            6 => Action::Cancel(OrderId::from_bits(bits)),
            7 => Action::Close(PositionId::from_bits(bits)),
            8 => Action::Hold(PositionId::from_bits(bits)),
            9 => Action::Release(PositionId::from_bits(bits)),
            10 => Action::ExitPlan(PositionId::from_bits(bits)),
            11 => Action::Revoke(StandingId::from_bits(bits)),
            12 => Action::Halt(DeskId::from_bits(bits)),
            13 => Action::Reduce(DeskId::from_bits(bits)),
            14 => Action::Nudge(ticket, revision, nudge),
            15 => Action::Second(TapId::from_bits(bits)),
            16 => Action::Leave(desk),
            17 => Action::Tighten(position, revision),
            18 => Action::HoldFor(position, span),
            19 => Action::Grant(OverrideId::from_bits(bits)),
            20 => Action::Refuse(OverrideId::from_bits(bits)),
            21 => Action::TakeBack(OverrideId::from_bits(bits)),
            22 => Action::Page(listing, desk, number),
            23 => Action::WhyPage(ticket, number),
            24 => Action::Ping(desk),
            25 => Action::AuditPage(ticket, number),
            26 => Action::AuditOf(OperatorId::from_bits(bits), number),
            27 => Action::Acknowledge(desk, number),
            28 => Action::Terms(ticket, revision),
            29 => Action::Back(ticket),
            30 => Action::Ask(asking(&position.to_string())),
            31 => Action::Picture(ticket),
            _ => Action::Resume(desk),
        }
    })
}

fn asking(position: &str) -> Asking {
    let values = [("position", position), ("for", "1h")];
    Asking::of(Command::Hold, &values).expect("a line")
}

// R31
#[test]
fn a_button_of_a_choice_holds_ids_and_names_and_never_a_size_a_price_or_a_text() {
    let of = |command, values: &[(&str, &str)]| {
        let asking = Asking::of(command, values)?;
        let payload = Action::Ask(asking).encode();
        assert!(payload.len() <= 64, "{payload}");
        assert_eq!(Action::decode(&payload), Ok(Action::Ask(asking)));
        Some(asking.typed())
    };
    let set = [("action", "set"), ("limit", "exposure_per_underlying")];
    assert_eq!(
        of(Command::Limits, &set).as_deref(),
        Some("/limits set exposure_per_underlying")
    );
    let priced = [set[0], set[1], ("value", "500")];
    assert_eq!(of(Command::Limits, &priced), None);
    let symbol = [("symbol", "BRK.B")];
    assert_eq!(of(Command::Quote, &symbol).as_deref(), Some("/quote BRK.B"));
    // Out of order it would be read as another argument; a text is not carried, nor what has a colon.
    assert_eq!(of(Command::Hold, &[("for", "1h")]), None);
    assert_eq!(of(Command::Halt, &[("reason", "news")]), None);
    let quiet = [("action", "quiet"), ("from", "9:45")];
    assert_eq!(of(Command::Settings, &quiet), None);
    for forged in [
        "",
        "+",
        "nothing+SPY",
        "Quote+SPY",
        "quote+",
        "quote+S PY",
        "quote+S/Y",
    ] {
        let payload = format!("v1:ask:{forged}:0");
        assert_eq!(
            Action::decode(&payload),
            Err(ButtonError::Malformed),
            "{payload}"
        );
    }
}

proptest! {
    // R31
    #[test]
    fn every_action_comes_back_as_it_went_within_the_smallest_allowance(action in any_action()) {
        let payload = action.encode();
        prop_assert!(payload.len() <= 64, "{} bytes: {payload}", payload.len());
        prop_assert!(payload.is_ascii());
        prop_assert_eq!(Action::decode(&payload), Ok(action));
        let json = serde_json::to_string(&action).expect("an action as JSON");
        prop_assert_eq!(serde_json::from_str::<Action>(&json).expect("back"), action);
    }

    #[test]
    fn an_action_has_one_payload_so_a_changed_character_is_another_action_or_none(
        action in any_action(),
        at in any::<prop::sample::Index>(),
        to in any::<char>(),
    ) {
        let payload = action.encode();
        let mut changed: Vec<char> = payload.chars().collect();
        let at = at.index(changed.len());
        changed[at] = to;
        let changed: String = changed.into_iter().collect();
        if let Ok(other) = Action::decode(&changed) {
            prop_assert_eq!(other.encode(), changed);
        }
    }

    #[test]
    fn any_text_is_read_or_refused_without_harm(text in ".{0,80}") {
        if let Ok(action) = Action::decode(&text) {
            prop_assert_eq!(action.encode(), text);
        }
    }

    // R31
    #[test]
    fn a_press_means_the_same_however_a_list_was_reordered(
        ids in prop::collection::vec(any::<u128>(), 1..20),
        turn in any::<usize>(),
    ) {
        let positions: Vec<PositionId> = ids.iter().map(|bits| PositionId::from_bits(*bits)).collect();
        let payloads: Vec<String> = positions.iter().map(|id| Action::Close(*id).encode()).collect();
        let mut reordered: Vec<(PositionId, &String)> =
            positions.iter().copied().zip(&payloads).collect();
        reordered.rotate_left(turn % ids.len());
        reordered.reverse();
        for (id, payload) in reordered {
            prop_assert_eq!(Action::decode(payload), Ok(Action::Close(id)));
        }
    }
}

#[test]
fn payloads_have_the_documented_form() {
    let payloads = [
        Action::Confirm(TICKET, Revision(1)).encode(),
        Action::DeclineFor(TICKET, Revision(u32::MAX), DeclineReason::Timing).encode(),
        Action::Why(TICKET).encode(),
    ];
    assert_snapshot!(payloads.join("\n"), @r"
    v1:confirm:01A77QC460B8Y93NSBWG4FC1PW:1
    v1:decline-timing:01A77QC460B8Y93NSBWG4FC1PW:4294967295
    v1:why:01A77QC460B8Y93NSBWG4FC1PW:0
    ");
    assert_eq!(Action::Confirm(TICKET, Revision(1)).verb(), "confirm");
}

#[test]
fn another_version_is_an_old_card() {
    let id = TICKET;
    for payload in [
        format!("v2:confirm:{id}:1"),
        format!("v17:{id}"),
        "v9:anything:goes:here:too".to_owned(),
    ] {
        assert_eq!(
            Action::decode(&payload),
            Err(ButtonError::OldCard),
            "{payload}"
        );
    }
    assert_eq!(ButtonError::OldCard.to_string(), "this card is old");
}

#[test]
fn what_is_not_exactly_ours_is_refused_by_kind() {
    let id = TICKET.to_string();
    let malformed = [
        String::new(),
        "v1".to_owned(),
        "confirm".to_owned(),
        format!("v1:confirm:{id}"),
        format!("v1:confirm:{id}:1:"),
        format!("v1:confirm:{id}:1:1"),
        format!("v1:second:{id}:1"),
        format!("v1:second:{id}:0:1"),
        format!("v1:page-history:{id}:0"),
        format!("v1:confirm:{}:1", id.to_lowercase()),
        format!("v1:confirm:{}:1", &id[1..]),
        format!("v1:confirm:{}U:1", &id[1..]),
        format!("v1:confirm:{id}:"),
        format!("v1:confirm:{id}:0"),
        format!("v1:confirm:{id}:01"),
        format!("v1:confirm:{id}:-1"),
        format!("v1:confirm:{id}:+1"),
        format!("v1:confirm:{id}: 1"),
        format!("v1:confirm:{id}:1e3"),
        format!("v1:confirm:{id}:4294967296"),
        format!("v1:confirm:{id}:99999999999"),
        format!("v1:confirm:{id}:\u{0661}"),
        format!("v1:confirm:{id}:\u{ff11}"),
        format!("v1:why:{id}:1"),
        format!("v1:close:{id}:2"),
        format!("v01:confirm:{id}:1"),
        format!("v\u{0661}:confirm:{id}:1"),
        format!(" v1:confirm:{id}:1"),
    ];
    for payload in malformed {
        assert_eq!(
            Action::decode(&payload),
            Err(ButtonError::Malformed),
            "{payload}"
        );
    }
    for verb in [
        "approve",
        "Confirm",
        "",
        "decline-",
        "decline-nothing",
        "confirm ",
    ] {
        let payload = format!("v1:{verb}:{id}:1");
        assert_eq!(
            Action::decode(&payload),
            Err(ButtonError::UnknownVerb),
            "{payload}"
        );
    }
    let long = format!("v1:confirm:{id}:1{}", " ".repeat(64));
    assert_eq!(Action::decode(&long), Err(ButtonError::TooLong(long.len())));
    let long = "é".repeat(33);
    assert_eq!(Action::decode(&long), Err(ButtonError::TooLong(66)));
}

#[test]
fn reject_asks_for_a_reason_of_a_short_list() {
    let buttons = decline_reasons(TICKET, Revision(2), &Locale::english());
    let lines: Vec<String> = buttons
        .iter()
        .map(|button| format!("{} -> {}", button.label, button.action.verb()))
        .collect();
    assert_snapshot!(lines.join("\n"), @r"
    Too much at stake -> decline-risk
    The price is not right -> decline-price
    The timing is not right -> decline-timing
    The idea does not convince -> decline-idea
    Another reason -> decline-other
    ");
}
