//! When things are due: against Python's own calendar, and what holds for every schedule in every zone.

mod properties;
mod year;
