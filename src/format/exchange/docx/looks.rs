//! Styles and lists: which paragraphs are headings and of which level, and how the items of a list are marked.

use std::collections::BTreeMap;

use super::xml::{Event, Part, attribute, local};

/// How a style's name begins that is a heading's, in the languages of word processors that write it in their own.
const HEADINGS: [&str; 18] = [
    "heading",
    "überschrift",
    "titre",
    "título",
    "titulo",
    "titolo",
    "kop",
    "rubrik",
    "overskrift",
    "otsikko",
    "nagłówek",
    "nadpis",
    "заголовок",
    "título",
    "başlık",
    "标题",
    "標題",
    "見出し",
];
/// Names of the style of a document's own title.
const TITLES: [&str; 9] =
    ["title", "titel", "titre", "título", "titolo", "название", "tytuł", "标题", "表題"];
/// How many styles may build on each other.
const MOST_STEPS: usize = 20;

/// What a paragraph's own properties or those of its style say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Properties {
    /// The style that it has or builds on.
    pub(super) style: Option<String>,
    /// Its level in the outline, from 0; 9 for running text.
    pub(super) outline: Option<usize>,
    /// The list to which it belongs; `0` for none.
    pub(super) list: Option<String>,
    /// How deep in it, from 0.
    pub(super) depth: Option<usize>,
}

impl Properties {
    /// Takes a property into account.
    pub(super) fn take(&mut self, element: &quick_xml::events::BytesStart<'_>) {
        let value = || attribute(element, "val");
        let number = || value().and_then(|value| value.trim().parse().ok());
        match local(element) {
            "pStyle" | "basedOn" => self.style = value(),
            "outlineLvl" => self.outline = number(),
            "numId" => self.list = value(),
            "ilvl" => self.depth = number(),
            _ => {}
        }
    }
}

/// The styles and lists of a document.
#[derive(Debug, Default)]
pub(super) struct Looks {
    styles: BTreeMap<String, (String, Properties)>,
    /// For each list that it is of a kind, and for each kind how its levels are marked.
    lists: BTreeMap<String, String>,
    kinds: BTreeMap<String, BTreeMap<usize, Level>>,
}

/// How a level of a list is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Level {
    /// Whether its items are numbered.
    pub(super) counts: bool,
    /// The number of the first.
    pub(super) start: u32,
}

impl Looks {
    pub(super) fn parse(styles: &str, numbering: &str) -> Self {
        let mut looks = Self::default();
        looks.read_styles(styles);
        looks.read_lists(numbering);
        looks
    }

    fn read_styles(&mut self, xml: &str) {
        let mut part = Part::new(xml);
        let mut current: Option<(String, String, Properties)> = None;
        while let Some(event) = part.next() {
            match event {
                Event::Open(element) => match (local(&element), &mut current) {
                    ("style", current) => {
                        let id = attribute(&element, "styleId").unwrap_or_default();
                        *current = Some((id, String::new(), Properties::default()));
                    }
                    ("name", Some((_, name, _))) => *name = attribute(&element, "val").unwrap_or_default(),
                    (_, Some((.., properties))) => properties.take(&element),
                    _ => {}
                },
                Event::Close(name) if name == "style" => {
                    if let Some((id, name, properties)) = current.take() {
                        self.styles.insert(id, (name, properties));
                    }
                }
                _ => {}
            }
        }
    }

    fn read_lists(&mut self, xml: &str) {
        let mut part = Part::new(xml);
        let (mut kind, mut list, mut depth) = (String::new(), String::new(), 0);
        while let Some(event) = part.next() {
            let Event::Open(element) = event else { continue };
            let value = || attribute(&element, "val").unwrap_or_default();
            match local(&element) {
                "abstractNum" => kind = attribute(&element, "abstractNumId").unwrap_or_default(),
                "num" => list = attribute(&element, "numId").unwrap_or_default(),
                "abstractNumId" => drop(self.lists.insert(list.clone(), value())),
                "lvl" => {
                    depth = attribute(&element, "ilvl").and_then(|depth| depth.parse().ok()).unwrap_or(0);
                    let level = Level { counts: true, start: 1 };
                    self.kinds.entry(kind.clone()).or_default().insert(depth, level);
                }
                "numFmt" => self
                    .level_of(&kind, depth, |level| level.counts = !matches!(&*value(), "bullet" | "none")),
                "start" => self.level_of(&kind, depth, |level| level.start = value().parse().unwrap_or(1)),
                _ => {}
            }
        }
    }

    fn level_of(&mut self, kind: &str, depth: usize, change: impl FnOnce(&mut Level)) {
        if let Some(level) = self.kinds.get_mut(kind).and_then(|levels| levels.get_mut(&depth)) {
            change(level);
        }
    }

    /// What a paragraph's style and those on which it builds say where the paragraph itself does not.
    fn inherited<T>(&self, own: &Properties, ask: impl Fn(&str, &Properties) -> Option<T>) -> Option<T> {
        let mut found = ask("", own);
        let mut style = own.style.as_ref();
        for _ in 0..MOST_STEPS {
            let Some((name, properties)) = style.and_then(|style| self.styles.get(style)) else { break };
            if found.is_some() {
                break;
            }
            found = ask(name, properties);
            style = properties.style.as_ref();
        }
        found
    }

    /// The level of a heading, 1 to 6; `None` for other paragraphs.
    pub(super) fn heading(&self, own: &Properties) -> Option<usize> {
        let level = |name: &str, properties: &Properties| properties.outline.or_else(|| outline(name));
        // Where no style of that id is declared, the id tells what the style is.
        let by_id =
            || own.style.as_ref().filter(|id| !self.styles.contains_key(*id)).and_then(|id| outline(id));
        let level = self.inherited(own, level).or_else(by_id)?;
        (level < 9).then_some((level + 1).min(6))
    }

    /// The list to which a paragraph belongs, with its depth there and how it is marked.
    pub(super) fn item(&self, own: &Properties) -> Option<(String, usize, Level)> {
        let list = self.inherited(own, |_, properties| properties.list.clone()).filter(|list| list != "0")?;
        let depth = self.inherited(own, |_, properties| properties.depth).unwrap_or(0).min(8);
        let kind = self.lists.get(&list)?;
        let level = self.kinds.get(kind).and_then(|levels| levels.get(&depth)).copied();
        Some((list, depth, level.unwrap_or(Level { counts: false, start: 1 })))
    }
}

/// The level in the outline that a style's name tells, from 0.
fn outline(name: &str) -> Option<usize> {
    let name = name.trim().to_lowercase();
    let numbered = HEADINGS.iter().find_map(|heading| {
        let number = name.strip_prefix(heading)?.trim_start_matches([' ', '-', '_']);
        number.parse::<usize>().ok().filter(|number| (1..=9).contains(number))
    });
    numbered.map(|number| number - 1).or_else(|| TITLES.contains(&&*name).then_some(0))
}

#[cfg(test)]
mod tests {
    use super::outline;

    #[test]
    fn headings_are_known_by_their_names_in_many_languages() {
        for (name, level) in [
            ("heading 1", Some(0)),
            ("Heading2", Some(1)),
            ("Überschrift 3", Some(2)),
            ("Titre 2", Some(1)),
            ("Título 1", Some(0)),
            ("Заголовок 4", Some(3)),
            ("見出し 1", Some(0)),
            ("Title", Some(0)),
            ("Titel", Some(0)),
            ("Heading", None),
            ("Heading 12", None),
            ("Normal", None),
            ("List Paragraph", None),
        ] {
            assert_eq!(outline(name), level, "{name}");
        }
    }
}
