//! Tests of page cleaning from outside: invented pages with the shapes that mislead extractors, hostile pages, and
//! a floor under the quality measured on optional external data.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Read;
use std::path::{Path, PathBuf};

use newsdex::clean::html::{fragment, page};
use newsdex::model::{Field, Reason};

mod around;
mod called;
mod row;
mod shapes;

fn fixture(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/page").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("`{}`: {e}", path.display()))
}

/// `wanted` must stand in the kept text, `unwanted` must not, and all of it must be accounted for.
fn check(name: &str, wanted: &[&str], unwanted: &[&str]) {
    let draft =
        page(&fixture(name), Some("https://post.example/news/lock")).unwrap_or_else(|r| panic!("{name}: {r:?}"));
    let text = |kept: bool| -> String {
        draft.pieces.iter().filter(|p| p.kept() == kept).map(|p| format!("{}\n\n", p.text)).collect()
    };
    let (kept, removed) = (text(true), text(false));
    for wanted in wanted {
        assert!(kept.contains(wanted), "{name}: `{wanted}` was lost\nkept:\n{kept}\nremoved:\n{removed}");
    }
    for unwanted in unwanted {
        assert!(!kept.contains(unwanted), "{name}: `{unwanted}` was kept\n{kept}");
        assert!(removed.contains(unwanted), "{name}: `{unwanted}` is not accounted for\n{removed}");
    }
    for piece in draft.pieces.iter().filter_map(|p| p.removed.as_ref()) {
        assert!(piece.rule.starts_with("page."), "{name}: {}", piece.rule);
    }
}

#[test]
fn articles_are_found_whole() {
    check(
        "plain.html",
        &[
            "The lock at Rye Haven reopened on Tuesday",
            "“We had given up hope,” said Ida Holm",
            "Who paid for it",
            "The county will decide in May",
        ],
        &[
            "Ferry timetable",
            "Sign up for our morning newsletter",
            "Council votes on parking",
            "Nice to read some good news",
            "Rye Haven Post, 3 Quay Street",
        ],
    );
    check(
        "breaks.html",
        &[
            "Snow closed the pass above Elmsford",
            "Drivers waited in the village hall",
            "The road is to open again on Friday",
        ],
        &["Most read"],
    );
}

#[test]
fn standfirsts_are_kept_and_captions_are_not() {
    check(
        "standfirst.html",
        &[
            "At 91 Olaf Brandt still takes the school children",
            "The bell on the far bank",
            "never been so tired in his life",
        ],
        &["Photograph: Jon Pell", "The woman who counts the swans", "Weather"],
    );
    check(
        "captions.html",
        &["The swans came back to the basin on Sunday", "The town asks visitors not to feed them", "I am not stopping"],
        &["Jon Pell/Courier", "1 of 3: The nest below the mill", "2 of 3: Feeding time"],
    );
}

#[test]
fn a_body_in_several_boxes_is_found_whole() {
    check(
        "split.html",
        &[
            "The fire at the old tannery on Mill Lane",
            "Nobody was hurt when the roof came down",
            "The building has stood empty since 2011",
            "Two schools stayed closed",
            "Crews from four towns will relieve each other",
            "The timber yard holds some 4,000 cubic metres",
        ],
        &["New boots for autumn", "What the town wanted to do with the tannery", "in your inbox at six"],
    );
}

#[test]
fn all_posts_of_a_live_blog_are_kept() {
    check(
        "live.html",
        &[
            "The last families have left the sports hall",
            "For the first time since dawn the water is lower",
            "I have moved the piano upstairs twice today",
            "The county has shut the bridge at the mill",
            "All four schools in the lower town",
        ],
        &["Copy link", "Tannery fire burns into a second day"],
    );
}

#[test]
fn links_to_other_articles_and_comments_are_left_out() {
    check(
        "related.html",
        &[
            "Quay Street will be closed to cars",
            "Deliveries are allowed until ten",
            "Shopkeepers are divided",
            "The council will look at the closure again",
        ],
        &[
            "What shopkeepers said about parking",
            "Bus to Rye Haven",
            "The town will borrow two million",
            "more of her garden",
        ],
    );
    check(
        "comments.html",
        &[
            "The library in Elmsford will open on Sundays",
            "Forty people have put their names down",
            "Books can be borrowed",
        ],
        &["I have waited for this since I was a boy", "And who will pay when a volunteer", "Well done to Mrs Sand"],
    );
}

#[test]
fn a_paywall_leaves_its_stub_and_says_so() {
    check(
        "paywall.html",
        &["The letter that ended the harbour trust", "What was in the letter"],
        &["Subscribe now to read the full story", "Already a subscriber?"],
    );
    let draft = page(&fixture("paywall.html"), None).expect("an article");
    for field in [Field::Paywalled, Field::Truncated] {
        assert!(draft.claims.iter().any(|c| c.field == field && c.found == "html:paywall"), "{field:?}");
    }
}

#[test]
fn an_article_further_down_is_never_merged() {
    for name in ["scroll.html", "scroll-boxes.html"] {
        check(
            name,
            &[
                "The chapel on the hill has new bells",
                "The largest weighs 900 kilograms",
                "will stand in the churchyard",
            ],
            &["The quarry above Elmsford wants to hire", "The stone will go down by cable", "county cup in chess"],
        );
    }
    let refusal = page(&fixture("several.html"), None).expect_err("a listing");
    assert_eq!(refusal.reason, Reason::SeveralArticles, "{}", refusal.detail);
}

#[test]
fn lists_and_tables_are_kept_whole() {
    check(
        "lists.html",
        &[
            "Rye Haven",
            "Lower Elmsford, who led to the last bend",
            "Quarry",
            "Port Wester",
            "chapel choir",
            "I. Holm | 9 | 7",
            "O. Brandt | 4 | 10",
            "9:00 Bells",
            "10:30 Egg race",
            "12:00 Soup",
            "14:00 Band",
            "16:00 Raffle",
            "Buses leave from the chapel",
        ],
        &["Ferryman of 91", "Weather"],
    );
}

#[test]
fn links_are_absolute_and_claims_are_there() {
    let draft = page(&fixture("plain.html"), Some("https://post.example/news/lock")).expect("an article");
    let links: Vec<_> =
        draft.pieces.iter().filter(|p| p.kept()).flat_map(|p| &p.links).map(|l| l.href.as_str()).collect();
    assert_eq!(links, ["https://post.example/reports/lock.pdf"]);
    let said = |field: Field, found: &str| {
        draft.claims.iter().find(|c| c.field == field && c.found == found).map(|c| c.value.as_str())
    };
    assert_eq!(said(Field::Author, "jsonld:author:person"), Some("Mats Orr"));
    assert_eq!(said(Field::Author, "html:byline"), Some("By Mats Orr"));
    assert_eq!(said(Field::Title, "html:h1"), Some("Lock reopens after nine years"));
    assert_eq!(said(Field::Published, "html:time"), Some("2024-03-05T08:00:00+01:00"));
    assert_eq!(said(Field::Language, "html:lang"), Some("en"));
    assert_eq!(said(Field::Canonical, "link:canonical"), Some("https://post.example/news/lock"));
}

#[test]
fn pages_that_are_no_article_are_refused() {
    let check = |html: &str, reason: Reason| {
        let refusal = page(html, None).expect_err(html);
        assert_eq!(refusal.reason, reason, "{html}: {}", refusal.detail);
        assert!(!refusal.detail.is_empty() && !refusal.detail.ends_with('.'), "{}", refusal.detail);
    };
    check("", Reason::Empty);
    check(
        "<title>Just a moment...</title><p>Checking your browser before accessing post.example.",
        Reason::NotAnArticle,
    );
    check(
        "<title>Post</title><h1>Access</h1><p>Please complete the security check to go on reading the page.",
        Reason::NotAnArticle,
    );
    let links: String = (0..90).map(|n| format!("<li><a href='/n/{n}'>Town news number {n}</a></li>")).collect();
    check(&format!("<title>Post</title><ul>{links}</ul>"), Reason::NotAnArticle);
    let posts: String = (0..4)
        .map(|n| {
            let text = format!("The town of Elmsford held its market number {n} on Sunday, and many people came to see it. ").repeat(6);
            format!("<article class=post><h2><a href='/p/{n}'>Market {n} in Elmsford</a></h2><div class=entry-content><p>{text}</p><p>{text}</p></div></article>")
        })
        .collect();
    check(&format!("<title>Elmsford blog</title><main>{posts}</main>"), Reason::SeveralArticles);
}

/// What each costs is measured by `cargo bench --bench hostile`.
#[test]
fn hostile_pages_are_read_or_refused() {
    let many = |what: &str, n: usize| what.repeat(n);
    let pages = [
        ("divs", many("<div>", 100_000) + "deep" + &many("</div>", 100_000)),
        ("formatting", (0..20_000).map(|n| format!("<p><font size={n}>x")).collect()),
        ("tables", many("<table><tr><td>", 20_000)),
        ("rows", "<table>".to_owned() + &many("<tr><td>Rye<td>12", 60_000) + "</table>"),
        ("attributes", "<p ".to_owned() + &(0..200_000).map(|n| format!("a{n}=1 ")).collect::<String>() + ">x"),
        ("links", many("<a href=x>y", 100_000)),
        ("spans", many("<span>y", 100_000)),
        ("lists", many("<ul><li>y", 50_000)),
        ("unclosed", many("<b><i><p>", 50_000)),
        ("words", many("word ", 400_000)),
        ("json", "<script type=application/ld+json>".to_owned() + &many("[", 200_000) + "</script><p>x"),
    ];
    for (name, html) in pages {
        let blocks = page(&html, None).map_or(0, |draft| draft.pieces.len());
        let laid_out = fragment(&html[..html.len().min(300_000)], None).pieces.len();
        assert!(blocks + laid_out <= 300_000, "{name}: {blocks} and {laid_out} blocks");
    }
}

fn tokens(text: &str) -> Vec<&str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|w| !w.is_empty()).collect()
}

fn grams(tokens: &[&str]) -> HashMap<u64, u32> {
    let mut counts = HashMap::new();
    for at in 0..tokens.len().saturating_sub(3).max(1) {
        let gram = &tokens[at..tokens.len().min(at + 4)];
        let mut hasher = DefaultHasher::new();
        gram.hash(&mut hasher);
        *counts.entry(hasher.finish()).or_default() += u32::from(!gram.is_empty());
    }
    counts
}

/// Body F of a set by the scorer of the scrapinghub article extraction benchmark; every third page, for speed.
fn body_f(folder: &Path) -> f64 {
    let truth = std::fs::read_to_string(folder.join("truth.jsonl")).expect("the truth is readable");
    let (mut precision, mut recall) = (Vec::new(), Vec::new());
    for line in truth.lines().step_by(3) {
        let row: serde_json::Value = serde_json::from_str(line).expect("a truth line is JSON");
        let mut bytes = Vec::new();
        let file = std::fs::File::open(folder.join(row["file"].as_str().unwrap_or(""))).expect("the page is there");
        flate2::read::MultiGzDecoder::new(file).read_to_end(&mut bytes).expect("the page is gzip");
        let kept: Vec<String> = page(&String::from_utf8_lossy(&bytes), row["url"].as_str())
            .map(|d| d.pieces.into_iter().filter(|p| p.kept()).map(|p| p.text).collect())
            .unwrap_or_default();
        let body = kept.join("\n\n");
        let (got, want) = (grams(&tokens(&body)), grams(&tokens(row["text"].as_str().unwrap_or(""))));
        let both: u32 = want.iter().map(|(g, n)| n.min(got.get(g).unwrap_or(&0))).sum();
        let share = |of: &HashMap<u64, u32>| f64::from(both) / f64::from(of.values().sum::<u32>().max(1));
        if !got.is_empty() {
            precision.push(share(&got));
        }
        recall.push(share(&want));
    }
    let mean = |v: &[f64]| v.iter().sum::<f64>() / v.len().max(1) as f64;
    let (p, r) = (mean(&precision), mean(&recall));
    2.0 * p * r / (p + r)
}

/// The floors stand in a file beside the fixtures, with what was measured when they were set.
#[test]
fn quality_does_not_fall() {
    let data: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/extraction");
    let floors = fixture("floors.tsv");
    let rows = floors.lines().filter(|l| !l.starts_with('#')).map(|l| l.split('\t').collect::<Vec<_>>());
    for row in rows {
        let (set, floor) = (row[0], row[1].parse::<f64>().expect("a floor is a number"));
        let folder = data.join(set);
        if !folder.exists() {
            eprintln!("skipped: the optional external data `{}` is absent", folder.display());
            continue;
        }
        let f = body_f(&folder);
        eprintln!("{set}: body F {f:.4}, its floor {floor}");
        assert!(f >= floor, "{set}: body F {f:.4} is below its floor {floor}");
    }
}
