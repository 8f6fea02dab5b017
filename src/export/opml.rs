//! OPML 2.0: feeds as a list that every feed reader takes in.

use std::io::{self, Write};

use quick_xml::escape::escape;

use crate::model::Address;

/// Deeper folders are written as the last one that has room.
const DEPTH: usize = 32;

/// Writes `feeds` as one OPML document. Those of one folder should follow one another; an address may be of any kind
/// (what is no feed is a `link` outline).
pub fn opml(title: &str, feeds: &[Address], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<opml version=\"2.0\">\n<head><title>{}</title></head>\n<body>", xml(title))?;
    let mut open: Vec<&String> = Vec::new();
    for feed in feeds {
        let folders: Vec<&String> = feed.folders.iter().take(DEPTH).collect();
        let shared = open.iter().zip(&folders).take_while(|(a, b)| a == b).count();
        for _ in shared..open.len() {
            writeln!(out, "</outline>")?;
        }
        for folder in &folders[shared..] {
            writeln!(out, "<outline text=\"{}\">", xml(folder))?;
        }
        open = folders;
        outline(feed, out)?;
    }
    for _ in open {
        writeln!(out, "</outline>")?;
    }
    writeln!(out, "</body>\n</opml>")
}

fn outline(feed: &Address, out: &mut dyn Write) -> io::Result<()> {
    use crate::model::AddressKind::{Feed, List, Page, Unknown};
    let name = if feed.title.is_empty() { &feed.url } else { &feed.title };
    let (kind, address) = match feed.kind {
        Feed => ("rss", "xmlUrl"),
        List => ("include", "url"),
        Page | Unknown => ("link", "url"),
    };
    write!(out, "<outline type=\"{kind}\" text=\"{}\" {address}=\"{}\"", xml(name), xml(&feed.url))?;
    for (attribute, value) in [("htmlUrl", &feed.site), ("language", &feed.language)] {
        if !value.is_empty() {
            write!(out, " {attribute}=\"{}\"", xml(value))?;
        }
    }
    writeln!(out, "/>")
}

/// Text fit for an attribute: escaped, without the characters XML cannot hold.
fn xml(text: &str) -> String {
    let clean: String = text.chars().filter(|c| !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}')).collect();
    escape(clean.as_str()).into_owned()
}
