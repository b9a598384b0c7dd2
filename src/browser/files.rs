//! Files that the person chooses, drops or takes home. A file is read and written in pieces, so that one of
//! hundreds of megabytes never lies in memory as a whole.

use js_sys::{Array, Uint8Array, WebAssembly::Memory};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, ClipboardEvent, DataTransfer, DragEvent, Event, File, FileList,
    FileSystemDirectoryEntry, FileSystemEntry, FileSystemFileEntry, HtmlAnchorElement, HtmlElement,
    HtmlInputElement, Url,
};

use super::error::{reason_of, refused};
use super::once::once;
use super::{Error, Listener, page, wait};
use crate::text::order;

/// Below this many bytes, pieces of a download are gathered before they are handed to the browser, which takes a few
/// large ones in in little more than half the time of many small ones.
const PIECE: usize = 1 << 22;

/// How long the browser may take to start saving a download before its address is withdrawn.
const SAVING_MILLISECONDS: u32 = 60_000;

/// A file that the person has chosen or dropped.
#[derive(Clone, Debug)]
pub struct Picked {
    /// Its name.
    pub name: String,
    /// Its path below the folder that was dropped, which ends with the name; only the name for a single file.
    pub path: String,
    /// Its length in bytes.
    pub size: u64,
    /// Its media type as far as the browser guesses it from the name, else empty.
    pub mime: String,
    file: File,
}

impl Picked {
    /// The bytes from `from` to below `to`; fewer at the end of the file.
    ///
    /// # Errors
    /// [`Error::File`] when the file has been moved or changed since it was chosen.
    pub async fn read_chunk(&self, from: u64, to: u64) -> Result<Vec<u8>, Error> {
        let failed = |thrown: JsValue| Error::File { name: self.name.clone(), reason: reason_of(&thrown) };
        let part = self.file.slice_with_f64_and_f64(to_f64(from), to_f64(to.min(self.size)));
        let buffer = JsFuture::from(part.map_err(failed)?.array_buffer()).await.map_err(failed)?;
        Ok(Uint8Array::new(&buffer).to_vec())
    }

    /// The whole file, for those that are known to be small.
    ///
    /// # Errors
    /// As for [`Picked::read_chunk`].
    pub async fn read(&self) -> Result<Vec<u8>, Error> {
        self.read_chunk(0, self.size).await
    }

    pub(super) fn new(file: File, path: Option<String>) -> Self {
        let name = file.name();
        Self {
            path: path.unwrap_or_else(|| name.clone()),
            name,
            size: from_f64(file.size()),
            mime: file.type_(),
            file,
        }
    }

    pub(super) const fn raw(&self) -> &File {
        &self.file
    }
}

/// What was dropped or pasted.
#[derive(Debug)]
pub struct Dropped {
    /// The plain text, when no files came.
    pub text: Option<String>,
    /// The same as HTML, where it came so too; to be read by the worker, never by the page. Else empty.
    pub html: String,
    entries: Vec<FileSystemEntry>,
    files: Vec<Picked>,
}

impl Dropped {
    /// Whether there is nothing to use.
    pub fn is_empty(&self) -> bool {
        self.text.is_none() && self.entries.is_empty() && self.files.is_empty()
    }

    /// The files, those in dropped folders and the folders below included, in the order of their paths.
    ///
    /// # Errors
    /// [`Error::File`] names the first file or folder that cannot be read.
    pub async fn files(self) -> Result<Vec<Picked>, Error> {
        let mut files = self.files;
        let mut waiting = self.entries;
        while let Some(entry) = waiting.pop() {
            if entry.is_directory() {
                waiting.extend(entries_in(entry.unchecked_ref()).await?);
            } else {
                let path = entry.full_path().trim_start_matches('/').to_owned();
                let file = file_of(entry.unchecked_ref()).await?;
                files.push(Picked::new(file, Some(path)));
            }
        }
        order::sort_by(&mut files, |one, other| one.path.cmp(&other.path));
        Ok(files)
    }
}

/// The files of an `<input type=file>` whose `change` this is. The same files can be chosen again afterwards.
pub fn of_input(event: &Event) -> Vec<Picked> {
    let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let Some(input) = input else { return Vec::new() };
    let picked = input.files().map_or_else(Vec::new, |files| listed(&files));
    input.set_value("");
    picked
}

/// Calls back with what is dropped anywhere on the page. While something is held over it, its root bears
/// `data-dropping`.
///
/// # Errors
/// There is no page.
pub fn on_drop(mut callback: impl FnMut(Dropped) + 'static) -> Result<Listener, Error> {
    let document = page::document()?;
    let Some(root) = document.document_element() else { return Err(Error::Missing { what: "the page" }) };
    let leaving = root.clone();
    let left = root.clone();
    Ok(Listener::all([
        Listener::on_preventable(&document, "dragover", move |event| {
            event.prevent_default();
            // Without the sign it is taken all the same.
            let _shown = root.set_attribute("data-dropping", "");
        }),
        Listener::on(&document, "dragleave", move |_| {
            let _hidden = leaving.remove_attribute("data-dropping");
        }),
        Listener::on_preventable(&document, "drop", move |event| {
            let _hidden = left.remove_attribute("data-dropping");
            // A field of its own has taken it already.
            if !event.default_prevented() {
                callback(of_drop(event.unchecked_ref()));
            }
        }),
    ]))
}

/// What was dropped. To be called while the event is dispatched, as the browser forgets it afterwards; the page
/// must also prevent the default of `dragover`, or nothing is dropped.
pub fn of_drop(event: &DragEvent) -> Dropped {
    event.prevent_default();
    event.data_transfer().map_or_else(nothing, |data| transferred(&data))
}

/// What was pasted. To be called while the event is dispatched, as the browser forgets it afterwards.
pub fn of_paste(event: &ClipboardEvent) -> Dropped {
    event.clipboard_data().map_or_else(nothing, |data| transferred(&data))
}

/// Lets the person choose files; none when they think better of it. The browser shows the dialog only shortly
/// after a click or a key press.
///
/// `accept` is as for `<input type=file>`: `.txt,.jsonl`; empty for all files.
///
/// # Errors
/// When the browser refuses to show the dialog.
pub async fn pick(accept: &str, multiple: bool) -> Result<Vec<Picked>, Error> {
    let document = page::document()?;
    let input = document.create_element("input").map_err(refused("a file dialog"))?;
    let input: HtmlInputElement = input.unchecked_into();
    input.set_type("file");
    input.set_accept(accept);
    input.set_multiple(multiple);
    input.set_hidden(true);
    // Some browsers drop an input that is not in the document while its dialog is open.
    if let Some(body) = document.body() {
        body.append_child(&input).map_err(refused("a file dialog"))?;
    }
    let (giver, taker) = once();
    let cancelled = giver.clone();
    let listeners = Listener::all([
        Listener::on(&input, "change", move |_| giver.give(())),
        Listener::on(&input, "cancel", move |_| cancelled.give(())),
    ]);
    input.click();
    taker.await;
    drop(listeners);
    input.remove();
    Ok(input.files().map_or_else(Vec::new, |files| listed(&files)))
}

/// A file that is being put together for the person to take home. What is pushed moves to the browser, which
/// may keep it on disk.
#[derive(Debug)]
pub struct Download {
    name: String,
    mime: String,
    parts: Array,
    gathered: Vec<u8>,
}

impl Download {
    /// An empty file with a name and a media type.
    pub fn new(name: impl Into<String>, mime: impl Into<String>) -> Self {
        Self { name: name.into(), mime: mime.into(), parts: Array::new(), gathered: Vec::new() }
    }

    /// Appends a text as UTF-8.
    ///
    /// # Errors
    /// When the browser has no room for it.
    pub fn push_str(&mut self, text: &str) -> Result<(), Error> {
        self.push_bytes(text.as_bytes())
    }

    /// Appends bytes.
    ///
    /// # Errors
    /// When the browser has no room for them.
    pub fn push_bytes(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.gathered.extend_from_slice(bytes);
        if PIECE <= self.gathered.len() { self.hand_over() } else { Ok(()) }
    }

    /// Ends the file.
    ///
    /// # Errors
    /// When the browser has no room for it.
    pub fn finish(mut self) -> Result<Whole, Error> {
        self.hand_over()?;
        let options = BlobPropertyBag::new();
        options.set_type(&self.mime);
        let whole =
            Blob::new_with_blob_sequence_and_options(&self.parts, &options).map_err(refused("a download"))?;
        Ok(Whole::new(self.name, whole))
    }

    fn hand_over(&mut self) -> Result<(), Error> {
        if self.gathered.is_empty() {
            return Ok(());
        }
        let piece = Array::of(&[JsValue::from(lent(&self.gathered))]);
        let blob = Blob::new_with_u8_array_sequence(&piece).map_err(refused("a download"))?;
        self.parts.push(&blob);
        self.gathered.clear();
        Ok(())
    }
}

/// Bytes of ours as JavaScript sees them where they lie: only to be copied at once, as they move when memory grows.
#[expect(clippy::cast_possible_truncation, reason = "in the browser addresses have 32 bits")]
fn lent(bytes: &[u8]) -> Uint8Array {
    let memory: Memory = wasm_bindgen::memory().unchecked_into();
    let (start, length) = (bytes.as_ptr().addr() as u32, bytes.len() as u32);
    Uint8Array::new_with_byte_offset_and_length(&memory.buffer(), start, length)
}

/// A file that is complete and lies with the browser; the handle is small.
#[derive(Clone, Debug)]
pub struct Whole {
    /// Its name.
    pub name: String,
    blob: Blob,
}

impl Whole {
    pub(super) const fn new(name: String, blob: Blob) -> Self {
        Self { name, blob }
    }

    pub(super) const fn raw(&self) -> &Blob {
        &self.blob
    }

    /// Hands the file to the person, by the browser's own way of saving downloads.
    ///
    /// # Errors
    /// When the browser refuses to save it.
    pub fn save(self) -> Result<(), Error> {
        let address = Url::create_object_url_with_blob(&self.blob).map_err(refused("a download"))?;
        let document = page::document()?;
        let anchor = document.create_element("a").map_err(refused("a download"))?;
        let anchor: HtmlAnchorElement = anchor.unchecked_into();
        anchor.set_href(&address);
        anchor.set_download(&self.name);
        let element: &HtmlElement = anchor.unchecked_ref();
        element.set_hidden(true);
        if let Some(body) = document.body() {
            body.append_child(&anchor).map_err(refused("a download"))?;
        }
        element.click();
        element.remove();
        wait::spawn(async move {
            wait::sleep(SAVING_MILLISECONDS).await;
            // The address frees the file's memory; at worst it is freed when the page is left.
            let _freed = Url::revoke_object_url(&address);
        });
        Ok(())
    }
}

fn nothing() -> Dropped {
    Dropped { text: None, html: String::new(), entries: Vec::new(), files: Vec::new() }
}

fn transferred(data: &DataTransfer) -> Dropped {
    let mut dropped = nothing();
    let items = data.items();
    for index in 0..items.length() {
        let Some(item) = items.get(index) else { continue };
        // A word processor puts a picture of the text beside the text it copies.
        if item.kind() != "file" || item.type_().starts_with("image/") {
            continue;
        }
        if let Ok(Some(entry)) = item.webkit_get_as_entry() {
            dropped.entries.push(entry);
        } else if let Ok(Some(file)) = item.get_as_file() {
            dropped.files.push(Picked::new(file, None));
        }
    }
    if dropped.is_empty() {
        dropped.text = data.get_data("text/plain").ok().filter(|text| !text.is_empty());
        dropped.html = data.get_data("text/html").unwrap_or_default();
    }
    dropped
}

fn listed(files: &FileList) -> Vec<Picked> {
    (0..files.length()).filter_map(|index| files.get(index)).map(|file| Picked::new(file, None)).collect()
}

/// The entries of a folder; the browser hands them out in batches and ends with an empty one.
async fn entries_in(folder: &FileSystemDirectoryEntry) -> Result<Vec<FileSystemEntry>, Error> {
    let reader = folder.create_reader();
    let mut entries = Vec::new();
    loop {
        let (giver, taker) = once();
        let failed = giver.clone();
        let on_batch = Closure::once(move |batch: Array| giver.give(Ok(batch)));
        let on_error = Closure::once(move |thrown: JsValue| failed.give(Err(reason_of(&thrown))));
        let request = reader.read_entries_with_callback_and_callback(
            on_batch.as_ref().unchecked_ref(),
            on_error.as_ref().unchecked_ref(),
        );
        let name = || folder.unchecked_ref::<FileSystemEntry>().name();
        request.map_err(|thrown| Error::File { name: name(), reason: reason_of(&thrown) })?;
        let batch = taker.await.unwrap_or_else(|| Ok(Array::new()));
        let batch = batch.map_err(|reason| Error::File { name: name(), reason })?;
        if batch.length() == 0 {
            return Ok(entries);
        }
        entries.extend(batch.iter().map(JsCast::unchecked_into::<FileSystemEntry>));
    }
}

async fn file_of(entry: &FileSystemFileEntry) -> Result<File, Error> {
    let (giver, taker) = once();
    let failed = giver.clone();
    let on_file = Closure::once(move |file: File| giver.give(Ok(file)));
    let on_error = Closure::once(move |thrown: JsValue| failed.give(Err(reason_of(&thrown))));
    entry
        .file_with_callback_and_callback(on_file.as_ref().unchecked_ref(), on_error.as_ref().unchecked_ref());
    let outcome = taker.await.unwrap_or_else(|| Err("no answer".to_owned()));
    outcome.map_err(|reason| Error::File { name: entry.unchecked_ref::<FileSystemEntry>().name(), reason })
}

#[expect(clippy::cast_precision_loss, reason = "no file reaches 2^53 bytes")]
fn to_f64(bytes: u64) -> f64 {
    bytes as f64
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a size is a whole number from 0"
)]
fn from_f64(bytes: f64) -> u64 {
    bytes as u64
}
