//! Who signed a text and when, where no envelope says: bylines and days on lines of their own, and what only looks like them.

use newsdex::clean::{self, Options};
use newsdex::model::{Article, Claim, Document, Field, MediaType, Origin, Payload, PayloadKind};

const STORY: &str = "The council of Orlen voted on Thursday to close the old bridge for repairs that will last until the spring, \
    and the ferry will carry people and goods across the river in the meantime.";
const MORE: &str = "Shopkeepers on the east bank said they had not been asked. The mayor, who has promised to pay for lost trade, \
    said the work could not wait for another winter.";

fn clean_text(media: MediaType, text: &str, claims: &[(Field, &str, &str)]) -> Article {
    let document = Document {
        origin: Origin::file("orlen.txt"),
        media,
        raw: text.as_bytes().to_vec(),
        payload: Some(Payload { kind: PayloadKind::PlainText, text: text.to_owned() }),
        claims: claims.iter().filter_map(|(field, value, found)| Claim::new(*field, value, *found)).collect(),
        fetched: None,
        notes: Vec::new(),
    };
    let options = Options { now: "2026-07-01T00:00:00Z".parse().ok(), ..Options::default() };
    clean::explain(&document, &options).unwrap().article
}

/// Authors, agencies and whether the line left, for a line under a headline and above a text.
fn under_headline(line: &str) -> (Vec<String>, Vec<String>, bool) {
    let text = format!("Bridge at Orlen to close for repairs\n\n{line}\n\n{STORY}\n\n{MORE}\n");
    let article = clean_text(MediaType::Text, &text, &[]);
    let agencies = article.provenance.agencies.iter().map(|agency| agency.name.clone()).collect();
    let left = !article.text.contains(line.lines().next().unwrap_or(line));
    (article.authors, agencies, left)
}

#[test]
fn behind_a_name_stand_places_and_outlets() {
    for (line, authors) in [
        ("By Anna Weiss", &["Anna Weiss"][..]),
        ("By Anna Weiss, London", &["Anna Weiss"]),
        ("By Anna Weiss, New York", &["Anna Weiss"]),
        ("By Anna Weiss, Valley Voice", &["Anna Weiss"]),
        ("By Anna Weiss, Tarn Independent", &["Anna Weiss"]),
        ("By Anna Weiss, Sun and Moon", &["Anna Weiss"]),
        ("By Anna Weiss, Special to the Voice", &["Anna Weiss"]),
        ("By Anna Weiss, Local Democracy Reporter", &["Anna Weiss"]),
        ("By Anna Weiss, photographs by Lotte Hahn", &["Anna Weiss"]),
        ("By Anna Weiss, translated from the German by Tom Hale", &["Anna Weiss"]),
        ("By Anna Weiss (text) and Lotte Hahn (photos)", &["Anna Weiss"]),
        ("By Anna Weiss/Valley Voice", &["Anna Weiss"]),
        ("Story by Anna Weiss for Valley Voice", &["Anna Weiss"]),
        ("Von Anna Weiss, Tel Aviv", &["Anna Weiss"]),
        ("Von Anna Weiss, Wien", &["Anna Weiss"]),
        ("Par Léa Martin, Paris", &["Léa Martin"]),
        ("Par Léa Martin, envoyée spéciale à Rome", &["Léa Martin"]),
        ("Par Léa Martin, journaliste", &["Léa Martin"]),
        ("Por Luisa Prieto, Madrid", &["Luisa Prieto"]),
        ("Por Ana Souza, da Folha", &["Ana Souza"]),
        ("Por Ana Souza — São Paulo", &["Ana Souza"]),
        ("di Chiara Rossi, Roma", &["Chiara Rossi"]),
        ("Door Kees Vink, Brussel", &["Kees Vink"]),
        ("记者 李强", &["李强"]),
        ("本报记者 李强 王丽", &["李强", "王丽"]),
        // And other persons.
        ("By Anna Weiss, Tom Hale", &["Anna Weiss", "Tom Hale"]),
        ("By Anna Weiss and Lairen Warli", &["Anna Weiss", "Lairen Warli"]),
        ("By Anna Weiss, Lairen Warli and Tom Hale", &["Anna Weiss", "Lairen Warli", "Tom Hale"]),
        ("By Anna Weiss, MD, and Tom Hale, RN", &["Anna Weiss", "Tom Hale"]),
        ("Von Anna Weiss und Jan Kruse, Wien", &["Anna Weiss", "Jan Kruse"]),
    ] {
        let (found, _, left) = under_headline(line);
        assert_eq!(found, authors, "{line}");
        assert!(left, "{line}");
    }
}

#[test]
fn agencies_beside_names_sign_as_agencies() {
    for (line, authors, agencies) in [
        ("Von Petra Holz, dpa", &["Petra Holz"][..], &["dpa"][..]),
        ("Von Anna Weiss (dpa)", &["Anna Weiss"], &["dpa"]),
        ("By Anna Weiss, Tom Hale and The Associated Press", &["Anna Weiss", "Tom Hale"], &["AP"]),
        ("Автор: Ольга Сомова, ТАСС", &["Ольга Сомова"], &["TASS"]),
        ("Ольга Сомова, ТАСС", &["Ольга Сомова"], &["TASS"]),
        ("Par Léa Martin et AFP", &["Léa Martin"], &["AFP"]),
        ("Par Léa Martin (avec AFP)", &["Léa Martin"], &[]),
    ] {
        let (found, signed, left) = under_headline(line);
        assert_eq!(
            (found.as_slice(), left),
            (authors.iter().map(|&s| s.to_owned()).collect::<Vec<_>>().as_slice(), true),
            "{line}"
        );
        assert!(agencies.iter().all(|agency| signed.iter().any(|known| known == agency)), "{line}: {signed:?}");
    }
}

#[test]
fn phrases_and_credits_of_works_sign_nothing() {
    for line in [
        "By Act of Parliament",
        "By Lake Como\n\nthe villas have stood empty since the spring, their shutters closed against the heat.",
        "Von Johannes Brahms\n\nspielte das Orchester nur die Vierte. Der Rest war neu.",
        "Par Maurice Ravel\n\ntout commence et tout finit, dit le chef.",
        "By Michael Torres\n\nHarrow, 320 pp., $28",
        "By Anna Weiss, who lives by the river and saw it rise",
        "Published 14 April 1912\n\nit says, under the drawing of a ship.",
    ] {
        let (authors, _, left) = under_headline(line);
        assert_eq!((authors.as_slice(), left), (&[][..], false), "{line}");
    }
    for row in [
        "Directed by Paula Reyes\nWritten by Joel Smith\nStarring Ana Duarte and Tom Vale",
        "Author: Carol Aske\nTitle: Twelve Winters\nPublisher: Northgate Press\nPages: 140",
        "Text: Paul Gerber\nMelody: Johann Cray",
        "“Salt and Iron” by Carol Aske, Northgate Press\nBy Rosa Vidal, Tarn House",
    ] {
        let article = clean_text(MediaType::Text, &format!("{STORY}\n\n{MORE}\n\n{row}\n"), &[]);
        assert_eq!(article.authors, [""; 0], "{row}");
    }
    // The same box above the text names neither the article's title nor its outlet.
    let boxed = format!(
        "Author: Carol Aske\nTitle: Twelve Winters\nPublisher: Northgate Press\nPages: 140\n\n{STORY}\n\n{MORE}\n"
    );
    let article = clean_text(MediaType::Text, &boxed, &[]);
    assert_eq!((article.authors.as_slice(), article.title.as_str()), (&[][..], ""));
    assert!(article.source.is_none());
    // And without its pages it is a head.
    let head = boxed.replace("Pages: 140\n", "");
    assert_eq!(clean_text(MediaType::Text, &head, &[]).authors, ["Carol Aske"]);
    // Credits of the article at its end.
    for (credit, author) in [("Written by Joel Smith", "Joel Smith"), ("Text: Anna Weiss", "Anna Weiss")] {
        let article = clean_text(MediaType::Text, &format!("{STORY}\n\n{MORE}\n\n{credit}\n"), &[]);
        assert_eq!(article.authors, [author], "{credit}");
    }
}

#[test]
fn whoever_holds_the_rights_is_no_author_beside_one() {
    let signed = |line: &str, notice: &str| {
        let text = format!("Bridge at Orlen to close for repairs\n\n{STORY}\n\n{MORE}\n\n{line}\n\n{notice}\n");
        clean_text(MediaType::Text, &text, &[]).authors
    };
    assert_eq!(signed("By Anna Weiss, Paul Morrow", "© 2025 Paul Morrow. All rights reserved."), ["Anna Weiss"]);
    assert_eq!(
        signed("By Anna Weiss, Paul Morrow", "© 2025 Orlen Watch. All rights reserved."),
        ["Anna Weiss", "Paul Morrow"]
    );
    let own = [(Field::Author, "Anna Weiss", "json:author"), (Field::SiteName, "Anna Weiss", "json:site")];
    assert_eq!(clean_text(MediaType::Record, STORY, &own).authors, ["Anna Weiss"]);
}

#[test]
fn a_record_names_who_wrote_and_nobody_else() {
    for (author, authors) in [
        ("Jane Doe (text) and Lotte Hahn (photos)", &["Jane Doe"][..]),
        ("Jana Doe (Text) und Lotte Hahn (Fotos)", &["Jana Doe"]),
        ("Jane Doe/Valley Voice", &["Jane Doe"]),
        ("Jane Doe, Valley Voice", &["Jane Doe"]),
        ("Jane Doe, Tel Aviv", &["Jane Doe"]),
        ("Ana Souza, da Folha", &["Ana Souza"]),
        ("Jane Doe, Lairen Warli", &["Jane Doe", "Lairen Warli"]),
        ("Jane Doe / Tom Hale", &["Jane Doe", "Tom Hale"]),
        ("N/A", &[]),
        ("本报记者 李强 王丽", &["李强", "王丽"]),
        ("記者 山田 太郎", &["山田 太郎"]),
    ] {
        let article = clean_text(MediaType::Record, STORY, &[(Field::Author, author, "json:author")]);
        assert_eq!(article.authors, authors, "{author}");
    }
}

fn day_of(text: &str) -> String {
    let article = clean_text(MediaType::Text, text, &[]);
    article.published.map(|date| date.iso_day()).unwrap_or_default()
}

#[test]
fn a_last_line_dates_a_text_only_as_its_signature() {
    for (line, day) in [
        ("Ida Holm, Orlen, 27 June 2025", "2025-06-27"),
        ("Orlen, 27 June 2025", "2025-06-27"),
        ("Orlen, den 27. Juni 2025", "2025-06-27"),
        ("Paris, le 4 juillet 2025", "2025-07-04"),
        ("27.06.2025", "2025-06-27"),
        ("Friday, 27 June 2025", "2025-06-27"),
        ("Published 27 June 2025", "2025-06-27"),
        ("Veröffentlicht am 27. Juni 2025", "2025-06-27"),
        ("The verdict is due 4 July 2025.", ""),
        ("The trial resumes on 3 October 2025.", ""),
        ("Voting ends 4 July 2025.", ""),
        ("In cinemas 4 July 2025", ""),
        ("Deadline 15 August 2025", ""),
        ("Deadline, 15 August 2025", ""),
        ("Town Museum, until 14 September 2025", ""),
        ("Bis 14. September 2025", ""),
        ("En salles le 4 juillet 2025", ""),
        ("Prochaine audience le 3 octobre 2025", ""),
        ("С 4 июля 2025 года", ""),
        ("公開は2025年7月4日", ""),
        ("Your son Karl, Verdun, 4 May 1916", ""),
        ("Orlen, 7 April 1921", ""),
        ("12 March 1821", ""),
        ("The letter is dated 3 March 2024", ""),
        ("When does it start? 1 July 2025.", ""),
    ] {
        assert_eq!(day_of(&format!("{STORY}\n\n{MORE}\n\n{line}\n")), day, "{line}");
    }
    // A letter from years before the text.
    assert_eq!(day_of(&format!("{STORY}\n\nThe flood of 2024 was worse. {MORE}\n\nOrlen, 27 June 2016\n")), "");
    assert_eq!(day_of(&format!("{STORY}\n\n24 February 2022\n\n{MORE}\n\n25 February 2022\n")), "");
}

#[test]
fn a_line_above_a_text_dates_it_only_by_its_shape() {
    for (line, day) in [
        ("27 June 2025", "2025-06-27"),
        ("Friday, 27 June 2025, 10:15", "2025-06-27"),
        ("Orlen, 27 June 2025", "2025-06-27"),
        ("Published 27 June 2025", "2025-06-27"),
        ("By Anna Weiss\n\n27 June 2025", "2025-06-27"),
        ("Final: 30 May 2026", ""),
        ("Filed 3 May 2023", ""),
        ("Best before 3 May 2026", ""),
        ("Launch date: 3 October 2025", ""),
        ("Palace of Orlen, 24 December 1951", ""),
        ("14 April 1912", ""),
    ] {
        let text = format!("Bridge at Orlen to close for repairs\n\n{line}\n\n{STORY}\n\n{MORE}\n");
        assert_eq!(day_of(&text), day, "{line}");
    }
    // What stands below a short text stands above nothing.
    assert_eq!(day_of("The council meets again, the clerk said after the vote.\n\nNext meeting: 15 August 2025\n"), "");
    // Several days are a list of what is on, or a chronicle.
    let days = "Concerts this week\n\nSaturday 14 June 2025, 20:00\n\nThe band plays.\n\nSunday 15 June 2025, 17:00\n\nThe choir sings.\n";
    assert_eq!(day_of(days), "");
}

#[test]
fn a_date_in_a_sentence_is_no_head() {
    for (text, day, left) in [
        ("Date 2025-06-27 was printed on every ballot, the clerk said.", "", false),
        ("Data 2025/06/27 from the river gauges show that the flood has passed.", "", false),
        ("date 2025-06-27 The council has voted to close the bridge.", "2025-06-27", true),
        ("date 2025-06-27 text the council has voted to close the bridge.", "2025-06-27", true),
    ] {
        let article = clean_text(MediaType::Text, &format!("{text}\n\n{STORY}\n"), &[]);
        assert_eq!(article.published.map(|date| date.iso_day()).unwrap_or_default(), day, "{text}");
        assert_eq!(!article.text.contains("2025"), left, "{text}");
    }
}

#[test]
fn who_edits_is_named_without_brackets() {
    let text = format!("{STORY}\n\n{MORE}\n\n（责任编辑：王丽）\n");
    let article = clean_text(MediaType::Text, &text, &[]);
    assert!(!article.text.contains("王丽"));
    let editors = article.provenance.editors.iter().map(|editor| editor.value.as_str());
    assert_eq!(editors.collect::<Vec<_>>(), ["王丽"]);
}

#[test]
fn whom_one_writes_for_leaves_with_the_byline() {
    for (line, left) in [
        ("By Anna Weiss\n\nStaff Writer", true),
        ("BY ANNA WEISS\n\nVALLEY VOICE STAFF WRITER", true),
        ("By ANNA WEISS\n\nVALLEY VOICE", true),
        ("By Anna Weiss\n\nOrlen in June", false),
    ] {
        let text = format!("Bridge at Orlen to close for repairs\n\n{line}\n\n{STORY}\n\n{MORE}\n");
        let article = clean_text(MediaType::Text, &text, &[]);
        assert_eq!(article.authors, ["Anna Weiss"], "{line}");
        assert_eq!(article.text.starts_with(STORY), left, "{line}: {}", article.text);
    }
}

#[test]
fn a_signature_below_a_message_hides_no_credits() {
    let text = format!(
        "{STORY}\n\n{MORE}\n\n(Reporting by Ana Babel; Editing by Mark Toom)\n\nCarla Dunn\n\nDeputy editor\n\nOrlen Watch\n\n+1 555 0134\n"
    );
    let article = clean_text(MediaType::Mail, &text, &[]);
    assert_eq!(article.authors, ["Ana Babel"]);
    assert!(!article.text.contains("Reporting") && article.text.ends_with("+1 555 0134"));
}

#[test]
fn a_feed_s_text_may_begin_with_its_day() {
    let day = |html: &str, claims: &[(Field, &str, &str)]| {
        let document = Document {
            payload: Some(Payload { kind: PayloadKind::HtmlFragment, text: format!("<p>{html}</p><p>{STORY}</p>") }),
            claims: claims.iter().filter_map(|(field, value, found)| Claim::new(*field, value, *found)).collect(),
            ..Document {
                origin: Origin::file("orlen.xml"),
                media: MediaType::FeedEntry,
                raw: Vec::new(),
                payload: None,
                claims: Vec::new(),
                fetched: None,
                notes: Vec::new(),
            }
        };
        let article = clean::explain(&document, &Options::default()).unwrap().article;
        (article.published.map(|date| date.iso_day()).unwrap_or_default(), article.text.starts_with("The council"))
    };
    let words = "The council has voted to close the bridge.";
    assert_eq!(day(&format!("date 2025-06-27 Text {words}"), &[]), ("2025-06-27".to_owned(), true));
    assert_eq!(day(&format!("date June 27, 2025 {words}"), &[]), ("2025-06-27".to_owned(), true));
    assert_eq!(day(&format!("Date June 27, 2025 {words}"), &[]), (String::new(), false));
    assert_eq!(day("Date 2025-06-27 was printed on every ballot.", &[]), (String::new(), false));
    let envelope = [(Field::Published, "2025-06-28", "rss:pubDate")];
    assert_eq!(day(&format!("date 2025-06-27 {words}"), &envelope).0, "2025-06-28");
}
