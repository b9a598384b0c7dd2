//! Behaviour of the core rooms, tested natively in one binary.

mod text;
