//! What a page says of itself in JSON-LD (schema.org), as claims.

mod bond;
mod kinds;
mod script;

use serde_json::{Map, Value};

use bond::{Bond, bond, headline_of, is_alike, is_of_page, is_own, test_of};
pub(super) use bond::{is_beside, is_one_of, is_work};
pub(super) use kinds::is_thing;
use kinds::{Kind, bare, kind, types};
use script::read;
pub(super) use script::unescape;

use crate::model::{Claim, Field};

/// Objects looked at on one page, and bytes of script read.
const MAX_OBJECTS: usize = 4000;
const MAX_BYTES: usize = 3 << 20;

/// What the page knows of itself outside JSON-LD, to tell its own article from its neighbours'.
pub(super) struct Known {
    /// The address it was got from or calls its own, in [`address`] form.
    pub addresses: Vec<String>,
    /// Its headlines, in [`fold`] form.
    pub headlines: Vec<String>,
    /// What its `title` element says, likewise: the site's name may stand around the headline.
    pub title: String,
}

/// What the scripts call the page itself.
#[derive(Default)]
pub(super) struct Told {
    /// Whether one of them is the page's own article.
    pub article: bool,
    /// Things that are the page's subject: the type and the folded name of each (`Event`, `Product`, `JobPosting`).
    pub things: Vec<(String, String)>,
    /// The types of page that it says it is, `CollectionPage` among them.
    pub pages: Vec<String>,
    /// When the event that the page announces begins and ends: no day of publication.
    pub days: Vec<String>,
}

/// Claims of all scripts of a page, the main article's first, and what they call the page.
pub(super) fn claims(scripts: &[&str], known: &Known) -> (Vec<Claim>, Told) {
    let mut roots = Vec::new();
    let mut left = MAX_BYTES;
    for script in scripts {
        if script.len() <= left {
            left -= script.len();
            roots.extend(read(script));
        }
    }
    let mut objects = Vec::new();
    // The flag says whether the object is listed or mentioned by another rather than being the page's own.
    let mut todo: Vec<(&Value, bool)> = roots.iter().map(|r| (r, false)).rev().collect();
    while let Some((value, minor)) = todo.pop() {
        if objects.len() >= MAX_OBJECTS {
            break;
        }
        match value {
            Value::Array(items) => todo.extend(items.iter().map(|i| (i, minor)).rev()),
            Value::Object(object) => {
                objects.push((object, minor));
                for (key, inner) in object.iter().rev() {
                    if matches!(inner, Value::Object(_) | Value::Array(_)) {
                        let own = matches!(key.as_str(), "@graph" | "mainEntity" | "mainEntityOfPage" | "@list");
                        todo.push((inner, minor || !own));
                    }
                }
            }
            _ => {}
        }
    }
    let graph = Graph { objects };
    let mut best: Option<(i32, &Map<String, Value>)> = None;
    let listed = graph.is_list(known);
    for (object, minor) in &graph.objects {
        let own = match bond(object, known) {
            Bond::Own => true,
            Bond::Unknown => !listed,
            Bond::Foreign => false,
        };
        if own && kind(object) == Kind::Article {
            let score = graph.score(object, *minor, known);
            if best.is_none_or(|(s, _)| score > s) {
                best = Some((score, object));
            }
        }
    }
    let mut out = Vec::new();
    let main = best.map(|(_, object)| object);
    if let Some(main) = main {
        graph.article(main, "jsonld", &mut out);
        let headline = main.get("headline").map(text_of).map(|h| fold(&h));
        for (object, minor) in &graph.objects {
            let same = kind(object) == Kind::Article
                && !std::ptr::eq(*object, main)
                && !minor
                && headline.is_some()
                && object.get("headline").map(text_of).map(|h| fold(&h)) == headline;
            if same {
                graph.article(object, "jsonld", &mut out);
            }
        }
    }
    for (object, minor) in &graph.objects {
        if let Some(review) = test_of(object, known).filter(|_| !minor) {
            graph.article(review, "jsonld:other", &mut out);
        }
    }
    let mut others = 0;
    for (object, minor) in &graph.objects {
        let found = match kind(object) {
            Kind::Page if !minor => "jsonld:webpage",
            Kind::Other if !minor && is_of_page(object, known) => "jsonld:other",
            Kind::Other if !minor => "jsonld:other-thing",
            Kind::Work if !minor => "jsonld:other-thing",
            Kind::Article if main.is_none_or(|m| !std::ptr::eq(*object, m)) => "jsonld:other-article",
            _ => continue,
        };
        others += 1;
        if others <= 6 {
            graph.article(object, found, &mut out);
        }
    }
    for (object, _) in &graph.objects {
        if kind(object) == Kind::Site {
            out.extend(Claim::new(
                Field::SiteName,
                &object.get("name").map(text_of).unwrap_or_default(),
                "jsonld:site:name",
            ));
        }
    }
    let mut seen = std::collections::HashSet::new();
    out.retain(|c| seen.insert((c.field, c.value.clone(), c.found.clone())));
    let told = graph.told(known);
    out.extend(told.days.iter().filter_map(|day| Claim::new(Field::EventDay, day, "jsonld:event")));
    (out, told)
}

/// An address without scheme, `www.`, query, fragment and last slash, to compare.
pub(super) fn address(url: &str) -> String {
    let url = url.trim();
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.split(['?', '#']).next().unwrap_or("");
    rest.strip_prefix("www.").unwrap_or(rest).trim_end_matches('/').to_lowercase()
}

/// A headline folded to its letters and digits, to compare.
pub(super) fn fold(headline: &str) -> String {
    if headline.is_ascii() {
        let mut folded = headline.to_owned();
        folded.retain(|c| c.is_ascii_alphanumeric());
        folded.make_ascii_lowercase();
        return folded;
    }
    let mut folded = String::with_capacity(headline.len());
    for c in headline.chars() {
        match c {
            'a'..='z' | '0'..='9' => folded.push(c),
            'A'..='Z' => folded.push(c.to_ascii_lowercase()),
            '\0'..='\u{7f}' => {}
            _ if c.is_alphanumeric() => folded.extend(c.to_lowercase()),
            _ => {}
        }
    }
    folded
}

/// Things looked at on one page.
const MAX_THINGS: usize = 20;

struct Graph<'v> {
    objects: Vec<(&'v Map<String, Value>, bool)>,
}

impl<'v> Graph<'v> {
    /// An object, or the fullest one that it points to by `@id`.
    fn resolve(&self, object: &'v Map<String, Value>) -> &'v Map<String, Value> {
        if object.len() > 2 || object.contains_key("name") {
            return object;
        }
        let Some(id) = object.get("@id").and_then(Value::as_str) else { return object };
        let same = self.objects.iter().filter(|(o, _)| o.get("@id").and_then(Value::as_str) == Some(id));
        same.map(|(o, _)| *o).max_by_key(|o| o.len()).unwrap_or(object)
    }

    /// Whether its articles are those of a list: several with different headlines, or listed by another object, and none
    /// of them the page's.
    fn is_list(&self, known: &Known) -> bool {
        let articles = || self.objects.iter().filter(|(object, _)| kind(object) == Kind::Article);
        let of_page = |object: &Map<String, Value>| is_own(object, known) || is_alike(&headline_of(object), known);
        if articles().any(|(object, _)| of_page(object)) {
            return false;
        }
        let own: Vec<String> = articles().filter(|(_, minor)| !minor).map(|(object, _)| headline_of(object)).collect();
        let headed = || articles().any(|(object, _)| !headline_of(object).is_empty());
        own.iter().any(|other| *other != own[0]) || own.is_empty() && headed()
    }

    fn told(&self, known: &Known) -> Told {
        let mut told = Told::default();
        let mut articles = 0;
        for (object, minor) in &self.objects {
            let names = || types(object).into_iter().map(bare);
            if kind(object) == Kind::Article {
                let bond = bond(object, known);
                articles += usize::from(!minor && bond != Bond::Foreign);
                told.article |= bond == Bond::Own;
            } else if let Some(name) = names().find(|name| is_thing(name)) {
                if !minor && told.things.len() < MAX_THINGS {
                    let named = object.get("name").or(object.get("title")).map(text_of).unwrap_or_default();
                    let named = fold(&named);
                    // Only a page that is the event itself is meant; and a match is reported under its own name on its own day.
                    if name.ends_with("Event") && name != "SportsEvent" && known.headlines.contains(&named) {
                        let days = ["startDate", "endDate", "doorTime", "previousStartDate"];
                        told.days.extend(days.iter().flat_map(|key| strings(object.get(*key))));
                    }
                    told.things.push((name.to_owned(), named));
                }
            } else if !minor {
                let pages = names().filter(|name| name.ends_with("Page") && !told.pages.iter().any(|p| p == name));
                let pages: Vec<String> = pages.map(str::to_owned).collect();
                told.pages.extend(pages);
            }
        }
        // Several whose headlines the page does not have are those of a list.
        told.article |= articles == 1;
        told
    }

    fn score(&self, object: &Map<String, Value>, minor: bool, known: &Known) -> i32 {
        let mut score = if minor { 0 } else { 6 };
        let addresses = ["url", "@id", "mainEntityOfPage"].iter().filter_map(|k| object.get(*k)).map(link_of);
        if addresses.into_iter().any(|a| !a.is_empty() && known.addresses.contains(&address(&a))) {
            score += 8;
        }
        let headline = headline_of(object);
        if headline.is_empty() {
            score -= 4;
        } else if known.headlines.contains(&headline) {
            score += 8;
        } else if headline.len() > 20 && known.headlines.iter().any(|h| h.contains(&headline) || headline.contains(h)) {
            score += 5;
        } else if is_alike(&headline, known) {
            score += 3;
        }
        score += i32::from(object.contains_key("datePublished")) + i32::from(object.contains_key("author"));
        score + i32::from(object.contains_key("articleBody")) * 2
    }

    fn article(&self, object: &'v Map<String, Value>, found: &str, out: &mut Vec<Claim>) {
        let plain = [
            ("headline", Field::Title),
            ("name", Field::Title),
            ("alternativeHeadline", Field::Subtitle),
            ("description", Field::Summary),
            ("datePublished", Field::Published),
            ("dateCreated", Field::Published),
            ("uploadDate", Field::Published),
            ("dateModified", Field::Updated),
            ("articleBody", Field::BodyWitness),
            ("articleSection", Field::Section),
            ("inLanguage", Field::Language),
            ("copyrightNotice", Field::RightsNotice),
            ("dateline", Field::DatelinePlace),
        ];
        for (key, field) in plain {
            for value in strings(object.get(key)) {
                out.extend(Claim::new(field, &value, format!("{found}:{key}")));
            }
        }
        for (key, field) in [
            ("author", Field::Author),
            ("creator", Field::Author),
            ("contributor", Field::Contributor),
            ("editor", Field::Editor),
            ("translator", Field::Translator),
        ] {
            self.people(object.get(key), field, &format!("{found}:{key}"), out);
        }
        for (key, field) in [("publisher", Field::Source), ("sourceOrganization", Field::Agency)] {
            let mut named = Vec::new();
            self.people(object.get(key), field, "", &mut named);
            out.extend(named.into_iter().map(|c| Claim { found: format!("{found}:{key}"), ..c }));
        }
        for keywords in strings(object.get("keywords")) {
            let separator = if keywords.contains(';') && !keywords.contains(',') { ';' } else { ',' };
            for tag in keywords.split(separator).take(60) {
                out.extend(Claim::new(Field::Tag, tag, format!("{found}:keywords")));
            }
        }
        for (key, field) in [
            ("url", Field::Canonical),
            ("mainEntityOfPage", Field::Canonical),
            ("license", Field::Licence),
            ("isBasedOn", Field::OriginalUrl),
        ] {
            if let Some(value) = object.get(key) {
                out.extend(Claim::new(field, &link_of(value), format!("{found}:{key}")));
            }
        }
        let free = object.get("isAccessibleForFree");
        if free.is_some_and(|f| *f == Value::Bool(false) || f.as_str().is_some_and(|s| s.eq_ignore_ascii_case("false")))
        {
            out.extend(Claim::new(Field::Paywalled, "true", format!("{found}:isAccessibleForFree")));
        }
        for name in types(object) {
            out.extend(Claim::new(Field::Kind, name, format!("{found}:@type")));
            let field = match name {
                "OpinionNewsArticle" => Field::Opinion,
                "AdvertiserContentArticle" => Field::Sponsored,
                _ => continue,
            };
            out.extend(Claim::new(field, "true", format!("{found}:@type")));
        }
    }

    /// Names of persons and organizations; `found` gets `:person`, `:organization` or `:text` appended.
    fn people(&self, value: Option<&'v Value>, field: Field, found: &str, out: &mut Vec<Claim>) {
        let many = match value {
            Some(Value::Array(many)) => many.as_slice(),
            Some(one) => std::slice::from_ref(one),
            None => &[],
        };
        for one in many.iter().take(40) {
            match one {
                Value::Object(object) => {
                    let object = self.resolve(object);
                    let what = match kind(object) {
                        Kind::Person => "person",
                        Kind::Organization => "organization",
                        _ => "text",
                    };
                    let mut names = strings(object.get("name"));
                    if names.is_empty() {
                        let given = strings(object.get("givenName")).join(" ");
                        let family = strings(object.get("familyName")).join(" ");
                        names.push(format!("{given} {family}"));
                    }
                    for name in names {
                        out.extend(Claim::new(field, &name, format!("{found}:{what}")));
                    }
                }
                Value::String(_) => out.extend(Claim::new(field, &text_of(one), format!("{found}:text"))),
                Value::Array(inner) => {
                    for name in inner.iter().filter_map(|v| v.get("name").or(Some(v))).take(20) {
                        out.extend(Claim::new(field, &text_of(name), format!("{found}:text")));
                    }
                }
                _ => {}
            }
        }
    }
}

/// The texts of a value: itself, those of an array, or of objects with a `name` or an `@value`.
fn strings(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::Array(many)) => many.iter().take(100).map(text_of).filter(|s| !s.is_empty()).collect(),
        Some(one) => Some(text_of(one)).filter(|s| !s.is_empty()).into_iter().collect(),
        None => Vec::new(),
    }
}

fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => unescape(text.trim()),
        Value::Number(number) => number.to_string(),
        Value::Object(object) => {
            let inner = object.get("@value").or(object.get("name")).and_then(Value::as_str);
            unescape(inner.unwrap_or("").trim())
        }
        Value::Array(many) => many.first().and_then(Value::as_str).map(|s| unescape(s.trim())).unwrap_or_default(),
        _ => String::new(),
    }
}

fn link_of(value: &Value) -> String {
    match value {
        Value::String(link) => unescape(link.trim()),
        Value::Object(object) => {
            let link = ["@id", "url"].iter().find_map(|k| object.get(*k).and_then(Value::as_str));
            link.unwrap_or("").trim().to_owned()
        }
        Value::Array(many) => many.first().map(|v| v.as_str().unwrap_or("").trim().to_owned()).unwrap_or_default(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(scripts: &[&str], url: &str, want: &[&str]) {
        let known = Known { addresses: vec![address(url)], headlines: Vec::new(), title: String::new() };
        let got: Vec<String> =
            claims(scripts, &known).0.into_iter().map(|c| format!("{}={}", c.found, c.value)).collect();
        for want in want {
            match want.strip_prefix('!') {
                Some(not) => assert!(!got.iter().any(|g| g.starts_with(not)), "{not} in {got:?}"),
                None => assert!(got.iter().any(|g| g == want), "{want} not in {got:?}"),
            }
        }
    }

    #[test]
    fn claims_of_scripts() {
        check(
            &[
                r#"{"@type":"NewsArticle","headline":"Lock reopens","author":[{"@type":"Person","name":"Ida Holm"},{"@type":"Organization","name":"Rye Post"}],}"#,
            ],
            "",
            &["jsonld:headline=Lock reopens", "jsonld:author:person=Ida Holm", "jsonld:author:organization=Rye Post"],
        );
        check(
            &[
                r##"{"@graph":[{"@type":"Article","author":{"@id":"#a"},"datePublished":"2024-02-03","isAccessibleForFree":"False"},{"@type":"Person","@id":"#a","name":"Ole Lund"}]}"##,
            ],
            "",
            &["jsonld:author:person=Ole Lund", "jsonld:datePublished=2024-02-03", "jsonld:isAccessibleForFree=true"],
        );
        check(
            &["<!-- {\"@type\":\"NewsArticle\",\"headline\":\"A\nB &amp; C\", \"author\":\"It\\'s Me\"}; -->"],
            "",
            &["jsonld:headline=A B & C", "jsonld:author:text=It's Me"],
        );
        check(
            &[
                r#"{"@type":"NewsArticle","url":"https://a.example/one","headline":"One"}"#,
                r#"{"@type":"NewsArticle","url":"https://www.a.example/two/?x=1","headline":"Two"}"#,
            ],
            "http://a.example/two",
            &["jsonld:headline=Two", "jsonld:other-article:headline=One", "!jsonld:headline=One"],
        );
        check(
            &[r#"{"@type":"NewsArticle","headline":"Cut off","author":{"name":"Bo"#],
            "",
            &["jsonld:headline=Cut off"],
        );
        check(&["{}}}]", "[", "nonsense", ""], "", &[]);
    }
}
