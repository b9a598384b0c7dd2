//! The codebooks that a project can start with. What is said here is only a start: every entry can be changed.

use super::{About, Attribute, AttributeKind, Choice, Codebook, Label, RelationType};
use crate::model::{Key, Value};

/// A codebook that comes with the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BuiltIn {
    /// Actors, claims, criticisms, who made them and whom they target.
    #[default]
    Standard,
    /// Statements of persons and organizations with a concept and agreement, as discourse network analysis codes them
    /// (Leifeld, <https://github.com/leifeld/dna>).
    Discourse,
    /// Sources, cues and contents of quotations, as attribution corpora mark them (PARC, PolNeAR).
    Quotation,
}

impl BuiltIn {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Standard, Self::Discourse, Self::Quotation];

    /// The name for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Standard => "Actors, claims and criticisms",
            Self::Discourse => "Discourse network: person, organization, concept, agreement",
            Self::Quotation => "Quotations: source, cue, content",
        }
    }

    /// The codebook itself.
    pub fn codebook(self) -> Codebook {
        match self {
            Self::Standard => Codebook::standard(),
            Self::Discourse => discourse(),
            Self::Quotation => quotation(),
        }
    }
}

impl Codebook {
    /// The codebook a new project starts with: actors, claims, criticisms, who made them and whom they target.
    pub fn standard() -> Self {
        let stance = choice(
            "stance",
            "Stance",
            &[("support", "support"), ("oppose", "oppose"), ("neutral", "neutral")],
        );
        let said = [stance, directness()];
        let actor =
            actor_label("actor", "Actor", "actor", "#2b6cb0", 'a', "Who speaks, acts or is spoken of.");
        let claim = label(
            "claim",
            "Claim",
            "claim",
            "#2f855a",
            'c',
            "What somebody states, demands or supports.",
            &said,
        );
        let criticism = label(
            "criticism",
            "Criticism",
            "criticism",
            "#c53030",
            'x',
            "An objection to a person, an organization or a claim.",
            &said,
        );
        let made_by = RelationType {
            offered: true,
            ..relation("made_by", "made by", "made", 'm', &["claim", "criticism"], &["actor"])
        };
        let targets = relation(
            "targets",
            "targets",
            "targeted by",
            't',
            &["criticism"],
            &["actor", "claim", "criticism"],
        );
        Self { version: 1, labels: vec![actor, claim, criticism], relations: vec![made_by, targets] }
    }
}

fn discourse() -> Codebook {
    let concept = Attribute {
        required: true,
        about: about(
            "The demand or belief that the statement expresses. Replace these by those of your debate.",
        ),
        ..Attribute::new(Key::from("category"), "Concept", AttributeKind::Choice(concepts()))
    };
    let agreement = Attribute {
        required: true,
        about: about(
            "Whether the speaker is for or against the concept, not whether the sentence sounds negative.",
        ),
        ..choice("stance", "Agreement", &[("support", "agrees"), ("oppose", "disagrees")])
    };
    let statement = Label {
        about: About {
            examples: vec!["The minister called for a ban on short flights.".to_owned()],
            ..about(
                "A passage in which a person or an organization states what should or should not be done, or why.",
            )
        },
        ..label("claim", "Statement", "statement", "#2f855a", 'c', "", &[concept, agreement])
    };
    let mut person =
        actor_label("person", "Person", "person", "#2b6cb0", 'p', "A person who makes a statement.");
    let mut organization = actor_label(
        "organization",
        "Organization",
        "org.",
        "#6b46c1",
        'o',
        "A party, ministry, company or group that makes a statement, or for which a person speaks.",
    );
    for (label, kind) in [(&mut person, "person"), (&mut organization, "organization")] {
        for attribute in &mut label.attributes {
            attribute.default = Some(Value::Text(kind.to_owned()));
        }
    }
    let made_by = RelationType {
        offered: true,
        ..relation("made_by", "made by", "made", 'm', &["claim"], &["person", "organization"])
    };
    let speaks_for =
        relation("speaks_for", "speaks for", "has as speaker", 'f', &["person"], &["organization"]);
    Codebook {
        version: 1,
        labels: vec![statement, person, organization],
        relations: vec![made_by, speaks_for],
    }
}

/// A small tree to begin with, as debates on policies have one.
fn concepts() -> Vec<Choice> {
    let tree = [
        ("instruments", "1", "Instruments", None, "How something is to be achieved."),
        ("regulation", "1.1", "Regulation", Some("instruments"), "Laws, bans, limits, duties."),
        ("money", "1.2", "Money", Some("instruments"), "Taxes, subsidies, investment."),
        ("information", "1.3", "Information", Some("instruments"), "Advice, labels, campaigns."),
        ("goals", "2", "Goals", None, "What is to be achieved, or for whom."),
        ("procedure", "3", "Procedure", None, "Who is to decide, and how."),
    ];
    let choice = |(key, code, name, parent, description): (&str, &str, &str, Option<&str>, &str)| Choice {
        code: code.to_owned(),
        parent: parent.map(Key::from),
        about: about(description),
        ..Choice::new(Key::from(key), name)
    };
    tree.into_iter().map(choice).collect()
}

fn quotation() -> Codebook {
    let source =
        actor_label("source", "Source", "source", "#2b6cb0", 'a', "Whose words or thoughts they are.");
    let cue = label(
        "cue",
        "Cue",
        "cue",
        "#b7791f",
        'u',
        "The words that attribute: said, according to, denied.",
        &[],
    );
    let content = Label {
        about: About {
            examples: vec![
                "“We have not decided”, she said, “but we will soon.” is one content in two parts."
                    .to_owned(),
            ],
            ..about("What is attributed. An interrupted quotation is one content of several parts.")
        },
        ..label("content", "Content", "content", "#2f855a", 'c', "", &[directness()])
    };
    let said_by = RelationType {
        offered: true,
        ..relation("made_by", "said by", "says", 'm', &["content"], &["source"])
    };
    let introduced_by = RelationType {
        to_registry: false,
        ..relation("introduced_by", "introduced by", "introduces", 'b', &["content"], &["cue"])
    };
    Codebook { version: 1, labels: vec![source, cue, content], relations: vec![said_by, introduced_by] }
}

fn directness() -> Attribute {
    choice(
        "attribution",
        "Attributed",
        &[("direct", "directly"), ("indirect", "indirectly"), ("mixed", "mixed")],
    )
}

fn about(description: &str) -> About {
    About { description: description.to_owned(), ..About::default() }
}

fn label(
    key: &str,
    name: &str,
    short: &str,
    colour: &str,
    letter: char,
    description: &str,
    attributes: &[Attribute],
) -> Label {
    Label {
        short: short.to_owned(),
        colour: colour.to_owned(),
        letter: Some(letter.into()),
        about: about(description),
        attributes: attributes.to_vec(),
        ..Label::new(Key::from(key), name)
    }
}

/// A label whose annotations name actors, with the kinds that an actor can be of.
fn actor_label(key: &str, name: &str, short: &str, colour: &str, letter: char, description: &str) -> Label {
    let kinds = ["person", "organization", "country", "group", "other"].map(|kind| (kind, kind));
    let kind = choice("kind", "Kind", &kinds);
    Label { names_actor: true, ..label(key, name, short, colour, letter, description, &[kind]) }
}

fn choice(key: &str, name: &str, choices: &[(&str, &str)]) -> Attribute {
    let choices = choices.iter().map(|&(key, name)| Choice::new(Key::from(key), name)).collect();
    Attribute::new(Key::from(key), name, AttributeKind::Choice(choices))
}

fn relation(key: &str, name: &str, inverse: &str, letter: char, from: &[&str], to: &[&str]) -> RelationType {
    RelationType {
        inverse: inverse.to_owned(),
        letter: Some(letter.into()),
        from: from.iter().copied().map(Key::from).collect(),
        to: to.iter().copied().map(Key::from).collect(),
        to_registry: true,
        ..RelationType::new(Key::from(key), name)
    }
}
