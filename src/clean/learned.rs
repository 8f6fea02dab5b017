//! Boilerplate learned from the corpus: blocks that recur in the articles of one source.
//!
//! A proposal is shown with its count and examples and takes nothing out by itself. Approved, it becomes a
//! [`LearnedRule`]; what the rule takes out is kept as removed text under `learned.<id>`, so dropping the rule and
//! cleaning again brings it back.

use std::collections::{HashMap, HashSet};

use super::draft::Draft;
use super::metadata::folded;
use crate::model::{Article, ArticleId, content_hash};

/// An approved rule: this block is not part of any story of this source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LearnedRule {
    /// Names the rule; removed text cites it as `learned.<id>`.
    pub id: String,
    /// The outlet's name as articles of it carry it; case and punctuation do not count.
    pub source: String,
    /// The block's text; case and punctuation do not count in comparing, and neither do figures, unless the id says that
    /// they were the same wherever the block stood.
    pub text: String,
}

impl LearnedRule {
    /// What the block of this rule is compared by, and whether figures count.
    fn key(&self) -> (String, bool) {
        let exact = folded(&self.text);
        let counts = self.id.strip_prefix("learned.").unwrap_or(&self.id) == id_of(&self.source, &exact);
        (if counts { exact } else { without_figures(&exact) }, counts)
    }
}

/// The id of a block of a source.
fn id_of(source: &str, key: &str) -> String {
    let mut id = content_hash(format!("{}\n{key}", folded(source)).as_bytes());
    id.truncate(8);
    id
}

/// Where a recurring block stands in most of its articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// Among the first two blocks.
    First,
    /// Somewhere between.
    Middle,
    /// Among the last three blocks.
    Last,
}

impl Place {
    /// In a word, as a list of proposals shows it.
    pub fn words(self) -> &'static str {
        match self {
            Place::First => "first",
            Place::Middle => "middle",
            Place::Last => "last",
        }
    }
}

/// A block that recurs in the articles of one source and may be boilerplate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Stable: made of the source and the block, and of its figures where they are the same everywhere; eight hex digits.
    pub id: String,
    /// The source.
    pub source: String,
    /// The block as it stands in the first article that has it.
    pub text: String,
    /// In how many articles with different headlines it stands.
    pub count: usize,
    /// How many articles of the source were looked at.
    pub of: usize,
    /// At most three articles that have it.
    pub examples: Vec<ArticleId>,
    /// Where it stands.
    pub place: Place,
    /// Whether it has other figures in some articles: then it may be the news of each.
    pub figures_differ: bool,
}

impl Proposal {
    /// The rule that an approval makes of it.
    pub fn rule(&self) -> LearnedRule {
        LearnedRule { id: self.id.clone(), source: self.source.clone(), text: self.text.clone() }
    }
}

/// Longest block in bytes that is looked at: longer ones that recur are copied stories.
const MAX_BLOCK: usize = 700;
/// Shortest folded block in bytes: `Why?` is a line of many stories.
const MIN_BLOCK: usize = 8;

/// Finds blocks that stand in at least `least` articles of one source under different headlines. Copies of one
/// story count once: an article most of whose text recurs elsewhere in the source is one. The most frequent stand
/// first, by source. Memory grows with the number of different short blocks; `articles` is read once.
pub fn propose<'a>(articles: impl IntoIterator<Item = (&'a str, &'a Article)>, least: usize) -> Vec<Proposal> {
    let least = least.max(2);
    let mut sources: HashMap<String, Seen> = HashMap::new();
    for (source, article) in articles {
        sources
            .entry(folded(source))
            .or_insert_with(|| Seen { name: source.to_owned(), ..Seen::default() })
            .add(article);
    }
    let mut out: Vec<Proposal> = sources.into_values().flat_map(|seen| seen.proposals(least)).collect();
    out.sort_by(|a, b| (&a.source, b.count, &a.text).cmp(&(&b.source, a.count, &b.text)));
    out
}

/// What was seen of one source.
#[derive(Default)]
struct Seen {
    name: String,
    /// Number of each different block.
    blocks: HashMap<String, usize>,
    /// The block's text as first seen, and whether its figures differed later.
    texts: Vec<(String, bool)>,
    articles: Vec<Told>,
}

struct Told {
    id: ArticleId,
    headline: String,
    /// Bytes of all its text.
    size: usize,
    /// Its short blocks: number, bytes, place.
    blocks: Vec<(usize, usize, Place)>,
}

/// Where a block recurs: its headlines, its articles, how often in each [`Place`].
type Recurring<'a> = (HashSet<&'a str>, Vec<&'a Told>, [usize; 3]);

impl Seen {
    fn add(&mut self, article: &Article) {
        let mut blocks = Vec::new();
        let last = article.blocks.len();
        for (at, block) in article.blocks.iter().enumerate() {
            let text = block.span.of(&article.text);
            let exact = if text.len() <= MAX_BLOCK { folded(text) } else { continue };
            let key = without_figures(&exact);
            if key.len() < MIN_BLOCK {
                continue;
            }
            let next = self.texts.len();
            let number = *self.blocks.entry(key).or_insert(next);
            match self.texts.get_mut(number) {
                None => self.texts.push((text.to_owned(), false)),
                Some((first, differ)) => *differ = *differ || folded(first) != exact,
            }
            let place = match at {
                _ if at + 3 >= last && last > 3 => Place::Last,
                0 | 1 => Place::First,
                _ => Place::Middle,
            };
            if !blocks.iter().any(|(known, _, _)| *known == number) {
                blocks.push((number, text.len(), place));
            }
        }
        self.articles.push(Told {
            id: article.id.clone(),
            headline: folded(&article.title),
            size: article.text.len(),
            blocks,
        });
    }

    fn proposals(self, least: usize) -> Vec<Proposal> {
        let of = self.articles.len();
        let mut times = vec![0usize; self.texts.len()];
        for (number, ..) in self.articles.iter().flat_map(|article| &article.blocks) {
            times[*number] += 1;
        }
        // A story that was stored several times repeats as a whole: half its text or more stands elsewhere too.
        let mut kept: Vec<&Told> = Vec::new();
        let mut told: HashSet<Vec<usize>> = HashSet::new();
        for article in &self.articles {
            let again = article.blocks.iter().filter(|(number, ..)| times[*number] > 1);
            let bytes: usize = again.map(|(_, bytes, _)| bytes).sum();
            let copy = bytes * 2 > article.size;
            let whole = article.blocks.iter().map(|(number, ..)| *number).collect();
            if !copy || told.insert(whole) {
                kept.push(article);
            }
        }
        let mut found: HashMap<usize, Recurring<'_>> = HashMap::new();
        for article in kept {
            for (number, _, place) in &article.blocks {
                if times[*number] < least {
                    continue;
                }
                let (headlines, examples, places) = found.entry(*number).or_default();
                if headlines.insert(&article.headline) {
                    examples.push(article);
                    places[*place as usize] += 1;
                }
            }
        }
        let proposal = |(number, (headlines, examples, places)): (usize, Recurring<'_>)| {
            let (text, figures_differ) = self.texts[number].clone();
            let most = places.iter().max().copied().unwrap_or(0);
            let place =
                [Place::First, Place::Last, Place::Middle].into_iter().find(|place| places[*place as usize] == most);
            let exact = folded(&text);
            let key = if figures_differ { without_figures(&exact) } else { exact };
            (headlines.len() >= least).then(|| Proposal {
                id: id_of(&self.name, &key),
                source: self.name.clone(),
                count: headlines.len(),
                of,
                examples: examples.iter().take(3).map(|article| article.id.clone()).collect(),
                place: place.unwrap_or(Place::Middle),
                text,
                figures_differ,
            })
        };
        found.into_iter().filter_map(proposal).collect()
    }
}

/// Takes out every block a rule of this source names; the last block there is stays.
pub(super) fn apply(draft: &mut Draft, source: Option<&str>, rules: &[LearnedRule]) {
    let Some(source) = source.map(folded) else { return };
    let own = rules.iter().filter(|rule| folded(&rule.source) == source);
    let own: HashMap<(String, bool), &str> = own.map(|rule| (rule.key(), rule.id.as_str())).collect();
    if own.is_empty() {
        return;
    }
    let mut left = draft.pieces.iter().filter(|piece| piece.kept()).count();
    for at in 0..draft.pieces.len() {
        let piece = &draft.pieces[at];
        if !piece.kept() || left < 2 {
            continue;
        }
        let exact = folded(&piece.text);
        let any = (without_figures(&exact), false);
        if let Some(id) = own.get(&(exact, true)).or_else(|| own.get(&any)) {
            draft.remove(at, &format!("learned.{}", id.strip_prefix("learned.").unwrap_or(id)), Vec::new());
            left -= 1;
        }
    }
}

/// What stays the same in a block whose figures change: its words.
fn without_figures(folded: &str) -> String {
    folded.chars().map(|c| if c.is_numeric() { '0' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::Piece;
    use crate::clean::metadata::Resolved;
    use crate::model::{BlockKind, Document, MediaType, Origin};

    fn article(title: &str, blocks: &[&str]) -> Article {
        let mut draft = Draft::default();
        draft.pieces.extend(blocks.iter().map(|text| Piece::new(BlockKind::Paragraph, *text, "p")));
        let document = Document {
            origin: Origin::file("a.txt"),
            media: MediaType::Text,
            raw: Vec::new(),
            payload: None,
            claims: Vec::new(),
            fetched: None,
            notes: Vec::new(),
        };
        crate::clean::assemble::article(&draft, &document, Resolved { title: title.to_owned(), ..Resolved::default() })
    }

    const LONG: &str =
        "The council of Orlen met for the last time before the summer and put off the vote on the new bridge.";

    #[test]
    fn blocks_that_recur_under_different_headlines_are_proposed() {
        let sign_up =
            ["Sign up for Herald Daily, read by 12,000 people.", "Sign up for Herald Daily, read by 13,500 people."];
        let stories: Vec<Article> = (0..4)
            .map(|n| {
                let lead = format!("{LONG} Report number {}.", ["one", "two", "three", "four"][n]);
                let more = format!("A second paragraph, for story {}.", ["alpha", "beta", "gamma", "delta"][n]);
                article(&format!("Story {n}"), &[&lead, &more, "Why?", LONG, sign_up[n % 2]])
            })
            .collect();
        let copies: Vec<Article> =
            (0..5).map(|_| article("One story", &["Copied words of one story.", "And its end."])).collect();
        let all = stories.iter().map(|a| ("Orlen Herald", a)).chain(copies.iter().map(|a| ("Orlen Herald", a)));
        let all = all.chain(stories.iter().take(2).map(|a| ("Other Paper", a)));
        let proposals = propose(all, 3);
        let shown: Vec<(&str, usize, Place)> = proposals.iter().map(|p| (p.text.as_str(), p.count, p.place)).collect();
        assert_eq!(shown, [(sign_up[0], 4, Place::Last), (LONG, 4, Place::Last)]);
        assert_eq!((proposals[0].of, proposals[0].examples.len()), (9, 3));
        assert!(proposals[0].figures_differ && !proposals[1].figures_differ);
    }

    #[test]
    fn figures_count_where_they_were_the_same() {
        let line = |n: u32| format!("Call the desk at 555 {n} from 9 to 5 on weekdays.");
        let stories = |lines: [u32; 3]| -> Vec<Article> {
            let one = |(name, figure): (&str, u32)| {
                let lead = format!("{LONG} That is the report on the {name}, where the {name} begins and ends.");
                article(&format!("Story {name}"), &[&lead, &line(figure)])
            };
            ["ferry", "weir", "mill"].into_iter().zip(lines).map(one).collect()
        };
        let rule = |articles: &[Article]| {
            let proposals = propose(articles.iter().map(|a| ("Orlen Herald", a)), 3);
            let found = proposals.iter().find(|p| p.text.starts_with("Call"));
            found.map(|p| (p.figures_differ, p.rule())).expect("proposed")
        };
        let leaves = |rule: &LearnedRule, figure: u32| {
            let texts = [LONG.to_owned(), line(figure)];
            let pieces = texts.iter().map(|text| Piece::new(BlockKind::Paragraph, text, "p")).collect();
            let mut draft = Draft { pieces, ..Draft::default() };
            apply(&mut draft, Some("Orlen Herald"), std::slice::from_ref(rule));
            !draft.pieces[1].kept()
        };
        let (differ, same) = rule(&stories([1, 1, 1]));
        assert!(!differ && leaves(&same, 1) && !leaves(&same, 2), "{same:?}");
        let (differ, any) = rule(&stories([1, 2, 3]));
        assert!(differ && leaves(&any, 1) && leaves(&any, 7), "{any:?}");
        assert_ne!(same.id, any.id);
    }

    #[test]
    fn an_approved_rule_fires_on_its_own_source_and_spares_the_last_block() {
        let rule = LearnedRule { id: "ab12".into(), source: "Orlen Herald".into(), text: "Read by 12 people".into() };
        let draft = |texts: &[&str]| Draft {
            pieces: texts.iter().map(|text| Piece::new(BlockKind::Paragraph, *text, "p")).collect(),
            ..Draft::default()
        };
        let mut own = draft(&["News.", "Read by 15 people."]);
        apply(&mut own, Some("orlen herald"), std::slice::from_ref(&rule));
        assert_eq!(own.pieces[1].removed.as_ref().map(|r| r.rule.as_str()), Some("learned.ab12"));
        let mut other = draft(&["News.", "Read by 15 people."]);
        apply(&mut other, Some("Other Paper"), std::slice::from_ref(&rule));
        assert!(other.pieces[1].kept());
        let mut only = draft(&["Read by 15 people."]);
        apply(&mut only, Some("Orlen Herald"), &[rule]);
        assert!(only.pieces[0].kept());
    }
}
