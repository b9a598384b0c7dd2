//! What lies over the page: the open dialog, the drawer on small screens, and what is shown or hidden.
//! The second and last context besides the workspace.

use leptos::{html, prelude::*};

use super::{dialogs, hands, panels, widgets::Later};
use crate::{
    browser::{preferences, wait},
    model::{AnnotationId, DocumentId, ProjectId},
    text::Offset,
};

/// Preferences that this browser keeps.
const NAMES: &str = "names";
const SNAP_WORDS: &str = "snap_words";
const TOUR: &str = "tour";

/// How long the chunks of the program wait at most for an idle moment, in milliseconds.
const PATIENCE: u32 = 200;

/// Which dialog and drawer are open.
#[derive(Clone, Copy)]
pub struct Layers {
    /// The open dialog.
    pub dialog: RwSignal<Option<Dialog>>,
    /// The open drawer, on screens too small for all panels.
    pub drawer: RwSignal<Option<Drawer>>,
    /// Whether short names of labels stand at the start of marks.
    pub names: RwSignal<bool>,
    /// Whether the guide stands beside the text.
    pub guide: RwSignal<bool>,
    /// The element of the reader, below whose text something may be put.
    pub reader: NodeRef<html::Main>,
    /// The filter of the documents list; kept here so that a key can put the focus into its field.
    pub filter_wanted: RwSignal<u32>,
    /// What is looked for in all documents, kept while its screen is closed.
    pub sought: RwSignal<String>,
    /// Whether a selection made with the mouse is widened to whole words.
    pub snap_words: RwSignal<bool>,
    /// The program of keys, mouse and fingers.
    pub hands: Later<hands::Entry>,
    /// The program of the dialogs.
    pub dialogs: Later<dialogs::Entry>,
    /// The program of the panels beside the text.
    pub panels: Later<panels::Entry>,
    measures: StoredValue<Option<Measures>, LocalStorage>,
}

/// The place a line below (`true`) or above, given the column striven for, and that column.
type MoveLine = Box<dyn Fn(bool, Option<f64>) -> Option<(Offset, f64)>>;

/// What only the page can measure.
pub struct Measures {
    /// How the cursor moves by lines.
    pub line: MoveLine,
    /// The place of the text under a point of the viewport.
    pub place: Box<dyn Fn(f64, f64) -> Option<Offset>>,
}

/// A dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// Bring articles in.
    Import,
    /// Take the dataset or a backup home.
    Export,
    /// All projects.
    Projects,
    /// The other places of an annotation's words, to be labelled like it.
    Repeats(AnnotationId),
    /// Title and origin of a document.
    DocumentInfo(DocumentId),
    /// Another text for the open document.
    Retext(DocumentId),
    /// The history of a document.
    Past(DocumentId),
    /// Confirm that these documents are to be removed.
    RemoveDocuments(Vec<DocumentId>),
    /// Tags, state and origin of several documents.
    Together(Vec<DocumentId>),
    /// Confirm that a project is to be thrown away.
    DiscardProject(ProjectId),
    /// Name of the annotator, storage.
    Settings,
    /// Find a command, a document or an actor.
    Palette,
    /// The keys.
    Help,
    /// The short tour.
    Tour,
}

/// A panel that folds away on small screens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawer {
    /// The documents.
    Documents,
    /// The card and the list of annotations.
    Aside,
}

impl Drawer {
    /// The value of `data-drawer` on the workbench, which the style sheet reads.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Documents => "documents",
            Self::Aside => "aside",
        }
    }
}

impl Layers {
    /// Puts the layers into context.
    pub fn provide() -> Self {
        let wanted = |preference| preferences::get(preference).ok().flatten().is_none_or(|kept| kept != "no");
        let layers = Self {
            dialog: RwSignal::new(None),
            drawer: RwSignal::new(None),
            names: RwSignal::new(wanted(NAMES)),
            guide: RwSignal::new(false),
            reader: NodeRef::new(),
            filter_wanted: RwSignal::new(0),
            sought: RwSignal::new(String::new()),
            snap_words: RwSignal::new(wanted(SNAP_WORDS)),
            hands: Later::new(hands::hands),
            dialogs: Later::new(dialogs::dialogs),
            panels: Later::new(panels::panels),
            measures: StoredValue::new_local(None),
        };
        provide_context(layers);
        layers
    }

    /// The layers of the page. Every view stands below the component that provides them.
    #[expect(
        clippy::expect_used,
        reason = "a view outside the app is an error in the program, found at once"
    )]
    pub fn expect() -> Self {
        use_context().expect("a view below the component that provides the layers")
    }

    /// Says whether mouse selections are widened to whole words, from now on and at the next start.
    pub fn set_snap_words(self, snap: bool) {
        self.snap_words.set(snap);
        // Without it they are widened again at the next start.
        let _kept = preferences::set(SNAP_WORDS, if snap { "yes" } else { "no" });
    }

    /// Shows or hides the names of labels at the start of marks, from now on and at the next start.
    pub fn toggle_names(self) {
        self.names.update(|shown| *shown = !*shown);
        // Without it they are shown again at the next start.
        let _kept = preferences::set(NAMES, if self.names.get_untracked() { "yes" } else { "no" });
    }

    /// Whether the tour was closed in this browser before.
    pub fn tour_was_seen() -> bool {
        preferences::get(TOUR).ok().flatten().is_some()
    }

    /// Closes the tour, now and for the next starts.
    pub fn dismiss_tour(self) {
        // If it cannot be kept, the tour is shown once more: no harm.
        let _kept = preferences::set(TOUR, "seen");
        self.close();
    }

    /// Opens a dialog.
    pub fn open(self, dialog: Dialog) {
        self.drawer.set(None);
        self.dialog.set(Some(dialog));
    }

    /// Closes the dialog.
    pub fn close(self) {
        self.dialog.set(None);
    }

    /// Says how the text is measured.
    pub fn set_measures(self, measures: Measures) {
        self.measures.set_value(Some(measures));
    }

    /// The place a line below or above the cursor, and the column to strive for next time.
    pub fn line(self, forward: bool, goal: Option<f64>) -> Option<(Offset, f64)> {
        self.measures.try_with_value(|measures| (measures.as_ref()?.line)(forward, goal)).flatten()
    }

    /// The place of the text under a point of the viewport.
    pub fn place_at(self, x: f64, y: f64) -> Option<Offset> {
        self.measures.try_with_value(|measures| (measures.as_ref()?.place)(x, y)).flatten()
    }

    /// Has the chunks of the program come that are not there yet: the hands at once, then the panels, as they are
    /// seen.
    pub fn complete(self) {
        wait::spawn(async move {
            self.hands.come().await;
            wait::idle(PATIENCE).await;
            self.panels.come().await;
            self.dialogs.come().await;
        });
    }

    /// Whether a chunk of the program did not come.
    pub fn is_incomplete(self) -> bool {
        self.hands.is_missing() || self.panels.is_missing() || self.dialogs.is_missing()
    }

    /// Opens a drawer, or closes it when it is open.
    pub fn toggle_drawer(self, drawer: Drawer) {
        self.drawer.update(|open| *open = if *open == Some(drawer) { None } else { Some(drawer) });
    }
}
