//! Writes a picture of every sort into a folder, to be looked at:
//! `cargo run -p countersign-pictures --example gallery -- FOLDER`.

#[path = "../tests/pictures/given.rs"]
mod given;

use std::{env, error::Error, fs, path::PathBuf};

use countersign_cards::{Language, Locale};

fn main() -> Result<(), Box<dyn Error>> {
    let folder: PathBuf = env::args_os().nth(1).ok_or("name a folder")?.into();
    for language in Language::ALL {
        let locale = Locale::of(language);
        for (name, view) in given::gallery() {
            let Some(picture) = countersign_pictures::payoff(&view, &locale)? else {
                continue;
            };
            let file = folder.join(format!("{name}.{}.png", language.tag()));
            fs::write(&file, &picture.png)?;
            println!(
                "{}, {} bytes: {}",
                file.display(),
                picture.png.len(),
                picture.alt
            );
        }
    }
    Ok(())
}
