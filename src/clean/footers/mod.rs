//! Attribution and boilerplate lines: rules and what they yield.
