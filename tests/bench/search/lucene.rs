//! Lucene as a peer, where Java is there: a program of a page (`Lucene.java`) that is started beside the bench and asked by lines.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// The Java process, with its index open.
pub(crate) struct Lucene {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    /// As it calls itself.
    pub(crate) version: String,
}

impl Lucene {
    /// Starts it with the classes in the folder that `NEWSDEX_LUCENE` names and the Java that `JAVA` does, its index in `folder`,
    /// filled from `articles` if it is not there. `None`, and a line that says so, without the variable.
    pub(crate) fn start(folder: &Path, articles: impl Iterator<Item = (String, String)>) -> Option<Self> {
        let Ok(classes) = std::env::var("NEWSDEX_LUCENE") else {
            println!(
                "Lucene       skipped: NEWSDEX_LUCENE names no folder with lucene-core.jar and lucene-analysis-common.jar"
            );
            return None;
        };
        let java = std::env::var("JAVA").unwrap_or_else(|_| "java".to_owned());
        let mut child = Command::new(java)
            .args(["-Xmx2g", "--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", "-cp"])
            .arg(format!("{classes}/lucene-core.jar:{classes}/lucene-analysis-common.jar"))
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/bench/search/Lucene.java"))
            .arg(folder.join("lucene"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("java can be started");
        let (to, from) = (child.stdin.take().expect("a pipe"), child.stdout.take().expect("a pipe"));
        let mut lucene = Self { child, to, from: BufReader::new(from), version: String::new() };
        let mut said = lucene.heard();
        if said == "index" {
            for (title, text) in articles {
                let line = |text: &str| text.replace(['\n', '\r'], " ");
                let title = if title.trim().is_empty() { "-".to_owned() } else { line(&title) };
                writeln!(lucene.to, "{title}\n{}", line(&text)).expect("Lucene takes an article");
            }
            writeln!(lucene.to).expect("Lucene takes the end");
            said = lucene.heard();
        }
        lucene.version = said.strip_prefix("ready ").expect("Lucene is ready").to_owned();
        Some(lucene)
    }

    fn heard(&mut self) -> String {
        let mut line = String::new();
        self.from.read_line(&mut line).expect("Lucene answers");
        line.trim_end().to_owned()
    }

    /// Milliseconds, by its own clock, of the best ten with their stored documents: kind 0 is a word, 1 OR, 2 AND, 3 a phrase.
    pub(crate) fn search(&mut self, kind: usize, words: &[String]) -> f64 {
        writeln!(self.to, "{kind} {}", words.join(" ")).expect("Lucene is asked");
        self.to.flush().expect("Lucene is asked");
        let answer = self.heard();
        let nanoseconds = answer.split(' ').next().and_then(|first| first.parse::<f64>().ok());
        nanoseconds.expect("Lucene answers with a number") / 1e6
    }
}

impl Drop for Lucene {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
