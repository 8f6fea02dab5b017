//! What a record says, gathered field by field and put into a document.

use serde_json::Value;

use super::markup::{content, looks_like_markup, looks_like_page};
use crate::model::{ArticleId, Claim, Document, Field, MediaType, Origin, PayloadKind};
use crate::source::Options;
use crate::source::fields::{Role, plain, sorted};
use crate::source::input::{self, document, is_full, most_text};
use crate::source::xml::entity;

/// Summaries of one record that are looked at.
const MOST_SUMMARIES: usize = 8;
/// Added to the rank of what a name of another field tells.
const LEAST: usize = 100;

/// What was gathered from a record on the way.
#[derive(Default)]
pub struct Gathered {
    claims: Vec<(usize, Claim)>,
    html: Option<(usize, String)>,
    bodies: Vec<(usize, String)>,
    summaries: Vec<(usize, String, String)>,
    fetched: Option<String>,
}

impl Gathered {
    /// Takes a text field called `name`, at place `found`.
    pub fn take(&mut self, name: &str, text: &str, found: &str, options: &Options) {
        // What NewsData writes in place of a text.
        if text.starts_with("ONLY AVAILABLE IN ") && text.len() < 60 {
            return;
        }
        let Some((role, rank)) = options.map.ranked(name) else { return };
        let better = |had: Option<usize>| !text.trim().is_empty() && had.is_none_or(|had| rank < had);
        match role {
            // Where an outlet is told by its address, a page's is the page's own.
            Role::Claim(Field::Source) if is_address(text) => {
                let page = url::Url::parse(text.trim()).is_ok_and(|url| url.path().len() > 1 || url.query().is_some());
                let field = if page { Field::Url } else { Field::SiteName };
                self.claim(rank + LEAST, field, text, found);
            }
            // A list that was written as text: `['Jo Hartley', 'Ada Quill']`.
            Role::Claim(field @ (Field::Author | Field::Tag | Field::Contributor | Field::Editor)) => {
                let parted = field == Field::Tag && !text.trim_start().starts_with('[');
                for one in listed(text) {
                    let pieces = one.split(|c| parted && matches!(c, ';' | '|')).map(str::trim);
                    // What a reader's program calls its own lists.
                    for one in pieces.filter(|one| !(one.starts_with("user/") && one.matches('/').count() >= 3)) {
                        self.claim(rank, field, one, found);
                    }
                }
            }
            // An address in the place of a headline is none.
            Role::Claim(Field::Title) if is_address(text) => {}
            Role::Claim(field @ (Field::Published | Field::Updated)) if plain(name).ends_with("gmt") => {
                self.claim(rank, field, &in_gmt(text), found);
            }
            Role::Claim(field) => self.claim(rank, field, text, found),
            Role::Html if better(self.html.as_ref().map(|h| h.0)) => self.html = Some((rank, held(text))),
            // The column `story` of our own lists names an article.
            Role::Body if ArticleId::is_one(text.trim()) => {}
            Role::Body if !text.trim().is_empty() => {
                // The shorter ones stay only as long as they may turn out to be the whole.
                self.bodies.push((rank, held(text)));
                if self.bodies.len() > 8 {
                    self.bodies.sort_by_key(|(rank, _)| *rank);
                    self.bodies.truncate(4);
                }
            }
            Role::Summary if !text.trim().is_empty() && self.summaries.len() < MOST_SUMMARIES => {
                self.summaries.push((rank, held(text), found.to_owned()));
            }
            Role::Fetched if self.fetched.is_none() => {
                self.fetched = Some(text.to_owned());
                self.claim(rank, Field::Fetched, text, found);
            }
            _ => {}
        }
    }

    fn claim(&mut self, rank: usize, field: Field, text: &str, found: &str) {
        // Python writes these for nothing.
        if matches!(text.trim(), "None" | "nan" | "NaN" | "null" | "[]" | "{}") {
            return;
        }
        if is_full(self.claims.len(), field) {
            return;
        }
        if let Some(claim) = Claim::new(field, text, found)
            && !self.claims.iter().any(|(_, c)| c.field == field && c.value == claim.value)
        {
            self.claims.push((rank, claim));
        }
    }

    /// Puts everything into a document.
    pub fn finish(self, origin: Origin, raw: Vec<u8>) -> Document {
        let mut made = document(origin, MediaType::Record, raw, "export");
        let mut claims = self.claims;
        let mut witness = None;
        made.payload = match (self.html, body(self.bodies)) {
            (Some((_, html)), body) => {
                witness = body.map(|(_, text)| text);
                Some(content(html, true))
            }
            (None, Some((_, body))) => Some(content(unescaped(body), false)),
            (None, None) => None,
        };
        let mut summaries = self.summaries;
        summaries.sort_by_key(|(rank, ..)| *rank);
        // Without a text, the longest summary is the most there is of it: the first paragraph rather than a line about it.
        if made.payload.is_none()
            && let Some(at) = (0..summaries.len()).rev().max_by_key(|at| letters(&summaries[*at].1))
        {
            let (rank, text, found) = summaries.remove(at);
            claims.extend(Claim::new(Field::Truncated, "true", found).map(|c| (rank, c)));
            made.payload = Some(content(unescaped(text), false));
        }
        let text = made.payload.as_ref().map_or("", |payload| payload.text.as_str());
        if let Some((rank, summary, found)) =
            summaries.into_iter().find(|(_, summary, _)| !text.contains(summary.trim()))
        {
            claims.extend(Claim::new(Field::Summary, &summary, found).map(|c| (rank, c)));
        }
        if let Some(payload) = &made.payload
            && let Some(marker) = cut_marker(&payload.text)
        {
            claims.extend(Claim::new(Field::Truncated, "true", format!("text:{marker}")).map(|c| (0, c)));
        }
        // A fragment that is too long says so where it is handed on; a page may be longer than what a record holds of it.
        let most = most_text(PayloadKind::HtmlFragment);
        if let Some(payload) = made.payload.as_mut().filter(|p| p.kind == PayloadKind::HtmlPage && p.text.len() > most)
        {
            payload.text.truncate(payload.text.floor_char_boundary(most));
            made.notes.push(input::longer(most));
            claims.extend(Claim::new(Field::Truncated, "true", "source:too long").map(|c| (0, c)));
        }
        if let Some(text) = witness.filter(|t| !t.trim().is_empty()) {
            claims.extend(Claim::new(Field::BodyWitness, &text, "json:text").map(|c| (0, c)));
        }
        made.claims.extend(sorted(claims));
        made.fetched = self.fetched.and_then(|t| t.trim().replacen(' ', "T", 1).parse().ok());
        made
    }
}

/// A time without a zone, in that of Greenwich.
fn in_gmt(text: &str) -> String {
    let text = text.trim();
    let bare = text.len() == 19 && text.as_bytes().get(10).is_some_and(|b| matches!(b, b'T' | b' '));
    if bare { format!("{}Z", text.replacen(' ', "T", 1)) } else { text.to_owned() }
}

/// The texts of a list in brackets, as Python and JSON write them; the text itself if it is none.
fn listed(text: &str) -> Vec<String> {
    let trimmed = text.trim();
    let inner = trimmed.strip_prefix('[').and_then(|t| t.strip_suffix(']')).map_or("", str::trim);
    if inner.starts_with(['\'', '"'])
        && inner.ends_with(['\'', '"'])
        && let Ok((Value::Array(items), _)) = super::parse(trimmed.as_bytes())
        && items.iter().all(Value::is_string)
    {
        return items.iter().filter_map(Value::as_str).map(str::to_owned).collect();
    }
    vec![text.to_owned()]
}

/// Markup whose angle brackets were written as references, as it was meant; anything else as it is.
fn unescaped(text: String) -> String {
    let escaped = ["&lt;p", "&lt;/p&gt;", "&lt;br", "&lt;div", "&lt;a "].iter().any(|tag| text.contains(tag));
    if escaped && !looks_like_markup(&text) {
        let once = entity::decode(&text);
        if looks_like_markup(&once) {
            return once;
        }
    }
    text
}

/// Letters and digits that are no part of a tag.
fn letters(text: &str) -> usize {
    let mut tag = false;
    text.chars()
        .filter(|c| {
            tag = *c == '<' || tag && *c != '>';
            !tag && c.is_alphanumeric()
        })
        .count()
}

/// The body under the most telling name, unless it is no more than a taste of another one.
fn body(mut bodies: Vec<(usize, String)>) -> Option<(usize, String)> {
    bodies.sort_by_key(|(rank, _)| *rank);
    let first = letters(&bodies.first()?.1);
    // Only short ones can be a taste, and counting costs.
    let whole = (first < 600)
        .then(|| bodies.iter().position(|(_, text)| !looks_like_page(text) && letters(text) > 3 * first + 200))
        .flatten();
    Some(bodies.swap_remove(whole.unwrap_or(0)))
}

fn is_address(text: &str) -> bool {
    let text = text.trim();
    (text.starts_with("http://") || text.starts_with("https://")) && !text.contains(char::is_whitespace)
}

/// As much of a text of a record as will be handed on, and a little more.
pub fn held(text: &str) -> String {
    let kind = if looks_like_markup(text) { PayloadKind::HtmlFragment } else { PayloadKind::PlainText };
    input::held(text, kind).to_owned()
}

/// What an excerpt ends with: NewsAPI's `[+1210 chars]`, GNews's `... [1210 chars]`.
fn cut_marker(text: &str) -> Option<&'static str> {
    let text = text.trim_end();
    let inner = text.strip_suffix(" chars]")?;
    let before = inner.trim_end_matches(|c: char| c.is_ascii_digit());
    match inner.len() > before.len() {
        true if before.ends_with("[+") => Some("[+N chars]"),
        true if before.ends_with('[') => Some("[N chars]"),
        _ => None,
    }
}
