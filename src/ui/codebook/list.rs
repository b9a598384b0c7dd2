//! The entries of the codebook: labels, relation types, attributes, and what goes with them.

use std::rc::Rc;

use leptos::{ev, prelude::*};

use super::state::{Asked, Desk, Entry, Shown, asked, counted};
use crate::{
    browser::{focus, scroll, wait},
    format::codebook::parse,
    model::{AttributeOf, Codebook, CodebookEntry, Key, Letters, List, Revision, Side},
    ui::{
        colour,
        widgets::{FileButton, Glyph, Icon, OnFile, handler, live, live_value},
    },
};

/// The head of a section: its title, and what can be made in it.
type Head = (&'static str, Option<(CodebookEntry, &'static str)>);

/// The list.
#[component]
pub fn EntryList(desk: Desk) -> impl IntoView {
    view! {
        <nav class="codebook-list" aria-label="Entries of the codebook" on:keydown=handler(move |event| on_key(&event, desk))>
            <Files desk />
            {sections(desk)}
        </nav>
    }
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    shown: Shown,
    name: String,
    detail: String,
    shade: Option<(String, &'static str)>,
    letter: Option<Letters>,
    entry: Option<Entry>,
}

impl Row {
    fn plain(shown: Shown, name: &str) -> Self {
        let name = name.to_owned();
        Self { shown, name, detail: String::new(), shade: None, letter: None, entry: None }
    }
}

/// The rows of each section.
fn rows(codebook: &Codebook) -> [Vec<Row>; 4] {
    let labels = codebook.labels.iter().map(|label| {
        let (shade, line) = colour::of_label(codebook, &label.key);
        Row {
            shade: Some((shade, line.class())),
            letter: label.letter,
            entry: Some(Entry::Label(label.key.clone())),
            ..Row::plain(Shown::Label(label.key.clone()), &label.name)
        }
    });
    let relations = codebook.relations.iter().map(|one| Row {
        letter: one.letter,
        entry: Some(Entry::Relation(one.key.clone())),
        ..Row::plain(Shown::Relation(one.key.clone()), &one.name)
    });
    let attributes = [Side::Annotations, Side::Links].into_iter().flat_map(|side| {
        asked(codebook, side).into_iter().map(move |one| {
            let of = AttributeOf { side, key: one.key.clone() };
            let choices = one.kind.choices().len();
            let detail = if choices == 0 { String::new() } else { counted(choices, "choice", "choices") };
            Row { detail, ..Row::plain(Shown::Attribute(of), &one.name) }
        })
    });
    let others = [
        Row::plain(Shown::Overview, "Overview"),
        Row::plain(Shown::Guidelines, "Guidelines"),
        Row::plain(Shown::Review, "To look at again"),
    ];
    [others.to_vec(), labels.collect(), relations.collect(), attributes.collect()]
}

fn sections(desk: Desk) -> impl IntoView {
    let heads: [Head; 4] = [
        ("Codebook", None),
        ("Labels", Some((CodebookEntry::Label, "New label"))),
        ("Links", Some((CodebookEntry::Relation, "New link"))),
        ("Attributes", Some((CodebookEntry::Attribute, "New attribute"))),
    ];
    let all = Memo::new(move |_| desk.codebook.with(|codebook| rows(codebook)));
    let section = |(number, (title, new)): (usize, Head)| {
        // A row is drawn anew only where it says something else, so that the keyboard stays on the others.
        let numbered = move || {
            all.with(|all| {
                let before: usize = all.iter().take(number).map(Vec::len).sum();
                let rows = all.get(number).cloned().unwrap_or_default();
                (before..).zip(rows).collect::<Vec<_>>()
            })
        };
        view! {
            <section aria-label=title>
                <div class="section-head">
                    <h2>{title}</h2>
                    {new.map(|(entry, name)| view! {
                        <button
                            type="button"
                            class="quiet icon"
                            aria-label=name
                            title=name
                            on:click=handler(move |_| desk.show(Shown::New(entry)))
                        >
                            <Icon name=Glyph::Plus />
                        </button>
                    })}
                </div>
                <ul>
                    <For each=numbered key=|(index, row)| format!("{index} {row:?}") let:numbered>
                        <EntryRow desk row=numbered.1 index=numbered.0 />
                    </For>
                </ul>
            </section>
        }
    };
    heads.into_iter().enumerate().map(section).collect_view()
}

#[component]
fn EntryRow(desk: Desk, row: Row, index: usize) -> impl IntoView {
    let Row { shown, name, detail, shade, letter, entry } = row;
    let (current, opened) = (shown.clone(), shown.clone());
    let is_review = shown == Shown::Review;
    let count = move || match (&entry, is_review) {
        (Some(entry), _) => desk.used(entry).map(|count| count.to_string()),
        (None, true) => {
            let outdated = desk.counts.with(|counts| counts.as_ref().map_or(0, |counts| counts.outdated));
            (0 < outdated).then(|| outdated.to_string())
        }
        (None, false) => None,
    };
    let (shade, line) = shade.unwrap_or_default();
    let has_shade = !shade.is_empty();
    view! {
        <li data-index=index>
            <button
                type="button"
                class="entry quiet"
                aria-current=live_value(move || (desk.present(desk.shown.get()) == current).then_some("true"))
                style=("--swatch", shade)
                on:click=handler(move |_| desk.show(opened.clone()))
            >
                {has_shade.then(|| view! { <span class=format!("swatch {line}") aria-hidden="true"></span> })}
                <span class="name">{name}</span>
                <span class="detail">{detail}</span>
                {letter.map(|letter| view! { <kbd>{letter.to_string()}</kbd> })}
                <span class="count">{live(count)}</span>
            </button>
        </li>
    }
}

/// The codebook out and in as a file.
#[component]
fn Files(desk: Desk) -> impl IntoView {
    let take: OnFile = Rc::new(move |name, read| match read {
        Ok(bytes) => {
            let read = parse(&name, &bytes).map_err(|fault| fault.to_string());
            let _asked = desk.asked.try_set(Some(Asked::TakeIn(read.map(|read| (name, read)))));
        }
        Err(error) => desk.workspace.refuse(&error),
    });
    view! {
        <div class="codebook-files">
            <FileButton
                words="Take in…"
                title="Take a codebook in from a file: ours, REFI-QDA (.qdc) or Taguette (.csv)"
                label="Take a codebook in from a file"
                accept=".json,.qdc,.xml,.csv,.tsv,.txt"
                on_file=take
            />
            <button type="button" title="Save the codebook as a file" on:click=handler(move |_| desk.asked.set(Some(Asked::Export)))>
                <Icon name=Glyph::Export />
                "Save as…"
            </button>
        </div>
    }
}

/// Arrows go from row to row; with Alt they move the entry.
fn on_key(event: &ev::KeyboardEvent, desk: Desk) {
    let Some(from) = scroll::row_of(event) else { return };
    let back = match event.key().as_str() {
        "ArrowUp" => true,
        "ArrowDown" => false,
        _ => return,
    };
    event.prevent_default();
    event.stop_propagation();
    let to = if back { from.checked_sub(1) } else { Some(from + 1) };
    let Some(to) = to else { return };
    if event.alt_key() && !untrack(|| shift(desk, from, to)) {
        return;
    }
    let go = move || {
        focus::give_to(&format!(".codebook-list [data-index=\"{to}\"] button"));
    };
    if event.alt_key() { wait::on_next_frame(go) } else { go() }
}

/// Moves the entry of a row to the place of another one; says whether it can stand there.
fn shift(desk: Desk, from: usize, to: usize) -> bool {
    let all: Vec<Row> = desk.codebook.with(|codebook| rows(codebook)).into_iter().flatten().collect();
    let key = |row: &Row, list: &List| match (&row.shown, list) {
        (Shown::Label(key), List::Labels) | (Shown::Relation(key), List::Relations) => Some(key.clone()),
        _ => None,
    };
    for list in [List::Labels, List::Relations] {
        let (Some(moved), Some(place)) = (all.get(from), all.get(to)) else { return false };
        if let (Some(moved), Some(place)) = (key(moved, &list), key(place, &list)) {
            let mut keys: Vec<Key> = all.iter().filter_map(|row| key(row, &list)).collect();
            let at = |wanted: &Key| keys.iter().position(|one| one == wanted);
            if let (Some(one), Some(other)) = (at(&moved), at(&place)) {
                keys.swap(one, other);
                desk.revise(Revision::Order { list, keys });
                return true;
            }
        }
    }
    false
}
