//! Tar archives.

use super::zips::passed_over;
use super::{leads_out, too_deep};
use crate::model::Reason;
use crate::source::input::{Context, End, Flow, Input, Sink};
use crate::source::sniff::Head;
use crate::source::{Source, read};

/// A tar archive.
pub struct Tar;

/// Whether a block is a tar header: its checksum is that of its bytes.
fn is_header(block: &[u8]) -> bool {
    let Some(block) = block.get(..512) else { return false };
    let written = String::from_utf8_lossy(&block[148..156]);
    let written = written.trim_matches(|c: char| c == '\0' || c == ' ');
    let Ok(written) = u32::from_str_radix(written, 8) else { return false };
    let sum: u32 =
        block.iter().enumerate().map(|(at, b)| if (148..156).contains(&at) { 32 } else { u32::from(*b) }).sum();
    sum == written && block[0] != 0
}

impl Source for Tar {
    fn name(&self) -> &'static str {
        "a tar archive"
    }

    fn recognises(&self, head: &Head<'_>) -> bool {
        is_header(head.bytes)
    }

    fn read(&self, input: Input<'_>, context: Context<'_>, sink: &mut Sink<'_>) -> Flow {
        let origin = input.origin.clone();
        if too_deep(&origin, context, sink)? {
            return Flow::Continue(());
        }
        let mut archive = tar::Archive::new(input);
        let entries = match archive.entries() {
            Ok(entries) => entries,
            Err(error) => return sink.reject(origin, Reason::Damaged, format!("a tar archive: {error}")),
        };
        for entry in entries {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let end = End::of(&error);
                    return sink.reject(origin, end.reason(), format!("a tar archive that breaks off: {error}"));
                }
            };
            let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            if !entry.header().entry_type().is_file() || passed_over(&name) {
                continue;
            }
            let mut place = origin.clone();
            place.members.push(name.clone());
            place.number = 1;
            if leads_out(&name) {
                sink.reject(place, Reason::Hostile, "a member whose path leads out of its archive")?;
                continue;
            }
            read(Input::new(place, entry), Context { depth: context.depth + 1, ..context }, sink)?;
        }
        Flow::Continue(())
    }
}
