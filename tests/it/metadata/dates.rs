//! Dates as feeds write them: optional external data beside the project (`../shared/data/dates`).

use std::path::Path;

use newsdex::clean::metadata::dates::{Context, parse};

#[test]
fn dates_of_other_readers_tests_are_read_as_they_read_them() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/dates/date_cases.tsv");
    let Ok(cases) = std::fs::read_to_string(&file) else {
        eprintln!("skipped: the optional external data `../shared/data/dates` is not there");
        return;
    };
    let mut faults = Vec::new();
    for line in cases.lines().skip(1) {
        let mut columns = line.split('\t');
        let (Some(text), Some(want)) = (columns.next(), columns.next()) else { continue };
        let read = parse(text, &Context::default());
        let right = match (want, &read) {
            // No answer was written down: a date must come out, unless day and month cannot be told apart.
            ("?", read) => read.is_some() != text.trim().is_empty(),
            ("INVALID", read) => read.is_none(),
            // Without a zone the day is known, and no instant is invented.
            (want, Some(date)) => match date.instant {
                Some(instant) => instant.to_string() == want,
                None => date.day.to_string() == want[..10] || date.iso() == want[..date.iso().len()],
            },
            (_, None) => false,
        };
        if !right {
            faults.push(format!("`{text}` should be {want}: {:?}", read.map(|date| date.iso())));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
