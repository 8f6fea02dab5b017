//! Reading originals.

use rusqlite::{Connection, OptionalExtension};

use super::articles::cached;
use super::{Corpus, pack, rows};
use crate::error::Result;
use crate::model::{Document, Origin};

/// A row of `documents` joined to its file.
pub(super) struct DocumentRow {
    pub(super) key: Option<i64>,
    pub(super) version: Option<u32>,
    path: String,
    members: String,
    number: i64,
    offset: Option<i64>,
    media: String,
    fetched: Option<String>,
    raw_bytes: i64,
    pub(super) sha256: Vec<u8>,
    content: Vec<u8>,
}

impl Corpus {
    /// The original that version `version` of the article `key` was made of. `None` when there is no such version.
    pub fn document(&self, key: u64, version: u32) -> Result<Option<Document>> {
        let connection = self.lock();
        let Some(article) = self.raw_version(&connection, key, version)? else { return Ok(None) };
        let row = self.document_row(&connection, article.document)?;
        let row = row.ok_or_else(|| self.damaged(format!("the original of article `{key}` is missing")))?;
        let prefix = self.document_prefix(&connection, &row)?;
        let document = build(row, &prefix);
        document.map(Some).ok_or_else(|| self.damaged(format!("the original of article `{key}` cannot be unpacked")))
    }

    /// The original of a refused document that was kept, by its number in `documents`.
    pub fn rejected_document(&self, document: u64) -> Result<Option<Document>> {
        let connection = self.lock();
        let Some(row) = self.document_row(&connection, document.cast_signed())? else { return Ok(None) };
        if row.key.is_some() {
            return Ok(None);
        }
        let built = build(row, &pack::prefix("", &[]));
        built.map(Some).ok_or_else(|| self.damaged(format!("the refused document `{document}` cannot be unpacked")))
    }

    /// What an original was compressed against: the version first made of it, which is never changed.
    pub(super) fn document_prefix(&self, connection: &Connection, row: &DocumentRow) -> Result<Vec<u8>> {
        let (Some(key), Some(version)) = (row.key, row.version) else { return Ok(pack::prefix("", &[])) };
        let base = self.raw_version(connection, key.cast_unsigned(), version)?;
        let base = base.ok_or_else(|| self.damaged(format!("version `{version}` of article `{key}` is missing")))?;
        Ok(pack::prefix(&base.title, &self.unpack(connection, &base)?))
    }

    pub(super) fn document_row(&self, connection: &Connection, document: i64) -> Result<Option<DocumentRow>> {
        let sql = "SELECT d.key, d.version, f.path, f.members, d.number, d.offset, d.media, d.fetched, d.raw_bytes, \
                   d.sha256, d.content FROM documents d JOIN files f USING (file) WHERE d.document = ?1";
        self.run(|| {
            cached(connection, sql)?
                .query_row([document], |row| {
                    Ok(DocumentRow {
                        key: row.get(0)?,
                        version: row.get(1)?,
                        path: row.get(2)?,
                        members: row.get(3)?,
                        number: row.get(4)?,
                        offset: row.get(5)?,
                        media: row.get(6)?,
                        fetched: row.get(7)?,
                        raw_bytes: row.get(8)?,
                        sha256: row.get(9)?,
                        content: row.get(10)?,
                    })
                })
                .optional()
        })
    }
}

/// Unpacks; `None` is damage.
pub(super) fn build(row: DocumentRow, prefix: &[u8]) -> Option<Document> {
    let mut document = Document {
        origin: Origin {
            path: row.path,
            members: rows::list_from_text(Some(&row.members))?,
            number: row.number.cast_unsigned(),
            offset: row.offset.map(i64::cast_unsigned),
        },
        media: rows::named(&row.media)?,
        raw: Vec::new(),
        payload: None,
        claims: Vec::new(),
        fetched: match row.fetched {
            Some(text) => Some(text.parse().ok()?),
            None => None,
        },
        notes: Vec::new(),
    };
    let raw_bytes = usize::try_from(row.raw_bytes).ok()?;
    pack::fill_document(&mut document, &row.content, raw_bytes, prefix)?;
    Some(document)
}
