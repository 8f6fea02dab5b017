//! The process that is killed, starved and unplugged: it ingests and reports each article as a program would, on its
//! output. And what must hold of a home whatever became of it.

use std::collections::HashSet;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use newsdex::corpus::Corpus;
use newsdex::index::Index;
use newsdex::ingest::{Event, Options, ingest};
use newsdex::search::catch_up;

const HOME: &str = "NEWSDEX_TEST_CHILD_HOME";
const INPUT: &str = "NEWSDEX_TEST_CHILD_INPUT";
const BATCH: &str = "NEWSDEX_TEST_CHILD_BATCH";

/// Articles as lines of JSON.
pub fn lines(from: usize, to: usize) -> String {
    let line = |n: usize| {
        format!(
            r#"{{"id":"b{n}","url":"https://brackwater.example/{n}","title":"Council meets for the {n}th time","text":"The council of Brackwater met for the {n}th time on Monday.\n\nIt voted on {} points and sent the plan for ferry landing {} back to the port office."}}"#,
            n * 7,
            n % 13
        )
    };
    (from..to).map(line).collect::<Vec<_>>().join("\n")
}

/// The files below `input`, in order: each is a run of its own, with its own commits of the index.
pub fn runs(input: &Path) -> Vec<PathBuf> {
    if input.is_file() {
        return vec![input.to_owned()];
    }
    let mut files: Vec<PathBuf> = fs::read_dir(input).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// Not a test by itself: what the child does. An error ends it with a message, not with a panic.
#[test]
fn child() {
    let (Ok(home), Ok(input)) = (std::env::var(HOME), std::env::var(INPUT)) else { return };
    // Small batches: many commits to be killed in.
    let batch = std::env::var(BATCH).unwrap().parse().unwrap();
    let options = Options { batch, ..Options::default() };
    let mut out = std::io::stdout();
    for file in runs(Path::new(&input)) {
        let done = ingest(Path::new(&home), &[file], &options, &mut |event| {
            if let Event::Done { id, .. } = event {
                // On a full disk there is nobody to tell.
                let _ = writeln!(out, "reported {id}");
            }
        });
        if let Err(error) = done {
            eprintln!("refused: {error}");
            std::process::exit(3);
        }
    }
    let _ = writeln!(out, "reported all");
    std::process::exit(0);
}

/// The command that runs the child; `through` goes in front of it.
pub fn command(through: &[&str], home: &Path, input: &Path, batch: usize) -> Command {
    let own = std::env::current_exe().unwrap();
    let mut command = match through {
        [] => Command::new(&own),
        [program, arguments @ ..] => {
            let mut command = Command::new(program);
            command.args(arguments).arg(&own);
            command
        }
    };
    command.args(["ingest::child::child", "--exact", "--nocapture", "--test-threads=1"]);
    command.env(HOME, home).env(INPUT, input).env(BATCH, batch.to_string());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Gathers what a child reports and says until its outputs are closed.
pub struct Heard {
    /// How many articles were reported so far.
    pub count: Arc<AtomicUsize>,
    reported: std::thread::JoinHandle<Vec<String>>,
    said: std::thread::JoinHandle<String>,
}

impl Heard {
    pub fn of(child: &mut Child) -> Self {
        let (out, err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
        let count = Arc::new(AtomicUsize::new(0));
        let counted = count.clone();
        let reported = std::thread::spawn(move || {
            let lines = BufReader::new(out).lines().map_while(Result::ok);
            let ids = lines.filter_map(|line| line.split_once("reported ").map(|(_, id)| id.to_owned()));
            ids.inspect(|_| _ = counted.fetch_add(1, Ordering::Relaxed)).collect()
        });
        let said = std::thread::spawn(move || {
            let lines = BufReader::new(err).lines().map_while(Result::ok);
            lines.collect::<Vec<_>>().join("\n")
        });
        Self { count, reported, said }
    }

    /// What was reported (`all` at the very end), and what was said beside it.
    pub fn end(self) -> (Vec<String>, String) {
        (self.reported.join().unwrap(), self.said.join().unwrap())
    }
}

/// Holds of every home at every time: what was reported is there, once; the corpus is whole; the index can be brought up and
/// then has each article once, and is whole too. `context` names the fault for the message.
pub fn nothing_is_lost(home: &Path, reported: &HashSet<String>, context: &str) {
    let corpus = match Corpus::open(home) {
        Ok(corpus) => corpus,
        Err(error) => return assert!(reported.is_empty(), "{context}: {error}"),
    };
    let articles = corpus.articles_after(0, usize::MAX >> 1).unwrap_or_else(|error| panic!("{context}: {error}"));
    let stored: HashSet<String> = articles.iter().map(|stored| stored.article.id.to_string()).collect();
    assert_eq!(stored.len(), articles.len(), "{context}: something is there twice");
    assert!(
        reported.is_subset(&stored),
        "{context}: {} of {} reported are missing",
        reported.difference(&stored).count(),
        reported.len()
    );
    let findings = corpus.check(&mut |_, _| {}).unwrap();
    assert!(findings.whole(), "{context}: {findings:?}");
    let opened = Index::open(&home.join("index")).unwrap_or_else(|error| panic!("{context}: {error}"));
    catch_up(&corpus, &opened.index, 64 << 20, None).unwrap_or_else(|error| panic!("{context}: {error}"));
    let reader = opened.index.reader().unwrap();
    assert_eq!(reader.articles(), stored.len() as u64, "{context}: the index has each article once");
    assert_eq!(opened.index.verify().unwrap(), Vec::<String>::new(), "{context}");
}

/// The same run once more, undisturbed, gets to the end.
pub fn goes_on(home: &Path, input: &Path, expected: u64, context: &str) {
    for file in runs(input) {
        ingest(home, &[file], &Options::default(), &mut |_| {}).unwrap_or_else(|error| panic!("{context}: {error}"));
    }
    let corpus = Corpus::open(home).unwrap();
    assert_eq!(corpus.statistics().unwrap().articles, expected, "{context}: the run goes on where it was");
    nothing_is_lost(home, &HashSet::new(), context);
}
