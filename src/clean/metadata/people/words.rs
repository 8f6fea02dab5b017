//! Words around names: what introduces a byline, what joins two names, and what is no person.
//!
//! Each list is one string, its entries folded (lower case, without accents) and parted by bars.

use std::collections::HashSet;
use std::sync::LazyLock;

/// The entries of a list.
pub(super) type Words = LazyLock<HashSet<&'static str>>;

/// What may stand in front of names; the longest that fits is taken off.
pub(super) static OPENERS: Words = LazyLock::new(|| {
    "by|by:|written by|words by|words and photos by|story by|story and photos by|text by|report by|reported by|\
     reporting by|posted by|published by|article by|analysis by|opinion by|commentary by|column by|review by|\
     contributed by|submitted by|created by|authored by|from|author:|authors:|author|authors|byline:|writer:|\
     about the author|guest post by|guest essay by|exclusive by|special report by|additional reporting by|von|von:|text:|text von|ein artikel von|ein beitrag von|ein gastbeitrag von|gastbeitrag von|\
     eine analyse von|ein kommentar von|kommentar von|interview:|interview von|geschrieben von|veroffentlicht von|\
     verfasst von|autor:|autorin:|autoren:|autor|autorin|autor*in:|autor/in:|aus dem archiv von|protokoll:|essay von|\
     eine kolumne von|eine rezension von|ein interview von|ein essay von|par|par:|ecrit par|publie par|redige par|\
     propos recueillis par|auteur:|auteur :|auteurs:|texte:|texte :|un texte de|por|por:|escrito por|publicado por|\
     redactado por|autor :|texto:|texto de|autores:|por el|di|di:|a cura di|scritto da|pubblicato da|articolo di|\
     autore:|redazione a cura di|door|door:|geschreven door|tekst:|tekst|geplaatst door|av|av:|skriven av|skrevet av|\
     text och foto:|foretatt av|journalist|reporter:|af|af:|skrevet af|tekst og foto:|skribent:|teksti:|kirjoittaja:|\
     toimittaja:|autor tekstu:|opracowal:|opracowala:|opracowanie:|oprac.|oprac.:|przez|napisal|napisala|\
     autor textu:|pise|napsal|napsala|autori:|szerzo:|irta:|de|scris de|autor articol:|автор:|авторы:|автор|текст:|\
     от|подготовил|подготовила|автор статьи:|автор текста:|автори:|απο|απο τον|του|της|γραφει ο|γραφει η|συντακτης:|\
     yazan:|yazar:|haber:|oleh|oleh:|penulis:|penulis|tac gia:|tac gia|theo|mwandishi:|na|na:|imeandikwa na|بقلم|\
     بقلم:|كتب|كتب:|كتبت|كتبت:|الكاتب:|מאת|מאת:|द्वारा|लेखक:|作者:|作者|文/|文 /|文|文:|文・|著者:|著者|文●|撰文:|撰文|记者|記者|記者/|本报记者|\
     本報記者|通讯员|執筆:|執筆|取材・文:|글:|글|기자:|기자|авторка:|gespeichert von|soumis par|enviado por|ingezonden door|inviato da|репортер:|кореспондент:|підготував|підготувала|підготували|подготовили|\
     pewarta:|wartawan:|laporan|laporan:|muhabir:|hazırlayan:|hazirlayan:|כתב:|כתבת:|כתבה:|本社记者|本报讯记者|servizio di|testo di"
        .split('|')
        .collect()
});

/// Words that join two names; those of one or two letters only count between two full names.
pub(super) static JOINERS: Words = LazyLock::new(|| {
    "and|und|et|y|e|i|og|och|ja|en|ve|dan|oraz|și|si|és|es|и|та|й|και|u.|sowie|with|mit|avec|con|com|na|a|ir|un|và|\
     at|plus|interviewed"
        .split('|')
        .collect()
});

/// Words of which one tells that a part names an office, not a person: an agency, an outlet, a company, a desk.
pub(super) static OFFICES: Words = LazyLock::new(|| {
    "staff|editors|editorial|team|teams|webteam|newsroom|newsdesk|desk|redaktion|redaktionsteam|onlineredaktion|\
     redaction|redacao|redaccion|redazione|redactie|redaksjon|redaksjonen|redaktionen|redaktsiooni|toimitus|redakcja|\
     redakce|redakcija|redakcia|szerkesztoseg|редакция|редакцiя|редакція|синтез|συντακτικη|ομαδα|editorialteam|admin|\
     administrator|webmaster|root|user|guest|anonymous|unknown|unbekannt|anonyme|none|null|undefined|nan|autor|\
     author|authors|auteur|contributor|contributors|contributeur|correspondents|agencies|agency|agencia|agencias|\
     agencja|agenturen|agences|agenzia|wire|wires|newswire|newswires|report|reports|reporters|bureau|buro|news|noticias|\
     nachrichten|notizie|nouvelles|nieuws|nyheter|uutiset|aktuality|vijesti|stiri|haber|haberler|berita|media|medien|\
     medios|press|presse|prensa|pressestelle|pressemitteilung|imprensa|stampa|tidningen|zeitung|tageblatt|anzeiger|\
     kurier|rundschau|magazin|magazine|revista|rivista|journal|gazette|herald|tribune|chronicle|times|daily|weekly|\
     observer|courier|examiner|inquirer|sentinel|dispatch|bulletin|advertiser|telegraph|courrier|corriere|heraldo|\
     gazzetta|giornale|messaggero|dagblad|dagbladet|nieuwsblad|newspaper|periodico|diario|jornal|journalen|quotidien|online|digital|radio|television|tv|broadcasting|\
     network|networks|channel|studio|studios|podcast|show|club|inc|inc.|llc|ltd|ltd.|gmbh|ag|co.|corp|corp.|\
     corporation|company|companies|group|gruppe|verlag|publishing|publications|publisher|productions|association|\
     society|institute|institut|instituto|institution|foundation|stiftung|fundacion|fondation|university|universitat|\
     universite|universidad|college|school|department|ministry|ministerium|office|council|commission|committee|\
     government|center|centre|zentrum|centro|federation|union|league|alliance|coalition|organization|organisation|\
     services|service|solutions|systems|technologies|technology|software|labs|partners|consulting|marketing|\
     communications|international|global|worldwide|community|board|bank|insurance|hospital|clinic|health|hospitals|\
     museum|library|church|partner|sponsor|sponsored|advertorial|advertisement|anzeige|website|blog|blogs|com|\
     newsletter|twitter|facebook|instagram|linkedin|youtube|google|wikipedia|share|shares|comments|follow|subscribe|\
     home|menu|search|login|contact|about|kontakt|impressum|read|more|video|photos|article|articles|artikel|posts|\
     archive|view|profile|bio|email|copyright|rights|reserved|syndicated|syndication|copyrighted|reader|readers|\
     guide|weltweit|lokalredaktion|sportredaktion|sponsorisé|various|several|multiple|wiki|web|app|apps|store|shop|\
     official|offiziell|headlines|latest|breaking|updated|published|posted|编辑部|編集部|新闻|新聞|通讯社|网|記者会|デジタル|編集|편집국|뉴스|\
     뉴스룸"
        .split('|')
        .collect()
});

/// Last words of papers' names that are other words as well: they tell a paper only behind a person and a bar
/// (`Mara Linde | Orlen Echo`). `Post` and `Sun` are family names, and are not among them.
pub(super) static PAPERS: Words = LazyLock::new(|| {
    "echo|standard|mirror|globe|guardian|independent|argus|express|record|register|mail|today|review|star|ledger|mercury|\
     republic|citizen|beacon|monitor|bote|allgemeine|monde|figaro|progres|depeche|parisien|pais|mundo|vanguardia|\
     repubblica|volkskrant"
        .split('|')
        .collect()
});

/// Words that say what somebody does; behind a name they are cut off with what follows them.
pub(super) static JOBS: Words = LazyLock::new(|| {
    "reporter|editor|writer|lead|correspondent|columnist|journalist|producer|photographer|photojournalist|contributor|\
     contributing|freelance|freelancer|senior|staff|chief|deputy|assistant|associate|executive|managing|director|\
     analyst|critic|author|blogger|anchor|meteorologist|intern|fellow|professor|lecturer|researcher|attorney|\
     president|founder|cofounder|co-founder|ceo|cfo|cto|chair|chairman|manager|head|specialist|expert|strategist|\
     consultant|dietitian|nutritionist|physician|doctor|nurse|economist|historian|special|guest|opinion|commentary|\
     presenter|host|political|business|sports|health|science|crime|courts|education|environment|national|\
     international|foreign|local|digital|multimedia|investigative|technology|tech|finance|money|travel|food|\
     entertainment|culture|arts|showbiz|royal|diplomatic|defence|defense|security|legal|economics|consumer|personal|\
     news|md|phd|rn|rd|cfp|cpa|esq|mba|jd|dvm|mph|msc|bsc|ma|ba|bs|ms|redakteur|redakteurin|reporterin|korrespondent|\
     korrespondentin|autor|autorin|journalistin|chefredakteur|chefredakteurin|ressortleiter|ressortleiterin|volontar|\
     volontarin|redaktor|redaktorin|leiter|leiterin|kolumnist|kolumnistin|fotograf|fotografin|moderator|moderatorin|\
     freier|freie|mitarbeiter|mitarbeiterin|stellvertretender|politikredakteur|sportredakteur|journaliste|redacteur|\
     redactrice|correspondant|correspondante|envoye|envoyee|chroniqueur|chroniqueuse|grand|chef|auteur|autrice|\
     periodista|redactor|redactora|corresponsal|columnista|colaborador|colaboradora|enviado|enviada|jornalista|\
     correspondente|colunista|editora|giornalista|corrispondente|inviato|inviata|direttore|redattore|verslaggever|\
     journalisten|skribent|toimittaja|kirjeenvaihtaja|dziennikarz|dziennikarka|redaktorka|novinar|novinarka|novinář|\
     ujsagiro|szerkeszto|корреспондент|журналист|обозреватель|кореспондент|журналіст|muhabir|muhabiri|jurnalis|\
     wartawan|기자|특파원|记者|記者|报道|報導|編集委員|論説委員|is|has|was|covers|writes|joined|works|worked|ist|est|es|schreibt|arbeitet|\
     for|hace|vor|ago|at|bei|aus|from|reporting|writing|editing|in|updated|published|posted|last|modified|on|am|\
     le|el|sponsored|photography|illustration|illustrated|photo|photos|foto|fotos|bild|image|images|video|graphics|\
     via|see|read|view|follow|minute|minutes|min|mins|comments|shares|share|twitter|email"
        .split('|')
        .collect()
});

/// Particles inside names, which are written small.
pub(super) static PARTICLES: Words = LazyLock::new(|| {
    "de|del|della|di|da|do|dos|das|du|des|la|le|van|von|vom|zu|zum|zur|den|der|ter|ten|te|het|el|al|bin|ibn|ben|bint|\
     y|e|af|av|i|os|las|los|st|st.|ul|ur|dal|dalla|degli|lo|op|'t|’t|d|san|santa|mac|ap"
        .split('|')
        .collect()
});

/// Forms of address that stand before a name. (`Dr.` is part of a name as it is cited.)
pub(super) static STYLES: Words = LazyLock::new(|| "mr|mr.|mrs|mrs.|ms|ms.|herr|frau|m.|mme|mme.".split('|').collect());

/// What stands behind a name after a comma and is part of nobody's name.
pub(super) static SUFFIXES: Words = LazyLock::new(|| {
    "md|phd|rn|rd|rdn|cfp|cpa|esq|mba|jd|dvm|mph|msc|bsc|ma|ba|bs|ms|do|dds|dpt|lcsw|facs|faan|edd|psyd|pharmd|np|pa|\
     pac|cscs|mpa|llm|pe|cfa|ldn|cdces|csp|psp|cpp|fand|foma|dabom|mls|msw|med|mfa|mhs|mscp|pmp"
        .split('|')
        .collect()
});

/// What tells a son from his father of the same name, and stands behind a comma too.
pub(super) static GENERATIONS: Words = LazyLock::new(|| "jr|sr|ii|iii|iv".split('|').collect());

/// Phrases behind which the people named did something else than write.
pub(super) static OTHER_ROLES: Words = LazyLock::new(|| {
    "edited by|reviewed by|fact checked by|fact-checked by|photo by|photos by|photograph by|photographs by|\
     photography by|pictures by|video by|graphics by|illustrated by|illustration by|illustrations by|translated by|\
     updated by|produced by|produced for|published by|curated by|foto:|fotos:|photo:|photos:|photo :|bild:|bilder:|\
     illustration:|ubersetzung:|ubersetzt von|traduit par|traduction|traducido por|traduccion|tradotto da|foto di|\
     foto de|fotos de|kamera:|schnitt:|redaktion:|edited for|powered by|as told to|sponsored by|presented by|\
     brought to you by"
        .split('|')
        .collect()
});

/// Given names that are common where news are written, without accents: behind a comma they say that a family name of two
/// words stood before it, and not a person before a place. No name is told by this list alone.
pub(super) static GIVEN: Words = LazyLock::new(|| {
    "aaron|abdul|adam|adrian|ahmed|alan|alain|alberto|alejandra|alejandro|alessandro|alex|alexander|alexandra|alfonso|ali|alice|alicia|\
     alison|amanda|amir|amy|ana|andre|andrea|andreas|andres|andrew|angel|angela|anita|anna|anne|antoine|antonio|armando|arthur|arturo|\
     barbara|beatriz|ben|benjamin|bernard|bernardo|brian|bruno|camila|carla|carlos|carmen|carolina|caroline|catherine|cecilia|cesar|\
     charles|charlotte|christian|christina|christine|christopher|clara|claire|claudia|claudio|cristina|daniel|daniela|david|diana|diego|\
     dominique|eduardo|edward|elena|elisa|elizabeth|emily|emma|emmanuel|enrique|eric|ernesto|esteban|esther|eva|fabian|fatima|federico|\
     felipe|fernanda|fernando|florian|francesca|francesco|francisco|franck|frank|gabriel|gabriela|george|gerardo|giovanni|giulia|gloria|\
     gonzalo|graciela|guillermo|gustavo|hannah|hans|hassan|hector|helen|henri|hugo|ian|ibrahim|ignacio|ines|irene|isabel|isabella|ivan|\
     jacques|jaime|james|jan|jane|javier|jean|jennifer|jessica|joan|joao|joaquin|johannes|john|jonathan|jordi|jorge|jose|joseph|juan|\
     juana|julia|julian|julio|karen|karin|karl|katharina|kevin|klaus|laura|leon|leonardo|linda|lisa|lorena|lorenzo|louis|louise|lourdes|\
     lucas|lucia|luigi|luis|luisa|manuel|manuela|marc|marcel|marcela|marco|marcos|margaret|margarita|maria|mariana|marie|mario|mark|marta|\
     martha|martin|martina|matteo|matthew|matthias|mauricio|maximilian|michael|michel|michele|miguel|mohamed|mohammed|monica|nadia|natalia|\
     nathalie|nicolas|nicole|norma|olga|oliver|olivier|omar|oscar|pablo|paola|paolo|patricia|patrick|paul|paula|paulo|pedro|peter|philip|\
     philippe|pierre|rachel|rafael|ramon|raquel|raul|rebecca|ricardo|richard|robert|roberto|rodrigo|rosa|ruben|ruth|salvador|samuel|sandra|\
     santiago|sara|sarah|sebastian|sergio|silvia|simon|sofia|sophie|stefan|stefano|stephanie|stephen|susan|susana|teresa|theresa|thomas|\
     tomas|valentina|valeria|vanessa|veronica|victor|victoria|vicente|vincent|walter|werner|william|wolfgang|xavier|yolanda|yusuf"
        .split('|')
        .collect()
});
