//! Stories of the console: a real server on a real port, a real desk behind it.

mod browser;
mod desk;
mod doors;
mod forms;
mod live;
mod news;
mod pages;
mod positions;
mod presses;
mod wire;
mod world;
