//! Which texts of a NewsML item are articles of their own.
//!
//! An item is a tree of components. Several hold renditions of one text (as NITF, as XHTML, as plain text), others the
//! words under a picture, and others again a second story: the sidebar.

use std::collections::HashSet;

use crate::model::{Payload, PayloadKind};
use crate::source::xml::{Id, Tree};

/// One text of an item.
pub struct Story {
    /// The greatest component that holds no other text.
    pub scope: Id,
    /// The elements of its own.
    pub own: Vec<Id>,
    /// Those of the item that hold for all its texts, and for the first one what is said of the whole.
    pub shared: Vec<Id>,
}

/// What parts of an item are called that are no article.
const NO_STORY: &[&str] = &[
    "caption",
    "photo",
    "picture",
    "thumbnail",
    "preview",
    "keyword",
    "graphic",
    "logo",
    "abstract",
    "summary",
    "note",
];

/// A text without a headline of its own is an article from so many words on.
const FEW_WORDS: usize = 20;

/// Elements that speak of one text and, outside of a text's own component, of the first one.
const OF_ONE: &[&str] = &["headline", "subheadline", "byline", "dateline", "slugline", "datacontent", "mediatype"];

/// What is said once of a story: beside a rendition of it stands what is said of a picture as often as not.
const HEADS: &[&str] = &["headline", "subheadline", "byline", "dateline", "slugline"];

/// The texts of an item, its main one first. None where it has one text only: then all its elements are of that.
pub fn of(tree: &Tree<'_>, item: Id) -> Vec<Story> {
    // Component, the number of its story, its words.
    let mut texts: Vec<Text> = Vec::new();
    let mut chosen: Vec<(Id, HashSet<String>)> = Vec::new();
    let found = tree.find_all(item, "newscomponent").filter_map(|at| Some((at, text_of(tree, at)?)));
    let components: Vec<(Id, String)> = found.collect();
    if components.len() < 2 {
        return Vec::new();
    }
    let aside = |at: Id| {
        let called = role(tree, at);
        NO_STORY.iter().any(|name| called.contains(name))
    };
    // The first one that is no note above a far longer text.
    let most = components.iter().filter(|(at, _)| !aside(*at)).map(|(_, text)| text.len()).max().unwrap_or(0);
    let main = components
        .iter()
        .find(|(at, _)| role(tree, *at) == "main")
        .or_else(|| components.iter().find(|(at, text)| !aside(*at) && text.len() * 2 >= most))
        .or_else(|| components.first());
    let Some((main, text)) = main else { return Vec::new() };
    let (main, most) = (*main, text.len());
    chosen.push((main, words(text)));
    for (at, text) in &components {
        let at = *at;
        if aside(at) && at != main {
            texts.push(Text { at, story: None, first: false });
            continue;
        }
        let own = words(text);
        let like = chosen.iter().position(|(story, has)| *story == at || alike(has, &own));
        let is_story = || {
            let headed = tree.find_all(at, "headline").any(|line| component_of(tree, line) == Some(at));
            headed && own.len() > FEW_WORDS / 2 || own.len() > FEW_WORDS && text.len() * 2 >= most
        };
        // Texts beyond this are not compared with each other: nobody sends so many in one item.
        let story = like.or_else(|| {
            (chosen.len() < MOST && is_story()).then(|| {
                chosen.push((at, own.clone()));
                chosen.len() - 1
            })
        });
        let first = story.is_some_and(|story| chosen.get(story).is_some_and(|(main, _)| *main == at));
        texts.push(Text { at, story, first });
    }
    scoped(tree, item, &texts, chosen.len())
}

const MOST: usize = 64;

/// A component with a text.
struct Text {
    at: Id,
    /// The number of its story; none where it is no story.
    story: Option<usize>,
    /// Whether it is the text its story is known by, and no other rendition of that.
    first: bool,
}

/// Gives each story its elements.
fn scoped(tree: &Tree<'_>, item: Id, texts: &[Text], count: usize) -> Vec<Story> {
    let holds = |outer: Id, at: Id| {
        let (outer, inner) = (tree.range(outer), tree.range(at));
        outer.start <= inner.start && inner.end <= outer.end
    };
    let mut scopes: Vec<(Id, &Text)> = Vec::new();
    for (nr, text) in texts.iter().enumerate() {
        // A rendition and a caption keep to themselves; the text of a story has what is around its renditions. What holds any
        // such text holds the nearest one on that side.
        let apart = |other: &&Text| other.story != text.story || !text.first;
        let nearest = [texts[..nr].iter().rev().find(apart), texts[nr + 1..].iter().find(apart)];
        let foreign: Vec<Id> = nearest.into_iter().flatten().map(|other| other.at).collect();
        let mut scope = text.at;
        while let Some(outer) = tree.parent(scope).filter(|outer| tree.local(*outer) == "newscomponent")
            && !foreign.iter().any(|other| holds(outer, *other))
        {
            scope = outer;
        }
        scopes.push((scope, text));
    }
    let empty = |nr: usize| {
        let own = scopes.iter().find(|(_, text)| text.story == Some(nr) && text.first);
        Story { scope: own.map_or(item, |(scope, _)| *scope), own: Vec::new(), shared: Vec::new() }
    };
    let mut stories: Vec<Story> = (0..count).map(empty).collect();
    // One may stand in another.
    scopes.sort_by_key(|(scope, _)| *scope);
    // The components around the element at hand, innermost last.
    let mut around: Vec<(usize, &Text)> = Vec::new();
    let mut next = scopes.iter().peekable();
    // What renditions say in the place of their story.
    let mut heads: Vec<(Id, usize)> = Vec::new();
    for at in tree.descendants(item) {
        let start = tree.range(at).start;
        while around.last().is_some_and(|(end, _)| *end <= start) {
            around.pop();
        }
        while let Some((scope, text)) = next.next_if(|(scope, _)| *scope <= at) {
            around.push((tree.range(*scope).end, text));
        }
        match around.last().map(|(_, text)| (text.story, text.first)) {
            Some((Some(nr), false)) if HEADS.contains(&tree.local(at)) => heads.push((at, nr)),
            Some((Some(nr), _)) => stories[nr].own.push(at),
            // A caption: of no text.
            Some((None, _)) => {}
            None if OF_ONE.contains(&tree.local(at)) => stories[0].shared.push(at),
            None => stories.iter_mut().for_each(|story| story.shared.push(at)),
        }
    }
    // They count where the story itself says nothing of the kind.
    let said = |story: &Story, name: &str| story.own.iter().chain(&story.shared).any(|at| tree.local(*at) == name);
    for (at, nr) in heads {
        if !said(&stories[nr], tree.local(at)) {
            stories[nr].own.push(at);
        }
    }
    stories
}

/// The text that stands in a component itself.
fn text_of(tree: &Tree<'_>, component: Id) -> Option<String> {
    let items = tree.children(component).filter(|at| tree.local(*at) == "contentitem" && is_text(tree, *at));
    let texts = items.filter_map(|at| tree.path(at, &["datacontent"])).map(|at| tree.line(at));
    texts.filter(|text| !text.is_empty()).max_by_key(String::len)
}

/// Whether a content item calls itself a text, or nothing.
fn is_text(tree: &Tree<'_>, content: Id) -> bool {
    let media = tree.path(content, &["mediatype"]).and_then(|at| tree.attribute(at, "formalname")).unwrap_or("");
    matches!(media.to_lowercase().as_str(), "" | "text" | "complexdata")
}

fn role(tree: &Tree<'_>, component: Id) -> String {
    let role = tree.path(component, &["role"]).and_then(|at| tree.attribute(at, "formalname")).unwrap_or("");
    role.trim().to_lowercase()
}

/// The component that an element stands in.
pub fn component_of(tree: &Tree<'_>, at: Id) -> Option<Id> {
    let mut at = at;
    while let Some(outer) = tree.parent(at) {
        if tree.local(outer) == "newscomponent" {
            return Some(outer);
        }
        at = outer;
    }
    None
}

/// Whether the text `at` is one of several of its component, which does not call them equivalents.
pub fn holds_several(tree: &Tree<'_>, component: Option<Id>, at: Id) -> bool {
    let equal = component.and_then(|id| tree.attribute(id, "equivalentslist")).is_some_and(|yes| yes == "yes");
    !equal && tree.parent(at).is_some_and(|content| tree.local(content) == "contentitem" && is_text(tree, content))
}

/// The text of a story: the longest rendition of it, or, where a component holds several texts, all of them.
pub fn joined(old: Option<Payload>, new: Option<Payload>, several: bool) -> Option<Payload> {
    let (Some(old), Some(new)) = (&old, &new) else { return old.or(new) };
    let other = several && old.kind == new.kind && !alike(&words(&old.text), &words(&new.text));
    let with = match old.kind {
        PayloadKind::HtmlFragment => Some(""),
        PayloadKind::PlainText => Some("\n\n"),
        _ => None,
    };
    if let Some(with) = with.filter(|_| other) {
        return Some(Payload { kind: old.kind, text: [old.text.as_str(), new.text.as_str()].join(with) });
    }
    Some(if new.text.len() > old.text.len() { new.clone() } else { old.clone() })
}

/// The first words of a text, without tags.
fn words(text: &str) -> HashSet<String> {
    let text = crate::source::xml::markup::untagged(text);
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.take(400).map(str::to_lowercase).collect()
}

/// Whether half of the words of the shorter text stand in the other.
fn alike(a: &HashSet<String>, b: &HashSet<String>) -> bool {
    a.intersection(b).count() * 2 >= a.len().min(b.len()).max(1)
}
