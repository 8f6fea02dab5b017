//! A list is of one revision of the corpus, the one it names, whatever is written while it is made.

use std::ops::ControlFlow;

use newsdex::corpus::{Change, Corpus};
use newsdex::index::{Index, Writer};
use newsdex::model::Revision;

use super::{line, take_in};
use crate::sandbox::Sandbox;

fn lemur(n: u32, day: &str, text: &str) -> String {
    line(&format!("l{n}"), &format!("Note {n}"), &format!("{day}T10:00:00Z"), text)
}

/// Six articles at revision 1; at revision 2 two of them say something else, two no longer answer, one answers that did not.
fn changed_twice(sandbox: &Sandbox) -> Writer {
    let first = |n: u32| lemur(n, "2025-03-01", &format!("The lemur of hall {n} sleeps. It is fed at noon."));
    let mut lines: Vec<String> = (1..=6).map(first).collect();
    lines.push(lemur(7, "2025-03-01", "The otter swims."));
    take_in(sandbox, "a.jsonl", &lines);
    sandbox.run(&["save", "zoo", "lemur"]).ended(0);
    sandbox.run(&["search", "lemur"]).ended(0);
    // As another process that writes to the index.
    let index = Index::open_as_is(&sandbox.path("index")).unwrap().unwrap().index;
    let busy = index.writer(20_000_000).unwrap();
    let later = [
        lemur(1, "2025-03-05", "The lemur of hall 1 woke up and left the house by the roof."),
        lemur(2, "2025-03-05", "The lemur of hall 2 woke up and left the house by the door."),
        lemur(3, "2025-03-05", "The stork of hall 3 woke up and left the house by the roof."),
        lemur(4, "2025-03-05", "The stork of hall 4 woke up and left the house by the door."),
        lemur(7, "2025-03-05", "The otter swims, and a lemur looks on."),
    ];
    take_in(sandbox, "b.jsonl", &later);
    busy
}

#[test]
fn a_list_beside_a_writer_is_of_the_revision_it_names() {
    let sandbox = Sandbox::new();
    let busy = changed_twice(&sandbox);
    let path = sandbox.path("list.csv");
    let path = path.to_str().unwrap();
    let args = ["export", "lemur", "--format", "csv", "--columns", "article_id,version,passage", "-o", path];
    let said = sandbox.run(&args).ended(0).err;
    assert!(said.contains("6 rows of 6 articles") && said.matches("1 revision behind").count() == 1, "{said}");
    let list = std::fs::read_to_string(path).unwrap();
    assert_eq!(list.matches(",1,The lemur of hall").count(), 6, "{list}");
    let manifest = std::fs::read_to_string(sandbox.path("list.csv.manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    assert_eq!((&manifest["corpus_revision"], &manifest["total_articles"]), (&1.into(), &6.into()));
    assert!(manifest["notes"][0].as_str().unwrap().contains("those of revision 1"), "{manifest}");
    let shown = sandbox.run(&["search", "lemur", "--sort", "date", "--no-collapse"]).ended(0).out;
    assert!(shown.contains("1–6 of 6 articles"), "{shown}");
    // A look is of that revision too: nothing is told before its time, and all of it then.
    sandbox.run(&["new"]).ended(1);
    drop(busy);
    let told = sandbox.run(&["new"]).ended(0).out;
    assert!(told.contains("zoo: 3 new") && told.contains("zoo: 2 answer no more"), "{told}");
    sandbox.run(&["new"]).ended(1);
    // What was written then is proven now.
    let proven = sandbox.run(&["check", path]).ended(0);
    assert!(proven.out.contains("proven: 6 of 6"), "{}", proven.out);
    assert!(sandbox.run(&["export", "lemur", "--format", "csv"]).ended(0).out.lines().count() == 6);
}

#[test]
fn the_past_beside_a_writer_too() {
    let sandbox = Sandbox::new();
    let _busy = changed_twice(&sandbox);
    let rows = |day: &str| {
        let columns = ["--columns", "article_id,version", "--format", "csv", "--as-of", day];
        sandbox.run(&[&["export", "lemur"][..], &columns].concat()).ended(0).out
    };
    assert_eq!(rows("2025-03-02"), rows("2025-03-09"));
    assert_eq!(rows("2025-03-09").matches(",1\n").count() + rows("2025-03-09").matches(",1\r\n").count(), 6);
}

#[test]
fn what_changes_again_later_is_named() {
    let sandbox = Sandbox::new();
    drop(changed_twice(&sandbox));
    let corpus = Corpus::open(&sandbox.path(".")).unwrap();
    let (mut later, mut put) = (0, 0);
    corpus
        .changes_since(Revision(0), &mut |change| {
            match change {
                Change::Later { key, revision } => {
                    later += 1;
                    assert_eq!(revision, Revision(1));
                    assert_eq!(corpus.newest_at(key, revision).unwrap().unwrap().version, 1);
                }
                Change::Put(_) => put += 1,
                Change::Deleted { .. } => panic!("nothing was taken out"),
            }
            ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!((later, put), (5, 7));
}
