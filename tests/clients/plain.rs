//! Projects whose spans lie on words between blanks, in many scripts, as a tokenizer of whatever kind cuts them.

use std::collections::BTreeMap;

use rubricator::format::text_sha256;
use rubricator::model::{
    Annotation, AnnotationId, Attributes, Body, Codebook, Document, DocumentId, Extra, Fragments, Key, Meta,
    Origin, Project, ProjectId, Status, Timestamp,
};
use rubricator::text::{Offset, Span, Text};
use uuid::Uuid;

use crate::arbitrary::{Page, World};

/// Words that stay whole, some beyond the first plane, some with combining marks.
const WORDS: [&str; 14] = [
    "minister",
    "Größe",
    "שלום",
    "مرحبا",
    "漢字かな",
    "한국어",
    "हिन्दी",
    "🚋",
    "👍🏽",
    "e\u{301}te\u{301}",
    "𝒳𝓎",
    "Ada",
    "tram",
    "İzmir",
];

/// One project of twelve documents.
pub fn worlds() -> Vec<World> {
    let project = Project {
        id: ProjectId::new(Uuid::from_u128(1)),
        name: "Plain".to_owned(),
        codebook: Codebook::standard(),
        guidelines: String::new(),
        created: Timestamp::default(),
        discarded: false,
    };
    let documents = (0..12).map(|number| page(project.id, number)).collect();
    vec![World { project, actors: BTreeMap::new(), documents }]
}

/// Sentences of seven words; marks that touch, nest, cross and are interrupted.
fn page(project: ProjectId, number: usize) -> Page {
    let (mut text, mut words) = (String::new(), Vec::new());
    for at in 0..70 {
        if 0 < at {
            text.push_str(if at % 7 == 0 { " .\n\n" } else { " " });
        }
        let start = Offset::from_usize(text.len());
        text.push_str(WORDS[(at * 5 + number * 3 + at / 7) % WORDS.len()]);
        words.push((start, Offset::from_usize(text.len())));
    }
    let id = DocumentId::new(Uuid::from_u128(100 + number as u128));
    let span = |from: usize, to: usize| Span::new(words[from].0, words[to].1).unwrap();
    let marks = (0..60).map(|at| match at % 5 {
        0 => ("actor", Fragments::one(span(at, at))),
        1 => ("claim", Fragments::one(span(at, at + 3))),
        2 => ("criticism", Fragments::one(span(at - 1, at + 1))),
        3 => ("actor", Fragments::one(span(at, at))),
        _ => ("claim", Fragments::new([span(at, at + 1), span(at + 4, at + 6)]).unwrap()),
    });
    let annotations = marks.zip(0..).map(|((label, fragments), at)| Annotation {
        id: AnnotationId::new(Uuid::from_u128(10_000 + 100 * number as u128 + at)),
        document: id,
        label: Key::from(label),
        fragments,
        actor: None,
        attributes: Attributes::new(),
        note: String::new(),
        origin: Origin::Manual,
        annotator: String::new(),
        modified: Timestamp::default(),
        codebook_version: 1,
        extra: Extra::default(),
    });
    let body = Body::new(annotations.collect::<Vec<_>>(), Vec::new());
    let document = Document {
        id,
        project,
        title: format!("Plain {number}"),
        meta: Meta::default(),
        status: Status::Done,
        position: number as f64,
        text_sha256: text_sha256(&text),
        extra: Extra::default(),
    };
    Page { document, text: Text::new(text), body, modified: None, annotator: String::new() }
}
