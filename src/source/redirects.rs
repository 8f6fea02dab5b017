//! Addresses of search services that lead on to the page they found, which stands in a parameter of theirs.

use url::Url;

/// Where an address of Google's or Bing's leads.
pub fn target(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let host = url.host_str()?;
    let google = (host.starts_with("www.google.") || host == "google.com") && url.path() == "/url";
    let bing = matches!(host, "www.bing.com" | "bing.com") && url.path() == "/news/apiclick.aspx";
    let target = url.query_pairs().find(|(key, _)| key == "url" || key == "q").map(|(_, value)| value.into_owned());
    target.filter(|target| (google || bing) && target.starts_with("http"))
}
