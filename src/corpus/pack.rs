//! How articles and originals are packed into the blobs of the database.
//!
//! An article's `content` is one zstd frame: a line of JSON with what has no column of its own, a line end, the text.
//! A language with enough articles has a dictionary (`dictionaries`), which nearly halves the frame of a short article.
//!
//! A document's `content` is one zstd frame as well: a line of JSON (claims, notes, how to read the payload), the
//! payload where it is not the same as the raw bytes, the raw bytes. Its article, which says mostly the same, is the
//! prefix it is compressed against; so an original costs little.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use zstd::bulk::{Compressor, Decompressor};
use zstd::dict::EncoderDictionary;
use zstd::zstd_safe::zstd_sys::ZSTD_EndDirective;
use zstd::zstd_safe::{CCtx, CParameter, DCtx, InBuffer, OutBuffer};

use super::write::Incoming;
use super::{rows, sums};
use crate::model::{
    Article, Claim, DateClaim, Document, MediaType, Note, Payload, PayloadKind, Provenance, Rejection, content_digest,
};

/// No frame of ours unpacks to more than this; a length beyond it is damage.
const LARGEST: usize = 1 << 30;

/// What most document headers say, put before the article as prefix. Part of format 1: never change it.
const USUAL_HEADER: &str = concat!(
    r#"{"payload":{"kind":"plain_text","bytes":2000},"claims":[{"field":"title","value":"","found":"json:title"},"#,
    r#"{"field":"author","value":"","found":"json:author"},{"field":"published","value":"2025-01-01T00:00:00Z","#,
    r#""found":"json:published"},{"field":"url","value":"https://www.","found":"json:url"},{"field":"guid","#,
    r#""value":"","found":"json:id"},{"field":"source","value":"","found":"json:source"},{"field":"acquired_via","#,
    r#""value":"export","found":"source"}],"notes":[]}"#
);

/// What a frame of an article holds beside its text and its columns.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Rest {
    #[serde(skip_serializing_if = "String::is_empty")]
    blocks: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<DateClaim>,
    #[serde(skip_serializing_if = "Option::is_none")]
    updated: Option<DateClaim>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fetched: Option<DateClaim>,
    #[serde(skip_serializing_if = "Option::is_none")]
    embargo: Option<jiff::Timestamp>,
    /// Where the source's name was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    /// Without its empty fields.
    #[serde(skip_serializing_if = "Map::is_empty")]
    provenance: Map<String, Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<Note>,
    /// [`sums::of_article`]; the first newsdex wrote none.
    #[serde(skip_serializing_if = "Option::is_none")]
    sum: Option<u32>,
}

/// The first line of a document's frame.
#[derive(Debug, Serialize, Deserialize)]
struct Header {
    payload: Option<PayloadHeader>,
    claims: Vec<Claim>,
    notes: Vec<Note>,
    /// [`sums::of_document`]; the first newsdex wrote none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sum: Option<u32>,
}

#[derive(Debug, Serialize, Deserialize)]
struct PayloadHeader {
    kind: PayloadKind,
    /// Length of the payload, which follows; `None` where the raw bytes are the payload.
    bytes: Option<usize>,
}

/// A document and what cleaning made of it, compressed and ready to be stored.
#[derive(Debug)]
pub struct Packed {
    /// The document without payload and raw bytes, which are packed.
    pub(super) document: PackedDocument,
    /// The article, or why there is none.
    pub(super) outcome: Result<PackedArticle, Rejection>,
}

impl Packed {
    /// The article, if there is one.
    pub fn article(&self) -> Option<&Article> {
        self.outcome.as_ref().ok().map(|packed| &packed.article)
    }

    /// Takes the article out.
    pub fn into_article(self) -> Option<Article> {
        self.outcome.ok().map(|packed| packed.article)
    }

    /// Why there is none.
    pub fn rejection(&self) -> Option<&Rejection> {
        self.outcome.as_ref().err()
    }

    /// Where the document stands.
    pub fn origin(&self) -> &crate::model::Origin {
        &self.document.origin
    }

    /// About how many bytes of memory it takes.
    pub fn weight(&self) -> usize {
        let article = self.outcome.as_ref().map_or(256, |a| a.content.len() + 3 * a.article.text.len() / 2 + 1024);
        self.document.content.len() + article + 512
    }
}

#[derive(Debug)]
pub(super) struct PackedDocument {
    pub(super) origin: crate::model::Origin,
    pub(super) media: crate::model::MediaType,
    pub(super) fetched: Option<jiff::Timestamp>,
    pub(super) raw_bytes: usize,
    pub(super) sha256: [u8; 32],
    pub(super) content: Vec<u8>,
}

#[derive(Debug)]
pub(super) struct PackedArticle {
    pub(super) article: Article,
    pub(super) sha256: [u8; 32],
    pub(super) dictionary: u32,
    pub(super) content: Vec<u8>,
}

/// Compresses documents and articles, away from the database: several threads may pack while one stores. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Packer {
    pub(super) by_language: Arc<HashMap<String, (u32, Arc<Encoder>)>>,
}

/// A dictionary made ready for compression.
pub(super) struct Encoder(pub(super) EncoderDictionary<'static>);

impl std::fmt::Debug for Encoder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Encoder")
    }
}

/// Compression level of articles: measured on news in English, see `ARCHITECTURE.md`.
pub(super) const ARTICLE_LEVEL: i32 = 3;
/// Compression level of originals, and of those of more bytes than `LONG_DOCUMENT`, which are pages: there level 5 saves 6 % of
/// the frame (.183 of the page for .194) and takes three times as long.
const DOCUMENT_LEVEL: i32 = 5;
const LONG_DOCUMENT: usize = 32 << 10;
const LONG_DOCUMENT_LEVEL: i32 = 3;
/// An original of so many bytes is compressed from where it lies: a second copy of it would be most of the memory there is.
const HUGE_DOCUMENT: usize = 8 << 20;

impl Packer {
    /// Packs a batch. Several documents a call, as what compression needs in memory is set up once a call.
    pub fn pack(&self, batch: Vec<Incoming>) -> Vec<Packed> {
        let plain: Vec<Vec<u8>> = batch
            .iter()
            .map(|incoming| match incoming {
                Incoming::Article { article, .. } => article_plain(article),
                Incoming::Refused { .. } => Vec::new(),
            })
            .collect();
        let unpacked: Vec<Unpacked> = batch
            .iter()
            .zip(&plain)
            .map(|(incoming, plain)| match incoming {
                Incoming::Article { document, article } => Unpacked::of(document, &article.title, plain),
                Incoming::Refused { document: Some(document), .. } => Unpacked::of(document, "", &[]),
                Incoming::Refused { document: None, .. } => Unpacked::default(),
            })
            .collect();
        let mut compressors = HashMap::new();
        let mut context = CCtx::create();
        let each = batch.into_iter().zip(&plain).zip(&unpacked);
        each.map(|((incoming, plain), unpacked)| match incoming {
            Incoming::Article { document, article } => Packed {
                document: pack_document(&mut context, &document, unpacked),
                outcome: Ok(self.pack_with(&mut compressors, *article, plain)),
            },
            Incoming::Refused { document: Some(document), rejection } => {
                Packed { document: pack_document(&mut context, &document, unpacked), outcome: Err(rejection) }
            }
            Incoming::Refused { document: None, rejection } => Packed {
                document: PackedDocument {
                    origin: rejection.origin.clone(),
                    media: MediaType::Text,
                    fetched: None,
                    raw_bytes: 0,
                    sha256: [0; 32],
                    content: Vec::new(),
                },
                outcome: Err(rejection),
            },
        })
        .collect()
    }

    /// Packs the articles of `batch` again that have another dictionary than this packer would give them.
    pub(super) fn repack(&self, batch: &mut [Packed]) {
        let mut compressors = HashMap::new();
        for article in batch.iter_mut().filter_map(|packed| packed.outcome.as_mut().ok()) {
            let (dictionary, encoder) = self.dictionary_of(&article.article);
            if dictionary > article.dictionary {
                let compressor = compressors.entry(dictionary).or_insert_with(|| article_compressor(encoder));
                article.content = squeeze(compressor.context_mut(), &article_plain(&article.article));
                article.dictionary = dictionary;
            }
        }
    }

    fn dictionary_of(&self, article: &Article) -> (u32, Option<&Arc<Encoder>>) {
        let language = article.language.as_ref().map_or("", |language| language.as_str());
        self.by_language.get(language).map_or((0, None), |(id, encoder)| (*id, Some(encoder)))
    }

    /// Packs an article whose original is stored already.
    pub(super) fn pack_article(&self, article: Article) -> PackedArticle {
        let plain = article_plain(&article);
        self.pack_with(&mut HashMap::new(), article, &plain)
    }

    fn pack_with<'a>(
        &'a self,
        compressors: &mut HashMap<u32, Compressor<'a>>,
        article: Article,
        plain: &[u8],
    ) -> PackedArticle {
        let (dictionary, encoder) = self.dictionary_of(&article);
        let compressor = compressors.entry(dictionary).or_insert_with(|| article_compressor(encoder));
        let content = squeeze(compressor.context_mut(), plain);
        PackedArticle { sha256: article.digest(), article, dictionary, content }
    }
}

fn article_compressor<'a>(encoder: Option<&'a Arc<Encoder>>) -> Compressor<'a> {
    let made = match encoder {
        Some(encoder) => Compressor::with_prepared_dictionary(&encoder.0),
        None => Compressor::new(ARTICLE_LEVEL),
    };
    // zstd fails here only when there is no memory for its tables; a fresh context with its own defaults is as good.
    let mut compressor = made.unwrap_or_default();
    // The dictionary's number has a column; its four bytes in every frame would be there twice.
    let _ = compressor.set_parameter(CParameter::DictIdFlag(false));
    let _ = compressor.set_parameter(CParameter::ChecksumFlag(true));
    compressor
}

/// Compresses into one frame. Falls back to storing when zstd has no memory to compress with.
fn squeeze(context: &mut CCtx<'_>, plain: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(zstd::zstd_safe::compress_bound(plain.len()));
    match context.compress2(&mut out, plain) {
        Ok(_) => {
            out.shrink_to_fit();
            out
        }
        Err(_) => stored_frame(plain),
    }
}

/// The same of what lies in several pieces.
fn squeeze_pieces(context: &mut CCtx<'_>, ready: bool, pieces: &[&[u8]]) -> Vec<u8> {
    let length: usize = pieces.iter().map(|piece| piece.len()).sum();
    let mut out = Vec::with_capacity(zstd::zstd_safe::compress_bound(length));
    let squeezed = ready && context.set_pledged_src_size(Some(length as u64)).is_ok() && {
        let mut whole = true;
        for (at, piece) in pieces.iter().enumerate() {
            let last = at + 1 == pieces.len();
            let how = if last { ZSTD_EndDirective::ZSTD_e_end } else { ZSTD_EndDirective::ZSTD_e_continue };
            let mut input = InBuffer::around(piece);
            // All of it is taken, and at the end all is written out.
            while whole {
                let written = out.len();
                let left = context.compress_stream2(&mut OutBuffer::around_pos(&mut out, written), &mut input, how);
                let done = input.pos() == piece.len() && (!last || left == Ok(0));
                whole = left.is_ok() && (done || out.len() < out.capacity());
                if done {
                    break;
                }
            }
        }
        whole
    };
    if squeezed {
        out.shrink_to_fit();
        return out;
    }
    drop(out);
    stored_frame(&pieces.concat())
}

/// A zstd frame of raw blocks (RFC 8878, 3.1.1), made without zstd.
fn stored_frame(plain: &[u8]) -> Vec<u8> {
    let mut out = vec![0x28, 0xB5, 0x2F, 0xFD, 0b1110_0000];
    out.extend((plain.len() as u64).to_le_bytes());
    let mut chunks = plain.chunks(1 << 17).peekable();
    if chunks.peek().is_none() {
        out.extend([1, 0, 0]);
    }
    while let Some(chunk) = chunks.next() {
        let head = ((chunk.len() as u32) << 3) | u32::from(chunks.peek().is_none());
        out.extend(&head.to_le_bytes()[..3]);
        out.extend(chunk);
    }
    out
}

/// What goes into an article's frame.
pub(super) fn article_plain(article: &Article) -> Vec<u8> {
    let rest = Rest {
        blocks: rows::blocks_to_text(&article.text, &article.blocks),
        published: article.published.clone(),
        updated: article.updated.clone(),
        fetched: article.fetched.clone(),
        embargo: article.embargo,
        source: article.source.as_ref().map(|source| source.found.clone()),
        provenance: filled(&article.provenance),
        notes: article.notes.clone(),
        sum: Some(sums::of_article(article)),
    };
    // Plain data with string keys: writing it as JSON cannot fail.
    let mut out = serde_json::to_vec(&rest).unwrap_or_default();
    out.push(b'\n');
    out.extend(article.text.as_bytes());
    out
}

/// The fields of a provenance that hold something.
fn filled(provenance: &Provenance) -> Map<String, Value> {
    let Ok(Value::Object(mut fields)) = serde_json::to_value(provenance) else { return Map::new() };
    fields.retain(|_, value| !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty()));
    fields
}

/// Fills `article`, whose columns are there already, from the unpacked frame. `None` is damage.
pub(super) fn fill_article(article: &mut Article, source: Option<String>, plain: &[u8]) -> Option<()> {
    let cut = memchr::memchr(b'\n', plain)?;
    let rest: Rest = serde_json::from_slice(&plain[..cut]).ok()?;
    article.text = std::str::from_utf8(&plain[cut + 1..]).ok()?.to_owned();
    article.blocks = rows::blocks_from_text(&article.text, &rest.blocks)?;
    article.published = rest.published;
    article.updated = rest.updated;
    article.fetched = rest.fetched;
    article.embargo = rest.embargo;
    article.source = match (source, rest.source) {
        (Some(value), Some(found)) => Some(crate::model::Found { value, found }),
        (None, None) => None,
        _ => return None,
    };
    if !rest.provenance.is_empty() {
        article.provenance = serde_json::from_value(Value::Object(rest.provenance)).ok()?;
    }
    article.notes = rest.notes;
    rest.sum.is_none_or(|sum| sum == sums::of_article(article)).then_some(())
}

/// What a document is compressed against: the usual header, its article's title and unpacked frame.
pub(super) fn prefix(title: &str, plain: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(prefix_length(title, plain));
    put_prefix(&mut out, title, plain);
    out
}

fn prefix_length(title: &str, plain: &[u8]) -> usize {
    USUAL_HEADER.len() + title.len() + plain.len() + 1
}

fn put_prefix(out: &mut Vec<u8>, title: &str, plain: &[u8]) {
    out.extend(USUAL_HEADER.as_bytes());
    out.extend(title.as_bytes());
    out.push(b'\n');
    out.extend(plain);
}

/// What goes into a document's frame, right behind what it is compressed against: zstd looks for matches a good deal faster in
/// one piece of memory than in two.
#[derive(Default)]
struct Unpacked {
    bytes: Vec<u8>,
    /// Where the prefix ends.
    cut: usize,
    /// Whether the original, and the payload if it is another text, are not in `bytes` but follow them.
    apart: bool,
}

impl Unpacked {
    fn of(document: &Document, title: &str, plain: &[u8]) -> Self {
        let payload = document.payload.as_ref();
        let same = payload.is_some_and(|payload| payload.text.as_bytes() == document.raw);
        let header = Header {
            payload: payload.map(|p| PayloadHeader { kind: p.kind, bytes: (!same).then_some(p.text.len()) }),
            claims: document.claims.clone(),
            notes: document.notes.clone(),
            sum: Some(sums::of_document(document)),
        };
        // Plain data with string keys: writing it as JSON cannot fail.
        let header = serde_json::to_vec(&header).unwrap_or_default();
        let [payload, raw] = behind_header(document, same);
        let apart = payload.len() + raw.len() > HUGE_DOCUMENT;
        let [payload, raw] = if apart { [&[][..], &[]] } else { [payload, raw] };
        let most = prefix_length(title, plain) + header.len() + 1 + payload.len() + raw.len();
        let mut bytes = Vec::with_capacity(most);
        put_prefix(&mut bytes, title, plain);
        let cut = bytes.len();
        bytes.extend(header);
        bytes.push(b'\n');
        bytes.extend_from_slice(payload);
        bytes.extend_from_slice(raw);
        Self { bytes, cut, apart }
    }
}

/// What stands behind the header of a document's frame: the payload, unless it is the original itself, and the original.
fn behind_header(document: &Document, same: bool) -> [&[u8]; 2] {
    let payload = document.payload.as_ref().filter(|_| !same);
    [payload.map_or(&[][..], |payload| payload.text.as_bytes()), &document.raw]
}

fn pack_document<'p>(context: &mut CCtx<'p>, document: &Document, unpacked: &'p Unpacked) -> PackedDocument {
    let (prefix, plain) = unpacked.bytes.split_at(unpacked.cut);
    let level = if unpacked.apart || plain.len() > LONG_DOCUMENT { LONG_DOCUMENT_LEVEL } else { DOCUMENT_LEVEL };
    let ready = context
        .set_parameter(CParameter::CompressionLevel(level))
        .and_then(|_| context.set_parameter(CParameter::ChecksumFlag(true)))
        .and_then(|_| context.ref_prefix(prefix));
    PackedDocument {
        origin: document.origin.clone(),
        media: document.media,
        fetched: document.fetched,
        raw_bytes: document.raw.len(),
        sha256: content_digest(&[&document.raw]),
        content: if unpacked.apart {
            let same = document.payload.as_ref().is_some_and(|payload| payload.text.as_bytes() == document.raw);
            let [payload, raw] = behind_header(document, same);
            squeeze_pieces(context, ready.is_ok(), &[plain, payload, raw])
        } else if ready.is_ok() {
            squeeze(context, plain)
        } else {
            stored_frame(plain)
        },
    }
}

/// Fills `document`, whose columns are there already, from its packed content. `None` is damage.
pub(super) fn fill_document(document: &mut Document, content: &[u8], raw_bytes: usize, prefix: &[u8]) -> Option<()> {
    let mut context = DCtx::create();
    context.ref_prefix(prefix).ok()?;
    let mut plain = Vec::with_capacity(unpacked_size(content)?);
    context.decompress(&mut plain, content).ok()?;
    let cut = memchr::memchr(b'\n', &plain)?;
    let header: Header = serde_json::from_slice(&plain[..cut]).ok()?;
    let raw_at = plain.len().checked_sub(raw_bytes).filter(|&at| at > cut)?;
    document.payload = match header.payload {
        None => None,
        Some(PayloadHeader { kind, bytes }) => {
            let bytes = match bytes {
                Some(length) if cut + 1 + length == raw_at => &plain[cut + 1..raw_at],
                Some(_) => return None,
                None => &plain[raw_at..],
            };
            Some(Payload { kind, text: std::str::from_utf8(bytes).ok()?.to_owned() })
        }
    };
    document.claims = header.claims;
    document.notes = header.notes;
    document.raw = plain.split_off(raw_at);
    header.sum.is_none_or(|sum| sum == sums::of_document(document)).then_some(())
}

fn unpacked_size(content: &[u8]) -> Option<usize> {
    let size = zstd::zstd_safe::get_frame_content_size(content).ok()??;
    usize::try_from(size).ok().filter(|&size| size <= LARGEST)
}

/// One decompressor a dictionary, kept: setting one up costs more than using it.
#[derive(Default)]
pub(super) struct Dictionaries(Mutex<HashMap<u32, Decompressor<'static>>>);

impl std::fmt::Debug for Dictionaries {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Dictionaries")
    }
}

/// Why a frame could not be unpacked.
pub(super) enum Unpack {
    /// Its dictionary is not known yet: load it and try again.
    Unknown,
    /// The frame is damaged.
    Damaged,
}

impl Dictionaries {
    /// Makes a dictionary known; an empty one stands for none.
    pub(super) fn add(&self, dictionary: u32, bytes: &[u8]) -> std::io::Result<()> {
        let decompressor = if bytes.is_empty() { Decompressor::new() } else { Decompressor::with_dictionary(bytes) };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(dictionary, decompressor?);
        Ok(())
    }

    /// Unpacks an article's frame.
    pub(super) fn unpack(&self, dictionary: u32, content: &[u8]) -> Result<Vec<u8>, Unpack> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let decompressor = known.get_mut(&dictionary).ok_or(Unpack::Unknown)?;
        let size = unpacked_size(content).ok_or(Unpack::Damaged)?;
        decompressor.decompress(content, size).map_err(|_| Unpack::Damaged)
    }
}
