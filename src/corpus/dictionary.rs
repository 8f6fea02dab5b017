//! Dictionaries: what the articles of a language have in common, learned once there are enough of them.

use std::collections::HashMap;
use std::sync::Arc;

use zstd::dict::EncoderDictionary;

use super::articles::cached;
use super::pack::{ARTICLE_LEVEL, Encoder, Packed, Packer};
use super::{Corpus, Writer};
use crate::error::Result;

impl Corpus {
    /// A packer that knows the dictionaries stored so far; the newest of each language.
    pub(super) fn make_packer(&self) -> Result<Packer> {
        let connection = self.lock();
        let rows: Vec<(u32, String, Vec<u8>)> = self.run(|| {
            cached(&connection, "SELECT dictionary, language, content FROM dictionaries ORDER BY dictionary")?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
                .collect()
        })?;
        let mut by_language = HashMap::new();
        for (id, language, content) in rows {
            let encoder = EncoderDictionary::try_copy(&content, ARTICLE_LEVEL)
                .map_err(|error| self.damaged(format!("dictionary `{id}`: {error}")))?;
            by_language.insert(language, (id, Arc::new(Encoder(encoder))));
        }
        Ok(Packer { by_language: Arc::new(by_language) })
    }
}

impl Writer {
    pub(super) fn learn(&mut self, _batch: &[Packed]) -> Result<()> {
        Ok(())
    }
}
