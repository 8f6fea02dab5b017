//! Whether two articles are near-identical copies of one text.
//!
//! A copy holds nearly all of the other and the other nearly all of it, and both begin alike. So kept apart are: a digest
//! that holds the article among others; an excerpt; a later lead, the old story below a new beginning, if that is one
//! sentence; two reports that quote the same speech; the reports of two months, made of the same words around other
//! figures; a report that denies what the other says; and reports of two days under two titles that differ by more than a copy
//! does, as an outlet makes them from one form. Resemblance is measured by shingles (Broder 1997), here of the folded words of the text.

use crate::model::{Article, BlockKind, Span};
use crate::text::{self, Tokens};

/// Words in a shingle.
const SHINGLE: usize = 3;

/// How much of either text must be in the other.
const SHARED: f64 = 0.8;

/// How much of either beginning must be in the other text.
const SHARED_LEAD: f64 = 0.6;

/// Shingles of a beginning: about two sentences.
const LEAD: usize = 40;

/// Fewest shingles of a first paragraph that counts as a sentence of its own: below, it is a place, a name, a label.
const OPENING: usize = 4;

/// How much of a first paragraph must be in the other text.
const SHARED_OPENING: f64 = 0.25;

/// How much of either text is in the other where reports of different days under different titles are copies all the same.
const SHARED_BY_COPIES: f64 = 0.95;

/// Days that a copy in another outlet may come after the first, whatever it is called; in the same outlet it is the day after.
const LATE: i64 = 14;

/// Words that turn a sentence round, folded, each with the languages it does so in.
const DENIALS: &[(&str, &[&str])] = &[
    (
        "en",
        &[
            "arent", "cannot", "cant", "couldnt", "didnt", "doesnt", "dont", "hadnt", "hasnt", "havent", "isnt",
            "never", "nor", "not", "shouldnt", "wasnt", "werent", "wont", "wouldnt",
        ],
    ),
    ("de", &["kein", "keine", "keinem", "keinen", "keiner", "nicht", "nie", "niemals"]),
    ("fr", &["jamais", "ne", "non"]),
    ("es", &["no", "nunca"]),
    ("it", &["mai", "non"]),
    ("pt", &["nao", "nunca"]),
    ("nl", &["geen", "niet", "nooit"]),
    ("sv", &["aldrig", "inte"]),
    ("da", &["aldrig", "ikke"]),
    ("nb", &["aldri", "ikke"]),
    ("no", &["aldri", "ikke"]),
    ("fi", &["ei", "eivat"]),
    ("pl", &["nie", "nigdy"]),
    ("cs", &["neni", "nikdy"]),
    ("hu", &["nem", "sem"]),
    ("ro", &["nu", "niciodata"]),
    ("tr", &["degil"]),
    ("ru", &["не", "нет", "никогда"]),
    ("uk", &["не", "ні"]),
    ("ar", &["لا", "لم", "لن", "ليس"]),
];

/// What is compared of an article: hashes of its shingles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shape {
    /// Sorted, each once.
    all: Vec<u64>,
    /// Those of the beginning, in order.
    lead: Vec<u64>,
    /// How many of these are the first paragraph's, where that is a sentence.
    opening: usize,
    /// Hashes of what is written in digits, sorted, each once.
    figures: Vec<u64>,
    /// How many words of the title and of the beginning deny something.
    denials: [usize; 2],
    /// Hashes of the title's words, sorted, each once.
    title: Vec<u64>,
    /// The outlet.
    source: u64,
    /// The day of publication, counted from 1970; `None` where it is not sure.
    day: Option<i64>,
}

impl Shape {
    /// The shape of an article.
    pub fn of(article: &Article) -> Self {
        let blocks: Vec<Span> = article.blocks.iter().map(|block| block.span).collect();
        let mut tokens = Tokens::new();
        text::analyze(&article.text, &blocks, &mut tokens);
        let said = || tokens.iter().filter(|t| t.length == 1 && !t.extra);
        let words: Vec<u64> = said().map(|t| hash(0, t.term.as_bytes())).collect();
        let language = article.language.as_ref().map_or("en", |language| language.as_str());
        let known = DENIALS.iter().find(|(of, _)| *of == language).map_or(&[][..], |(_, words)| words);
        let denies = |term: &&str| known.contains(term);
        let denied = said().take(LEAD).map(|t| t.term).filter(denies).count();
        let is_figure = |term: &str| term.starts_with(|c: char| c.is_ascii_digit());
        let mut figures: Vec<u64> = said().filter(|t| is_figure(t.term)).map(|t| hash(0, t.term.as_bytes())).collect();
        figures.sort_unstable();
        figures.dedup();
        let width = SHINGLE.min(words.len().max(1));
        let shingles: Vec<u64> = words
            .windows(width)
            .map(|words| words.iter().fold(0, |sum, word| hash(sum, &word.to_le_bytes())))
            .collect();
        let lead: Vec<u64> = shingles.iter().take(LEAD).copied().collect();
        let first = article.blocks.first().filter(|first| {
            let ends =
                first.span.of(&article.text).trim_end().ends_with(['.', '!', '?', '…', '。', '"', '”', '’', '»']);
            ends && article.blocks.len() > 1 && first.kind != BlockKind::Heading
        });
        let of_first = first.map_or(0, |first| said().take_while(|t| t.span.end <= first.span.end).count());
        let opening = (of_first + 1).saturating_sub(width).min(lead.len());
        let mut all = shingles;
        all.sort_unstable();
        all.dedup();
        text::analyze(&article.title, &[Span::new(0, article.title.len())], &mut tokens);
        let titled = || tokens.iter().filter(|t| t.length == 1 && !t.extra).map(|t| t.term);
        let denials = [titled().filter(denies).count(), denied];
        let mut title: Vec<u64> = titled().map(|term| hash(0, term.as_bytes())).collect();
        title.sort_unstable();
        title.dedup();
        let source = article.source.as_ref().map_or(0, |source| hash(0, text::fold(&source.value).as_bytes()));
        let sure = article.published.as_ref().filter(|date| date.is_sure());
        let day = sure.map(|date| date.second().div_euclid(86_400));
        Self { all, lead, opening, figures, denials, title, source, day }
    }

    /// Whether the texts are near-identical. The same both ways. Texts without words are copies of nothing.
    pub fn is_copy_of(&self, other: &Shape) -> bool {
        if self.all.is_empty() || other.all.is_empty() {
            return false;
        }
        let shared = common(&self.all, &other.all) as f64;
        let longer = self.all.len().max(other.all.len()) as f64;
        let alike = shared / longer;
        alike >= SHARED
            && self.begins_in(other)
            && other.begins_in(self)
            && !self.counts_otherwise(other)
            && !self.denies(other)
            && (alike >= SHARED_BY_COPIES || !self.is_of_another_day(other))
    }

    /// Whether one says what the other denies: `guilty` and `not guilty`.
    fn denies(&self, other: &Shape) -> bool {
        self.denials[1] != other.denials[1] || self.denials[0] != other.denials[0] && self.is_titled_as(other)
    }

    /// Whether half of either title is in the other. A title that is missing says nothing.
    fn is_titled_as(&self, other: &Shape) -> bool {
        common(&self.title, &other.title) * 2 >= self.title.len().max(other.title.len())
    }

    /// Whether the two have other titles and days too far apart for a copy.
    fn is_of_another_day(&self, other: &Shape) -> bool {
        let (Some(one), Some(two)) = (self.day, other.day) else { return false };
        let most = if self.source == other.source && self.source != 0 { 1 } else { LATE };
        let untitled = self.title.is_empty() || other.title.is_empty();
        (one - two).abs() > most && !untitled && !self.is_titled_as(other)
    }

    fn begins_in(&self, other: &Shape) -> bool {
        let found =
            |lead: &[u64]| lead.iter().filter(|shingle| other.all.binary_search(shingle).is_ok()).count() as f64;
        let opening = &self.lead[..self.opening];
        let opens = opening.len() < OPENING || found(opening) >= SHARED_OPENING * opening.len() as f64;
        opens && found(&self.lead) >= SHARED_LEAD * self.lead.len() as f64
    }

    /// Whether the figures of the two differ throughout. What stands in one text only, such as a line with a year below
    /// it, is no other figure.
    fn counts_otherwise(&self, other: &Shape) -> bool {
        let fewer = self.figures.len().min(other.figures.len());
        let shared = common(&self.figures, &other.figures);
        shared * 2 < fewer
    }
}

/// How many numbers two sorted lists share.
fn common(a: &[u64], b: &[u64]) -> usize {
    let (mut a, mut b, mut count) = (a, b, 0);
    while let (Some(x), Some(y)) = (a.first(), b.first()) {
        if x == y {
            count += 1;
        }
        if x <= y {
            a = &a[1..];
        }
        if y <= x {
            b = &b[1..];
        }
    }
    count
}

fn hash(start: u64, bytes: &[u8]) -> u64 {
    let start = start ^ 0xcbf2_9ce4_8422_2325;
    bytes.iter().fold(start, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ArticleId, Block, DateClaim, Found};
    use jiff::civil::date;

    fn article(blocks: &[String]) -> Article {
        let text = blocks.join("\n\n");
        let mut at = 0;
        let mut spans = Vec::new();
        for block in blocks {
            spans.push(Block { kind: BlockKind::Paragraph, span: Span::new(at, at + block.len()) });
            at += block.len() + 2;
        }
        Article {
            id: ArticleId::of_text("", &text),
            title: String::new(),
            authors: Vec::new(),
            published: None,
            updated: None,
            fetched: None,
            embargo: None,
            language: None,
            url: None,
            source: None,
            section: None,
            tags: Vec::new(),
            text,
            blocks: spans,
            removed: Vec::new(),
            provenance: Default::default(),
            flags: Default::default(),
            notes: Vec::new(),
        }
    }

    fn shape(blocks: &[String]) -> Shape {
        Shape::of(&article(blocks))
    }

    /// An outlet's reports of two events, from one form; the same report corrected, and printed by another outlet.
    #[test]
    fn reports_of_two_days_from_one_form() {
        let report = |title: &str, day: jiff::civil::Date, source: &str, what: &str| {
            let text = format!("A cyclist has died after a crash with {what}. {}", words(1, 60));
            Shape::of(&Article {
                title: title.into(),
                published: Some(DateClaim::day(day, "test")),
                source: Some(Found { value: source.into(), found: "test".into() }),
                ..article(&[text])
            })
        };
        let (may, june, august) = (date(2025, 5, 21), date(2025, 5, 22), date(2025, 8, 21));
        let first = report("Cyclist dies after crash", may, "Quay", "a lorry on the ring road near Tarn");
        let differs = |other: &Shape| {
            assert_eq!(first.is_copy_of(other), other.is_copy_of(&first));
            !first.is_copy_of(other)
        };
        let there = "a van on the ring road near Holm";
        assert!(differs(&report("Crash on ring road kills a rider", august, "Quay", there)));
        assert!(differs(&report("Crash on ring road kills a rider", august, "Mole", there)));
        let here = "a lorry on the ring road near Tarn";
        assert!(!differs(&report("Crash on ring road kills a rider", august, "Mole", here)));
        assert!(!differs(&report("Cyclist dies after crash", june, "Quay", "a lorry on the ring road at Tarn")));
        assert!(!differs(&report("Rider killed on the ring road", june, "Mole", "a lorry on the ring road at Tarn")));
    }

    #[test]
    fn a_report_that_denies_is_another() {
        let verdict = |title: &str, said: &str| {
            let text = format!("The court found Mr Ames {said} on Monday. {}", words(1, 60));
            Shape::of(&Article { title: title.into(), ..article(&[text]) })
        };
        let guilty = verdict("Verdict: Mr Ames guilty", "guilty");
        assert!(!guilty.is_copy_of(&verdict("Verdict: Mr Ames not guilty", "not guilty")));
        assert!(!guilty.is_copy_of(&verdict("Verdict: Mr Ames guilty", "not guilty")));
        assert!(!guilty.is_copy_of(&verdict("Verdict: Mr Ames not guilty", "guilty")));
        assert!(guilty.is_copy_of(&verdict("Why no appeal is likely now, say the lawyers", "guilty")));
    }

    fn words(seed: usize, count: usize) -> String {
        let words: Vec<String> = (0..count).map(|n| format!("w{}", (seed * 7919 + n * n * 31 + n) % 4099)).collect();
        words.join(" ")
    }

    /// Reports made of the same words around other figures are no copies; a figure more or one corrected is no other report.
    #[test]
    fn figures_that_differ_throughout() {
        let report = |rate: &str, jobless: &str, more: &str| {
            shape(&[
                format!("The rate in Arden stood at {rate} per cent in the month, the office said, {}.", words(1, 40)),
                format!("The number of those out of work was {jobless} at its end, {}.{more}", words(2, 60)),
            ])
        };
        let march = report("4.1", "41,000", "");
        assert!(!march.is_copy_of(&report("5.7", "57,000", "")) && !report("9.9", "99,000", "").is_copy_of(&march));
        assert!(march.is_copy_of(&report("4.1", "41000", "")), "the same number written otherwise");
        assert!(march.is_copy_of(&report("4.1", "42,000", "")), "one corrected");
        assert!(march.is_copy_of(&report("4.1", "41,000", " Printed in 2025.")), "one more");
        let one = |dead: &str| shape(&[format!("{} and {dead} people were hurt. {}", words(1, 40), words(2, 60))]);
        assert!(!one("3").is_copy_of(&one("12")));
        assert!(one("3").is_copy_of(&one("some")));
    }

    #[test]
    fn copies_and_others() {
        let story = vec![words(1, 60), words(2, 80), words(3, 70)];
        let with = |change: &dyn Fn(&mut Vec<String>)| {
            let mut blocks = story.clone();
            change(&mut blocks);
            shape(&blocks)
        };
        let check = |other: Shape, same: bool, what: &str| {
            assert_eq!(shape(&story).is_copy_of(&other), same, "{what}");
            assert_eq!(other.is_copy_of(&shape(&story)), same, "{what}, the other way");
        };
        check(with(&|_| {}), true, "itself");
        check(with(&|b| b[0] = b[0].to_uppercase()), true, "another case");
        check(with(&|b| b.push(words(9, 12))), true, "a line more");
        check(with(&|b| b[1] = b[1].replacen("w1", "other", 2)), true, "a word changed");
        check(with(&|b| b.extend([words(11, 90), words(12, 90)])), false, "a digest");
        check(with(&|b| b.truncate(1)), false, "an excerpt");
        check(with(&|b| b[0] = words(20, 50)), false, "a later lead");
        check(
            with(&|b| b.insert(0, "UPDATE: Two more bodies were found on Tuesday.".into())),
            false,
            "a new sentence above",
        );
        check(with(&|b| b.insert(0, "From our correspondent in Selby, Ann Reed".into())), true, "a line above");
        check(shape(&[words(30, 200)]), false, "another story");
        check(shape(&[]), false, "nothing");
        assert!(!shape(&[]).is_copy_of(&shape(&[])));
        assert!(shape(&["Too short".into()]).is_copy_of(&shape(&["too short!".into()])));
    }
}
