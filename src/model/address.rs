//! An address that a list named, to be fetched some day.

use serde::{Deserialize, Serialize};

/// What an address leads to, as far as the list that named it tells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AddressKind {
    /// A feed: it will have new entries.
    Feed,
    /// A sitemap or another list of addresses.
    List,
    /// A page that may hold an article.
    Page,
    /// The list does not say.
    #[default]
    Unknown,
}

impl AddressKind {
    /// All of them.
    pub const ALL: [AddressKind; 4] = [Self::Feed, Self::List, Self::Page, Self::Unknown];

    /// Its name, as stored and shown.
    pub fn name(self) -> &'static str {
        match self {
            Self::Feed => "feed",
            Self::List => "list",
            Self::Page => "page",
            Self::Unknown => "unknown",
        }
    }

    /// The kind of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// An address to be fetched some day and what the list that named it said of it. What was not said is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Absolute, `http` or `https`, without fragment: what makes it the same address.
    pub url: String,
    /// What it leads to.
    pub kind: AddressKind,
    /// Its title.
    pub title: String,
    /// Folders it lies in, outermost first (OPML).
    pub folders: Vec<String>,
    /// The site it belongs to: an address (OPML) or a name (a news sitemap's publication).
    pub site: String,
    /// When it was published or changed, as written.
    pub date: String,
    /// Language as written.
    pub language: String,
    /// Keywords as written.
    pub keywords: String,
    /// The file that named it first.
    pub list: String,
    /// When it was imported first, ISO 8601 in UTC.
    pub added: String,
}
