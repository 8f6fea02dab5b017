//! Telling the languages of Latin letters by their commonest words, in a line or two: the counter of trigrams does not know
//! some of them, takes these for others with confidence, and confuses neighbours that a few words tell apart.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The commonest words of each language, lower case, accents as they are written. A word may stand in several lists; one
/// that stands in a single list tells neighbours apart.
#[rustfmt::skip]
const LISTS: &[(&str, &str)] = &[
    ("en", "the of and to that is was for with as it by at from his he be are this have had not but a in on who said will has were an its"),
    ("de", "der die und den von das mit sich des auf für ist im dem nicht ein eine als auch es aus hat dass sie nach wird bei war zu in am sind"),
    ("fr", "le la les des et du une un est que dans qui pour au pas sur plus par ce avec il sont cette aux mais ses ont été de en a à se"),
    ("es", "el la los las y del se con por su lo una un en de que no es más este pero sus han ya cuando muy desde sobre esta entre también hasta hay fue está al o como"),
    ("pt", "o a os as do da dos das e que de em um uma não é com por para mais muito também até já há pelo pela mas são foi ao na no nas nos se seu sua quando onde segundo"),
    ("gl", "o a os as do da dos das e que de en un unha non é con por para máis moi tamén ata xa hai polo pola pero son foi ao na no nas nos se seu súa cando onde segundo unhas uns dende isto houbo ten co coa ningún ninguén foron era estaba"),
    ("ca", "el la els les i a del dels de que en un una amb per al no és més però van ha han va també aquest aquesta com fins hi què seva seu molt des ni"),
    ("it", "il la i gli le di della che è del per sono dei nel alla delle ha anche dal più si ma con nella come lo al questo un una in non e da"),
    ("ro", "și în de la cu a pe un o nu este din pentru că care mai au fost sa se lui ce iar după sunt prin al"),
    ("nl", "de het een van zijn voor niet aan ook er bij naar door worden uit wordt dat deze maar heeft tot werd en in is op te met om nog"),
    ("af", "die het en van is in nie wat vir sy met aan om te dat hy op was hulle ook sal deur maar as toe"),
    ("sv", "och att det som en på är av för den till med var inte har från ett om han men sig ut efter blev också säger år vid vi kan eller över mer när då"),
    ("da", "og at det som en på er af for den til med var ikke har fra et om han men sig ud efter blev også siger år ved vi kan eller over mere da nu hvis hvad noget nogen meget bliver blive været havde uden dem hun der aften igen gik tog kom få fik måtte hvor blandt ifølge skal"),
    ("no", "og at det som en på er av for den til med var ikke har fra et om han men seg ut etter ble også sier år ved vi kan eller over mer da nå hvis hva noe noen mye blir bli vært hadde uten dem hun der kveld igjen gikk tok kom få fikk måtte hvor blant ifølge skal ein eit ikkje frå vart vere dei seier eg no å"),
    ("is", "og að er í á sem til var það við en um ekki með hann af fyrir eru hefur þar þess voru verið hún eftir ár því þegar úr frá segir hafa enginn síðan yfir sér varð þá svo"),
    ("fo", "og at er í á sum til var tað við men um ikki hann av fyri eru hevur har teir vóru verið hon eftir ár tí tá úr frá sigur"),
    ("fi", "ja on ei että se oli ovat mutta myös kun hän joka jo mukaan sen tai olla kuin nyt sitä ole vain vielä jos ollut ovat kukaan eikä jotka"),
    ("et", "ja on ei et see oli aga ka kui ta mis oma siis või selle olid pärast keegi kes ning juba seda pole veel sai"),
    ("hu", "a az és hogy nem is egy meg de ez volt már csak azt még el vagy mint ki ha után szerint senki nincs lesz"),
    ("pl", "w i na z się nie do że jest o od po to za jak przez dla był było ale są jego przed nikt roku został oraz"),
    ("cs", "v a na se je že s z do o ve k pro za by od po ale jako byl bylo jsou který která podle však nikdo už při není"),
    ("sk", "v a na sa je že s z do o vo k pre za by od po ale ako bol bolo sú ktorý ktorá podľa však nikto už pri nie"),
    ("sl", "v in na se je da z s za so po ki od pri ne kot do tudi pa bil bilo bi že ni leta vse"),
    ("hr", "u i na se je da su za od s o koji kao a iz bi što ne do će nije bilo bio prema ali te godine nitko"),
    ("sq", "e të në dhe për me një i që nga është u ka së nuk si më janë por kjo ishte"),
    ("lt", "ir į kad su iš yra buvo bei kaip bet o apie dėl po savo už tai jau nuo pagal metų niekas nėra"),
    ("lv", "un ir ar no uz ka par to bija kas pēc bet kā ja tika nav arī gada pie lai viņš neviens līdz"),
    ("tr", "ve bir bu da de için ile olarak olan çok daha ne kadar en gibi ise ancak göre sonra var yok dedi oldu"),
    ("az", "və bir bu da də üçün ilə olan ki çox daha ən kimi isə görə sonra var yoxdur dedi olub edib"),
    ("uz", "va bir bu bilan uchun ham edi deb esa kerak keyin yil emas shu"),
    ("tk", "we bir bu bilen üçin hem diýip bolan ýyl soň däl şu"),
    ("id", "yang dan di dengan untuk dari ini itu pada tidak dalam adalah akan ke juga oleh telah karena tersebut ada bisa"),
    ("jv", "ing lan sing kanthi kanggo saka iki ora iku ana uga wis dadi karo"),
    ("tl", "ang ng sa na mga at ay ni para hindi si kay ito nito isang may kanyang niya nang"),
    ("sw", "na ya wa kwa ni katika la za cha kuwa hiyo huo alisema hii huyo watu baada ambao hakuna lakini pia kama mwaka siku yake wake wao mwa vya ambayo walisema tangu moto bila huku"),
    ("sn", "uye kuti ne pa asi kana iri mu nokuti vari ari iyo ava mushure kubva yake vanhu"),
    ("zu", "ukuthi futhi uma kodwa ngoba kanye lapho kusho abantu ngesikhathi"),
    ("eu", "eta da zen dute du ez zuen bat ere dira baina izan hau hori dela egin behar ziren den dio zuten beste gabe arte ondoren inor zegoen zuela bi urtetik hutsik dago"),
    ("ga", "an na agus ar go is i le bhí a ag sa do tá seo atá bhfuil sé sí siad nach faoi chun mar bheith leis ó níl gur den don ní raibh duine ach ón"),
    ("gd", "an na agus air a tha bha gu anns aig nan ann chan le do bho airson gun nach"),
    ("cy", "y yr a i o yn ar ei mae ac wedi bod am ond nid oedd gan eu fel sydd gyda ni hyn meddai dros"),
    ("vi", "và của là có trong cho được với các những một không này người đã đến về ở khi tại"),
    ("eo", "la kaj de en estas por ne ke li al kun sed oni estis pri ili kiu"),
    ("la", "et in est non ad cum ut quod qui sed ex esse ab sunt enim"),
    ("mt", "il u ta li fil biex ma minn għal kien dan din mal hija huwa"),
    ("lb", "d déi an de vun ass mat fir net op den dat an eng och si huet gouf"),
];

/// So many words are looked at.
const LOOKED_AT: usize = 120;
/// Fewest common words that tell a language, and their share of all in a hundred.
const FEWEST: usize = 4;
const SHARE: usize = 18;

static WORDS: LazyLock<HashMap<&str, u64>> = LazyLock::new(|| {
    let mut words: HashMap<&str, u64> = HashMap::new();
    for (n, (_, list)) in LISTS.iter().enumerate() {
        for word in list.split_whitespace() {
            *words.entry(word).or_default() |= 1 << n;
        }
    }
    words
});

/// What the words of a text say of its language.
pub(super) struct Counts {
    looked_at: usize,
    /// By language: common words, and those of them that are in no other list.
    common: [usize; LISTS.len()],
    alone: [usize; LISTS.len()],
}

impl Counts {
    pub(super) fn of(text: &str) -> Self {
        let mut counts = Self { looked_at: 0, common: [0; LISTS.len()], alone: [0; LISTS.len()] };
        for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).take(LOOKED_AT) {
            counts.looked_at += 1;
            let lower = word.to_lowercase();
            let Some(&lists) = WORDS.get(lower.as_str()) else { continue };
            for n in (0..LISTS.len()).filter(|n| lists >> n & 1 == 1) {
                counts.common[n] += 1;
                counts.alone[n] += usize::from(lists.is_power_of_two());
            }
        }
        counts
    }

    /// The language whose words these are, if no other comes near.
    pub(super) fn told(&self) -> Option<&'static str> {
        let best = (0..LISTS.len()).max_by_key(|&n| (self.common[n], self.alone[n]))?;
        let most = self.common[best];
        let rival = |n: usize| {
            n != best && 2 * self.common[n] >= most && (self.alone[best] < 2 || self.alone[best] < 2 * self.alone[n])
        };
        (most >= FEWEST && most * 100 >= self.looked_at * SHARE && !(0..LISTS.len()).any(rival))
            .then_some(LISTS[best].0)
    }

    /// Whether a text of some words has hardly any that `lang` does not do without, or more of another's; of languages in no
    /// list, and of those that say with endings what others say with such words, nothing is said. Results, recipes and lists
    /// of names have few such words in any language: one that is seldom taken for what it is not is ruled out only where
    /// another's are there and none of its own.
    pub(super) fn rule_out(&self, lang: &str) -> bool {
        /// With fewer words it may be a headline.
        const WORDS: usize = 8;
        const ENDINGS: &[&str] = &["fi", "et", "lt", "lv", "tr", "az", "uz", "tk", "la", "zu"];
        /// Written by so many that a text without a claim most likely is what it looks like.
        const LARGE: &[&str] = &["en", "de", "fr", "es", "pt", "it", "nl", "sv", "da", "no", "pl", "cs", "hu", "ro"];
        if ENDINGS.contains(&lang) {
            return false;
        }
        let Some(n) = LISTS.iter().position(|(known, _)| *known == lang) else { return false };
        let own = self.common[n];
        let other = self.common.iter().max().is_some_and(|&most| most >= own + 2);
        let missed = if LARGE.contains(&lang) { own == 0 && other } else { own * 15 < self.looked_at || other };
        self.looked_at >= WORDS && missed
    }

    /// Of Danish and Norwegian, which are told by trigrams no better than by tossing, the one whose own words there are more of;
    /// and Dutch, which they take for Afrikaans.
    pub(super) fn of_neighbours(&self, lang: &str) -> Option<&'static str> {
        let own = |lang: &str| LISTS.iter().position(|(known, _)| *known == lang).map_or(0, |n| self.alone[n]);
        match lang {
            "da" if own("no") > own("da") => Some("no"),
            "no" if own("da") > own("no") => Some("da"),
            "af" if own("nl") > own("af") => Some("nl"),
            _ => None,
        }
    }
}
