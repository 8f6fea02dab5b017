//! Days and names within a short story or below it are none of the page's own, wherever its own are told; and what is the
//! page's own in the same places is found.

use newsdex::model::Article;

use super::page;

const LD: &str = "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Ferry sinks at Orlen\",\
                  \"datePublished\":\"2024-03-12T10:00:00Z\"}</script>";
const STORY: [&str; 3] = [
    "<p>The old ferry sank at its moorings in Orlen on Tuesday night, taking with it the only crossing for forty kilometres.</p>",
    "<p>Nobody was on board, and the harbour master said that the pumps had been switched off to save electricity.</p>",
    "<p>“I heard it go down,” said Ida Holm, who keeps the inn above the landing and had warned of the pumps.</p>",
];

fn cleaned(head: &str, body: &str) -> Article {
    let html = format!(
        "<html lang='en-US'><head><title>Ferry sinks at Orlen</title>{head}</head><body><main><article>\
         <h1>Ferry sinks at Orlen</h1>{body}</article></main></body></html>"
    );
    page(html)
}

fn day(article: &Article) -> String {
    article.published.as_ref().map_or_else(String::new, |date| date.day.to_string())
}

fn story(end: &str) -> String {
    format!("<div class='b'>{}{end}</div>", STORY.concat())
}

#[test]
fn a_reader_who_comments_signs_and_dates_nothing() {
    let comment = "<h3>Reader comments</h3><div><p>Posted by Joe Orr on March 14, 2024</p><p>So sad, I took it every day.</p></div>";
    let answer = "<h3>Responses (2)</h3><p>Posted by Joe Orr on March 3, 2014</p>";
    for below in [comment, answer] {
        let article = cleaned(LD, &(story("") + below));
        assert_eq!((day(&article).as_str(), article.authors.len()), ("2024-03-12", 0), "{below}");
        assert_eq!(cleaned("", &(story("") + below)).authors.len(), 0, "{below}");
    }
    // An agency's credits may stand below links to other stories.
    let credits = "<h3>More on this story</h3><ul><li><a href='/a'>Boat sinks</a></li></ul>\
                   <p>(Reporting by Mara Linde in Orlen; Editing by Tom Orel)</p>";
    assert_eq!(cleaned("", &(story("") + credits)).authors, ["Mara Linde"]);
    // The page's own line at its end, which no heading parts from it; its data outrank it.
    let signed = story("<p>Posted by Mara Linde on March 14, 2024</p>");
    let article = cleaned("", &signed);
    assert_eq!((day(&article).as_str(), article.authors.as_slice()), ("2024-03-14", &["Mara Linde".to_owned()][..]));
    assert_eq!(day(&cleaned(LD, &signed)), "2024-03-12");
}

#[test]
fn a_day_in_a_short_story_is_the_storys() {
    let letter =
        story("<p>The letter is given in full below.</p><p>Mend the pumps.</p><p>Emil Roth</p><p>March 3, 2014</p>");
    let article = cleaned(LD, &letter);
    assert_eq!(day(&article), "2024-03-12");
    assert!(article.text.ends_with("March 3, 2014"), "{}", article.text);
    let updated = cleaned(LD, &(story("") + "<p>Last updated: March 3, 2014</p>"));
    assert_eq!((day(&updated).as_str(), updated.updated.is_none()), ("2024-03-12", true));
    // Above the story, below a standfirst too, a day that nothing contradicts is the page's.
    let dek = "<p>The only crossing for forty kilometres is gone, and the harbour master says who switched the pumps off.</p>";
    for above in [
        "<p>March 12, 2024</p>".to_owned(),
        format!("{dek}<p>March 12, 2024</p>"),
        format!("{dek}<div class='meta'>March 12, 2024</div>"),
    ] {
        assert_eq!(day(&cleaned("", &(above.clone() + &story("")))), "2024-03-12", "{above}");
    }
}

#[test]
fn the_days_of_a_chronicle_are_its_own() {
    let entry = |day: &str, n: usize| {
        format!(
            "{day}<p>Warning number {n} was written to the harbour master, who filed it and asked for an answer in writing.</p>"
        )
    };
    let days = ["March 3, 2014", "April 9, 2014", "Nov. 6, 2017"];
    for tag in ["h3", "div class='date'"] {
        let close = tag.split(' ').next().unwrap();
        let entries: String =
            days.iter().enumerate().map(|(n, day)| entry(&format!("<{tag}>{day}</{close}>"), n)).collect();
        let article =
            cleaned(if tag == "h3" { "" } else { LD }, &format!("<div class='b'>{}{entries}</div>", STORY[0]));
        assert_eq!(day(&article), if tag == "h3" { "" } else { "2024-03-12" }, "{tag}");
        assert!(days.iter().all(|day| article.text.contains(day)), "{tag}: {}", article.text);
    }
}

#[test]
fn days_of_other_things_date_nothing() {
    let none = [
        (
            String::new(),
            "<div class='more'><h3>More stories</h3><a href='/x'><time datetime='2019-01-01'>Jan 1, 2019</time> Mayor opens the new pool in Tarn</a></div>",
        ),
        (
            String::new(),
            "<article class='card'><a href='/x'><h3>Pool opens</h3></a><time datetime='2019-01-01'>Jan 1, 2019</time></article>",
        ),
        (String::new(), "<p>The landing was built on <time datetime='1931-05-04'>May 4, 1931</time>.</p>"),
        ("<p><strong>When:</strong> April 20, 2024</p>".to_owned(), ""),
        ("<div class='info'>Deadline: April 20, 2024</div>".to_owned(), ""),
        ("<div class='meta'>Harrow, 320 pages, published May 4, 2021</div>".to_owned(), ""),
        ("<div class='meta'>March 2024 · 5 min read</div>".to_owned(), ""),
    ];
    for (above, below) in none {
        assert_eq!(day(&cleaned("", &(above.clone() + &story("") + below))), "", "{above}{below}");
    }
    let own = [
        "<time datetime='2024-03-12'>March 12, 2024</time>",
        "<p class='byline'>By Mara Linde, <time datetime='2024-03-12'>March 12, 2024</time></p>",
        "<a href='/p/1'><time datetime='2024-03-12'>3 days ago</time> · 5 min read</a>",
        "<p>Written on <time datetime='2024-03-12'>March 12, 2024</time> by Mara Linde for the Vale Courier.</p>",
        "<a href='/ferry'><time datetime='2024-03-12'>March 12, 2024</time></a>",
        "<div class='meta'>Published: March 12, 2024</div>",
    ];
    for above in own {
        assert_eq!(day(&cleaned("", &(above.to_owned() + &story("")))), "2024-03-12", "{above}");
    }
}

#[test]
fn who_wrote_a_teaser_or_an_answer_wrote_nothing_here() {
    let meta = "<meta property='article:published_time' content='2024-03-12T10:00:00Z'>";
    for below in [
        "<div class='card'><h3><a href='/a'>Mayor opens the new pool</a></h3><span class='byline'>By Ola Moe</span></div>",
        "<div class='next'><a href='/a'>Mayor opens the new pool</a> By Ola Moe</div>",
        "<section class='responses'><div class='response'><span class='author'>Joe Orr</span><p>So sad.</p></div></section>",
    ] {
        assert_eq!(cleaned(meta, &(story("") + below)).authors, [""; 0], "{below}");
    }
    for (above, below) in [
        ("<p class='byline'>By Mara Linde</p>", ""),
        (
            "",
            "<div class='about'><h3><a href='/author/mara'>Mara Linde</a></h3><span class='author'>Mara Linde</span></div>",
        ),
    ] {
        assert_eq!(cleaned(meta, &(above.to_owned() + &story("") + below)).authors, ["Mara Linde"], "{above}{below}");
    }
}

#[test]
fn a_correction_in_a_margin_is_part_of_the_record() {
    let note = "March 13, 2024: An earlier version of this article misstated the age of the ferry. It was 62, not 61.";
    for (open, word, close) in [
        ("<aside class='correction'><p>", "Correction, ", "</p></aside>"),
        ("<footer class='article-footer'><p>", "Correction, ", "</p></footer>"),
        ("<div class='bottom-of-article'><div><p>", "A correction was made on ", "</p></div></div>"),
    ] {
        let article = cleaned(LD, &format!("{}{open}{word}{note}{close}", story("")));
        assert!(article.text.ends_with("not 61.") && article.flags.corrected, "{open}: {}", article.text);
    }
    let other = cleaned(LD, &format!("{}<aside><h3>Also</h3><p>Correction, {note}</p></aside>", story("")));
    assert!(!other.flags.corrected);
}
