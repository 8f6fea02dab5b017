use super::*;

#[test]
fn names_and_outlets() {
    for (text, names, outlet) in [
        ("Mae Slater", true, true),
        ("Ada Moss, Ben Okri and Chris de Burgh", true, false),
        ("Ada Moss in Tarn and Ben Okri in Orlen", true, false),
        ("mistake", false, false),
        ("ussanews.com", false, true),
        ("The Guardian in 2013, and led to the resignation of a minister", false, false),
        ("The Guardian", true, true),
        ("연합뉴스", true, true),
        ("Ludwig van Beethoven", true, true),
        ("the people who lived there", false, false),
    ] {
        assert_eq!(are_names(text), names, "names {text}");
        if !text.contains("Moss") {
            assert_eq!(is_outlet(text), outlet, "outlet {text}");
        }
    }
}

#[test]
fn reporting_is_no_notice_and_no_credit() {
    for (text, reporting) in [
        ("sign up for our newsletter, the fraudsters told pensioners, and 400 lost their savings", true),
        ("subscribe to our newsletter was what the note said, and he did", true),
        ("sign up for our newsletter to get the day's top stories", false),
        ("this article was read by a machine", false),
        ("Sign up for our newsletter, the nuns implored, and nobody did", true),
        ("“Subscribe now,” it flashed over the harbour", true),
        ("Get the stories that matter delivered to your inbox", false),
        ("Abonnieren Sie unseren Newsletter, stand auf dem Zettel, den Betrüger verteilten", true),
        ("Abonnieren Sie unseren Newsletter mit den wichtigsten Nachrichten des Tages", false),
        ("Inscrivez-vous à notre newsletter, ordonnait l'affiche", true),
        ("Inscrivez-vous à notre newsletter et recevez les dernières nouvelles", false),
        ("Suscríbete aquí, gritó el sargento", true),
        ("Suscríbete a nuestro boletín y recibe las mejores historias", false),
        ("Iscriviti qui, gridava il sergente sotto la pioggia", true),
        ("Meld je aan voor de nieuwsbrief, smeekten de oplichters", true),
        ("Prenumerera på vårt nyhetsbrev, bönade bedragarna", true),
        ("Подписывайтесь на наш канал, умоляли мошенники", true),
        ("Подписывайтесь на наш канал", false),
    ] {
        assert_eq!(reports(text), reporting, "{text}");
    }
    for (text, credit) in [
        ("Ada Moss/Tarn Post", true),
        ("Ada Moss via Getty Images", true),
        ("Courtesy of the Tarn Museum", true),
        ("dpa/picture alliance", true),
        ("Анна Мосс", true),
        ("police say the picture was forged", false),
        ("a man is led from the court", false),
    ] {
        assert_eq!(is_credit(text), credit, "{text}");
    }
}

#[test]
fn who_signs() {
    for (text, expected) in [
        ("Jane Roe", true),
        ("June Carter", true),
        ("Ada Moss and Ben Okri", true),
        ("Ada Moss in Tarn", true),
        ("陈大文", true),
        ("Easter", false),
        ("Monday", false),
        ("Monday Night", false),
        ("Late June", false),
        ("Easter Sunday", false),
        ("New Year's Eve", false),
        ("the Numbers", false),
        ("Land and Sea", false),
        ("Train to Orlen", false),
    ] {
        assert_eq!(sign(text), expected, "{text}");
    }
    assert_eq!(names("Roe, Jane; Doe, John"), ["Jane Roe", "John Doe"]);
    assert_eq!(names("Ada Moss; Ben Okri"), ["Ada Moss", "Ben Okri"]);
}

#[test]
fn licences() {
    for (text, expected) in [
        ("https://creativecommons.org/licenses/by-nc-nd/4.0/", Some("CC-BY-NC-ND-4.0")),
        ("licensed under CC BY-SA 3.0", Some("CC-BY-SA-3.0")),
        ("CC0 / Public Domain", Some("CC0-1.0")),
        ("a Creative Commons Attribution-NoDerivatives 4.0 licence", Some("CC-BY-ND-4.0")),
        ("a Creative Commons license", Some("CC")),
        ("all rights", None),
    ] {
        assert_eq!(licence(text).as_deref(), expected, "{text}");
    }
}

#[test]
fn credit_lines() {
    let told =
        |line: &str| credits(line).map(|all| all.into_iter().map(|one| (one.field, one.value)).collect::<Vec<_>>());
    use Field::*;
    let s = str::to_owned;
    assert_eq!(
        told("(Reporting by Clara Voss in Harrow Quay and Petr Malek; Writing by Dana Ruiz; Editing by Owen Blake)"),
        Some(vec![
            (Author, s("Clara Voss")),
            (Author, s("Petr Malek")),
            (Contributor, s("Dana Ruiz")),
            (Editor, s("Owen Blake"))
        ])
    );
    assert_eq!(told("Reporting by the committee found no fault"), None);
    assert_eq!(
        told("Additional reporting by Ada Moss, Editing by Ben Okri"),
        Some(vec![(Contributor, s("Ada Moss")), (Editor, s("Ben Okri"))])
    );
}

#[test]
fn own_hosts() {
    for (host, name, own) in [
        ("edition.cnn.com", "CNN", true),
        ("www.reuters.com", "Reuters", true),
        ("apnews.com", "AP", true),
        ("tarnpost.example", "The Tarn Post", true),
        ("tarnpost.example", "Reuters", false),
        ("kapitalnews.example", "AP", false),
        ("blog.example.com", "example.com", true),
    ] {
        assert_eq!(is_own(Some(host), name), own, "{host} {name}");
    }
}
