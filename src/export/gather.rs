//! Rows of one article that follow one another, joined: reports show an article once, with all its passages.

use std::sync::Arc;

use crate::model::Hit;

/// An article with all passages that were given of it in a row.
#[derive(Debug)]
pub(super) struct Gathered {
    /// The first hit, with the passages of all.
    pub hit: Hit,
    /// The list it belongs to, where there are several.
    pub name: Option<String>,
    /// The place of the last of them in the list.
    pub last: u64,
}

/// Holds one article back until another comes.
#[derive(Debug, Default)]
pub(super) struct Gather {
    held: Option<Gathered>,
}

impl Gather {
    /// Takes a hit; gives the article before it, if this is another one.
    pub fn take(&mut self, hit: &Hit, name: Option<&str>) -> Option<Gathered> {
        if let Some(held) = &mut self.held
            && held.name.as_deref() == name
            && held.hit.version == hit.version
            && (Arc::ptr_eq(&held.hit.article, &hit.article) || held.hit.article.id == hit.article.id)
        {
            held.hit.passages.extend(hit.passages.iter().cloned());
            held.last = hit.rank;
            return None;
        }
        let next = Gathered { hit: hit.clone(), name: name.map(str::to_owned), last: hit.rank };
        self.held.replace(next)
    }

    /// Gives the last article.
    pub fn end(&mut self) -> Option<Gathered> {
        self.held.take()
    }
}

impl Gathered {
    /// Its place in the list: `3`, or `3–5` where it takes several rows.
    pub fn number(&self) -> String {
        if self.last > self.hit.rank { format!("{}–{}", self.hit.rank, self.last) } else { self.hit.rank.to_string() }
    }
}
