//! Documents of TREC's collections and of Gigaword: `<DOC>` with a number, a text, and whatever fields its paper or
//! agency has (AP, WSJ, LA Times, FT, AQUAINT's three agencies, FBIS, the Federal Register).

use super::Options;
use super::json::Gathered;
use super::xml::{Id, Tree, entity, markup};

/// Elements of a document whose elements are its own fields.
const AROUND: &[&str] = &["body", "header", "h1", "h2", "h3", "h4", "h5", "h6"];
/// Elements that hold the text, which may begin in one of its own.
const TEXTS: &[&str] = &["lp", "leadpara", "text"];
/// Elements within a text that are fields, as FBIS and the Federal Register have them.
const FIELDS_IN_TEXT: &[&str] = &["f", "doctitle", "ti", "frfiling", "billing", "cfrno", "rindock"];
/// Parts of a text that are paragraphs under another name.
const RENAMED: &[(&str, &str)] = &[
    ("usdept", "p"),
    ("usbureau", "p"),
    ("agency", "p"),
    ("action", "p"),
    ("summary", "p"),
    ("date", "p"),
    ("address", "p"),
    ("further", "p"),
    ("supplem", "p"),
    ("signer", "p"),
    ("signjob", "p"),
    ("footnote", "p"),
    ("import", "p"),
    ("table", "pre"),
    ("h2", "h2"),
    ("head", "h2"),
];
/// References that these collections have of their own.
const REFERENCES: &[(&str, &str)] = &[
    ("&blank;", " "),
    ("&hyph;", "-"),
    ("&cir;", "°"),
    ("&sect;", "§"),
    ("&para;", "¶"),
    ("&bull;", "•"),
    ("&UR;", ""),
    ("&QC;", ""),
    ("&QL;", ""),
    ("&LR;", ""),
    ("&HT;", ""),
];

/// Whether an element is a document that has no headline, but a number.
pub fn is_numbered(tree: &Tree<'_>, id: Id) -> bool {
    tree.local(id) == "doc" && tree.path(id, &["docno"]).is_some()
}

/// Whether the number in its tag tells what a document is, as in Gigaword.
pub fn is_tagged(tree: &Tree<'_>, id: Id) -> bool {
    tree.local(id) == "doc" && tree.attribute(id, "id").is_some_and(|number| day_of(number).is_some())
}

/// Whether documents have a text where these look for it.
pub fn has_text(tree: &Tree<'_>, id: Id) -> bool {
    fields(tree, id).into_iter().any(|at| TEXTS.contains(&tree.local(at)))
}

/// The day in the number of a document: `AFP_ENG_19940512.0004`, `APW19980601.0001`, `AP880212-0001`, `LA010189-0001`.
fn day_of(number: &str) -> Option<String> {
    let number = number.trim();
    let digits =
        |text: &str, length| text.get(..length).filter(|d| d.bytes().all(|b| b.is_ascii_digit())).map(str::to_owned);
    let agency = number.trim_end_matches(|c: char| !c.is_ascii_uppercase() && c != '_');
    let letters = agency.bytes().all(|b| b.is_ascii_uppercase() || b == b'_') && agency.len() >= 3;
    if let Some(rest) = number.strip_prefix(agency).filter(|_| letters)
        && rest.as_bytes().get(8) == Some(&b'.')
    {
        return digits(rest, 8);
    }
    let (rest, american) = [("AP", false), ("WSJ", false), ("FR", false), ("LA", true)]
        .iter()
        .find_map(|(agency, american)| Some((number.strip_prefix(agency)?, *american)))?;
    let day = digits(rest, 6).filter(|_| rest.as_bytes().get(6) == Some(&b'-'))?;
    Some(if american { format!("19{}{}", &day[4..], &day[..4]) } else { format!("19{day}") })
}

/// The fields of a document, those that stand in a part of it too.
fn fields(tree: &Tree<'_>, id: Id) -> Vec<Id> {
    let mut out = Vec::new();
    for child in tree.children(id) {
        out.push(child);
        if AROUND.contains(&tree.local(child)) {
            out.extend(tree.children(child));
        }
    }
    // FBIS has its headline inside the text at times.
    let inside: Vec<Id> = out.iter().copied().filter(|at| tree.local(*at) == "text").collect();
    out.extend(inside.into_iter().flat_map(|text| {
        tree.descendants(text).filter(|at| matches!(tree.local(*at), "ti" | "doctitle")).take(1).collect::<Vec<_>>()
    }));
    out
}

/// Takes what a document says of itself and its text; the names of fields that are left go by what they mean elsewhere.
pub fn gather(tree: &Tree<'_>, id: Id, options: &Options, gathered: &mut Gathered) {
    let number =
        tree.attribute(id, "id").map(str::to_owned).or_else(|| tree.path(id, &["docno"]).map(|at| tree.line(at)));
    let day = number.and_then(|number| day_of(&number)).unwrap_or_default();
    // First of all dates: those in sight are written by American rules, and for the desk.
    gathered.take(if day.is_empty() { "year" } else { "datepublished" }, &day, "xml:docno", options);
    let fields = fields(tree, id);
    gathered.take("text", &text(tree, &fields), "xml:text", options);
    for at in fields {
        let name = tree.local(at);
        let found = format!("xml:{name}");
        let line = || plain(&tree.text(at));
        match name {
            _ if TEXTS.contains(&name) || AROUND.contains(&name) && tree.has_elements(at) => {}
            "head" | "hl" | "ti" | "doctitle" => gathered.take("headline", &line(), &found, options),
            "so" => gathered.take("source", &line(), &found, options),
            // `FT  14 MAY 91 / Ferries: Aldmoor sells`
            "pub" => gathered.take("publication", &line(), &found, options),
            "date1" => gathered.take("date", &line(), &found, options),
            // A number, and the kind of the document.
            "au" | "doctype" | "slug" | "trailer" => {}
            // A byline and the writer's office, each in a paragraph.
            name if tree.has_elements(at) => {
                for inner in tree.children(at) {
                    gathered.take(name, &plain(&tree.text(inner)), &found, options);
                }
            }
            name => gathered.take(name, &line(), &found, options),
        }
    }
    // The agencies of AQUAINT write who signs between the headline and the text.
    if let Some(body) = tree.path(id, &["body"]).filter(|body| tree.has_elements(*body)) {
        let bare = tree.markup_with(body, &["slug", "headline", "text", "dateline", "date_time", "category"], &[]);
        let line = plain(&bare);
        let signed = line.strip_prefix("By ").or_else(|| line.strip_prefix("BY ")).unwrap_or("");
        gathered.take("byline", signed.split("(PROFILE").next().unwrap_or(""), "xml:body", options);
    }
}

/// A text of one line without references that only these collections know.
fn plain(text: &str) -> String {
    markup::collapse(&markup::plain(&resolved(text)))
}

fn resolved(text: &str) -> String {
    let mut out = text.to_owned();
    for (reference, meant) in REFERENCES {
        if out.contains(reference) {
            out = out.replace(reference, meant);
        }
    }
    out
}

/// The text of a document, as HTML where any part of it is marked.
fn text(tree: &Tree<'_>, fields: &[Id]) -> String {
    let parts: Vec<Id> =
        fields.iter().copied().filter(|at| TEXTS.contains(&tree.local(*at)) && !tree.line(*at).is_empty()).collect();
    let in_text = |at: Id| tree.descendants(at).any(|inner| !FIELDS_IN_TEXT.contains(&tree.local(inner)));
    let marked = parts.iter().any(|at| in_text(*at));
    let text = parts.iter().map(|at| match (marked, tree.has_elements(*at)) {
        (true, true) => tree.markup_with(*at, FIELDS_IN_TEXT, RENAMED),
        (true, false) => format!("<p>{}</p>", tree.markup(*at)),
        // Fields alone: what stands between them is bare text.
        (false, true) => entity::decode(&tree.markup_with(*at, FIELDS_IN_TEXT, &[])),
        (false, false) => tree.text(*at),
    });
    let text = resolved(&text.collect::<Vec<_>>().join("\n\n"));
    without_labels(&text)
}

/// A text of FBIS without the lines before it that tell its language and kind, and the mark where it begins.
fn without_labels(text: &str) -> String {
    let mut rest = text.trim_start();
    while let Some((line, below)) = rest.split_once('\n')
        && ["Language:", "Article Type:", "Document Type:"].iter().any(|label| line.trim_start().starts_with(label))
    {
        rest = below.trim_start();
    }
    for mark in ["[Text]", "[Excerpt]", "[Excerpts]"] {
        rest = rest.strip_prefix(mark).map_or(rest, str::trim_start);
    }
    rest.to_owned()
}
