//! Rules of the house that a machine can see.

use std::fs;
use std::path::{Path, PathBuf};

/// What each module may import of ours.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("error", &["model"]),
    ("guard", &[]),
    ("model", &[]),
    ("text", &["model"]),
    ("source", &["error", "model"]),
    ("clean", &["guard", "model", "text"]),
    ("corpus", &["error", "model"]),
    ("query", &["error", "model", "text"]),
    ("index", &["guard", "error", "model", "text", "query"]),
    ("passage", &["error", "model", "text", "query"]),
    ("rank", &["model", "text", "query"]),
    ("export", &["error", "guard", "model", "passage"]),
];

/// Crates that only one place may name.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("tantivy", &["src/index"]),
    ("rusqlite", &["src/corpus"]),
    ("clap", &["src/bin"]),
    ("indicatif", &["src/bin"]),
    ("anstream", &["src/bin"]),
    ("anyhow", &["src/bin"]),
];

fn sources(below: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut folders = vec![root.join(below)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") && path.file_stem().is_some_and(|n| n != "tests") {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// The code of a file: without comments and without its tests at the foot.
fn code(text: &str) -> String {
    let body = text.split("\n#[cfg(test)]\nmod tests {").next().unwrap();
    let lines = body.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn imports_follow_the_table() {
    let mut wrong = Vec::new();
    for (file, text) in sources("src") {
        let place = file.trim_start_matches("src/");
        let module = place.split(['/', '.']).next().unwrap();
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(name, _)| *name == module) else { continue };
        let code = code(&text);
        for (at, _) in code.match_indices("crate::") {
            let name: String = code[at + 7..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let ours =
                MAY_IMPORT.iter().any(|(known, _)| *known == name) || ["ingest", "search"].contains(&name.as_str());
            if ours && name != module && !allowed.contains(&name.as_str()) {
                wrong.push(format!("{file}: `{module}` imports `{name}`"));
            }
        }
    }
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn some_crates_have_one_room() {
    let mut wrong = Vec::new();
    for (file, text) in sources("src") {
        let code = code(&text);
        for (name, rooms) in ONLY_IN {
            let names = code.match_indices(name).any(|(at, _)| {
                let before = code[..at].chars().next_back().is_none_or(|c| !(c.is_alphanumeric() || c == '_'));
                before && code[at + name.len()..].starts_with("::")
            });
            if names && !rooms.iter().any(|room| file.starts_with(room)) {
                wrong.push(format!("{file} names `{name}`, which belongs in {}", rooms.join(", ")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_library_never_prints_and_never_reads_the_environment() {
    let mut wrong = Vec::new();
    for (file, text) in sources("src") {
        if file.starts_with("src/bin") {
            continue;
        }
        for word in ["println!", "eprintln!", "print!(", "eprint!(", "dbg!(", "std::env::var", "env::var("] {
            if code(&text).contains(word) {
                wrong.push(format!("{file} uses `{word}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn there_is_no_network_code() {
    let mut wrong = Vec::new();
    for (file, text) in sources("src") {
        for word in
            ["std::net::Tcp", "std::net::Udp", "net::{", "TcpStream", "TcpListener", "UdpSocket", "ToSocketAddrs"]
        {
            if code(&text).contains(word) {
                wrong.push(format!("{file} uses `{word}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // Crates bring none either: `deny.toml` refuses those that would, and the lock file has none of them.
    let lock = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock")).unwrap();
    for name in
        ["hyper", "reqwest", "ureq", "curl-sys", "openssl-sys", "native-tls", "rustls", "tokio", "socket2", "mio"]
    {
        assert!(!lock.contains(&format!("name = \"{name}\"")), "`{name}` is among the dependencies");
    }
}

#[test]
fn files_stay_small_and_names_say_something() {
    let mut wrong = Vec::new();
    for (file, text) in sources("src") {
        let lines = text.lines().count();
        if lines > 600 {
            wrong.push(format!("{file} has {lines} lines: look for the seam"));
        }
        for name in ["utils", "helpers", "common", "misc", "v2"] {
            if file.split(['/', '.', '_']).any(|part| part == name) {
                wrong.push(format!("{file}: `{name}` says nothing"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn modules_say_what_they_are_for() {
    let bare: Vec<String> =
        sources("src").into_iter().filter(|(_, text)| !text.starts_with("//!")).map(|(file, _)| file).collect();
    assert!(bare.is_empty(), "no opening words in:\n{}", bare.join("\n"));
}

#[test]
fn links_in_the_documents_lead_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut wrong = Vec::new();
    for name in [
        "README.md",
        "ARCHITECTURE.md",
        "CHANGELOG.md",
        "corpus/README.md",
        "corpus/samples/README.md",
        "index/README.md",
    ] {
        let text = fs::read_to_string(root.join(name)).unwrap_or_else(|_| panic!("{name} is missing"));
        for (at, _) in text.match_indices("](") {
            let target: String = text[at + 2..].chars().take_while(|c| *c != ')').collect();
            let target = target.split('#').next().unwrap();
            let inside = !target.is_empty() && !target.contains("://") && !target.starts_with("mailto:");
            if inside && !root.join(name).parent().unwrap().join(target).exists() {
                wrong.push(format!("{name} links to `{target}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
