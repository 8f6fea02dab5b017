//! Lines that look like credits of the article and are none: those of the book, the film or the hymn that it is about, and
//! the first words of a sentence.

use std::sync::LazyLock;

use regex::Regex;

use crate::clean::draft::{Draft, Piece};

/// How many lines of a row stand between a credit and one that tells what it is of.
const ROW: usize = 3;
/// Longest line of such a row, in bytes.
const MOST_BYTES: usize = 140;

/// Whether a line names what only a work has: its pages, its cast, its melody, its publisher.
pub(in crate::clean) fn tells_of_a_work(line: &str) -> bool {
    static WORK: LazyLock<Regex> = LazyLock::new(|| {
        // The pattern is ours and is tested.
        Regex::new(
            r#"(?ix)^\W*(?:
              (?:directed|screenplay|music|choreographed|conducted|composed)\ by\b | starring\b
            | (?:cast|running\ time|runtime|rated|director|screenplay|cinematography|distributor|genre|melody|tune|lyrics|libretto
              |isbn(?:-1[03])?|pages|publisher|price|hardcover|paperback|ebook
              |regie|drehbuch|darsteller|besetzung|melodie|musik|seiten|verlag|preis
              |réalisation|réalisateur|scénario|distribution|interprètes|musique|éditeur|éditions|prix
              |dirección|guion|guión|reparto|intérpretes|música|editorial|páginas|precio|direção|roteiro|elenco|editora|preço
              |regia|sceneggiatura|interpreti|musica|editore|pagine|prezzo|uitgever|uitgeverij|pagina['’]s|prijs
              |режиссёр|режиссер|сценарий|в\ ролях|издательство|страниц)\ ?[:：]
            | ["“„«][^"“”»]{2,80}["”“»],?\ (?:by|von|par|de|di|door)\ \p{Lu}
            )
            | (?:^|[\ ,;(])[0-9]{2,4}\ (?:pp?\.|pp|pages|seiten|páginas|págs?\.|pagine|pag\.|sidor|sider|stron|с\.|стр\.)(?:[,;.)]|$)"#,
        )
        .expect("a valid pattern")
    });
    line.len() <= MOST_BYTES && WORK.is_match(line)
}

/// Whether the credit at `at` stands in a row of lines that tell of a work: `Directed by …`, `Written by …`, `Starring …`.
pub(super) fn is_of_a_work(draft: &Draft, at: usize) -> bool {
    let row = |piece: &&Piece| piece.text.len() <= MOST_BYTES;
    let above = draft.pieces[..at].iter().rev().take(ROW).take_while(row);
    let below = draft.pieces[at + 1..].iter().take(ROW).take_while(row);
    above.chain(below).any(|piece| tells_of_a_work(&piece.text))
}

/// Whether the block below `at` goes on in small letters, so that the line is part of its sentence: `By Lake Como`, and below
/// it `the villas have stood empty`.
pub(super) fn goes_on(draft: &Draft, at: usize) -> bool {
    let below = draft.pieces[at + 1..].iter().find(|piece| piece.kept() && !piece.text.trim().is_empty());
    let first = below.and_then(|piece| piece.text.split_whitespace().next());
    first.is_some_and(|word| {
        let word = word.trim_end_matches([',', '.', ';', ':', '!', '?']);
        !word.is_empty() && word.chars().all(|c| c.is_lowercase() || matches!(c, '\'' | '’' | '-'))
    })
}

#[cfg(test)]
mod tests {
    use super::tells_of_a_work;

    #[test]
    fn lines_of_works() {
        for (line, work) in [
            ("Directed by Paula Reyes", true),
            ("Starring Ana Duarte and Tom Vale", true),
            ("Pages: 140", true),
            ("Verlag: Nordtor", true),
            ("Harrow, 320 pp., $28", true),
            ("Melody: Johann Cray", true),
            ("“Salt and Iron” by Carol Aske, Northgate", true),
            ("В ролях: Анна Лис", true),
            ("Written by Joel Smith", false),
            ("Photo: Ada Moss", false),
            ("Section: World", false),
            ("The report of 320 pages was published on Monday", false),
            ("“We were told to wait”, said the mayor", false),
            ("Editor: Ada Moss", false),
        ] {
            assert_eq!(tells_of_a_work(line), work, "{line}");
        }
    }
}
