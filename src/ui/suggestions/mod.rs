//! Known names of actors that are not tagged yet, shown in the text in a style of their own once it can be read:
//! accepted or refused by one key each, or all at once after a list to review. Without actors nothing happens here.

mod keys;
mod review;
mod seeking;
mod shown;
mod state;

use leptos::{portal::Portal, prelude::*};

use self::{review::Review, state::Suggested};
use super::reader::Geometry;
use crate::{
    app::Action,
    browser::{Listener, keys::on_key_first, painter::suggested, wait},
    ui::{
        key_hint::{key_cap, titled},
        layers::Layers,
        reader::draw_beside,
        widgets::{When, handler, live, px},
    },
};

/// The widest that what is said of one is, in pixels.
const WIDTH: f64 = 288.0;

/// What is shown of the suggestions besides those in the text: the one that is looked at, and how many there are.
#[component]
pub fn Suggestions(
    /// Where things belong.
    geometry: Signal<Geometry>,
) -> impl IntoView {
    let suggested = Suggested::new();
    let layers = Layers::expect();
    draw_beside(shown::draw);
    let heard = [
        on_key_first(move |press| keys::take(press, suggested)),
        // After the text has heard of the click.
        suggested::on_click(move |id| wait::on_next_turn(move || suggested.look_at(&id))),
    ];
    let listeners = StoredValue::new_local(heard.into_iter().flatten().collect::<Vec<Listener>>());
    on_cleanup(move || {
        let _dropped = listeners.try_update_value(std::mem::take);
    });
    let has_some = Signal::derive(move || suggested.count() > 0 && suggested.current.get().is_none());
    view! {
        {live(move || suggested.current.get().map(|span| view! { <Current suggested span geometry /> }))}
        // Below the text, where it hides nothing of it.
        <When holds=has_some>
            {layers.reader.get_untracked().map(|reader| view! { <Portal mount=reader><Bar suggested /></Portal> })}
        </When>
        {live(move || suggested.reviewing.get().then(|| view! { <Review suggested /> }))}
    }
}

/// How many there are, and the way to them.
#[component]
fn Bar(suggested: Suggested) -> impl IntoView {
    let said = move || match suggested.count() {
        1 => "1 known name".to_owned(),
        count => format!("{count} known names"),
    };
    view! {
        <div class="suggested-bar" role="group" aria-label="Suggestions">
            <span role="status">{live(said)}</span>
            <button type="button" class="quiet" title=titled("Go to the next one", Action::NextSuggestion, "n") on:click=handler(move |_| suggested.step(true))>
                "Next name"
            </button>
            <button type="button" class="quiet" title=titled("Review all", Action::ReviewSuggestions, "Shift+Enter") on:click=handler(move |_| suggested.reviewing.set(true))>
                "Review all"
            </button>
        </div>
    }
}

/// The suggestion that is looked at: who is meant, and what to do about it.
#[component]
fn Current(suggested: Suggested, span: crate::text::Span, geometry: Signal<Geometry>) -> impl IntoView {
    let names = suggested.names(span);
    let spot =
        Memo::new(move |_| geometry.with(|geometry| (geometry.caret.unwrap_or_default(), geometry.width)));
    let several = 1 < names.len();
    let accept = move |at: usize| move |_| suggested.accept_current(at);
    view! {
        <section
            class="palette suggestion"
            aria-label="Suggestion"
            style:max-width=px(WIDTH)
            style:left=move || px(spot.with(|(spot, width)| spot.left.min(width - WIDTH).max(0.0)))
            style:top=move || px(spot.with(|(spot, _)| spot.top + spot.height + 6.0))
        >
            <ol>
                {names
                    .into_iter()
                    .enumerate()
                    .map(|(at, name)| {
                        view! {
                            <li>
                                <button type="button" title=titled("Accept", Action::OpenCard, "Enter") on:click=handler(accept(at))>
                                    {if several { view! { <kbd>{at + 1}</kbd> }.into_any() } else { key_cap(Action::OpenCard, "Enter") }}
                                    <span class="name"><bdi>{name}</bdi></span>
                                </button>
                            </li>
                        }
                    })
                    .collect_view()}
                <li>
                    <button type="button" title=titled("Refuse", Action::Delete, "Delete") on:click=handler(move |_| suggested.refuse_current())>
                        <kbd>"r"</kbd>
                        <span class="name">"Not meant here"</span>
                    </button>
                </li>
            </ol>
            <p class="hint">{live(move || suggested.place_of(span))}</p>
        </section>
    }
}
