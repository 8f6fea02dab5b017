use super::*;
use crate::model::Lang;

/// `term@position`, `+length` for joined words, `~` before extra forms.
fn shown(text: &str) -> String {
    let mut out: Vec<(u32, String)> = Vec::new();
    for token in query_terms(text).iter() {
        let joined = if token.length > 1 { format!("+{}", token.length) } else { String::new() };
        let extra = if token.extra { "~" } else { "" };
        out.push((token.position, format!("{extra}{}@{}{joined}", token.term, token.position)));
    }
    out.into_iter().map(|(_, s)| s).collect::<Vec<_>>().join(" ")
}

#[test]
fn words_and_positions() {
    let check = |text: &str, expected: &str| assert_eq!(shown(text), expected, "{text:?}");
    check("", "");
    check(" .,;! ", "");
    check("Safe third country", "safe@0 third@1 country@2");
    check("safe-third country", "safe@0 third@1 safethird@0+2 country@2");
    check("safe\u{2011}third", "safe@0 third@1 safethird@0+2");
    check("safe - third", "safe@0 third@1");
    check("-safe third-", "safe@0 third@1");
    check("state-of-the-art", "state@0 of@1 the@2 art@3 stateoftheart@0+4");
    check("a-b-c-d-e", "a@0 b@1 c@2 d@3 e@4");
    check("2019-2020", "2019@0 2020@1");
    check("F-16", "f@0 16@1 f16@0+2");
    check("covid--19", "covid@0 19@1");
    check("Guatemala's law", "guatemalas@0 ~guatemala@0 law@1");
    check("Guatemala’s", "guatemalas@0 ~guatemala@0");
    // The number of a footnote; not that of a unit.
    check("a country¹ wide", "a@0 country1@1 ~country@1 wide@2");
    check("safe-third country¹²’s", "safe@0 third@1 safethird@0+2 country12s@2 ~country12@2");
    check("km² country¹x", "km2@0 country1x@1");
    check("brother-in-law's", "brother@0 in@1 laws@2 brotherinlaws@0+3 ~law@2 ~brotherinlaw@0+3");
    check("don't don’t DONʼT", "dont@0 dont@1 dont@2");
    check("workers' rights", "workers@0 rights@1");
    check("l'article", "l@0 article@1 larticle@0+2");
    check("dell’arte", "dell@0 arte@1 dellarte@0+2");
    check("O'Brien rock'n'roll", "obrien@0 rocknroll@1");
    check("'quoted' words", "quoted@0 words@1");
    check("U.S. and U.S.A. e.g. US", "us@0 and@1 usa@2 eg@3 us@4");
    check("U.S.-led", "us@0 led@1 usled@0+2");
    check("U.S.'s", "uss@0 ~us@0");
    check("EE.UU.", "eeuu@0");
    check("TT.A¡", "tt@0 a@1");
    check("TT.é", "tt@0 e@1");
    check("TT.aé", "tt@0 ae@1");
    check("J. Smith", "j@0 smith@1");
    check("www.example.com/path", "www@0 example@1 com@2 path@3");
    check("end.Next", "end@0 next@1");
    check("a.b@example.org", "ab@0 example@1 org@2");
    check("5,000 5000 5.000 5'000 5\u{a0}000 5\u{202f}000", "5000@0 5000@1 5000@2 5000@3 5000@4 5000@5");
    check("1,234,567.89 1.234.567,89", "1234567.89@0 1234567.89@1");
    check("3.5 3,5", "3.5@0 3.5@1");
    check("1,2,3", "1@0 2@1 3@2");
    check("12.06.2025", "12@0 06@1 2025@2");
    check("5 000", "5@0 000@1");
    check("$5m €200 50% 12:30", "5m@0 200@1 50@2 12@3 30@4");
    check("the 1990s, 4th", "the@0 1990s@1 4th@2");
    check("Türkiye'nin AB’ye 2024'te", "turkiyenin@0 ~turkiye@0 abye@1 ~ab@1 2024te@2 ~2024@2");
    check(
        "Kennedy'ego NATO'er türkiye'nin d'accord",
        "kennedyego@0 ~kennedy@0 natoer@1 ~nato@1 turkiyenin@2 d@3 accord@4 daccord@3+2",
    );
    check("Qur'an O'Brien Trump'd I'll they've", "quran@0 obrien@1 trumpd@2 ill@3 theyve@4");
    check("Sana'a Hawai'i Shi'a", "sanaa@0 hawaii@1 shia@2");
    check(
        "Joyce'a NATO'er Ankara'ya İzmir'e",
        "joycea@0 ~joyce@0 natoer@1 ~nato@1 ankaraya@2 ~ankara@2 izmire@3 ~izmir@3",
    );
    check("J. K. Rowling", "j@0 k@1 jk@0+2 rowling@2");
    check("J K Rowling", "j@0 k@1 jk@0+2 rowling@2");
    check("Plan A or B, J K", "plan@0 a@1 or@2 b@3 j@4 k@5");
    check("J.K. Rowling, J.-P. S.", "jk@0 rowling@1 j@2 p@3 s@4 jps@2+3");
    check("plan B. It U. S. now", "plan@0 b@1 it@2 u@3 s@4 us@3+2 now@5");
    check("کتاب\u{200c}های", "كتاب@0 هاي@1 كتابهاي@0+2");
    check("क\u{200c}ख ab\u{200c}cd", "कख@0 abcd@1");
    check("AT&T R&D Smith&Jones", "at&t@0 r&d@1 smith@2 jones@3");
    check("C++ C# c", "c++@0 c#@1 c@2");
    check("@nytimes #MeToo", "@nytimes@0 ~nytimes@0 #metoo@1 ~metoo@1");
    check("snake_case _it_", "snake_case@0 it@1");
    check(
        "Bogotá Müller Straße Ærø Łódź İstanbul ﬁne Ｆｕｌｌ",
        "bogota@0 muller@1 strasse@2 aero@3 lodz@4 istanbul@5 fine@6 full@7",
    );
    check("Bogota\u{301} Nguyễn Đức", "bogota@0 nguyen@1 duc@2");
    check("Ёлка йод Київ Ї", "елка@0 йод@1 київ@2 ї@3");
    check("Йод \u{438}\u{306}од", "йод@0 йод@1");
    check("Αθήνα ΟΔΟΣ οδός", "αθηνα@0 οδοσ@1 οδοσ@2");
    check("co\u{ad}operate zero\u{200b}width", "cooperate@0 zerowidth@1");
    check("東京都", "東@0 京@1 都@2");
    check("NHKは5月", "nhk@0 は@1 5@2 月@3");
    check("한국어", "한@0 국@1 어@2");
    check("ที่นี่", "ที่@0 นี่@1");
    check("हिन्दी", "हिन्दी@0");
    check("أحمد مُحَمَّد", "احمد@0 محمد@1");
    check("٣٤ ۱۲", "34@0 12@1");
    check("ארה\"ב", "ארהב@0");
    check("½ m²", "½@0 m2@1");
    check("\u{301}a", "a@0");
}

#[test]
fn blocks_leave_a_gap_and_sentences_begin() {
    let text = "One two. Three.\n\nFour\n\n--\n\nFive six";
    let spans: Vec<Span> = [(0, 15), (17, 21), (23, 25), (27, 35)].map(|(a, b)| Span::new(a, b)).to_vec();
    let mut tokens = Tokens::new();
    analyze(text, &spans, &mut tokens);
    let at: Vec<(&str, u32)> = tokens.iter().map(|t| (t.term, t.position)).collect();
    assert_eq!(at, [("one", 0), ("two", 1), ("three", 2), ("four", 4), ("five", 6), ("six", 7)]);
    assert_eq!(tokens.sentences(), [0, 2, 4, 6]);
    assert_eq!(tokens.blocks(), [0, 4, 6, 6]);
    assert_eq!(tokens.end(), 8);
    analyze(text, &[Span::new(0, 900)], &mut tokens);
    assert!(tokens.is_empty());
}

#[test]
fn sentence_borders() {
    let check = |expected: &[&str]| {
        let text = expected.join(" ");
        let found: Vec<&str> = sentences(&text).iter().map(|s| s.of(&text)).collect();
        assert_eq!(found, expected);
    };
    check(&["He came.", "She went."]);
    check(&["Mr. Smith met Dr. J. R. Jones in St. Louis.", "They spoke."]);
    check(&["The U.S. Army left.", "It came to the U.S.", "The rest stayed."]);
    check(&["He paid 3.5 million at 5 p.m. Monday.", "Then he left."]);
    check(&["\"Go!\" he said.", "“Why?” asked she.", "“Because.”", "He nodded."]);
    check(&["Really?!", "Yes... maybe.", "No…", "But why?"]);
    check(&["Am 3. Oktober kam er im 2. Weltkrieg zurück.", "Er blieb."]);
    check(&["She was born in 1990.", "Her brother was 3.", "Nobody knew."]);
    check(&["Acme Inc. said so.", "It owns Foo Corp.", "The deal failed."]);
    check(&["They measured the pH.", "The lake was sour.", "Ph. D. students, and Ph. D. Holders, came."]);
    check(&["See No. 5 and fig. 3.", "The answer was no.", "Next."]);
    check(&["Visit www.example.com today.", "Or not."]);
    check(&["¿Qué?", "¡Nada!", "Bien."]);
    let text = "今日は雨です。明日は晴れ！「はい。」と言った。";
    let found: Vec<&str> = sentences(text).iter().map(|s| s.of(text)).collect();
    assert_eq!(found, ["今日は雨です。", "明日は晴れ！", "「はい。」", "と言った。"]);
    let text = "One\n\ntwo\n\n three. ";
    let found: Vec<&str> = sentences(text).iter().map(|s| s.of(text)).collect();
    assert_eq!(found, ["One", "two", "three."]);
}

#[test]
fn stems_of_folded_words() {
    let same = |code: &str, a: &str, b: &str| {
        let lang = Lang::parse(code).unwrap();
        assert_eq!(stem(&lang, &fold(a)), stem(&lang, &fold(b)), "{code}: {a}, {b}");
    };
    same("en", "deport", "deported");
    same("en", "countries", "country");
    same("en", "children", "child");
    same("en", "mice", "mouse");
    same("en", "criteria", "criterion");
    same("en", "fled", "fleeing");
    same("ar", "الوزير", "وزير");
    same("de", "Häuser", "Hauses");
    same("es", "deportación", "deportaciones");
    same("es", "refugiado", "refugiados");
    same("pt", "deportação", "deportações");
    same("fr", "déportée", "déportés");
    same("it", "governo", "governi");
    same("ru", "страна", "страны");
    same("nl", "landen", "land");
    same("zz", "word", "word");
    assert!(languages().iter().any(|l| l.as_str() == "en"));
    assert!(languages().windows(2).all(|w| w[0] < w[1]));
}

#[test]
fn folding_of_names() {
    let check = |a: &str, b: &str| assert_eq!(fold(a), b);
    check("The Ōsaka-Times, U.S.", "the osaka times us");
    check("  Jean-Luc  O’Neill ", "jean luc oneill");
    check("reuters.com", "reuters com");
    check("J. K. Rowling", "jk rowling");
    check("J.K. Rowling", "jk rowling");
    check("F-16 Jean-Luc", "f 16 jean luc");
    check("ايران", "ايران");
    check("ایران كتاب کتاب", "ايران كتاب كتاب");
    assert_eq!(fold_pattern("Bogotá*s?"), "bogota*s?");
    assert_eq!(fold_pattern("Co-op*"), "coop*");
}

proptest::proptest! {
    /// Few signs, so that each stands beside each other often.
    #[test]
    fn signs_beside_one_another_give_sound_tokens(text in "[AaT.¡é'’&@#+_Ⅷ\\-1\"¹א]{0,14}") {
        let tokens = query_terms(&text);
        proptest::prop_assert!(tokens.iter().all(|token| !token.term.is_empty() && !token.span.of(&text).is_empty()));
    }

    #[test]
    fn any_text_gives_sound_tokens(text in "[a-zA-Z0-9'’.,&@#+_\\- \u{ad}\u{200b}é東ñ๐\u{301}\u{e34}\"ßЙא!?。\n]{0,60}|\\PC{0,40}") {
        let tokens = query_terms(&text);
        let mut position = 0;
        for token in tokens.iter() {
            proptest::prop_assert!(!token.term.is_empty() && token.term.len() <= MAX_TERM);
            proptest::prop_assert!(!token.span.is_empty() && !token.span.of(&text).is_empty());
            proptest::prop_assert!((1..=4).contains(&token.length));
            proptest::prop_assert!(token.position + u32::from(token.length) <= tokens.end());
            if token.length == 1 {
                proptest::prop_assert!(token.position >= position);
                position = token.position;
            }
        }
        proptest::prop_assert!(tokens.sentences().windows(2).all(|w| w[0] < w[1]));
        let spans = sentences(&text);
        proptest::prop_assert!(spans.windows(2).all(|w| w[0].end <= w[1].start));
    }

    #[test]
    fn plain_words_are_those_of_uax_29(text in "[a-zéüßñжя ,;!?\n]{0,60}") {
        use unicode_segmentation::UnicodeSegmentation;
        let tokens = query_terms(&text);
        let ours: Vec<&str> = tokens.iter().map(|t| t.span.of(&text)).collect();
        let theirs: Vec<&str> = text.unicode_words().collect();
        proptest::prop_assert_eq!(ours, theirs);
    }

    #[test]
    fn a_folded_word_folds_to_itself(word in "[a-zA-Z0-9À-ɏΑ-ώА-ӿא-תء-يḀ-ỿ]{1,20}") {
        let once = fold(&word);
        proptest::prop_assert_eq!(fold(&once), once);
    }
}
