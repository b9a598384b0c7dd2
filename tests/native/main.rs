//! Behaviour of the core rooms, tested natively in one binary.

mod arbitrary;
mod format;
mod model;
mod rooms;
mod scene;
mod suggest;
mod text;
