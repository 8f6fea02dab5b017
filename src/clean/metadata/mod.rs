//! Claims → title, persons, dates, language, address, source and provenance.
//!
//! Everything here weighs what was *claimed*, with where it was found; nothing is inferred from a mention in
//! running text. Where claims contradict each other and none is better, the field stays empty.

pub(super) mod address;
mod agencies;
pub mod dates;
mod frequent_words;
mod function_words;
mod language;
mod outlet;
mod people;
mod provenance;
mod published;
mod titles;

pub use address::{canonical, host_of, without_tracking};
pub use language::detect;
pub use people::persons;
pub(super) use people::{
    byline, dated_byline, is_full_name, is_one_name, is_outlet, may_sign, names_an_agency, names_an_office, reads_on,
    signed,
};
pub(super) use published::labels_another_day;

use jiff::Timestamp;

use super::Options;
use super::draft::Draft;
use crate::model::{Claim, DateClaim, Document, Field, Flags, Found, Lang, MediaType, Note, Provenance};

/// Most tags kept of one document.
const MAX_TAGS: usize = 60;
/// Longest tag in bytes; what is longer is a sentence.
const MAX_TAG_BYTES: usize = 120;

/// All fields of an article but its text.
#[allow(missing_docs)]
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Resolved {
    pub title: String,
    pub authors: Vec<String>,
    pub published: Option<DateClaim>,
    pub updated: Option<DateClaim>,
    pub fetched: Option<DateClaim>,
    pub embargo: Option<Timestamp>,
    pub language: Option<Lang>,
    pub url: Option<String>,
    pub source: Option<Found<String>>,
    pub section: Option<String>,
    pub tags: Vec<String>,
    pub provenance: Provenance,
    pub flags: Flags,
    pub notes: Vec<Note>,
}

/// What the footer stage needs to know before all claims are in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FirstLook {
    /// The host the document was got from.
    pub host: Option<String>,
    /// The title as far as it can be told.
    pub title: Option<String>,
    /// The outlet as far as it can be told.
    pub source: Option<String>,
}

/// The claims of one document, by field.
pub(crate) struct Claims<'a>(&'a [Claim]);

impl<'a> Claims<'a> {
    pub(crate) fn all(&self, field: Field) -> impl Iterator<Item = &'a Claim> + use<'a> {
        self.0.iter().filter(move |claim| claim.field == field)
    }

    pub(crate) fn first(&self, field: Field) -> Option<&'a Claim> {
        self.all(field).next()
    }

    fn says(&self, field: Field) -> bool {
        self.first(field).is_some_and(|claim| !matches!(claim.value.as_str(), "false" | "0" | "no"))
    }
}

/// Whether `name` is that of a wire agency.
pub(super) fn is_agency(name: &str) -> bool {
    agencies::named(name).is_some()
}

/// The address a document was got from, or the one its envelope gave it.
pub fn address_of(document: &Document) -> Option<String> {
    let claims = Claims(&document.claims);
    let mut given = claims.all(Field::Url).chain(claims.all(Field::Canonical));
    given.find_map(|claim| address::readable(&claim.value)).map(|url| url.to_string())
}

/// What can be told before the footer stage.
pub fn first_look(draft: &Draft, address: Option<&str>) -> FirstLook {
    let claims = Claims(&draft.claims);
    let host = address.and_then(host_of);
    let title = titles::title(&claims, &outlet::names(&claims, host.as_deref()));
    let source = outlet::source(&claims, host.as_deref(), &title).map(|found| found.value);
    FirstLook { host, title: Some(title).filter(|title| !title.is_empty()), source }
}

/// Weighs all claims of a draft.
pub fn resolve(draft: &Draft, document: &Document, options: &Options) -> Resolved {
    let claims = Claims(&draft.claims);
    let mut notes = Vec::new();
    let url = address::of_article(&claims, &mut notes);
    let got_from = claims.all(Field::Url).find_map(|claim| host_of(&claim.value));
    let host = url.as_deref().and_then(host_of).or(got_from);
    let names = outlet::names(&claims, host.as_deref());
    let title = titles::title(&claims, &names);
    let source = outlet::source(&claims, host.as_deref(), &title);
    let language = language::of_article(&claims, draft, &title);
    // Whether day or month comes first is not concluded from a guess.
    let certain = language.as_ref().filter(|_| language::is_certain(&claims, draft));
    let dates = published::resolve(&claims, draft, url.as_deref(), certain, options.now, document, &mut notes);
    let context = published::context(&claims, url.as_deref(), certain, options.now);
    let mut provenance = provenance::resolve(&claims, &names, &context);
    let authors = people::authors(&claims, &names, &mut provenance);
    if provenance.acquired_via.is_none() {
        let via = acquired(document.media);
        provenance.acquired_via = Some(Found { value: via.to_owned(), found: "media".to_owned() });
    }
    Resolved {
        title,
        authors,
        published: dates.published,
        updated: dates.updated,
        fetched: dates.fetched,
        embargo: dates.embargo,
        language,
        url,
        source,
        section: section(&claims),
        tags: tags(&claims),
        provenance,
        flags: flags(&claims),
        notes,
    }
}

fn acquired(media: MediaType) -> &'static str {
    match media {
        MediaType::Page => "page",
        MediaType::FeedEntry => "rss",
        MediaType::Record => "export",
        MediaType::Text => "file",
        MediaType::WireItem => "wire",
        MediaType::Mail => "mail",
    }
}

fn flags(claims: &Claims) -> Flags {
    Flags {
        truncated: claims.says(Field::Truncated),
        paywalled: claims.says(Field::Paywalled),
        sponsored: claims.says(Field::Sponsored),
        affiliate: claims.says(Field::Affiliate),
        opinion: claims.says(Field::Opinion),
        developing: claims.says(Field::Developing),
        corrected: claims.first(Field::CorrectionNote).is_some(),
        withdrawn: claims.says(Field::Withdrawn),
    }
}

/// The first section that is a name and no address. `News > World > Europe` keeps its last part.
fn section(claims: &Claims) -> Option<String> {
    claims.all(Field::Section).find_map(|claim| {
        let mut parts = claim.value.split(['>', '|', '»']).map(str::trim).filter(|part| !part.is_empty());
        let name = parts.next_back()?;
        (name.len() <= MAX_TAG_BYTES && !name.contains("://")).then(|| name.to_owned())
    })
}

/// Keywords, each once. A list in one claim is split at `;` or `,`; a single claim's commas are only split where it
/// comes from a place that holds lists.
fn tags(claims: &Claims) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    let mut out = Vec::new();
    for claim in claims.all(Field::Tag) {
        let listed = claim.value.contains([',', ';']) && !claim.found.starts_with("rss:");
        let parts: Vec<&str> = if listed { claim.value.split([',', ';', '\n']).collect() } else { vec![&claim.value] };
        for part in parts {
            let tag = part.trim().trim_start_matches('#').trim();
            let good = !tag.is_empty() && tag.len() <= MAX_TAG_BYTES && !tag.contains("://");
            if good && seen.insert(folded(tag)) && out.len() < MAX_TAGS {
                out.push(tag.to_owned());
            }
        }
    }
    out
}

/// Lowercase words without punctuation, one space between: for telling whether two titles or names say the same.
pub fn folded(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    if text.is_ascii() {
        for c in text.bytes() {
            if c.is_ascii_alphanumeric() {
                if gap && !out.is_empty() {
                    out.push(' ');
                }
                gap = false;
                out.push(char::from(c.to_ascii_lowercase()));
            } else if c != b'\'' {
                gap = true;
            }
        }
        return out;
    }
    for c in text.nfkd().filter(|&c| !accent(c)).flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            out.push(c);
        } else if !matches!(c, '\'' | '’' | '\u{ad}') {
            gap = true;
        }
    }
    out
}

/// Accents of Latin, Greek and Cyrillic and the vowel points of Arabic and Hebrew, as NFKD parts them from their letters.
/// The vowel signs of Indic scripts are letters: without them `June` is `January`.
pub(crate) fn accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{652}' | '\u{670}')
}
