//! The notation of the rule tables, and how it becomes a regular expression and a word to look for first.
//!
//! A pattern is one whole sentence or line in lowercase, with straight quotes and hyphens. `{slot}` captures, other
//! characters stand for themselves but for `( | ) ? * + [ ]`, which mean what they mean in a regular expression;
//! `\` takes their meaning away. A stop at the end is implied, as are brackets, bullets and quotes around it.
//! The longest fixed words outside brackets are looked for before the expression is even compiled.

use regex::bytes::{Regex, RegexBuilder};

/// What stands in a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Words of one sentence; checked to be names.
    Names,
    /// Words of one sentence; checked to be the name of a publication or a site.
    Outlet,
    /// Words of one sentence, unchecked.
    Phrase,
    /// Words of one sentence, or none; neither checked nor told.
    Some,
    /// Anything, over sentences.
    Any,
    /// An address or a host.
    Url,
    /// Words of one sentence with a digit in them.
    Date,
    /// Digits.
    Number,
}

/// The shape of a slot by its name.
pub(super) fn shape(slot: &str) -> Shape {
    match slot {
        "author" | "contributor" | "editor" | "translator" | "person" => Shape::Names,
        "publisher" | "blog" | "republisher" | "newsletter" | "distributor" | "sitename" => Shape::Outlet,
        "site" | "url" => Shape::Url,
        "date" | "pubdate" | "updated" | "published" => Shape::Date,
        "n" | "year" => Shape::Number,
        "any" => Shape::Some,
        "title" | "headline" | "rest" | "note" => Shape::Any,
        _ => Shape::Phrase,
    }
}

/// The slot for words that nobody checks; its groups are numbered, for there may be several.
pub(super) const ANY: &str = "any";

/// One sentence: full stops only inside words, after initials and after known short forms.
const WORDS: &str = r"(?:[ (][0-9][0-9]?\. (?:jan|feb|mär|apr|mai|jun|jul|aug|sep|okt|nov|dez)|[ .(](?:[a-z]|dr|mr|mrs|ms|st|jr|sr|inc|co|ltd|corp|bros|mag|prof|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|vs)\. |[^.!?\n]|\.[^ .\n])";

/// What may open such words: an initial, a short form or a day with its stop.
const OPENING: &str =
    r"(?:(?:[a-z]|dr|mr|mrs|ms|st|prof|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|[0-9][0-9]?)\. )?";

const URL: &str =
    r"(?:https?://[^\s<>)]*[a-z0-9/]|(?:www\.)?[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:/[^\s<>)]*[a-z0-9/])?)";

/// A pattern as regular expression, for use on [`super::norm::Norm`] text from where a sentence begins. It works on bytes,
/// which compiles many times faster; every capture is bounded by whole characters of the pattern or of the text.
pub(super) fn compile(pattern: &str) -> Result<Regex, regex::Error> {
    let body = body(pattern);
    // Before it what `DECORATION` lists; behind it a stop and a space, or the end of the line or of all with what may decorate it.
    let whole = format!(
        r#"^(?:[ *_>"'(\[|=+#<-]|▶|►|■|□|●|•|▪|◆|※|▷|☞|【)*(?:{body})(?:[.!?]+["')\]]*(?: |\n|$)|(?:[ .,:;!?>"')\]*_|<=+-]|→|▶|▼|►|▸|›|】|↓|↑|🔗)*(?:\n|$))"#
    );
    RegexBuilder::new(&whole).unicode(false).build()
}

/// The part of the expression that is the pattern's own.
fn body(pattern: &str) -> String {
    let mut out = String::new();
    let mut rest = pattern.trim_end_matches('.');
    let mut before = ' ';
    let mut anys = 0;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        rest = after;
        match c {
            '{' => {
                let (slot, tail) = after.split_once('}').unwrap_or((after, ""));
                let last = tail.is_empty();
                let body = match shape(slot) {
                    Shape::Names | Shape::Outlet | Shape::Phrase | Shape::Date if last => format!("{OPENING}{WORDS}+"),
                    Shape::Names | Shape::Outlet | Shape::Phrase | Shape::Date => format!("{OPENING}{WORDS}+?"),
                    Shape::Some if last => format!("{WORDS}*"),
                    Shape::Some => format!("{WORDS}*?"),
                    Shape::Any if last => ".+".to_owned(),
                    Shape::Any => ".+?".to_owned(),
                    Shape::Url => URL.to_owned(),
                    Shape::Number => "[0-9]+(?:[-/][0-9]+)?".to_owned(),
                };
                if slot == ANY {
                    out.push_str(&format!("(?<{ANY}{anys}>{body})"));
                    anys += 1;
                } else {
                    out.push_str(&format!("(?<{slot}>{body})"));
                }
                rest = tail;
            }
            '\\' => {
                out.push('\\');
                out.extend(after.chars().next());
                rest = after.chars().next().map_or("", |next| &after[next.len_utf8()..]);
            }
            '(' => out.push_str("(?:"),
            '.' => out.push_str(r"\."),
            // `{any}` may also be nothing: the space before it then is nothing too. Behind words there must be one, or
            // `(at|on) {contact}` would be read in `only`.
            ' ' if matches!(before, '.' | ':') && !rest.starts_with('?') => out.push_str(" ?"),
            ' ' if before == ')' && rest.starts_with("{any}") => out.push_str(" ?"),
            _ => out.push(c),
        }
        before = c;
    }
    out
}

/// Words of which every text that matches has at least one: the longest fixed words of the pattern, or those of each
/// alternative of a bracket where these are longer. Empty if there are none.
pub(super) fn needles(pattern: &str) -> Vec<String> {
    let mut chars = pattern.trim_end_matches('.').chars().peekable();
    alternatives(&mut chars).unwrap_or_default()
}

type Chars<'a> = std::iter::Peekable<std::str::Chars<'a>>;

/// Reads up to the bracket that closes, or the end. `None` if an alternative can do without any words. (It calls itself
/// as deep as the brackets of our own tables are nested.)
fn alternatives(chars: &mut Chars) -> Option<Vec<String>> {
    let mut all: Option<Vec<String>> = Some(Vec::new());
    let (mut best, mut run): (Vec<String>, String) = (Vec::new(), String::new());
    loop {
        let next = chars.next();
        match next {
            None | Some(')' | '|') => {
                better(&mut best, vec![std::mem::take(&mut run)]);
                let one = std::mem::take(&mut best);
                match &mut all {
                    Some(all) if !one.is_empty() => all.extend(one),
                    all => *all = None,
                }
                if next != Some('|') {
                    return all;
                }
            }
            Some('(') => {
                better(&mut best, vec![std::mem::take(&mut run)]);
                let inner = alternatives(chars);
                if !matches!(chars.peek(), Some('?' | '*')) {
                    better(&mut best, inner.unwrap_or_default());
                }
            }
            Some('{') => {
                better(&mut best, vec![std::mem::take(&mut run)]);
                while chars.next().is_some_and(|c| c != '}') {}
            }
            Some('[') => {
                better(&mut best, vec![std::mem::take(&mut run)]);
                while chars.next().is_some_and(|c| c != ']') {}
            }
            Some('?' | '*') => {
                run.pop();
                better(&mut best, vec![std::mem::take(&mut run)]);
            }
            Some('+') => better(&mut best, vec![std::mem::take(&mut run)]),
            Some('\\') => run.extend(chars.next()),
            // A space after these may be missing.
            Some(' ') if run.ends_with(['.', ':', ')']) => better(&mut best, vec![std::mem::take(&mut run)]),
            Some(c) => run.push(c),
        }
    }
}

/// What a pattern passes over where it begins, as [`compile`] writes it.
const DECORATION: &[char] = &[
    ' ', '*', '_', '>', '"', '\'', '(', '[', '|', '=', '+', '#', '<', '-', '▶', '►', '■', '□', '●', '•', '▪', '◆', '※',
    '▷', '☞', '【',
];

/// How many beginnings of a pattern are told apart.
const MOST_OPENINGS: usize = 48;

/// Whether a text may match from where it begins, by the beginnings of the pattern: most do not, and need no expression.
pub(super) fn may_open(openings: &[String], text: &str) -> bool {
    let mut rest = text;
    loop {
        if openings.is_empty() || openings.iter().any(|opening| rest.starts_with(opening.as_str())) {
            return true;
        }
        match rest.strip_prefix(DECORATION) {
            Some(after) => rest = after,
            None => return false,
        }
    }
}

/// The fixed words one of which every match begins with, decoration apart. None where it may begin with others.
pub(super) fn openings(pattern: &str) -> Vec<String> {
    let heads = heads(&mut pattern.trim_end_matches('.').chars().peekable());
    if heads.iter().any(|head| head.words.is_empty()) {
        Vec::new()
    } else {
        heads.into_iter().map(|head| head.words).collect()
    }
}

/// How a match may begin.
#[derive(Clone, Default)]
struct Head {
    words: String,
    /// No more is known of how it goes on.
    closed: bool,
}

/// Reads up to the bracket that closes, or the end. (It calls itself as [`alternatives`] does.)
fn heads(chars: &mut Chars) -> Vec<Head> {
    let mut all = Vec::new();
    let mut heads = vec![Head::default()];
    let close = |heads: &mut Vec<Head>| heads.iter_mut().for_each(|head| head.closed = true);
    let mut before = ' ';
    loop {
        let next = chars.next();
        match next {
            None | Some(')' | '|') => {
                all.append(&mut heads);
                if next != Some('|') {
                    return all;
                }
                heads.push(Head::default());
            }
            Some('(') => {
                let inner = self::heads(chars);
                let quantity = chars.peek().copied();
                let optional = matches!(quantity, Some('?' | '*'));
                let mut longer = Vec::new();
                for head in heads {
                    if head.closed || optional {
                        longer.push(head.clone());
                    }
                    if !head.closed {
                        longer.extend(inner.iter().map(|one| Head {
                            words: format!("{}{}", head.words, one.words),
                            closed: one.closed || matches!(quantity, Some('*' | '+')),
                        }));
                    }
                }
                heads = longer;
                if heads.len() > MOST_OPENINGS {
                    heads = vec![Head { words: String::new(), closed: true }];
                }
                if matches!(quantity, Some('?' | '*' | '+')) {
                    before = chars.next().unwrap_or(' ');
                    continue;
                }
                before = ')';
                continue;
            }
            Some('{') => {
                close(&mut heads);
                while chars.next().is_some_and(|c| c != '}') {}
            }
            Some('[') => {
                close(&mut heads);
                while chars.next().is_some_and(|c| c != ']') {}
            }
            // A space after these may be missing.
            Some(' ') if matches!(before, '.' | ':' | ')') => close(&mut heads),
            Some('?' | '*' | '+') => {}
            Some(c) => {
                let c = if c == '\\' { chars.next().unwrap_or(c) } else { c };
                if matches!(chars.peek(), Some('?' | '*')) {
                    close(&mut heads);
                }
                heads.iter_mut().filter(|head| !head.closed).for_each(|head| head.words.push(c));
                if chars.peek() == Some(&'+') {
                    close(&mut heads);
                }
            }
        }
        before = next.unwrap_or(' ');
    }
}

/// Keeps the set whose shortest words are longest.
fn better(best: &mut Vec<String>, mut other: Vec<String>) {
    other.iter_mut().for_each(|words| *words = words.trim().to_owned());
    let shortest = |set: &[String]| set.iter().map(String::len).min().unwrap_or(0);
    if shortest(&other) > shortest(best) {
        *best = other;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    use super::{body, compile, may_open, needles, openings};
    use crate::clean::footers::rules;

    #[test]
    fn openings_are_the_beginnings_of_a_match() {
        for (pattern, expected) in [
            ("the post {title} appeared first on {blog}", "the post "),
            ("(a|an )b{x}", "ab/an b"),
            ("(the )?(opinions|views) {x}", "opinions/views/the opinions/the views"),
            ("colou?r", "colo"),
            ("source: {url}", "source:"),
            ("[0-9]+ min read", ""),
            ("(come|{x}) back", ""),
            (r"\(reporting by {line}\)", "(reporting by "),
            ("(a+|b*)c", ""),
        ] {
            assert_eq!(openings(pattern).join("/"), expected, "{pattern}");
        }
    }

    /// Whatever a pattern of our tables matches is let through to its expression.
    #[test]
    fn no_match_is_missed_by_its_beginning() {
        let mut runner = TestRunner::default();
        let mut told = 0;
        for pattern in rules::all().flat_map(|rule| rule.patterns) {
            let openings = openings(pattern);
            told += usize::from(!openings.is_empty());
            let texts = proptest::string::string_regex(&body(pattern)).unwrap();
            for decoration in ["", "* ", "> ("] {
                let text = decoration.to_owned() + &texts.new_tree(&mut runner).unwrap().current();
                assert!(may_open(&openings, &text), "{pattern} on {text:?}");
            }
        }
        assert!(told > 1000, "the beginnings of only {told} patterns are told");
    }

    #[test]
    fn needles_are_in_every_match() {
        for (pattern, expected) in [
            ("the post {title} appeared first on {blog}", "appeared first on"),
            ("(a|b) colou?r {x} licence.", "licence"),
            ("our standards: the thomson", "our standards:"),
            (r"\(reporting by {line}\)", "(reporting by"),
            ("[0-9]+ min read", "min read"),
            ("(come|go) (back)? {x}", "come/go"),
            ("(a|)", ""),
        ] {
            assert_eq!(needles(pattern).join("/"), expected, "{pattern}");
        }
    }

    #[test]
    fn patterns_read_as_they_are_written() {
        for (pattern, text, end) in [
            ("the post {title} appeared first on {blog}", "the post a. b? c appeared first on u.s. news.", Some(45)),
            ("the post {title} appeared first on {blog}", "the post a appeared first on bo. more words", Some(33)),
            ("original: {url}", "original: https://a.example/b. next", Some(31)),
            ("please contact {republisher} using {any}", "please contact ussanews.com using the mail.", Some(43)),
            ("advertisement", "advertisement for a job", None),
            ("advertisement", "-- advertisement --", Some(19)),
        ] {
            let found = compile(pattern).unwrap().find(text.as_bytes()).map(|found| found.end());
            assert_eq!(found, end, "{pattern} on {text}");
        }
    }
}
