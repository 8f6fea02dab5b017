//! Bytes to documents: one file per format.
//!
//! [`find()`] turns what a person typed into files, [`read_path`] and [`read_stream`] turn a file into [`Item`]s. What a
//! file is, is found out from its bytes, not from its name; containers are opened up to a stated depth; a broken
//! entry costs that entry, a broken byte a character.

mod archive;
mod cells;
mod charset;
mod container;
pub mod decode;
mod dos;
mod escaped;
mod exports;
mod feed;
mod fields;
mod find;
mod front;
mod industry;
mod input;
mod json;
mod links;
mod mail;
mod names;
mod page;
mod records;
mod redirects;
mod refused;
mod saved;
mod several;
pub mod sniff;
mod table;
mod text;
mod trec;
mod webarchive;
mod xml;

use std::fs::File;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::Path;

pub use fields::Mapping;
pub use find::{Found, find};
pub use input::{Context, End, Envelope, Flow, Input, Sink};

use crate::Result;
use crate::error::in_words;
use crate::model::{AddressKind, Document, Origin, Reason, Rejection};
use sniff::Head;

/// What a file yields. Every file yields at least one item.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// A document, to be cleaned.
    Document(Document),
    /// Something that is not a document, and why.
    Rejected(Rejection),
    /// A list of addresses (OPML, sitemap, a package of links), to be fetched some day.
    Links(Links),
    /// Records that are no text and were passed over (images and requests of a web archive), counted by kind. Not
    /// a refusal: nobody expects an article there.
    Skipped {
        /// The archive.
        origin: Origin,
        /// What they were: `warc request`, `image/png`.
        what: String,
        /// How many.
        count: u64,
    },
}

/// A list of addresses found in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Links {
    /// The file.
    pub origin: Origin,
    /// `opml`, `sitemap`, `sitemap index`, `robots.txt`, `list of addresses`, `package`, `google alert`, `gdelt table`.
    pub kind: String,
    /// In document order.
    pub links: Vec<Link>,
}

/// One address of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Link {
    /// Absolute where the list makes that possible.
    pub url: String,
    /// What the list says it leads to.
    pub kind: AddressKind,
    /// Its title; empty if none was given.
    pub title: String,
    /// Folders above it, outermost first (OPML).
    pub folders: Vec<String>,
    /// The site it belongs to (OPML's `htmlUrl`, a news sitemap's publication); empty if none was given.
    pub site: String,
    /// When it was published or changed, as written; empty if not given.
    pub date: String,
    /// Language as written; empty if not given.
    pub language: String,
    /// Keywords as written; empty if not given.
    pub keywords: String,
}

impl Links {
    /// The list as a refusal, for whoever wants articles only.
    pub fn rejection(&self) -> Rejection {
        let detail = format!(
            "{} of {} addresses, no articles: keep them with `newsdex sources import`",
            self.kind,
            self.links.len()
        );
        Rejection { origin: self.origin.clone(), reason: Reason::ListOfLinks, detail, claims: Vec::new() }
    }
}

/// Limits and wishes for reading.
#[derive(Debug, Clone)]
pub struct Options {
    /// The largest single document, and the largest file of a format that is read as a whole, in bytes.
    pub max_document_bytes: u64,
    /// How many containers may lie in one another (`a.tar.gz` are two).
    pub max_depth: usize,
    /// A compressed stream that gives more than this many bytes for each of its own is a bomb (looked at after the
    /// first 8 MiB).
    pub max_ratio: u64,
    /// Names of fields in JSON and tables that we do not know by ourselves.
    pub map: Mapping,
}

impl Default for Options {
    fn default() -> Self {
        Self { max_document_bytes: 128 << 20, max_depth: 5, max_ratio: 250, map: Mapping::default() }
    }
}

/// A format.
///
/// The contract of an implementation:
/// * [`Source::recognises`] looks at the head alone and is sure: sources are asked in the order of [`sniff::SOURCES`],
///   and the first yes decides. It reads bytes, and the name of the file only to break a tie.
/// * [`Source::read`] sends at least one item for a stream that is not blank. It stops when the sink says stop.
/// * It never fails: what cannot be read becomes a [`Rejection`] with its reason, at the place where it stands, and
///   reading goes on with the next entry. Whole entries before a cut are kept.
/// * It never panics, recurses no deeper than a constant, takes time linear in its input, and holds no more than one
///   document (or one file of at most [`Options::max_document_bytes`]) in memory.
/// * It opens nothing: no other file, no address, no external entity.
/// * [`Document::raw`] is the entry's own bytes; what the envelope said becomes claims with their place
///   (`rss:dc:creator`), as written, most trusted first within a field; dates stay as they were written.
///
/// To add a format: write its file beside the others, implement this trait on a unit struct, put it into
/// [`sniff::SOURCES`] at a place where nothing before it says yes to its files, add a small file of our own to
/// `tests/fixtures/source/` and a line to `tests/it/source.rs`.
pub trait Source: Sync {
    /// What the format is called, for messages.
    fn name(&self) -> &'static str;
    /// Whether a stream with this head is of this format.
    fn recognises(&self, head: &Head<'_>) -> bool;
    /// Reads the stream to its end and sends what it holds.
    fn read(&self, input: Input<'_>, context: Context<'_>, sink: &mut Sink<'_>) -> Flow;
}

/// Reads the file at `path`, `-` for standard input, and hands everything in it to `each` until that says stop.
///
/// A file that cannot be read is an [`Item::Rejected`] like any other; an error means that newsdex itself failed.
pub fn read_path(path: &Path, options: &Options, each: &mut dyn FnMut(Item) -> ControlFlow<()>) -> Result<()> {
    let name = path.to_string_lossy();
    if name == "-" {
        return read_stream("-", std::io::stdin().lock(), options, each);
    }
    let opened = match std::fs::metadata(path) {
        Ok(meta) if meta.is_file() => File::open(path).map_err(|e| in_words(&e)),
        Ok(meta) if meta.is_dir() => Err("a folder, not a file: give it to `find` first".to_owned()),
        // A pipe or device blocks for ever or never ends; process substitution is a pipe and is wanted.
        Ok(_) if name.starts_with("/dev/fd/") || name.starts_with("/proc/self/fd/") => {
            File::open(path).map_err(|e| in_words(&e))
        }
        Ok(_) => Err("not a regular file".to_owned()),
        Err(error) => Err(in_words(&error)),
    };
    match opened {
        Ok(file) => {
            let mut input = Input::new(Origin::file(name), file);
            input.direct = true;
            // Stopped or done, there is nothing more to do.
            let _ = read(input, Context { options, depth: 0 }, &mut Sink::new(each));
            Ok(())
        }
        Err(detail) => {
            let origin = Origin::file(name);
            // The run ends here either way.
            let _ = Sink::new(each).reject(origin, Reason::Unreadable, detail.to_lowercase());
            Ok(())
        }
    }
}

/// Reads a stream called `name` and hands everything in it to `each` until that says stop.
pub fn read_stream(
    name: &str,
    input: impl Read,
    options: &Options,
    each: &mut dyn FnMut(Item) -> ControlFlow<()>,
) -> Result<()> {
    let input = Input::new(Origin::file(name), input);
    let mut sink = Sink::new(each);
    // Stopped or done, there is nothing more to do.
    let _ = read(input, Context { options, depth: 0 }, &mut sink);
    Ok(())
}

/// Finds out what a stream is and reads it; sends at least one item.
pub(crate) fn read(mut input: Input<'_>, context: Context<'_>, sink: &mut Sink<'_>) -> Flow {
    let origin = input.origin.clone();
    let before = sink.sent;
    input.peek(input::HEAD_BYTES);
    let head = Head::of(&mut input);
    if head.is_blank() {
        return match input.whole(context.options.max_document_bytes) {
            (_, end @ (End::Cut(_) | End::Hostile(_))) => {
                let why = if let End::Cut(why) | End::Hostile(why) = &end { why.clone() } else { String::new() };
                sink.reject(
                    origin,
                    if end.reason() == Reason::Hostile { Reason::Hostile } else { Reason::Unreadable },
                    why,
                )
            }
            (rest, _) if rest.iter().all(u8::is_ascii_whitespace) => {
                sink.reject(origin, Reason::Empty, "nothing in it")
            }
            _ => sink.reject(origin, Reason::UnknownFormat, "nothing but blanks where a format would show"),
        };
    }
    match sniff::source(&head) {
        Ok(source) => {
            drop(head);
            source.read(input, context, sink)?;
            if sink.sent == before {
                sink.reject(origin, Reason::Empty, format!("{} without an entry", source.name()))?;
            }
            ControlFlow::Continue(())
        }
        Err((reason, detail)) => sink.reject(origin, reason, detail),
    }
}
