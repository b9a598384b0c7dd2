//! Parts that any screen may use: they take plain values and signals and know nothing of projects.

mod combobox;
mod file_button;
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
mod tick_row;
mod virtual_list;

pub use combobox::{ComboOption, Combobox};
pub use file_button::{FileButton, OnFile};
pub use glyph::Glyph;
pub use icon::Icon;
pub use later::Later;
pub use length::px;
pub use live::{When, handler, live, live_value};
pub use modal::Modal;
pub use outward::Outward;
pub use segmented::{Segment, Segmented};
pub use several::Several;
pub use tick_row::TickRow;
pub use virtual_list::VirtualList;
