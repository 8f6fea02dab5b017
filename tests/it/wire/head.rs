//! What stands above the text of wire items: headlines, bylines, notes to editors, embargoes, standfirsts.

use crate::sandbox::Sandbox;

fn cleaned(name: &str, file: &str) -> Vec<serde_json::Value> {
    let sandbox = Sandbox::new();
    sandbox.write(name, file);
    sandbox.run(&["clean", "--format", "jsonl", name]).json()
}

fn anpa(lines: &str) -> serde_json::Value {
    let text = "   TARN (TW) _ The ferry at Tarn will be sold to ship-\nyard owners.<\n";
    let wire = format!(
        "\u{1}W1\nu i  BC-Ferry, 0100\n\u{2}^BC-Ferry,0100<\n{lines}{text}\u{3}\nTW-WF-06-26-26 1000GMT<\n\u{4}"
    );
    cleaned("a.tst", &wire).remove(0)
}

#[test]
fn notes_to_editors_are_no_headlines_and_an_embargo_with_a_time_holds() {
    for (lines, headline, embargo) in [
        ("^EMBARGOED until 0500 GMT Sunday<\n^Ferry to be sold<\n", "Ferry to be sold", Some("2026-06-28T05:00:00Z")),
        (
            "^Ferry to be sold<\n^Eds: Embargoed until 6 a.m. EDT June 29.<\n",
            "Ferry to be sold",
            Some("2026-06-29T10:00:00Z"),
        ),
        (
            "^AP-Ferry sold,ADV29<\n^$adv29<\n^For Release Monday, June 29<\n^Ferry to be sold<\n",
            "Ferry to be sold",
            Some("2026-06-29T12:00:00Z"),
        ),
        ("^URGENT<\n^Ferry to be sold<\n", "Ferry to be sold", None),
        ("^EMBARGOED<\n^Ferry to be sold<\n", "Ferry to be sold", None),
        ("^Ferry to be sold in<\n^the autumn<\n", "Ferry to be sold in the autumn", None),
        ("^Embargo on ferries is lifted<\n^Urgent repairs go on<\n", "Embargo on ferries is lifted", None),
    ] {
        let item = anpa(lines);
        assert_eq!(item["headline"], headline, "{lines}");
        assert_eq!(item["embargo"].as_str(), embargo, "{lines}");
        let notes = item["notes"].to_string();
        assert_eq!(
            notes.contains("a line for editors"),
            !lines.starts_with("^Ferry to be sold in") && !lines.starts_with("^Embargo "),
            "{notes}"
        );
        assert!(item["articleBody"].as_str().unwrap().ends_with("sold to ship-yard owners."), "{item}");
    }
    // A second headline is text that a search must find.
    assert!(
        anpa("^Ferry to be sold<\n^Board keeps silent<\n")["articleBody"]
            .as_str()
            .unwrap()
            .starts_with("Board keeps silent\n\n")
    );
}

#[test]
fn bylines_on_several_lines_are_one() {
    for lines in [
        "^By ADA QUILL=\n^and IDA VANCE=\n^Tarn Wire Writers=\n",
        "^By ADA QUILL<\n^and IDA VANCE=\n^Tarn Wire Political Writers=\n",
    ] {
        let item = anpa(&format!("^Ferry to be sold<\n{lines}"));
        assert_eq!(item["author"], serde_json::json!(["Ada Quill", "Ida Vance"]), "{lines}");
        assert_eq!(item["agency"][0], "Tarn Wire", "{lines}");
        assert_eq!(item["headline"], "Ferry to be sold");
    }
    let head = "<hedline><hl1>Ferry to be sold</hl1><hl2>Board keeps silent</hl2></hedline><byline>By Ada Quill</byline><byline>and Ida Vance</byline><abstract><p>The board will not say why.</p></abstract>";
    let nitf = |body: &str| {
        format!(
            "<nitf><head><title>Ferry</title></head><body><body.head>{head}</body.head><body.content>{body}</body.content></body></nitf>"
        )
    };
    let item = cleaned("a.xml", &nitf("<p>The ferry at Tarn will be sold.</p>")).remove(0);
    assert_eq!(item["author"], serde_json::json!(["Ada Quill", "Ida Vance"]));
    assert_eq!(
        item["articleBody"],
        "Board keeps silent\n\nThe board will not say why.\n\nThe ferry at Tarn will be sold."
    );
    // What the body says itself does not stand there twice.
    let item = cleaned(
        "a.xml",
        &nitf("<hl2>Board keeps silent</hl2><p>The board will not say why. The ferry will be sold.</p>"),
    )
    .remove(0);
    assert_eq!(item["articleBody"], "Board keeps silent\n\nThe board will not say why. The ferry will be sold.");
}

#[test]
fn the_head_of_iptc_may_stand_on_either_side_of_its_mark() {
    let head = "Tarn/Ferry/\r\n(Summary 1630)\r\n1ST LEAD\r\nFerry to be\r\nsold =\r\n";
    for (above, below) in [(head, ""), ("", head)] {
        let iptc = format!(
            "\u{1}tnw0001 4 rs 46 tnw 0027\r\n\r\n{above}\u{2}\r\n{below}   TARN - The ferry at Tarn will be sold.\r\n   The board said so = no more.\r\n\u{3}\r\n011405 CET Jun 95\r\n\u{4}"
        );
        let item = cleaned("a.txt", &iptc).remove(0);
        assert_eq!(item["headline"], "Ferry to be sold", "{iptc}");
        assert_eq!(item["articleBody"], "TARN - The ferry at Tarn will be sold.\n\nThe board said so = no more.");
    }
}

#[test]
fn an_equals_sign_in_a_text_ends_no_headline() {
    let text = "Orlen (tnw) - The ferry between Orlen and Tarn stopped on Monday.\r\n\r\n";
    for (head, more, headline) in [
        ("Ferry stops =\r\n\r\n", "The result of the vote:\r\n\r\nOrlen 12 Tarn 14 =\r\n", Some("Ferry stops")),
        ("Ferry stops =\r\n\r\n", "==========\r\n", Some("Ferry stops")),
        ("", "The formula is E =\r\nmc2, said the port.\r\n", None),
    ] {
        let iptc = format!(
            "\u{1}tnw0001 4 rs 46 tnw 0027\r\n\u{2}{head}{text}{more}\r\nIt is out of service.\r\n\u{3}\r\n011405 CET Jun 95\r\n\u{4}"
        );
        let item = cleaned("a.txt", &iptc).remove(0);
        if let Some(headline) = headline {
            assert_eq!(item["headline"], headline);
        }
        let body = item["articleBody"].as_str().unwrap();
        assert!(body.starts_with("Orlen (tnw) - The ferry") && body.ends_with("It is out of service."), "{item}");
    }
}
