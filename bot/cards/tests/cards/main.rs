//! What people read, as they read it: every state of every card, every refusal, veto and event.

mod alarms;
mod answers;
mod board;
mod buttons;
mod commands;
mod desk;
mod events;
mod exports;
mod figures;
mod held;
mod language;
mod notices;
mod orders;
mod overrides;
mod pages;
mod payoff;
mod people;
mod positions;
mod refusals;
mod report;
mod terminal;
mod text;
mod tickets;
mod times;
mod typed;
mod vetoes;
