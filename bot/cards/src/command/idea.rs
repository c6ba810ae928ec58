//! A trader's own ticket in one line: `buy 2 SPY 2026-12-18 600/605c limit 3.20`.

use countersign_domain::{
    instrument::{Instrument, OptionContract, Right},
    money::{Contracts, Price},
    structure::{Leg, Side, Structure},
};

use super::{exits::PlanChange, fault::Fault, read};
use crate::typed;

/// What somebody wants to trade.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The legs.
    pub structure: Structure,
    /// Units.
    pub contracts: Contracts,
    /// Net limit per share, seen from the order: what is to be received is below zero.
    pub limit: Price,
    /// What its exits should be other than usual.
    pub exits: PlanChange,
}

impl Proposal {
    /// Reads it: side, contracts, root, expiry, strikes with their right, `limit`, a price, and
    /// what the exits should be.
    ///
    /// The side is that of the first strike; a second one is traded the other way. What is bought
    /// has to pay and what is sold has to receive, so that the price cannot be misread.
    pub(super) fn read(words: &[&str]) -> Result<Self, Fault> {
        let [side, count, root, expiry, strikes, limit, price, exits @ ..] = words else {
            return Err(shortest(words));
        };
        let side = self::side(side)?;
        let contracts = self::count(count)?;
        let root = read::symbol(root).map_err(|_| Fault::Structure)?;
        let expiry = read::day(expiry).ok_or(Fault::Day)?;
        let (strikes, right) = self::strikes(strikes)?;
        let leg = |(strike, side): (Price, Side)| {
            let contract = OptionContract {
                root,
                expiry,
                right,
                strike,
            };
            // What cannot be written as a listed contract is none.
            let listed = contract.to_string().parse::<OptionContract>();
            let listed = listed.ok().filter(|it| *it == contract);
            listed.map(|contract| Leg {
                instrument: Instrument::Option(contract),
                side,
                ratio: 1,
            })
        };
        let sides = [side, side.opposite()];
        let legs: Option<Vec<Leg>> = strikes.into_iter().zip(sides).map(leg).collect();
        let legs = legs.ok_or(Fault::Strike)?;
        let structure = Structure::new(legs).map_err(|_| Fault::Structure)?;
        let credit = structure.kind().is_credit();
        match side {
            Side::Buy if credit => return Err(Fault::BuysCredit),
            Side::Sell if !credit => return Err(Fault::SellsDebit),
            _ => {}
        }
        if !limit.eq_ignore_ascii_case("limit") {
            return Err(Fault::Price);
        }
        let price = self::price(price)?;
        Ok(Self {
            structure,
            contracts,
            limit: if credit { -price } else { price },
            exits: PlanChange::read(exits)?,
        })
    }

    /// As [`Proposal::read`] reads it.
    pub(super) fn text(&self) -> String {
        let legs = self.structure.legs();
        let contracts: Vec<&OptionContract> = self.structure.contracts().collect();
        let (Some(first), Some(leg)) = (contracts.first(), legs.first()) else {
            return String::new();
        };
        let side = match leg.side {
            Side::Buy => "buy",
            Side::Sell => "sell",
        };
        let right = match first.right {
            Right::Call => 'c',
            Right::Put => 'p',
        };
        let strikes: Vec<String> = contracts
            .iter()
            .map(|contract| typed::written(&contract.strike.decimal().normalize()))
            .collect();
        let text = format!(
            "{side} {} {} {} {}{right} limit {} {}",
            self.contracts,
            first.root,
            first.expiry,
            strikes.join("/"),
            typed::written(&self.limit.abs().decimal()),
            self.exits.text()
        );
        text.trim_end().to_owned()
    }
}

/// What is wrong with too few words: the first that is missing or not what it should be.
fn shortest(words: &[&str]) -> Fault {
    let mut words = words.iter();
    let mut check = |fault: Fault, fits: &dyn Fn(&str) -> bool| match words.next() {
        Some(word) if fits(word) => None,
        _ => Some(fault),
    };
    let found = check(Fault::Side, &|word| side(word).is_ok())
        .or_else(|| check(Fault::Count, &|word| count(word).is_ok()))
        .or_else(|| check(Fault::Structure, &|word| read::symbol(word).is_ok()))
        .or_else(|| check(Fault::Day, &|word| read::day(word).is_some()))
        .or_else(|| check(Fault::Strike, &|word| strikes(word).is_ok()));
    found.unwrap_or(Fault::Price)
}

fn side(text: &str) -> Result<Side, Fault> {
    match text.to_ascii_lowercase().as_str() {
        "buy" => Ok(Side::Buy),
        "sell" => Ok(Side::Sell),
        _ => Err(Fault::Side),
    }
}

fn count(text: &str) -> Result<Contracts, Fault> {
    let count = read::whole(text, 1..=Contracts::MOST.0).ok_or(Fault::Count)?;
    Ok(Contracts(count))
}

/// `600c`, `602.5p`, `600/605c`.
fn strikes(text: &str) -> Result<(Vec<Price>, Right), Fault> {
    let lower = text.to_ascii_lowercase();
    let (strikes, right) = match (lower.strip_suffix('c'), lower.strip_suffix('p')) {
        (Some(strikes), _) => (strikes, Right::Call),
        (_, Some(strikes)) => (strikes, Right::Put),
        _ => return Err(Fault::Strike),
    };
    let strikes: Result<Vec<Price>, Fault> = strikes
        .split('/')
        .map(|strike| {
            price(strike).map_err(|fault| match fault {
                Fault::Unclear => fault,
                _ => Fault::Strike,
            })
        })
        .collect();
    match strikes? {
        strikes if strikes.len() <= 2 => Ok((strikes, right)),
        _ => Err(Fault::Structure),
    }
}

/// A price above zero, with or without the sign of the dollar.
fn price(text: &str) -> Result<Price, Fault> {
    let text = typed::dollars(text).map_err(|_| Fault::Unclear)?;
    let plain = text.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    match text.parse::<Price>() {
        Ok(price) if plain && price.is_positive() => Ok(price),
        _ => Err(Fault::Price),
    }
}
