//! The page and its browser as plain Rust: every other room gets and gives our own types here.
//! No JavaScript value leaves this room; events and elements that the framework hands out may enter it.

pub mod boot;
mod by_name;
pub mod chunk;
pub mod clipboard;
pub mod clock;
pub mod dialog;
mod elements;
mod error;
pub mod events;
pub mod files;
pub mod focus;
pub mod folder;
pub mod keys;
pub mod location;
mod locks;
pub mod media;
pub mod once;
mod page;
pub mod painter;
pub mod panic;
pub mod preferences;
pub mod random;
pub mod scroll;
pub mod selection;
pub mod storage;
mod surface;
pub mod tabs;
pub mod trace;
pub mod wait;
pub mod worker;

pub use self::error::Error;
pub use self::events::Listener;
pub use self::surface::Surface;
