//! `countersign cards --preview`: every card and answer as the chat platforms would lay it out.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use clap::Args;
use countersign_cards::{Language, Locale};
use countersign_pictures::Picture;
use countersign_web::preview::{Attached, Message, Platform, Shot, Site, serve_site};
use serde_json::Value;
use tokio::net::TcpListener;

use crate::{
    config::Config,
    gallery::{Sample, Scene, record},
    interrupt::Interrupts,
    output::print,
};

/// Arguments of `cards`.
#[derive(Debug, Args)]
pub struct CardsArgs {
    /// Show each card and answer, of a desk that lives through a synthetic morning, as Discord and as
    /// Telegram would lay it out.
    #[arg(long, required = true)]
    pub preview: bool,
    /// The port of this machine on which the pages are; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    pub port: u16,
    /// Write the pages and their pictures into this folder instead.
    #[arg(long, value_name = "FOLDER", conflicts_with = "port")]
    pub out: Option<PathBuf>,
}

/// Runs it.
///
/// # Errors
///
/// One sentence that says what is wrong and what to do.
pub async fn run(config: &Config, args: &CardsArgs) -> Result<u8> {
    if let Some(folder) = &args.out {
        // What cannot be written is said before anything is waited for.
        make(folder)?;
        let site = site(config).await?;
        write(folder, &site)?;
        let first = folder.join("index.html");
        print(&format!(
            "{} files; begin with {}\n",
            site.files.len(),
            first.display()
        ))?;
        return Ok(0);
    }
    let port = args.port;
    let listener = TcpListener::bind(("127.0.0.1", port))
        .await
        .with_context(|| {
            format!("port {port} cannot be had; give a free one with --port, or 0 for any")
        })?;
    let mut interrupts = Interrupts::listen()?;
    let site = tokio::select! {
        biased;
        () = interrupts.next() => return Ok(0),
        site = site(config) => site?,
    };
    let address = listener.local_addr()?;
    print(&format!(
        "The cards are at http://{address}/ until Ctrl-C.\n"
    ))?;
    let stopped = async move { interrupts.next().await };
    serve_site(listener, site, stopped).await?;
    Ok(0)
}

fn make(folder: &Path) -> Result<()> {
    let fails = || {
        format!(
            "cannot write into {}; name another folder with --out",
            folder.display()
        )
    };
    fs::create_dir_all(folder).with_context(fails)?;
    tempfile::tempfile_in(folder).map(drop).with_context(fails)
}

fn write(folder: &Path, site: &Site) -> Result<()> {
    for (name, bytes) in &site.files {
        let path = folder.join(name);
        let written = fs::write(&path, bytes);
        written.with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

/// The pages in every language.
async fn site(config: &Config) -> Result<Site> {
    let mut shots = Vec::new();
    for language in Language::ALL {
        for scene in record(config, language).await? {
            for platform in Platform::ALL {
                shots.push(shot(&scene, platform, language)?);
            }
        }
    }
    Ok(Site::of(&shots))
}

fn shot(scene: &Scene, platform: Platform, language: Language) -> Result<Shot> {
    let locale = Locale::of(language);
    let messages = match (platform, &scene.what) {
        (Platform::Discord, what) => {
            let sent = match what {
                Sample::Card(view) => countersign_discord::preview::card(view, &locale)?,
                Sample::Reply(reply) => countersign_discord::preview::reply(reply.clone(), &locale),
            };
            let sent = sent.into_iter();
            sent.map(|it| message(it.body, it.picture)).collect()
        }
        (Platform::Telegram, what) => {
            let sent = match what {
                Sample::Card(view) => countersign_telegram::preview::card(view, &locale),
                Sample::Reply(reply) => {
                    countersign_telegram::preview::reply(reply.clone(), &locale)
                }
            };
            let sent = sent.into_iter();
            sent.map(|it| message(it.body, it.picture)).collect()
        }
    };
    Ok(Shot {
        platform,
        language,
        group: scene.group.to_owned(),
        name: scene.name.clone(),
        now: scene.now,
        messages,
    })
}

fn message(body: Value, picture: Option<Picture>) -> Message {
    let picture = picture.map(|it| Attached {
        png: it.png,
        alt: it.alt,
    });
    Message { body, picture }
}
