//! English words whose inflections no rule of endings tells: `children`, `criteria`, `fled`.
//!
//! Forms that are more often another word are left out (`found`, `left`, `given`, `lives`, `leaves`, `analyses`, `data`,
//! `media`, `people`).

use std::collections::HashMap;
use std::sync::LazyLock;

use super::stem;

/// Form and the word it is a form of, sorted.
#[rustfmt::skip]
const FORMS: &[(&str, &str)] = &[
    ("addenda", "addendum"), ("algae", "alga"), ("alumni", "alumnus"),
    ("antennae", "antenna"), ("appendices", "appendix"), ("aquaria", "aquarium"), ("arisen", "arise"),
    ("arose", "arise"), ("ate", "eat"), ("auditoria", "auditorium"), ("automata", "automaton"), ("awoke", "awake"),
    ("awoken", "awake"), ("bacilli", "bacillus"), ("bacteria", "bacterium"), ("became", "become"), ("began", "begin"),
    ("begun", "begin"), ("bitten", "bite"), ("bled", "bleed"), ("blew", "blow"), ("blown", "blow"), ("bought", "buy"),
    ("bred", "breed"), ("broke", "break"), ("broken", "break"), ("brought", "bring"), ("built", "build"),
    ("bureaux", "bureau"), ("cacti", "cactus"), ("calves", "calf"), ("caught", "catch"), ("chateaux", "chateau"),
    ("children", "child"), ("chose", "choose"), ("chosen", "choose"), ("clung", "cling"), ("consortia", "consortium"),
    ("crematoria", "crematorium"), ("crept", "creep"), ("crises", "crisis"), ("criteria", "criterion"),
    ("curricula", "curriculum"), ("dealt", "deal"), ("diagnoses", "diagnosis"), ("drawn", "draw"), ("drew", "draw"),
    ("driven", "drive"), ("drove", "drive"), ("dug", "dig"), ("dwarves", "dwarf"), ("eaten", "eat"), ("elves", "elf"),
    ("emphases", "emphasis"), ("errata", "erratum"), ("fallen", "fall"), ("feet", "foot"), ("fled", "flee"),
    ("flew", "fly"), ("flown", "fly"), ("foci", "focus"), ("forbade", "forbid"), ("forbidden", "forbid"),
    ("foresaw", "foresee"), ("foreseen", "foresee"), ("forgave", "forgive"), ("forgiven", "forgive"),
    ("forgot", "forget"), ("forgotten", "forget"), ("formulae", "formula"), ("fought", "fight"), ("froze", "freeze"),
    ("frozen", "freeze"), ("fungi", "fungus"), ("gateaux", "gateau"), ("gave", "give"), ("geese", "goose"),
    ("godchildren", "godchild"), ("gone", "go"), ("grandchildren", "grandchild"), ("grew", "grow"),
    ("grown", "grow"), ("halves", "half"), ("heard", "hear"), ("held", "hold"), ("hooves", "hoof"),
    ("housewives", "housewife"), ("hypotheses", "hypothesis"), ("indices", "index"), ("kept", "keep"),
    ("knew", "know"), ("knives", "knife"), ("known", "know"), ("laid", "lay"), ("larvae", "larva"), ("lent", "lend"),
    ("lice", "louse"), ("loaves", "loaf"), ("loci", "locus"), ("lost", "lose"), ("made", "make"),
    ("matrices", "matrix"), ("meant", "mean"), ("memoranda", "memorandum"), ("men", "man"),
    ("metastases", "metastasis"), ("mice", "mouse"), ("midwives", "midwife"), ("millennia", "millennium"),
    ("misled", "mislead"), ("mistaken", "mistake"), ("mistook", "mistake"), ("moratoria", "moratorium"),
    ("nebulae", "nebula"), ("neuroses", "neurosis"), ("nuclei", "nucleus"), ("oases", "oasis"), ("ova", "ovum"),
    ("overcame", "overcome"), ("oversaw", "oversee"), ("overseen", "oversee"), ("overthrew", "overthrow"),
    ("overthrown", "overthrow"), ("oxen", "ox"), ("paid", "pay"), ("paparazzi", "paparazzo"),
    ("parentheses", "parenthesis"), ("passersby", "passerby"), ("phenomena", "phenomenon"), ("plateaux", "plateau"),
    ("prognoses", "prognosis"), ("proven", "prove"), ("psychoses", "psychosis"), ("quanta", "quantum"),
    ("radii", "radius"), ("ran", "run"), ("rebuilt", "rebuild"), ("referenda", "referendum"), ("ridden", "ride"),
    ("risen", "rise"), ("said", "say"), ("sanatoria", "sanatorium"), ("sang", "sing"), ("sank", "sink"),
    ("scarves", "scarf"), ("schoolchildren", "schoolchild"), ("seen", "see"), ("selves", "self"), ("sent", "send"),
    ("shaken", "shake"), ("shelves", "shelf"), ("shook", "shake"), ("shown", "show"), ("slept", "sleep"),
    ("sold", "sell"), ("sought", "seek"), ("spectra", "spectrum"), ("spent", "spend"), ("spoken", "speak"),
    ("spun", "spin"), ("stadia", "stadium"), ("stepchildren", "stepchild"), ("stimuli", "stimulus"),
    ("stole", "steal"), ("stolen", "steal"), ("stood", "stand"), ("strata", "stratum"), ("stricken", "strike"),
    ("struck", "strike"), ("stuck", "stick"), ("stung", "sting"), ("sung", "sing"), ("sunk", "sink"),
    ("swam", "swim"), ("swept", "sweep"), ("swore", "swear"), ("sworn", "swear"), ("swum", "swim"),
    ("swung", "swing"), ("syllabi", "syllabus"), ("symposia", "symposium"), ("synopses", "synopsis"),
    ("syntheses", "synthesis"), ("tableaux", "tableau"), ("taken", "take"), ("taught", "teach"), ("teeth", "tooth"),
    ("theses", "thesis"), ("thieves", "thief"), ("threw", "throw"), ("thrown", "throw"), ("told", "tell"),
    ("took", "take"), ("undergone", "undergo"), ("understood", "understand"), ("undertaken", "undertake"),
    ("undertook", "undertake"), ("underwent", "undergo"), ("upheld", "uphold"), ("vertebrae", "vertebra"),
    ("vertices", "vertex"), ("vortices", "vortex"), ("went", "go"), ("wept", "weep"), ("wharves", "wharf"),
    ("withdrawn", "withdraw"), ("withdrew", "withdraw"), ("withheld", "withhold"), ("withstood", "withstand"),
    ("wives", "wife"), ("woken", "wake"), ("wolves", "wolf"), ("women", "woman"), ("won", "win"), ("worn", "wear"),
    ("written", "write"), ("wrote", "write"),
];

/// Words in `men` that are no plurals.
const NO_MEN: &[&str] = &[
    "abdomen",
    "acumen",
    "albumen",
    "bitumen",
    "bremen",
    "carmen",
    "cyclamen",
    "regimen",
    "specimen",
    "tiananmen",
    "turkmen",
];

/// The word that `term` is an irregular form of, `policeman` for `policemen`.
pub(super) fn base(term: &str) -> Option<std::borrow::Cow<'static, str>> {
    if let Ok(at) = FORMS.binary_search_by(|(form, _)| (*form).cmp(term)) {
        return Some(FORMS[at].1.into());
    }
    let before = term.strip_suffix("men").filter(|before| before.len() >= 3)?;
    NO_MEN.binary_search(&term).is_err().then(|| format!("{before}man").into())
}

/// The irregular forms that share the English stem `stem`.
pub fn forms(stem: &str) -> &'static [&'static str] {
    static BY_STEM: LazyLock<HashMap<String, Vec<&str>>> = LazyLock::new(|| {
        let mut all: HashMap<String, Vec<&str>> = HashMap::new();
        for (form, base) in FORMS {
            all.entry(stem::english(base)).or_default().push(form);
        }
        all
    });
    BY_STEM.get(stem).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted() {
        assert!(FORMS.is_sorted_by(|a, b| a.0 < b.0) && NO_MEN.is_sorted());
    }

    #[test]
    fn forms_are_led_to_their_words() {
        let check = |form: &str, word: Option<&str>| assert_eq!(base(form).as_deref(), word, "{form}");
        check("children", Some("child"));
        check("women", Some("woman"));
        check("spokeswomen", Some("spokeswoman"));
        check("policemen", Some("policeman"));
        check("fled", Some("flee"));
        check("specimen", None);
        check("omen", None);
        check("yemen", None);
        check("child", None);
        assert_eq!(forms("take"), ["taken", "took"]);
    }
}
