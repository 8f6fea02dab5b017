//! Plain data: what a document, an article, a passage and a hit are. No input or output, no rules.
//!
//! Invariants: blocks of an article are in order, disjoint, on character boundaries, and cover its text but for
//! the blank line between two blocks ([`Article::text`]); every span is a byte range into one immutable text.

mod address;
mod article;
mod claim;
mod date;
mod document;
mod hit;
mod id;
mod language;
mod mail_head;
mod provenance;
mod span;

pub use address::{Address, AddressKind, is_permanent_name, is_web_address};
pub use article::{Article, Block, BlockKind, Flags, Removed, Yield};
pub use claim::{Claim, Field};
pub use date::{AsOf, DateClaim, Precision};
pub use document::{Document, MediaType, Note, Origin, Payload, PayloadKind, Reason, Rejection};
pub use hit::{Hit, Mark, Page, Passage};
pub use id::{ArticleId, Lang, Revision, content_digest, content_hash};
pub use mail_head::{MailField, hands_on};
pub use provenance::{Agency, AgencyRole, Dateline, Found, Provenance};
pub use span::Span;
