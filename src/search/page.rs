//! One page of hits.

use super::stream::{Entry, Run};
use super::{Morgue, Per, Request, relax, story};
use crate::error::Result;
use crate::index::Found;
use crate::model::Page;
use crate::query;

/// Rows behind the page among which copies of its stories are looked for.
const LOOK_AHEAD: usize = 200;

/// Most articles whose text is read to count the answers of a query with literal text.
const MOST_READ: usize = 50_000;

impl Morgue {
    /// The hits of `request` from its offset on.
    ///
    /// # Errors
    /// The index or the corpus is damaged.
    pub fn search(&self, request: &Request) -> Result<Page> {
        let mut run = Run::new(self, request)?;
        let wanted = to_usize(request.offset.saturating_add(request.limit));
        let mut page = Page {
            hits: Vec::new(),
            total_articles: 0,
            revision: self.revision(),
            read_as: query::print(&request.query),
            notes: Vec::new(),
            collapsed: 0,
        };
        let found = if run.plan.needs_text {
            run.verified(&mut page)?
        } else {
            run.find(if request.collapse { wanted.saturating_add(LOOK_AHEAD) } else { wanted }, None)?
        };
        page.total_articles = found.total;
        notes(&found, &mut page.notes);
        page.notes.extend(query::advice(&request.query));
        page.notes.extend(self.perhaps(&run)?);
        if request.limit > 0 {
            self.fill(&mut run, found, wanted, &mut page)?;
        }
        for (index, hit) in page.hits.iter_mut().enumerate() {
            hit.rank = request.offset + index as u64 + 1;
        }
        if page.total_articles == 0 {
            page.notes.extend(relax::advice(self, request)?);
        }
        Ok(page)
    }

    /// What the answers of `request` leave out and why, as [`Page::notes`] says it: for lists, which have no page.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn left_out(&self, request: &Request) -> Result<Vec<String>> {
        let mut said = Vec::new();
        let run = Run::new(self, request)?;
        notes(&run.find(1, None)?, &mut said);
        said.extend(self.perhaps(&run)?);
        said.extend(query::advice(&request.query));
        Ok(said)
    }

    /// Says how many articles may be of the days asked for and are not found, or are found behind a `NOT`, as that is not
    /// known.
    fn perhaps(&self, run: &Run) -> Result<Vec<String>> {
        let [not_found, found, undated] = self.reader.count_perhaps(&run.plan, run.request.now)?;
        // The index cannot tell whether literal text is in them.
        let most = if run.plan.needs_text { "up to " } else { "" };
        let said = |count: u64, what: &str| {
            let articles = if count == 1 { "article" } else { "articles" };
            (count > 0).then(|| format!("{most}{count} {articles} {what}"))
        };
        let in_part = "known only by year or month, a part of which was";
        let left_out = said(not_found, &format!("left out: {in_part} asked for"));
        let kept = said(found, &format!("found all the same: {in_part} excluded"));
        let undated = said(undated, "found all the same: without the date by which others were excluded");
        Ok([left_out, kept, undated].into_iter().flatten().collect())
    }

    fn fill(&self, run: &mut Run, mut found: Found, wanted: usize, page: &mut Page) -> Result<()> {
        let request = run.request;
        let offset = to_usize(request.offset);
        // Where each article gives one hit, those before the page need not be read.
        let one_each = request.per == Per::Article || request.passages <= 1;
        if request.collapse {
            let mut entries = story::fold(self, &std::mem::take(&mut found.rows))?;
            let mut asked = wanted.saturating_add(LOOK_AHEAD);
            while entries.len() < wanted && (asked as u64) < found.total && !run.plan.needs_text {
                asked = asked.saturating_mul(4);
                entries = story::fold(self, &run.find(asked, None)?.rows)?;
            }
            let from = if one_each { offset.min(entries.len()) } else { 0 };
            let skip = offset - if one_each { offset } else { 0 };
            let shown = if one_each { wanted.min(entries.len()) } else { entries.len() };
            page.collapsed = entries[..shown].iter().filter_map(|entry| entry.copies).sum();
            return self.take(run, &entries[from..], skip, page);
        }
        let entries: Vec<Entry> = found.rows.into_iter().map(Entry::from).collect();
        let from = if one_each { offset.min(entries.len()) } else { 0 };
        let skip = if one_each { 0 } else { offset };
        self.take(run, &entries[from..], skip, page)
    }

    /// Fills the page with the hits of `entries` but for the first `skip`.
    fn take(&self, run: &mut Run, entries: &[Entry], mut skip: usize, page: &mut Page) -> Result<()> {
        let limit = to_usize(run.request.limit);
        let mut rest = entries;
        while !rest.is_empty() && page.hits.len() < limit {
            let (batch, left) = rest.split_at(rest.len().min((limit - page.hits.len()).clamp(1, 64)));
            rest = left;
            for hit in run.hits(batch)? {
                if skip > 0 {
                    skip -= 1;
                } else if page.hits.len() < limit {
                    page.hits.push(hit);
                }
            }
        }
        Ok(())
    }
}

impl Run<'_> {
    /// The rows whose text answers, of a plan that the index can only narrow down.
    fn verified(&mut self, page: &mut Page) -> Result<Found> {
        let mut found = self.find(MOST_READ, None)?;
        if found.total > found.rows.len() as u64 {
            page.notes.push(format!(
                "{} articles have the words of the literal text; the first {} of them were read",
                found.total,
                found.rows.len()
            ));
        }
        let mut kept = Vec::new();
        for row in std::mem::take(&mut found.rows) {
            if self.holds(row.key)? {
                kept.push(row);
            }
        }
        found.total = kept.len() as u64;
        found.rows = kept;
        Ok(found)
    }
}

fn notes(found: &Found, notes: &mut Vec<String>) {
    notes.extend(found.notes.iter().cloned());
    let articles = |count: u64| if count == 1 { "1 article".to_owned() } else { format!("{count} articles") };
    if found.withdrawn > 0 {
        notes.push(format!("{} left out: withdrawn by the publisher", articles(found.withdrawn)));
    }
    if found.embargoed > 0 {
        notes.push(format!("{} left out: under embargo", articles(found.embargoed)));
    }
}

fn to_usize(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
