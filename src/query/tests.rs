use jiff::civil::date;

use super::*;

mod faults;
mod properties;
mod questions;

fn options() -> Options {
    Options::new(date(2025, 7, 1))
}

fn read(text: &str) -> Query {
    parse(text, &options()).unwrap_or_else(|e| panic!("{text}: {}", e.render(text)))
}

/// How a query was read.
fn check(text: &str, printed: &str) {
    let query = read(text);
    assert_eq!(print(&query), printed, "{text}");
    assert_eq!(read(printed), query, "{text}");
}

#[test]
fn queries_are_read() {
    check("safe third country", "safe AND third AND country");
    check("safe-third-country", "safe-third-country");
    check("\"safe-third country\"", "\"safe-third country\"");
    check(
        "‘safe third’ ‹a b› ‘don’t go’ rock ‘n’ roll",
        "\"safe third\" AND \"a b\" AND \"don’t go\" AND rock AND n AND roll",
    );
    check("a -‘b c’", "a AND NOT \"b c\"");
    check("‘90s workers’ strike", "90s AND workers AND strike");
    check("‘the workers’ union’", "the AND workers AND union");
    check("News › Sport", "News AND Sport");
    check("“safe third” «a b» „c d“", "\"safe third\" AND \"a b\" AND \"c d\"");
    check("a OR b c", "a OR (b AND c)");
    check("(a OR b) c", "(a OR b) AND c");
    check("a NOT b", "a AND NOT b");
    check("a AND NOT b", "a AND NOT b");
    check("a -b", "a AND NOT b");
    check("-b", "NOT b");
    check("–b \u{2212}c", "NOT b AND NOT c");
    check("NOT NOT b", "b");
    check("a and b or not c", "a AND and AND b AND or AND not AND c");
    check("a | b || c", "a OR b OR c");
    check("AT&T R & D", "AT&T AND R AND D");
    check("don't C++ $5m 50% @name #tag", "don't AND C++ AND $5m AND 50% AND @name AND #tag");
    check("asylum, seekers; who? 'x' [1]", "asylum AND seekers AND who? AND x AND 1");
    check("deport* wom?n *tion", "deport* AND wom?n AND *tion");
    check("kerry~ kerry~1 kerry~2^3", "kerry~1 AND kerry~1 AND kerry~2^3");
    check("\"a b\"~5^2", "\"a b\"~5^2");
    check("(a b)^0.5", "(a AND b)^0.5");
    check("(honduras OR guatemala) NEAR/10 \"asylum seekers\"", "(honduras OR guatemala) NEAR/10 \"asylum seekers\"");
    check("a W/5 b", "a NEAR/5 b");
    check("a w/5 b near/3 c", "(a NEAR/5 b) NEAR/3 c");
    check("a PRE/2 b", "a PRE/2 b");
    check("a SAME b SAME c", "a SAME b SAME c");
    check("(a SENT b) SENT c", "(a SENT b) SENT c");
    check("a SENT b SAME c", "(a SENT b) SAME c");
    check("ATLEAST/3(a OR b)", "ATLEAST/3(a OR b)");
    check("atleast3(a)", "ATLEAST/3(a)");
    check("HLEAD(a b)", "HLEAD(a AND b)");
    check("/colou?r/ /a\\/b/", "/colou?r/ AND /a\\/b/");
    check("='safe-third' ='Don\\'t \\\"x\\\" \\\\'", "='safe-third' AND ='Don\\'t \"x\" \\\\'");
    check("='workers rights'", "='workers rights'");
    check("=\"Workers' rights\" =“safe third”~2", "\"Workers' rights\" AND \"safe third\"~2");
    check("stem:on \"a b\" =\"a b\"", "stem:on \"a b\" AND (stem:usual \"a b\")");
    check("title:=\"Safe Third\" -=\"x y\"", "title:\"Safe Third\" AND NOT \"x y\"");
    check("author:=\"Mae Slater\" source:(=\"a b\")", "author:\"Mae Slater\" AND source:\"a b\"");
    check("title:asylum text:(a OR b)", "title:asylum AND text:(a OR b)");
    check("headline:\"safe third\"", "title:\"safe third\"");
    check("source:reuters author:\"Mae Slater\"", "source:reuters AND author:\"Mae Slater\"");
    check("-source:reuters", "NOT source:reuters");
    check("source:(reuters OR \"ap news\")", "source:reuters OR source:\"ap news\"");
    check("lang:en,de", "lang:en OR lang:de");
    check("agency:* url:https://example.com/a?b=(c)", "agency:* AND url:\"https://example.com/a?b=(c)\"");
    check("tag:migra*", "tag:migra*");
    check("date:2025-06-27", "date:2025-06-27");
    check("date:2025-06", "date:2025-06-01..2025-06-30");
    check("date:2024-02 date:2025", "date:2024-02-01..2024-02-29 AND date:2025-01-01..2025-12-31");
    check("date:2025-06-01..2025-06-30", "date:2025-06-01..2025-06-30");
    check("date:2025-06..", "date:2025-06-01..");
    check("date:..2025-06", "date:..2025-06-30");
    check("since:7d", "date:2025-06-24..");
    check("since:2w since:3m since:1y", "date:2025-06-17.. AND date:2025-04-01.. AND date:2024-07-01..");
    check("since:2025-06 until:2025-06", "date:2025-06-01.. AND date:..2025-06-30");
    check("before:2025-07 after:2025-06", "date:..2025-06-30 AND date:2025-07-01..");
    check("updated:2025-06 fetched:>=2025-06-27", "updated:2025-06-01..2025-06-30 AND fetched:2025-06-27..");
    check("updated:7d fetched:yesterday", "updated:2025-06-24.. AND fetched:2025-06-30");
    check("words:>500 words:300..800 words:<=20", "words:501.. AND words:300..800 AND words:..20");
    check("*", "*");
    check("* -a", "* AND NOT a");
    check("stem:off a \"b\" stem:on c \"d\"", "stem:off a AND \"b\" AND (stem:usual c) AND (stem:on \"d\")");
    check("stem:on \"a b\" c", "stem:on \"a b\" AND c");
    check("http://example.com/x 12:30 Note: a", "http://example.com/x AND 12:30 AND Note AND a");
    check("a / b - c & d", "a AND b AND c AND d");
    check("ANY(a b^2 \"c d\")", "ANY(a b^2 \"c d\")");
    check("東京", "東京");
    check("AND, a", "AND, AND a");
    check("NOT? a", "NOT? AND a");
    check("HLEAD a", "HLEAD AND a");
    check("zon? alph? bravo wom??", "zon? AND alph? AND bravo AND wom??");
    check("bravo alph?!", "bravo AND alph?");
    check("who is the minister?", "who AND is AND the AND (minister OR minister?)");
    check("-date:* words:*", "NOT date:* AND words:*");
    check("date:2025/06/27 since:2025.06", "date:2025-06-27 AND date:2025-06-01..");
    check("צה\"ל \"דו\"ח צה\"ל\" a", "צה\"ל AND \"דו\"ח צה\"ל\" AND a");
    check("J. K. Rowling J.K. A. B", "J. K. AND Rowling AND J.K. AND A. AND B");
    check("author:slad^2 source:bbc", "(author:slad)^2 AND source:bbc");
    check("/[a-z'-]{2}(?i-u)x/ /\\p{L}/", "/[a-z'-]{2}(?i-u)x/ AND /\\p{L}/");
    check(
        "near pre adj near5 W/Trump ADJUST PREMIER",
        "near AND pre AND adj AND near5 AND W/Trump AND ADJUST AND PREMIER",
    );
}

#[test]
fn distances_within_one_field_may_name_it_at_each_word() {
    for (typed, same) in [
        ("title:a NEAR/3 title:b", "title:(a NEAR/3 b)"),
        ("(title:a OR title:b) NEAR/5 title:c", "title:((a OR b) NEAR/5 c)"),
        ("(text:a PRE/2 text:b) SENT text:c", "text:((a PRE/2 b) SENT c)"),
        ("title:a NEAR/5 b", "title:(a NEAR/5 b)"),
        ("a NEAR/5 (b PRE/2 text:c)", "text:(a NEAR/5 (b PRE/2 c))"),
        ("HLEAD(a) NEAR/5 b", "HLEAD(a NEAR/5 b)"),
        ("HLEAD(a) NEAR/5 title:b", "title:(a NEAR/5 b)"),
        ("ATLEAST/2(title:a)", "title:(ATLEAST/2(a))"),
        ("a NEAR/5 (title:b OR text:c)", "title:(a NEAR/5 b) OR text:(a NEAR/5 c)"),
    ] {
        assert_eq!(plan(&read(typed)).root, plan(&read(same)).root, "{typed}");
    }
}

/// What a person sees of a query that cannot be read.
#[track_caller]
#[test]
fn explained_in_words() {
    let check = |text: &str, expected: &str| assert_eq!(explain(&read(text)), expected, "{text}");
    check("*", "articles: every one");
    check("deport", "articles with\n  the word `deport` or an inflection of it");
    check(
        "(honduras OR guatemala) NEAR/10 \"asylum seekers\" -source:reuters since:2025-06",
        "articles with
  all of:
    at most 9 words between (the border of a paragraph counts as one), in either order:
      any of:
        the word `honduras` or an inflection of it
        the word `guatemala` or an inflection of it
      the phrase `asylum seekers`, as typed but for case, accents and punctuation
    not:
      `reuters` in the source
    published on 2025-06-01 or later",
    );
    check(
        "stem:off a ATLEAST/3(wom?n) \"b c\"~1 kerry~1 agency:* words:300..800",
        "articles with
  all of:
    the word `a` as typed
    at least 3 times:
      a word like `wom?n`, `?` being one letter
    the words `b c` in any order with at most 1 other word between, as typed but for case, accents and punctuation
    `kerry` or a word that differs from it in at most 1 letter
    any agency at all
    a text of 300 to 800 words",
    );
}

#[test]
fn signs_are_explained() {
    let check = |text: &str, part: &str| {
        let said = explain(&read(text));
        assert!(said.contains(part), "{text}: {said}");
    };
    check("\"the * minister\"", "punctuation, `*` alone being one word");
    check("\"alph? bravo\"", "`?` at the end of a word being one letter or a question mark");
    check("\"wom?n who vot*\"", "`*` being any letters or none, `?` being one letter");
    check("alph?", "a word like `alph?`, `?` being one letter");
    check("北?大学", "the characters `北?大学` in a row, `?` being one character or word");
    check("*大学", "the characters `大学` in a row");
    check("id:0123", "`0123…` in the id");
    check("date:*", "published at a known date, be it only a year");
    check("a PRE/2 b", "at most 1 word between (or the border of a paragraph), in this order");
}

#[test]
fn what_may_have_been_meant_is_pointed_out() {
    let check = |text: &str, parts: &[&str]| {
        let said = advice(&read(text));
        assert_eq!(said.len(), parts.len(), "{text}: {said:?}");
        assert!(said.iter().zip(parts).all(|(said, part)| said.contains(part)), "{text}: {said:?}");
    };
    check("kilo or zone or mile", &["`OR`"]);
    check("ferry not strike or bus", &["`NOT`", "`OR`"]);
    check("kilo OR zone", &[]);
    check("brexit?", &["`brexit` with one letter more"]);
    check("title:bridge?", &["`bridge` with one letter more"]);
    check("mayor NEAR/5 resign?", &["`resign` with one letter more"]);
    check("NOT (ATLEAST/2(dam?) OR HLEAD(toll?^2))", &["`dam` with one letter more", "`toll` with one letter more"]);
    check("\"the ? minister\"", &["`*` for any one word"]);
    check("\"who is the minister ?\"", &[]);
    check("alpha W5 bravo", &["`a NEAR/5 b`"]);
    check("alpha within/12 bravo w3 charlie", &["`a NEAR/12 b`", "`a NEAR/3 b`"]);
    check("alpha adj5 bravo", &["`a PRE/5 b`"]);
    check(
        "alpha within 5 bravo or charlie",
        &["`within 5` was sought as words: for a distance write `a NEAR/5 b`", "`OR`"],
    );
    check("alpha within bravo near 5", &[]);
    check("W5 alpha G20 bravo p20 charlie n95 mask N95", &[]);
    check("a (zon? OR b) zon?", &["`zon?`"]);
    check("who was the minister?", &[]);
    check("wom?n wom??", &[]);
    check("\"kilo or zone\" or", &[]);
    check(
        "kilo Or zone Not mile",
        &["`Or` was sought as a word: write `OR`", "`Not` was sought as a word: write `NOT`"],
    );
    check("kilo ANDNOT zone", &["write `NOT` alone"]);
    check("kilo BUT NOT zone", &["`BUT` was sought as a word: write `NOT` alone"]);
    check("kilo but zone", &[]);
    check("kilo XOR zone", &["`(a OR b) NOT (a AND b)`"]);
    check("immigrat!", &["`immigrat!` was sought as `immigrat`: write `immigrat*`"]);
    check("title:(toll! OR zone) C!", &["write `toll*`"]);
    check("\"$5,000\" toll", &["the sign `$` of `$5,000` was not sought: to find it too write `='$5,000'`"]);
    check("10%", &["write `='10%'`"]);
    check("hlead(toll)", &["`hlead` was sought as a word: write `HLEAD(word)`"]);
    check("HLEAD toll", &["write `HLEAD(word)`"]);
    check("author:Anna Berg", &["write `author:\"Anna Berg\"`"]);
    check("author:Anna AND Berg", &[]);
    check("author:anna toll", &[]);
    check("lang:en Berg", &[]);
    check(
        "toll date:2025-01 TO 2025-06-30",
        &["`2025-06-30` was sought as a word: for a stretch of days write `date:A..B`"],
    );
    check("date:2025-01 - 2025-06", &["write `date:A..B`"]);
    check("date:2025-01 to toll", &[]);
    check("date:2025 2024", &[]);
    check("\"safe OR third\"", &["`OR` in quotes was sought as a word"]);
    check("\"safe NEAR/2 country\"", &["`NEAR/2` in quotes"]);
    check("\"SAFE AND SOUND\" \"safe and sound\" \"OR so\"", &[]);
    check("\"third^2 country\"", &["a weight stands behind the quotes"]);
    check("\"mnister~3\" \"a b~\"", &["`mnister~1` or `mnister~2`"]);
    check("\"safe thirt~1 country\" \"mnister~1\"", &[]);
    check("hd=ferry wc>500 date>2020", &["`title:ferry`", "`words:>500`", "`date:>2020`"]);
    check("title=ferry", &["`title:ferry`"]);
    check("e=mc2 a>b", &[]);
    check("TI(ferry)", &["`title:(…)`"]);
    check("ferry AROUND(5) toll", &["`a NEAR/5 b`"]);
    check("ferr$ US$ HK$", &["`ferr*`"]);
    check("refugee(s) title(s)", &[]);
}

#[test]
fn other_spellings_are_asked_for_inside_a_phrase() {
    check("\"safe thirt~1 country\"", "\"safe thirt~1 country\"");
    let spans = |text: &str| format!("{:?}", plan(&read(text)).root);
    assert!(spans("\"safe thirt~1 country\"").contains("Seq"));
    assert_eq!(spans("\"thirt~1\""), spans("thirt~1"));
    assert!(explain(&read("\"safe thirt~1\"")).contains("`~` being other spellings"));
    // A score.
    let plan = plan(&read("\"lost 3~1\""));
    assert_eq!(plan.leaves.len(), 3);
}

#[test]
fn what_has_no_letter_beside_its_sign_is_refused_with_what_fits() {
    for (typed, instead) in [
        ("anti-*", "`anti*`"),
        ("*-government", "`*government`"),
        ("U.S.*", "`U.S.`"),
        ("mother-?-law", "`\"mother * law\"`"),
    ] {
        let hint = parse(typed, &options()).unwrap_err().suggestion.unwrap();
        assert!(hint.contains(&format!("write {instead}")), "{typed}: {hint}");
        assert!(parse(instead.trim_matches('`'), &options()).is_ok());
    }
    assert_eq!(plan(&read("5,?00")).leaves.len(), 1);
}

#[test]
fn a_country_is_no_language() {
    for typed in ["lang:gb", "lang:US", "lang:(de OR gb)"] {
        let error = parse(typed, &options()).unwrap_err();
        assert!(error.message.contains("code of a country"), "{typed}: {}", error.message);
    }
    check("lang:uk lang:jp", "lang:uk AND lang:jp");
}

#[test]
fn a_minus_excludes_whatever_sign_follows() {
    check("brexit -?eal", "brexit AND NOT ?eal");
    check("-??al OR -?eal", "NOT ??al OR NOT ?eal");
    check("title:(m1 -?eal)", "title:(m1 AND NOT ?eal)");
    for sign in ["[deal]", "{deal}", "<deal>", "~deal", "¿deal", "…deal", "#deal", "@deal", "£5", "€5", "§5", "%deal"]
    {
        let query = read(&format!("a -{sign}"));
        assert!(matches!(&query.kind, Kind::And(items) if matches!(items[1].kind, Kind::Not(_))), "{sign}: {query:?}");
        assert_eq!(print(&query), print(&read(&format!("a NOT {sign}"))), "{sign}");
    }
    check("a -=’b c’ -“d e” -/f/", "a AND NOT ='b c' AND NOT \"d e\" AND NOT /f/");
    check("a -‘ b c’", "a AND NOT \" b c\"");
    // A dash, and one before punctuation, excludes nothing of what comes after.
    check("a - b -- -, c -# d -/ e -… f -> g -? h", "a AND b AND c AND d AND e AND f AND g AND h");
}

#[test]
fn a_sign_in_front_of_a_value_is_no_minus() {
    for typed in ["source:-bote", "author:!slade", "lang:-de", "source:~bote"] {
        let error = parse(typed, &options()).unwrap_err();
        assert!(error.message.contains("leaves nothing out"), "{typed}: {}", error.message);
    }
    assert!(parse("url:-bote", &options()).is_ok());
}

#[test]
fn a_sign_in_front_hides_no_operator() {
    for typed in [":NEAR/2?", "'NEAR/2*", ":W/5? x"] {
        let error = parse(typed, &options()).unwrap_err();
        assert!(error.message.contains("needs a distance"), "{typed}: {}", error.message);
    }
}

#[test]
fn names_with_an_ampersand_have_a_plural() {
    let terms =
        |text: &str| -> Vec<String> { plan(&read(text)).leaves.iter().map(|leaf| leaf.typed.to_lowercase()).collect() };
    assert_eq!(terms("B&B"), ["b&b", "b&bs"]);
    assert_eq!(terms("B&Bs"), ["b&bs", "b&b"]);
    assert_eq!(terms("M&S"), ["m&s", "m&ss"]);
    assert_eq!(terms("\"B&B\" stem:off B&B"), ["b&b"]);
}
