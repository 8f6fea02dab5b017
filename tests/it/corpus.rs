//! The corpus from outside: what is written is read, what comes in twice changes nothing, and what is wrong is said.

mod damage;
mod making;
mod outcomes;
mod properties;
mod refusals;
mod specimen;
