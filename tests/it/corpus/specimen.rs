//! A database of each format, written when that format was current, is read for ever (or refused with the way out).

use std::path::PathBuf;

use newsdex::corpus::{AddressOutcome, Corpus, FORMAT, Incoming, Writer};
use newsdex::model::{Address, AddressKind, Field, Found, Reason, Rejection, Removed, Yield};

use super::making::{article, document, incoming};

fn fixture(format: u32) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fixtures/corpus/format{format}.db.zst"))
}

/// A home that holds the specimen of a format.
fn home(format: u32) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let database = zstd::decode_all(std::fs::File::open(fixture(format)).unwrap()).unwrap();
    std::fs::create_dir(home.path().join("corpus")).unwrap();
    std::fs::write(Corpus::path_in(home.path()), database).unwrap();
    home
}

fn batch() -> Vec<Incoming> {
    let mut with_removed = article(
        "https://brackwater.example/1",
        "Harbour reopens",
        "The harbour of Brackwater reopened on Monday.\n\nFerries to Ostholm run again.",
    );
    with_removed.removed = vec![Removed {
        text: "First published in the Ostholm Observer.".to_owned(),
        at: 47,
        rule: "footer.first-published".to_owned(),
        yields: vec![Yield { field: Field::FirstPublishedIn, value: "Ostholm Observer".to_owned() }],
    }];
    let found = "footer.first-published".to_owned();
    with_removed.provenance.first_published_in = Some(Found { value: "Ostholm Observer".to_owned(), found });
    let refused = document("empty.txt", 1, "");
    let rejection = Rejection {
        origin: refused.origin.clone(),
        reason: Reason::Empty,
        detail: "nothing in it".to_owned(),
        claims: Vec::new(),
    };
    vec![
        incoming("feed.xml", 1, with_removed),
        incoming("feed.xml", 2, article("https://brackwater.example/2", "Ferry fares rise", "Fares rise in May.")),
        Incoming::Refused { document: Some(refused), rejection },
    ]
}

fn second() -> Incoming {
    incoming("feed2.xml", 1, article("https://brackwater.example/2", "Ferry fares rise", "Fares rise in June."))
}

/// `NEWSDEX_WRITE_SPECIMEN=1` writes the specimen of the current format, once, when the format number rises.
#[test]
fn the_specimen_is_read() {
    if std::env::var_os("NEWSDEX_WRITE_SPECIMEN").is_some() {
        let home = tempfile::tempdir().unwrap();
        let mut writer = Writer::open(home.path(), "specimen").unwrap();
        writer.put(batch()).unwrap();
        writer.put(vec![second()]).unwrap();
        writer.put_addresses(&[address()]).unwrap();
        writer.tidy().unwrap();
        drop(writer);
        let bytes = std::fs::read(Corpus::path_in(home.path())).unwrap();
        std::fs::create_dir_all(fixture(FORMAT).parent().unwrap()).unwrap();
        std::fs::write(fixture(FORMAT), zstd::encode_all(&bytes[..], 19).unwrap()).unwrap();
    }
    for format in 1..=FORMAT {
        let home = home(format);
        holds_what_was_put(&Corpus::open(home.path()).unwrap());
        // The first writer brings an older one up to date, and nothing is lost by it.
        let mut writer = Writer::open(home.path(), "specimen").unwrap();
        let again = writer.put_addresses(&[address()]).unwrap();
        assert_eq!(again, [if format == FORMAT { AddressOutcome::Known } else { AddressOutcome::Added }]);
        drop(writer);
        let corpus = Corpus::open(home.path()).unwrap();
        holds_what_was_put(&corpus);
        let mut addresses = Vec::new();
        corpus.addresses(&mut |address| addresses.push(address)).unwrap();
        assert_eq!(addresses, [address()]);
    }
}

fn address() -> Address {
    Address {
        url: "https://brackwater.example/feed".to_owned(),
        kind: AddressKind::Feed,
        title: "Brackwater Post".to_owned(),
        folders: vec!["Coast".to_owned()],
        list: "feeds.opml".to_owned(),
        added: "2026-06-01T10:00:00Z".to_owned(),
        ..Address::default()
    }
}

fn holds_what_was_put(corpus: &Corpus) {
    let stored = |incoming: Incoming| match incoming {
        Incoming::Article { article, document } => (*article, document),
        Incoming::Refused { .. } => unreachable!("an article is asked for"),
    };
    let (first, original) = stored(batch().swap_remove(0));
    assert_eq!(corpus.article(1).unwrap().unwrap().article, first);
    assert_eq!(corpus.document(1, 1).unwrap().unwrap(), original);
    assert_eq!(corpus.article(2).unwrap().unwrap().article, stored(second()).0);
    assert_eq!(corpus.versions(2).unwrap().len(), 2);
    assert_eq!(corpus.revision().unwrap().0, 2);
    assert_eq!(corpus.statistics().unwrap().rejected, 1);
    assert!(corpus.check(&mut |_, _| {}).unwrap().whole());
}
