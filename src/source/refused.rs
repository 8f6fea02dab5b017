//! Formats that hold articles or stand among them and are not read: named, each with a way out where there is one.
//! Taken for plain text they would be articles of nonsense.

use super::sniff::Head;
use crate::model::Reason;

/// Why a stream with this head is not read, if it is of such a format.
pub fn reason(head: &Head<'_>) -> Option<(Reason, String)> {
    let unread = |what: &str, way: &str| Some((Reason::Unsupported, format!("{what}, which is not read: {way}")));
    let other = |what: &str| Some((Reason::NotAnArticle, what.to_owned()));
    let text = head.text.as_str();
    match head.local_root() {
        "mediawiki" => {
            return unread(
                "a dump of a wiki (MediaWiki)",
                "turn its pages into JSON first, for example with `wikiextractor --json`",
            );
        }
        "alto" | "mets" | "pcgts" => {
            return unread("scanned pages (ALTO, METS)", "ingest their text or its export as JSON");
        }
        "plist" if text.contains("WebMainResource") => {
            return unread(
                "a web archive of Safari as XML",
                "`plutil -convert binary1 FILE` makes it what Safari writes",
            );
        }
        "xml" if text.contains("<ref-type") => return unread("references in EndNote's XML", "export them as RIS"),
        "rdf" if text.contains("zotero.org/namespaces/export") => {
            return unread("references in Zotero's RDF", "export them as RIS or CSL JSON");
        }
        "doc" | "text" if is_vertical(text) => {
            return unread("a corpus of one word a line", "ingest the texts it was made from");
        }
        "svg" => return other("a drawing (SVG)"),
        _ => {}
    }
    if !head.root.is_empty() {
        return None;
    }
    if is_bibtex(text) {
        return unread("references in BibTeX", "export them as RIS or CSL JSON");
    }
    if text.starts_with("%0 ") && head.lines(20).any(|line| line.starts_with("%T ")) {
        return unread("references in EndNote's tagged form", "export them as RIS");
    }
    if is_sql(text) {
        return unread("a dump of a database (SQL)", "export the table as CSV or JSON");
    }
    let named = |ends: &[&str]| ends.iter().any(|end| head.name.ends_with(end));
    let marks =
        |signs: &str| text.chars().take(4096).filter(|c| signs.contains(*c)).count() * 60 > text.len().min(4096);
    if named(&[".css", ".scss", ".less"]) && marks("{}:;") {
        return other("a style sheet");
    }
    if named(&[".js", ".mjs", ".cjs", ".ts", ".jsx"]) && marks("{}();=") && !super::json::is_call(text) {
        return other("a program of a page (JavaScript)");
    }
    None
}

/// `@article{key, title = {…}`: an entry first, or behind comments.
fn is_bibtex(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('%'));
    let entry = lines.next().and_then(|line| line.strip_prefix('@')).and_then(|line| line.split_once(['{', '(']));
    let Some((kind, _)) = entry.filter(|(kind, _)| kind.trim().bytes().all(|b| b.is_ascii_alphabetic())) else {
        return false;
    };
    let field =
        |line: &str| line.split_once('=').is_some_and(|(name, _)| name.trim().bytes().all(|b| b.is_ascii_alphabetic()));
    kind.len() <= 20 && (text.lines().next().is_some_and(|line| line.contains('=')) || lines.take(5).any(field))
}

fn is_sql(text: &str) -> bool {
    let start = text.get(..text.floor_char_boundary(8192)).unwrap_or(text);
    let head = start.trim_start_matches(['-', ' ', '\n', '\r', '/', '*', '!']);
    let signed = ["MySQL dump", "MariaDB dump", "PostgreSQL database dump", "phpMyAdmin SQL Dump", "Adminer "];
    signed.iter().any(|sign| head.starts_with(sign))
        || (start.contains("INSERT INTO ") || start.contains("COPY "))
            && (start.contains("CREATE TABLE ") || start.contains("PRAGMA foreign_keys") || start.contains("VALUES ("))
            && start.trim_start().starts_with(['-', '/', 'C', 'D', 'I', 'S', 'P', 'B', 'U'])
            && start.lines().filter(|line| line.trim_end().ends_with([';', ','])).count() >= 2
}

/// Most lines are a word with its tags, parted by tabs.
fn is_vertical(text: &str) -> bool {
    let lines = || text.lines().take(200).filter(|line| !line.starts_with('<') && !line.trim().is_empty());
    let words =
        lines().filter(|line| line.split('\t').count() >= 2 && !line.split('\t').next().unwrap_or("").contains(' '));
    lines().count() >= 4 && words.count() * 10 > lines().count() * 8
}
