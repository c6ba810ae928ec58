//! The timetable and its jobs.
//!
//! [`timetable`] says in words when each job is due; [`job`] holds one file for each; two drivers
//! run them: the stepper of a replay asks [`timetable::due`] itself, a running desk has
//! [`worker`], which is apalis.

pub mod job;
pub mod timetable;
pub mod worker;
