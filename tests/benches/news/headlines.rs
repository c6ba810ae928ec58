//! Two hundred headlines, each about one underlying, none like another.

use countersign_domain::instrument::Symbol;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

/// How many there are.
pub(crate) const COUNT: usize = 200;

const PUBLISHERS: [&str; 4] = [
    "Harbour Wire",
    "Ledger Post",
    "Kestrel Markets",
    "Tidewater",
];

/// Templates: `@` is the underlying, `#` a number.
const TEMPLATES: [&str; 20] = [
    "@ opens its plant number # and will hire more engineers there, says its chief of operations",
    "@ wins an order worth $# million from a carrier that had bought elsewhere for years",
    "Analyst at a small house lifts the price target of @ to $# after a visit to its factory",
    "@ will present at a conference on batteries in hall # next week",
    "Volume in @ options reaches # thousand contracts, most of them calls near the money",
    "@ names a new head of marketing, the company's number # since its founding",
    "Why shares of @ moved by # cents today although there was no news to speak of",
    "@ pays a dividend of # cents a share to holders of record at the end of the month",
    "@ recalls # thousand toasters because of a loose screw in the handle",
    "Court hears patent case number # against @ and adjourns without a date",
    "@ says that quarterly revenue grew by # percent as its newer products sold better",
    "@ expects costs to fall by # million dollars a year after it closes two warehouses",
    "Fund number # of a large manager discloses that it holds more shares of @ than before",
    "@ and a rival agree to share # charging stations along the coast",
    "@ sells bonds of # million dollars to pay back older and dearer ones",
    "Workers at the @ depot in district # vote on a contract of three years",
    "@ brings its payment service to # more countries by the end of the year",
    "Insiders of @ bought # thousand shares in the open market, filings show",
    "@ updates the software of # thousand cars after complaints about its maps",
    "Regulator asks @ about # entries in its books of two years ago",
];

/// The file, one object a line, all published within the hour before `now`.
pub(crate) fn file(symbols: &[Symbol], now: Timestamp) -> String {
    let line = |at: usize| {
        // Each template comes ten times, with other underlyings and other numbers.
        let symbol = symbols[(at * 7 + at / TEMPLATES.len()) % symbols.len()].to_string();
        let text = TEMPLATES[at % TEMPLATES.len()];
        let text = text
            .replace('@', &symbol)
            .replace('#', &(at * 13 + 11).to_string());
        let seconds = i64::try_from(at * 15).expect("few");
        json!({
            "id": format!("story-{at}"),
            "headline": text,
            "publisher": PUBLISHERS[at % PUBLISHERS.len()],
            "published_at": (now - SignedDuration::from_secs(seconds + 20)).to_string(),
            "symbols": [symbol],
        })
    };
    let lines: Vec<_> = (0..COUNT).map(|at| line(at).to_string()).collect();
    lines.join("\n")
}
