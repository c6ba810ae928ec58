//! Who gets in: names, sessions and seals.

pub(crate) mod guard;
pub(crate) mod hosts;
pub(crate) mod mac;
pub(crate) mod seal;
pub(crate) mod session;
pub(crate) mod visitor;
