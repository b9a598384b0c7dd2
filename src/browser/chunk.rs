//! Parts of the program that are fetched when the page can be used already. The release build cuts them out of
//! the one program (`xtask/src/split.rs`); without that step they are in it, and nothing else changes.

use std::pin::Pin;

pub use wasm_split_helpers::SplitLoaderError as Missing;

/// A part of the program on its way.
pub type Fetching<T> = Pin<Box<dyn Future<Output = Result<T, Missing>>>>;

/// Makes a function that fetches a part of the program and gives its way in: a value that names the functions
/// which others may call there. What only they reach goes into that part; several ways may lead into one part.
///
/// A part that could not be fetched is asked for anew with the next call.
#[macro_export]
macro_rules! chunk {
    ($chunk:ident: $(#[$about:meta])* fn $name:ident() -> $entry:ty { $value:expr }) => {
        $(#[$about])*
        pub fn $name() -> $crate::browser::chunk::Fetching<$entry> {
            #[cfg(feature = "split")]
            #[::wasm_split_helpers::wasm_split($chunk, fallible)]
            fn entry() -> Result<$entry, $crate::browser::chunk::Missing> {
                Ok($value)
            }
            #[cfg(not(feature = "split"))]
            async fn entry() -> Result<$entry, $crate::browser::chunk::Missing> {
                Ok($value)
            }
            Box::pin(entry())
        }
    };
}
