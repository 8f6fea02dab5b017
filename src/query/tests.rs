use jiff::civil::date;

use super::*;

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
fn refused(text: &str, expected: &str) {
    let error = parse(text, &options()).expect_err(text);
    assert_eq!(error.render(text), expected.trim_start_matches('\n'), "{text}");
}

#[test]
fn faults_fit_the_terminal() {
    use unicode_width::UnicodeWidthStr;
    let fault = "autor:slater";
    for before in [
        "",
        "asylum ",
        "東京都の港 ",
        "asylum seekers from Honduras and Guatemala in the safe-third country of the north ",
    ] {
        for after in ["", " AND 北京大学の教授は反対した harbour strike of the dockers in the port of Tarn ends today"]
        {
            let typed = format!("{before}{fault}{after}");
            let error = parse(&typed, &options()).expect_err(&typed);
            for columns in [0, 12, 20, 31, 40, 60, 72, 140] {
                let shown = error.render_in(&typed, columns);
                let mut lines = shown.lines();
                let (line, caret) = (lines.next().unwrap(), lines.next().unwrap());
                assert!(line.width() <= columns.clamp(12, 72), "{columns} columns:\n{shown}");
                let from = caret.find('^').unwrap();
                let carets = caret.trim_start().bytes().take_while(|b| *b == b'^').count();
                let (mut at, mut under) = (0, String::new());
                for c in line.chars() {
                    if (from..from + carets).contains(&at) {
                        under.push(c);
                    }
                    at += c.to_string().width();
                }
                let under = under.trim_end_matches('…');
                assert!(!under.is_empty() && "autor:".starts_with(under), "{columns} columns:\n{shown}");
            }
        }
    }
}

#[test]
fn faults_are_shown_with_a_caret() {
    refused(
        "safe AND (third country",
        "
safe AND (third country
         ^ this `(` is never closed
hint: add a `)` where the group ends",
    );
    refused(
        "safe \"third country",
        "
safe \"third country
     ^ this quote is never closed
hint: add a `\"` where the phrase ends",
    );
    refused(
        "東京 autor:slater",
        "
東京 autor:slater
     ^^^^^^ `autor:` is no field
hint: did you mean `author:`? to find the words themselves write `\"autor …\"`",
    );
    refused(
        "asylum AND",
        "
asylum AND
       ^^^ `AND` needs something to find on its right
hint: to search for the word, write `and` in lowercase",
    );
    refused(
        "OR asylum",
        "
OR asylum
^^ `OR` needs something to find on its left
hint: to search for the word, write `or` in lowercase",
    );
    refused(
        "",
        "
there is nothing to search for
hint: type a word, or `*` for every article",
    );
    refused(
        "a NEAR/5 NOT b",
        "
a NEAR/5 NOT b
         ^^^^^ `NOT` cannot stand inside a distance
hint: write `a AND NOT (a NEAR/5 b)` for articles where no such place is",
    );
    refused(
        "NOT (a NEAR/5 NOT b) OR c",
        "
NOT (a NEAR/5 NOT b) OR c
              ^^^^^ `NOT` cannot stand inside a distance
hint: write `NOT (a AND NOT (a NEAR/5 b)) OR c` for articles where no such place is",
    );
    refused(
        "(a AND date:2025-06-27) NEAR/5 c",
        "
(a AND date:2025-06-27) NEAR/5 c
       ^^^^^^^^^^^^^^^ a field cannot stand inside a distance
hint: write `(a NEAR/5 c) AND date:2025-06-27`",
    );
    refused(
        "ATLEAST/2(a source:b)",
        "
ATLEAST/2(a source:b)
            ^^^^^^^^ a field cannot stand inside `ATLEAST`
hint: write `ATLEAST/2(a) AND source:b`",
    );
    refused(
        "NOT (asylum NEAR/5 source:ap) ferry",
        "
NOT (asylum NEAR/5 source:ap) ferry
                   ^^^^^^^^^ a field cannot stand inside a distance
hint: write `NOT (asylum AND source:ap) AND ferry`",
    );
    refused(
        "title:(asylum -source:ap)",
        "
title:(asylum -source:ap)
               ^^^^^^^^^ a field cannot stand inside `title:(…)`, `text:(…)` or `HLEAD(…)`
hint: write `title:asylum AND NOT source:ap`",
    );
    refused(
        "asylum NEAR/5 (agreement OR source:ap)",
        "
asylum NEAR/5 (agreement OR source:ap)
                            ^^^^^^^^^ a field cannot stand inside a distance
hint: write `(asylum NEAR/5 agreement) OR (asylum AND source:ap)`",
    );
    refused(
        "ATLEAST/2(NOT asylum)",
        "
ATLEAST/2(NOT asylum)
         ^^^^^^^^^^^^ `NOT` cannot stand inside `ATLEAST`
hint: write `NOT ATLEAST/2(asylum)` for articles where no such place is",
    );
    refused(
        "a NEAR/5 (b NOT c)",
        "
a NEAR/5 (b NOT c)
            ^^^^^ `NOT` cannot stand inside a distance
hint: write `(a NEAR/5 b) AND NOT c`",
    );
    // Two faults, one hint that mends both.
    refused(
        "title:(a source:b) OR (c NEAR/5 lang:de)",
        "
title:(a source:b) OR (c NEAR/5 lang:de)
         ^^^^^^^^ a field cannot stand inside `title:(…)`, `text:(…)` or `HLEAD(…)`
hint: write `(title:a AND source:b) OR (c AND lang:de)`",
    );
    refused(
        "asylum PRE seekers",
        "
asylum PRE seekers
       ^^^ `PRE` is no operator here
hint: write `a PRE/5 b`, or have the whole query translated: `--dialect proquest`; to search for the word, write `pre` in lowercase",
    );
    refused(
        "asylum ^2",
        "
asylum ^2
       ^^ there is nothing right before this sign
hint: write `word^2` without a space; to find the number write `2`",
    );
    refused(
        "title:a PRE/5 text:\"b c\"",
        "
title:a PRE/5 text:\"b c\"
^^^^^^^ a distance is between words of one field, the title or the text
hint: write `title:a AND text:\"b c\"` for articles with each in its field, however far apart",
    );
    refused(
        "title:*",
        "
title:*
      ^ `*` cannot stand inside `title:(…)`, `text:(…)` or `HLEAD(…)`
hint: write `*` for every article, or a word in place of the `*`",
    );
    refused(
        "ferry Site:quay.example",
        "
ferry Site:quay.example
      ^^^^^ `Site:` is no field
hint: did you mean `url:`? to find the words themselves write `\"site …\"`",
    );
    refused(
        "ATLEAST/2(title:a OR text:b)",
        "
ATLEAST/2(title:a OR text:b)
^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `ATLEAST` counts what is looked for in one field
hint: write `ATLEAST/2(title:a) OR ATLEAST/2(text:b)` for so many of either",
    );
    refused(
        "asylum date:27.06.2025",
        "
asylum date:27.06.2025
            ^^^^^^^^^^ `27.06.2025` does not begin with its year
hint: write `2025-06-27`",
    );
    refused(
        "date:05/06/2025",
        "
date:05/06/2025
     ^^^^^^^^^^ `05/06/2025` could be read as two dates
hint: write `2025-06-05` or `2025-05-06`",
    );
    refused(
        "alpha /5 bravo",
        "
alpha /5 bravo
      ^^ `/5` is no operator here
hint: write `a NEAR/5 b`, or have the whole query translated: `--dialect nexis`",
    );
    refused(
        "alpha ADJ5 bravo",
        "
alpha ADJ5 bravo
      ^^^^ `ADJ5` is no operator here
hint: write `a PRE/5 b`, or have the whole query translated: `--dialect factiva`; to search for the word, write `adj5` in lowercase",
    );
    refused(
        "alpha !bravo",
        "
alpha !bravo
      ^ `!` excludes nothing here
hint: write `-` to leave out what follows; to find it, leave the `!` out",
    );
    refused(
        "author:slad~1",
        "
author:slad~1
       ^^^^^^ `~` tries other spellings of words, not of `author:`
hint: write `author:slad`, or its beginning: `author:sla*`",
    );
    refused(
        "url:*.example",
        "
url:*.example
    ^^^^^^^^^ in a field `*` can stand only at the end, and `?` for no letter
hint: any part of an address is found: write `example`",
    );
    refused(
        "\"the minister *\"",
        "
\"the minister *\"
^^^^^^^^^^^^^^^^ `*` stands for a word between two others, not at an end of a phrase
hint: write `\"the minister\"`",
    );
    refused(
        "date:2025-07..2025-06",
        "
date:2025-07..2025-06
     ^^^^^^^^^^^^^^^^ this range ends (2025-06-30) before it begins (2025-07-01)
hint: swap the ends: `2025-06..2025-07`",
    );
    refused(
        "source: reuters",
        "
source: reuters
^^^^^^^ `source:` needs a value right behind the colon
hint: write `source:reuters`, without a space",
    );
    refused(
        "/colou(r/",
        "
/colou(r/
^^^^^^^^^ this is no regular expression: unclosed group
hint: mend it, or put the words in quotes to find them as they are; `\\` takes a sign as it is",
    );
}

#[test]
fn faults_by_their_messages() {
    let check = |text: &str, part: &str| {
        let error = parse(text, &options()).expect_err(text);
        assert!(error.message.contains(part), "{text}: {}", error.message);
        assert!(error.span.end <= text.len() && error.suggestion.is_some(), "{text}: {error:?}");
    };
    check("   ", "nothing to search for");
    check("-- … !", "nothing to search for");
    check("stem:off", "nothing to search for");
    check("\"…\"", "no word");
    check("\"\"", "nothing between these quotes");
    check("()", "nothing between these parentheses");
    check("a)", "no `(` before it");
    check("a NOT", "on its right");
    check("a AND OR b", "on its right");
    check("NEAR/5 a", "on its left");
    check("a NEAR/0 b", "from 1 to");
    check("a NEAR/ b", "from 1 to");
    check("a NEAR/99999999 b", "from 1 to");
    check("ATLEAST/3 a", "parenthesis");
    check("ATLEAST/0(a)", "from 1 to");
    check("a~3", "1 or 2 letters");
    check("\"a b\"~", "number of words");
    check("\"a b\"~999999", "too large");
    check("(a)~2", "belongs behind");
    check("a \"b\"^0", "weight");
    check("a \"b\"^", "weight");
    check("oil^x", "weight");
    check("oil^-2 price", "weight");
    check("oil^2x", "weight");
    check("\"oil price\"^2x", "weight");
    check("oil~1^much", "weight");
    check("='a", "never closed");
    check("=\"\"", "nothing between");
    check("/a b/", "never closed");
    check("?* *?*a", "every word");
    check("safe-*", "at least one letter");
    check("date:yesteryear", "no date");
    check("date:2025-13", "no day");
    check("date:2025-02-30", "no day");
    check("date:0000", "no date");
    check("before:0001", "out of the calendar");
    check("date:..", "no end at all");
    check("since:99999y", "no date");
    check("date:27/06/2025", "begin with its year");
    check("date:06/2025", "begin with its year");
    check("date:06/07/2025", "two dates");
    check("since:27-06-2025", "begin with its year");
    check("alpha /s bravo", "no operator here");
    check("alpha w/s bravo", "no operator here");
    check("alpha W/P bravo", "no operator here");
    check("alpha NEAR5 bravo", "no operator here");
    check("alpha NEAR bravo", "no operator here");
    check("alpha ADJ bravo", "no operator here");
    check("a !(b c)", "excludes nothing");
    check("a !\"b c\"", "excludes nothing");
    check("source:/bb./", "tried on words");
    check("author:sl?de", "no letter");
    check("author:\"slade~1\"", "other spellings");
    check("source:(/bb./)", "only words");
    check("source:bbc^x", "weighs with a number");
    check("/co-op.*/", "none has `-`");
    check("/don't/", "none has `'`");
    check("lang:en-GB", "without their region");
    check("\"* minister\"", "at an end of a phrase");
    check("北京~1", "word by itself");
    check("ประเทศ~1", "word by itself");
    check("a-b-c-d-e~1", "4 parts at most");
    check("/北京/", "word by itself");
    check("/北.+/", "word by itself");
    check("北*大学", "no end");
    check("北?", "between two others");
    check("alph?~1", "`~` cannot be tried");
    check("words:many", "number of words");
    check("words:800..300", "before it begins");
    check("words:<0", "fewer than 0");
    check("flag:corected", "no flag");
    check("lang:klingonese", "no language");
    check("author:--", "no word in");
    check("source:re*ters", "only at the end");
    check("source:(a NEAR/5 b)", "cannot stand inside a distance");
    check("source:(author:b)", "inside the parentheses of another");
    check("source:(='a')", "only words");
    check("author:='a'", "not of `author:`");
    check("author:\"slade\"~2", "not of `author:`");
    check("author:(\"slade\"~2)", "not of `author:`");
    check("author:^slade", "behind what it weighs");
    check("title:(source:a)", "cannot stand inside");
    check("title:(text:a)", "at once");
    check("text:(HLEAD(a))", "cannot stand inside");
    check("HLEAD(text:a)", "cannot stand inside");
    check("HLEAD(date:2025)", "cannot stand inside");
    check("ATLEAST/3(a NOT b)", "inside `ATLEAST`");
    check("a NEAR/5 source:b", "inside a distance");
    check("a NEAR/5 *", "inside a distance");
    check("a NEAR/5 ATLEAST/2(b)", "inside a distance");
    check("stem:maybe a", "`on`, `off` or `usual`");
    check("a NEAR/5 stem:off b", "cannot stand here");
    check("title:-a", "right behind the colon");
    check("ANY(a AND b)", "words and phrases only");
    check(&format!("{}a~1", "a".repeat(50)), "at most 40 letters");
    check(&"(".repeat(100), "deeper");
    check(&"a NEAR/2 ".repeat(10), "on its right");
    check(&format!("{}b", "a NEAR/2 ".repeat(100)), "deeper");
    check(&"x".repeat(MAX_LENGTH + 1), "the most is");
    let words: Vec<String> = (0..MAX_LEAVES + 1).map(|n| format!("w{n}")).collect();
    check(&words.join(" "), "words");
    let product = "(a OR (b c)) NEAR/2 ".repeat(12);
    check(&format!("{product}d"), "too many combinations");
}

#[test]
fn long_faults_are_shown_in_part() {
    let text = format!("{} autor:x {}", "word ".repeat(60), "more ".repeat(60));
    let shown = parse(&text, &options()).expect_err("no such field").render(&text);
    let lines: Vec<&str> = shown.lines().collect();
    assert!(lines[0].chars().count() <= 76, "{shown}");
    assert_eq!(lines[0].find("autor:").map(|at| lines[0][..at].chars().count()), lines[1].find('^'), "{shown}");
    let two = "first line\nand (second";
    assert!(parse(two, &options()).expect_err("open").render(two).starts_with("and (second\n    ^ this"));
}

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
