//! Which outcome a document has, and what stands in the corpus after.

use std::ops::ControlFlow;

use newsdex::corpus::{Change, Corpus, Incoming, Outcome, Writer};
use newsdex::model::{Found, Reason, Rejection, Revision};

use super::making::{article, document, incoming};

const LONG: &str = "The harbour of Brackwater reopened on Monday after nine weeks of dredging.\n\n\
                    Ferries to Ostholm run again from six in the morning, the port office said, and fishing boats may \
                    use the inner basin until the autumn tides.";

fn home() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn changes(corpus: &Corpus, since: u64) -> Vec<String> {
    let mut seen = Vec::new();
    corpus
        .changes_since(Revision(since), &mut |change| {
            seen.push(match change {
                // It is met where it changed last.
                Change::Later { .. } => return ControlFlow::Continue(()),
                Change::Put(stored) => format!("{}:{}@{}", stored.key, stored.version, stored.revision),
                Change::Deleted { key, revision } => format!("-{key}@{revision}"),
            });
            ControlFlow::Continue(())
        })
        .unwrap();
    seen
}

#[test]
fn twice_the_same_changes_nothing() {
    let home = home();
    let batch = || {
        vec![
            incoming("a.txt", 1, article("https://brackwater.example/1", "Harbour reopens", LONG)),
            incoming("b.txt", 1, article("https://brackwater.example/2", "Ferry fares rise", "Fares rise in May.")),
        ]
    };
    let mut writer = Writer::open(home.path(), "test").unwrap();
    assert_eq!(writer.put(batch()).unwrap(), [Outcome::Added { key: 1 }, Outcome::Added { key: 2 }]);
    assert_eq!(writer.put(batch()).unwrap(), [Outcome::Duplicate { of: 1 }, Outcome::Duplicate { of: 2 }]);
    assert_eq!(writer.revision().unwrap(), Revision(1));
    drop(writer);
    let before = std::fs::read(Corpus::path_in(home.path())).unwrap();
    let mut writer = Writer::open(home.path(), "test").unwrap();
    assert_eq!(writer.put(batch()).unwrap(), [Outcome::Unchanged { key: 1 }, Outcome::Unchanged { key: 2 }]);
    assert_eq!(writer.revision().unwrap(), Revision(1));
    drop(writer);
    assert_eq!(before, std::fs::read(Corpus::path_in(home.path())).unwrap(), "not a byte of the file changes");
}

#[test]
fn a_changed_article_is_a_new_version_and_the_old_one_stays() {
    let home = home();
    let url = "https://brackwater.example/1";
    let first = article(url, "Harbour reopens", LONG);
    let second = article(url, "Harbour reopens after nine weeks", &LONG.replace("Monday", "Tuesday"));
    let mut writer = Writer::open(home.path(), "test").unwrap();
    writer.put(vec![incoming("a.txt", 1, first.clone())]).unwrap();
    let outcome = writer.put(vec![incoming("b.txt", 1, second.clone())]).unwrap();
    assert_eq!(outcome, [Outcome::Updated { key: 1, version: 2 }]);
    assert_eq!(writer.article(1).unwrap().unwrap().article, second);
    assert_eq!(writer.article_version(1, 1).unwrap().unwrap().article, first);
    assert_eq!(writer.document(1, 1).unwrap().unwrap(), document("a.txt", 1, &first.text));
    assert_eq!(writer.document(1, 2).unwrap().unwrap(), document("b.txt", 1, &second.text));
    let versions: Vec<u32> = writer.versions(1).unwrap().iter().map(|stored| stored.version).collect();
    assert_eq!(versions, [1, 2]);
    // The first version again, as a second pass over the same files brings it.
    assert_eq!(writer.put(vec![incoming("a.txt", 1, first)]).unwrap(), [Outcome::Duplicate { of: 1 }]);
    assert_eq!(changes(&writer, 0), ["1:2@2"]);
    assert_eq!(changes(&writer, 1), ["1:2@2"]);
    assert!(changes(&writer, 2).is_empty());
    assert!(writer.check(&mut |_, _| {}).unwrap().whole());
}

#[test]
fn an_excerpt_never_takes_the_place_of_the_full_text() {
    let url = "https://brackwater.example/1";
    let full = article(url, "Harbour reopens", LONG);
    let mut flagged = article(url, "Harbour reopens", "The harbour of Brackwater reopened on Monday.");
    flagged.flags.truncated = true;
    let cut = article(url, "Harbour reopens", "The harbour of Brackwater reopened on Monday after nine…");
    for excerpt in [flagged, cut] {
        let home = home();
        let mut writer = Writer::open(home.path(), "test").unwrap();
        writer.put(vec![incoming("page.html", 1, full.clone())]).unwrap();
        let outcome = writer.put(vec![incoming("feed.xml", 3, excerpt.clone())]).unwrap();
        assert_eq!(outcome, [Outcome::Duplicate { of: 1 }]);
        assert_eq!(writer.article(1).unwrap().unwrap().article, full);
        assert_eq!(writer.article_version(1, 2).unwrap().unwrap().article, excerpt, "kept among the versions");
        let revision = writer.revision().unwrap();
        assert_eq!(writer.put(vec![incoming("feed.xml", 3, excerpt)]).unwrap(), [Outcome::Duplicate { of: 1 }]);
        assert_eq!(writer.revision().unwrap(), revision);
    }
}

#[test]
fn the_full_text_takes_the_place_of_an_excerpt() {
    let home = home();
    let url = "https://brackwater.example/1";
    let mut excerpt = article(url, "Harbour reopens", "The harbour of Brackwater reopened…");
    excerpt.flags.truncated = true;
    let full = article(url, "Harbour reopens", LONG);
    let mut writer = Writer::open(home.path(), "test").unwrap();
    writer.put(vec![incoming("feed.xml", 1, excerpt)]).unwrap();
    assert_eq!(
        writer.put(vec![incoming("p.html", 1, full.clone())]).unwrap(),
        [Outcome::Updated { key: 1, version: 2 }]
    );
    assert_eq!(writer.article(1).unwrap().unwrap().article, full);
}

#[test]
fn entries_that_share_an_address_by_mistake_stay_apart() {
    let home = home();
    let url = "https://brackwater.example/";
    let with_guid = |guid: &str, title: &str, text: &str| {
        let mut article = article(url, title, text);
        article.provenance.guid = Some(Found { value: guid.to_owned(), found: "rss:guid".to_owned() });
        article
    };
    let batch = || {
        vec![
            incoming("feed.xml", 1, with_guid("n1", "Harbour reopens", LONG)),
            incoming("feed.xml", 2, with_guid("n2", "Mill burns down", "The old mill on Salt Lane burned down.")),
            incoming("feed.xml", 3, article(url, "Choir wins prize", "A choir from Ostholm won first prize at Lund.")),
        ]
    };
    let mut writer = Writer::open(home.path(), "test").unwrap();
    let added = writer.put(batch()).unwrap();
    assert_eq!(added, [Outcome::Added { key: 1 }, Outcome::Added { key: 2 }, Outcome::Added { key: 3 }]);
    drop(writer);
    let mut writer = Writer::open(home.path(), "test").unwrap();
    let again = writer.put(batch()).unwrap();
    assert_eq!(again, [Outcome::Unchanged { key: 1 }, Outcome::Unchanged { key: 2 }, Outcome::Unchanged { key: 3 }]);
}

#[test]
fn a_refused_document_is_listed_once_and_kept_if_asked() {
    let home = home();
    let original = document("x.bin", 1, "no article at all");
    let rejection = Rejection {
        origin: original.origin.clone(),
        reason: Reason::NoText,
        detail: "`x.bin`: no text".to_owned(),
        claims: Vec::new(),
    };
    let mut writer = Writer::open(home.path(), "test").unwrap();
    let refused = |document| vec![Incoming::Refused { document, rejection: rejection.clone() }];
    assert_eq!(writer.put(refused(None)).unwrap(), [Outcome::Rejected]);
    assert_eq!(writer.put(refused(None)).unwrap(), [Outcome::Rejected]);
    assert_eq!(writer.revision().unwrap(), Revision(1), "the same again is not written");
    writer.put(refused(Some(original.clone()))).unwrap();
    let mut listed = Vec::new();
    writer.rejected(&mut |row| listed.push(row)).unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].origin, "x.bin@1");
    assert_eq!(listed[0].reason, Some(Reason::NoText));
    assert_eq!(writer.rejected_document(listed[0].document.unwrap()).unwrap().unwrap(), original);
}

#[test]
fn replacing_and_taking_out() {
    let home = home();
    let one = article("https://brackwater.example/1", "Harbour reopens", LONG);
    let two = article("https://brackwater.example/2", "Mill burns down", "The old mill burned down.");
    let mut writer = Writer::open(home.path(), "test").unwrap();
    writer.put(vec![incoming("a.txt", 1, one.clone()), incoming("b.txt", 1, two)]).unwrap();
    let better = article("https://brackwater.example/1", "Harbour reopens", LONG.split("\n\n").next().unwrap());
    writer.replace(vec![(1, Some(better.clone())), (2, None)]).unwrap();
    assert_eq!(writer.article(1).unwrap().unwrap().article, better);
    assert_eq!(writer.document(1, 2).unwrap().unwrap(), document("a.txt", 1, &one.text), "the original stays");
    assert_eq!(writer.article(2).unwrap(), None);
    assert_eq!(changes(&writer, 1), ["1:2@2", "-2@2"]);
    assert_eq!(changes(&writer, 0), ["1:2@2", "-2@2"]);
    let statistics = writer.statistics().unwrap();
    assert_eq!((statistics.articles, statistics.versions, statistics.documents), (1, 3, 2));
    assert!(writer.check(&mut |_, _| {}).unwrap().whole());
    assert_eq!(writer.sources().unwrap()[0].articles, 1);
}

#[test]
fn an_id_is_found_by_its_beginning() {
    let home = home();
    let one = article("https://brackwater.example/1", "Harbour reopens", LONG);
    let two = article("https://brackwater.example/2", "Mill burns down", "The old mill burned down.");
    let mut writer = Writer::open(home.path(), "test").unwrap();
    writer.put(vec![incoming("a.txt", 1, one.clone()), incoming("b.txt", 1, two)]).unwrap();
    assert_eq!(writer.by_id(&one.id.as_str()[..6]).unwrap().unwrap().key, 1);
    assert_eq!(writer.by_id(one.id.as_str()).unwrap().unwrap().key, 1);
    assert_eq!(writer.by_id("zzzz").unwrap(), None);
    let error = writer.by_id("").unwrap_err();
    assert!(error.to_string().contains("several articles"), "{error}");
}
