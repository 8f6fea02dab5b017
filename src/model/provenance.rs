//! Who wrote it, who first published it, who republished it, under which terms, and how we got it.

use serde::{Deserialize, Serialize};

use super::{DateClaim, is_web_address};

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

impl Provenance {
    /// What names a wire item whoever hands it on, beside the permanent names that a guid may be: the address that its agency
    /// gave it, or its number with the registry of that number (`AP:20190305-99`). `None` where only a guid is known,
    /// which may be anybody's, and for a number that comes again the next day.
    pub fn item_name(&self) -> Option<&str> {
        let (item, guid) = (self.agency_item_id.as_ref()?.value.as_str(), self.guid.as_ref()?.value.as_str());
        if item == guid {
            // An address without a path is the agency's.
            let path = item.split_once("://").and_then(|(_, rest)| rest.split_once('/'));
            return (is_web_address(item) && path.is_some_and(|(_, path)| !path.is_empty())).then_some(item);
        }
        let registry = item.strip_suffix(guid).and_then(|registry| registry.strip_suffix(':'));
        (registry.is_some_and(|registry| !registry.is_empty()) && !is_running_number(guid)).then_some(item)
    }
}

/// Whether a number begins anew every day: at most four digits, behind the letter of a wire at most (`a0452`).
fn is_running_number(number: &str) -> bool {
    let digits = number.strip_prefix(|c: char| c.is_ascii_alphabetic()).unwrap_or(number);
    digits.len() <= 4 && digits.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_named_by_an_address_or_a_number_with_its_registry() {
        for (guid, item, named) in [
            ("https://tarn.example/items/7", "https://tarn.example/items/7", true),
            ("AP-20190305-99", "AP:AP-20190305-99", true),
            ("ap-99", "AP:ap-99", true),
            // Others may have given these.
            ("https://tarn.example/", "https://tarn.example/", false),
            ("https://tarn.example", "https://tarn.example", false),
            ("AP-20190305-99", "AP-20190305-99", false),
            ("AP-20190305-99", ":AP-20190305-99", false),
            ("17", "AP:17", false),
            ("a0452", "AP:a0452", false),
        ] {
            let found = |value: &str| Some(Found { value: value.to_owned(), found: "nitf:doc-id".to_owned() });
            let known = Provenance { guid: found(guid), agency_item_id: found(item), ..Provenance::default() };
            assert_eq!(known.item_name(), named.then_some(item), "{guid} {item}");
        }
    }
}
