//! A page or fragment of HTML -> pieces of text and claims.
