//! The address of a saved page, of which nobody knows where it was got: two articles must never be taken for one.

use newsdex::clean::{self, Options};
use newsdex::model::{Article, Claim, Document, Field, MediaType, Origin, Payload, PayloadKind};

const STORY: &str = "<p>The council of Orlen voted on Thursday to close the old bridge for repairs that will last until the spring, \
    and the ferry will carry people and goods across the river in the meantime.</p><p>Shopkeepers on the east bank said they \
    had not been asked. The mayor, who has promised to pay for lost trade, said the work could not wait for another winter.</p>";

fn read(got: Option<&str>, title: &str, head: &str, data: &str) -> Article {
    let html = format!(
        "<html lang='en'><head><title>{title}</title>{head}<script type='application/ld+json'>{data}</script></head>\
         <body><main><article><h1>{title}</h1>{STORY}</article></main></body></html>"
    );
    let document = Document {
        origin: Origin::file("bridge.html"),
        media: MediaType::Page,
        raw: html.clone().into_bytes(),
        payload: Some(Payload { kind: PayloadKind::HtmlPage, text: html }),
        claims: got.and_then(|url| Claim::new(Field::Url, url, "test")).into_iter().collect(),
        fetched: None,
        notes: Vec::new(),
    };
    clean::clean(&document, &Options::default()).unwrap_or_else(|refused| panic!("{title}: {}", refused.detail))
}

const LINK: &str = "<link rel='canonical' href='https://echo.example/river/old-bridge-closes'>";
const OWN: &str = "https://echo.example/river/old-bridge-closes";
const TITLE: &str = "Old bridge closes";

fn data(key: &str, address: &str) -> String {
    format!(r#"{{"@type":"NewsArticle","headline":"{TITLE}","{key}":"{address}"}}"#)
}

#[test]
fn what_the_system_writes_stands_before_what_a_template_says() {
    let page = |key, address: &str| format!(r#"{{"@type":"WebPage","@id":"{address}","{key}":"{address}"}}"#);
    for (head, said, want) in [
        (LINK, data("mainEntityOfPage", "https://google.com/article"), Some(OWN)),
        (LINK, data("url", "https://echo.example/river"), Some(OWN)),
        (LINK, data("url", "https://other.example/a/long-story-of-theirs"), Some(OWN)),
        (LINK, page("url", "https://echo.example/river/another-one"), Some(OWN)),
        // `og:url` where the link is that of a section above it, or of the front.
        (
            "<link rel='canonical' href='https://echo.example/river'><meta property='og:url' content='https://echo.example/river/old-bridge-closes'>",
            String::new(),
            Some(OWN),
        ),
        ("<link rel='canonical' href='https://echo.example/'>", data("url", OWN), Some(OWN)),
        // Data alone, if nothing speaks against them.
        ("", data("url", OWN), Some(OWN)),
        ("", data("url", "https://echo.example/bridge"), Some("https://echo.example/bridge")),
        ("", data("mainEntityOfPage", "https://google.com/article"), None),
        ("", data("mainEntityOfPage", "https://www.example.com/some-article"), None),
        ("", data("mainEntityOfPage", "https://echo.example/river"), None),
        // A page taken over from another site calls that one's address canonical: it is another copy.
        (
            "<link rel='canonical' href='https://herald.example/news/bridge-closes'><meta property='og:url' content='https://echo.example/river/old-bridge-closes'>",
            data("url", OWN),
            Some(OWN),
        ),
        // What is beside the article has another address.
        ("", r#"{"@type":"Book","name":"Bridges","url":"https://books.example/b/bridges-of-orlen"}"#.to_owned(), None),
        (
            "",
            r#"{"@type":"NewsArticle","headline":"Herons return to the marsh","url":"https://echo.example/marsh/herons-return"}"#.to_owned(),
            None,
        ),
    ] {
        assert_eq!(read(None, TITLE, head, &said).url.as_deref(), want, "{head} {said}");
    }
    let got = "https://echo.example/river/old-bridge-closes?utm_source=x";
    for said in [data("url", "https://echo.example/marsh"), data("mainEntityOfPage", "https://google.com/article")] {
        assert_eq!(read(Some(got), TITLE, "", &said).url.as_deref(), Some(OWN), "{said}");
    }
}

#[test]
fn articles_that_share_a_template_are_two() {
    let template = |title: &str, address: &str| {
        format!(r#"{{"@type":"NewsArticle","headline":"{title}","mainEntityOfPage":{{"@id":"{address}"}}}}"#)
    };
    for address in ["https://google.com/article", "https://echo.example/river", "https://echo.example/"] {
        let id = |title: &str| {
            let html = read(None, title, "", &template(title, address));
            (html.id, html.url)
        };
        let (one, other) = (id("Old bridge closes"), id("Herons return to the marsh"));
        assert_ne!(one.0, other.0, "{address}: {:?} {:?}", one.1, other.1);
    }
}
