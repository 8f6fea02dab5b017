//! Checksums over what stands in plain columns beside a frame. They are kept inside the frame, which has zstd's own checksum; so
//! whatever byte of an article or an original is damaged, reading it notices.

use crc32fast::Hasher;

use super::rows;
use crate::model::{Article, Document};

/// Over all columns of a version but its id, which may change after it was packed and stands in an index of its own,
/// and over its removed spans.
pub(super) fn of_article(article: &Article) -> u32 {
    let mut sum = Sum::default();
    sum.add(&article.title);
    sum.list(&article.authors);
    sum.option(article.source.as_ref().map(|source| source.value.as_str()));
    sum.option(article.language.as_ref().map(|language| language.as_str()));
    sum.option(article.section.as_deref());
    sum.list(&article.tags);
    sum.option(article.url.as_deref());
    sum.option(rows::flags_to_text(&article.flags).as_deref());
    for removed in &article.removed {
        sum.number(removed.at as u64);
        sum.add(&removed.rule);
        sum.add(&removed.text);
        sum.option(rows::list_to_text(&removed.yields).as_deref());
    }
    sum.0.finalize()
}

/// Over all columns of an original, the name of its file among them.
pub(super) fn of_document(document: &Document) -> u32 {
    let mut sum = Sum::default();
    let origin = &document.origin;
    sum.add(&origin.path);
    sum.list(&origin.members);
    sum.number(origin.number);
    sum.number(origin.offset.map_or(u64::MAX, |offset| offset));
    sum.add(&rows::name_of(document.media));
    sum.option(document.fetched.map(|at| at.to_string()).as_deref());
    sum.0.finalize()
}

#[derive(Default)]
struct Sum(Hasher);

impl Sum {
    /// No text has the byte 0xFF, so the border between two values cannot move unnoticed.
    fn add(&mut self, text: &str) {
        self.0.update(text.as_bytes());
        self.0.update(&[0xFF]);
    }

    fn option(&mut self, text: Option<&str>) {
        match text {
            Some(text) => self.add(text),
            None => self.0.update(&[0xFE]),
        }
    }

    fn list(&mut self, list: &[String]) {
        list.iter().for_each(|value| self.add(value));
        self.0.update(&[0xFD]);
    }

    fn number(&mut self, number: u64) {
        self.0.update(&number.to_le_bytes());
    }
}
