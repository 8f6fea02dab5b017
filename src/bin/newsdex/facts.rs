//! What is known of an article, as lines for a person.

use jiff::Timestamp;
use newsdex::model::{AgencyRole, Article, DateClaim, Found};

/// Names and values, empty ones left out.
pub fn of(article: &Article) -> Vec<(&'static str, String)> {
    let p = &article.provenance;
    let one = |f: &Option<Found<String>>| f.as_ref().map(|f| f.value.clone()).unwrap_or_default();
    let many = |f: &[Found<String>]| f.iter().map(|f| f.value.as_str()).collect::<Vec<_>>().join("; ");
    let agencies = |role| {
        let of_role = p.agencies.iter().filter(|a| a.role == role);
        let named = of_role.map(|a| match a.found.strip_suffix(":shape") {
            Some(_) => format!("{} (by the shape of its credits alone)", a.name),
            None => a.name.clone(),
        });
        named.collect::<Vec<_>>().join(", ")
    };
    let set: Vec<&str> = article.flags.set().map(|(_, words)| words).collect();
    let mut facts = vec![
        ("id", article.id.to_string()),
        ("source", one(&article.source)),
        ("authors", article.authors.join(", ")),
        ("published", date(&article.published)),
        ("updated", date(&article.updated)),
        ("fetched", date(&article.fetched)),
        ("language", article.language.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("section", article.section.clone().unwrap_or_default()),
        ("tags", article.tags.join(", ")),
        ("url", article.url.clone().unwrap_or_default()),
        ("agency", agencies(AgencyRole::Origin)),
        ("agency contributed", agencies(AgencyRole::Contributing)),
        ("original publisher", one(&p.original_publisher)),
        ("original url", one(&p.original_url)),
        ("republisher", one(&p.republisher)),
        ("distributor", one(&p.distributor)),
        ("contributors", many(&p.contributors)),
        ("editors", many(&p.editors)),
        ("translators", many(&p.translators)),
        ("licence", one(&p.licence)),
        ("rights notice", many(&p.rights_notice)),
        ("rights basis", one(&p.rights_basis)),
        ("acquired via", one(&p.acquired_via)),
        ("payload digest", one(&p.payload_digest)),
        (
            "dateline",
            p.dateline
                .as_ref()
                .map(|d| {
                    [Some(d.place.clone()), d.date.clone(), d.agency.clone()]
                        .into_iter()
                        .flatten()
                        .collect::<Vec<_>>()
                        .join(", ")
                })
                .unwrap_or_default(),
        ),
        ("photo credit", many(&p.photo_credits)),
        ("tickers", many(&p.tickers)),
        ("corrections", many(&p.corrections)),
        ("flags", set.join(", ")),
        ("embargo", article.embargo.map(embargo).unwrap_or_default()),
        ("words", article.words().to_string()),
    ];
    facts.retain(|(_, value)| !value.is_empty());
    facts
}

/// Until when an article is not to be shown.
fn embargo(until: Timestamp) -> String {
    let kept_back = if until > Timestamp::now() { ": not to be published before, and no search finds it" } else { "" };
    match until == Timestamp::MAX {
        true => format!("its end is not known{kept_back}"),
        false => format!("until {until}{kept_back}"),
    }
}

/// A date with where it was found and what speaks against it.
pub fn date(claim: &Option<DateClaim>) -> String {
    let Some(date) = claim else { return String::new() };
    match &date.doubt {
        Some(doubt) => format!("{} (doubtful: {doubt}; found in {})", date.iso(), date.found),
        None => format!("{} (found in {})", date.iso(), date.found),
    }
}
