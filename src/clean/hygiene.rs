//! Text hygiene: NFC, double-encoded text, invisible characters.
