//! What words around a day say of it: published, changed, or first published elsewhere in time.

use std::collections::HashSet;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use regex::Regex;

use crate::clean::metadata::{dates, labels_another_day};
use crate::model::{Claim, Field};

/// Longest line that is looked at, in bytes.
pub(super) const MAX_LINE: usize = 110;

/// Words that say that what follows is the day of a change, folded to lower case.
const UPDATE: &str = "last updated|last modified|last revised|last edited|last reviewed|last update|latest version|date of last revision|updated|update:|modified|\
                      aktualisiert|letzte änderung|wurde zuletzt|zuletzt geändert|zuletzt bearbeitet|geändert|stand:|stand - |stand vom|stand des artikels|\
                      mis à jour|mise à jour|modifié le|modifiée le|dernière modification|actualizado|actualización|actualizada|editó por última vez|\
                      aggiornato|aggiornamento|modificata per l'ultima volta|atualizado|atualização|editada pela última vez|\
                      bijgewerkt|laatst bewerkt|uppdaterad|redigerades senast|oppdatert|sist redigert|opdateret|senest ændret|\
                      päivitetty|muokattu viimeksi|aktualizacja|aktualizováno|обновлено|последнее изменение|оновлено|güncelleme|\
                      diperbarui|עודכן|ultimo aggiornamento|更新|最后编辑|최종수정|최종 수정|수정|업데이트";

/// Words that say that what follows is the day of publication.
const PUBLISH: &str = "first published|originally published|published|posted|artikel veröffentlicht|beitrag veröffentlicht|this article was published|this story was published|this post was published|\
                       dieser beitrag wurde am|publication date|date of publication|release date|date:|datum|\
                       veröffentlicht|erstveröffentlichung|erschienen am|erstellt am|erstellt:|artikel vom|dieser artikel wurde am|geschrieben am|publié|\
                       mis en ligne|mise en ligne|date de publication|posté le|publicado|publicada|fecha:|fecha de publicación|pubblicato|pubblicata|data:|\
                       data pubblicazione|gepubliceerd|geplaatst op|publicerad|publiceringsdatum|publisert|udgivet|julkaistu|opublikowano|\
                       data publikacji|publikováno|zveřejněno|közzétéve|megjelent|objavljeno|δημοσίευση|δημοσιεύθηκε|\
                       опубликовано|дата публикации|опубліковано|yayınlanma|تاریخ انتشار|تاريخ النشر|نشر في|\
                       diterbitkan|dipublikasikan|פורסם|data di pubblicazione|yayın tarihi|giriş:|\
                       发布时间|发布于|发表于|發布|掲載|公開日|投稿日|입력|기사입력|등록|승인";

/// Words that say of a text that it was corrected on the day beside them: only in sentences that tell of their own article.
const CORRECT: &str = "amended|corrected|korrigiert|berichtigt|corrigé|rectifié|corregido|rectificado|corrigido|retificado|corretto|rettificato|\
                       gecorrigeerd|aangepast|rättad|rettet|korrigerad|korrigeret";

/// Words that say that the day beside them is the first of several.
const FIRST: &str = "originally published|first published|originally posted|first posted|original publication date|originally created|\
                     ursprünglich veröffentlicht|zuerst veröffentlicht|erstmals veröffentlicht|erstveröffentlichung|\
                     initialement publié|publié initialement|publié pour la première fois|publicado originalmente|originalmente publicado|\
                     pubblicato originariamente|oorspronkelijk gepubliceerd|ursprungligen publicerad|opprinnelig publisert|oprindeligt udgivet";

/// How a sentence opens that tells the day of its own article, not of an event.
const THIS: &str = "this article was|this story was|this post was|this page was last|dieser artikel wurde|dieser beitrag wurde|diese seite wurde zuletzt|\
                    cet article a été|la dernière modification de cette page|este artículo fue|esta página se editó|este artigo foi|\
                    esta página foi editada|questo articolo è stato|questa pagina è stata modificata|dit artikel is|deze pagina is voor het laatst|\
                    first published|originally published";

/// All labels of days, and the letters they begin with.
static LABELS: LazyLock<(HashSet<char>, Vec<&'static str>)> = LazyLock::new(|| {
    let words: Vec<&str> = PUBLISH.split('|').chain(UPDATE.split('|')).chain(THIS.split('|')).collect();
    (words.iter().filter_map(|word| word.chars().next()).collect(), words)
});

/// Whether a text's first letter is that of a label. Most texts of a page are told by it, before anything is copied.
pub(super) fn may_open(text: &str) -> bool {
    text.chars().next().is_some_and(|c| c.to_lowercase().next().is_some_and(|c| LABELS.0.contains(&c)))
}

/// Whether a word in lower case is one of a label's.
pub(in crate::clean::html) fn is_label_word(word: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
        let words = LABELS.1.iter().flat_map(|label| label.split_whitespace());
        words.map(|word| word.trim_matches([':', '-'])).filter(|word| !word.is_empty()).collect()
    });
    WORDS.contains(word)
}

/// Whether a line opens with a label of a day.
pub(super) fn opens(line: &str) -> bool {
    let head = head(line);
    LABELS.1.iter().any(|word| head.starts_with(word))
}

/// Whether a line opens as sentences do that tell the day of their own article.
pub(super) fn tells_of_itself(line: &str) -> bool {
    let head = head(line);
    THIS.split('|').any(|opener| head.starts_with(opener))
}

/// Whether a line opens with a word for a change.
pub(super) fn opens_with_update(line: &str) -> bool {
    let head = head(line);
    UPDATE.split('|').any(|word| head.starts_with(word))
}

fn is_update(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    UPDATE.split('|').any(|word| text == word)
}

fn head(line: &str) -> String {
    line.trim_start().chars().take(48).collect::<String>().to_lowercase()
}

/// Whether a text can hold a whole date: a year, or three numbers with marks between.
pub(in crate::clean::html) fn may_be_date(text: &str) -> bool {
    static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        // Also the Buddhist years of Thailand and the solar years of Iran.
        Regex::new(r"(?:19|20)[0-9]{2}|[0-9]{1,2}[./-]\s?[0-9]{1,2}[./-]\s?[0-9]{2}|[\p{Nd}--[0-9]]{4}|\b(?:1[34]|25)[0-9]{2}\b").ok()
    });
    text.len() <= 4 * MAX_LINE && DATE.as_ref().is_some_and(|date| date.is_match(text))
}

/// Words parted by bars, of which the first in a text is looked for.
struct AnyOf(LazyLock<Option<AhoCorasick>>);

static UPDATES: AnyOf = AnyOf(LazyLock::new(|| leftmost(UPDATE)));
static PUBLISHES: AnyOf = AnyOf(LazyLock::new(|| leftmost(PUBLISH)));

fn leftmost(words: &str) -> Option<AhoCorasick> {
    AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(words.split('|')).ok()
}

fn at_any(text: &str, words: &AnyOf) -> Option<usize> {
    words.0.as_ref().and_then(|words| words.find(text)).map(|found| found.start())
}

/// What stands before the word for a change is the day of publication, what stands behind it that of the change; a day
/// that is called the first is a claim of its own. `place` is appended to where the claims are found.
pub(super) fn split(text: &str, found: &str, place: &str, out: &mut Vec<Claim>) {
    if !opens(text) && labels_another_day(text) {
        return;
    }
    let lower = text.to_lowercase();
    // Lower case may have other lengths than the text: then the line is taken as a whole.
    let same = lower.len() == text.len();
    let text = match first(text, lower.as_str()).filter(|_| same) {
        Some((rest, day)) => {
            out.extend(Claim::new(Field::Published, day, format!("html:first-published{place}")));
            rest
        }
        None => text,
    };
    let lower = text.to_lowercase();
    let cut = at_any(&lower, &UPDATES).filter(|_| lower.len() == text.len());
    let (published, updated) = match cut.and_then(|cut| Some((text.get(..cut)?, text.get(cut..)?))) {
        // `Updated June 27, published June 26`.
        Some((before, after)) => match at_any(&lower[before.len()..], &PUBLISHES) {
            Some(next) if !may_be_date(before) => {
                let (updated, published) = after.split_at(next);
                (published, updated)
            }
            // `27 June 2025 | Latest version`
            _ if is_update(after) => ("", text),
            _ => (before, after),
        },
        None if at_any(&lower, &UPDATES).is_some() || is_correction(&lower) => ("", text),
        None => (text, ""),
    };
    if may_be_date(published) {
        out.extend(Claim::new(Field::Published, published, format!("{found}{place}")));
    }
    if may_be_date(updated) {
        out.extend(Claim::new(Field::Updated, updated, format!("{found}:updated{place}")));
    }
}

/// Whether a line in lower case tells that its own article was corrected. What else was done on another day is told by
/// other words: `This article was published on 3 May and corrected on 5 May`.
fn is_correction(lower: &str) -> bool {
    let lower = lower.trim_start_matches(['•', '*', '[', '(', '-', '–', ' ']);
    // `Dieser Artikel wurde am …` opens both; its last word tells.
    let said =
        lower.strip_prefix("dieser ").map_or(lower, |rest| rest.split_once(" am ").map_or(rest, |(_, rest)| rest));
    tells_of_itself(lower)
        && at_any(said, &PUBLISHES).is_none()
        && CORRECT.split('|').any(|word| lower.split(|c: char| !c.is_alphabetic()).any(|said| said == word))
}

/// The day that a line calls the first, and what of the line stands before it. A name between label and day says that it
/// was first published elsewhere, which is another thing.
fn first<'t>(text: &'t str, lower: &str) -> Option<(&'t str, &'t str)> {
    const BETWEEN: &[&str] = &["on", "am", "le", "el", "em", "il", "op", "den", "vom", "date", "at", "the"];
    let (at, label) = FIRST.split('|').filter_map(|label| Some((lower.find(label)?, label))).min()?;
    let (before, after) = (text.get(..at)?, text.get(at + label.len()..)?);
    let mut rest = after.trim_start_matches([' ', ':', '\u{a0}', '-', '–', '(']);
    while let Some((_, then)) = rest.split_once([' ', '\u{a0}']).filter(|(word, _)| BETWEEN.contains(word)) {
        rest = then.trim_start_matches([' ', ':']);
    }
    let opens = rest.starts_with(|c: char| c.is_ascii_digit())
        || rest
            .split(|c: char| !c.is_alphabetic())
            .next()
            .is_some_and(|word| word.chars().count() >= 3 && (dates::is_month(word) || dates::is_weekday(word)));
    if opens && may_be_date(rest) {
        let end = rest.char_indices().map(|(at, _)| at).nth(48).unwrap_or(rest.len());
        let end =
            at_any(&rest.get(..end)?.to_lowercase(), &UPDATES).filter(|&at| rest.is_char_boundary(at)).unwrap_or(end);
        return Some((before, rest.get(..end)?));
    }
    // `3 Sept 2024 | Originally published`
    let day = before.trim_end_matches([' ', '|', '-', '–', '(', ',', '·', '\u{a0}']);
    (after.trim().is_empty() && may_be_date(day) && day.len() <= 40).then_some(("", day))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, want: &[&str]) {
        let mut out = Vec::new();
        split(line, "html:date", "", &mut out);
        let got: Vec<String> = out.iter().map(|claim| format!("{} {}", claim.found, claim.value)).collect();
        assert_eq!(got, want, "{line}");
    }

    #[test]
    fn days_and_their_labels() {
        check("3 May 2024", &["html:date 3 May 2024"]);
        check(
            "May 3, 2024. Updated: May 7, 2024",
            &["html:date May 3, 2024.", "html:date:updated Updated: May 7, 2024"],
        );
        check("Stand - 12.11.2021", &["html:date:updated Stand - 12.11.2021"]);
        check("19 Jan 2020 / 12:25 PM / Updated 8 hours ago", &["html:date 19 Jan 2020 / 12:25 PM /"]);
        check("12 Jan 2026 | Latest version", &["html:date:updated 12 Jan 2026 | Latest version"]);
        check("3 Sept 2024 | Originally published", &["html:first-published 3 Sept 2024"]);
        check(
            "This article was originally published on 26 Sep 2019 at 4:12pm but has been kept up to date",
            &["html:first-published 26 Sep 2019 at 4:12pm but has been kept up to da"],
        );
        check(
            "Last updated 4 June 2020, originally created 17 June 2019",
            &["html:first-published 17 June 2019", "html:date:updated Last updated 4 June 2020,"],
        );
        check(
            "This article was amended on 15 March 2024 to correct the name of the mayor",
            &["html:date:updated This article was amended on 15 March 2024 to correct the name of the mayor"],
        );
        check(
            "Dieser Artikel wurde am 15. März 2024 korrigiert.",
            &["html:date:updated Dieser Artikel wurde am 15. März 2024 korrigiert."],
        );
        check("Amended on 15 March 2024", &["html:date Amended on 15 March 2024"]);
        // First published by somebody else: no day of this article's own.
        check(
            "Originally published by the Orlen Echo on 3 May 2024",
            &["html:date Originally published by the Orlen Echo on 3 May 2024"],
        );
        check(
            "Diese Seite wurde zuletzt am 29. Januar 2020 um 13:22 Uhr geändert.",
            &["html:date:updated wurde zuletzt am 29. Januar 2020 um 13:22 Uhr geändert."],
        );
    }
}
