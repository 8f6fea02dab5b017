use super::byline::{Trust, member, read};
use super::persons;

fn check(line: &str, want: &[&str]) {
    assert_eq!(persons(line), want, "`{line}`");
}

#[test]
fn names_of_persons() {
    for (line, want) in [
        ("By Mae Slater", &["Mae Slater"][..]),
        ("by MAE SLATER", &["Mae Slater"]),
        ("Mae Slater and Tom O'Neil", &["Mae Slater", "Tom O'Neil"]),
        ("Mae Slater, Tom Orel and Ida Vance", &["Mae Slater", "Tom Orel", "Ida Vance"]),
        ("Von Mara Linde und Jörg van der Weyden", &["Mara Linde", "Jörg van der Weyden"]),
        ("Par Élise Marchand et Luc Besnier", &["Élise Marchand", "Luc Besnier"]),
        ("Por José Ortega y Gasset", &["José Ortega y Gasset"]),
        ("Ana Ruiz y Luis Mora", &["Ana Ruiz", "Luis Mora"]),
        ("Di Carla Fonti e Paolo Neri", &["Carla Fonti", "Paolo Neri"]),
        ("Mara Linde, Staff Writer", &["Mara Linde"]),
        ("Mara Linde, Orlen", &["Mara Linde"]),
        ("Mara Linde Senior Reporter", &["Mara Linde"]),
        ("Mara Linde, Ph.D.", &["Mara Linde"]),
        ("Dr. Mara Linde", &["Dr. Mara Linde"]),
        ("Frau Mara Linde", &["Mara Linde"]),
        ("Mara Linde The Associated Press", &["Mara Linde"]),
        ("By Mara Linde. Edited by Tom Orel", &["Mara Linde"]),
        ("Lairenlakpam Warli", &["Lairenlakpam Warli"]),
        ("Ernst Lohoff", &["Ernst Lohoff"]),
        ("Linde, Mara", &["Mara Linde"]),
        ("van der Linde, Mara", &["Mara van der Linde"]),
        ("de la Vance, Ida", &["Ida de la Vance"]),
        ("Garcia Vance, Gabriel", &["Gabriel Garcia Vance"]),
        ("García Vance, José", &["José García Vance"]),
        ("Lopez Orel, Andres Manuel", &["Andres Manuel Lopez Orel"]),
        // One who is called by a given name before the comma has it already.
        ("Laura Vance, Victoria", &["Laura Vance"]),
        ("Martin Vance, Paul Orel", &["Martin Vance", "Paul Orel"]),
        ("Mara Linde, Paul Orel", &["Mara Linde", "Paul Orel"]),
        ("Orel, Tom Jr.", &["Tom Orel Jr."]),
        ("Orel, Tom Luther III", &["Tom Luther Orel III"]),
        ("JO HARTLEY", &["Jo Hartley"]),
        ("AJ HARTLEY", &["AJ Hartley"]),
        ("Tom Orel, Jr.", &["Tom Orel Jr."]),
        ("Tom Orel, Jr., and Ida Vance", &["Tom Orel Jr.", "Ida Vance"]),
        ("Author: Roe, Jane; Doe, John", &["Jane Roe", "John Doe"]),
        ("AUTHORS: ROE, JANE; DOE, JOHN", &["Jane Roe", "John Doe"]),
        ("Mara Linde, Orlen; Tom Orel, Tarn", &["Mara Linde", "Tom Orel"]),
        ("Mara Linde | The Orlen Herald", &["Mara Linde"]),
        ("Mara Linde | Orlen Echo", &["Mara Linde"]),
        ("Mara Linde - Der Tarnbote", &["Mara Linde"]),
        ("Mara Linde | Tom Orel", &["Mara Linde", "Tom Orel"]),
        ("Mara Linde | Mark Standard", &["Mara Linde", "Mark Standard"]),
        ("Mara Linde, Ida Mercury", &["Mara Linde", "Ida Mercury"]),
        ("Mara Linde (Reuters)", &["Mara Linde"]),
        ("Mara Linde/dpa", &["Mara Linde"]),
        ("Mara Linde in Orlen", &["Mara Linde"]),
        ("By Mara Linde at Mill Lane", &["Mara Linde"]),
        ("Mara Linde at Old Trafford", &["Mara Linde"]),
        ("By Mara Linde, Chief Football Writer, at Mill Lane", &["Mara Linde"]),
        ("By Mara Linde at the Bernabéu", &["Mara Linde"]),
        ("By Mara Linde at Mill Lane and Tom Orel at Port Elmer", &["Mara Linde", "Tom Orel"]),
        ("Por Ana Ruiz en Cerro Largo", &["Ana Ruiz"]),
        ("Av Kari Holm i Nord Orlen", &["Kari Holm"]),
        ("Door Wim Bos en Sjoerd de Vries", &["Wim Bos", "Sjoerd de Vries"]),
        ("Mara Linde @mlinde", &["Mara Linde"]),
        ("By Mara Linde (@mlinde) and Tom Orel (@torel)", &["Mara Linde", "Tom Orel"]),
        ("Interview by Mara Linde", &["Mara Linde"]),
        ("Propos recueillis par Jean-Baptiste Moreau", &["Jean-Baptiste Moreau"]),
        ("Aus Orlen berichtet Sabine Müller-Vance", &["Sabine Müller-Vance"]),
        ("Door onze verslaggever Pieter-Jan Vink", &["Pieter-Jan Vink"]),
        ("By our political correspondent Mara Linde", &["Mara Linde"]),
        ("By our foreign correspondent in Orlen, Mara Linde", &["Mara Linde"]),
        ("By our correspondents in Orlen, Tarn, Mara Linde and Tom Orel", &["Mara Linde", "Tom Orel"]),
        ("By our correspondent in Orlen", &[]),
        ("By our man in Orlen", &[]),
        ("Von unserer Redaktion", &[]),
        ("Text Frida Vance Foto Olle Orel", &["Frida Vance"]),
        ("Mara Linde 27 June 2025", &["Mara Linde"]),
        ("Mara March, 4 March 2025", &["Mara March"]),
        ("Reuters March 4, 2025", &[]),
        ("Reuters March 4, 202512:44 PM UTC", &[]),
        ("Mara May 3 min read", &["Mara May"]),
        ("ByMara Linde", &["Mara Linde"]),
        ("Byron Linde", &["Byron Linde"]),
        ("Mara Linde, Lead Courts Writer", &["Mara Linde"]),
        ("Maria Clara dos Santos Silva", &["Maria Clara dos Santos Silva"]),
        ("BY TOM MCCALL AND IDA O'HARE-VANCE", &["Tom McCall", "Ida O'Hare-Vance"]),
        ("J.D. Vanter", &["J.D. Vanter"]),
        ("Mara LINDE", &["Mara Linde"]),
        ("Автор: Ирина Лесная", &["Ирина Лесная"]),
        ("作者：王小芳", &["王小芳"]),
        ("박준석 기자", &["박준석"]),
        ("بقلم: ليلى حداد", &["ليلى حداد"]),
    ] {
        check(line, want);
    }
}

#[test]
fn no_persons() {
    for line in [
        "Staff",
        "Redaktion",
        "Orlen Herald Staff",
        "The Associated Press",
        "Reuters",
        "dpa",
        "AFP, MANILA",
        "admin",
        "Associated Press",
        "mara@orlen.example",
        "@maralinde",
        "https://orlen.example/authors/mara",
        "News Desk",
        "Guardian staff reporter",
        "Health Reporter",
        "2 hours ago",
        "Share on Facebook",
        "IN-Redaktion",
        "orlen.example",
        "中日新聞",
        "ネット編集部",
        "By",
        "Published June 27, 2025",
        "The Editors",
        "Sponsored by Orlen Water",
        "Text Size Small Medium Large",
        "Published: Dec",
        "Lead Courts Reporter",
        "is a reporter at the Herald",
    ] {
        check(line, &[]);
    }
}

#[test]
fn one_word_is_a_name_only_where_a_name_was_promised() {
    assert_eq!(read("Cooper", Trust::Name, &[]).persons, ["Cooper"]);
    assert_eq!(read("mara linde", Trust::Name, &[]).persons, ["Mara Linde"]);
    for sign in ["dpa", "hosb", "MrBee", "q_admin", "Redaktion", "LD"] {
        assert!(read(sign, Trust::Name, &[]).persons.is_empty(), "`{sign}`");
    }
    check("Cooper", &[]);
}

#[test]
fn members_of_a_list_have_their_family_names_first() {
    for (text, want) in [
        ("de la Linde, Mara", &["Mara de la Linde"][..]),
        ("Garcia Linde, Mara", &["Mara Garcia Linde"]),
        ("Garcia Linde, Mara A.", &["Mara A. Garcia Linde"]),
        ("van der Linde, Jan", &["Jan van der Linde"]),
        ("ibn Orel, Tamim", &["Tamim ibn Orel"]),
        ("Linde, Mara", &["Mara Linde"]),
        ("Mara Linde", &["Mara Linde"]),
        ("Mara Linde, Tom Orel", &["Mara Linde", "Tom Orel"]),
        ("Tom Luther Orel, Jr.", &["Tom Luther Orel Jr."]),
        ("Tom Orel, III", &["Tom Orel III"]),
        ("Mara Linde, Reporter", &["Mara Linde"]),
        ("Mara Linde, PhD", &["Mara Linde"]),
        ("Mara Linde, Reuters", &["Mara Linde"]),
        ("Mara Linde, ORLEN", &["Mara Linde"]),
        ("Mara Linde, Herald", &["Mara Linde"]),
    ] {
        assert_eq!(member(text, Trust::Name, &["herald".to_owned()]).persons, want, "`{text}`");
    }
}

#[test]
fn behind_a_comma_stand_places_and_outlets_too() {
    for (line, text, element) in [
        ("Mara Linde, Valley Voice", &["Mara Linde"][..], &["Mara Linde"][..]),
        ("Mara Linde, Tel Aviv", &["Mara Linde"], &["Mara Linde"]),
        ("Mara Linde, New Orlen", &["Mara Linde"], &["Mara Linde"]),
        ("Mara Linde, da Folha", &["Mara Linde"], &["Mara Linde"]),
        ("AFP | New Delhi", &[], &[]),
        // Only where authors are named.
        ("Mara Linde, Lairen Warli", &["Mara Linde"], &["Mara Linde", "Lairen Warli"]),
        (
            "Mara Linde, Lairen Warli and Tom Orel",
            &["Mara Linde", "Lairen Warli", "Tom Orel"],
            &["Mara Linde", "Lairen Warli", "Tom Orel"],
        ),
        ("Mara Linde, Tom Orel", &["Mara Linde", "Tom Orel"], &["Mara Linde", "Tom Orel"]),
        ("Mara Linde (text) and Ida Vance (photos)", &["Mara Linde"], &["Mara Linde"]),
    ] {
        assert_eq!(persons(line), text, "`{line}`");
        assert_eq!(read(line, Trust::Element, &[]).persons, element, "`{line}` in an element");
    }
}

#[test]
fn a_line_is_a_byline_only_as_a_whole() {
    for (text, whole) in [
        ("Mara Linde", true),
        ("Mara Linde, Special to the Voice", true),
        ("Mara Linde, envoyée spéciale à Orlen", true),
        ("Mara Linde (avec AFP)", true),
        ("Mara Linde, who saw the river rise", false),
        ("Mara Linde, is a reporter here", false),
        ("Mara Linde, before the flood came", false),
        ("Le Monde", false),
        ("Orlen", false),
    ] {
        assert_eq!(super::byline::line(text, &[]).is_some(), whole, "`{text}`");
    }
}

#[test]
fn agencies_sign_as_agencies() {
    assert_eq!(read("Mara Linde, The Associated Press", Trust::Text, &[]).agencies, ["AP"]);
    assert_eq!(read("AFP/dpa", Trust::Text, &[]).agencies, ["AFP", "dpa"]);
}

proptest::proptest! {
    #[test]
    fn any_line_is_read_and_a_name_is_made_of_its_words(line in "\\PC{0,80}") {
        let _ = read(&line, Trust::Name, &[]);
        for name in persons(&line) {
            proptest::prop_assert!(!name.trim().is_empty() && !name.contains('@'));
        }
    }
}
