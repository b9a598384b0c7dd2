//! Ten thousand documents: only with `--long`.

use std::fmt::Write;
use std::time::{Duration, Instant};

use crate::harness::{Browser, By, Folder, long};

const COUNT: usize = 10_000;

#[test]
fn ten_thousand_documents_come_in_stay_usable_and_go_out_with_progress() {
    if !long() {
        eprintln!("left out: it takes minutes and is run with RUBRICATOR_LONG");
        return;
    }
    Browser::default().patient(300).run(|page| {
        page.create_project("Large");
        let folder = Folder::new();
        let mut lines = String::new();
        for number in 0..COUNT {
            let text = format!("Article {number}\\n\\n{}", "Ada Bell said that the bridge is safe. ".repeat(60));
            writeln!(lines, "{{\"format\":\"rubricator/1\",\"title\":\"Article {number}\",\"text\":\"{text}\"}}").unwrap();
        }
        let file = folder.write("large.jsonl", lines);
        let (summary, _) = page.import(&[file]);
        assert_eq!(summary, format!("{COUNT} documents came in."));
        page.wait_words("0 of 10000 done");

        let rows: usize = page.read("return document.querySelectorAll('.documents li').length");
        assert!(rows < 100, "only the rows that are seen are in the page, not {rows}");
        let begun = Instant::now();
        page.find(By::role("searchbox", "Filter documents")).write("9999");
        page.wait_rows("Documents", 1);
        page.press(&["Enter"]);
        page.wait_open("Article 9999");
        assert!(begun.elapsed() < Duration::from_secs(5), "it took {:?}", begun.elapsed());
        page.press(&["Escape"]);
        page.reload();
        page.wait_words("0 of 10000 done");

        page.button("Export").click();
        page.button("Download JSONL").click();
        page.wait("return document.querySelector('dialog progress')?.value > 0", "the export shows its progress");
        page.button("Cancel").click();
        page.wait_words("Stopped; no file was written");
        assert_eq!(page.new_download(), None);
        page.button("Download JSONL").click();
        let path = page.downloaded();
        assert_eq!(std::fs::read_to_string(path).unwrap().lines().count(), COUNT);
    });
}
