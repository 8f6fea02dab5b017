//! The list that rows belong to: its query, and whether it is whole.

use super::super::seen::Seen;
use super::super::{Asked, Choice, Column, Manifest};
use super::{Finding, Quoted, Standing, Witness, readings};
use crate::Result;

/// The list that a row belongs to, as its manifest tells.
pub(super) struct Listed<'m> {
    pub typed: &'m str,
    pub read_as: &'m str,
    pub choice: &'m Choice,
    /// Whether it was written by this newsdex: another one may find other matches, which is no fault of the row.
    pub ours: bool,
}

impl<'m> Listed<'m> {
    pub fn of(manifest: &'m Manifest, quoted: &Quoted) -> Option<Self> {
        let named = quoted.cells.iter().find(|(column, _)| *column == Column::Name).map(|(_, name)| name);
        let (typed, read_as) = match (manifest.queries.as_slice(), named) {
            ([], _) => (&manifest.query, &manifest.read_as),
            ([one], _) => (&one.typed, &one.read_as),
            (several, Some(name)) => {
                let one = several.iter().find(|one| readings(name).any(|name| one.name.as_deref() == Some(&*name)))?;
                (&one.typed, &one.read_as)
            }
            (_, None) => return None,
        };
        let ours = manifest.newsdex == env!("CARGO_PKG_VERSION");
        Some(Self { typed, read_as, choice: &manifest.choice, ours })
    }
}

/// Which rows a list has: what is there twice stands in the place of another.
#[derive(Default)]
pub(super) struct Rows {
    articles: Seen,
    passages: Seen,
    words: Seen,
    /// Whether there are passages without offsets.
    unplaced: bool,
}

impl Rows {
    /// Whether the row is new. In tables with a row an article, the article is named once; else the passage.
    pub fn is_new(&mut self, quoted: &Quoted, manifest: Option<&Manifest>) -> bool {
        let list = quoted.cells.iter().find(|(column, _)| *column == Column::Name).map(|(_, name)| name.trim());
        let list = list.unwrap_or_default();
        let article_is_new = self.articles.is_new(&(list, &quoted.article_id));
        if is_an_article(manifest) {
            return article_is_new;
        }
        self.unplaced |= quoted.chars.is_none() && !quoted.passage.is_empty();
        // Without offsets the words of a passage tell it from others.
        let words = if quoted.chars.is_none() { quoted.passage.as_str() } else { "" };
        self.passages.is_new(&(list, &quoted.article_id, quoted.chars.map(|(start, _)| start)))
            | (!words.is_empty() && self.words.is_new(&(list, &quoted.article_id, words)))
    }

    /// What the queries of `manifest` find, and the list does not have; whether they could be asked at all.
    pub fn left_out(
        mut self,
        manifest: &Manifest,
        witness: &mut Witness<'_>,
        each: &mut dyn FnMut(Finding) -> Result<()>,
    ) -> Result<bool> {
        // Which rows a limit, or the choice among copies, would leave is not asked again.
        if manifest.choice.limit.is_some() || manifest.choice.collapse || manifest.newsdex != env!("CARGO_PKG_VERSION")
        {
            return Ok(false);
        }
        let by_article = is_an_article(Some(manifest)) || self.unplaced;
        let one = [Asked { read_as: manifest.read_as.clone(), ..Asked::default() }];
        let lists = if manifest.queries.is_empty() { &one[..] } else { &manifest.queries };
        let mut all = true;
        for list in lists {
            let name = list.name.as_deref().unwrap_or_default().trim();
            all &= (witness.hits)(manifest, &list.read_as, &mut |id, passage| {
                let char_start = passage.filter(|_| !by_article);
                let is_new = match by_article {
                    true => self.articles.is_new(&(name, &id.to_owned())),
                    false => self.passages.is_new(&(name, &id.to_owned(), char_start)),
                };
                if !is_new {
                    return Ok(());
                }
                each(Finding { row: 0, article_id: id.to_owned(), standing: Standing::LeftOut { char_start } })
            })?;
        }
        Ok(all)
    }
}

fn is_an_article(manifest: Option<&Manifest>) -> bool {
    manifest.is_some_and(|manifest| {
        manifest.choice.per == "article" && manifest.format != "json" && manifest.format != "jsonl"
    })
}
