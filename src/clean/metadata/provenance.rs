//! Claims → the fields of provenance.

use super::dates::{self, Context};
use super::{Claims, agencies, folded};
use crate::model::{Agency, AgencyRole, Claim, Dateline, Field, Found, Provenance};

/// Most values kept in a field that holds several.
const MAX_VALUES: usize = 40;

/// Fills every field that something was claimed for; `names` are the outlet's own.
pub(super) fn resolve(claims: &Claims, names: &[String], context: &Context) -> Provenance {
    // Of equally trusted claims the first; a sentence about this very article is trusted most.
    let one = |field| {
        let best = claims.all(field).filter(|claim| !is_own(claim, names)).min_by_key(|claim| distance(claim));
        // What tracks a reader is no part of an address.
        let clean = |claim: &Claim| {
            let address = matches!(field, Field::OriginalUrl | Field::OriginalSite) && claim.value.contains('?');
            if address { super::without_tracking(&claim.value) } else { None }
        };
        best.map(|claim| Found {
            value: clean(claim).unwrap_or_else(|| claim.value.clone()),
            found: claim.found.clone(),
        })
    };
    let many = |field| {
        let mut out: Vec<Found<String>> = Vec::new();
        for claim in claims.all(field).take(MAX_VALUES) {
            if !out.iter().any(|known| known.value == claim.value) {
                out.push(Found { value: claim.value.clone(), found: claim.found.clone() });
            }
        }
        out
    };
    let original_published = claims.all(Field::OriginalPublished).find_map(|claim| {
        dates::parse(&claim.value, context).map(|date| crate::model::DateClaim { found: claim.found.clone(), ..date })
    });
    let (article, site) = (one(Field::OriginalUrl), one(Field::OriginalSite));
    let scope = if article.is_some() { Some("article") } else { site.as_ref().map(|_| "site") };
    let publisher = one(Field::OriginalPublisher).or_else(|| {
        // A site that owns the text is its publisher, if nobody said more.
        let site = site.as_ref()?;
        Some(Found {
            value: super::host_of(&site.value).unwrap_or_else(|| site.value.clone()),
            found: site.found.clone(),
        })
    });
    Provenance {
        original_url: article.or(site),
        original_url_scope: scope.map(str::to_owned),
        original_publisher: publisher,
        original_published,
        republisher: one(Field::Republisher),
        contributors: many(Field::Contributor),
        editors: many(Field::Editor),
        translators: many(Field::Translator),
        agencies: of_agencies(claims),
        agency_item_id: one(Field::AgencyItemId),
        distributor: one(Field::Distributor),
        licence: one(Field::Licence),
        rights_notice: many(Field::RightsNotice),
        rights_basis: one(Field::RightsBasis),
        // The envelope's word stands first; a notice in the text knows more of how the text itself was got.
        acquired_via: claims
            .all(Field::AcquiredVia)
            .last()
            .map(|claim| Found { value: claim.value.clone(), found: claim.found.clone() }),
        // The authors say so, once they are known.
        signed_by: Vec::new(),
        first_published_in: one(Field::FirstPublishedIn),
        photo_credits: many(Field::PhotoCredit),
        tickers: many(Field::Ticker),
        dateline: claims.first(Field::DatelinePlace).map(|place| Dateline {
            place: place.value.clone(),
            date: claims.first(Field::DatelineDate).map(|claim| claim.value.clone()),
            agency: claims.all(Field::Agency).find(|claim| claim.found == place.found).map(|claim| claim.value.clone()),
        }),
        author_bio: many(Field::AuthorBio),
        author_contact: many(Field::AuthorContact),
        corrections: once(many(Field::CorrectionNote)),
        guid: one(Field::Guid),
        urgency: one(Field::Urgency),
        payload_digest: one(Field::PayloadDigest),
    }
}

/// Whether a line of rights names the outlet itself, which tells of no other publisher.
fn is_own(claim: &Claim, names: &[String]) -> bool {
    claim.field == Field::OriginalPublisher
        && claim.found.starts_with("rights.")
        && names.iter().any(|name| folded(name) == folded(&claim.value))
}

/// How far a claim is from saying it of this article: a line such as `first published by X`, then what an envelope or the
/// page's data say, then a line of rights, which stands under all of a paper's articles alike, then the neighbours' data.
fn distance(claim: &Claim) -> u8 {
    let rule = |areas: &[&str]| areas.iter().any(|area| claim.found.starts_with(area));
    match () {
        _ if claim.found.ends_with(":elsewhere") || claim.found.starts_with("jsonld:other") => 3,
        _ if claim.field == Field::Licence && claim.value == "all-rights-reserved" || rule(&["rights."]) => 2,
        _ if rule(&["footer.", "feed.", "licence."]) && claim.found != "footer.source" => 0,
        _ => 1,
    }
}

/// Each text once: a rule tells the note with the words that lead to it, and without.
fn once(notes: Vec<Found<String>>) -> Vec<Found<String>> {
    let said: Vec<String> = notes.iter().map(|note| note.value.clone()).collect();
    let holds = |other: &String, note: &Found<String>| other.len() > note.value.len() && other.contains(&note.value);
    notes.into_iter().filter(|note| !said.iter().any(|other| holds(other, note))).collect()
}

/// Each agency once; an agency that is the origin is not also a contributor.
fn of_agencies(claims: &Claims) -> Vec<Agency> {
    let roles = [(Field::Agency, AgencyRole::Origin), (Field::AgencyContributing, AgencyRole::Contributing)];
    let mut out: Vec<Agency> = Vec::new();
    for (field, role) in roles {
        // Who made the text, by a page's data, is an agency only if it is one: most name themselves.
        let agency =
            |claim: &&Claim| !claim.found.ends_with("sourceOrganization") || agencies::named(&claim.value).is_some();
        for claim in claims.all(field).filter(agency).take(MAX_VALUES) {
            if !out.iter().any(|known| known.name.eq_ignore_ascii_case(&claim.value)) {
                out.push(Agency { name: claim.value.clone(), role, found: claim.found.clone() });
            }
        }
    }
    out
}
