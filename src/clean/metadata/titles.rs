//! The headline: which of the titles a document gives, without the site's name and the kicker.
//!
//! Every place votes with a weight, and titles that differ only in case and punctuation are one candidate. A title
//! that goes on behind a dash or bar where another place ends is a vote for the shorter one: what follows there is
//! the section and the site; likewise a kicker in front.

use super::{Claims, folded};
use crate::clean::hygiene::GROUPING;
use crate::model::Field;

/// Longest title in bytes.
const MAX_TITLE_BYTES: usize = 600;
/// Most titles that are weighed.
const MAX_CANDIDATES: usize = 40;
/// Fewest folded bytes a head or tail must have to be a headline of its own.
const MIN_PART: usize = 12;
/// Marks that part a headline from a section's or site's name, and a kicker from a headline.
const MARKS: &[char] =
    &['-', '–', '—', '|', '｜', 'ㅣ', ':', '：', '»', '›', '/', '·', '•', '_', '～', '~', '<', '>', '«', '‹', '‒', '−'];

struct Candidate {
    found: String,
    text: String,
    key: String,
    weight: f32,
}

/// How well a place knows the headline. The envelope names this document alone; the visible headline is what a
/// reader would cite, unless the page's data agree on another one; `og:title` is written by hand more often than the
/// `title` element.
fn weight(found: &str, nth_h1: usize) -> f32 {
    match found {
        "html:h1" if nth_h1 > 0 => 0.3,
        "html:h1" => 3.2,
        "meta:og:title" => 2.1,
        "jsonld:headline" => 1.5,
        "itemprop:headline" | "meta:headline" => 0.9,
        "html:title" => 0.8,
        "meta:twitter:title" => 0.6,
        "meta:parsely-title" | "meta:sailthru.title" => 0.5,
        _ if found.starts_with("jsonld:other-") => 0.0,
        _ if found.starts_with("jsonld:site") || found.contains("application") => 0.0,
        _ if found.starts_with("jsonld:") || found.starts_with("meta:") => 0.25,
        _ if found.starts_with("html:") || found.starts_with("itemprop:") || found.starts_with("property:") => 0.2,
        // An envelope, or a title line of a text.
        _ => 5.0,
    }
}

/// The headline, or nothing.
pub(super) fn title(claims: &Claims, names: &[String]) -> String {
    let sites: Vec<String> = names.iter().flat_map(|name| site_keys(name)).collect();
    let joined_sites: Vec<String> = sites.iter().map(|site| site.replace(' ', "")).collect();
    let mut candidates: Vec<Candidate> = Vec::new();
    let mut h1 = 0;
    let heading = claims.all(Field::Title).find(|claim| claim.found == "html:h1");
    let headed = heading.filter(|claim| claim.value.contains(": ")).map(|claim| folded(&claim.value));
    for claim in claims.all(Field::Title).take(MAX_CANDIDATES) {
        let weight = weight(&claim.found, h1);
        h1 += usize::from(claim.found == "html:h1");
        let spaces = |c: char| c.is_whitespace() && c != GROUPING;
        let text = claim.value.split(spaces).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        let text = match without_site(&text, &joined_sites, true) {
            // `Orlen Herald: why we are closing` in sight, and again where others read it, is not the site's name in front.
            whole if headed.as_ref().is_some_and(|headed| *headed == folded(whole)) => whole,
            _ => without_site(&text, &joined_sites, false),
        };
        let key = folded(text);
        // A feed's entry may be called what the feed is called; elsewhere that is the site's name, not a headline.
        let own = ["rss:", "atom:", "jsonfeed:"].iter().any(|feed| claim.found.starts_with(feed));
        let named = own || !sites.contains(&key);
        if weight > 0.0 && text.len() <= MAX_TITLE_BYTES && !key.is_empty() && named {
            candidates.push(Candidate { found: claim.found.clone(), text: text.to_owned(), key, weight });
        }
    }
    // A page that gives its headline for the name of its site: if its heading and its `title` say the same, it is the headline.
    let first =
        |found: &str| claims.all(Field::Title).find(|claim| claim.found == found).map(|claim| folded(&claim.value));
    if candidates.is_empty()
        && !names.is_empty()
        && first("html:h1").is_some()
        && first("html:h1") == first("html:title")
    {
        return title(claims, &[]);
    }
    // A heading that shares no word with what the page calls itself elsewhere is a section's or a list's.
    let foreign: Vec<bool> = candidates.iter().map(|one| is_foreign(one, &candidates)).collect();
    for (candidate, foreign) in candidates.iter_mut().zip(foreign) {
        if foreign {
            candidate.weight = FOREIGN;
        }
    }
    let shortened: Vec<(String, String)> =
        candidates.iter().map(|candidate| shortened(candidate, &candidates)).collect();
    let mut best: Option<(f32, &str)> = None;
    for (at, (text, key)) in shortened.iter().enumerate() {
        let mut counted: Vec<&str> = Vec::new();
        let mut votes = 0.0;
        for (other, candidate) in shortened.iter().zip(&candidates) {
            if other.1 == *key && !counted.contains(&candidate.found.as_str()) {
                counted.push(&candidate.found);
                votes += candidate.weight;
            }
        }
        // Earlier claims are the more trusted: a later one must have more votes. Of equal titles the one of the
        // place with the greatest weight is shown as it is written there.
        let shown = shortened.iter().zip(&candidates).filter(|(other, _)| other.1 == *key);
        let shown = shown.fold((text.as_str(), candidates[at].weight), |best, (other, candidate)| {
            if candidate.weight > best.1 { (other.0.as_str(), candidate.weight) } else { best }
        });
        if best.is_none_or(|(most, _)| votes > most) {
            best = Some((votes, shown.0));
        }
    }
    match best {
        Some((_, text)) => text.to_owned(),
        // Only titles without end, such as a whole post: their beginning.
        None => claims.all(Field::Title).find(|claim| claim.value.len() > MAX_TITLE_BYTES).map_or_else(
            String::new,
            |claim| {
                let mut out = String::new();
                for word in claim.value.split_whitespace().take_while(|word| word.len() < 100) {
                    if out.len() + word.len() > MAX_TITLE_BYTES / 2 {
                        out.push('…');
                        break;
                    }
                    if !out.is_empty() {
                        out.push(' ');
                    }
                    out.push_str(word);
                }
                out
            },
        ),
    }
}

/// The weight of a heading in sight that no other place bears out.
const FOREIGN: f32 = 0.7;

/// Whether a heading in sight has no word of at least four letters in common with any other place's title. Of a title
/// only the longest part counts: what stands beside it is the section and the site, which have headings too.
fn is_foreign(candidate: &Candidate, all: &[Candidate]) -> bool {
    let words = |key: &str| -> Vec<String> {
        key.split(' ').filter(|word| word.chars().count() > 3).map(str::to_owned).collect()
    };
    // Scripts without spaces have no words to compare.
    if candidate.found != "html:h1" || !candidate.key.is_ascii() {
        return false;
    }
    let mut others = all.iter().filter(|other| other.found != "html:h1" && other.key.is_ascii()).peekable();
    let own = words(&candidate.key);
    let shares = |other: &Candidate| {
        let parts = [" | ", " - ", " – ", " — ", " » ", " · "].iter().fold(vec![other.text.as_str()], |parts, mark| {
            parts.into_iter().flat_map(|part| part.split(mark)).collect()
        });
        // A headline may be shorter than the site's name behind it.
        if parts.first().is_some_and(|part| folded(part) == candidate.key) {
            return true;
        }
        let longest = folded(parts.into_iter().max_by_key(|part| part.len()).unwrap_or(""));
        words(&longest).iter().any(|word| own.contains(word))
    };
    others.peek().is_some() && !others.any(shares)
}

/// A headline in sight without the kicker that shares its element: where it ends as another place's whole title.
fn without_kicker<'a>(candidate: &Candidate, all: &'a [Candidate]) -> Option<&'a Candidate> {
    /// Most words of a kicker, and the least votes of the title it stands above.
    const WORDS: usize = 4;
    const VOTES: f32 = 2.0;
    let votes = |key: &str| all.iter().filter(|other| other.key == key).map(|other| other.weight).sum::<f32>();
    all.iter().find(|other| {
        let kicker = candidate.key.strip_suffix(other.key.as_str()).filter(|rest| rest.ends_with(' '));
        other.key.len() >= MIN_PART
            && kicker.is_some_and(|kicker| kicker.split_whitespace().count() <= WORDS)
            && votes(&other.key) >= VOTES
    })
}

/// The candidate's text and key, cut where another place's whole title ends or begins inside it.
fn shortened(candidate: &Candidate, all: &[Candidate]) -> (String, String) {
    let is_other = |key: &str| all.iter().any(|other| other.found != candidate.found && other.key == key);
    if let Some(title) = without_kicker(candidate, all).filter(|_| candidate.found == "html:h1") {
        return (title.text.clone(), title.key.clone());
    }
    let text = &candidate.text;
    let mut head = None;
    // A headline in sight that goes on behind a colon is whole, if it has more votes than the shorter one.
    let votes = |key: &str| all.iter().filter(|other| other.key == key).map(|other| other.weight).sum::<f32>();
    // What a newsletter is called stands in front of what it is about, in its subject and alone above its text.
    let mailed = |key: &str| candidate.found.starts_with("mail:") && candidate.key.len() > 2 * key.len();
    let in_sight = all.iter().any(|other| other.found == "html:h1" && other.key == candidate.key);
    for (at, _) in text.match_indices(MARKS) {
        let key = folded(&text[..at]);
        let whole = in_sight && votes(&candidate.key) > votes(&key);
        if key.len() >= MIN_PART && key != candidate.key && is_other(&key) && !whole && !mailed(&key) {
            head =
                Some((text[..at].trim_end_matches(|c: char| c.is_whitespace() || MARKS.contains(&c)).to_owned(), key));
        }
    }
    if let Some(head) = head {
        return head;
    }
    for (at, mark) in text.match_indices(MARKS) {
        let tail = &text[at + mark.len()..];
        let spaced = tail.starts_with(' ') || text[..at].ends_with(' ') || matches!(mark, "|" | "｜" | "ㅣ" | "：");
        let key = folded(tail);
        if spaced && key.len() >= MIN_PART && is_other(&key) {
            return (tail.trim().to_owned(), key);
        }
    }
    (text.clone(), candidate.key.clone())
}

/// The forms a site's name has behind a headline: the name, the host, the host without its ending.
fn site_keys(name: &str) -> Vec<String> {
    let mut keys = vec![folded(name)];
    if name.contains('.') && !name.contains(' ') {
        let labels: Vec<&str> = name.split('.').collect();
        keys.push(folded(labels[0]));
        if labels.len() > 2 {
            keys.push(folded(&labels[1..].join(".")));
            keys.push(folded(labels[labels.len() - 2]));
        }
    }
    keys.retain(|key| key.len() > 1);
    keys
}

/// Takes the site's name and what follows it off the end, or off the front unless it `keeps_front`. `sites` are joined keys.
fn without_site<'a>(title: &'a str, sites: &[String], keeps_front: bool) -> &'a str {
    let is_site = |text: &str| {
        let mut key = folded(text);
        key.retain(|c| c != ' ');
        !key.is_empty() && sites.contains(&key)
    };
    let mut title = title;
    // Section and site: `Headline - News - Orlen Herald`.
    for _ in 0..3 {
        let marks: Vec<(usize, usize)> = title
            .match_indices(MARKS)
            .filter(|(at, mark)| {
                let (before, after) = (&title[..*at], &title[at + mark.len()..]);
                before.ends_with(' ') || after.starts_with(' ') || matches!(*mark, "|" | "｜" | "ㅣ" | "_" | "»")
            })
            .map(|(at, mark)| (at, at + mark.len()))
            .collect();
        let tail = marks.iter().rev().find(|(_, after)| is_site(&title[*after..]));
        let head = marks.iter().find(|(before, _)| !keeps_front && is_site(&title[..*before]));
        let trim = |c: char| c.is_whitespace() || MARKS.contains(&c);
        title = match (tail, head) {
            (Some((before, _)), _) if !title[..*before].trim_matches(trim).is_empty() => {
                title[..*before].trim_end_matches(trim)
            }
            (_, Some((_, after))) if !title[*after..].trim_matches(trim).is_empty() => {
                title[*after..].trim_start_matches(trim)
            }
            _ => break,
        };
    }
    title.trim()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Claim;

    /// `found=value` lines, the site's names, and the title wanted.
    fn check(said: &[(&str, &str)], names: &[&str], want: &str) {
        let claims: Vec<Claim> =
            said.iter().filter_map(|(found, value)| Claim::new(Field::Title, value, *found)).collect();
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(title(&Claims(&claims), &names), want, "{said:?}");
    }

    #[test]
    fn the_headline_without_its_surroundings() {
        let site = &["Orlen Herald", "orlenherald.example"][..];
        for (said, want) in [
            (&[("html:title", "Bridge at Orlen closed - News - Orlen Herald")][..], "Bridge at Orlen closed - News"),
            (
                &[
                    ("html:title", "Bridge at Orlen closed - News - Orlen Herald"),
                    ("html:h1", "Bridge at Orlen closed"),
                ],
                "Bridge at Orlen closed",
            ),
            (&[("html:title", "Orlen Herald: Bridge at Orlen closed")], "Bridge at Orlen closed"),
            (
                &[
                    ("html:title", "Orlen Herald: why we are closing | Orlen Herald"),
                    ("meta:og:title", "Orlen Herald: why we are closing"),
                    ("html:h1", "Orlen Herald: why we are closing"),
                ],
                "Orlen Herald: why we are closing",
            ),
            (&[("html:title", "Bridge at Orlen closed | OrlenHerald.example")], "Bridge at Orlen closed"),
            (
                &[
                    ("html:h1", "Orlen Herald"),
                    ("html:h1", "Bridge at Orlen closed"),
                    ("meta:og:title", "Bridge at Orlen closed"),
                ],
                "Bridge at Orlen closed",
            ),
            (
                &[
                    ("jsonld:headline", "Bridge shut"),
                    ("meta:og:title", "Bridge at Orlen closed"),
                    ("html:h1", "Bridge at Orlen closed"),
                ],
                "Bridge at Orlen closed",
            ),
            (
                &[
                    ("html:h1", "Traffic in town: The bridge at Orlen is closed"),
                    ("meta:og:title", "The bridge at Orlen is closed"),
                ],
                "The bridge at Orlen is closed",
            ),
            // Sections, and headlines that go on.
            (
                &[
                    ("html:h1", "Football"),
                    ("html:title", "City win the cup in Orlen"),
                    ("jsonld:headline", "City win the cup in Orlen"),
                ],
                "City win the cup in Orlen",
            ),
            (
                &[
                    ("html:h1", "Ferryman of Tarn retires at 90: 'I just love it here'"),
                    ("html:title", "Ferryman of Tarn retires at 90"),
                    ("meta:og:title", "Ferryman of Tarn retires at 90: 'I just love it here'"),
                ],
                "Ferryman of Tarn retires at 90: 'I just love it here'",
            ),
            (
                &[
                    ("html:h1", "Riverside"),
                    ("html:title", "City win the cup in Orlen | Riverside | Tarn TV"),
                    ("meta:og:title", "City win the cup in Orlen | Riverside | Tarn TV"),
                ],
                "City win the cup in Orlen | Riverside | Tarn TV",
            ),
            (&[("html:h1", "Ferry is late"), ("html:title", "Ferry is late | The Harle Bay Weekly")], "Ferry is late"),
            (
                &[("html:h1", "Open letter Why the bridge matters"), ("meta:og:title", "Why the bridge matters")],
                "Why the bridge matters",
            ),
            (
                &[("html:h1", "“Bridge closed”, says mayor"), ("meta:og:title", "\"Bridge closed\", says mayor")],
                "“Bridge closed”, says mayor",
            ),
            (
                &[
                    ("html:h1", "More from Orlen"),
                    ("jsonld:headline", "Bridge closed"),
                    ("meta:og:title", "Bridge closed"),
                ],
                "Bridge closed",
            ),
            (&[("rss:title", "Bridge closed - Orlen Herald")], "Bridge closed"),
            (&[("html:title", "Orlen Herald")], ""),
            (
                &[("html:title", "A safe-third-country deal - what it means")],
                "A safe-third-country deal - what it means",
            ),
            (&[("jsonld:other-article:headline", "Another story")], ""),
        ] {
            check(said, site, want);
        }
        check(&[("json:title", "Bridge closed - CNB")], &["CNB"], "Bridge closed");
    }

    #[test]
    fn a_site_that_is_called_like_its_article() {
        let title = "Bridge at Orlen closed";
        check(&[("html:title", title), ("html:h1", title)], &[title], title);
        check(&[("html:title", "Orlen Herald")], &["Orlen Herald"], "");
        check(&[("html:title", "Orlen Herald"), ("html:h1", "News")], &["Orlen Herald", "News"], "");
    }

    #[test]
    fn a_post_that_is_its_own_title_is_cut_at_a_word() {
        let long = "word ".repeat(300);
        let claims: Vec<Claim> = Claim::new(Field::Title, &long, "rss:title").into_iter().collect();
        let title = title(&Claims(&claims), &[]);
        assert!(title.len() <= MAX_TITLE_BYTES && title.ends_with("word…"), "{title}");
    }
}
