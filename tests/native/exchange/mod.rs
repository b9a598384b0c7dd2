//! Outside formats: what each parser makes of samples, of broken files and of whole corpora, and what its printer
//! gives back.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests, which fail by panicking")]

mod again;
mod archive;
mod brat;
mod conll;
mod corpora;
mod dna;
mod doccano;
mod docx;
mod ground;
mod hostile;
mod html;
mod hugging_face;
mod kept;
mod label_studio;
mod landing;
mod looks;
mod prodigy;
mod pubannotation;
mod readers;
mod registry;
mod round;
mod shapes;
mod spacy;
mod table;
mod values;
mod web_annotation;
mod webanno;
