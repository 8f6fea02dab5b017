use proptest::prelude::*;

use super::*;
use crate::model::{ArticleId, Block, BlockKind, DateClaim, Flags, Found, Lang, Provenance, Span};
use crate::query::plan::{Cond, Leaf, Matcher, Scope, Spans};
use crate::query::{DateField, KeyField, Unit};

/// An article of blocks; `#` starts a heading.
fn article(title: &str, blocks: &[String]) -> Article {
    let mut text = String::new();
    let mut made = Vec::new();
    for block in blocks {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let (kind, said) = match block.strip_prefix('#') {
            Some(heading) => (BlockKind::Heading, heading),
            None => (BlockKind::Paragraph, block.as_str()),
        };
        made.push(Block { kind, span: Span::new(text.len(), text.len() + said.len()) });
        text.push_str(said);
    }
    Article {
        id: ArticleId::of_text(title, &text),
        title: title.to_owned(),
        authors: vec!["Mae Slater".into()],
        published: Some(DateClaim::day(jiff::civil::date(2025, 6, 27), "test")),
        updated: None,
        fetched: None,
        embargo: None,
        language: Lang::parse("en"),
        url: Some("https://news.example/a".into()),
        source: Some(Found { value: "The Brell Courier".into(), found: "test".into() }),
        section: None,
        tags: Vec::new(),
        text,
        blocks: made,
        removed: Vec::new(),
        provenance: Provenance::default(),
        flags: Flags { corrected: true, ..Flags::default() },
        notes: Vec::new(),
    }
}

fn blocks(text: &str) -> Vec<String> {
    text.split("\n\n").map(str::to_owned).collect()
}

/// A plan whose leaves are exact words; `=x` is literal.
fn plan(words: &[&str], root: Cond) -> Plan {
    let leaf = |word: &&str| {
        let matcher = match word.strip_prefix('=') {
            Some(text) => Matcher::Literal { text: text.into(), terms: Vec::new() },
            None => Matcher::Exact((*word).into()),
        };
        Leaf { matcher, typed: (*word).into(), span: Span::new(0, 0) }
    };
    Plan { root, leaves: words.iter().map(leaf).collect(), needs_text: false }
}

fn spans(spans: Spans) -> Cond {
    Cond::Spans { spans, scope: Scope::Either, at_least: 1 }
}

fn leaf(at: usize) -> Cond {
    spans(Spans::Leaf(at))
}

fn phrase(leaves: &[usize]) -> Spans {
    Spans::Seq(leaves.iter().map(|&l| Spans::Leaf(l)).collect())
}

fn near(a: usize, b: usize, distance: u32) -> Spans {
    Spans::Near { items: vec![Spans::Leaf(a), Spans::Leaf(b)], distance, ordered: false }
}

/// Marks as `[…]` in title and text; `-` where the article does not answer.
#[track_caller]
fn check(text: &str, words: &[&str], root: Cond, expected: &str) {
    let (title, text) = text.split_once('|').unwrap_or(("", text));
    let article = article(title, &blocks(text));
    let answer = choose(&article, &plan(words, root), &Options { most: 99, ..Options::default() });
    let draw = |text: &str, marks: &[crate::model::Mark]| {
        let (mut out, mut at) = (String::new(), 0);
        for mark in marks {
            out.push_str(&format!("{}[{}]", &text[at..mark.span.start], mark.span.of(text)));
            at = mark.span.end;
        }
        out + &text[at..]
    };
    let drawn = if !answer.holds {
        "-".to_owned()
    } else if article.title.is_empty() {
        draw(&article.text, &answer.text_marks)
    } else {
        format!("{}|{}", draw(&article.title, &answer.title_marks), draw(&article.text, &answer.text_marks))
    };
    assert_eq!(drawn, expected);
}

#[test]
fn marks_are_true() {
    let dam_and = |other| Cond::And(vec![leaf(0), other]);
    check("The dam broke. A Dam!", &["dam"], leaf(0), "The [dam] broke. A [Dam]!");
    check("no such word", &["dam"], leaf(0), "-");
    // A word of a phrase is marked where the phrase is.
    check(
        "a safe third country, safe at last",
        &["safe", "third"],
        spans(phrase(&[0, 1])),
        "a [safe third] country, safe at last",
    );
    check("a safe-third country", &["safe", "third", "country"], spans(phrase(&[0, 1, 2])), "a [safe-third country]");
    check("safe\n\nthird", &["safe", "third"], spans(phrase(&[0, 1])), "-");
    // Both operands of a distance, where it holds.
    check(
        "dam x y burst, z z z z z z burst",
        &["dam", "burst"],
        spans(near(0, 1, 3)),
        "[dam] x y [burst], z z z z z z burst",
    );
    check("dam x y z burst", &["dam", "burst"], spans(near(0, 1, 3)), "-");
    check(
        "One dam. Two burst dam.",
        &["dam", "burst"],
        spans(Spans::Within { unit: Unit::Sentence, items: vec![Spans::Leaf(0), Spans::Leaf(1)] }),
        "One dam. Two [burst] [dam].",
    );
    // All that answers, not only what is nearest.
    let within = |unit| spans(Spans::Within { unit, items: vec![Spans::Leaf(0), Spans::Leaf(1)] });
    check(
        "A dam, then a dam has burst.\n\nA dam.",
        &["dam", "burst"],
        within(Unit::Paragraph),
        "A [dam], then a [dam] has [burst].\n\nA dam.",
    );
    check("dam x dam burst x x x dam", &["dam", "burst"], spans(near(0, 1, 3)), "[dam] x [dam] [burst] x x x dam");
    check(
        "dam and burst",
        &["dam", "burst"],
        spans(Spans::Any(vec![Spans::Leaf(0), Spans::Leaf(1)])),
        "[dam] and [burst]",
    );
    // Alternatives that overlap become one mark.
    check(
        "safe third country",
        &["safe", "third", "country"],
        spans(Spans::Any(vec![phrase(&[0, 1]), phrase(&[1, 2])])),
        "[safe third country]",
    );
    // Title and text are two places.
    check("dam|the burst", &["dam", "burst"], spans(near(0, 1, 9)), "-");
    check("dam|the burst dam", &["dam", "burst"], dam_and(leaf(1)), "[dam]|the [burst] [dam]");
    let at = |scope| Cond::Spans { spans: Spans::Leaf(0), scope, at_least: 1 };
    check("dam|the dam", &["dam"], at(Scope::Title), "[dam]|the dam");
    check("dam|the dam", &["dam"], at(Scope::Text), "dam|the [dam]");
    check("x|the dam\n\na dam", &["dam"], at(Scope::Headline), "x|the [dam]\n\na dam");
    check("x|the\n\na dam", &["dam"], at(Scope::Headline), "-");
    // NOT, alternatives that do not hold, ATLEAST.
    let not = |c| Cond::Not(Box::new(c));
    check("dam burst", &["dam", "burst"], dam_and(not(leaf(1))), "-");
    check("dam", &["dam", "burst"], dam_and(not(leaf(1))), "[dam]");
    let either = Cond::Or(vec![Cond::And(vec![leaf(0), leaf(1)]), leaf(2)]);
    check("dam and flood", &["dam", "burst", "flood"], either, "dam and [flood]");
    let twice = |n| Cond::Spans { spans: Spans::Leaf(0), scope: Scope::Either, at_least: n };
    check("dam|dam dam", &["dam"], twice(3), "[dam]|[dam] [dam]");
    check("dam|dam dam", &["dam"], twice(4), "-");
    // Literal text: these characters, this case, in one block; signs too.
    check("Safe-third, safe-third", &["=safe-third"], leaf(0), "Safe-third, [safe-third]");
    check("cost $5 (net)", &["=$5 (net"], leaf(0), "cost [$5 (net])");
    // At the borders of words, in one of their forms, as the index finds them.
    check("cost $5 (net)", &["=$5 (n"], leaf(0), "-");
    check("RUSH, US", &["=US"], leaf(0), "RUSH, [US]");
    check("Orlen's ferry", &["=Orlen"], leaf(0), "[Orlen]'s ferry");
    check("the U.S.", &["=U.S"], leaf(0), "the [U.S].");
    check("安全第三国", &["=第三"], leaf(0), "安全[第三]国");
    check("safe-third", &["=third"], leaf(0), "safe-[third]");
    // A word at the end of a block takes no part of the border behind it.
    check("the dam\n\nburst", &["=dam", "burst"], spans(near(0, 1, 1)), "-");
    check("the dam\n\nburst", &["=dam", "burst"], spans(near(0, 1, 2)), "the [dam]\n\n[burst]");
    check("a — b", &["=—"], leaf(0), "a [—] b");
    check("ab\n\nba", &["=b\n\nb"], leaf(0), "-");
    check("x $5 y", &["=$5", "y"], spans(near(0, 1, 1)), "x [$5] [y]");
}

#[test]
fn fields() {
    let key = |field, value: &str, prefix| Cond::Key { field, value: value.into(), prefix };
    let day = |d: i8| Some(jiff::civil::date(2025, 6, d));
    for (cond, expected) in [
        (key(KeyField::Author, "mae slater", false), true),
        (key(KeyField::Author, "slater mae", false), false),
        (key(KeyField::Author, "mae sl", true), true),
        (key(KeyField::Author, "mae sl", false), false),
        (key(KeyField::Source, "courier", false), true),
        (key(KeyField::Agency, "", false), false),
        (key(KeyField::Author, "", false), true),
        (key(KeyField::Flag, "corrected", false), true),
        (key(KeyField::Lang, "en", false), true),
        (key(KeyField::Url, "news example", false), true),
        (Cond::Dates { field: DateField::Published, from: day(27), to: day(27) }, true),
        (Cond::Dates { field: DateField::Published, from: day(28), to: None }, false),
        (Cond::Dates { field: DateField::Updated, from: None, to: day(28) }, false),
        (Cond::Words { from: Some(3), to: Some(3) }, true),
        (Cond::Words { from: Some(4), to: None }, false),
        (Cond::All, true),
        (Cond::None, false),
        (Cond::And(vec![]), true),
        (Cond::Or(vec![]), false),
    ] {
        let article = article("T", &blocks("one two three"));
        let answer = choose(&article, &plan(&[], cond.clone()), &Options::default());
        assert_eq!(answer.holds, expected, "{cond:?}");
        assert_eq!(Chooser::new().holds(&article, &Prepared::new(&plan(&[], cond))), expected);
        // What has no match in the text shows the lead.
        assert_eq!(answer.passages.len(), usize::from(expected));
    }
}

fn words(n: usize, word: &str) -> String {
    vec![word; n].join(" ")
}

/// The passages for the word `dam`.
fn passages(article: &Article, most: usize) -> Vec<String> {
    let answer = choose(article, &plan(&["dam"], leaf(0)), &Options { most, ..Options::default() });
    answer.passages.iter().map(|p| p.span.of(&article.text).to_owned()).collect()
}

#[test]
fn passages_are_the_fewest_blocks_that_show_the_match() {
    let long = words(100, "long");
    let (short, dam) = (words(10, "short"), "the dam".to_owned());
    // A block that is long enough stands alone; a short one takes what follows, then what stands before.
    let alone = format!("dam {long}");
    assert_eq!(passages(&article("", &[short.clone(), alone.clone(), short.clone()]), 1), std::slice::from_ref(&alone));
    assert_eq!(passages(&article("", &[long.clone(), dam.clone(), long.clone()]), 1), [format!("{dam}\n\n{long}")]);
    assert_eq!(passages(&article("", &[long.clone(), dam.clone()]), 1), [format!("{long}\n\n{dam}")]);
    assert_eq!(passages(&article("", std::slice::from_ref(&dam)), 1), std::slice::from_ref(&dam));
    // A heading joins what follows it.
    let heading = "#A heading".to_owned();
    assert_eq!(
        passages(&article("", &[short.clone(), heading.clone(), alone.clone()]), 1),
        [format!("A heading\n\n{alone}")]
    );
    let dam_heading = "#Of the dam".to_owned();
    assert_eq!(
        passages(&article("", &[long.clone(), dam_heading, long.clone()]), 1),
        [format!("Of the dam\n\n{long}")]
    );
    // None ends with a heading.
    let blocks = [format!("{} {dam}", words(30, "x")), words(5, "y"), heading, words(150, "z")];
    assert_eq!(passages(&article("", &blocks), 1), [format!("{}\n\n{}", blocks[0], blocks[1])]);
    // Only the title answers: the lead.
    let titled = article("A dam", &["#Top".to_owned(), long.clone(), short.clone()]);
    let answer = choose(&titled, &plan(&["dam"], leaf(0)), &Options::default());
    assert_eq!((answer.matches, answer.title_marks.len(), answer.text_marks.len()), (1, 1, 0));
    assert_eq!(answer.passages[0].span.of(&titled.text), format!("Top\n\n{long}"));
    assert!(answer.passages[0].marks.is_empty());
    // No text at all.
    assert!(choose(&article("A dam", &[]), &plan(&["dam"], leaf(0)), &Options::default()).passages.is_empty());
}

#[test]
fn long_blocks_are_cut_between_sentences_and_long_sentences_between_words() {
    let sentence = |i: usize| format!("Sentence {i} has {}.", words(17, "some"));
    let mut all: Vec<String> = (0..30).map(sentence).collect();
    all[12] = format!("Here the dam {}.", words(17, "was"));
    let block = all.join(" ");
    assert_eq!(passages(&article("", std::slice::from_ref(&block)), 1), [all[12..14].join(" ")]);
    all[29] = "The dam.".into();
    let block = all.join(" ");
    assert_eq!(passages(&article("", &[block]), 9), [all[12..14].join(" "), all[27..].join(" ")]);

    let endless = format!("{} dam {}", words(300, "before"), words(300, "after"));
    let cut = passages(&article("", std::slice::from_ref(&endless)), 1);
    assert_eq!(cut.len(), 1);
    let count = cut[0].split_whitespace().count();
    assert!((40..=160).contains(&count), "{count}");
    assert!(cut[0].starts_with("before ") && cut[0].ends_with(" after"));
    // At the end of an endless sentence.
    let cut = passages(&article("", &[format!("{} dam", words(300, "before"))]), 1);
    assert!((40..=160).contains(&cut[0].split_whitespace().count()));
}

#[test]
fn scripts_without_spaces() {
    let article = article("", &[format!("{}東京都{}", "日".repeat(900), "本".repeat(900))]);
    let answer = choose(&article, &plan(&["東", "京"], spans(phrase(&[0, 1]))), &Options::default());
    let passage = &answer.passages[0];
    assert_eq!(passage.marks.iter().map(|m| m.span.of(&article.text)).collect::<Vec<_>>(), ["東京"]);
    let said = passage.span.of(&article.text).chars().count();
    assert!((80..=320).contains(&said), "{said} characters");
}

#[test]
fn a_script_without_spaces_is_cut_where_it_has_some() {
    // Thai parts clauses by spaces, Japanese by signs: what lies between may be one word.
    let thai = ["ท่าเรือเก่าเปิดอีกครั้งเมื่อวานนี้", "ชาวบ้านริมน้ำเดินทางไปตลาด", "เรือข้ามฟากออกทุกสิบห้านาที", "สะพานใหม่ยังสร้างไม่เสร็จ"];
    let japanese = [
        "港の灯台が一般に公開され",
        "多くの人が朝から列を作り",
        "係の人は道をあけるように求め",
        "船は昼まで出なかったため",
    ];
    for (clauses, gap, wanted) in [(thai, " ", "ตลาด"), (japanese, "、", "列")] {
        let clauses: Vec<&str> = clauses.iter().cycle().take(80).copied().collect();
        let text = clauses.join(gap);
        let article = article("", std::slice::from_ref(&text));
        let letters: Vec<String> = wanted.chars().map(String::from).collect();
        let letters: Vec<&str> = letters.iter().map(String::as_str).collect();
        let all: Vec<usize> = (0..letters.len()).collect();
        let plan = plan(&letters, spans(phrase(&all)));
        let answer = choose(&article, &plan, &Options { most: 9, ..Options::default() });
        assert!(answer.passages.len() > 3, "{answer:?}");
        for passage in &answer.passages {
            let shown = passage.span.of(&article.text).trim_end_matches(gap);
            assert!(shown.split(gap).all(|clause| clauses.contains(&clause)), "cut within a clause: {shown}");
            let length = shown.chars().filter(|c| !c.is_whitespace()).count();
            assert!((40..=160).contains(&length.div_ceil(2)), "{length}");
        }
    }
}

#[test]
fn matches_are_as_many_as_are_counted_and_whole() {
    let text = "The harbour board sold a quay, said the board.\n\nNo harbour has a quay of its own.";
    let article = article("Harbour sold", &blocks(text));
    for (words, root, expected) in [
        (&["harbour", "quay"][..], spans(near(0, 1, 4)), &["harbour board sold a quay", "harbour has a quay"][..]),
        (&["harbour", "board"], spans(phrase(&[0, 1])), &["harbour board"]),
        (
            &["harbour", "board"],
            Cond::And(vec![leaf(0), leaf(1)]),
            &["Harbour", "harbour", "board", "board", "harbour"],
        ),
        (&["harbour", "harbour"], Cond::Or(vec![leaf(0), leaf(1)]), &["Harbour", "harbour", "harbour"]),
        (&["=a quay,"], leaf(0), &["a quay,"]),
        (&["harbour", "ferry"], Cond::And(vec![leaf(0), leaf(1)]), &[]),
    ] {
        let plan = plan(words, root);
        let prepared = Prepared::new(&plan);
        let found = Chooser::new().matches(&article, &prepared);
        let said = found.title.iter().map(|span| span.of(&article.title));
        let said: Vec<&str> = said.chain(found.text.iter().map(|span| span.of(&article.text))).collect();
        assert_eq!(said, expected, "{words:?}");
        assert_eq!(choose(&article, &plan, &Options::default()).matches, said.len() as u64, "{words:?}");
    }
}

#[test]
fn the_best_passage_shows_most_of_the_query() {
    let filler = words(60, "x");
    let texts = [format!("dam dam dam {filler}"), format!("a dam burst {filler}"), format!("burst {filler}")];
    let article = article("", &texts);
    let both = Cond::Or(vec![leaf(0), leaf(1)]);
    let answer = choose(&article, &plan(&["dam", "burst"], both.clone()), &Options::default());
    assert_eq!(answer.passages[0].span.of(&article.text), texts[1]);
    assert_eq!(answer.matches, 6);
    // Weights decide between words.
    let mut prepared = Prepared::new(&plan(&["dam", "burst"], both));
    prepared.weigh(&[9.0, 0.1]);
    let answer = Chooser::new().choose(&article, &prepared, &Options::default());
    assert_eq!(answer.passages[0].span.of(&article.text), texts[0]);
}

#[test]
fn a_match_whose_passage_overlaps_a_better_one_is_shown_by_itself() {
    // The second block fits a passage, but not together with the first, which takes its two first sentences.
    let first = format!("The dam burst {}.", words(9, "x"));
    let rest = format!("{}. {}.", words(39, "z"), words(39, "z"));
    let second =
        format!("The dam burst {}. {}. The dam burst {}. {rest}", words(16, "y"), words(38, "y"), words(20, "y"));
    let article = article("", &[first, second]);
    let answer = choose(&article, &plan(&["dam"], leaf(0)), &Options { most: 3, ..Options::default() });
    assert_eq!(answer.passages.iter().map(|passage| passage.marks.len()).sum::<usize>(), 3, "{:?}", answer.passages);
}

/// Words as a reader sees them, found without the analysis.
fn naive(text: &str) -> Vec<(Span, usize)> {
    let mut out = Vec::new();
    let mut start = 0;
    for (block, said) in text.split("\n\n").enumerate() {
        for (at, word) in said.split(' ').scan(start, |at, w| {
            let begins = *at;
            *at += w.len() + 1;
            Some((begins, w))
        }) {
            let bare = word.trim_end_matches(['.', ',']);
            if !bare.is_empty() {
                out.push((Span::new(at, at + bare.len()), block));
            }
        }
        start += said.len() + 2;
    }
    out
}

fn sentences() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec!["dam", "burst", "flood", "the", "Brell", "water", "rose", "and", "of"]);
    let sentence = prop::collection::vec(word, 1..40).prop_map(|w| format!("So {}.", w.join(" ")));
    prop::collection::vec(sentence, 1..12).prop_map(|s| s.join(" "))
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    let heading = prop::sample::select(vec!["#Of water", "#The dam"]).prop_map(str::to_owned);
    prop::collection::vec(prop_oneof![9 => sentences(), 1 => heading], 1..9)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn what_is_shown_is_true_and_whole(blocks in texts(), most in 1usize..6) {
        let article = article("", &blocks);
        let words = naive(&article.text);
        let is = |at: usize, word: &str| words.get(at).is_some_and(|w| w.0.of(&article.text) == word);
        let plan = plan(&["dam", "burst"], spans(phrase(&[0, 1])));
        let expected: Vec<Span> = (0..words.len())
            .filter(|&i| is(i, "dam") && is(i + 1, "burst") && words[i].1 == words[i + 1].1)
            .map(|i| Span::new(words[i].0.start, words[i + 1].0.end))
            .collect();
        let answer = choose(&article, &plan, &Options { most, ..Options::default() });
        prop_assert_eq!(answer.holds, !expected.is_empty());
        prop_assert_eq!(answer.matches, expected.len() as u64);
        prop_assert_eq!(answer.text_marks.iter().map(|m| m.span).collect::<Vec<_>>(), expected.clone());
        prop_assert!(answer.passages.len() <= most);
        let mut end = 0;
        for passage in &answer.passages {
            let said = passage.span.of(&article.text);
            prop_assert!(passage.span.start >= end, "in order and disjoint");
            end = passage.span.end;
            let count = said.split_whitespace().count();
            prop_assert!(count <= 160, "{count} words");
            if most == 1 {
                prop_assert!(count >= 40.min(article.text.split_whitespace().count()), "{count} words: {said}");
            }
            prop_assert!(!passage.marks.is_empty());
            prop_assert!(passage.marks.iter().all(|m| passage.span.contains(m.span)));
            // On borders of blocks or sentences, and no blank line at either end.
            let starts_block = article.blocks.iter().any(|b| b.span.start == passage.span.start);
            let ends_block = article.blocks.iter().any(|b| b.span.end == passage.span.end);
            prop_assert!(starts_block || said.starts_with("So "));
            prop_assert!(ends_block || said.ends_with('.'));
            let last = article.blocks.iter().rfind(|b| passage.span.contains(b.span));
            let heads_nothing = last.is_some_and(|b| b.kind == BlockKind::Heading && b.span.end == passage.span.end
                && b.span.end < article.text.len() && b.span != passage.span);
            let marked = last.is_some_and(|b| passage.marks.iter().any(|m| b.span.contains(m.span)));
            prop_assert!(!heads_nothing || marked || most > 1);
        }
        if most >= expected.len() {
            let shown = |span: &Span| answer.passages.iter().any(|p| p.span.contains(*span));
            prop_assert!(expected.iter().all(shown), "every match is shown");
        }
    }

    #[test]
    fn distances_agree_with_a_naive_scan(blocks in texts(), distance in 1u32..6) {
        let article = article("", &blocks);
        // As the analysis does: a block border takes one position.
        let words: Vec<(Span, i64)> =
            naive(&article.text).into_iter().enumerate().map(|(i, (s, b))| (s, (i + b) as i64)).collect();
        let of = |word: &str| words.iter().filter(|w| w.0.of(&article.text) == word).copied().collect::<Vec<_>>();
        let (dams, bursts) = (of("dam"), of("flood"));
        let close = |a: &(Span, i64), others: &[(Span, i64)]| others.iter().any(|o| (a.1 - o.1).unsigned_abs() <= u64::from(distance));
        let plan = plan(&["dam", "flood"], spans(near(0, 1, distance)));
        let answer = choose(&article, &plan, &Options::default());
        prop_assert_eq!(answer.holds, dams.iter().any(|d| close(d, &bursts)));
        // Of several in reach the nearest is marked: so every mark is in reach of one, and never more than these.
        for mark in &answer.text_marks {
            let all: Vec<_> = dams.iter().filter(|d| close(d, &bursts)).chain(bursts.iter().filter(|b| close(b, &dams))).collect();
            prop_assert!(all.iter().any(|w| w.0 == mark.span));
        }
    }

    #[test]
    fn nothing_panics(title in ".{0,40}", texts in prop::collection::vec("[^\u{0}-\u{1f}]{1,300}", 0..6), literal in ".{0,3}", max in 0usize..30, min in 0usize..30) {
        let article = article(&title, &texts);
        let literal = format!("={literal}");
        let plan = plan(&["a", literal.as_str()], Cond::Or(vec![leaf(0), leaf(1), spans(near(0, 1, 3)), Cond::All]));
        let answer = choose(&article, &plan, &Options { most: 3, min_words: min, max_words: max });
        for passage in &answer.passages {
            prop_assert!(article.text.get(passage.span.start..passage.span.end).is_some());
            prop_assert!(passage.marks.iter().all(|m| article.text.get(m.span.start..m.span.end).is_some()));
        }
        prop_assert!(answer.text_marks.windows(2).all(|w| w[0].span.end <= w[1].span.start));
    }
}

#[test]
fn a_mark_knows_the_match_it_is_part_of() {
    let said = |text: &str, words: &[&str], root: Cond| {
        let article = article("", &blocks(text));
        let answer = choose(&article, &plan(words, root), &Options { most: 99, ..Options::default() });
        let matched = |mark: &crate::model::Mark| mark.matched.map_or("-", |m| m.of(&article.text)).to_owned();
        answer.text_marks.iter().map(matched).collect::<Vec<_>>()
    };
    let same = || spans(Spans::Within { unit: Unit::Paragraph, items: vec![Spans::Leaf(0), Spans::Leaf(1)] });
    // Of two the nearer one counts.
    assert_eq!(said("dam two, dam has burst", &["dam", "burst"], same()), ["-", "dam has burst", "dam has burst"]);
    assert_eq!(said("dam and burst", &["dam"], leaf(0)), ["dam"]);
    // A quotation is of one block.
    assert_eq!(said("A dam.\n\nIt burst.", &["dam", "burst"], spans(near(0, 1, 9))), ["dam", "burst"]);
    let overlapping = Spans::Any(vec![phrase(&[0, 1]), phrase(&[1, 2])]);
    assert_eq!(said("safe third country", &["safe", "third", "country"], spans(overlapping)), ["safe third country"]);
}
