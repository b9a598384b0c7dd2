//! A tree of codes, as tools for qualitative analysis have it, and what it is here: labels with attributes to choose
//! from, or the categories of one label.
//!
//! A label is a code at the top. Below it stand its attributes as codes that cannot be given themselves, and below those
//! their choices; the choices of the attribute that is called [`CATEGORY`] stand right below the label.

use std::collections::{BTreeMap, BTreeSet};

use super::{CodebookFormat, CodebookProblem, Wrong, sound};
use crate::format::needs::free_colour;
use crate::model::{About, Attribute, AttributeKind, Choice, Codebook, Key, Label, is_colour};

/// The most codes in a file.
pub(super) const MOST_CODES: usize = 5_000;
/// How deep they may stand below each other.
const MOST_LEVELS: usize = 60;
/// The key of the attribute whose choices stand right below a label.
const CATEGORY: &str = "category";
/// From how many codes at the top they are hardly labels any more.
const MANY: usize = 20;

/// A tree of codes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Codes(Vec<Code>);

/// A code; those above it come before it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Code {
    pub(super) name: String,
    pub(super) description: String,
    /// `#rrggbb`, or nothing.
    pub(super) colour: String,
    /// Whether passages can be given it, as far as the file says so.
    pub(super) is_codable: Option<bool>,
    /// Which of the codes it stands below.
    pub(super) parent: Option<usize>,
    /// The line, from 1.
    pub(super) line: u64,
}

/// What a tree of codes is here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// The codes at the top are labels; what stands below them is asked of their annotations.
    Labels,
    /// All are categories of this label.
    Categories {
        /// Its key.
        label: Key,
        /// Its name.
        name: String,
    },
}

impl Codes {
    /// A tree of codes, each after the one it stands below.
    pub(super) fn new(mut codes: Vec<Code>) -> Result<Self, Wrong> {
        for code in &mut codes {
            code.name = cleaned(&code.name);
            code.description = cleaned_lines(&code.description);
        }
        let mut depths: Vec<usize> = Vec::with_capacity(codes.len());
        let mut names: BTreeSet<(Option<usize>, String)> = BTreeSet::new();
        for (at, code) in codes.iter().enumerate() {
            let wrong = |problem| Err((Some(code.line), problem));
            if at == MOST_CODES {
                return wrong(CodebookProblem::TooMany { most: MOST_CODES });
            }
            let depth = code.parent.and_then(|parent| depths.get(parent)).map_or(0, |above| above + 1);
            if depth == MOST_LEVELS {
                return wrong(CodebookProblem::TooDeep { most: MOST_LEVELS });
            }
            depths.push(depth);
            if is_blank(&code.name) {
                return wrong(CodebookProblem::NoName);
            }
            if !names.insert((code.parent, code.name.trim().to_lowercase())) {
                return wrong(CodebookProblem::SameName { name: code.name.trim().to_owned() });
            }
        }
        if codes.is_empty() { Err((None, CodebookProblem::NoCodes)) } else { Ok(Self(codes)) }
    }

    /// How many codes there are.
    pub const fn count(&self) -> usize {
        self.0.len()
    }

    /// Whether they are rather the categories of something than labels: many at the top, or deep below each other.
    pub fn are_categories(&self) -> bool {
        let top = self.0.iter().filter(|code| code.parent.is_none()).count();
        let attributes = self.0.iter().any(|code| code.is_codable == Some(false) && code.parent.is_some());
        let is_below = |code: &Code| code.parent.and_then(|at| self.0.get(at)?.parent).is_some();
        MANY < top || (!attributes && self.0.iter().any(is_below))
    }

    /// The codebook that they are.
    ///
    /// # Errors
    /// Names that stand apart in the tree would come together.
    pub fn codebook(&self, shape: &Shape) -> Result<Codebook, CodebookProblem> {
        let mut children: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
        for (at, code) in self.0.iter().enumerate() {
            children.entry(code.parent).or_default().push(at);
        }
        let tree = Tree { codes: &self.0, children };
        let labels = match shape {
            Shape::Labels => tree.labels(),
            Shape::Categories { label, name } => {
                let attributes = vec![tree.attribute(Key::from(CATEGORY), "Category", tree.below(None))];
                let colour = free_colour(&[]).to_owned();
                vec![Label { attributes, colour, ..Label::new(label.clone(), name.clone()) }]
            }
        };
        sound(Codebook { version: 1, labels, relations: Vec::new() })
    }

    /// The codes that a codebook is in a format, and what of it is none.
    pub(super) fn of(codebook: &Codebook, format: CodebookFormat) -> (Self, Vec<(&'static str, usize)>) {
        let mut codes = Vec::new();
        let mut lost = [0; 7];
        lost[0] = codebook.relations.len();
        for label in &codebook.labels {
            let top = codes.len();
            lost[1] += usize::from(label.letter.is_some());
            lost[2] += usize::from(!label.inside.is_empty()) + usize::from(label.names_actor);
            // Only the other format knows colours and what cannot be given.
            lost[3] += usize::from(format == CodebookFormat::Table);
            codes.push(Code {
                colour: label.colour.clone(),
                is_codable: Some(true),
                ..Code::of(&label.name, &label.about, None)
            });
            for attribute in &label.attributes {
                lost[4] += usize::from(attribute.default.is_some()) + usize::from(attribute.required);
                let (AttributeKind::Choice(choices) | AttributeKind::Several(choices)) = &attribute.kind
                else {
                    lost[5] += 1;
                    continue;
                };
                lost[6] += choices.iter().filter(|choice| !choice.code.is_empty()).count();
                let mut above = top;
                if &*attribute.key != CATEGORY {
                    above = codes.len();
                    let own = Code::of(&attribute.name, &attribute.about, Some(top));
                    codes.push(Code { is_codable: Some(false), ..own });
                }
                let mut path = vec![above];
                for (depth, choice) in attribute.kind.outline() {
                    path.truncate(depth + 1);
                    let parent = path.last().copied();
                    path.push(codes.len());
                    codes.push(Code {
                        is_codable: Some(true),
                        ..Code::of(&choice.name, &choice.about, parent)
                    });
                }
            }
        }
        let names = [
            "relation types",
            "keys of labels",
            "rules of labels",
            "colours",
            "rules of attributes",
            "attributes without choices",
            "codes of choices",
        ];
        (Self(codes), names.into_iter().zip(lost).collect())
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Code> {
        self.0.iter()
    }

    pub(super) fn get(&self, at: usize) -> Option<&Code> {
        self.0.get(at)
    }
}

impl Code {
    /// Examples stand in the description: the formats have no place of their own for them.
    fn of(name: &str, about: &About, parent: Option<usize>) -> Self {
        let mut description = about.description.clone();
        for example in &about.examples {
            if !description.is_empty() {
                description.push('\n');
            }
            description.push_str("Example: ");
            description.push_str(example);
        }
        Self { name: cleaned(name), description: cleaned_lines(&description), parent, ..Self::default() }
    }
}

/// Whether a name has nothing that can be seen.
fn is_blank(name: &str) -> bool {
    name.chars().all(|letter| letter.is_whitespace() || letter.is_control())
}

/// A name without characters that no name has, as tools may have left them.
fn cleaned(name: &str) -> String {
    let name: String = name.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    name.trim().to_owned()
}

/// A description without characters that no text has.
fn cleaned_lines(text: &str) -> String {
    text.replace("\r\n", "\n")
        .chars()
        .filter(|letter| !letter.is_control() || matches!(letter, '\n' | '\t'))
        .collect()
}

/// The codes with what stands right below each.
struct Tree<'c> {
    codes: &'c [Code],
    children: BTreeMap<Option<usize>, Vec<usize>>,
}

impl Tree<'_> {
    fn below(&self, parent: Option<usize>) -> Vec<usize> {
        self.children.get(&parent).cloned().unwrap_or_default()
    }

    fn labels(&self) -> Vec<Label> {
        let mut labels: Vec<Label> = Vec::new();
        let mut taken = BTreeSet::new();
        for at in self.below(None) {
            let Some(code) = self.codes.get(at) else { continue };
            let is_attribute = |child: &usize| {
                let child_of = self.codes.get(*child);
                child_of.is_some_and(|one| one.is_codable == Some(false))
                    && !self.below(Some(*child)).is_empty()
            };
            let (asked, categories): (Vec<usize>, Vec<usize>) =
                self.below(Some(at)).into_iter().partition(is_attribute);
            let mut attributes = Vec::new();
            let mut keys = BTreeSet::new();
            if !categories.is_empty() {
                keys.insert(CATEGORY.to_owned());
                attributes.push(self.attribute(Key::from(CATEGORY), "Category", categories));
            }
            for child in asked {
                let Some(code) = self.codes.get(child) else { continue };
                let key = coin(&code.name, &mut keys);
                let mut attribute = self.attribute(key, code.name.trim(), self.below(Some(child)));
                attribute.about = code.about();
                attributes.push(attribute);
            }
            let colour = Some(code.colour.to_lowercase()).filter(|colour| is_colour(colour));
            let colour = colour.unwrap_or_else(|| free_colour(&labels).to_owned());
            let label = Label::new(coin(&code.name, &mut taken), code.name.trim());
            labels.push(Label { colour, attributes, about: code.about(), ..label });
        }
        labels
    }

    /// An attribute with these codes and all below them as its choices.
    fn attribute(&self, key: Key, name: &str, top: Vec<usize>) -> Attribute {
        let mut choices: Vec<Choice> = Vec::new();
        let mut taken = BTreeSet::new();
        let mut waiting: Vec<(Option<Key>, usize)> = top.into_iter().rev().map(|at| (None, at)).collect();
        while let Some((parent, at)) = waiting.pop() {
            let Some(code) = self.codes.get(at) else { continue };
            let key = coin(&code.name, &mut taken);
            waiting.extend(self.below(Some(at)).into_iter().rev().map(|child| (Some(key.clone()), child)));
            choices.push(Choice { parent, about: code.about(), ..Choice::new(key, code.name.trim()) });
        }
        Attribute::new(key, name, AttributeKind::Choice(choices))
    }
}

impl Code {
    fn about(&self) -> About {
        About { description: self.description.trim().to_owned(), ..About::default() }
    }
}

fn coin(name: &str, taken: &mut BTreeSet<String>) -> Key {
    let stem = Key::coin(name, |_| false);
    // Counting up from 2 for each of many alike would take the square of their number.
    let numbered = format!("{stem}_{}", taken.len() + 1);
    let key = match (taken.contains(&*stem), taken.contains(&numbered)) {
        (false, _) => stem,
        (true, false) => Key::from(numbered),
        (true, true) => Key::coin(&stem, |key| taken.contains(key)),
    };
    taken.insert(key.to_string());
    key
}
