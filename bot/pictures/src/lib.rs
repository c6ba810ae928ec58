//! Pictures of cards, as PNG; pure.
