//! What the system tells a running program.

use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

/// Ctrl-C, `kill`, and a terminal that was closed.
#[cfg(unix)]
const ENDING: [i32; 3] = [SIGINT, SIGTERM, signal_hook::consts::SIGHUP];
#[cfg(not(unix))]
const ENDING: [i32; 2] = [SIGINT, SIGTERM];

/// Sets `stop` when the person interrupts (Ctrl-C) or the system asks to end; a second time ends the program at once.
pub fn stop_at_interrupt(stop: &Arc<AtomicBool>) -> io::Result<()> {
    for signal in ENDING {
        // In this order: what ends the program must find the flag as the time before left it.
        flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(stop))?;
        flag::register(signal, Arc::clone(stop))?;
    }
    Ok(())
}

/// A write beyond `ulimit -f` fails with a message, as on a full disk, instead of ending the program.
pub fn no_death_by_file_size() {
    // Where it cannot be had, all is as without it.
    #[cfg(unix)]
    let _ = flag::register(signal_hook::consts::SIGXFSZ, Arc::default());
}
