//! Numbers: group marks go, a decimal mark is a point.

/// Groups of digits looked at beyond the first; a longer row is read in pieces.
const MAX_GROUPS: usize = 12;

/// Reads the number that starts with the ASCII digit at `at`, appends its folded form to `out` and returns where it
/// ends (at most `end`), and up to where digits that follow are groups to be read one by one.
///
/// Groups of exactly three after a first group of one to three that does not start with 0, all parted by the same
/// mark (`,` `.` `'` or a no-break or thin space), are one number; a last different `,` or `.` and its digits are the
/// decimals. A single `.` or `,` before any other number of digits is a decimal mark. All else (`1,2,3`, `12.06.2025`)
/// is read group by group.
pub(super) fn read(text: &str, at: usize, end: usize, out: &mut String) -> (usize, usize) {
    let bytes = &text.as_bytes()[..end];
    let first = digits(bytes, at);
    let mut groups = [(0usize, 0usize); MAX_GROUPS];
    let mut marks = ['\0'; MAX_GROUPS];
    let (mut count, mut position) = (0, first);
    while count < MAX_GROUPS {
        let Some((mark, next)) = mark(text, position, end) else { break };
        let stop = digits(bytes, next);
        if stop == next || (is_space(mark) && stop - next != 3) {
            break;
        }
        groups[count] = (next, stop);
        marks[count] = mark;
        count += 1;
        position = stop;
    }
    let (groups, marks) = (&groups[..count], &marks[..count]);
    out.push_str(&text[at..first]);
    let Some(&(_, last)) = groups.last() else { return (first, at) };
    let leads = first - at <= 3 && bytes[at] != b'0';
    let triple = |group: &(usize, usize)| group.1 - group.0 == 3;
    // The number of leading groups of three that share the first mark.
    let same = groups.iter().zip(marks).take_while(|(group, mark)| triple(group) && **mark == marks[0]).count();
    if leads && same == count {
        groups.iter().for_each(|&(a, b)| out.push_str(&text[a..b]));
        return (last, at);
    }
    if leads && same > 0 && same + 1 == count && matches!(marks[same], '.' | ',') && marks[same] != marks[0] {
        groups[..same].iter().for_each(|&(a, b)| out.push_str(&text[a..b]));
        out.push('.');
        out.push_str(&text[groups[same].0..last]);
        return (last, at);
    }
    if let (1, '.', _) | (1, ',', true) = (count, marks[0], first - at <= 3) {
        out.push('.');
        out.push_str(&text[groups[0].0..last]);
        return (last, at);
    }
    if leads && is_space(marks[0]) && same > 0 {
        // A space that groups needs no further evidence: what follows it is another number.
        groups[..same].iter().for_each(|&(a, b)| out.push_str(&text[a..b]));
        return (groups[same - 1].1, at);
    }
    (first, last)
}

fn digits(bytes: &[u8], at: usize) -> usize {
    at + bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count()
}

fn is_space(mark: char) -> bool {
    mark == ' '
}

/// The mark at `at` (all grouping spaces as one) and where it ends.
fn mark(text: &str, at: usize, end: usize) -> Option<(char, usize)> {
    match text.as_bytes().get(at)? {
        _ if at >= end => None,
        b',' => Some((',', at + 1)),
        b'.' => Some(('.', at + 1)),
        b'\'' => Some(('\'', at + 1)),
        b if b.is_ascii() => None,
        _ => match text[at..end].chars().next()? {
            c @ ('\u{a0}' | '\u{202f}' | '\u{2009}') => Some((' ', at + c.len_utf8())),
            '’' => Some(('\'', at + 3)),
            _ => None,
        },
    }
}
