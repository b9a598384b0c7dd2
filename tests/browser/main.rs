//! End to end, in a real Chromium: what a person does and what comes of it. Built for `cargo xtask test`, which
//! makes the release build and says where it is (`RUBRICATOR_DIST`), and where browser and driver are.

#![allow(
    clippy::disallowed_methods,
    reason = "these tests run natively: they read and write files, start a driver and wait"
)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]
#![allow(clippy::print_stderr, reason = "a test says what it leaves out and where a failure can be seen")]

mod actors;
mod chunks;
mod codebook;
mod definitions;
mod documents;
mod exchange;
mod exporting;
mod first_start;
mod folder;
mod harness;
mod importing;
mod injection;
mod keyboard;
mod keys;
mod killed;
mod large;
mod long_history;
mod long_text;
mod past;
mod registry;
mod screens;
mod search;
mod several;
mod sources;
mod stopped;
mod suggestions;
mod surface;
mod tabs;
mod versions;
mod whole_loop;
mod worker;
