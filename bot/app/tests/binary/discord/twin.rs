//! The binary on a Discord that somebody else wrote: the npm package `discord-digital-twin`. What our own
//! fake and our own client might both have misunderstood is seen here.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::Command,
    sync::Mutex,
    time::Duration,
};

use countersign_fakes::discord::Papers;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::stage::SOON;
use crate::{
    program::{BINARY, Program, command, now},
    terminal::folder,
};

/// How often it is looked whether something has come.
const LOOK: Duration = Duration::from_millis(50);
/// How often the packages are asked for: a registry fails now and then.
const TRIES: usize = 3;
/// The platform's flag of a message that one person alone sees.
const EPHEMERAL: u64 = 1 << 6;
/// Kinds of a first answer.
const MESSAGE: u64 = 4;
const MODAL: u64 = 9;

/// The driver beside its packages, made once below `target` and again when they change. The lock names
/// the replaced version of a package also where the twin asks for it: npm 9 forgets overrides there.
fn driver() -> PathBuf {
    let clients = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fakes/clients/twin");
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("twin");
    fs::create_dir_all(&home).expect("a folder below target");
    // One at a time: each test is a process of its own.
    let lock = File::create(home.join("lock")).expect("a file below target");
    lock.lock().expect("a lock on it");
    let read = |file: &str| fs::read_to_string(clients.join(file)).expect(file);
    let wanted = read("package-lock.json");
    for file in ["package.json", "package-lock.json", "drive.js"] {
        fs::write(home.join(file), read(file)).expect("a file below target");
    }
    let stamp = home.join("installed");
    if fs::read_to_string(&stamp).is_ok_and(|it| it == wanted) {
        return home.join("drive.js");
    }
    let mut said = String::new();
    for _ in 0..TRIES {
        let mut install = Command::new("npm");
        install
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            .current_dir(&home);
        let advice = "install Node.js 18 or newer with npm (packages nodejs and npm)";
        let ended = install.output();
        let ended = ended.unwrap_or_else(|error| panic!("npm: {error}; {advice}"));
        if ended.status.success() {
            fs::write(stamp, wanted).expect("a file below target");
            return home.join("drive.js");
        }
        said = String::from_utf8_lossy(&ended.stderr).into_owned();
    }
    panic!("the twin's packages cannot be installed; is npm's registry reached?\n{said}");
}

/// The twin as a process of its own, and the people in it: Ana may trade, nobody knows Mallory.
struct Twin {
    driver: Mutex<Program>,
    home: TempDir,
    token: String,
    port: u64,
}

impl Twin {
    fn start() -> Self {
        let (driver, home) = (driver(), folder());
        let papers = Papers::new().expect("a certificate");
        let write = |name: &str, text: &str| fs::write(home.path().join(name), text);
        write("ca.pem", &papers.authority).expect("a file");
        write("cert.pem", &papers.certificate).expect("a file");
        write("key.pem", &papers.key).expect("a file");
        let mut node = command("node", home.path());
        node.arg(driver).args(["cert.pem", "key.pem"]);
        let mut driver = Program::of(node);
        let told = line(&mut driver);
        let number = |value: &Value| value.as_str().expect("a number").to_owned();
        let config = format!(
            "[[operators]]\nname = \"Ana\"\nrole = \"admin\"\n\
             identities = [{{ surface = \"discord\", user = \"{}\" }}]\n\
             [discord]\nchannels = [{}]\n",
            number(&told["people"]["ana"]),
            number(&told["channel"]),
        );
        write("config.toml", &config).expect("a file");
        Self {
            driver: Mutex::new(driver),
            home,
            token: number(&told["token"]),
            port: told["port"].as_u64().expect("a port"),
        }
    }

    /// Starts the demo, which takes the twin for discord.com.
    fn demo(&self) -> Program {
        let home = self.home.path().display().to_string();
        let mut command = command(BINARY, self.home.path());
        command
            .env("COUNTERSIGN_DISCORD_TOKEN", &self.token)
            .env(
                "COUNTERSIGN_TEST_DISCORD",
                format!("127.0.0.1:{},{home}/ca.pem", self.port),
            )
            .args(["demo", "--home", &home, "--set", "web.enabled=false"]);
        Program::of(command)
    }

    /// One deed of the driver's; what it told.
    fn does(&self, deed: &Value) -> Value {
        let mut driver = self.driver.lock().expect("one story");
        driver.type_in(&format!("{deed}\n"));
        let mut said = line(&mut driver);
        assert!(said.get("failed").is_none(), "{deed}: {said}");
        said["told"].take()
    }

    /// What a deed tells, once it is what was waited for.
    fn until<T>(&self, what: &str, deed: &Value, seen: impl Fn(&Value) -> Option<T>) -> T {
        let begun = now();
        loop {
            let told = self.does(deed);
            if let Some(seen) = seen(&told) {
                return seen;
            }
            assert!(begun.elapsed() < SOON, "no {what} within {SOON:?}: {told}");
            std::thread::sleep(LOOK);
        }
    }

    /// The message that is one, once it is there.
    fn message(&self, what: &str, is: impl Fn(&Value) -> bool) -> Value {
        self.until(what, &json!({"do": "messages"}), |told| {
            let messages = told.as_array().expect("messages");
            messages.iter().find(|it| is(it)).cloned()
        })
    }

    /// The card of a ticket that waits for an answer.
    fn offer(&self) -> Value {
        self.message("card to confirm", |it| button(it, "Confirm").is_some())
    }

    /// The first answer to what was pressed, handed in or asked.
    fn answer(&self, interaction: &Value) -> Value {
        let deed = json!({"do": "answer", "id": interaction["id"]});
        self.until("answer", &deed, |told| {
            Some(told.clone()).filter(|it| !it.is_null())
        })
    }

    fn press(&self, who: &str, card: &Value, button: &str) -> Value {
        let press = json!({"do": "press", "user": who, "message": card["id"], "button": button});
        self.answer(&self.does(&press))
    }
}

/// The next line of the driver.
fn line(driver: &mut Program) -> Value {
    let line = driver.expect(&["{"], SOON);
    serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"))
}

/// What the button with that label carries.
fn button(message: &Value, label: &str) -> Option<String> {
    let rows = message["components"].as_array()?;
    let mut buttons = rows
        .iter()
        .filter_map(|row| row["components"].as_array())
        .flatten();
    let button = buttons.find(|it| {
        it["label"]
            .as_str()
            .is_some_and(|said| said.contains(label))
    })?;
    button["custom_id"].as_str().map(str::to_owned)
}

/// An answer that only the one who asked sees; all that stands in it.
fn private(answer: &Value) -> String {
    let data = &answer["data"];
    assert_eq!(answer["type"], MESSAGE, "{answer}");
    assert_eq!(
        data["flags"].as_u64().unwrap_or_default() & EPHEMERAL,
        EPHEMERAL
    );
    format!("{} {}", data["content"], data["embeds"])
}

#[test]
fn the_binary_lives_with_a_discord_that_somebody_else_wrote() {
    let twin = Twin::start();
    let program = twin.demo();
    let card = twin.offer();
    let text = card["embeds"].to_string();
    assert!(
        text.contains("PAPER") && text.contains("Worst loss"),
        "{text}"
    );
    let (confirm, edit) = (button(&card, "Confirm"), button(&card, "Edit"));
    let (confirm, edit) = (confirm.expect("a button"), edit.expect("a button"));
    twin.until("commands", &json!({"do": "commands"}), |told| {
        (told.as_array()?.len() > 40).then_some(())
    });

    // Somebody whom nobody knows gets a private answer, and nothing else changes.
    let refused = private(&twin.press("mallory", &card, &confirm));
    assert!(refused.contains("list of operators"), "{refused}");
    let asked = json!({"do": "slash", "user": "ana", "command": "positions"});
    let told = private(&twin.answer(&twin.does(&asked)));
    assert!(told.contains("PAPER"), "{told}");

    // A form is opened and handed in: the card shows its next revision.
    let form = twin.press("ana", &card, &edit);
    assert_eq!(form["type"], MODAL, "{form}");
    let values = json!({"contracts": "1"});
    let handed_in = json!({"do": "submit", "user": "ana", "form": form["data"], "values": values});
    private(&twin.answer(&twin.does(&handed_in)));
    let is_card = |it: &Value| it["id"] == card["id"];
    let edited = twin.message("second revision", |it| {
        is_card(it) && it["embeds"].to_string().contains("revision 2")
    });

    // One press, one order; the second one is told who was first.
    let confirm = button(&edited, "Confirm").expect("a button");
    private(&twin.press("ana", &card, &confirm));
    let decided = twin.message("decided card", |it| {
        is_card(it) && button(it, "Confirm").is_none()
    });
    assert!(decided["embeds"].to_string().contains("Ana"), "{decided}");
    let late = private(&twin.press("ana", &card, &confirm));
    assert!(late.contains("Ana"), "{late}");

    quit(program, &twin);
    let asked = twin.does(&json!({"do": "asked"}));
    let asked = asked.as_array().expect("what was asked");
    let refused: Vec<_> = asked
        .iter()
        .filter(|it| it["status"].as_u64() >= Some(400) && !is_of_pins(it))
        .collect();
    assert!(refused.is_empty(), "{refused:?}");
    let pictures = asked
        .iter()
        .filter(|it| it["files"][0]["type"] == "image/png");
    assert!(pictures.count() > 0, "a card has its picture");
}

/// Ends the demo as a person does: it wrote down one order.
fn quit(mut program: Program, twin: &Twin) {
    program.press("q");
    let ran = program.end(SOON);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let orders = ran.out.lines().filter(|it| it.contains("is written down"));
    assert_eq!(orders.count(), 1, "{}", ran.out);
    for said in [&ran.out, &ran.err] {
        assert!(!said.contains(&twin.token), "the token is shown");
    }
}

/// This twin knows no pins: a board is shown unpinned there.
fn is_of_pins(asked: &Value) -> bool {
    let path = asked["path"].as_str().unwrap_or_default();
    path.contains("/pins")
}
