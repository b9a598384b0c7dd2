//! A part of the page whose program comes after the page can be used: its place is empty until then.
//! Fetching begins at the first idle moment, so hardly anybody waits; a part that fails to come is fetched anew
//! when it is asked for again.

use leptos::prelude::*;

use super::live;
use crate::browser::{chunk::Fetching, wait};

/// A chunk of the program and how far it has come. `E` is the way into it.
pub struct Later<E: 'static> {
    arrival: RwSignal<Arrival<E>>,
    fetch: fn() -> Fetching<E>,
}

/// How far a chunk has come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Arrival<E> {
    /// It was not asked for, or is on its way.
    Away,
    /// It is there.
    Here(E),
    /// It did not come: no network, or another version lies on the server.
    Missing,
}

impl<E> Clone for Later<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for Later<E> {}

impl<E: Copy + Send + Sync> Later<E> {
    /// A chunk that nobody has asked for yet.
    pub fn new(fetch: fn() -> Fetching<E>) -> Self {
        Self { arrival: RwSignal::new(Arrival::Away), fetch }
    }

    /// Has it come, and says whether it is there. Several calls fetch it once.
    pub async fn come(self) -> Option<E> {
        if let Arrival::Here(entry) = self.arrival.get_untracked() {
            return Some(entry);
        }
        let fetched = (self.fetch)().await.ok();
        self.arrival.set(fetched.map_or(Arrival::Missing, Arrival::Here));
        fetched
    }

    /// Calls back once it is there.
    pub fn then(self, call: impl FnOnce(E) + 'static) {
        wait::spawn(async move {
            if let Some(entry) = self.come().await {
                call(entry);
            }
        });
    }

    /// Calls back as soon as it is there, whoever fetches it.
    pub fn once_here(self, call: impl FnOnce(E) + 'static) {
        let mut call = Some(call);
        Effect::new(move |_| {
            if let Arrival::Here(entry) = self.arrival.get()
                && let Some(call) = call.take()
            {
                call(entry);
            }
        });
    }

    /// Whether it did not come.
    pub fn is_missing(self) -> bool {
        self.arrival.with(|arrival| matches!(arrival, Arrival::Missing))
    }

    /// What it draws, as soon as it is there; it is fetched if need be.
    pub fn view(self, draw: impl Fn(E) -> AnyView + Send + 'static) -> AnyView {
        self.then(|_| ());
        live(move || match self.arrival.get() {
            Arrival::Here(entry) => Some(draw(entry)),
            Arrival::Away | Arrival::Missing => None,
        })
    }
}
