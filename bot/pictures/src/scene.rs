//! What a picture shows, before it is drawn.

use countersign_cards::{Locale, console, payoff, payoff::Payoff, words};
use countersign_domain::{
    ids::Revision,
    money::{Price, Usd},
    quote::Quote,
    signal::Signal,
    structure::Structure,
    ticket::Ticket,
    view::{Header, PositionView, TicketView},
};
use jiff::Timestamp;

use crate::market::{Held, Market, band};

/// Everything that a picture shows.
pub(crate) struct Scene {
    pub(crate) title: String,
    pub(crate) mode: String,
    /// The same in words.
    pub(crate) alt: String,
    pub(crate) expiry: Line,
    /// The profit now by the price of the underlying.
    pub(crate) now: Option<Now>,
    /// The profit of a position at its marks.
    pub(crate) profit: Option<Usd>,
    /// The price of the underlying.
    pub(crate) spot: Option<Price>,
    /// One standard deviation below and above it.
    pub(crate) band: Option<(f64, f64)>,
    /// The most that can be gained; `None` without a bound.
    pub(crate) gain: Option<Usd>,
    /// The least that can be had; `None` without a bound.
    pub(crate) loss: Option<Usd>,
}

/// The profit now: what closing would bring, and what was paid.
pub(crate) struct Now {
    market: Market,
    paid: f64,
}

impl Now {
    pub(crate) fn profit(&self, spot: f64) -> f64 {
        self.market.value(spot) - self.paid
    }
}

/// The prices of one moment, as far as they are stored.
struct Moment<'a> {
    held: &'a [Held],
    /// What was paid for it, fees included, less profit taken.
    paid: Usd,
    spot: Option<Price>,
    vol_at_the_money: Option<f64>,
    at: Timestamp,
}

impl Scene {
    /// A ticket as it was offered, opened at its limit.
    pub(crate) fn of_ticket(view: &TicketView, locale: &Locale) -> Option<Self> {
        let (ticket, header) = (&view.ticket, &view.header);
        let expiry = Line::of(&Payoff::of(ticket))?;
        let held = proposed(ticket);
        // An edit takes quotes anew, the underlying's too, and the signal's figures stay as they were.
        let measured = view
            .signal
            .as_ref()
            .filter(|_| ticket.revision == Revision::FIRST && ticket.supersedes.is_none());
        let figure = |name| measured.and_then(|signal| evidence(signal, name));
        let units = ticket.terms.contracts.count();
        let shares = ticket.structure.multiplier().saturating_mul(units);
        let moment = Moment {
            held: &held,
            paid: ticket.terms.limit.dollars(shares) + ticket.terms.fees,
            spot: figure("underlying")
                .and_then(Price::from_f64)
                .or(ticket.quote.underlying),
            vol_at_the_money: figure("iv_at_the_money"),
            at: ticket.quote.at,
        };
        let (gain, loss) = (ticket.terms.max_gain, Some(-ticket.terms.worst_loss));
        let title = console::structure(&ticket.structure, header.now, locale);
        let scene = Self {
            title: format!("{units} × {title}"),
            mode: words::mode(header.mode, locale),
            alt: payoff::caption(ticket, locale),
            expiry,
            now: None,
            profit: None,
            spot: None,
            band: None,
            gain,
            loss,
        };
        Some(scene.at(&moment, &ticket.structure))
    }

    /// What is held, with the profit taken and the fees paid so far.
    pub(crate) fn of_position(
        view: &PositionView,
        header: &Header,
        locale: &Locale,
    ) -> Option<Self> {
        let position = &view.position;
        let expiry = Line::of(&Payoff::held(position))?;
        let with_marks = position.holdings.iter().zip(&view.marks);
        let held: Vec<Held> = with_marks
            .map(|(held, mark)| Held {
                instrument: held.instrument,
                quantity: held.quantity,
                price: mark.map(|mark| mark.price),
            })
            .collect();
        let cost: Usd = position.holdings.iter().map(|held| held.cost).sum();
        let moment = Moment {
            held: &held,
            paid: cost + position.fees - position.realised(),
            spot: view.spot,
            vol_at_the_money: None,
            at: header.now,
        };
        let (gain, loss) = expiry.bounds();
        let title = console::structure(&position.structure, header.now, locale);
        let units = position.units().map(|units| format!("{units} × "));
        let scene = Self {
            title: format!("{}{title}", units.unwrap_or_default()),
            mode: words::mode(header.mode, locale),
            alt: payoff::caption_held(position, locale),
            expiry,
            now: None,
            profit: view.profit(),
            spot: None,
            band: None,
            gain,
            loss,
        };
        Some(scene.at(&moment, &position.structure))
    }

    /// The scene with what a moment's prices tell.
    fn at(mut self, moment: &Moment<'_>, structure: &Structure) -> Self {
        let Some(spot) = moment.spot.filter(|spot| spot.is_positive()) else {
            return self;
        };
        self.spot = Some(spot);
        let market = Market::of(moment.held, spot, moment.at);
        let vol = moment
            .vol_at_the_money
            .or_else(|| market.as_ref()?.at_the_money());
        let first = structure.contracts().min_by_key(|it| it.expiry);
        self.band = vol
            .zip(first)
            .and_then(|(vol, contract)| band(spot, vol, contract, moment.at));
        self.now = market.map(|market| Now {
            market,
            paid: moment.paid.to_f64(),
        });
        self
    }
}

/// The legs of a ticket at the middle of the quotes that it was priced on.
fn proposed(ticket: &Ticket) -> Vec<Held> {
    let units = ticket.terms.contracts.count();
    let believed = |quote: &Quote| quote.check_sides().is_ok().then(|| quote.mid());
    let legs = ticket.structure.legs().iter();
    legs.enumerate()
        .map(|(index, leg)| Held {
            instrument: leg.instrument,
            quantity: leg.signed(units),
            price: ticket.quote.legs.get(index).and_then(believed),
        })
        .collect()
}

fn evidence(signal: &Signal, name: &str) -> Option<f64> {
    let found = signal.evidence.iter().find(|one| one.name == name);
    found.map(|one| one.value).filter(|value| *value > 0.0)
}

/// A payoff at expiry as numbers to draw: straight between its points and beyond the last ones.
pub(crate) struct Line {
    points: Vec<(f64, f64)>,
}

impl Line {
    /// `None` of a payoff that is no line.
    fn of(payoff: &Payoff) -> Option<Self> {
        let points: Vec<(f64, f64)> = payoff
            .points
            .iter()
            .map(|(at, profit)| (at.to_f64(), profit.to_f64()))
            .collect();
        let (first, last) = (points.first()?, points.last()?);
        (first.0 < last.0).then_some(Self { points })
    }

    /// Where it may bend: every point but the ends.
    pub(crate) fn bends(&self) -> impl Iterator<Item = f64> {
        let inner = self.points.len().saturating_sub(2);
        self.points.iter().skip(1).take(inner).map(|point| point.0)
    }

    /// The profit with the underlying at `spot`.
    pub(crate) fn profit(&self, spot: f64) -> f64 {
        let above = self.points.windows(2);
        let last = above.len().saturating_sub(1);
        let part = above
            .enumerate()
            .find(|(index, part)| *index == last || spot <= part[1].0);
        part.map_or(0.0, |(_, part)| along(part[0], part[1], spot))
    }

    /// The prices at which nothing is gained or lost, ascending.
    pub(crate) fn zeros(&self) -> Vec<f64> {
        let mut points = self.points.clone();
        let end = self.points.last().map_or(0.0, |last| last.0);
        points.insert(0, (0.0, self.profit(0.0)));
        // Beyond the last point there is one more at the most, as far as its slope takes.
        let slope = self.slope_above();
        let run = -self.profit(end) / slope;
        if run.is_finite() && run > 0.0 {
            points.push((end + 2.0 * run, -self.profit(end)));
        }
        let mut found: Vec<f64> = points
            .windows(2)
            .filter(|part| (part[0].1 > 0.0) != (part[1].1 > 0.0) && part[1].0 > part[0].0)
            .map(|part| part[0].0 - part[0].1 * (part[1].0 - part[0].0) / (part[1].1 - part[0].1))
            .collect();
        found.dedup();
        found
    }

    /// The most and the least over all prices, to the cent; `None` without a bound.
    fn bounds(&self) -> (Option<Usd>, Option<Usd>) {
        let profits = self.points.iter().map(|point| point.1);
        let profits: Vec<f64> = profits.chain([self.profit(0.0)]).collect();
        let most = profits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let least = profits.iter().copied().fold(f64::INFINITY, f64::min);
        let slope = self.slope_above();
        (
            (slope <= 0.0).then(|| to_the_cent(most)).flatten(),
            (slope >= 0.0).then(|| to_the_cent(least)).flatten(),
        )
    }

    fn slope_above(&self) -> f64 {
        match self.points.as_slice() {
            [.., one, other] => (other.1 - one.1) / (other.0 - one.0),
            _ => 0.0,
        }
    }
}

fn along(one: (f64, f64), other: (f64, f64), at: f64) -> f64 {
    one.1 + (other.1 - one.1) * (at - one.0) / (other.0 - one.0)
}

fn to_the_cent(profit: f64) -> Option<Usd> {
    let price = Price::from_f64((profit * 100.0).round() / 100.0);
    price.map(|price| price.dollars(1))
}
