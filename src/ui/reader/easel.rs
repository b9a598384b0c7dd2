//! The easel: keeps the painter of the surface in step with the session.
//! Marks exist for the blocks near the viewport; a change repaints only the blocks that it touches.

use std::{cell::Cell, rc::Rc};

use leptos::prelude::*;

use super::{drawing, geometry::Geometry};
use crate::{
    app::{
        Session,
        workspace::{Paint, Workspace},
    },
    browser::{
        Surface, clock, focus, media,
        painter::{Drawn, Painter, ScrollTo},
        selection, wait,
    },
    model::{AnnotationId, Target},
    scene,
    text::{Offset, Span, order},
};

/// How much text is painted before a document is first seen, in UTF-16 units for each pixel of the window's height: at most
/// 2.3 are seen, and ten lines are added. What is near comes when that is drawn.
const FIRST_PAINT: u32 = 3;
const FIRST_LINES: u32 = 800;

/// How long after a touch the selection is left to the browser's own handles, in milliseconds.
const TOUCH_REST: f64 = 600.0;

/// Draws more into a block that is about to be painted; says whether it has.
pub type Beside = fn(&Session, &Drawn, usize) -> bool;

thread_local! {
    /// What is drawn beside the marks, once there is something.
    static BESIDE: Cell<Option<Beside>> = const { Cell::new(None) };
}

/// Has more drawn into each block that is painted from now on.
pub fn draw_beside(beside: Beside) {
    BESIDE.set(Some(beside));
}

/// Measures what an easel shows.
pub type Measure = fn(&Easel);

/// Paints the open document. Clones paint on the same surface.
#[derive(Clone)]
pub struct Easel {
    workspace: Workspace,
    painter: Painter,
    geometry: RwSignal<Geometry>,
    measuring: Rc<Cell<bool>>,
    /// Whether marks have changed that are not drawn yet.
    is_fresh: Rc<Cell<bool>>,
    touched: Rc<Cell<f64>>,
    /// The selection was made by mouse or finger, so the palette is of use; it would only hide text from the keys.
    pointed: Rc<Cell<bool>>,
    /// [`Easel::measure_now`], once keys, mouse and fingers are listened to.
    measure: Rc<Cell<Option<Measure>>>,
}

impl Easel {
    /// An easel for a surface; `geometry` is told where cursor, handles and palette belong.
    pub fn new(workspace: Workspace, painter: Painter, geometry: RwSignal<Geometry>) -> Self {
        let easel = Self {
            workspace,
            painter,
            geometry,
            measuring: Rc::default(),
            is_fresh: Rc::default(),
            touched: Rc::new(Cell::new(f64::NEG_INFINITY)),
            pointed: Rc::default(),
            measure: Rc::default(),
        };
        let near = easel.clone();
        easel.painter.on_visibility(move |entered, left| near.blocks_moved(entered, left));
        easel
    }

    /// The surface painted on.
    pub fn surface(&self) -> &Surface {
        self.painter.surface()
    }

    /// Does what the workspace asks for.
    pub fn paint(&self, paint: Paint) {
        match paint {
            Paint::Opened => self.open(),
            Paint::Spans { spans, focus } => {
                // The selection first: what is then painted need not keep one that goes, nor ask whether there is one.
                let nothing_selected = focus && self.show_selection();
                self.batch(nothing_selected, || {
                    if focus {
                        self.show_chosen();
                    }
                    self.repaint(&spans);
                });
            }
            Paint::Focus => self.show_focus(),
            Paint::Reveal(place) => self.reveal(place),
        }
    }

    /// Notes that keys, mouse and fingers are listened to from now on, and how to measure.
    pub fn answer(&self, measure: Measure) {
        self.measure.set(Some(measure));
        self.measure();
        if self.workspace.read(|session| session.open().is_some()) == Some(true) {
            self.painter.set_ready(true);
        }
    }

    /// Notes that a finger works on the selection, which is then not set from here.
    pub fn note_touch(&self) {
        self.touched.set(clock::monotonic());
    }

    /// Notes that the selection which comes next was made by mouse or finger.
    pub fn note_pointer(&self) {
        self.pointed.set(true);
    }

    /// Measures anew where cursor, handles and palette belong, before the next frame; where that shows changed marks,
    /// after it, as it is theirs.
    pub fn measure(&self) {
        let Some(measure) = self.measure.get() else { return };
        if self.measuring.replace(true) {
            return;
        }
        let easel = self.clone();
        wait::on_next_frame(move || {
            if !easel.is_fresh.replace(false) {
                return measure(&easel);
            }
            wait::spawn(async move {
                wait::drawn().await;
                measure(&easel);
            });
        });
    }

    /// Measures the page as it is now.
    pub fn measure_now(&self) {
        self.measuring.set(false);
        let measured = self.workspace.read(|session| Geometry::measure(session, self.surface()));
        let mut measured = measured.unwrap_or_default();
        if measured.selection.is_none() {
            self.pointed.set(false);
        }
        measured.selection = measured.selection.filter(|_| self.pointed.get());
        if self.geometry.with_untracked(|known| *known != measured) {
            self.geometry.set(measured);
        }
    }

    /// Notes the place that the person has scrolled to.
    pub fn note_scroll(&self) {
        if let Some((first_utf16, below_top)) = self.painter.first_visible() {
            self.workspace.scrolled(first_utf16, below_top);
        }
    }

    /// Paints every block for as long as the page is printed, and afterwards again only those near the viewport.
    pub fn print(&self, begins: bool) {
        self.painter.batch(|| {
            if begins {
                (0..self.surface().block_count()).for_each(|block| self.paint_block(block));
            } else {
                let near = self.painter.visible();
                let far =
                    self.painter.painted().into_iter().filter(|block| near.binary_search(block).is_err());
                far.for_each(|block| self.report(self.painter.clear_block(block)));
            }
        });
    }

    fn open(&self) {
        let shown = self.workspace.read(|session| {
            let Some(open) = session.open() else {
                return self.painter.set_text("", &[], None);
            };
            let specs = drawing::specs(&open.text, &open.blocks);
            let documents = session.state().documents();
            let language = documents.get(&open.document).map(|document| document.meta.language.as_str());
            self.painter.set_document(&open.document.to_string());
            let language = language.filter(|language| !language.is_empty());
            self.painter.set_text(open.text.as_str(), &specs, language)
        });
        self.report(shown.unwrap_or(Ok(())));
        // The marks before anything is measured, so that what is in view is laid out once.
        let place = self.workspace.scroll_place();
        self.paint_from(place.map_or(0, |(first_utf16, _)| first_utf16));
        self.painter.set_ready(self.measure.get().is_some());
        match place {
            Some((first_utf16, below_top)) => self.painter.restore_place(first_utf16, below_top),
            None => self.painter.scroll_to(0, ScrollTo::Start),
        }
        self.show_focus();
    }

    /// Paints what comes into view without waiting for the browser to say what that is.
    fn paint_from(&self, first_utf16: u32) {
        let surface = self.surface();
        let first = surface.block_at(first_utf16).unwrap_or(0);
        let seen = media::height().saturating_mul(FIRST_PAINT).saturating_add(FIRST_LINES);
        let last = surface.block_at(first_utf16.saturating_add(seen)).unwrap_or(first);
        self.painter.batch_afresh(|| (first..=last).for_each(|block| self.paint_block(block)));
    }

    fn blocks_moved(&self, entered: &[usize], left: &[usize]) {
        for block in left {
            self.report(self.painter.clear_block(*block));
        }
        for block in entered {
            self.paint_block(*block);
        }
    }

    /// Paints without asking for the selection where it is known that there is none.
    fn batch(&self, nothing_selected: bool, paint: impl FnOnce()) {
        if nothing_selected {
            self.painter.batch_afresh(paint);
        } else {
            self.painter.batch(paint);
        }
    }

    fn repaint(&self, spans: &[Span]) {
        let mut near = self.painter.visible();
        near.extend(self.painter.painted());
        order::sort(&mut near);
        let blocks = self.workspace.read(|session| {
            let open = session.open()?;
            let touched = spans.iter().flat_map(|span| scene::blocks_of(&open.blocks, *span));
            Some(order::set(touched.filter(|block| near.binary_search(block).is_ok())))
        });
        blocks.flatten().unwrap_or_default().into_iter().for_each(|block| self.paint_block(block));
        self.is_fresh.set(true);
        self.measure();
    }

    fn paint_block(&self, block: usize) {
        let painted = self.workspace.read(|session| {
            let span = session.open().and_then(|open| open.blocks.get(block)).map(|block| block.span);
            let beside = |drawn: &Drawn| BESIDE.get().is_some_and(|beside| beside(session, drawn, block));
            let paint = |span| self.painter.paint_block(block, &drawing::pieces(session, span), beside);
            span.map_or(Ok(()), paint)
        });
        self.report(painted.unwrap_or(Ok(())));
    }

    /// Shows the selection, the chosen annotation and what it is linked to.
    fn show_focus(&self) {
        self.show_selection();
        self.show_chosen();
    }

    fn show_chosen(&self) {
        let shown = self.workspace.read(|session| {
            let chosen = session.open().and_then(|open| open.chosen);
            let linked = chosen.map_or_else(Vec::new, |id| linked_to(session, id));
            (chosen.iter().map(AnnotationId::to_string).collect::<Vec<_>>(), linked)
        });
        let (chosen, linked) = shown.unwrap_or_default();
        for (class, annotations) in [("chosen", chosen), ("linked", linked)] {
            let annotations: Vec<&str> = annotations.iter().map(String::as_str).collect();
            match self.painter.set_class(class, &annotations) {
                Ok(is_changed) => self.is_fresh.set(is_changed || self.is_fresh.get()),
                Err(error) => self.workspace.refuse(&error),
            }
        }
        self.measure();
    }

    /// Selects what the session says is selected; answers whether nothing of the text is selected now. While nothing
    /// else has changed: changing the selection makes the browser lay out what has.
    fn show_selection(&self) -> bool {
        let selection = self.workspace.read(|session| {
            let open = session.open()?;
            let utf16 = |offset| open.text.to_utf16(offset).get();
            Some((utf16(open.selection.anchor), utf16(open.selection.head)))
        });
        let Some((anchor_utf16, head_utf16)) = selection.flatten() else { return false };
        let by_touch = clock::monotonic() - self.touched.get() < TOUCH_REST;
        let shown = selection::read(self.surface());
        let wanted = (anchor_utf16 != head_utf16).then_some((anchor_utf16, head_utf16));
        if by_touch && wanted.is_some() {
            return false;
        }
        if wanted == shown.filter(|(anchor, head)| anchor != head) {
            return shown.is_none();
        }
        let set = match wanted {
            Some((anchor, head)) => selection::set(self.surface(), anchor, head),
            None if focus::within("input, textarea, select") => return false,
            None => selection::clear(),
        };
        let nothing_selected = wanted.is_none() && set.is_ok();
        self.report(set);
        nothing_selected
    }

    /// Lights up the annotations under the pointer.
    pub fn show_hover(&self, annotations: &[String]) {
        let ids: Vec<&str> = annotations.iter().map(String::as_str).collect();
        self.report(self.painter.set_class("hovered", &ids).map(|_| ()));
    }

    fn reveal(&self, place: Offset) {
        let place = self.workspace.read(|session| session.open().map(|open| open.text.to_utf16(place).get()));
        if let Some(utf16) = place.flatten() {
            self.painter.scroll_to(utf16, ScrollTo::Nearest);
            self.measure();
        }
    }

    fn report(&self, result: Result<(), crate::browser::Error>) {
        if let Err(error) = result {
            self.workspace.refuse(&error);
        }
    }
}

fn linked_to(session: &Session, id: AnnotationId) -> Vec<String> {
    let Some(body) = session.body() else { return Vec::new() };
    let to = body.from(id).filter_map(|relation| match relation.to {
        Target::Annotation(to) => Some(to),
        Target::Actor(_) => None,
    });
    let from = body.to(Target::Annotation(id)).map(|relation| relation.from);
    to.chain(from).map(|id| id.to_string()).collect()
}
