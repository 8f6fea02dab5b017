//! What is kept or lost as a whole: lists, small tables, gaps between paragraphs, rows of headlines.
//!
//! The model judges each block by itself, and so may take one item out of the midst of a list. A reader of a list
//! with a hole is misled more than one who has it all or knows that it is gone, so these rules look at groups.

use std::collections::HashMap;

use super::hints;
use super::judge::{Case, OWN_WORDS, Verdict};
use super::lexicon;
use super::tree::NONE;
use crate::model::BlockKind;

/// A list is kept if the mean probability of its words is at least this; lower than what a block of its own needs,
/// since a lost list is worse than a stray one.
const LIST: f32 = 0.5;
/// The same for a list between kept paragraphs.
const LIST_AMID: f32 = 0.35;
/// A lone block between kept ones goes only if its probability is below this.
const GAP: f32 = 0.45;
/// And a whole paragraph of prose that neither names nor links set off, of so many words.
const PROSE_GAP: f32 = 0.1;
const PROSE: usize = 20;
/// And a lone heading.
const HEADING_GAP: f32 = 0.1;
/// And a heading in a box of its own, without a link, between boxes of kept text that are made alike; blocks above it in
/// which the one before is sought.
const BOXED_GAP: f32 = 0.02;
const NEAR: usize = 8;
/// And the only item of a list, if it has so many words.
const ITEM_WORDS: usize = 4;
/// A short closing sentence goes only below this.
const CLOSING: f32 = 0.1;
/// A closing sentence that is made unlike the paragraphs above it goes below this.
const UNLIKE: f32 = 0.4;
/// Blocks between a closing sentence and the paragraphs it is like.
const AMID: usize = 60;
/// Comments are told from the text only below so many words of it.
const COMMENTED: usize = 40;
/// What the model is as sure of as this stays for all its names.
const SURE: f32 = 0.97;
/// As many headings without a word between them are teasers.
const HEADINGS: usize = 4;

/// How a line begins that points to another article.
const POINTERS: [&str; 47] = [
    "read more",
    "read also",
    "also read",
    "read next",
    "read:",
    "see also",
    "related:",
    "watch:",
    "listen:",
    "more:",
    "lesen sie auch",
    "lesen sie mehr",
    "mehr zum thema",
    "lire aussi",
    "à lire aussi",
    "leia também",
    "leia mais",
    "lea también",
    "lees ook",
    "leggi anche",
    "les også",
    "les mer",
    "læs også",
    "læs mere",
    "läs också",
    "läs även",
    "läs mer",
    "lue myös",
    "lue lisää",
    "czytaj też",
    "czytaj także",
    "zobacz też",
    "přečtěte si také",
    "čtěte také",
    "prečítajte si aj",
    "olvassa el",
    "citește și",
    "pročitajte i",
    "διαβάστε επίσης",
    "читайте также",
    "читайте також",
    "прочетете още",
    "baca juga",
    "ayrıca oku",
    "اقرأ أيضا",
    "اقرأ أيضًا",
    "עוד בנושא",
];

/// Whether a text ends as a sentence does.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '’', '»', ')']).ends_with(['.', '!', '?', '…', '。'])
}

impl Case {
    /// Lists whose items are a block or so each, and tables of short cells, are kept or lost as a whole.
    pub(super) fn whole_lists(&self, guess: &[f32], verdicts: &mut [Verdict]) {
        let mut lists: HashMap<_, Vec<usize>> = HashMap::new();
        for (at, frame) in self.frames.iter().enumerate().filter(|(_, f)| f.list != NONE) {
            lists.entry(frame.list).or_default().push(at);
        }
        for blocks in lists.values().filter(|b| b.len() > 1) {
            let mut items: Vec<_> = blocks.iter().map(|&b| self.frames[b].item).collect();
            items.dedup();
            let kept = blocks.iter().filter(|&&b| verdicts[b].is_none()).count();
            if kept == 0 || kept == blocks.len() || items.len() * 3 < blocks.len() * 2 || items.len() < 2 {
                continue;
            }
            let (mut sum, mut weight) = (0.0, 0.0);
            for &b in blocks {
                let own = self.frames[b].words as f32 + 2.0;
                sum += own * guess[b];
                weight += own;
            }
            let (first, last) = (blocks[0], blocks[blocks.len() - 1]);
            let amid =
                first > 0 && verdicts[first - 1].is_none() && verdicts.get(last + 1).is_some_and(Option::is_none);
            let keep = sum / weight >= if amid { LIST_AMID } else { LIST };
            for &b in blocks {
                if !keep {
                    verdicts[b] = Some(verdicts[b].unwrap_or(self.rules[b]));
                } else if !self.is_chrome(b) {
                    verdicts[b] = None;
                }
            }
        }
    }

    /// Whether a block's own names say that it is no part of the text around it.
    pub(super) fn is_chrome(&self, block: usize) -> bool {
        let chrome = hints::AD | hints::SHARE | hints::SIGNUP | hints::RELATED | hints::COMMENT;
        self.names[block] & chrome != 0 || self.hidden[block]
    }

    /// A lone block between two kept ones of the same box, made like them, is part of the text unless there is
    /// strong evidence against it.
    pub(super) fn fill_gaps(&self, guess: &[f32], verdicts: &mut [Verdict]) {
        let kept: Vec<bool> = verdicts.iter().map(Option::is_none).collect();
        let mut above = 0;
        for at in 1..kept.len().saturating_sub(1) {
            above += if kept[at - 1] { self.frames[at - 1].words } else { 0 };
            let like = |other: usize| {
                kept[other]
                    && self.frames[other].container == self.frames[at].container
                    && self.frames[other].shape == self.frames[at].shape
            };
            let text = matches!(self.blocks[at].kind, BlockKind::Paragraph | BlockKind::Quote);
            let prose = self.frames[at].words >= PROSE
                && self.blocks[at].links.is_empty()
                && self.names[at] == 0
                && !self.foreign[at]
                && ends_sentence(&self.blocks[at].text);
            let least = if prose { PROSE_GAP } else { GAP };
            let text = text && guess[at] >= least && like(at - 1) && like(at + 1);
            // A heading within the text; the model has seen most short ones over teasers.
            let amid = |other: usize| kept[other] && self.frames[other].container == self.frames[at].container;
            // Below so much text no heading is the page's headline, whatever words they share.
            let titled = self.titled[at] && above < OWN_WORDS;
            let heading = self.blocks[at].kind == BlockKind::Heading && !titled && !self.foreign[at];
            let over_table = kept[at - 1] && kept[at + 1] && self.blocks[at + 1].kind == BlockKind::Table;
            // Where each block has a box of its own, the boxes around them are the same.
            let boxed = |other: usize| kept[other] && self.frames[other].grand == self.frames[at].grand;
            // What is quoted or counted may stand right above it.
            let like_next = |&b: &usize| boxed(b) && self.frames[b].shape == self.frames[at + 1].shape;
            let boxed = boxed(at + 1)
                && self.frames[at + 1].container != self.frames[at].container
                && self.blocks[at].links.is_empty()
                && (at.saturating_sub(NEAR)..at).any(|b| like_next(&b));
            let amid = amid(at - 1) && amid(at + 1) || over_table;
            let heading = heading && (guess[at] >= HEADING_GAP && amid || guess[at] >= BOXED_GAP && boxed);
            // A list of one item, which no box joins with its neighbours.
            let item = self.blocks[at].kind == BlockKind::ListItem
                && self.blocks[at].links.is_empty()
                && self.frames[at].words >= ITEM_WORDS
                && guess[at] >= CLOSING
                && kept[at - 1]
                && kept[at + 1];
            if !kept[at] && (text || heading || item) && self.frames[at].density < 0.5 && !self.is_chrome(at) {
                verdicts[at] = None;
            }
        }
    }

    /// A table of words, not of links, between two kept blocks of one box is what the text speaks of. The model has seen
    /// few such tables and gives them little, so its word does not count here.
    pub(super) fn keep_tables(&self, _: &[f32], verdicts: &mut [Verdict]) {
        for at in 1..verdicts.len().saturating_sub(1) {
            let table = self.blocks[at].kind == BlockKind::Table && !self.linked_table[at];
            let amid = verdicts[at - 1].is_none()
                && verdicts[at + 1].is_none()
                && self.frames[at - 1].container == self.frames[at + 1].container;
            if table && amid && !self.is_chrome(at) {
                verdicts[at] = None;
            }
        }
    }

    /// A short sentence without a link, behind kept paragraphs of its own box and made like them, closes the story: the
    /// model gives short last lines little, since most of them are something else.
    pub(super) fn keep_closing(&self, guess: &[f32], verdicts: &mut [Verdict]) {
        for at in 2..verdicts.len() {
            let text = self.blocks[at].text.as_str();
            let sentence = self.blocks[at].kind == BlockKind::Paragraph
                && self.blocks[at].links.is_empty()
                && self.frames[at].words >= 3
                && text.len() < 200
                && ends_sentence(text);
            if verdicts[at].is_none() || !sentence || guess[at] < CLOSING || self.is_chrome(at) {
                continue;
            }
            let like = |&other: &usize| {
                self.frames[other].container == self.frames[at].container
                    && (self.frames[other].shape == self.frames[at].shape || guess[at] >= UNLIKE)
            };
            // A table or list may stand between, if it is kept too.
            if (0..at).rev().take_while(|&b| verdicts[b].is_none()).take(AMID).filter(like).count() >= 2 {
                verdicts[at] = None;
            }
        }
    }

    /// Readers' comments below kept text of which no box is named so; where the whole page is, the name says nothing.
    pub(super) fn drop_comments(&self, guess: &[f32], verdicts: &mut [Verdict]) {
        let named = |b: usize| self.rules[b] == "page.comments";
        let mut before = 0;
        for at in 0..verdicts.len() {
            if verdicts[at].is_some() {
                continue;
            }
            if !named(at) {
                before += self.frames[at].words;
            } else if before >= COMMENTED && guess[at] < SURE {
                verdicts[at] = Some("page.comments");
            }
        }
    }

    /// What a box for consent says of cookies and privacy, whatever the model makes of its whole sentences. Where the names
    /// of notices stand over text of other things as well, they say nothing.
    pub(super) fn drop_consent(&self, guess: &[f32], verdicts: &mut [Verdict]) {
        let mut buffer = String::new();
        let named: Vec<usize> =
            (0..verdicts.len()).filter(|&b| verdicts[b].is_none() && self.rules[b] == "page.notice").collect();
        let words = |blocks: &[usize]| blocks.iter().map(|&b| self.frames[b].words).sum::<usize>();
        let of_consent = |b: &usize| lexicon::of(&self.blocks[*b].text, &mut buffer)[lexicon::COOKIE] > 0;
        let consent: Vec<usize> = named.iter().copied().filter(of_consent).collect();
        if words(&consent) * 2 > words(&named) {
            consent.iter().filter(|&&b| guess[b] < SURE).for_each(|&b| verdicts[b] = Some("page.notice"));
        }
    }

    /// A line that is mostly a link, and begins with words that send the reader elsewhere.
    pub(super) fn drop_pointers(&self, _: &[f32], verdicts: &mut [Verdict]) {
        for (at, verdict) in verdicts.iter_mut().enumerate().filter(|(_, v)| v.is_none()) {
            let text = self.blocks[at].text.as_str();
            if text.len() < 300 && self.frames[at].density >= 0.5 {
                let start: String = text.chars().take(24).flat_map(char::to_lowercase).collect();
                if POINTERS.iter().any(|p| start.starts_with(p)) {
                    *verdict = Some("page.related");
                }
            }
        }
    }

    /// Whether a heading is a sentence of the text, `1. The company owned 1,300 houses.`, and leads nowhere.
    pub(super) fn is_sentence(&self, b: usize) -> bool {
        let text = self.blocks[b].text.trim_end_matches(['"', '”', '’', ')', '“', '»']);
        text.ends_with(['.', '。', '।'])
            && !text.ends_with("..")
            && self.frames[b].words > 5
            && self.frames[b].density < 0.5
    }

    /// Headlines in a row, each over nothing, are teasers of other articles.
    pub(super) fn drop_heading_rows(&self, _: &[f32], verdicts: &mut [Verdict]) {
        let kept: Vec<usize> = (0..verdicts.len()).filter(|&b| verdicts[b].is_none()).collect();
        for row in kept.chunk_by(|&a, &b| {
            let heading = |b: usize| self.blocks[b].kind == BlockKind::Heading && !self.is_sentence(b);
            heading(a) && heading(b) && self.frames[a].shape == self.frames[b].shape
        }) {
            if row.len() >= HEADINGS {
                row.iter().for_each(|&b| verdicts[b] = Some("page.heading"));
            }
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::judge::case;
    use super::super::meta::{Survey, harvest};
    use super::super::tree::Tree;

    /// What stays of a page whose blocks have these probabilities.
    pub fn kept(html: &str, guess: &[f32]) -> Vec<String> {
        let tree = Tree::parse(html);
        let survey = Survey::of(&tree);
        let case = case(&tree, &survey, &harvest(&tree, &survey, None));
        assert_eq!(case.blocks.len(), guess.len(), "{html}");
        let mut verdicts = case.verdicts(guess);
        case.drop_cards(guess, &mut verdicts);
        case.blocks.iter().zip(&verdicts).filter(|(_, v)| v.is_none()).map(|(b, _)| b.text.clone()).collect()
    }

    /// A paragraph long enough that the page is not taken for one with too little text.
    pub fn long() -> String {
        format!("<p>{}</p>", "the boats came back to the basin on Sunday ".repeat(8))
    }

    #[test]
    fn headings_that_are_sentences_are_text() {
        let long = long();
        let numbered = |end: &str| {
            let line = |n: usize| format!("<h2>{n}. The company owned {n} hundred houses by the water{end}</h2>");
            format!("{long}{}{}{}{}", line(1), line(2), line(3), line(4))
        };
        let guess = [0.9, 0.8, 0.8, 0.8, 0.8];
        assert_eq!(kept(&numbered("."), &guess).len(), 5);
        assert_eq!(kept(&numbered(""), &guess).len(), 1);
        assert_eq!(kept(&numbered(".").replace("<h2>", "<h2><a href=/x>"), &guess).len(), 1);
    }

    #[test]
    fn a_list_has_no_holes() {
        let long = long();
        let list = format!("{long}<ul><li>one<li>two<li>three<li>four</ul>{long}");
        let check = |html: &str, guess: &[f32], want: &[&str]| {
            let kept: Vec<String> = kept(html, guess).into_iter().filter(|t| t.len() < 100).collect();
            assert_eq!(kept, want, "{guess:?}");
        };
        check(&list, &[0.9, 0.8, 0.1, 0.7, 0.8, 0.9], &["one", "two", "three", "four"]);
        // What is lost as a whole is links: a list of words in the box of the text is the text's.
        let linked = list.replace("<li>one<li>two<li>three", "<li><a>one</a><li><a>two</a><li><a>three</a>");
        check(&linked, &[0.9, 0.8, 0.1, 0.1, 0.1, 0.9], &[]);
        // Between paragraphs that stay less is asked of a list than at the end of a page.
        check(&linked, &[0.9, 0.7, 0.3, 0.3, 0.4, 0.9], &["one", "two", "three", "four"]);
        check(&linked, &[0.9, 0.7, 0.3, 0.3, 0.4, 0.1], &[]);
        let advertised = list.replace("<li>three", "<li class=advert>three");
        check(&advertised, &[0.9, 0.8, 0.9, 0.1, 0.8, 0.9], &["one", "two", "four"]);
        let table = format!("{long}<table><tr><td>Rye<td>12</table>{long}");
        check(&table, &[0.9, 0.9, 0.2, 0.9], &["Rye", "12"]);
        // Items of several blocks are a list of articles: each is judged by itself.
        let layout = "<ul><li><p>a<p>b<p>c<li><p>d<p>e<p>f</ul>".to_owned() + &long;
        check(&layout, &[0.9, 0.9, 0.9, 0.1, 0.1, 0.1, 0.9], &["a", "b", "c"]);
    }

    #[test]
    fn a_table_of_words_stays() {
        let stays = |table: &str, after: f32| {
            let html = format!("{0}{table}{1}", long(), long().replace("boats", "swans"));
            kept(&html, &[0.9, 0.05, after]).iter().any(|text| text.contains("Harrow"))
        };
        let table = "<table><tr><th>Town<th>Votes<tr><td>Harrow<td>12</table>";
        assert!(stays(table, 0.9) && stays(table, 0.1));
        assert!(!stays(&table.replace("<table", "<table class=\"advert\""), 0.9));
        let linked = |cell: &str| format!("<a href=/x>{cell}</a>");
        assert!(!stays(&table.replace("Harrow", &linked("Harrow")).replace("Votes", &linked("Votes")), 0.9));
    }

    #[test]
    fn a_short_closing_sentence_stays() {
        let stays = |last: &str, guess: f32| {
            let html = format!("<div>{0}{1}{last}</div>", long(), long().replace("boats", "swans"));
            kept(&html, &[0.9, 0.9, guess]).len() == 3
        };
        assert!(stays("<p>The case continues.", 0.2));
        assert!(!stays("<p>The case continues.", 0.05));
        assert!(!stays("<p>More about the case", 0.2));
        assert!(!stays("<p>Read <a href=/x>about the case</a>.", 0.2));
        assert!(!stays("<p class=advert>The case continues.", 0.2));
    }

    #[test]
    fn a_gap_wants_evidence() {
        let text = |guess: f32, class: &str| {
            let html = format!("<div>{0}{0}<p{class}>gap</p>{0}</div>", long().replace("boats", "swans"));
            let html = html.replacen("swans", "boats", 9);
            kept(&html, &[0.9, 0.9, guess, 0.9]).iter().any(|t| t == "gap")
        };
        assert!(text(0.5, ""));
        assert!(!text(0.4, ""));
        let prose = |guess: f32, more: &str| {
            let gap =
                format!("The keeper {}had seen them come and go.{more}", "of the lock by the old mill ".repeat(3));
            let html = format!("<div>{0}{0}<p>{gap}</p>{0}</div>", long().replace("boats", "swans"));
            let html = html.replacen("swans", "boats", 9);
            kept(&html, &[0.9, 0.9, guess, 0.9]).iter().any(|text| text.starts_with("The keeper"))
        };
        assert!(prose(0.2, "") && !prose(0.05, "") && !prose(0.2, " Read <a href=/x>all</a>.") && !prose(0.2, " More"));
        assert!(!text(0.5, " class=advert"));
    }

    #[test]
    fn a_heading_within_the_text_stays() {
        let stays = |guess: f32, heading: &str| {
            let (swans, herons) = (long().replace("boats", "swans"), long().replace("boats", "herons"));
            let html = format!("<div>{}{swans}{heading}{herons}</div>", long());
            kept(&html, &[0.9, 0.9, guess, 0.9]).iter().any(|text| text == "What the divers saw")
        };
        assert!(stays(0.2, "<h2>What the divers saw</h2>"));
        assert!(!stays(0.05, "<h2>What the divers saw</h2>"));
        assert!(!stays(0.2, "<h2 class=related>What the divers saw</h2>"));
        assert!(!stays(0.2, "<h2><a href=/x>What the divers saw</a></h2>"));
    }

    #[test]
    fn a_line_that_leads_to_a_list_stays_with_it() {
        let stays = |line: &str, guess: f32| {
            let part = |told: &str| format!("<div class=part>{}</div>", long().replace("boats", told));
            let list = "<ul><li>You need not think about the money.<li>You pay less of the levy each year.</ul>";
            let html = format!("<div>{}{}{line}{list}{}</div>", part("boats"), part("swans"), part("herons"));
            kept(&html, &[0.9, 0.9, guess, 0.9, 0.9, 0.9]).iter().any(|text| text.starts_with("The committee"))
        };
        assert!(stays("<p>The committee named two reasons:</p>", 0.1));
        assert!(!stays("<p>The committee named two reasons</p>", 0.1));
        assert!(!stays("<p class=advert>The committee named two reasons:</p>", 0.1));
        assert!(!stays("<p>The committee named <a href=/x>two reasons</a>:</p>", 0.1));
    }

    #[test]
    fn a_list_of_one_item_stays() {
        let stays = |item: &str, guess: f32| {
            let html = format!("{}<ul><li>{item}</ul>{}", long(), long().replace("boats", "swans"));
            kept(&html, &[0.9, guess, 0.9]).len() == 3
        };
        assert!(stays("The keeper wants a second gate", 0.2));
        assert!(!stays("The keeper wants a second gate", 0.05));
        assert!(!stays("<a href=/x>The keeper wants a second gate</a>", 0.2));
        assert!(!stays("Share this", 0.2));
    }

    #[test]
    fn a_heading_over_a_table_is_no_headline() {
        let stays = |text: &str| {
            let table = "<table><tr><th>Town<th>Votes<tr><td>Harrow<td>12</table>";
            let html = format!(
                "<h1>What the divers saw below the lock</h1><div>{text}</div><section><h3>What the divers saw</h3></section><div>{table}</div>"
            );
            kept(&html, &[0.1, 0.9, 0.2, 0.9]).iter().any(|text| text == "What the divers saw")
        };
        assert!(stays(&long()));
        assert!(!stays("<p>the boats came back to the basin on Sunday"));
    }

    #[test]
    fn comments_and_consent_are_told_from_the_text_by_their_names() {
        let has = |html: &str, guess: &[f32], what: &str| kept(html, guess).iter().any(|text| text.contains(what));
        let said = "<ol class=comments><li class=comment><p>I saw a heron there as well, and it was large.</ol>";
        assert!(!has(&format!("<div>{}</div>{said}", long()), &[0.9, 0.9], "heron"));
        // Names around the whole page, or over its only text, say nothing.
        assert!(has(&format!("<div class=comments-open><div>{}</div>{said}</div>", long()), &[0.9, 0.9], "heron"));
        assert!(has(said, &[0.9], "heron"));
        let consent = "<p>We use cookies to see which pages are read.";
        let in_box = |around: &str| format!("<div>{}</div><div class=privacy-modal>{consent}{around}</div>", long());
        assert!(!has(&in_box(""), &[0.9, 0.9], "cookies"));
        let swans = long().replace("boats", "swans");
        assert!(has(&in_box(&swans), &[0.9, 0.9, 0.9], "cookies"));
        assert!(has(&format!("<div>{}{consent}</div>", long()), &[0.9, 0.9], "cookies"));
    }

    #[test]
    fn a_pointer_is_mostly_a_link() {
        let stays = |line: &str| kept(&format!("{}<p>{line}</p>", long()), &[0.9, 0.95]).len() == 2;
        assert!(!stays("Read also: <a href=/x>Council votes on parking</a>"));
        assert!(!stays("Les også: <a href=/x>Rådet vil ha ny bro</a>"));
        assert!(!stays("Читайте также: <a href=/x>Новый мост у деревни</a>"));
        assert!(stays("Read also the letter of the clerk, which <a href=/x>was sent</a> on Monday"));
        assert!(stays("<a href=/x>The council</a> will vote"));
    }

    #[test]
    fn headlines_in_a_row_are_teasers() {
        let row = |count: usize| {
            let html = format!(
                "{}{}{}",
                long(),
                "<h3>Council votes again</h3>".repeat(count),
                long().replace("boats", "swans")
            );
            let guess: Vec<f32> = vec![0.95; count + 2];
            kept(&html, &guess).len() - 2
        };
        assert_eq!((row(1), row(4)), (1, 0));
    }
}
