//! A page's text in blocks: each paragraph, heading, list item, caption or table, in page order.
//!
//! Everything a reader may see becomes a block, chrome too; which of them are the article's is decided later. Two
//! line breaks in a row part blocks as a paragraph does. A table of data is one block, a line a row; a table used
//! for layout is no more than its cells' paragraphs.

use html5ever::{LocalName, local_name};

use super::hints;
use super::meta::Survey;
use super::space::{is_space, push_collapsed};
use super::tags::{is_heading, is_inline, is_unknown, is_unseen};
use super::tree::{Id, NONE, Step, Tree};
use crate::model::BlockKind;

/// Blocks made of one page.
const MAX_BLOCKS: usize = 12_000;

/// A block and where it stands.
pub(super) struct Block {
    pub text: String,
    /// Byte ranges of links in `text`, and their elements.
    pub links: Vec<(usize, usize, Id)>,
    /// Nearest element that is not inline.
    pub node: Id,
    /// First text node.
    pub first: Id,
    pub kind: BlockKind,
    /// Bytes set in bold.
    pub bold: usize,
    /// Bytes set in italics.
    pub italic: usize,
    /// Single line breaks within: the bytes of the spaces that stand for them.
    pub breaks: Vec<usize>,
}

/// Tag-made places, one bit each.
pub(super) mod zone {
    pub const ARTICLE: u32 = 1;
    pub const MAIN: u32 = 1 << 1;
    pub const NAV: u32 = 1 << 2;
    pub const ASIDE: u32 = 1 << 3;
    pub const FOOTER: u32 = 1 << 4;
    pub const HEADER: u32 = 1 << 5;
    pub const FORM: u32 = 1 << 6;
    pub const LIST: u32 = 1 << 7;
    pub const TABLE: u32 = 1 << 8;
    pub const FIGURE: u32 = 1 << 9;
    pub const QUOTE: u32 = 1 << 10;
    pub const BUTTON: u32 = 1 << 11;
    pub const DETAILS: u32 = 1 << 12;
    pub const HIDDEN: u32 = 1 << 13;
    pub const ARIA_HIDDEN: u32 = 1 << 14;
    pub const BODY_PROP: u32 = 1 << 15;
    pub const LINK: u32 = 1 << 16;
    pub const DIALOG: u32 = 1 << 17;
    pub const CUSTOM: u32 = 1 << 18;
    /// Number of bits.
    pub const COUNT: usize = 19;
    pub const NAMES: [&str; COUNT] = [
        "article",
        "main",
        "nav",
        "aside",
        "footer",
        "header",
        "form",
        "list",
        "table",
        "figure",
        "quote",
        "button",
        "details",
        "hidden",
        "aria_hidden",
        "body_prop",
        "link",
        "dialog",
        "custom",
    ];
}

/// The zones of every node, its own included.
pub(super) fn zones(tree: &Tree) -> Vec<u32> {
    let mut zones = vec![0u32; tree.nodes.len()];
    for id in 0..tree.nodes.len() as Id {
        let parent = tree.parent(id);
        let above = if parent == NONE { 0 } else { zones[parent as usize] };
        let tag = tree.tag(id);
        let mut own = match *tag {
            local_name!("") => {
                zones[id as usize] = above;
                continue;
            }
            local_name!("article") => zone::ARTICLE,
            local_name!("main") => zone::MAIN,
            local_name!("nav") | local_name!("menu") => zone::NAV,
            local_name!("aside") => zone::ASIDE,
            local_name!("footer") => zone::FOOTER,
            local_name!("header") => zone::HEADER,
            local_name!("form") => zone::FORM,
            local_name!("ul") | local_name!("ol") | local_name!("dl") => zone::LIST,
            local_name!("table") => zone::TABLE,
            local_name!("figure") | local_name!("figcaption") => zone::FIGURE,
            local_name!("blockquote") | local_name!("q") => zone::QUOTE,
            local_name!("button") | local_name!("label") => zone::BUTTON,
            local_name!("details") => zone::DETAILS,
            local_name!("a") => zone::LINK,
            local_name!("dialog") => zone::DIALOG | zone::HIDDEN,
            _ if tag.contains('-') => zone::CUSTOM,
            _ => 0,
        };
        for attr in tree.attrs(id) {
            own |= match &*attr.name {
                "hidden" => zone::HIDDEN,
                "style" if hides(&attr.value) => zone::HIDDEN,
                "aria-hidden" if &*attr.value == "true" => zone::ARIA_HIDDEN,
                "itemprop" if attr.value.contains("articleBody") => zone::BODY_PROP,
                "property" if attr.value.contains("articleBody") => zone::BODY_PROP,
                "role" => match &*attr.value {
                    "main" => zone::MAIN,
                    "navigation" | "menu" | "menubar" | "tablist" => zone::NAV,
                    "complementary" => zone::ASIDE,
                    "contentinfo" => zone::FOOTER,
                    "banner" => zone::HEADER,
                    "dialog" | "alertdialog" => zone::DIALOG,
                    "article" => zone::ARTICLE,
                    "button" => zone::BUTTON,
                    _ => 0,
                },
                _ => 0,
            };
        }
        // A page hidden as a whole until a script has run is not hidden.
        if matches!(*tag, local_name!("body") | local_name!("html")) {
            own &= !(zone::HIDDEN | zone::ARIA_HIDDEN);
        }
        zones[id as usize] = above | own;
    }
    zones
}

/// Whether an element with this `style` is not shown.
pub(super) fn hides(style: &str) -> bool {
    let mut folded = String::with_capacity(style.len().min(400));
    folded.extend(style.chars().take(400).filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()));
    folded.contains("display:none") || folded.contains("visibility:hidden")
}

#[derive(Default)]
struct Open {
    text: String,
    links: Vec<(usize, usize, Id)>,
    first: Option<Id>,
    bold: usize,
    italic: usize,
    breaks: Vec<usize>,
}

struct Maker<'t> {
    tree: &'t Tree<'t>,
    survey: &'t Survey,
    out: Vec<Block>,
    dropped: usize,
    open: Open,
    stack: Vec<Id>,
    link: Option<(usize, Id)>,
    in_bold: usize,
    in_italic: usize,
    pending_break: bool,
}

/// The blocks below `root`, and how many more there were than are made of one page.
pub(super) fn blocks(tree: &Tree, survey: &Survey, root: Id) -> (Vec<Block>, usize) {
    let mut maker = Maker {
        tree,
        survey,
        out: Vec::new(),
        dropped: 0,
        open: Open::default(),
        stack: vec![root],
        link: None,
        in_bold: 0,
        in_italic: 0,
        pending_break: false,
    };
    tree.walk(root, |step| match step {
        Step::Enter(id) => maker.enter(id),
        Step::Leave(id) => {
            maker.leave(id);
            false
        }
    });
    maker.flush();
    (maker.out, maker.dropped)
}

impl Maker<'_> {
    /// Whether a raised number is that of a footnote, which would make another word of `country` before it: not of `km²`.
    fn is_note(&self, id: Id) -> bool {
        let mark = self.tree.words(id, 8);
        let mark = mark.trim_matches(['[', ']', '(', ')', ' ']);
        let number = !mark.is_empty() && mark.len() <= 3 && mark.bytes().all(|b| b.is_ascii_digit());
        let before = self.open.text.chars().rev().take_while(|c| c.is_alphabetic()).take(4).count();
        number && before == 4
    }

    fn enter(&mut self, id: Id) -> bool {
        if let Some(text) = self.tree.text(id) {
            self.characters(id, text);
            return false;
        }
        let tag = self.tree.tag(id);
        if is_unseen(tag) {
            return false;
        }
        match *tag {
            local_name!("br") => {
                if self.pending_break {
                    self.flush();
                } else if !self.open.text.is_empty() {
                    self.pending_break = true;
                    self.open.breaks.push(self.open.text.trim_end().len());
                    push_collapsed(&mut self.open.text, " ");
                }
            }
            local_name!("hr") => self.flush(),
            local_name!("sup") if self.is_note(id) => push_collapsed(&mut self.open.text, " "),
            local_name!("a") => {
                // Two links side by side are two things, as in a menu.
                if self.open.links.last().is_some_and(|l| l.1 == self.open.text.len()) {
                    push_collapsed(&mut self.open.text, " ");
                }
                self.link = Some((self.open.text.len(), id));
            }
            local_name!("b") | local_name!("strong") => self.in_bold += 1,
            local_name!("i") | local_name!("em") => self.in_italic += 1,
            local_name!("table") => {
                self.flush();
                if self.out.len() < MAX_BLOCKS
                    && let Some(text) = data_table(self.tree, id)
                {
                    let links = Vec::new();
                    let first = self.tree.nodes[id as usize].first;
                    self.push(Block {
                        text,
                        links,
                        node: id,
                        first,
                        kind: BlockKind::Table,
                        bold: 0,
                        italic: 0,
                        breaks: Vec::new(),
                    });
                    return false;
                }
                self.stack.push(id);
            }
            local_name!("pre") => {
                self.flush();
                let text = preformatted(self.tree, id);
                if !text.is_empty() {
                    let first = self.tree.nodes[id as usize].first;
                    let links = Vec::new();
                    let kind = BlockKind::Table;
                    self.push(Block { text, links, node: id, first, kind, bold: 0, italic: 0, breaks: Vec::new() });
                }
                return false;
            }
            _ if !is_inline(tag) && !self.is_word_of_a_line(id) => {
                self.flush();
                self.stack.push(id);
            }
            _ => {}
        }
        true
    }

    /// Whether an element of a site's own making (`<x-source>`) stands in a line of text, right beside other words of it.
    fn is_word_of_a_line(&self, id: Id) -> bool {
        if !is_unknown(self.tree.tag(id)) {
            return false;
        }
        let words = |id: Id| self.tree.text(id).is_some_and(|text| !text.chars().all(is_space));
        let parent = self.tree.parent(id);
        let next = self.tree.nodes[id as usize].next;
        // Within another such word everything is of the line.
        if is_unknown(self.tree.tag(parent)) && self.stack.last() != Some(&parent) {
            return true;
        }
        let line = |tag: &LocalName| {
            is_inline(tag)
                || is_heading(tag)
                || matches!(
                    *tag,
                    local_name!("p")
                        | local_name!("li")
                        | local_name!("td")
                        | local_name!("th")
                        | local_name!("dd")
                        | local_name!("dt")
                        | local_name!("figcaption")
                )
        };
        let before = self.open.first.is_some_and(|first| self.tree.parent(first) == parent);
        line(self.tree.tag(parent)) && (before || next != NONE && words(next))
    }

    fn leave(&mut self, id: Id) {
        let tag = self.tree.tag(id);
        match *tag {
            local_name!("a") => {
                if let Some((start, link)) = self.link.take()
                    && start < self.open.text.len()
                {
                    self.open.links.push((start, self.open.text.len(), link));
                }
            }
            local_name!("b") | local_name!("strong") => self.in_bold = self.in_bold.saturating_sub(1),
            local_name!("i") | local_name!("em") => self.in_italic = self.in_italic.saturating_sub(1),
            _ if self.stack.last() == Some(&id) && self.stack.len() > 1 => {
                self.flush();
                self.stack.pop();
            }
            _ => {}
        }
    }

    fn characters(&mut self, id: Id, text: &str) {
        if text.chars().all(is_space) {
            push_collapsed(&mut self.open.text, " ");
            return;
        }
        self.pending_break = false;
        let before = self.open.text.len();
        push_collapsed(&mut self.open.text, text);
        let added = self.open.text.len() - before;
        if self.in_bold > 0 {
            self.open.bold += added;
        }
        if self.in_italic > 0 {
            self.open.italic += added;
        }
        self.open.first.get_or_insert(id);
    }

    fn flush(&mut self) {
        self.pending_break = false;
        let mut open = std::mem::take(&mut self.open);
        if let Some((start, link)) = &mut self.link {
            if *start < open.text.len() {
                open.links.push((*start, open.text.len(), *link));
            }
            *start = 0;
        }
        let end = open.text.trim_end().len();
        open.text.truncate(end);
        let (Some(first), Some(&node)) = (open.first, self.stack.last()) else { return };
        if open.text.is_empty() {
            return;
        }
        let mut links = open.links;
        for link in &mut links {
            link.1 = link.1.min(end);
            while link.0 < link.1 && open.text.as_bytes()[link.0] == b' ' {
                link.0 += 1;
            }
            while link.0 < link.1 && open.text.as_bytes()[link.1 - 1] == b' ' {
                link.1 -= 1;
            }
        }
        links.retain(|l| l.0 < l.1);
        let kind = self.kind(node);
        let (bold, italic, breaks) = (open.bold, open.italic, open.breaks);
        self.push(Block { text: open.text, links, node, first, kind, bold, italic, breaks });
    }

    fn push(&mut self, block: Block) {
        if self.out.len() < MAX_BLOCKS {
            self.out.push(block);
        } else {
            self.dropped += 1;
        }
    }

    fn kind(&self, node: Id) -> BlockKind {
        if self.survey.own[node as usize] & hints::CAPTION != 0 && self.survey.own[node as usize] & hints::BODY == 0 {
            return BlockKind::Caption;
        }
        for (up, id) in std::iter::once(node).chain(self.tree.ancestors(node)).take(6).enumerate() {
            match *self.tree.tag(id) {
                local_name!("h1")
                | local_name!("h2")
                | local_name!("h3")
                | local_name!("h4")
                | local_name!("h5")
                | local_name!("h6")
                    if up < 3 =>
                {
                    return BlockKind::Heading;
                }
                local_name!("li") | local_name!("dd") | local_name!("dt") if up < 3 => return BlockKind::ListItem,
                local_name!("blockquote") => return BlockKind::Quote,
                local_name!("figcaption") | local_name!("figure") => return BlockKind::Caption,
                local_name!("article") | local_name!("main") | local_name!("section") => break,
                _ => {}
            }
        }
        BlockKind::Paragraph
    }
}

/// The text of a table of data, a line a row, cells parted by ` | `; `None` for a table used for layout.
fn data_table(tree: &Tree, table: Id) -> Option<String> {
    let (mut cells, mut rows, mut longest, mut steps, mut layout) = (0usize, 0usize, 0usize, 0usize, false);
    let mut cell = 0usize;
    tree.walk(table, |step| {
        if let Step::Enter(id) = step {
            steps += 1;
            match *tree.tag(id) {
                local_name!("") => cell += tree.text(id).map_or(0, str::len),
                local_name!("table") => layout |= id != table,
                local_name!("td") | local_name!("th") => {
                    cells += 1;
                    longest = longest.max(cell);
                    cell = 0;
                }
                local_name!("tr") => rows += 1,
                local_name!("h1") | local_name!("article") | local_name!("form") | local_name!("iframe") => {
                    layout = true
                }
                _ => {}
            }
        }
        !layout && steps < 20_000
    });
    if layout || steps >= 20_000 || rows < 2 || cells < rows * 2 || longest.max(cell) > 400 {
        return None;
    }
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    tree.walk(table, |step| match step {
        Step::Enter(id) => match *tree.tag(id) {
            local_name!("td") | local_name!("th") | local_name!("caption") => {
                let words = tree.words(id, 2000);
                if !words.is_empty() {
                    if !line.is_empty() {
                        line.push_str(" | ");
                    }
                    line.push_str(&words);
                }
                false
            }
            local_name!("tr") => {
                lines.push(std::mem::take(&mut line));
                true
            }
            _ => true,
        },
        Step::Leave(_) => false,
    });
    lines.push(line);
    lines.retain(|l| !l.is_empty());
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// Preformatted text: lines kept, blank ones at either end dropped.
fn preformatted(tree: &Tree, pre: Id) -> String {
    let mut raw = String::new();
    tree.walk(pre, |step| match step {
        Step::Enter(id) => {
            if let Some(text) = tree.text(id) {
                raw.push_str(text);
            } else if *tree.tag(id) == local_name!("br") {
                raw.push('\n');
            }
            !is_unseen(tree.tag(id))
        }
        Step::Leave(_) => false,
    });
    let lines: Vec<&str> = raw.lines().map(str::trim_end).filter(|l| !l.is_empty()).collect();
    lines.join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_of_pages() {
        let check = |html: &str, want: &[&str]| {
            let tree = Tree::parse(html);
            let survey = Survey::of(&tree);
            let got: Vec<String> =
                blocks(&tree, &survey, 0).0.iter().map(|b| format!("{:?} {}", b.kind, b.text)).collect();
            assert_eq!(got, want, "{html}");
        };
        check("<p>a <b>b</b>\n c<p>d", &["Paragraph a b c", "Paragraph d"]);
        check("<div>a<br> <br>b<br>c</div>", &["Paragraph a", "Paragraph b c"]);
        check("<ul><li>a<li><p>b</ul><h2>c</h2>", &["ListItem a", "ListItem b", "Heading c"]);
        check("<blockquote><p>a</blockquote><figure><img><figcaption>b", &["Quote a", "Caption b"]);
        check("<p>a<script>x</script>b<!-- c --><textarea>d</textarea>", &["Paragraph ab"]);
        check("<table><tr><td>a<td>b<tr><td>c<td>d</table>", &["Table a | b\nc | d"]);
        check("<table><tr><td><p>a<p>b</table>", &["Paragraph a", "Paragraph b"]);
        check("<a>x</a><a>y</a>", &["Paragraph x y"]);
        // A word in an element of the site's own making, and boxes of them.
        check(
            "<p>so (<x-source>1</x-source>) and <x-note>2</x-note>.<p>d",
            &["Paragraph so (1) and 2.", "Paragraph d"],
        );
        check(
            "<p><topic>Mara Linde</topic> said so<h2>In <st1:place><st1:city>Orlen</st1:city></st1:place></h2>",
            &["Paragraph Mara Linde said so", "Heading In Orlen"],
        );
        check("<li><x-card>a</x-card><x-card>b</x-card>", &["ListItem a", "ListItem b"]);
        check("<x-page><x-text>a</x-text> b</x-page>", &["Paragraph a", "Paragraph b"]);
        check("<pre>a\n  b\n</pre>", &["Table a\n  b"]);
    }

    #[test]
    fn blocks_past_the_bound_are_counted() {
        let html = "<p>a".repeat(MAX_BLOCKS + 7);
        let tree = Tree::parse(&html);
        let (made, dropped) = blocks(&tree, &Survey::of(&tree), 0);
        assert_eq!((made.len(), dropped), (MAX_BLOCKS, 7));
    }

    #[test]
    fn links_keep_their_place() {
        let tree = Tree::parse("<div>to <a href=x> the lock <p>and</p></a> on</div>");
        let survey = Survey::of(&tree);
        let got: Vec<String> = blocks(&tree, &survey, 0)
            .0
            .iter()
            .map(|b| b.links.iter().fold(b.text.clone(), |all, l| format!("{all} [{}]", &b.text[l.0..l.1])))
            .collect();
        let want = ["to the lock [the lock]", "and [and]", "on"];
        assert_eq!(got, want);
    }
}
