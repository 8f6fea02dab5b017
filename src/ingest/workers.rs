//! The middle: cleaning and compressing, on all cores.

use std::sync::{Arc, PoisonError, RwLock};

use crossbeam_channel::{Receiver, Sender};

use super::reader::Chunk;
use crate::clean;
use crate::corpus::{Incoming, Packed, Packer};
use crate::model::Rejection;
use crate::source::Item;

/// A chunk that has been worked on.
pub(super) struct Worked {
    pub(super) number: u64,
    pub(super) documents: Vec<Packed>,
    /// Records passed over, by kind.
    pub(super) skipped: Vec<(String, u64)>,
    pub(super) links: u64,
    /// Bytes of the documents as read.
    pub(super) read: u64,
    /// For the [`Budget`](super::reader::Budget).
    pub(super) bytes: usize,
}

/// The packer in use: the storing end puts a better one here when it has learned a dictionary.
pub(super) type SharedPacker = Arc<RwLock<Packer>>;

/// Works until there are no more chunks, or nobody takes the results.
pub(super) fn work(
    rules: &clean::Options,
    keep_rejected: bool,
    packer: &SharedPacker,
    chunks: &Receiver<Chunk>,
    results: &Sender<Worked>,
) {
    for chunk in chunks {
        let mut worked = Worked {
            number: chunk.number,
            documents: Vec::new(),
            skipped: Vec::new(),
            links: 0,
            read: 0,
            bytes: chunk.bytes,
        };
        let mut incoming = Vec::with_capacity(chunk.items.len());
        for item in chunk.items {
            match item {
                Item::Document(document) => {
                    worked.read += document.raw.len() as u64;
                    incoming.push(match clean::clean(&document, rules) {
                        Ok(article) => Incoming::Article { document, article: Box::new(article) },
                        Err(rejection) => refused(Some(document).filter(|_| keep_rejected), rejection),
                    });
                }
                Item::Rejected(rejection) => incoming.push(refused(None, rejection)),
                Item::Links(links) => {
                    worked.links += links.links.len() as u64;
                    incoming.push(refused(None, links.rejection()));
                }
                Item::Skipped { what, count, .. } => worked.skipped.push((what, count)),
            }
        }
        let packer = packer.read().unwrap_or_else(PoisonError::into_inner).clone();
        worked.documents = packer.pack(incoming);
        if results.send(worked).is_err() {
            return;
        }
    }
}

fn refused(document: Option<crate::model::Document>, rejection: Rejection) -> Incoming {
    Incoming::Refused { document, rejection }
}
