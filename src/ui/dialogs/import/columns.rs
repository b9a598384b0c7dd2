//! The columns of a table with its first rows, and what each column holds: guessed, and for the person to change.

use leptos::prelude::*;

use crate::{
    app::workspace::Column,
    format::exchange::Role,
    ui::widgets::{live, live_value},
};

/// The role without which nothing can come in.
const TEXT: &str = "text";

/// The table. A role but the last stands once: a column that had it before is kept aside.
#[component]
pub(super) fn Columns(
    /// The columns.
    columns: Vec<Column>,
    /// Says what the columns hold.
    on_pick: impl Fn(Vec<String>) + Copy + Send + 'static,
) -> impl IntoView {
    let roles = RwSignal::new(columns.iter().map(|column| column.role.clone()).collect::<Vec<_>>());
    let pick = move |at: usize, role: String| {
        roles.update(|roles| {
            let aside = Role::Other.name();
            for (number, known) in roles.iter_mut().enumerate() {
                if number == at {
                    known.clone_from(&role);
                } else if *known == role && role != aside {
                    aside.clone_into(known);
                }
            }
        });
        on_pick(roles.get_untracked());
    };
    let rows = columns.iter().map(|column| column.cells.len()).max().unwrap_or_default();
    let body = (0..rows).map(|row| {
        let cells = columns.iter().map(|column| view! { <td>{column.cells.get(row).cloned()}</td> });
        view! { <tr>{cells.collect_view()}</tr> }
    });
    let body = body.collect_view();
    let heads = columns.into_iter().enumerate().map(|(at, column)| {
        let options = Role::ALL.map(|(_, name)| {
            let is_it = move || roles.with(|roles| roles.get(at).is_some_and(|role| role == name));
            view! { <option value=name selected=live_value(is_it)>{name}</option> }
        });
        view! {
            <th scope="col">
                <label>
                    <span>{column.name}</span>
                    <select on:change:target=move |event| pick(at, event.target().value())>{options.collect_view()}</select>
                </label>
            </th>
        }
    });
    let heads = heads.collect_view();
    view! {
        <h3>"Columns"</h3>
        <div class="columns" role="region" aria-label="Columns" tabindex="0">
            <table>
                <thead><tr>{heads}</tr></thead>
                <tbody>{body}</tbody>
            </table>
        </div>
        {live(move || {
            let has_text = roles.with(|roles| roles.iter().any(|role| role == TEXT));
            (!has_text).then(|| view! { <p role="status">"Say which column holds the text; without it nothing comes in."</p> })
        })}
    }
}
