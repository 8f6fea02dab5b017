//! What a program that saved a page wrote into it: where the page is from, and when it was saved.
//!
//! Browsers (`saved from url=`), SingleFile, HTTrack, the Wayback Machine, archive.today. Read only where nothing outside
//! the page says where it is from.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::fmt::strtime;
use jiff::tz::TimeZone;
use memchr::memmem;

/// Bytes of a page in which such marks stand.
const HEAD: usize = 64 << 10;
/// Hosts under which archive.today keeps its pages.
const TODAY: &[&str] = &["today", "is", "ph", "li", "vn", "fo", "md"];

/// Where a page is from.
#[derive(Debug, PartialEq, Eq)]
pub struct Saved {
    /// Its own address, not that of the archive.
    pub url: String,
    /// Which program says so, for claims.
    pub found: &'static str,
    /// When it was saved.
    pub at: Option<Timestamp>,
}

/// Reads the mark of a page, if it has one.
pub fn mark(page: &str) -> Option<Saved> {
    let head = &page[..page.floor_char_boundary(HEAD)];
    let made = single_file(head).or_else(|| browser(head)).or_else(|| httrack(head)).or_else(|| archive(head));
    made.filter(|saved| ["http://", "https://"].iter().any(|scheme| saved.url.starts_with(scheme)))
}

/// The comment that begins so, without its ends.
fn comment<'p>(head: &'p str, begins: &str) -> Option<&'p str> {
    let starts = memmem::find_iter(head.as_bytes(), "<!--").map(|at| head[at + 4..].trim_start());
    let rest = starts.into_iter().find(|rest| rest.starts_with(begins))?;
    Some(rest.split("-->").next().unwrap_or(rest).trim_end())
}

/// `<!-- saved from url=(0022)https://a.example/pier -->`: browsers, with the length of the address before it.
fn browser(head: &str) -> Option<Saved> {
    let rest = comment(head, "saved from url=")?.strip_prefix("saved from url=")?;
    let url = rest.strip_prefix('(').and_then(|rest| rest.split_once(')')).map_or(rest, |(_, url)| url);
    Some(Saved { url: url.trim().to_owned(), found: "page:saved from url", at: None })
}

/// A comment of lines: `Page saved with SingleFile`, `url: …`, `saved date: Wed Jun 10 2026 09:00:00 GMT+0200 (…)`.
fn single_file(head: &str) -> Option<Saved> {
    let comment = comment(head, "Page saved with SingleFile")?;
    let of = |name: &str| comment.lines().find_map(|line| line.trim().strip_prefix(name)).map(str::trim);
    let at = of("saved date:").and_then(|date| {
        let date = date.split('(').next().unwrap_or(date).trim();
        strtime::parse("%a %b %d %Y %H:%M:%S GMT%z", date).ok()?.to_timestamp().ok()
    });
    Some(Saved { url: of("url:")?.to_owned(), found: "page:SingleFile", at })
}

/// `Mirrored from a.example/pier by HTTrack Website Copier/3.x [XR&CO'2014], Tue, 02 Jun 2026 09:00:00 GMT`.
fn httrack(head: &str) -> Option<Saved> {
    let comment = comment(head, "Mirrored from ")?.strip_prefix("Mirrored from ")?;
    let (url, rest) = comment.split_once(" by HTTrack")?;
    let date = rest.split_once("], ").map(|(_, date)| date.trim().replace("GMT", "+0000"));
    let at = date.and_then(|date| jiff::fmt::rfc2822::parse(&date).ok()).map(|date| date.timestamp());
    // It writes no scheme.
    let url = if url.contains("://") { url.to_owned() } else { format!("http://{url}") };
    Some(Saved { url, found: "page:HTTrack", at })
}

/// Pages of archives have the archive's address for their own: `https://web.archive.org/web/20260610090000/https://…`,
/// `http://archive.today/2026.06.10-090000/https://…`.
fn archive(head: &str) -> Option<Saved> {
    // The Wayback Machine's own program is called with both.
    const CALL: &str = "__wm.wombat(\"";
    if let Some(at) = memmem::find(head.as_bytes(), CALL.as_bytes()) {
        let mut parts = head[at + CALL.len()..].split('"').step_by(2);
        if let (Some(url), Some(time)) = (parts.next(), parts.next()) {
            return Some(Saved { url: url.to_owned(), found: "page:web.archive.org", at: instant(time) });
        }
    }
    memmem::find(head.as_bytes(), b"archive.")?;
    let link = head.split("<link").skip(1).map(|link| link.split('>').next().unwrap_or(link));
    let mut own = link.filter(|link| link.contains("rel=\"canonical\"") || link.contains("rel='canonical'"));
    let address = own.find_map(|link| {
        let value = link.split_once("href=")?.1;
        value.get(1..)?.split(['"', '\'']).next()
    })?;
    let (host, path) = address.split_once("://")?.1.split_once('/')?;
    let (time, url, found) = if host == "web.archive.org" {
        let (time, url) = path.strip_prefix("web/")?.split_once('/')?;
        (time, url, "page:web.archive.org")
    } else if host.strip_prefix("archive.").is_some_and(|end| TODAY.contains(&end)) {
        let (time, url) = path.split_once('/')?;
        (time, url, "page:archive.today")
    } else {
        return None;
    };
    Some(Saved { url: url.to_owned(), found, at: instant(time) })
}

/// `20260610090000`, `2026.06.10-090000`.
fn instant(written: &str) -> Option<Timestamp> {
    let digits: String = written.chars().filter(char::is_ascii_digit).take(14).collect();
    let time = DateTime::strptime("%Y%m%d%H%M%S", &digits).ok()?;
    time.to_zoned(TimeZone::UTC).ok().map(|time| time.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_say_where_a_page_is_from() {
        let url = "https://a.example/pier?x=1";
        for (page, found, at) in [
            (format!("<!DOCTYPE html>\n<!-- saved from url=(0026){url} -->\n<html>"), "page:saved from url", None),
            (
                format!(
                    "<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: {url} \n saved date: Wed Jun 10 2026 11:00:00 GMT+0200 (Central European Summer Time)\n--><meta charset=utf-8>"
                ),
                "page:SingleFile",
                Some("2026-06-10T09:00:00Z"),
            ),
            (
                format!(
                    "<html><script>__wm.wombat(\"{url}\",\"20260610090000\",\"https://web.archive.org/\",\"web\");</script>"
                ),
                "page:web.archive.org",
                Some("2026-06-10T09:00:00Z"),
            ),
            (
                format!("<head><link rel=\"canonical\" href=\"https://web.archive.org/web/20260610090000/{url}\"/>"),
                "page:web.archive.org",
                Some("2026-06-10T09:00:00Z"),
            ),
            (
                format!("<head><link rel=\"canonical\" href=\"http://archive.today/2026.06.10-090000/{url}\"/>"),
                "page:archive.today",
                Some("2026-06-10T09:00:00Z"),
            ),
        ] {
            let at = at.map(|at| at.parse().unwrap());
            assert_eq!(mark(&page), Some(Saved { url: url.to_owned(), found, at }), "{page}");
        }
        let page = "<!-- Mirrored from a.example/pier by HTTrack Website Copier/3.x [XR&CO'2014], Tue, 02 Jun 2026 09:00:00 GMT -->";
        let saved = mark(page).unwrap();
        assert_eq!((saved.url.as_str(), saved.found), ("http://a.example/pier", "page:HTTrack"));
        assert_eq!(saved.at, Some("2026-06-02T09:00:00Z".parse().unwrap()));
    }

    #[test]
    fn what_is_no_mark_tells_nothing() {
        for page in [
            "<!-- saved from url=(0014)about:internet -->",
            "<!-- saved from url=(0016)file:///C:/a.htm -->",
            "<link rel=\"canonical\" href=\"https://a.example/2026.06.10/https\">",
            "<link rel=canonical>",
            "<p>It was saved from url=https://a.example</p>",
            "<!--",
            "__wm.wombat(\"",
            "",
        ] {
            assert_eq!(mark(page), None, "{page}");
        }
    }
}
