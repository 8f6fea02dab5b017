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
     interview by|interviewed by|eine analyse von|ein kommentar von|kommentar von|interview:|interview von|geschrieben von|veroffentlicht von|\
     verfasst von|autor:|autorin:|autoren:|autor|autorin|autor*in:|autor/in:|aus dem archiv von|protokoll:|essay von|\
     eine kolumne von|eine rezension von|ein interview von|ein essay von|par|par:|ecrit par|publie par|redige par|\
     propos recueillis par|entretien realise par|recueilli par|intervista di|entrevista de|auteur:|auteur :|auteurs:|texte:|texte :|un texte de|por|por:|escrito por|publicado por|\
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
     plus|interviewed"
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
     foto de|fotos de|kamera:|schnitt:|redaktion:|edited for|powered by|as told to|translated from|ins deutsche ubertragen|sponsored by|presented by|\
     brought to you by"
        .split('|')
        .collect()
});

/// Places of two words and more that do not begin as places do, folded.
pub(super) static PLACES: Words = LazyLock::new(|| {
    "tel aviv|hong kong|buenos aires|rio de janeiro|mexico city|kuala lumpur|phnom penh|addis ababa|abu dhabi|las vegas|\
     salt lake city|washington dc|washington d c|frankfurt am main|baton rouge|kansas city|panama city|sri lanka|\
     costa rica|burkina faso|sierra leone|great britain|united kingdom|united states|united nations|gaza city|\
     guatemala city|quezon city|kuwait city|vatican city|vatikanstadt|ho chi minh city|belo horizonte|santiago de chile|\
     santiago de compostela|palma de mallorca|aix en provence|clermont ferrand|villa maria|silicon valley|long island|\
     long beach|palm beach|virginia beach|grand rapids|des moines|oklahoma city|jersey city|atlantic city|ann arbor|\
     bosnia and herzegovina|côte d ivoire|ciudad de mexico|ciudad juarez|guinea bissau|papua new guinea|nur sultan|\
     ulan bator|banja luka|ceske budejovice|zielona gora|jelenia gora|dar es salaam|cox s bazar|andhra pradesh|\
     uttar pradesh|madhya pradesh|tamil nadu|west bengal|capitol hill|downing street|wall street|cherry hill|victoria falls|\
     charlotte amalie|alice springs|нижнии новгород|великии новгород|ростов на дону|санкт петербург|нью иорк|тель авив|\
     лос анджелес|набережные челны|сан франциско|белыи дом"
        .split('|')
        .collect()
});

/// Words that places of two words begin with and given names are not, folded.
pub(super) static PLACE_OPENERS: Words = LazyLock::new(|| {
    "new|san|santa|santo|sao|saint|st|st.|sankt|sint|los|las|port|porto|puerto|fort|north|south|east|west|northern|southern|\
     eastern|western|central|upper|lower|greater|bad|gran|cape|mount|lake|den|nova|nueva|novo|nouvelle|villa|ciudad|cidade|\
     monte|punta|bahia|palo|el|le|la|les|der|die|das|il|the|republic|district|county|city|university|hotel|camp"
        .split('|')
        .collect()
});

/// Words that names of outlets end with and that are family names too, or seldom stand in other names of offices.
pub(super) static OUTLETS: Words = LazyLock::new(|| {
    "voice|independent|guardian|allgemeine|progres|depeche|post|star|sun|mirror|standard|globe|record|argus|echo|mercury|ledger|leader|citizen|advocate|register|\
     patriot|republic|nation|review|observatory|monitor|insider|beacon|bee|eagle|enterprise|free|dealer|reformer|reminder|\
     republican|democrat|signal|spectator|statesman|transcript|union|world|today|watch|wire|line|mail|express|\
     tagesspiegel|spiegel|welt|zeit|kurier|bote|blatt|monde|figaro|parisien|croix|pais|mundo|vanguardia|folha|globo|estado|\
     repubblica|stampa|sera|volkskrant|trouw|standaard|avisen|posten|aftenposten|bladet|gazeta|wyborcza|pravda|известия|правда|\
     газета|труд|коммерсант|ведомости|новости|journalism|investigates|reports|politics|affairs|magazine"
        .split('|')
        .collect()
});

/// Words for what somebody did who did not write.
pub(super) static PICTURES: Words = LazyLock::new(|| {
    "photo|photos|photography|photographs|photographer|pictures|picture|images|foto|fotos|bild|bilder|fotograf|fotografie|\
     fotografien|fotografin|fotografia|fotografias|photographie|photographies|imagenes|imagens|video|videos|illustration|\
     illustrations|illustrationen|grafik|graphics|kamera|camera|фото"
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
     tomas|valentina|valeria|vanessa|veronica|victor|victoria|vicente|vincent|walter|werner|william|wolfgang|xavier|yolanda|yusuf|\
     aisha|akira|aleksander|aleksandr|aleksandra|alexei|alexey|alfred|alina|aline|amelia|amina|amit|anders|andreea|andrei|andrej|andrzej|\
     anders|angelika|anil|anja|anke|anjali|ankit|annette|annika|antje|anton|antonia|april|arjun|arne|arnaud|arnold|arun|astrid|audrey|ayesha|\
     barry|bart|beate|becky|benedikt|benoit|bernd|bert|beth|betty|bettina|bill|birgit|bjorn|bob|bogdan|brad|brandon|brenda|bridget|britta|\
     bruce|bryan|cameron|carl|carol|carole|carsten|cathy|celine|chad|chiara|chloe|chris|christoph|christophe|cindy|clemens|colin|connor|\
     cornelia|craig|cristian|curtis|cynthia|damien|dan|danielle|danny|darren|dave|davide|dawn|dean|debbie|deborah|deepak|delphine|denis|\
     dennis|derek|didier|dieter|dirk|dmitri|dmitry|don|donald|donna|dorothy|doug|douglas|duncan|dylan|edith|ekaterina|eileen|elaine|eleanor|\
     elif|elisabeth|ella|ellen|elsa|emil|emilia|emilie|emilio|emre|eric|erica|erik|erika|erin|ernst|ethan|eugene|evan|evelyn|farah|felix|\
     filip|fiona|frances|franco|francois|francoise|franz|fred|frederic|frederik|friedrich|fritz|gareth|gary|gavin|geert|geoff|geoffrey|georg|\
     georges|gerald|gerd|gerhard|giacomo|gianluca|gianni|gilbert|gilles|gillian|giorgio|giuseppe|glenn|gordon|grace|graham|greg|\
     gregor|gregory|grzegorz|guido|gunter|gustav|guy|hakan|hamza|hanna|hanno|harald|harriet|harry|hasan|heather|heidi|heike|heinrich|heinz|\
     helena|helene|helga|helmut|hendrik|henning|henrik|henry|herbert|holger|holly|howard|hussein|ida|igor|ilona|ilse|ines|inga|inge|ingo|\
     ingrid|irina|irma|isaac|isabelle|ivana|jack|jackie|jacob|jake|jakob|jamal|jamie|janet|janina|jasmin|jason|jean-pierre|jeff|jeffrey|jenna|\
     jenny|jens|jeremy|jeroen|jerome|jerry|jill|jim|jimmy|joachim|joanna|joanne|jochen|joe|joel|joerg|johan|johann|johanna|jonas|jonathon|\
     jorg|jorn|josef|josefina|josh|joshua|joyce|jurgen|judith|judy|julie|julien|juliette|justin|justine|kai|karim|karla|karl-heinz|karsten|\
     kasper|kate|katherine|kathleen|kathrin|kathy|katie|katja|katrin|kavita|keith|kelly|ken|kenneth|kenji|kerstin|khalid|kim|kiran|kirsten|\
     kristin|kristina|krzysztof|kurt|kyle|lars|larry|lauren|laurent|lea|leah|leila|lena|lennart|leo|leonie|lewis|liam|lili|lily|lina|lionel|\
     liz|lothar|lotte|luc|luca|ludwig|lukas|luke|lutz|lydia|lynn|maarten|madeleine|mads|magda|magdalena|magnus|mahmoud|maja|malcolm|malte|\
     manfred|mara|marcin|marcus|mareike|margarete|margot|margret|mari|mariam|marianne|mariya|marina|marion|marjorie|marko|markus|marlene|\
     martine|marvin|mary|mateusz|mathias|mathieu|mathilde|matt|mats|maurice|max|maxime|maya|meera|megan|mehmet|melanie|melissa|mia|michal|\
     michaela|michelle|mikael|mike|mikhail|milan|mina|mirjam|miriam|mohammad|mona|monika|morten|muhammad|murat|mustafa|myriam|nadine|nancy|\
     naomi|natalie|natasha|nathan|neil|nele|nicholas|nick|nicola|nicolai|niels|nigel|nikita|nikolai|nikolas|nils|nina|noah|noemi|nora|norbert|\
     olaf|oleg|olivia|otto|owen|pamela|pascal|patrice|patricio|paulina|pavel|pawel|penelope|per|peggy|petra|petr|phil|phillip|pia|piotr|piero|\
     pieter|pietro|piet|priya|rahul|rainer|raj|rajesh|ralf|ralph|randy|ravi|ray|raymond|regina|reinhard|rene|renata|renate|rhys|ricarda|rita|\
     riccardo|rob|robin|rod|roger|roland|rolf|roman|ron|ronald|rory|rose|ross|roy|rudolf|russell|ryan|sabine|sabrina|sally|sam|samir|sanjay|\
     sascha|scott|sean|sebastien|serge|sergei|sergey|seth|shane|shannon|sharon|shaun|sheila|shirley|siegfried|sigrid|silke|silvio|simone|sonia|\
     sonja|soren|stacy|stan|stanislav|stella|stephan|stephane|steve|steven|stewart|stuart|sue|sunil|susanne|suzanne|sven|svetlana|sylvia|\
     sylvie|tamara|tania|tanja|tara|tatiana|tatjana|ted|terry|theo|theodor|theodore|thierry|thomasz|thorsten|till|tim|timo|timothy|tina|tobias|\
     todd|tom|tomasz|tommaso|tony|torsten|tracy|travis|trevor|ulla|ulrich|ulrike|umberto|ursula|ute|uwe|valerie|vera|vikram|viktor|viktoria|\
     vincenzo|virginie|vladimir|volker|wanda|warren|wayne|wendy|wilhelm|will|wim|wojciech|yann|yannick|yasmin|yuki|yuri|yves|yvonne|zachary|zoe|\
     александр|александра|алексеи|алина|анастасия|андреи|анна|антон|артем|валентина|валерии|варвара|вера|виктор|виктория|виталии|владимир|\
     вячеслав|галина|георгии|григории|дарья|денис|дмитрии|евгении|евгения|екатерина|елена|елизавета|иван|игорь|илья|инна|ирина|кирилл|\
     константин|ксения|лариса|лев|леонид|людмила|максим|маргарита|марина|мария|михаил|надежда|наталия|наталья|никита|николаи|олег|олександр|\
     олена|ольга|оксана|павел|петр|полина|роман|светлана|сергеи|софия|станислав|степан|тарас|татьяна|юлия|юрии|ярослав"
        .split('|')
        .collect()
});
