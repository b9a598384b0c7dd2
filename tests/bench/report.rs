//! What was measured, as a table of medians with their extremes and as JSON.

use std::fmt::Write;

use serde_json::{Value, json};

/// Whose figure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Rubricator.
    Ours,
    /// The least that a browser can do.
    Floor,
    /// The same with `content-visibility: auto` on each paragraph.
    FloorContained,
    /// @recogito/text-annotator.
    Peer,
    /// A native program with the same parser and printer.
    Native,
}

impl Whose {
    const ALL: [Self; 5] = [Self::Ours, Self::Floor, Self::FloorContained, Self::Peer, Self::Native];

    const fn name(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::Floor => "floor",
            Self::FloorContained => "floor, contained",
            Self::Peer => "peer",
            Self::Native => "native",
        }
    }
}

/// All figures: milliseconds, for memory MiB.
#[derive(Default)]
pub struct Report {
    lines: Vec<Line>,
}

struct Line {
    what: String,
    size: String,
    whose: Whose,
    figures: Vec<f64>,
}

impl Line {
    fn median(&self) -> f64 {
        let mut sorted = self.figures.clone();
        sorted.sort_by(f64::total_cmp);
        sorted[sorted.len() / 2]
    }

    fn least(&self) -> f64 {
        self.figures.iter().copied().fold(f64::INFINITY, f64::min)
    }

    fn most(&self) -> f64 {
        self.figures.iter().copied().fold(f64::NEG_INFINITY, f64::max)
    }

    /// The median, and between what all lie if there are several.
    fn range(&self) -> String {
        match self.figures.len() {
            1 => number(self.median()),
            _ => format!("{} ({}–{})", number(self.median()), number(self.least()), number(self.most())),
        }
    }
}

impl Report {
    /// Adds a figure.
    pub fn note(&mut self, what: &str, size: &str, whose: Whose, figure: f64) {
        let known = |line: &&mut Line| line.what == what && line.size == size && line.whose == whose;
        match self.lines.iter_mut().find(known) {
            Some(line) => line.figures.push(figure),
            None => self.lines.push(Line {
                what: what.to_owned(),
                size: size.to_owned(),
                whose,
                figures: vec![figure],
            }),
        }
    }

    fn of(&self, what: &str, size: &str, whose: Whose) -> Option<&Line> {
        self.lines.iter().find(|line| line.what == what && line.size == size && line.whose == whose)
    }

    /// One row for each thing measured and size; ratios of medians. Of the two floors the lower median counts.
    pub fn table(&self) -> String {
        let mut table = String::from(
            "\n| what | at | ours: median (least–most) | floor (least–most) | ours / floor | peer | ours / peer | native | \
             ours / native |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n",
        );
        for ours in self.lines.iter().filter(|line| line.whose == Whose::Ours) {
            let of = |whose| self.of(&ours.what, &ours.size, whose);
            let floor = [of(Whose::Floor), of(Whose::FloorContained)].into_iter().flatten();
            let floor = floor.min_by(|one, other| one.median().total_cmp(&other.median()));
            let (peer, native) = (of(Whose::Peer), of(Whose::Native));
            let ratio = |other: Option<&Line>| {
                other.map_or("–".to_owned(), |other| format!("{:.2}", ours.median() / other.median()))
            };
            let median = |line: Option<&Line>| line.map_or("–".to_owned(), |line| number(line.median()));
            let _written = writeln!(
                table,
                "| {} | {} | {} | {} | {} | {} | {} | {} | {} |",
                ours.what,
                ours.size,
                ours.range(),
                floor.map_or("–".to_owned(), Line::range),
                ratio(floor),
                median(peer),
                ratio(peer),
                median(native),
                ratio(native),
            );
        }
        table
    }

    /// Every figure.
    pub fn json(&self) -> String {
        let line = |line: &Line| {
            json!({
                "what": line.what, "at": line.size, "whose": line.whose.name(), "median": line.median(),
                "least": line.least(), "most": line.most(), "figures": line.figures,
            })
        };
        let whose: Vec<_> = Whose::ALL.map(Whose::name).to_vec();
        let lines: Vec<Value> = self.lines.iter().map(line).collect();
        format!("{:#}\n", json!({ "unit": "ms, for memory MiB", "whose": whose, "lines": lines }))
    }
}

fn number(figure: f64) -> String {
    if figure < 10.0 { format!("{figure:.1}") } else { format!("{figure:.0}") }
}
