//! What newsdex keeps in the payload of a commit, which stands in `meta.json`.

use serde::{Deserialize, Serialize};

use super::{schema, stems};
use crate::error::{Error, ErrorKind, Result};

/// What stands in the payload of a commit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Payload {
    /// The corpus revision that the index has reached.
    pub(super) revision: u64,
    /// The lists of stems.
    pub(super) stems: Vec<stems::Named>,
}

/// Its form on disk. Older formats had no checksum.
#[derive(Serialize, Deserialize)]
struct Written {
    format: u32,
    revision: u64,
    stems: Vec<stems::Named>,
    #[serde(default)]
    sum: u32,
}

impl Written {
    /// CRC-32 of all the rest: a revision that is off by a digit would hide articles that the index never got.
    fn sum(&self) -> serde_json::Result<u32> {
        let said = serde_json::to_vec(&(self.format, self.revision, &self.stems))?;
        Ok(crc32fast::hash(&said))
    }
}

impl Payload {
    /// # Errors
    /// It is damaged, or of another format.
    pub(super) fn read(text: &str) -> Result<Self> {
        let unreadable = |e| Error::new(ErrorKind::Index, "its revision cannot be read").because(e);
        let written: Written = serde_json::from_str(text).map_err(unreadable)?;
        let whole = written.sum == written.sum().map_err(unreadable)?;
        if written.format != schema::FORMAT {
            let said = format!("it has format {} and this newsdex writes format {}", written.format, schema::FORMAT);
            return Err(Error::new(if whole { ErrorKind::IndexVersion } else { ErrorKind::Index }, said));
        }
        if !whole {
            return Err(Error::new(ErrorKind::Index, "what its last commit says of itself is not as it was written"));
        }
        Ok(Self { revision: written.revision, stems: written.stems })
    }

    /// # Errors
    /// None that is known: plain data can be written as JSON.
    pub(super) fn write(&self) -> Result<String> {
        let unwritable = |e| Error::new(ErrorKind::Index, "its revision cannot be written").because(e);
        let mut written =
            Written { format: schema::FORMAT, revision: self.revision, stems: self.stems.clone(), sum: 0 };
        written.sum = written.sum().map_err(unwritable)?;
        serde_json::to_string(&written).map_err(unwritable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_digit_changes_unnoticed() {
        let payload = Payload { revision: 17, stems: Vec::new() };
        let said = payload.write().unwrap();
        assert_eq!(Payload::read(&said).unwrap(), payload);
        for (at, sign) in said.char_indices().filter(|(_, sign)| sign.is_ascii_digit()) {
            let mut other = said.clone();
            other.replace_range(at..at + 1, if sign == '1' { "2" } else { "1" });
            assert_eq!(Payload::read(&other).unwrap_err().kind(), ErrorKind::Index, "{other}");
        }
    }

    #[test]
    fn another_format_is_no_damage() {
        let mut older = Written { format: schema::FORMAT - 1, revision: 17, stems: Vec::new(), sum: 0 };
        older.sum = older.sum().unwrap();
        let error = Payload::read(&serde_json::to_string(&older).unwrap()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::IndexVersion);
    }
}
