//! What a page says of its own article among others: in a list that links to it, and in the data of its programs.
//!
//! Used, like what stands beside the headline, only where structured data names no day.

use std::sync::LazyLock;

use html5ever::local_name;
use regex::Regex;
use serde_json::{Map, Value};

use super::labels::{self, MAX_LINE, may_be_date};
use super::{collapse, resolve};
use crate::clean::html::jsonld;
use crate::clean::html::tree::{Id, Step, Tree};
use crate::model::{Claim, Field};

/// Bytes of scripts that are searched, and values of their data that are looked at.
const MAX_SCRIPT: usize = 2 << 20;
const MAX_VALUES: usize = 40_000;
/// Longest box around a link, in bytes: one entry of a list.
const ENTRY: usize = 600;
/// Links to the page itself that are looked at.
const MAX_LINKS: usize = 20;
/// Shortest headline or last part of an address that names one article, in bytes.
const NAME: usize = 10;

/// What makes an article this page's own.
pub(super) struct Own<'p> {
    pub(super) page: Option<&'p url::Url>,
    pub(super) base: Option<&'p url::Url>,
    pub(super) titles: &'p [&'p str],
}

impl Own<'_> {
    fn is_title(&self, text: &str) -> bool {
        let text = jsonld::fold(text);
        text.len() >= NAME && self.titles.iter().any(|title| jsonld::fold(title).contains(&text))
    }

    /// Whether an address leads to this page; its query counts, since it may be all that tells articles apart.
    fn is_address(&self, href: &str) -> bool {
        let bare = |url: &url::Url| {
            let host = url.host_str().unwrap_or("").trim_start_matches("www.").to_owned();
            (host, url.path().trim_end_matches('/').to_owned(), url.query().map(str::to_owned))
        };
        let absolute = resolve(self.base, href).and_then(|link| url::Url::parse(&link).ok());
        absolute.zip(self.page).is_some_and(|(link, page)| bare(&link) == bare(page) && page.path().len() > 1)
    }

    /// The last part of the page's address, if it names an article.
    fn slug(&self) -> Option<&str> {
        let slug = self.page?.path().trim_end_matches('/').rsplit('/').next()?;
        (slug.len() >= NAME).then_some(slug)
    }
}

/// Dates beside a link to the page itself that is called as its headline is: its own entry in a list of latest articles.
pub(super) fn links(tree: &Tree, own: &Own) -> Vec<Claim> {
    let mut out = Vec::new();
    if own.page.is_none() {
        return out;
    }
    let mut looked = 0;
    for id in 0..tree.nodes.len() as Id {
        if *tree.tag(id) != local_name!("a") {
            continue;
        }
        if looked > MAX_LINKS {
            break;
        }
        // A link with a fragment leads to a place within the page: a comment, with its own day.
        let href = tree.attr(id, "href").filter(|href| !href.is_empty() && !href.contains('#'));
        if !href.is_some_and(|href| own.is_address(href)) {
            continue;
        }
        looked += 1;
        let dates = dates_in(tree, id);
        let words = tree.words(id, ENTRY + MAX_LINE);
        if let [date] = dates.as_slice() {
            labels::split(date, "html:own-link", "", &mut out);
        } else if dates.is_empty() && (own.is_title(&words) || is_heading(tree, &words)) {
            let boxes = tree.ancestors(id).take(4).take_while(|&above| tree.words(above, ENTRY + 1).len() <= ENTRY);
            if let Some([date]) = boxes.map(|above| dates_in(tree, above)).find(|dates| !dates.is_empty()).as_deref() {
                labels::split(date, "html:own-link", "", &mut out);
            }
        }
        if !out.is_empty() {
            break;
        }
    }
    out
}

/// Whether a heading of the page has these words.
fn is_heading(tree: &Tree, words: &str) -> bool {
    let words = jsonld::fold(words);
    let heading = |id: Id| {
        matches!(*tree.tag(id), local_name!("h1") | local_name!("h2") | local_name!("h3") | local_name!("h4"))
            // One around the link itself is the link's.
            && jsonld::fold(&tree.words(id, ENTRY)) == words
            && !tree.children(id).any(|child| *tree.tag(child) == local_name!("a"))
    };
    words.len() >= 2 * NAME && (0..tree.nodes.len() as Id).any(heading)
}

/// The short texts within an element that can be a date.
fn dates_in(tree: &Tree, root: Id) -> Vec<String> {
    let mut out = Vec::new();
    tree.walk(root, |step| {
        if let Step::Enter(id) = step
            && let Some(text) = tree.text(id).filter(|text| text.len() <= MAX_LINE && may_be_date(text))
        {
            out.push(collapse(text));
        }
        out.len() < 3
    });
    out
}

/// Names of a day of publication in the data of programs.
const KEYS: &[&str] = &[
    "datePublished",
    "publishedAt",
    "published_at",
    "publishDate",
    "publish_date",
    "publishedDate",
    "published_date",
    "pubDate",
    "publicationDate",
    "publication_date",
    "publishedTime",
    "firstPublished",
    "datePosted",
    "first_publish_date",
    "firstPublishDate",
    "post_date",
];

/// Names of a day that count in the article's own object only.
const OWN_KEYS: &[&str] = &["display_date", "displayDate", "date", "createdAt", "created_at"];
/// Values assigned in one script that are looked at.
const MAX_ASSIGNED: usize = 12;

/// The day in the data of programs: that of the object which is this page's article, else the one that all agree on.
pub(super) fn programs(scripts: &[&str], own: &Own) -> Vec<Claim> {
    static KEY: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let keys = KEYS.join("|");
        // Keys may be bare, and have a prefix: `publishedAt:"…"`, `'article_published_date': '…'`.
        Regex::new(&format!(
            r#"\b(?:[a-z]+_)?(?:{keys})\\?["']?\s*:\s*\\?["']([12][0-9]{{3}}-?[0-9]{{2}}-?[0-9]{{2}}[^"'\\]{{0,24}})"#
        ))
        .ok()
    });
    let Some(key) = KEY.as_ref() else { return Vec::new() };
    let mut left = MAX_SCRIPT;
    let mut values: Vec<&str> = Vec::new();
    let mut out = Vec::new();
    for script in scripts {
        if script.len() > left {
            break;
        }
        left -= script.len();
        if !(script.contains("ublish")
            || script.contains("ublication")
            || script.contains("pubDate")
            || script.contains("datePosted")
            || script.contains("post_date")
            || script.contains("\"date\":\"2"))
        {
            continue;
        }
        let data = assigned(script);
        let others: Vec<String> = data.iter().flat_map(|data| of_others(data, own)).collect();
        let found = key.captures_iter(script).take(40).filter_map(|found| Some(found.get(1)?.as_str()));
        values.extend(found.filter(|value| !others.iter().any(|other| other.starts_with(value))));
        if out.is_empty() {
            let date = data.iter().find_map(|data| of_own_object(data, own));
            out.extend(date.and_then(|date| Claim::new(Field::Published, &date, "script:own")));
        }
    }
    // Several days are those of several articles.
    let day = |value: &str| value.chars().filter(char::is_ascii_digit).take(8).collect::<String>();
    if let Some(first) = values.first()
        && values.iter().all(|value| day(value) == day(first))
    {
        out.extend(Claim::new(Field::Published, first, "script:datePublished"));
    }
    out
}

/// The data of a script: it is JSON itself, or assigns some (`window.data = {…};`, `JSON.parse("{…}")`).
fn assigned(script: &str) -> Vec<Value> {
    let script = script.trim();
    if script.starts_with(['{', '[']) {
        return serde_json::from_str(script).into_iter().collect();
    }
    let mut out = Vec::new();
    let (mut rest, mut looked) = (script, 0);
    while let Some(at) = rest.find(['=', '(']) {
        rest = rest.get(at + 1..).unwrap_or("").trim_start();
        let text = rest.starts_with("\"{") || rest.starts_with("\"[");
        if !(rest.starts_with("{\"") || rest.starts_with("[{\"") || text) {
            continue;
        }
        looked += 1;
        if looked > MAX_ASSIGNED {
            break;
        }
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
        match values.next() {
            Some(Ok(Value::String(inner))) => out.extend(serde_json::from_str(&inner)),
            Some(Ok(value)) => out.push(value),
            _ => continue,
        }
        rest = rest.get(values.byte_offset()..).unwrap_or("");
    }
    out
}

fn of_own_object(data: &Value, own: &Own) -> Option<String> {
    let mut todo = vec![data];
    let mut looked = 0;
    while let Some(value) = todo.pop() {
        looked += 1;
        if looked > MAX_VALUES {
            return None;
        }
        match value {
            Value::Array(items) => todo.extend(items.iter().rev()),
            Value::Object(object) => {
                if let Some(date) = date_of(object)
                    && is_own(object, own)
                    && !jsonld::is_work(object)
                {
                    return Some(date);
                }
                todo.extend(object.values().rev().filter(|inner| inner.is_object() || inner.is_array()));
            }
            _ => {}
        }
    }
    None
}

/// The days of objects that are headed by something else than this page is: other articles.
fn of_others(data: &Value, own: &Own) -> Vec<String> {
    let titles: Vec<String> = own.titles.iter().map(|title| jsonld::fold(title)).filter(|t| t.len() >= NAME).collect();
    let mut out = Vec::new();
    let (mut todo, mut looked) = (vec![data], 0);
    while let Some(value) = todo.pop() {
        looked += 1;
        if looked > MAX_VALUES {
            break;
        }
        match value {
            Value::Array(items) => todo.extend(items),
            Value::Object(object) => {
                let headline = ["headline", "title"].iter().filter_map(|key| object.get(*key)?.as_str());
                let headlines: Vec<String> = headline.map(jsonld::fold).filter(|h| h.len() >= NAME).collect();
                let told = !titles.is_empty();
                let foreign = told && !headlines.is_empty() && !headlines.iter().any(|h| jsonld::is_one_of(h, &titles))
                    || told && jsonld::is_beside(object, &titles);
                let others = jsonld::is_work(object) || foreign && !is_own(object, own);
                if let Some(date) = date_of(object).filter(|_| others) {
                    out.push(date);
                }
                todo.extend(object.values().filter(|inner| inner.is_object() || inner.is_array()));
            }
            _ => {}
        }
    }
    out
}

fn is_own(object: &Map<String, Value>, own: &Own) -> bool {
    object.iter().any(|(key, value)| {
        let Some(value) = value.as_str().filter(|value| value.len() < 600) else { return false };
        match key.to_ascii_lowercase().as_str() {
            "title" | "headline" | "name" => own.is_title(value),
            "slug" => own.slug() == Some(value.trim_matches('/')),
            "url" | "link" | "path" | "permalink" | "href" | "canonical" | "canonicalurl" | "canonical_url"
            | "website_url" => own.is_address(value),
            _ => false,
        }
    })
}

/// The day in an object, or in one right within it (`"dates": {"firstPublished": …}`, `"metadata": {…}`).
fn date_of(object: &Map<String, Value>) -> Option<String> {
    let direct = |object: &Map<String, Value>, keys: &[&str]| {
        keys.iter().find_map(|key| match object.get(*key)? {
            Value::String(date) if date.len() <= 40 => Some(date.clone()),
            Value::Number(count) => Some(count.to_string()),
            _ => None,
        })
    };
    let own = direct(object, KEYS).or_else(|| {
        let key = |key: &str| key.contains("date") || key.contains("Date") || key.starts_with("meta");
        let inner = object.iter().filter(|(name, _)| key(name)).filter_map(|(_, inner)| inner.as_object());
        inner.into_iter().find_map(|object| direct(object, KEYS))
    });
    own.or_else(|| direct(object, OWN_KEYS))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(data: &str, want: &[&str]) {
        let page = url::Url::parse("https://echo.example/news/the-lock-reopens-today").ok();
        let own = Own { page: page.as_ref(), base: page.as_ref(), titles: &["The lock reopens today | Orlen Echo"] };
        let got: Vec<String> =
            programs(&[data], &own).iter().map(|claim| format!("{} {}", claim.found, claim.value)).collect();
        assert_eq!(got, want, "{data}");
    }

    #[test]
    fn data_of_programs() {
        check(
            r#"{"list":[{"slug":"a-bridge-falls-down","publicationDate":"2024-01-02"},
                {"slug":"the-lock-reopens-today","publicationDate":"2024-05-06T10:00:00Z"}]}"#,
            &["script:own 2024-05-06T10:00:00Z"],
        );
        check(
            r#"{"a":{"headline":"The lock reopens today","dates":{"firstPublished":1714989600}},"b":{"publishedAt":"2024-01-02"}}"#,
            &["script:own 1714989600", "script:datePublished 2024-01-02"],
        );
        check(r#"var x = {"publishedAt":"2024-01-02"}, y = {"publishedAt":"2024-01-03"};"#, &[]);
        check(r#"{"title":"News","publishedAt":"2024-01-02"}"#, &["script:datePublished 2024-01-02"]);
        // The only day is that of another story, which says so.
        check(r#"{"more":[{"title":"Herons return to the marsh","publishedAt":"2024-01-02T10:00:00Z"}]}"#, &[]);
        check(
            r#"{"a":{"title":"Today the old lock reopens","publishedAt":"2024-01-02"}}"#,
            &["script:datePublished 2024-01-02"],
        );
    }

    #[test]
    fn own_entry_of_a_list() {
        let page = url::Url::parse("https://echo.example/detail.php?id=7").ok();
        let own = Own { page: page.as_ref(), base: page.as_ref(), titles: &["The lock reopens today"] };
        let check = |html: &str, want: &[&str]| {
            let got: Vec<String> = links(&Tree::parse(html), &own).into_iter().map(|claim| claim.value).collect();
            assert_eq!(got, want, "{html}");
        };
        check(
            "<ul><li><i>6.5.2024</i><br><a href='detail.php?id=7'>The lock reopens today</a></li>\
             <li><i>7.5.2024</i><br><a href='detail.php?id=8'>A bridge falls</a></li></ul>",
            &["6.5.2024"],
        );
        // The entry's box holds another's date too, and a link to print says nothing.
        check("<p>6.5.2024 7.5.2024 <a href='detail.php?id=8'>The lock reopens today</a></p>", &[]);
        check("<p>6.5.2024 <a href='detail.php?id=7'>Print</a></p>", &[]);
        check(
            "<a href='/detail.php?id=7'><b>6.5.2024</b><h2>The lock reopens today</h2><p>Boats may pass.</p></a>",
            &["6.5.2024"],
        );
    }
}
