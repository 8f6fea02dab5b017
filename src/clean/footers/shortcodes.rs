//! Shortcodes: what a content system (WordPress and its page builders, forums' BBCode) puts in brackets and replaces when it
//! shows a text. Exports hold them as they were typed: `[caption width="300"]…[/caption]`, `[vc_row]`, `[gallery ids="1,2"]`.
//!
//! Reporters use brackets too (`It [the lock] was shut`), so a name in brackets is a shortcode only if it is closed
//! somewhere (`[/name]`), has attributes, or is one that nobody writes for anything else.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::clean::draft::Draft;
use crate::model::Span;

/// Most shortcodes taken out of one document.
const MOST: usize = 5000;

/// Names that mean the same without attributes and without an end.
const KNOWN: &[&str] =
    &["audio", "caption", "contact-form-7", "embed", "gallery", "playlist", "toc", "video", "wp_caption", "youtube"];
/// How page builders begin their names.
const BUILDERS: &[&str] = &["vc_", "et_pb_", "fusion_", "av_", "su_", "mk_"];
/// What stands between their ends is an address, and no text.
const ADDRESSED: &[&str] = &["audio", "embed", "img", "instagram", "soundcloud", "tweet", "video", "vimeo", "youtube"];

static CODE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"\[(?<end>/)?(?<name>[a-z][a-z0-9_-]{0,40})",
        r#"(?<attrs>=[^\s\[\]]+|(?:\s+[a-z_][a-z0-9_-]*\s?=\s?(?:"[^"\[\]]*"|'[^'\[\]]*'|“[^”\[\]]*”|[^\s\[\]"']+))+)?\s*/?\]"#
    ))
    .ok()
});

/// Takes shortcodes out of all kept pieces.
pub(super) fn take_out(draft: &mut Draft) {
    let Some(code) = &*CODE else { return };
    let kept = || draft.pieces.iter().filter(|piece| piece.kept() && piece.text.contains('['));
    let mut closed: HashSet<String> = HashSet::new();
    for piece in kept().filter(|piece| piece.text.contains("[/")) {
        closed
            .extend(code.captures_iter(&piece.text).filter(|c| c.name("end").is_some()).map(|c| c["name"].to_owned()));
    }
    let (mut at, mut taken) = (0, 0);
    while at < draft.pieces.len() && taken < MOST {
        let piece = &draft.pieces[at];
        let found = if piece.kept() && piece.text.contains('[') { first(code, &piece.text, &closed) } else { None };
        match found {
            Some(span) => {
                // The removed piece comes first, or behind what stands before it.
                let before = usize::from(!piece.text[..span.start].trim().is_empty());
                draft.remove_part(at, span, "markup.shortcode", Vec::new());
                taken += 1;
                at += before + 1;
            }
            None => at += 1,
        }
    }
}

/// The first shortcode of `text`, with those right behind it.
fn first(code: &Regex, text: &str, closed: &HashSet<String>) -> Option<Span> {
    let mut span: Option<Span> = None;
    // An address that its code stands around.
    let mut inside: Option<&str> = None;
    for found in code.captures_iter(text) {
        let (whole, name) = (found.get(0)?, found.name("name")?.as_str());
        let is_code = closed.contains(name)
            || found.name("attrs").is_some()
            || KNOWN.contains(&name)
            || BUILDERS.iter().any(|start| name.starts_with(start));
        let ends = found.name("end").is_some();
        match &mut span {
            None if is_code => span = Some(Span::new(whole.start(), whole.end())),
            None => continue,
            Some(span) => {
                let between = text[span.end..whole.start()].trim();
                let address = inside == Some(name) && ends && !between.contains(char::is_whitespace);
                if !is_code || !between.is_empty() && !address {
                    break;
                }
                span.end = whole.end();
            }
        }
        inside = (!ends && ADDRESSED.contains(&name)).then_some(name);
    }
    span
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::draft::Piece;
    use crate::model::BlockKind;

    /// What is kept and what leaves, in order.
    fn parted(texts: &[&str]) -> (Vec<String>, Vec<String>) {
        let piece = |text: &&str| Piece::new(BlockKind::Paragraph, *text, "test");
        let mut draft = Draft { pieces: texts.iter().map(piece).collect(), ..Draft::default() };
        take_out(&mut draft);
        let (kept, gone): (Vec<_>, Vec<_>) = draft.pieces.into_iter().partition(Piece::kept);
        let texts = |pieces: Vec<Piece>| pieces.into_iter().map(|piece| piece.text).collect();
        (texts(kept), texts(gone))
    }

    #[test]
    fn shortcodes_leave_and_brackets_stay() {
        for (text, kept, gone) in [
            ("[vc_row][vc_column width=\"1/1\"]The lock is open.[/vc_column][/vc_row]", &["The lock is open."][..], 2),
            ("[caption id=\"a\" width=300] Ada Quill at the lock.[/caption]", &["Ada Quill at the lock."], 2),
            ("Boats [gallery ids=\"1,2\"] pay nothing.", &["Boats", "pay nothing."], 1),
            ("See it: [embed]https://a.example/w?v=1[/embed] Here.", &["See it:", "Here."], 1),
            ("[contact-form-7 id=\"12\" title=\"Contact us\"]", &[], 1),
            ("[b]Bold[/b] words, [url=https://a.example]a link[/url].", &["Bold", "words,", "a link", "."], 4),
            ("[dropcap]T[/dropcap]he lock", &["T", "he lock"], 2),
            (
                "“It [the lock] was [sic] shut,” [he] said [1] [2].",
                &["“It [the lock] was [sic] shut,” [he] said [1] [2]."],
                0,
            ),
            ("The menu said [video] and [/close it.", &["The menu said", "and [/close it."], 1),
            ("Type [quit] or [a=b c].", &["Type [quit] or [a=b c]."], 0),
        ] {
            let (stays, leaves) = parted(&[text]);
            assert_eq!(
                (stays.as_slice(), leaves.len()),
                (kept.iter().map(|k| (*k).to_owned()).collect::<Vec<_>>().as_slice(), gone),
                "{text}"
            );
        }
        // Closed in another paragraph.
        let (stays, _) = parted(&["[lead]The lock is open.", "Boats pass.[/lead]"]);
        assert_eq!(stays, ["The lock is open.", "Boats pass."]);
        // Every letter is kept or removed.
        let all = "[".repeat(3000) + &"[a=1]".repeat(3000);
        let (stays, leaves) = parted(&[&all]);
        assert_eq!(stays.concat().len() + leaves.concat().len(), all.len());
    }
}
