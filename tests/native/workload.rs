//! The workloads of the benchmarks hold what they promise.

#[path = "../bench/generator.rs"]
#[allow(dead_code, reason = "each benchmark uses a part of it")]
mod generator;

use generator::{
    ACTORS, OF_P, SIZES, actor_id, actor_name, article, imported, large_project, large_project_with_actors,
};

#[test]
fn the_same_number_gives_the_same_document_and_all_of_it_is_sound() {
    for size in &SIZES[..3] {
        let one = article(*size, 0);
        assert_eq!(one, article(*size, 0));
        assert_ne!(one.text, article(*size, 1).text);
        assert!(one.text.is_ascii() && size.bytes <= one.text.len() && one.text.len() < size.bytes + 400);
        assert_eq!(one.marked.len(), size.annotations);
        let claims = one.marked.iter().filter(|one| one.label == "claim");
        let linked = claims.clone().filter(|one| one.made_by.is_some()).count();
        assert_eq!(linked, claims.count() / 5);
        assert!(one.plain().len() > one.text.len());
    }
}

#[test]
fn the_large_project_comes_in_without_a_word() {
    let lines = large_project(20);
    let imported = imported(&lines);
    assert_eq!(imported.documents.len(), 20);
    assert!(imported.issues.is_empty(), "{:?}", imported.issues);
    assert!(imported.documents.iter().all(|document| document.annotations.len() == OF_P.annotations));
}

#[test]
fn the_registry_of_the_large_project_is_that_of_the_news() {
    let imported = imported(&large_project_with_actors(400));
    assert!(imported.issues.is_empty(), "{:?}", imported.issues);
    let mentions: Vec<String> = imported
        .documents
        .iter()
        .flat_map(|document| &document.annotations)
        .filter_map(|annotation| annotation.actor.map(|actor| actor.to_string()))
        .collect();
    assert_eq!(mentions.len(), 400 * OF_P.annotations * 6 / 10);
    let of = |ranks: std::ops::Range<usize>| {
        let ids: Vec<String> = ranks.map(actor_id).collect();
        mentions.iter().filter(|id| ids.contains(id)).count() * 100 / mentions.len()
    };
    assert!((6..9).contains(&of(0..1)) && (3..6).contains(&of(1..2)) && (22..30).contains(&of(0..10)));
    let mut names: Vec<String> = (0..ACTORS).map(actor_name).collect();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), ACTORS);
}
