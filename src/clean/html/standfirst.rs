//! What stands between the headline and the text and belongs to the text: the standfirst, and the key points.
//!
//! The model has seen bylines, days and buttons there, and gives short lines little.

use html5ever::local_name;

use super::blocks::Block;
use super::hints::{self, Hints};
use super::judge::{Case, Verdict};
use super::lexicon;
use super::meta::{self, Survey};
use super::particulars;
use super::tree::{Id, NONE, Tree};
use super::wholes::ends_sentence;
use crate::clean::metadata::dates;
use crate::model::BlockKind;

/// What is named a standfirst goes only below this.
const NAMED: f32 = 0.1;
/// The same for a line right below the headline that no name calls a standfirst.
const UNNAMED: f32 = 0.25;
/// Buttons, bylines and pictures may stand between the headline with its standfirst and the text: so many blocks.
const FAR: usize = 40;
/// A standfirst without a name is one of so many blocks below the headline; bylines and days are not counted.
const BELOW: usize = 2;
/// Longest line that is taken for a day alone, in bytes.
const DAY: usize = 60;
/// How far above a list the box is sought that is named for key points, and what such boxes are named.
const LEVELS: usize = 3;
const KEY_POINTS: [&str; 8] =
    ["key-point", "keypoint", "takeaway", "highlights", "at-a-glance", "in-brief", "-tldr-", "bullet-point"];
/// Names of boxes for who wrote a text, when, and about what.
const PARTICULARS: Hints = hints::AUTHOR | hints::DATE | hints::TAGS | hints::BIO;

/// Names that only standfirsts have; what is called a summary or a description may be anything.
const STANDFIRSTS: [&str; 14] = [
    "-standfirst-",
    "-dek-",
    "-deck-",
    "-sub-",
    "-subtitle-",
    "-sub-title-",
    "-subheadline-",
    "-subheading-",
    "-subhead-",
    "-chapeau-",
    "-chapo-",
    "-lede-",
    "-article-intro-",
    "-vorspann-",
];
/// Names of other things that have parts called so: a `sub-nav` is a menu, a `card__subtitle` is below the title of another
/// page or the name of the author, a `gating-subtitle` praises subscriptions.
const OTHERS: [&str; 11] =
    ["-nav", "-menu", "-bar-", "-link", "-list-", "-tab", "-button", "-card", "-profile", "-gat", "-paywall"];
/// Fewest words of one that has such a name, and of one that has none.
const NAMED_WORDS: usize = 3;
const UNNAMED_WORDS: usize = 6;

/// Which blocks have a name that only standfirsts have, or are all that a box of such a name holds.
pub(super) fn named(tree: &Tree, blocks: &[Block]) -> Vec<bool> {
    let is_named = |id: Id| {
        let names = ["class", "id", "data-testid"].iter().filter_map(|name| tree.attr(id, name));
        names
            .flat_map(str::split_whitespace)
            .map(|name| format!("{}-", hints::words(name)))
            .filter(|name| !OTHERS.iter().any(|word| name.contains(word)))
            .any(|name| STANDFIRSTS.iter().any(|word| name.ends_with(word) || name.starts_with(word)))
    };
    let alone = |block: &Block| {
        let above = tree.parent(block.node);
        let only = tree.children(above).filter(|&id| tree.text(id).is_none_or(|text| !text.trim().is_empty())).count();
        only == 1 && is_named(above)
    };
    blocks.iter().map(|block| is_named(block.node) || tree.parent(block.node) != NONE && alone(block)).collect()
}

/// Which blocks are in a box that is named for key points.
pub(super) fn key_points(tree: &Tree, survey: &Survey, blocks: &[Block]) -> Vec<bool> {
    let named = |id: Id| {
        let names = ["class", "id", "data-testid", "data-component"].iter().filter_map(|name| tree.attr(id, name));
        survey.own[id as usize] != 0
            && names.map(hints::words).any(|name| {
                let name = format!("{}-", name.replace("-|-", "-"));
                KEY_POINTS.iter().any(|word| name.contains(word))
            })
    };
    let in_box = |block: &Block| {
        matches!(block.kind, BlockKind::ListItem | BlockKind::Heading | BlockKind::Paragraph)
            && (named(block.node) || tree.ancestors(block.node).take(LEVELS).any(named))
    };
    blocks.iter().map(in_box).collect()
}

/// Blocks that are called captions for a word in their names that standfirsts have too, `article__desc`, right below the
/// headline and with no picture in their box, are paragraphs.
pub(super) fn without_captions(tree: &Tree, survey: &Survey, mut blocks: Vec<Block>, titled: &[bool]) -> Vec<Block> {
    let mut buffer = String::new();
    let mut described = |block: &Block| {
        let class = tree.attr(block.node, "class").map(|class| format!("{}-", hints::words(class))).unwrap_or_default();
        let figure = |id: Id| matches!(*tree.tag(id), local_name!("figure") | local_name!("figcaption"));
        survey.own[block.node as usize] & hints::CAPTION != 0
            && class.contains("-desc-")
            && hints::of(&class.replace("-desc-", "-"), &mut buffer) & hints::CAPTION == 0
            && !figure(block.node)
            && !tree.ancestors(block.node).any(figure)
            && !tree.children(block.node).any(|id| *tree.tag(id) == local_name!("img"))
    };
    for at in 0..blocks.len() {
        let below = titled[at.saturating_sub(BELOW)..at].contains(&true);
        if below && blocks[at].kind == BlockKind::Caption && described(&blocks[at]) {
            blocks[at].kind = BlockKind::Paragraph;
        }
    }
    blocks
}

impl Case {
    /// What stands within a few blocks above the first kept paragraph is a standfirst if it is named one, in whatever box
    /// it stands; or if it is a sentence or a heading right below the headline, its byline and its day.
    pub(super) fn keep_standfirst(&self, guess: &[f32], verdicts: &mut [Verdict]) {
        let kept = |b: &usize| verdicts[*b].is_none() && self.blocks[*b].kind == BlockKind::Paragraph;
        let Some(first) = (0..verdicts.len()).find(kept) else { return };
        let near = first.saturating_sub(4);
        let headline = (first.saturating_sub(FAR)..first).rev().find(|&b| self.titled[b]);
        let mut buffer = String::new();
        let mut below_headline = 0;
        for at in headline.map_or(near, |headline| near.min(headline + 1))..first {
            let block = &self.blocks[at];
            let below = headline.is_some_and(|headline| headline < at);
            below_headline += usize::from(below && !self.is_particular(at));
            let text = matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading) && block.links.is_empty();
            let names = self.names[at];
            if text
                && below
                && (self.is_named_standfirst(at) || headline == Some(at - 1) && self.is_over_byline(at, first))
            {
                verdicts[at] = None;
                continue;
            }
            if !text || names & PARTICULARS != 0 || guess[at] < NAMED || self.is_chrome(at) {
                continue;
            }
            let least = if ends_sentence(&block.text) { 3 } else { 6 };
            let named = at >= near && names & hints::LEAD != 0 && self.frames[at].words >= least;
            // What stands under the headline, and neither beckons nor tells who wrote it, when, or how to hear it.
            let mut unnamed = || {
                let told = match block.kind {
                    BlockKind::Heading => self.frames[at].words >= 4,
                    _ if ends_sentence(&block.text) => self.frames[at].words >= 5,
                    _ => self.frames[at].words >= 9 && !block.text.bytes().any(|byte| byte.is_ascii_digit()),
                };
                // A kicker and the headline once more, in one heading.
                let again = headline.is_some_and(|headline| block.text.contains(&self.blocks[headline].text));
                told && !self.titled[at]
                    && !again
                    && below
                    && below_headline <= BELOW
                    && guess[at] >= UNNAMED
                    && lexicon::is_plain(&block.text, &mut buffer)
            };
            if named || unnamed() {
                verdicts[at] = None;
            }
        }
    }

    /// Whether a block has a name that only standfirsts have, and says something.
    fn is_named_standfirst(&self, at: usize) -> bool {
        self.standfirst[at]
            && self.frames[at].words >= NAMED_WORDS
            && self.names[at] & PARTICULARS == 0
            && !self.is_chrome(at)
            && !self.titled[at]
            && !self.tells_when_or_who(at)
    }

    /// Whether a block right below the headline says something, and who wrote the text or when stands right below it: between
    /// the two nothing else is written.
    fn is_over_byline(&self, at: usize, first: usize) -> bool {
        let mut buffer = String::new();
        let block = &self.blocks[at];
        let below = |b: usize| self.names[b] & (hints::AUTHOR | hints::DATE) != 0 || self.tells_when_or_who(b);
        self.frames[at].words >= UNNAMED_WORDS
            && self.names[at] & (PARTICULARS | hints::SHARE | hints::CAPTION | hints::NAV) == 0
            && matches!(self.rules[at], "page.chrome" | "page.headline")
            && !self.is_chrome(at)
            && !self.titled[at]
            && !self.tells_when_or_who(at)
            && lexicon::is_plain(&block.text, &mut buffer)
            && at + 1 < first
            && below(at + 1)
    }

    /// Whether a line is a byline, a day, or how long the reading takes.
    fn tells_when_or_who(&self, at: usize) -> bool {
        let text = self.blocks[at].text.trim();
        text.len() <= 2 * DAY
            && (particulars::is_days(text) || particulars::is_reading_time(text) || meta::is_byline(text))
    }

    /// Whether a block tells who wrote the text, or when: by its names, or as a line that is a day.
    fn is_particular(&self, at: usize) -> bool {
        let text = self.blocks[at].text.as_str();
        self.names[at] & (PARTICULARS | hints::SHARE) != 0
            || text.len() <= DAY && dates::whole(text, &dates::Context::default()).is_some()
    }

    /// The points in short between headline and text, in a box that is named so, with the heading over them. Points that
    /// are links lead to other articles, or down the page.
    pub(super) fn keep_key_points(&self, _: &[f32], verdicts: &mut [Verdict]) {
        let kept = |b: &usize| verdicts[*b].is_none() && self.blocks[*b].kind == BlockKind::Paragraph;
        let Some(first) = (0..verdicts.len()).find(|b| kept(b) && !self.key_point[*b]) else { return };
        let Some(headline) = (first.saturating_sub(FAR)..first).rev().find(|&b| self.titled[b]) else { return };
        let mut points: Vec<usize> = (headline + 1..first).filter(|&b| self.key_point[b]).collect();
        let told = |&&b: &&usize| {
            self.blocks[b].kind != BlockKind::Heading && self.blocks[b].links.is_empty() && self.frames[b].words >= 3
        };
        let count = points.iter().filter(|&&b| self.blocks[b].kind != BlockKind::Heading).count();
        if count < 2 || points.iter().filter(told).count() < count || points.iter().any(|&b| self.is_chrome(b)) {
            return;
        }
        points.retain(|&b| self.blocks[b].links.is_empty());
        points.into_iter().for_each(|b| verdicts[b] = None);
    }
}

#[cfg(test)]
mod tests {
    use super::super::wholes::tests::{kept, long};

    #[test]
    fn a_standfirst_stays_in_a_box_of_its_own() {
        let stays = |class: &str, guess: f32| {
            let html =
                format!("<p class='{class}'>The board wants to dredge twice a year.</p><div>{0}{0}</div>", long());
            kept(&html, &[guess, 0.9, 0.9]).iter().any(|text| text.contains("dredge"))
        };
        assert!(stays("standfirst", 0.2));
        assert!(!stays("standfirst", 0.05));
        assert!(!stays("note", 0.2));
    }

    #[test]
    fn a_standfirst_stays_below_byline_and_day() {
        let stays = |between: &str, blocks: usize| {
            let html = format!(
                "<h1>The basin at Elmsford</h1>{between}<h2>The board wants to dredge it twice a year</h2><div>{}</div>",
                long()
            );
            let mut guess = vec![0.05; blocks + 1];
            guess.extend([0.3, 0.9]);
            kept(&html, &guess).iter().any(|text| text.contains("dredge"))
        };
        let signed = "<div class='byline'>By Mats Orr</div><time>5 March 2024</time>";
        assert!(stays(signed, 2));
        assert!(!stays(&format!("{signed}<p>Listen to this</p><p>Save it</p>"), 4));
    }

    #[test]
    fn short_standfirsts_stay_by_name_or_between_headline_and_byline() {
        let stays = |line: &str, byline: &str| {
            let html = format!("<h1>The basin at Elmsford</h1>{line}{byline}<div>{}</div>", long());
            let mut guess = vec![0.01; if byline.is_empty() { 2 } else { 3 }];
            guess.push(0.9);
            kept(&html, &guess).len() == 2
        };
        let signed = "<p class='byline'>By Mats Orr</p>";
        for class in ["standfirst", "dek", "sub", "article-intro", "c-article__subtitle", "chapeau"] {
            assert!(stays(&format!("<h2 class='{class}'>A carrier dies</h2>"), ""), "{class}");
        }
        assert!(stays("<div class='lede'><p>Why did nobody look?</p></div>", signed));
        assert!(!stays("<p class='sub'>5 min read</p>", signed));
        assert!(!stays("<div class='sub-nav'><p>News Sport Weather</p></div>", signed));
        assert!(!stays("<h4 class='mini-card__subtitle'>Guide to new work</h4>", signed));
        assert!(!stays("<div class='article-gating-subtitle'>Plus access to select articles</div>", signed));
        assert!(!stays("<p class='subscribe'>A carrier dies</p>", signed));
        assert!(stays("<p>The state had rated it 3 of 9; the money never came</p>", signed));
        // Without a byline right below it, or as a line of a template.
        assert!(!stays("<p>The state had rated it 3 of 9; the money never came</p>", ""));
        assert!(!stays("<p>Listen</p>", signed));
        assert!(!stays("<p>Mats Orr, Anna Lind and Per Holm for the desk</p>", "<p>Save</p>"));
        assert!(!stays("<p class='share'>Share it with everybody you know in town</p>", signed));
    }

    #[test]
    fn key_points_stay() {
        let points = |class: &str, item: &str| {
            let html = format!(
                "<h1>The basin at Elmsford</h1><div class='{class}'><h2>In short</h2><ul><li>The board wants to dredge<li>{item}</ul></div><div>{}</div>",
                long()
            );
            kept(&html, &[0.05, 0.05, 0.05, 0.05, 0.9]).len()
        };
        assert_eq!(points("key-points", "The boats must pay for it"), 4);
        assert_eq!(points("keyPoints", "The boats must pay for it"), 4);
        // What leads elsewhere, and a list that is called nothing.
        assert_eq!(points("key-points", "<a href=/x>The boats must pay for it</a>"), 1);
        assert_eq!(points("box7", "The boats must pay for it"), 1);
    }
}
