//! Another text for the open document: what becomes of its annotations is said first; then the text is stored, and the
//! annotations are moved onto it.

use super::{Workspace, saving::advice, spawn};
use crate::{
    app::{
        command::{Command, Replacement},
        rows::{Keys, put_text},
        session::{Retexted, retexted},
    },
    format::{MAX_TEXT_BYTES, text_sha256},
    model::DocumentId,
    store::Durability,
    text::{Text, normalize},
};

/// What a text that was written or pasted would do.
#[derive(Clone, Debug, PartialEq)]
pub struct Prospect {
    /// The text as it will be kept.
    pub text: Text,
    /// The annotations.
    pub marks: Retexted,
}

impl Workspace {
    /// What becomes of the annotations of the open document with another text.
    ///
    /// # Errors
    /// In words, where it cannot be its text.
    pub fn foresee_text(self, document: DocumentId, raw: &str) -> Result<Prospect, String> {
        let text = Text::new(normalize(raw).text);
        if text.trim().is_empty() {
            return Err("A text is needed. To do away with it, remove the document.".to_owned());
        }
        if MAX_TEXT_BYTES < text.as_str().len() {
            return Err("The most one document can have is 20 MB of text.".to_owned());
        }
        let foreseen = self.read(|session| {
            let open = session.open().filter(|open| open.document == document)?;
            if open.text == text {
                return Some(Err("It is the text that is there.".to_owned()));
            }
            let marks = retexted(&open.text, &text, session.body()?);
            Some(Ok(Prospect { text, marks }))
        });
        foreseen.flatten().unwrap_or_else(|| Err("Open the document first.".to_owned()))
    }

    /// Gives the open document that text.
    pub fn replace_text(self, document: DocumentId, text: Text) {
        let (Some(store), Some(project)) = (self.store(), self.read(|session| session.state().project().id))
        else {
            return;
        };
        spawn(async move {
            let sha256 = text_sha256(&text);
            // Before the edit that refers to it: one that cannot be stored leaves everything as it is.
            let put = put_text(Keys(project), &sha256, &text);
            match store.write(&[put], Durability::Strict).await {
                Ok(()) => {
                    self.dispatch(Command::ReplaceText(Box::new(Replacement { document, text, sha256 })))
                }
                Err(error) => self.refuse(&advice(&error)),
            }
        });
    }
}
