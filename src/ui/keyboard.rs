//! From keys to commands: first the codebook's letters and digits, then the table of bindings.
//! Keys without Ctrl act only outside text fields and dialogs.

use std::cell::Cell;

use leptos::prelude::*;

use super::{
    layers::{Dialog, Drawer, Layers},
    lettering::{self, Typed},
    own_keys,
    screens::letter,
};
use crate::{
    app::{
        Action, Chord, Command, Direction, Edge, Keymap, Lettered, Motion, Screen, Unit,
        workspace::{SaveState, Workspace},
    },
    browser::{
        Listener, focus,
        keys::{self, KeyPress, Reply},
        wait,
    },
    text::Offset,
};

/// The regions that F6 goes through, by selector.
const REGIONS: [&str; 4] =
    [".documents input", "[data-surface]", ".card button, .card input", ".annotations .rows"];

thread_local! {
    /// The column that moving by lines strives for, kept from line to line.
    static GOAL: Cell<Option<f64>> = const { Cell::new(None) };
    /// Whether `g` was pressed and a letter is awaited.
    static GOING: Cell<bool> = const { Cell::new(false) };
}

/// Listens to the keys of the page.
pub fn listen(workspace: Workspace, layers: Layers) -> Option<Listener> {
    own_keys::load(workspace);
    keys::on_key(move |press| if take(press, workspace, layers) { Reply::Taken } else { Reply::Passed }).ok()
}

/// Whether a key was pressed that only the next letter ends: `g`, or the first of two letters of a label.
pub fn is_going() -> bool {
    GOING.get() || lettering::is_awaited()
}

/// Does what a key press means; says whether it meant something.
fn take(press: &KeyPress, workspace: Workspace, layers: Layers) -> bool {
    let chord = Chord::new(&press.key, press.ctrl, press.shift, press.alt);
    if press.in_dialog || press.in_text_field && !leads_out(&chord, workspace) {
        lettering::forget();
        return false;
    }
    let letter = !chord.ctrl && !chord.alt;
    if GOING.take() && letter {
        return go(&chord, workspace);
    }
    if workspace.screen_now().is_some() {
        return on_screen(&chord, workspace, layers);
    }
    let in_surface = focus::within("[data-surface]");
    let on_text = in_surface || !press.on_control;
    if letter && codebook_key(press, &chord, workspace) {
        return true;
    }
    let Some(action) = meaning(&chord, on_text, workspace) else { return false };
    match action {
        // Elsewhere Tab goes to the next control and Enter and Space work it, as on every page.
        Action::NextAnnotation | Action::PreviousAnnotation if !in_surface => false,
        Action::OpenCard if !on_text => false,
        // In the list of annotations it is the chosen one that goes, as in the text.
        Action::Delete if !on_text && !focus::within(".annotation-list") => false,
        action => act(action, workspace, layers),
    }
}

/// What a key means by the person's keys.
fn meaning(chord: &Chord, on_text: bool, workspace: Workspace) -> Option<Action> {
    let own = workspace.read(|session| session.keymap().resolve(chord, on_text));
    own.unwrap_or_else(|| Keymap::default().resolve(chord, on_text))
}

/// A field takes all keys that write or move in it, and leaves those that lead out of it.
fn leads_out(chord: &Chord, workspace: Workspace) -> bool {
    let may_lead = match chord.key.as_str() {
        "Escape" => true,
        // What edits a field, whatever it does elsewhere.
        "a" | "c" | "v" | "x" | "y" | "z" => false,
        key if key.len() == 1 => chord.ctrl,
        key => key.starts_with('F'),
    };
    let action = meaning(chord, true, workspace);
    may_lead
        && matches!(
            action,
            Some(
                Action::Save
                    | Action::Backup
                    | Action::Export
                    | Action::Import
                    | Action::Palette
                    | Action::Search
                    | Action::NextRegion
                    | Action::Escape
            )
        )
}

/// Digits pick from an offer or label; letters label or start a link.
fn codebook_key(press: &KeyPress, chord: &Chord, workspace: Workspace) -> bool {
    let command = match lettering::typed(press, chord, workspace) {
        Typed::Nothing => return false,
        Typed::Taken => return true,
        Typed::Entry(Lettered::Label(label)) => Command::Label(label),
        Typed::Entry(Lettered::Relation(kind)) => Command::StartLink(kind),
        Typed::Number(number) => {
            let offers = workspace.read(|session| session.open().is_some_and(|open| open.offer.is_some()));
            match lettering::label_of(number, workspace) {
                _ if offers == Some(true) => Command::Pick(number),
                Some(label) => Command::Label(label),
                None => return false,
            }
        }
    };
    workspace.dispatch(command);
    true
}

/// Goes where the letter after `g` points.
fn go(chord: &Chord, workspace: Workspace) -> bool {
    let screen = Screen::ALL.into_iter().find(|screen| chord.key.chars().eq([letter(*screen)]));
    if screen.is_some() {
        workspace.show_screen(screen);
        return true;
    }
    let place = match chord.key.as_str() {
        "d" => ".documents input",
        "t" => "[data-surface]",
        "a" => ".annotations .rows",
        _ => return false,
    };
    if workspace.screen_now().is_some() {
        workspace.show_screen(None);
        // What rests behind the screen can have the focus once it is seen.
        wait::on_next_frame(move || {
            focus::give_to(place);
        });
        return true;
    }
    focus::give_to(place)
}

/// On a screen the keys of the text rest.
fn on_screen(chord: &Chord, workspace: Workspace, layers: Layers) -> bool {
    match meaning(chord, false, workspace) {
        Some(Action::Escape) => {
            workspace.show_screen(None);
            wait::on_next_frame(|| {
                focus::give_to("[data-surface]");
            });
            true
        }
        Some(
            action @ (Action::Undo
            | Action::Redo
            | Action::Go
            | Action::Import
            | Action::Export
            | Action::Save
            | Action::Backup
            | Action::Palette
            | Action::Search
            | Action::Help),
        ) => act(action, workspace, layers),
        _ => false,
    }
}

/// Does what an action means; says whether it meant something.
pub fn act(action: Action, workspace: Workspace, layers: Layers) -> bool {
    if let Some((motion, extend)) = motion_of(action) {
        GOAL.set(None);
        workspace.dispatch(Command::Move { motion, extend });
        return true;
    }
    match action {
        Action::LineUp | Action::LineDown | Action::ExtendLineUp | Action::ExtendLineDown => {
            let forward = matches!(action, Action::LineDown | Action::ExtendLineDown);
            let extend = matches!(action, Action::ExtendLineUp | Action::ExtendLineDown);
            let Some((place, goal)) = layers.line(forward, GOAL.get()) else { return false };
            GOAL.set(Some(goal));
            workspace.dispatch(Command::Move { motion: Motion::To(place), extend });
        }
        Action::SelectSentence => workspace.dispatch(Command::SelectUnit(Unit::Sentence)),
        Action::SelectWord => workspace.dispatch(Command::SelectUnit(Unit::Word)),
        Action::SelectAll => return select_all(workspace),
        Action::NextAnnotation => workspace.dispatch(Command::Step { forward: true }),
        Action::PreviousAnnotation => workspace.dispatch(Command::Step { forward: false }),
        Action::OpenCard => return open_card(workspace, layers),
        Action::Identify => workspace.dispatch(Command::OfferActors),
        Action::StartOutward => workspace.dispatch(Command::Resize { edge: Edge::Start, outward: true }),
        Action::StartInward => workspace.dispatch(Command::Resize { edge: Edge::Start, outward: false }),
        Action::EndOutward => workspace.dispatch(Command::Resize { edge: Edge::End, outward: true }),
        Action::EndInward => workspace.dispatch(Command::Resize { edge: Edge::End, outward: false }),
        Action::AddFragment => workspace.dispatch(Command::AddFragment),
        Action::RemoveFragment => workspace.dispatch(Command::RemoveFragment(None)),
        Action::RepeatLabel => workspace.dispatch(Command::RepeatLabel),
        Action::Repeats => layers.dialogs.then(move |dialogs| (dialogs.repeats)(workspace, layers)),
        Action::Delete => workspace.dispatch(Command::Delete),
        Action::Undo => workspace.dispatch(Command::Undo),
        Action::Redo => workspace.dispatch(Command::Redo),
        Action::Escape => escape(workspace, layers),
        Action::MarkDone => workspace.dispatch(Command::MarkDone),
        Action::NextDocument => step(true, workspace),
        Action::PreviousDocument => step(false, workspace),
        Action::FilterDocuments => {
            layers.drawer.set(Some(Drawer::Documents));
            layers.filter_wanted.update(|wanted| *wanted += 1);
        }
        Action::Go => GOING.set(true),
        Action::NextRegion => return next_region(),
        Action::ToggleNames => layers.toggle_names(),
        Action::Guide => show_guide(layers),
        Action::Import => layers.open(Dialog::Import),
        Action::Export => layers.open(Dialog::Export),
        Action::Save => say_saved(workspace),
        Action::Backup => layers.dialogs.then(move |dialogs| (dialogs.backup)(workspace)),
        Action::Help => layers.open(Dialog::Help),
        Action::Palette => layers.open(Dialog::Palette),
        Action::Search => workspace.show_screen(Some(Screen::Search)),
        _ => return false,
    }
    true
}

fn motion_of(action: Action) -> Option<(Motion, bool)> {
    use Direction::{Back, Forward};
    use Unit::{Character, Paragraph, Sentence, Word};
    let by = |unit, direction| Motion::By(unit, direction);
    Some(match action {
        Action::CharacterBack => (by(Character, Back), false),
        Action::CharacterForward => (by(Character, Forward), false),
        Action::ExtendCharacterBack => (by(Character, Back), true),
        Action::ExtendCharacterForward => (by(Character, Forward), true),
        Action::WordBack => (by(Word, Back), false),
        Action::WordForward => (by(Word, Forward), false),
        Action::ExtendWordBack => (by(Word, Back), true),
        Action::ExtendWordForward => (by(Word, Forward), true),
        Action::SentenceBack => (by(Sentence, Back), false),
        Action::SentenceForward => (by(Sentence, Forward), false),
        Action::ExtendSentenceBack => (by(Sentence, Back), true),
        Action::ExtendSentenceForward => (by(Sentence, Forward), true),
        Action::ParagraphBack => (by(Paragraph, Back), false),
        Action::ParagraphForward => (by(Paragraph, Forward), false),
        Action::ExtendParagraphBack => (by(Paragraph, Back), true),
        Action::ExtendParagraphForward => (by(Paragraph, Forward), true),
        Action::BlockStart => (Motion::Block(Back), false),
        Action::BlockEnd => (Motion::Block(Forward), false),
        Action::ExtendBlockStart => (Motion::Block(Back), true),
        Action::ExtendBlockEnd => (Motion::Block(Forward), true),
        Action::TextStart => (Motion::Text(Back), false),
        Action::TextEnd => (Motion::Text(Forward), false),
        _ => return None,
    })
}

fn select_all(workspace: Workspace) -> bool {
    let end = workspace.read(|session| session.open().map(|open| open.text.len())).flatten();
    if let Some(head) = end {
        workspace.dispatch(Command::Select { anchor: Offset::ZERO, head, words: false });
    }
    end.is_some()
}

/// Chooses the annotation at the cursor if none is chosen, then gives the keyboard to its card.
fn open_card(workspace: Workspace, layers: Layers) -> bool {
    let place =
        workspace.read(|session| session.open().map(|open| (open.chosen.is_none(), open.selection.head)));
    if let Some((true, head)) = place.flatten() {
        workspace.dispatch(Command::ClickAt(head));
    }
    if workspace.read(|session| session.chosen().is_some()) != Some(true) {
        return false;
    }
    layers.drawer.set(Some(Drawer::Aside));
    wait::spawn(async {
        // The card follows what it is about.
        wait::drawn().await;
        wait::next_frame().await;
        focus::give_to(".card [data-first]");
    });
    true
}

fn escape(workspace: Workspace, layers: Layers) {
    if layers.drawer.get_untracked().is_some() {
        layers.drawer.set(None);
    }
    if focus::within("[data-surface]") {
        let nothing_open = workspace.read(|session| {
            let open = session.open().is_some_and(|open| {
                open.offer.is_some() || open.selection.span().is_some() || open.chosen.is_some()
            });
            !open && session.armed().is_none()
        });
        // The tour stands beside the text, so it is the last thing to be left.
        if nothing_open == Some(true) && layers.dialog.get_untracked() == Some(Dialog::Tour) {
            layers.dismiss_tour();
        }
        workspace.dispatch(Command::Escape);
    } else {
        let busy = workspace.read(|session| session.open().is_some_and(|open| open.offer.is_some()));
        if busy == Some(true) {
            workspace.dispatch(Command::Escape);
        }
        focus::give_to("[data-surface]");
    }
}

fn step(forward: bool, workspace: Workspace) {
    let next = workspace.read(|session| session.neighbour(forward)).flatten();
    match next {
        Some(document) => workspace.open_document(document),
        None if forward => workspace.say("This is the last document."),
        None => workspace.say("This is the first document."),
    }
}

fn next_region() -> bool {
    let here = REGIONS.iter().position(|region| {
        let container = region.split(' ').next().unwrap_or(region);
        focus::within(container)
    });
    let from = here.map_or(0, |here| here + 1);
    (0..REGIONS.len()).any(|step| focus::give_to(REGIONS[(from + step) % REGIONS.len()]))
}

/// Shows the guide beside the text, or hides it.
fn show_guide(layers: Layers) {
    layers.guide.update(|shown| *shown = !*shown);
    if layers.guide.get_untracked() {
        layers.drawer.set(Some(Drawer::Aside));
    }
}

fn say_saved(workspace: Workspace) {
    match workspace.save_state() {
        SaveState::Saved => {
            workspace.say("Everything is saved on this device as you go. Export takes it home.")
        }
        SaveState::Saving => workspace.say("Saving…"),
        SaveState::Failed(problem) => workspace.refuse(&problem),
    }
}
