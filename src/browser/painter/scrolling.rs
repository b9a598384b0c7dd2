//! Scrolling to places of the text, whose heights are guesses until they are near.

use super::Painter;
use crate::browser::selection::{self, scroll_by, view_of};
use crate::browser::wait;

/// How many frames a jump may take until what it shows has its true height.
const SETTLING_FRAMES: u32 = 20;

/// Where to put a position when scrolling to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScrollTo {
    /// As little as needed; not at all when it can be seen.
    Nearest,
    /// The middle of the view.
    Center,
    /// The top of the view.
    Start,
}

impl Painter {
    /// Brings a position into view.
    pub fn scroll_to(&self, utf16: u32, how: ScrollTo) {
        self.settle(move |painter| painter.scroll_once(utf16, how));
    }

    /// The first block that can be seen: where it starts, in UTF-16 units, and how far below the top of the view
    /// its top edge lies, in CSS pixels (negative when it is cut off).
    pub fn first_visible(&self) -> Option<(u32, f64)> {
        let surface = &self.shared.surface;
        let (top, _) = view_of(&surface.scroller()?);
        let first = surface.first_block_where(|block| top < block.get_bounding_client_rect().bottom())?;
        let block = surface.block(first)?;
        Some((block.start_utf16, block.element.get_bounding_client_rect().top() - top))
    }

    /// Scrolls back to where [`Painter::first_visible`] was taken.
    pub fn restore_place(&self, utf16: u32, pixels_below_top: f64) {
        // Or the browser would first lay out the page as if nothing near were seen.
        if let Some(block) = self.shared.surface.block_at(utf16) {
            self.shared.surface.lay_out_around(block);
        }
        self.settle(move |painter| {
            let surface = &painter.shared.surface;
            let block = surface.block_at(utf16).and_then(|index| surface.block(index));
            if let (Some(block), Some(scroller)) = (block, surface.scroller()) {
                let (top, _) = view_of(&scroller);
                let now = block.element.get_bounding_client_rect().top() - top;
                scroll_by(&scroller, now - pixels_below_top);
            }
        });
    }

    fn scroll_once(&self, utf16: u32, how: ScrollTo) {
        let surface = &self.shared.surface;
        let Some(scroller) = surface.scroller() else {
            return;
        };
        if utf16 == 0 && how == ScrollTo::Start {
            // What stands above the text, such as a byline, comes into view with its first line.
            return scroll_by(&scroller, -f64::from(scroller.scroll_top()));
        }
        let Some(line) = selection::rect_of(surface, utf16, utf16).map(|place| place.first) else {
            return;
        };
        let (top, bottom) = view_of(&scroller);
        let room = (bottom - top - line.height).max(0.0);
        // A line at the very edge is read badly: keep one more in sight.
        let margin = (line.height * 1.5).min(room / 2.0);
        let by = match how {
            ScrollTo::Center => line.top - top - room / 2.0,
            ScrollTo::Start => line.top - top - margin,
            ScrollTo::Nearest if line.top < top + margin => line.top - top - margin,
            ScrollTo::Nearest if bottom - margin < line.bottom() => line.bottom() + margin - bottom,
            ScrollTo::Nearest => return,
        };
        scroll_by(&scroller, by);
    }

    /// Scrolls now and again in the next frames until nothing moves any more: what comes into view only now gets
    /// its true height only now. Stops when the person scrolls or another jump begins.
    fn settle(&self, scroll: impl Fn(&Self) + 'static) {
        let journey = self.shared.begin_journey();
        scroll(self);
        let painter = self.clone();
        wait::spawn(async move {
            let mut quiet_frames = 0;
            let mut last_top = painter.scroll_top();
            for _ in 0..SETTLING_FRAMES {
                wait::next_frame().await;
                if painter.shared.journey.get() != journey {
                    return;
                }
                scroll(&painter);
                let top = painter.scroll_top();
                quiet_frames = if top == last_top { quiet_frames + 1 } else { 0 };
                if 2 < quiet_frames {
                    return;
                }
                last_top = top;
            }
        });
    }

    fn scroll_top(&self) -> Option<i32> {
        self.shared.surface.scroller().map(|scroller| scroller.scroll_top())
    }
}
