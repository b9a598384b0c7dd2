//! Proposals of link ends, of registry entries for a name, and of those whom a pronoun may stand for.

#![allow(clippy::unwrap_used, reason = "helpers of tests, which fail by panicking")]

use rubricator::model::{ActorKind, Body, Codebook, Fragments, Target};
use rubricator::suggest::{
    ActorNames, Pronoun, Reason, actors_named, antecedents, candidates, canonical_name, duplicates,
};
use rubricator::text::{Offset, Span, Text};

use crate::scene::{Marked, annotation, annotation_id, annotation_name, marked, registry};

/// Candidates are printed as `a1 Maren Holt 12`, with `@2` for a registry entry and `*` where a link is there already.
fn check_candidates(source: &str, links: &[&str], link: &str, actors: &[&str], expected: &[&str]) {
    let (from, kind) = link.split_once(' ').unwrap();
    let Marked { text, body } = marked(source, links);
    let codebook = Codebook::standard();
    let relation = codebook.relation(kind).unwrap();
    let found = candidates(&body, &text, annotation_id(from), relation, &registry(actors), 9);
    let printed: Vec<String> = found
        .into_iter()
        .map(|candidate| {
            let target = match candidate.target {
                Target::Annotation(id) => annotation_name(id),
                Target::Actor(id) => format!("@{}", id.uuid().as_u128()),
            };
            let distance =
                candidate.distance_code_points.map_or(String::new(), |distance| format!(" {distance}"));
            let already = if candidate.already { "*" } else { "" };
            format!("{target} {}{distance}{already}", candidate.name)
        })
        .collect();
    assert_eq!(printed, expected, "{source}");
}

#[test]
fn makers_come_nearest_first() {
    check_candidates(
        "<a1>Ada</a1> and <a2>Bo</a2> said <c1>ships sink</c1>, <a3>Cy</a3> heard.",
        &[],
        "c1 made_by",
        &[],
        &["a3 Cy 2", "a2 Bo 6", "a1 Ada 13"],
    );
}

#[test]
fn who_interrupts_a_quotation_is_nearest() {
    check_candidates(
        "<a1>Ada</a1>: “<c1>Ships</c1>”, <a2>Bo</a2> said, “<c1>sink</c1>”",
        &[],
        "c1 made_by",
        &[],
        &["a2 Bo 0", "a1 Ada 3"],
    );
}

#[test]
fn distances_count_characters_not_bytes() {
    check_candidates("<a1>Ada</a1> 👩‍🚒é <c1>ships</c1>", &[], "c1 made_by", &[], &["a1 Ada 6"]);
}

#[test]
fn an_actor_is_offered_once_by_the_nearest_mention() {
    check_candidates(
        "<a1=1>Maren Holt</a1> spoke. <a2>Bo</a2> wept. <a3=1>She</a3> said <c1>ships sink</c1>.",
        &[],
        "c1 made_by",
        &["Maren Holt"],
        &["a3 Maren Holt 6", "a2 Bo 16"],
    );
}

#[test]
fn what_is_linked_already_is_marked() {
    let source = "<a1=1>Maren Holt</a1> spoke. <a2>Bo</a2> wept. <a3=1>She</a3> said <c1>ships sink</c1>.";
    let actors = ["Maren Holt", "Cy"];
    check_candidates(
        source,
        &["c1 made_by a1", "c1 made_by 2"],
        "c1 made_by",
        &actors,
        &["a1 Maren Holt 6*", "a2 Bo 16", "@2 Cy*"],
    );
    check_candidates(
        source,
        &["c1 made_by 1"],
        "c1 made_by",
        &actors,
        &["@1 Maren Holt 6*", "a2 Bo 16", "@2 Cy"],
    );
    check_candidates(
        source,
        &["c1 targets a2"],
        "c1 made_by",
        &actors,
        &["a3 Maren Holt 6", "a2 Bo 16", "@2 Cy"],
    );
}

#[test]
fn the_registry_follows_by_use_and_name() {
    check_candidates(
        "<c1>One</c1> <c2>two</c2> <c3>three</c3>",
        &["c2 made_by 3", "c3 made_by 3", "c3 made_by 1"],
        "c1 made_by",
        &["Dee", "Bo", "Cy", "Ada"],
        &["@3 Cy", "@1 Dee", "@4 Ada", "@2 Bo"],
    );
}

#[test]
fn criticisms_may_target_claims_and_are_called_by_their_words() {
    check_candidates(
        "“<c1>Ships</c1>”, <a1>he</a1> said, “<c1>sink</c1>”. <x2>Odd</x2>. <x1>Nonsense</x1>.",
        &[],
        "x1 targets",
        &[],
        &["x2 Odd 2", "c1 Ships … sink 8", "a1 he 20"],
    );
}

#[test]
fn a_link_that_may_not_start_there_leads_nowhere() {
    check_candidates("<a1>Ada</a1> <c1>ships</c1>", &[], "c1 targets", &["Ada"], &[]);
    check_candidates("<a1>Ada</a1> <c1>ships</c1>", &[], "a1 made_by", &["Ada"], &[]);
}

#[test]
fn the_limit_holds_and_far_annotations_are_not_walked() {
    let names = (0..1000_usize)
        .flat_map(|number| [(format!("a{number}"), 4 * number), (format!("c{number}"), 4 * number + 2)]);
    let annotations = names
        .map(|(name, start)| annotation(&name, Fragments::one(Span::from_range(start..start + 1).unwrap())));
    let body = Body::new(annotations, []);
    let text = Text::new("a c ".repeat(1000));
    let codebook = Codebook::standard();
    let relation = codebook.relation("made_by").unwrap();
    let found = |limit| candidates(&body, &text, annotation_id("c500"), relation, &registry(&["Ada"]), limit);
    assert_eq!(found(0), []);
    assert_eq!(found(3).len(), 3);
    assert_eq!(found(5000).len(), 257);
}

fn check_named(actors: &[&str], written: &str, expected: &[&str]) {
    let actors = registry(actors);
    let found = actors_named(&actors, written, 9);
    let names: Vec<&str> = found.iter().map(|found| actors[&found.actor].name.as_str()).collect();
    assert_eq!(names, expected, "{written}");
    assert!(found.is_sorted_by(|one, other| other.score <= one.score), "{written}: {found:?}");
}

const WITKOFF: [&str; 6] = [
    "Steve Witkoff",
    "Alex Witkoff",
    "organization: Harbour Council; HC",
    "organization: City Council",
    "José Müller-Weiß; the Minister",
    "country: United States; US; America",
];

#[test]
fn a_name_or_alias_is_found_whatever_its_case_and_accents() {
    check_named(&WITKOFF, "steve witkoff", &["Steve Witkoff", "Alex Witkoff"]);
    check_named(&WITKOFF, "Jose MULLER-WEISS", &["José Müller-Weiß"]);
    check_named(&WITKOFF, "the U.S.", &["United States"]);
    check_named(&WITKOFF, "America’s", &["United States"]);
    check_named(&WITKOFF, "a minister", &["José Müller-Weiß"]);
    check_named(&WITKOFF, "hc's", &["Harbour Council"]);
}

#[test]
fn a_last_name_offers_everyone_who_bears_it() {
    check_named(&WITKOFF, "Witkoff", &["Alex Witkoff", "Steve Witkoff"]);
    check_named(&WITKOFF, "Special Envoy Witkoff", &["Alex Witkoff", "Steve Witkoff"]);
    check_named(&WITKOFF, "Special Envoy Steve Witkoff's", &["Steve Witkoff", "Alex Witkoff"]);
    check_named(&WITKOFF, "S. Witkoff", &["Alex Witkoff", "Steve Witkoff"]);
}

#[test]
fn organizations_are_not_kin_by_their_last_word() {
    check_named(&WITKOFF, "the Harbour Council", &["Harbour Council"]);
    check_named(&WITKOFF, "Council", &["City Council", "Harbour Council"]);
}

#[test]
fn names_are_found_as_they_are_typed() {
    check_named(&WITKOFF, "wit", &["Alex Witkoff", "Steve Witkoff"]);
    check_named(&WITKOFF, "Steve Wit", &["Steve Witkoff"]);
    check_named(&WITKOFF, "witkoff st", &["Steve Witkoff"]);
    check_named(&WITKOFF, "mull", &["José Müller-Weiß"]);
    check_named(&WITKOFF, "steve", &["Steve Witkoff"]);
    check_named(&WITKOFF, "", &[]);
    check_named(&WITKOFF, "?!", &[]);
    check_named(&WITKOFF, "zebra", &[]);
    check_named(&["習近平", "Łukasz Żak"], "習近", &["習近平"]);
    check_named(&["習近平", "Łukasz Żak"], "zak", &["Łukasz Żak"]);
}

#[test]
fn only_the_name_itself_is_exact() {
    let names = ActorNames::new(&registry(&WITKOFF));
    let exact = |written| names.exact(written).iter().map(|id| id.uuid().as_u128()).collect::<Vec<_>>();
    assert_eq!(exact("Steve Witkoff’s"), [1]);
    assert_eq!(exact("the HC"), [3]);
    assert_eq!(exact("Witkoff"), []);
    assert_eq!(names.find("Witkoff", 1).len(), 1);
}

#[test]
fn names_keep_up_with_the_registry() {
    let (before, after) =
        (registry(&["Ada Holt; the mayor", "Bo"]), registry(&["Ada Brandt; Holt", "Bo", "Cy"]));
    let mut names = ActorNames::new(&before);
    after.values().for_each(|actor| names.put(actor));
    assert_eq!(names, ActorNames::new(&after));
    after.keys().for_each(|actor| names.take(*actor));
    assert_eq!(names, ActorNames::default());
}

#[test]
fn a_new_entry_is_called_what_is_written_without_its_trimmings() {
    for (written, expected) in [
        ("Maren Holt’s", "Maren Holt"),
        ("“Maren\n Holt,", "Maren Holt"),
        ("the traders’", "the traders"),
        ("U.S.", "U.S."),
        ("O'Neill", "O'Neill"),
        ("Zoë (Tarrell)", "Zoë (Tarrell"),
        ("?", ""),
    ] {
        assert_eq!(canonical_name(written), expected);
    }
}

fn check_antecedents(source: &str, pronoun: &str, actors: &[&str], expected: &[&str]) {
    let Marked { text, body } = marked(source, &[]);
    let place = Offset::from_usize(text.rfind(pronoun).unwrap());
    let actors = registry(actors);
    let found = antecedents(&body, &actors, Pronoun::parse(pronoun).unwrap(), place, 9);
    assert_eq!(found.iter().map(|id| actors[id].name.as_str()).collect::<Vec<_>>(), expected, "{source}");
}

#[test]
fn pronouns_mean_those_spoken_of_before_the_latest_first() {
    let actors = ["Maren Holt", "Bo Brandt", "organization: Harbour Council"];
    let source = "<a1=1>Holt</a1> met <a2=2>Brandt</a2> of the <a3=3>Council</a3>. \
        <a4=1>She</a4> left; they waited for <a5=2>him</a5>.";
    check_antecedents(source, "they", &actors, &["Maren Holt", "Harbour Council", "Bo Brandt"]);
    let source =
        "<a1=1>Holt</a1> met <a2=2>Brandt</a2> of the <a3=3>Council</a3>; its seat, said <a4>he</a4>.";
    check_antecedents(source, "he", &actors, &["Bo Brandt", "Maren Holt", "Harbour Council"]);
    check_antecedents(source, "its", &actors, &["Harbour Council", "Bo Brandt", "Maren Holt"]);
    check_antecedents("<a1>Ada</a1> and he", "he", &actors, &[]);
}

#[test]
fn pronouns_are_known_in_english_and_german() {
    for (word, expected) in [
        ("He", Some(Pronoun::Person)),
        ("herself", Some(Pronoun::Person)),
        ("It", Some(Pronoun::Thing)),
        ("THEIR", Some(Pronoun::Any)),
        ("Sie", Some(Pronoun::Any)),
        ("ihm", Some(Pronoun::Person)),
        ("Holt", None),
        ("", None),
    ] {
        assert_eq!(Pronoun::parse(word), expected, "{word}");
    }
}

/// A registry written `name; alias`, with `#` before an organization's; pairs are printed with their reason.
fn check_duplicates(names: &[&str], expected: &[(&str, &str, Reason)]) {
    let mut actors = registry(&names.iter().map(|name| name.trim_start_matches('#')).collect::<Vec<_>>());
    for (actor, name) in actors.values_mut().zip(names) {
        actor.kind = if name.starts_with('#') { ActorKind::Organization } else { ActorKind::Person };
    }
    let found = duplicates(&actors);
    let name = |id| actors[&id].name.as_str();
    let found: Vec<_> =
        found.iter().map(|pair| (name(pair.actors[0]), name(pair.actors[1]), pair.reason)).collect();
    assert_eq!(found, expected, "{names:?}");
}

#[test]
fn one_person_under_several_names_is_suggested() {
    use Reason::{FirstName, LastName, Title};
    check_duplicates(
        &["Steve Witkoff", "Witkoff", "Special Envoy Witkoff", "Marco Rubio"],
        &[
            ("Witkoff", "Special Envoy Witkoff", Title),
            ("Steve Witkoff", "Special Envoy Witkoff", LastName),
            ("Steve Witkoff", "Witkoff", LastName),
        ],
    );
    check_duplicates(&["Steve Witkoff", "Steven Witkoff"], &[("Steven Witkoff", "Steve Witkoff", FirstName)]);
    check_duplicates(&["S. Witkoff", "Steve Witkoff"], &[("Steve Witkoff", "S. Witkoff", FirstName)]);
    check_duplicates(&["J.D. Vance", "James David Vance"], &[("James David Vance", "J.D. Vance", FirstName)]);
    check_duplicates(&["Donald Trump", "Donald J. Trump"], &[("Donald J. Trump", "Donald Trump", FirstName)]);
    check_duplicates(
        &["Secretary of State Rubio", "Rubio, Marco"],
        &[("Rubio, Marco", "Secretary of State Rubio", LastName)],
    );
    check_duplicates(
        &["Witkoff, Steve", "Steve Witkoff"],
        &[("Witkoff, Steve", "Steve Witkoff", Reason::FirstName)],
    );
    check_duplicates(
        &["Ursula von der Leyen", "von der Leyen"],
        &[("Ursula von der Leyen", "von der Leyen", LastName)],
    );
    check_duplicates(
        &["Außenminister Lawrow", "Sergej Lawrow"],
        &[("Sergej Lawrow", "Außenminister Lawrow", LastName)],
    );
    check_duplicates(&["Xi Jinping", "Xi"], &[("Xi Jinping", "Xi", Reason::Part)]);
}

#[test]
fn the_same_name_written_otherwise_is_suggested() {
    use Reason::{Acronym, LegalForm, Name, Order, Spelling};
    check_duplicates(&["#U.S.", "#US"], &[("U.S.", "US", Name)]);
    check_duplicates(&["José Müller", "Jose Muller"], &[("José Müller", "Jose Muller", Name)]);
    check_duplicates(&["Bo; Robert Holt", "Robert Holt"], &[("Robert Holt", "Bo", Name)]);
    check_duplicates(&["#EU", "#European Union"], &[("European Union", "EU", Acronym)]);
    check_duplicates(&["USA", "#United States of America"], &[("United States of America", "USA", Acronym)]);
    check_duplicates(&["#Volkswagen AG", "#Volkswagen"], &[("Volkswagen AG", "Volkswagen", LegalForm)]);
    check_duplicates(
        &["#Ministry of Defense", "#Defense Ministry"],
        &[("Ministry of Defense", "Defense Ministry", Order)],
    );
    check_duplicates(
        &["Volodymyr Zelensky", "Volodymyr Zelenskyy"],
        &[("Volodymyr Zelenskyy", "Volodymyr Zelensky", Spelling)],
    );
    check_duplicates(&["#Kremlin", "#Kreml in"], &[("Kremlin", "Kreml in", Spelling)]);
}

#[test]
fn those_who_only_look_alike_are_not_suggested() {
    check_duplicates(&["George W. Bush", "George H. W. Bush"], &[]);
    check_duplicates(&["Hillary Clinton", "Bill Clinton"], &[]);
    check_duplicates(&["#Iran", "#Iraq", "#Austria", "#Australia"], &[]);
    check_duplicates(&["Angela Merkel", "Angela Rayner", "Angela"], &[]);
    check_duplicates(&["#President", "#Minister", "#The King of Spain"], &[]);
    check_duplicates(&["Actor 1", "Actor 2", "Actor 11"], &[]);
    check_duplicates(&["#Foreign Ministry", "#Israeli Foreign Ministry", "#Russian Foreign Ministry"], &[]);
    let many = ["Anna Li", "Bo Li", "Cyrus Li", "Dora Li", "Li"];
    check_duplicates(&many, &[]);
}
