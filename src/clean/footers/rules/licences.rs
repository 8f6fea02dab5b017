//! D: republication under a licence. The licence is kept, and the notice verbatim.

use crate::clean::footers::rule::Tell::{Is, Link, Words};
use crate::clean::footers::rule::{CUT, HEAD, LAST, LEAD, MID, NEAR, Rule, TAIL, rule};
use crate::model::Field::*;

const ENDS: u16 = TAIL | CUT | HEAD | LEAD;

pub(super) const RULES: &[Rule] = &[
    rule(
        "licence.conversation",
        &[118],
        ENDS | MID,
        &[
            "this (article|story|post) (is|was) (re)?published from the conversation,? {any}",
            "this (article|story|post) (is|was) (re)?published from the conversation",
        ],
        &[Is(OriginalPublisher, "The Conversation"), Is(Licence, "CC-BY-ND"), Words(RightsNotice), Link(OriginalUrl)],
    ),
    rule(
        "licence.republished-cc",
        &[118],
        ENDS,
        &[
            "this (article|story|post|report) (is|was) republished from {publisher} under (a |the )?{licence} licen[cs]e",
            "this (article|story|post|report) (is|was) (re)?published (from|by) {publisher} under (a |the )?{licence}",
        ],
        &[Words(RightsNotice), Link(OriginalUrl)],
    ),
    rule("licence.conversation", &[118], ENDS | MID | NEAR, &["read the original article"], &[Link(OriginalUrl)]),
    rule(
        "licence.conversation",
        &[118],
        TAIL | CUT | MID | NEAR,
        &["it was written by: {author}", "(this )?(article|story|post) (was )?written by:? {author}"],
        &[],
    ),
    rule(
        "licence.republished-cc",
        &[118],
        ENDS,
        &[
            "(this (article|story|post) was )?(originally|first) published (by|on|in|at) {publisher},? (and )?(is )?(re-?printed|republished|reproduced|re-?posted|shared)( here)? under (a |the )?{licence}( licen[cs]e)?",
        ],
        &[Words(RightsNotice), Link(OriginalUrl)],
    ),
    rule(
        "licence.conversation",
        &[119],
        ENDS | MID,
        &[
            "cet article est (re)?publié à partir (de|du site) the conversation,? sous licence creative commons",
            "cet article est (re)?publié à partir (de|du site) the conversation{any}",
        ],
        &[Is(OriginalPublisher, "The Conversation"), Is(Licence, "CC-BY-ND"), Words(RightsNotice), Link(OriginalUrl)],
    ),
    rule(
        "licence.conversation-read",
        &[119, 120],
        ENDS | NEAR,
        &[
            "lire l'article original",
            "lea el original",
            "leia o artigo original",
            "leggi l'articolo originale",
            "lesen sie den originalartikel{any}",
        ],
        &[Link(OriginalUrl)],
    ),
    rule(
        "licence.conversation",
        &[120],
        ENDS | MID,
        &[
            "este artículo fue publicado originalmente en the conversation",
            "este artigo foi publicado originalmente (no|em|por) (site )?the conversation{any}",
            "questo articolo è (stato )?(ri)?pubblicato (da|su) the conversation{any}",
            "dieser artikel (wurde|ist|erschien) (zuerst )?(auf|bei|von) the conversation (veröffentlicht|erschienen)?{any}",
        ],
        &[Is(OriginalPublisher, "The Conversation"), Is(Licence, "CC-BY-ND"), Words(RightsNotice), Link(OriginalUrl)],
    ),
    rule(
        "licence.provided-by",
        &[121],
        TAIL | CUT | MID,
        &["provided by {publisher}", "(story|material|content) provided by {publisher}"],
        &[],
    ),
    rule(
        "licence.phys",
        &[122],
        TAIL | MID,
        &[
            "explore further",
            "feedback to editors",
            "[0-9]+ shares",
            "let us know if there is a problem with our content",
            "more information: {any}",
            "journal information: {any}",
            "citation: {any}retrieved {any}from https?://{any}",
            "this document is subject to copyright. {any}",
            "use this form if you have come across a typo{any}",
        ],
        &[],
    ),
    rule(
        "licence.newsroom",
        &[123],
        TAIL | CUT | HEAD,
        &[
            "propublica is a (pulitzer prize-winning|nonprofit) (investigative )?newsroom{any}",
            "sign up for (dispatches|the big story){any}",
        ],
        &[Is(OriginalPublisher, "ProPublica"), Words(RightsNotice)],
    ),
    rule(
        "licence.newsroom",
        &[124],
        TAIL | CUT | HEAD | MID,
        &[
            "(kff health news|kaiser health news|khn) \\(?(formerly known as {any})? ?is a national newsroom{any}",
            "kff health news is a national newsroom that produces in-depth journalism about health issues{any}",
        ],
        &[Is(OriginalPublisher, "KFF Health News"), Words(RightsNotice)],
    ),
    rule(
        "licence.common-dreams",
        &[126],
        ENDS,
        &[
            "our work is licensed under (a )?{licence}. feel free to republish and share widely",
            "(our|this) work is licensed under (a )?(the )?{licence}",
        ],
        &[Words(RightsNotice)],
    ),
    rule(
        "licence.cc",
        &[129, 131],
        ENDS,
        &[
            "(this|the|our|all|text|these|except|unless|dieser?|der|die|das|cet|l'|este|o|il|lizenz){any}(article|story|work|content|text|post|material|site|website|report|artikel|beitrag|inhalte?|werk|artículo|contenido|image|photo|translation){any}(licen[cs]ed|published|available|released|distributed|republished|shared|used|reproduced|veröffentlicht|steht|lizenziert|publié|publicado|under|unter|sous|bajo){any}(creative commons|cc[ -]by){any}",
            "(licen[cs]ed|published|available|released|republished|lizenziert|veröffentlicht|(re)?publié|publicado) (here )?(under|unter|sous|bajo) {any}(creative commons|cc[ -]by){any}",
            "(text|license|licence|lizenz|licencia|image|photo|foto|bild)(:| is) {any}(creative commons|cc[ -]by){any}",
            "(a |under )?(creative commons ([a-z0-9 ./-]*licen[cs]e|attribution[a-z0-9 ./-]*|(by|zero|cc)[a-z0-9 ./-]*)|cc[ -]by[a-z0-9 ./-]*)( licen[cs]e)?",
            "{any}https?://creativecommons.org/licenses/{any}",
            "original content available for noncommercial use under a creative commons license{any}",
        ],
        &[Words(Licence), Words(RightsNotice)],
    ),
    rule(
        "licence.free",
        &[130],
        TAIL | CUT | MID,
        &[
            "you are free to republish this (article|story){any}",
            "(feel free to )?republish (this|our) (article|story|stories)( for free)?(,? {any})?",
            "(re)?publish this (article|story)",
            "cc0 / public domain",
            "cc0",
        ],
        &[Words(Licence), Words(RightsNotice)],
    ),
    rule(
        "licence.translation",
        &[132],
        TAIL | HEAD,
        &[
            "dieser (artikel|text|beitrag) ist eine übersetzung{any}",
            "this (article|story|post) (is a translation|was translated){any}",
        ],
        &[Link(OriginalUrl)],
    ),
    rule(
        "licence.translator",
        &[132],
        TAIL | NEAR,
        &[
            "(übersetzung|aus dem {any} (übersetzt )?von|übersetzt von|translated by|translation( by)?|traduction( de| par)?|traducción( de| por)?|traduzione( di)?|traduit (de {any} )?par|tradução( de)?)( aus dem {place})?:? {translator}",
        ],
        &[],
    ),
    rule(
        "licence.translator",
        &[132],
        TAIL,
        &[
            "übersetzung( aus dem {place})?: {translator}",
            "übersetzt( aus dem {place})? von {translator}",
            "translat(ed|ion) by {translator}",
            "translated( from( the)? {place})? by {translator}",
            "traduction : ?{translator}",
            "traduit (de {place} )?par {translator}",
            "traducción(:| de) {translator}",
        ],
        &[],
    ),
    rule(
        "licence.staff",
        &[132],
        TAIL,
        &[
            "(schluss)?redaktion: {editor}",
            "schlussredaktion: {editor}",
            "redaktionelle mitarbeit: {contributor}",
            "recherche: {contributor}",
            "mitarbeit: {contributor}",
        ],
        &[],
    ),
    rule(
        "licence.original-article",
        &[133],
        TAIL | LAST,
        &[
            "original(beitrag|artikel|publikation|text|quelle)",
            "zum original(beitrag|artikel)?",
            "originalpublikation",
            "originalbeitrag",
            "originalartikel",
        ],
        &[Link(OriginalUrl)],
    ),
    rule(
        "licence.original-article",
        &[133],
        TAIL | CUT,
        &[
            "original(beitrag|artikel|publikation|text|quelle): {url}",
            "originalpublikation: {any}",
            "originalartikel: {any}",
            "originalbeitrag: {any}",
        ],
        &[Link(OriginalUrl)],
    ),
    rule(
        "licence.erschien-zuerst",
        &[134],
        TAIL | CUT | HEAD,
        &[
            "(dieser|der) (artikel|text|beitrag|kommentar|essay) (erschien|ist) (zuerst|zunächst|ursprünglich|erstmals) (in der|in|auf|bei|im) {publisher}( erschienen)?",
            "(dieser|der) (artikel|text|beitrag) (erschien|ist) (zuerst|zunächst|ursprünglich|erstmals) am {pubdate} (in der|in|auf|bei|im) {publisher}( erschienen)?",
            "(dieser|der) (artikel|text|beitrag) (erschien|ist) (zuerst|zunächst|ursprünglich|erstmals) am {pubdate}( erschienen)?",
            "(dieser|der) (artikel|text|beitrag) (wurde) (zuerst|zunächst|ursprünglich|erstmals) (in der|in|auf|bei|im|von) {publisher} (veröffentlicht|publiziert)",
            "erschienen in {publisher}",
            "aus {publisher} [0-9]+/[0-9]+",
            "dieser (artikel|text|beitrag) erschien zuerst bei {publisher}. wir danken {any}",
            "zuerst erschienen (in|auf|bei|im) {publisher}",
        ],
        &[Link(OriginalUrl)],
    ),
    rule(
        "licence.publie",
        &[113, 120],
        TAIL | CUT | HEAD,
        &[
            "(cet|l') ?article (a été|est) (initialement |d'abord )?(publié|paru) (initialement |d'abord )?(dans|sur|par) {publisher}",
            "(este|el) artículo (apareció|se publicó) (originalmente|primero|por primera vez) en {publisher}",
            "(este|o) artigo foi publicado originalmente (em|no|na|pelo|pela|por) {publisher}",
            "(questo|l') ?articolo è (stato )?(originariamente )?(pubblicato|apparso) (originariamente |per la prima volta )?su {publisher}",
            "dit artikel verscheen (eerder|eerst|oorspronkelijk) (op|in) {publisher}",
        ],
        &[Link(OriginalUrl)],
    ),
];
