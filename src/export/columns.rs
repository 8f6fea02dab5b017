//! The columns of a hit list: their names and order are fixed, which of them a person wants is not.

use crate::{Error, ErrorKind, Result};

/// Makes [`Column`] from one table, so that a name cannot stand at one place and be missing at another.
macro_rules! columns {
    ($($variant:ident $name:literal $doc:literal),+ $(,)?) => {
        /// A column.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Column { $(#[doc = $doc] $variant),+ }

        impl Column {
            /// All of them: those of the contract first, in its order, then those to be asked for.
            pub const ALL: &'static [Column] = &[$(Column::$variant),+];

            /// Its name in the first row of a table.
            pub fn name(self) -> &'static str {
                match self { $(Column::$variant => $name),+ }
            }

            /// What it holds, for help.
            pub fn help(self) -> &'static str {
                match self { $(Column::$variant => $doc.trim_ascii()),+ }
            }
        }
    };
}

columns! {
    Hit "hit" "Place in the list, from 1.",
    ArticleId "article_id" "Names the article for ever.",
    Score "score" "How well the article answers.",
    Published "published" "First publication, ISO 8601, as exact as is known.",
    PublishedPrecision "published_precision" "`year`, `month`, `day`, `minute` or `second`.",
    Source "source" "The outlet.",
    Title "title" "The headline.",
    Authors "authors" "Persons, parted by `; `.",
    Left "left" "The words before the first match.",
    Match "match" "The first match as it stands in the text (else in the title), of a distance from its first word to its last.",
    Right "right" "The words after the first match.",
    Passage "passage" "The passage, as it stands in the text.",
    CharStart "char_start" "First character of the passage in the stored text, counted from 0.",
    CharEnd "char_end" "One past its last character.",
    MatchesInArticle "matches_in_article" "Matches in title and text together.",
    Url "url" "Canonical address.",
    OriginalUrl "original_url" "Where the text was first published, if elsewhere.",
    OriginalPublisher "original_publisher" "Who first published it, if another.",
    Agency "agency" "Wire agencies whose text it is, parted by `; `.",
    Republisher "republisher" "Who republished it.",
    Licence "licence" "SPDX-like.",
    Language "language" "ISO 639.",
    Words "words" "Length of the article in words.",
    Story "story" "The story this article is a copy in, if it has copies in the list: the id of its first article.",
    Copies "copies" "Further copies of the story that the query found; empty where they were not counted.",
    Fetched "fetched" "When the document was got.",
    Sha256 "sha256" "SHA-256 of the title, a blank line and the text: the article version cited.",
    Query "query" "The query as typed.",
    Name "name" "The list the hit belongs to, where several share a file.",
    Version "version" "Version of the article in the corpus, from 1.",
    Updated "updated" "Last change, ISO 8601.",
    Section "section" "Section of the outlet.",
    Tags "tags" "Keywords, parted by `; `.",
    Guid "guid" "The id the document came with.",
    ByteStart "byte_start" "First byte of the passage in the stored text, counted from 0.",
    ByteEnd "byte_end" "One past its last byte.",
    PublishedDoubt "published_doubt" "What speaks against the date of publication.",
    Flags "flags" "What the article is beside news, parted by `; `: `truncated` (only an excerpt), `paywalled`, `sponsored`, `affiliate`, `opinion`, `developing`, `corrected`.",
    AgencyContributing "agency_contributing" "Wire agencies that contributed, parted by `; `.",
    MatchIn "match_in" "`text` or `title`: where `match` stands.",
    Explanation "explanation" "Why it scored, if that was asked for.",
}

/// How many columns the contract fixes; they lead [`Column::ALL`].
const FIXED: usize = 28;

/// A choice of columns, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    chosen: Vec<Column>,
    /// Whether somebody chose them: JSON then keeps to the choice.
    given: bool,
}

impl Default for Columns {
    /// The columns of the contract, in its order.
    fn default() -> Self {
        Self { chosen: Column::ALL[..FIXED].to_vec(), given: false }
    }
}

impl Columns {
    /// Reads `title,source,passage`. A leading `+` adds to the usual columns (`+guid,version`), `-` takes away.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] for an unknown name, one named twice, or an empty list; the hint lists all names.
    pub fn parse(list: &str) -> Result<Self> {
        let relative = list.trim_start().starts_with(['+', '-']);
        let mut chosen = if relative { Self::default().chosen } else { Vec::new() };
        let mut adds = true;
        for word in list.split(',').map(str::trim).filter(|w| !w.is_empty()) {
            let name = match word.split_at_checked(1) {
                Some((sign @ ("+" | "-"), rest)) if relative => {
                    adds = sign == "+";
                    rest
                }
                _ => word,
            };
            let column = Self::named(name)?;
            if !adds {
                chosen.retain(|&c| c != column);
            } else if !chosen.contains(&column) {
                chosen.push(column);
            } else if !relative {
                return Err(Error::new(ErrorKind::Usage, format!("the column `{name}` is named twice")));
            }
        }
        if chosen.is_empty() {
            return Err(unknown("the list of columns is empty"));
        }
        Ok(Self { chosen, given: true })
    }

    /// In order.
    pub fn iter(&self) -> impl Iterator<Item = Column> + '_ {
        self.chosen.iter().copied()
    }

    /// Whether it is in the choice.
    pub fn has(&self, column: Column) -> bool {
        self.chosen.contains(&column)
    }

    /// Whether any tells of copies.
    pub fn has_stories(&self) -> bool {
        self.has(Column::Story) || self.has(Column::Copies)
    }

    /// Whether somebody chose them.
    pub(super) fn given(&self) -> bool {
        self.given
    }

    /// With `name` first, where several lists share a file.
    pub(super) fn with_name(mut self, names: bool) -> Self {
        if names && !self.has(Column::Name) {
            self.chosen.insert(0, Column::Name);
        }
        self
    }

    /// Those of `names` that there are, as somebody's choice.
    pub(super) fn of_names(names: &[String]) -> Self {
        Self { chosen: names.iter().filter_map(|name| Self::named(name).ok()).collect(), given: true }
    }

    fn named(name: &str) -> Result<Column> {
        let wanted = name.to_ascii_lowercase().replace('-', "_");
        let found = Column::ALL.iter().copied().find(|c| c.name() == wanted);
        found.ok_or_else(|| unknown(format!("there is no column `{name}`")))
    }
}

fn unknown(message: impl Into<String>) -> Error {
    let all: Vec<_> = Column::ALL.iter().map(|c| c.name()).collect();
    Error::new(ErrorKind::Usage, message).hint(format!("the columns are {}", all.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_contract_fixes_names_and_order() {
        let names: Vec<_> = Columns::default().iter().map(Column::name).collect();
        assert_eq!(
            names.join(", "),
            "hit, article_id, score, published, published_precision, source, title, authors, left, match, right, \
             passage, char_start, char_end, matches_in_article, url, original_url, original_publisher, agency, \
             republisher, licence, language, words, story, copies, fetched, sha256, query"
        );
    }

    #[test]
    fn choosing() {
        fn check(list: &str, expected: Result<&str, &str>) {
            let got = Columns::parse(list).map(|c| c.iter().map(Column::name).collect::<Vec<_>>().join(" "));
            match expected {
                Ok(names) => assert_eq!(got.expect(list), names, "{list}"),
                Err(part) => assert!(got.expect_err(list).to_string().contains(part), "{list}"),
            }
        }
        check("title, source", Ok("title source"));
        check("char-start,Title", Ok("char_start title"));
        check("title,title", Err("twice"));
        check("titel", Err("`titel`"));
        check(" , ", Err("empty"));
        let more = Columns::parse("+guid,version").expect("good");
        assert_eq!(more.iter().count(), FIXED + 2);
        let fewer = Columns::parse("-sha256, story").expect("good");
        assert_eq!(fewer.iter().count(), FIXED - 2);
        assert!(!fewer.has(Column::Story));
    }
}
