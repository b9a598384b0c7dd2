//! Who annotates, and how safely this browser keeps the work.

use leptos::{ev, prelude::*};

use super::frame::Frame;
use crate::{
    app::{Action, workspace::Workspace},
    browser::{folder, storage, wait},
    ui::key_hint::key_cap,
    ui::layers::Layers,
    ui::widgets::{handler, live},
};

/// The settings.
#[component]
pub(super) fn Settings() -> impl IntoView {
    let ws = Workspace::expect();
    let layers = Layers::expect();
    let name = RwSignal::new(ws.read(|session| session.annotator().to_owned()).unwrap_or_default());
    let words = RwSignal::new(layers.snap_words.get_untracked());
    let save = move |event: ev::SubmitEvent| {
        event.prevent_default();
        name.with_untracked(|name| ws.set_annotator(name));
        layers.set_snap_words(words.get_untracked());
        layers.close();
    };
    view! {
        <Frame
            title="Settings"
            footer=move || view! {
                <button type="button" on:click=handler(move |_| layers.close())>"Cancel"</button>
                <button type="submit" form="settings" class="primary">"Save"</button>
            }
        >
            <form class="form" id="settings" on:submit=handler(save)>
                <label>"Your name" <input type="text" autofocus autocomplete="name" bind:value=name /></label>
                <p class="soft">"It is written beside each annotation you make, so that the work of several people can be told apart. It may stay empty."</p>
                <label class="check">
                    <input type="checkbox" bind:checked=words />
                    "Widen what the mouse selects to whole words"
                </label>
            </form>
            <Storage />
            <Backups />
        </Frame>
    }
}

/// Where the work lies, how much room it takes, and whether the browser may clear it.
#[component]
fn Storage() -> impl IntoView {
    let ws = Workspace::expect();
    let persistent = RwSignal::new(None::<bool>);
    let used = RwSignal::new(None::<String>);
    wait::spawn(async move {
        let usage = storage::estimate().await;
        let promised = storage::is_persistent().await;
        // The dialog may be gone when the browser answers.
        let _shown = used.try_set(usage.map(|usage| {
            format!("{} used, about {} free.", bytes(usage.usage), bytes(usage.quota - usage.usage))
        }));
        let _shown = persistent.try_set(promised);
    });
    let ask = move |_| {
        wait::spawn(async move {
            match storage::persist().await {
                Ok(true) => {
                    let _shown = persistent.try_set(Some(true));
                }
                Ok(false) => ws.refuse(
                    &"the browser does not promise it now; it often does for pages that are used a lot",
                ),
                Err(error) => ws.refuse(&error),
            }
        });
    };
    view! {
        <section class="storage">
            <h3>"Where your work lies"</h3>
            <p>"In this browser, on this device. Nothing is sent anywhere. " {used}</p>
            {live(move || match persistent.get() {
                Some(true) => view! { <p>"The browser has promised not to clear it by itself."</p> }.into_any(),
                Some(false) => view! {
                    <p>"If the disk gets full, the browser may clear it by itself."</p>
                    <p><button type="button" on:click=handler(ask)>"Ask the browser to keep it"</button></p>
                }.into_any(),
                None => ().into_any(),
            })}
            <p class="soft">"Clearing the browser's site data removes everything: have backups elsewhere."</p>
        </section>
    }
}

/// Where backups go.
#[component]
fn Backups() -> impl IntoView {
    let ws = Workspace::expect();
    /// The name of the folder, and whether the page may write into it.
    type Known = Option<(String, bool)>;
    let known = RwSignal::new(None::<Known>);
    let look = move || async move {
        let found: Known = match folder::kept().await {
            Some(folder) => Some((folder.name(), folder.is_allowed(false).await)),
            None => None,
        };
        // The dialog may be gone when the browser answers.
        let _shown = known.try_set(Some(found));
    };
    wait::spawn(look());
    let choose = move |_| {
        wait::spawn(async move {
            match folder::choose().await {
                Ok(Some(_)) => ws.back_up_to_folder(),
                Ok(None) => {}
                Err(error) => ws.refuse(&error),
            }
            look().await;
        });
    };
    let allow = move |_| {
        wait::spawn(async move {
            if let Some(folder) = folder::kept().await
                && folder.is_allowed(true).await
            {
                ws.back_up_to_folder();
            }
            look().await;
        });
    };
    let stop = move |_| {
        wait::spawn(async move {
            if let Err(error) = folder::forget().await {
                ws.refuse(&error);
            }
            look().await;
        });
    };
    view! {
        <section class="storage">
            <h3>"Backups"</h3>
            {live(move || match known.get()? {
                _ if !folder::is_offered() => Some(view! {
                    <p>"This browser lets no page write into a folder. "{key_cap(Action::Backup, "Ctrl+Shift+s")}" downloads a backup; every 500 changes without one you are reminded."</p>
                }.into_any()),
                None => Some(view! {
                    <p>{key_cap(Action::Backup, "Ctrl+Shift+s")}" downloads a backup; every 500 changes without one you are reminded. Or have backups written by themselves, one file a project and day:"</p>
                    <p><button type="button" on:click=handler(choose)>"Choose a folder"</button></p>
                }.into_any()),
                Some((name, true)) => Some(view! {
                    <p>"Every 25 changes, and when you leave the page, a backup of the open project goes into “" {name} "”: one file a project and day."</p>
                    <p><button type="button" on:click=handler(stop)>"Stop backing up"</button></p>
                }.into_any()),
                Some((name, false)) => Some(view! {
                    <p>"Backups go into “" {name} "”, but the browser wants your permission again."</p>
                    <p class="row">
                        <button type="button" on:click=handler(allow)>"Allow it"</button>
                        <button type="button" on:click=handler(stop)>"Stop backing up"</button>
                    </p>
                }.into_any()),
            })}
        </section>
    }
}

/// A size as people read it.
fn bytes(bytes: f64) -> String {
    let units = ["bytes", "kB", "MB", "GB", "TB"];
    let mut size = bytes.max(0.0);
    let mut unit = 0;
    while 1000.0 <= size && unit + 1 < units.len() {
        size /= 1000.0;
        unit += 1;
    }
    if unit == 0 || 10.0 <= size {
        format!("{size:.0} {}", units[unit])
    } else {
        format!("{size:.1} {}", units[unit])
    }
}
