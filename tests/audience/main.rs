//! Audiences of files, from bytes on disk to people.

// Clippy sees tests, but not what they call.
#![allow(clippy::unwrap_used, clippy::panic)]

mod support;

mod cdm;
mod changes;
mod columns;
mod conditions;
mod encodings;
mod folders;
mod formats;
mod hostile_models;
mod keys;
mod members;
mod memberships;
mod objects;
mod packed;
mod property;
mod reading;
mod refused;
mod rules;
mod shape;
