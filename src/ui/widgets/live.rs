//! Handlers and live parts of views behind one type each. Leptos compiles what draws and undraws an attribute or a
//! part anew for every closure it is given, and most of what this page does stands in closures.

use leptos::prelude::*;

/// What to do about an event: `on:click=handler(move |_| …)`.
pub fn handler<E>(answer: impl FnMut(E) + 'static) -> Box<dyn FnMut(E)> {
    Box::new(answer)
}

/// A part of a view that is drawn anew when a signal it reads changes: `{live(move || …)}`.
pub fn live<V: IntoView + 'static>(mut draw: impl FnMut() -> V + Send + 'static) -> AnyView {
    redrawn(Box::new(move || draw().into_any()))
}

fn redrawn(mut draw: Box<dyn FnMut() -> AnyView + Send>) -> AnyView {
    (move || draw()).into_any()
}
