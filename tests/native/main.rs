//! Behaviour of the core rooms, tested natively in one binary.

mod scene;
mod suggest;
mod text;
