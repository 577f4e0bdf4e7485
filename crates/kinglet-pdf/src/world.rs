//! What a document can see.

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, World};
use typst_kit::fonts::{FontStore, embedded};

use crate::Document;

/// A source, its drawings and the fonts that are compiled in.
pub(crate) struct Closed {
    library: LazyHash<Library>,
    fonts: FontStore,
    source: Source,
    drawings: Vec<(FileId, Bytes)>,
}

impl Closed {
    pub(crate) fn new(document: &Document<'_>) -> Result<Self, String> {
        let mut fonts = FontStore::new();
        fonts.extend(embedded());
        let drawing =
            |(name, svg): &(String, String)| Ok((id(name)?, Bytes::from_string(svg.clone())));
        Ok(Closed {
            library: LazyHash::new(Library::default()),
            fonts,
            source: Source::new(id("note.typ")?, document.source.to_owned()),
            drawings: document.drawings.iter().map(drawing).collect::<Result<_, String>>()?,
        })
    }
}

/// A file beside the source.
fn id(name: &str) -> Result<FileId, String> {
    let path = VirtualPath::new(name).map_err(|_| format!("{name} cannot name a file"))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl World for Closed {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.source.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.source.id() { Ok(self.source.clone()) } else { Err(unknown(id)) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let found = self.drawings.iter().find(|(own, _)| *own == id);
        found.map(|(_, svg)| svg.clone()).ok_or_else(|| unknown(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    /// A document that asks for the day would not be the same tomorrow.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn unknown(id: FileId) -> FileError {
    FileError::NotFound(id.get().vpath().get_without_slash().into())
}
