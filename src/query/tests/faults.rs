//! What is said of queries that cannot be read or run.

use super::*;

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
