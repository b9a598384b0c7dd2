//! Handlers, live values and live parts of views behind one type each. Leptos compiles what draws and undraws an
//! attribute or a part anew for every closure it is given, and most of what this page does stands in closures.

use leptos::prelude::*;

/// What to do about an event: `on:click=handler(move |_| …)`.
pub fn handler<E>(answer: impl FnMut(E) + 'static) -> Box<dyn FnMut(E)> {
    Box::new(answer)
}

/// What an attribute says, now and when a signal it reads changes: `disabled=live_value(move || …)`.
pub fn live_value<T>(value: impl Fn() -> T + Send + 'static) -> Box<dyn Fn() -> T + Send> {
    Box::new(value)
}

/// A part of a view that is drawn anew when a signal it reads changes: `{live(move || …)}`.
pub fn live<V: IntoView + 'static>(mut draw: impl FnMut() -> V + Send + 'static) -> AnyView {
    redrawn(Box::new(move || draw().into_any()))
}

/// A part of a view that is there as long as something holds: drawn when that begins, and not before it ends.
#[component]
pub fn When(
    /// Whether it is there.
    #[prop(into)]
    holds: Signal<bool>,
    /// Draws it.
    children: ChildrenFn,
) -> impl IntoView {
    let holds = Memo::new(move |_| holds.get());
    live(move || holds.get().then(|| children()))
}

fn redrawn(mut draw: Box<dyn FnMut() -> AnyView + Send>) -> AnyView {
    (move || draw()).into_any()
}
