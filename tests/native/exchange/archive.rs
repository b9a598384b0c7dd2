//! Archives of files: what stays outside, what is told, and that many files take no longer than their bytes.

#![allow(clippy::disallowed_methods, reason = "tests look at the clock")]

use rubricator::format::exchange::{Bundle, unpack};

use crate::format::zip;

fn names(bytes: &[u8]) -> (Vec<String>, Vec<String>) {
    let unpacked = unpack("news.zip", bytes).unwrap();
    let issues = unpacked.issues.iter().map(ToString::to_string).collect();
    (unpacked.files.into_iter().map(|(path, _)| path).collect(), issues)
}

fn rename(archive: &mut [u8], from: &str, to: &str) {
    let places: Vec<usize> = memchr::memmem::find_iter(archive, from).collect();
    for at in places {
        archive[at..at + to.len()].copy_from_slice(to.as_bytes());
    }
}

#[test]
fn what_systems_add_stays_outside_and_no_name_leads_out() {
    let mut bytes = zip(&[
        ("news/one.txt", b"Bo"),
        ("dirs+", b""),
        ("news+", b""),
        ("__MACOSX/news/._one.txt", b"x"),
        ("news/._one.txt", b"x"),
        ("news/.DS_Store", b"x"),
        ("++/++/up.txt", b"up"),
        ("C+two.txt", b"Ada"),
    ]);
    // The writer of the test would mend such names.
    rename(&mut bytes, "dirs+", "dirs/");
    rename(&mut bytes, "news+", "news\\");
    rename(&mut bytes, "++/++/up.txt", "../../up.txt");
    rename(&mut bytes, "C+two.txt", "C\\two.txt");
    let (files, issues) = names(&bytes);
    assert_eq!(files, ["news/one.txt", "up.txt", "C/two.txt"]);
    assert_eq!(issues, Vec::<String>::new());
}

#[test]
fn of_two_files_of_one_path_the_second_is_told() {
    let bytes = zip(&[("one.txt", b"Bo"), ("./one.txt", b"Ada"), ("one.txt", b"Cy")]);
    let unpacked = unpack("news.zip", &bytes).unwrap();
    assert_eq!(unpacked.files, [("one.txt".to_owned(), b"Bo".to_vec())]);
    let said = "news.zip, one.txt: cannot be read (the archive holds one.txt twice); it was left out";
    assert_eq!(unpacked.issues.iter().map(ToString::to_string).collect::<Vec<_>>(), [said, said]);
}

#[test]
fn many_files_are_packed_and_unpacked_in_time() {
    let mut bundle = Bundle::default();
    let start = std::time::Instant::now();
    for number in 0..20_000 {
        bundle.push(&format!("corpus/of/many/documents/{number}.txt"), b"Bo").unwrap();
    }
    let mut bytes = Vec::new();
    bundle.finish(&mut |piece| bytes.extend(piece)).unwrap();
    assert_eq!(names(&bytes).0.len(), 20_000);
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}
