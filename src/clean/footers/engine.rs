//! Rules applied to one block: which fire where, what they cover, what they tell.

use std::sync::{LazyLock, OnceLock};

use daachorse::DoubleArrayAhoCorasick;
use regex::bytes::{Captures, Regex};

use super::doubts::{are_sentences, is_quoted, is_sentence, reports_speech};
use super::known::Known;
use super::norm::Norm;
use super::rule::{CUT, HEAD, KEEP, LAST, LEAD, LINKED, LIST, MID, NEAR, Rule, Tell};
use super::slots::{SLOTS, host, slot_value};
use super::{doubts, pattern, rules, values};
use crate::clean::draft::Piece;
use crate::clean::metadata::{self, folded};
use crate::model::{Field, Span, Yield};

/// One pattern of a rule, compiled when its words are first met.
struct Entry {
    rule: &'static Rule,
    pattern: &'static str,
    openings: OnceLock<Vec<String>>,
    regex: OnceLock<Option<Regex>>,
}

impl Entry {
    /// Whether words that nobody checks are taken along: such a pattern must not take a sentence that reports.
    fn open_ended(&self) -> bool {
        // Credits and licences name those who did something, in the past forms that are looked for here.
        let names = ["footer.", "wire.", "licence."].iter().any(|family| self.rule.id.starts_with(family));
        let open = ["{any}", "{rest}", "{bio}"].iter().any(|slot| self.pattern.contains(slot));
        !names && self.rule.place & KEEP == 0 && open
    }
}

/// The sentence that begins at byte `at` of the normal text, as it is written: to the first stop before a space, or the
/// end. A question goes on: `Already a member? the guard asked`.
fn span_words<'p>(view: &View, at: usize, piece: &'p Piece) -> &'p str {
    let rest = &view.norm.text[at..];
    let end = [". ", "! ", "\n"].iter().filter_map(|stop| rest.find(stop)).min();
    let end = view.norm.raw(at + end.unwrap_or(rest.len()));
    piece.text.get(view.norm.raw(at)..end).unwrap_or("")
}

/// All rules, and one automaton over the words that patterns cannot do without.
struct Tables {
    entries: Vec<Entry>,
    finder: Option<DoubleArrayAhoCorasick<u32>>,
    by_needle: Vec<Vec<u32>>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut tables = Tables { entries: Vec::new(), finder: None, by_needle: Vec::new() };
    let mut needles: Vec<String> = Vec::new();
    let mut known = std::collections::HashMap::new();
    for rule in rules::all() {
        for pattern in rule.patterns {
            let entry = tables.entries.len() as u32;
            tables.entries.push(Entry { rule, pattern, openings: OnceLock::new(), regex: OnceLock::new() });
            for needle in pattern::needles(pattern) {
                let n = *known.entry(needle.clone()).or_insert_with(|| {
                    needles.push(needle);
                    tables.by_needle.push(Vec::new());
                    needles.len() - 1
                });
                tables.by_needle[n].push(entry);
            }
        }
    }
    tables.finder = DoubleArrayAhoCorasick::new(&needles).ok();
    tables
});

/// A block as the rules see it.
pub(super) struct View {
    pub(super) norm: Norm,
    /// Entries whose words occur, in table order.
    candidates: Vec<u32>,
}

impl View {
    pub(super) fn of(text: &str, breaks: &[usize]) -> Self {
        let norm = Norm::of_lines(text, breaks);
        let mut candidates = Vec::new();
        if let Some(finder) = &TABLES.finder {
            for found in finder.find_overlapping_iter(&norm.text) {
                candidates.extend(&TABLES.by_needle[found.value() as usize]);
            }
        }
        candidates.sort_unstable();
        candidates.dedup();
        Self { norm, candidates }
    }

    /// Whether any rule could fire at a place of `mask` at all.
    pub(super) fn may(&self, mask: u16) -> bool {
        self.candidates.iter().any(|&n| TABLES.entries[n as usize].rule.place & mask != 0)
    }
}

/// Where a block stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// `HEAD`, `TAIL`, `MID`, `CUT`, `LEAD` or `KEEP`.
    pub(super) at: u16,
    /// Whether the line beside it leaves.
    pub(super) near: bool,
    /// Whether nothing that is kept stands below it.
    pub(super) last: bool,
}

/// A rule that fired.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) rule: &'static Rule,
    /// Bytes of the normal text.
    end: usize,
    /// Bytes of the raw text.
    pub(super) span: Span,
    /// Whether words that nobody checks were taken along.
    pub(super) open: bool,
    pub(super) yields: Vec<Yield>,
}

/// Rules that together cover `view` from byte `from` of its normal text to its end.
pub(super) fn cover(view: &View, from: usize, piece: &Piece, place: Place, context: &Known) -> Option<Vec<Found>> {
    let mut found: Vec<Found> = Vec::new();
    let mut at = from;
    let text = &view.norm.text;
    while text[at..].chars().any(char::is_alphanumeric) {
        // Sentences of one block stand beside each other.
        let one = match_at(view, at, piece, Place { near: true, ..place }, context)?;
        at = one.end;
        found.push(one);
    }
    let alone = |one: &Found| one.rule.place & NEAR == 0;
    let company = place.near || place.at & (HEAD | LEAD) != 0 || found.iter().any(alone);
    (company && !found.is_empty()).then_some(found)
}

/// Rules that cover the first lines of a block, each to the end of a line.
pub(super) fn lines(view: &View, piece: &Piece, place: Place, context: &Known) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    while view.norm.text[at..].contains('\n') {
        let Some(one) = match_at(view, at, piece, place, context) else { break };
        let ends_line = view.norm.text[..one.end].ends_with('\n');
        at = one.end;
        if !ends_line {
            break;
        }
        found.push(one);
    }
    found
}

/// The rule that covers most from byte `at` on.
pub(super) fn match_at(view: &View, at: usize, piece: &Piece, place: Place, context: &Known) -> Option<Found> {
    let mut best: Option<Found> = None;
    for &n in &view.candidates {
        let entry = &TABLES.entries[n as usize];
        let rule = entry.rule;
        if rule.place & place.at == 0
            || rule.place & NEAR != 0 && !place.near && place.at & (HEAD | LEAD) == 0
            || rule.place & LAST != 0 && !place.last && place.at & HEAD == 0
            || rule.place & LINKED != 0 && !is_linked(piece)
            || place.at == MID && is_bare_entry(rule, piece)
        {
            continue;
        }
        let openings = entry.openings.get_or_init(|| pattern::openings(entry.pattern));
        if !pattern::may_open(openings, &view.norm.text[at..]) {
            continue;
        }
        let Some(regex) = entry.regex.get_or_init(|| pattern::compile(entry.pattern).ok()) else { continue };
        // Whether there is a match at all costs less than making room for its groups.
        if !regex.is_match(&view.norm.text.as_bytes()[at..]) {
            continue;
        }
        if entry.open_ended() && values::reports(span_words(view, at, piece)) {
            continue;
        }
        let Some(captures) = regex.captures(&view.norm.text.as_bytes()[at..]) else { continue };
        let Some(whole) = captures.get(0) else { continue };
        let mut open = opens(&captures, regex, view, at);
        // `File photo: that was all the label said`.
        let told_behind = |span: Span| {
            let words = span.of(&piece.text);
            let label = || piece.text[..span.start].trim_end().ends_with([':', '：']);
            doubts::goes_on_reporting(words) || !is_linked(piece) && label() && doubts::is_no_headline(words)
        };
        if rule.place & KEEP == 0 && open.clone().any(told_behind) {
            continue;
        }
        let open = open.any(|span| span.of(&piece.text).chars().any(char::is_alphanumeric));
        let end = at + whole.end();
        if !view.norm.text.is_char_boundary(end) {
            continue;
        }
        if best.as_ref().is_some_and(|best| best.end >= end) {
            continue;
        }
        let start = view.norm.raw(at);
        let raw = piece.text.get(start..view.norm.raw(end)).unwrap_or("");
        let span = Span::new(start, start + raw.trim_end().len());
        // What opens a list of teasers is a heading, not a sentence.
        // `Most read the letter twice.`
        if rule.place & LIST != 0 && is_sentence(span.of(&piece.text), if entry.open_ended() { 3 } else { 6 }) {
            continue;
        }
        if let Some(yields) = told(rule, &captures, view, at, span, piece, place.last, context) {
            best = Some(Found { rule, end, span, open, yields });
        }
    }
    best
}

/// Whether a block in the middle of a text is an entry of a list or a subheading of one or two words, without a link: a
/// report on a business has the entries `Advertising` and `Subscribe`. Only a mark of an advertisement may be a heading.
fn is_bare_entry(rule: &Rule, piece: &Piece) -> bool {
    use crate::model::BlockKind::{Heading, ListItem};
    let few = || piece.links.is_empty() && piece.text.split_whitespace().count() <= 2;
    let mark = || rule.id == "ad.mark" && !piece.text.trim().eq_ignore_ascii_case("advertising");
    rule.place & LIST == 0
        && match piece.kind {
            ListItem => few(),
            Heading => few() && !mark(),
            _ => false,
        }
}

/// Where in the raw text stands what `{any}` took in a match at byte `at` of the normal text.
fn opens<'p>(
    captures: &'p Captures,
    regex: &'p Regex,
    view: &'p View,
    at: usize,
) -> impl Iterator<Item = Span> + Clone + use<'p> {
    let any = regex.capture_names().flatten().filter(|name| name.starts_with(pattern::ANY));
    any.filter_map(move |name| {
        let group = captures.name(name)?;
        let (start, end) = (view.norm.raw(at + group.start()), view.norm.raw(at + group.end()));
        (start <= end).then(|| Span::new(start, end))
    })
}

/// Whether the block is a link, or of a kind that teasers are made of.
fn is_linked(piece: &Piece) -> bool {
    use crate::model::BlockKind::{Heading, ListItem};
    let linked: usize = piece.links.iter().map(|link| link.span.len()).sum();
    matches!(piece.kind, Heading | ListItem) || linked > 0 && linked * 2 >= piece.text.len()
}

/// Whether `The post {title} appeared first on {blog}` speaks of this article, and is no news of another: it names its
/// headline, or links or quotes one, or is the last line and names or links the outlet that the article is from.
fn is_of_the_article(captures: &Captures, view: &View, at: usize, piece: &Piece, last: bool, known: &Known) -> bool {
    let raw = |slot: &str| {
        let group = captures.name(slot)?;
        Some(Span::new(view.norm.raw(at + group.start()), view.norm.raw(at + group.end())))
    };
    let (Some(title), Some(blog)) = (raw("title"), raw("blog")) else { return false };
    let linked = |span: Span| {
        let links = piece.links.iter().filter(|link| link.span.overlaps(span));
        links.map(|link| link.span.len()).sum::<usize>() * 2 >= span.len()
    };
    let words = title.of(&piece.text).trim();
    known.is_headline(words)
        || linked(title)
        || is_quoted(words)
        || last && (linked(blog) || known.is_outlet(blog.of(&piece.text).trim()) || known.tells_of_text(words))
}

/// What a match tells; `None` if a slot holds what it cannot hold.
#[expect(clippy::too_many_arguments, reason = "all that a match is judged by, in one place")]
fn told(
    rule: &'static Rule,
    captures: &Captures,
    view: &View,
    at: usize,
    span: Span,
    piece: &Piece,
    last: bool,
    context: &Known,
) -> Option<Vec<Yield>> {
    let mut out = Vec::new();
    for slot in SLOTS {
        let Some(group) = captures.name(slot) else { continue };
        let raw = Span::new(view.norm.raw(at + group.start()), view.norm.raw(at + group.end()));
        let words = raw.of(&piece.text).trim();
        let sentence = is_sentence(span.of(&piece.text), 8);
        let checked = matches!(slot, "headline" | "photo" | "tags") || slot == "section" && rule.place & HEAD == 0;
        // `This story originally appeared on Tarn Post: Storm Ada Hits Orlen.`
        let headline = slot == "headline"
            && rule.id == "footer.first-appeared"
            && (values::is_title_case(words) || context.is_headline(words));
        let text = slot == "headline" && !is_linked(piece) && (are_sentences(words) || reports_speech(words));
        if checked && !headline && (sentence || text) {
            return None;
        }
        // A colon announces a name; a bare `By` may as well announce a day.
        let announced = view.norm.text[..at + group.start()].trim_end().ends_with(':');
        let known = || context.authors.iter().any(|author| folded(author) == folded(words));
        let signs = || match metadata::byline(words, context.outlets()) {
            Some(read) => values::sign(&read.persons.join(", ")),
            None => values::sign(words) && metadata::may_sign(words),
        };
        if slot == "author" {
            if values::is_wide_phrase(words) {
                return None;
            }
            let fits = match rule.id {
                "header.byline" | "credit.byline" | "credit.near-name" if announced => {
                    metadata::signed(words) || known()
                }
                "header.byline" | "credit.byline" | "credit.near-name" => signs() || known(),
                // `Par Le Monde avec AFP`
                "wire.avec" => metadata::byline(words, context.outlets()).is_some(),
                _ => true,
            };
            if !fits {
                return None;
            }
        }
        // `本报记者 李强 王丽`: the label tells that a space parts them.
        let label = Span::new(view.norm.raw(at), raw.start).of(&piece.text);
        let words = if slot == "author" && label.contains("记者") {
            Span::new(view.norm.raw(at), raw.end).of(&piece.text).trim_start_matches(['(', '（', '[', ' '])
        } else {
            words
        };
        let text = &view.norm.text;
        let before = text[..at + group.start()].trim_end().chars().next_back();
        let after = text[at + group.end()..].chars().next();
        let wrong = match slot {
            "contact" => !doubts::is_contact(words, before, after),
            // A link's words are what it leads to, however they begin.
            "headline" if rule.id.starts_with("related.") => !is_linked(piece) && doubts::is_no_headline(words),
            "licence" => doubts::goes_on_reporting(words),
            "section" => {
                let small = ["the ", "a ", "an ", "every "].iter().any(|article| words.starts_with(article));
                small || words.contains(['"', '“', '”', '„', '«']) || doubts::goes_on_reporting(words)
            }
            // `Tags: every dog in the county must wear two` is a sentence without its stop.
            "tags" => !words.contains([',', ';', '#', '，', '、', '|']) && words.split_whitespace().count() > 5,
            "publisher" => doubts::is_edition(words),
            "pubdate" => doubts::is_long_ago(words),
            "place" => !values::is_outlet(words),
            _ => false,
        };
        if wrong {
            return None;
        }
        slot_value(slot, words, context, &mut out)?;
    }
    if captures.name("blog").is_some() && !is_of_the_article(captures, view, at, piece, last, context) {
        return None;
    }
    for tell in rule.tells {
        match *tell {
            Tell::Is(Field::Agency | Field::OriginalPublisher, value) if values::is_own(context.host, value) => {}
            Tell::Is(field, value) => out.push(Yield { field, value: value.to_owned() }),
            Tell::Words(Field::Licence) => {
                let linked = piece.links.iter().filter(|link| link.span.overlaps(span));
                let mut named = linked
                    .filter_map(|link| values::licence(&link.href).filter(|_| link.href.contains("creativecommons")));
                let named = named.next_back().or_else(|| values::licence(span.of(&piece.text)));
                out.extend(named.map(|value| Yield { field: Field::Licence, value }));
            }
            Tell::Words(field) => {
                let words = span.of(&piece.text).trim();
                if !words.is_empty() {
                    out.push(Yield { field, value: words.to_owned() });
                }
            }
            Tell::Credits => {
                let words = span.of(&piece.text);
                let words = words.find("Our Standards").map_or(words, |end| &words[..end]);
                let credits = values::credits(words)?;
                // Reporting and editing in one line is how Reuters signs; a dateline may know better.
                let reported = credits.iter().any(|one| one.field == Field::Author);
                let edited = credits.iter().any(|one| one.field == Field::Editor);
                out.extend(credits);
                let said = out.iter().any(|one| one.field == Field::Agency);
                if reported && edited && !said && !values::is_own(context.host, "Reuters") {
                    out.push(Yield { field: Field::Agency, value: "Reuters".to_owned() });
                }
            }
            Tell::Link(field) => link(field, span, piece, context, &mut out),
            Tell::LinkOf(slot, field) => {
                if let Some(group) = captures.name(slot) {
                    let raw = Span::new(view.norm.raw(at + group.start()), view.norm.raw(at + group.end()));
                    link(field, raw, piece, context, &mut out);
                }
            }
        }
    }
    Some(out)
}

/// The address of the first link on `span`.
fn link(field: Field, span: Span, piece: &Piece, context: &Known, out: &mut Vec<Yield>) {
    let on = piece.links.iter().find(|link| {
        link.span.overlaps(span) && link.href.starts_with("http") && !link.href.contains("creativecommons.org")
    });
    let Some(href) = on.map(|link| link.href.as_str()) else { return };
    let own = values::is_own(context.host, host(href));
    let field = match field {
        // `Read the full story here` may lead to another one.
        Field::OriginalUrl if own && context.addressed => return,
        Field::OriginalUrl if own => Field::Canonical,
        Field::OriginalSite if own => return,
        // The front page of a site is not the article.
        Field::OriginalUrl if href.trim_end_matches('/') == href.split('/').take(3).collect::<Vec<_>>().join("/") => {
            Field::OriginalSite
        }
        other => other,
    };
    if !out.iter().any(|known| known.field == field) {
        out.push(Yield { field, value: href.to_owned() });
    }
}

/// Notices that stand side by side in one block are one notice, verbatim.
pub(super) fn join_notices(found: &mut [Found], text: &str) {
    let notice = |found: &Found| found.yields.iter().position(|one| one.field == Field::RightsNotice);
    let mut at = 0;
    while at < found.len() {
        let mut end = at + 1;
        if notice(&found[at]).is_some() {
            while end < found.len() && notice(&found[end]).is_some() {
                end += 1;
            }
            if end > at + 1 {
                let whole = Span::new(found[at].span.start, found[end - 1].span.end).of(text).to_owned();
                for one in &mut found[at..end] {
                    one.yields.retain(|told| told.field != Field::RightsNotice);
                }
                found[at].yields.push(Yield { field: Field::RightsNotice, value: whole });
            }
        }
        at = end;
    }
}

/// Whether a rule may be cut out of a paragraph that goes on with reporting.
pub(super) fn all_cut(found: &[Found]) -> bool {
    found.iter().all(|one| one.rule.place & (CUT | NEAR) != 0) && found.iter().any(|one| one.rule.place & CUT != 0)
}

#[cfg(test)]
pub(super) fn check_tables() -> Vec<String> {
    let mut faults = Vec::new();
    for entry in &TABLES.entries {
        let needles = pattern::needles(entry.pattern);
        if needles.is_empty() {
            faults.push(format!("`{}` of `{}` has no words to look for", entry.pattern, entry.rule.id));
        }
        if entry.pattern.to_lowercase() != entry.pattern
            || needles.iter().any(|needle| Norm::of(needle).text != *needle)
        {
            faults.push(format!("`{}` of `{}` is not in normal form", entry.pattern, entry.rule.id));
        }
        match pattern::compile(entry.pattern) {
            Ok(regex) => {
                for slot in regex.capture_names().flatten() {
                    if !SLOTS.contains(&slot) && !matches!(slot, "n" | "year") && !slot.starts_with(pattern::ANY) {
                        faults.push(format!("slot `{slot}` of `{}` is unknown", entry.rule.id));
                    }
                }
            }
            Err(error) => faults.push(format!("`{}`: {error}", entry.pattern)),
        }
    }
    faults
}
