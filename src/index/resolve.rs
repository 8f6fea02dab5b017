//! Words typed without accents.

use std::collections::BTreeSet;

use super::expand;
use super::find::guard;
use super::reader::Reader;
use crate::error::Result;
use crate::model::Lang;
use crate::query::plan::{Matcher, Plan};

impl Reader {
    /// `plan` with the stems of those words of the index that differ from what was typed in accents alone: who types `greve` may
    /// mean `grève`, and then `grèves` too.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn resolved(&self, mut plan: Plan) -> Result<Plan> {
        guard(self, || {
            for leaf in &mut plan.leaves {
                let Matcher::Inflected { exact, stems, bare: true } = &mut leaf.matcher else { continue };
                if self.stems().is_written(exact) {
                    self.add_written(exact, stems)?;
                }
            }
            Ok(plan)
        })
    }

    fn add_written(&self, word: &str, stems: &mut Vec<(Lang, String)>) -> Result<()> {
        let languages: BTreeSet<Lang> = stems.iter().map(|(lang, _)| lang.clone()).collect();
        let mut found = BTreeSet::new();
        for lang in languages {
            found.clear();
            self.stems().of_written(lang.as_str(), word, &mut found);
            // The lists know words of articles that are gone.
            if found.is_empty() || !expand::has_written(self, word, &lang)? {
                continue;
            }
            for stem in &found {
                if !stems.iter().any(|(of, known)| *of == lang && known == stem) {
                    stems.push((lang.clone(), stem.clone()));
                }
            }
        }
        Ok(())
    }
}
