//! Behaviour of the core rooms, tested natively in one binary.

mod arbitrary;
mod codebooks;
mod crash;
mod dictionary;
mod exchange;
mod format;
mod hostile;
mod jobs;
mod keys;
mod model;
mod registry;
mod restoring;
mod revising;
mod rooms;
mod rows;
mod scene;
mod search;
mod session;
mod suggest;
mod tabs;
mod text;
mod together;
mod workload;
