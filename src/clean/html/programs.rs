//! What programs on a page say in boxes known by name: managers of consent and players of video.
//!
//! The model knows such boxes by whole sentences, which it takes for text where the article is short.

use std::collections::HashMap;

use html5ever::local_name;

use super::blocks::Block;
use super::hints;
use super::judge::{Case, Verdict};
use super::meta::Survey;
use super::tree::{Id, Tree};

/// How the names of such boxes begin.
const NAMES: [&str; 17] = [
    "onetrust",
    "didomi-",
    "usercentrics",
    "cybotcookiebot",
    "cookiebot",
    "qc-cmp",
    "sp_message",
    "truste-",
    "cookie-law-info",
    "cookieconsent",
    "borlabs-cookie",
    "iubenda-cs",
    "osano-cm",
    "cmplz-",
    "tarteaucitron",
    "vjs-",
    "video-js",
];
/// How the lines begin that one player writes for those who cannot see it.
const LINES: [&str; 2] = ["This is a modal window.", "Video Player is loading."];
/// Boxes looked at around a block.
const LEVELS: usize = 10;

/// Which blocks are in the box of such a program.
pub(super) fn said_by_programs(tree: &Tree, survey: &Survey, blocks: &[Block]) -> Vec<bool> {
    let named = |id: Id| {
        let names = ["class", "id"].iter().filter_map(|name| tree.attr(id, name));
        let mut names = names.flat_map(str::split_ascii_whitespace);
        !matches!(*tree.tag(id), local_name!("body") | local_name!("html"))
            && names.any(|name| {
                let name = name.to_ascii_lowercase();
                NAMES.iter().any(|known| name.starts_with(known))
            })
    };
    let mut known: HashMap<Id, bool> = HashMap::new();
    let said = |block: &Block| {
        let names = survey.own[block.node as usize] | survey.above[block.node as usize];
        let mut around = std::iter::once(block.node).chain(tree.ancestors(block.node)).take(LEVELS);
        LINES.iter().any(|line| block.text.starts_with(line))
            || names & (hints::MODAL | hints::MEDIA) != 0
                && around.any(|id| *known.entry(id).or_insert_with(|| named(id)))
    };
    blocks.iter().map(said).collect()
}

impl Case {
    /// What programs say leaves a text that is longer.
    pub(super) fn drop_programs(&self, _: &[f32], verdicts: &mut [Verdict]) {
        let said: Vec<usize> = (0..verdicts.len()).filter(|&b| verdicts[b].is_none() && self.programs[b]).collect();
        let words: usize = said.iter().map(|&b| self.frames[b].words).sum();
        if words * 2 < self.kept_words(verdicts) {
            said.into_iter().for_each(|b| verdicts[b] = Some("page.notice"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::wholes::tests::{kept, long};

    #[test]
    fn what_programs_say_leaves_the_text() {
        let stays = |said: &str| kept(&format!("<div>{}</div>{said}", long()), &[0.9, 0.9]).len() == 2;
        let consent = "<p>We and our 842 partners store data on your device.</p>";
        assert!(!stays(&format!("<div id='onetrust-consent-sdk'>{consent}</div>")));
        assert!(!stays("<div class='video-js vjs-fluid'><p>Press any key to go on.</p></div>"));
        assert!(!stays("<p>This is a modal window. It can be closed by pressing a key.</p>"));
        assert!(stays(&format!("<div class='story'>{consent}</div>")));
        // Where the box holds the text itself, its name says nothing.
        let swans = long().replace("boats", "swans").repeat(2);
        assert!(kept(&format!("<div class='cookieconsent'>{swans}</div>"), &[0.9, 0.9]).len() == 1);
    }
}
