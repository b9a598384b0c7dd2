//! WebAnno TSV: spans over several rows, stacked, in parts of tokens; slots, chains, relations, escapes, broken rows.

use rubricator::format::exchange::{Confidence, End, FORMATS, Foreign, Format, Link, Mark, Reading, Source};
use rubricator::model::Value;
use rubricator::text::Unit;

use super::again::{again, parse, print};
use super::corpora::Corpus;

fn format() -> Format {
    *FORMATS.iter().find(|format| format.name == "webanno").unwrap()
}

fn talks() -> Source<'static> {
    Source { path: "talks.tsv", bytes: include_bytes!("../../data/webanno/talks.tsv") }
}

fn read(content: &str) -> Reading {
    parse(&format(), &[Source { path: "a.tsv", bytes: content.as_bytes() }])
}

/// Each span's label and text; offsets are UTF-16.
fn spans(document: &Foreign) -> Vec<String> {
    let units: Vec<u16> = document.text.encode_utf16().collect();
    let place = |number: i64| usize::try_from(number).unwrap();
    let quote = |(start, end): (i64, i64)| String::from_utf16(&units[place(start)..place(end)]).unwrap();
    document.marks.iter().map(|mark| format!("{} {}", mark.label, quote(mark.fragments[0]))).collect()
}

fn links(document: &Foreign) -> Vec<String> {
    let spans = spans(document);
    let name = |id: &str| spans[document.marks.iter().position(|mark| mark.id == id).unwrap()].clone();
    let one = |link: &Link| {
        let End::Mark(to) = &link.to else { panic!("there is no registry") };
        format!("{}: {} > {}", link.kind, name(&link.from), name(to))
    };
    document.links.iter().map(one).collect()
}

#[test]
fn everything_is_read_and_written_back() {
    assert_eq!((format().recognize)(&[talks()]), Confidence::Certain);
    let (reading, printed) = again(&format(), &[talks()], Unit::Utf16);
    assert_eq!(reading.issues, []);
    let document = &reading.documents[0];
    assert_eq!(document.text, "😀 Ada Lovelace_x met\nBo.\nTea\tbreak!");
    assert_eq!(
        spans(document),
        [
            "given Ada",
            "PER Ada Lovelace_x",
            "GPE Lovelace",
            "Meeting met",
            "PER Bo",
            "link Bo",
            "Claim Tea\tbreak",
            "type Tea"
        ]
    );
    assert_eq!(
        links(document),
        [
            "SimpleLink: link Bo > type Tea",
            "knows: PER Bo > PER Ada Lovelace_x",
            "who: Meeting met > PER Ada Lovelace_x",
            "with: Meeting met > PER Bo",
        ]
    );
    assert_eq!(document.marks[1].attributes, [("identifier".into(), Value::Text("http://x/[1]|*".into()))]);
    let back = printed.first();
    assert_eq!(back.as_bytes(), talks().bytes, "{back}");
}

#[test]
fn each_slot_belongs_to_its_own_feature() {
    let link = "webanno.custom.Link";
    let layers = format!(
        "#T_SP=x.Entity|value\n#T_SP=x.Event|ROLE_x.Event:who_{link}|x.Entity|ROLE_x.Event:where_{link}|x.Entity\n"
    );
    let rows = "1-1\t0-3\tAda\tPER\t_\t_\t_\t_\n1-2\t4-7\tmet\t_\t*\t1-1\t*\t1-3\n1-3\t8-12\tRome\tGPE\t_\t_\t_\t_\n";
    let content = format!("#FORMAT=WebAnno TSV 3.3\n{layers}\n\n#Text=Ada met Rome\n{rows}");
    let source = Source { path: "a.tsv", bytes: content.as_bytes() };
    let (reading, printed) = again(&format(), &[source], Unit::Utf16);
    assert_eq!(reading.issues, []);
    assert_eq!(links(&reading.documents[0]), ["who: Event met > PER Ada", "where: Event met > GPE Rome"],);
    assert_eq!(links(&parse(&format(), &printed.sources()).documents[0]), links(&reading.documents[0]));
}

#[test]
fn a_broken_row_is_named_and_the_others_stay() {
    let rows = [
        "#FORMAT=WebAnno TSV 3.2",
        "#T_SP=de.x.NamedEntity|value",
        "#T_RL=de.x.Rel|BT_de.x.NamedEntity",
        "",
        "",
        "#Text=Ada Bo",
        "1-1\t0-3\tAda\tPER\t1-9\t",
        "1-2\tfour\tBo\tPER\t_",
        "1-3\t4-6\tBo",
    ];
    let reading = read(&rows.join("\r\n"));
    assert_eq!(spans(&reading.documents[0]), ["PER Ada"]);
    let messages: Vec<_> = reading.issues.iter().map(ToString::to_string).collect();
    assert_eq!(
        messages,
        [
            "a.tsv, line 8: cannot be read (an id, START-END and a token are expected); it was left out",
            "a.tsv, line 9, 1-3: the line has 3 columns, the others have 5; its token was kept",
            "a.tsv, line 7, 1-1: it says something of \"1-9\", which is not there; it was left out",
        ]
    );
    assert_eq!(
        read("Ada\tO\n").issues[0].to_string(),
        "a.tsv: it is no part of a webanno corpus and was left out"
    );
}

#[test]
fn other_annotations_are_named_entities_with_a_feature_for_each_attribute() {
    let mark = |id: &str, label: &str, fragments: &[(i64, i64)]| Mark {
        id: id.into(),
        label: label.into(),
        fragments: fragments.to_vec(),
        ..Mark::default()
    };
    let document = Foreign {
        text: "Ada's tea.\n\nNo, said Bo.".into(),
        marks: vec![
            mark("1", "actor", &[(0, 3)]),
            Mark {
                attributes: vec![("stance".into(), Value::Text("for".into()))],
                ..mark("2", "claim", &[(6, 9), (12, 14)])
            },
        ],
        links: vec![Link {
            id: String::new(),
            kind: "made_by".into(),
            from: "2".into(),
            to: End::Mark("1".into()),
            attributes: Vec::new(),
            note: "why?".into(),
            line: None,
            extra: Default::default(),
        }],
        ..Foreign::default()
    };
    let printed = print(&format(), &[document], Unit::Utf16);
    let expected = "#FORMAT=WebAnno TSV 3.3\n\
        #T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|value|stance\n\
        #T_RL=webanno.custom.Relation|value|BT_de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity\n\n\n\
        #Text=Ada's tea.\n#Text=\n#Text=\n\
        1-1\t0-5\tAda's\t_\t_\t_\t_\t\n\
        1-1.1\t0-3\tAda\tactor\t*\tmade\\_by\t1-2\t\n\
        1-2\t6-9\ttea\tclaim\tfor\t_\t_\t\n\
        1-3\t9-10\t.\t_\t_\t_\t_\t\n\n\
        #Text=No, said Bo.\n\
        2-1\t12-14\tNo\tclaim\tfor\t_\t_\t\n";
    assert!(printed.first().starts_with(expected), "{}", printed.first());
    assert_eq!(
        printed.losses,
        ["1 notes left out", "1 spans of several fragments written as one span for each fragment"]
    );
    let again = parse(&format(), &printed.sources());
    assert_eq!(again.documents[0].text, "Ada's tea.\n\nNo, said Bo.");
    assert_eq!(links(&again.documents[0]), ["made_by: claim tea > actor Ada"]);
}

#[test]
fn corpora_count_as_expected() {
    let Some(corpus) = Corpus::find("other/webanno-tsv3") else { return };
    let reading = parse(&format(), &corpus.sources());
    assert_eq!(reading.issues, []);
    let printed = print(&format(), &reading.documents, Unit::Utf16);
    let lists = |one: &Foreign, key: &str| {
        let list = one.extra.get(key).cloned().or_else(|| one.lists.get(key));
        list.unwrap().as_array().unwrap().clone()
    };
    let layers = |prefix: &str| {
        let all = reading.documents.iter().flat_map(|one| lists(one, "layers"));
        all.filter(|layer| layer.as_str().unwrap().starts_with(prefix)).count()
    };
    let sentences: Vec<_> = reading.documents.iter().flat_map(|one| lists(one, "sentences")).collect();
    let rows = printed.files.iter().flat_map(|(_, bytes)| std::str::from_utf8(bytes).unwrap().lines());
    let parts =
        rows.filter(|row| row.split('\t').next().unwrap().contains('.') && !row.starts_with('#')).count();
    corpus.check([
        ("documents", reading.documents.len()),
        ("sentences", sentences.len()),
        ("tokens", sentences.iter().map(|one| one["tokens"].as_str().unwrap().split(' ').count()).sum()),
        // Two more parts of tokens are spans of no length, which nothing of ours can hold.
        (
            "sub_tokens",
            parts
                + reading
                    .documents
                    .iter()
                    .flat_map(|one| &one.marks)
                    .filter(|mark| mark.fragments[0].0 == mark.fragments[0].1)
                    .count(),
        ),
        ("span_layers", layers("#T_SP")),
        ("relation_layers", layers("#T_RL")),
        ("chain_layers", layers("#T_CH")),
    ]);
    let sound: Vec<_> =
        corpus.sources().into_iter().filter(|source| !source.path.contains("ZeroLength")).collect();
    let _ = again(&format(), &sound, Unit::Utf16);
    let texts: Vec<_> = reading.documents.iter().map(|one| &*one.text).collect();
    assert!(
        texts.contains(&"This is\ta test .")
            && texts.contains(&"This is\na test .")
            && texts.contains(&"I like it 😊 .")
    );
}
