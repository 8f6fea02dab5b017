//! What somebody said about a document, before anyone has judged it.
//!
//! Feed elements, page metadata, JSON fields, HTTP headers, header lines and footers all speak in claims; the
//! metadata stage of cleaning weighs them and fills the article.

use serde::{Deserialize, Serialize};

/// What a claim is about.
#[allow(missing_docs)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Title,
    Subtitle,
    /// A byline or one name; not yet split into persons.
    Author,
    /// When it was first published, as written at the source.
    Published,
    Updated,
    Fetched,
    /// The address the document was got from.
    Url,
    /// The address the document calls its own (`rel=canonical`, `og:url`, a feed's link).
    Canonical,
    /// The id the document came with: a feed's guid, a JSON `id`, a wire item's id.
    Guid,
    Language,
    Section,
    Tag,
    /// The outlet that published this document.
    Source,
    SiteName,
    OriginalUrl,
    /// A site, not an article, that the text was taken from.
    OriginalSite,
    OriginalPublisher,
    OriginalPublished,
    Republisher,
    Contributor,
    Editor,
    Translator,
    /// A wire agency as origin.
    Agency,
    /// A wire agency that contributed.
    AgencyContributing,
    AgencyItemId,
    Distributor,
    Licence,
    RightsNotice,
    RightsBasis,
    AcquiredVia,
    FirstPublishedIn,
    PhotoCredit,
    Ticker,
    DatelinePlace,
    DatelineDate,
    AuthorBio,
    AuthorContact,
    CorrectionNote,
    /// A summary or standfirst given beside the body.
    Summary,
    /// The body as a page's own metadata gives it (JSON-LD `articleBody`): a witness, not the text.
    BodyWitness,
    /// `true` when the body is known to be only an excerpt.
    Truncated,
    Paywalled,
    Sponsored,
    Affiliate,
    Opinion,
    Developing,
    /// Withdrawn or cancelled by its publisher.
    Withdrawn,
    /// Not to be shown before this time.
    Embargo,
    Urgency,
    /// What the archive says the digest of the captured bytes is (`sha1:…`), as written.
    PayloadDigest,
    /// A day or time on which an event begins or ends that the document announces: no day of publication.
    EventDay,
    /// Page kind as claimed (`article`, `website`, `video`).
    Kind,
}

impl std::fmt::Display for Field {
    /// In words, lowercase: `original publisher`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (at, c) in format!("{self:?}").char_indices() {
            if c.is_ascii_uppercase() && at > 0 {
                f.write_str(" ")?;
            }
            write!(f, "{}", c.to_ascii_lowercase())?;
        }
        Ok(())
    }
}

/// One thing said about a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// What it is about.
    pub field: Field,
    /// As it was written, entities decoded and white space trimmed; never empty.
    pub value: String,
    /// Where it was found: `rss:dc:creator`, `json:author`, `meta:og:title`, `header:Author`, a footer's rule id.
    pub found: String,
}

impl Claim {
    /// A claim, unless `value` is blank.
    pub fn new(field: Field, value: &str, found: impl Into<String>) -> Option<Self> {
        let value = value.trim();
        (!value.is_empty()).then(|| Self { field, value: value.to_owned(), found: found.into() })
    }
}
