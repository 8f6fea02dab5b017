//! What mail programs call the parts of a message's head, and how they say that a message was handed on. Two rooms read
//! such heads, which may not see one another: one finds the message in a mail, the other the head in a text.

/// A part of a message's head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailField {
    /// Who sent it.
    From,
    /// To whom.
    To,
    /// When.
    Date,
    /// What it is about.
    Subject,
    /// Anything else.
    Other,
}

/// Names of the parts as programs write them, lowercase.
const NAMES: &[(MailField, &[&str])] = &[
    (
        MailField::From,
        &[
            "from",
            "von",
            "de",
            "da",
            "van",
            "från",
            "fra",
            "lähettäjä",
            "od",
            "от",
            "发件人",
            "寄件者",
            "差出人",
            "sender",
        ],
    ),
    (
        MailField::To,
        &[
            "to",
            "an",
            "à",
            "para",
            "a",
            "aan",
            "till",
            "til",
            "do",
            "кому",
            "收件人",
            "收件者",
            "宛先",
            "cc",
            "bcc",
            "kopie",
        ],
    ),
    (
        MailField::Date,
        &[
            "date",
            "sent",
            "datum",
            "gesendet",
            "envoyé",
            "fecha",
            "enviado",
            "enviado el",
            "data",
            "inviato",
            "enviada em",
            "verzonden",
            "skickat",
            "sendt",
            "dato",
            "wysłano",
            "дата",
            "отправлено",
            "日期",
            "发送时间",
            "日時",
            "送信日時",
        ],
    ),
    (
        MailField::Subject,
        &[
            "subject",
            "betreff",
            "objet",
            "asunto",
            "oggetto",
            "assunto",
            "onderwerp",
            "ämne",
            "emne",
            "aihe",
            "temat",
            "тема",
            "主题",
            "主旨",
            "件名",
        ],
    ),
    (
        MailField::Other,
        &[
            "reply-to",
            "message-id",
            "return-path",
            "mime-version",
            "content-type",
            "content-transfer-encoding",
            "list-id",
            "importance",
            "antwort an",
            "organization",
            "user-agent",
            "x-mailer",
            "attachments",
            "priority",
        ],
    ),
];

/// How the line begins, in words, by which a program says that a message follows.
const HANDED_ON: &[&str] = &[
    "forwarded message",
    "begin forwarded message",
    "original message",
    "weitergeleitete nachricht",
    "anfang der weitergeleiteten nachricht",
    "ursprüngliche nachricht",
    "originalnachricht",
    "message transféré",
    "message d'origine",
    "début du message réexpédié",
    "début du message transféré",
    "mensaje reenviado",
    "mensaje original",
    "messaggio inoltrato",
    "messaggio originale",
    "inizio messaggio inoltrato",
    "mensagem encaminhada",
    "mensagem original",
    "doorgestuurd bericht",
    "begin doorgestuurd bericht",
    "oorspronkelijk bericht",
    "vidarebefordrat meddelande",
    "videresendt",
    "przekazana wiadomość",
    "пересылаемое сообщение",
];

impl MailField {
    /// What a name says that stands before a colon; nothing if no program writes it. Programs begin it with a capital, a
    /// sentence may go on with it in small letters.
    pub fn of(name: &str) -> Option<Self> {
        let written = name.chars().next().is_some_and(|c| !c.is_lowercase());
        let name = name.to_lowercase();
        NAMES.iter().find(|(_, names)| written && names.contains(&name.as_str())).map(|(field, _)| *field)
    }
}

/// Whether a line is the one by which a program says that a message follows. Between rules it may go on behind these
/// words, bare it may not: a sentence can begin with them.
pub fn hands_on(line: &str) -> bool {
    let line = line.trim();
    if line.len() > 120 {
        return false;
    }
    let ruled = line.starts_with("--");
    let words = line.trim_matches(['-', ' ', ':', '*', '_']).to_lowercase();
    HANDED_ON.iter().any(|said| {
        words.strip_prefix(said).is_some_and(|rest| {
            let opens = ["begin", "anfang", "début", "inizio"].iter().any(|opening| said.starts_with(opening));
            ruled || rest.is_empty() && (opens || line.ends_with(':'))
        })
    })
}
