//! The text of a page tag by tag, for pages of which hardly anything is text: as a tree they would take many times their
//! size in memory. Every word comes in, as a whole page does; only what is never shown and menus are left out.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use super::blocks::{Writer, is_block, is_silent};

/// How many bytes are looked at at once.
const PIECE: usize = 4096;

/// Elements that have no end.
const VOID: [&str; 7] = ["meta", "link", "input", "embed", "frame", "img", "base"];

/// The page's whole text.
pub(super) fn text_of(html: &str) -> String {
    // An element whose end is missing would silence the rest of the page, so it is then taken for one that has text.
    let mut heard: Vec<String> = Vec::new();
    loop {
        let sink = Sink { state: RefCell::default(), heard };
        let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
        let input = BufferQueue::default();
        let mut rest = html;
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE));
            input.push_back(StrTendril::from_slice(piece));
            // There are no scripts that would have to be run before it goes on.
            let _ = tokenizer.feed(&input);
            rest = after;
        }
        tokenizer.end();
        let Sink { state, heard: known } = tokenizer.sink;
        let state = state.into_inner();
        heard = known;
        match state.silent {
            Some((name, _)) => heard.push(name),
            None => return state.writer.finish(),
        }
    }
}

/// What the tags so far came to.
#[derive(Default)]
struct State {
    writer: Writer,
    /// The element that is left out, and how many of its name are open in it.
    silent: Option<(String, usize)>,
}

struct Sink {
    state: RefCell<State>,
    /// Elements that are not left out, since their end is missing.
    heard: Vec<String>,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let state = &mut *self.state.borrow_mut();
        match token {
            Token::CharacterTokens(words) if state.silent.is_none() => state.writer.write(&words),
            Token::TagToken(tag) => {
                let name = &*tag.name;
                match tag.kind {
                    TagKind::StartTag => self.begin(state, name, &tag),
                    TagKind::EndTag => state.end(name),
                }
                if tag.kind == TagKind::StartTag && !self.heard.iter().any(|heard| heard == name) {
                    return raw(name).map_or(TokenSinkResult::Continue, TokenSinkResult::RawData);
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Sink {
    fn begin(&self, state: &mut State, name: &str, tag: &Tag) {
        if let Some((silent, open)) = &mut state.silent {
            if silent == name {
                *open += 1;
            } else if silent == "head" && name == "body" {
                state.silent = None;
            }
            return;
        }
        let is_left_out = is_silent(name) || matches!(name, "nav" | "dialog");
        if is_left_out && !self.heard.iter().any(|heard| heard == name) {
            if !VOID.contains(&name) && !tag.self_closing {
                state.silent = Some((name.to_owned(), 1));
            }
            return;
        }
        if is_block(name) {
            state.writer.end_heading();
        }
        let attribute = |key: &str| {
            let found = tag.attrs.iter().find(|attribute| &*attribute.name.local == key)?;
            Some(found.value.to_string())
        };
        state.writer.begin(name, &|| true, &attribute);
    }
}

impl State {
    fn end(&mut self, name: &str) {
        match &mut self.silent {
            Some((silent, open)) if silent == name => {
                *open -= 1;
                if *open == 0 {
                    self.silent = None;
                }
            }
            Some(_) => {}
            None => self.writer.end(name),
        }
    }
}

/// How what stands in an element is read where no tags are looked for in it.
fn raw(name: &str) -> Option<RawKind> {
    match name {
        "script" => Some(RawKind::ScriptData),
        "style" | "iframe" | "noembed" | "noframes" | "xmp" => Some(RawKind::Rawtext),
        "title" | "textarea" => Some(RawKind::Rcdata),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::text_of;

    #[test]
    fn a_page_is_read_tag_by_tag() {
        let html = "<!DOCTYPE html><head><title>t</title><script>if (a<b) c</script><body><nav>menu</nav>\
            <h1>Tram<p>It is <b>cheap</b>.<ul><li>one<li>two</ul><table><tr><td>1<td>2<tr><td>3</table>&amp; more";
        assert_eq!(text_of(html), "# Tram\n\nIt is cheap.\n\n- one\n- two\n\n1\t2\n3\n\n& more");
    }

    #[test]
    fn an_element_without_its_end_silences_nothing() {
        // A menu is a block of its own, a script is none.
        assert_eq!(text_of("<p>one<select><p>two<nav>three"), "one\n\ntwo\n\nthree");
        assert_eq!(text_of("<p>one<script>two"), "onetwo");
    }
}
