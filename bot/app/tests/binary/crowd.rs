//! A market in which much is offered at the same time.

use std::fmt::Write as _;

/// Settings with so many shares that all trade in a trend, and nothing that limits how much is offered.
pub(crate) fn settings(symbols: usize) -> String {
    let letters: Vec<char> = ('A'..='Z').collect();
    let name = |at: usize| format!("Q{}{}", letters[at / 26], letters[at % 26]);
    let names: Vec<String> = (0..symbols).map(name).collect();
    let mut text = format!(
        "[limits]\nworst_loss_per_ticket = \"5000\"\ncontracts_per_order = 20\n\
         value_per_order = \"100000\"\nopen_positions = 200\n\
         exposure_per_underlying = \"1000000\"\norders_per_minute = 600\n\
         orders_per_day = 100000\ndaily_loss = \"10000000\"\n\
         [trade]\nticket_seconds = 3600\nwatchlist = {names:?}\n\
         [paper]\nstarting_cash = \"50000000\"\n\
         [synthetic]\nstrikes = 5\nweeklies = 3\nmonthlies = 1\n"
    );
    for (at, name) in names.iter().enumerate() {
        let price = 100 + 40 * (at % 20) + at;
        let _ = write!(
            text,
            "[[synthetic.symbols]]\nsymbol = {name:?}\nprice = \"{price}\"\nvol = 0.3\ntrend = 3.0\n"
        );
    }
    text
}
