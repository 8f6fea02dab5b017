//! Pages that call themselves something else than an article: refused where they are no more than that, and kept where
//! somebody tells something.

use newsdex::clean::html::{Refusal, page};
use newsdex::clean::{self, Draft, Options};
use newsdex::model::{Article, Claim, Document, Field, MediaType, Origin, Payload, PayloadKind, Reason};

const SAID: [&str; 6] = [
    "The council of Orlen voted on Tuesday to close the old lock for two years of repairs, and boats go round by the northern canal.",
    "Farmers along the river said that they had not been asked, and that hay cannot wait until the engineers are done with it.",
    "A report found cracks in the western gate last autumn, when the water stood high and the quay was closed for three weeks.",
    "Shops on the quay fear for their summer, since most of their guests arrive by boat and stay for no longer than a day.",
    "The school choir will sing at the market hall, where two hundred seats have been set up and tea will be had for nothing.",
    "Police asked for witnesses after a van was found in the harbour at dawn with its lights on and nobody near it at all.",
];

const HEADS: [&str; 8] = [
    "Old lock closes for two years",
    "Dairy shuts its plant in Ness",
    "Night flights allowed again",
    "Herons return to the marsh",
    "Bus strike enters third week",
    "Storm lifts roof off tennis hall",
    "Van found in the harbour at dawn",
    "Villages vote on joining the town",
];

fn prose(paragraphs: usize) -> String {
    (0..paragraphs).map(|at| format!("<p>{} {}</p>", SAID[at % 6], SAID[(at + 1) % 6])).collect()
}

fn teasers(count: usize) -> String {
    let card = |at: usize| {
        format!("<div class='card'><h3><a href='/news/{at}'>{}</a></h3><p>{}</p></div>", HEADS[at % 8], SAID[at % 6])
    };
    (0..count).map(card).collect()
}

struct Made<'a> {
    url: &'a str,
    data: &'a str,
    head: &'a str,
    class: &'a str,
    title: &'a str,
    body: String,
}

const PLAIN: Made =
    Made { url: "https://echo.example/x/y", data: "", head: "", class: "", title: "", body: String::new() };

fn html(made: &Made) -> String {
    let script = match made.data {
        "" => String::new(),
        data => format!("<script type='application/ld+json'>{data}</script>"),
    };
    format!(
        "<html lang='en'><head><title>{title} | Orlen Echo</title>{head}{script}</head><body class='{class}'><header>\
         <nav><ul><li><a href='/news'>News</a></li><li><a href='/sport'>Sport</a></li></ul></nav></header>\
         <main><h1>{title}</h1>{body}</main><footer><p>© 2026 Orlen Echo</p></footer></body></html>",
        title = made.title,
        head = made.head,
        class = made.class,
        body = made.body,
    )
}

fn read(made: &Made) -> Result<Draft, Refusal> {
    page(&html(made), Some(made.url))
}

fn refused(made: &Made, says: &str) {
    let refusal = read(made).map(|draft| draft.pieces.len()).expect_err(made.title);
    assert_eq!(refusal.reason, Reason::NotAnArticle, "{}: {}", made.title, refusal.detail);
    assert!(refusal.detail.contains(says), "{}: {}", made.title, refusal.detail);
    assert!(!refusal.claims.is_empty(), "{}: what is known of it is kept", made.title);
}

/// `noted`: whether the draft says that the page calls itself something else.
fn kept(made: &Made, noted: bool) {
    let draft = read(made).unwrap_or_else(|refusal| panic!("{}: {}", made.title, refusal.detail));
    let text: String = draft.pieces.iter().filter(|piece| piece.kept()).map(|piece| piece.text.as_str()).collect();
    assert!(text.contains(SAID[0]), "{}: {text}", made.title);
    let says = draft.notes.iter().any(|note| note.0.contains("calls itself no article"));
    assert_eq!(says, noted, "{}: {:?}", made.title, draft.notes);
}

const SITE: &str = r#"{"@type":"WebSite","name":"Orlen Echo","url":"https://echo.example/"}"#;
const FAIR: &str = r#"{"@type":"MusicEvent","name":"Choir evening in the hall","startDate":"2026-12-12T19:00:00+01:00","endDate":"2026-12-13T01:00:00+01:00"}"#;

#[test]
fn lists_are_refused() {
    let list = |url, data, class, title| Made { url, data, class, title, body: teasers(12), ..PLAIN };
    refused(&list("https://echo.example/", SITE, "", "Orlen Echo"), "its address");
    refused(
        &list("https://echo.example/river", r#"{"@type":"CollectionPage","name":"River"}"#, "", "River"),
        "CollectionPage",
    );
    refused(
        &list("https://echo.example/search?q=a", r#"{"@type":"SearchResultsPage"}"#, "", "Search"),
        "SearchResultsPage",
    );
    refused(
        &list("https://echo.example/?s=lock", "", "search search-results", "Search results for: lock"),
        "search-results",
    );
    refused(&list("https://echo.example/tag/lock", "", "archive tag tag-lock", "Lock"), "archive");
    refused(&list("https://echo.example/tag/lock", "", "tag-template tag-lock", "Lock"), "tag-template");
    refused(&list("https://echo.example/river", "", "", "River"), "a row of ");
    // Articles that a list names are not the page's own.
    let items = r#"{"@type":"CollectionPage","mainEntity":{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","headline":"Old lock closes for two years","url":"https://echo.example/news/0"},{"@type":"NewsArticle","headline":"Dairy shuts its plant in Ness","url":"https://echo.example/news/1"}]}}"#;
    refused(&list("https://echo.example/river", items, "", "All about the river"), "CollectionPage");
    let profile = r#"{"@type":"ProfilePage","mainEntity":{"@type":"Person","name":"Ida Holm"}}"#;
    let bio = "<p>Ida Holm has reported on the river since 2009. She lives on a houseboat with two cats.</p>";
    let body = format!("{bio}{}", teasers(8));
    refused(&Made { data: profile, title: "Ida Holm", body, ..PLAIN }, "ProfilePage");
}

#[test]
fn things_are_refused() {
    let ware = r#"{"@type":"Product","name":"Rain boots Holm","offers":{"@type":"Offer","price":"49.90"}}"#;
    let described = "<p>€ 49.90</p><p>The boots are cut from one piece of natural rubber and lined with cotton, so that they dry over night.</p><p>We make them in our own workshop in Ness, in all sizes from 36 to 47.</p>";
    let page = |data, head, title, body: &str| Made { data, head, title, body: body.to_owned(), ..PLAIN };
    refused(&page(ware, "", "Rain boots Holm", described), "`Product`");
    refused(&page("", "<meta property='og:type' content='product'>", "Rain boots Holm", described), "`product`");
    let job = r#"{"@type":"JobPosting","title":"Editor","datePosted":"2026-11-01"}"#;
    refused(&page(job, "", "Editor in Orlen", &prose(4)), "`JobPosting`");
    let hour = "<p>Saturday, 12 December 2026, 19:00</p><p>Market hall, Quay 4</p><p>The choir sings, and you may join in.</p>";
    refused(&page(FAIR, "", "Choir evening in the hall", hour), "`MusicEvent`");
    let micro =
        format!("<div itemscope itemtype='https://schema.org/Product'><h1>Rain boots Holm</h1>{described}</div>");
    let title = "Rain boots Holm";
    let refusal = newsdex::clean::html::page(&format!("<title>{title}</title>{micro}"), None).expect_err("a ware");
    assert!(refusal.detail.contains("`Product`"), "{}", refusal.detail);
}

/// The same words of data, beside a text that somebody wrote.
#[test]
fn articles_are_kept_whatever_stands_beside_them() {
    let page = |data, head, title, body: String| Made { data, head, title, body, ..PLAIN };
    kept(&page(SITE, "<meta property='og:type' content='website'>", "Old lock closes", prose(3)), false);
    kept(&Made { url: "https://idaholm.example/", title: "Why I left the river", body: prose(4), ..PLAIN }, false);
    // A report on the evening, a test of the boots: their headlines are their own.
    kept(&page(FAIR, "", "Choir fills the market hall", prose(2)), false);
    let review = r#"{"@type":"Product","name":"Holm 3","review":{"@type":"Review","author":{"@type":"Person","name":"Bo Lund"}}}"#;
    kept(&page(review, "<meta property='og:type' content='article'>", "Holm 3 review: dry feet", prose(2)), false);
    // A job advertisement beside a report on it.
    let both = r#"[{"@type":"JobPosting","title":"Keeper"},{"@type":"NewsArticle","headline":"Orlen seeks a keeper"}]"#;
    kept(&page(both, "", "Orlen seeks a keeper", prose(2)), false);
    // Its own article among those of a list.
    let own = r#"[{"@type":"CollectionPage"},{"@type":"NewsArticle","headline":"Old lock closes"},{"@type":"NewsArticle","headline":"Dairy shuts"}]"#;
    kept(&page(own, "", "Old lock closes", prose(2) + &teasers(8)), false);
    // Wrongly called, with a body of its own.
    kept(&page(r#"{"@type":"CollectionPage"}"#, "", "Old lock closes", prose(6) + &teasers(12)), true);
    kept(&page(FAIR, "", "Choir evening in the hall", prose(2)), true);
    let ware = r#"{"@type":"Product","name":"Rain boots Holm"}"#;
    kept(&page(ware, "", "Rain boots Holm", prose(5)), true);
    // A briefing of linked headlines, signed; and walks, each with a link to a map elsewhere.
    let brief = "<p class='byline'>By Ida Holm</p>".to_owned() + &prose(1) + &teasers(8);
    kept(&page("", "", "The morning briefing", brief), false);
    let walks: String = (0..8)
        .map(|at| format!("<h2><a href='https://maps.example/{at}'>{}</a></h2>{}", HEADS[at], prose(2)))
        .collect();
    kept(&page("", "", "Eight walks along the river", prose(1) + &walks), false);
}

/// Short texts that a paper has, under the words of data for a thing.
#[test]
fn short_reports_are_kept_whatever_their_data_call_them() {
    let page = |data, head, title, body: String| Made { data, head, title, body, ..PLAIN };
    // A test of a ware, with the day it was published: by data, by the head, and by the headline's microdata.
    let dated = "<p>4 March 2025</p>".to_owned() + &prose(1);
    let ware = r#"{"@type":"Product","name":"Rain boots Holm"}"#;
    kept(&page(ware, "", "Rain boots Holm", dated.clone()), true);
    kept(&page("", "<meta property='og:type' content='product'>", "Lake steamer is back", dated.clone()), true);
    // A story about a vacancy begins with its name, and goes on.
    let job = r#"{"@type":"JobPosting","title":"Town crier"}"#;
    for title in [
        "Town crier wanted: Orlen seeks a loud voice",
        "Town crier: Orlen seeks a loud voice",
        "Town criers meet in Ness",
    ] {
        kept(&page(job, "", title, prose(2)), false);
    }
    for title in [
        "Town crier",
        "Town crier (m/f) in Orlen",
        "Town crier in Orlen",
        "Town crier – Orlen Council",
        "Town crier, Orlen",
    ] {
        refused(&page(job, "", title, prose(2)), "`JobPosting`");
    }
    // A match that is told of in a sentence; and one that is only named.
    let game = r#"{"@type":"SportsEvent","name":"Orlen 2-1 Ness","startDate":"2026-03-01"}"#;
    let told = format!("<p>{}</p>", SAID[0]);
    kept(&page(game, "", "Orlen 2-1 Ness", told), true);
    refused(
        &page(
            game,
            "",
            "Orlen 2-1 Ness",
            "<p>Kick-off is at three in Quay Park.</p><p>Tickets are to be had at the gate.</p>".to_owned(),
        ),
        "`SportsEvent`",
    );
}

/// Films and books are called as walls are; a wall is signed by nobody.
#[test]
fn a_review_is_no_wall() {
    let named = |title: &str, head: &str, body: &str| {
        page(
            &format!(
                "<html><head><title>{title}</title>{head}</head><body><main><h1>{title}</h1>{body}</main></body></html>"
            ),
            None,
        )
    };
    let said = prose(1);
    for title in ["Consent", "Forbidden", "Just a moment..."] {
        named(title, "", &format!("<p>By Ida Holm</p>{said}")).unwrap_or_else(|refused| panic!("{}", refused.detail));
        let refusal = named(title, "", &said).map(|draft| draft.pieces.len()).expect_err(title);
        assert!(refusal.detail.contains("in the article's way"), "{}", refusal.detail);
    }
    let article = "<meta property='og:type' content='article'>";
    let quoted = "<p>The site of the council now asks its visitors to “verify you are human” before they may report a hole in the road.</p>";
    named("Site asks readers to prove it", article, quoted).unwrap_or_else(|refused| panic!("{}", refused.detail));
    let wall = "<p>Please verify you are human by completing the action below, which takes a few seconds and is needed once.</p>";
    for head in ["", article] {
        let refusal = named("Orlen Echo", head, wall).map(|draft| draft.pieces.len()).expect_err(wall);
        assert!(refusal.detail.contains("verify you are human"), "{}", refusal.detail);
    }
}

fn cleaned(made: &Made) -> Article {
    let html = html(made);
    let document = Document {
        origin: Origin::file("evening.html"),
        media: MediaType::Page,
        raw: html.clone().into_bytes(),
        payload: Some(Payload { kind: PayloadKind::HtmlPage, text: html }),
        claims: Claim::new(Field::Url, made.url, "test").into_iter().collect(),
        fetched: None,
        notes: Vec::new(),
    };
    clean::clean(&document, &Options::default()).unwrap_or_else(|refused| panic!("{}", refused.detail))
}

/// The evening on which the choir sings is not the day on which that was published.
#[test]
fn the_day_of_an_event_is_no_day_of_publication() {
    let dated = |data: &'static str, day: &str| {
        let body = format!("<p class='date'>{day}</p>{}", prose(2));
        cleaned(&Made { data, title: "Choir evening in the hall", body, ..PLAIN }).published.map(|date| date.iso())
    };
    assert_eq!(dated(FAIR, "Saturday, 12 December 2026"), None);
    assert_eq!(dated(FAIR, "1 December 2026").as_deref(), Some("2026-12-01"));
    assert_eq!(dated("", "Saturday, 12 December 2026").as_deref(), Some("2026-12-12"));
    // A report that was published on the evening itself, and says so.
    assert_eq!(dated(FAIR, "Published on 12 December 2026").as_deref(), Some("2026-12-12"));
}
