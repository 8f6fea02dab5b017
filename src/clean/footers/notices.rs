//! Words that tell a correction from a house rule, and readers' answers from the story.

/// Whether a note has a word of correcting in it, or is in a language whose notes open with one.
pub(super) fn tells_of_a_mistake(note: &str) -> bool {
    const STEMS: &[&str] =
        &["correct", "clarif", "amend", "misstat", "misspel", "error", "erroneous", "earlier version"];
    const NOTES: &[&str] = &["editor", "note", "anmerkung", "nota", "uwaga", "от редакции"];
    let lower = note.to_lowercase();
    let noted = NOTES.iter().any(|word| lower.trim_start_matches(['(', '[', '*', ' ']).starts_with(word));
    !noted || STEMS.iter().any(|stem| lower.contains(stem))
}

/// Whether a heading is that of what readers answer: `Reader comments (3)`.
pub(super) fn names_answers(heading: &str) -> bool {
    /// Longest such heading, in bytes.
    const LONG: usize = 48;
    const WORDS: &[&str] = &[
        "comment",
        "comments",
        "response",
        "responses",
        "reply",
        "replies",
        "kommentar",
        "kommentare",
        "commentaire",
        "commentaires",
        "comentario",
        "comentarios",
        "comentário",
        "comentários",
        "commento",
        "commenti",
        "reactie",
        "reacties",
        "komentarz",
        "komentarze",
        "komentáře",
        "kommentarer",
        "kommentit",
        "yorumlar",
        "комментарии",
        "коментарі",
    ];
    let lower = heading.to_lowercase();
    let word = |word: &str| WORDS.contains(&word);
    heading.len() <= LONG
        && (lower.split(|c: char| !c.is_alphanumeric()).any(word)
            || ["コメント", "评论", "評論", "댓글"].iter().any(|word| lower.contains(word)))
}
