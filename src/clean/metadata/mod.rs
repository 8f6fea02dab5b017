//! Claims -> title, authors, dates, language, provenance.
