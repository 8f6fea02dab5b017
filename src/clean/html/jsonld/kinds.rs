//! What the objects of JSON-LD are, by their types.

use serde_json::{Map, Value};

#[derive(PartialEq, Eq, Clone, Copy)]
pub(super) enum Kind {
    Article,
    Page,
    /// A thing that can be the page itself and carry its dates: a video, a recipe, a review.
    Other,
    /// A thing that others made and pages are about: a book, a film, an event.
    Work,
    Site,
    Person,
    Organization,
    None,
}

pub(super) fn types(object: &Map<String, Value>) -> Vec<&str> {
    match object.get("@type") {
        Some(Value::String(one)) => vec![one.as_str()],
        Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

pub(super) fn kind(object: &Map<String, Value>) -> Kind {
    let mut kind = Kind::None;
    for name in types(object) {
        let name = bare(name);
        let this = match name {
            _ if name.ends_with("Article") || name.ends_with("Posting") && name != "JobPosting" || name == "Report" => {
                Kind::Article
            }
            "WebPage" | "ItemPage" | "MediaGallery" | "ImageGallery" | "VideoGallery" | "CollectionPage" => Kind::Page,
            "Person" => Kind::Person,
            "WebSite" => Kind::Site,
            "Review" | "VideoObject" | "AudioObject" | "Recipe" | "CreativeWork" | "PodcastEpisode" | "HowTo"
            | "ClaimReview" => Kind::Other,
            "Book"
            | "Movie"
            | "Event"
            | "MusicAlbum"
            | "MusicRecording"
            | "Play"
            | "TVSeries"
            | "TVEpisode"
            | "TVSeason"
            | "VideoGame"
            | "SoftwareApplication"
            | "MobileApplication"
            | "WebApplication" => Kind::Work,
            _ if name.ends_with("Organization") || matches!(name, "Corporation" | "Brand") => Kind::Organization,
            _ => Kind::None,
        };
        if this == Kind::Article || kind == Kind::None {
            kind = this;
        }
    }
    kind
}

/// A type without the vocabulary before it.
pub(super) fn bare(name: &str) -> &str {
    name.rsplit(['/', ':', '#']).next().unwrap_or(name)
}

/// Whether a type is that of a thing which a page can be about without telling a story: an event, a ware, a vacancy.
pub(in crate::clean::html) fn is_thing(name: &str) -> bool {
    name.ends_with("Event")
        || matches!(
            name,
            "Product" | "ProductGroup" | "ProductModel" | "IndividualProduct" | "JobPosting" | "RealEstateListing"
        )
}
