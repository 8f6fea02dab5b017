//! Rows as databases write them out (MySQL's `SELECT … INTO OUTFILE` and `mysqldump --tab`, PostgreSQL's `COPY`): tabs
//! between cells, no quotes, a backslash before what would end a cell or a row, and `\\N` for nothing.

/// Rows of a sample that are looked at.
const LOOKED_AT: usize = 200;

/// Whether a table is written so. Told by a cell `\\N`, in rows that have as many cells as there are columns. Other programs
/// write it too, between cells in quotes or beside paths of Windows: then quotes and backslashes mean what they mean there.
pub fn is_escaped(sample: &str, delimiter: u8, columns: usize) -> bool {
    let delimiter = char::from(delimiter);
    let rows = || sample.lines().take(LOOKED_AT).map(|row| row.split(delimiter));
    delimiter == '\t'
        && rows().any(|mut cells| cells.clone().count() == columns && cells.any(|cell| cell == "\\N"))
        && !rows().any(|mut cells| cells.any(is_quoted))
        && sample.lines().take(LOOKED_AT).all(escapes_alone)
}

/// Whether a cell stands in quotes, or what a line holds of one that goes on.
fn is_quoted(cell: &str) -> bool {
    let Some(rest) = cell.strip_prefix('"') else { return false };
    rest.ends_with('"') || rest.contains("\"\"") || rest.matches('"').count() % 2 == 0
}

/// Whether each backslash of a line stands before what a database puts it before, and none of them in a path of Windows.
fn escapes_alone(line: &str) -> bool {
    let mut chars = line.chars();
    let mut before = [' ', ' '];
    while let Some(c) = chars.next() {
        if c == '\\' {
            let next = chars.next();
            let drive = before[1] == ':' && before[0].is_ascii_alphabetic() && next != Some('\\');
            if drive || !matches!(next, None | Some('n' | 'r' | 't' | 'N' | '0' | '\\' | '\t')) {
                return false;
            }
        }
        before = [before[1], c];
    }
    true
}

/// Whether a line ends within a cell: behind a backslash that is none of the text's own.
pub fn goes_on(line: &[u8]) -> bool {
    let Some(line) = line.strip_suffix(b"\n") else { return false };
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    line.iter().rev().take_while(|b| **b == b'\\').count() % 2 == 1
}

/// The cells of a row.
pub fn escaped(record: &str, delimiter: u8) -> Vec<String> {
    let record = record.strip_suffix('\n').unwrap_or(record);
    let record = record.strip_suffix('\r').unwrap_or(record);
    let mut cells = vec![String::new()];
    let mut nothing = vec![false];
    let mut chars = record.chars();
    while let Some(c) = chars.next() {
        let (Some(cell), Some(none)) = (cells.last_mut(), nothing.last_mut()) else { break };
        match c {
            '\\' => match chars.next() {
                Some('n') => cell.push('\n'),
                Some('t') => cell.push('\t'),
                Some('r' | '0' | 'b' | 'Z' | 'f' | 'v') => {}
                Some('N') if cell.is_empty() => *none = true,
                Some(other) => cell.push(other),
                None => cell.push('\\'),
            },
            c if c == char::from(delimiter) => {
                cells.push(String::new());
                nothing.push(false);
            }
            c => {
                // `\\Name` is no sign for nothing.
                if std::mem::take(none) {
                    cell.push('N');
                }
                cell.push(c);
            }
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_database_wrote_is_read() {
        assert_eq!(
            escaped("1\tFerry \"stops\tOne.\\nTwo\\tand \\\\ three\\\nfour\t\\N\t\\Now\n", b'\t'),
            ["1", "Ferry \"stops", "One.\nTwo\tand \\ three\nfour", "", "Now"]
        );
        assert!(goes_on(b"a\\\n") && goes_on(b"a\\\r\n") && !goes_on(b"a\\\\\n") && !goes_on(b"a\n"));
        let table = "id\ttitle\tbody\n1\tFerry\t\\N\n";
        assert!(is_escaped(table, b'\t', 3) && !is_escaped(table, b'\t', 4));
        // Paths, and tables that have no such cell, are read as ever.
        assert!(!is_escaped("id\tpath\n1\tC:\\News\n", b'\t', 2) && !is_escaped("id,a\n1,\\N\n", b',', 2));
        for other in [
            "\"1\"\t\"Ferry stops\"\t\\N\n",
            "1\t\"The \"\"Orlen\"\" stops.\n\nNobody knows.\"\tAda\n2\tFerry\t\\N\n",
            "1\tIn C:\\temp\\new it stands.\t\\N\n",
            "1\tIn \\\\server\\share it stands.\t\\N\n",
        ] {
            assert!(!is_escaped(&format!("id\ttitle\tbody\n{other}"), b'\t', 3), "{other}");
        }
        assert!(is_escaped("1\t\"Ferry\" stops\\nat C:\\\\temp\t\\N\n", b'\t', 3));
    }
}
