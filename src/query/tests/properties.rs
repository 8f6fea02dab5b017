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
