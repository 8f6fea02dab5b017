//! Names of fields in JSON records and table columns, and what they mean.
//!
//! Names are compared without case and punctuation: `publishedAt`, `published_at` and `Published At` are one.

use crate::model::{Claim, Field};

/// What a field of a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A claim.
    Claim(Field),
    /// The body as HTML.
    Html,
    /// The body, as text or HTML.
    Body,
    /// A shorter form of the body, used when there is none.
    Summary,
    /// When the record was got.
    Fetched,
    /// A nested object whose fields count as the record's own.
    Nested,
}

/// Names we do not know by ourselves, as given by `--map title=headline,text=story`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping(Vec<(String, Role)>);

impl Mapping {
    /// Reads `ours=theirs,…`. The error says what `ours` may be.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut out = Vec::new();
        for pair in text.split(',').filter(|p| !p.trim().is_empty()) {
            let (ours, theirs) =
                pair.split_once('=').ok_or_else(|| format!("`{}` is not of the form `title=headline`", pair.trim()))?;
            let role = NAMED.iter().find(|(name, _)| *name == ours.trim()).map(|(_, role)| *role).ok_or_else(|| {
                let names: Vec<&str> = NAMED.iter().map(|(name, _)| *name).collect();
                format!("`{}` is not a field to map to; there are {}", ours.trim(), names.join(", "))
            })?;
            out.push((plain(theirs), role));
        }
        Ok(Self(out))
    }

    /// What a field called `name` is: as mapped, else as known.
    pub fn role(&self, name: &str) -> Option<Role> {
        let name = plain(name);
        if let Some((_, role)) = self.0.iter().find(|(theirs, _)| *theirs == name) {
            return Some(*role);
        }
        known(&name).map(|(role, _)| role)
    }

    /// The same and how much the name is to be trusted, 0 being most, among names of one role.
    pub fn ranked(&self, name: &str) -> Option<(Role, usize)> {
        let name = plain(name);
        if let Some(at) = self.0.iter().position(|(theirs, _)| *theirs == name) {
            return Some((self.0[at].1, 0));
        }
        known(&name).map(|(role, rank)| (role, rank + 1))
    }
}

/// What `--map` can map to.
const NAMED: &[(&str, Role)] = &[
    ("title", Role::Claim(Field::Title)),
    ("subtitle", Role::Claim(Field::Subtitle)),
    ("text", Role::Body),
    ("html", Role::Html),
    ("summary", Role::Summary),
    ("url", Role::Claim(Field::Url)),
    ("author", Role::Claim(Field::Author)),
    ("date", Role::Claim(Field::Published)),
    ("published", Role::Claim(Field::Published)),
    ("updated", Role::Claim(Field::Updated)),
    ("fetched", Role::Fetched),
    ("source", Role::Claim(Field::Source)),
    ("section", Role::Claim(Field::Section)),
    ("tags", Role::Claim(Field::Tag)),
    ("language", Role::Claim(Field::Language)),
    ("id", Role::Claim(Field::Guid)),
    ("licence", Role::Claim(Field::Licence)),
    ("rights", Role::Claim(Field::RightsNotice)),
    ("agency", Role::Claim(Field::Agency)),
];

/// Known names by role, most telling first.
const KNOWN: &[(Role, &[&str])] = &[
    (
        Role::Html,
        &["html", "rawhtml", "htmlcontent", "contenthtml", "bodyhtml", "pagehtml", "articlehtml", "bodyxhtml"],
    ),
    (
        Role::Body,
        &[
            "articlebody",
            "maintext",
            "fulltext",
            "text",
            "body",
            "content",
            "bodytext",
            "contenttext",
            "plaintext",
            "cleantext",
            "cleanedtext",
            "rawtext",
            "articletext",
            "articlecontent",
            "newstext",
            "storytext",
            "fullcontent",
            "story",
            "article",
            "message",
            "transcript",
            "bodyraw",
            "paragraphs",
            "inhalt",
            "texte",
            "contenido",
            "texto",
            "cuerpo",
            "documenttext",
        ],
    ),
    (
        Role::Summary,
        &[
            "description",
            "summary",
            "abstract",
            "lead",
            "leadparagraph",
            "standfirst",
            "excerpt",
            "teaser",
            "snippet",
            "trailtext",
            "shortdescription",
            "metadescription",
            "highlights",
            "contentsnippet",
        ],
    ),
    (
        Role::Claim(Field::Title),
        &[
            "headline",
            "title",
            "articletitle",
            "webtitle",
            "titre",
            "titel",
            "titulo",
            "mainheadline",
            "titlefull",
            "newstitle",
            "storytitle",
            "heading",
            "name",
            "printheadline",
            "contextualtitle",
            "subject",
        ],
    ),
    (
        Role::Claim(Field::Subtitle),
        &["subtitle", "subheadline", "subheading", "alternativeheadline", "kicker", "deck", "dek"],
    ),
    (
        Role::Claim(Field::Url),
        &[
            "url",
            "link",
            "articleurl",
            "weburl",
            "sourceurl",
            "newsurl",
            "storyurl",
            "pageurl",
            "externalurl",
            "uri",
            "permalink",
            "documentidentifier",
            "mentionidentifier",
            "href",
            "originalurl",
            "normalizedurl",
            "loc",
        ],
    ),
    (Role::Claim(Field::Canonical), &["canonicalurl", "canonicallink", "canonical", "mainentityofpage"]),
    (
        Role::Claim(Field::Author),
        &[
            "authors",
            "author",
            "byline",
            "bylines",
            "creator",
            "writer",
            "journalist",
            "reporter",
            "authorname",
            "autor",
            "auteur",
            "writtenby",
        ],
    ),
    (
        Role::Claim(Field::Published),
        &[
            "datepublished",
            "publishedat",
            "datepublish",
            "published",
            "publicationdate",
            "publishdate",
            "publisheddate",
            "pubdate",
            "webpublicationdate",
            "firstpublishedat",
            "firstpublicationdate",
            "publishedtime",
            "publishtime",
            "date",
            "datetime",
            "articledate",
            "displaydate",
            "releasedate",
            "originaldate",
            "contentcreated",
            "postedat",
            "timepublished",
            "publishedon",
            "datum",
            "fecha",
            "timestamp",
            "time",
            "createdat",
            "created",
            "datecreated",
            "year",
        ],
    ),
    (
        Role::Claim(Field::Updated),
        &[
            "datemodified",
            "modified",
            "updated",
            "updatedat",
            "lastmodified",
            "datemodify",
            "modifieddate",
            "updateddate",
            "lastupdated",
            "webmodifieddate",
            "dateupdated",
            "modifiedtime",
            "lastmod",
        ],
    ),
    (
        Role::Fetched,
        &[
            "datedownload",
            "scrapedat",
            "crawled",
            "crawledat",
            "fetched",
            "fetchedat",
            "downloaddate",
            "retrieved",
            "retrievedat",
            "dateretrieved",
            "indexeddate",
            "collectdate",
            "insertedat",
            "crawldate",
            "dateaccessed",
            "accessdate",
            "harvested",
        ],
    ),
    (
        Role::Claim(Field::Source),
        &[
            "source",
            "publisher",
            "publication",
            "sourcename",
            "medianame",
            "outlet",
            "newspaper",
            "outletname",
            "newsoutlet",
            "publishername",
            "provider",
            "media",
            "newssource",
            "paper",
            "publicationtitle",
            "sitetitle",
        ],
    ),
    (
        Role::Claim(Field::SiteName),
        &[
            "sitename",
            "site",
            "sitefull",
            "sourcedomain",
            "domain",
            "hostname",
            "host",
            "website",
            "mentionsourcename",
            "sourcecommonname",
            "mediaurl",
            "canonicaldomain",
        ],
    ),
    (
        Role::Claim(Field::Guid),
        &[
            "id",
            "guid",
            "uuid",
            "docid",
            "docno",
            "articleid",
            "storyid",
            "documentid",
            "newsid",
            "uniqueid",
            "globaleventid",
            "gkgrecordid",
            "itemid",
            "fingerprint",
        ],
    ),
    (
        Role::Claim(Field::Language),
        &["inlanguage", "language", "lang", "languagecode", "metalang", "articlelanguage", "sprache"],
    ),
    (
        Role::Claim(Field::Section),
        &[
            "articlesection",
            "section",
            "category",
            "sectionname",
            "sectiontitle",
            "desk",
            "newsdesk",
            "ressort",
            "rubric",
            "topic",
            "subsection",
            "sectionid",
        ],
    ),
    (
        Role::Claim(Field::Tag),
        &["keywords", "tags", "categories", "metakeywords", "subjects", "topics", "labels", "tag", "themes"],
    ),
    (Role::Claim(Field::Licence), &["license", "licence", "licensename"]),
    (Role::Claim(Field::RightsNotice), &["copyright", "rights", "copyrightnotice", "usageterms", "copyrightholder"]),
    (Role::Claim(Field::OriginalUrl), &["isbasedon", "originalurlsource"]),
    (Role::Claim(Field::OriginalPublisher), &["originalpublisher", "originalsource", "originallypublishedby"]),
    (Role::Claim(Field::Republisher), &["republisher"]),
    (Role::Claim(Field::Agency), &["agency", "newsagency", "creditline", "wire"]),
    (Role::Claim(Field::Contributor), &["contributor", "contributors"]),
    (Role::Claim(Field::Editor), &["editor", "editors"]),
    (Role::Claim(Field::Translator), &["translator", "translators"]),
    (Role::Claim(Field::PhotoCredit), &["imagecredit", "photocredit", "imagecaptioncredit"]),
    (Role::Claim(Field::Urgency), &["urgency"]),
    (Role::Claim(Field::Kind), &["documenttype", "ogtype", "pagetype", "typeofmaterial", "articletype"]),
    (Role::Nested, &["thread", "fields", "source2", "metadata", "meta", "attributes"]),
];

fn known(plain: &str) -> Option<(Role, usize)> {
    KNOWN.iter().find_map(|(role, names)| names.iter().position(|n| *n == plain).map(|rank| (*role, rank)))
}

/// Lowercase letters and digits only.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Sorts claims so that within a field the most telling names come first; `ranks` go with `claims`.
pub(super) fn sorted(mut ranked: Vec<(usize, Claim)>) -> Vec<Claim> {
    ranked.sort_by_key(|(rank, claim)| (claim.field, *rank));
    ranked.into_iter().map(|(_, claim)| claim).collect()
}

/// A number that counts seconds, milliseconds or microseconds since 1970, as an ISO 8601 instant; other numbers
/// (`20180627`, `2018`) as they are.
pub(super) fn date_number(number: f64, written: &str) -> String {
    let seconds = match number {
        // The epoch: what a system writes that has no date. It is kept as claimed, and doubted.
        0.0 => 0.0,
        n if (1e8..1e10).contains(&n) => n,
        n if (1e11..1e13).contains(&n) => n / 1e3,
        n if (1e14..1e16).contains(&n) && !written.starts_with("19") && !written.starts_with("20") => n / 1e6,
        _ => return written.to_owned(),
    };
    jiff::Timestamp::from_millisecond((seconds * 1e3) as i64).map_or_else(|_| written.to_owned(), |t| t.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_are_days() {
        for (number, want) in [
            ("0", "1970-01-01T00:00:00Z"),
            ("1751033100", "2025-06-27T14:05:00Z"),
            ("1751033100000", "2025-06-27T14:05:00Z"),
            ("20250627", "20250627"),
            ("2025", "2025"),
        ] {
            assert_eq!(date_number(number.parse().unwrap(), number), want);
        }
    }

    #[test]
    fn names_are_known_in_every_spelling() {
        let map = Mapping::parse("title=Kopfzeile, text=Story Body").unwrap();
        for (name, role) in [
            ("published_at", Some(Role::Claim(Field::Published))),
            ("publishedAt", Some(Role::Claim(Field::Published))),
            ("Published At", Some(Role::Claim(Field::Published))),
            ("kopfzeile", Some(Role::Claim(Field::Title))),
            ("story_body", Some(Role::Body)),
            ("maintext", Some(Role::Body)),
            ("tone", None),
        ] {
            assert_eq!(map.role(name), role, "{name}");
        }
        assert!(Mapping::parse("headline=x").is_err_and(|e| e.contains("title")));
        assert!(Mapping::parse("headline").is_err());
    }

    #[test]
    fn numbers_that_are_instants_become_instants() {
        for (number, expected) in [
            ("1530100000", "2018-06-27T11:46:40Z"),
            ("1530100000000", "2018-06-27T11:46:40Z"),
            ("20180627", "20180627"),
            ("2018", "2018"),
            ("20180627114640", "20180627114640"),
        ] {
            assert_eq!(date_number(number.parse().unwrap(), number), expected);
        }
    }
}
