//! Parts that any screen may use: they take plain values and signals and know nothing of projects.

mod combobox;
mod glyph;
mod icon;
mod later;
mod length;
mod live;
mod matching;
mod modal;
mod outward;
mod segmented;
mod several;
mod virtual_list;

pub use combobox::{ComboOption, Combobox};
pub use glyph::Glyph;
pub use icon::Icon;
pub use later::Later;
pub use length::px;
pub use live::{When, handler, live, live_value};
pub use modal::Modal;
pub use outward::Outward;
pub use segmented::{Segment, Segmented};
pub use several::Several;
pub use virtual_list::VirtualList;
