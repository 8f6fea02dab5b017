//! Addresses: what identifies an article, without what tracks its reader.

use url::Url;

use super::Claims;
use crate::model::{Field, Note, is_permanent_name};

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
        // A section page as canonical address of a deeper page, as broken templates have it.
        let (got_path, own_path) = (got.path().trim_end_matches('/'), own_url.path().trim_end_matches('/'));
        if got_path.len() > own_path.len()
            && got_path.starts_with(&format!("{own_path}/"))
            && !got_path[own_path.len()..].contains("amp")
        {
            let rest = &got_path[own_path.len() + 1..];
            if rest.len() > 15 {
                return None;
            }
        }
    }
    without_tracking(own_url.as_str())
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

/// The address of an article: what the page or the feed calls its own, if it can be believed, else where it was got.
pub(super) fn of_article(claims: &Claims, notes: &mut Vec<Note>) -> Option<String> {
    let got = claims.all(Field::Url).find(|claim| readable(&claim.value).is_some()).map(|claim| claim.value.as_str());
    let mut refused = None;
    for claim in claims.all(Field::Canonical) {
        match canonical(got, &claim.value) {
            Some(url) => return Some(url),
            None if readable(&claim.value).is_some() => refused = refused.or(Some(claim)),
            None => {}
        }
    }
    if let (Some(claim), Some(_)) = (refused, got) {
        let said = "is not where the document was got, and was not believed";
        notes.push(Note(format!("the address `{}` ({}) {said}", claim.value, claim.found)));
    }
    // The front page of a site names no article; it is the address all the same where no other was given.
    let front = refused.filter(|_| got.is_none()).map(|claim| claim.value.as_str());
    // A name that leads nowhere comes last: it can be cited, and never opened. Where a web archive says that a record of its
    // own is from (`urn:X-wpull:log`) names no article.
    let name = || claims.all(Field::Canonical).find(|claim| is_permanent_name(&claim.value));
    got.or(front).and_then(without_tracking).or_else(|| name().map(|claim| claim.value.clone()))
}
