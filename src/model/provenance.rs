//! Who wrote it, who first published it, who republished it, under which terms, and how we got it.

use serde::{Deserialize, Serialize};

use super::DateClaim;

/// A value and where it was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found<T> {
    /// What was found.
    pub value: T,
    /// Where: a claim's `found`, such as a footer's rule id.
    pub found: String,
}

/// What a wire agency did for an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgencyRole {
    /// The text is the agency's.
    Origin,
    /// The agency contributed to it.
    Contributing,
}

/// A wire agency, by its usual name (`Reuters`, `AP`, `AFP`, `dpa`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agency {
    /// Its usual name.
    pub name: String,
    /// What it did.
    pub role: AgencyRole,
    /// Where that was found.
    pub found: String,
}

/// `LONDON, June 27 (Reuters) -` at the head of a text. The words stay in the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dateline {
    /// The place as written.
    pub place: String,
    /// The date as written, if any.
    pub date: Option<String>,
    /// The agency, if any.
    pub agency: Option<String>,
}

/// Everything known of where a text comes from. Empty where nothing was said: nothing is inferred from a mention
/// in running text.
#[allow(missing_docs)]
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Provenance {
    pub original_url: Option<Found<String>>,
    /// `article` or `site`.
    pub original_url_scope: Option<String>,
    pub original_publisher: Option<Found<String>>,
    pub original_published: Option<DateClaim>,
    pub republisher: Option<Found<String>>,
    pub contributors: Vec<Found<String>>,
    pub editors: Vec<Found<String>>,
    pub translators: Vec<Found<String>>,
    pub agencies: Vec<Agency>,
    /// The desks, outlets or agencies that signed where no person did. They stand in the article's authors too, which
    /// without these are persons.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub signed_by: Vec<Found<String>>,
    pub agency_item_id: Option<Found<String>>,
    pub distributor: Option<Found<String>>,
    /// SPDX-like: `CC-BY-ND-4.0`, `permission`, `all-rights-reserved`, `claimed-fair-use`.
    pub licence: Option<Found<String>>,
    /// Verbatim.
    pub rights_notice: Vec<Found<String>>,
    /// Such as `claimed-educational`.
    pub rights_basis: Option<Found<String>>,
    /// `rss`, `page`, `export`, `file`, `archive`, `wire`, `mail`.
    pub acquired_via: Option<Found<String>>,
    pub first_published_in: Option<Found<String>>,
    pub photo_credits: Vec<Found<String>>,
    pub tickers: Vec<Found<String>>,
    pub dateline: Option<Dateline>,
    pub author_bio: Vec<Found<String>>,
    pub author_contact: Vec<Found<String>>,
    pub corrections: Vec<Found<String>>,
    /// The id the document came with (a feed's guid, a JSON `id`).
    pub guid: Option<Found<String>>,
    pub urgency: Option<Found<String>>,
    /// Digest of the captured bytes as the web archive gives it (`sha1:…`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payload_digest: Option<Found<String>>,
}
