//! Addresses: what identifies an article, without what tracks its reader.

use std::ops::RangeInclusive;

use url::Url;

use super::Claims;
use crate::model::{Claim, Field, Note, is_permanent_name};

/// Parameters that say how a reader came, not what is read. Lists of Miniflux's and other readers' URL cleaners.
const TRACKING: &[&str] = &[
    "__hsfp",
    "__hssc",
    "__hstc",
    "__s",
    "_bhlid",
    "_branch_match_id",
    "_branch_referrer",
    "_hsenc",
    "_hsmi",
    "_openstat",
    "at_campaign",
    "at_medium",
    "cmpid",
    "dclid",
    "fbclid",
    "gbraid",
    "gclid",
    "gclsrc",
    "guccounter",
    "guce_referrer",
    "guce_referrer_sig",
    "hsa_cam",
    "icid",
    "igsh",
    "igshid",
    "mc_cid",
    "mc_eid",
    "mc_tc",
    "mkt_tok",
    "msclkid",
    "ncid",
    "oly_anon_id",
    "oly_enc_id",
    "rb_clickid",
    "sc_cid",
    "smid",
    "srsltid",
    "twclid",
    "vero_conv",
    "vero_id",
    "wbraid",
    "wickedid",
    "wt_mc",
    "wt.mc_id",
    "xtor",
    "yclid",
    "ysclid",
];
const TRACKING_PREFIXES: &[&str] = &["utm_", "mtm_", "pk_", "campaign_", "itm_", "hmb_", "fb_", "hsa_"];

/// An absolute `http` or `https` address with a host, if `text` is one (`//host/…` and `www.…` are read as `https`). A
/// host without a dot is one of a house's own network, where the address is written in full.
pub(super) fn readable(text: &str) -> Option<Url> {
    let text = text.trim();
    let mut whole = false;
    let url = match Url::parse(text) {
        Ok(url) => {
            whole = text.get(..8).is_some_and(|scheme| scheme.contains("://"));
            url
        }
        Err(_) if text.starts_with("//") => Url::parse(&format!("https:{text}")).ok()?,
        Err(_) if text.starts_with("www.") => Url::parse(&format!("https://{text}")).ok()?,
        Err(_) => return None,
    };
    let host = url.host_str()?;
    (matches!(url.scheme(), "http" | "https") && (whole || host.contains('.'))).then_some(url)
}

/// The host of an address in lower case, without `www.`.
pub fn host_of(text: &str) -> Option<String> {
    let url = readable(text)?;
    let host = url.host_str()?.to_ascii_lowercase();
    Some(host.strip_prefix("www.").unwrap_or(&host).to_owned())
}

/// The address without fragment and tracking parameters; other parameters keep their order and spelling.
/// `None` if it is no `http` or `https` address.
pub fn without_tracking(text: &str) -> Option<String> {
    let mut url = readable(text)?;
    // `#!/…` addresses of old single-page sites name the article in the fragment.
    if !url.fragment().is_some_and(|fragment| fragment.starts_with('!')) {
        url.set_fragment(None);
    }
    if let Some(query) = url.query() {
        let kept: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty() && !tracks(pair)).collect();
        let kept = kept.join("&");
        url.set_query(Some(kept.as_str()).filter(|kept| !kept.is_empty()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        // Both fail only on addresses that cannot have a user, and those have none.
        let _ = url.set_username("");
        let _ = url.set_password(None);
    }
    Some(url.to_string())
}

fn tracks(pair: &str) -> bool {
    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
    let name = name.to_ascii_lowercase();
    if TRACKING.contains(&name.as_str()) || TRACKING_PREFIXES.iter().any(|prefix| name.starts_with(prefix)) {
        return true;
    }
    // Ghost's outbound `ref` names the site one came from, other sites' `ref` may be a page: only a host goes.
    name == "ref" && (value.contains('.') || matches!(value, "home" | "rss" | "feed" | "topnav" | "share"))
}

/// The address an article is known by, of a page got at `got` that calls `own` its own address. Another site's
/// address, a home page and an address of no article are distrusted.
pub fn canonical(got: Option<&str>, own: &str) -> Option<String> {
    let own_url = readable(own)?;
    if is_front(&own_url) {
        return None;
    }
    if let Some(got) = got.and_then(readable) {
        if !same_site(&got, &own_url) {
            return None;
        }
        if is_above(&own_url, &got) {
            return None;
        }
    }
    without_tracking(own_url.as_str())
}

/// Whether an address is that of a section page above a deeper one, which broken templates give as canonical.
fn is_above(section: &Url, deeper: &Url) -> bool {
    let (deeper, section) = (deeper.path().trim_end_matches('/'), section.path().trim_end_matches('/'));
    let rest = deeper.strip_prefix(section).and_then(|rest| rest.strip_prefix('/'));
    rest.is_some_and(|rest| rest.len() > 15 && !rest.contains("amp"))
}

fn is_section_of(own: &str, other: &str) -> bool {
    let urls = readable(own).zip(readable(other));
    urls.is_some_and(|(own, other)| same_site(&own, &other) && is_above(&own, &other))
}

/// Whether two addresses belong to one site: the same last two labels of the host, three below `co.uk` and its like.
fn same_site(a: &Url, b: &Url) -> bool {
    match (a.host_str(), b.host_str()) {
        (Some(a), Some(b)) => site(a).eq_ignore_ascii_case(site(b)),
        _ => false,
    }
}

/// The part of a host name a site is registered under, by its shape: `news.orlen.example` and `orlen.example` are one.
pub(super) fn site(host: &str) -> &str {
    let labels: Vec<&str> = host.rsplit('.').collect();
    let second = labels.get(1).copied().unwrap_or("");
    let short =
        matches!(second, "co" | "com" | "org" | "net" | "gov" | "edu" | "ac" | "or" | "ne" | "gob" | "gouv" | "govt");
    let keep = if labels.len() > 2 && short && labels[0].len() == 2 { 3 } else { 2 };
    let mut cut = host.len();
    for _ in 0..keep {
        cut = match host[..cut].rfind('.') {
            Some(at) => at,
            None => return host,
        };
    }
    &host[cut + 1..]
}

/// Whether `address` is the front page of a site. An entry without a link of its own often carries its site's: that
/// is where it came from, and names no article.
pub(crate) fn is_front_page(address: &str) -> bool {
    readable(address).is_some_and(|url| is_front(&url))
}

fn is_front(url: &Url) -> bool {
    let path = url.path().trim_matches('/').to_ascii_lowercase();
    url.query().is_none()
        && matches!(path.as_str(), "" | "index.html" | "index.htm" | "index.php" | "home" | "default.aspx")
}

/// Whether `address` may be that of an article: no front page, no section and no page of a list.
pub(in crate::clean) fn is_of_an_article(address: &str) -> bool {
    const LISTS: &[&str] = &[
        "archive",
        "archives",
        "author",
        "authors",
        "categories",
        "category",
        "label",
        "page",
        "search",
        "section",
        "sections",
        "tag",
        "tags",
        "topic",
        "topics",
        "feed",
        "kategorie",
        "thema",
        "themen",
        "categorie",
        "categoria",
        "etiqueta",
        "rubrique",
    ];
    /// What the second of two words of a section is: `local-news`.
    const SECTIONS: &[&str] = &["news", "sport", "sports", "stories", "posts", "articles", "headlines", "updates"];
    let Some(url) = readable(address).filter(|url| !is_front(url) && !is_section(url)) else { return false };
    let path = url.path().to_ascii_lowercase();
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let Some(last) = segments.last() else {
        // What WordPress calls a post before it has an address to read.
        return url.query_pairs().any(|(key, _)| key == "p");
    };
    let name = last.split('.').next().unwrap_or(last);
    let words: Vec<&str> = name.split(['-', '_']).filter(|word| !word.is_empty()).collect();
    let section = words.len() == 2 && words.last().is_some_and(|word| SECTIONS.contains(word));
    // `/2024/03/` is a month's; longer numbers are those of articles.
    let year = name.len() == 4 && (name.starts_with("19") || name.starts_with("20"));
    let number = name.bytes().all(|b| b.is_ascii_digit()) && (name.len() < 4 || year);
    !number && !section && name != "index" && name.len() > 2 && !segments.iter().any(|segment| LISTS.contains(segment))
}

/// How far a place knows a page's own address, the best first.
const GIVEN: u8 = 0;
const LINK: u8 = 1;
const HEAD: u8 = 2;

/// How far a place knows a page's own address; `None` where it tells of other things. What was given with the document
/// stands first; a page's `link` and `og:url` are written by its system, and JSON-LD as often by a template that nobody
/// filled in.
fn standing(found: &str) -> Option<u8> {
    match found {
        _ if found.starts_with("jsonld:other") => None,
        _ if found.starts_with("jsonld:webpage") => Some(4),
        _ if found.starts_with("jsonld:") => Some(3),
        "link:canonical" => Some(LINK),
        _ if found.starts_with("meta:") => Some(HEAD),
        _ => Some(GIVEN),
    }
}

/// Hosts of the examples that JSON-LD is copied from.
fn is_of_an_example(url: &Url) -> bool {
    let host = url.host_str().unwrap_or("");
    let host = host.strip_prefix("www.").unwrap_or(host);
    matches!(host, "example.com" | "example.org" | "example.net" | "schema.org")
        || host == "google.com" && url.path().trim_end_matches('/') == "/article"
}

/// Whether an address ends in a single word, as those of sections do and those of articles seldom: `/news/politics`.
fn is_section(url: &Url) -> bool {
    let path = url.path().trim_end_matches('/');
    let last = path.rsplit('/').next().unwrap_or("");
    let word = !last.is_empty() && last.bytes().all(|b| b.is_ascii_alphabetic());
    url.query().is_none() && word && !url.fragment().is_some_and(|fragment| fragment.starts_with('!'))
}

/// Whether a page's word for its address is borne out by its other words, or at least not contradicted by them.
fn is_believed(claim: &Claim, said: &[&Claim], got: Option<&str>, claims: &Claims) -> bool {
    let Some(own) = readable(&claim.value) else { return false };
    let of = |places: RangeInclusive<u8>| -> Vec<Url> {
        let there = said.iter().filter(|other| {
            other.found != claim.found && standing(&other.found).is_some_and(|place| places.contains(&place))
        });
        let there = there.filter_map(|other| readable(&other.value));
        there.filter(|other| !is_of_an_example(other)).collect()
    };
    if standing(&claim.found).is_some_and(|place| place > HEAD) {
        let head: Vec<Url> = of(LINK..=HEAD).into_iter().chain(got.and_then(readable)).collect();
        let on_site = head.is_empty() || head.iter().any(|other| same_site(other, &own));
        // The address of a section may stand in all of a site's articles, which would be one.
        let told = || head.iter().any(|other| other.path() == own.path()) || is_named(&own, claims);
        return !is_of_an_example(&own) && on_site && (!is_section(&own) || told());
    }
    // A page taken over from another site may call that one's its canonical address, where all else names its own.
    let foreign = |others: &[Url]| !others.is_empty() && others.iter().all(|other| !same_site(other, &own));
    !(standing(&claim.found) == Some(LINK) && foreign(&of(HEAD..=HEAD)) && foreign(&of(HEAD + 1..=u8::MAX)))
}

/// Whether one of the page's titles has the last word of an address in it.
fn is_named(url: &Url, claims: &Claims) -> bool {
    let last = url.path().trim_end_matches('/').rsplit('/').next().unwrap_or("").to_ascii_lowercase();
    claims.all(Field::Title).any(|title| super::folded(&title.value).split(' ').any(|word| word == last))
}

/// The address of an article: what the page or the feed calls its own, if it can be believed, else where it was got.
pub(super) fn of_article(claims: &Claims, notes: &mut Vec<Note>) -> Option<String> {
    let got = claims.all(Field::Url).find(|claim| readable(&claim.value).is_some()).map(|claim| claim.value.as_str());
    let mut said: Vec<&Claim> = claims.all(Field::Canonical).filter(|claim| standing(&claim.found).is_some()).collect();
    said.sort_by_key(|claim| standing(&claim.found));
    let mut refused = None;
    for claim in &said {
        let given = standing(&claim.found) == Some(GIVEN);
        let believed = || {
            let section = said.iter().any(|other| is_section_of(&claim.value, &other.value));
            is_believed(claim, &said, got, claims) && !section
        };
        match canonical(got, &claim.value).filter(|_| given || believed()) {
            Some(url) => return Some(url),
            None if readable(&claim.value).is_some() => refused = refused.or(Some(*claim)),
            None => {}
        }
    }
    if let (Some(claim), Some(_)) = (refused, got) {
        let said = "is not where the document was got, and was not believed";
        notes.push(Note(format!("the address `{}` ({}) {said}", claim.value, claim.found)));
    } else if let Some(claim) = refused.filter(|claim| !is_front_page(&claim.value)) {
        let said = "contradicts what else the page says, or is no article's, and was not believed";
        notes.push(Note(format!("the address `{}` ({}) {said}", claim.value, claim.found)));
    }
    // The front page of a site names no article; it is the address all the same where no other was given.
    let front = said.iter().find(|claim| is_front_page(&claim.value)).filter(|_| got.is_none());
    let front = front.map(|claim| claim.value.as_str());
    // A name that leads nowhere comes last: it can be cited, and never opened. Where a web archive says that a record of its
    // own is from (`urn:X-wpull:log`) names no article.
    let name = || claims.all(Field::Canonical).find(|claim| is_permanent_name(&claim.value));
    got.or(front).and_then(without_tracking).or_else(|| name().map(|claim| claim.value.clone()))
}
