//! One try at putting an idea into contracts.

use countersign_domain::{
    calendar::Session,
    money::Price,
    quote::Quote,
    signal::{Evidence, Veto},
    structure::Side,
    ticket::SeenQuote,
};

use super::{Proposal, Screening, oldest};
use crate::{
    chain::{Basis, Clean, Expiry},
    exits,
    price::{self, Entry},
    rank::Rank,
    select::{Pick, Selector, Shape},
    size::{self, Room, Size},
    strategy::evidence::{count, figure},
};

/// One shape in one expiry.
pub(super) struct Attempt<'a> {
    pub(super) input: &'a Screening<'a>,
    pub(super) session: &'a Session,
    pub(super) expiry: &'a Expiry,
    pub(super) shape: Shape,
    pub(super) rank: Rank,
}

impl Attempt<'_> {
    pub(super) fn proposal(&self, clean: &Clean) -> Result<Proposal, Veto> {
        let params = self.input.params;
        let selector = Selector {
            params: &params.select,
            oldest: oldest(self.input.limits),
            now: self.input.now,
        };
        let pick = selector.pick(self.expiry, self.input.direction, self.shape)?;
        let (quote, entry) = self.priced(&pick)?;
        let size = self.sized(&pick, entry.limit)?;
        let rules = params.exits.rules(&pick.structure);
        Ok(Proposal {
            shape: self.shape,
            exit_plan: rules.plan(self.session, self.expiry.days_left),
            leaves_out: exits::leaves_out(&pick.structure),
            evidence: self.evidence(&pick),
            structure: pick.structure,
            terms: size.terms,
            first: entry.first,
            quote,
            rank: self.rank,
            bound: size.bound,
            dropped: clean.dropped.clone(),
        })
    }

    /// The market of the pick and the entry's prices, when they are worth a trade.
    fn priced(&self, pick: &Pick) -> Result<(SeenQuote, Entry), Veto> {
        let params = &self.input.params.price;
        let legs = pick.structure.legs();
        let quotes: Vec<Quote> = pick.legs.iter().map(|leg| leg.quote).collect();
        let thin = |fault| Veto::Liquidity {
            contract: size::names(&pick.structure),
            fault,
        };
        let seen = price::seen(legs, &quotes).ok_or_else(|| thin("no quote".to_owned()))?;
        let seen = seen.with_underlying(Some(self.input.chain.spot));
        let (premium, least) = (seen.mid.abs(), params.premium_least);
        let pays = seen.mid.is_negative() == pick.structure.kind().is_credit();
        if premium < least || !pays {
            let mid = seen.mid;
            return Err(thin(format!(
                "net mid {mid}, a premium of at least {least} is wanted"
            )));
        }
        let (crossing, most) = (seen.natural - seen.mid, params.crossing_most);
        if crossing > premium.percent(most.0) {
            return Err(thin(format!(
                "crossing costs {crossing} of a premium of {premium}, at most {most}"
            )));
        }
        let entry = price::entry(legs, &seen, params);
        Ok((seen, entry))
    }

    fn sized(&self, pick: &Pick, limit: Price) -> Result<Size, Veto> {
        let shown = pick.structure.legs().iter().zip(&pick.legs);
        let visible = shown
            .map(|(leg, priced)| match leg.side {
                Side::Buy => priced.quote.ask_size,
                Side::Sell => priced.quote.bid_size,
            })
            .min();
        let room = Room {
            limits: self.input.limits,
            exposure: self.input.exposure,
            fee: self.input.fee,
            visible: visible.unwrap_or(0),
        };
        size::size(&pick.structure, limit, &room)
    }

    fn evidence(&self, pick: &Pick) -> Vec<Evidence> {
        let pairs = match self.expiry.basis {
            Basis::Parity(pairs) => pairs,
            Basis::Spot => 0,
        };
        let days = usize::try_from(self.expiry.days_left).unwrap_or(0);
        let mut found = vec![
            count("days_left", days),
            figure("underlying", self.expiry.spot),
            count("parity_pairs", pairs),
        ];
        let at_the_money = self.expiry.at_the_money();
        found.extend(at_the_money.map(|iv| figure("iv_at_the_money", iv)));
        if let Rank::Known { percent, .. } = self.rank {
            found.push(figure("iv_rank", percent));
        }
        for (leg, number) in pick.legs.iter().zip(1_u32..) {
            found.push(figure(&format!("leg_{number}_delta"), leg.delta));
            found.push(figure(&format!("leg_{number}_iv"), leg.iv));
        }
        found
    }
}
