//! Projects of the Discourse Network Analyzer: an SQLite file of documents, statements and what was coded in each. What
//! a statement says becomes what the event list of the same tool becomes, and lies where it was marked, in UTF-16 units.
//! Coders' passwords, rights and colours and the tool's patterns for words have no place here.

use std::collections::BTreeMap;

use serde_json::Map;

use super::sqlite::{Database, MAGIC, Table};
use super::{MAKERS, VARIABLES, attribute, folded, made_by, maker_kind, stance};
use crate::format::exchange::catalogue::{Confidence, Format, Parse};
use crate::format::exchange::{Count, Foreign, ForeignActor, ForeignLabel, Mark, Reading, Remarks, Source};
use crate::format::{Issue, Problem};
use crate::model::{Meta, Timestamp, Value};

/// DNA's project file.
pub const FORMAT: Format = Format {
    name: super::PROJECT,
    title: "DNA project (.dna)",
    endings: &["dna"],
    companions: &[],
    counts: &[Count::Utf16, Count::CodePoint],
    recognize,
    parse: Some(Parse::Files(parse)),
    print: None,
};

fn recognize(sources: &[Source<'_>]) -> Confidence {
    let of = |source: &Source<'_>| {
        let is_named = FORMAT.endings.contains(&&*source.ending());
        match source.bytes.starts_with(MAGIC) {
            true if memchr::memmem::find(source.bytes, b"STATEMENTTYPES").is_some() => Confidence::Certain,
            true if is_named => Confidence::Likely,
            _ => Confidence::No,
        }
    };
    sources.iter().map(of).max().unwrap_or(Confidence::No)
}

fn parse(sources: &[Source<'_>]) -> Reading {
    let mut reading = Reading::default();
    for source in sources {
        if let Err(reason) = parse_file(source, &mut reading) {
            let problem = Problem::BrokenDatabase { reason };
            reading.issues.push(Issue::new(source.path, None, None, problem));
        }
    }
    reading
}

/// What was coded in a statement under one variable.
type Coded = (i64, Value);

/// A variable: its name, and whether it is yes or no.
struct Variable {
    name: String,
    is_flag: bool,
}

fn parse_file(source: &Source<'_>, reading: &mut Reading) -> Result<(), String> {
    let database = Database::new(source.bytes)?;
    let mut tell = |problem| reading.issues.push(Issue::new(source.path, None, None, problem));
    if database.has_log {
        tell(Problem::LogBeside);
    }
    let documents = database.table("DOCUMENTS")?;
    if !documents.has("Text") {
        tell(Problem::OtherFile { format: super::NAME });
        return Ok(());
    }
    let names = |table: &Table, column: &str| -> BTreeMap<i64, String> {
        table.rows().filter_map(|row| Some((row.integer("ID")?, row.text(column)))).collect()
    };
    let coders = names(&database.table("CODERS")?, "Name");
    let types = database.table("STATEMENTTYPES")?;
    let variables: BTreeMap<i64, (i64, Variable)> = database
        .table("VARIABLES")?
        .rows()
        .filter_map(|row| {
            let variable =
                Variable { name: row.text("Variable"), is_flag: row.text("DataType") == "boolean" };
            Some((row.integer("ID")?, (row.integer("StatementTypeId")?, variable)))
        })
        .collect();
    let labels = labels(&types, &variables);
    let entities = names(&database.table("ENTITIES")?, "Value");
    let mut coded = coded(&database, &variables, &entities)?;
    let actors = actors(&database, &variables, &entities)?;
    reading.scheme.labels.extend(labels.values().cloned());

    let mut places = BTreeMap::new();
    for row in documents.rows() {
        let id = row.integer("ID").unwrap_or_default();
        places.insert(id, reading.documents.len());
        let mut extra = Map::new();
        for (name, column) in [("section", "Section"), ("type", "Type"), ("notes", "Notes")] {
            let text = row.text(column);
            if !text.is_empty() {
                extra.insert(name.to_owned(), text.into());
            }
        }
        extra.insert("document ID".to_owned(), id.to_string().into());
        let moment = moment(row.integer("Date"));
        extra.insert("time".to_owned(), moment.clone().into());
        reading.documents.push(Foreign {
            path: source.path.to_owned(),
            id: id.to_string(),
            title: row.text("Title"),
            text: row.text("Text"),
            meta: Meta {
                source: row.text("Source"),
                author: row.text("Author"),
                published: moment.split(' ').next().unwrap_or_default().to_owned(),
                ..Meta::default()
            },
            annotator: row.integer("Coder").and_then(|coder| coders.get(&coder)).cloned().unwrap_or_default(),
            extra,
            ..Foreign::default()
        });
    }
    for row in database.table("STATEMENTS")?.rows() {
        let id = row.integer("ID").unwrap_or_default();
        let place = row.integer("DocumentId").and_then(|document| places.get(&document));
        let label = row.integer("StatementTypeId").and_then(|kind| labels.get(&kind));
        let (Some(document), Some(label)) = (place.and_then(|at| reading.documents.get_mut(*at)), label)
        else {
            let problem =
                Problem::UnreadableRecord { reason: "its document or type is not there".to_owned() };
            reading.issues.push(Issue::new(source.path, None, Some(format!("statement {id}")), problem));
            continue;
        };
        let coder = row.integer("Coder").and_then(|coder| coders.get(&coder));
        let mut mark = Mark {
            id: id.to_string(),
            label: label.name.clone(),
            fragments: vec![(
                row.integer("Start").unwrap_or(i64::MAX),
                row.integer("Stop").unwrap_or(i64::MAX),
            )],
            aside: Remarks { annotator: coder.cloned().unwrap_or_default(), ..Remarks::default() }.into(),
            ..Mark::default()
        };
        mark.extra.insert("statement ID", id.to_string());
        for (variable, value) in coded.remove(&id).unwrap_or_default() {
            let Some((_, variable)) = variables.get(&variable) else { continue };
            code(document, &mut mark, variable, value, &actors);
        }
        document.marks.push(mark);
    }
    Ok(())
}

/// Puts what was coded under a variable where it belongs.
fn code(
    document: &mut Foreign,
    mark: &mut Mark,
    variable: &Variable,
    value: Value,
    actors: &BTreeMap<String, ForeignActor>,
) {
    let name = folded(&variable.name);
    match value {
        Value::Text(text) if text.is_empty() => {}
        Value::Text(text) if MAKERS.contains(&&*name) => {
            document.links.push(made_by(&mark.id, &text, None));
            let stated =
                ForeignActor { name: text.clone(), kind: maker_kind(&name), ..ForeignActor::default() };
            let actor = actors.get(&text).unwrap_or(&stated);
            if document.actors.iter().all(|known| known.name != actor.name) {
                document.actors.push(actor.clone());
            }
            mark.extra.insert(&name, text);
        }
        Value::Text(text) if name == "note" && mark.aside.note.is_empty() => mark.aside.note = text,
        value => {
            let value = match value {
                Value::Flag(flag) if name == "agreement" => stance(&name, if flag { "1" } else { "0" }),
                value => value,
            };
            let own = if VARIABLES.contains(&&*name) { &name } else { &variable.name };
            mark.attributes.push((attribute(own).to_owned(), value));
        }
    }
}

/// What each type of statements becomes: a claim where it says who says what, as the tool's own type does.
fn labels(types: &Table, variables: &BTreeMap<i64, (i64, Variable)>) -> BTreeMap<i64, ForeignLabel> {
    let is_claim = |kind: i64| {
        let own =
            variables.values().filter(|(of, _)| *of == kind).map(|(_, variable)| folded(&variable.name));
        let own: Vec<String> = own.collect();
        own.iter().any(|name| MAKERS.contains(&&**name)) && own.iter().any(|name| name == "concept")
    };
    let label = |row: super::sqlite::Row<'_>| {
        let id = row.integer("ID")?;
        let shade = |column: &str| row.integer(column).unwrap_or_default().clamp(0, 255);
        let label = row.text("Label");
        let (name, description) =
            if is_claim(id) { ("claim".to_owned(), label) } else { (label, String::new()) };
        let colour = format!("#{:02x}{:02x}{:02x}", shade("Red"), shade("Green"), shade("Blue"));
        Some((id, ForeignLabel { name, colour, letter: None, description }))
    };
    types.rows().filter_map(label).collect()
}

/// What was coded, by statement, in the order of the variables.
fn coded(
    database: &Database<'_>,
    variables: &BTreeMap<i64, (i64, Variable)>,
    entities: &BTreeMap<i64, String>,
) -> Result<BTreeMap<i64, Vec<Coded>>, String> {
    let mut coded: BTreeMap<i64, Vec<Coded>> = BTreeMap::new();
    for name in ["DATABOOLEAN", "DATAINTEGER", "DATASHORTTEXT", "DATALONGTEXT"] {
        let table = database.table(name)?;
        for row in table.rows() {
            let (Some(statement), Some(variable)) = (row.integer("StatementId"), row.integer("VariableId"))
            else {
                continue;
            };
            let is_flag = variables.get(&variable).is_some_and(|(_, variable)| variable.is_flag);
            let value = match name {
                "DATABOOLEAN" if is_flag => Value::Flag(row.integer("Value") != Some(0)),
                #[expect(clippy::cast_precision_loss, reason = "codes of people are small")]
                "DATABOOLEAN" | "DATAINTEGER" => {
                    Value::Number(row.integer("Value").unwrap_or_default() as f64)
                }
                // Version 2 wrote the words themselves.
                "DATASHORTTEXT" if table.has("Entity") => {
                    let entity = row.integer("Entity").and_then(|entity| entities.get(&entity));
                    Value::Text(entity.cloned().unwrap_or_default())
                }
                _ => Value::Text(row.text("Value")),
            };
            coded.entry(statement).or_default().push((variable, value));
        }
    }
    for values in coded.values_mut() {
        values.sort_by_key(|(variable, _)| *variable);
    }
    Ok(coded)
}

/// What is known of persons and organizations, by name.
fn actors(
    database: &Database<'_>,
    variables: &BTreeMap<i64, (i64, Variable)>,
    entities: &BTreeMap<i64, String>,
) -> Result<BTreeMap<String, ForeignActor>, String> {
    let mut known: BTreeMap<i64, ForeignActor> = BTreeMap::new();
    for row in database.table("ENTITIES")?.rows() {
        let variable = row.integer("VariableId").and_then(|variable| variables.get(&variable));
        let (Some(id), Some((_, variable))) = (row.integer("ID"), variable) else { continue };
        let (name, variable) = (row.text("Value"), folded(&variable.name));
        if !name.is_empty() && MAKERS.contains(&&*variable) {
            let actor = ForeignActor { name, kind: maker_kind(&variable), ..ForeignActor::default() };
            known.insert(id, actor);
        }
    }
    let attributes = database.table("ATTRIBUTEVARIABLES")?;
    let attributes: BTreeMap<i64, String> = attributes
        .rows()
        .filter_map(|row| Some((row.integer("ID")?, row.text("AttributeVariable"))))
        .collect();
    for row in database.table("ATTRIBUTEVALUES")?.rows() {
        let actor = row.integer("EntityId").and_then(|entity| known.get_mut(&entity));
        let attribute = row.integer("AttributeVariableId").and_then(|attribute| attributes.get(&attribute));
        let (Some(actor), Some(attribute)) = (actor, attribute) else { continue };
        let value = row.text("AttributeValue");
        if value.is_empty() {
            continue;
        }
        if folded(attribute) == "alias" {
            actor.aliases.push(value);
            continue;
        }
        if !actor.note.is_empty() {
            actor.note.push_str("; ");
        }
        actor.note.push_str(&format!("{attribute}: {value}"));
    }
    debug_assert!(known.len() <= entities.len(), "every actor is an entity");
    let mut by_name = BTreeMap::new();
    for actor in known.into_values() {
        by_name.entry(actor.name.clone()).or_insert(actor);
    }
    Ok(by_name)
}

/// A moment as the tool's event list writes it; empty if there is none.
fn moment(seconds: Option<i64>) -> String {
    let millis = seconds.and_then(|seconds| seconds.checked_mul(1000));
    let written = millis.map(|millis| Timestamp::from_unix_millis(millis).to_string()).unwrap_or_default();
    written.get(..19).map(|moment| moment.replace('T', " ")).unwrap_or_default()
}
