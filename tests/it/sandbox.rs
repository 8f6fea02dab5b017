//! A home of its own for each test, and the program run in it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A temporary folder that is a home.
pub struct Sandbox {
    folder: tempfile::TempDir,
}

/// What a run printed and how it ended.
pub struct Ran {
    pub out: String,
    pub err: String,
    pub code: i32,
}

impl Sandbox {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A home that holds the sample corpus.
    pub fn with_samples() -> Self {
        let sandbox = Self::new();
        let ran = sandbox.run(&["ingest", &samples()]);
        assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
        sandbox
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_newsdex"));
        command.args(args).env("NEWSDEX_HOME", self.folder.path()).env("NO_COLOR", "1").current_dir(self.folder.path());
        command.stdin(Stdio::null());
        command
    }

    pub fn run(&self, args: &[&str]) -> Ran {
        Ran::of(self.command(args).output().unwrap())
    }
}

impl Ran {
    pub fn of(output: Output) -> Self {
        Self {
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
            code: output.status.code().unwrap_or(-1),
        }
    }

    /// Fails unless the run ended with `code`; gives what it printed.
    pub fn ended(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout:\n{}\nstderr:\n{}", self.out, self.err);
        self
    }

    /// The objects it printed: those of one JSON list, else one a line.
    pub fn json(&self) -> Vec<serde_json::Value> {
        if let Ok(serde_json::Value::Array(all)) = serde_json::from_str(&self.out) {
            return all;
        }
        self.out.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"))).collect()
    }
}

/// The sample corpus.
pub fn samples() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/samples").to_string_lossy().into_owned()
}
