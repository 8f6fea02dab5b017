//! The footer stage from outside: every shape of the catalogue in context, and as many decoys.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use newsdex::clean::footers::{self, Context};
use newsdex::clean::{Draft, Link, Piece, plain};
use newsdex::model::{BlockKind, Field, MediaType, Span};

const BODIES: &str = include_str!("../fixtures/footers/bodies.txt");
const SHAPES: &str = include_str!("../fixtures/footers/shapes.txt");
const DECOYS: &str = include_str!("../fixtures/footers/decoys.txt");

/// At least this share of the shapes leaves whole and tells the right fields. No update lowers it.
const FLOOR: f64 = 0.98;
/// Fewest cases of each kind.
const SHAPES_LEAST: usize = 400;
const DECOYS_LEAST: usize = 400;
/// Largest share of the words of texts marked by hand that may leave: they hold a few credits and notices.
const MOST_LOST: f64 = 0.003;

fn bodies() -> HashMap<&'static str, Vec<&'static str>> {
    let mut out: HashMap<&str, Vec<&str>> = HashMap::new();
    for line in BODIES.lines().filter(|line| !line.is_empty()) {
        let (lang, text) = line.split_once(": ").expect("`lang: text`");
        out.entry(lang).or_default().push(text);
    }
    out
}

/// One case of `shapes.txt`.
struct Case {
    row: &'static str,
    lang: &'static str,
    place: &'static str,
    host: Option<&'static str>,
    /// The headline, with `_` for its spaces.
    title: Option<&'static str>,
    media: MediaType,
    kind: BlockKind,
    lines: Vec<&'static str>,
    told: Vec<&'static str>,
}

fn cases() -> Vec<Case> {
    let read = |block: &'static str| {
        let mut lines = block.lines();
        let head: Vec<&str> = lines.next()?.split(' ').collect();
        let option = |name: &str| head.iter().find_map(|word| word.strip_prefix(name));
        let (told, lines) = lines.partition(|line| line.starts_with("! "));
        Some(Case {
            row: head[0],
            lang: head[1],
            place: head[2],
            host: option("host="),
            title: option("title="),
            media: if option("media=") == Some("feed") { MediaType::FeedEntry } else { MediaType::Text },
            kind: if option("kind=") == Some("caption") { BlockKind::Caption } else { BlockKind::Paragraph },
            lines,
            told,
        })
    };
    SHAPES.split("\n\n").filter_map(read).collect()
}

/// A piece from its line: `[words](address)` is a link, `⏎` a line break within it.
fn piece(line: &str, kind: BlockKind) -> Piece {
    let (kind, line) = line.strip_prefix("* ").map_or((kind, line), |rest| (BlockKind::ListItem, rest));
    let (mut text, mut links, mut rest) = (String::new(), Vec::new(), line);
    while let Some((before, after)) = rest.split_once('[') {
        let Some((words, (href, tail))) =
            after.split_once("](").and_then(|(words, tail)| Some((words, tail.split_once(')')?)))
        else {
            break;
        };
        text.push_str(before);
        let start = text.len();
        text.push_str(words);
        links.push(Link { span: Span::new(start, text.len()), href: href.to_owned() });
        rest = tail;
    }
    text.push_str(rest);
    let mut breaks = Vec::new();
    while let Some(at) = text.find('⏎') {
        text.replace_range(at..at + '⏎'.len_utf8(), " ");
        breaks.push(at);
    }
    Piece { links, breaks, ..Piece::new(kind, text, "test") }
}

fn paragraphs(texts: &[&str]) -> Vec<Piece> {
    texts.iter().map(|text| piece(text, BlockKind::Paragraph)).collect()
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn kept(draft: &Draft) -> String {
    draft.pieces.iter().filter(|piece| piece.kept()).map(|piece| letters(&piece.text)).collect()
}

/// What is wrong with a case; nothing if it is right.
fn faults(case: &Case, bodies: &[&str]) -> Vec<String> {
    let stays: Vec<&str> = case.lines.iter().filter_map(|line| line.strip_prefix("= ")).collect();
    let lines: Vec<Piece> = case
        .lines
        .iter()
        .map(|line| piece(&line.strip_prefix("= ").unwrap_or(line).replace(['⟦', '⟧'], ""), case.kind))
        .collect();
    let wanted: Vec<String> = stays
        .iter()
        .map(|line| match (line.split_once('⟦'), line.split_once('⟧')) {
            (Some((before, _)), Some((_, after))) => letters(&format!("{before}{after}")).replace('⏎', ""),
            _ => letters(line).replace('⏎', ""),
        })
        .collect();
    let (above, below) = match case.place {
        "head" => (&bodies[..0], bodies),
        "mid" => bodies.split_at(1),
        _ => (bodies, &bodies[..0]),
    };
    let mut draft = Draft::default();
    draft.pieces.extend(paragraphs(above));
    draft.pieces.extend(lines);
    draft.pieces.extend(paragraphs(below));
    let title = case.title.map(|title| title.replace('_', " "));
    footers::strip(&mut draft, &Context { host: case.host, title: title.as_deref(), authors: &[], media: case.media });
    let expected: String =
        above.iter().map(|text| letters(text)).chain(wanted).chain(below.iter().map(|text| letters(text))).collect();
    let mut out = Vec::new();
    if kept(&draft) != expected {
        let left = draft.pieces.iter().filter(|piece| piece.kept() && !bodies.contains(&piece.text.as_str()));
        out.push(format!("kept {:?}", left.map(|piece| piece.text.as_str()).collect::<Vec<_>>()));
    }
    for told in &case.told {
        let told = &told[2..];
        let name = |field: Field| serde_json::to_value(field).unwrap().as_str().unwrap().to_owned();
        let claimed = |field: &str| draft.claims.iter().filter(|claim| name(claim.field) == field).collect::<Vec<_>>();
        match told.strip_prefix('-') {
            Some(field) if !claimed(field).is_empty() => out.push(format!("claims {field}")),
            Some(_) => {}
            None => {
                let (field, value) = told.split_once('=').expect("`field=value`");
                let claims = claimed(field);
                if !claims.iter().any(|claim| claim.value == value) {
                    let values: Vec<&str> = claims.iter().map(|claim| claim.value.as_str()).collect();
                    out.push(format!("wanted {field}={value}, got {values:?}"));
                }
            }
        }
    }
    out
}

#[test]
fn shapes_leave_and_tell() {
    let bodies = bodies();
    let cases = cases();
    let mut wrong = Vec::new();
    for case in &cases {
        let faults = faults(case, &bodies[case.lang]);
        if !faults.is_empty() {
            wrong.push(format!("row {} {}: {:?}: {}", case.row, case.lang, case.lines, faults.join("; ")));
        }
    }
    let right = (cases.len() - wrong.len()) as f64 / cases.len() as f64;
    println!("{} shapes in context, {:.1} % right\n{}", cases.len(), 100.0 * right, wrong.join("\n"));
    assert!(cases.len() >= SHAPES_LEAST, "the set shrank to {} cases", cases.len());
    assert!(right >= FLOOR, "{:.1} % of shapes are right:\n{}", 100.0 * right, wrong.join("\n"));
}

#[test]
fn decoys_lose_no_word() {
    let bodies = bodies();
    let (mut lines, mut texts, mut eaten) = (0, 0, Vec::new());
    for line in DECOYS.lines().filter(|line| !line.is_empty()) {
        lines += 1;
        let mut parts = line.splitn(3, ' ');
        let (Some(row), Some(lang), Some(decoy)) = (parts.next(), parts.next(), parts.next()) else {
            panic!("`row lang text`: {line}");
        };
        let body = &bodies[lang];
        for at in [0, 1, body.len()] {
            let mut all = body.clone();
            all.insert(at, decoy);
            for (host, media) in [(None, MediaType::Text), (Some("tarnpost.example"), MediaType::FeedEntry)] {
                let mut draft = Draft { pieces: paragraphs(&all), ..Draft::default() };
                footers::strip(&mut draft, &Context { host, title: None, authors: &[], media });
                if kept(&draft) != letters(&all.concat()) {
                    let removed =
                        draft.pieces.iter().find_map(|piece| piece.removed.as_ref().map(|r| (&r.rule, &piece.text)));
                    eaten.push(format!("row {row} at {at}: {removed:?}"));
                }
            }
            texts += 1;
        }
    }
    println!("{lines} decoys, {texts} texts with one, {} eaten", eaten.len());
    assert!(lines >= DECOYS_LEAST, "the set shrank to {lines} decoys");
    assert!(eaten.is_empty(), "{}", eaten.join("\n"));
}

#[test]
fn a_byline_of_one_word_leaves_if_it_is_known() {
    let bodies = bodies();
    for (line, authors, leaves) in [
        ("By Sweidah", &["Sweidah"][..], true),
        ("Von Sweidah", &["Ada Moss", "SWEIDAH"], true),
        ("By Sweidah", &["Ada Moss"], false),
        ("By Monday", &["Ada Moss"], false),
    ] {
        let mut draft = Draft { pieces: paragraphs(&[&[line][..], &bodies["en"]].concat()), ..Draft::default() };
        footers::strip(&mut draft, &Context { host: None, title: None, authors, media: MediaType::Text });
        assert_eq!(!draft.pieces[0].kept(), leaves, "{line} by {authors:?}");
    }
}

#[test]
fn every_row_of_the_catalogue_has_a_case() {
    // Rows that are no line of a text, or that whole pages and plain files are tested for: `SHAPES.md` says how.
    const ELSEWHERE: [&str; 6] = ["7", "56", "204", "207", "229", "230"];
    let cases = cases();
    let missing: Vec<String> = (1..=230)
        .map(|row| row.to_string())
        .filter(|row| !cases.iter().any(|case| case.row == row) && !ELSEWHERE.contains(&row.as_str()))
        .collect();
    assert_eq!(missing, Vec::<String>::new());
}

/// What the table of shapes says a row tells is what its cases are held to.
#[test]
fn the_table_of_shapes_says_what_each_row_tells() {
    let table = include_str!("../../src/clean/footers/SHAPES.md");
    let cases = cases();
    for row in (1..=230).map(|row| row.to_string()).filter(|row| row != "7") {
        let line = table.lines().find(|line| line.starts_with(&format!("| {row} |"))).expect("the row is listed");
        let listed: BTreeSet<&str> = line.split(" | ").nth(3).unwrap_or("").split('`').skip(1).step_by(2).collect();
        let told = cases.iter().filter(|case| case.row == row).flat_map(|case| &case.told);
        let fields = told.filter_map(|told| told[2..].split_once('=')).map(|(field, _)| field);
        assert_eq!(listed, fields.collect::<BTreeSet<_>>(), "row {row}");
    }
}

/// Optional external data: texts that people marked as the articles of pages. Hardly a word of them is a footer.
#[test]
fn texts_marked_by_hand_keep_their_words() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/extraction");
    if !folder.is_dir() {
        println!("skipped: no optional external data at `../shared/data/extraction`");
        return;
    }
    let tell = std::env::var_os("NEWSDEX_TEST_MISSES").is_some();
    for set in ["aeb", "aed", "fundus_eval", "fundus_tests", "wcxb_article"] {
        let truth = std::fs::read_to_string(folder.join(set).join("truth.jsonl")).expect("a truth file");
        let (mut all, mut lost, mut texts) = (0, 0, 0);
        for line in truth.lines() {
            let row: serde_json::Value = serde_json::from_str(line).expect("an object a line");
            let Some(text) = row["text"].as_str() else { continue };
            let paragraphs: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
            let mut draft = Draft::default();
            draft.pieces.extend(paragraphs.iter().map(|text| Piece::new(BlockKind::Paragraph, *text, "test")));
            footers::strip(
                &mut draft,
                &Context { host: row["site"].as_str(), title: None, authors: &[], media: MediaType::Page },
            );
            texts += 1;
            for piece in &draft.pieces {
                let words = piece.text.split_whitespace().count();
                all += words;
                if let Some(removal) = &piece.removed {
                    lost += words;
                    if tell {
                        println!("{set}\t{}\t{}", removal.rule, piece.text);
                    }
                }
            }
        }
        let share = lost as f64 / f64::from(all.max(1) as u32);
        println!("{set}: {texts} texts, {lost} of {all} words removed ({:.2} %)", 100.0 * share);
        assert!(share <= MOST_LOST, "{set}: {lost} of {all} words of marked articles are removed");
    }
}

#[test]
fn the_only_paragraph_stays() {
    for line in
        ["Sign up for our newsletter", "The post A appeared first on Tarn Post.", "Advertisement", "Source: Tarn Post"]
    {
        let mut draft = Draft { pieces: paragraphs(&[line]), ..Draft::default() };
        footers::strip(&mut draft, &Context { host: None, title: None, authors: &[], media: MediaType::Text });
        assert_eq!(kept(&draft), letters(line), "{line}");
    }
}

/// Optional external data: the two texts everything began with.
#[test]
fn seed_texts_come_out_right() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    let Ok(files) = std::fs::read_dir(&folder) else {
        println!("skipped: no optional external data at `../shared/seeds`");
        return;
    };
    for file in files.flatten().map(|file| file.path()).filter(|path| path.extension().is_some_and(|ext| ext == "txt"))
    {
        let text = std::fs::read_to_string(&file).expect("a readable text");
        let mut draft = plain::text(&text);
        footers::strip(&mut draft, &Context { host: None, title: None, authors: &[], media: MediaType::Text });
        let all: String = draft.pieces.iter().map(|piece| letters(&piece.text)).collect();
        assert_eq!(all, letters(&text), "every letter is kept or removed");
        assert!(!draft.claims.iter().any(|claim| claim.field == Field::Title), "no title is invented");
        let removed: Vec<&str> = draft
            .pieces
            .iter()
            .filter_map(|piece| piece.removed.as_ref().map(|removal| removal.rule.as_str()))
            .collect();
        let value = |field| draft.claims.iter().find(|claim| claim.field == field).map(|claim| claim.value.as_str());
        if text.trim_start().starts_with("date ") {
            assert_eq!(removed, ["header.glued-date"]);
            assert_eq!(value(Field::Published), Some("2025-06-27"));
        } else {
            let rules =
                ["footer.source-link", "footer.author-line", "footer.courtesy", "footer.rss-use", "footer.takedown"];
            assert_eq!(removed, rules);
            assert_eq!(value(Field::Author), Some("Mae Slater"));
            assert_eq!(value(Field::OriginalPublisher), Some("conservativejournalreview.com"));
            assert_eq!(value(Field::Republisher), Some("USSANews.com"));
            assert_eq!(value(Field::Licence), Some("all-rights-reserved"));
            assert_eq!(value(Field::AcquiredVia), Some("rss"));
            assert_eq!(value(Field::RightsBasis), Some("claimed-educational"));
            let notice = value(Field::RightsNotice).unwrap_or("");
            assert!(text.trim_end().ends_with(notice) && notice.starts_with("This content is courtesy"), "{notice}");
        }
    }
}
