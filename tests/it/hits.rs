//! Hit lists as evidence, end to end: what is exported, when, of which version, and what is proven of it later.
mod as_of;
mod books;
mod ledger;
mod lists;
mod proof;
mod revisions;
mod saved;

use std::path::PathBuf;

use crate::sandbox::Sandbox;

/// A document as a line of JSON.
pub fn line(id: &str, title: &str, got: &str, text: &str) -> String {
    let object = serde_json::json!({
        "id": id, "url": format!("https://dale.example/{id}"), "title": title, "author": "Ina Holt",
        "source": "Dale Gazette", "date": &got[..10], "fetched": got, "language": "en", "text": text,
    });
    format!("{object}\n")
}

/// Ingests lines as a file of their own.
pub fn take_in(sandbox: &Sandbox, name: &str, lines: &[String]) -> PathBuf {
    let path = sandbox.write(name, lines.concat());
    sandbox.run(&["ingest", "-q", path.to_str().unwrap()]).ended(0);
    path
}
