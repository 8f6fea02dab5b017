//! Plain text and Markdown -> pieces; header shapes become claims.
