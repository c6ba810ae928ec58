//! A headless Chromium with its driver, in a folder of its own; nothing of it outlives the test.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Stdio},
    time::Duration,
};

use fantoccini::{Client, ClientBuilder, Locator, elements::Element, wd::Capabilities};
use hyper_util::client::legacy::connect::HttpConnector;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::program::command;

/// The longest that the page may take for anything.
pub(crate) const PATIENCE: Duration = Duration::from_secs(40);

/// How a page is looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    pub(crate) name: &'static str,
    width: u32,
    phone: bool,
    scheme: &'static str,
}

/// Desktop and phone, light and dark.
pub(crate) const LOOKS: [Look; 4] = [
    look("desktop-light", 1280, false, "light"),
    look("desktop-dark", 1280, false, "dark"),
    look("phone-light", 390, true, "light"),
    look("phone-dark", 390, true, "dark"),
];

const fn look(name: &'static str, width: u32, phone: bool, scheme: &'static str) -> Look {
    Look {
        name,
        width,
        phone,
        scheme,
    }
}

/// A browser that is driven.
pub(crate) struct Chrome {
    pub(crate) page: Client,
    driver: Driver,
    session: String,
    http: reqwest::Client,
}

/// The driver's process, and the folder by which everything that it starts is known.
struct Driver {
    child: Child,
    port: u16,
    folder: TempDir,
}

impl Driver {
    /// Starts it on a port that it finds free.
    fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut driver = command("chromedriver", folder.path());
        driver
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = driver
            .spawn()
            .expect("chromedriver starts; tests/run installs it");
        let out = BufReader::new(child.stdout.take().expect("its output"));
        let mut lines = out.lines().map_while(Result::ok);
        let port = lines.find_map(|line| {
            let (_, port) = line.split_once("started successfully on port ")?;
            port.trim_end_matches('.').parse().ok()
        });
        // What else it says is read, so that it never waits for a reader.
        std::thread::spawn(move || lines.for_each(drop));
        Self {
            child,
            port: port.expect("chromedriver says its port"),
            folder,
        }
    }

    /// Every process that was started with our folder on its command line.
    fn started(&self) -> Vec<Pid> {
        let ours = self.folder.path().display().to_string();
        let all = fs::read_dir("/proc").into_iter().flatten().flatten();
        let is_ours = |path: PathBuf| {
            let line = fs::read(path.join("cmdline")).ok()?;
            let id = path.file_name()?.to_str()?.parse().ok()?;
            String::from_utf8_lossy(&line)
                .contains(&ours)
                .then(|| Pid::from_raw(id))?
        };
        all.filter_map(|entry| is_ours(entry.path())).collect()
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        for id in self.started() {
            // It may have ended since.
            let _ = kill_process(id, Signal::KILL);
        }
    }
}

impl Chrome {
    /// Starts a browser with an empty page.
    pub(crate) async fn start() -> Self {
        let driver = Driver::start();
        let profile = driver.folder.path().join("profile");
        let Value::Object(capabilities) = capabilities(&profile) else {
            panic!("capabilities are an object");
        };
        let capabilities: Capabilities = capabilities;
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let url = format!("http://127.0.0.1:{}", driver.port);
        let page = builder.capabilities(capabilities).connect(&url).await;
        let page = page.expect("Chromium starts; tests/run installs it");
        let session = page.session_id().await.expect("its name");
        let chrome = Self {
            session: session.expect("a session"),
            page,
            driver,
            http: reqwest::Client::new(),
        };
        // Its own start page is no business of ours.
        let empty = chrome.page.goto("about:blank").await;
        empty.expect("an empty page");
        chrome.requests().await;
        chrome.complaints().await;
        chrome
    }

    /// Closes it.
    pub(crate) async fn close(self) {
        let _ = self.page.close().await;
        drop(self.driver);
    }

    /// Asks the driver for something that only this browser's driver knows.
    async fn ask(&self, path: &str, body: &Value) -> Value {
        let (port, session) = (self.driver.port, &self.session);
        let url = format!("http://127.0.0.1:{port}/session/{session}/{path}");
        let answer = self.http.post(url).json(body).send().await;
        let answer: Value = answer.expect("an answer").json().await.expect("JSON");
        answer["value"].clone()
    }

    async fn devtools(&self, command: &str, params: Value) {
        let body = json!({ "cmd": command, "params": params });
        let answer = self.ask("goog/cdp/execute", &body).await;
        assert!(answer.get("error").is_none(), "{command}: {answer}");
    }

    /// Looks at the page like this from now on.
    pub(crate) async fn look(&self, look: Look, height: u64) {
        let size = json!({
            "width": look.width,
            "height": height,
            "deviceScaleFactor": if look.phone { 2 } else { 1 },
            "mobile": look.phone,
        });
        self.devtools("Emulation.setDeviceMetricsOverride", size)
            .await;
        let scheme = json!({ "name": "prefers-color-scheme", "value": look.scheme });
        let media = json!({ "features": [scheme] });
        self.devtools("Emulation.setEmulatedMedia", media).await;
    }

    /// Pictures of the whole page in every look.
    pub(crate) async fn pictures(&self, name: &str) {
        let folder = pictures();
        for look in LOOKS {
            let window = if look.phone { 844 } else { 900 };
            self.look(look, window).await;
            let height = self.number("document.documentElement.scrollHeight").await;
            let height = height.clamp(window, 12_000);
            self.look(look, height).await;
            let wide = self.number("document.documentElement.scrollWidth").await;
            assert!(
                wide <= u64::from(look.width),
                "{name} is {wide} wide on {look:?}"
            );
            let picture = self.page.screenshot().await.expect("a picture");
            let file = folder.join(format!("{name}-{}.png", look.name));
            fs::write(file, picture).expect("a picture");
        }
        self.look(LOOKS[0], 900).await;
    }

    /// What a script makes.
    pub(crate) async fn script(&self, expression: &str) -> Value {
        let script = format!("return {expression};");
        let made = self.page.execute(&script, Vec::new()).await;
        made.unwrap_or_else(|error| panic!("{expression}: {error}"))
    }

    async fn number(&self, expression: &str) -> u64 {
        let made = self.script(&format!("Math.ceil({expression})")).await;
        made.as_u64()
            .unwrap_or_else(|| panic!("{expression}: {made}"))
    }

    /// Waits for an element.
    pub(crate) async fn wait(&self, css: &str) -> Element {
        let found = self
            .page
            .wait()
            .at_most(PATIENCE)
            .for_element(Locator::Css(css))
            .await;
        match found {
            Ok(element) => element,
            Err(error) => panic!("no {css}: {error}\n{}", self.text().await),
        }
    }

    /// Waits until a script's expression is true.
    pub(crate) async fn wait_until(&self, expression: &str) {
        let begun = crate::program::now();
        while self.script(expression).await != Value::Bool(true) {
            assert!(
                begun.elapsed() < PATIENCE,
                "never {expression}\n{}",
                self.text().await
            );
            pause(50).await;
        }
    }

    /// Types keys where the focus is.
    pub(crate) async fn type_keys(&self, keys: &str) {
        let here = self.page.active_element().await.expect("a focus");
        here.send_keys(keys).await.expect("keys");
    }

    /// The page's text.
    pub(crate) async fn text(&self) -> String {
        let text = self
            .page
            .execute("return document.body.innerText;", Vec::new());
        let text = text.await.unwrap_or_default();
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Everything that the browser complained about so far.
    pub(crate) async fn complaints(&self) -> Vec<String> {
        let log = self.ask("se/log", &json!({ "type": "browser" })).await;
        let entries = log.as_array().cloned().unwrap_or_default();
        entries
            .iter()
            .filter(|entry| entry["level"] != "INFO" && entry["level"] != "DEBUG")
            .map(|entry| format!("{} {}", entry["level"], entry["message"]))
            .collect()
    }

    /// The address of every request that its pages made so far.
    pub(crate) async fn requests(&self) -> Vec<String> {
        let log = self.ask("se/log", &json!({ "type": "performance" })).await;
        let entries = log.as_array().cloned().unwrap_or_default();
        let request = |entry: &Value| {
            let said: Value = serde_json::from_str(entry["message"].as_str()?).ok()?;
            let message = &said["message"];
            let sent = message["method"] == "Network.requestWillBeSent";
            let url = message["params"]["request"]["url"].as_str()?;
            sent.then(|| url.to_owned())
        };
        entries.iter().filter_map(request).collect()
    }
}

fn capabilities(profile: &Path) -> Value {
    json!({
        "browserName": "chrome",
        "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
        "goog:chromeOptions": {
            "args": [
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
                "--force-prefers-reduced-motion",
                "--window-size=1280,900",
                format!("--user-data-dir={}", profile.display()),
            ],
        },
    })
}

/// Where pictures go, beside what is built.
fn pictures() -> PathBuf {
    let built = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
    let folder = built.expect("a target folder").join("screenshots");
    fs::create_dir_all(&folder).expect("a folder for pictures");
    folder
}

/// Waits so many milliseconds.
#[expect(
    clippy::disallowed_methods,
    reason = "a browser is a process of its own: nothing tells when it has drawn"
)]
pub(crate) async fn pause(millis: u64) {
    tokio::time::sleep(Duration::from_millis(millis)).await;
}
