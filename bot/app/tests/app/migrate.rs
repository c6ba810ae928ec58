//! `countersign migrate`.

use std::fs;

use crate::place::Place;

#[test]
fn a_new_database_is_made_and_a_second_run_changes_nothing() {
    let (place, newest) = (Place::new(), countersign_store::known());
    let first = place.run(&["migrate"]).good();
    assert!(
        first.ends_with(&format!(
            "countersign.db was of version 0 and is of version {newest} now\n"
        )),
        "{first}"
    );
    let kept = place.kept();
    let second = place.run(&["migrate"]).good();
    assert!(
        second.ends_with(&format!(
            "countersign.db is of version {newest} already: nothing to do\n"
        )),
        "{second}"
    );
    assert_eq!(place.kept(), kept);
}

#[test]
fn a_home_that_is_not_there_is_made() {
    let place = Place::new();
    fs::remove_dir(place.home()).expect("it was empty");
    place.run(&["migrate"]).good();
    assert!(place.home().join("countersign.db").exists());
}

#[cfg(unix)]
#[test]
fn a_home_is_made_for_its_user_alone_and_one_that_is_there_stays_as_it_is() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::new();
    let mode = |path: &std::path::Path| {
        let found = path.metadata().expect("it is there").permissions();
        found.mode() & 0o777
    };
    fs::set_permissions(place.home(), fs::Permissions::from_mode(0o755)).expect("set");
    let above = place.home().join("made");
    for (command, folder) in [("migrate", "one"), ("demo", "two")] {
        let home = above.join(folder);
        let mut args = vec![command];
        if command == "demo" {
            args.extend(["--minutes", "0", "--set", "web.port=0"]);
        }
        place.run_in(&home, &args, &[]).good();
        assert_eq!(mode(&home), 0o700, "{command}");
    }
    assert_eq!(mode(&above), 0o700);
    place.run(&["migrate"]).good();
    assert_eq!(mode(&place.home()), 0o755);
}

#[test]
fn a_home_with_odd_characters_in_its_name_keeps_its_database_inside() {
    let place = Place::new();
    for odd in [
        "a b", "c#d", "e?f=g", "100%20", "h&i", "é", ":memory:", "'\"$;",
    ] {
        let home = place.home().join(odd);
        place.run_in(&home, &["migrate"], &[]).good();
        assert!(home.join("countersign.db").exists(), "{odd}");
        assert_eq!(place.run_in(&home, &["doctor"], &[]).code, Some(0), "{odd}");
    }
}

#[test]
fn what_is_no_database_is_refused_and_left_as_it_is() {
    let place = Place::new();
    let file = place.home().join("countersign.db");
    fs::write(
        &file,
        b"this is a diary, not a database, and it is long enough to look at",
    )
    .expect("a file");
    let kept = place.kept();
    let sentence = place.run(&["migrate"]).refused();
    assert!(
        sentence.contains("is damaged or no database at all"),
        "{sentence}"
    );
    assert_eq!(place.kept(), kept);
}

#[test]
fn a_database_that_cannot_be_reached_is_named_without_its_password() {
    let place = Place::new();
    let url = [(
        "COUNTERSIGN_STORE_URL",
        "postgres://desk:hunter2@127.0.0.1:1/desk",
    )];
    let sentence = place.run_with(&["migrate"], &url).refused();
    assert!(
        sentence.contains("127.0.0.1:1/desk cannot be reached"),
        "{sentence}"
    );
    assert!(sentence.contains("; start the server"), "{sentence}");
    assert!(!sentence.contains("hunter2"), "{sentence}");
    assert!(place.kept().is_empty());
}

#[test]
fn a_home_that_cannot_be_made_is_named() {
    let place = Place::new();
    let file = place.file("taken", "");
    let home = file.join("home");
    let mut args = vec!["migrate"];
    let url = format!("store.url=sqlite://{}", home.join("x.db").display());
    args.extend(["--set", &url]);
    let sentence = place.run(&args).refused();
    assert!(sentence.contains("x.db cannot be reached"), "{sentence}");
    let sentence = place.run_in(&home, &["migrate"], &[]).refused();
    assert_eq!(
        sentence,
        format!(
            "{} is a file, not a folder; name a folder with --home DIR",
            file.display()
        )
    );
}
