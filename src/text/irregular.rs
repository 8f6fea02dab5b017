//! English words whose inflections no rule of endings tells: `children`, `criteria`, `fled`.
//!
//! Forms that are nearly always another word are left out (`left`, `lives`, `leaves`, `data`, `media`, `people`), as are the
//! forms of `be`, `do` and `have`. `analysis` and `diagnosis` are led to the verb, with which they share their plural.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::stem;

/// Form and the word it is a form of, sorted.
#[rustfmt::skip]
const FORMS: &[(&str, &str)] = &[
    ("addenda", "addendum"), ("algae", "alga"), ("alumnae", "alumna"), ("alumni", "alumnus"), ("amoebae", "amoeba"),
    ("analysis", "analyse"), ("antennae", "antenna"), ("antitheses", "antithesis"), ("apices", "apex"),
    ("appendices", "appendix"), ("aquaria", "aquarium"), ("arisen", "arise"), ("arose", "arise"), ("ate", "eat"),
    ("auditoria", "auditorium"), ("automata", "automaton"), ("awoke", "awake"), ("awoken", "awake"),
    ("bacilli", "bacillus"), ("bacteria", "bacterium"), ("beaten", "beat"), ("became", "become"), ("began", "begin"),
    ("begun", "begin"), ("beheld", "behold"), ("bent", "bend"), ("besought", "beseech"), ("bitten", "bite"),
    ("bled", "bleed"), ("blew", "blow"), ("blown", "blow"), ("bookshelves", "bookshelf"), ("bought", "buy"),
    ("bred", "breed"), ("broke", "break"), ("broken", "break"), ("brought", "bring"), ("browbeaten", "browbeat"),
    ("built", "build"), ("bureaux", "bureau"), ("burnt", "burn"), ("cacti", "cactus"), ("calculi", "calculus"),
    ("calves", "calf"), ("came", "come"), ("caught", "catch"), ("chateaux", "chateau"), ("children", "child"),
    ("chose", "choose"), ("chosen", "choose"), ("clung", "cling"), ("codices", "codex"), ("compendia", "compendium"),
    ("concerti", "concerto"), ("consortia", "consortium"), ("corpora", "corpus"), ("cortices", "cortex"),
    ("crania", "cranium"), ("crematoria", "crematorium"), ("crept", "creep"), ("crises", "crisis"),
    ("criteria", "criterion"), ("curricula", "curriculum"), ("dealt", "deal"), ("diagnosis", "diagnose"),
    ("dormice", "dormouse"), ("drank", "drink"), ("drawn", "draw"), ("dreamt", "dream"), ("drew", "draw"),
    ("driven", "drive"), ("drove", "drive"), ("dug", "dig"), ("dwarves", "dwarf"), ("dwelt", "dwell"),
    ("eaten", "eat"), ("elves", "elf"), ("emphases", "emphasis"), ("equilibria", "equilibrium"), ("errata", "erratum"),
    ("fallen", "fall"), ("feet", "foot"), ("fibroses", "fibrosis"), ("fled", "flee"), ("flew", "fly"),
    ("flown", "fly"), ("flung", "fling"), ("foci", "focus"), ("forbade", "forbid"), ("forbidden", "forbid"),
    ("foresaw", "foresee"), ("foreseen", "foresee"), ("foretold", "foretell"), ("forgave", "forgive"),
    ("forgiven", "forgive"), ("forgone", "forgo"), ("forgot", "forget"), ("forgotten", "forget"),
    ("formulae", "formula"), ("forsaken", "forsake"), ("forsook", "forsake"), ("fought", "fight"), ("froze", "freeze"),
    ("frozen", "freeze"), ("fungi", "fungus"), ("ganglia", "ganglion"), ("gateaux", "gateau"), ("gave", "give"),
    ("geese", "goose"), ("genera", "genus"), ("godchildren", "godchild"), ("gone", "go"), ("got", "get"),
    ("gotten", "get"), ("grandchildren", "grandchild"), ("grew", "grow"), ("grown", "grow"), ("gymnasia", "gymnasium"),
    ("halves", "half"), ("heard", "hear"), ("held", "hold"), ("helices", "helix"), ("hid", "hide"), ("hidden", "hide"),
    ("hippopotami", "hippopotamus"), ("honoraria", "honorarium"), ("hooves", "hoof"), ("housewives", "housewife"),
    ("hung", "hang"), ("hypotheses", "hypothesis"), ("indices", "index"), ("kept", "keep"), ("kibbutzim", "kibbutz"),
    ("knelt", "kneel"), ("knew", "know"), ("knives", "knife"), ("known", "know"), ("lacunae", "lacuna"),
    ("laid", "lay"), ("larvae", "larva"), ("leant", "lean"), ("leapt", "leap"), ("learnt", "learn"),
    ("libretti", "libretto"), ("lice", "louse"), ("loaves", "loaf"), ("loci", "locus"), ("lost", "lose"),
    ("made", "make"), ("mafiosi", "mafioso"), ("matrices", "matrix"), ("maxima", "maximum"), ("meant", "mean"),
    ("memoranda", "memorandum"), ("men", "man"), ("metamorphoses", "metamorphosis"), ("metastases", "metastasis"),
    ("mice", "mouse"), ("midwives", "midwife"), ("milieux", "milieu"), ("millennia", "millennium"),
    ("minima", "minimum"), ("misheard", "mishear"), ("mislaid", "mislay"), ("misled", "mislead"),
    ("misspelt", "misspell"), ("misspent", "misspend"), ("mistaken", "mistake"), ("mistook", "mistake"),
    ("misunderstood", "misunderstand"), ("mitochondria", "mitochondrion"), ("moduli", "modulus"),
    ("momenta", "momentum"), ("monies", "money"), ("moratoria", "moratorium"), ("nebulae", "nebula"),
    ("necroses", "necrosis"), ("neuroses", "neurosis"), ("nuclei", "nucleus"), ("oases", "oasis"),
    ("octopi", "octopus"), ("optima", "optimum"), ("outdid", "outdo"), ("outdone", "outdo"), ("outgrew", "outgrow"),
    ("outgrown", "outgrow"), ("outran", "outrun"), ("outsold", "outsell"), ("outspent", "outspend"), ("ova", "ovum"),
    ("overcame", "overcome"), ("overdid", "overdo"), ("overdone", "overdo"), ("overheard", "overhear"),
    ("overhung", "overhang"), ("overpaid", "overpay"), ("overran", "overrun"), ("overridden", "override"),
    ("overrode", "override"), ("oversaw", "oversee"), ("overseen", "oversee"), ("overslept", "oversleep"),
    ("oversold", "oversell"), ("overspent", "overspend"), ("overtaken", "overtake"), ("overthrew", "overthrow"),
    ("overthrown", "overthrow"), ("overtook", "overtake"), ("oxen", "ox"), ("paid", "pay"), ("paparazzi", "paparazzo"),
    ("parentheses", "parenthesis"), ("partaken", "partake"), ("partook", "partake"), ("passersby", "passerby"),
    ("penknives", "penknife"), ("personae", "persona"), ("phenomena", "phenomenon"), ("phyla", "phylum"),
    ("planetaria", "planetarium"), ("plateaux", "plateau"), ("pled", "plead"), ("polyhedra", "polyhedron"),
    ("prognoses", "prognosis"), ("prostheses", "prosthesis"), ("proven", "prove"), ("psychoses", "psychosis"),
    ("pupae", "pupa"), ("quanta", "quantum"), ("radii", "radius"), ("ran", "run"), ("rang", "ring"),
    ("rebuilt", "rebuild"), ("redid", "redo"), ("redone", "redo"), ("referenda", "referendum"), ("remade", "remake"),
    ("repaid", "repay"), ("resold", "resell"), ("rethought", "rethink"), ("retold", "retell"),
    ("rewritten", "rewrite"), ("rewrote", "rewrite"), ("ridden", "ride"), ("risen", "rise"), ("rode", "ride"),
    ("said", "say"), ("sanatoria", "sanatorium"), ("sang", "sing"), ("sank", "sink"), ("scarves", "scarf"),
    ("schemata", "schema"), ("schoolchildren", "schoolchild"), ("seen", "see"), ("selves", "self"), ("sent", "send"),
    ("sewn", "sew"), ("shaken", "shake"), ("sheaves", "sheaf"), ("shelves", "shelf"), ("shone", "shine"),
    ("shook", "shake"), ("shorn", "shear"), ("shown", "show"), ("shrank", "shrink"), ("shrunk", "shrink"),
    ("slain", "slay"), ("slept", "sleep"), ("slung", "sling"), ("sold", "sell"), ("sought", "seek"), ("sown", "sow"),
    ("spectra", "spectrum"), ("sped", "speed"), ("spent", "spend"), ("spilt", "spill"), ("spoilt", "spoil"),
    ("spoken", "speak"), ("spun", "spin"), ("stadia", "stadium"), ("stank", "stink"), ("stepchildren", "stepchild"),
    ("stimuli", "stimulus"), ("stole", "steal"), ("stolen", "steal"), ("stood", "stand"), ("strata", "stratum"),
    ("stridden", "stride"), ("striven", "strive"), ("strode", "stride"), ("strove", "strive"), ("struck", "strike"),
    ("stuck", "stick"), ("stung", "sting"), ("sunk", "sink"), ("supernovae", "supernova"), ("swam", "swim"),
    ("swept", "sweep"), ("swollen", "swell"), ("swore", "swear"), ("sworn", "swear"), ("swum", "swim"),
    ("swung", "swing"), ("syllabi", "syllabus"), ("symbioses", "symbiosis"), ("symposia", "symposium"),
    ("synopses", "synopsis"), ("syntheses", "synthesis"), ("tableaux", "tableau"), ("taken", "take"),
    ("taught", "teach"), ("teeth", "tooth"), ("termini", "terminus"), ("tetrahedra", "tetrahedron"),
    ("theses", "thesis"), ("thieves", "thief"), ("threw", "throw"), ("thromboses", "thrombosis"), ("thrown", "throw"),
    ("told", "tell"), ("took", "take"), ("trod", "tread"), ("trodden", "tread"), ("trousseaux", "trousseau"),
    ("ultimata", "ultimatum"), ("undergone", "undergo"), ("undersold", "undersell"), ("understood", "understand"),
    ("undertaken", "undertake"), ("undertook", "undertake"), ("underwent", "undergo"), ("underwritten", "underwrite"),
    ("underwrote", "underwrite"), ("undid", "undo"), ("undone", "undo"), ("unfroze", "unfreeze"),
    ("unfrozen", "unfreeze"), ("upheld", "uphold"), ("vertebrae", "vertebra"), ("vertices", "vertex"),
    ("virtuosi", "virtuoso"), ("vortices", "vortex"), ("waylaid", "waylay"), ("went", "go"), ("wept", "weep"),
    ("werewolves", "werewolf"), ("wharves", "wharf"), ("withdrawn", "withdraw"), ("withdrew", "withdraw"),
    ("withheld", "withhold"), ("withstood", "withstand"), ("wives", "wife"), ("woken", "wake"), ("wolves", "wolf"),
    ("women", "woman"), ("wore", "wear"), ("worn", "wear"), ("wove", "weave"), ("woven", "weave"),
    ("written", "write"), ("wrote", "write"), ("wrung", "wring"),
];

/// Forms that are as often another word: whoever seeks `meet` finds `met` too, and whoever seeks `Met` finds no `meeting`.
/// Left out of this table as well are those that are the other word nearly always (`bound`, `fed`, `left`, `rose`).
#[rustfmt::skip]
const AMBIGUOUS: &[(&str, &str)] = &[
    ("borne", "bear"), ("drunk", "drink"), ("emporia", "emporium"), ("fell", "fall"), ("felt", "feel"),
    ("found", "find"), ("given", "give"), ("led", "lead"), ("lent", "lend"), ("lit", "light"), ("met", "meet"),
    ("rung", "ring"), ("saw", "see"), ("shot", "shoot"), ("spelt", "spell"), ("spoke", "speak"), ("sprang", "spring"),
    ("sprung", "spring"), ("stigmata", "stigma"), ("stricken", "strike"), ("strung", "string"), ("sung", "sing"),
    ("thought", "think"), ("tore", "tear"), ("torn", "tear"), ("woke", "wake"), ("won", "win"),
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

/// The word that `term` may be an irregular form of, if it is not the other word that is written so.
pub(super) fn perhaps(term: &str) -> Option<&'static str> {
    AMBIGUOUS.binary_search_by(|(form, _)| (*form).cmp(term)).ok().map(|at| AMBIGUOUS[at].1)
}

/// The irregular forms that share the English stem `stem`, ambiguous ones among them.
pub fn forms(stem: &str) -> &'static [&'static str] {
    static BY_STEM: LazyLock<HashMap<String, Vec<&str>>> = LazyLock::new(|| {
        let mut all: HashMap<String, Vec<&str>> = HashMap::new();
        for (form, base) in FORMS.iter().chain(AMBIGUOUS) {
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
        assert!(AMBIGUOUS.is_sorted_by(|a, b| a.0 < b.0));
        // A form stands in one table, and what it is led to is no form itself.
        assert_eq!(AMBIGUOUS.iter().find(|(form, _)| base(form).is_some()), None);
        let all = FORMS.iter().chain(AMBIGUOUS);
        assert_eq!(all.clone().find(|(_, to)| base(to).is_some() || perhaps(to).is_some()), None);
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
        check("met", None);
        assert_eq!(perhaps("met"), Some("meet"));
        assert_eq!(perhaps("came"), None);
        // Easter's Lent, a currency, a name, a grain, a town: found with their verbs, which they do not find.
        for form in ["lent", "won", "sung", "spelt", "emporia", "stricken", "stigmata"] {
            check(form, None);
        }
        assert_eq!([forms("win"), forms("lend")], [["won"], ["lent"]]);
        assert_eq!(forms("take"), ["taken", "took"]);
        assert_eq!(forms("meet"), ["met"]);
        // Noun and verb share their plural.
        let stem = |word: &str| stem::english(&base(word).unwrap_or(word.into()));
        assert_eq!([stem("analysis"), stem("diagnosis")], [stem("analyses"), stem("diagnoses")]);
    }
}
