//! Behaviour of the core rooms, tested natively in one binary.

mod arbitrary;
mod exchange;
mod format;
mod model;
mod rooms;
mod rows;
mod scene;
mod session;
mod suggest;
mod text;
