//! The registry as a table: what is printed reads back, what is planned is said before it is done, what is wrong changes
//! nothing.

use std::collections::BTreeMap;

use proptest::prelude::*;
use rubricator::format::exchange::registry::{Plan, parse, plan, print};
use rubricator::model::{Actor, ActorId, ActorKind, ProjectId};
use uuid::Uuid;

use crate::arbitrary::text;
use crate::scene::registry;

fn planned(table: &str, actors: &BTreeMap<ActorId, Actor>) -> Result<Plan, Vec<String>> {
    let mut next = 1_000;
    let mut new_id = || {
        next += 1;
        Uuid::from_u128(next)
    };
    let said = |faults: Vec<_>| faults.iter().map(ToString::to_string).collect::<Vec<_>>();
    let entries = parse(table.as_bytes()).map_err(said)?;
    plan(entries, actors, ProjectId::new(Uuid::nil()), &mut new_id).map_err(said)
}

fn names(actors: &[Actor]) -> Vec<String> {
    actors.iter().map(|actor| actor.names().collect::<Vec<_>>().join("|")).collect()
}

#[test]
fn a_table_adds_what_is_new_and_changes_what_is_known_by_id_or_name() {
    let actors = registry(&["Ada; A.", "Bo", "Cy"]);
    let table = "id;NAME;Kind;aliases\n\
                 00000000-0000-0000-0000-000000000001;Ada Lovelace;person;A.; Countess\n\
                 ;Bo;Country;\n\
                 ;Cy;;\n\
                 ;Dora;organization;\"D. ; Dora; \\\\; \\; \"\n";
    // Without quotation marks a semicolon ends a cell where semicolons do.
    let table = table.replace("A.; Countess", "\"A.; Countess\"");
    let plan = planned(&table, &actors).unwrap();
    assert_eq!(names(&plan.added), ["Dora|D.|\\|;"]);
    assert_eq!(plan.added[0].kind, ActorKind::Organization);
    let changed: Vec<Actor> = plan.changed.iter().map(|(_, after)| after.clone()).collect();
    assert_eq!(names(&changed), ["Ada Lovelace|A.|Countess", "Bo"]);
    assert_eq!(changed[1].kind, ActorKind::Country);
    assert_eq!(plan.same, 1);
}

#[test]
fn columns_that_are_not_there_change_nothing() {
    let mut actors = registry(&["Ada; A."]);
    actors.values_mut().for_each(|actor| actor.note = "tall".to_owned());
    let plan = planned("name,wikidata\nAda,https://www.wikidata.org/wiki/Q7259\n", &actors).unwrap();
    let (_, after) = &plan.changed[0];
    assert_eq!((&*after.wikidata, &*after.note, after.aliases.len()), ("Q7259", "tall", 1));
}

#[test]
fn an_entry_of_another_project_is_known_by_its_name_and_else_keeps_its_id() {
    let actors = registry(&["Ada"]);
    let plan = planned(
        "id,name,note\n00000000-0000-0000-0000-00000000000a,Ada,x\n00000000-0000-0000-0000-00000000000b,Bo,\n",
        &actors,
    )
    .unwrap();
    assert_eq!(plan.changed[0].1.id, ActorId::new(Uuid::from_u128(1)));
    assert_eq!(plan.added[0].id, ActorId::new(Uuid::from_u128(0xb)));
}

#[test]
fn formulas_are_disarmed_and_read_back() {
    let mut actors = registry(&["=SUM(A1); +x; '=y; ''-z; -1"]);
    actors.values_mut().for_each(|actor| actor.note = "'@a".to_owned());
    let table = print(actors.values());
    assert!(
        table.contains(
            "\r\n00000000-0000-0000-0000-000000000001,'=SUM(A1),person,'+x; '=y; ''-z; -1,,''@a\r\n"
        ),
        "{table}"
    );
    assert_eq!(planned(&table, &actors).unwrap(), Plan { same: 1, ..Plan::default() });
}

#[test]
fn what_is_wrong_is_said_with_its_line() {
    let actors = registry(&["Ada", "Bo"]);
    let check = |table: &str, expected: &[&str]| {
        let said = planned(table, &actors).unwrap_err();
        let begins = |(said, expected): (&String, &&str)| said.starts_with(expected);
        assert!(said.len() == expected.len() && said.iter().zip(expected).all(begins), "{table}: {said:?}");
    };
    check("", &["the file is empty"]);
    check(
        "text,label\na,b\n",
        &["no column is called “name”. The table has text, label; the registry's columns are id,"],
    );
    check("name,alias\nAda,\n", &["the registry has no column “alias”"]);
    check("name,Name\nAda,\n", &["the column “name” is there twice"]);
    check(
        "name,kind\n,person\nAda,planet\n",
        &["line 2: there is no name", "line 3: “planet” is no kind of actor"],
    );
    check("name,id\nAda,7\n", &["line 2: “7” is no id"]);
    check("name,wikidata\nAda,42\n", &["line 2: “42” is neither"]);
    check("name\nCy\nDora\nCy\n", &["line 4: “Cy” stands in line 2 already"]);
    check("name\nAda\n Ada \n", &["line 3: it is about the same actor as line 2"]);
    check(
        "id,name\n00000000-0000-0000-0000-000000000001,Bo\n",
        &["line 2: another actor is called “Bo” already"],
    );
    check("name,kind\nAda,person,x\n", &["line 2: it has 3 cells, but the table has 2 columns"]);
    check("name\n\"Ada\n", &["line 2: a quotation mark is not closed"]);
    assert!(planned("\u{0}\u{1}PDF", &actors).is_err());
}

#[test]
fn two_entries_may_change_names_with_each_other() {
    let actors = registry(&["Ada", "Bo"]);
    let id = |number: u8| format!("00000000-0000-0000-0000-00000000000{number}");
    let plan = planned(&format!("id,name\n{},Bo\n{},Ada\n", id(1), id(2)), &actors).unwrap();
    assert_eq!(plan.changed.len(), 2);
}

fn tidy(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_printed_reads_back_the_same(lines in prop::collection::vec((text(), text(), text(), text(), 0..5_usize), 0..6)) {
        let mut actors: BTreeMap<ActorId, Actor> = BTreeMap::new();
        for (number, (name, one, other, note, kind)) in (1..).zip(lines) {
            let name = tidy(&name);
            if name.is_empty() || actors.values().any(|actor| actor.name == name) {
                continue;
            }
            let mut aliases: Vec<String> = Vec::new();
            for alias in [tidy(&one), tidy(&other)] {
                if !alias.is_empty() && alias != name && !aliases.contains(&alias) {
                    aliases.push(alias);
                }
            }
            let id = ActorId::new(Uuid::from_u128(number));
            let project = ProjectId::new(Uuid::nil());
            let kind = ActorKind::ALL[kind];
            let wikidata = if number % 2 == 0 { "Q42".to_owned() } else { String::new() };
            actors.insert(id, Actor { id, project, name, kind, aliases, wikidata, note: note.trim().to_owned() });
        }
        let same = Plan { same: actors.len(), ..Plan::default() };
        prop_assert_eq!(planned(&print(actors.values()), &actors), Ok(same));
        let anew = planned(&print(actors.values()), &BTreeMap::new()).unwrap();
        prop_assert_eq!(anew.added, actors.into_values().collect::<Vec<_>>());
    }
}
