//! Bringing files in: many at once, in chunks, with progress; what is broken is told with file and line, and
//! everything sound comes in. All documents of one import are one undo.
