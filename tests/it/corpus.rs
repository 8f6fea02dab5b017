//! The corpus from outside: what is written is read, what comes in twice changes nothing, and what is wrong is said.

mod damage;
pub mod making;
mod outcomes;
mod properties;
mod refusals;
mod specimen;
