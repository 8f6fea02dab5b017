use super::{markdown, text};
use crate::clean::draft::Draft;
use crate::model::{BlockKind, Field};

fn kept(draft: &Draft) -> Vec<&str> {
    draft.pieces.iter().filter(|piece| piece.kept()).map(|piece| piece.text.as_str()).collect()
}

fn claims(draft: &Draft) -> Vec<(Field, &str)> {
    draft.claims.iter().map(|claim| (claim.field, claim.value.as_str())).collect()
}

const BODY: &str =
    "The ferry between Orlen and Tarn stopped on Monday after a crack was found in its shaft, the port said.";

#[test]
fn headers_become_claims() {
    use Field::*;
    for (raw, told, left) in [
        (format!(" date 2025-06-27 {BODY}\n\nMore."), vec![(Published, "2025-06-27")], vec![BODY, "More."]),
        (
            format!(
                "Title: Ferry stops\nAuthor: Ada Moss\nDate: 2025-06-27\nSource: Tarn Post\nURL: https://tarn.example/a\n\n{BODY}"
            ),
            vec![
                (Title, "Ferry stops"),
                (Author, "Ada Moss"),
                (Published, "2025-06-27"),
                (Source, "Tarn Post"),
                (Canonical, "https://tarn.example/a"),
            ],
            vec![BODY],
        ),
        (
            format!("Titre : Le bac\nAuteur : Élodie M.\nDate : 12 février 2025\n\n{BODY}"),
            vec![(Title, "Le bac"), (Author, "Élodie M."), (Published, "12 février 2025")],
            vec![BODY],
        ),
        (
            format!("標題：渡輪停航\n作者：陳大文\n日期：2025年6月27日\n{BODY}"),
            vec![(Title, "渡輪停航"), (Author, "陳大文"), (Published, "2025年6月27日")],
            vec![BODY],
        ),
        (
            format!("FERRY STOPS AFTER CRACK\nTarn Post, 27 Jun 2025\nBy Ada Moss\n\n{BODY}"),
            vec![(Title, "FERRY STOPS AFTER CRACK"), (Source, "Tarn Post"), (Published, "27 Jun 2025")],
            vec!["By Ada Moss", BODY],
        ),
        (format!("Date 27/06/2025 Text {BODY}\n\nMore."), vec![(Published, "27/06/2025")], vec![BODY, "More."]),
        (format!("Date: 27 June 2025 Text: {BODY}"), vec![(Published, "27 June 2025")], vec![BODY]),
        (
            format!("Date 27 June 2025 was chosen for the fair. {BODY}"),
            vec![],
            vec![&*format!("Date 27 June 2025 was chosen for the fair. {BODY}").leak()],
        ),
        (
            format!("Title: Ferry stops | Author: Ada Moss | Date: 27 June 2025\n\n{BODY}"),
            vec![(Title, "Ferry stops"), (Author, "Ada Moss"), (Published, "27 June 2025")],
            vec![BODY],
        ),
        (
            format!("Title: Ferry stops; Source: Tarn Post; Text: {BODY} Note: one; date: none.\nMore of it."),
            vec![(Title, "Ferry stops"), (Source, "Tarn Post")],
            vec![&*format!("{BODY} Note: one; date: none.").leak(), "More of it."],
        ),
        // A place and a day tell no outlet, and stay.
        (format!("ORLEN, 27 June 2025\n{BODY}"), vec![], vec!["ORLEN, 27 June 2025", BODY]),
        (
            format!("Ferry stops after crack is found\n\n{BODY}"),
            vec![(Title, "Ferry stops after crack is found")],
            vec![BODY],
        ),
        (
            format!(
                "Ferry stops after crack\n{BODY}\nThe second line is here, and it is also rather long, as lines of a body are."
            ),
            vec![(Title, "Ferry stops after crack")],
            vec![BODY, "The second line is here, and it is also rather long, as lines of a body are."],
        ),
        (
            format!("---\ntitle: \"Late apples\"\nauthor: Ada Moss\ntags: [farming, climate]\n---\n{BODY}"),
            vec![(Title, "Late apples"), (Author, "Ada Moss"), (Tag, "farming"), (Tag, "climate")],
            vec![BODY],
        ),
        (
            format!(
                "1 of 20 DOCUMENTS\n\n\nThe Tarn Post\n\nJune 27, 2025 Friday\nFinal Edition\n\nFerry stops\n\nBYLINE: By ADA MOSS\n\nSECTION: News; Pg. A4\n\nLENGTH: 512 words\n\n{BODY}\n\nLOAD-DATE: June 28, 2025\n\nLANGUAGE: ENGLISH\n"
            ),
            vec![
                (Source, "The Tarn Post"),
                (Published, "June 27, 2025 Friday"),
                (Title, "Ferry stops"),
                (Author, "By ADA MOSS"),
                (Section, "News"),
                (Language, "ENGLISH"),
            ],
            vec![BODY],
        ),
        (
            format!("MILL CLOSES IN PLINTH\nBy Jane Roe\n\n{BODY}"),
            vec![(Title, "MILL CLOSES IN PLINTH")],
            vec!["By Jane Roe", BODY],
        ),
        (
            format!("Mill closes\nJune 5, 2025\n\n{BODY}"),
            vec![(Title, "Mill closes"), (Published, "June 5, 2025")],
            vec![BODY],
        ),
        (
            format!("Mill closes\nBy Jane Roe\n5 June 2025\n{BODY}"),
            vec![(Title, "Mill closes"), (Published, "5 June 2025")],
            vec!["By Jane Roe", BODY],
        ),
        (format!("2025-06-27\n{BODY}"), vec![(Published, "2025-06-27")], vec![BODY]),
        (format!("June 5, 2025\n\n{BODY}"), vec![(Published, "June 5, 2025")], vec![BODY]),
        (format!("date 2025-06-27\n\n{BODY}"), vec![(Published, "2025-06-27")], vec![BODY]),
        (format!("Author: Roe, Jane; Doe, John\n\n{BODY}"), vec![(Author, "Roe, Jane; Doe, John")], vec![BODY]),
        // What only looks like a header.
        (
            format!("June 5, 2025\n\n{BODY}\n\nJune 6, 2025\n\n{BODY}"),
            vec![],
            vec!["June 5, 2025", BODY, "June 6, 2025", BODY],
        ),
        (format!("2025-13-45\n\n{BODY}"), vec![], vec!["2025-13-45", BODY]),
        (format!("{BODY}\n\n{BODY}"), vec![], vec![BODY, BODY]),
        (format!("TARN, June 27 (AP) — {BODY}"), vec![], vec![&*format!("TARN, June 27 (AP) — {BODY}")]),
        (format!("By Ada Moss\n\n{BODY}"), vec![], vec!["By Ada Moss", BODY]),
        (
            format!("Date palms die in the drought of the south.\n\n{BODY}"),
            vec![],
            vec!["Date palms die in the drought of the south.", BODY],
        ),
        (
            format!("Source: a person who knows the plan told the Post that it was dropped.\n\n{BODY}"),
            vec![],
            vec!["Source: a person who knows the plan told the Post that it was dropped.", BODY],
        ),
        ("Ferry stops after crack".to_owned(), vec![], vec!["Ferry stops after crack"]),
        (
            "Advertisement\n\nThis is the only sentence that there is.".to_owned(),
            vec![],
            vec!["Advertisement", "This is the only sentence that there is."],
        ),
        (String::new(), vec![], vec![]),
    ] {
        let draft = text(&raw);
        assert_eq!(claims(&draft), told, "{raw}");
        assert_eq!(kept(&draft), left, "{raw}");
    }
    assert_eq!(text(&format!("Ferry stops\n\n{BODY}")).claims[0].found, "text:first-line");
    assert_eq!(text(&format!("date 2025-06-27 {BODY}")).pieces[0].removed.as_ref().unwrap().rule, "header.glued-date");
}

/// What stands before the first words of a text: it leaves, and what it says is claimed.
#[test]
fn heads_of_mails_leave_with_what_they_say() {
    use Field::*;
    let told = vec![(Source, "Jo Winter"), (Title, "Ferry stops"), (Published, "Fri, 27 Jun 2025 10:11:12 +0200")];
    let head = "From: Jo Winter <jo@tarn.example>\nTo: desk@orlen.example,\n  night@orlen.example\nSubject: Ferry stops\nDate: Fri, 27 Jun 2025 10:11:12 +0200\n";
    for (raw, told, left) in [
        (format!("{head}\n{BODY}\n\nMore."), told.clone(), vec![BODY, "More."]),
        (format!("---------- Forwarded message ---------\n{head}\n\n{BODY}"), told.clone(), vec![BODY]),
        (
            format!(
                "From: Ada Moss <ada@orlen.example>\nTo: Jo\nSubject: Fwd: Ferry stops\nDate: Sat, 28 Jun 2025 08:00\n\n-----Original Message-----\n{head}\n{BODY}"
            ),
            told.clone(),
            vec![BODY],
        ),
        (
            format!(
                "Von: Fähramt <amt@tarn.example>\nGesendet: Freitag, 27. Juni 2025 10:11\nAn: Redaktion\nBetreff: AW: WG: Fähre steht\n\n{BODY}"
            ),
            vec![(Source, "Fähramt"), (Published, "Freitag, 27. Juni 2025 10:11"), (Title, "Fähre steht")],
            vec![BODY],
        ),
        // Further down only the head goes, and only below the line that announces it; it tells nothing of this text.
        (
            format!("{BODY}\n\n-------- Original Message --------\n{head}\nThe second mail."),
            vec![],
            vec![BODY, "The second mail."],
        ),
        (
            format!("{BODY}\n\nFrom: Jo Winter\nTo: Ada Moss\nSubject: the crack\n\nThe mail was read in court."),
            vec![],
            vec![BODY, "From: Jo Winter", "To: Ada Moss", "Subject: the crack", "The mail was read in court."],
        ),
        // What only begins like one.
        (
            format!("From: the mayor's office to the courts, the ferry keeps everybody busy.\n\n{BODY}"),
            vec![],
            vec!["From: the mayor's office to the courts, the ferry keeps everybody busy.", BODY],
        ),
        (
            format!("From: Orlen\nTo: Tarn\nSubject: a ferry\n\n{BODY}"),
            vec![],
            vec!["From: Orlen", "To: Tarn", "Subject: a ferry", BODY],
        ),
        (
            format!(
                "To: all who cross\nSubject: the crack\nA letter that nobody sent, and that everybody read.\n\n{BODY}"
            ),
            vec![],
            vec![
                "To: all who cross",
                "Subject: the crack",
                "A letter that nobody sent, and that everybody read.",
                BODY,
            ],
        ),
        (head.to_owned(), vec![], head.trim().split('\n').map(str::trim).collect()),
    ] {
        let draft = text(&raw);
        assert_eq!(claims(&draft), told, "{raw}");
        assert_eq!(kept(&draft), left, "{raw}");
    }
}

#[test]
fn the_label_of_the_text_leaves_the_text() {
    for label in ["Text: ", "Body: ", "TEXT:", "Full text:  "] {
        let draft = text(&format!("Title: Ferry stops\nDate: 2025-06-27\n\n{label}{BODY}\n\nMore."));
        assert_eq!(kept(&draft), [BODY, "More."]);
        assert_eq!(claims(&draft), [(Field::Title, "Ferry stops"), (Field::Published, "2025-06-27")]);
    }
    let export = text(&format!("SECTION: News\nLENGTH: 20 words\nDATELINE: Orlen\nBODY: {BODY}\n\nMore."));
    assert_eq!(kept(&export), [BODY, "More."]);
    // Without a header above it, it is a word of the text.
    for first in ["Text: the new word of the year, and how it came about.", "Body: what a crack does to a shaft."] {
        assert_eq!(kept(&text(&format!("{first}\n\n{BODY}"))), [first, BODY]);
        assert_eq!(kept(&text(&format!("Ferry stops after crack\n\n{BODY}\n\n{first}"))), [BODY, first]);
    }
}

#[test]
fn bylines_and_days_below_a_headline() {
    use Field::*;
    let title = (Title, "Ferry stops after crack");
    for (head, told, left) in [
        ("\nBy: Staff", vec![title, (Author, "Staff")], vec![]),
        ("\nBy Staff Reporters\n", vec![title, (Author, "Staff Reporters")], vec![]),
        (
            "\nBy Our Own Correspondent\nJune 5, 2025",
            vec![title, (Author, "Our Own Correspondent"), (Published, "June 5, 2025")],
            vec![],
        ),
        ("\nBy Reuters", vec![title, (Author, "Reuters")], vec![]),
        ("\nBy Ravelin", vec![title, (Author, "Ravelin")], vec![]),
        ("\n\nBy Ravelin\n\nJune 5, 2025", vec![title, (Author, "Ravelin"), (Published, "June 5, 2025")], vec![]),
        ("\n\nBy Jane Roe\n\nJune 5, 2025", vec![title, (Published, "June 5, 2025")], vec!["By Jane Roe"]),
        ("\nJune 5, 2025\n\nBy Jane Roe", vec![title, (Published, "June 5, 2025")], vec!["By Jane Roe"]),
        (
            "\nBy Jane Roe\nStaff Writer\nJune 5, 2025 10:30 AM",
            vec![title, (Published, "June 5, 2025 10:30 AM")],
            vec!["By Jane Roe"],
        ),
        (
            "\nBy Jane Roe\nThe Tarn Post\nJune 5, 2025",
            vec![title, (Source, "The Tarn Post"), (Published, "June 5, 2025")],
            vec!["By Jane Roe"],
        ),
        (
            "\nPublished: June 5, 2025\nBy Staff\nText:",
            vec![title, (Published, "June 5, 2025"), (Author, "Staff")],
            vec![],
        ),
        (
            "\nPort hopes to mend it by the week's end\nBy Jane Roe",
            vec![title],
            vec!["Port hopes to mend it by the week's end", "By Jane Roe"],
        ),
        // Times, feasts, phrases and words of the text sign nothing.
        ("\nBy Monday", vec![], vec!["Ferry stops after crack", "By Monday"]),
        ("\nBy Easter", vec![], vec!["Ferry stops after crack", "By Easter"]),
        ("\nBy Crack", vec![], vec!["Ferry stops after crack", "By Crack"]),
        ("\nBy and by", vec![], vec!["Ferry stops after crack", "By and by"]),
    ] {
        let draft = text(&format!("Ferry stops after crack{head}\n\n{BODY}\n\nMore."));
        assert_eq!(claims(&draft), told, "{head}");
        assert_eq!(kept(&draft), [left, vec![BODY, "More."]].concat(), "{head}");
    }
    let imprint = text(&format!("The Tarn Post\nJune 5, 2025\n\nFerry stops after crack\n\nBy Jane Roe\n\n{BODY}"));
    assert_eq!(claims(&imprint), [(Source, "The Tarn Post"), (Published, "June 5, 2025"), title]);
    assert_eq!(kept(&imprint), ["By Jane Roe", BODY]);
    // A place and a day, an article about a paper, and a paper without a day stay.
    for head in [
        "Orlen\nJune 5, 2025\nis when the ferry stopped, and nobody knew.",
        "The Tarn Post",
        "Inside the Tarn Post\n\nIt is an old paper, and it was there.",
    ] {
        let draft = text(&format!("{head}\n\n{BODY}"));
        let words: String = kept(&draft).join(" ");
        assert!(words.ends_with(BODY), "{head}");
        assert!(draft.claims.iter().all(|claim| claim.field != Source), "{head}: {:?}", draft.claims);
    }
    let bare = text(&format!("By Jane Roe\nJune 5, 2025\n\n{BODY}"));
    assert_eq!((claims(&bare), kept(&bare)), (vec![(Published, "June 5, 2025")], vec!["By Jane Roe", BODY]));
    // One word without a headline above it may be anything.
    assert_eq!(kept(&text(&format!("By Ravelin\n\n{BODY}"))), ["By Ravelin", BODY]);
    // Where the title is known, the line that looks like one stays.
    let known = super::body(&format!("Ferry stops after crack\nBy Staff\nJune 5, 2025\n\n{BODY}"));
    assert_eq!(kept(&known), ["Ferry stops after crack", BODY]);
}

/// Heads as they are pasted: an address, the paper's name, a name without `By`.
#[test]
fn heads_of_clippings_are_read() {
    use Field::*;
    let title = "Ferry stops after crack is found";
    let url = "https://www.tarn.example/2025/06/05/ferry";
    let day = (Published, "June 5, 2025");
    let paper = (Source, "The Tarn Messenger");
    for (head, mut told, left) in [
        (format!("{title}\nAnna Moss\nJune 5, 2025"), vec![(Title, title), (Author, "Anna Moss"), day], vec![]),
        (format!("{title}\n\nAnna Moss\n\nJune 5, 2025"), vec![(Title, title), (Author, "Anna Moss"), day], vec![]),
        (
            format!("The Tarn Messenger\nJune 5, 2025\n\n{title}\n\nBy Jane Roe"),
            vec![paper, day, (Title, title)],
            vec!["By Jane Roe"],
        ),
        (
            format!("The Tarn Messenger\n\n{title}\n\nBy Jane Roe\n\nJune 5, 2025"),
            vec![paper, (Title, title), day],
            vec!["By Jane Roe"],
        ),
        (
            format!("TARN MESSENGER\nJune 5, 2025\n\n{title}"),
            vec![(Source, "TARN MESSENGER"), day, (Title, title)],
            vec![],
        ),
        (
            format!("The Tarn Messenger\nJune 5, 2025\nPage A1\n\n{title}\n\nBy Jane Roe"),
            vec![paper, day, (Title, title)],
            vec!["By Jane Roe"],
        ),
        (
            format!("The Tarn Messenger, June 5, 2025\n\n{title}\n\nBy Jane Roe"),
            vec![paper, day, (Title, title)],
            vec!["By Jane Roe"],
        ),
        (
            format!("{title}\nThe Tarn Messenger\nJune 5, 2025\nBy Jane Roe"),
            vec![(Title, title), paper, day],
            vec!["By Jane Roe"],
        ),
        (
            format!("{title}\nBY JANE ROE\nTHE TARN MESSENGER\nJUNE 05, 2025 06:00 AM"),
            vec![(Title, title), (Source, "THE TARN MESSENGER"), (Published, "JUNE 05, 2025 06:00 AM")],
            vec!["BY JANE ROE"],
        ),
        (format!("{title}\n{url}"), vec![(Title, title), (Canonical, url)], vec![]),
        (format!("{url}\n\n{title}"), vec![(Canonical, url), (Title, title)], vec![]),
        (
            format!("<{url}>\n\n{title}\nBy Jane Roe\nJune 5, 2025"),
            vec![(Canonical, url), (Title, title), day],
            vec!["By Jane Roe"],
        ),
        (
            format!("{title}\n{url}\nBy Jane Roe\nJune 5, 2025"),
            vec![(Title, title), (Canonical, url), day],
            vec!["By Jane Roe"],
        ),
    ] {
        let draft = text(&format!("{head}\n\n{BODY}\n\nMore."));
        let mut found = claims(&draft);
        found.sort_unstable();
        told.sort_unstable();
        assert_eq!(found, told, "{head}");
        assert_eq!(kept(&draft), [left, vec![BODY, "More."]].concat(), "{head}");
    }
    // Places, offices, phrases that end as a paper's name does, links to what a note is about, lists of links.
    for (head, telling) in [
        (format!("{title}\nLos Angeles\nJune 5, 2025"), vec![Author, Source]),
        (format!("{title}\nOrlen Bay\nJune 5, 2025"), vec![Author, Source]),
        (format!("{title}\nBy Jane Roe\nStaff Writer\nJune 5, 2025"), vec![Source]),
        (format!("{title}\nPort reads it from the record\nJune 5, 2025"), vec![Source]),
        (format!("Farewell to the Messenger\n\n{title}\n\nBy Jane Roe"), vec![Source]),
        (format!("https://youtu.be/abc123\n\n{title}"), vec![Canonical]),
        (format!("https://tarn.example/crack.jpg\n\n{title}"), vec![Canonical]),
        (format!("{url}\n{url}/2\n\n{title}"), vec![Canonical]),
        (format!("{title}.\n{url}"), vec![Canonical, Title]),
        ("https://tarn.example/".to_owned(), vec![Canonical]),
    ] {
        let draft = text(&format!("{head}\n\n{BODY}\n\nMore."));
        assert!(draft.claims.iter().all(|claim| !telling.contains(&claim.field)), "{head}: {:?}", draft.claims);
    }
}

#[test]
fn a_headline_that_ends_as_a_papers_name_does_is_a_headline() {
    for headline in ["MAYOR SLAMS PRESS", "COUNCIL PAYS STAR", "The Night of the Sun", "The Lost Star"] {
        let draft = text(&format!("{headline}\n\nVoters asked to wait again\nBy Jane Roe\nJune 5, 2025\n\n{BODY}"));
        assert!(!claims(&draft).iter().any(|(field, _)| *field == Field::Source), "{headline}: {:?}", claims(&draft));
    }
}

#[test]
fn a_label_that_nobody_knows_costs_no_head() {
    use Field::*;
    let known = vec![(Title, "Ferry stops"), (Author, "Ada Moss"), (Published, "5 June 2025")];
    let head = "Title: Ferry stops\nAuthor: Ada Moss\nDate: 5 June 2025";
    for (raw, left) in [
        (format!("Word total: 60\n{head}"), vec![]),
        (format!("Beat: Harbour\n\n{head}"), vec![]),
        // Words that may be anything stay.
        (format!("Kicker of it: the port and its ferry\n{head}"), vec!["Kicker of it: the port and its ferry"]),
        (format!("{head}\nNobody: knows what the label is here"), vec!["Nobody: knows what the label is here"]),
    ] {
        let draft = text(&format!("{raw}\n\n{BODY}"));
        assert_eq!((claims(&draft), kept(&draft)), (known.clone(), [left, vec![BODY]].concat()), "{raw}");
    }
    // A headline with a colon and no label of its own.
    for headline in ["Covid-19: Schools closed", "Brexit: Deal voted down by Commons", "Profile: Jan Smit"] {
        let draft = text(&format!("{headline}\nAuthor: Ada Moss\nDate: 5 June 2025\n\n{BODY}"));
        assert_eq!(claims(&draft)[0], (Title, headline), "{:?}", claims(&draft));
        assert!(claims(&draft).contains(&known[2]), "{:?}", claims(&draft));
    }
    for raw in
        ["Warning: strong words below.\nAuthor: Ada Moss", "The verdict: guilty.\nTitle: Ferry stops\nAuthor: Ada Moss"]
    {
        assert!(claims(&text(&format!("{raw}\n\n{BODY}"))).is_empty(), "{raw}");
    }
}

#[test]
fn blocks_are_what_the_writer_meant() {
    let wrapped = "    Showers continued through the week in the Orlen cocoa zone, easing\nthe drought since early January and improving prospects for the coming\ncrop, although normal humidity levels have not been restored, the co-\noperative said.\n    Dry weather means the crop will be late this year, growers said, and\nthat arrivals fell.\n";
    let draft = text(wrapped);
    assert_eq!(
        kept(&draft),
        [
            "Showers continued through the week in the Orlen cocoa zone, easing the drought since early January and improving prospects for the coming crop, although normal humidity levels have not been restored, the co-operative said.",
            "Dry weather means the crop will be late this year, growers said, and that arrivals fell."
        ]
    );
    let column = "Showers continued through the\nweek in the Orlen cocoa zone,\neasing the drought since early\nJanuary and improving the\nprospects for the coming crop,\nalthough normal humidity levels\nhave not been restored, the\noffice said.\n\nDry weather means the crop\nwill be late this year, growers\nsaid, and that arrivals fell.\n";
    assert_eq!(kept(&text(column)).len(), 2);
    let verse = "The showers came and the showers\nWent over the hills of Orlen, and\nNobody knew where the river ends\nOr whether the ferry was late and\nThe drought of the early new year\nWas over, or only had left us for\nAnother, a worse one, in January\nThat nobody saw and nobody wanted\nAnd nobody feared, till it came.\n";
    assert_eq!(kept(&text(verse)).len(), 9);
    let long = "A first paragraph of a body, long enough to be taken for one by anybody who reads it, and with an end.";
    let lined = format!("{long}\nA subheading between them\n{long}\nAuthor: Ada Moss");
    let kinds: Vec<_> = text(&lined).pieces.iter().map(|piece| piece.kind).collect();
    assert_eq!(kinds, [BlockKind::Paragraph, BlockKind::Heading, BlockKind::Paragraph, BlockKind::Paragraph]);
    let list = text(&format!("{long}\n\n- one\n- two\n\n{long}"));
    assert_eq!(list.pieces[1].kind, BlockKind::ListItem);
    assert_eq!(kept(&list)[1], "one");
    let table = text(&format!("{long}\n\nTown\tVotes\tShare\nOrlen\t12\t40\nTarn\t18\t60\n"));
    assert_eq!((table.pieces[1].kind, table.pieces[1].text.lines().count()), (BlockKind::Table, 3));
}

#[test]
fn markdown_keeps_words_and_links() {
    let draft = markdown(
        "# Late apples\n\nGrowers are *grafting*\nold trunks, [the post](https://a.example/x \"t\") says.\n\n## Cost\n\n> quoted\n> twice\n\n- one\n- two\n\n![pic](p.jpg)\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nsnake_case and 2 \\* 3",
    );
    assert_eq!(claims(&draft), [(Field::Title, "Late apples")]);
    assert_eq!(
        kept(&draft),
        [
            "Growers are grafting old trunks, the post says.",
            "Cost",
            "quoted twice",
            "one",
            "two",
            "| a | b |\n| 1 | 2 |",
            "snake_case and 2 * 3"
        ]
    );
    let link = &draft.pieces[1].links[0];
    assert_eq!((link.span.of(&draft.pieces[1].text), link.href.as_str()), ("the post", "https://a.example/x"));
    // Another title is known: the heading is text, and what says the same leaves later.
    assert_eq!(kept(&super::markdown_body("# The night shift\n\nBody.")), ["The night shift", "Body."]);
    // Labels may stand below the heading.
    let below =
        markdown("# Late apples\n\nDate: 2 January 2025\nBy: Mara Linde\n\nGrowers are late.\n\n## Cost\n\nNone.");
    assert_eq!(
        claims(&below),
        [(Field::Published, "2 January 2025"), (Field::Author, "Mara Linde"), (Field::Title, "Late apples")]
    );
    assert_eq!(kept(&below), ["Growers are late.", "Cost", "None."]);
    assert_eq!(kept(&markdown("# Late apples\n\nGrowers: they are late.\n\nSo be it.")).len(), 2);
    // A day in front of the headline is the day of the note.
    for (heading, told) in [
        ("2025-01-02 Late apples", vec![(Field::Title, "Late apples"), (Field::Published, "2025-01-02")]),
        ("2025-01-02: Late apples", vec![(Field::Title, "Late apples"), (Field::Published, "2025-01-02")]),
        ("2025-01-02 was a late day", vec![(Field::Title, "2025-01-02 was a late day")]),
        ("2025-13-02 Late apples", vec![(Field::Title, "2025-13-02 Late apples")]),
        ("2025-01-02", vec![(Field::Title, "2025-01-02")]),
    ] {
        assert_eq!(claims(&markdown(&format!("# {heading}\n\nGrowers are late."))), told, "{heading}");
    }
    let matter = markdown("---\ntitle: T one\ndate: 2025-01-02\n---\n\n# T one\n\nBody.");
    assert_eq!(claims(&matter), [(Field::Title, "T one"), (Field::Published, "2025-01-02")]);
}

proptest::proptest! {
    #[test]
    fn no_word_is_lost(raw in "([A-Za-z:#>*|\\-_\\[\\]()é。0-9]{1,9}[ \t\n]{1,3}){0,60}") {
        let draft = text(&raw);
        let words = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let all: String = draft.pieces.iter().map(|piece| words(&piece.text)).collect();
        proptest::prop_assert_eq!(all, words(&raw));
        markdown(&raw);
    }
}

#[test]
fn labels_side_by_side_leave_the_numbers_of_lines() {
    let draft = text(&format!("Title: Ferry stops | Author: Ada Moss | Date: 27 June 2025\n\n{BODY}"));
    let places: Vec<&str> = draft.pieces.iter().map(|piece| piece.place.as_str()).collect();
    assert_eq!(places, ["line 1", "line 1", "line 1", "line 3"]);
}

#[test]
fn a_title_of_many_words_breaks_no_header() {
    let title = "The ferry between Orlen and Tarn stops for the winter ".repeat(12);
    let draft = text(&format!("Title: {title}\nAuthor: Ada Moss\nDate: 2025-06-27\n\n{BODY}"));
    assert_eq!(kept(&draft), [BODY]);
    assert!(claims(&draft).contains(&(Field::Author, "Ada Moss")));
}

#[test]
fn labels_without_colons_are_read_where_all_of_them_fit() {
    let text = "The council of Orlen voted on Tuesday to close the old bridge.\n\nThe mayor said the ferry would run.";
    let told = [
        (Field::Title, "Save the Date on the old bridge"),
        (Field::Author, "Mara Linde"),
        (Field::Published, "27 June 2025"),
    ];
    for head in [
        "Title Save the Date on the old bridge Author Mara Linde Date 27 June 2025 Text ",
        "Title Save the Date on the old bridge\nAuthor Mara Linde\nDate 27 June 2025\nText ",
        "Title\nSave the Date on the old bridge\nAuthor\nMara Linde\nDate\n27 June 2025\nText\n",
        "TITLE\tSave the Date on the old bridge\n\nAUTHOR\tMara Linde\n\nDATE\t27 June 2025\n\nTEXT\n\n",
    ] {
        let draft = super::text(&format!("{head}{text}"));
        assert_eq!(claims(&draft), told, "{head}");
        assert_eq!(kept(&draft).join("\n\n"), text, "{head}");
    }
    let german = "Titel Die Brücke Autor Mara Linde Datum 27.06.2025 Quelle Orlener Bote Text Der Rat hat beschlossen.";
    let draft = super::text(german);
    assert_eq!(
        claims(&draft),
        [
            (Field::Title, "Die Brücke"),
            (Field::Author, "Mara Linde"),
            (Field::Published, "27.06.2025"),
            (Field::Source, "Orlener Bote")
        ]
    );
    assert_eq!(kept(&draft), ["Der Rat hat beschlossen."]);
    // Sentences that begin with such words.
    for text in [
        "Title fights were rare. Author Mara Linde said so. Date 27 June 2025 was chosen. Text and pictures will follow.",
        "Date palms grow in Orlen. Text messages said so, and the Author of none of them was found.",
        "Title The old bridge Author Mara Linde Date the last of June Text The council voted.",
        "Title The old bridge Author Mara Linde Date 27 June 2025 and the council voted.",
    ] {
        let draft = super::text(text);
        assert_eq!(kept(&draft).join(" "), text);
    }
}
