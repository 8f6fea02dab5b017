//! When two articles are the same, and when one is an excerpt or an older text of the other. Pure.

use std::collections::HashSet;

use serde_json::Value;

use crate::model::{Article, ArticleId, Precision, is_permanent_name, is_web_address};

/// Whether two articles say the same. Not counted: when and how they were got, where each field was found, what was
/// assumed or doubted (that follows the date of the run), and what cleaning took out (share counts change daily).
pub(crate) fn same(a: &Article, b: &Article) -> bool {
    a.title == b.title && a.text == b.text && a.blocks == b.blocks && essence(a) == essence(b)
}

fn essence(article: &Article) -> Value {
    let without_text = Article { text: String::new(), blocks: Vec::new(), removed: Vec::new(), ..article.clone() };
    let mut value = serde_json::to_value(without_text).unwrap_or_default();
    if let Some(fields) = value.as_object_mut() {
        for volatile in ["id", "fetched", "notes", "removed"] {
            fields.remove(volatile);
        }
        if let Some(provenance) = fields.get_mut("provenance").and_then(Value::as_object_mut) {
            provenance.remove("acquired_via");
            provenance.remove("guid");
            provenance.remove("payload_digest");
        }
        fields.values_mut().for_each(drop_found);
    }
    value
}

/// Takes `found` and `doubt` out, at the three levels that articles nest.
fn drop_found(value: &mut Value) {
    let mut level = vec![value];
    for _ in 0..3 {
        let mut next = Vec::new();
        for value in level {
            match value {
                Value::Object(fields) => {
                    fields.remove("found");
                    fields.remove("doubt");
                    next.extend(fields.values_mut());
                }
                Value::Array(items) => next.extend(items.iter_mut()),
                _ => {}
            }
        }
        level = next;
    }
}

/// The guid that the publisher gave; what an archive calls its record names the capture, not the article.
fn guid(article: &Article) -> Option<&str> {
    let guid = article.provenance.guid.as_ref().filter(|guid| !guid.found.starts_with("warc:"))?;
    Some(guid.value.as_str())
}

/// Whether both came with a guid, and with different ones.
pub(super) fn other_guid(a: &Article, b: &Article) -> bool {
    matches!((guid(a), guid(b)), (Some(a), Some(b)) if a != b)
}

/// Whether two articles of one file with guids of their own are captures of one page all the same: rows of a crawl that
/// came by one address twice, with nearly the same text.
pub(super) fn same_page(a: &Article, b: &Article) -> bool {
    let address = |article: &Article| article.url.clone().filter(|url| is_web_address(url));
    address(a).is_some()
        && address(a) == address(b)
        && a.words().min(b.words()) >= FEW_WORDS
        && shared(&a.text, &b.text) >= NEARLY_ALL
}

/// The id that `new` has if it turns out to be another article than `known`, which claims the same id: made of that
/// id and what tells the two apart. `None` where nothing does.
pub(super) fn own_id(known: &Article, new: &Article) -> Option<ArticleId> {
    let apart = if other_guid(known, new) {
        guid(new)?
    } else if new.flags.withdrawn {
        // A cancellation is called something else as often as not.
        return cancels_another(known, new).then(|| ArticleId::of_guid(new.id.as_str(), &new.title));
    } else if known.title != new.title && !known.title.is_empty() && !new.title.is_empty() {
        &new.title
    } else {
        // `Weather` of today and `Weather` of tomorrow.
        return other_day(known, new).map(|day| ArticleId::of_report(&new.title, "", new.id.as_str(), &day));
    };
    Some(ArticleId::of_guid(new.id.as_str(), apart))
}

/// Whether nothing but a guid that anybody may have given says that two articles of one file are one, and they were
/// published on different days: a constant or a running number that begins anew.
pub(super) fn loosely_named(known: &Article, new: &Article) -> bool {
    let named = |article: &Article| is_named(article) || article.flags.withdrawn;
    !named(known) && !named(new) && other_day(known, new).is_some()
}

/// Whether two articles of different fetches that claim one id are two stories all the same: a feed that gives every entry
/// the same guid, or every entry the same address, has others under it on another day. A story that was corrected keeps
/// its guid, and its day of publication or most of its words. Where that leaves it open they are two: a story that stands
/// there twice is found, one that became a version of another is not.
pub(super) fn other_story(known: &Article, new: &Article) -> bool {
    if cancels_another(known, new) {
        return true;
    }
    if known.flags.withdrawn || new.flags.withdrawn {
        return false;
    }
    let retitled = known.title != new.title;
    if other_guid(known, new) {
        return retitled && unlike(&known.text, &new.text) && shared(&known.title, &new.title) * 2.0 < 1.0;
    }
    // Without a guid the text is part of the id.
    if guid(known).is_none() || guid(new).is_none() || is_named(known) || is_named(new) {
        return false;
    }
    let words = known.words().min(new.words());
    let likeness = if known.text.is_empty() || new.text.is_empty() { 0.0 } else { shared(&known.text, &new.text) };
    let same_title = shared(&known.title, &new.title);
    if other_day(known, new).is_some() {
        // `Sunny today` and `Rainy today` share most words; words that are all the same lose nothing.
        let unchanged = known.title == new.title && known.text == new.text;
        return !unchanged && (likeness < NEARLY_ALL || words < FEW_WORDS);
    }
    let rewritten = match (&known.published, &new.published) {
        // A story that develops keeps the minute in which it was first published.
        (Some(a), Some(b)) => a.precision > Precision::Day && a.instant.is_some() && a.instant == b.instant,
        _ => false,
    };
    if words == 0 { same_title * 2.0 < 1.0 } else { retitled && !rewritten && likeness * 2.0 < 1.0 }
}

/// Whether a cancellation that comes under the name of `known` is of another article. A name that nobody vouches for (`abc123`)
/// may be the same for all items of a feed, or another agency's: then a plain headline of its own, and no word for
/// cancelling in it, says what it is of.
fn cancels_another(known: &Article, new: &Article) -> bool {
    let bare = guid(known).is_some() && guid(new).is_some() && !is_named(known) && !is_named(new);
    if !new.flags.withdrawn || known.flags.withdrawn || !bare || known.title == new.title {
        return false;
    }
    let agencies = |article: &Article| -> Vec<String> {
        article.provenance.agencies.iter().map(|agency| agency.name.clone()).collect()
    };
    let (of_known, of_new) = (agencies(known), agencies(new));
    if !of_known.is_empty() && !of_new.is_empty() {
        return !of_known.iter().any(|name| of_new.contains(name));
    }
    const CANCELS: &[&str] = &[
        "kill", "withdr", "cancel", "retract", "advisory", "delet", "remov", "recall", "annul", "anul", "zurück",
        "stornier", "ritir", "retir",
    ];
    let title = new.title.to_lowercase();
    let cancelling = CANCELS.iter().any(|word| title.contains(word));
    let other_title = !known.title.is_empty() && !title.is_empty() && unlike_titles(&known.title, &new.title);
    other_title && !cancelling && (new.text.is_empty() || unlike(&known.text, &new.text))
}

/// Whether less than half of the words of the shorter title are in the other.
fn unlike_titles(a: &str, b: &str) -> bool {
    let words = |text: &str| {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect::<HashSet<_>>()
    };
    let (a, b) = (words(a), words(b));
    a.intersection(&b).count() * 2 < a.len().min(b.len()).max(1)
}

/// Whether an article has an address, or a guid that is one or names it for ever.
pub(super) fn is_named(article: &Article) -> bool {
    let item = article.provenance.item_name().is_some_and(is_web_address);
    item || guid(article).is_some_and(is_permanent_name) || article.url.as_deref().is_some_and(is_web_address)
}

/// Whether an article is known by its words and its day alone.
pub(super) fn is_nameless(article: &Article) -> bool {
    guid(article).is_none() && !article.url.as_deref().is_some_and(is_web_address) && !article.flags.withdrawn
}

/// Whether an article that has neither address nor guid is the one that its file held before, corrected: nearly the same
/// text, whatever its headline and its day are now. (Both are part of such an article's id.)
pub(super) fn is_corrected(known: &Article, new: &Article) -> bool {
    let outlet = |article: &Article| article.source.as_ref().map(|source| source.value.clone());
    is_nameless(known)
        && is_nameless(new)
        && !new.text.is_empty()
        && outlet(known) == outlet(new)
        && (known.text == new.text
            || known.words().min(new.words()) >= FEW_WORDS && shared(&known.text, &new.text) >= NEARLY_ALL)
}

/// Of the words of two texts that are one story, corrected, so many are in both.
const NEARLY_ALL: f64 = 0.9;
/// Fewer words than that say too little.
const FEW_WORDS: usize = 30;

/// The part of the words of two texts that is in both, of the longer one's.
fn shared(a: &str, b: &str) -> f64 {
    let words = |text: &str| {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.take(400).map(str::to_lowercase).collect::<HashSet<_>>()
    };
    let (a, b) = (words(a), words(b));
    a.intersection(&b).count() as f64 / a.len().max(b.len()).max(1) as f64
}

/// The day on which `new` was published, where it is surely another one than that of `known`.
fn other_day(known: &Article, new: &Article) -> Option<String> {
    let day = |article: &Article| {
        article.published.as_ref().filter(|claim| claim.is_sure() && claim.precision >= Precision::Day).map(|c| c.day)
    };
    let (known, new) = (day(known)?, day(new)?);
    (known != new).then(|| new.to_string())
}

/// What a cancellation without a text makes of an article: the same, withdrawn. Its words are kept, so that whoever
/// looks for them is told that they were withdrawn.
pub(super) fn cancelled(known: &Article, cancellation: &Article) -> Article {
    let mut article = known.clone();
    article.flags.withdrawn = true;
    article.updated = cancellation.updated.clone().or(article.updated);
    article.fetched = cancellation.fetched.clone().or(article.fetched);
    article.notes.extend(cancellation.notes.iter().cloned());
    article
}

/// Whether two texts share less than half of their words.
pub(super) fn unlike(a: &str, b: &str) -> bool {
    let words = |text: &'_ str| text.split_whitespace().take(400).map(str::to_lowercase).collect::<HashSet<_>>();
    let (a, b) = (words(a), words(b));
    let shared = a.intersection(&b).count();
    shared * 2 < a.len().min(b.len()).max(1)
}

/// Whether `new` is only a part of what `known` has in full: such a text never takes the place of the full one.
pub(super) fn is_excerpt(known: &Article, new: &Article) -> bool {
    if new.flags.withdrawn || known.flags.truncated || known.flags.withdrawn {
        return false;
    }
    new.flags.truncated || (new.text.len() * 2 < known.text.len() && contained(&new.text, &known.text))
}

/// The id that an article has here, if `new` is a row of a hit list of ours: columns or keys called `article_id`.
pub(super) fn listed_id(new: &Article) -> Option<&str> {
    let guid = new.provenance.guid.as_ref().filter(|guid| guid.found.ends_with(":article_id"))?;
    ArticleId::is_one(&guid.value).then_some(guid.value.as_str())
}

/// Whether `new`, a row of a hit list, shows passages of `known` and nothing else: no article of its own.
pub(super) fn is_shown_by(known: &Article, new: &Article) -> bool {
    known.title == new.title
        && !new.text.is_empty()
        && new.text.split("\n\n").all(|passage| contained(passage, &known.text))
}

/// Whether the words of `part` stand in `whole` one after the other; a last word cut off or dots do not count.
fn contained(part: &str, whole: &str) -> bool {
    let join = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let part = join(part);
    let part = part.trim_end_matches(['.', '…', ' ', ']', '[']);
    !part.is_empty() && join(whole).contains(part)
}

/// Whether `new` says of itself that it was last changed before `known` was: by the instant, or by the day where both name
/// a day of change.
pub(super) fn is_older(known: &Article, new: &Article) -> bool {
    if let (Some(before), Some(now)) = (&known.updated, &new.updated)
        && (before.instant.is_none() || now.instant.is_none())
    {
        return !new.flags.withdrawn && before.is_sure() && now.is_sure() && now.days().1 < before.days().0;
    }
    let changed = |article: &Article| {
        let claim = article.updated.as_ref().or(article.published.as_ref())?;
        claim.instant.filter(|_| claim.is_sure())
    };
    !new.flags.withdrawn && matches!((changed(known), changed(new)), (Some(known), Some(new)) if new < known)
}
