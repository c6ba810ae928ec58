//! The timetable and its jobs, as a desk lives with them.

mod broker;
mod running;
mod timetable;
mod words;
mod working;
mod world;
