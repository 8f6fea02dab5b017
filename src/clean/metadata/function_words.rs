//! Telling a language by its commonest words. For a text in one of the large languages of Europe that settles it at a
//! hundredth of what counting trigrams costs; all other texts are left to the detector.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Words that are among the commonest of one language and stand in no other list; accents as they are written.
const LISTS: [(&str, &str); 6] = [
    (
        "en",
        "the of and to that is was for with as it by at from his he be are this have had not but which they their were been \
         has would will more said who its after about out when there",
    ),
    (
        "de",
        "der die und den von das mit sich des auf für ist im dem nicht ein eine als auch es werden aus hat dass sie nach wird \
         bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein",
    ),
    (
        "fr",
        "le les des et du une est que dans qui pour au pas sur plus par ce avec il sont cette aux mais ses ont été nous être \
         leur elle fait comme d l qu n s c",
    ),
    (
        "es",
        "el los y las del se con por su lo está fue más este pero sus han ya cuando muy desde sobre esta entre también dos años \
         hasta donde quien",
    ),
    (
        "it",
        "il di della che è del per sono gli dei nel alla delle ha anche dal più si ma con nella come lo al questo dalla degli \
         stato hanno ed",
    ),
    (
        "nl",
        "het een van zijn voor niet aan ook er bij naar door worden uit wordt dat deze maar heeft tot werd hij wij over nog \
         kan geen hebben jaar zich zou",
    ),
];

/// So many words are looked at.
const LOOKED_AT: usize = 160;
/// With fewer, or a smaller share of common ones, or a second language too close behind, nothing is said.
const ENOUGH: usize = 60;
const SHARE: usize = 20;

static WORDS: LazyLock<HashMap<&str, u8>> = LazyLock::new(|| {
    let mut words: HashMap<&str, u8> = HashMap::new();
    for (n, (_, list)) in LISTS.iter().enumerate() {
        for word in list.split_whitespace() {
            *words.entry(word).or_default() |= 1 << n;
        }
    }
    words
});

/// The language of `text`, if its common words leave no doubt.
pub(super) fn settled(text: &str) -> Option<&'static str> {
    let mut counts = [0usize; LISTS.len()];
    let mut looked_at = 0;
    let mut lower = String::new();
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).take(LOOKED_AT) {
        looked_at += 1;
        // The longest of them has seven letters.
        if word.len() > 10 {
            continue;
        }
        lower.clear();
        if word.is_ascii() {
            lower.push_str(word);
            lower.make_ascii_lowercase();
        } else {
            lower.extend(word.chars().flat_map(char::to_lowercase));
        }
        let Some(lists) = WORDS.get(lower.as_str()) else { continue };
        for (n, count) in counts.iter_mut().enumerate() {
            *count += usize::from(lists >> n & 1);
        }
    }
    let (best, most) = counts.iter().copied().enumerate().max_by_key(|&(_, count)| count)?;
    let second = counts.iter().enumerate().filter(|&(n, _)| n != best).map(|(_, count)| *count).max()?;
    (looked_at >= ENOUGH && most * 100 >= looked_at * SHARE && second * 4 <= most).then_some(LISTS[best].0)
}

/// Whether a text of some words has at least one in fifty of those that no English text goes without.
pub(super) fn may_be_english(text: &str) -> bool {
    const COMMONEST: &[&str] = &["the", "of", "and", "to", "that", "with", "from"];
    /// With fewer words it may be.
    const WORDS: usize = 12;
    let words = || text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).take(LOOKED_AT);
    let common = words().filter(|word| COMMONEST.iter().any(|common| word.eq_ignore_ascii_case(common))).count();
    let looked_at = words().count();
    looked_at < WORDS || common * 50 >= looked_at
}

#[cfg(test)]
mod tests {
    use super::settled;

    #[test]
    fn common_words_settle_it_or_nothing_is_said() {
        let english = "The council of Brackwater said on Thursday that the old bridge would be closed for repairs that will last until \
            spring, and that the ferry will carry people and goods over the river at no charge. It was the third time in ten years that the \
            bridge had to be closed. The mayor said she was sorry for the trouble, but there was no other way to keep it standing.";
        let german = "Der Gemeinderat von Orlen hat am Donnerstag beschlossen, die alte Brücke für Reparaturen zu sperren, die bis zum Frühjahr \
            dauern werden. Bis dahin bringt die Fähre Menschen und Waren über den Fluss. Es ist das dritte Mal in zehn Jahren, dass die Brücke \
            gesperrt werden muss, sagte die Bürgermeisterin, und sie bat um Verständnis für den Ärger, der nicht zu vermeiden sei.";
        let french = "Le conseil de Valmer a décidé jeudi que le vieux pont sera fermé pour des travaux qui vont durer jusqu’au printemps, et que le \
            bac transportera les habitants et les marchandises sur le fleuve. C’est la troisième fois en dix ans que le pont est fermé, a dit la \
            maire, qui s’est excusée pour les ennuis, mais il n’y avait pas d’autre moyen de le garder debout dans les années qui viennent.";
        for (text, want) in [(english, Some("en")), (german, Some("de")), (french, Some("fr"))] {
            assert_eq!(settled(text), want);
        }
        let mixed = format!("{} {}", &english[..300], &german[..300]);
        for unsettled in
            ["The old bridge is closed.", "Oil 1.2 2.3 4.5 ".repeat(50).as_str(), &mixed, "議会は木曜日、古い橋"]
        {
            assert_eq!(settled(unsettled), None, "{unsettled}");
        }
    }
}
