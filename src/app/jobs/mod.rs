//! What takes long runs here, in a worker: a program of its own that carries out one job and ends. The page talks to
//! it by `protocol` only. A job reads and writes the database itself; the history has one writer, the page.

mod asking;
mod protocol;

#[cfg(target_arch = "wasm32")]
mod desk;
#[cfg(target_arch = "wasm32")]
mod export;
#[cfg(target_arch = "wasm32")]
mod foreign;
#[cfg(target_arch = "wasm32")]
mod import;
#[cfg(target_arch = "wasm32")]
mod index;
#[cfg(target_arch = "wasm32")]
mod material;
#[cfg(target_arch = "wasm32")]
mod restore;

pub use asking::{Concerning, Question, Reply};
pub use protocol::{
    Answer, Brought, Chosen, Column, Finding, Foreign, Order, Scope, Source, Surveyed, VERSION,
};

#[cfg(target_arch = "wasm32")]
pub use desk::start;
