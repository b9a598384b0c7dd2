//! Which keys do what unless a person has changed it: one table, from which the help, the hints and the README are made.

/// What a key does, whatever has to be known to turn it into a command. Browsers keep a person's own keys by these names:
/// one that is given another name has its standard keys there again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each says in its name what the table says in words")]
pub enum Action {
    CharacterBack,
    CharacterForward,
    ExtendCharacterBack,
    ExtendCharacterForward,
    LineUp,
    LineDown,
    ExtendLineUp,
    ExtendLineDown,
    WordBack,
    WordForward,
    ExtendWordBack,
    ExtendWordForward,
    SentenceBack,
    SentenceForward,
    ExtendSentenceBack,
    ExtendSentenceForward,
    ParagraphBack,
    ParagraphForward,
    ExtendParagraphBack,
    ExtendParagraphForward,
    BlockStart,
    BlockEnd,
    ExtendBlockStart,
    ExtendBlockEnd,
    TextStart,
    TextEnd,
    SelectSentence,
    SelectWord,
    SelectAll,
    NextAnnotation,
    PreviousAnnotation,
    NextSuggestion,
    PreviousSuggestion,
    ReviewSuggestions,
    OpenCard,
    Identify,
    StartOutward,
    EndOutward,
    StartInward,
    EndInward,
    AddFragment,
    RemoveFragment,
    RepeatLabel,
    Repeats,
    Delete,
    Undo,
    Redo,
    Escape,
    MarkDone,
    NextDocument,
    PreviousDocument,
    FilterDocuments,
    Go,
    NextRegion,
    ToggleNames,
    Guide,
    Import,
    Export,
    Save,
    Backup,
    Palette,
    Search,
    Help,
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// What it does.
    pub action: Action,
    /// The keys that do it, for example `Ctrl+Shift+z`.
    pub chords: &'static [&'static str],
    /// The heading it stands under.
    pub group: &'static str,
    /// What it does, in words.
    pub words: &'static str,
    /// Whether it works only while the text has the keyboard, because elsewhere the key has a use of its own.
    pub in_text_only: bool,
}

const READ: &str = "Move and select";
const TAG: &str = "Label and shape";
const GO: &str = "Documents and the rest";

const fn row(
    action: Action,
    chords: &'static [&'static str],
    group: &'static str,
    words: &'static str,
) -> Binding {
    Binding { action, chords, group, words, in_text_only: false }
}

const fn text(action: Action, chords: &'static [&'static str], words: &'static str) -> Binding {
    Binding { action, chords, group: READ, words, in_text_only: true }
}

/// All keys besides the letters of the codebook and the digits.
pub const BINDINGS: &[Binding] = &[
    text(Action::CharacterBack, &["ArrowLeft"], "back a character"),
    text(Action::CharacterForward, &["ArrowRight"], "on a character"),
    text(Action::ExtendCharacterBack, &["Shift+ArrowLeft"], "extend back a character"),
    text(Action::ExtendCharacterForward, &["Shift+ArrowRight"], "extend by a character"),
    text(Action::LineUp, &["ArrowUp"], "up a line"),
    text(Action::LineDown, &["ArrowDown"], "down a line"),
    text(Action::ExtendLineUp, &["Shift+ArrowUp"], "extend up a line"),
    text(Action::ExtendLineDown, &["Shift+ArrowDown"], "extend down a line"),
    text(Action::WordBack, &["Ctrl+ArrowLeft"], "back a word"),
    text(Action::WordForward, &["Ctrl+ArrowRight"], "on a word"),
    text(Action::ExtendWordBack, &["Ctrl+Shift+ArrowLeft"], "extend back a word"),
    text(Action::ExtendWordForward, &["Ctrl+Shift+ArrowRight"], "extend by a word"),
    text(Action::SentenceBack, &["Alt+ArrowLeft"], "back a sentence"),
    text(Action::SentenceForward, &["Alt+ArrowRight"], "on a sentence"),
    text(Action::ExtendSentenceBack, &["Alt+Shift+ArrowLeft"], "extend back a sentence"),
    text(Action::ExtendSentenceForward, &["Alt+Shift+ArrowRight"], "extend by a sentence"),
    text(Action::ParagraphBack, &["Alt+ArrowUp"], "back a paragraph"),
    text(Action::ParagraphForward, &["Alt+ArrowDown"], "on a paragraph"),
    text(Action::ExtendParagraphBack, &["Alt+Shift+ArrowUp"], "extend back a paragraph"),
    text(Action::ExtendParagraphForward, &["Alt+Shift+ArrowDown"], "extend by a paragraph"),
    text(Action::BlockStart, &["Home"], "to the start of the paragraph"),
    text(Action::BlockEnd, &["End"], "to the end of the paragraph"),
    text(Action::ExtendBlockStart, &["Shift+Home"], "extend to the start of the paragraph"),
    text(Action::ExtendBlockEnd, &["Shift+End"], "extend to the end of the paragraph"),
    text(Action::TextStart, &["Ctrl+Home"], "to the start of the text"),
    text(Action::TextEnd, &["Ctrl+End"], "to the end of the text"),
    text(Action::SelectAll, &["Ctrl+a"], "select the whole text"),
    row(Action::SelectSentence, &["s"], READ, "select the sentence; again: more"),
    row(Action::SelectWord, &["w"], READ, "select the word; again: more"),
    text(Action::NextAnnotation, &["Tab"], "next annotation"),
    text(Action::PreviousAnnotation, &["Shift+Tab"], "previous annotation"),
    row(Action::NextSuggestion, &["n"], READ, "next known name; Enter accepts, Delete or r refuses"),
    row(Action::PreviousSuggestion, &["Shift+n"], READ, "previous known name; p too, where no label has it"),
    row(Action::ReviewSuggestions, &["Shift+Enter"], READ, "review all known names of the text"),
    row(Action::OpenCard, &["Enter"], TAG, "open the annotation's card"),
    row(Action::Identify, &["i"], TAG, "say which actor is meant"),
    row(Action::StartOutward, &["["], TAG, "move the start back a word"),
    row(Action::EndOutward, &["]"], TAG, "move the end on a word"),
    row(Action::StartInward, &["{"], TAG, "move the start on a word (Shift+[)"),
    row(Action::EndInward, &["}"], TAG, "move the end back a word (Shift+])"),
    row(Action::AddFragment, &["+"], TAG, "add the selection as a further part"),
    row(Action::RemoveFragment, &["-"], TAG, "cut the selection out of the annotation"),
    row(Action::RepeatLabel, &["."], TAG, "label with the last label"),
    row(Action::Repeats, &["="], TAG, "label all the same words, after a list to review"),
    row(Action::Delete, &["Delete", "Backspace"], TAG, "delete the annotation"),
    row(Action::Undo, &["Ctrl+z"], TAG, "undo"),
    row(Action::Redo, &["Ctrl+Shift+z", "Ctrl+y"], TAG, "redo"),
    row(Action::Escape, &["Escape"], TAG, "leave: offer, armed label, selection, annotation"),
    row(Action::MarkDone, &["d"], GO, "mark done and open the next document"),
    row(Action::NextDocument, &["j"], GO, "next document"),
    row(Action::PreviousDocument, &["k"], GO, "previous document"),
    row(Action::FilterDocuments, &["/"], GO, "filter the documents"),
    row(
        Action::Go,
        &["g"],
        GO,
        "go: then d documents, t text, a annotations, r actors, c codebook, s search, p progress",
    ),
    row(Action::NextRegion, &["F6"], GO, "to the next part of the page"),
    row(Action::ToggleNames, &["v"], GO, "show or hide the names of labels"),
    row(Action::Guide, &["h"], GO, "show or hide what the codebook says of the label in hand"),
    row(Action::Import, &["Ctrl+o"], GO, "import"),
    row(Action::Export, &["Ctrl+e"], GO, "export"),
    row(Action::Save, &["Ctrl+s"], GO, "say whether all is saved"),
    row(Action::Backup, &["Ctrl+Shift+s"], GO, "save a backup of the project"),
    row(Action::Palette, &["Ctrl+k"], GO, "find a command, a document or an actor"),
    row(Action::Search, &["Ctrl+Shift+f"], GO, "search in all documents"),
    row(Action::Help, &["?"], GO, "this list"),
];
