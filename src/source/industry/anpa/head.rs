//! What stands above the text of a wire item: headline, byline, notes to editors.

use super::{Wire, embargo};
use crate::model::{Field, Note};
use crate::source::xml::markup::collapse;
use jiff::civil::Date;

/// A line that ANPA marks with a caret.
pub struct Caret {
    /// Without the caret, and with all lines that it goes on over.
    pub text: String,
    /// Whether an equals sign ends it, as it does the last line of a byline's names.
    pub ends: bool,
}

/// Tells the lines with a caret apart: the slug, headlines, notes to editors, who wrote it and for whom.
pub fn carets(lines: Vec<Caret>, day: Option<Date>, out: &mut Wire) {
    let mut slug = String::new();
    let mut headlines: Vec<String> = Vec::new();
    let mut names = String::new();
    let (mut open, mut owned) = (false, false);
    for Caret { text, ends } in lines {
        let line = text.trim_end_matches(['=', ' ']).trim();
        if let Some(by) = by(line) {
            by.clone_into(&mut names);
            open = true;
        } else if !names.is_empty() {
            match further(line, &names).filter(|_| open) {
                Some(more) => {
                    names.push(' ');
                    names.push_str(more);
                }
                // Below the names stands whose they are: `Tarn Wire Writer`.
                None => {
                    let whose = whose(line);
                    if !std::mem::replace(&mut owned, true) && !whose.contains(|c: char| c.is_ascii_digit()) {
                        out.say(Field::Agency, whose, "wire:byline");
                    }
                    open = false;
                }
            }
            open &= !ends || further(line, &names).is_some();
            continue;
        } else if headlines.is_empty() && slug.is_empty() && is_slug(line) {
            line.clone_into(&mut slug);
        } else if is_to_editors(line) {
            note(line, day, out);
        } else if let Some(last) = headlines.last_mut().filter(|last| goes_on(last, line)) {
            last.push(' ');
            last.push_str(line);
        } else {
            headlines.push(line.to_owned());
        }
    }
    out.say(Field::Author, &names, "wire:byline");
    let mut headlines = headlines.into_iter();
    out.say(Field::Title, &headlines.next().unwrap_or(slug), "wire:headline");
    for line in headlines {
        out.say(Field::Subtitle, &line, "wire:headline");
    }
}

/// Cuts off what stands above the text of an item of IPTC 7901: all up to the first line near its top that ends with an
/// equals sign, and such lines right below it, which are of the headline's subtitle or of who wrote it. Nothing where no such
/// line stands above the first paragraph: in the text an equals sign may end a line of a table or a sum.
pub fn of_iptc(body: &str) -> (Vec<String>, &str) {
    /// So far down.
    const NEAR: usize = 12;
    let (mut lines, mut found, mut at) = (Vec::new(), None, 0);
    for line in body.split_inclusive('\n').take(NEAR) {
        at += line.len();
        let text: String = line.chars().filter(|c| !c.is_control() || *c == '\t').collect();
        // An indented line begins the text, a caret or a slug another kind of head.
        if text.starts_with('^') || text.trim_end().ends_with('<') || text.starts_with([' ', '\t']) && found.is_some() {
            break;
        }
        let line = collapse(&text);
        if line.is_empty() {
            continue;
        }
        let ends = line.ends_with('=') && line.contains(char::is_alphanumeric);
        // The end of a sentence, and where a text comes from.
        let told = line.ends_with('.') || [") - ", ") -- ", ") – "].iter().any(|dash| line.contains(dash));
        if told || !ends && found.is_some() {
            break;
        }
        lines.push(line);
        if ends {
            found = Some((lines.len(), at));
        }
    }
    let Some((count, end)) = found else { return (Vec::new(), body) };
    lines.truncate(count);
    (lines, &body[end..])
}

/// Reads these lines.
pub fn iptc(lines: &[String], out: &mut Wire) {
    let mut headline = String::new();
    let mut done = false;
    for line in lines {
        let (text, ends) = match line.strip_suffix('=') {
            Some(text) => (text.trim_end_matches(['=', ' ']).trim(), true),
            None => (line.as_str(), false),
        };
        if headline.is_empty() && text.ends_with('/') && !text.contains(". ") {
            text.split('/').for_each(|word| out.say(Field::Tag, word, "wire:keywords"));
        } else if let Some(names) = by(text).or_else(|| by_desk(text).filter(|_| ends && !headline.is_empty())) {
            out.say(Field::Author, names, "wire:byline");
            done |= !headline.is_empty();
        } else if headline.is_empty() && (is_version(text) || text.starts_with('(') && text.ends_with(')')) {
            out.document.notes.push(Note(format!("a line above the headline: `{text}`")));
        } else if done {
            out.say(Field::Subtitle, text, "wire:headline");
        } else {
            if !headline.is_empty() {
                headline.push(' ');
            }
            headline.push_str(text);
            done = ends;
        }
    }
    out.say(Field::Title, &headline, "wire:headline");
}

/// A note to editors is kept as one. An embargo with a time holds the item back, one without is only said: nobody would
/// ever lift it.
fn note(line: &str, day: Option<Date>, out: &mut Wire) {
    out.document.notes.push(Note(format!("a line for editors: `{line}`")));
    if !embargo::is_one(line) || out.claims.iter().any(|claim| claim.field == Field::Embargo) {
        return;
    }
    match embargo::until(line, day) {
        Some(until) => out.embargo(&until, "wire:embargo"),
        None => out.document.notes.push(Note(format!("an embargo that tells no time is not held: `{line}`"))),
    }
}

/// The names of a byline: `By ADA QUILL`, `(TW) By ADA QUILL`. A headline may begin so: `By the numbers`.
fn by(line: &str) -> Option<&str> {
    let line = line.strip_prefix('(').and_then(|rest| rest.split_once(") ")).map_or(line, |(_, rest)| rest);
    let rest = ["By ", "BY ", "by ", "Von ", "Par ", "Por "].iter().find_map(|by| line.strip_prefix(by))?.trim();
    is_names(rest).then_some(rest)
}

/// Under a headline a desk may sign: `By dpa correspondents`.
fn by_desk(line: &str) -> Option<&str> {
    let desk = line.strip_prefix("By ").or_else(|| line.strip_prefix("Von "))?;
    (desk.split(' ').count() <= 4).then_some(desk)
}

/// A line that goes on with the names of the byline above it.
fn further<'l>(line: &'l str, names: &str) -> Option<&'l str> {
    let joined = ["and ", "und ", "et ", "y "].iter().any(|and| line.starts_with(and));
    let listed =
        names.ends_with(',') || ["and", "und", "et", "y"].iter().any(|and| names.ends_with(&format!(" {and}")));
    ((joined || listed) && is_names(line)).then_some(line)
}

/// Whose writer somebody is, without what they are there.
fn whose(line: &str) -> &str {
    const ROLES: &[&str] = &[
        "Writer",
        "Writers",
        "Correspondent",
        "Correspondents",
        "Reporter",
        "Reporters",
        "Editor",
        "Editors",
        "Columnist",
        "Staff",
        "Political",
        "Sports",
        "Business",
        "Science",
        "Medical",
        "Health",
        "Religion",
        "National",
        "Chief",
        "Special",
        "Diplomatic",
        "Military",
        "Food",
        "Travel",
        "Economics",
        "Legal",
        "Entertainment",
        "Television",
        "Technology",
        "Education",
        "Environmental",
        "Racing",
        "Movie",
        "Music",
        "Foreign",
    ];
    let mut whose = line;
    while let Some((before, role)) = whose.rsplit_once(' ')
        && ROLES.contains(&role)
    {
        whose = before.trim_end();
    }
    whose
}

/// Whether a headline goes on in the next line with a caret: in a small letter, or behind a word that ends none.
fn goes_on(headline: &str, line: &str) -> bool {
    const OPEN: &[&str] = &[
        "a", "an", "the", "of", "in", "on", "at", "to", "for", "by", "with", "from", "and", "or", "as", "over",
        "after", "before", "its", "his", "her", "their", "that", "into", "against", "between",
    ];
    let last = headline.rsplit(' ').next().unwrap_or("");
    line.starts_with(char::is_lowercase) || OPEN.contains(&last) || headline.ends_with([',', '-'])
}

/// Whether a line is for editors and not for readers.
fn is_to_editors(line: &str) -> bool {
    let plain = line.trim_start_matches(['(', '[']).to_lowercase();
    const BEGIN: &[&str] = &[
        "eds:",
        "eds.:",
        "eds.",
        "editors:",
        "editor's note",
        "editors' note",
        "editors note",
        "ap photo",
        "ap graphic",
        "ap video",
        "ap audio",
        "with photo",
        "with ap ",
        "with graphic",
        "with map",
        "with video",
        "photo:",
        "photos:",
        "note to editors",
        "attn:",
        "attention editors",
        "$adv",
    ];
    BEGIN.iter().any(|begin| plain.starts_with(begin)) || is_version(line) || embargo::is_one(line) || is_advance(line)
}

/// `AP-Ferry to be sold,ADV29`: filed to be printed on a day.
fn is_advance(line: &str) -> bool {
    let Some((_, last)) = line.rsplit_once(',') else { return false };
    let days = last.trim().to_ascii_lowercase();
    days.strip_prefix("adv").is_some_and(|day| !day.is_empty() && day.bytes().all(|b| b.is_ascii_digit() || b == b'-'))
}

/// Whether a line only says which version of an item it is, or how urgent: `URGENT`, `1ST LEAD`, `BULLETIN KILL`.
fn is_version(line: &str) -> bool {
    const WORDS: &[&str] = &[
        "URGENT",
        "BULLETIN",
        "FLASH",
        "ADVISORY",
        "NEWSALERT",
        "ALERT",
        "CORRECTION",
        "CORRECTIVE",
        "KILL",
        "LEAD",
        "LD",
        "WRITETHRU",
        "REFILE",
        "UPDATE",
        "UPDATES",
        "ADD",
        "1ST",
        "2ND",
        "3RD",
        "4TH",
        "5TH",
        "6TH",
        "7TH",
        "REPEAT",
        "ADVANCE",
        "EMBARGOED",
        "EILMELDUNG",
        "EIL",
        "ZUSAMMENFASSUNG",
        "BERICHTIGUNG",
        "MANDATORY",
        "SUB",
        "PRIORITY",
    ];
    let words = || line.split([' ', ',', '-', '/', ':', '.', '(', ')']).filter(|word| !word.is_empty());
    words().next().is_some() && words().all(|word| WORDS.contains(&word))
}

/// Whether a line is the slug that an item is filed under: `BC-NY--Weir, 1st Ld-Writethru,0123`, for papers of the
/// morning, the evening or both.
pub fn is_slug(line: &str) -> bool {
    let cycle = ["BC-", "AM-", "PM-"].iter().find_map(|cycle| line.strip_prefix(cycle));
    cycle.is_some_and(|rest| rest.starts_with(|c: char| c.is_uppercase() || c == '-'))
}

/// Whether what stands behind `By` are names: words in capitals and what joins them, and no figures.
fn is_names(text: &str) -> bool {
    const JOINING: &[&str] =
        &["and", "und", "et", "y", "e", "of", "in", "de", "da", "del", "di", "van", "von", "der", "den", "la", "le"];
    let words = || text.split([' ', ',', '/']).filter(|word| !word.is_empty());
    let named = |word: &str| word.starts_with(char::is_uppercase) || JOINING.contains(&word);
    (1..=12).contains(&words().count())
        && words().all(named)
        && words().any(|word| word.starts_with(char::is_uppercase))
        && !text.contains(|c: char| c.is_ascii_digit() || matches!(c, ':' | '?' | '!'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_for_editors_are_told_from_headlines() {
        for line in [
            "URGENT",
            "1ST LEAD",
            "BULLETIN KILL",
            "EMBARGOED until 0500 GMT Sunday",
            "For release Sunday, June 29",
            "$adv29",
            "AP-Ferry sold,ADV29",
            "Eds: UPDATES",
            "(Eds: Minor edits.)",
            "With Photos, Map",
            "AP Photo XHG401, XHG102",
        ] {
            assert!(is_to_editors(line), "{line}");
        }
        for line in [
            "Ferry sold",
            "Urgent repairs close lock",
            "UPDATE: FERRY SOLD",
            "Alert crew saves swimmer",
            "Lead paint found in ferry",
            "Release of water floods Tarn",
            "For use of force, a trial",
            "$210 lobster is found dead",
            "Advance of the ice stops",
            "Embargo on grain is lifted",
            "Editors of the Tarn Post strike",
            "Kill",
            "Ferry, lock, Adviser",
        ] {
            assert!(!is_to_editors(line), "{line}");
        }
    }

    #[test]
    fn agencies_are_told_from_what_somebody_is_there() {
        for (line, whose_it_is) in [
            ("Associated Press Writers", "Associated Press"),
            ("AP Political Writer", "AP"),
            ("Tarn Wire Staff Writer", "Tarn Wire"),
            ("Associated Press", "Associated Press"),
        ] {
            assert_eq!(whose(line), whose_it_is);
        }
    }
}
