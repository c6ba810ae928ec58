//! From an idea and a chain to a proposal, or to the vetoes against it.

mod attempt;
mod params;

use std::collections::BTreeMap;

use countersign_domain::{
    calendar::{self, Session},
    exit::ExitPlan,
    limits::Limits,
    money::{Price, Usd},
    signal::{Direction, Evidence, Veto},
    structure::Structure,
    ticket::{Omission, SeenQuote, Terms},
};
use jiff::{SignedDuration, Timestamp};

pub use params::ScreenParams;

use attempt::Attempt;

use crate::{
    chain::{Chain, Clean, Dropped, clean},
    rank::{DailyIv, Rank, rank},
    select::{self, Shape},
    size::Bound,
};

/// Expiries tried for one shape: with more, the list of vetoes would tell nobody anything.
const EXPIRIES_TRIED: usize = 3;

/// Everything that a proposal rests on.
#[derive(Clone, Copy, Debug)]
pub struct Screening<'a> {
    /// Which way the underlying is expected to go.
    pub direction: Direction,
    /// The chain, as the feed has it.
    pub chain: &'a Chain,
    /// Volatility at the money of days gone by; empty when nobody knows.
    pub history: &'a [DailyIv],
    /// The desk's limits.
    pub limits: &'a Limits,
    /// What everything in flight on the same underlying could lose already.
    pub exposure: Usd,
    /// Fee per contract and way.
    pub fee: Usd,
    /// The parameters, checked.
    pub params: &'a ScreenParams,
    /// The desk's time.
    pub now: Timestamp,
}

/// What would be offered: a ticket without its ids, its operator's and its clock's parts.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// What kind of structure the idea was put into.
    pub shape: Shape,
    /// What would be traded.
    pub structure: Structure,
    /// How much, at which limit, with what at stake.
    pub terms: Terms,
    /// The net price that the entry's walk starts from; at most the limit.
    pub first: Price,
    /// How it would be closed.
    pub exit_plan: ExitPlan,
    /// The market that it was priced on.
    pub quote: SeenQuote,
    /// What the worst loss leaves out.
    pub leaves_out: Vec<Omission>,
    /// Where volatility stands in its past, or why nobody knows.
    pub rank: Rank,
    /// What kept it from being larger.
    pub bound: Bound,
    /// The figures behind the choice: `days_left`, `underlying` (what the formula took for it),
    /// `parity_pairs` (0 when it took the spot), `iv_at_the_money`, `iv_rank` when it is known, and
    /// for each leg `leg_1_delta`, `leg_1_iv`, ...
    pub evidence: Vec<Evidence>,
    /// Rows of the chain that were left out, by reason.
    pub dropped: BTreeMap<Dropped, usize>,
}

/// Puts an idea into contracts, prices and sizes it.
///
/// Shapes are tried in the order that the volatility rank decides, each over the expiries nearest to
/// the wanted days; the first that passes everything is proposed. The same input gives the same
/// answer, and quotes that became visible after `now` count for nothing.
///
/// # Errors
///
/// Every veto met on the way, in that order and each once: record them with the signal. None means
/// that anything broke.
pub fn propose(input: &Screening<'_>) -> Result<Proposal, Vec<Veto>> {
    let session = session(input).map_err(|veto| vec![veto])?;
    let clean = measured(input).map_err(|veto| vec![veto])?;
    let expiries =
        select::expiries(&clean, &input.params.select, input.now).map_err(|veto| vec![veto])?;
    let current = expiries.first().and_then(|expiry| expiry.at_the_money());
    let rank = rank(current, input.history, session.date, &input.params.rank);
    let mut vetoes = Vec::new();
    for shape in select::shapes(&rank, &input.params.select) {
        for expiry in expiries.iter().take(EXPIRIES_TRIED) {
            let attempt = Attempt {
                input,
                session: &session,
                expiry,
                shape: *shape,
                rank,
            };
            match attempt.proposal(&clean) {
                Ok(proposal) => return Ok(proposal),
                Err(veto) => add(&mut vetoes, veto),
            }
        }
    }
    Err(vetoes)
}

/// Adds a veto that is not there yet. Of several against one limit the nearest miss is kept: it
/// tells how far away a trade was.
fn add(vetoes: &mut Vec<Veto>, veto: Veto) {
    let same_limit = |known: &&mut Veto| match (&**known, &veto) {
        (Veto::Limit(known), Veto::Limit(new)) => known.code == new.code,
        (known, new) => known == new,
    };
    match vetoes.iter_mut().find(same_limit) {
        Some(Veto::Limit(known)) => {
            if let Veto::Limit(new) = veto
                && new.value < known.value
            {
                *known = new;
            }
        }
        Some(_) => {}
        None => vetoes.push(veto),
    }
}

/// The session, when enough of it is left.
fn session(input: &Screening<'_>) -> Result<Session, Veto> {
    let closed = Veto::Calendar { minutes_left: 0 };
    let session = calendar::session_at(input.now).ok_or(closed)?;
    let minutes_left = session.close.duration_since(input.now).as_mins();
    if minutes_left < i64::from(input.params.minutes_left_least) {
        return Err(Veto::Calendar { minutes_left });
    }
    Ok(session)
}

/// The oldest that a price may be.
fn oldest(limits: &Limits) -> SignedDuration {
    SignedDuration::from_secs(i64::from(limits.quote_age_s))
}

/// The chain, when it can be trusted.
fn measured(input: &Screening<'_>) -> Result<Clean, Veto> {
    let oldest = oldest(input.limits);
    let (spot, age) = (
        input.chain.spot,
        input.now.duration_since(input.chain.spot_at),
    );
    let quality = |fault| Err(Veto::DataQuality { fault });
    if !spot.is_positive() {
        return quality(format!("underlying at {spot}"));
    }
    if age.is_negative() || age > oldest {
        let (age, most) = (age.as_secs(), oldest.as_secs());
        return quality(format!(
            "underlying's price {age} s old, at least 0 and at most {most} s"
        ));
    }
    let clean = clean(input.chain, &input.params.chain, oldest, input.now);
    if clean.expiries.is_empty() {
        let reasons: Vec<String> = clean
            .dropped
            .iter()
            .map(|(why, rows)| format!("{rows} {why}"))
            .collect();
        return quality(format!(
            "none of {} contracts can be priced: {}",
            clean.seen,
            reasons.join(", ")
        ));
    }
    Ok(clean)
}
