//! Outside formats: what each parser makes of samples, of broken files and of whole corpora, and what its printer
//! gives back.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests, which fail by panicking")]

mod again;
mod brat;
mod conll;
mod corpora;
mod ground;
