//! Telegram: cards, buttons and commands in its chats.
