//! The workloads of the benchmarks: news-like texts with annotations spread evenly. The same seed gives the same
//! bytes. Texts are ASCII, so that every unit of offsets counts alike.

use std::fmt::Write;
use std::ops::Range;

use rubricator::format::{Imported, Reader};
use rubricator::model::ProjectId;
use uuid::Uuid;

/// What a document shall hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Its name, which is its title as well.
    pub name: &'static str,
    /// Bytes of text, reached to the sentence.
    pub bytes: usize,
    /// Annotations: 6 of 10 are actors, 3 claims, 1 a criticism; every fifth claim is linked.
    pub annotations: usize,
}

/// The documents that are opened.
pub const SIZES: [Size; 4] = [
    Size { name: "S", bytes: 5_000, annotations: 40 },
    Size { name: "M", bytes: 100_000, annotations: 1_000 },
    Size { name: "L", bytes: 1_000_000, annotations: 10_000 },
    Size { name: "XL", bytes: 5_000_000, annotations: 50_000 },
];

/// One of the documents of which [`P_DOCUMENTS`] make the large project.
pub const OF_P: Size = Size { name: "P", bytes: 4_000, annotations: 20 };

/// How many documents the large project has.
pub const P_DOCUMENTS: usize = 10_000;

/// How many words a paragraph has.
const PARAGRAPH: usize = 90;

/// How many actors the registry of a project with actors may have.
pub const ACTORS: usize = 10_000;

const WORDS: [&str; 48] = [
    "the",
    "minister",
    "harbour",
    "council",
    "would",
    "carry",
    "nine",
    "thousand",
    "people",
    "and",
    "city",
    "budget",
    "against",
    "plan",
    "nobody",
    "before",
    "Tuesday",
    "evening",
    "a",
    "tram",
    "bridge",
    "report",
    "of",
    "last",
    "year",
    "said",
    "that",
    "costs",
    "will",
    "rise",
    "again",
    "unless",
    "parliament",
    "votes",
    "for",
    "reform",
    "in",
    "spring",
    "while",
    "critics",
    "speak",
    "about",
    "delay",
    "at",
    "Kestelhaven",
    "Holt",
    "Tarrell",
    "Delmann",
];

/// A span of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// The label's key.
    pub label: &'static str,
    /// Where it lies, in bytes.
    pub range: Range<usize>,
    /// Of a claim: which annotation made it, by its place in the list.
    pub made_by: Option<usize>,
}

/// A document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// Its title.
    pub title: String,
    /// Its text: the title, then paragraphs, with an empty line between.
    pub text: String,
    /// Its annotations in their order.
    pub marked: Vec<Marked>,
}

/// Makes the document of that number.
pub fn article(size: Size, number: u64) -> Article {
    let mut chance =
        Chance(0x9e37_79b9_7f4a_7c15 ^ number.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ size.bytes as u64);
    let title = if size == OF_P { format!("Article {number:05}") } else { size.name.to_owned() };
    let mut text = title.clone();
    let mut words: Vec<(Range<usize>, usize)> = Vec::new();
    let mut sentences: Vec<Range<usize>> = Vec::new();
    let mut in_paragraph = PARAGRAPH;
    while text.len() < size.bytes {
        if PARAGRAPH <= in_paragraph {
            text.push_str("\n\n");
            in_paragraph = 0;
        } else {
            text.push(' ');
        }
        let begun = text.len();
        let count = 8 + chance.below(16);
        for at in 0..count {
            if at != 0 {
                text.push_str(if at % 9 == 8 { ", " } else { " " });
            }
            let word = WORDS[chance.below(WORDS.len())];
            let start = text.len();
            if at == 0 {
                text.push(word.as_bytes()[0].to_ascii_uppercase() as char);
                text.push_str(&word[1..]);
            } else {
                text.push_str(word);
            }
            words.push((start..text.len(), sentences.len()));
        }
        text.push('.');
        sentences.push(begun..text.len());
        in_paragraph += count;
    }
    let marked = marked(size, &words, &sentences, &mut chance);
    Article { title, text, marked }
}

fn marked(
    size: Size,
    words: &[(Range<usize>, usize)],
    sentences: &[Range<usize>],
    chance: &mut Chance,
) -> Vec<Marked> {
    let mut all: Vec<Marked> = Vec::with_capacity(size.annotations);
    let (mut last_actor, mut claims) = (None, 0);
    for number in 0..size.annotations {
        let first = number * words.len() / size.annotations;
        let sentence = words[first].1;
        let last_of = |most: usize| {
            words[first..]
                .iter()
                .take(most)
                .take_while(|word| word.1 == sentence)
                .last()
                .map_or(0, |word| word.0.end)
        };
        let start = words[first].0.start;
        let one = match number % 10 {
            0..6 => {
                last_actor = Some(number);
                Marked { label: "actor", range: start..last_of(1 + chance.below(3)), made_by: None }
            }
            6..9 => {
                claims += 1;
                let made_by = last_actor.filter(|_| claims % 5 == 0);
                Marked { label: "claim", range: start..last_of(8 + chance.below(6)), made_by }
            }
            _ => Marked { label: "criticism", range: sentences[sentence].clone(), made_by: None },
        };
        all.push(one);
    }
    all
}

impl Article {
    /// The document as a line of our dataset.
    pub fn line(&self) -> String {
        self.line_with(&[])
    }

    /// The same with an actor for each mention: few are named often, most once, as in the news; the ten most frequent
    /// have a quarter of the mentions. Every second link leads to the entry instead of the mention.
    pub fn line_with_actors(&self, number: u64) -> String {
        let mut chance = Chance(0x1d8e_4e27_c47d_124f ^ number.wrapping_mul(0x2545_f491_4f6c_dd1d));
        let actors: Vec<usize> = self.marked.iter().map(|_| chance.actor()).collect();
        self.line_with(&actors)
    }

    fn line_with(&self, actors: &[usize]) -> String {
        let mut spans = String::new();
        let mut relations = String::new();
        for (at, one) in self.marked.iter().enumerate() {
            let Range { start, end } = one.range.clone();
            let comma = if at == 0 { "" } else { "," };
            let label = one.label;
            let quote = &self.text[start..end];
            let named = actors.get(at).filter(|_| label == "actor");
            let actor = named.map_or(String::new(), |actor| format!(r#","actor":"{}""#, actor_id(*actor)));
            // A string takes whatever is written.
            let _written = write!(
                spans,
                r#"{comma}{{"id":"s{at}","label":"{label}","start":{start},"end":{end},"text":"{quote}"{actor}}}"#
            );
            if let Some(maker) = one.made_by {
                let comma = if relations.is_empty() { "" } else { "," };
                let (to, kind) = match actors.get(maker).filter(|actor| *actor % 2 == 0) {
                    Some(actor) => (actor_id(*actor), "actor"),
                    None => (format!("s{maker}"), "span"),
                };
                let _written = write!(
                    relations,
                    r#"{comma}{{"id":"r{at}","type":"made_by","from":"s{at}","to":"{to}","to_kind":"{kind}"}}"#
                );
            }
        }
        let mut known: Vec<usize> = actors.to_vec();
        known.sort_unstable();
        known.dedup();
        let entries = known.iter().map(|actor| {
            format!(
                r#"{{"id":"{}","name":"{}","kind":"person","aliases":[]}}"#,
                actor_id(*actor),
                actor_name(*actor)
            )
        });
        let entries = entries.collect::<Vec<_>>().join(",");
        let text = self.text.replace('\n', "\\n");
        format!(
            r#"{{"format":"rubricator/1","offset_unit":"code_point","title":"{}","text":"{text}","spans":[{spans}],"relations":[{relations}],"actors":[{entries}]}}"#,
            self.title
        )
    }

    /// Paragraphs with their offset, and spans: what the pages of comparison draw.
    pub fn plain(&self) -> String {
        let mut start = 0;
        let mut paragraphs = Vec::new();
        for paragraph in self.text.split("\n\n") {
            paragraphs.push(serde_json::json!([start, paragraph]));
            start += paragraph.len() + 2;
        }
        let spans: Vec<_> = self
            .marked
            .iter()
            .map(|one| serde_json::json!([one.range.start, one.range.end, one.label]))
            .collect();
        serde_json::json!({ "paragraphs": paragraphs, "spans": spans }).to_string()
    }
}

/// The large project as a dataset.
pub fn large_project(documents: usize) -> String {
    let mut lines = String::new();
    for number in 0..documents as u64 {
        lines.push_str(&article(OF_P, number).line());
        lines.push('\n');
    }
    lines
}

/// The large project with its registry as a dataset.
pub fn large_project_with_actors(documents: usize) -> String {
    let mut lines = String::new();
    for number in 0..documents as u64 {
        lines.push_str(&article(OF_P, number).line_with_actors(number));
        lines.push('\n');
    }
    lines
}

/// The id of an actor by its rank, from 0 for the most frequent one.
pub fn actor_id(rank: usize) -> String {
    format!("00000000-0000-7000-8000-{rank:012x}")
}

/// The name of an actor, each another one.
pub fn actor_name(rank: usize) -> String {
    const SYLLABLES: [&str; 10] = ["ba", "den", "kor", "li", "mas", "nu", "ro", "sel", "ti", "wen"];
    let word = |number: usize| {
        let syllables = [number / 100 % 10, number / 10 % 10, number % 10].map(|at| SYLLABLES[at]);
        let mut word = syllables.concat();
        word[..1].make_ascii_uppercase();
        word
    };
    format!("{} {}", word(rank * 7 % 1_000), word(rank / 10 + rank % 10 * 100))
}

/// The documents of a dataset, with ids in the order of their making.
pub fn imported(lines: &str) -> Imported {
    let mut ids = 0_u128;
    let mut new_id = || {
        ids += 1;
        Uuid::from_u128(ids)
    };
    Reader::new("workload.jsonl", ProjectId::new(Uuid::nil())).parse_all(lines.as_bytes(), &mut new_id)
}

/// Marsaglia's xorshift: enough for news.
struct Chance(u64);

impl Chance {
    /// An actor by its rank: the rank k comes with a chance that falls as 1/k does.
    fn actor(&mut self) -> usize {
        let share = self.below(1 << 24) as f64 / f64::from(1 << 24);
        let rank = ((ACTORS as f64 + 1.0).ln() * share).exp() - 1.0;
        (rank as usize).min(ACTORS - 1)
    }

    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % end
    }
}
