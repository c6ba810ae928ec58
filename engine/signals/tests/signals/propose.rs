//! From an idea to a proposal, told on a made-up chain.

use countersign_domain::{
    calendar,
    exit::TrailingStop,
    limits::{LimitCode, Limits},
    money::{Percent, Price, Usd},
    quote::Quote,
    signal::{Direction, Veto},
    structure::StructureKind,
    ticket::Omission,
};
use countersign_signals::{
    chain::{Chain, Row},
    propose::{Proposal, ScreenParams, Screening, propose},
    rank::{DailyIv, MissingRank, Rank},
    select::Shape,
};
use jiff::{SignedDuration, Timestamp, ToSpan, civil::date};
use proptest::prelude::*;

use crate::{
    day::{cents, session},
    market::{april, chain, limits, now, quote, usd},
};

/// A screening that a test changes where its story differs.
struct Story {
    direction: Direction,
    chain: Chain,
    history: Vec<DailyIv>,
    limits: Limits,
    exposure: Usd,
    params: ScreenParams,
    now: Timestamp,
}

impl Story {
    fn new(direction: Direction) -> Self {
        Self {
            direction,
            chain: chain(april()),
            history: Vec::new(),
            limits: limits(),
            exposure: Usd::ZERO,
            params: ScreenParams::default(),
            now: now(),
        }
    }

    fn told(&self) -> Result<Proposal, Vec<Veto>> {
        propose(&Screening {
            direction: self.direction,
            chain: &self.chain,
            history: &self.history,
            limits: &self.limits,
            exposure: self.exposure,
            fee: Usd::from_micros(650_000),
            params: &self.params,
            now: self.now,
        })
    }

    /// A year in which volatility was 20 %, and `high` once.
    fn after_a_year(mut self, high: f64) -> Self {
        self.history = (1_i64..=252)
            .map(|back| DailyIv {
                date: date(2024, 3, 14) - back.days(),
                iv: if back == 9 { high } else { 0.2 },
            })
            .collect();
        self
    }

    fn only(mut self, shape: Shape) -> Self {
        self.params.select.when_missing = vec![shape];
        self
    }
}

fn strikes(proposal: &Proposal) -> Vec<i64> {
    let whole = |price: Price| price.micros().unwrap() / 1_000_000;
    proposal
        .structure
        .contracts()
        .map(|contract| whole(contract.strike))
        .collect()
}

fn value(proposal: &Proposal, name: &str) -> Option<f64> {
    let found = proposal.evidence.iter().find(|one| one.name == name);
    found.map(|one| one.value)
}

#[test]
fn without_history_a_bullish_idea_becomes_a_debit_spread_of_calls() {
    let found = Story::new(Direction::Bullish).told().unwrap();
    assert_eq!(found.structure.kind(), StructureKind::BullCallSpread);
    assert_eq!(found.rank, Rank::Missing(MissingRank::NoHistory));
    assert_eq!(strikes(&found), [100, 106]);
    assert!((value(&found, "leg_1_delta").unwrap() - 0.55).abs() < 0.15);
    assert!((value(&found, "leg_2_delta").unwrap() - 0.30).abs() < 0.15);
    assert_eq!(value(&found, "iv_rank"), None);
    assert_eq!(value(&found, "days_left"), Some(36.0));
    assert!(found.first <= found.terms.limit && found.terms.limit <= found.quote.natural);
    assert!(found.terms.worst_loss <= usd(1_000));
    let named = [
        Omission::EarlyAssignment,
        Omission::Pin,
        Omission::AfterHoursGap,
    ];
    assert_eq!(found.leaves_out, named);
}

#[test]
fn a_bearish_idea_becomes_a_debit_spread_of_puts() {
    let found = Story::new(Direction::Bearish).told().unwrap();
    assert_eq!(found.structure.kind(), StructureKind::BearPutSpread);
    let strikes = strikes(&found);
    assert!(strikes[0] > strikes[1]);
}

#[test]
fn where_volatility_is_dear_premium_is_sold() {
    for (direction, kind) in [
        (Direction::Bullish, StructureKind::BullPutSpread),
        (Direction::Bearish, StructureKind::BearCallSpread),
    ] {
        let found = Story::new(direction).after_a_year(0.32).told().unwrap();
        assert_eq!(found.structure.kind(), kind);
        assert!(found.terms.limit < Price::ZERO);
        assert!(value(&found, "iv_rank").unwrap() > 50.0);
        assert_eq!(found.exit_plan.trail, None);
    }
}

#[test]
fn where_volatility_is_cheap_premium_is_bought() {
    let found = Story::new(Direction::Bullish)
        .after_a_year(0.9)
        .told()
        .unwrap();
    assert!(value(&found, "iv_rank").unwrap() < 50.0);
    assert_eq!(found.shape, Shape::DebitVertical);
}

#[test]
fn a_single_option_leaves_nothing_out_and_has_no_bound_on_its_gain() {
    let story = Story::new(Direction::Bullish).only(Shape::LongSingle);
    let found = story.told().unwrap();
    assert_eq!(found.structure.kind(), StructureKind::LongCall);
    assert_eq!((found.terms.max_gain, found.leaves_out.len()), (None, 0));
}

#[test]
fn the_exit_plan_comes_from_the_parameters_and_the_session() {
    let found = Story::new(Direction::Bullish).told().unwrap();
    let plan = found.exit_plan;
    assert_eq!(plan.profit_target, Some(Percent(50)));
    assert_eq!(plan.stop_loss, Some(Percent(35)));
    let trail = TrailingStop {
        arm: Percent(25),
        give_back: Percent(15),
    };
    assert_eq!(plan.trail, Some(trail));
    let stop = session().close - SignedDuration::from_mins(15);
    assert_eq!(plan.time_stop, Some(stop));
}

#[test]
fn days_to_expiry_closes_only_what_began_with_more() {
    let mut story = Story::new(Direction::Bullish);
    story.params.exits.debit.days_to_expiry = Some(5);
    assert_eq!(story.told().unwrap().exit_plan.days_to_expiry, Some(5));
    story.params.exits.debit.days_to_expiry = Some(36);
    assert_eq!(story.told().unwrap().exit_plan.days_to_expiry, None);
}

#[test]
fn one_expiry_with_one_day_left_is_enough() {
    let mut story = Story::new(Direction::Bearish);
    story.chain = chain(date(2024, 3, 15));
    let found = story.told().unwrap();
    assert_eq!(value(&found, "days_left"), Some(1.0));
}

#[test]
fn an_expiry_outside_the_window_is_named() {
    let mut story = Story::new(Direction::Bullish);
    story.params.select.days_most = 30;
    let vetoes = story.told().unwrap_err();
    let [Veto::NoContract { seen: 42, lacking }] = &vetoes[..] else {
        panic!("{vetoes:?}")
    };
    assert!(
        lacking.contains("1 to 30 days") && lacking.contains("[36]"),
        "{lacking}"
    );
}

#[test]
fn a_thin_leg_is_passed_over_for_its_neighbour() {
    let mut story = Story::new(Direction::Bullish);
    let usual = strikes(&story.told().unwrap());
    for row in &mut story.chain.rows {
        if row.contract.strike == cents(usual[0] * 100) {
            row.quote.bid_size = 1;
        }
    }
    let found = strikes(&story.told().unwrap());
    assert_ne!(found[0], usual[0]);
}

#[test]
fn a_chain_that_trades_too_thinly_is_refused_with_figures() {
    let mut story = Story::new(Direction::Bullish);
    for row in &mut story.chain.rows {
        row.quote.ask += cents(120);
    }
    let vetoes = story.told().unwrap_err();
    let said = vetoes.iter().filter_map(|veto| match veto {
        Veto::Liquidity { contract, fault } => Some((contract.as_str(), fault.as_str())),
        _ => None,
    });
    let said: Vec<_> = said.collect();
    assert!(
        said.iter()
            .any(|(contract, fault)| contract.starts_with("ACME  240419C")
                && fault.starts_with("spread 1.")),
        "{said:?}"
    );
}

#[test]
fn five_cents_on_a_thirty_cent_option_are_not_too_wide() {
    let mut story = Story::new(Direction::Bullish).only(Shape::LongSingle);
    story.params.price.crossing_most = Percent(50);
    story.params.select.long_delta = 0.05;
    story.params.select.delta_tolerance = 0.03;
    let cheap = story.told().unwrap();
    assert!(
        cheap.quote.legs[0].spread_bps() > 1_000,
        "{:?}",
        cheap.quote
    );
    story.params.select.liquidity.spread_abs = cents(2);
    let vetoes = story.told().unwrap_err();
    assert!(
        matches!(&vetoes[..], [Veto::Liquidity { fault, .. }] if fault.contains("at most 0.0")),
        "{vetoes:?}"
    );
}

#[test]
fn a_premium_that_crossing_would_eat_is_refused() {
    let mut story = Story::new(Direction::Bullish).only(Shape::DebitVertical);
    story.params.price.crossing_most = Percent(1);
    let vetoes = story.told().unwrap_err();
    assert!(
        matches!(&vetoes[0], Veto::Liquidity { fault, .. } if fault.starts_with("crossing costs 0.0")),
        "{vetoes:?}"
    );
}

#[test]
fn limits_that_leave_no_room_are_named() {
    let mut story = Story::new(Direction::Bullish);
    story.exposure = usd(2_000);
    let vetoes = story.told().unwrap_err();
    assert!(
        matches!(&vetoes[0], Veto::Limit(breach) if breach.code == LimitCode::ExposurePerUnderlying)
    );
    story.exposure = Usd::ZERO;
    story.limits.worst_loss_per_ticket = usd(300);
    // A single option is too dear for it; the spread is not.
    assert_eq!(story.told().unwrap().shape, Shape::DebitVertical);
}

#[test]
fn of_several_misses_of_one_limit_the_nearest_is_told() {
    let mut story = Story::new(Direction::Bullish);
    story.limits.worst_loss_per_ticket = usd(10);
    let vetoes = story.told().unwrap_err();
    let misses: Vec<_> = vetoes
        .iter()
        .filter_map(|veto| match veto {
            Veto::Limit(breach) if breach.code == LimitCode::WorstLossPerTicket => Some(breach),
            _ => None,
        })
        .collect();
    assert_eq!(misses.len(), 1, "{vetoes:?}");
    let least = [Shape::LongSingle, Shape::DebitVertical].map(|shape| {
        let mut alone = Story::new(Direction::Bullish).only(shape);
        alone.limits.worst_loss_per_ticket = usd(10);
        let vetoes = alone.told().unwrap_err();
        let Some(Veto::Limit(breach)) = vetoes.into_iter().next() else {
            panic!("refused by the limit alone");
        };
        breach.value
    });
    assert_eq!(
        misses.first().map(|breach| breach.value),
        least.into_iter().min()
    );
}

#[test]
fn the_end_of_the_session_and_the_night_are_left_alone() {
    let mut story = Story::new(Direction::Bullish);
    story.now = session().close - SignedDuration::from_mins(44);
    assert_eq!(
        story.told().unwrap_err(),
        [Veto::Calendar { minutes_left: 44 }]
    );
    story.now = session().close;
    assert_eq!(
        story.told().unwrap_err(),
        [Veto::Calendar { minutes_left: 0 }]
    );
}

#[test]
fn an_old_price_of_the_underlying_stops_everything() {
    let mut story = Story::new(Direction::Bullish);
    story.chain.spot_at = now() - SignedDuration::from_secs(121);
    let vetoes = story.told().unwrap_err();
    assert!(
        matches!(&vetoes[..], [Veto::DataQuality { fault }] if fault.contains("121 s")),
        "{vetoes:?}"
    );
    story.chain.spot_at = now() + SignedDuration::from_secs(1);
    assert!(matches!(
        &story.told().unwrap_err()[..],
        [Veto::DataQuality { .. }]
    ));
}

#[test]
fn a_chain_that_cannot_be_priced_says_why_by_count() {
    let mut story = Story::new(Direction::Bullish);
    for row in &mut story.chain.rows {
        row.quote.at = now() - SignedDuration::from_hours(1);
    }
    let vetoes = story.told().unwrap_err();
    assert!(
        matches!(&vetoes[..], [Veto::DataQuality { fault }] if fault.contains("42 stale quote")),
        "{vetoes:?}"
    );
}

#[test]
fn a_contract_in_its_last_hours_is_not_opened() {
    let mut story = Story::new(Direction::Bullish);
    story.chain = chain(session().date);
    story.params.select.days_least = 0;
    story.params.select.last_trading_minutes_least = 270;
    assert!(story.told().is_ok());
    story.params.select.last_trading_minutes_least = 271;
    assert!(matches!(
        &story.told().unwrap_err()[..],
        [Veto::NoContract { .. }]
    ));
    assert!(calendar::is_open(story.now));
}

// R59
#[test]
fn the_same_input_gives_the_same_proposal_in_any_order_of_rows() {
    let story = Story::new(Direction::Bearish);
    let mut backwards = Story::new(Direction::Bearish);
    backwards.chain.rows.reverse();
    assert_eq!(format!("{:?}", story.told()), format!("{:?}", story.told()));
    assert_eq!(
        format!("{:?}", story.told()),
        format!("{:?}", backwards.told())
    );
}

// R57
#[test]
fn quotes_of_later_change_nothing() {
    let mut story = Story::new(Direction::Bullish);
    let at_the_money = cents(10_000);
    story
        .chain
        .rows
        .retain(|row| row.contract.strike != at_the_money);
    let before = story.told().unwrap();
    let later = chain(april()).rows.into_iter();
    story.chain.rows.extend(
        later
            .filter(|row| row.contract.strike == at_the_money)
            .map(|row| Row {
                quote: Quote {
                    at: now() + SignedDuration::from_secs(1),
                    ..quote(cents(700), 5)
                },
                ..row
            }),
    );
    let after = story.told().unwrap();
    assert_eq!(before.terms, after.terms);
    assert_eq!(before.evidence, after.evidence);
}

#[test]
fn absurd_parameters_are_all_named_with_their_section() {
    let mut params = ScreenParams {
        minutes_left_least: 15,
        ..ScreenParams::default()
    };
    params.chain.rate = 5.0;
    params.rank.days_least = 1;
    params.select.days_target = 90;
    params.select.debit_short_delta = 0.6;
    params.select.when_low.clear();
    params.select.liquidity.size_least = 0;
    params.price.toward_natural = Percent(101);
    params.exits.debit.stop_loss = Percent(100);
    params.exits.credit.trail_arm = Percent(10);
    let faults = params.check().unwrap_err();
    let keys: Vec<_> = faults.iter().map(|fault| fault.key.as_str()).collect();
    let expected = [
        "minutes_left_least",
        "chain.rate",
        "rank.days_least",
        "select.days_target",
        "select.when_low",
        "select.debit_short_delta",
        "select.liquidity.size_least",
        "price.toward_natural",
        "exits.debit.stop_loss",
        "exits.credit.trail_give_back",
    ];
    assert_eq!(keys, expected);
    assert_eq!(ScreenParams::default().check(), Ok(()));
}

#[test]
fn unknown_parameters_are_refused_in_every_section() {
    for wrong in [
        r#"{"x": 1}"#,
        r#"{"chain": {"x": 1}}"#,
        r#"{"rank": {"x": 1}}"#,
        r#"{"select": {"x": 1}}"#,
        r#"{"select": {"liquidity": {"x": 1}}}"#,
        r#"{"price": {"x": 1}}"#,
        r#"{"exits": {"x": 1}}"#,
    ] {
        let error = serde_json::from_str::<ScreenParams>(wrong).unwrap_err();
        assert!(error.to_string().contains("unknown field `x`"), "{error}");
    }
    let text = serde_json::to_string(&ScreenParams::default()).unwrap();
    let back: ScreenParams = serde_json::from_str(&text).unwrap();
    assert_eq!(back, ScreenParams::default());
}

proptest! {
    // R8
    #[test]
    fn no_proposal_passes_a_limit_of_the_desk(
        loss in 20_i64..3_000,
        contracts in 1_u32..20,
        order in 20_i64..3_000,
        exposure in (0_i64..1_500, 20_i64..3_000),
        bullish in any::<bool>(),
        dear in any::<bool>(),
    ) {
        let direction = if bullish { Direction::Bullish } else { Direction::Bearish };
        let mut story = Story::new(direction).after_a_year(if dear { 0.31 } else { 0.9 });
        story.limits = Limits {
            worst_loss_per_ticket: usd(loss),
            contracts_per_order: contracts,
            value_per_order: usd(order),
            exposure_per_underlying: usd(exposure.1),
            ..limits()
        };
        story.exposure = usd(exposure.0);
        match story.told() {
            Ok(found) => {
                let limits = &story.limits;
                prop_assert!(found.terms.worst_loss <= limits.worst_loss_per_ticket);
                prop_assert!(found.terms.worst_loss + story.exposure <= limits.exposure_per_underlying);
                prop_assert!(found.terms.contracts.0 <= limits.contracts_per_order);
                prop_assert!(found.terms.value(&found.structure) <= limits.value_per_order);
                prop_assert!(found.terms.limit <= found.quote.natural);
                prop_assert!(found.quote.legs.iter().all(|leg| leg.at <= story.now));
            }
            Err(vetoes) => prop_assert!(!vetoes.is_empty()),
        }
    }
}
