use super::*;

/// What is said of these files; each is given the hash that belongs to it where `sound` says so.
fn refused(
    change: impl FnOnce(&mut Vec<u8>, &mut Vec<u8>, &mut serde_json::Value),
    sound: bool,
) -> String {
    let (mut model, mut tokenizer) = (MODEL.to_vec(), TOKENIZER.to_vec());
    let mut description: serde_json::Value = serde_json::from_str(DESCRIPTION).unwrap();
    change(&mut model, &mut tokenizer, &mut description);
    if sound {
        description["sha256"]["model.onnx"] = file::sha256(&model).into();
        description["sha256"]["tokenizer.json"] = file::sha256(&tokenizer).into();
    }
    let files = Files {
        model: &model,
        tokenizer: &tokenizer,
        description: &description.to_string(),
    };
    match load_files(&files, &Library::None, 1) {
        Ok(_) => "it was taken".to_owned(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn files_that_were_cut_short_or_changed_are_refused_by_their_hashes() {
    let told = refused(|model, _, _| model.truncate(model.len() / 2), false);
    assert!(told.starts_with("model.onnx has sha256"), "{told}");
    assert!(told.contains(REINSTALL), "{told}");
    let told = refused(|_, tokenizer, _| tokenizer[1_000] ^= 1, false);
    assert!(told.starts_with("tokenizer.json has sha256"), "{told}");
}

#[test]
fn a_model_that_is_none_is_refused_whatever_its_hash() {
    let told = refused(|model, _, _| model.truncate(model.len() / 2), true);
    assert!(told.contains("it ends too early"), "{told}");
    let told = refused(|model, _, _| *model = b"<html>".to_vec(), true);
    assert!(told.contains("it is no ONNX file"), "{told}");
}

#[test]
fn labels_that_are_not_those_of_the_heads_are_refused() {
    let told = refused(
        |_, _, said| said["labels"]["sentiment"][0] = "LABEL_0".into(),
        true,
    );
    assert!(
        told.starts_with("model.json cannot be used: its labels are"),
        "{told}"
    );
    let told = refused(
        |_, _, said| said["labels"]["topic"][0] = "weather".into(),
        true,
    );
    assert!(told.contains("not the twenty"), "{told}");
    let told = refused(|_, _, said| said["veto"]["threshold"] = 2.into(), true);
    assert!(told.contains("threshold"), "{told}");
    let told = refused(|_, _, said| *said = serde_json::Value::Null, false);
    assert!(told.starts_with("model.json cannot be used"), "{told}");
}

#[test]
fn labels_in_another_order_are_other_names_for_the_same_numbers() {
    let read = |labels: Option<(&str, &[usize])>| {
        let mut said: serde_json::Value = serde_json::from_str(DESCRIPTION).unwrap();
        if let Some((head, order)) = labels {
            let before = said["labels"][head].clone();
            said["labels"][head] = order.iter().map(|at| before[*at].clone()).collect();
        }
        let files = Files {
            description: &said.to_string(),
            ..FILES
        };
        let mut model = load_files(&files, &Library::None, 1).unwrap();
        model.read(&["Acme sues its rival"]).remove(0).unwrap()
    };
    let shares = read(None);
    let [bearish, neutral, bullish] = shares.sentiment;
    // The file has bearish, bullish, neutral.
    let turned = read(Some(("sentiment", &[2, 0, 1]))).sentiment;
    for (found, wanted) in turned.iter().zip([bullish, bearish, neutral]) {
        assert!((found - wanted).abs() < 1e-5, "{turned:?} {shares:?}");
    }
    let backwards: Vec<usize> = (0..20).rev().collect();
    let backwards = read(Some(("topic", &backwards)));
    let (likeliest, share) = shares.topics[0];
    let at = Topic::ALL.iter().position(|it| *it == likeliest).unwrap();
    let found = backwards.topics[0];
    assert_eq!(found.0, Topic::ALL[19 - at]);
    assert!((found.1 - share).abs() < 1e-5);
}

#[test]
fn a_tokenizer_that_is_none_is_refused() {
    let told = refused(|_, tokenizer, _| *tokenizer = b"{}".to_vec(), true);
    assert!(told.starts_with("tokenizer.json cannot be used"), "{told}");
}

#[test]
fn it_reads_any_length_alone_and_in_company_alike() {
    let mut model = load(&Library::None, 1).unwrap();
    let texts = [
        "Acme",
        "Acme beats on revenue, raises guidance",
        &"Acme sues its rival again ".repeat(30),
    ];
    let together = model.read(&texts);
    for (text, together) in texts.iter().zip(together) {
        let alone = model.read(&[text]).remove(0).unwrap();
        let together = together.unwrap();
        for (one, other) in alone.sentiment.iter().zip(together.sentiment) {
            assert!(
                (one - other).abs() < 1e-4,
                "{text:?}: {alone:?} {together:?}"
            );
        }
        assert!((alone.sentiment.iter().sum::<f64>() - 1.0).abs() < 1e-5);
        assert!(!alone.topics.is_empty());
    }
    assert_eq!(model.scorer().sha256, file::sha256(MODEL));
}

#[test]
fn the_threshold_of_danger_is_that_of_the_model_s_own_file() {
    let described = description(DESCRIPTION).unwrap();
    assert!((danger_threshold() - described.veto.threshold).abs() < 1e-12);
}
