//! What is known of the article that a line speaks of: its headline, and the outlet it is from.

use std::collections::HashSet;

use super::{Context, values};
use crate::clean::draft::Draft;
use crate::clean::metadata::folded;
use crate::model::{BlockKind, Field};

/// Longest block in bytes that may be the headline.
const MOST_BYTES: usize = 300;

/// What the rules need to know of a document, made once.
#[derive(Debug)]
pub(super) struct Known<'a> {
    pub(super) host: Option<&'a str>,
    /// Whether the document says at which address it is.
    pub(super) addressed: bool,
    pub(super) authors: &'a [&'a str],
    /// What may be the headline, folded.
    headlines: Vec<String>,
    /// The outlet's names, folded.
    outlets: Vec<String>,
    /// Folded words of the text but its last block, where no title is known.
    body: HashSet<String>,
}

impl<'a> Known<'a> {
    pub(super) fn of(draft: &Draft, context: &Context<'a>) -> Self {
        let claims = |fields: &[Field]| -> Vec<String> {
            let claims = draft.claims.iter().filter(|claim| fields.contains(&claim.field));
            claims.map(|claim| folded(&claim.value)).filter(|name| !name.is_empty()).collect()
        };
        // The first line is often the headline of a text without labels, and so is what stands as a heading.
        let first = draft.pieces.iter().find(|piece| piece.text.chars().any(char::is_alphanumeric));
        let headings = draft.pieces.iter().filter(|piece| piece.kind == BlockKind::Heading);
        let lines = first.into_iter().chain(headings).filter(|piece| piece.text.len() <= MOST_BYTES);
        let mut headlines = claims(&[Field::Title]);
        headlines.extend(lines.map(|piece| folded(&piece.text)).chain(context.title.map(folded)));
        headlines.retain(|line| !line.is_empty());
        Self {
            host: context.host,
            addressed: draft.claims.iter().any(|claim| claim.field == Field::Canonical),
            authors: context.authors,
            headlines,
            outlets: claims(&[Field::SiteName, Field::Source]),
            body: if context.title.is_none() { body(draft) } else { HashSet::new() },
        }
    }

    /// Whether a headline tells of what the text without a title of its own tells of: most of its words are there.
    pub(super) fn tells_of_text(&self, headline: &str) -> bool {
        /// Shorter words are everybody's.
        const TELLING: usize = 4;
        let folded = folded(headline);
        let words: Vec<&str> = folded.split(' ').filter(|word| word.chars().count() >= TELLING).collect();
        let there = words.iter().filter(|word| self.body.contains(**word)).count();
        words.len() >= 2 && there * 3 >= words.len() * 2
    }

    /// Whether `words` are the headline: as it is, cut short, or but for a word in ten.
    pub(super) fn is_headline(&self, words: &str) -> bool {
        let bare = words.trim_end_matches(['.', '…', ' ', ']', ')']).trim_end_matches("[&#8230;").trim_end();
        let said = folded(bare);
        let cut = bare.len() + 1 < words.trim_end().len() || words.trim_end().ends_with('…');
        let said_words: Vec<&str> = said.split(' ').collect();
        let count = said_words.len();
        !said.is_empty()
            && self.headlines.iter().any(|line| {
                line == &said
                    || cut && line.starts_with(&said)
                    // `Bridge closes - Orlen Watch` is the headline of `Bridge closes` with the outlet, and the reverse.
                    || count >= 3 && (begins(line, &said) || begins(&said, line) && line.split(' ').count() >= 3)
                    || count >= 5 && is_near(line, &said, &said_words)
            })
    }

    /// The folded names that the outlet goes by.
    pub(super) fn outlets(&self) -> &[String] {
        &self.outlets
    }

    /// Whether `person` may have written the article: where others signed it, only if named among them.
    pub(super) fn may_have_signed(&self, person: &str) -> bool {
        let person = folded(person);
        self.authors.is_empty() || self.authors.iter().any(|line| folded(line).contains(&person))
    }

    /// Whether `name` is that of the outlet the article is from.
    pub(super) fn is_outlet(&self, name: &str) -> bool {
        values::is_own(self.host, name) || self.outlets.contains(&folded(name))
    }
}

/// The words of the first blocks, of all but the last one.
fn body(draft: &Draft) -> HashSet<String> {
    /// Blocks looked at: a headline tells of what comes first.
    const BLOCKS: usize = 12;
    let kept: Vec<_> = draft.pieces.iter().filter(|piece| piece.kept()).take(BLOCKS + 1).collect();
    let body = kept.split_last().map_or(&[][..], |(_, body)| body);
    body.iter().flat_map(|piece| folded(&piece.text).split(' ').map(str::to_owned).collect::<Vec<_>>()).collect()
}

fn begins(line: &str, start: &str) -> bool {
    line.strip_prefix(start).is_some_and(|rest| rest.starts_with(' '))
}

/// Whether all words of each of two folded lines but one in ten are words of the other; `words` are those of `other`.
fn is_near(one: &str, other: &str, words: &[&str]) -> bool {
    let most = |one: &str, other: &[&str]| {
        let allowed = (one.split(' ').count() / 10).max(1);
        one.split(' ').filter(|word| !other.contains(word)).nth(allowed).is_none()
    };
    most(one, words) && most(other, &one.split(' ').collect::<Vec<_>>())
}
