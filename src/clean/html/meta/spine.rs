//! The boxes around a page's headline.
//!
//! A box that holds the headline is the article's, whatever its name says: `post_tag-kommentar`, `page--with-sidebar` and
//! `ArticleHeaderComment` are names of articles that some rule would otherwise take for comments and margins.

use html5ever::local_name;

use super::Survey;
use super::visible::{has_name, is_author_page};
use crate::clean::html::hints::{self, Hints};
use crate::clean::html::jsonld;
use crate::clean::html::tree::{Id, NONE, Step, Tree};

/// How many boxes around the headline count as beside it.
const BESIDE: usize = 6;
/// And how many as made for it alone.
const CLOSE: usize = 3;
/// Longest card of another story, in bytes, and fewest words of its headline.
const CARD: usize = 240;
const CARD_WORDS: usize = 4;

/// The page's first headline in sight and the boxes it stands in.
pub(super) struct Spine {
    headline: Option<Id>,
    /// From the innermost outwards, without `body` and `html`.
    boxes: Vec<Id>,
    /// All that the names of these boxes hint at.
    hints: Hints,
    /// Hints that say nothing on this page: where the headline itself stands in a `widget`, all things
    /// do; where it is called a `Comment_headline`, so is its date.
    idle: Hints,
}

impl Spine {
    /// Of the first `h1` with words that is not the site's name.
    pub(super) fn of(tree: &Tree, survey: &Survey) -> Self {
        let heading = |&id: &Id| *tree.tag(id) == local_name!("h1") && !tree.words(id, 40).is_empty();
        let mut headings = (0..tree.nodes.len() as Id).filter(heading);
        // Blogs that give the `h1` to their name call the headline below it by its class.
        let post = |&id: &Id| {
            matches!(*tree.tag(id), local_name!("h2") | local_name!("h3"))
                && (has_name(tree, id, "entry-title") || has_name(tree, id, "post-title"))
        };
        let headline = headings.find(|&id| !is_site_name(tree, id));
        Self::around(tree, survey, headline.or_else(|| (0..tree.nodes.len() as Id).find(post)))
    }

    pub(super) fn around(tree: &Tree, survey: &Survey, headline: Option<Id>) -> Self {
        let whole = |id: &Id| matches!(*tree.tag(*id), local_name!("body") | local_name!("html"));
        let boxes: Vec<Id> =
            headline.map(|id| tree.ancestors(id).take_while(|id| !whole(id)).collect()).unwrap_or_default();
        let hints = boxes.iter().fold(0, |all, &id| all | survey.own[id as usize]);
        let close = boxes.iter().take(CLOSE).fold(0, |all, &id| all | survey.own[id as usize]);
        let named = headline.map_or(0, |id| survey.own[id as usize]);
        let idle = close & hints::SIDE | named & hints::COMMENT;
        Self { headline, boxes, hints, idle }
    }

    /// Hints that say nothing on this page.
    pub(super) fn idle(&self) -> Hints {
        self.idle
    }

    /// What the names of an element's boxes hint at, those around the headline left out.
    pub(super) fn above(&self, tree: &Tree, survey: &Survey, id: Id) -> Hints {
        let above = survey.above[id as usize];
        let told = if above & self.hints & (hints::COMMENT | super::visible::ELSEWHERE) == 0 {
            above
        } else {
            self.until(tree, id).fold(0, |all, id| all | survey.own[id as usize])
        };
        told & !self.idle
    }

    /// Whether a box holds the headline. They stand in falling order: an element comes before what is in it.
    pub(super) fn holds(&self, id: Id) -> bool {
        self.boxes.binary_search_by(|above| id.cmp(above)).is_ok()
    }

    /// The boxes of an element that do not hold the headline too, from the innermost outwards.
    pub(super) fn until<'s>(&'s self, tree: &'s Tree, id: Id) -> impl Iterator<Item = Id> + 's {
        let whole = |id: Id| id == NONE || matches!(*tree.tag(id), local_name!("body") | local_name!("html"));
        tree.ancestors(id).take_while(move |&id| !whole(id) && !self.holds(id))
    }

    /// Whether an element stands in a margin: by its tag, or that of a box.
    pub(super) fn is_aside(&self, tree: &Tree, id: Id) -> bool {
        let margin =
            |id: Id| matches!(*tree.tag(id), local_name!("nav") | local_name!("aside") | local_name!("footer"));
        self.until(tree, id).take(12).any(margin)
    }

    /// Whether an element stands in or under a picture. A picture that the headline is laid over has none to itself.
    pub(super) fn is_of_a_picture(&self, tree: &Tree, id: Id) -> bool {
        let picture = |id: Id| {
            matches!(*tree.tag(id), local_name!("figure") | local_name!("figcaption"))
                || has_name(tree, id, "caption")
                || has_name(tree, id, "bildunterschrift")
        };
        self.until(tree, id).take(12).any(picture)
    }

    /// Whether an element stands below the headline.
    pub(super) fn is_below(&self, id: Id) -> bool {
        self.headline.is_some_and(|headline| id > headline)
    }

    /// Whether less than so many bytes of text stand between the headline and an element.
    pub(super) fn is_right_below(&self, tree: &Tree, id: Id, bytes: usize) -> bool {
        let Some(headline) = self.headline else { return false };
        let own = |node: Id| tree.ancestors(node).any(|above| above == headline);
        let texts = (headline..id).filter(|&node| !own(node)).filter_map(|node| tree.text(node));
        let mut between = 0;
        id > headline
            && texts.into_iter().all(|text| {
                between += text.trim().len();
                between < bytes
            })
    }

    /// Whether an element stands before the headline and shares none of its nearest boxes: today's date, a ticker, a menu
    /// of latest news.
    pub(super) fn is_before(&self, tree: &Tree, id: Id) -> bool {
        self.headline.is_some_and(|headline| id < headline)
            && !tree.ancestors(id).any(|above| self.boxes.iter().take(BESIDE).any(|&near| near == above))
    }

    /// Whether an element stands in a card of another story: a small box with a link of several words that leads away.
    pub(super) fn is_card(&self, tree: &Tree, survey: &Survey, id: Id) -> bool {
        let Some(headline) = self.headline else { return false };
        let small = self.until(tree, id).take_while(|&above| tree.words(above, CARD + 1).len() <= CARD);
        let Some(card) = small.last() else { return false };
        let own = jsonld::fold(&tree.words(headline, 400));
        let (mut leads, mut signed) = (false, false);
        tree.walk(card, |step| {
            if let Step::Enter(id) = step {
                let href =
                    Some(id).filter(|&id| *tree.tag(id) == local_name!("a")).and_then(|id| tree.attr(id, "href"));
                signed |= survey.own[id as usize] & hints::AUTHOR != 0 || href.is_some_and(is_author_page);
                if href.is_some_and(|href| !href.is_empty() && !href.contains('#')) && tree.attr(id, "rel").is_none() {
                    let words = tree.words(id, CARD);
                    // A person's name has capitals only.
                    let said = words.split(' ').count() >= CARD_WORDS
                        && words.split(' ').any(|word| word.starts_with(char::is_lowercase));
                    leads |= said && jsonld::fold(&words) != own;
                }
            }
            !signed
        });
        leads && !signed
    }
}

/// Whether a heading is the site's name: it leads to the front page as a whole, or is called so.
pub(in crate::clean::html) fn is_site_name(tree: &Tree, heading: Id) -> bool {
    const NAMES: &[&str] = &["site-title", "site-name", "site_title", "site_name", "sitename"];
    if NAMES.iter().any(|name| has_name(tree, heading, name)) {
        return true;
    }
    let mut link = tree.ancestors(heading).take(2).find(|&above| *tree.tag(above) == local_name!("a"));
    tree.walk(heading, |step| {
        if let Step::Enter(id) = step
            && *tree.tag(id) == local_name!("a")
            && link.is_none()
        {
            link = Some(id);
        }
        link.is_none()
    });
    link.is_some_and(|link| leads_home(tree, link) && tree.words(link, 200) == tree.words(heading, 200))
}

/// Whether a link leads to a site's front page, or to that in one of its languages.
fn leads_home(tree: &Tree, link: Id) -> bool {
    let rel = tree.attr(link, "rel").unwrap_or("");
    let href = tree.attr(link, "href").unwrap_or("").trim();
    let path = match url::Url::parse(href) {
        Ok(url) if url.query().is_none() && url.fragment().is_none() => url.path().to_owned(),
        Ok(_) => return false,
        Err(_) => href.to_owned(),
    };
    // `.` is the page itself, or its folder.
    let last = path.trim_matches('/').to_ascii_lowercase();
    let front = matches!(last.as_str(), "" | "index.html" | "index.htm" | "index.php" | "home");
    let language = last.len() == 2 && path.starts_with('/') && last.bytes().all(|b| b.is_ascii_lowercase());
    rel.split_whitespace().any(|word| word.eq_ignore_ascii_case("home")) || !href.is_empty() && (front || language)
}
