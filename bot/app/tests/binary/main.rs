//! The real binary: a process of its own, the real store on a real disk, real signals, a real
//! browser. Nothing in here is a fake.

mod backlog;
mod browser;
mod cards;
mod crowd;
mod data;
mod desk;
mod discord;
mod figures;
mod kept;
mod kill;
mod lean;
mod news;
mod program;
mod replay;
mod surfaces;
mod telegram;
mod terminal;
mod unsaid;
