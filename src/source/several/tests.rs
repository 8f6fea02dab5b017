//! What makes several documents of a text, and what does not.

use super::*;

/// The first lines of the documents found.
fn firsts(text: &str) -> Vec<&str> {
    parts(text).into_iter().map(|part| text[part.range].trim().lines().next().unwrap_or("")).collect()
}

fn parts(text: &str) -> Vec<Part> {
    match documents(text, text.starts_with("---"), &Options::default()) {
        Found::Several(parts) => parts,
        Found::One(_) => Vec::new(),
    }
}

fn is_doubted(text: &str) -> bool {
    matches!(documents(text, false, &Options::default()), Found::One(Some(_)))
}

const ONE: &str = "The council of Tarn voted on Monday to mend the weir, after years of talk.";
const TWO: &str = "Aldmoor has sold its ferry to a man who will not say what he wants with it.";

#[test]
fn a_head_behind_each_line_makes_documents() {
    for (name, text) in [
        (
            "labels",
            format!("Title: Weir\nDate: 1 June 2026\n\n{ONE}\n\n-----\n\nTitle: Ferry\nDate: 2 June 2026\n\n{TWO}\n"),
        ),
        (
            "framed",
            format!(
                "=====\nTitle: Weir\nDate: 1 June 2026\n=====\n{ONE}\n=====\nTitle: Ferry\nDate: 2 June 2026\n=====\n{TWO}\n"
            ),
        ),
        ("no line", format!("Title: Weir\nDate: 1 June 2026\n\n{ONE}\n\nTitle: Ferry\nDate: 2 June 2026\n\n{TWO}\n")),
        (
            "text label",
            format!(
                "TITLE: Weir\nURL: https://a.example/1\nTEXT: {ONE}\n\n***\nTITLE: Ferry\nURL: https://a.example/2\nTEXT: {TWO}\n"
            ),
        ),
        (
            "German",
            format!(
                "Titel: Weir\nDatum: 1.6.2026\nAutor: Jo Hartley\n\n{ONE}\n\n* * *\n\nTitel: Ferry\nDatum: 2.6.2026\nAutor: Jo Hartley\n\n{TWO}"
            ),
        ),
        (
            "numbered",
            format!(
                "=== 1 ===\nTitle: Weir\nDate: 1 June 2026\n{ONE}\n=== 2 ===\nTitle: Ferry\nDate: 2 June 2026\n{TWO}\n"
            ),
        ),
        (
            "front matter",
            format!(
                "---\ntitle: Weir\ndate: 2026-06-01\ntags:\n  - water\n---\n{ONE}\n\n---\ntitle: Ferry\ndate: 2026-06-02\n---\n{TWO}\n"
            ),
        ),
        ("pages", format!("Title: Weir\nDate: 1 June 2026\n\n{ONE}\n\u{0C}Title: Ferry\nDate: 2 June 2026\n\n{TWO}\n")),
        ("headings", format!("# Weir\nDate: 1 June 2026\n\n{ONE}\n\n-----\n\n# Ferry\n\nDate: 2 June 2026\n\n{TWO}\n")),
        ("joined", format!("==> a.txt <==\n{ONE}\n\n==> b.txt <==\n{TWO}\n")),
    ] {
        let found: Vec<Range<usize>> = parts(&text).into_iter().map(|part| part.range).collect();
        assert_eq!(found.len(), 2, "{name}: {:?}", firsts(&text));
        assert!(text[found[0].clone()].contains(ONE) && text[found[1].clone()].contains(TWO), "{name}");
    }
    let text = format!(
        "Notes of the desk, June.\n\n---\nTitle: Weir\nDate: 1 June 2026\n\n{ONE}\n---\nTitle: Ferry\nDate: 2 June 2026\n\n{TWO}\n"
    );
    assert_eq!(firsts(&text), ["Notes of the desk, June.", "Title: Weir", "Title: Ferry"]);
}

/// A note with a head, `day` of June.
/// Heads without labels are told by their form alone, so every part must have one.
#[test]
fn clippings_between_lines_are_documents() {
    let one = format!("Council mends the weir\nBy Ada Quill\n1 June 2026\n\n{ONE}\n\n");
    let two = format!("Ferry sold at last\n\nJune 2, 2026\n\nBy JO HARTLEY\n\n{TWO}\n\n");
    for line in ["* * *", "***", "-----", "#####", "~~~~~", "____", "=====", "\u{0C}"] {
        let text = format!("{one}{line}\n{two}");
        assert_eq!(firsts(&text), ["Council mends the weir", "Ferry sold at last"], "{line}");
    }
    for (name, second) in [
        ("a section", format!("The weir, once more\n\n{TWO}")),
        ("no day", format!("Ferry sold at last\nBy Jo Hartley\n\n{TWO}")),
        ("no byline", format!("Ferry sold at last\n2 June 2026\n\n{TWO}")),
        ("a sentence", format!("The ferry was sold.\nBy Jo Hartley\n2 June 2026\n\n{TWO}")),
        ("no text", "Ferry sold at last\nBy Jo Hartley\n2 June 2026\n".to_owned()),
        ("the same head", format!("Council mends the weir\nBy Ada Quill\n1 June 2026\n\n{TWO}")),
    ] {
        assert_eq!(parts(&format!("{one}* * *\n{second}")), [], "{name}");
    }
}

#[test]
fn notes_below_headings_with_a_day_are_documents() {
    let found = |text: &str| match documents(text, true, &Options::default()) {
        Found::Several(parts) => {
            parts.into_iter().map(|part| text[part.range].lines().next().unwrap_or("").to_owned()).collect()
        }
        Found::One(_) => Vec::new(),
    };
    let notes = format!("# 2026-06-01 Weir mended\n\n{ONE}\n\n## Cost\n\nNone.\n\n# 2026-06-02: Ferry sold\n\n{TWO}\n");
    assert_eq!(found(&notes), ["# 2026-06-01 Weir mended", "# 2026-06-02: Ferry sold"]);
    for text in [
        notes.replace("# 2026-06-02: Ferry sold", "# Ferry sold"),
        notes.replace("# 2026", "## 2026"),
        notes.replace("# 2026-06-02: Ferry sold", "# 2026-06-02"),
        format!("Notes of June.\n\n{notes}"),
        format!("# 2026-06-01 Weir mended\n\n{ONE}\n"),
    ] {
        assert_eq!(found(&text), Vec::<String>::new(), "{text}");
    }
}

fn note(title: &str, day: u8, text: &str) -> String {
    format!("Title: {title}\nDate: {day} June 2026\n\n{text}\n\n")
}

#[test]
fn one_headline_of_two_days_is_two_documents() {
    for line in ["-----\n", ""] {
        let text = note("Weather", 1, ONE) + line + &note("Weather", 2, TWO) + line + &note("Ferry", 2, TWO);
        assert_eq!(parts(&text).len(), 3, "{text}");
    }
    // The head that stands on each page of a text, with other documents around it.
    let text = note("Weir", 1, ONE) + "-----\n" + &note("Weir", 1, TWO) + "-----\n" + &note("Ferry", 2, TWO);
    let found = parts(&text);
    assert_eq!(firsts(&text), ["Title: Weir", "Title: Ferry"]);
    assert!(text[found[0].range.clone()].contains(TWO), "both pages are one document");
}

#[test]
fn what_has_no_head_goes_with_what_stands_before_it() {
    let bare = format!("{TWO}\n\n");
    let text =
        note("Weir", 1, ONE) + "***\n" + &bare + "***\n" + &note("Ferry", 2, TWO) + "***\n" + &note("Fair", 3, ONE);
    let found = parts(&text);
    assert_eq!(firsts(&text), ["Title: Weir", "Title: Ferry", "Title: Fair"]);
    assert_eq!(found.iter().map(|part| part.joined).collect::<Vec<_>>(), [true, false, false]);
    let covered: usize = found.iter().map(|part| text[part.range.clone()].matches(TWO).count()).sum();
    assert_eq!(covered, 2, "nothing is lost");
    // A note of a few words is one.
    let text = note("Weir", 1, ONE) + "***\n" + &note("Ferry", 2, "See above.") + "***\n" + &note("Fair", 3, ONE);
    assert_eq!(firsts(&text), ["Title: Weir", "Title: Ferry", "Title: Fair"]);
    // One whose day was left out.
    for line in ["***\n", ""] {
        let undated = format!("Title: Ferry\n{TWO}\n\n");
        let text = note("Weir", 1, ONE) + line + &undated + line + &note("Fair", 3, ONE);
        assert_eq!(firsts(&text), ["Title: Weir", "Title: Ferry", "Title: Fair"], "{text}");
    }
    // Labels at the foot of each.
    let foot = "-----\nAuthor: Jo Hartley\nURL: https://a.example/1\n";
    let text = note("Weir", 1, ONE) + foot + "-----\n" + &note("Ferry", 2, TWO) + foot;
    assert_eq!(firsts(&text), ["Title: Weir", "Title: Ferry"]);
    assert_eq!(text[parts(&text)[1].range.clone()].matches("URL").count(), 1);
    // Sections by far outnumber the heads, or the heads are not of one form: it is not told what this is.
    let sections = "***\n".to_owned() + &bare + "***\n" + &bare + "***\n";
    let text = note("Weir", 1, ONE) + &sections + &note("Ferry", 2, TWO) + &sections;
    assert!(is_doubted(&text), "{text}");
    let other = format!("Headline: Ferry\nDate: 2 June 2026\n\n{TWO}\n");
    let text = note("Weir", 1, ONE) + "***\n" + &bare + "***\n" + &other;
    assert!(is_doubted(&text), "{text}");
}

#[test]
fn what_stands_above_the_first_head_is_a_preface() {
    let above = "Notes of the desk, June.\n\n";
    for line in ["-----\n", ""] {
        let text = above.to_owned() + &note("Weir", 1, ONE) + line + &note("Ferry", 2, TWO);
        let found = parts(&text);
        assert_eq!(firsts(&text), ["Notes of the desk, June.", "Title: Weir", "Title: Ferry"], "{text}");
        assert_eq!(found.iter().map(|part| part.preface).collect::<Vec<_>>(), [true, false, false]);
    }
    // A story with boxes in it.
    let text = "Two books on weirs\nBy Jo Hartley\n\n".to_owned() + &note("Weirs", 1, ONE) + &note("Ferries", 2, TWO);
    assert!(firsts(&text).is_empty(), "{:?}", firsts(&text));
    let text = format!("{ONE}\n\n{TWO}\n\n") + &note("Weirs", 1, ONE) + &note("Ferries", 2, TWO);
    assert!(firsts(&text).is_empty(), "{:?}", firsts(&text));
}

#[test]
fn one_document_stays_one() {
    for (name, text) in [
        ("sections", format!("Weir to be mended\n1 June 2026\n\n{ONE}\n\n***\n\n{TWO}\n\n***\n\n{ONE}\n")),
        (
            "a mail handed on",
            format!(
                "From: Jo\nSubject: Weir\nDate: 1 June 2026\n\n{ONE}\n\n-----\nFrom: Ada\nSubject: Ferry\nDate: 2 June 2026\n\n{TWO}\n"
            ),
        ),
        (
            "a foot of labels",
            format!("Title: Weir\nDate: 1 June 2026\n\n{ONE}\n\n-----\nAuthor: Jo Hartley\nURL: https://a.example/1\n"),
        ),
        ("references", "Title: Weirs\nAuthor: Ada Quill\n\nTitle: Ferries\nAuthor: Jo Hartley\n".to_owned()),
        // An essay whose sections are dated, a list of the dead or of what is on.
        (
            "dates in sight",
            format!(
                "Weir to be mended\nBy Jo Hartley\n1 June 2026\n\n{ONE}\n\n#####\n\nFerry sold\n2 June 2026\n\n{TWO}\n"
            ),
        ),
        (
            "boxes of books",
            format!("Title: Weir\nAuthor: Ada Quill\n\n{ONE}\n\n***\n\nTitle: Ferry\nAuthor: Bo Lund\n\n{TWO}\n"),
        ),
        (
            "code",
            format!(
                "---\ntitle: Weir\ndate: 2026-06-01\n---\n{ONE}\n\n```\n---\ntitle: Ferry\ndate: 2026-06-02\n---\n{TWO}\n```\n"
            ),
        ),
        ("headings", format!("Weir\n=====\n\n{ONE}\n\nFerry\n=====\n\n{TWO}\n")),
        (
            "one title",
            format!("Title: Weir\nDate: 1 June 2026\n\n{ONE}\n\n-----\nTitle: Weir\nDate: 1 June 2026\n\n{TWO}\n"),
        ),
        (
            "an interview",
            format!(
                "Title: Weir\nDate: 1 June 2026\n\nTime: what is it to you?\n\n{ONE}\n\nTime: and the ferry?\n\n{TWO}\n"
            ),
        ),
        ("a page of a scan", format!("Weir\n1 June 2026\n\n{ONE}\n\u{0C}Page 2\n\n{TWO}\n")),
    ] {
        assert!(firsts(&text).is_empty(), "{name}: {:?}", firsts(&text));
    }
}
