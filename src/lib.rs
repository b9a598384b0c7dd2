//! Rubricator: a text annotator for actors, claims and criticisms that runs wholly in the browser.
//!
//! Rooms and who may import whom (a native test checks it):
//!
//! | room | holds | may import |
//! | --- | --- | --- |
//! | [`text`] | positions, segmentation, blocks, quotes | nothing of ours |
//! | [`model`] | ids, records, edits, history | `text` |
//! | [`mod@format`] | outside formats and our own wire records | `model`, `text` |
//! | [`suggest`] | makers, actors and same strings proposed to the person | `model`, `text` |
//! | [`scene`] | what to draw: blocks cut into fragments, lanes for overlaps | `model`, `text` |
//! | [`search`] | all documents of a project read once, and what is asked of them | `scene`, `model`, `text` |
//! | `browser` | the only room for `web_sys` and `js_sys` besides the database file; keeps the backup folder's handle | `text` |
//! | [`store`] | open, load and save wire records in IndexedDB | `format`'s records, `model`, `text` |
//! | [`app`] | the session: commands, one dispatch, autosave, jobs | every room above |
//! | `ui` | one folder a screen, and widgets | `app`, the core rooms, `browser` |
//!
//! Data flows one way: DOM event, `Command`, `Edit`, model, memo over `scene`, paint.

pub mod app;
pub mod format;
pub mod model;
pub mod scene;
pub mod search;
pub mod suggest;
pub mod text;

pub mod store;

#[cfg(target_arch = "wasm32")]
pub mod browser;
#[cfg(target_arch = "wasm32")]
pub mod ui;
