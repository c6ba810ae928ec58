//! What a member's name says: day, symbol, contract.

use countersign_domain::{
    instrument::{OptionContract, Right, Symbol},
    money::Price,
};
use jiff::civil::Date;

/// Of which day, symbol and kind of bar the files of a replay are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    pub(super) underlying: Symbol,
    pub(super) date: Date,
}

impl Wanted {
    /// The contract of a member such as
    /// `20151223_goog_minute_quote_american_call_6000000_20151224.csv`.
    ///
    /// `Err` says in words what is wrong with the name.
    pub(super) fn contract(&self, member: &str) -> Result<OptionContract, String> {
        let parts: Vec<_> = stem(member)?.split('_').collect();
        let [date, root, "minute", "quote", _style, right, strike, expiry] = parts[..] else {
            return Err(
                "the name is not like DAY_ROOT_minute_quote_STYLE_RIGHT_STRIKE_EXPIRY.csv".into(),
            );
        };
        self.day(date)?;
        let root = symbol(root)?;
        let right = match right {
            "call" => Right::Call,
            "put" => Right::Put,
            other => return Err(format!("'{other}' in the name is neither call nor put")),
        };
        let ten_thousandths: i64 = strike
            .parse()
            .map_err(|_| format!("'{strike}' in the name is no strike"))?;
        let strike = Price::from_ten_thousandths(ten_thousandths);
        let expiry = day(expiry)?;
        let contract =
            OptionContract::new(root, expiry, right, strike).map_err(|error| error.to_string())?;
        if contract.underlying() == self.underlying {
            Ok(contract)
        } else {
            let found = contract.underlying();
            Err(format!("an option on {found}, not on {}", self.underlying))
        }
    }

    /// Passes a member such as `20151223_goog_minute_trade.csv`, `kind` being `trade` or `quote`.
    ///
    /// `Err` says in words what is wrong with the name.
    pub(super) fn equity(&self, member: &str, kind: &str) -> Result<(), String> {
        let parts: Vec<_> = stem(member)?.split('_').collect();
        let [date, ticker, "minute", found] = parts[..] else {
            return Err(format!("the name is not like DAY_SYMBOL_minute_{kind}.csv"));
        };
        self.day(date)?;
        let ticker = symbol(ticker)?;
        if ticker != self.underlying {
            return Err(format!("of {ticker}, not of {}", self.underlying));
        }
        if found != kind {
            return Err(format!("'{found}' where '{kind}' is wanted"));
        }
        Ok(())
    }

    fn day(&self, text: &str) -> Result<(), String> {
        match day(text)? {
            found if found == self.date => Ok(()),
            found => Err(format!("of {found}, not of {}", self.date)),
        }
    }
}

/// The name without folders and `.csv`.
fn stem(member: &str) -> Result<&str, String> {
    let name = member.rsplit(['/', '\\']).next().unwrap_or(member);
    name.strip_suffix(".csv")
        .ok_or_else(|| "not a .csv".to_owned())
}

fn symbol(text: &str) -> Result<Symbol, String> {
    text.to_ascii_uppercase()
        .parse()
        .map_err(|error| format!("{error}"))
}

/// The day of eight digits.
fn day(text: &str) -> Result<Date, String> {
    let error = || format!("'{text}' in the name is no day");
    let plain = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !plain {
        return Err(error());
    }
    Date::strptime("%Y%m%d", text).map_err(|_| error())
}
