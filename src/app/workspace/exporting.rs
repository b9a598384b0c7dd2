//! Taking work home: the dataset as JSONL, or the whole project as a zip; streamed, with progress.
