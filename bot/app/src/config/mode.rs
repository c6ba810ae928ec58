//! Paper or live: two settings and an account have to agree before real money is traded.

use countersign_domain::view::Mode;

use super::{Config, ConfigError, Origin};

/// The variable that has to hold exactly the account's name before real money is traded.
pub const REAL_MONEY: &str = "COUNTERSIGN_I_TRADE_REAL_MONEY";

/// Passes paper, whatever `real_money` holds; refuses live, since no broker for it is built in.
///
/// # Errors
///
/// - [`ConfigError::NotMeant`]: `real_money` is not exactly the account's name.
/// - [`ConfigError::NoLiveBroker`]: it is.
pub(super) fn check(
    config: &Config,
    real_money: Option<&str>,
    origin: Origin,
) -> Result<(), ConfigError> {
    match config.desk.mode {
        Mode::Paper => Ok(()),
        Mode::Live if real_money == Some(config.paper.account.as_str()) => {
            Err(ConfigError::NoLiveBroker { origin })
        }
        Mode::Live => Err(ConfigError::NotMeant {
            origin,
            account: config.paper.account.clone(),
        }),
    }
}
