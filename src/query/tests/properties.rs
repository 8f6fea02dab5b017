//! What holds of every query: printing and reading again, and being read or refused.

use proptest::prelude::*;

use super::*;

fn typed() -> impl Strategy<Value = String> {
    let atom = prop_oneof![
        4 => "[a-zé]{1,6}",
        2 => "\"[a-z]{1,4}( [a-z*?-]{1,4}){0,3}\"(~[1-9])?",
        1 => "[a-z]{1,4}-[a-z]{1,4}",
        1 => "[a-z]{2,4}[*?][a-z]{0,2}(~1|\\^2)?",
        1 => "[a-z]{3,5}~[12]?",
        1 => "/[a-z.+|]{1,5}/",
        1 => "=\"[a-zA-Z' \\\\]{1,6}\"",
        1 => "='[a-zA-Z]{1,6}'(\\^0.5)?",
        1 => "(source|author|tag|url|lang|agency):([a-z]{2}|\"[a-z]{2} [a-z]{2}\"|\\*|\\([a-z]{2} OR [a-z]{2}\\)|[a-z]{2},[a-z]{2})",
        1 => "(date|since|before|updated):(2025-0[1-9]|2024|7d|2025-06-1[0-9])",
        1 => "date:2024(-05)?\\.\\.(2025-06)?",
        1 => "words:(>|<|>=)?[1-9]{1,4}",
        1 => "(title|text):[a-z]{1,4}",
        1 => "stem:(on|off|usual)",
        1 => "[a-z]{1,3}[,;:!?'’.]",
        1 => Just("*".to_owned()),
    ];
    atom.prop_recursive(4, 24, 4, |inner| {
        let joins = prop_oneof![
            Just(" "),
            Just(" AND "),
            Just(" OR "),
            Just(" NOT "),
            Just(" -"),
            Just(" NEAR/3 "),
            Just(" PRE/2 "),
            Just(" SENT "),
            Just(" SAME "),
        ];
        prop_oneof![
            3 => (prop::collection::vec((inner.clone(), joins), 1..4), inner.clone())
                .prop_map(|(items, last)| items.into_iter().map(|(i, j)| i + j).collect::<String>() + &last),
            2 => inner.clone().prop_map(|q| format!("({q})")),
            1 => inner.clone().prop_map(|q| format!("ATLEAST/2({q})^3")),
            1 => inner.clone().prop_map(|q| format!("HLEAD({q})")),
            1 => inner.clone().prop_map(|q| format!("title:({q})")),
            1 => inner.prop_map(|q| format!("NOT {q}")),
        ]
    })
}

/// Queries of words, fields and all operators inside one another, most of which are refused for what stands inside what.
fn nested() -> impl Strategy<Value = String> {
    let atom = prop_oneof![
        5 => "[a-e]",
        1 => "\"[a-e] [a-e]\"",
        1 => "(title|text):[a-e]",
        1 => "HLEAD\\([a-e]\\)",
        1 => Just("source:tarn".to_owned()),
        1 => Just("date:2025-06".to_owned()),
        1 => Just("words:9..".to_owned()),
        1 => Just("*".to_owned()),
    ];
    atom.prop_recursive(4, 12, 3, |inner| {
        let joins = prop_oneof![
            2 => Just(" "),
            2 => Just(" OR "),
            1 => Just(" NOT "),
            3 => Just(" NEAR/3 "),
            1 => Just(" PRE/2 "),
            1 => Just(" SENT "),
            1 => Just(" SAME "),
        ];
        prop_oneof![
            6 => (prop::collection::vec((inner.clone(), joins), 1..3), inner.clone())
                .prop_map(|(items, last)| format!("({}{last})", items.into_iter().map(|(i, j)| i + j).collect::<String>())),
            2 => inner.clone().prop_map(|q| format!("ATLEAST/2({q})")),
            1 => inner.clone().prop_map(|q| format!("HLEAD({q})")),
            1 => inner.clone().prop_map(|q| format!("title:({q})")),
            1 => inner.clone().prop_map(|q| format!("text:({q})")),
            1 => inner.prop_map(|q| format!("(c NOT {q})")),
        ]
    })
}

#[test]
fn every_query_that_a_hint_names_can_be_asked() {
    use proptest::test_runner::{Config, TestRunner};
    let (refused, named) = (std::cell::Cell::new(0u32), std::cell::Cell::new(0u32));
    let mut runner = TestRunner::new(Config { cases: 4000, failure_persistence: None, ..Config::default() });
    let outcome = runner.run(&nested(), |typed| {
        let Err(error) = parse(&typed, &options()) else { return Ok(()) };
        refused.set(refused.get() + 1);
        let hint = error.suggestion.unwrap_or_default();
        prop_assert!(!hint.is_empty(), "{} is refused without a hint: {}", typed, error.message);
        for query in hint.split("write `").skip(1).filter_map(|rest| rest.split('`').next()) {
            named.set(named.get() + 1);
            let read = parse(query, &options());
            prop_assert!(read.is_ok(), "{} is refused with `{}`, which is refused: {}", typed, hint, read.unwrap_err());
            // The same words and fields, and no others.
            let words = |text: &str| {
                let mut words: Vec<String> = text
                    .split(|c: char| !c.is_ascii_lowercase())
                    .filter(|word| word.len() == 1 || matches!(*word, "source" | "words"))
                    .map(str::to_owned)
                    .collect();
                words.sort_unstable();
                words.dedup();
                words
            };
            let (asked, instead) = (words(&typed), words(query));
            prop_assert!(
                instead.iter().all(|word| asked.contains(word) || hint.contains("`a NOT (a")),
                "{} -> {}",
                typed,
                query
            );
        }
        Ok(())
    });
    outcome.unwrap();
    assert!(
        refused.get() > 1000 && named.get() > refused.get() / 4,
        "{} refused, {} named",
        refused.get(),
        named.get()
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn what_is_printed_reads_the_same(text in typed()) {
        if let Ok(query) = parse(&text, &options()) {
            let printed = print(&query);
            let again = parse(&printed, &options());
            prop_assert_eq!(again.as_ref().ok(), Some(&query), "{} -> {}", text, printed);
            prop_assert_ne!(&plan(&query).root, &plan::Cond::None);
            prop_assert!(!explain(&query).is_empty());
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in "([a-z]{1,3}|[\"'()~^:*?/=<>|&+#@-]|[“”„«»’]| |AND|OR|NOT|NEAR/2|SENT|stem:|date:|title:|source:|2025|\\.\\.|\\\\|ANY\\(|\\PC){0,24}") {
        match parse(&text, &options()) {
            Ok(query) => {
                let printed = print(&query);
                let again = parse(&printed, &options());
                prop_assert_eq!(again.as_ref().ok(), Some(&query), "{} -> {}", text, printed);
                plan(&query);
            }
            Err(error) => {
                prop_assert!(error.span.end <= text.len());
                prop_assert!(error.render(&text).contains(&error.message));
            }
        }
        let bag = parse(&text, &Options { any: true, ..options() });
        if let Ok(bag) = bag {
            let printed = print(&bag);
            let again = parse(&printed, &options());
            prop_assert_eq!(again.as_ref().ok(), Some(&bag), "{} -> {}", text, printed);
        }
    }
}

#[test]
fn hostile_queries_are_read_or_refused() {
    // A quarter of what is let in: enough for anything quadratic to show, also on a busy machine.
    let most = |piece: &str| piece.repeat(MAX_LENGTH / 4 / piece.len());
    for piece in [
        "(",
        ")",
        "-",
        "NOT ",
        "\"",
        "a ",
        "a OR ",
        "a NEAR/2 ",
        "a-",
        "*",
        "?",
        "a*",
        "=\"",
        "/",
        "~1",
        "^2",
        "title:",
        "1,",
        "1.",
        "a.",
        "'",
        "a'",
        "e\u{301}",
        "東",
        "\u{200b}",
        "a b* ",
        "(a OR ",
        "\"a\" ",
        "source:",
        "& ",
        "|",
        "http://",
        "\\",
        "\"a *\" ",
        "l'a",
        "U.S.",
        "aa~1 ",
        "/a/ ",
    ] {
        let text = most(piece);
        if let Err(error) = parse(&text, &options()) {
            error.render(&text);
        }
        let _ = parse(
            &format!("\"{}\"", &text[..text.len().saturating_sub(4).min(text.rfind(' ').unwrap_or(0))]),
            &options(),
        );
        let _ = parse(&text, &Options { any: true, ..options() });
        for dialect in Dialect::ALL {
            dialect.translate(&text);
        }
    }
}
