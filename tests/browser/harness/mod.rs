//! What every test stands on: a server for the built page, a driver, a browser of its own, and hands and eyes in it.
//! A test fails on any error that the page reports and on any request that leaves the page's own address.

mod browser;
mod chromedriver;
mod exported;
mod folder;
mod hands;
mod page;
mod reading;
mod server;
mod slots;

pub use browser::{Browser, Scheme};
pub use exported::{Dataset, check_with_python};
pub use folder::Folder;
pub use page::{By, Page};
pub use server::{SUBFOLDER, origin};

/// Whether tests that take minutes are asked for.
pub fn long() -> bool {
    std::env::var_os("RUBRICATOR_LONG").is_some()
}
