//! Tables: what is found out about them, what is read by it, and the tables for spreadsheets.

use rubricator::format::exchange::{
    Columns, Confidence, FORMATS, Foreign, Format, Reading, Role, Rows, Sheet, Source, look, sets,
};
use rubricator::text::Unit;

use super::again::{parse, print};
use super::corpora::Corpus;

fn format(name: &str) -> Format {
    *FORMATS.iter().find(|format| format.name == name).unwrap()
}

fn csv(content: &str) -> Reading {
    parse(&format("table"), &[Source { path: "a.csv", bytes: content.as_bytes() }])
}

/// Reads a table by columns that were chosen.
fn read(source: &Source<'_>, chosen: &Columns, reading: &mut Reading) {
    let sheet = Sheet::of(source).unwrap();
    let mut rows = Rows::new(source.path, &sheet, Some(chosen), &mut reading.issues);
    while let Some(document) = rows.next_document(&mut reading.issues) {
        reading.documents.push(document);
    }
}

fn messages(reading: &Reading) -> Vec<String> {
    reading.issues.iter().map(ToString::to_string).collect()
}

fn texts(reading: &Reading) -> Vec<&str> {
    reading.documents.iter().map(|document| document.text.as_str()).collect()
}

const TALKS: Source<'static> =
    Source { path: "table/talks.csv", bytes: include_bytes!("../../data/table/talks.csv") };

#[test]
fn columns_are_found_by_their_names() {
    let look = look(&TALKS).unwrap();
    assert_eq!(look.delimiter, ';');
    assert_eq!(look.columns.names, ["Headline", "Date", "Newspaper", "Full text", "Page"]);
    assert_eq!(look.columns.roles, [Role::Title, Role::Date, Role::Source, Role::Text, Role::Other]);
    assert_eq!(look.rows[1], ["Said \"no\"", "2026-02-04T10:00", "", "😀 Bo left.", ""]);
    let set = &sets(&[TALKS])[0];
    assert_eq!(set.kind.name(), "table");
}

#[test]
fn a_row_becomes_a_document_with_what_is_known_of_it() {
    let reading = parse(&format("table"), &[TALKS]);
    assert_eq!(
        texts(&reading),
        ["Ada met Bo; they spoke.\r\n\r\nNothing came of it.", "😀 Bo left.", "Only four"]
    );
    let first = &reading.documents[0];
    assert_eq!(
        (&*first.title, &*first.meta.published, &*first.meta.source),
        ("Talks", "2026-02-03", "The Post")
    );
    assert_eq!((first.line, &first.extra["Page"]), (Some(2), &"3".into()));
    let days: Vec<_> = reading.documents.iter().map(|document| &*document.meta.published).collect();
    assert_eq!(days, ["2026-02-03", "2026-02-04", "1/2/2026"]);
    assert_eq!(
        messages(&reading),
        [
            "table/talks.csv, line 6: the text is empty; there is nothing to annotate, so it was left out",
            "table/talks.csv, line 7: the row has 4 cells, the first one has 5; it was read as far as they go",
        ]
    );
}

#[test]
fn rows_with_places_are_marks_of_one_document() {
    let reading =
        csv("id,text,start,end,label,quote\n1,Ada met Bo.,0,3,PER,Ada\n1,Ada met Bo.,8,10,PER,Bo\n\
                       2,Ada met Bo.,,,,\n2,Ada met Bo.,x,3,PER,Ada\n");
    let of = |document: &Foreign| {
        document.marks.iter().map(|mark| (mark.fragments[0], mark.quote.clone())).collect::<Vec<_>>()
    };
    assert_eq!(of(&reading.documents[0]), [((0, 3), Some("Ada".into())), ((8, 10), Some("Bo".into()))]);
    assert_eq!((reading.documents.len(), of(&reading.documents[1]).len()), (2, 0));
    assert_eq!(
        messages(&reading),
        [
            "a.csv, line 5: cannot be read (its place is \"x\" to \"3\", numbers are expected); it was left out"
        ]
    );
}

#[test]
fn the_text_is_the_longest_column_where_no_name_tells() {
    let reading = csv(
        "who,what was said\nAda,The dam must be built by all means.\nBo,It ruins the whole valley there.\n",
    );
    assert_eq!(texts(&reading), ["The dam must be built by all means.", "It ruins the whole valley there."]);
    let bare = csv("1,The dam must be built by all means.\n2,It ruins the whole valley there.\n");
    assert_eq!(texts(&bare).len(), 2);
    assert_eq!(messages(&csv("1,2\n3,4\n")), ["a.csv: no column holds texts; the file was left out"]);
}

#[test]
fn another_choice_of_columns_is_taken() {
    let mut columns = look(&TALKS).unwrap().columns;
    columns.roles = vec![Role::Text, Role::Other, Role::Other, Role::Title, Role::Other];
    let mut reading = Reading::default();
    read(&TALKS, &columns, &mut reading);
    assert_eq!(texts(&reading), ["Talks", "Said \"no\"", "Short"]);
    assert_eq!(reading.documents[1].title, "😀 Bo left.");
}

#[test]
fn an_open_quotation_mark_costs_its_row_only() {
    let reading = csv("id,text\n1,\"one\n2,two\n3,\"three, \"\"3\"\"\"\n4,\"four");
    assert_eq!(texts(&reading), ["two", "three, \"3\""]);
    let wrong = "a quotation mark begins a cell and none ends it; the line was left out";
    assert_eq!(messages(&reading), [format!("a.csv, line 2: {wrong}"), format!("a.csv, line 5: {wrong}")]);
    assert_eq!(texts(&csv("id,text\n1,it is 5\" long\n")), ["it is 5\" long"]);
}

#[test]
fn encodings_are_found_and_doubt_is_said() {
    let wide: Vec<u8> =
        "\u{FEFF}text,label\r\n日本,x\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let reading = parse(&format("table"), &[Source { path: "a.csv", bytes: &wide }]);
    assert_eq!((texts(&reading), messages(&reading)), (vec!["日本"], vec![]));
    let old = parse(&format("table"), &[Source { path: "a.csv", bytes: b"text\nM\xFCller \x96 \x80\n" }]);
    assert_eq!(texts(&old), ["Müller – €"]);
    assert_eq!(
        messages(&old),
        ["a.csv: not UTF-8: byte 2 of line 2 is 0xFC; it was read as Windows-1252 (Western European), \
          so look at its accented letters"]
    );
}

#[test]
fn open_quotation_marks_without_end_take_linear_time() {
    let many = "id,text\n".to_owned() + &"1,\"x\n2,y\n".repeat(100_000);
    assert!(csv(&many).documents.len() > 1);
    let one = "text\n".to_owned() + &"\"".repeat(1_000_001);
    let _ = csv(&one);
}

#[test]
fn what_doccano_takes_as_tables_is_read() {
    let Some(corpus) = Corpus::find("doccano/doccano-fixtures") else { return };
    let tables: Vec<_> =
        corpus.sources().into_iter().filter(|source| source.path.ends_with(".csv")).collect();
    let count = |name: &str| {
        let files: Vec<_> = tables.iter().copied().filter(|source| source.path.ends_with(name)).collect();
        let reading = parse(&format("table"), &files);
        (files.len(), reading.documents.len())
    };
    assert_eq!(count("text_classification/example.csv"), (1, 2));
    assert_eq!(count("seq2seq/example.csv"), (1, 2));
    assert_eq!(count("example_out_of_order_columns.csv"), (1, 2));
    assert_eq!(count("example.invalid.2.csv"), (1, 3));
    assert_eq!(count("example.utf16.csv"), (1, 3));
    assert!(tables.iter().all(|table| (format("table").recognize)(&[*table]) == Confidence::Likely));
}

#[test]
fn tables_for_spreadsheets_hold_no_formulas() {
    let reading = csv(
        "text,title,start,end,label\n\"=HYPERLINK(\"\"x\"\")\",-1,0,2,claim\n\"=HYPERLINK(\"\"x\"\")\",-1,1,3,actor\n",
    );
    let printed = print(&format("tables"), &reading.documents, Unit::CodePoint);
    let documents = printed.file("documents.csv");
    assert!(documents.starts_with("\u{FEFF}document_id,title,source,"));
    assert!(documents.contains(",\"'=HYPERLINK(\"\"x\"\")\"\r\n"), "{documents}");
    let annotations = printed.file("annotations.csv");
    assert!(annotations.lines().next().unwrap().ends_with(",kind,stance,attribution,other_attributes"));
    assert!(annotations.contains(",claim,0,2,0-2,'=H,"), "{annotations}");
    assert_eq!(printed.file("links.csv").lines().count(), 1);
    assert_eq!(printed.file("actors.csv"), "\u{FEFF}actor_id,name,kind,aliases,wikidata,note\r\n");
    assert_eq!(
        printed.losses,
        ["2 cells that a spreadsheet would run as formulas written with an apostrophe in front"]
    );
}

#[test]
fn json_objects_without_a_text_are_rows_of_a_table() {
    let content = "{\"headline\":\"Talks\",\"body\":\"Ada met Bo.\",\"views\":3}\n{\"body\": oops\n\
                   {\"body\":\"Cleo left.\",\"tags\":[\"a\",\"b\"],\"headline\":null}\n";
    let source = Source { path: "a.jsonl", bytes: content.as_bytes() };
    assert_eq!(sets(&[source])[0].kind.name(), "table");
    let found = look(&source).unwrap();
    // In the order of the file, or of the alphabet: as the JSON library was built.
    let mut names = found.columns.names.clone();
    names.sort();
    assert_eq!(names, ["body", "headline", "tags", "views"]);
    let mut reading = Reading::default();
    read(&source, &look(&source).unwrap().columns, &mut reading);
    let texts: Vec<_> = reading.documents.iter().map(|one| (&*one.title, &*one.text, one.line)).collect();
    assert_eq!(texts, [("Talks", "Ada met Bo.", Some(1)), ("", "Cleo left.", Some(3))]);
    assert_eq!(reading.documents[1].extra["tags"], r#"["a","b"]"#);
    assert_eq!(reading.issues.len(), 1);
    assert!(reading.issues[0].to_string().starts_with("a.jsonl, line 2: not JSON"), "{}", reading.issues[0]);
    // What has a text of that name is the dataset's.
    let own = Source { path: "b.jsonl", bytes: b"{\"text\":\"Ada\"}\n{\"body\":\"x\"}" };
    assert_eq!(sets(&[own])[0].kind.name(), "rubricator");
}

#[test]
fn a_person_can_say_what_each_column_holds() {
    let content = "when;who;what;where\n2026-01-02;Ada;She met Bo at length in the hall.;Rome\n";
    let source = Source { path: "a.csv", bytes: content.as_bytes() };
    let guessed = look(&source).unwrap().columns;
    let roles = ["date", "author", "title", "text"].map(|name| Role::from_name(name).unwrap());
    let mut reading = Reading::default();
    read(&source, &guessed.with(roles.into_iter()), &mut reading);
    let document = &reading.documents[0];
    assert_eq!((&*document.text, &*document.title), ("Rome", "She met Bo at length in the hall."));
    assert_eq!((&*document.meta.author, &*document.meta.published), ("Ada", "2026-01-02"));
    for (role, name) in Role::ALL {
        assert_eq!((Role::from_name(name), role.name()), (Some(role), name));
    }
    let mut without = Reading::default();
    read(&source, &guessed.with(std::iter::repeat_n(Role::Other, 4)), &mut without);
    assert_eq!(without.issues[0].to_string(), "a.csv: no column holds texts; the file was left out");
}
