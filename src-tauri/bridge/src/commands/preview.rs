//! Preview: who would change, before anybody does.
