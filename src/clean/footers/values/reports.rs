//! Whether a sentence reports something: then it is no nag and no credit, whatever its first words.

/// Whether a sentence tells what somebody said or did, as no invitation, teaser or notice does: it has a verb of
/// speech or a past form that such lines have no use for.
pub(in crate::clean::footers) fn reports(sentence: &str) -> bool {
    const TELLING: &[&str] = &[
        "said",
        "says",
        "say",
        "told",
        "tells",
        "wrote",
        "writes",
        "was",
        "were",
        "had",
        "did",
        "lost",
        "accused",
        "promised",
        "claimed",
        "warned",
        "asked",
        "announced",
        "admitted",
        "argued",
        "replied",
        "insisted",
        "urged",
        "heard",
        "pleaded",
        "arrested",
        "killed",
        "died",
        "won",
        "stole",
        "bought",
        "sold",
        "took",
        "went",
        "came",
        "gave",
        "became",
        "began",
        "fell",
        "rose",
        "refused",
        "denied",
        "shouted",
        "ordered",
        "demanded",
        "according",
        "prosecutors",
        "fraudsters",
        "allegedly",
        "sagte",
        "sagten",
        "schrieb",
        "erklärte",
        "hieß",
        "dijo",
        "dijeron",
        "afirmó",
        "disse",
        "déclaré",
        "affirmé",
        "сказал",
        "сказала",
        "заявил",
        "заявила",
        "zei",
        "zeiden",
        "sade",
        "powiedział",
        "powiedziała",
    ];
    let mut before = "";
    for word in sentence.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        // `this article was read by a machine`, `have your say`, `did you like this?` are notices.
        let notice = match bare {
            "was" | "were" => matches!(before, "article" | "story" | "audio" | "post" | "page"),
            "say" => matches!(before, "your" | "to"),
            "did" => before.is_empty(),
            _ => false,
        };
        if TELLING.contains(&bare) && !notice {
            return true;
        }
        before = bare;
    }
    false
}
