//! Names of months, weekdays and zones, in the languages newspapers are written in (CLDR's and what papers use).

use std::collections::HashMap;
use std::sync::LazyLock;

use super::tokens::fold;

/// Language, then twelve months; alternatives are parted by spaces. A `*` before the language says that any
/// beginning of three letters or more, found in one month only, is an abbreviation of it.
const MONTHS: &[(&str, &str)] = &[
    ("*en", "january february march april may june july august september october november december"),
    ("*de", "januar|jänner februar|feber märz|maerz april mai juni juli august september oktober november dezember"),
    ("*fr", "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
    ("*es", "enero febrero marzo abril mayo junio julio agosto septiembre|setiembre octubre noviembre diciembre"),
    ("*pt", "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"),
    ("*it", "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"),
    ("*nl", "januari februari maart|mrt april mei juni juli augustus september oktober november december"),
    ("*sv", "januari februari mars april maj juni juli augusti september oktober november december"),
    ("*da", "januar februar marts april maj juni juli august september oktober november december"),
    ("*no", "januar februar mars april mai juni juli august september oktober november desember"),
    (
        "is",
        "janúar|jan febrúar|feb mars|mar apríl|apr maí júní|jún júlí|júl ágúst|ágú september|sep október|okt nóvember|nóv desember|des",
    ),
    (
        "fi",
        "tammikuu|tammikuuta|tammi helmikuu|helmikuuta|helmi maaliskuu|maaliskuuta|maalis huhtikuu|huhtikuuta|huhti \
     toukokuu|toukokuuta|touko kesäkuu|kesäkuuta|kesä heinäkuu|heinäkuuta|heinä elokuu|elokuuta|elo \
     syyskuu|syyskuuta|syys lokakuu|lokakuuta|loka marraskuu|marraskuuta|marras joulukuu|joulukuuta|joulu",
    ),
    (
        "et",
        "jaanuar|jaan veebruar|veebr märts aprill mai juuni juuli august september|sept oktoober|okt november|nov detsember|dets",
    ),
    (
        "lv",
        "janvāris|janvārī|janvāra|janv februāris|februārī|februāra|febr marts|martā|marta aprīlis|aprīlī|aprīļa|apr maijs|maijā|maija|mai \
     jūnijs|jūnijā|jūnija|jūn jūlijs|jūlijā|jūlija|jūl augusts|augustā|augusta|aug septembris|septembrī|septembra|sept \
     oktobris|oktobrī|oktobra|okt novembris|novembrī|novembra|nov decembris|decembrī|decembra|dec",
    ),
    (
        "lt",
        "sausis|sausio|saus vasaris|vasario|vas kovas|kovo balandis|balandžio|bal gegužė|gegužės|geg birželis|birželio|birž \
     liepa|liepos|liep rugpjūtis|rugpjūčio|rugp rugsėjis|rugsėjo|rugs spalis|spalio|spal lapkritis|lapkričio|lapkr gruodis|gruodžio|gruod",
    ),
    (
        "pl",
        "styczeń|stycznia|sty luty|lutego|lut marzec|marca|mar kwiecień|kwietnia|kwi maj|maja czerwiec|czerwca|cze \
     lipiec|lipca|lip sierpień|sierpnia|sie wrzesień|września|wrz październik|października|paź listopad|listopada|lis grudzień|grudnia|gru",
    ),
    (
        "cs",
        "leden|ledna|led únor|února|úno březen|března|bře duben|dubna|dub květen|května|kvě červen|června|čvn \
     červenec|července|čvc srpen|srpna|srp září|zář říjen|října|říj listopad|listopadu prosinec|prosince",
    ),
    (
        "sk",
        "január|januára|jan február|februára|feb marec|marca|mar apríl|apríla|apr máj|mája jún|júna júl|júla august|augusta|aug \
     september|septembra|sep október|októbra|okt november|novembra|nov december|decembra|dec",
    ),
    (
        "sl",
        "januar|januarja|jan februar|februarja|feb marec|marca|mar april|aprila|apr maj|maja junij|junija|jun julij|julija|jul \
     avgust|avgusta|avg september|septembra|sep oktober|oktobra|okt november|novembra|nov december|decembra|dec",
    ),
    (
        "hr",
        "siječanj|siječnja|sij veljača|veljače|velj ožujak|ožujka|ožu travanj|travnja|tra svibanj|svibnja|svi lipanj|lipnja \
     srpanj|srpnja kolovoz|kolovoza|kol rujan|rujna|ruj listopad|listopada studeni|studenoga|studenog|stu prosinac|prosinca",
    ),
    (
        "sr",
        "januar|januara|jan|јануар|јануара|јан februar|februara|feb|фебруар|фебруара|феб mart|marta|mar|март|марта|мар \
     april|aprila|apr|април|априла|апр maj|maja|мај|маја jun|juna|јун|јуна jul|jula|јул|јула avgust|avgusta|avg|август|августа|авг \
     septembar|septembra|sep|септембар|септембра|сеп oktobar|oktobra|okt|октобар|октобра|окт \
     novembar|novembra|nov|новембар|новембра|нов decembar|decembra|dec|децембар|децембра|дец",
    ),
    (
        "hu",
        "január|januári|jan február|februári|febr|feb március|márciusi|márc április|áprilisi|ápr május|májusi|máj június|júniusi|jún \
     július|júliusi|júl augusztus|augusztusi|aug szeptember|szeptemberi|szept október|októberi|okt november|novemberi|nov december|decemberi|dec",
    ),
    ("*ro", "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie"),
    ("*ca", "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre"),
    ("*gl", "xaneiro febreiro marzo abril maio xuño xullo agosto setembro outubro novembro decembro"),
    (
        "eu",
        "urtarrila|urtarrilaren|urt otsaila|otsailaren|ots martxoa|martxoaren apirila|apirilaren|api maiatza|maiatzaren|mai \
     ekaina|ekainaren|eka uztaila|uztailaren|uzt abuztua|abuztuaren|abu iraila|irailaren|ira urria|urriaren|urr \
     azaroa|azaroaren|aza abendua|abenduaren|abe",
    ),
    (
        "*ru",
        "январь|января февраль|февраля март|марта апрель|апреля май|мая июнь|июня июль|июля август|августа \
     сентябрь|сентября октябрь|октября ноябрь|ноября декабрь|декабря",
    ),
    (
        "*uk",
        "січень|січня лютий|лютого березень|березня квітень|квітня травень|травня червень|червня липень|липня серпень|серпня \
     вересень|вересня жовтень|жовтня листопад|листопада грудень|грудня",
    ),
    (
        "be",
        "студзень|студзеня люты|лютага сакавік|сакавіка красавік|красавіка май|мая|травень|траўня чэрвень|чэрвеня ліпень|ліпеня \
     жнівень|жніўня верасень|верасня кастрычнік|кастрычніка лістапад|лістапада снежань|снежня",
    ),
    ("*bg", "януари февруари март април май юни юли август септември октомври ноември декември"),
    ("*mk", "јануари февруари март април мај јуни јули август септември октомври ноември декември"),
    (
        "*el",
        "ιανουάριος|ιανουαρίου φεβρουάριος|φεβρουαρίου μάρτιος|μαρτίου απρίλιος|απριλίου μάιος|μαΐου ιούνιος|ιουνίου \
     ιούλιος|ιουλίου αύγουστος|αυγούστου σεπτέμβριος|σεπτεμβρίου οκτώβριος|οκτωβρίου νοέμβριος|νοεμβρίου δεκέμβριος|δεκεμβρίου",
    ),
    ("*tr", "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık"),
    ("az", "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr"),
    ("*id", "januari februari maret april mei juni juli agustus september oktober november desember"),
    ("*ms", "januari februari mac april mei jun julai ogos september oktober november disember"),
    ("*sw", "januari februari machi aprili mei juni julai agosti septemba oktoba novemba desemba"),
    ("*tl", "enero pebrero marso abril mayo hunyo hulyo agosto setyembre oktubre nobyembre disyembre"),
    ("sq", "janar shkurt mars prill maj qershor korrik gusht shtator tetor nëntor dhjetor"),
    (
        "ar",
        "يناير|جانفي|كانون_الثاني فبراير|فيفري|شباط مارس|آذار|اذار أبريل|ابريل|إبريل|أفريل|نيسان مايو|ماي|أيار|ايار يونيو|يونيه|جوان|حزيران \
     يوليو|يوليوز|يوليه|جويلية|تموز أغسطس|اغسطس|غشت|أوت|آب سبتمبر|شتنبر|أيلول|ايلول أكتوبر|اكتوبر|تشرين_الأول|تشرين_الاول نوفمبر|نونبر|تشرين_الثاني \
     ديسمبر|دجنبر|كانون_الأول|كانون_الاول",
    ),
    ("fa", "ژانویه|ژانویهٔ فوریه|فوریهٔ مارس آوریل مه|مهٔ ژوئن ژوئیه|ژوئیهٔ|جولای اوت|آگوست سپتامبر اکتبر نوامبر دسامبر"),
    ("ur", "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر"),
    (
        "he",
        "ינואר|בינואר פברואר|בפברואר מרץ|במרץ|מרס|במרס אפריל|באפריל מאי|במאי יוני|ביוני יולי|ביולי אוגוסט|באוגוסט \
     ספטמבר|בספטמבר אוקטובר|באוקטובר נובמבר|בנובמבר דצמבר|בדצמבר",
    ),
    (
        "hi",
        "जनवरी|जन फ़रवरी|फरवरी|फर मार्च अप्रैल मई जून जुलाई|जुल अगस्त|अग सितंबर|सितम्बर|सित अक्टूबर|अक्तूबर नवंबर|नवम्बर|नव दिसंबर|दिसम्बर|दिस",
    ),
    ("bn", "জানুয়ারি|জানুয়ারী ফেব্রুয়ারি|ফেব্রুয়ারী মার্চ এপ্রিল মে জুন জুলাই আগস্ট|আগষ্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর"),
    ("ta", "ஜனவரி பிப்ரவரி மார்ச் ஏப்ரல் மே ஜூன் ஜூலை ஆகஸ்ட் செப்டம்பர் அக்டோபர் நவம்பர் டிசம்பர்"),
    (
        "th",
        "มกราคม|มค กุมภาพันธ์|กพ มีนาคม|มีค เมษายน|เมย พฤษภาคม|พค มิถุนายน|มิย กรกฎาคม|กค สิงหาคม|สค กันยายน|กย ตุลาคม|ตค พฤศจิกายน|พย ธันวาคม|ธค",
    ),
    (
        "ka",
        "იანვარი|იანვ თებერვალი|თებ მარტი|მარ აპრილი|აპრ მაისი|მაი ივნისი|ივნ ივლისი|ივლ აგვისტო|აგვ სექტემბერი|სექ ოქტომბერი|ოქტ ნოემბერი|ნოე დეკემბერი|დეკ",
    ),
    (
        "hy",
        "հունվար|հունվարի փետրվար|փետրվարի մարտ|մարտի ապրիլ|ապրիլի մայիս|մայիսի հունիս|հունիսի հուլիս|հուլիսի օգոստոս|օգոստոսի \
     սեպտեմբեր|սեպտեմբերի հոկտեմբեր|հոկտեմբերի նոյեմբեր|նոյեմբերի դեկտեմբեր|դեկտեմբերի",
    ),
    ("kk", "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан"),
    ("uz", "yanvar fevral mart aprel may iyun iyul avgust sentabr oktabr noyabr dekabr"),
    ("cy", "ionawr chwefror mawrth ebrill mai mehefin gorffennaf awst medi hydref tachwedd rhagfyr"),
    (
        "mr",
        "जानेवारी|जाने फेब्रुवारी|फेब्रु मार्च एप्रिल|एप्रि मे जून जुलै ऑगस्ट|ऑग सप्टेंबर|सप्टें ऑक्टोबर|ऑक्टो \
         नोव्हेंबर|नोव्हें डिसेंबर|डिसें",
    ),
    (
        "te",
        "జనవరి|జన ఫిబ్రవరి|ఫిబ్ర మార్చి ఏప్రిల్|ఏప్రి మే జూన్ జులై ఆగస్టు|ఆగ సెప్టెంబర్|సెప్టెం అక్టోబర్|అక్టో \
         నవంబర్|నవం డిసెంబర్|డిసెం",
    ),
    (
        "kn",
        "ಜನವರಿ|ಜನ ಫೆಬ್ರವರಿ|ಫೆಬ್ರ ಮಾರ್ಚ್ ಏಪ್ರಿಲ್|ಏಪ್ರಿ ಮೇ ಜೂನ್ ಜುಲೈ ಆಗಸ್ಟ್|ಆಗ ಸೆಪ್ಟೆಂಬರ್|ಸೆಪ್ಟೆಂ ಅಕ್ಟೋಬರ್|ಅಕ್ಟೋ \
         ನವೆಂಬರ್|ನವೆಂ ಡಿಸೆಂಬರ್|ಡಿಸೆಂ",
    ),
    (
        "ml",
        "ജനുവരി|ജനു ഫെബ്രുവരി|ഫെബ്രു മാർച്ച്|മാർ ഏപ്രിൽ|ഏപ്രി മേയ് ജൂൺ ജൂലൈ ഓഗസ്റ്റ്|ഓഗ സെപ്റ്റംബർ|സെപ്റ്റം \
         ഒക്ടോബർ|ഒക്ടോ നവംബർ|നവം ഡിസംബർ|ഡിസം",
    ),
    (
        "gu",
        "જાન્યુઆરી|જાન્યુ ફેબ્રુઆરી|ફેબ્રુ માર્ચ એપ્રિલ મે જૂન જુલાઈ ઑગસ્ટ સપ્ટેમ્બર|સપ્ટે ઑક્ટોબર|ઑક્ટો \
         નવેમ્બર|નવે ડિસેમ્બર|ડિસે",
    ),
    ("pa", "ਜਨਵਰੀ|ਜਨ ਫ਼ਰਵਰੀ|ਫ਼ਰ ਮਾਰਚ ਅਪ੍ਰੈਲ|ਅਪ੍ਰੈ ਮਈ ਜੂਨ ਜੁਲਾਈ|ਜੁਲਾ ਅਗਸਤ|ਅਗ ਸਤੰਬਰ|ਸਤੰ ਅਕਤੂਬਰ|ਅਕਤੂ ਨਵੰਬਰ|ਨਵੰ ਦਸੰਬਰ|ਦਸੰ"),
    ("ne", "जनवरी फेब्रुअरी मार्च अप्रिल मे जुन जुलाई अगस्ट सेप्टेम्बर अक्टोबर नोभेम्बर डिसेम्बर"),
    (
        "si",
        "ජනවාරි|ජන පෙබරවාරි|පෙබ මාර්තු|මාර් අප්‍රේල් මැයි ජූනි ජූලි අගෝස්තු|අගෝ සැප්තැම්බර්|සැප් ඔක්තෝබර්|ඔක් \
         නොවැම්බර්|නොවැ දෙසැම්බර්|දෙසැ",
    ),
    (
        "my",
        "ဇန်နဝါရီ|ဇန် ဖေဖော်ဝါရီ|ဖေ မတ် ဧပြီ မေ ဇွန် ဇူလိုင်|ဇူ ဩဂုတ် စက်တင်ဘာ|စက် အောက်တိုဘာ|အောက် နိုဝင်ဘာ|နို \
         ဒီဇင်ဘာ|ဒီ",
    ),
    ("km", "មករា កុម្ភៈ មីនា មេសា ឧសភា មិថុនា កក្កដា សីហា កញ្ញា តុលា វិច្ឆិកា ធ្នូ"),
    ("lo", "ມັງກອນ ກຸມພາ ມີນາ ເມສາ ພຶດສະພາ ມິຖຸນາ ກໍລະກົດ ສິງຫາ ກັນຍາ ຕຸລາ ພະຈິກ ທັນວາ"),
    ("am", "ጃንዋሪ|ጃን ፌብሩዋሪ|ፌብ ማርች ኤፕሪል|ኤፕሪ ሜይ ጁን ጁላይ ኦገስት|ኦገስ ሴፕቴምበር|ሴፕቴ ኦክቶበር|ኦክቶ ኖቬምበር|ኖቬም ዲሴምበር|ዲሴም"),
    ("af", "januarie februarie maart april mei junie julie augustus september oktober november desember"),
    (
        "ga",
        "eanáir feabhra márta aibreán bealtaine meitheamh iúil lúnasa meán_fómhair deireadh_fómhair samhain nollaig",
    ),
];

/// Monday first; alternatives and languages are parted by spaces within a day. Beginnings count from two letters.
const WEEKDAYS: [&str; 7] = [
    "monday montag lundi lunes segunda segunda-feira lunedi maandag måndag mandag maanantai poniedziałek pondělí pondelok \
     ponedjeljak ponedeljek hétfő luni dilluns понедельник понеділок понеделник δευτέρα pazartesi senin isnin الاثنين יום_שני सोमवार",
    "tuesday dienstag mardi martes terça terça-feira martedi dinsdag tisdag tirsdag tiistai wtorek úterý utorok utorak torek kedd \
     marți dimarts вторник вівторок τρίτη salı selasa الثلاثاء मंगलवार",
    "wednesday mittwoch mercredi miércoles quarta quarta-feira mercoledi woensdag onsdag keskiviikko środa středa streda srijeda \
     sreda szerda miercuri dimecres среда середа сряда τετάρτη çarşamba rabu الأربعاء बुधवार",
    "thursday donnerstag jeudi jueves quinta quinta-feira giovedi donderdag torsdag torstai czwartek čtvrtek štvrtok četvrtak \
     četrtek csütörtök joi dijous четверг четвер четвъртък πέμπτη perşembe kamis khamis الخميس गुरुवार thurs thur",
    "friday freitag vendredi viernes sexta sexta-feira venerdi vrijdag fredag perjantai piątek pátek piatok petak petek péntek \
     vineri divendres пятница п'ятниця петък παρασκευή cuma jumat الجمعة शुक्रवार",
    "saturday samstag sonnabend samedi sábado sabato zaterdag lördag lørdag lauantai sobota subota szombat sâmbătă dissabte \
     суббота субота събота σάββατο cumartesi sabtu السبت शनिवार",
    "sunday sonntag dimanche domingo domenica zondag söndag søndag sunnuntai niedziela neděle nedeľa nedjelja nedelja vasárnap \
     duminică diumenge воскресенье неділя неделя κυριακή pazar minggu ahad الأحد रविवार",
];

/// Zones by name: seconds east of Greenwich. Names that mean several places (`IST`, `AST`) are left out.
const ZONES: &[(&str, i32)] = &[
    ("z", 0),
    ("gmt", 0),
    ("utc", 0),
    ("ut", 0),
    ("wet", 0),
    ("est", -18_000),
    ("edt", -14_400),
    ("cst", -21_600),
    ("cdt", -18_000),
    ("mst", -25_200),
    ("mdt", -21_600),
    ("pst", -28_800),
    ("pdt", -25_200),
    ("akst", -32_400),
    ("akdt", -28_800),
    ("hst", -36_000),
    ("nst", -12_600),
    ("ndt", -9_000),
    ("adt", -10_800),
    ("bst", 3_600),
    ("west", 3_600),
    ("cet", 3_600),
    ("cest", 7_200),
    ("met", 3_600),
    ("mest", 7_200),
    ("mez", 3_600),
    ("mesz", 7_200),
    ("eet", 7_200),
    ("eest", 10_800),
    ("msk", 10_800),
    ("sast", 7_200),
    ("eat", 10_800),
    ("cat", 7_200),
    ("wat", 3_600),
    ("pkt", 18_000),
    ("wib", 25_200),
    ("wita", 28_800),
    ("wit", 32_400),
    ("hkt", 28_800),
    ("sgt", 28_800),
    ("jst", 32_400),
    ("kst", 32_400),
    ("awst", 28_800),
    ("acst", 34_200),
    ("aest", 36_000),
    ("aedt", 39_600),
    ("nzst", 43_200),
    ("nzdt", 46_800),
    ("brt", -10_800),
    ("art", -10_800),
];

/// Words that may stand in a date and say nothing of it.
const FILLERS: &str = "t th st nd rd er a an the of on at by de del da do den der dem am um le la les el il i o os em no na às ás \
    alle ore ora kl klo klokken uhr h hs hrs hr hour hours date datum dato fecha data published posted updated created modified last first \
    online print since stand veröffentlicht erschienen aktualisiert publié publiée mis à jour modifié publicado publicada \
    actualizado atualizado pubblicato aggiornato gepubliceerd geplaatst bijgewerkt publicerad publicerat uppdaterad publisert \
    oppdatert publiceret opdateret offentliggjort julkaistu päivitetty opublikowano aktualizacja publikováno aktualizováno \
    publicat actualizat közzétéve frissítve опубликовано обновлено обновлен опубліковано оновлено публикувано г год года году р року година \
    δημοσίευση ενημέρωση yayınlanma güncelleme tarihi tarih diterbitkan terbit ngày năm lúc m d gada gads eko ko an r pm kell \
    نشر تاريخ في م عام آخر تحديث פורסם עודכן בתאריך בשעה प्रकाशित अपडेट time noon and et und y e as v w le ساعت انتشار تاریخ مورخ";

/// Month of a word, by language.
static MONTH_WORDS: LazyLock<HashMap<String, Vec<(&'static str, i8)>>> = LazyLock::new(|| {
    let mut words: HashMap<String, Vec<(&'static str, i8)>> = HashMap::new();
    let mut put = |word: String, lang: &'static str, month: i8| {
        let known = words.entry(word).or_default();
        if !known.contains(&(lang, month)) {
            known.push((lang, month));
        }
    };
    for (lang, months) in MONTHS {
        let (lang, short) = lang.strip_prefix('*').map_or((*lang, false), |lang| (lang, true));
        let months: Vec<Vec<String>> = months
            .split_whitespace()
            .map(|names| names.split('|').map(|name| fold(&name.replace('_', " "))).collect())
            .collect();
        for (n, names) in months.iter().enumerate() {
            // Twelve months: the number fits.
            let month = i8::try_from(n + 1).unwrap_or(0);
            for name in names {
                put(name.clone(), lang, month);
                let count = name.chars().count();
                for len in 3..count * usize::from(short) {
                    let start: String = name.chars().take(len).collect();
                    let others = months
                        .iter()
                        .enumerate()
                        .any(|(m, names)| m != n && names.iter().any(|name| name.starts_with(&start)));
                    if !others {
                        put(start, lang, month);
                    }
                }
            }
        }
    }
    words
});

static WEEKDAY_WORDS: LazyLock<HashMap<String, i8>> = LazyLock::new(|| {
    let mut words: HashMap<String, Option<i8>> = HashMap::new();
    for (n, names) in WEEKDAYS.iter().enumerate() {
        let day = i8::try_from(n).unwrap_or(0);
        for name in names.split_whitespace() {
            let name = fold(&name.replace('_', " "));
            let letters: Vec<char> = name.chars().collect();
            for len in 2.min(letters.len())..=letters.len() {
                let known = words.entry(letters[..len].iter().collect()).or_insert(Some(day));
                // The beginning of two different days says nothing (`sa`, `su` in two languages).
                if *known != Some(day) && len < letters.len() {
                    *known = None;
                } else if len == letters.len() {
                    *known = Some(day);
                }
            }
        }
    }
    words.into_iter().filter_map(|(word, day)| Some((word, day?))).collect()
});

static FILLER_WORDS: LazyLock<std::collections::HashSet<String>> =
    LazyLock::new(|| FILLERS.split_whitespace().map(fold).collect());

/// The month (1 to 12) a folded word names in `lang`, or in all languages that know it. `None` where languages
/// disagree (`listopad` is October or November).
pub(super) fn month(word: &str, lang: Option<&str>) -> Option<i8> {
    let known = MONTH_WORDS.get(word)?;
    if let Some((_, month)) = known.iter().find(|(of, _)| Some(*of) == lang) {
        return Some(*month);
    }
    let first = known.first()?.1;
    known.iter().all(|(_, month)| *month == first).then_some(first)
}

/// The weekday a folded word names or begins, Monday 0; `Some(None)` is not given: an ambiguous beginning is unknown.
pub(super) fn weekday(word: &str) -> Option<i8> {
    WEEKDAY_WORDS.get(word).copied()
}

/// Seconds east of Greenwich of a zone's name. `CST` is China's in Chinese.
pub(super) fn zone(word: &str, lang: Option<&str>) -> Option<i32> {
    if word == "cst" && lang == Some("zh") {
        return Some(28_800);
    }
    ZONES.iter().find(|(name, _)| *name == word).map(|(_, offset)| *offset)
}

/// Whether a folded word may stand in a date without a meaning of its own.
pub(super) fn filler(word: &str) -> bool {
    FILLER_WORDS.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::metadata::dates::{Context, whole};
    use crate::model::Lang;

    #[test]
    fn each_month_is_read_in_its_language() {
        let mut wrong = Vec::new();
        for (lang, months) in MONTHS {
            assert_eq!(months.split_whitespace().count(), 12, "{lang}");
            let lang = lang.trim_start_matches('*');
            let context = Context { language: Lang::parse(lang), ..Context::default() };
            for (n, names) in months.split_whitespace().enumerate() {
                for name in names.split('|') {
                    let text = format!("27 {} 2025", name.replace('_', " "));
                    let month = whole(&text, &context).map(|date| (date.day.month(), date.day.day()));
                    if month != Some((i8::try_from(n + 1).unwrap(), 27)) {
                        wrong.push(format!("{lang}: {text}"));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
