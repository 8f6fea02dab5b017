//! Words typed without accents.

use std::collections::BTreeSet;

use super::expand;
use super::find::guard;
use super::reader::Reader;
use super::schema::STEM;
use super::stems::WRITTEN;
use crate::error::Result;
use crate::model::Lang;
use crate::query::plan::{Matcher, Plan};

impl Reader {
    /// `plan` with what only the index knows of words that differ in accents alone. Who types `greve` may mean `grève`, and then
    /// `grèves` too: the stems of such words are added. Who types `état` means `Etats` too: the words with that stem, as they stand
    /// without their accents.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn resolved(&self, mut plan: Plan) -> Result<Plan> {
        guard(self, || {
            for leaf in &mut plan.leaves {
                match &mut leaf.matcher {
                    Matcher::Inflected { exact, stems, bare: true, .. } if self.stems().is_written(exact) => {
                        self.add_written(exact, stems)?;
                    }
                    Matcher::Inflected { stems, bare: false, also, .. } => self.add_bare(stems, also)?,
                    _ => {}
                }
            }
            Ok(plan)
        })
    }

    fn add_bare(&self, stems: &[(Lang, String)], also: &mut Vec<(Lang, String)>) -> Result<()> {
        let (mut keys, mut words, mut known) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for (lang, stem) in stems {
            keys.clear();
            words.clear();
            self.stems().words(lang.as_str(), stem, &mut keys);
            for key in keys.iter().filter(|key| key.starts_with(STEM)) {
                self.stems().words(WRITTEN, key, &mut words);
            }
            for word in &words {
                // The list of the key's words is that of all languages.
                known.clear();
                self.stems().of_written(lang.as_str(), word, &mut known);
                if known.contains(stem) && expand::has_written(self, word, lang)? {
                    also.push((lang.clone(), word.clone()));
                }
            }
        }
        Ok(())
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
