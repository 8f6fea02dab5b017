//! The fields of the index and how values are packed into them.
//!
//! `title` and `text` hold folded words as they stand (no stems) with positions and lengths. A joined word that covers
//! `n` positions is the term `word NUL n`, so that its length is known without a look at the text and a scan of the
//! dictionary from `word` meets it next to the plain one. `\u{1}s` and `\u{1}b` in `text` stand where sentences and blocks begin,
//! `\u{1}l` twice, at the ends of a lead that is not the first block.
//! `\u{2}stem` stands where a word is written with accents that tell it from others (`vivió` is a form of `vivir`, `vivio` of none).
//! `keys` holds all metadata words, each with the letter of its field before it.

use std::sync::LazyLock;

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, NumericOptions, Schema, SchemaBuilder, TextFieldIndexing, TextOptions,
};

use crate::model::{Article, Lang};
use crate::query::{DateField, KeyField};
use crate::text;

/// Raised when the fields or the analysis change; an index with another number is emptied and filled again.
pub(super) const FORMAT: u32 = 9;

/// Term at the position where a sentence begins.
pub(super) const SENTENCE: &str = "\u{1}s";
/// Term at the position where a block begins.
pub(super) const BLOCK: &str = "\u{1}b";
/// Term at the position where the lead begins and one past its last, where the lead is not the first block.
pub(super) const LEAD: &str = "\u{1}l";
/// Begins the term that stands beside a word that has the stem of what is written, accents and all, in place of that of the
/// folded word: the stem follows.
pub(super) const STEM: char = '\u{2}';
/// Parts a word and the number of positions it covers; 1 where its stem is that of what is written.
pub(super) const JOINED: u8 = 0;
/// Term in `keys` of an article withdrawn by its publisher.
pub(super) const WITHDRAWN: &str = "!w";
/// Term in `keys` of an article that has or had an embargo.
pub(super) const EMBARGOED: &str = "!e";

/// Names of the columns.
pub(super) mod column {
    use crate::query::DateField;

    pub(in crate::index) const KEY: &str = "key";
    pub(in crate::index) const ID: &str = "id";
    /// Seconds since 1970 of a date that nothing speaks against; absent otherwise.
    pub(in crate::index) const ORDER: &str = "order";
    /// Days since 1970, doubtful ones too; the first day of a month or year of which no more is known.
    pub(in crate::index) const PUBLISHED: &str = "published";
    pub(in crate::index) const UPDATED: &str = "updated";
    pub(in crate::index) const FETCHED: &str = "fetched";
    /// The last day of such a month or year; absent where the day is known.
    pub(in crate::index) const PUBLISHED_LAST: &str = "published_last";
    pub(in crate::index) const UPDATED_LAST: &str = "updated_last";
    pub(in crate::index) const FETCHED_LAST: &str = "fetched_last";
    pub(in crate::index) const WORDS: &str = "words";
    pub(in crate::index) const LANG: &str = "lang";
    pub(in crate::index) const EMBARGO: &str = "embargo";
    pub(in crate::index) const SKETCH: &str = "sketch";
    pub(in crate::index) const SOURCE: &str = "by_source";
    pub(in crate::index) const AUTHOR: &str = "by_author";
    pub(in crate::index) const SECTION: &str = "by_section";
    pub(in crate::index) const AGENCY: &str = "by_agency";

    /// The columns of a date: its first day, and the last where that is another.
    pub(in crate::index) fn of_date(field: DateField) -> [&'static str; 2] {
        match field {
            DateField::Published => [PUBLISHED, PUBLISHED_LAST],
            DateField::Updated => [UPDATED, UPDATED_LAST],
            DateField::Fetched => [FETCHED, FETCHED_LAST],
        }
    }
}

/// The name of the tokenizers that read the form `tokens::encode` writes.
pub(super) const WORDS_TOKENIZER: &str = "words";
/// The name of the tokenizer for `keys`.
pub(super) const KEYS_TOKENIZER: &str = "keys";

/// Place of the text among the fields of words: 0 is the title, 2 are the keys.
pub(super) const TEXT: usize = 1;

/// Handles on the fields; of dates the first and the last day.
#[derive(Debug, Clone)]
pub(super) struct Fields {
    pub(super) key: Field,
    pub(super) id: Field,
    pub(super) title: Field,
    pub(super) text: Field,
    pub(super) keys: Field,
    pub(super) order: Field,
    pub(super) published: [Field; 2],
    pub(super) updated: [Field; 2],
    pub(super) fetched: [Field; 2],
    pub(super) words: Field,
    pub(super) lang: Field,
    pub(super) embargo: Field,
    pub(super) sketch: Field,
    pub(super) source: Field,
    pub(super) author: Field,
    pub(super) section: Field,
    pub(super) agency: Field,
}

fn dates(builder: &mut SchemaBuilder, field: DateField) -> [Field; 2] {
    column::of_date(field).map(|name| builder.add_i64_field(name, NumericOptions::default().set_fast()))
}

/// The schema and handles on its fields.
pub(super) fn build() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let words = |tokenizer: &str, norms: bool| {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(tokenizer)
                .set_fieldnorms(norms)
                .set_index_option(IndexRecordOption::WithFreqsAndPositions),
        )
    };
    let facet = || TextOptions::default().set_fast("raw");
    let number = || NumericOptions::default().set_fast();
    let fields = Fields {
        key: builder.add_u64_field(column::KEY, FAST | INDEXED),
        id: builder.add_u64_field(column::ID, number()),
        title: builder.add_text_field("title", words(WORDS_TOKENIZER, true)),
        text: builder.add_text_field("text", words(WORDS_TOKENIZER, true)),
        keys: builder.add_text_field("keys", words(KEYS_TOKENIZER, false)),
        order: builder.add_i64_field(column::ORDER, number()),
        published: dates(&mut builder, DateField::Published),
        updated: dates(&mut builder, DateField::Updated),
        fetched: dates(&mut builder, DateField::Fetched),
        words: builder.add_u64_field(column::WORDS, number()),
        lang: builder.add_u64_field(column::LANG, number()),
        embargo: builder.add_i64_field(column::EMBARGO, number()),
        sketch: builder.add_u64_field(column::SKETCH, number()),
        source: builder.add_text_field(column::SOURCE, facet()),
        author: builder.add_text_field(column::AUTHOR, facet()),
        section: builder.add_text_field(column::SECTION, facet()),
        agency: builder.add_text_field(column::AGENCY, facet()),
    };
    (builder.build(), fields)
}

/// A language code as a number: its bytes, first one highest.
pub(super) fn pack_lang(lang: &Lang) -> u64 {
    lang.as_str().bytes().take(8).fold(0, |sum, byte| sum << 8 | u64::from(byte))
}

/// The language that stands for none.
pub(super) static NO_LANG: LazyLock<u64> = LazyLock::new(|| text::stem_language(None::<&Lang>).map_or(0, pack_lang));

/// The language code of [`pack_lang`].
pub(super) fn unpack_lang(packed: u64) -> String {
    packed.to_be_bytes().iter().filter(|b| **b != 0).map(|b| char::from(*b)).collect()
}

/// The id of an article as a number that sorts like it: its 16 hex digits, else its first eight bytes.
pub(super) fn pack_id(id: &str) -> u64 {
    u64::from_str_radix(id, 16).unwrap_or_else(|_| {
        let mut bytes = [0; 8];
        for (to, from) in bytes.iter_mut().zip(id.bytes()) {
            *to = from;
        }
        u64::from_be_bytes(bytes)
    })
}

/// The letter that stands before the words of a metadata field in `keys`.
pub(super) fn letter(field: KeyField) -> char {
    match field {
        KeyField::Author => 'a',
        KeyField::Source => 's',
        KeyField::Url => 'u',
        KeyField::Lang => 'l',
        KeyField::Section => 'c',
        KeyField::Tag => 't',
        KeyField::Agency => 'g',
        KeyField::Publisher => 'p',
        KeyField::Republisher => 'r',
        KeyField::Licence => 'i',
        KeyField::Id => 'd',
        KeyField::Flag => 'f',
    }
}

/// All metadata values of an article, each with its field.
pub(super) fn key_values(article: &Article) -> Vec<(KeyField, String)> {
    let mut all: Vec<(KeyField, String)> = Vec::new();
    let mut push = |field, value: &str| {
        if !value.trim().is_empty() {
            all.push((field, value.to_owned()));
        }
    };
    let told = &article.provenance;
    for author in &article.authors {
        push(KeyField::Author, author);
    }
    for value in article.source.iter() {
        push(KeyField::Source, &value.value);
    }
    for url in article.url.iter() {
        push(KeyField::Url, url);
    }
    for value in told.original_url.iter() {
        push(KeyField::Url, &value.value);
    }
    push(KeyField::Lang, article.language.as_ref().map_or("", |l| l.as_str()));
    push(KeyField::Section, article.section.as_deref().unwrap_or(""));
    for tag in &article.tags {
        push(KeyField::Tag, tag);
    }
    for agency in &told.agencies {
        push(KeyField::Agency, &agency.name);
    }
    for value in told.original_publisher.iter() {
        push(KeyField::Publisher, &value.value);
    }
    for value in told.republisher.iter() {
        push(KeyField::Republisher, &value.value);
    }
    for value in told.licence.iter() {
        push(KeyField::Licence, &value.value);
    }
    push(KeyField::Id, article.id.as_str());
    let flags = &article.flags;
    let set = [
        ("truncated", flags.truncated),
        ("paywalled", flags.paywalled),
        ("sponsored", flags.sponsored),
        ("affiliate", flags.affiliate),
        ("opinion", flags.opinion),
        ("developing", flags.developing),
        ("corrected", flags.corrected),
        ("withdrawn", flags.withdrawn),
    ];
    for (name, on) in set {
        if on {
            push(KeyField::Flag, name);
        }
    }
    all
}
