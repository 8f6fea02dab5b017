//! Which blocks of a page are its article: the model's word, then rules that know better.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use html5ever::local_name;

use super::attached::{self, Group, is_linked};
use super::blocks::{self, Block, zone};
use super::cards;
use super::counts;
use super::enclaves::{self, Boxes};
use super::entries::{self, Entry};
use super::features::{self, Frame, Page, Rows};
use super::footnotes;
use super::hints::{self, Hints};
use super::jsonld;
use super::meta::{Harvest, Survey};
use super::model::Model;
use super::posts;
use super::programs;
use super::second::second;
use super::standfirst;
use super::tree::{Id, Tree};
use crate::model::{BlockKind, Field};

/// Blocks of at least this probability are kept. Chosen by cross-validation over sites, where the news mean is .9613
/// at 0.5, .9628 at 0.6 and .9616 at 0.7 (three rounds): a lost paragraph is worse than a stray line.
const KEEP: f32 = 0.6;
/// Blocks below this probability after the first run are not judged again.
const HOPELESS: f32 = 0.02;
/// So many trees of the first run judge every block,
const TREES: usize = 48;
/// and the others those to which these give at least so much.
const LIKELY: f32 = 0.01;
/// A page with fewer kept words than this is judged again at half that probability, before it is given up.
const FEW_WORDS: usize = 40;

/// What stands above other articles is an article of its own from so many words on.
pub(super) const OWN_WORDS: usize = 60;

/// A page's blocks with all that is known of them.
pub(super) struct Case {
    pub blocks: Vec<Block>,
    /// Blocks past the bound, which are not among `blocks`.
    pub dropped: usize,
    pub frames: Vec<Frame>,
    pub first: Rows,
    /// The rule that takes each block out if it goes.
    pub(super) rules: Vec<&'static str>,
    pub(super) hidden: Vec<bool>,
    /// What each block's own names hint at.
    pub(super) names: Vec<Hints>,
    /// Whether a block is a table with a link in each row or more.
    pub(super) linked_table: Vec<bool>,
    /// Tables and lists that may belong to the text.
    pub(super) groups: Vec<Group>,
    pub(super) embedded: Vec<bool>,
    /// Outermost `article` element each block is in, if any.
    pub(super) articles: Vec<Option<Id>>,
    /// Whether each block is a headline that the page claims as a title.
    pub(super) titled: Vec<bool>,
    /// Whether each block is in another article below the page's own.
    pub(super) foreign: Vec<bool>,
    /// Whether each block is in a box that is named for key points.
    pub(super) key_point: Vec<bool>,
    /// Whether each block has a name that only standfirsts have.
    pub(super) standfirst: Vec<bool>,
    /// Whether each block is a heading that is a link to the page itself.
    pub(super) own_link: Vec<bool>,
    /// Whether each block is in a box that is named a card, an item or something related.
    pub(super) carded: Vec<bool>,
    /// Whether each block is in the box of a program that is known by name.
    pub(super) programs: Vec<bool>,
    /// The box that each heading opens, if it has one to itself.
    pub(super) entries: Vec<Option<Entry>>,
    /// The boxes around each block.
    pub(super) boxes: Vec<Boxes>,
    /// The boxes that are stamped with a time of day each.
    pub(super) posts: Vec<Entry>,
    /// The box around the notes that a block is one of.
    pub(super) note_home: Vec<Id>,
}

/// Why a block is not the article's; `None` where it is.
pub(super) type Verdict = Option<&'static str>;

type Step = fn(&Case, &[f32], &mut [Verdict]);

/// What is done after the model has spoken, in this order.
pub(super) const STEPS: &[(&str, Step)] = &[
    ("embedded posts", Case::keep_embedded),
    ("whole lists", Case::whole_lists),
    ("gaps", Case::fill_gaps),
    ("own headings", Case::keep_own_headings),
    ("tables", Case::keep_tables),
    ("attached", Case::keep_attached),
    ("closings", Case::keep_closing),
    ("footnotes", Case::keep_footnotes),
    ("standfirst", Case::keep_standfirst),
    ("key points", Case::keep_key_points),
    ("entries", Case::keep_entry_headings),
    ("posts", Case::keep_posts),
    ("enclaves", Case::keep_enclaves),
    ("hidden", Case::drop_hidden),
    ("neighbours", Case::drop_neighbours),
    ("comments", Case::drop_comments),
    ("consent", Case::drop_consent),
    ("programs", Case::drop_programs),
    ("repeats", Case::drop_repeats),
    ("pointers", Case::drop_pointers),
    ("heading rows", Case::drop_heading_rows),
    ("bare headings", Case::drop_bare_headings),
];

struct Models {
    first: Model,
    second: Model,
}

static MODELS: LazyLock<Models> = LazyLock::new(|| {
    let (first, second) = names();
    Models {
        first: Model::read(include_str!("paragraphs.first.txt"), &first),
        second: Model::read(include_str!("paragraphs.second.txt"), &second),
    }
});

/// The names of both runs' features, learned from a page of one block.
pub(super) fn names() -> (Vec<String>, Vec<String>) {
    let tree = Tree::parse("<p>a");
    let survey = Survey::of(&tree);
    let harvest = super::meta::harvest(&tree, &survey, None);
    let (mut first, mut more) = (Vec::new(), Vec::new());
    let case = case_named(&tree, &survey, &harvest, Some(&mut first));
    second(&case.frames, &case.first, &[0.5], |_| true, Some(&mut more));
    let mut second = first.clone();
    second.extend(more);
    (first, second)
}

/// Cuts a page into blocks and measures them.
pub(super) fn case(tree: &Tree, survey: &Survey, harvest: &Harvest) -> Case {
    case_named(tree, survey, harvest, None)
}

fn case_named(tree: &Tree, survey: &Survey, harvest: &Harvest, names: Option<&mut Vec<String>>) -> Case {
    let zones = blocks::zones(tree);
    let (blocks, dropped) = blocks::blocks(tree, survey, 0);
    let of = |field: Field| {
        let claims = harvest.claims.iter().filter(move |c| c.field == field && !c.found.starts_with("jsonld:other"));
        let mut texts: Vec<String> = claims.map(|c| jsonld::fold(&c.value)).filter(|t| t.len() > 8).collect();
        texts.sort();
        texts.dedup();
        texts.truncate(12);
        texts
    };
    let mut witness = HashSet::default();
    for claim in harvest.claims.iter().filter(|c| c.field == Field::BodyWitness && c.found == "jsonld:articleBody") {
        if claim.value.len() > 200 {
            witness.extend(counts::sequences(&claim.value));
        }
    }
    let page = Page {
        tree,
        survey,
        zones: &zones,
        blocks: &blocks,
        h1: harvest.h1,
        titles: of(Field::Title),
        summaries: of(Field::Summary),
        witness,
    };
    let frames = features::frames(&page);
    let first = features::first(&page, &frames, names);
    let neighbours: HashSet<String> = harvest
        .claims
        .iter()
        .filter(|c| c.found == "jsonld:other-article:headline")
        .map(|c| jsonld::fold(&c.value))
        .filter(|h| h.len() > 12 && !page.titles.contains(h))
        .collect();
    // Every headline on the page is claimed as a title; of these only the first is the page's own.
    let first_h1 = harvest.claims.iter().position(|c| c.found == "html:h1");
    let titles = harvest.claims.iter().enumerate().filter(|(at, c)| {
        c.field == Field::Title
            && !c.found.starts_with("jsonld:other")
            && (c.found != "html:h1" || Some(*at) == first_h1)
    });
    let own_titles: Vec<String> = titles.map(|(_, c)| jsonld::fold(&c.value)).filter(|t| t.len() > 8).collect();
    let (mut own_title, mut other_title, mut titled) = (Vec::new(), Vec::new(), Vec::new());
    for block in &blocks {
        let heading = block.kind == BlockKind::Heading && block.text.len() < 400;
        let folded = if heading { jsonld::fold(&block.text) } else { String::new() };
        let own = folded.len() > 8
            && own_titles.iter().any(|t| *t == folded || t.starts_with(&folded) || folded.starts_with(t.as_str()));
        own_title.push(own);
        titled.push(own || heading && page.titles.contains(&folded));
        other_title
            .push(heading && !own && (*tree.tag(block.node) == local_name!("h1") || neighbours.contains(&folded)));
    }
    let blocks = standfirst::without_captions(tree, survey, blocks, &titled);
    let rule = |(block, own): (&Block, &bool)| match own {
        // The article's title, which stands above its text.
        true => "page.headline",
        false => {
            rule(zones[block.first as usize], survey.own[block.node as usize], survey.above[block.node as usize], block)
        }
    };
    let rules = blocks.iter().zip(&own_title).map(rule).collect();
    let groups = attached::groups(tree, survey, &zones, &blocks, &frames);
    let names_of = |b: &Block| survey.own[b.node as usize];
    let own_names = blocks.iter().map(names_of).collect();
    let linked_table = blocks.iter().map(|b| b.kind == BlockKind::Table && is_linked(tree, b.node)).collect();
    let hidden = blocks.iter().map(|b| zones[b.first as usize] & zone::HIDDEN != 0).collect();
    let embed = |b: &Block| {
        (survey.own[b.node as usize] | survey.above[b.node as usize]) & hints::EMBED != 0
            && zones[b.first as usize] & zone::QUOTE != 0
    };
    let embedded = blocks.iter().map(embed).collect();
    let outermost = |b: &Block| tree.ancestors(b.node).filter(|&a| *tree.tag(a) == local_name!("article")).last();
    let articles: Vec<Option<Id>> = blocks.iter().map(outermost).collect();
    let foreign = foreign(tree, survey, &blocks, &articles, &own_title, &other_title);
    let key_point = standfirst::key_points(tree, survey, &blocks);
    let standfirst = standfirst::named(tree, &blocks);
    let own_link = cards::own_links(tree, harvest, &blocks);
    let programs = programs::said_by_programs(tree, survey, &blocks);
    let entries = entries::entries(tree, &blocks);
    let posts = posts::posts(tree, &blocks);
    let boxes = enclaves::boxes(tree, &blocks);
    let note_home = footnotes::homes(tree, survey, &blocks);
    let carded = cards::in_cards(survey, &blocks, |b| (frames[b].container, frames[b].grand));
    Case {
        key_point,
        standfirst,
        own_link,
        carded,
        programs,
        entries,
        boxes,
        posts,
        note_home,
        rules,
        hidden,
        names: own_names,
        linked_table,
        groups,
        embedded,
        articles,
        titled,
        foreign,
        blocks,
        dropped,
        frames,
        first,
    }
}

/// Which blocks are in another article below the page's own: one that begins with a headline that is not the page's,
/// in an `article` of its own, or in a twin of the box that the page's own article is in, or stands below a heading that is
/// named for what is related.
fn foreign(
    tree: &Tree,
    survey: &Survey,
    blocks: &[Block],
    articles: &[Option<Id>],
    own_title: &[bool],
    other_title: &[bool],
) -> Vec<bool> {
    let Some(own) = own_title.iter().position(|t| *t) else { return vec![false; blocks.len()] };
    let up = |block: usize| std::iter::once(blocks[block].node).chain(tree.ancestors(blocks[block].node));
    let trunk: Vec<Id> = up(own).collect();
    let in_trunk: HashSet<Id> = trunk.iter().copied().collect();
    let mut roots: HashSet<Id> = HashSet::new();
    // `article` elements below a heading that is named for what is related, and beside it.
    let related = |b: &Block| b.kind == BlockKind::Heading && survey.own[b.node as usize] & hints::RELATED != 0;
    if let Some(from) = (own + 1..blocks.len()).find(|&b| related(&blocks[b])) {
        let beside = tree.parent(blocks[from].node);
        let is_article = |id: &Id| *tree.tag(*id) == local_name!("article") && tree.parent(*id) == beside;
        let articles = (from + 1..blocks.len()).filter_map(|b| up(b).find(is_article));
        roots.extend(articles.filter(|id| !in_trunk.contains(id)));
    }
    for other in (own + 1..blocks.len()).filter(|&b| other_title[b]) {
        roots.extend(articles[other].filter(|_| articles[other] != articles[own]));
        // The highest boxes that hold the one headline and not the other.
        let branch: Vec<Id> = up(other).take_while(|id| !in_trunk.contains(id)).collect();
        let fork = branch.last().map(|&id| tree.parent(id));
        let mine = trunk.iter().take_while(|&&id| Some(id) != fork).last();
        if let (Some(&theirs), Some(&mine)) = (branch.last(), mine)
            && tree.tag(theirs) == tree.tag(mine)
            && tree.attr(theirs, "class") == tree.attr(mine, "class")
            && survey.own[theirs as usize] & hints::ARTICLE != 0
        {
            roots.insert(theirs);
        }
    }
    (0..blocks.len()).map(|b| !roots.is_empty() && up(b).any(|id| roots.contains(&id))).collect()
}

/// Most bytes of a button and its name; a longer text in a box of buttons is something else.
const BUTTON: usize = 60;

/// What a block would be taken for, by its place and names.
fn rule(zones: u32, own: Hints, above: Hints, block: &Block) -> &'static str {
    let all = own | above;
    match () {
        _ if zones & zone::HIDDEN != 0 => "page.hidden",
        _ if zones & zone::NAV != 0 => "page.navigation",
        _ if all & hints::COMMENT != 0 => "page.comments",
        _ if all & hints::RELATED != 0 => "page.related",
        _ if all & hints::SIGNUP != 0 => "page.signup",
        _ if all & hints::MODAL != 0 => "page.notice",
        _ if all & hints::AD != 0 => "page.advertisement",
        _ if own & hints::SHARE != 0 || above & hints::SHARE != 0 && block.text.len() <= BUTTON => "page.share",
        _ if block.kind == BlockKind::Caption => "page.caption",
        _ if own & hints::BIO != 0 || above & hints::BIO != 0 && block.text.len() > BUTTON => "page.bio",
        _ if own & hints::AUTHOR != 0 => "page.byline",
        _ if own & hints::DATE != 0 => "page.date",
        _ if own & hints::TAGS != 0 => "page.tags",
        _ if zones & zone::FOOTER != 0 || all & hints::FOOTER != 0 => "page.footer",
        _ if zones & zone::ASIDE != 0 || all & hints::SIDE != 0 => "page.sidebar",
        _ if all & hints::NAV != 0 => "page.navigation",
        _ => "page.chrome",
    }
}

impl Case {
    /// The model's probabilities.
    pub fn guess(&self) -> Vec<f32> {
        let rows: Vec<&[f32]> = (0..self.blocks.len()).map(|b| self.first.row(b)).collect();
        let first = MODELS.first.probabilities_of_likely(&rows, TREES, LIKELY);
        // Most of a page is plainly chrome, and need not be judged twice.
        let hopeful = |b: usize| first[b] >= HOPELESS;
        let rows = second(&self.frames, &self.first, &first, hopeful, None);
        let judged = (0..self.blocks.len()).filter(|b| hopeful(*b)).count();
        let rows: Vec<&[f32]> = (0..judged).map(|row| rows.row(row)).collect();
        let mut again = MODELS.second.probabilities(&rows).into_iter();
        let mut pick = |b: usize| if hopeful(b) { again.next() } else { None }.unwrap_or(first[b]);
        (0..self.blocks.len()).map(&mut pick).collect()
    }

    /// Whether a reader sees the block.
    pub fn is_shown(&self, block: usize) -> bool {
        !self.hidden[block]
    }

    /// Words of the blocks that `verdicts` keep.
    pub fn kept_words(&self, verdicts: &[Verdict]) -> usize {
        self.frames.iter().zip(verdicts).filter(|(_, v)| v.is_none()).map(|(f, _)| f.words).sum()
    }

    /// The verdict on every block, given the model's probabilities.
    pub fn verdicts(&self, guess: &[f32]) -> Vec<Verdict> {
        self.verdicts_without(guess, "")
    }

    /// The same, doing without the rule named: what is that rule worth?
    pub fn verdicts_without(&self, guess: &[f32], without: &str) -> Vec<Verdict> {
        let at = |least: f32| -> Vec<Verdict> {
            guess.iter().zip(&self.rules).map(|(&g, &rule)| if g >= least { None } else { Some(rule) }).collect()
        };
        let mut verdicts = at(KEEP);
        if self.kept_words(&verdicts) < FEW_WORDS {
            verdicts = at(KEEP / 2.0);
        }
        for (_, apply) in STEPS.iter().filter(|(name, _)| *name != without) {
            apply(self, guess, &mut verdicts);
        }
        verdicts
    }

    /// A post quoted in the midst of kept text is part of the story.
    fn keep_embedded(&self, guess: &[f32], verdicts: &mut [Verdict]) {
        let kept: Vec<bool> = verdicts.iter().map(Option::is_none).collect();
        for at in 0..kept.len() {
            if !kept[at] && self.embedded[at] && guess[at] > 0.3 {
                let before = kept[at.saturating_sub(4)..at].iter().any(|k| *k);
                let after = kept[at + 1..kept.len().min(at + 5)].iter().any(|k| *k);
                if before && after {
                    verdicts[at] = None;
                }
            }
        }
    }

    fn drop_hidden(&self, guess: &[f32], verdicts: &mut [Verdict]) {
        let shown: usize = (0..verdicts.len())
            .filter(|&b| verdicts[b].is_none() && !self.hidden[b])
            .map(|b| self.frames[b].words)
            .sum();
        if shown >= 60 {
            for (at, verdict) in verdicts.iter_mut().enumerate() {
                if verdict.is_none() && self.hidden[at] && guess[at] < 0.8 {
                    *verdict = Some("page.hidden");
                }
            }
        }
    }

    /// Articles that a page loads below its own, see [`foreign`].
    fn drop_neighbours(&self, guess: &[f32], verdicts: &mut [Verdict]) {
        // The page's own article comes first: a headline before all text may be the site's name.
        let Some(border) = self.foreign.iter().position(|f| *f) else { return };
        let words = |blocks: &[usize]| blocks.iter().map(|&b| self.frames[b].words).sum::<usize>();
        let own: Vec<usize> = (0..border).filter(|&b| verdicts[b].is_none()).collect();
        // Whole texts below one that is short and made otherwise are no reason to doubt it.
        let doubted: Vec<usize> =
            (0..border).filter(|&b| verdicts[b].is_some() && guess[b] >= KEEP / 2.0 && !self.is_chrome(b)).collect();
        if words(&own) < OWN_WORDS {
            if words(&own) + words(&doubted) < OWN_WORDS {
                return;
            }
            doubted.into_iter().for_each(|b| verdicts[b] = None);
        }
        for (at, verdict) in verdicts.iter_mut().enumerate() {
            if verdict.is_none() && self.foreign[at] {
                *verdict = Some("page.neighbour");
            }
        }
    }

    fn drop_repeats(&self, _: &[f32], verdicts: &mut [Verdict]) {
        let mut seen: HashMap<&str, usize> = HashMap::new();
        for (at, verdict) in verdicts.iter_mut().enumerate() {
            let text = self.blocks[at].text.as_str();
            if verdict.is_some() || text.len() < 60 {
                continue;
            }
            match seen.get(text) {
                // A refrain in a list of like entries is not a repeat: only long blocks, or those made elsewhere.
                Some(&before) => {
                    let elsewhere = self.frames[before].container != self.frames[at].container;
                    if elsewhere || text.len() > 140 {
                        *verdict = Some("page.repeat");
                    }
                }
                None => {
                    seen.insert(text, at);
                }
            }
        }
    }

    /// A heading over nothing that is kept is a heading of something else.
    pub(super) fn drop_bare_headings(&self, guess: &[f32], verdicts: &mut [Verdict]) {
        let mut over_text = false;
        for at in (0..verdicts.len()).rev() {
            if verdicts[at].is_none() {
                let heading = self.blocks[at].kind == BlockKind::Heading && !self.is_sentence(at);
                if heading && !over_text && guess[at] < 0.9 {
                    verdicts[at] = Some("page.heading");
                } else {
                    over_text = true;
                }
            }
        }
    }
}
