//! Exports of content systems in the form of a feed (WordPress, Blogger): what they hold beside articles, what was never
//! published, and who stands behind the names under which people log in.

use crate::source::xml::{Id, Tree};

/// What an entry is.
pub enum Kind {
    Article,
    /// A picture, a menu, a comment: no text that anybody published.
    Other(String),
    /// A draft, by its status.
    Unpublished(String),
}

/// What an export says of itself.
pub struct Export {
    /// Names to log in with, and those shown.
    writers: Vec<(String, String)>,
    wordpress: bool,
    /// Whether entries say that they are posts, as in an export of Blogger.
    blogger: bool,
}

impl Export {
    pub fn of(tree: &Tree<'_>) -> Self {
        let mut export = Self { writers: Vec::new(), wordpress: false, blogger: false };
        for id in tree.descendants(0) {
            match tree.name(id) {
                "wp:wxr_version" => export.wordpress = true,
                "wp:author" => {
                    let of = |name: &str| tree.path(id, &[name]).map(|at| tree.line(at)).unwrap_or_default();
                    let (login, shown) = (of("author_login"), of("author_display_name"));
                    if !login.is_empty() && !shown.is_empty() {
                        export.writers.push((login, shown));
                    }
                }
                "blogger:type" => export.blogger = true,
                "category" | "atom:category" if !export.blogger => {
                    export.blogger = blogger_kind(tree, id) == Some("post");
                }
                _ => {}
            }
        }
        export
    }

    /// The name shown of who logs in so.
    pub fn name_of(&self, login: &str) -> Option<&str> {
        self.writers.iter().find(|(known, _)| known == login).map(|(_, name)| name.as_str())
    }
}

/// `post` of `http://schemas.google.com/blogger/2008/kind#post`.
fn blogger_kind<'t>(tree: &'t Tree<'_>, category: Id) -> Option<&'t str> {
    tree.attribute(category, "scheme").filter(|scheme| scheme.ends_with("/g/2005#kind"))?;
    tree.attribute(category, "term")?.rsplit_once('#').map(|(_, kind)| kind)
}

/// What an entry of such an export is; an article in all other feeds.
pub fn of(tree: &Tree<'_>, entry: Id, export: &Export) -> Kind {
    let said =
        |name: &str| tree.children(entry).find(|id| tree.name(*id) == name).map(|id| tree.line(id)).unwrap_or_default();
    if export.wordpress {
        let kind = said("wp:post_type");
        let inner = [
            "attachment",
            "nav_menu_item",
            "revision",
            "custom_css",
            "customize_changeset",
            "oembed_cache",
            "user_request",
            "wpcf7_contact_form",
            "shop_order",
            "elementor_library",
        ];
        if inner.contains(&kind.as_str()) || kind.starts_with("wp_") || kind.starts_with("acf-") {
            return Kind::Other(format!("WordPress {kind}"));
        }
        let status = said("wp:status");
        if matches!(status.as_str(), "draft" | "auto-draft" | "pending" | "private" | "trash" | "future" | "inherit") {
            return Kind::Unpublished(status);
        }
    }
    if export.blogger {
        // Exports of today say it in elements of their own.
        let kind = said("blogger:type").to_ascii_lowercase();
        let kind = tree.children(entry).find_map(|id| blogger_kind(tree, id)).unwrap_or(&kind);
        if !matches!(kind, "" | "post" | "page") {
            return Kind::Other(format!("Blogger {kind}"));
        }
        let status = said("blogger:status").to_ascii_lowercase();
        if !matches!(status.as_str(), "" | "live") {
            return Kind::Unpublished(status);
        }
        if tree.descendants(entry).any(|id| tree.local(id) == "draft" && tree.line(id) == "yes") {
            return Kind::Unpublished("draft".to_owned());
        }
    }
    Kind::Article
}
