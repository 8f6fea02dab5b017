//! The README's commands run, and print what it says they print.
//!
//! `NEWSDEX_BLESS=1 cargo test --test it readme` writes what they print today into the README; read the change before
//! committing it.

use std::path::Path;
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use crate::sandbox::Sandbox;

/// Held by whichever test may write the README.
static README: Mutex<()> = Mutex::new(());

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What differs from run to run and machine to machine.
fn steady(line: &str) -> String {
    let mut out = String::new();
    for word in line.split(' ') {
        let number = word.trim_end_matches([',', ';', 's']).parse::<f64>().is_ok();
        let stamp = word.len() > 20 && word.as_bytes()[10] == b'T' && word.ends_with('Z');
        out.push_str(match () {
            () if stamp => "TIME",
            () if number && (line.contains("documents/s") || line.contains(" in ")) => "N",
            () => word,
        });
        out.push(' ');
    }
    out.trim_end().to_owned()
}

/// Runs `command` in a shell where `newsdex` is the program under test, in a folder that looks like a clone.
fn run(command: &str, sandbox: &Sandbox) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_newsdex")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let output = Command::new("bash")
        .args(["-c", &format!("{command} 2>&1")])
        .env("PATH", path)
        .env("NO_COLOR", "1")
        .env("COLUMNS", "80")
        .env_remove("NEWSDEX_HOME")
        .current_dir(sandbox.path("."))
        .output()
        .unwrap();
    let code = output.status.code().unwrap_or(-1);
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!((0..=2).contains(&code), "`{command}` ended with {code}:\n{printed}");
    printed.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim_end().to_owned()
}

fn clone_of_the_project() -> Sandbox {
    let sandbox = Sandbox::new();
    std::fs::create_dir_all(sandbox.path("corpus")).unwrap();
    std::os::unix::fs::symlink(root().join("corpus/samples"), sandbox.path("corpus/samples")).unwrap();
    // The home is found from here, as in a clone.
    sandbox.write("newsdex.toml", "");
    sandbox
}

#[test]
fn the_tour_prints_what_the_readme_shows() {
    let _held = README.lock().unwrap_or_else(PoisonError::into_inner);
    let path = root().join("README.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let sandbox = clone_of_the_project();
    let (mut made, mut wrong, mut commands) = (String::new(), Vec::new(), 0);
    let mut lines = text.lines().peekable();
    let mut inside = false;
    while let Some(line) = lines.next() {
        made.push_str(line);
        made.push('\n');
        if line.starts_with("```") {
            inside = line == "```console";
            continue;
        }
        let Some(command) = line.strip_prefix("$ ").filter(|_| inside) else { continue };
        let mut shown = Vec::new();
        while let Some(next) = lines.next_if(|l| !l.starts_with("$ ") && !l.starts_with("```")) {
            shown.push(next);
        }
        let blank = shown.iter().rev().take_while(|l| l.is_empty()).count();
        let printed = run(command, &sandbox);
        commands += 1;
        let same = |l: &str| l.lines().map(steady).collect::<Vec<_>>();
        if same(&printed) != same(shown.join("\n").trim_end()) {
            wrong.push(format!("`{command}` prints\n{printed}"));
        }
        made.push_str(&printed);
        made.push_str(&"\n".repeat(usize::from(!printed.is_empty()) + blank));
    }
    assert!(commands >= 25, "only {commands} commands were found in the README");
    if std::env::var_os("NEWSDEX_BLESS").is_some() {
        std::fs::write(&path, made).unwrap();
        return;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn the_two_commands_of_a_fresh_machine() {
    let text = std::fs::read_to_string(root().join("README.md")).unwrap();
    let ci = std::fs::read_to_string(root().join(".ci/run")).unwrap();
    let blocks: Vec<&str> = text.split("```sh\n").skip(1).map(|b| b.split("```").next().unwrap().trim()).collect();
    let [first, second] = blocks[..2] else { panic!("two commands come first") };
    // The first builds, then does the main job: the job is run here with the program under test.
    let (build, job) = first.split_once(" && ").unwrap();
    assert_eq!(build, "cargo build --release");
    let sandbox = clone_of_the_project();
    let printed = run(&job.replace("target/release/newsdex", "newsdex"), &sandbox);
    let flat = printed.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains("**safe-third country**") && flat.contains("**safe third country**"), "{printed}");
    // The second passes the tests, and is what CI calls.
    assert!(ci.lines().any(|line| line == second), "`{second}` is not what .ci/run calls");
}

#[test]
fn every_line_of_the_table_of_formats_gives_what_it_says() {
    let _held = README.lock().unwrap_or_else(PoisonError::into_inner);
    let text = std::fs::read_to_string(root().join("README.md")).unwrap();
    let table = text.split("## What it reads").nth(1).unwrap().split("\n## ").next().unwrap();
    let mut made = text.clone();
    let mut wrong = Vec::new();
    let rows: Vec<&str> = table.lines().filter(|line| line.contains("| `newsdex ")).collect();
    assert!(rows.len() > 25, "{} lines in the table of formats", rows.len());
    // But for its head and the line below that, each has a command that is run.
    assert_eq!(table.lines().filter(|line| line.starts_with('|')).count(), rows.len() + 2);
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        let [_, command, says] = cells[..] else { panic!("three cells in {row}") };
        let sandbox = Sandbox::new();
        let mut args: Vec<&str> = command.trim_matches('`').split(' ').skip(1).collect();
        let file = root().join(args.pop().unwrap()).to_string_lossy().into_owned();
        args.extend(["--json", &file]);
        let ran = sandbox.run(&args);
        let report: serde_json::Value =
            serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{command}: {error}: {}{}", ran.out, ran.err));
        let some = |key: &str| report[key].as_u64().filter(|count| *count > 0).map(|count| format!("{count} {key}"));
        let got: Vec<String> = ["added", "duplicate", "rejected"].into_iter().filter_map(some).collect();
        let got = got.join(", ");
        if got != says {
            wrong.push(format!("{command}: says `{says}`, gives `{got}`: {}", ran.out));
            made = made.replace(row, &row.replace(&format!("| {says} |"), &format!("| {got} |")));
        }
    }
    if std::env::var_os("NEWSDEX_BLESS").is_some() {
        std::fs::write(root().join("README.md"), made).unwrap();
        return;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
