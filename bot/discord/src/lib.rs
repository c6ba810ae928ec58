//! Discord: cards, buttons and commands in its channels.
