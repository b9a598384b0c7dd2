//! Where the person was: the open document, the place in it, the selection. Kept so that a reload returns there.
//! It is a convenience, not work: a view that cannot be read is passed over.

use std::cell::Cell;
use std::collections::BTreeMap;

use serde::Serialize;

use super::{Workspace, spawn};
use crate::{
    app::{rows::Keys, session::Selection},
    browser::{clock, wait},
    model::{AnnotationId, DocumentId},
    store::{Durability, Table, Write},
    text::Offset,
};

/// How long the view has to rest before it is stored, in milliseconds.
const REST: u32 = 300;

/// A pause of this many milliseconds is not counted as work.
const PAUSE: f64 = 60_000.0;

thread_local! {
    /// Counts the changes of the view, so that only the last of a burst is stored.
    static CHANGES: Cell<u32> = const { Cell::new(0) };
    /// How long the person has worked on the open document, and when something was last done in it, in milliseconds.
    static SPENT: Cell<(f64, f64)> = const { Cell::new((0.0, 0.0)) };
    /// The first visible position in UTF-16 units and how far below the top it lies, as the surface reports it.
    static SCROLLED: Cell<Option<(u32, f64)>> = const { Cell::new(None) };
}

/// When a view is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Now, as the page may be about to go.
    Now,
    /// Once what is shown in its place is drawn.
    Drawn,
}

/// Where the person was in a document.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(super) struct Place {
    anchor: u32,
    head: u32,
    chosen: Option<String>,
    /// The first visible position in UTF-16 units, and the distance of its block from the top in pixels.
    pub(super) first_utf16: u32,
    pub(super) below_top: f64,
    /// How long the person has worked on it, in milliseconds, pauses left out.
    pub(super) spent_ms: f64,
}

/// Which document was open in a project.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(super) struct View {
    pub(super) document: Option<String>,
}

impl Place {
    pub(super) fn parse(json: &str) -> Self {
        let fields = Fields::parse(json);
        Self {
            anchor: fields.whole("anchor"),
            head: fields.whole("head"),
            chosen: fields.string("chosen"),
            first_utf16: fields.whole("first_utf16"),
            below_top: fields.number("below_top"),
            spent_ms: fields.number("spent_ms"),
        }
    }

    pub(super) fn selection(&self) -> Selection {
        Selection { anchor: Offset::new(self.anchor), head: Offset::new(self.head) }
    }

    pub(super) fn chosen(&self) -> Option<AnnotationId> {
        AnnotationId::parse(self.chosen.as_deref()?)
    }
}

impl View {
    pub(super) fn parse(json: &str) -> Self {
        Self { document: Fields::parse(json).string("document") }
    }
}

/// The fields of a view or place; one that is missing or of another type has its default. Derived readers would weigh
/// more than all of this file.
struct Fields(serde_json::Value);

impl Fields {
    fn parse(json: &str) -> Self {
        Self(serde_json::from_str(json).unwrap_or_default())
    }

    fn whole(&self, key: &str) -> u32 {
        self.0.get(key).and_then(|value| u32::try_from(value.as_u64()?).ok()).unwrap_or_default()
    }

    fn number(&self, key: &str) -> f64 {
        self.0.get(key).and_then(serde_json::Value::as_f64).unwrap_or_default()
    }

    fn string(&self, key: &str) -> Option<String> {
        self.0.get(key).and_then(|value| value.as_str().map(str::to_owned))
    }
}

impl Workspace {
    /// Notes how far the text is scrolled: the first visible position and its distance from the top.
    pub fn scrolled(self, first_utf16: u32, below_top: f64) {
        SCROLLED.set(Some((first_utf16, below_top)));
        if let Some(hands) = self.hands() {
            (hands.remember_view)(self);
        }
    }

    /// How far the open document's text was scrolled when it was left.
    pub fn scroll_place(self) -> Option<(u32, f64)> {
        SCROLLED.get()
    }

    /// Takes up where a document was left.
    pub(super) fn take_up(self, place: Option<&Place>) {
        SCROLLED.set(place.map(|place| (place.first_utf16, place.below_top)));
        SPENT.set((place.map_or(0.0, |place| place.spent_ms), clock::monotonic()));
    }

    /// Stores the view once it has come to rest.
    pub(super) fn remember_view(self) {
        let change = CHANGES.get().wrapping_add(1);
        CHANGES.set(change);
        let (spent, last) = SPENT.get();
        let now = clock::monotonic();
        let since = now - last;
        SPENT.set((if since < PAUSE { spent + since } else { spent }, now));
        spawn(async move {
            wait::sleep(REST).await;
            if CHANGES.get() == change {
                self.store_view_at(Moment::Now);
                self.read_next_ahead().await;
            }
        });
    }

    /// Stores the view as it is now, if there was time to change it.
    pub fn store_view(self, moment: Moment) {
        if let Some(hands) = self.hands() {
            (hands.store_view)(self, moment);
        }
    }

    pub(super) fn store_view_at(self, moment: Moment) {
        // What was done a moment ago may still wait until it is drawn.
        self.save();
        let writes = self.read(|session| {
            let keys = Keys(session.state().project().id);
            let open = session.open();
            let view = View { document: open.map(|open| open.document.to_string()) };
            let mut writes = vec![setting(keys, keys.view(), &view)];
            if let Some(open) = open {
                let (first_utf16, below_top) = SCROLLED.get().unwrap_or_default();
                let place = Place {
                    anchor: open.selection.anchor.byte(),
                    head: open.selection.head.byte(),
                    chosen: open.chosen.map(|id| id.to_string()),
                    first_utf16,
                    below_top,
                    spent_ms: SPENT.get().0.round(),
                };
                writes.push(setting(keys, keys.place(open.document), &place));
            }
            writes
        });
        let writes: Vec<Write> = writes.into_iter().flatten().flatten().collect();
        let Some(store) = self.store() else { return };
        spawn(async move {
            if moment == Moment::Drawn {
                wait::drawn().await;
            }
            // Losing a view loses no work: the next one is stored in its place.
            let _stored = store.write(&writes, Durability::Relaxed).await;
        });
    }

    /// How long the person has worked on each document in this browser, in milliseconds, pauses of a minute and more
    /// left out.
    pub async fn time_spent(self) -> BTreeMap<DocumentId, f64> {
        let project = self.read(|session| session.state().project().id);
        let (Some(store), Some(project)) = (self.store(), project) else { return BTreeMap::new() };
        let Ok(rows) = store.of_project(Table::Settings, &project.to_string()).await else {
            return BTreeMap::new();
        };
        let places = rows.iter().filter_map(|row| {
            let document = DocumentId::parse(row.key.split_once("/place/")?.1)?;
            Some((document, Place::parse(&row.json).spent_ms))
        });
        places.collect()
    }

    pub(super) async fn place_of(self, keys: Keys, document: DocumentId) -> Option<Place> {
        let row = self.store()?.get(Table::Settings, &keys.place(document)).await.ok()??;
        Some(Place::parse(&row.json))
    }
}

fn setting(keys: Keys, key: String, value: &impl Serialize) -> Option<Write> {
    let json = serde_json::to_string(value).ok()?;
    Some(Write::Put(keys.row(Table::Settings, key, json)))
}
