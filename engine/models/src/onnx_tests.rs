use super::*;

/// A model of one operation, with the input `ids` of free sizes, a weight `w`, and a size inside.
fn model() -> Vec<u8> {
    model_of(&[])
}

/// The same with more fields of its weight.
fn model_of(more: &[u8]) -> Vec<u8> {
    let mut free = Vec::new();
    put(&mut free, 2, b"any");
    let mut shape = Vec::new();
    put(&mut shape, 1, &free);
    put(&mut shape, 1, &free);
    let (mut tensor, mut kind) = (Vec::new(), Vec::new());
    put_number(&mut tensor, 1, 7);
    put(&mut tensor, 2, &shape);
    put(&mut kind, 1, &tensor);
    let named = |name: &str| {
        let mut port = Vec::new();
        put(&mut port, 1, name.as_bytes());
        put(&mut port, 2, &kind);
        port
    };
    let (mut node, mut weight, mut graph) = (Vec::new(), Vec::new(), Vec::new());
    put(&mut node, 4, b"Gather");
    put(&mut weight, 8, b"w");
    weight.extend_from_slice(more);
    put(&mut graph, 1, &node);
    put(&mut graph, 5, &weight);
    for input in ["ids", "w"] {
        put(&mut graph, 11, &named(input));
    }
    put(&mut graph, 12, &named("out"));
    put(&mut graph, 13, &named("inside"));
    let mut model = Vec::new();
    put_number(&mut model, 1, 8);
    put(&mut model, 7, &graph);
    model
}

#[test]
fn inputs_outputs_and_operations_are_read_and_weights_are_no_inputs() {
    let outline = outline(&model()).unwrap();
    let free = |name: &str| Port {
        name: name.to_owned(),
        sizes: vec![None, None],
    };
    assert_eq!(outline.inputs, [free("ids")]);
    assert_eq!(outline.outputs, [free("out")]);
    assert_eq!(outline.operations, ["Gather".to_owned()].into());
}

#[test]
fn inputs_get_a_length_and_everything_else_stays() {
    let fixed = with_length(&model(), 64).unwrap();
    let before = outline(&model()).unwrap();
    let after = outline(&fixed).unwrap();
    assert_eq!(after.inputs[0].sizes, [None, Some(64)]);
    assert_eq!(after.outputs, before.outputs);
    assert_eq!(after.operations, before.operations);
    assert!(messages(graph(&fixed).unwrap(), 13).unwrap().is_empty());
}

#[test]
fn what_is_cut_short_or_never_was_a_model_is_said_to_be_so() {
    let whole = model();
    for end in 1..whole.len() {
        assert!(outline(&whole[..end]).is_err(), "cut at {end}");
    }
    assert_eq!(outline(b"<html>not found</html>"), Err(Malformed::Alien));
    assert_eq!(outline(b""), Err(Malformed::Alien));
    assert_eq!(outline(&[0xff; 40]), Err(Malformed::Alien));
}

#[test]
fn a_weight_that_is_no_number_is_found_wherever_it_stands() {
    let of = |kind: u64, field: u64, values: &[f32]| {
        let bytes: Vec<u8> = values.iter().flat_map(|it| it.to_le_bytes()).collect();
        let mut more = Vec::new();
        put_number(&mut more, 2, kind);
        put(&mut more, field, &bytes);
        outline(&model_of(&more)).map(drop)
    };
    let broken = [1.0, f32::NAN, 2.0];
    for field in [4, 9] {
        assert_eq!(of(1, field, &broken), Err(Malformed::NoNumber));
        // A mask may be without end.
        assert_eq!(of(1, field, &[1.0, f32::NEG_INFINITY]), Ok(()));
    }
    // Eight bits are numbers, whatever they would be as others.
    assert_eq!(of(3, 9, &broken), Ok(()));
}
