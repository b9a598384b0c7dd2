//! Hands: what a person does with mouse, keyboard and finger. Places are named by what is written there;
//! `before [quote] after` means the quote at that place.

use rubricator::text::{self, Offset, Text};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Page;
use super::page::By;

/// The most times that Tab is pressed in search of a control.
const MOST_TABS: usize = 80;

#[derive(Debug, Deserialize)]
struct Drag {
    from: [f64; 2],
    to: [f64; 2],
    quote: String,
}

#[derive(Debug, Deserialize)]
struct Located {
    start: usize,
    end: usize,
    quote: String,
}

impl Page {
    /// Presses keys one after the other: signs as they are typed, or names and chords such as `Ctrl+Shift+z`.
    #[track_caller]
    pub fn press(&self, keys: &[&str]) {
        let mut actions = Vec::new();
        for chord in keys {
            let mut names: Vec<&str> = chord.split('+').filter(|name| !name.is_empty()).collect();
            if chord.ends_with('+') {
                names.push("+");
            }
            let codes: Vec<String> = names.into_iter().map(code_of).collect();
            actions.extend(codes.iter().map(|code| json!({ "type": "keyDown", "value": code })));
            actions.extend(codes.iter().rev().map(|code| json!({ "type": "keyUp", "value": code })));
        }
        self.act(json!([{ "type": "key", "id": "keyboard", "actions": actions }]));
    }

    /// Types words into what has the keyboard.
    #[track_caller]
    pub fn type_words(&self, words: &str) {
        let signs: Vec<String> = words.chars().map(String::from).collect();
        let signs: Vec<Value> = signs
            .iter()
            .flat_map(|sign| ["keyDown", "keyUp"].map(|kind| json!({ "type": kind, "value": sign })))
            .collect();
        self.act(json!([{ "type": "key", "id": "keyboard", "actions": signs }]));
    }

    /// Puts a text on the clipboard, as another program would.
    #[track_caller]
    pub fn put_on_clipboard(&self, words: &str) {
        let script = "const done = arguments[1];
            navigator.clipboard.writeText(arguments[0]).then(() => done(null), (error) => done(String(error)));";
        let failed: Option<String> = self.read_later(script, &[json!(words)]);
        assert_eq!(failed, None, "the clipboard takes a text");
    }

    /// Presses Tab until the control has the keyboard. In the text Tab goes from annotation to annotation; F6 leaves it.
    #[track_caller]
    pub fn tab_to(&self, role: &str, name: &str) {
        self.find(By::role(role, name));
        let script = "return document.activeElement === __hand.find(arguments[0], arguments[1])";
        for _ in 0..MOST_TABS {
            if self.read_with(script, &[json!(role), json!(name)]) {
                return;
            }
            let in_text: bool = self.read("return document.activeElement === __hand.surface()");
            self.press(&[if in_text { "F6" } else { "Tab" }]);
        }
        panic!("Tab never leads to the {role} “{name}”");
    }

    /// Selects a passage by dragging over it, and waits until the page has taken the selection.
    #[track_caller]
    pub fn drag_over(&self, passage: &str) {
        let drag = self.measure(passage);
        let middle = [0, 1].map(|axis| f64::midpoint(drag.from[axis], drag.to[axis]));
        self.mouse(&[
            moved(drag.from),
            json!({ "type": "pointerDown", "button": 0 }),
            moved(middle),
            moved(drag.to),
            json!({ "type": "pointerUp", "button": 0 }),
        ]);
        self.wait_selected(&drag.quote);
    }

    /// Selects a passage that reaches over several blocks by dragging, and waits until the page has taken it. The
    /// browser's own selection puts other white space between blocks, so white space is not compared.
    #[track_caller]
    pub fn drag_over_blocks(&self, passage: &str) {
        self.sweep(passage);
        let script = "const plain = (words) => words.replace(/\\s+/g, ' ');
            return plain(getSelection().toString()) === plain(arguments[0]) && document.querySelector('.overlay[data-selected]')";
        self.wait_with(script, &[json!(passage)], &format!("“{passage}” is selected"));
    }

    /// Drags over a passage without asking what became of it.
    #[track_caller]
    pub fn sweep(&self, passage: &str) {
        let drag = self.measure(passage);
        self.mouse(&[
            moved(drag.from),
            json!({ "type": "pointerDown", "button": 0 }),
            moved(drag.to),
            json!({ "type": "pointerUp", "button": 0 }),
        ]);
    }

    /// Clicks on a passage, in the middle of its first line, once, twice or three times.
    #[track_caller]
    pub fn click_on(&self, passage: &str, times: usize) {
        let drag: Drag = self.read_with("return __hand.drag(arguments[0])", &[json!(passage)]);
        let press =
            [json!({ "type": "pointerDown", "button": 0 }), json!({ "type": "pointerUp", "button": 0 })];
        let place = drag.middle();
        let over: Option<String> = self.read_with(
            "const there = document.elementFromPoint(...arguments[0]);
             return there?.closest('[data-surface]') ? null : String(there?.outerHTML).slice(0, 200)",
            &[json!(place)],
        );
        assert_eq!(over, None, "“{}” can be clicked on", drag.quote);
        let mut actions = vec![moved(place)];
        (0..times).for_each(|_| actions.extend(press.clone()));
        self.mouse(&actions);
    }

    /// Waits until the next click is one of its own and not the second of a double click.
    #[track_caller]
    pub fn wait_click_over(&self) {
        let () = self.read("window.__clicked = performance.now()");
        self.wait("return performance.now() - __clicked > 600", "a double click is over");
    }

    /// Drags from the middle of what the selector matches, once it stands still, to the end (or start) of a passage.
    #[track_caller]
    pub fn drag_to(&self, selector: &str, passage: &str, end: bool) {
        let still = "const rect = document.querySelector(arguments[0])?.getBoundingClientRect();
            const place = rect && `${rect.left} ${rect.top}`, now = performance.now();
            if (!place || window.__stands?.place !== place) window.__stands = { place, since: now };
            return place && now - window.__stands.since > 150";
        self.wait_with(still, &[json!(selector)], &format!("{selector} stands still"));
        let script = "const rect = document.querySelector(arguments[0]).getBoundingClientRect();
            return [rect.left + rect.width / 2, rect.top + rect.height / 2]";
        let from: [f64; 2] = self.read_with(script, &[json!(selector)]);
        let drag = self.measure(passage);
        let to = if end { drag.to } else { drag.from };
        self.mouse(&[
            moved(from),
            json!({ "type": "pointerDown", "button": 0 }),
            moved([0, 1].map(|axis| f64::midpoint(from[axis], to[axis]))),
            moved(to),
            json!({ "type": "pointerUp", "button": 0 }),
        ]);
    }

    /// Taps with a finger on the middle of a passage.
    #[track_caller]
    pub fn tap_on(&self, passage: &str) {
        self.tap(self.measure(passage).middle());
    }

    /// Taps with a finger on a button.
    #[track_caller]
    pub fn tap_button(&self, name: &str, within: &str) {
        self.find(By::role("button", name).within(within));
        let script = "const rect = __hand.find('button', arguments[0], arguments[1]).getBoundingClientRect();
            return [rect.left + rect.width / 2, rect.top + rect.height / 2]";
        self.tap(self.read_with(script, &[json!(name), json!(within)]));
    }

    #[track_caller]
    fn tap(&self, [x, y]: [f64; 2]) {
        let point = json!({ "x": x, "y": y });
        self.devtools("Input.dispatchTouchEvent", json!({ "type": "touchStart", "touchPoints": [point] }));
        self.devtools("Input.dispatchTouchEvent", json!({ "type": "touchEnd", "touchPoints": [] }));
    }

    /// Selects a passage by keyboard alone: to the start of the text, then on by paragraphs, sentences, words and
    /// characters, then extending by words and characters.
    #[track_caller]
    pub fn select_by_keys(&self, passage: &str) {
        let whole: String = self.read("return __hand.text()");
        let place: Located = self.read_with("return __hand.locate(arguments[0])", &[json!(passage)]);
        let whole = Text::new(whole);
        let start = offset(&whole, place.start);
        let end = offset(&whole, place.end);
        let mut keys = vec!["Ctrl+Home"];
        let go: [(&str, Step); 4] = [
            ("Alt+ArrowDown", |text, at| text::next_paragraph(text, at)),
            ("Alt+ArrowRight", |text, at| text::next_sentence(text, at)),
            ("Ctrl+ArrowRight", |text, at| text::next_word(text, at)),
            ("ArrowRight", |text, at| text::next_grapheme(text, at)),
        ];
        walk(&whole, Offset::ZERO, start, &go, &mut keys);
        let extend: [(&str, Step); 2] = [
            ("Ctrl+Shift+ArrowRight", |text, at| text::next_word(text, at)),
            ("Shift+ArrowRight", |text, at| text::next_grapheme(text, at)),
        ];
        walk(&whole, start, end, &extend, &mut keys);
        self.press(&keys);
        self.wait_selected(&place.quote);
    }

    /// Gives the text the keyboard, by the keys that do so.
    #[track_caller]
    pub fn go_to_text(&self) {
        self.press(&["g", "t"]);
        self.wait("return document.activeElement === __hand.surface()", "the text has the keyboard");
    }

    /// Takes the numbered candidate whose name holds these words.
    #[track_caller]
    pub fn pick(&self, name: &str) {
        let script = "const rows = [...document.querySelectorAll('[data-offer] li')];
            const at = rows.find((row) => row.innerText.includes(arguments[0]));
            return at?.querySelector('kbd').textContent";
        self.wait_with(script, &[json!(name)], &format!("“{name}” is offered"));
        let number: String = self.read_with(script, &[json!(name)]);
        self.press(&[&number]);
    }

    /// Whether numbered candidates are offered.
    #[track_caller]
    pub fn is_offering(&self) -> bool {
        self.read("return Boolean(document.querySelector('[data-offer]'))")
    }

    /// Leaves the offer, if there is one. It is made after the mark is drawn, when what was done is sent to the database.
    #[track_caller]
    pub fn leave_offer(&self) {
        self.wait(
            "return !document.querySelector('[data-save=saving]')",
            "what was done has been followed up",
        );
        if self.is_offering() {
            self.press(&["Escape"]);
            self.wait_gone("[data-offer]");
        }
    }

    /// Waits until the browser shows exactly this as selected, and the page offers labels for it.
    #[track_caller]
    pub fn wait_selected(&self, passage: &str) {
        let script = "return getSelection().toString() === arguments[0] && document.querySelector('.overlay[data-selected]')
            ? true : (window.__selected = getSelection().toString(), false)";
        let what = format!("“{passage}” is selected");
        self.wait_with(script, &[json!(passage)], &what);
    }

    /// Where a passage can be seen, scrolled into view if need be. What lies over its ends has to go by itself.
    #[track_caller]
    fn measure(&self, passage: &str) -> Drag {
        let what = format!("nothing lies over “{passage}”");
        let script = "const { covers } = __hand.drag(arguments[0]);
            if (covers.length) throw new Error(covers.join(' and '));
            return true;";
        self.wait_with(script, &[json!(passage)], &what);
        self.read_with("return __hand.drag(arguments[0])", &[json!(passage)])
    }

    #[track_caller]
    fn mouse(&self, actions: &[Value]) {
        self.act(json!([
            { "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" }, "actions": actions },
        ]));
    }
}

impl Drag {
    /// The middle of the passage, or a little after its start if it goes on in another line.
    fn middle(&self) -> [f64; 2] {
        let on_one_line = (self.from[1] - self.to[1]).abs() < 2.0;
        let x = if on_one_line { f64::midpoint(self.from[0], self.to[0]) } else { self.from[0] + 8.0 };
        [x, self.from[1]]
    }
}

type Step = fn(&Text, Offset) -> Offset;

/// The keys that lead from one place to another by the largest steps that do not go too far.
fn walk<'k>(text: &Text, from: Offset, to: Offset, steps: &[(&'k str, Step)], keys: &mut Vec<&'k str>) {
    let mut at = from;
    while at < to {
        let fitting = steps
            .iter()
            .map(|(key, step)| (*key, step(text, at)))
            .find(|(_, next)| at < *next && *next <= to);
        let (key, next) = fitting.expect("characters lead everywhere");
        keys.push(key);
        at = next;
    }
}

fn offset(text: &Text, utf16: usize) -> Offset {
    let utf16 = u32::try_from(utf16).expect("no text is that long");
    text.from_utf16(text::Utf16Offset::new(utf16)).expect("a place between characters")
}

fn moved([x, y]: [f64; 2]) -> Value {
    json!({ "type": "pointerMove", "duration": 20, "x": x, "y": y, "origin": "viewport" })
}

/// The sign that WebDriver wants for a key.
fn code_of(name: &str) -> String {
    let special = match name {
        "Backspace" => '\u{E003}',
        "Tab" => '\u{E004}',
        "Enter" => '\u{E007}',
        "Shift" => '\u{E008}',
        "Ctrl" => '\u{E009}',
        "Alt" => '\u{E00A}',
        "Escape" => '\u{E00C}',
        "Space" => ' ',
        "End" => '\u{E010}',
        "Home" => '\u{E011}',
        "ArrowLeft" => '\u{E012}',
        "ArrowUp" => '\u{E013}',
        "ArrowRight" => '\u{E014}',
        "ArrowDown" => '\u{E015}',
        "Delete" => '\u{E017}',
        "F6" => '\u{E036}',
        sign => return sign.to_owned(),
    };
    special.to_string()
}
