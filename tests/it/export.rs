//! Tests of export from outside.
//!
//! `tests/fixtures/export/readers.py` reads the files with the readers of others (Python's csv and json, openpyxl,
//! rispy, bibtexparser): run where Python and the package are, and said so where not.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use jiff::civil::date;
use newsdex::ErrorKind;
use newsdex::export::{
    Asked, Choice, Columns, Counts, Format, Head, Ledger, Manifest, Matches, Options, Per, Standing, StoredVersion,
    Tail, Verdict, Witness, file, open, verify,
};
use newsdex::model::{
    Agency, AgencyRole, Article, ArticleId, Block, BlockKind, DateClaim, Flags, Found, Hit, Lang, Mark, Passage,
    Precision, Provenance, Revision, Span,
};

fn found(value: &str) -> Option<Found<String>> {
    Some(Found { value: value.into(), found: "test".into() })
}

fn article(title: &str, text: &str) -> Article {
    let mut blocks = Vec::new();
    let mut at = 0;
    for block in text.split("\n\n") {
        blocks.push(Block { kind: BlockKind::Paragraph, span: Span::new(at, at + block.len()) });
        at += block.len() + 2;
    }
    Article {
        id: ArticleId::of_text(title, text),
        title: title.into(),
        authors: vec!["Mae Slater".into(), "Ludwig van der Berg".into()],
        published: Some(DateClaim::day(date(2025, 6, 27), "test")),
        updated: None,
        fetched: Some(DateClaim::day(date(2025, 6, 28), "test")),
        embargo: None,
        language: Lang::parse("en"),
        url: Some("https://news.example/story?id=1&x=%20y".into()),
        source: found("The Brell Courier"),
        section: Some("Water".into()),
        tags: vec!["dams".into()],
        text: text.into(),
        blocks,
        removed: Vec::new(),
        provenance: Provenance::default(),
        flags: Flags::default(),
        notes: Vec::new(),
    }
}

/// A hit with a passage for each piece of the text given, `word` marked in title and passages.
fn hit(rank: u64, article: Article, pieces: &[&str], word: &str) -> Hit {
    let marks = |text: &str, span: Span| -> Vec<Mark> {
        let said = span.of(text);
        let one = |(at, w): (usize, &str)| Mark {
            span: Span::new(span.start + at, span.start + at + w.len()),
            leaf: 0,
            matched: None,
        };
        said.match_indices(word).map(one).collect()
    };
    let passages: Vec<Passage> = pieces
        .iter()
        .map(|piece| {
            let at = article.text.find(piece).expect("in the text");
            let span = Span::new(at, at + piece.len());
            Passage { span, kind: BlockKind::Paragraph, marks: marks(&article.text, span), score: 1.0 }
        })
        .collect();
    Hit {
        rank,
        score: 10.0 / rank as f32,
        title_marks: marks(&article.title, Span::new(0, article.title.len())),
        matches_in_article: passages.iter().map(|p| p.marks.len() as u64).sum(),
        article: Arc::new(article),
        version: 2,
        passages,
        story: None,
        copies: None,
        explanation: None,
    }
}

/// Hits that try to break every format.
fn hostile() -> Vec<Hit> {
    let mut plain = article(
        "Dam breaks above Brell",
        "The “old” dam broke, at 5:00.\n\nNobody, \"nobody\" was hurt.\n\nThe dam was built in 1911.",
    );
    plain.provenance.agencies = vec![Agency { name: "dpa".into(), role: AgencyRole::Origin, found: "t".into() }];
    plain.provenance.guid = found("tag:news.example,2025: 77");
    plain.provenance.original_publisher = found("Tarn & Sons {Press}");
    let mut formula = article(
        "=HYPERLINK(\"https://evil.example\",\"dam\")",
        "-1 dam\tand = more\n\n@dam _x000D_ {\\dam} $5 & 10% #1 ~^",
    );
    formula.url = Some("javascript:alert(1)".into());
    formula.authors = vec!["+cmd|' /C calc'!A0".into(), "王小明".into(), "Plato".into(), "And, Rex and Rex".into()];
    formula.source = found("<b>Evil & Co</b>");
    let mut forged = article(
        "<script>alert(1)</script>",
        "a dam\nER  - \nTY  - JOUR\n</blockquote><script>dam</script> [x](javascript:y) **dam** \u{202e}mad\u{1b}[31m\n\n# dam\n- dam\n1. dam ![i](http://t.example/p)",
    );
    forged.url = Some("HTTPS://news.example/\"onclick=\"x".into());
    forged.authors = vec!["Amos Tarn Jr.".into()];
    forged.published = Some(DateClaim {
        instant: "2025-06-01T10:30:00Z".parse().ok(),
        offset: Some(7200),
        precision: Precision::Second,
        ..DateClaim::day(date(2025, 6, 1), "test")
    });
    let mut arabic = article("انهيار السد", "انهار السد dam في بريل صباح اليوم.\n\nقال السكان.");
    arabic.language = Lang::parse("ar");
    arabic.url = None;
    arabic.authors.clear();
    arabic.published = Some(DateClaim { precision: Precision::Year, ..DateClaim::day(date(1911, 1, 1), "test") });
    let (body, more) = ("The “old” dam broke, at 5:00.\n\nNobody, \"nobody\" was hurt.", "The dam was built in 1911.");
    let mut undated = article("", "Only a dam");
    undated.published = None;
    undated.source = None;
    let pieces = [formula.text.clone(), forged.text.clone(), arabic.text.clone()];
    vec![
        hit(1, plain, &[body, more], "dam"),
        hit(2, formula, &[&pieces[0]], "dam"),
        hit(3, forged, &[&pieces[1]], "dam"),
        hit(4, arabic, &[&pieces[2]], "dam"),
        hit(5, undated, &["Only a dam"], "dam"),
        hit(6, article("A dam in the title", ""), &[], "dam"),
    ]
}

fn head() -> Head {
    Head::of("=dam, \"<b>\"", "=dam, \"<b>\" AND x", Revision(7), "2025-07-01T08:00:00Z".parse().expect("a time"))
}

fn written(format: Format, options: &Options, head: &Head, hits: &[(Hit, Option<&str>)]) -> (Vec<u8>, Counts) {
    let mut out = Vec::new();
    let mut writer = open(format, options, Box::new(&mut out));
    writer.begin(head).expect("begun");
    hits.iter().for_each(|(hit, name)| writer.hit(hit, *name).expect("written"));
    let counts =
        writer.end(&Tail { total_articles: hits.len() as u64, notes: vec!["<i>note</i>".into()] }).expect("ended");
    drop(writer);
    (out, counts)
}

fn list(format: Format, options: &Options) -> (String, u64) {
    let hits: Vec<_> = hostile().into_iter().map(|h| (h, None)).collect();
    let (out, counts) = written(format, options, &head(), &hits);
    (String::from_utf8(out).expect("UTF-8"), counts.rows)
}

/// Writes the hostile list as a file with its manifest.
fn exported(folder: &Path, format: Format, options: &Options) -> PathBuf {
    let path = folder.join(format!("list.{format}"));
    let (tail, mut head) = (Tail { total_articles: 6, notes: Vec::new() }, head());
    head.choice = Choice::of(options, format);
    let mut ledger = Ledger::new(format, options.per).expect("a temporary file");
    let (counts, done, ready) = file::prepare(&path, |out| {
        let mut writer = ledger.beside(open(format, options, Box::new(out)));
        writer.begin(&head)?;
        hostile().iter().try_for_each(|h| writer.hit(h, None))?;
        writer.end(&tail)
    })
    .expect("written");
    Manifest::of(&path, format, &head, &tail, &counts, &done).publish(ready, &path, &mut ledger).expect("written");
    path
}

#[test]
fn readers_of_others_agree() {
    let folder = tempfile::tempdir().expect("a folder");
    let truth = exported(folder.path(), Format::Jsonl, &Options::default());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/export/readers.py");
    for format in [
        Format::Jsonl,
        Format::Json,
        Format::Csv,
        Format::Tsv,
        Format::Xlsx,
        Format::Ris,
        Format::Bibtex,
        Format::Csl,
        Format::Trec,
    ] {
        for bom in [false, true] {
            let path = exported(folder.path(), format, &Options { bom, ..Options::default() });
            read_by_python(&script, format, &path, &truth);
        }
    }
    // The report shows both passages of an article in one entry.
    let options = Options { per: Per::Article, ..Options::default() };
    let all: Vec<_> = hostile().into_iter().map(|h| (h, None)).collect();
    let single: Vec<_> = all
        .into_iter()
        .map(|(mut h, n)| (std::mem::take(&mut h.passages), h, n))
        .flat_map(|(p, h, n)| {
            let one = p.into_iter().take(1).collect::<Vec<_>>();
            [(Hit { passages: one, ..h }, n)]
        })
        .collect();
    let (page, _) = written(Format::Html, &options, &head(), &single);
    let (lines, _) = written(Format::Jsonl, &options, &head(), &single);
    let (page_at, lines_at) = (folder.path().join("page.html"), folder.path().join("page.jsonl"));
    std::fs::write(&page_at, page).expect("written");
    std::fs::write(&lines_at, lines).expect("written");
    read_by_python(&script, Format::Html, &page_at, &lines_at);
}

fn read_by_python(script: &Path, format: Format, path: &Path, truth: &Path) {
    let run = Command::new("python3").arg(script).arg(format.name()).args([path, truth]).output();
    let Ok(run) = run else {
        eprintln!("skipped: python3 is not here, {format} was not read by others");
        return;
    };
    let said = String::from_utf8_lossy(&run.stdout).into_owned() + &String::from_utf8_lossy(&run.stderr);
    match run.status.code() {
        Some(0) => {}
        Some(77) => eprintln!("skipped: {format}: {said}"),
        _ => panic!("{format}: {said}"),
    }
}

#[test]
fn a_list_can_be_proven_later() {
    let folder = tempfile::tempdir().expect("a folder");
    let stored: HashMap<String, Vec<StoredVersion>> = hostile()
        .iter()
        .map(|h| {
            let version = StoredVersion { number: 2, revision: Revision(1), article: Arc::clone(&h.article) };
            (h.article.id.to_string(), vec![version])
        })
        .collect();
    let check = |path: &Path, stored: &HashMap<String, Vec<StoredVersion>>| -> (Verdict, Vec<(u64, Standing)>) {
        let mut told = Vec::new();
        // The hits were marked by hand: the query finds in an article what they say.
        let mut versions = |id: &str| Ok(stored.get(id).cloned().unwrap_or_default());
        let mut matches = |_: &str, article: &Article| {
            let hit = hostile().into_iter().find(|hit| hit.article.id == article.id)?;
            Some(Matches {
                title: hit.title_marks.clone(),
                text: hit.passages.iter().flat_map(|p| &p.marks).cloned().collect(),
            })
        };
        let witness = Witness { versions: &mut versions, matches: &mut matches, progress: &mut |_, _| {} };
        let verdict = verify(path, witness, &mut |finding| {
            told.push((finding.row, finding.standing));
            Ok(())
        });
        (verdict.expect("readable"), told)
    };
    for format in [Format::Csv, Format::Tsv, Format::Json, Format::Jsonl, Format::Xlsx] {
        let path = exported(folder.path(), format, &Options::default());
        let (verdict, told) = check(&path, &stored);
        assert_eq!(told, [], "{format}");
        assert_eq!((verdict.rows, verdict.stand, verdict.as_written), (7, 7, Some(true)), "{format}");
        assert!(verdict.holds());

        let mut later = stored.clone();
        let ids: Vec<String> = hostile().iter().map(|h| h.article.id.to_string()).collect();
        let mut second = later[&ids[0]][0].clone();
        let text = second.article.text.replace("1911", "1912");
        (second.number, Arc::make_mut(&mut second.article).text) = (3, text);
        later.get_mut(&ids[0]).expect("stored").push(second);
        Arc::make_mut(&mut later.get_mut(&ids[1]).expect("stored")[0].article).flags.withdrawn = true;
        later.remove(&ids[2]);
        Arc::make_mut(&mut later.get_mut(&ids[3]).expect("stored")[0].article).text.push('x');
        let (verdict, told) = check(&path, &later);
        let changed =
            |still| Standing::Changed { named: 2, newest: 3, still: Some(still), withdrawn: None, what: vec!["text"] };
        assert_eq!(
            told,
            [
                (1, changed(true)),
                (2, changed(false)),
                (3, Standing::Withdrawn { named: 2, newest: 2 }),
                (4, Standing::Missing),
                (5, Standing::VersionMissing { newest: 2, still: Some(true) }),
            ],
            "{format}"
        );
        assert!(!verdict.holds());
        assert_eq!((verdict.stand, verdict.changed, verdict.withdrawn, verdict.wrong), (2, 2, 1, 2), "{format}");

        // A version with that text, and another author: the list is what it was, and what it was written from is not there.
        let mut renamed = stored.clone();
        Arc::make_mut(&mut renamed.get_mut(&ids[4]).expect("stored")[0].article).authors.push("Somebody Else".into());
        let told = check(&path, &renamed).1;
        assert_eq!(told, [(6, Standing::Contradicts { column: "authors" })], "{format}");

        if format != Format::Xlsx {
            let text = std::fs::read_to_string(&path).expect("read").replace("built in 1911", "built in 1811");
            std::fs::write(&path, text).expect("written");
            let (verdict, told) = check(&path, &stored);
            assert_eq!(verdict.as_written, Some(false));
            // JSON holds the whole text with the first passage too.
            let body = matches!(format, Format::Json | Format::Jsonl);
            let first = body.then_some((1, Standing::Altered { column: "articleBody" }));
            assert_eq!(told, first.into_iter().chain([(2, Standing::Differs)]).collect::<Vec<_>>());
        }
    }
}

/// A witness of an empty corpus.
macro_rules! nobody {
    () => {
        Witness { versions: &mut |_| Ok(Vec::new()), matches: &mut |_, _| None, progress: &mut |_, _| {} }
    };
}

#[test]
fn files_that_are_no_hit_lists_are_refused_by_name() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes, expected) in [
        ("a.csv", b"title,passage\r\nx,y\r\n".as_slice(), "no column `article_id`"),
        ("b.csv", b"".as_slice(), "it is empty"),
        ("c.jsonl", b"{\"article_id\": \"x\"}\n{oops".as_slice(), "line 2"),
        ("d.xlsx", b"PK\x03\x04 broken".as_slice(), "no hit list"),
        ("e.csv", b"article_id,passage\r\n\xff\xfe,x\r\n".as_slice(), "not UTF-8"),
    ] {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("written");
        let error = verify(&path, nobody!(), &mut |_| Ok(())).expect_err(name);
        assert!(error.to_string().contains(expected), "{name}: {error}");
        assert_eq!(error.kind(), ErrorKind::Export);
        assert!(error.to_string().contains(name) && error.hint_text().is_some());
    }
    let gone = verify(&folder.path().join("none.csv"), nobody!(), &mut |_| Ok(())).expect_err("not there");
    assert_eq!(gone.kind(), ErrorKind::Io);
}

#[test]
fn the_manifest_says_what_the_file_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = exported(folder.path(), Format::Csv, &Options::default());
    let manifest = Manifest::read(&path).expect("readable").expect("there");
    assert_eq!(manifest.sha256, file::sha256_of(&path).expect("read"));
    assert_eq!((manifest.rows, manifest.corpus_revision, manifest.format.as_str()), (7, Revision(7), "csv"));
    assert_eq!((manifest.file.as_str(), manifest.query.as_str()), ("list.csv", "=dam, \"<b>\""));
    assert_eq!(manifest.bytes, path.metadata().expect("there").len());
    let later = std::fs::read_to_string(Manifest::path_of(&path))
        .expect("read")
        .replace("\"schema_version\": 2", "\"schema_version\": 9");
    std::fs::write(Manifest::path_of(&path), later).expect("written");
    assert!(Manifest::read(&path).expect_err("too new").to_string().contains("later version"));
    assert_eq!(Manifest::read(Path::new("no/such")).expect("no error"), None);
}

#[test]
fn rows_columns_and_names() {
    let (csv, rows) = list(Format::Csv, &Options::default());
    assert_eq!(rows, 7);
    assert!(csv.starts_with("hit,article_id,score,published,published_precision,source,title,"));
    let (csv, _) = list(
        Format::Csv,
        &Options {
            per: Per::Article,
            bom: true,
            columns: Columns::parse("source,left,match,right,published").expect("good"),
            context: 2,
            ..Options::default()
        },
    );
    let lines: Vec<_> = csv.lines().collect();
    assert_eq!(
        lines[..2],
        ["\u{feff}source,left,match,right,published", "The Brell Courier,The “old”,dam,\"broke, at\",2025-06-27"]
    );
    assert_eq!(lines[2], "<b>Evil & Co</b>,'-1,dam,and =,2025-06-27");
    assert_eq!(lines.len(), 7);
    assert_eq!(lines[6], "The Brell Courier,A,dam,in the,2025-06-27");

    let mut head = head();
    head.asked = [("water", "dam"), ("fire", "arson")]
        .map(|(name, q)| Asked { name: Some(name.into()), typed: q.into(), read_as: q.into(), ..Asked::default() })
        .to_vec();
    let hits = [(hostile().remove(0), Some("water")), (hostile().remove(4), Some("fire"))];
    let options = Options {
        names: true,
        columns: Columns::parse("hit,query").expect("good"),
        per: Per::Article,
        ..Options::default()
    };
    let (out, _) = written(Format::Csv, &options, &head, &hits);
    assert_eq!(String::from_utf8(out).expect("UTF-8"), "name,hit,query\r\nwater,1,dam\r\nfire,5,arson\r\n");
    let (out, _) = written(Format::Jsonl, &options, &head, &hits);
    assert_eq!(
        String::from_utf8(out).expect("UTF-8").lines().next(),
        Some("{\"schema_version\":1,\"hit\":1,\"query\":\"dam\",\"name\":\"water\"}")
    );
    let (out, _) = written(Format::Html, &Options::default(), &head, &hits);
    assert!(String::from_utf8(out).expect("UTF-8").contains("<h2 id=\"list-2\" dir=\"auto\">fire</h2>"));
}

#[test]
fn trec_runs_keep_the_order() {
    let mut hits: Vec<_> = hostile().into_iter().map(|h| (h, Some("q 1"))).collect();
    hits[1].0.score = 20.0;
    hits[2].0.score = f32::NAN;
    let again = (hits[0].0.clone(), Some("q 1"));
    hits.push(again);
    hits.push((hits[0].0.clone(), Some("q2")));
    let (out, counts) = written(Format::Trec, &Options::default(), &head(), &hits);
    let text = String::from_utf8(out).expect("UTF-8");
    let lines: Vec<Vec<&str>> = text.lines().map(|l| l.split(' ').collect()).collect();
    assert_eq!(counts.rows, 7, "a document once a query");
    assert_eq!(lines[0], ["q_1", "Q0", "tag:news.example,2025:_77", "1", "10", "newsdex"]);
    assert_eq!(lines[6][..4], ["q2", "Q0", "tag:news.example,2025:_77", "1"]);
    let scores: Vec<f32> = lines[..6].iter().map(|l| l[4].parse().expect("a number")).collect();
    assert!(scores.windows(2).all(|w| w[0] > w[1]), "{scores:?}");
    assert!(lines.iter().all(|l| l.len() == 6));
}

#[test]
fn markdown_quotes_and_does_not_obey() {
    let (text, rows) = list(Format::Markdown, &Options::default());
    assert_eq!(rows, 7);
    for (has, why) in [
        (
            "## 1\\. [**Dam** breaks above Brell](<https://news.example/story?id=1&x=%20y>)".replace("**Dam**", "Dam"),
            "a link",
        ),
        ("> The “old” **dam** broke, at 5:00.\n>\n> Nobody".into(), "blocks and marks"),
        ("\\<script\\>".into(), "no HTML"),
        ("> \\# **dam**".into(), "no heading"),
        ("\\[x\\](javascript".into(), "no link"),
        ("first published by Tarn \\& Sons".into(), "provenance"),
    ] {
        assert!(text.contains(&has), "{why}: {has}\n{text}");
    }
    assert!(!text.contains(['\u{1b}', '\u{202e}']) && !text.contains("[x]("));
    assert_eq!(text.matches("<script").count(), text.matches("\\<script").count());
}

#[test]
fn stable_and_sensible_when_nothing_is_found() {
    for format in Format::ALL {
        let (nothing, counts) = written(format, &Options::default(), &head(), &[]);
        assert_eq!(counts.rows, 0, "{format}");
        assert!(!nothing.is_empty() || matches!(format, Format::Jsonl | Format::Ris | Format::Bibtex | Format::Trec));
        if format != Format::Xlsx {
            assert_eq!(list(format, &Options::default()), list(format, &Options::default()), "{format}");
        }
        assert_eq!(Format::parse(format.name()).expect("its own name"), format);
    }
    assert_eq!(Format::parse("pdf").expect_err("unknown").kind(), ErrorKind::Usage);
    assert_eq!(Format::of_path(Path::new("a/b.HTML")), Some(Format::Html));
}
