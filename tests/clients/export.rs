//! Exports in a folder of the build's, as a person would take them home.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rubricator::format::exchange::{self, Context, FORMATS, Output};
use rubricator::format::{DatasetHead, print_line};
use rubricator::text::Unit;

use crate::arbitrary::World;

/// A folder with exports for one client.
pub struct Export {
    folder: PathBuf,
    losses: BTreeMap<String, usize>,
}

impl Export {
    /// An empty folder of that name.
    pub fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("clients").join(name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        Self { folder, losses: BTreeMap::new() }
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Writes the projects as one file of our own dataset.
    pub fn dataset(&self, name: &str, worlds: &[World]) {
        let mut lines = String::new();
        for world in worlds {
            let head = DatasetHead::new(&world.project.name, &world.project.codebook, Unit::CodePoint);
            for page in &world.documents {
                let (document, annotator) = (&page.document, &page.annotator);
                lines += &print_line(
                    &head,
                    document,
                    &page.text,
                    &page.body,
                    &world.actors,
                    page.modified,
                    annotator,
                );
                lines.push('\n');
            }
        }
        std::fs::write(self.folder.join(name), lines).unwrap();
    }

    /// Writes the projects as one export in an outside format, and gives back what it says that it cannot hold.
    pub fn print(&mut self, format: &str, worlds: &[World]) -> &BTreeMap<String, usize> {
        let printer =
            FORMATS.iter().find(|known| known.name == format).and_then(|format| format.print).unwrap();
        let mut output = Output::default();
        let mut number = 0;
        for world in worlds {
            let context = Context { project: &world.project, actors: &world.actors };
            for page in &world.documents {
                let (document, text, body) = (&page.document, &page.text, &page.body);
                let (modified, annotator) = (page.modified, page.annotator.as_str());
                let page = exchange::Page { document, text, body, modified, annotator, number };
                (printer.page)(&context, &page, &mut output);
                number += 1;
            }
        }
        (printer.finish)(&Context { project: &worlds[0].project, actors: &worlds[0].actors }, &mut output);
        for (path, bytes) in output.take_files() {
            let place = self.folder.join(path);
            std::fs::create_dir_all(place.parent().unwrap()).unwrap();
            std::fs::write(place, bytes).unwrap();
        }
        let losses =
            output.losses().iter().map(|(loss, count)| (format!("{}: {}", loss.what, loss.fate), *count));
        self.losses = losses.collect();
        &self.losses
    }

    /// Gives a file another name.
    pub fn rename(&self, from: &str, to: &str) {
        std::fs::rename(self.folder.join(from), self.folder.join(to)).unwrap();
    }
}
