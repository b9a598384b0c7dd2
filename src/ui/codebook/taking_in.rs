//! Before a codebook's file is taken in: what it would add and change. Nothing is removed by it.

use leptos::prelude::*;

use super::state::{Desk, hosts};
use crate::{
    app::workspace::Foreseen,
    browser::wait,
    format::codebook::{CodebookFile, Shape},
    model::{Codebook, Difference, Differs, Key, Revision, Side},
    ui::{
        header::Announcer,
        widgets::{Modal, When, handler, live, live_value},
    },
};

/// So many differences are named.
const NAMED: usize = 200;

/// The dialog.
#[component]
pub fn TakingIn(desk: Desk, file: Result<(String, CodebookFile), String>) -> impl IntoView {
    let close = move || desk.asked.set(None);
    let (name, file) = match file {
        Ok(read) => read,
        Err(problem) => {
            return view! {
                <Modal
                    title="This codebook cannot be taken in"
                    on_close=move |()| close()
                    footer=move || view! { <button type="button" autofocus on:click=handler(move |_| close())>"Close"</button> }
                >
                    <p role="alert">{problem}</p>
                    <p class="soft">"Nothing was changed."</p>
                </Modal>
            }
            .into_any();
        }
    };
    view! { <Reviewing desk name file /> }.into_any()
}

#[component]
fn Reviewing(desk: Desk, name: String, file: CodebookFile) -> impl IntoView {
    let close = move || desk.asked.set(None);
    let has_guidelines =
        matches!(&file, CodebookFile::Own { guidelines, .. } if !guidelines.trim().is_empty());
    let is_tree = matches!(&file, CodebookFile::Codes(_));
    let as_categories = RwSignal::new(matches!(&file, CodebookFile::Codes(codes) if codes.are_categories()));
    let labels = untrack(|| desk.codebook.with(|codebook| hosts(codebook, Side::Annotations)));
    let label = RwSignal::new(labels.first().map(|(key, _)| key.to_string()).unwrap_or_default());
    let changes = RwSignal::new(false);
    let with_guidelines = RwSignal::new(false);
    let said = about(&name, &file);
    let file = StoredValue::new(file);
    let other = Memo::new(move |_| {
        let shape = match as_categories.get() {
            true => {
                let key = Key::from(label.get());
                let name =
                    desk.codebook.with_untracked(|all| all.label(&key).map(|label| label.name.clone()));
                Shape::Categories { name: name.unwrap_or_default(), label: key }
            }
            false => Shape::Labels,
        };
        file.with_value(|file| match file {
            CodebookFile::Own { codebook, .. } => Ok((**codebook).clone()),
            CodebookFile::Codes(codes) => codes.codebook(&shape).map_err(|problem| problem.to_string()),
        })
    });
    let revision = Signal::derive(move || {
        let guidelines = file.with_value(|file| match file {
            CodebookFile::Own { guidelines, .. } if with_guidelines.get() => Some(guidelines.clone()),
            _ => None,
        });
        let other = Box::new(other.get().ok()?);
        Some(Revision::TakeIn { other, changes: changes.get(), guidelines })
    });
    let foreseen = RwSignal::new(None::<Result<Foreseen, String>>);
    Effect::new(move |_| {
        let wanted = revision.get();
        match (wanted, other.get()) {
            (_, Err(problem)) => foreseen.set(Some(Err(problem))),
            (None, _) => foreseen.set(None),
            (Some(wanted), _) => wait::spawn(async move {
                let found = desk.workspace.foresee(wanted).await;
                let _shown = foreseen.try_set(Some(found));
            }),
        }
    });
    let is_ready = move || {
        let differs = foreseen.with(|found| match found {
            Some(Ok(found)) => desk.codebook.with(|codebook| **codebook != found.codebook),
            _ => false,
        });
        differs || (with_guidelines.get() && foreseen.with(|found| matches!(found, Some(Ok(_)))))
    };
    let take = move |_| {
        let Some(revision) = revision.get_untracked() else { return };
        close();
        desk.revise(revision);
    };
    view! {
        <Modal
            title="Take this codebook in?"
            on_close=move |()| close()
            footer=move || view! {
                <button type="button" on:click=handler(move |_| close())>"Cancel"</button>
                <button type="button" class="primary" disabled=live_value(move || !is_ready()) on:click=handler(take)>"Take in"</button>
            }
        >
            <p class="summary">{said}</p>
            {is_tree.then(|| view! { <ShapeChoice as_categories label labels /> })}
            <div class="form">
                <label class="check">
                    <input type="checkbox" prop:checked=changes on:change=handler(move |event| changes.set(event_target_checked(&event))) />
                    "Also change what both have, to what the file says"
                </label>
                <When holds=Signal::derive(move || has_guidelines)>
                    <label class="check">
                        <input
                            type="checkbox"
                            prop:checked=with_guidelines
                            on:change=handler(move |event| with_guidelines.set(event_target_checked(&event)))
                        />
                        "Take its guidelines in the place of those that are here"
                    </label>
                </When>
            </div>
            {live(move || match foreseen.get() {
                None => view! { <p class="soft" role="status">"Comparing…"</p> }.into_any(),
                Some(Err(problem)) => view! { <p class="warning" role="alert">{format!("It cannot be taken in so: {problem}.")}</p> }.into_any(),
                Some(Ok(foreseen)) => {
                    let found = desk.codebook.with(|codebook| codebook.differences(&foreseen.codebook));
                    differences(found).into_any()
                }
            })}
            <Announcer />
        </Modal>
    }
}

/// What a tree of codes is here.
#[component]
fn ShapeChoice(
    as_categories: RwSignal<bool>,
    label: RwSignal<String>,
    labels: Vec<(Key, String)>,
) -> impl IntoView {
    let radio = move |categories: bool| {
        view! {
            <input
                type="radio"
                name="shape"
                prop:checked=live_value(move || as_categories.get() == categories)
                on:change=handler(move |_| as_categories.set(categories))
            />
        }
    };
    let options =
        labels.into_iter().map(|(key, name)| view! { <option value=key.to_string()>{name}</option> });
    view! {
        <fieldset class="radios">
            <legend>"Its codes are"</legend>
            <label>{radio(false)} "labels; what stands below a code is asked of its passages"</label>
            <label>
                {radio(true)}
                "categories of"
                <select
                    aria-label="Categories of"
                    on:change=handler(move |event| {
                        label.set(event_target_value(&event));
                        as_categories.set(true);
                    })
                >
                    {options.collect_view()}
                </select>
            </label>
        </fieldset>
    }
}

fn about(name: &str, file: &CodebookFile) -> String {
    let counts = |codebook: &Codebook| {
        format!("{} labels, {} kinds of links", codebook.labels.len(), codebook.relations.len())
    };
    match file {
        CodebookFile::Own { name: project, codebook, .. } if project.is_empty() => {
            format!("{name}: {}.", counts(codebook))
        }
        CodebookFile::Own { name: project, codebook, .. } => {
            format!("{name}: the codebook of “{project}”, {}.", counts(codebook))
        }
        CodebookFile::Codes(codes) => format!("{name}: a tree of {} codes.", codes.count()),
    }
}

/// What would be added and changed.
pub fn differences(found: Vec<Difference>) -> impl IntoView {
    if found.is_empty() {
        return view! { <p class="soft" role="status">"Nothing in it is new here."</p> }.into_any();
    }
    let count = found.len();
    let row = |one: Difference| {
        let what = match &one.how {
            Differs::Added => "new".to_owned(),
            Differs::Removed => "removed".to_owned(),
            Differs::Changed(parts) => format!("changed: {}", parts.join(", ")),
        };
        let place = [one.within, vec![one.name]].concat().join(" › ");
        view! {
            <li>
                <span class="what">{format!("{}", one.entry)}</span>
                <span class="name">{place}</span>
                <span class="how">{what}</span>
            </li>
        }
    };
    view! {
        <ul class="differences" aria-label="What would change">{found.into_iter().take(NAMED).map(row).collect_view()}</ul>
        {(NAMED < count).then(|| view! { <p class="soft">{format!("and {} more", count - NAMED)}</p> })}
    }
    .into_any()
}
