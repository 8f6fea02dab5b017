//! English words whose inflections no rule of endings tells: `children`, `criteria`, `fled`; and those that the rules of the
//! stemmer part from their word: `buses`, `sued`, `fuelled`, `panicked`.
//!
//! Forms that are nearly always another word are left out (`bit`, `bound`, `left`, `lives`, `leaves`, `data`, `media`,
//! `people`), as are the forms of `be`, `do` and `have`, which nearly every article has. `analysis` and `diagnosis` are led to the verb, with which they share their plural.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::stem;

/// Form and the word it is a form of, sorted.
#[rustfmt::skip]
const FORMS: &[(&str, &str)] = &[
    ("addenda", "addendum"), ("algae", "alga"), ("aliases", "alias"), ("alumnae", "alumna"), ("alumni", "alumnus"),
    ("amoebae", "amoeba"), ("analysis", "analyse"), ("antennae", "antenna"), ("antitheses", "antithesis"),
    ("apices", "apex"), ("appendices", "appendix"), ("aquaria", "aquarium"), ("arisen", "arise"), ("arose", "arise"),
    ("ate", "eat"), ("auditoria", "auditorium"), ("automata", "automaton"), ("awoke", "awake"), ("awoken", "awake"),
    ("bacilli", "bacillus"), ("bacteria", "bacterium"), ("bade", "bid"), ("beaten", "beat"), ("became", "become"),
    ("began", "begin"), ("begun", "begin"), ("beheld", "behold"), ("bent", "bend"), ("besought", "beseech"),
    ("bitten", "bite"), ("bivouacked", "bivouac"), ("bivouacking", "bivouac"), ("bled", "bleed"), ("blew", "blow"),
    ("blown", "blow"), ("bookshelves", "bookshelf"), ("bought", "buy"), ("bred", "breed"), ("broke", "break"),
    ("broken", "break"), ("brought", "bring"), ("browbeaten", "browbeat"), ("built", "build"), ("bureaux", "bureau"),
    ("burnt", "burn"), ("buses", "bus"), ("bussed", "bus"), ("busses", "bus"), ("bussing", "bus"), ("cacti", "cactus"),
    ("calculi", "calculus"), ("calves", "calf"), ("came", "come"), ("canvases", "canvas"), ("caught", "catch"),
    ("chateaux", "chateau"), ("children", "child"), ("chose", "choose"), ("chosen", "choose"), ("clung", "cling"),
    ("codices", "codex"), ("compendia", "compendium"), ("concerti", "concerto"), ("consortia", "consortium"),
    ("corpora", "corpus"), ("cortices", "cortex"), ("crania", "cranium"), ("crematoria", "crematorium"),
    ("crept", "creep"), ("crises", "crisis"), ("criteria", "criterion"), ("cued", "cue"), ("cuing", "cue"),
    ("curricula", "curriculum"), ("dealt", "deal"), ("diagnosis", "diagnose"), ("dialled", "dial"),
    ("dialling", "dial"), ("dormice", "dormouse"), ("drank", "drink"), ("drawn", "draw"), ("dreamt", "dream"),
    ("drew", "draw"), ("driven", "drive"), ("drove", "drive"), ("duelled", "duel"), ("duelling", "duel"),
    ("dug", "dig"), ("dwarves", "dwarf"), ("dwelt", "dwell"), ("dyed", "dye"), ("eaten", "eat"), ("elves", "elf"),
    ("emphases", "emphasis"), ("equilibria", "equilibrium"), ("errata", "erratum"), ("fallen", "fall"),
    ("feet", "foot"), ("fibroses", "fibrosis"), ("fled", "flee"), ("flew", "fly"), ("flown", "fly"), ("flung", "fling"),
    ("foci", "focus"), ("focussed", "focus"), ("focussing", "focus"), ("forbade", "forbid"), ("forbidden", "forbid"),
    ("foresaw", "foresee"), ("foreseen", "foresee"), ("foretold", "foretell"), ("forgave", "forgive"),
    ("forgiven", "forgive"), ("forgone", "forgo"), ("forgot", "forget"), ("forgotten", "forget"),
    ("formulae", "formula"), ("forsaken", "forsake"), ("forsook", "forsake"), ("fought", "fight"), ("freed", "free"),
    ("frolicked", "frolic"), ("frolicking", "frolic"), ("froze", "freeze"), ("frozen", "freeze"), ("fuelled", "fuel"),
    ("fuelling", "fuel"), ("fungi", "fungus"), ("ganglia", "ganglion"), ("gases", "gas"), ("gassed", "gas"),
    ("gasses", "gas"), ("gassing", "gas"), ("gateaux", "gateau"), ("gave", "give"), ("geese", "goose"),
    ("genera", "genus"), ("glued", "glue"), ("gluing", "glue"), ("godchildren", "godchild"), ("goes", "go"),
    ("gone", "go"), ("got", "get"), ("gotten", "get"), ("grandchildren", "grandchild"), ("grew", "grow"),
    ("grown", "grow"), ("gymnasia", "gymnasium"), ("halves", "half"), ("heard", "hear"), ("held", "hold"),
    ("helices", "helix"), ("hewn", "hew"), ("hid", "hide"), ("hidden", "hide"), ("hippopotami", "hippopotamus"),
    ("honoraria", "honorarium"), ("hooves", "hoof"), ("housewives", "housewife"), ("hung", "hang"),
    ("hypotheses", "hypothesis"), ("indices", "index"), ("irises", "iris"), ("kept", "keep"), ("kibbutzim", "kibbutz"),
    ("knelt", "kneel"), ("knew", "know"), ("knives", "knife"), ("known", "know"), ("lacunae", "lacuna"),
    ("laid", "lay"), ("lain", "lie"), ("larvae", "larva"), ("leant", "lean"), ("leapt", "leap"), ("learnt", "learn"),
    ("lenses", "lens"), ("libretti", "libretto"), ("lice", "louse"), ("loaves", "loaf"), ("loci", "locus"),
    ("lost", "lose"), ("made", "make"), ("mafiosi", "mafioso"), ("mantises", "mantis"), ("matrices", "matrix"),
    ("maxima", "maximum"), ("meant", "mean"), ("memoranda", "memorandum"), ("men", "man"),
    ("metamorphoses", "metamorphosis"), ("metastases", "metastasis"), ("metropolises", "metropolis"), ("mice", "mouse"),
    ("midwives", "midwife"), ("milieux", "milieu"), ("millennia", "millennium"), ("mimicked", "mimic"),
    ("mimicking", "mimic"), ("minima", "minimum"), ("misheard", "mishear"), ("mislaid", "mislay"),
    ("misled", "mislead"), ("misspelt", "misspell"), ("misspent", "misspend"), ("mistaken", "mistake"),
    ("mistook", "mistake"), ("misunderstood", "misunderstand"), ("mitochondria", "mitochondrion"),
    ("moduli", "modulus"), ("momenta", "momentum"), ("monies", "money"), ("moratoria", "moratorium"), ("mown", "mow"),
    ("nebulae", "nebula"), ("necropolises", "necropolis"), ("necroses", "necrosis"), ("neuroses", "neurosis"),
    ("nuclei", "nucleus"), ("oases", "oasis"), ("octopi", "octopus"), ("optima", "optimum"), ("outdid", "outdo"),
    ("outdone", "outdo"), ("outgrew", "outgrow"), ("outgrown", "outgrow"), ("outran", "outrun"), ("outsold", "outsell"),
    ("outspent", "outspend"), ("ova", "ovum"), ("overcame", "overcome"), ("overdid", "overdo"), ("overdone", "overdo"),
    ("overheard", "overhear"), ("overhung", "overhang"), ("overpaid", "overpay"), ("overran", "overrun"),
    ("overridden", "override"), ("overrode", "override"), ("oversaw", "oversee"), ("overseen", "oversee"),
    ("overslept", "oversleep"), ("oversold", "oversell"), ("overspent", "overspend"), ("overtaken", "overtake"),
    ("overthrew", "overthrow"), ("overthrown", "overthrow"), ("overtook", "overtake"), ("oxen", "ox"), ("paid", "pay"),
    ("panicked", "panic"), ("panicking", "panic"), ("paparazzi", "paparazzo"), ("parentheses", "parenthesis"),
    ("partaken", "partake"), ("partook", "partake"), ("passersby", "passerby"), ("pelvises", "pelvis"),
    ("penknives", "penknife"), ("personae", "persona"), ("phenomena", "phenomenon"), ("phyla", "phylum"),
    ("picnicked", "picnic"), ("picnicking", "picnic"), ("planetaria", "planetarium"), ("plateaux", "plateau"),
    ("pled", "plead"), ("pluses", "plus"), ("polyhedra", "polyhedron"), ("prognoses", "prognosis"),
    ("prostheses", "prosthesis"), ("proven", "prove"), ("psychoses", "psychosis"), ("pupae", "pupa"),
    ("quanta", "quantum"), ("queued", "queue"), ("queuing", "queue"), ("quizzed", "quiz"), ("quizzes", "quiz"),
    ("quizzing", "quiz"), ("radii", "radius"), ("ran", "run"), ("rang", "ring"), ("rebuilt", "rebuild"),
    ("redid", "redo"), ("redone", "redo"), ("referenda", "referendum"), ("remade", "remake"), ("repaid", "repay"),
    ("resold", "resell"), ("rethought", "rethink"), ("retold", "retell"), ("rewritten", "rewrite"),
    ("rewrote", "rewrite"), ("ridden", "ride"), ("risen", "rise"), ("rode", "ride"), ("rued", "rue"), ("said", "say"),
    ("sanatoria", "sanatorium"), ("sang", "sing"), ("sank", "sink"), ("scarves", "scarf"), ("schemata", "schema"),
    ("schoolchildren", "schoolchild"), ("seen", "see"), ("selves", "self"), ("sent", "send"), ("sewn", "sew"),
    ("shaken", "shake"), ("sheaves", "sheaf"), ("shelves", "shelf"), ("shone", "shine"), ("shook", "shake"),
    ("shorn", "shear"), ("shown", "show"), ("shrank", "shrink"), ("shrunk", "shrink"), ("shrunken", "shrink"),
    ("slain", "slay"), ("slept", "sleep"), ("slid", "slide"), ("slung", "sling"), ("sold", "sell"), ("sought", "seek"),
    ("sown", "sow"), ("spectra", "spectrum"), ("sped", "speed"), ("spent", "spend"), ("spilt", "spill"),
    ("spoilt", "spoil"), ("spoken", "speak"), ("spun", "spin"), ("stadia", "stadium"), ("stank", "stink"),
    ("stepchildren", "stepchild"), ("stimuli", "stimulus"), ("stole", "steal"), ("stolen", "steal"), ("stood", "stand"),
    ("strata", "stratum"), ("strewn", "strew"), ("stridden", "stride"), ("striven", "strive"), ("strode", "stride"),
    ("strove", "strive"), ("struck", "strike"), ("stuck", "stick"), ("stung", "sting"), ("sued", "sue"),
    ("suing", "sue"), ("sunk", "sink"), ("sunken", "sink"), ("supernovae", "supernova"), ("swam", "swim"),
    ("swept", "sweep"), ("swollen", "swell"), ("swore", "swear"), ("sworn", "swear"), ("swum", "swim"),
    ("swung", "swing"), ("syllabi", "syllabus"), ("symbioses", "symbiosis"), ("symposia", "symposium"),
    ("synopses", "synopsis"), ("syntheses", "synthesis"), ("tableaux", "tableau"), ("taken", "take"),
    ("taught", "teach"), ("teeth", "tooth"), ("termini", "terminus"), ("tetrahedra", "tetrahedron"),
    ("theses", "thesis"), ("thieves", "thief"), ("threw", "throw"), ("thromboses", "thrombosis"), ("thrown", "throw"),
    ("toed", "toe"), ("told", "tell"), ("took", "take"), ("trellises", "trellis"), ("trialled", "trial"),
    ("trialling", "trial"), ("trod", "tread"), ("trodden", "tread"), ("trousseaux", "trousseau"),
    ("ultimata", "ultimatum"), ("undergone", "undergo"), ("undersold", "undersell"), ("understood", "understand"),
    ("undertaken", "undertake"), ("undertook", "undertake"), ("underwent", "undergo"), ("underwritten", "underwrite"),
    ("underwrote", "underwrite"), ("undid", "undo"), ("undone", "undo"), ("unfroze", "unfreeze"),
    ("unfrozen", "unfreeze"), ("upheld", "uphold"), ("vertebrae", "vertebra"), ("vertices", "vertex"),
    ("virtuosi", "virtuoso"), ("vortices", "vortex"), ("waylaid", "waylay"), ("went", "go"),
    ("wept", "weep"), ("werewolves", "werewolf"), ("wharves", "wharf"), ("whizzed", "whiz"), ("whizzes", "whiz"),
    ("whizzing", "whiz"), ("withdrawn", "withdraw"), ("withdrew", "withdraw"), ("withheld", "withhold"),
    ("withstood", "withstand"), ("wives", "wife"), ("woken", "wake"), ("wolves", "wolf"), ("women", "woman"),
    ("wore", "wear"), ("worn", "wear"), ("wove", "weave"), ("woven", "weave"), ("written", "write"), ("wrote", "write"),
    ("wrung", "wring"),
];

/// Forms that are as often another word: whoever seeks `meet` finds `met` too, and whoever seeks `Met` finds no `meeting`.
#[rustfmt::skip]
const AMBIGUOUS: &[(&str, &str)] = &[
    ("bore", "bear"), ("borne", "bear"), ("drunk", "drink"), ("emporia", "emporium"), ("fed", "feed"), ("fell", "fall"),
    ("felt", "feel"), ("found", "find"), ("given", "give"), ("led", "lead"), ("lent", "lend"), ("lit", "light"),
    ("met", "meet"), ("rose", "rise"), ("rung", "ring"), ("sat", "sit"), ("saw", "see"), ("shot", "shoot"),
    ("smelt", "smell"), ("spat", "spit"), ("spelt", "spell"), ("spoke", "speak"), ("sprang", "spring"),
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
        for form in ["lent", "won", "sung", "spelt", "emporia", "stricken", "stigmata", "rose", "fed", "bore"] {
            check(form, None);
        }
        assert_eq!([forms("win"), forms("lend")], [["won"], ["lent"]]);
        assert_eq!(forms("take"), ["taken", "took"]);
        assert_eq!(forms("meet"), ["met"]);
        assert_eq!(forms("rise"), ["risen", "rose"]);
        for form in ["bit", "left", "lives", "leaves", "data", "media", "people", "did", "done"] {
            assert_eq!((base(form), perhaps(form)), (None, None), "{form}");
        }
        // What the rules of endings part.
        for (form, word) in [
            ("goes", "go"),
            ("buses", "bus"),
            ("gases", "gas"),
            ("lenses", "lens"),
            ("quizzes", "quiz"),
            ("sued", "sue"),
            ("suing", "sues"),
            ("freed", "freeing"),
            ("panicking", "panics"),
            ("mimicked", "mimic"),
            ("fuelled", "fuels"),
            ("dialled", "dial"),
            ("dyed", "dyes"),
            ("bitten", "biting"),
            ("slid", "sliding"),
        ] {
            assert_ne!(stem::english(form), stem::english(word), "the rules know {form}");
            assert_eq!(base(form).map(|base| stem::english(&base)), Some(stem::english(word)), "{form}");
        }
        // Noun and verb share their plural.
        let stem = |word: &str| stem::english(&base(word).unwrap_or(word.into()));
        assert_eq!([stem("analysis"), stem("diagnosis")], [stem("analyses"), stem("diagnoses")]);
    }
}
