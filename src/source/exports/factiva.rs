//! Factiva: as it is read (headline, writer, words, date, outlet, text) and with each field behind its tag.

use super::Record;
use super::parts::{is_date, is_length, is_rights, join};
use crate::model::Field;

/// The number of the document that a line ends: `Document ALDP000020140303ea33`, `AN  Document …`.
pub fn end(line: &str) -> Option<&str> {
    let line = line.trim();
    let line = line.strip_prefix("AN").filter(|rest| rest.starts_with([' ', '\t'])).map_or(line, str::trim_start);
    let id = ["Document ", "Dokument "].iter().find_map(|word| line.strip_prefix(word))?.trim();
    let good = id.len() >= 20
        && id.bytes().all(|b| b.is_ascii_alphanumeric())
        && id.bytes().any(|b| b.is_ascii_digit())
        && id.bytes().any(|b| b.is_ascii_uppercase());
    good.then_some(id)
}

/// Tags of fields, what they mean, and whether they stand behind the text.
const TAGS: &[(&str, Option<Field>, bool)] = &[
    ("HD", Some(Field::Title), false),
    ("SE", Some(Field::Section), false),
    ("CLM", None, false),
    ("BY", Some(Field::Author), false),
    ("CR", Some(Field::Agency), false),
    ("WC", None, false),
    ("PD", Some(Field::Published), false),
    ("ET", None, false),
    ("SN", Some(Field::Source), false),
    ("SC", None, false),
    ("ED", None, false),
    ("PG", None, false),
    ("VOL", None, false),
    ("LA", Some(Field::Language), false),
    ("CY", Some(Field::RightsNotice), false),
    ("LP", None, false),
    ("TD", None, false),
    ("CT", None, true),
    ("RF", None, true),
    ("ART", None, true),
    ("CO", None, true),
    ("IN", None, true),
    ("NS", None, true),
    ("RE", None, true),
    ("IPC", None, true),
    ("IPD", None, true),
    ("PUB", None, true),
    ("AN", None, true),
];

/// A line that begins with a tag, and what stands behind it.
pub fn tag(line: &str) -> Option<(&'static str, &str)> {
    let line = line.trim_end();
    let length = line.bytes().take(4).take_while(u8::is_ascii_uppercase).count();
    let (known, ..) = TAGS.iter().find(|(known, ..)| known.len() == length && line.starts_with(known))?;
    let rest = &line[length..];
    (rest.is_empty() || rest.starts_with([' ', '\t'])).then_some((*known, rest))
}

/// Whether these tags are those of documents.
pub fn are_fields(tags: &[&str]) -> bool {
    tags.contains(&"HD") && ["WC", "PD", "SN", "LA", "SC"].iter().filter(|t| tags.contains(t)).count() >= 3
}

/// Reads a document with tags.
pub fn read_tagged(piece: &str, out: &mut Record) {
    let mut body: Vec<&str> = Vec::new();
    let mut fields: Vec<(&str, String)> = Vec::new();
    // Blank lines and tags may come before a tag behind the text; a line that only begins with two capitals may not.
    let (mut texts, mut behind, mut free) = (false, false, true);
    let mut lines = piece.lines().peekable();
    while let Some(line) = lines.next() {
        let line = line.trim_end();
        let found = tag(line).filter(|(name, rest)| {
            let ends = TAGS.iter().any(|(known, _, ends)| known == name && *ends);
            match (texts, behind) {
                // LP and TD are the text; a further head means that the number between was lost.
                (true, false) => {
                    let alone = rest.trim().is_empty();
                    // A sentence may begin with `IN` or `RE`: below a field stands another, or the end.
                    let followed = || {
                        let mut below = lines.clone().map(str::trim_end).filter(|line| !line.is_empty());
                        below.next().is_some_and(|next| end(next).is_some() || is_behind(next))
                    };
                    (free || alone)
                        && (*name == "TD"
                            || ends
                                && (is_indexed(name, rest)
                                    || free && !(is_sentence(rest) && *name != "PUB") && followed()))
                }
                _ => !ends || behind || free,
            }
        });
        free = line.is_empty() || found.is_some();
        if let Some(id) = end(line) {
            out.say(Field::Guid, id, "AN");
            behind = true;
        } else if let Some((name, rest)) = found {
            behind |= TAGS.iter().any(|(known, _, ends)| *known == name && *ends);
            if matches!(name, "LP" | "TD") {
                texts = true;
                body.extend(["", rest.trim()]);
            } else {
                fields.push((name, rest.trim().to_owned()));
            }
        } else if texts && !behind {
            body.push(line);
        } else if let Some((_, value)) = fields.last_mut().filter(|_| !line.is_empty()) {
            if !value.is_empty() {
                value.push(' ');
            }
            value.push_str(line.trim());
        }
    }
    let of = |name: &str| fields.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value.as_str());
    for (name, value) in &fields {
        let field = TAGS.iter().find(|(known, ..)| known == name).and_then(|(_, field, _)| *field);
        match field {
            Some(Field::Published) => out.say(Field::Published, &instant(value, of("ET")), "PD"),
            Some(field) => out.say(field, value, name),
            None => {}
        }
    }
    out.body = without_end(join(body), out);
}

fn is_sentence(text: &str) -> bool {
    text.split_whitespace().count() > 2 && text.trim_end().ends_with(['.', '?', '!', '"', '”', ','])
}

/// Whether a line begins with a tag that stands behind the text.
fn is_behind(line: &str) -> bool {
    tag(line).is_some_and(|(name, rest)| {
        TAGS.iter().any(|(known, _, ends)| *known == name && *ends)
            && (is_indexed(name, rest) || matches!(name, "PUB" | "RE" | "NS" | "AN" | "IPC" | "IPD"))
    })
}

/// Whether what stands behind a tag is an index (`i741 : Ferries`), a number, or set apart: the text may begin with `IN`.
fn is_indexed(name: &str, rest: &str) -> bool {
    rest.trim().is_empty()
        || rest.starts_with("  ")
        || rest.starts_with('\t')
        || rest.contains(" : ")
        || name == "AN" && end(&format!("AN{rest}")).is_some()
}

/// A day with its time of day, where that has a zone.
fn instant(day: &str, time: &str) -> String {
    let zoned = time.rsplit(' ').next().is_some_and(|zone| zone == "GMT");
    if zoned { format!("{day} {time}") } else { day.to_owned() }
}

/// Reads a document as it is read.
pub fn read(piece: &str, out: &mut Record) {
    let mut lines: Vec<&str> = Vec::new();
    for line in piece.lines().map(str::trim) {
        match end(line) {
            Some(id) => out.say(Field::Guid, id, "Document"),
            None => lines.push(line),
        }
    }
    let Some(words) = lines.iter().take(60).position(|line| is_length(line)) else {
        // No head that we know: nothing of it may be lost.
        out.body = join(lines);
        return;
    };
    above(&lines[..words], out);
    let text = words + 1 + below(&lines[words + 1..], out);
    let mut text = lines[text..].iter().copied().skip_while(|line| line.is_empty()).peekable();
    if let Some(rights) = text.next_if(|line| is_rights(line)) {
        out.say(Field::RightsNotice, rights, "Copyright");
    }
    out.body = without_end(join(text), out);
}

/// A text without the lines with which a wire of Dow Jones ends an item: `(END) Dow Jones Newswires`, `06-01-26 0905ET`.
fn without_end(mut body: String, out: &mut Record) -> String {
    let is_stamp = |line: &str| {
        let line = line.trim_matches(['[', ']']);
        line.split_once(' ').is_some_and(|(day, time)| {
            let clock = time.trim_end_matches(|c: char| c.is_ascii_uppercase());
            let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
            let parts: Vec<&str> = day.split('-').collect();
            parts.len() == 3
                && parts.iter().all(|part| part.len() == 2 && digits(part))
                && clock.len() == 4
                && digits(clock)
        })
    };
    loop {
        let start = body.rfind('\n').map_or(0, |at| at + 1);
        let line = body[start..].trim();
        let ended = line.strip_prefix("(END)").or_else(|| line.strip_prefix("(MORE)")).map(str::trim);
        match ended {
            Some(wire) if wire.is_empty() || wire.starts_with("Dow Jones") => {
                out.say(Field::Agency, wire.trim_end_matches('.'), "end");
            }
            _ if is_stamp(line) => {}
            _ => return body,
        }
        body.truncate(body[..start].trim_end().len());
    }
}

/// Section, headline and writers: what stands above the number of words.
fn above(lines: &[&str], out: &mut Record) {
    let mut paragraphs: Vec<Vec<&str>> = Vec::new();
    for block in lines.split(|line| line.is_empty()) {
        if !block.is_empty() {
            paragraphs.push(block.to_vec());
        }
    }
    let by = |line: &str| line.to_lowercase().starts_with("by ") || line.to_lowercase().starts_with("von ");
    // Writers stand right above, in a paragraph of their own.
    let own = !lines.last().is_none_or(|line| line.is_empty());
    if own && paragraphs.len() >= 2 && paragraphs.last().is_some_and(|p| p.len() <= 3) {
        for line in paragraphs.pop().into_iter().flatten() {
            out.say(Field::Author, line, "byline");
        }
    } else if let Some(last) = paragraphs.last_mut() {
        while last.len() > 1 && last.last().is_some_and(|line| by(line)) {
            out.say(Field::Author, last.pop().unwrap_or_default(), "byline");
        }
    }
    // Where every line is set apart, so are they.
    while paragraphs.len() > 1
        && let Some([line]) = paragraphs.last().map(Vec::as_slice)
        && by(line)
    {
        out.say(Field::Author, line, "byline");
        paragraphs.pop();
    }
    let Some(mut headline) = paragraphs.pop() else { return };
    let short = |line: &str| line.split_whitespace().count() <= 4 && line.len() <= 40;
    // A headline over lines may have a short one above; a section says what it is.
    if headline.len() > 1 && is_section(headline[0]) && !headline[1].starts_with(char::is_lowercase) {
        out.say(Field::Section, headline.remove(0), "section");
    } else if let Some([section]) = paragraphs.last().map(Vec::as_slice).filter(|p| p.len() == 1 && short(p[0])) {
        out.say(Field::Section, section, "section");
    }
    out.say(Field::Title, &headline.join(" "), "headline");
}

/// Whether a line right above a headline is a section of a paper: one word, a page, or words that sections are called by.
fn is_section(line: &str) -> bool {
    const WORDS: &[&str] = &[
        "news",
        "business",
        "sport",
        "sports",
        "local",
        "world",
        "politics",
        "features",
        "main",
        "section",
        "desk",
        "international",
        "national",
        "opinion",
        "comment",
        "editorial",
        "letters",
        "culture",
        "arts",
        "technology",
        "science",
        "health",
        "money",
        "markets",
        "companies",
        "finance",
        "economy",
        "life",
        "lifestyle",
        "style",
        "travel",
        "home",
        "front",
        "page",
        "metro",
        "city",
        "regional",
        "region",
        "foreign",
        "review",
        "weekend",
        "magazine",
        "media",
        "property",
        "motoring",
        "education",
        "obituaries",
        "law",
        "politik",
        "wirtschaft",
        "feuilleton",
        "lokales",
        "politique",
        "économie",
        "monde",
        "société",
        "sección",
        "economía",
        "nacional",
        "internacional",
        "cultura",
    ];
    let words = || line.split([' ', '/', ':', ';', ',', '&', '-']).filter(|word| !word.is_empty());
    let count = words().count();
    let named = || words().any(|word| WORDS.contains(&word.to_lowercase().as_str()));
    let capitals = || count <= 2 && line.chars().any(char::is_uppercase) && !line.chars().any(char::is_lowercase);
    line.len() <= 60
        && !line.ends_with([',', '-', '–', '—', ':'])
        && (count == 1 && !line.contains(['’', '\'']) || count <= 5 && named() || capitals())
}

/// Date, time, outlet, its code, page, edition, language, rights: what stands below the number of words, up to a blank
/// line. Gives how many lines that are.
fn below(lines: &[&str], out: &mut Record) -> usize {
    let time = |line: &str| {
        let mut words = line.split_whitespace();
        let clock = words.next().is_some_and(|w| w.contains(':') && w.bytes().all(|b| b.is_ascii_digit() || b == b':'));
        clock && words.all(|w| w.len() <= 5 && w.bytes().all(|b| b.is_ascii_uppercase()))
    };
    let code = |line: &str| line.len() <= 8 && line.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let (mut day, mut clock, mut outlet, mut rights) = ("", "", false, false);
    let mut used = 0;
    for (at, line) in lines.iter().copied().enumerate() {
        // Where every line is set apart the head goes on until its outlet is known.
        if line.is_empty() {
            if outlet && lines.get(at + 1).is_none_or(|next| !(code(next) || is_language(next))) {
                break;
            }
            continue;
        }
        if at > 24 || rights || line.len() > 200 {
            break;
        }
        if day.is_empty() && is_date(line) {
            day = line;
        } else if clock.is_empty() && time(line) {
            clock = line;
        } else if is_rights(line) {
            out.say(Field::RightsNotice, line, "Copyright");
            rights = true;
        } else if is_language(line) {
            out.say(Field::Language, line, "language");
        } else if !outlet && !day.is_empty() {
            out.say(Field::Source, line, "outlet");
            outlet = true;
        } else if outlet && !code(line) && used > 0 && line.ends_with('.') && line.split_whitespace().count() > 8 {
            // A sentence: the text follows without a blank line.
            break;
        }
        used = at + 1;
    }
    out.say(Field::Published, &instant(day, clock), "date");
    used
}

fn is_language(line: &str) -> bool {
    const NAMES: &[&str] = &[
        "English",
        "German",
        "French",
        "Spanish",
        "Italian",
        "Portuguese",
        "Dutch",
        "Russian",
        "Chinese",
        "Japanese",
        "Korean",
        "Arabic",
        "Polish",
        "Czech",
        "Swedish",
        "Danish",
        "Norwegian",
        "Finnish",
        "Turkish",
        "Hungarian",
        "Indonesian",
        "Malay",
        "Slovak",
        "Bulgarian",
        "Catalan",
        "Hebrew",
        "Thai",
        "Vietnamese",
        "Ukrainian",
        "Chinese - Simplified",
        "Chinese - Traditional",
        "Englisch",
        "Deutsch",
        "Französisch",
        "Spanisch",
        "Anglais",
        "Allemand",
        "Français",
        "Espagnol",
        "Inglés",
        "Alemán",
        "Francés",
        "Español",
        "Italiano",
        "Português",
    ];
    NAMES.contains(&line)
}
