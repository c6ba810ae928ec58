use std::time::Duration;

use super::{Bound, Sealer};

const SESSION: [u8; 32] = [1; 32];
const NOW: Duration = Duration::from_secs(5);

fn sealer() -> Sealer {
    Sealer::new(|| [3; 32])
}

fn confirm() -> Bound<'static> {
    Bound {
        act: "confirm",
        subject: "01J9ZK5W3B8M2V6Q4R7T1X0Y9D",
        revision: 2,
    }
}

#[test]
fn a_seal_fits_its_own_form_and_tells_when_it_was_made() {
    let sealer = sealer();
    let seal = sealer.seal(&SESSION, &confirm(), NOW);
    let stamp = sealer.read(&SESSION, &confirm(), &seal).expect("ours");
    assert_eq!((stamp.nonce, stamp.issued), (1, NOW));
}

#[test]
fn no_two_seals_have_the_same_nonce() {
    let sealer = sealer();
    let nonce = || {
        let seal = sealer.seal(&SESSION, &confirm(), NOW);
        sealer.read(&SESSION, &confirm(), &seal).map(|it| it.nonce)
    };
    assert_ne!(nonce(), nonce());
}

#[test]
fn a_seal_fits_no_other_session_act_subject_or_revision() {
    let sealer = sealer();
    let seal = sealer.seal(&SESSION, &confirm(), NOW);
    let other = |bound: &Bound<'_>| sealer.read(&SESSION, bound, &seal);
    assert!(sealer.read(&[2; 32], &confirm(), &seal).is_none());
    assert!(
        other(&Bound {
            act: "decline",
            ..confirm()
        })
        .is_none()
    );
    assert!(
        other(&Bound {
            subject: "",
            ..confirm()
        })
        .is_none()
    );
    assert!(
        other(&Bound {
            revision: 3,
            ..confirm()
        })
        .is_none()
    );
}

#[test]
fn a_changed_or_foreign_seal_is_nobodys() {
    let sealer = sealer();
    let seal = sealer.seal(&SESSION, &confirm(), NOW);
    let hash = seal.rsplit('.').next().expect("a hash");
    for odd in [
        String::new(),
        ".".to_owned(),
        "1.5000.".to_owned(),
        format!("2.5000.{hash}"),
        format!("1.5001.{hash}"),
        format!("01.5000.{hash}"),
        format!("+1.5000.{hash}"),
        format!("1.5000.{hash}00"),
        format!("1.5000.{}", "0".repeat(64)),
        format!("١.5000.{hash}"),
    ] {
        assert!(sealer.read(&SESSION, &confirm(), &odd).is_none(), "{odd}");
    }
    let elsewhere = Sealer::new(|| [4; 32]).seal(&SESSION, &confirm(), NOW);
    assert!(sealer.read(&SESSION, &confirm(), &elsewhere).is_none());
}
