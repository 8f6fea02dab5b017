//! Dictionaries: what the articles of a language have in common, learned once there are enough of them.

use std::collections::HashMap;
use std::sync::Arc;

use zstd::dict::EncoderDictionary;

use super::articles::{COLUMNS, RawRow, cached};
use super::pack::{ARTICLE_LEVEL, Encoder, Packed, Packer};
use super::{Corpus, Writer, pack};
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

/// A language gets its dictionary when so many bytes of its articles are there, and so many articles: fewer give a
/// dictionary that fits only those it was learned from.
const ENOUGH_BYTES: usize = 1_200_000;
const ENOUGH_ARTICLES: usize = 300;
/// More samples make learning slower and hardly better (on news in English: 1,000 articles 0.363 of the text,
/// 2,500 articles 0.362).
const SAMPLE_BYTES: usize = 3_000_000;
/// 110 KiB, zstd's own default. Twice as much saves another 3 % of the text and falls out of the processor's cache.
const DICTIONARY_BYTES: usize = 110 << 10;
/// Languages with a dictionary: each takes memory in every reader.
const MOST_LANGUAGES: usize = 24;

impl Writer {
    /// Learns a dictionary for each language that has enough articles now, and packs those of the batch again.
    pub(super) fn learn(&mut self, batch: &mut [Packed]) -> Result<()> {
        let mut waiting: HashMap<String, (usize, usize)> = HashMap::new();
        for packed in batch.iter().filter_map(|packed| packed.outcome.as_ref().ok()).filter(|p| p.dictionary == 0) {
            let language = packed.article.language.as_ref().map_or("", |language| language.as_str());
            let (bytes, articles) = waiting.entry(language.to_owned()).or_default();
            *bytes += packed.article.text.len();
            *articles += 1;
        }
        waiting.retain(|language, _| !self.packer.by_language.contains_key(language));
        let mut learned = false;
        for (language, (bytes, articles)) in waiting {
            if self.packer.by_language.len() >= MOST_LANGUAGES {
                break;
            }
            let stored = self.undictionaried(&language)?;
            if bytes + stored.0 >= ENOUGH_BYTES && articles + stored.1 >= ENOUGH_ARTICLES {
                learned |= self.learn_language(&language, batch)?;
            }
        }
        if learned {
            self.packer = self.make_packer()?;
        }
        // Also those that a worker packed before it had the newest dictionaries.
        self.packer.repack(batch);
        Ok(())
    }

    /// Bytes of text and number of the stored articles of a language that were packed without a dictionary.
    fn undictionaried(&self, language: &str) -> Result<(usize, usize)> {
        let connection = self.lock();
        let read = |what: &str| self.fact(&connection, &format!("plain_{what}:{language}"));
        let size = |value: i64| usize::try_from(value).unwrap_or(0);
        Ok((size(read("bytes")?), size(read("articles")?)))
    }

    /// Learns from the articles of `batch` and of the corpus; `false` when they have too little in common.
    fn learn_language(&mut self, language: &str, batch: &[Packed]) -> Result<bool> {
        let mut samples: Vec<Vec<u8>> = Vec::new();
        let mut bytes = 0;
        for packed in batch.iter().filter_map(|packed| packed.outcome.as_ref().ok()) {
            if bytes < SAMPLE_BYTES && packed.article.language.as_ref().map_or("", |l| l.as_str()) == language {
                samples.push(pack::article_plain(&packed.article));
                bytes += samples.last().map_or(0, Vec::len);
            }
        }
        if bytes < SAMPLE_BYTES {
            let connection = self.lock();
            let sql = format!("SELECT {COLUMNS} FROM articles WHERE coalesce(language, '') = ?1 LIMIT 3000");
            let rows: Vec<RawRow> =
                self.run(|| cached(&connection, &sql)?.query_map([language], RawRow::read)?.collect())?;
            for row in rows {
                if bytes < SAMPLE_BYTES {
                    samples.push(self.unpack(&connection, &row)?);
                    bytes += samples.last().map_or(0, Vec::len);
                }
            }
        }
        // A sample of many megabytes would be learned by heart.
        samples.iter_mut().for_each(|sample| sample.truncate(16 << 10));
        // zstd declines samples that have nothing in common; the articles then stay without a dictionary.
        let Ok(content) = zstd::dict::from_samples(&samples, DICTIONARY_BYTES) else { return Ok(false) };
        let connection = self.lock();
        self.run(|| {
            connection.execute("INSERT INTO dictionaries (language, content) VALUES (?1, ?2)", (language, &content))
        })?;
        Ok(true)
    }
}
