//! A dry run: the same reading and cleaning, outcomes foreseen from a corpus that is only read.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use super::report::{Event, Report};
use super::store::tell;
use crate::corpus::{Corpus, Outcome, Packed};
use crate::error::{ErrorKind, Result};

/// What a run would do.
pub(super) struct Dry {
    /// `None` when there is no corpus yet.
    corpus: Option<Corpus>,
    /// What this run has brought: hash of title and text by hash of the id. Sixteen bytes an article.
    brought: HashMap<u64, u64>,
    list: usize,
}

impl Dry {
    pub(super) fn open(home: &Path, list: usize) -> Result<Self> {
        let corpus = match Corpus::open(home) {
            Ok(corpus) => Some(corpus),
            Err(error) if error.kind() == ErrorKind::NoCorpus => None,
            Err(error) => return Err(error),
        };
        Ok(Self { corpus, brought: HashMap::new(), list })
    }

    pub(super) fn corpus(&self) -> Option<&Corpus> {
        self.corpus.as_ref()
    }

    /// Counts and reports what storing `documents` would do.
    pub(super) fn foresee(
        &mut self,
        documents: &[Packed],
        report: &mut Report,
        on_event: &mut dyn FnMut(Event<'_>),
    ) -> Result<()> {
        for packed in documents {
            let outcome = self.outcome(packed)?;
            // A cancellation of an article that is not here is refused only where it is stored.
            if outcome == Outcome::Rejected
                && packed.rejection().is_none()
                && let Some(rejection) = packed.unanswered()
            {
                report.seen += 1;
                report.reject(&rejection, self.list);
                on_event(Event::Rejected(&rejection));
                continue;
            }
            tell(packed, outcome, self.list, report, on_event);
        }
        Ok(())
    }

    fn outcome(&mut self, packed: &Packed) -> Result<Outcome> {
        let Some(article) = packed.article() else { return Ok(Outcome::Rejected) };
        let hash = hash_of(&(&article.title, &article.text));
        let before = self.brought.insert(hash_of(article.id.as_str()), hash);
        match before {
            Some(before) if before == hash => {
                // What was here before the run is unchanged each time it comes.
                let known = self.corpus.as_ref().map(|corpus| corpus.foresee(packed)).transpose()?;
                let known = known.filter(|outcome| matches!(outcome, Outcome::Unchanged { .. }));
                return Ok(known.unwrap_or(Outcome::Duplicate { of: 0 }));
            }
            Some(_) => return Ok(Outcome::Updated { key: 0, version: 0 }),
            None => {}
        }
        match &self.corpus {
            Some(corpus) => corpus.foresee(packed),
            None if packed.unanswered().is_some() => Ok(Outcome::Rejected),
            None => Ok(Outcome::Added { key: 0 }),
        }
    }
}

fn hash_of(value: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
