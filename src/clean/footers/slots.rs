//! The slots of patterns: what may stand in each, and which field it tells.

use super::known::Known;
use super::values;
use crate::clean::metadata;
use crate::model::{Field, Yield};

/// Slots that are checked or tell something.
pub(super) const SLOTS: [&str; 38] = [
    "byline",
    "person",
    "rest",
    "author",
    "contributor",
    "editor",
    "translator",
    "line",
    "line2",
    "handle",
    "publisher",
    "blog",
    "republisher",
    "newsletter",
    "distributor",
    "sitename",
    "site",
    "url",
    "pubdate",
    "updated",
    "published",
    "date",
    "agency",
    "with",
    "section",
    "tags",
    "photo",
    "licence",
    "item",
    "ticker",
    "contact",
    "programme",
    "bio",
    "title",
    "headline",
    "place",
    "note",
    "source",
];

/// Checks what stands in a slot, and tells it; `None` where it cannot stand there.
pub(super) fn slot_value(slot: &str, words: &str, context: &Known, out: &mut Vec<Yield>) -> Option<()> {
    let bare =
        words.trim_matches(['"', '“', '”', '„', '«', '»', '<', '>', ',', ';', ' ', '*', '_', '[', ']', '|']).trim();
    let mut tell = |field: Field, value: &str| out.push(Yield { field, value: value.to_owned() });
    match slot {
        "author" | "contributor" | "editor" | "translator" => {
            let bare = values::unbracketed(bare);
            // What stands behind the names, an outlet or a place, is no author.
            if let Some(read) = metadata::byline(bare, context.outlets()).filter(|_| slot == "author") {
                read.persons.iter().chain(&read.agencies).for_each(|name| tell(Field::Author, name));
                return Some(());
            }
            let field = match slot {
                "author" => Field::Author,
                "contributor" => Field::Contributor,
                "editor" => Field::Editor,
                _ => Field::Translator,
            };
            if !values::are_names(bare) {
                return None;
            }
            values::names(bare).iter().for_each(|name| tell(field, name));
        }
        "byline" => {
            for Yield { field, value } in values::parted(bare)? {
                let own = field == Field::OriginalPublisher && values::is_own(context.host, &value);
                tell(if own { Field::SiteName } else { field }, &value);
            }
        }
        "line" | "line2" | "handle" | "rest" => {}
        // A last line about somebody else than who signed is the story's.
        "person" if values::is_person(bare) && context.may_have_signed(bare) => {}
        "publisher" | "blog" | "republisher" | "distributor" | "newsletter" | "sitename" => {
            if !(values::is_outlet(bare) || slot == "blog" && values::is_blog(bare)) {
                return None;
            }
            if slot == "publisher" && bare.contains("://") {
                if !values::is_own(context.host, host(bare)) {
                    tell(Field::OriginalUrl, bare);
                }
                return Some(());
            }
            let lower = bare.to_lowercase();
            let bare =
                [". all rights", ", all rights"].iter().find_map(|end| bare.get(..lower.find(end)?)).unwrap_or(bare);
            let own = values::is_own(context.host, bare);
            let named = values::outlet_name(bare);
            match slot {
                "publisher" if own => tell(Field::SiteName, &named),
                "publisher" => tell(Field::OriginalPublisher, &named),
                "blog" if own => tell(Field::SiteName, bare),
                "blog" => tell(Field::OriginalPublisher, bare),
                "republisher" => tell(Field::Republisher, bare),
                "distributor" => tell(Field::Distributor, bare),
                "newsletter" => tell(Field::FirstPublishedIn, bare),
                _ => tell(Field::SiteName, bare),
            }
        }
        "site" => {
            if !values::is_own(context.host, bare) {
                tell(Field::OriginalSite, bare);
                tell(Field::OriginalPublisher, host(bare));
            }
        }
        "url" => {
            if !values::is_own(context.host, host(bare)) {
                tell(Field::OriginalUrl, bare);
            }
        }
        "date" | "pubdate" | "updated" | "published" => {
            if !values::is_date(bare) {
                return None;
            }
            match slot {
                "pubdate" => tell(Field::OriginalPublished, bare),
                "updated" => tell(Field::Updated, bare),
                "published" => tell(Field::Published, bare),
                _ => {}
            }
        }
        "agency" | "with" => {
            let known = values::agencies(bare);
            if known.is_empty() {
                return None;
            }
            let field = if slot == "agency" { Field::Agency } else { Field::AgencyContributing };
            known.into_iter().filter(|name| !values::is_own(context.host, name)).for_each(|name| tell(field, name));
        }
        "tags" => {
            if bare.len() > 400 {
                return None;
            }
            bare.split([',', ';', '，', '、', '|'])
                .map(|tag| tag.trim().trim_start_matches('#'))
                .filter(|tag| !tag.is_empty())
                .for_each(|tag| tell(Field::Tag, tag));
        }
        "licence" => tell(Field::Licence, &values::licence(bare)?),
        "section" if bare.chars().count() <= 80 => tell(Field::Section, bare),
        "photo" if bare.chars().count() <= 140 && values::is_credit(bare) => {
            tell(Field::PhotoCredit, values::photo_credit(bare))
        }
        "item" => tell(Field::AgencyItemId, bare),
        "ticker" => {
            bare.split([';', ',']).map(str::trim).filter(|one| !one.is_empty()).for_each(|one| tell(Field::Ticker, one))
        }
        "contact" => {
            let first = bare.split([' ', ',']).next().unwrap_or(bare).trim_start_matches('@');
            if bare.split(' ').count() > 8 || matches!(first, "" | "and" | "or" | "the") {
                return None;
            }
            tell(Field::AuthorContact, first);
        }
        "bio" => tell(Field::AuthorBio, bare),
        "note" => tell(Field::CorrectionNote, bare),
        "programme" => tell(Field::Distributor, bare),
        "source" => {
            if !values::is_outlet(bare) {
                return None;
            }
            if !values::is_own(context.host, bare) {
                tell(Field::OriginalPublisher, bare);
            }
        }
        "title" | "headline" if bare.chars().count() <= 300 => {}
        "place" if bare.chars().count() <= 60 => {}
        _ => return None,
    }
    Some(())
}

/// The host of an address, without `www.`.
pub(super) fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host)
}
