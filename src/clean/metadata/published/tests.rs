use super::lines::signed;
use super::*;
use crate::model::{BlockKind, Origin};

fn document() -> Document {
    Document {
        origin: Origin::file("a.html"),
        media: MediaType::Page,
        raw: Vec::new(),
        payload: None,
        claims: Vec::new(),
        fetched: None,
        notes: Vec::new(),
    }
}

fn published(said: &[(&str, &str)], url: &str, above: &str) -> String {
    let claims: Vec<Claim> =
        said.iter().filter_map(|(found, value)| Claim::new(Field::Published, value, *found)).collect();
    let mut draft = Draft::default();
    draft.pieces.push(crate::clean::Piece::new(BlockKind::Paragraph, above, "p"));
    let now = "2025-07-01T00:00:00Z".parse().ok();
    let lang = Lang::parse("en");
    let dates = resolve(&Claims(&claims), &draft, Some(url), lang.as_ref(), now, &document(), &mut Vec::new());
    dates
        .published
        .map_or_else(|| "-".to_owned(), |date| format!("{}{}", if date.is_sure() { "" } else { "?" }, date.iso()))
}

#[test]
fn the_most_trusted_day_wins() {
    let plain = "https://orlen.example/a";
    for (said, url, want) in [
        (&[("html:time", "2025-06-20"), ("jsonld:datePublished", "2025-06-27")][..], plain, "2025-06-27"),
        (&[("jsonld:other-article:datePublished", "2025-06-20"), ("html:time:elsewhere", "2025-06-21")], plain, "-"),
        (
            &[
                ("meta:article:published_time", "2025-06-26"),
                ("jsonld:datePublished", "2025-06-27"),
                ("html:time", "2025-06-27"),
            ],
            plain,
            "2025-06-27",
        ),
        (&[], "https://orlen.example/2025/06/27/bridge", "2025-06-27"),
        (&[], "https://orlen.example/news/20250627-bridge.html", "2025-06-27"),
        (&[], "https://orlen.example/2025/jun/27/bridge", "2025-06-27"),
        (&[], "https://orlen.example/blog/2024/october/03/how-many", "2024-10-03"),
        (&[], "https://orlen.example/2025/06/bridge", "-"),
        (&[("html:date", "27 June 2025, 14:05")], plain, "2025-06-27"),
        // The same instant with its offset; a day beside UTC that the instant can be.
        (
            &[("jsonld:datePublished", "2025-06-26T22:04:00Z"), ("meta:date", "Fri, 27 Jun 2025 00:04:00 +0200")],
            plain,
            "2025-06-27T00:04:00+02:00",
        ),
        (&[("jsonld:datePublished", "2025-06-27T03:00:46Z")], "https://orlen.example/2025/06/26/bridge", "2025-06-26"),
        (
            &[("jsonld:datePublished", "2025-06-27T03:00:46Z"), ("html:date", "June 26, 2025 10:00 PM")],
            plain,
            "2025-06-26",
        ),
        (
            &[("jsonld:datePublished", "2025-06-27T12:00:00Z"), ("html:date", "June 29, 2025")],
            plain,
            "2025-06-27T12:00:00Z",
        ),
        // Moved to another system.
        (&[("jsonld:datePublished", "2024-06-27T12:00:00Z")], "https://orlen.example/2017/07/12/bridge", "2017-07-12"),
        // The same instant where only the margins, or the day of a change, tell its offset.
        (
            &[
                ("jsonld:datePublished", "2025-06-27T00:46:23Z"),
                ("html:time:elsewhere", "2025-06-26T19:46:23-05:00"),
                ("html:time:elsewhere", "2025-06-27T11:00:00-05:00"),
            ],
            plain,
            "2025-06-26T19:46:23-05:00",
        ),
        // Today's date at the top of the page is beside the point.
        (
            &[
                ("jsonld:datePublished", "2025-06-27T03:00:46Z"),
                ("html:date", "Sunday, June 29, 2025"),
                ("html:date", "June 26, 2025 10:00 PM"),
            ],
            plain,
            "2025-06-26",
        ),
        (
            &[("meta:article:published_time", "2025-06-26T23:00Z"), ("html:date:elsewhere", "27. Juni 2025")],
            "https://orlen.example.de/a",
            "2025-06-27",
        ),
        // One template's objects bear each other out once; what a reader sees decides.
        (
            &[
                ("jsonld:datePublished", "2025-06-20"),
                ("jsonld:webpage:datePublished", "2025-06-20"),
                ("meta:article:published_time", "2025-06-27"),
                ("html:date", "27 June 2025"),
            ],
            plain,
            "2025-06-27",
        ),
        // Margins: two that agree, not one, not two that do not.
        (&[("html:date:elsewhere", "27 June 2025"), ("html:abbr:elsewhere", "2025-06-27")], plain, "2025-06-27"),
        (&[("html:date:elsewhere", "27 June 2025")], plain, "-"),
        (&[("html:date:elsewhere", "27 June 2025"), ("html:date:elsewhere", "26 June 2025")], plain, "-"),
        (&[("rss:pubDate", "2037-01-01")], plain, "?2037-01-01"),
        (&[("rss:pubDate", "2037-01-01"), ("rss:dc:date", "2025-06-27")], plain, "2025-06-27"),
    ] {
        assert_eq!(published(said, url, "Text."), want, "{said:?} at {url}");
    }
    assert_eq!(published(&[], plain, "Orlen, June 27, 2025"), "2025-06-27");
    let column: Vec<(&str, &str)> = (0..80).map(|_| ("html:time:elsewhere", "2025-06-29")).collect();
    let late = [&column[..], &[("itemprop:datePublished", "2025-06-27")]].concat();
    assert_eq!(published(&late, plain, "Text."), "2025-06-27");
    assert_eq!(published(&[], plain, "Open June 27, 2025 to June 29, 2025"), "-");
    assert_eq!(published(&[("html:date", "03/04/2025")], "https://orlen.example.uk/a", "Text."), "2025-04-03");
    assert_eq!(published(&[("html:date", "03/04/2025")], plain, "Text."), "?2025");
}

#[test]
fn a_text_may_be_signed_with_its_day() {
    let day = |line: &str| signed(line, &Context::default()).map(|date| date.iso());
    assert_eq!(day("Ida Holm, Orlen 27 June 2025").as_deref(), Some("2025-06-27"));
    assert_eq!(day("27.06.2025").as_deref(), Some("2025-06-27"));
    assert_eq!(day("The old bridge was to be opened to carts and people 27 June 2025"), None);
    assert_eq!(day("Copyright 27 June 2025"), None);
    assert_eq!(day("Call 555 0101"), None);
}

#[test]
fn a_day_may_lead_the_text() {
    let plain = "https://orlen.example/a";
    let text = "The council of Orlen has voted to close the old bridge for repairs that will last until the spring.";
    for (lead, want) in
        [("27.06.2025 – ", "2025-06-27"), ("27 June 2025 — ", "2025-06-27"), ("Orlen – ", "-"), ("In 2025 – ", "-")]
    {
        assert_eq!(published(&[], plain, &format!("{lead}{text}")), want, "{lead}");
    }
}
