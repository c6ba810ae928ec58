//! Simulation: the canonical trades, crashed at every boundary.

mod crash;
mod found;
mod trades;
mod walks;
