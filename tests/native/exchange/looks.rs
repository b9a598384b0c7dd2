//! Colours and keys that configurations give their labels, in the codebook that the import completes.

use rubricator::app::Keymap;
use rubricator::format::Needs;
use rubricator::format::exchange::{Count, FORMATS, Format, Mapping, Settler, Source, Terms};
use rubricator::model::{Codebook, Label, ProjectId, Timestamp};
use uuid::Uuid;

use super::again::parse;

/// The codebook once the files are in, the standard one before.
fn completed(name: &str, sources: &[Source<'_>]) -> Codebook {
    let format: Format = *FORMATS.iter().find(|format| format.name == name).unwrap();
    let reading = parse(&format, sources);
    let terms = Terms {
        project: ProjectId::new(Uuid::nil()),
        now: Timestamp::from_unix_millis(0),
        annotator: String::new(),
        codebook_version: 1,
        actors: Vec::new(),
    };
    let mapping = Mapping::default();
    let mut settler = Settler::new(&format, Count::CodePoint, &mapping, &terms)
        .looking(&reading.scheme, |letter| Keymap::default().is_free(letter.into()));
    let mut needs = Needs::default();
    for document in reading.documents.clone() {
        needs.add(&settler.settle(document).unwrap());
    }
    needs.complete(&Codebook::standard()).unwrap()
}

fn of<'c>(codebook: &'c Codebook, key: &str) -> &'c Label {
    codebook.labels.iter().find(|label| &*label.key == key).unwrap()
}

fn text(path: &'static str, bytes: &'static str) -> Source<'static> {
    Source { path, bytes: bytes.as_bytes() }
}

#[test]
fn colours_and_keys_of_a_brat_corpus_come_along() {
    let codebook = completed(
        "brat",
        &[
            text("annotation.conf", "[entities]\nPerson\nPlace\nEvent\nMood\nThing\n"),
            text(
                "visual.conf",
                "[labels]\nPerson | A person of flesh and blood\n[drawing]\nPerson bgColor:#a7c2ff, fgColor:black\n\
                 Place bgColor:#006400\nEvent bgColor:#eeeeee\nMood bgColor:#2b6cb0\nThing bgColor:#a7c2ff\n",
            ),
            text("kb_shortcuts.conf", "P Person\nL Place\nA Event\nD Mood\nO Thing\n"),
            text("a.txt", "Ada in Rome sang gaily of it"),
            text(
                "a.ann",
                "T1\tPerson 0 3\tAda\nT2\tPlace 7 11\tRome\nT3\tEvent 12 16\tsang\nT4\tMood 17 22\tgaily\nT5\tThing 26 28\tit\n",
            ),
        ],
    );
    let person = of(&codebook, "Person");
    // Pale there, as a background; here a line in the same hue.
    assert_ne!(person.colour, "#a7c2ff");
    let shade = |at: usize| u8::from_str_radix(&person.colour[at..at + 2], 16).unwrap();
    assert!(shade(1) < shade(3) && shade(3) < shade(5), "{}", person.colour);
    assert_eq!(
        (person.letter, &*person.about.description),
        (Some('p'.into()), "A person of flesh and blood")
    );
    let place = of(&codebook, "Place");
    assert_eq!((&*place.colour, place.letter), ("#006400", Some('l'.into())));
    // A grey too pale, a letter that the actor's label has, a letter that marks a document done, a colour that is taken.
    assert_eq!(of(&codebook, "Event").letter, None);
    assert_ne!(of(&codebook, "Event").colour, "#eeeeee");
    assert_eq!(of(&codebook, "Mood").letter, None);
    let mut colours: Vec<_> = codebook.labels.iter().map(|label| &label.colour).collect();
    colours.sort_unstable();
    colours.dedup();
    assert_eq!(colours.len(), codebook.labels.len(), "no two labels look the same");
}

#[test]
fn colours_and_keys_of_a_label_studio_project_come_along() {
    let config = "<View><Labels name='l' toName='t'><Label value='Venue' background='orange' hotkey='o'/>\
                  <Label value='Mood' background='#12' hotkey='shift+q'/></Labels><Text name='t' value='$text'/></View>";
    let tasks = r#"[{"data":{"text":"Rome is gay"},"annotations":[{"result":[
        {"id":"1","from_name":"l","to_name":"t","type":"labels","value":{"start":0,"end":4,"text":"Rome","labels":["Venue"]}},
        {"id":"2","from_name":"l","to_name":"t","type":"labels","value":{"start":8,"end":11,"text":"gay","labels":["Mood"]}}]}]}]"#;
    let codebook = completed("label_studio", &[text("config.xml", config), text("tasks.json", tasks)]);
    let venue = of(&codebook, "Venue");
    assert_eq!(venue.letter, Some('o'.into()));
    assert!(venue.colour.ends_with("00") && venue.colour != "#ffa500", "{}", venue.colour);
    assert_eq!(of(&codebook, "Mood").letter, None);
}
