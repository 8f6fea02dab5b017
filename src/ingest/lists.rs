//! Lists of addresses into the corpus: subscriptions and sitemaps, kept to be fetched some day.

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use url::{Host, Url};

use crate::corpus::{AddressOutcome, Corpus, Writer};
use crate::error::{ErrorKind, Result};
use crate::model::Address;
use crate::source::{self, Item, Link, Links};

/// What a lock calls this work.
const TASK: &str = "newsdex sources import";

/// Addresses stored in one transaction.
const BATCH: usize = 10_000;

/// Longer addresses lead nowhere (RFC 9110, section 4.1 asks for 8,000 bytes).
const LONGEST: usize = 8_192;

/// Characters kept of a title and the like.
const LONGEST_TEXT: usize = 1_000;

/// What became of the addresses of some lists.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// Files read.
    pub files: u64,
    /// Lists found in them.
    pub lists: u64,
    /// Addresses seen.
    pub seen: u64,
    /// New ones.
    pub added: u64,
    /// Known ones of which a list says something else now.
    pub changed: u64,
    /// Known ones.
    pub known: u64,
    /// Named once more in this run; the first naming counts.
    pub repeated: u64,
    /// How many of the paths given are not there; each is among the rejected.
    pub missing: u64,
    /// Addresses that are none, and files that are no lists.
    pub rejected: Vec<Refused>,
}

/// An address or a file that was not taken, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The list or file.
    pub origin: String,
    /// The address as written; empty where the whole file is refused.
    pub address: String,
    /// Why.
    pub detail: String,
}

/// Reads the lists in `paths` (OPML, sitemaps, robots.txt, plain lists; packed as well) and keeps their addresses in
/// the corpus of `home`. With `dry_run` nothing is written. A file that is no list is refused and the others are read.
///
/// # Errors
/// As for [`ingest`](super::ingest()).
pub fn import(
    home: &Path,
    paths: &[PathBuf],
    reading: &source::Options,
    now: Timestamp,
    dry_run: bool,
) -> Result<ImportReport> {
    let mut report = ImportReport::default();
    let mut found: Vec<Address> = Vec::new();
    let mut seen = HashSet::new();
    let files = source::find(paths);
    if let Some(error) = files.nothing_there() {
        return Err(error);
    }
    report.missing = files.missing;
    report.rejected.extend(files.rejected.iter().map(|r| refused(&r.origin.to_string(), "", &r.detail)));
    for file in files.files {
        report.files += 1;
        // Articles of one file are one refusal.
        let mut articles = 0u64;
        source::read_path(&file, reading, &mut |item| {
            match item {
                Item::Links(links) => take(links, now, &mut seen, &mut found, &mut report),
                Item::Rejected(r) => report.rejected.push(refused(
                    &r.origin.to_string(),
                    "",
                    &format!("{}: {}", r.reason.words(), r.detail),
                )),
                Item::Document(_) => articles += 1,
                Item::Skipped { .. } => {}
            }
            ControlFlow::Continue(())
        })?;
        if articles > 0 {
            let many = if articles == 1 { "a document" } else { "documents" };
            let detail = format!("{many}, no list of addresses: take it in with `newsdex ingest`");
            report.rejected.push(refused(&file.to_string_lossy(), "", &detail));
        }
    }
    store(home, &found, dry_run, &mut report)?;
    Ok(report)
}

fn refused(origin: &str, address: &str, detail: &str) -> Refused {
    Refused { origin: origin.to_owned(), address: address.to_owned(), detail: detail.to_owned() }
}

/// The addresses of a list that can be fetched.
fn take(links: Links, now: Timestamp, seen: &mut HashSet<String>, found: &mut Vec<Address>, report: &mut ImportReport) {
    report.lists += 1;
    let origin = links.origin.to_string();
    let list = origin.strip_suffix("@1").unwrap_or(&origin).to_owned();
    for link in links.links {
        report.seen += 1;
        match web_address(&link.url) {
            Err(detail) => {
                let shown: String = link.url.chars().take(200).collect();
                report.rejected.push(refused(&list, &shown, detail));
            }
            Ok(url) if !seen.insert(url.clone()) => report.repeated += 1,
            Ok(url) => found.push(address(url, link, &list, now)),
        }
    }
}

fn address(url: String, link: Link, list: &str, now: Timestamp) -> Address {
    let short = |text: String| match text.char_indices().nth(LONGEST_TEXT) {
        Some((end, _)) => text[..end].to_owned(),
        None => text,
    };
    Address {
        url,
        kind: link.kind,
        title: short(link.title),
        folders: link.folders.into_iter().map(short).collect(),
        site: short(link.site),
        date: short(link.date),
        language: short(link.language),
        keywords: short(link.keywords),
        list: list.to_owned(),
        added: now.to_string(),
    }
}

/// An address as written to the one it is kept under: absolute, `http` or `https`, without fragment.
fn web_address(written: &str) -> std::result::Result<String, &'static str> {
    let written = written.trim();
    if written.len() > LONGEST {
        return Err("longer than any address that is served");
    }
    // `feed:` is what feed readers are called with: before a whole address, or in the place of `http:`.
    let bare = match written.get(..5) {
        Some(scheme) if scheme.eq_ignore_ascii_case("feed:") => &written[5..],
        _ => written,
    };
    let whole = match bare.strip_prefix("//") {
        Some(rest) if bare.len() < written.len() => format!("http://{rest}"),
        Some(rest) => format!("https://{rest}"),
        None => bare.to_owned(),
    };
    let parsed = Url::parse(&whole).or_else(|error| match error {
        // `www.example.org/feed` is a host that somebody typed, `/feed` or `feed.xml` nothing by itself.
        url::ParseError::RelativeUrlWithoutBase if is_host(&whole) => Url::parse(&format!("https://{whole}")),
        error => Err(error),
    });
    let mut url = parsed.map_err(|error| match error {
        url::ParseError::RelativeUrlWithoutBase => "a relative address, and nothing says to what",
        _ => "not an address",
    })?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err("not an address of the web (http or https)");
    }
    let link_local = match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_link_local() || ip.is_unspecified(),
        Some(Host::Ipv6(ip)) => ip.is_unicast_link_local() || ip.is_unspecified(),
        Some(Host::Domain(_)) => false,
        None => return Err("an address without a host"),
    };
    if link_local {
        return Err("an address of this machine's own network segment, which no list may name");
    }
    url.set_fragment(None);
    Ok(url.into())
}

/// Whether a word without a scheme begins with a host name: dots in it, and a path or a well-known start.
fn is_host(text: &str) -> bool {
    let (host, path) = text.split_once('/').map_or((text, None), |(host, path)| (host, Some(path)));
    let named = host.contains('.') && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'));
    named && !host.starts_with('.') && (path.is_some() || host.starts_with("www."))
}

fn store(home: &Path, found: &[Address], dry_run: bool, report: &mut ImportReport) -> Result<()> {
    let mut count = |outcome: AddressOutcome| match outcome {
        AddressOutcome::Added => report.added += 1,
        AddressOutcome::Changed => report.changed += 1,
        AddressOutcome::Known => report.known += 1,
    };
    if dry_run {
        let corpus = match Corpus::open(home) {
            Ok(corpus) => Some(corpus),
            Err(error) if error.kind() == ErrorKind::NoCorpus => None,
            Err(error) => return Err(error),
        };
        for outcome in
            corpus.map_or_else(|| Ok(vec![AddressOutcome::Added; found.len()]), |c| c.foresee_addresses(found))?
        {
            count(outcome);
        }
        return Ok(());
    }
    if found.is_empty() {
        return Ok(());
    }
    let mut writer = Writer::open(home, TASK)?;
    for batch in found.chunks(BATCH) {
        writer.put_addresses(batch)?.into_iter().for_each(&mut count);
    }
    writer.tidy()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_of_the_web() {
        for (written, kept) in [
            ("https://a.example/feed#top", Ok("https://a.example/feed")),
            (" feed://a.example/rss ", Ok("http://a.example/rss")),
            ("feed:https://a.example/rss", Ok("https://a.example/rss")),
            ("//a.example/rss", Ok("https://a.example/rss")),
            ("www.a.example", Ok("https://www.a.example/")),
            ("a.example/rss", Ok("https://a.example/rss")),
            ("http://localhost:8080/rss", Ok("http://localhost:8080/rss")),
            ("HTTP://Ä.example/é", Ok("http://xn--4ca.example/%C3%A9")),
            ("/sitemap.xml", Err("a relative address, and nothing says to what")),
            ("feed.xml", Err("a relative address, and nothing says to what")),
            ("javascript:alert(1)", Err("not an address of the web (http or https)")),
            ("file:///etc/passwd", Err("not an address of the web (http or https)")),
            ("data:text/html,x", Err("not an address of the web (http or https)")),
            ("urn:newsml:a.example:1", Err("not an address of the web (http or https)")),
            (
                "http://169.254.169.254/latest",
                Err("an address of this machine's own network segment, which no list may name"),
            ),
            ("http://", Err("not an address")),
        ] {
            assert_eq!(web_address(written).as_deref(), kept.as_deref(), "{written}");
        }
    }
}
