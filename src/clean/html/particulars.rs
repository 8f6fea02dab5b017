//! Lines between headline and text that tell who wrote it and when, and nothing else.
//!
//! They are read into the article's fields; in an unnamed `p` the model takes them for its first paragraph.

use std::collections::HashMap;

use super::judge::{Case, Verdict};
use super::meta;
use super::posts;
use crate::clean::metadata::dates;
use crate::model::{BlockKind, Claim, Field, Precision};

/// The first kept paragraph of so many bytes begins the text.
const TEXT: usize = 100;
/// Longest line that is looked at, in bytes.
const MAX_LINE: usize = 140;
/// Words beside dates, times and their labels.
const BESIDE: &str = "at on the by um uhr am den der vom à a le las los el en h hs hrs às as em de del do da di il alle ore op om kl klo \
                      saat pukul в о в'язку г року year time est edt et ct cst cdt pt pst pdt mst mdt gmt utc cet cest bst ist wib wita \
                      wit wat eat jst kst msk pm and und et y e i og och en ve noon midnight ص م و";
/// Words of a line that tells how long the reading takes.
const READING: &str = "min min. mins minute minutes minuten minuti minutos minuter minuts read reading time lesezeit lecture temps de lectura tiempo \
                       tempo di lettura leitura leestijd lästid lesetid lukuaika czas czytania";

/// Whether every word of a line is of a date, a time, or what labels them: `Publié le 4 mars 2025 à 9h15, modifié le 5 mars 2025`.
pub(super) fn is_days(line: &str) -> bool {
    let known = |word: &str| {
        word.starts_with(|c: char| c.is_numeric())
            || dates::is_month(word)
            || dates::is_weekday(word)
            || meta::is_label_word(word)
            || BESIDE.split_whitespace().any(|known| known == word)
            || matches!(word, "a.m" | "p.m" | "a.m." | "p.m.")
    };
    // A month and a year alone may be the heading of an entry.
    let numbers = line.split(|c: char| !c.is_numeric()).filter(|number| !number.is_empty()).count();
    // And years in a row are no day.
    let packed = |word: &str| word.split(|c: char| !c.is_numeric()).filter(|number| !number.is_empty()).count() > 2;
    let named = words(line).any(|word| dates::is_month(&word)) || line.split_whitespace().any(packed);
    meta::may_be_date(line) && numbers > 1 && named && words(line).all(|word| known(&word))
}

pub(super) fn is_reading_time(line: &str) -> bool {
    let known = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_digit()) || READING.split_whitespace().any(|known| known == word)
    };
    line.len() < 40 && line.bytes().any(|byte| byte.is_ascii_digit()) && words(line).all(|word| known(&word))
}

/// The words of a line in lower case.
fn words(line: &str) -> impl Iterator<Item = String> {
    let parted = |c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | '|' | '•' | '·' | '–' | '—' | '-' | '(' | ')' | '/' | '[' | ']')
    };
    let bare = |word: &str| word.trim_matches([':', '.', '：']).to_lowercase();
    line.split(parted).map(bare).filter(|word| !word.is_empty())
}

impl Case {
    /// Days in boxes that are named so, each over kept text of one box, are the entries of a chronicle: a page has one day of its
    /// own, and perhaps that of a change.
    pub(super) fn keep_chronicle(&self, verdicts: &mut [Verdict]) {
        /// So many different days are no page's own.
        const DAYS: usize = 3;
        let context = dates::Context::default();
        let mut rows: HashMap<(u32, u64), Vec<(usize, jiff::civil::Date)>> = HashMap::new();
        for at in 0..verdicts.len().saturating_sub(1) {
            let text = self.blocks[at].text.as_str();
            let over = verdicts[at + 1].is_none()
                && self.blocks[at + 1].kind == BlockKind::Paragraph
                && self.frames[at + 1].container == self.boxes[at][0];
            if over
                && matches!(verdicts[at], Some("page.date" | "page.chrome"))
                && text.len() <= MAX_LINE
                && meta::may_be_date(text)
                && let Some(date) = dates::whole(text, &context)
            {
                rows.entry((self.boxes[at][0], self.frames[at].shape)).or_default().push((at, date.day));
            }
        }
        for row in rows.into_values() {
            let mut days: Vec<_> = row.iter().map(|(_, day)| *day).collect();
            days.sort_unstable();
            days.dedup();
            if days.len() >= DAYS {
                row.into_iter().for_each(|(at, _)| verdicts[at] = None);
            }
        }
    }

    /// A line that is a day, among or below the paragraphs of the text and made as they are, is the text's: it dates the letter
    /// that is quoted, or the entry of a chronicle. The page's own day stands there too, and is told from it by what it says.
    pub(super) fn keep_days(&self, claims: &[Claim], verdicts: &mut [Verdict]) {
        /// Paragraphs above it.
        const ABOVE: usize = 2;
        let context = dates::Context::default();
        let own = claims.iter().filter(|claim| matches!(claim.field, Field::Published | Field::Updated));
        let own: Vec<_> = own.filter_map(|claim| Some(dates::parse(&claim.value, &context)?.day)).collect();
        for at in 0..verdicts.len() {
            let block = &self.blocks[at];
            let line = block.text.split_once(": ").map_or(block.text.as_str(), |(label, day)| {
                if label.split_whitespace().count() <= 2 { day } else { label }
            });
            let day = || dates::whole(line, &context).filter(|date| date.precision >= Precision::Day);
            let may = verdicts[at] == Some("page.chrome")
                && block.kind == BlockKind::Paragraph
                && block.links.is_empty()
                && self.names[at] == 0
                && block.text.len() <= MAX_LINE
                && meta::may_be_date(&block.text)
                && !self.foreign[at];
            let paragraph = |&b: &usize| {
                verdicts[b].is_none()
                    && self.frames[b].container == self.frames[at].container
                    && self.frames[b].shape == self.frames[at].shape
            };
            if may
                && (0..at).rev().filter(paragraph).nth(ABOVE - 1).is_some()
                && day().is_some_and(|date| !own.contains(&date.day))
            {
                verdicts[at] = None;
            }
        }
    }

    /// Takes out the lines below the headline that are days, or a byline from which the article's author was read.
    pub(super) fn drop_particulars(&self, claims: &[Claim], verdicts: &mut [Verdict]) {
        let kept = |b: usize| verdicts[b].is_none();
        let begins =
            |b: &usize| kept(*b) && self.blocks[*b].kind == BlockKind::Paragraph && self.blocks[*b].text.len() >= TEXT;
        let Some(first) = (0..verdicts.len()).find(begins) else { return };
        let headline = (0..first).rev().find(|&b| self.titled[b]);
        let signed = |line: &str| {
            let mut authors = claims.iter().filter(|claim| claim.field == Field::Author);
            authors.any(|claim| claim.value == line && !claim.found.ends_with(":elsewhere"))
        };
        let lines: Vec<(usize, &'static str)> = (headline.map_or(0, |headline| headline + 1)..first)
            .filter(|&b| {
                kept(b) && self.blocks[b].kind == BlockKind::Paragraph && self.blocks[b].text.len() <= MAX_LINE
            })
            .filter_map(|b| {
                let text = self.blocks[b].text.trim();
                // `Publicerad 22:31`
                let labelled = || {
                    let label = text.split_whitespace().next().map(str::to_lowercase);
                    label.is_some_and(|label| meta::is_label_word(&label)) && posts::is_stamp(text)
                };
                if is_days(text) || labelled() {
                    return Some((b, "page.date"));
                }
                let by = |part: &str| signed(part) || meta::is_byline(part);
                let parts = meta::parts(text);
                let told = |part: &&str| is_days(part) || is_reading_time(part) || by(part);
                let whole = by(text) || parts.iter().all(told) && parts.iter().any(|part| by(part) || is_days(part));
                whole.then_some((b, "page.byline"))
            })
            .collect();
        lines.into_iter().for_each(|(b, rule)| verdicts[b] = Some(rule));
    }
}

#[cfg(test)]
mod tests {
    use super::{is_days, is_reading_time};

    #[test]
    fn days_and_nothing_else() {
        for (line, days) in [
            ("Mar 4, 2025 Updated Mar 5, 2025", true),
            ("Posted Tue 4 Mar 2025 at 6:12am, updated Wed 5 Mar 2025 at 1:01am", true),
            ("Stand: 05.03.2025 | 10:00 Uhr | Erstveröffentlichung: 04.03.2025", true),
            ("Le 4 mars 2025 à 09h15, modifié le 5 mars 2025 à 10h00", true),
            ("Publicado em 04/03/2025 às 09h15 - Atualizado em 05/03/2025 às 10h00", true),
            ("Martes, 4 de marzo 2025, 09:15 | Actualizado 10:30h.", true),
            ("4 березня 2025, 09:15", true),
            ("Altdorf. Dienstag, 4. März 2025", false),
            ("The fair is on 4 March 2025", false),
            ("In March", false),
            ("November 2015", false),
            ("März 2025", false),
            ("1911, 1936 and 1974", false),
        ] {
            assert_eq!(is_days(line), days, "{line}");
        }
        assert!(is_reading_time("5 min read") && is_reading_time("Lesezeit: 3 Min."));
        assert!(!is_reading_time("Read 5 letters"));
    }
}
