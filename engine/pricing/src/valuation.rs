//! What the formula gives back: a price and its Greeks.

/// The price of one option, long, per share, and how it moves.
///
/// All fields are NaN when the terms or the volatility are not usable (see [`value_one`]).
///
/// [`value_one`]: crate::value_one
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Valuation {
    /// Price in dollars, never below the present value of the intrinsic.
    pub price: f64,
    /// Dollars per dollar of spot; 0 to 1 for a call, -1 to 0 for a put.
    pub delta: f64,
    /// Change of delta per dollar of spot; never negative.
    pub gamma: f64,
    /// Dollars gained as one calendar day passes; mostly negative.
    pub theta: f64,
    /// Dollars per volatility point (0.01); never negative.
    pub vega: f64,
    /// Dollars per percentage point of the interest rate (0.01); positive for a call.
    pub rho: f64,
}

impl Valuation {
    /// The answer to unusable terms.
    pub(crate) const UNKNOWN: Self = Self {
        price: f64::NAN,
        delta: f64::NAN,
        gamma: f64::NAN,
        theta: f64::NAN,
        vega: f64::NAN,
        rho: f64::NAN,
    };
}

/// Where the valuations of many options are written, each column as long as the terms.
///
/// Columns have the units and signs of [`Valuation`].
#[derive(Debug)]
pub struct ValuationColumns<'a> {
    /// Prices.
    pub price: &'a mut [f64],
    /// Deltas.
    pub delta: &'a mut [f64],
    /// Gammas.
    pub gamma: &'a mut [f64],
    /// Thetas.
    pub theta: &'a mut [f64],
    /// Vegas.
    pub vega: &'a mut [f64],
    /// Rhos.
    pub rho: &'a mut [f64],
}

impl ValuationColumns<'_> {
    /// Names and lengths of the columns.
    pub(crate) fn lengths(&self) -> [(&'static str, usize); 6] {
        [
            ("price", self.price.len()),
            ("delta", self.delta.len()),
            ("gamma", self.gamma.len()),
            ("theta", self.theta.len()),
            ("vega", self.vega.len()),
            ("rho", self.rho.len()),
        ]
    }

    /// Writes one option's valuation; the columns have been checked to be long enough.
    pub(crate) fn put(&mut self, index: usize, valuation: &Valuation) {
        self.price[index] = valuation.price;
        self.delta[index] = valuation.delta;
        self.gamma[index] = valuation.gamma;
        self.theta[index] = valuation.theta;
        self.vega[index] = valuation.vega;
        self.rho[index] = valuation.rho;
    }
}
